"""The words one outlet uses more than others on the same event."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from helpers.table import conform, empty
from helpers.words.rates import (
    chi_squared,
    conservative_log_ratio,
    exact_p,
    fisher_p,
    informative_prior,
    log_likelihood,
    log_odds_z,
    log_ratio,
    q_values,
    rate_ratio_interval,
)
from helpers.words.tables import Keyness, KeynessTable, PooledCounts, PooledCountsTable

__all__ = [
    "DESCRIBED",
    "FEWEST_REPORTS",
    "MOST_COMPARED",
    "SIGNIFICANT",
    "Array",
    "Batch",
    "Comparison",
    "Event",
    "count_events",
    "keyness",
    "keyness_table",
    "lockwords",
    "other_measures",
    "ranked",
    "strongest",
    "top_terms",
    "two_sides",
]
Array = NDArray[Any]
FEWEST_REPORTS = 4  # of an event: of fewer no deal is rarer than one in three
# No p of single words: they hang together within a report, and are printed nowhere as a test.
DESCRIBED = (
    "event_id target reference term n_target n_reference rate_target rate_reference log_ratio "
    "p_reports q_reports flagged quoted_target narrated_target quoted_reference narrated_reference "
    "reports_target reports_reference"
)
SIGNIFICANT = 0.05
# Bounds of the work on large corpora; the page says so where they bind.
MOST_COMPARED = 24
BATCH = 200_000  # rows scored at a time
_COUNTS = ("n", "quoted", "reports")
_SIDES = tuple(f"{name}_{side}" for name in _COUNTS for side in ("target", "reference"))


class Event(NamedTuple):
    """The counts of an event: a row per outlet, by name, and a column per term, for each of _COUNTS in turn.

    `terms` are the numbers of its terms, ascending; `sizes` the tokens of each outlet.
    """

    name: str
    outlets: list[str]
    terms: Array
    counts: sparse.csr_array
    sizes: Array


class Comparison(NamedTuple):
    """Two sides, the tokens of both, and six rows of counts (_SIDES) with a column per tested term."""

    names: tuple[str, str, str]
    sizes: tuple[float, float]
    term: Array
    counts: Array
    z: Array


Batch = tuple[list[Comparison], dict[str, Array]]


def keyness(
    pooled_counts: PooledCounts,
    *,
    quoted: PooledCounts | None = None,
    min_n: int = 3,
    n_outlets: int = MOST_COMPARED,
) -> pd.DataFrame:
    """Return the keyness table: each event's outlets compared, and never one event with another.

    Two outlets are compared once, the first by name being the target; of more, each is compared with the
    rest: in an event of more than `n_outlets`, so many with the most words. Terms with fewer than `min_n`
    uses in a comparison are not tested. `quoted` holds the pooled counts of the words inside direct
    quotations. Rows are sorted by event, target and p.
    """
    terms, events = count_events(pooled_counts, quoted)
    return keyness_table(_compared(events, n_outlets, min_n), terms)


def top_terms(
    keyness: Keyness, *, n: int = 10, total: int = 40, without: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rows of lowest p of every comparison, highest ratio first; terms `without` are passed over.

    At most `n` of a comparison, and fewer where there are so many comparisons that `total` would be passed;
    where one of each is too many, those of the `total` comparisons that have the lowest p.
    """
    keys = ["event_id", "target"]
    left = np.flatnonzero(~keyness["term"].isin(without))
    comparison = keyness.groupby(keys, sort=True).ngroup().to_numpy()[left]
    p = _strength(keyness)[left]
    term = pd.factorize(keyness["term"], sort=True)[0][left]
    ranked = np.lexsort((term, p, comparison))
    _, first, size = np.unique(comparison[ranked], return_index=True, return_counts=True)
    each = min(n, max(total // max(len(first), 1), 1))
    best = ranked[np.arange(len(ranked)) - np.repeat(first, size) < each]
    if len(first) > total:
        best = best[np.lexsort((comparison[best], p[best]))][:total]
    order = [*keys, "log_ratio", "n_target", "n_reference", "term"]
    return keyness.iloc[np.sort(left[best])].sort_values(
        order, ascending=[True, True, False, False, True, True], ignore_index=True
    )


def ranked(keyness: Keyness) -> Keyness:
    """Return the rows, strongest first: by p over reports where there is one, then by exact p of words."""
    return keyness.sort_values(["p_reports", "p_value", "event_id", "target", "term"], kind="stable")


def strongest(keyness: Keyness, *, n: int = 1) -> pd.DataFrame:
    """Return the `n` rows of lowest p, whatever their comparison, in the order of the table."""
    if len(keyness) <= n:
        return keyness
    p = _strength(keyness)
    low = np.flatnonzero(p <= np.partition(p, n - 1)[n - 1])
    order = keyness.iloc[low][["event_id", "target", "term"]].assign(p=p[low]).reset_index(drop=True)
    order = order.sort_values(["p", "event_id", "target", "term"], kind="stable")
    return keyness.iloc[np.sort(low[order.index[:n]])]


def _strength(keyness: Keyness) -> Array:
    """Return what rows are ranked by: p over reports; for others 1 and the exact p of words."""
    p = keyness["p_reports"].to_numpy()
    return np.where(np.isnan(p), 1.0 + keyness["p_value"].to_numpy(), p)


def lockwords(keyness: Keyness, *, within: float = 1.0) -> pd.DataFrame:
    """Return the rows whose interval lies within `within` binary steps of equal rates, most used first."""
    same = keyness[(keyness["low"] >= -within) & (keyness["high"] <= within)]
    total = same["n_target"] + same["n_reference"]
    order = np.lexsort((same["term"].to_numpy(dtype=object), -total.to_numpy()))
    return same.iloc[order].reset_index(drop=True)


def other_measures(keyness: Keyness, pooled_counts: PooledCounts) -> pd.DataFrame:
    """Return the scores other tools would print for the rows of `keyness`; each heading names its variant.

    The z with a flat prior needs every word of the event, which is why the pooled counts are asked for.
    """
    asked = pooled_counts[pooled_counts["event_id"].isin(keyness["event_id"].unique())]
    terms, events = count_events(asked, None)
    known = {event.name: event for event in events}
    frames = [
        _other_scores(rows, known[event], str(target), terms)
        for (event, target), rows in keyness.groupby(["event_id", "target"], sort=True)
        if event in known
    ]
    return pd.concat(frames, ignore_index=True) if frames else keyness[["event_id", "target", "term"]].head(0)


def count_events(
    pooled_counts: PooledCounts, quoted: PooledCounts | None
) -> tuple[pd.Index, Iterator[Event]]:
    """Return all terms, sorted, and the counts of every event, by name."""
    names = tuple(pd.Index(pooled_counts[name].unique()).sort_values() for name in ("outlet", "term"))
    uses, said = (
        _cells(pooled_counts, *names),
        _cells(empty(PooledCountsTable) if quoted is None else quoted, *names),
    )
    return names[1], (
        _event(event, names[0], cells, said.get(event, cells[:0])) for event, cells in sorted(uses.items())
    )


def _cells(pooled_counts: PooledCounts, outlets: pd.Index, terms: pd.Index) -> dict[str, Array]:
    """Return the counts of each event: rows of the number of the outlet, that of the term, n and reports."""
    columns = (
        outlets.get_indexer(pd.Index(pooled_counts["outlet"])),
        terms.get_indexer(pd.Index(pooled_counts["term"])),
        pooled_counts["n"].to_numpy(),
        pooled_counts["n_reports"].to_numpy(),
    )
    cells: Array = np.column_stack(columns)
    return {str(event): cells[at] for event, at in pooled_counts.groupby("event_id").indices.items()}


def _event(name: str, outlets: pd.Index, uses: Array, said: Array) -> Event:
    """Return the counts of one event from the cells of its words and those of its quoted words."""
    own, row = np.unique(uses[:, 0], return_inverse=True)
    used, column = np.unique(uses[:, 1], return_inverse=True)
    said = said[np.isin(said[:, 0], own) & np.isin(said[:, 1], used)]
    quoted_row, quoted_column = np.searchsorted(own, said[:, 0]), np.searchsorted(used, said[:, 1])
    values = np.concatenate([uses[:, 2], said[:, 2], uses[:, 3]])
    rows = np.concatenate([row, quoted_row, row])
    columns = np.concatenate([column, quoted_column + len(used), column + 2 * len(used)])
    counts = sparse.csr_array((values, (rows, columns)), shape=(len(own), 3 * len(used)))
    return Event(name, outlets[own].tolist(), used, counts, np.bincount(row, weights=uses[:, 2]))


def _targets(event: Event, n: int) -> Array:
    """Return the outlets to be compared with the rest: one of two, all of more up to `n`, none of one."""
    if len(event.outlets) < 3:
        return np.arange(len(event.outlets) - 1)
    return np.sort(np.argsort(-event.sizes, kind="stable")[:n])


def two_sides(event: Event, place: int) -> Array:
    """Return the counts of an event's terms, one column each, in the outlet at `place` and in the rest."""
    own = event.counts[[place]].toarray()
    rest = np.asarray(event.counts.sum(axis=0)) - own
    return np.stack([own.reshape(3, -1), rest.reshape(3, -1)], axis=1).reshape(6, -1)


def _compared(events: Iterable[Event], n_outlets: int, min_n: int) -> Iterator[Batch]:
    """Yield the comparisons of outlets with the rest of their event and their measures, many at a time."""
    parts: list[Comparison] = []
    waiting = 0
    for event in events:
        for place in _targets(event, n_outlets).tolist():
            part = _compare(event, place, min_n)
            parts += [part] if len(part.term) else []
            waiting += len(part.term)
        if waiting > BATCH:
            yield parts, _scores(parts)
            parts, waiting = [], 0
    if parts:
        yield parts, _scores(parts)


def _compare(event: Event, place: int, min_n: int) -> Comparison:
    """Return the comparison of one outlet of an event with the rest."""
    sides = two_sides(event, place)
    a, b = sides[:2].astype(float)
    z = log_odds_z(a, b, prior=informative_prior(a, b))
    tested = a + b >= min_n
    others = event.outlets[:place] + event.outlets[place + 1 :]
    reference = others[0] if len(others) == 1 else f"the other {len(others)} outlets"
    names = event.name, event.outlets[place], reference
    return Comparison(names, (a.sum(), b.sum()), event.terms[tested], sides[:, tested], z[tested])


def _scores(parts: list[Comparison]) -> dict[str, Array]:
    """Return the measures of all comparisons, one after the other."""
    n_words = [len(part.term) for part in parts]
    n_a, n_b = np.repeat(np.array([part.sizes for part in parts]), n_words, axis=0).T
    a, b = np.concatenate([part.counts[:2] for part in parts], axis=1).astype(float)
    low, high = rate_ratio_interval(a, b, n_a, n_b)
    # The stricter interval is wider: where the usual one has 0 in it, so has this.
    sure = (low > 0) | (high < 0)
    lrc, tested = np.zeros(len(a)), np.repeat(n_words, n_words)
    lrc[sure] = conservative_log_ratio(
        a[sure], b[sure], n_a[sure], n_b[sure], n_tested=tested[sure], error=SIGNIFICANT
    )
    return {
        "log_ratio": log_ratio(a, b, n_a, n_b),
        "low": low,
        "high": high,
        "p_value": exact_p(a, b, n_a, n_b),
        "lrc": lrc,
        "z": np.concatenate([part.z for part in parts]),
    }


def keyness_table(batches: Iterable[Batch], terms: pd.Index) -> Keyness:
    """Return the keyness table of comparisons and their scores, lowest p of each first."""
    names: list[tuple[str, str, str]] = []
    columns: list[dict[str, Array]] = []
    for parts, scores in batches:
        columns.append(_columns(parts, scores, len(names)))
        names += [part.names for part in parts]
    if not names:
        return empty(KeynessTable)
    # One column at a time, so that a table of millions of rows is never held twice.
    joined = {name: np.concatenate([part.pop(name) for part in columns]) for name in list(columns[0])}
    comparison, term = joined.pop("comparison"), joined.pop("term")
    labels = {
        name: pd.array([part[place] for part in names], dtype="str").take(comparison)
        for place, name in enumerate(("event_id", "target", "reference"))
    }
    labels["term"] = terms.array.take(term)
    return conform(pd.DataFrame(labels | joined, copy=False), KeynessTable)


def _columns(parts: list[Comparison], scores: dict[str, Array], first: int) -> dict[str, Array]:
    """Return the columns of some comparisons, numbered from `first` on; terms are numbers too."""
    n_words = [len(part.term) for part in parts]
    comparison = np.repeat(np.arange(len(parts)), n_words)
    term, p = np.concatenate([part.term for part in parts]), scores["p_value"]
    order = np.lexsort((term, p, comparison))
    q = np.concatenate([q_values(own) for own in np.split(p, np.cumsum(n_words)[:-1])])[order]
    counts = dict(zip(_SIDES, np.concatenate([part.counts for part in parts], axis=1)[:, order], strict=True))
    n_a, n_b = np.maximum([part.sizes for part in parts], 1)[comparison].T
    return {
        "comparison": first + comparison,
        "term": term[order],
        **counts,
        **{name: score[order] for name, score in scores.items()},
        "rate_target": 1000 * counts["n_target"] / n_a,
        "rate_reference": 1000 * counts["n_reference"] / n_b,
        "q_value": q,
        "flagged": q < SIGNIFICANT,
        "p_reports": np.full(len(q), np.nan),
        "q_reports": np.full(len(q), np.nan),
        "narrated_target": counts["n_target"] - counts["quoted_target"],
        "narrated_reference": counts["n_reference"] - counts["quoted_reference"],
    }


def _other_scores(rows: pd.DataFrame, event: Event, target: str, terms: pd.Index) -> pd.DataFrame:
    """Return the other measures of the rows of one comparison."""
    every_a, every_b = two_sides(event, event.outlets.index(target))[:2].astype(float)
    a, b = rows["n_target"].to_numpy(), rows["n_reference"].to_numpy()
    sizes = int(every_a.sum()), int(every_b.sum())
    at = np.searchsorted(event.terms, terms.get_indexer(pd.Index(rows["term"])))
    scores: dict[str, Any] = {
        "G2, 2 cells": log_likelihood(a, b, *sizes, cells=2),
        "G2, 4 cells": log_likelihood(a, b, *sizes),
        "chi2, no Yates": chi_squared(a, b, *sizes),
        "chi2, Yates": chi_squared(a, b, *sizes, yates=True),
        "Fisher p": [fisher_p(int(x), int(y), *sizes) for x, y in zip(a, b, strict=True)],
        "log ratio + 0.5": log_ratio(a, b, *sizes, plus=0.5),
        "z, 2 terms, flat prior 0.05": log_odds_z(every_a, every_b, prior=0.05)[at],
        "z, 4 terms, flat prior 0.05": log_odds_z(every_a, every_b, prior=0.05, terms=4)[at],
    }
    return rows[["event_id", "target", "term", "n_target", "n_reference"]].assign(**scores)
