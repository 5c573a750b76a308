"""Keyness with whole reports as the unit."""

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.table import conform
from helpers.text import Documents
from helpers.words.contrast import FEWEST_REPORTS, SIGNIFICANT, Array
from helpers.words.counts import outlet_labels
from helpers.words.dealing import permutation_p
from helpers.words.rates import log_ratio, no_difference_band, q_values
from helpers.words.tables import Keyness, KeynessTable, TermCounts

__all__ = ["deal_reports", "funnel_points"]


def deal_reports(
    keyness: Keyness,
    term_counts: TermCounts,
    documents: Documents,
    *,
    min_reports: int = FEWEST_REPORTS,
    n: int = 999,
    seed: int = 0,
) -> Keyness:
    """Return `keyness` with p_reports and q_reports where both sides have `min_reports` reports of the event.

    Whole reports are dealt to the sides at random, `n` times; elsewhere both stay NaN, and nothing is
    flagged: words come in bursts, and a test of single words flags some in nine of ten random deals of whole
    reports of one story (2 against 2 and 5 against 5, 300 deals each of four stories).
    """
    label = outlet_labels(documents).to_numpy()
    of_event = documents.groupby("event_id", sort=True).indices
    many = {event: at for event, at in of_event.items() if len(at) >= 2 * min_reports}
    p, q = (keyness[name].to_numpy(copy=True) for name in ("p_reports", "q_reports"))
    flagged = np.zeros(len(keyness), dtype=bool)
    asked = np.flatnonzero(keyness["event_id"].isin(list(many)))
    rows = keyness[["event_id", "target", "term"]].iloc[asked].assign(row=asked)
    for event, comparisons in rows.groupby("event_id", sort=True):
        ids, outlets = documents["doc_id"].to_numpy()[many[event]], label[many[event]]
        counts, sizes, terms = _count_matrix(term_counts, list(ids))
        for target, own in comparisons.groupby("target", sort=True):
            of_target, at = np.asarray(outlets == target), own["row"].to_numpy()
            if min(of_target.sum(), (~of_target).sum()) < min_reports:
                continue
            column = terms.get_indexer(pd.Index(own["term"]))
            p[at] = permutation_p(counts[:, column], sizes, of_target, n=n, seed=seed)
            q[at] = q_values(p[at])
            flagged[at] = q[at] < SIGNIFICANT
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


def _count_matrix(term_counts: TermCounts, ids: list[str]) -> tuple[sparse.csr_array, Array, pd.Index]:
    """Return the reports x terms matrix of `ids`, the tokens of each report, and the terms."""
    own = term_counts[term_counts["doc_id"].isin(ids)]
    codes, terms = pd.factorize(own["term"], sort=True)
    row = pd.Index(ids).get_indexer(pd.Index(own["doc_id"]))
    counts = sparse.csr_array((own["n"].to_numpy(), (row, codes)), shape=(len(ids), len(terms)))
    return counts, np.asarray(counts.sum(axis=1)).ravel(), pd.Index(terms)
