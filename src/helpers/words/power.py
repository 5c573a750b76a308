"""What a comparison of whole reports could find in this corpus, and what it flags by chance."""

import numpy as np
import pandas as pd

from helpers.table import from_rows
from helpers.text import Documents
from helpers.words.by_deals import Null, chance_of_flags, compare_deals, found_alone, null_of
from helpers.words.by_report import count_matrix
from helpers.words.counts import outlet_labels
from helpers.words.dealing import Bools, smallest_p
from helpers.words.house import house_forms
from helpers.words.rates import Floats
from helpers.words.tables import Keyness, Power, PowerTable, TermCounts

__all__ = ["find_power"]
MOST_JUDGED = 8  # comparisons: each takes seconds
RATIOS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0)
ENOUGH = 0.8
TURNS, PLANTS = 4, 25  # random sides, and words planted on each


def find_power(
    keyness: Keyness, term_counts: TermCounts, documents: Documents, *, n: int = MOST_JUDGED
) -> Power:
    """Return the power table: for each comparison how strong a difference it could find.

    Real words of the event are planted: the reports are dealt to two sides at random and the uses on one
    side raised to a multiple, each report keeping its own leaning. The ratio is the least at which 80 % of
    the plants would be flagged alone. What chance flags is counted over deals of the same reports. Of more
    than `n` comparisons the largest are judged.
    """
    label = outlet_labels(documents).to_numpy()
    of_event = documents.groupby("event_id", sort=True).indices
    pairs = (
        keyness.groupby(["event_id", "target"], sort=True).size().sort_values(ascending=False, kind="stable")
    )
    rows: list[tuple[object, ...]] = []
    for place, (event, target) in enumerate(pairs.index):
        at = of_event[event]
        is_target = np.asarray(label[at] == target)
        sides = int(is_target.sum()), int((~is_target).sum())
        found = (0, np.nan, np.nan, np.nan)
        if place < n and sum(sides) > 2:
            ids = documents["doc_id"].to_numpy()[at].tolist()
            own = keyness[(keyness["event_id"] == event) & (keyness["target"] == target)]
            found = _judge(term_counts, ids, is_target, own["term"].tolist())
        rows.append((event, target, *sides, smallest_p(*sides), *found, place < n))
    return from_rows(sorted(rows, key=lambda row: (str(row[0]), str(row[1]))), PowerTable)


def _judge(
    term_counts: TermCounts, ids: list[str], target: Bools, terms: list[str]
) -> tuple[int, float, float, float]:
    """Return the words tested, the words and the deals flagged by chance, and the ratio found."""
    counts, sizes, known = count_matrix(term_counts, ids)
    style = house_forms(terms)
    column = known.get_indexer(pd.Index([term for term in terms if term not in style]))
    tested = compare_deals(counts[:, column], sizes, target, n=999)
    m = int(tested.is_tested.sum())
    if not m:
        return 0, np.nan, np.nan, np.nan
    words = column[tested.is_tested]
    null = null_of(counts[:, words], sizes, target)
    flags = chance_of_flags(null)
    ratio = _least_found(null, counts[:, words].toarray(), sizes, target)
    return m, float(flags.mean()), float((flags > 0).mean()), ratio


def _least_found(null: Null, counts: Floats, sizes: Floats, target: Bools) -> float:
    """Return the least of RATIOS that is found often enough, by halving; NaN where none is."""
    low, high = 0, len(RATIOS)
    while low < high:
        middle = (low + high) // 2
        found = _share_found(null, counts, sizes, target, RATIOS[middle]) >= ENOUGH
        low, high = (low, middle) if found else (middle + 1, high)
    return RATIOS[low] if low < len(RATIOS) else float("nan")


def _share_found(null: Null, counts: Floats, sizes: Floats, target: Bools, ratio: float) -> float:
    """Return the share of planted words that are flagged, each planted alone."""
    rng = np.random.default_rng(11)
    n_tested = counts.shape[1]
    planted, sides = [], []
    for _ in range(TURNS):
        own = counts[:, rng.choice(n_tested, min(PLANTS, n_tested), replace=False)]
        expected = np.outer(sizes, own.sum(axis=0) / max(sizes.sum(), 1.0))
        leaning = (own + 1) / (expected + 1)
        sides.append(rng.permutation(target))
        # Uses of a report are Poisson about its own rate; more of them at the same leaning are added.
        planted.append(own + rng.poisson((ratio - 1) * leaning * expected) * sides[-1][:, None])
    return float(found_alone(null, planted, sizes, np.array(sides)).mean())
