"""The words one outlet uses more than others on the same event, and how many chance alone would flag."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from helpers import stats
from helpers.schema import Keyness, PooledCounts, SplitHalves, conform, empty
from helpers.wording import outlet_labels

__all__ = [
    "deal_reports",
    "funnel_points",
    "keyness",
    "lockwords",
    "other_measures",
    "split_halves",
    "stratified_keyness",
    "strongest",
    "top_terms",
    "with_headings",
]

Array = NDArray[Any]
HEADINGS = {
    "event_id": "event",
    "n_target": "uses, target",
    "n_reference": "uses, reference",
    "rate_target": "per 1,000, target",
    "rate_reference": "per 1,000, reference",
    "log_ratio": "log2 ratio",
    "low": "low (95 %, Clopper-Pearson)",
    "high": "high (95 %, Clopper-Pearson)",
    "p_value": "p (exact binomial)",
    "q_value": "q (BH)",
    "lrc": "LRC (Bonferroni)",
    "z": "z (log-odds, 2 terms, informative prior)",
    "p_reports": "p (reports dealt)",
    "q_reports": "q (reports, BH)",
}
FEWEST_REPORTS = 8
SIGNIFICANT = 0.05
# Bounds of the work on large corpora; the page says so where they bind.
MOST_COMPARED, MOST_STRATIFIED, MOST_SPLIT = 24, 100, 24
RAREST = 50_000  # words of the events, to one use
BATCH = 200_000  # rows scored at a time
_COUNTS = ("n", "quoted", "reports")
_SIDES = tuple(f"{name}_{side}" for name in _COUNTS for side in ("target", "reference"))


class _Event(NamedTuple):
    """The counts of an event: a row per outlet, by name, and a column per term, for each of _COUNTS in turn.

    `terms` are the numbers of its terms, ascending; `sizes` the tokens of each outlet.
    """

    name: str
    outlets: list[str]
    terms: Array
    counts: sparse.csr_array
    sizes: Array


class _Comparison(NamedTuple):
    """Two sides, the tokens of both, and six rows of counts (_SIDES) with a column per tested term."""

    names: tuple[str, str, str]
    sizes: tuple[float, float]
    term: Array
    counts: Array
    z: Array


_Batch = tuple[list[_Comparison], dict[str, Array]]


def keyness(
    pooled_counts: pd.DataFrame,
    *,
    quoted: pd.DataFrame | None = None,
    min_n: int = 3,
    n_outlets: int = MOST_COMPARED,
) -> pd.DataFrame:
    """Return the keyness table: each event's outlets compared, and never one event with another.

    Two outlets are compared once, the first by name being the target; of more, each is compared with the
    rest: in an event of more than `n_outlets`, so many with the most words. Terms with fewer than `min_n`
    uses in a comparison are not tested. `quoted` holds the pooled counts of the words inside direct
    quotations. Rows are sorted by event, target and p.
    """
    terms, events = _count_events(pooled_counts, quoted)
    return _table(_compared(events, n_outlets, min_n), terms)


def stratified_keyness(
    pooled_counts: pd.DataFrame,
    *,
    quoted: pd.DataFrame | None = None,
    min_n: int = 3,
    n_outlets: int = MOST_STRATIFIED,
) -> pd.DataFrame:
    """Return the keyness of every outlet over the events it shares with others, stratified by event.

    The ratio is Mantel and Haenszel's; p and interval are exact, given the uses in each event. Outlets with
    fewer than two such events have no rows; of more than `n_outlets`, those with the most words have. Terms
    with fewer than `min_n` uses in the events, or fewer than one in 50,000 words, are not tested.
    """
    terms, events = _count_events(pooled_counts, quoted)
    shared: defaultdict[str, list[tuple[_Event, int]]] = defaultdict(list)
    for event in events:
        for place, name in enumerate(event.outlets if len(event.outlets) > 1 else []):
            shared[name].append((event, place))
    words = {
        name: sum(event.sizes[place] for event, place in strata)
        for name, strata in shared.items()
        if len(strata) > 1
    }
    chosen = sorted(sorted(words, key=lambda name: (-words[name], name))[:n_outlets])
    return _table((_stratified(shared[name], min_n) for name in chosen), terms)


def deal_reports(
    keyness: pd.DataFrame,
    term_counts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    min_reports: int = FEWEST_REPORTS,
    n: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Return `keyness` with p_reports and q_reports where both sides have `min_reports` reports of the event.

    Whole reports are dealt to the sides at random, `n` times; elsewhere both stay NaN.
    """
    label = outlet_labels(documents).to_numpy()
    of_event = documents.groupby("event_id", sort=True).indices
    many = {event: at for event, at in of_event.items() if len(at) >= 2 * min_reports}
    p, q, flagged = (keyness[name].to_numpy(copy=True) for name in ("p_reports", "q_reports", "flagged"))
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
            p[at] = stats.permutation_p(counts[:, column], sizes, of_target, n=n, seed=seed)
            q[at] = stats.q_values(p[at])
            flagged[at] = q[at] < SIGNIFICANT
    return conform(keyness.assign(p_reports=p, q_reports=q, flagged=flagged), Keyness)


def top_terms(
    keyness: pd.DataFrame, *, n: int = 10, total: int = 40, without: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rows of lowest p of every comparison, highest ratio first; terms `without` are passed over.

    At most `n` of a comparison, and fewer where there are so many comparisons that `total` would be passed;
    where one of each is too many, those of the `total` comparisons that have the lowest p.
    """
    keys = ["event_id", "target"]
    left = np.flatnonzero(~keyness["term"].isin(without))
    comparison = keyness.groupby(keys, sort=True).ngroup().to_numpy()[left]
    term, p = pd.factorize(keyness["term"], sort=True)[0][left], keyness["p_value"].to_numpy()[left]
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


def strongest(keyness: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """Return the `n` rows of lowest p, whatever their comparison, in the order of the table."""
    if len(keyness) <= n:
        return keyness
    p = keyness["p_value"].to_numpy()
    low = np.flatnonzero(p <= np.partition(p, n - 1)[n - 1])
    order = keyness.iloc[low][["p_value", "event_id", "target", "term"]].reset_index(drop=True)
    order = order.sort_values(list(order.columns), kind="stable")
    return keyness.iloc[np.sort(low[order.index[:n]])]


def with_headings(keyness: pd.DataFrame) -> pd.DataFrame:
    """Return the rows under headings that name the variant of each measure."""
    return keyness.rename(columns=HEADINGS)


def lockwords(keyness: pd.DataFrame, *, within: float = 1.0) -> pd.DataFrame:
    """Return the rows whose interval lies within `within` binary steps of equal rates, most used first."""
    same = keyness[(keyness["low"] >= -within) & (keyness["high"] <= within)]
    total = same["n_target"] + same["n_reference"]
    order = np.lexsort((same["term"].to_numpy(dtype=object), -total.to_numpy()))
    return same.iloc[order].reset_index(drop=True)


def other_measures(keyness: pd.DataFrame, pooled_counts: pd.DataFrame) -> pd.DataFrame:
    """Return the scores other tools would print for the rows of `keyness`; each heading names its variant.

    The z with a flat prior needs every word of the event, which is why the pooled counts are asked for.
    """
    asked = pooled_counts[pooled_counts["event_id"].isin(keyness["event_id"].unique())]
    terms, events = _count_events(asked, None)
    known = {event.name: event for event in events}
    frames = [
        _other_scores(rows, known[event], str(target), terms)
        for (event, target), rows in keyness.groupby(["event_id", "target"], sort=True)
        if event in known
    ]
    return pd.concat(frames, ignore_index=True) if frames else keyness[["event_id", "target", "term"]].head(0)


def funnel_points(keyness: pd.DataFrame) -> pd.DataFrame:
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
    low, high = stats.no_difference_band(total, n_a, n_b, n_tested=len(rows))
    ratio = stats.log_ratio(rows["n_target"], rows["n_reference"], n_a, n_b, plus=0.5)
    per_million = 1e6 * total / (n_a + n_b)
    return rows.assign(per_million=per_million, ratio=ratio, low=low, high=high)[columns]


def _size(uses: pd.Series, rates: pd.Series) -> float:
    """Return the tokens of a side from counts and rates per 1,000."""
    used = uses > 0
    return float((1000 * uses[used] / rates[used]).round().iloc[0]) if used.any() else 1.0


def split_halves(
    tokens: pd.DataFrame, documents: pd.DataFrame, *, n: int = 200, n_events: int = MOST_SPLIT, seed: int = 0
) -> pd.DataFrame:
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
    return conform(pd.DataFrame(rows, columns=list(SplitHalves.to_schema().columns)), SplitHalves)


def _count_events(
    pooled_counts: pd.DataFrame, quoted: pd.DataFrame | None
) -> tuple[pd.Index, Iterator[_Event]]:
    """Return all terms, sorted, and the counts of every event, by name."""
    names = tuple(pd.Index(pooled_counts[name].unique()).sort_values() for name in ("outlet", "term"))
    uses, said = (
        _cells(pooled_counts, *names),
        _cells(empty(PooledCounts) if quoted is None else quoted, *names),
    )
    return names[1], (
        _event(event, names[0], cells, said.get(event, cells[:0])) for event, cells in sorted(uses.items())
    )


def _cells(pooled_counts: pd.DataFrame, outlets: pd.Index, terms: pd.Index) -> dict[str, Array]:
    """Return the counts of each event: rows of the number of the outlet, that of the term, n and reports."""
    columns = (
        outlets.get_indexer(pd.Index(pooled_counts["outlet"])),
        terms.get_indexer(pd.Index(pooled_counts["term"])),
        pooled_counts["n"].to_numpy(),
        pooled_counts["n_reports"].to_numpy(),
    )
    cells: Array = np.column_stack(columns)
    return {str(event): cells[at] for event, at in pooled_counts.groupby("event_id").indices.items()}


def _event(name: str, outlets: pd.Index, uses: Array, said: Array) -> _Event:
    """Return the counts of one event from the cells of its words and those of its quoted words."""
    own, row = np.unique(uses[:, 0], return_inverse=True)
    used, column = np.unique(uses[:, 1], return_inverse=True)
    said = said[np.isin(said[:, 0], own) & np.isin(said[:, 1], used)]
    quoted_row, quoted_column = np.searchsorted(own, said[:, 0]), np.searchsorted(used, said[:, 1])
    values = np.concatenate([uses[:, 2], said[:, 2], uses[:, 3]])
    rows = np.concatenate([row, quoted_row, row])
    columns = np.concatenate([column, quoted_column + len(used), column + 2 * len(used)])
    counts = sparse.csr_array((values, (rows, columns)), shape=(len(own), 3 * len(used)))
    return _Event(name, outlets[own].tolist(), used, counts, np.bincount(row, weights=uses[:, 2]))


def _targets(event: _Event, n: int) -> Array:
    """Return the outlets to be compared with the rest: one of two, all of more up to `n`, none of one."""
    if len(event.outlets) < 3:
        return np.arange(len(event.outlets) - 1)
    return np.sort(np.argsort(-event.sizes, kind="stable")[:n])


def _sides(event: _Event, place: int) -> Array:
    """Return the counts of an event's terms, one column each, in the outlet at `place` and in the rest."""
    own = event.counts[[place]].toarray()
    rest = np.asarray(event.counts.sum(axis=0)) - own
    return np.stack([own.reshape(3, -1), rest.reshape(3, -1)], axis=1).reshape(6, -1)


def _compared(events: Iterable[_Event], n_outlets: int, min_n: int) -> Iterator[_Batch]:
    """Yield the comparisons of outlets with the rest of their event and their measures, many at a time."""
    parts: list[_Comparison] = []
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


def _compare(event: _Event, place: int, min_n: int) -> _Comparison:
    """Return the comparison of one outlet of an event with the rest."""
    sides = _sides(event, place)
    a, b = sides[:2].astype(float)
    z = stats.log_odds_z(a, b, prior=stats.informative_prior(a, b))
    tested = a + b >= min_n
    others = event.outlets[:place] + event.outlets[place + 1 :]
    reference = others[0] if len(others) == 1 else f"the other {len(others)} outlets"
    names = event.name, event.outlets[place], reference
    return _Comparison(names, (a.sum(), b.sum()), event.terms[tested], sides[:, tested], z[tested])


def _scores(parts: list[_Comparison]) -> dict[str, Array]:
    """Return the measures of all comparisons, one after the other."""
    n_words = [len(part.term) for part in parts]
    n_a, n_b = np.repeat(np.array([part.sizes for part in parts]), n_words, axis=0).T
    a, b = np.concatenate([part.counts[:2] for part in parts], axis=1).astype(float)
    low, high = stats.rate_ratio_interval(a, b, n_a, n_b)
    # The stricter interval is wider: where the usual one has 0 in it, so has this.
    sure = (low > 0) | (high < 0)
    lrc, tested = np.zeros(len(a)), np.repeat(n_words, n_words)
    lrc[sure] = stats.conservative_log_ratio(
        a[sure], b[sure], n_a[sure], n_b[sure], n_tested=tested[sure], error=SIGNIFICANT
    )
    return {
        "log_ratio": stats.log_ratio(a, b, n_a, n_b),
        "low": low,
        "high": high,
        "p_value": stats.exact_p(a, b, n_a, n_b),
        "lrc": lrc,
        "z": np.concatenate([part.z for part in parts]),
    }


def _stratified(strata: list[tuple[_Event, int]], min_n: int) -> _Batch:
    """Return the comparison of one outlet with all others over its events, and its measures."""
    sides = [_sides(event, place) for event, place in strata]
    cells = np.concatenate(sides, axis=1)
    number, word = np.unique(np.concatenate([event.terms for event, _ in strata]), return_inverse=True)
    totals = np.stack([np.bincount(word, weights=row) for row in cells])
    uses = totals[0] + totals[1]
    tested = uses >= max(min_n, uses.sum() // RAREST)
    sizes = np.array([side[:2].sum(axis=1) for side in sides], dtype=float)
    n_a, n_b = np.repeat(sizes, [side.shape[1] for side in sides], axis=0)[tested[word]].T
    word, (a, b) = (np.cumsum(tested) - 1)[word[tested[word]]], cells[:2, tested[word]]
    low, high = stats.stratified_interval(a, b, n_a, n_b, word=word)
    scores = {
        "log_ratio": stats.mantel_haenszel(a, b, n_a, n_b, word=word),
        "low": low,
        "high": high,
        "p_value": stats.stratified_p(a, b, n_a, n_b, word=word),
        "lrc": _stratified_lrc(low, high, (a, b, n_a, n_b), word),
        "z": np.full(len(low), np.nan),
    }
    names = f"{len(strata)} events, stratified", strata[0][0].outlets[strata[0][1]], "all other outlets"
    sizes_of = float(sizes[:, 0].sum()), float(sizes[:, 1].sum())
    counts = totals[:, tested].astype(np.int64)
    return [_Comparison(names, sizes_of, number[tested], counts, scores["z"])], scores


def _stratified_lrc(low: Array, high: Array, cells: tuple[Array, ...], word: Array) -> Array:
    """Return the end of the stricter interval nearer to 0, or 0 where that lies within."""
    sure = (low > 0) | (high < 0)
    lrc, at = np.zeros(len(low)), sure[word]
    renumbered = (np.cumsum(sure) - 1)[word[at]]
    ends = stats.stratified_interval(
        *(cell[at] for cell in cells), word=renumbered, error=SIGNIFICANT / max(len(low), 1)
    )
    lrc[sure] = np.maximum(ends[0], 0.0) + np.minimum(ends[1], 0.0)
    return lrc


def _table(batches: Iterable[_Batch], terms: pd.Index) -> pd.DataFrame:
    """Return the keyness table of comparisons and their scores, lowest p of each first."""
    names: list[tuple[str, str, str]] = []
    columns: list[dict[str, Array]] = []
    for parts, scores in batches:
        columns.append(_columns(parts, scores, len(names)))
        names += [part.names for part in parts]
    if not names:
        return empty(Keyness)
    # One column at a time, so that a table of millions of rows is never held twice.
    joined = {name: np.concatenate([part.pop(name) for part in columns]) for name in list(columns[0])}
    comparison, term = joined.pop("comparison"), joined.pop("term")
    labels = {
        name: pd.array([part[place] for part in names], dtype="str").take(comparison)
        for place, name in enumerate(("event_id", "target", "reference"))
    }
    labels["term"] = terms.array.take(term)
    return conform(pd.DataFrame(labels | joined, copy=False), Keyness)


def _columns(parts: list[_Comparison], scores: dict[str, Array], first: int) -> dict[str, Array]:
    """Return the columns of some comparisons, numbered from `first` on; terms are numbers too."""
    n_words = [len(part.term) for part in parts]
    comparison = np.repeat(np.arange(len(parts)), n_words)
    term, p = np.concatenate([part.term for part in parts]), scores["p_value"]
    order = np.lexsort((term, p, comparison))
    q = np.concatenate([stats.q_values(own) for own in np.split(p, np.cumsum(n_words)[:-1])])[order]
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


def _other_scores(rows: pd.DataFrame, event: _Event, target: str, terms: pd.Index) -> pd.DataFrame:
    """Return the other measures of the rows of one comparison."""
    every_a, every_b = _sides(event, event.outlets.index(target))[:2].astype(float)
    a, b = rows["n_target"].to_numpy(), rows["n_reference"].to_numpy()
    sizes = int(every_a.sum()), int(every_b.sum())
    at = np.searchsorted(event.terms, terms.get_indexer(pd.Index(rows["term"])))
    scores: dict[str, Any] = {
        "G2, 2 cells": stats.log_likelihood(a, b, *sizes, cells=2),
        "G2, 4 cells": stats.log_likelihood(a, b, *sizes),
        "chi2, no Yates": stats.chi_squared(a, b, *sizes),
        "chi2, Yates": stats.chi_squared(a, b, *sizes, yates=True),
        "Fisher p": [stats.fisher_p(int(x), int(y), *sizes) for x, y in zip(a, b, strict=True)],
        "log ratio + 0.5": stats.log_ratio(a, b, *sizes, plus=0.5),
        "z, 2 terms, flat prior 0.05": stats.log_odds_z(every_a, every_b, prior=0.05)[at],
        "z, 4 terms, flat prior 0.05": stats.log_odds_z(every_a, every_b, prior=0.05, terms=4)[at],
    }
    return rows[["event_id", "target", "term", "n_target", "n_reference"]].assign(**scores)


def _count_matrix(term_counts: pd.DataFrame, ids: list[str]) -> tuple[sparse.csr_array, Array, pd.Index]:
    """Return the reports x terms matrix of `ids`, the tokens of each report, and the terms."""
    own = term_counts[term_counts["doc_id"].isin(ids)]
    codes, terms = pd.factorize(own["term"], sort=True)
    row = pd.Index(ids).get_indexer(pd.Index(own["doc_id"]))
    counts = sparse.csr_array((own["n"].to_numpy(), (row, codes)), shape=(len(ids), len(terms)))
    return counts, np.asarray(counts.sum(axis=1)).ravel(), pd.Index(terms)


def _unit_counts(tokens: pd.DataFrame, *, by_report: bool, min_n: int = 3) -> tuple[sparse.csr_array, Array]:
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
    p = stats.exact_p(in_half, total - in_half, words, sizes.sum() - words)
    return np.asarray((stats.q_values(p) < SIGNIFICANT).sum(axis=1))
