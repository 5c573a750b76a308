"""Sentences of different outlets that are each other's nearest."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from helpers.pairs import CELLS
from helpers.table import from_rows
from helpers.text import Documents, Sentences, Tokens
from helpers.words.counts import outlet_labels
from helpers.words.tables import Alignments, AlignmentsTable

__all__ = ["MOST_REPORTS", "Array", "align_sentences", "find_unpartnered"]
Array = NDArray[Any]
MIN_COSINE = 0.30
MOST_REPORTS = 40  # of an event: each is compared with each, and the pairs grow with the square


class _Report(NamedTuple):
    """A report among those of its event: its outlet, its sentences, and their rows among all sentences."""

    doc_id: str
    outlet: str
    sentence_ids: list[int]
    rows: range


class _Nearest(NamedTuple):
    """Another report: its sentence nearest to each of a report's own, theirs to each of its, and the cosines.

    The cosines are those of the own sentences.
    """

    other: _Report
    own: Array
    back: Array
    cosine: Array


def align_sentences(
    sentences: Sentences,
    tokens: Tokens,
    documents: Documents,
    *,
    min_cosine: float = MIN_COSINE,
    n_reports: int = MOST_REPORTS,
) -> Alignments:
    """Return the alignments table: sentences of two reports of an event that are each other's nearest.

    Near is the cosine of their TF-IDF vectors (smoothed idf over the event's sentences), at least
    `min_cosine`. Only pairs of reports of different outlets are aligned; of an event of more than `n_reports`
    only so many reports are, the longest of each outlet first, then the second of each, and so on.
    """
    rows: list[tuple[object, ...]] = []
    for event, report, nearest in _nearest_sentences(sentences, tokens, documents, n_reports):
        for other, own, back, cosine in nearest:
            if other.doc_id < report.doc_id:
                continue
            mutual = back[own] == np.arange(len(own))
            for i in np.flatnonzero(mutual & (cosine >= min_cosine)).tolist():
                ids = report.doc_id, report.sentence_ids[i], other.doc_id, other.sentence_ids[own[i]]
                rows.append((event, *ids, float(cosine[i])))
    return from_rows(rows, AlignmentsTable)


def find_unpartnered(
    sentences: Sentences,
    tokens: Tokens,
    documents: Documents,
    *,
    min_cosine: float = MIN_COSINE,
    n_reports: int = MOST_REPORTS,
) -> pd.DataFrame:
    """Return the sentences that come near none of the event's other outlets, with the cosine of the nearest.

    Columns: event_id, outlet, doc_id, sentence_id, start_char, end_char, text, nearest. The reports are those
    of `align_sentences`.
    """
    alone = []
    for event, report, nearest in _nearest_sentences(sentences, tokens, documents, n_reports):
        cosine = np.max([near.cosine for near in nearest], axis=0)
        for i in np.flatnonzero(cosine < min_cosine).tolist():
            alone.append((event, report.outlet, report.doc_id, report.sentence_ids[i], float(cosine[i])))
    found = pd.DataFrame(alone, columns=["event_id", "outlet", "doc_id", "sentence_id", "nearest"])
    found = found.astype(
        {"event_id": "str", "outlet": "str", "doc_id": "str", "sentence_id": "int64", "nearest": "float64"}
    )
    shown = found.merge(sentences, on=["doc_id", "sentence_id"])
    columns = ["event_id", "outlet", "doc_id", "sentence_id", "start_char", "end_char", "text", "nearest"]
    return shown.sort_values(["event_id", "doc_id", "sentence_id"])[columns].reset_index(drop=True)


def _nearest_sentences(
    sentences: Sentences, tokens: Tokens, documents: Documents, n_reports: int
) -> Iterator[tuple[str, _Report, list[_Nearest]]]:
    """Yield every report that has others to be compared with: its event, itself, what is nearest there."""
    chosen = documents[documents["doc_id"].isin(_longest(tokens, documents, n_reports))]
    own = tokens.merge(sentences[["doc_id", "sentence_id"]])
    of_report = own.groupby("doc_id").indices
    label = outlet_labels(documents)
    for event, ids in chosen.groupby("event_id", sort=True)["doc_id"]:
        at = [of_report[doc_id] for doc_id in sorted(ids) if doc_id in of_report]
        if len(at) < 2 or label[ids].nunique() < 2:
            continue
        vectors, keys = _tfidf(own.iloc[np.concatenate(at)])
        reports = [
            _Report(str(doc_id), str(label[doc_id]), part.tolist(), range(part.index[0], part.index[-1] + 1))
            for doc_id, part in keys.groupby("doc_id", sort=True)["sentence_id"]
        ]
        for report in reports:
            others = [other for other in reports if other.outlet != report.outlet]
            if others:
                yield str(event), report, _nearest(vectors, report, others)


def _nearest(vectors: sparse.csr_array, report: _Report, others: list[_Report]) -> list[_Nearest]:
    """Return what is nearest in each of `others`; so many sentences at a time that memory stays bounded."""
    columns = vectors[np.concatenate([other.rows for other in others])].T.tocsr()
    ends = np.cumsum([len(other.rows) for other in others]).tolist()
    n, step = len(report.rows), max(CELLS // ends[-1], 1)
    found = [
        _Nearest(other, np.zeros(n, np.int64), np.zeros(len(other.rows), np.int64), np.zeros(n))
        for other in others
    ]
    highest = np.full(ends[-1], -1.0)
    for first in range(0, n, step):
        rows = np.arange(first, min(first + step, n))
        cosines = np.minimum((vectors[report.rows.start + rows] @ columns).toarray(), 1.0)
        top = cosines.argmax(axis=0)
        higher = cosines[top, np.arange(ends[-1])] > highest
        highest[higher] = cosines[top, np.arange(ends[-1])][higher]
        for near, low, high in zip(found, [0, *ends], ends, strict=False):
            near.own[rows] = cosines[:, low:high].argmax(axis=1)
            near.cosine[rows] = cosines[rows - first, low + near.own[rows]]
            near.back[higher[low:high]] = first + top[low:high][higher[low:high]]
    return found


def _longest(tokens: Tokens, documents: Documents, n: int) -> pd.Series:
    """Return the doc_ids of at most `n` reports of each event: the longest of every outlet, then the next."""
    reports = documents[["doc_id", "event_id"]].assign(
        outlet=outlet_labels(documents).to_numpy(),
        words=documents["doc_id"].map(tokens["doc_id"].value_counts()).fillna(0),
    )
    reports = reports.sort_values(["words", "doc_id"], ascending=[False, True])
    turn = reports.groupby(["event_id", "outlet"]).cumcount()
    reports = reports.assign(turn=turn).sort_values("turn", kind="stable")
    return reports[reports.groupby("event_id").cumcount() < n]["doc_id"]


def _tfidf(tokens: Tokens) -> tuple[sparse.csr_array, pd.DataFrame]:
    """Return unit TF-IDF vectors of the sentences of `tokens`, and their doc_id and sentence_id."""
    grouped = tokens.groupby(["doc_id", "sentence_id"], sort=True)
    term = pd.factorize(tokens["norm"])[0]
    keys = grouped.size().reset_index()[["doc_id", "sentence_id"]]
    shape = (len(keys), int(term.max(initial=-1)) + 1)
    counts = sparse.csr_array((np.ones(len(tokens)), (grouped.ngroup().to_numpy(), term)), shape=shape)
    idf = np.log((1 + len(keys)) / (1 + np.bincount(counts.indices, minlength=shape[1]))) + 1
    weighted = counts.multiply(idf[None, :]).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_array(weighted.multiply(1 / np.maximum(length, 1e-12)[:, None])), keys
