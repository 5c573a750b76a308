"""Keyness with whole reports as the unit."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
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
    return _dealt(keyness, documents, lambda at: count_matrix(term_counts, doc_ids[at].tolist()), families)


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
    rows = keyness[["event_id", "target", "term"]].iloc[asked].assign(row=asked)
    for event, comparisons in rows.groupby("event_id", sort=True):
        at = of_event[event]
        counts, sizes, terms = matrix(np.asarray(at))
        for target, own in comparisons.groupby("target", sort=True):
            own = own[~own["term"].isin(house_forms(own["term"]))]
            place, column = own["row"].to_numpy(), terms.get_indexer(pd.Index(own["term"]))
            tested = compare_deals(counts[:, column], sizes, label[at] == target)
            p[place], q[place] = tested.p, tested.q
            found = own[np.nan_to_num(tested.q, nan=1.0) < SIGNIFICANT]
            flagged[found["row"]] = _hold(found["term"], counts, sizes, label[at] == target, terms, families)
    return conform(keyness.assign(p_reports=p, q_reports=q, flagged=flagged), KeynessTable)


def _hold(
    found: pd.Series,
    counts: sparse.csr_array,
    sizes: Array,
    target: Bools,
    terms: pd.Index,
    families: Mapping[str, str],
) -> list[bool]:
    """Return which of some words differ with all forms of them counted as one too."""
    asked = {families[term] for term in found if term in families}
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
    for target, of_target in keyness.groupby("target", sort=True).indices.items():
        is_own = (label == target).to_numpy()
        shared = np.isin(events, np.intersect1d(events[is_own], events[~is_own]))
        counts, sizes, terms = count_matrix(term_counts, documents["doc_id"][shared].tolist())
        style = house_forms(keyness["term"].iloc[of_target])
        place = of_target[~keyness["term"].iloc[of_target].isin(style).to_numpy()]
        column = terms.get_indexer(pd.Index(keyness["term"].iloc[place]))
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
    """Return the reports x terms matrix of `ids`, the tokens of each report, and the terms."""
    own = term_counts[term_counts["doc_id"].isin(ids)]
    codes, terms = pd.factorize(own["term"], sort=True)
    row = pd.Index(ids).get_indexer(pd.Index(own["doc_id"]))
    counts = sparse.csr_array((own["n"].to_numpy(), (row, codes)), shape=(len(ids), len(terms)))
    return counts, np.asarray(counts.sum(axis=1)).ravel(), pd.Index(terms)
