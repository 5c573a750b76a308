"""Counts of terms, and how they differ between outlets that report the same event."""

import numpy as np
import pandas as pd

from helpers.schema import TermCounts, conform
from helpers.segmentation import POSSESSIVE, TOKEN, normalise

__all__ = ["count_terms", "find_ngrams", "to_terms"]


def to_terms(text: str) -> list[str]:
    """Return the words of `text` in order, each as it is counted (the `norm` of the tokens table).

    >>> to_terms("Gaza’s people, **here**")
    ['gaza', 'people', 'here']
    """
    return [normalise(POSSESSIVE.sub("", word)) for word in TOKEN.findall(text)]


def find_ngrams(tokens: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """Return every run of `n` words of one sentence: doc_id, term, start_char, end_char.

    A run's term is its norms joined by a blank. Raises ValueError for n < 1.
    """
    if n < 1:
        raise ValueError(f"n is {n}; a term has at least one word")
    norms = tokens["norm"].astype(object)
    term = norms
    for step in range(1, n):
        term = term + " " + norms.shift(-step)
    last = tokens.shift(1 - n)
    whole = (last["doc_id"] == tokens["doc_id"]) & (last["sentence_id"] == tokens["sentence_id"])
    runs = tokens[["doc_id", "start_char"]].assign(term=term, end_char=last["end_char"])[whole]
    return runs.astype({"term": "str", "end_char": "int64"})[["doc_id", "term", "start_char", "end_char"]]


def count_terms(tokens: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """Return the term_counts table: uses of each word, or run of `n` words, in each report.

    `rate` is per 1,000 of the report's tokens in `tokens`: leave zones out before counting.
    """
    counts = find_ngrams(tokens, n=n).groupby(["doc_id", "term"], sort=True).size().rename("n").reset_index()
    sizes = tokens.groupby("doc_id").size()
    rate = 1000 * counts["n"].to_numpy() / np.maximum(counts["doc_id"].map(sizes).to_numpy(dtype=float), 1)
    return conform(counts.assign(rate=rate), TermCounts)
