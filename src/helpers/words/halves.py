"""How many words the rule of keyness flags where there is nothing to find."""

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.table import conform
from helpers.text import Documents, Tokens
from helpers.words.contrast import FEWEST_REPORTS, SIGNIFICANT, Array
from helpers.words.rates import exact_p, q_values
from helpers.words.tables import SplitHalves, SplitHalvesTable

__all__ = ["split_halves"]
MOST_SPLIT = 24


def split_halves(
    tokens: Tokens, documents: Documents, *, n: int = 200, n_events: int = MOST_SPLIT, seed: int = 0
) -> SplitHalves:
    """Return the split_halves table: what the rule of `keyness` flags where there is nothing to find.

    The sentences of each event (its reports, from 16 on) are dealt to two halves `n` times, whatever their
    outlet; fewer times where the vocabulary is large. Of more than `n_events`, those with the most words are.
    """
    event_of = documents.set_index("doc_id")["event_id"]
    words = tokens["doc_id"].map(event_of).value_counts()
    n_reports = documents.groupby("event_id", sort=True).size()
    words = words.reindex(n_reports.index, fill_value=0).sort_values(ascending=False, kind="stable")
    own = tokens[tokens["doc_id"].map(event_of).isin(words.index[:n_events])]
    of_event = own["doc_id"].map(event_of).groupby(own["doc_id"].map(event_of)).indices
    rows = []
    for event in sorted(words.index[:n_events]):
        counts, sizes = _unit_counts(
            own.iloc[of_event.get(event, [])], by_report=n_reports[event] >= 2 * FEWEST_REPORTS
        )
        splits = min(n, max(20, 2_000_000 // max(counts.shape[1], 1))) if len(sizes) > 1 else 0
        flagged = _flagged_in_halves(counts, sizes, splits, seed)
        shares = (float(flagged.mean()), float((flagged > 0).mean())) if splits else (0.0, 0.0)
        rows.append((event, len(sizes), counts.shape[1], splits, *shares))
    return conform(pd.DataFrame(rows, columns=list(SplitHalvesTable.to_schema().columns)), SplitHalvesTable)


def _unit_counts(tokens: Tokens, *, by_report: bool, min_n: int = 3) -> tuple[sparse.csr_array, Array]:
    """Return the units x terms matrix of an event and the units' sizes; rarer terms are left out."""
    keys = ["doc_id"] if by_report else ["doc_id", "sentence_id"]
    unit = tokens.groupby(keys, sort=False).ngroup().to_numpy()
    term = pd.factorize(tokens["norm"])[0]
    shape = (int(unit.max(initial=-1)) + 1, int(term.max(initial=-1)) + 1)
    counts = sparse.csr_array((np.ones(len(unit)), (unit, term)), shape=shape)
    tested = np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel() >= min_n)
    return counts[:, tested], np.bincount(unit, minlength=shape[0]).astype(float)


def _flagged_in_halves(counts: sparse.csr_array, sizes: Array, n: int, seed: int) -> Array:
    """Return the number of words flagged in each of `n` random halvings of the units."""
    rng = np.random.default_rng(seed)
    half = np.arange(len(sizes)) < len(sizes) // 2
    total = np.asarray(counts.sum(axis=0)).ravel()
    sides = np.array([rng.permuted(half) for _ in range(n)], dtype=float).reshape(n, len(sizes))
    in_half, words = sides @ counts, (sides @ sizes)[:, None]
    p = exact_p(in_half, total - in_half, words, sizes.sum() - words)
    return np.asarray((q_values(p) < SIGNIFICANT).sum(axis=1))
