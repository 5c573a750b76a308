"""Keyness with whole reports as the unit."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from helpers.table import conform
from helpers.text import Documents
from helpers.words.by_deals import compare_deals
from helpers.words.contrast import FEWEST_REPORTS, SIGNIFICANT, Array, keyness
from helpers.words.counts import count_reports, outlet_labels, pool_reports
from helpers.words.dealing import Bools
from helpers.words.families import holds_as_family
from helpers.words.house import house_forms
from helpers.words.rates import log_ratio, no_difference_band
from helpers.words.tables import Keyness, KeynessTable, TermCounts

__all__ = ["count_matrix", "deal_reports", "deal_within_events", "funnel_points", "keyness_of_texts"]
Rows = NDArray[np.int64]


def deal_reports(
    keyness: Keyness,
    term_counts: TermCounts,
    documents: Documents,
    *,
    families: Mapping[str, str] = MappingProxyType({}),
) -> Keyness:
    """Return `keyness` with p_reports and q_reports of the words that whole reports can tell apart.

    The reports of the event are dealt to the sides: see `compare_deals`. Where a word is in too few reports
    to be flagged whatever happened, or is house style, both stay NaN and it is not flagged. Nor is one whose
    forms together (`families`: the lemma of each) do not differ: "attacks" where others write "attack".
    """
    doc_ids = documents["doc_id"].to_numpy()
    matrices = _Matrices(term_counts)
    return _dealt(keyness, documents, lambda at: matrices.of(doc_ids[at].tolist()), families)


def keyness_of_texts(texts: pd.DataFrame, documents: Documents) -> Keyness:
    """Return the keyness table with reports dealt straight from `texts` (doc_id, text), of any size.

    The numbers are those of `deal_reports` on counts of tokens, without a row per token or per cell.
    """
    counted = count_reports(texts, documents)
    sizes, terms = np.asarray(counted.uses.sum(axis=1)).ravel(), pd.Index(counted.terms)
    table = keyness(pool_reports(counted, documents))
    return _dealt(table, documents, lambda at: (counted.uses[at], sizes[at], terms), {})


def _dealt(
    keyness: Keyness,
    documents: Documents,
    matrix: Callable[[Array], tuple[sparse.csr_array, Array, pd.Index]],
    families: Mapping[str, str],
) -> Keyness:
    """Return `keyness` with the words of each event tested; `matrix` counts the reports at some rows."""
    label = outlet_labels(documents).to_numpy()
    of_event = documents.groupby("event_id", sort=True).indices
    p, q = np.full(len(keyness), np.nan), np.full(len(keyness), np.nan)
    flagged = np.zeros(len(keyness), dtype=bool)
    able = [event for event, at in of_event.items() if len(at) >= FEWEST_REPORTS]
    asked = np.flatnonzero(keyness["event_id"].isin(able))
    rows = keyness[["event_id", "target"]].iloc[asked].assign(row=asked)
    term = keyness["term"].to_numpy(object)
    for event, comparisons in rows.groupby("event_id", sort=True):
        at = of_event[event]
        counts, sizes, terms = matrix(np.asarray(at))
        for target, own in comparisons.groupby("target", sort=True)["row"]:
            place = _tested_words(own.to_numpy(), term)
            column = terms.get_indexer(pd.Index(term[place]))
            tested = compare_deals(counts[:, column], sizes, label[at] == target)
            p[place], q[place] = tested.p, tested.q
            found = place[np.nan_to_num(tested.q, nan=1.0) < SIGNIFICANT]
            flagged[found] = _hold(term[found], counts, sizes, label[at] == target, terms, families)
    return conform(keyness.assign(p_reports=p, q_reports=q, flagged=flagged), KeynessTable)


def _hold(
    found: NDArray[np.object_],
    counts: sparse.csr_array,
    sizes: Array,
    target: Bools,
    terms: pd.Index,
    families: Mapping[str, str],
) -> list[bool]:
    """Return which of some words differ with all forms of them counted as one too."""
    asked = {families[term] for term in found if term in families}
    if not asked:
        return [True] * len(found)
    own = {term: lemma for term, lemma in families.items() if lemma in asked}
    column = np.flatnonzero(terms.isin(list(own)))
    holds = holds_as_family(counts[:, column], sizes, target, terms[column].tolist(), own)
    return [holds.get(families.get(term, ""), True) for term in found]


def deal_within_events(keyness: Keyness, term_counts: TermCounts, documents: Documents) -> Keyness:
    """Return stratified `keyness` with p_reports and q_reports: reports are dealt within their event only.

    Of each target the events that it shares with other outlets are dealt; what a word is to an event is the
    same in every deal. See `compare_deals`.
    """
    label, events = outlet_labels(documents), documents["event_id"].to_numpy()
    p, q = np.full(len(keyness), np.nan), np.full(len(keyness), np.nan)
    matrices, term = _Matrices(term_counts), keyness["term"].to_numpy(object)
    for target, of_target in keyness.groupby("target", sort=True).indices.items():
        is_own = (label == target).to_numpy()
        shared = np.isin(events, np.intersect1d(events[is_own], events[~is_own]))
        counts, sizes, terms = matrices.of(documents["doc_id"][shared].tolist())
        place = _tested_words(np.asarray(of_target), term)
        column = terms.get_indexer(pd.Index(term[place]))
        tested = compare_deals(counts[:, column], sizes, is_own[shared], strata=events[shared])
        p[place], q[place] = tested.p, tested.q
    flagged = np.nan_to_num(q, nan=1.0) < SIGNIFICANT
    return conform(keyness.assign(p_reports=p, q_reports=q, flagged=flagged), KeynessTable)


def funnel_points(keyness: Keyness) -> pd.DataFrame:
    """Return the terms of the largest comparison of reports dealt at random, with the band of no difference.

    Columns: term, per_million, ratio (0.5 added to counts), low, high, flagged; no rows where no comparison
    has reports enough. The band is binomial, Bonferroni over the terms.
    """
    large = keyness[keyness["p_reports"].notna()]
    columns = ["term", "per_million", "ratio", "low", "high", "flagged"]
    if large.empty:
        return large.assign(per_million=0.0, ratio=0.0)[columns]
    _, rows = max(large.groupby(["event_id", "target"], sort=True), key=lambda group: len(group[1]))
    n_a, n_b = (_size(rows[f"n_{side}"], rows[f"rate_{side}"]) for side in ("target", "reference"))
    total = (rows["n_target"] + rows["n_reference"]).to_numpy(dtype=float)
    low, high = no_difference_band(total, n_a, n_b, n_tested=len(rows))
    ratio = log_ratio(rows["n_target"], rows["n_reference"], n_a, n_b, plus=0.5)
    per_million = 1e6 * total / (n_a + n_b)
    return rows.assign(per_million=per_million, ratio=ratio, low=low, high=high)[columns]


def _size(uses: pd.Series, rates: pd.Series) -> float:
    """Return the tokens of a side from counts and rates per 1,000."""
    used = uses > 0
    return float((1000 * uses[used] / rates[used]).round().iloc[0]) if used.any() else 1.0


def count_matrix(term_counts: TermCounts, ids: list[str]) -> tuple[sparse.csr_array, Array, pd.Index]:
    """Return the reports x terms matrix of `ids`, the tokens of each report, and the terms, sorted."""
    return _Matrices(term_counts[term_counts["doc_id"].isin(ids)]).of(ids)


class _Matrices:
    """The uses of each word in each report, to be cut into the matrices of a few reports each."""

    def __init__(self, term_counts: TermCounts) -> None:
        self.n = term_counts["n"].to_numpy()
        self.code, terms = pd.factorize(term_counts["term"], sort=True)
        self.terms = np.asarray(terms, dtype=object)
        self.rows = term_counts.groupby("doc_id", sort=False).indices

    def of(self, ids: list[str]) -> tuple[sparse.csr_array, Array, pd.Index]:
        """Return the reports x terms matrix of `ids`, the tokens of each report, and the terms, sorted."""
        rows = [self.rows.get(doc_id, np.zeros(0, dtype=np.int64)) for doc_id in ids]
        row, own = np.repeat(np.arange(len(ids)), list(map(len, rows))), np.concatenate(rows)
        known, column = np.unique(self.code[own], return_inverse=True)
        counts = sparse.csr_array((self.n[own], (row, column)), shape=(len(ids), len(known)))
        return counts, np.asarray(counts.sum(axis=1)).ravel(), pd.Index(self.terms[known])


def _tested_words(rows: Rows, term: NDArray[np.object_]) -> Rows:
    """Return the rows whose words are no house style."""
    style = house_forms(term[rows])
    return rows[[word not in style for word in term[rows]]] if style else rows
