"""Measures of one text or one word: dispersion, richness, readability, and company."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.words.rates import Floats

__all__ = [
    "HDD_DRAW",
    "MTLD_FACTOR",
    "automated_readability",
    "count_letters",
    "dispersion",
    "hdd",
    "lix",
    "log_dice",
    "mattr",
    "mtld",
    "yule_k",
]
HDD_DRAW = 42
MTLD_FACTOR = 0.72


def log_dice(together: ArrayLike, node: ArrayLike, collocate: ArrayLike) -> Floats:
    """Return 14 + log2 of Dice's coefficient: at most 14, one less where half as typical (Rychly 2008)."""
    together, uses = np.asarray(together, dtype=float), np.add(node, collocate, dtype=float)
    return 14 + np.log2(2 * together / uses)


def dispersion(counts: ArrayLike, sizes: ArrayLike, *, normed: bool = False) -> float:
    """Return Gries' DP (2008) of a word over parts of given sizes: 0 even, near 1 all in a small part.

    `normed` divides by its largest value (Lijffijt and Gries 2012). NaN where the word is not used.
    """
    counts, shares = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    if not counts.sum():
        return np.nan
    shares = shares / shares.sum()
    dp = float(np.abs(counts / counts.sum() - shares).sum() / 2)
    if not normed:
        return dp
    return dp / (1 - float(shares.min())) if len(shares) > 1 else np.nan


def mattr(words: Sequence[Hashable], *, window: int = 50) -> float:
    """Return the mean share of different words in every run of `window` (Covington and McFall 2010).

    NaN where the text is shorter than the window.
    """
    if len(words) < window:
        return np.nan
    kind = np.unique(np.asarray(words), return_inverse=True)[1]
    by_kind = np.argsort(kind, kind="stable")
    again = kind[by_kind[1:]] == kind[by_kind[:-1]]
    last_seen = np.full(len(words), -window)
    last_seen[by_kind[1:][again]] = by_kind[:-1][again]
    # A word is a kind of its own in the windows that hold it but not its last use before.
    places = np.arange(len(words))
    first = np.maximum(np.maximum(places, window - 1), last_seen + window)
    last = np.minimum(places + window, len(words))
    kinds = int(np.maximum(last - first, 0).sum())
    return kinds / (window * (len(words) - window + 1))


def hdd(words: Sequence[Hashable], *, draw: int = HDD_DRAW) -> float:
    """Return the mean share of different words in random draws of `draw` words (McCarthy and Jarvis 2007).

    NaN where the text is shorter than a draw.
    """
    if len(words) < draw:
        return np.nan
    counts, kinds = np.unique(np.unique(np.asarray(words), return_counts=True)[1], return_counts=True)
    drawn = np.arange(draw)
    # A word of k uses is missed by a draw with the hypergeometric chance of 0: no use at any of the places.
    missed = np.prod(np.maximum(len(words) - counts[:, None] - drawn, 0) / (len(words) - drawn), axis=1)
    return float((kinds * (1 - missed)).sum() / draw)


def mtld(words: Sequence[Hashable], *, factor: float = MTLD_FACTOR) -> float:
    """Return the mean length of runs whose share of different words stays at `factor` or above.

    Forward and backward runs are averaged (McCarthy and Jarvis 2010); a run ends when the share falls below
    `factor`, and the last, unfinished one counts in part. NaN where no word is repeated.
    """
    parts = [_factors(line, factor) for line in (words, words[::-1])]
    return float(np.mean([len(words) / part for part in parts])) if all(parts) else np.nan


def yule_k(words: Sequence[Hashable]) -> float:
    """Return Yule's characteristic K (1944), 0 or more; more is more repetition. NaN for no words."""
    counts = np.unique(np.asarray(words), return_counts=True)[1].astype(float)
    n = counts.sum()
    return float(1e4 * ((counts**2).sum() - n) / n**2) if n else np.nan


def count_letters(words: Iterable[str]) -> NDArray[np.int64]:
    """Return the letters and digits of each word."""
    return np.array([sum(map(str.isalnum, word)) for word in words], dtype=np.int64)


def lix(letters: ArrayLike, n_sentences: int) -> float:
    """Return words per sentence plus the percentage of words over 6 `letters` (Bjornsson 1968)."""
    letters = np.asarray(letters)
    if not len(letters) or not n_sentences:
        return np.nan
    return float(len(letters) / n_sentences + 100 * int((letters > 6).sum()) / len(letters))


def automated_readability(letters: ArrayLike, n_sentences: int) -> float:
    """Return the readability index in US school years from the `letters` of words (Senter and Smith 1967)."""
    letters = np.asarray(letters)
    if not len(letters) or not n_sentences:
        return np.nan
    return float(4.71 * int(letters.sum()) / len(letters) + 0.5 * len(letters) / n_sentences - 21.43)


def _factors(words: Sequence[Hashable], factor: float) -> float:
    """Return how many times the share of different words falls below `factor`, with the rest in part."""
    count, kinds, length = 0, set[Hashable](), 0
    for word in words:
        kinds.add(word)
        length += 1
        if len(kinds) / length < factor:
            count, kinds, length = count + 1, set(), 0
    return count + ((1 - len(kinds) / length) / (1 - factor) if length else 0.0)
