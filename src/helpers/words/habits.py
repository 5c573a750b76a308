"""What differs between the reports of outlets without a test: habits without exception, and effect sizes."""

from math import comb

import numpy as np
import pandas as pd

from helpers.table import empty, from_rows
from helpers.text import Documents
from helpers.words.by_report import count_matrix
from helpers.words.counts import outlet_labels
from helpers.words.rates import Floats
from helpers.words.tables import (
    Effects,
    EffectsTable,
    Habits,
    HabitsTable,
    Keyness,
    TermCounts,
)

__all__ = ["FEWEST_DRAWN", "expected_habits", "find_effects", "find_habits"]
FEWEST_DRAWN = 5  # reports a side: of fewer a bootstrap has too few different draws
DRAWS = 1_999


def find_habits(term_counts: TermCounts, documents: Documents) -> Habits:
    """Return the habits table: words in all reports of an outlet on an event, two or more, and in no other.

    The most used stand first in each event.
    """
    if term_counts.empty:
        return empty(HabitsTable)
    label, events = outlet_labels(documents), documents.set_index("doc_id")["event_id"]
    rows = term_counts.assign(
        event_id=term_counts["doc_id"].map(events), outlet=term_counts["doc_id"].map(label)
    )
    reports = pd.DataFrame({"event_id": events, "outlet": label}).value_counts().rename("n_reports")
    in_event = reports.groupby("event_id").sum()
    used = rows.groupby(["event_id", "outlet", "term"], sort=True)["n"].agg(["sum", "size"]).reset_index()
    in_all = used.groupby(["event_id", "term"])["size"].transform("sum")
    own = used.merge(reports.reset_index(), on=["event_id", "outlet"], how="left")
    others = own["event_id"].map(in_event) - own["n_reports"]
    kept = (own["size"] == own["n_reports"]) & (in_all == own["size"]) & (own["n_reports"] > 1) & (others > 0)
    found = own.assign(n_others=others)[kept].sort_values(
        ["event_id", "sum", "outlet", "term"], ascending=[True, False, True, True]
    )
    columns = ["event_id", "outlet", "term", "sum", "n_reports", "n_others"]
    return from_rows(list(found[columns].itertuples(index=False, name=None)), HabitsTable)


def expected_habits(term_counts: TermCounts, documents: Documents) -> dict[str, float]:
    """Return how many such words each event would have, were its reports dealt to the outlets at random.

    A word that k reports use is a habit of an outlet of k reports in one deal of comb(reports, k).
    """
    expected: dict[str, float] = {}
    label = outlet_labels(documents)
    for event, ids in documents.groupby("event_id", sort=True)["doc_id"]:
        used = term_counts.loc[term_counts["doc_id"].isin(ids), "term"].value_counts()
        of_size = used.value_counts()
        sizes = [n for n in label[ids].value_counts() if 1 < n < len(ids)]
        expected[str(event)] = float(sum(int(of_size.get(n, 0)) / comb(len(ids), n) for n in sizes))
    return expected


def find_effects(rows: Keyness, term_counts: TermCounts, quoted: TermCounts, documents: Documents) -> Effects:
    """Return the effects table of the words of `rows`: log2 ratios with intervals by reports, by voice.

    Reports are drawn with replacement on each side; comparisons with under five a side have no rows.
    """
    label = outlet_labels(documents).to_numpy()
    of_event = documents.groupby("event_id", sort=True).indices
    found: list[tuple[object, ...]] = []
    for (event, target), own in rows.groupby(["event_id", "target"], sort=True):
        at = of_event.get(event, np.array([], dtype=np.int64))
        side = np.asarray(label[at] == target)
        if min(side.sum(), (~side).sum()) < FEWEST_DRAWN:
            continue
        ids, terms = documents["doc_id"].to_numpy()[at].tolist(), own["term"].tolist()
        (every, sizes), (said, _) = (_uses(counts, ids, terms) for counts in (term_counts, quoted))
        for voice, uses in (("all", every), ("quoted", said), ("told", every - said)):
            ratio, low, high = _by_reports(uses, sizes, side)
            for column, term in enumerate(terms):
                n = uses[side, column].sum(), uses[~side, column].sum()
                ends = ratio[column], low[column], high[column]
                found.append((event, target, term, voice, *map(int, n), *map(float, ends)))
    return from_rows(found, EffectsTable)


def _uses(term_counts: TermCounts, ids: list[str], terms: list[str]) -> tuple[Floats, Floats]:
    """Return the uses of `terms` in each report, and the tokens of the reports."""
    counts, sizes, known = count_matrix(term_counts, ids)
    place = known.get_indexer(pd.Index(terms))
    uses = np.zeros((len(ids), len(terms)))
    uses[:, place >= 0] = counts[:, place[place >= 0]].toarray()
    return uses, sizes


def _by_reports(uses: Floats, sizes: Floats, side: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the log2 ratios of rates and the ends of their percentile intervals over draws of reports."""
    rng = np.random.default_rng(3)
    logs = []
    for own in (side.astype(bool), ~side.astype(bool)):
        n = int(own.sum())
        weights = np.vstack([np.ones(n), rng.multinomial(n, np.full(n, 1 / n), DRAWS)])
        logs.append(np.log2((weights @ uses[own] + 0.5) / (weights @ sizes[own] + 0.5)[:, None]))
    ratio = logs[0] - logs[1]
    low, high = np.percentile(ratio[1:], [2.5, 97.5], axis=0)
    return ratio[0], low, high
