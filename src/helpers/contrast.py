"""The words one outlet uses more than others on the same event, and how many chance alone would flag."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from helpers import stats
from helpers.schema import Keyness, SplitHalves, conform, empty
from helpers.wording import outlet_labels

__all__ = [
    "deal_reports",
    "funnel_points",
    "keyness",
    "lockwords",
    "other_measures",
    "split_halves",
    "stratified_keyness",
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
_SIDES = (
    "n_target",
    "n_reference",
    "quoted_target",
    "quoted_reference",
    "reports_target",
    "reports_reference",
)


def keyness(
    pooled_counts: pd.DataFrame, *, quoted: pd.DataFrame | None = None, min_n: int = 3
) -> pd.DataFrame:
    """Return the keyness table: each event's outlets compared, and never one event with another.

    Two outlets are compared once, the first by name being the target; of more, each is compared with the
    rest. Terms with fewer than `min_n` uses in a comparison are not tested. `quoted` holds the pooled
    counts of the words inside direct quotations. Rows are sorted by event, target and p.
    """
    frames = [
        _score(_sides(counts, target, quoted), str(event), target, _reference(counts, target), min_n)
        for event, counts in pooled_counts.groupby("event_id", sort=True)
        for target in _targets(counts)
    ]
    return conform(pd.concat([empty(Keyness), *frames]), Keyness)


def stratified_keyness(
    pooled_counts: pd.DataFrame, *, quoted: pd.DataFrame | None = None, min_n: int = 3
) -> pd.DataFrame:
    """Return the keyness of every outlet over the events it shares with others, stratified by event.

    The ratio is Mantel and Haenszel's; p and interval are exact, given the uses in each event. Outlets with
    fewer than two such events have no rows.
    """
    frames = []
    for target in sorted(pooled_counts["outlet"].unique()):
        strata = [
            (counts, _sides(counts, target, quoted))
            for _, counts in pooled_counts.groupby("event_id", sort=True)
            if target in _outlets(counts) and len(_outlets(counts)) > 1
        ]
        if len(strata) > 1:
            frames.append(_stratify([sides for _, sides in strata], target, min_n))
    return conform(pd.concat([empty(Keyness), *frames]), Keyness)


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
    label = outlet_labels(documents)
    result = keyness.copy()
    for (event, target), rows in keyness.groupby(["event_id", "target"], sort=True):
        ids = documents.loc[documents["event_id"] == event, "doc_id"]
        of_target = (label[ids] == target).to_numpy()
        if min(of_target.sum(), (~of_target).sum()) < min_reports:
            continue
        counts, sizes, terms = _count_matrix(term_counts, list(ids))
        at = terms.get_indexer(pd.Index(rows["term"]))
        p = stats.permutation_p(counts[:, at], sizes, of_target, n=n, seed=seed)
        q = stats.q_values(p)
        result.loc[rows.index, ["p_reports", "q_reports"]] = np.column_stack([p, q])
        result.loc[rows.index, "flagged"] = q < SIGNIFICANT
    return conform(result, Keyness)


def top_terms(keyness: pd.DataFrame, *, n: int = 10, total: int = 40) -> pd.DataFrame:
    """Return the rows of lowest p of every comparison, highest ratio first.

    At most `n` of a comparison, and fewer where there are so many comparisons that `total` would be passed.
    """
    keys = ["event_id", "target"]
    each = min(n, max(total // max(len(keyness[keys].drop_duplicates()), 1), 1))
    best = keyness.sort_values([*keys, "p_value", "term"], kind="stable")
    best = best.groupby(keys, sort=True).head(each)
    order = [*keys, "log_ratio", "n_target", "n_reference", "term"]
    return best.sort_values(order, ascending=[True, True, False, False, True, True], ignore_index=True)


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
    frames = []
    for (event, target), rows in keyness.groupby(["event_id", "target"], sort=True):
        counts = pooled_counts[pooled_counts["event_id"] == event]
        if len(counts):
            frames.append(_other_scores(rows, _sides(counts, str(target), None)))
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
    tokens: pd.DataFrame, documents: pd.DataFrame, *, n: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Return the split_halves table: what the rule of `keyness` flags where there is nothing to find.

    The sentences of each event (its reports, from 16 on) are dealt to two halves `n` times, whatever their
    outlet; fewer times where the vocabulary is large.
    """
    rows = []
    for event, ids in documents.groupby("event_id", sort=True)["doc_id"]:
        counts, sizes = _unit_counts(
            tokens[tokens["doc_id"].isin(ids)], by_report=len(ids) >= 2 * FEWEST_REPORTS
        )
        splits = min(n, max(20, 2_000_000 // max(counts.shape[1], 1))) if len(sizes) > 1 else 0
        flagged = _flagged_in_halves(counts, sizes, splits, seed)
        shares = (float(flagged.mean()), float((flagged > 0).mean())) if splits else (0.0, 0.0)
        rows.append((event, len(sizes), counts.shape[1], splits, *shares))
    return conform(pd.DataFrame(rows, columns=list(SplitHalves.to_schema().columns)), SplitHalves)


def _outlets(counts: pd.DataFrame) -> list[str]:
    """Return the outlets of an event's pooled counts, by name."""
    return sorted(counts["outlet"].unique())


def _targets(counts: pd.DataFrame) -> list[str]:
    """Return the outlets to be compared with the rest: one of two, all of more, none of one."""
    outlets = _outlets(counts)
    return {1: [], 2: outlets[:1]}.get(len(outlets), outlets)


def _reference(counts: pd.DataFrame, target: str) -> str:
    """Return the name of what `target` is compared with."""
    others = [name for name in _outlets(counts) if name != target]
    return others[0] if len(others) == 1 else f"the other {len(others)} outlets"


def _sides(counts: pd.DataFrame, target: str, quoted: pd.DataFrame | None) -> pd.DataFrame:
    """Return the counts of an event's terms, one row each, in `target` and in the rest."""
    own = counts["outlet"] == target
    uses = {
        f"{name}_{side}": rows.groupby("term")[column].sum()
        for side, rows in (("target", counts[own]), ("reference", counts[~own]))
        for name, column in (("n", "n"), ("reports", "n_reports"))
    }
    if quoted is not None:
        said = quoted[quoted["event_id"].isin(counts["event_id"].unique())]
        uses["quoted_target"] = said[said["outlet"] == target].groupby("term")["n"].sum()
        uses["quoted_reference"] = said[said["outlet"] != target].groupby("term")["n"].sum()
    table = pd.DataFrame(uses).reindex(columns=list(_SIDES)).fillna(0).astype("int64").sort_index()
    return table.rename_axis("term").reset_index()


def _score(sides: pd.DataFrame, event: str, target: str, reference: str, min_n: int) -> pd.DataFrame:
    """Return the keyness rows of one comparison, lowest p first."""
    a, b = sides["n_target"].to_numpy(dtype=float), sides["n_reference"].to_numpy(dtype=float)
    n_a, n_b = a.sum(), b.sum()
    z = stats.log_odds_z(a, b, prior=stats.informative_prior(a, b))
    tested = a + b >= min_n
    rows, a, b, z = sides[tested], a[tested], b[tested], z[tested]
    low, high = stats.rate_ratio_interval(a, b, n_a, n_b)
    p = stats.exact_p(a, b, n_a, n_b)
    lrc = stats.conservative_log_ratio(a, b, n_a, n_b, n_tested=len(rows))
    scored = rows.assign(
        log_ratio=stats.log_ratio(a, b, n_a, n_b), low=low, high=high, p_value=p, lrc=lrc, z=z
    )
    return _finish(scored, event, target, reference, (n_a, n_b))


def _stratify(strata: list[pd.DataFrame], target: str, min_n: int) -> pd.DataFrame:
    """Return the keyness rows of one outlet against all others, stratified; `strata` are events."""
    total = pd.concat(strata).groupby("term", sort=True).sum()
    total = total[total["n_target"] + total["n_reference"] >= min_n]
    a, b = (
        np.stack([s.set_index("term")[side].reindex(total.index, fill_value=0).to_numpy() for s in strata])
        for side in ("n_target", "n_reference")
    )
    n_a, n_b = (np.array([s[side].sum() for s in strata]) for side in ("n_target", "n_reference"))
    words = list(zip(a.T, b.T, strict=True))
    ends = [stats.stratified_interval(x, y, n_a, n_b) for x, y in words]
    error = SIGNIFICANT / max(len(total), 1)
    # The stricter interval is wider: where the usual one has 0 in it, so has this.
    lrc = [
        _nearer_end(stats.stratified_interval(x, y, n_a, n_b, error=error)) if low > 0 or high < 0 else 0.0
        for (x, y), (low, high) in zip(words, ends, strict=True)
    ]
    scored = total.reset_index().assign(
        log_ratio=stats.mantel_haenszel(a, b, n_a[:, None], n_b[:, None]),
        low=[low for low, _ in ends],
        high=[high for _, high in ends],
        p_value=[stats.stratified_p(x, y, n_a, n_b) for x, y in words],
        lrc=lrc,
        z=np.nan,
    )
    event = f"{len(strata)} events, stratified"
    return _finish(scored, event, target, "all other outlets", (n_a.sum(), n_b.sum()))


def _nearer_end(ends: tuple[float, float]) -> float:
    """Return the end of an interval nearer to 0, or 0 where it lies within."""
    return max(ends[0], 0.0) + min(ends[1], 0.0)


def _finish(
    scored: pd.DataFrame, event: str, target: str, reference: str, sizes: tuple[float, float]
) -> pd.DataFrame:
    """Return scored rows with names, rates, q-values and the voices, lowest p first."""
    q = stats.q_values(scored["p_value"].to_numpy())
    rows = scored.assign(
        event_id=event,
        target=target,
        reference=reference,
        rate_target=1000 * scored["n_target"] / max(sizes[0], 1),
        rate_reference=1000 * scored["n_reference"] / max(sizes[1], 1),
        q_value=q,
        flagged=q < SIGNIFICANT,
        p_reports=np.nan,
        q_reports=np.nan,
        narrated_target=scored["n_target"] - scored["quoted_target"],
        narrated_reference=scored["n_reference"] - scored["quoted_reference"],
    )
    return rows.sort_values(["p_value", "term"], kind="stable")


def _other_scores(rows: pd.DataFrame, sides: pd.DataFrame) -> pd.DataFrame:
    """Return the other measures of the rows of one comparison."""
    every_a, every_b = sides["n_target"].to_numpy(dtype=float), sides["n_reference"].to_numpy(dtype=float)
    a, b = rows["n_target"].to_numpy(), rows["n_reference"].to_numpy()
    sizes = int(every_a.sum()), int(every_b.sum())
    at = pd.Index(sides["term"]).get_indexer(pd.Index(rows["term"]))
    scores = {
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
    flagged = np.zeros(n, dtype=int)
    for split in range(n):
        side = rng.permuted(half).astype(float)
        in_half, tokens = side @ counts, side @ sizes
        p = stats.exact_p(in_half, total - in_half, tokens, sizes.sum() - tokens)
        flagged[split] = (stats.q_values(p) < SIGNIFICANT).sum()
    return flagged
