"""Texts as hashed runs of words (shingles): what every search for shared wording consumes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.schema import Shingles, conform

__all__ = ["Hashes", "roll", "shingles", "word_hashes"]

Hashes = np.ndarray[tuple[int], np.dtype[np.uint64]]
# Any odd multiplier keeps all 64 bits; this one is 2**64 divided by the golden ratio.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def word_hashes(norms: Sequence[str] | pd.Series) -> Hashes:
    """Return the 64-bit hash of every word, the same in every process and on every machine."""
    codes, words = pd.factorize(np.asarray(norms, dtype=object))
    return pd.util.hash_array(np.asarray(words, dtype=object), categorize=False)[codes]


def roll(words: Hashes, *, n: int) -> Hashes:
    """Return the hash of each run of `n` words, in order; empty where there are fewer.

    A polynomial in the words' hashes (Karp and Rabin 1987), its bits mixed (SplitMix64, Steele et al. 2014).
    """
    count = max(len(words) - n + 1, 0)
    total = np.zeros(count, dtype=np.uint64)
    for k in range(n):
        total = total * _MULTIPLIER + words[k : k + count]
    total = (total ^ (total >> np.uint64(30))) * _MIX[0]
    total = (total ^ (total >> np.uint64(27))) * _MIX[1]
    return total ^ (total >> np.uint64(31))


def shingles(tokens: pd.DataFrame, *, n: int) -> pd.DataFrame:
    """Return the shingles table: every run of `n` words of each report, and the place of its first word.

    Places count the report's rows of `tokens`, from 0. No run crosses from one report to the next.
    Raises ValueError for n < 1.
    """
    if n < 1:
        raise ValueError(f"n must be 1 or more, not {n}")
    doc_ids = tokens["doc_id"].to_numpy(object)
    hashes = roll(word_hashes(tokens["norm"]), n=n)
    inside = doc_ids[: len(hashes)] == doc_ids[n - 1 :][: len(hashes)]
    places = tokens.groupby("doc_id", sort=False).cumcount().to_numpy()[: len(hashes)]
    frame = pd.DataFrame({"doc_id": doc_ids[: len(hashes)], "position": places, "shingle": hashes})
    return conform(frame[inside], Shingles)
