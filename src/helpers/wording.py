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


def outlet_labels(documents: pd.DataFrame) -> pd.Series:
    """Return the outlet of each doc_id; a report whose outlet is unknown stands for itself."""
    unknown = documents["outlet"] == UNKNOWN
    labels = documents["outlet"].where(~unknown, "report " + documents["doc_id"] + " (outlet unknown)")
    return pd.Series(labels.to_numpy(dtype=object), index=documents["doc_id"].to_numpy(dtype=object), dtype="str")


def pool_counts(term_counts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pooled_counts table: the term counts of the reports added up by event and outlet."""
    events = documents.set_index("doc_id")["event_id"]
    placed = term_counts.assign(
        event_id=term_counts["doc_id"].map(events),
        outlet=term_counts["doc_id"].map(outlet_labels(documents)),
    )
    grouped = placed.groupby(["event_id", "outlet", "term"], sort=True)["n"]
    pooled = grouped.agg(["sum", "size"]).reset_index()
    return conform(pooled.rename(columns={"sum": "n", "size": "n_reports"}), PooledCounts)


def count_texts(texts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pooled_counts table straight from `texts` (doc_id, text), for corpora of any size.

    The same numbers as `pool_counts(count_terms(tokens), documents)`, without a row per token: no word
    goes over a blank, so each different piece between blanks is cut into words only once.
    """
    label = outlet_labels(documents)
    group_of = {doc: (event, label[doc]) for doc, event in zip(documents["doc_id"], documents["event_id"], strict=True)}
    uses: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    reports: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    words_of: dict[str, tuple[str, ...]] = {}
    for doc_id, rows in texts.groupby("doc_id", sort=False)["text"]:
        pieces = [piece for text in rows for piece in text.split()]
        for piece in set(pieces).difference(words_of):
            words_of[piece] = tuple(map(sys.intern, to_terms(piece)))
        words = list(chain.from_iterable(map(words_of.__getitem__, pieces)))
        uses[group_of[doc_id]].update(words)
        reports[group_of[doc_id]].update(set(words))
