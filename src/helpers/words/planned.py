"""Words fixed before looking: a user's own list, tested on its own."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.table import from_rows
from helpers.text import CorpusError, Documents, Problem, Tokens, load_list
from helpers.words.by_deals import compare_deals
from helpers.words.contrast import SIGNIFICANT, Array
from helpers.words.counts import count_terms, outlet_labels, to_terms
from helpers.words.rates import Floats, log_ratio, planned_q
from helpers.words.tables import Planned, PlannedTable, PlannedTerms, PlannedTermsTable

__all__ = ["compare_planned", "load_planned_terms", "planned_checksum"]


def load_planned_terms(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the words of `planned_terms.csv`, as counted; none where there is no such list.

    Raises CorpusError with everything that is wrong in it.
    """
    terms = load_list("planned_terms.csv", PlannedTermsTable, folder)
    counted = [" ".join(to_terms(term)) for term in terms["term"]]
    problems = [
        Problem("planned_terms.csv", row, "term", term, "holds no word; write the word")
        for row, (term, form) in enumerate(zip(terms["term"], counted, strict=True), start=2)
        if not form
    ]
    if problems:
        raise CorpusError(problems)
    return terms.assign(term=pd.array(counted, dtype="str")).drop_duplicates("term", ignore_index=True)


def planned_checksum(terms: PlannedTerms) -> str:
    """Return a number of the words, in hexadecimal: another list has another, in whatever order it stands.

    >>> planned_checksum(pd.DataFrame({"term": ["war", "peace"]}))
    'c3e2e1954660'
    """
    return hashlib.sha256("\n".join(sorted(terms["term"])).encode()).hexdigest()[:12]


def compare_planned(terms: PlannedTerms, tokens: Tokens, documents: Documents) -> Planned:
    """Return the planned table: the words of a list in each outlet and in the others, by event and over all.

    Whole reports are dealt, over several events within each; q is that of the list alone (`planned_q`). It
    is NaN where the reports are too few for any word, which differ then in these texts only.
    """
    counts, sizes = _count(terms["term"].tolist(), tokens, documents)
    rows: list[tuple[object, ...]] = []
    for scope, target, at, side, strata in _comparisons(documents):
        own = counts[at]
        dealt = compare_deals(own, sizes[at], side, strata=strata, every=True)
        q = planned_q(dealt.p) if dealt.is_tested.any() else dealt.q
        a, b = own[side].sum(axis=0), own[~side].sum(axis=0)
        ratio = log_ratio(a, b, sizes[at][side].sum(), sizes[at][~side].sum(), plus=0.5)
        with_a, with_b = (own[side] > 0).sum(axis=0), (own[~side] > 0).sum(axis=0)
        columns = (column.tolist() for column in (a, b, with_a, with_b, ratio, dealt.p, q, q < SIGNIFICANT))
        rows += [(scope, target, *cells) for cells in zip(terms["term"], *columns, strict=True)]
    return from_rows(rows, PlannedTable)


def _count(terms: list[str], tokens: Tokens, documents: Documents) -> tuple[Floats, Floats]:
    """Return the uses of each term (column) in each report, and the words of the reports."""
    place = pd.Index(documents["doc_id"])
    counts = np.zeros((len(documents), len(terms)))
    for n in sorted({term.count(" ") + 1 for term in terms}):
        found = count_terms(tokens, n=n)
        found = found[found["term"].isin(terms)]
        row, column = pd.Index(found["doc_id"]), pd.Index(found["term"])
        at = place.get_indexer(row), pd.Index(terms).get_indexer(column)
        counts[at] = found["n"]
    sizes = tokens["doc_id"].value_counts().reindex(place, fill_value=0).to_numpy()
    return counts, np.asarray(sizes, dtype=float)


def _comparisons(
    documents: Documents,
) -> Iterator[tuple[str, str, Array, Array, Array | None]]:
    """Yield scope, target, the reports compared, which are the target's, and their events where several."""
    label, events = outlet_labels(documents).to_numpy(), documents["event_id"].to_numpy()
    for event, at in documents.groupby("event_id", sort=True).indices.items():
        outlets = sorted(set(label[at]))
        for target in outlets[:1] if len(outlets) == 2 else outlets[: len(outlets) * (len(outlets) > 1)]:
            yield str(event), str(target), np.asarray(at), np.asarray(label[at] == target), None
    for target in sorted(set(label)):
        own = label == target
        shared = np.intersect1d(events[own], events[~own])
        if len(shared) > 1:
            at = np.flatnonzero(np.isin(events, shared))
            yield f"{len(shared)} events, stratified", str(target), at, np.asarray(own[at]), events[at]
