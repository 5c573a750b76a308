"""Words counted: in each report, by event and outlet, and where in a report they stand."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, count, islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.table import UNKNOWN, conform, empty
from helpers.text import POSSESSIVE, Documents, Tokens, normalise, words_in
from helpers.words.tables import PooledCounts, PooledCountsTable, TermCounts, TermCountsTable

__all__ = [
    "ReportCounts",
    "count_reports",
    "count_terms",
    "count_texts",
    "find_ngrams",
    "outlet_labels",
    "pool_counts",
    "pool_reports",
    "rate_matrix",
    "report_labels",
    "to_terms",
]
_BATCH = 1000
MOST_OUTLETS = 12  # columns that can be read beside each other


class ReportCounts(NamedTuple):
    """The uses of each of `terms` (columns) in each report (rows, as in `documents`)."""

    uses: sparse.csr_array
    terms: list[str]


class _Vocabulary(NamedTuple):
    """The pieces between blanks and the terms met so far, numbered, and the terms of each piece in turn."""

    pieces: defaultdict[str, int]
    terms: defaultdict[str, int]
    words: list[int]
    sizes: list[int]


def to_terms(text: str) -> list[str]:
    """Return the words of `text` in order, each as it is counted (the `norm` of the tokens table).

    >>> to_terms("Gaza’s people, **here**")
    ['gaza', 'people', 'here']
    """
    return [normalise(POSSESSIVE.sub("", word)) for word in words_in(text)]


def find_ngrams(tokens: Tokens, *, n: int = 1) -> pd.DataFrame:
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


def count_terms(tokens: Tokens, *, n: int = 1) -> TermCounts:
    """Return the term_counts table: uses of each word, or run of `n` words, in each report.

    `rate` is per 1,000 of the report's tokens in `tokens`: leave zones out before counting.
    """
    counts = find_ngrams(tokens, n=n).groupby(["doc_id", "term"], sort=True).size().rename("n").reset_index()
    sizes = tokens.groupby("doc_id").size()
    rate = 1000 * counts["n"].to_numpy() / np.maximum(counts["doc_id"].map(sizes).to_numpy(dtype=float), 1)
    return conform(counts.assign(rate=rate), TermCountsTable)


def outlet_labels(documents: Documents) -> pd.Series:
    """Return the outlet of each doc_id; a report whose outlet is unknown stands for itself."""
    alone = "report " + documents["doc_id"]
    labels = documents["outlet"].where(documents["outlet"] != UNKNOWN, alone)
    return pd.Series(labels.to_numpy(), index=documents["doc_id"].to_numpy(), dtype="str")


def report_labels(documents: Documents) -> pd.Series:
    """Return a name for each doc_id: its outlet, with the doc_id where its event has several reports."""
    outlets = outlet_labels(documents)
    keys = pd.DataFrame({"event_id": documents["event_id"].to_numpy(), "outlet": outlets.to_numpy()})
    several = keys.duplicated(keep=False).to_numpy()
    return outlets.where(~several, outlets + " " + outlets.index.to_series())


def pool_counts(term_counts: TermCounts, documents: Documents) -> PooledCounts:
    """Return the pooled_counts table: the term counts of the reports added up by event and outlet."""
    events = documents.set_index("doc_id")["event_id"]
    placed = term_counts.assign(
        event_id=term_counts["doc_id"].map(events),
        outlet=term_counts["doc_id"].map(outlet_labels(documents)),
    )
    grouped = placed.groupby(["event_id", "outlet", "term"], sort=True)["n"]
    pooled = grouped.agg(n="sum", n_reports="size").reset_index()
    return conform(pooled, PooledCountsTable)


def count_texts(texts: pd.DataFrame, documents: Documents) -> pd.DataFrame:
    """Return the pooled_counts table straight from `texts` (doc_id, text), for corpora of any size.

    The numbers are those of `pool_counts(count_terms(tokens), documents)`, without a row per token: no
    word goes over a blank, so each different piece between blanks is cut into words only once.
    """
    groups, group_of = _groups(documents)
    known = _vocabulary()
    parts = []
    for doc_ids, counts in _batches(texts, known):
        at = group_of[doc_ids].to_numpy()
        side = sparse.csr_array((np.ones_like(at), (at, np.arange(len(at)))), shape=(len(groups), len(at)))
        parts.append((side @ counts, side @ counts.sign()))
    return _pooled(parts, groups, list(known.terms))


def count_reports(texts: pd.DataFrame, documents: Documents) -> ReportCounts:
    """Return the uses of each word in each report straight from `texts` (doc_id, text), as `count_texts`."""
    known = _vocabulary()
    rows, batches = [], []
    for doc_ids, counts in _batches(texts, known):
        rows.append(doc_ids)
        batches.append(counts)
    for batch in batches:
        batch.resize((batch.shape[0], len(known.terms)))
    if not batches:
        return ReportCounts(sparse.csr_array((len(documents), 0), dtype=np.int64), [])
    uses = sparse.csr_array(sparse.vstack(batches, format="csr"))
    at = pd.Index(documents["doc_id"]).get_indexer(pd.concat(rows))
    if not np.array_equal(at, np.arange(len(documents))):
        side = sparse.csr_array((np.ones_like(at), (at, np.arange(len(at)))), shape=(len(documents), len(at)))
        uses = side @ uses
    return ReportCounts(uses, list(known.terms))


def pool_reports(counts: ReportCounts, documents: Documents) -> PooledCounts:
    """Return the pooled_counts table of reports counted by `count_reports`."""
    groups, group_of = _groups(documents)
    at = group_of.to_numpy()
    side = sparse.csr_array((np.ones_like(at), (at, np.arange(len(at)))), shape=(len(groups), len(at)))
    return _pooled([(side @ counts.uses, side @ counts.uses.sign())], groups, counts.terms)


def _groups(documents: Documents) -> tuple[pd.DataFrame, pd.Series]:
    """Return the events' outlets, a row each, and the row of each doc_id."""
    keys = documents[["event_id"]].assign(outlet=outlet_labels(documents).to_numpy())
    groups = keys.groupby(["event_id", "outlet"], sort=True)
    of_report = pd.Series(groups.ngroup().to_numpy(), index=documents["doc_id"].to_numpy())
    return pd.DataFrame(list(groups.groups), columns=["event_id", "outlet"]), of_report


def _vocabulary() -> _Vocabulary:
    """Return no pieces and no terms yet."""
    return _Vocabulary(defaultdict(count().__next__), defaultdict(count().__next__), [], [])


def _batches(texts: pd.DataFrame, known: _Vocabulary) -> Iterator[tuple[pd.Series, sparse.csr_array]]:
    """Yield the doc_ids of some reports and the counts of their words, reports in several rows joined."""
    joined = texts
    if not texts["doc_id"].is_unique:
        joined = texts.groupby("doc_id", sort=False, as_index=False).agg({"text": "\n".join})
    for start in range(0, len(joined), _BATCH):
        batch = joined.iloc[start : start + _BATCH]
        yield batch["doc_id"], _count_pieces(batch["text"].tolist(), known)


def rate_matrix(
    pooled_counts: PooledCounts, terms: list[str], *, per: int = 1000, n_outlets: int = MOST_OUTLETS
) -> pd.DataFrame:
    """Return uses per `per` tokens: a row per term, a column per outlet, its events added up.

    Of more than `n_outlets`, those with the most tokens have a column; columns stand by name.
    """
    sizes = pooled_counts.groupby("outlet")["n"].sum().sort_values(ascending=False, kind="stable")
    sizes = sizes.head(n_outlets).sort_index()
    asked = pooled_counts[pooled_counts["term"].isin(terms) & pooled_counts["outlet"].isin(sizes.index)]
    uses = asked.pivot_table(index="term", columns="outlet", values="n", aggfunc="sum", fill_value=0)
    uses = uses.reindex(index=list(dict.fromkeys(terms)), columns=sizes.index, fill_value=0)
    return per * uses / sizes


def _count_pieces(lines: list[str], known: _Vocabulary) -> sparse.csr_array:
    """Return the lines x terms matrix of counts; pieces and terms seen first are added to `known`."""
    pieces = [line.split() for line in lines]
    codes = np.fromiter(map(known.pieces.__getitem__, chain.from_iterable(pieces)), dtype=np.int64)
    new = list(islice(reversed(known.pieces), len(known.pieces) - len(known.sizes)))
    for piece in reversed(new):
        found = to_terms(piece)
        known.words.extend(map(known.terms.__getitem__, found))
        known.sizes.append(len(found))
    sizes, words = np.array(known.sizes, dtype=np.int64), np.array(known.words, dtype=np.int64)
    line = np.repeat(np.arange(len(lines)), list(map(len, pieces)))
    n = sizes[codes]
    # The words of a piece stand side by side in `words`; pieces of no or several words shift the rest.
    place = np.repeat((np.cumsum(sizes) - sizes)[codes] - (np.cumsum(n) - n), n) + np.arange(n.sum())
    at = (np.repeat(line, n), words[place])
    shape = (len(lines), len(known.terms))
    return sparse.coo_array((np.ones(len(place), dtype=np.int64), at), shape=shape).tocsr()


def _pooled(parts: list[tuple[Any, Any]], groups: pd.DataFrame, terms: list[str]) -> PooledCounts:
    """Return the pooled counts of batches: matrices of uses and of reports, a row per group."""
    totals = []
    for batches in zip(*parts, strict=True):
        total = sparse.csr_array((len(groups), len(terms)), dtype=np.int64)
        for batch in batches:
            batch.resize(total.shape)
            total = total + batch
        total.sort_indices()
        totals.append(total)
    if not totals:
        return empty(PooledCountsTable)
    uses, reports = (total.tocoo() for total in totals)
    group, term = uses.coords
    frame = groups.iloc[group].assign(term=np.array(terms, dtype=object)[term], n=uses.data)
    frame["n_reports"] = reports.data
    return conform(frame.sort_values(["event_id", "outlet", "term"]), PooledCountsTable)
