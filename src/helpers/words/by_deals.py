"""A word compared over whole reports: the measure, its p when reports are dealt, and its q.

The measure of a word in a report is the log of (uses + 1) / (expected uses + 1), where the common rate and
the report's length say what is expected: a burst in one report counts little, and so does a short report
without the word. Its sum over the target's reports is compared with the sums of other deals.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from helpers.words.dealing import ERROR, Deals, deal_sides, fewest_deals, worth_testing
from helpers.words.rates import Floats, q_values

__all__ = ["Tested", "chance_of_flags", "compare_deals", "permutation_p"]
Bools = NDArray[np.bool_]
MOST_SIZES = 256  # different lengths told apart in what is expected
WORK = 3_000_000_000  # numbers multiplied by all deals together: a few seconds
CELLS = 4_000_000  # numbers held at a time
FEWEST_FITTED = 999  # deals a tail is fitted to; with fewer the reports are so many that normal will do
FEWEST_BEYOND = 10  # deals as far as the one seen from which their share is taken as it is
GATE, NEAREST = 1_999, 32  # deals of the gate, and words of each that are looked at
MARGIN = 1.25  # so that .04 of random deals flag a word, and not just .05


class Tested(NamedTuple):
    """p, q and whether a word was tested; a word that could not be flagged whatever happened has neither."""

    p: Floats
    q: Floats
    is_tested: Bools


class _Scores(NamedTuple):
    """The measure as the log of uses (+ 1), and the log of what is expected of each length (a row each)."""

    used: Any
    length: NDArray[np.int64]
    expected: Floats
    middle: Floats
    spread: Floats


def permutation_p(
    counts: Any,
    sizes: ArrayLike,
    target: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    n: int = 9_999,
    seed: int = 0,
) -> Floats:
    """Return the two-sided p of each word when whole reports are dealt to the two sides.

    `counts` has a row per report and a column per word (scipy sparse or array), `sizes` the tokens of the
    reports, `target` is true for those of the target; within `strata` only, where they are given. All deals
    are listed where they are no more than 200,000. Else `n` are drawn, and where fewer than ten come as far,
    a generalised Pareto tail fitted to their furthest quarter goes on (Knijnenburg and others 2009), down
    to the smallest p that the reports using the word allow.
    """
    target = np.asarray(target, dtype=bool)
    scores = _score(sparse.csr_array(counts), np.asarray(sizes, dtype=float), target, strata)
    deals = deal_sides(target, strata, n=_affordable(scores, n), seed=seed)
    return _p_values(scores, target, deals, fewest_deals(counts, target, strata))


def compare_deals(
    counts: Any,
    sizes: ArrayLike,
    target: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    every: bool = False,
    n: int = 9_999,
) -> Tested:
    """Return p, q and which words were tested; arguments as of `permutation_p`, `every`: all words are.

    q is p after Benjamini and Hochberg (1995), and never below 1.25 times the share of random deals in which
    any word has so low a q: at random no word is flagged in 24 of 25 deals, however words hang together.
    """
    counts, sizes = sparse.csr_array(counts), np.asarray(sizes, dtype=float)
    target = np.asarray(target, dtype=bool)
    floor = fewest_deals(counts, target, strata)
    is_tested = np.ones(len(floor), dtype=bool) if every else worth_testing(floor)
    p, q = np.full(len(floor), np.nan), np.full(len(floor), np.nan)
    if is_tested.any() and floor[is_tested].min() <= ERROR:
        scores = _score(counts[:, np.flatnonzero(is_tested)], sizes, target, strata)
        deals = deal_sides(target, strata, n=_affordable(scores, n))
        p[is_tested] = _p_values(scores, target, deals, floor[is_tested])
        q[is_tested] = np.maximum(q_values(p[is_tested]), _gate(scores, target, deals))
    else:
        is_tested = np.zeros(len(floor), dtype=bool)
    return Tested(p, q, is_tested)


def chance_of_flags(counts: Any, sizes: ArrayLike, target: ArrayLike, *, n: int = 300) -> NDArray[np.int64]:
    """Return how many words the rule flags in each of `n` random deals of the same reports, all words tested.

    A deal's p is its place among the other deals: nothing is fitted, so what it flags is chance alone.
    """
    target = np.asarray(target, dtype=bool)
    scores = _score(sparse.csr_array(counts), np.asarray(sizes, dtype=float), target, None)
    m = len(scores.middle)
    deals = deal_sides(target, n=_affordable(scores, max(min(9_999, 40 * CELLS // m), FEWEST_FITTED)))
    chosen = np.random.default_rng(2).choice(len(deals.sides), min(n, len(deals.sides)), replace=False)
    drawn = np.concatenate(list(_distances(scores, deals.sides[chosen])))
    beyond = np.zeros_like(drawn)
    for far in _distances(scores, deals.sides):
        ranked = np.sort(far, axis=0)
        for word in range(m):
            as_far = drawn[:, word] * (1 - 1e-9) - 1e-12
            beyond[:, word] += len(ranked) - np.searchsorted(ranked[:, word], as_far)
    p, lowest = beyond / len(deals.sides), _gate_of(scores, deals)
    q_beta = q_values(_beta_p(drawn, len(target)))
    gate = MARGIN * np.searchsorted(lowest, q_beta * (1 + 1e-9), side="right") / len(lowest)
    return np.asarray((np.maximum(q_values(p), gate) < ERROR).sum(axis=1))


def _score(counts: Any, sizes: Floats, target: Bools, strata: ArrayLike | None) -> _Scores:
    """Return the measures of the words, with their middle and spread over all deals."""
    lengths, length = _lengths(sizes)
    rate = np.asarray(counts.sum(axis=0)).ravel() / max(lengths[length].sum(), 1.0)
    used, expected = counts.log1p(), np.log1p(lengths[:, None] * rate)
    number = np.zeros(len(target), np.int64) if strata is None else np.unique(strata, return_inverse=True)[1]
    member = sparse.csr_array((np.ones(len(number)), (number, np.arange(len(number)))))
    of_length = sparse.csr_array((np.ones(len(number)), (np.arange(len(number)), length)))
    n, own = np.bincount(number).astype(float), np.bincount(number, weights=target)
    cells = used.tocoo()
    beside = expected[length[cells.coords[0]], cells.coords[1]]
    cross = sparse.csr_array((cells.data * beside, cells.coords), shape=used.shape)
    apart = (member @ of_length).toarray()
    total = (member @ used).toarray() - apart @ expected
    square = (member @ (used * used)).toarray() - 2 * (member @ cross).toarray() + apart @ expected**2
    within = np.maximum(square - total**2 / n[:, None], 0.0)
    share = own * (n - own) / (n * np.maximum(n - 1, 1))
    return _Scores(used, length, expected, (own / n) @ total, np.sqrt(share @ within))


def _lengths(sizes: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Return the different lengths of reports and which each has; of very many, the middle ones of groups."""
    lengths, length = np.unique(sizes, return_inverse=True)
    if len(lengths) <= MOST_SIZES:
        return lengths, length
    group = np.argsort(np.argsort(sizes, kind="stable"), kind="stable") * MOST_SIZES // len(sizes)
    return np.bincount(group, weights=sizes) / np.bincount(group), group


def _affordable(scores: _Scores, n: int) -> int:
    """Return how many deals are drawn: `n`, or fewer where the counts are many."""
    return min(n, max(WORK // max(int(scores.used.nnz), 1), 199))


def _distances(scores: _Scores, sides: Bools) -> Iterator[Floats]:
    """Yield how far each word lies from its middle, in spreads, some deals (rows) at a time."""
    n, m = scores.used.shape
    step = max(CELLS // max(m, 1), 1)
    small = scores.used.toarray() - scores.expected[scores.length] if n * m <= CELLS else None
    of_length = sparse.csr_array((np.ones(n), (np.arange(n), scores.length)), shape=(n, len(scores.expected)))
    spread = np.where(scores.spread > 1e-9, scores.spread, np.inf)
    for start in range(0, len(sides), step):
        part = sides[start : start + step].astype(float)
        if small is None:
            sums = (scores.used.T @ part.T).T - (of_length.T @ part.T).T @ scores.expected
        else:
            sums = part @ small
        yield np.abs(sums - scores.middle) / spread


def _p_values(scores: _Scores, target: Bools, deals: Deals, floor: Floats) -> Floats:
    """Return the share of deals as far as the one seen, with a fitted tail beyond their resolution."""
    seen = next(_distances(scores, target[None, :]))[0]
    beyond = np.zeros(len(seen))
    for far in _distances(scores, deals.sides):
        beyond += (far >= seen * (1 - 1e-9) - 1e-12).sum(axis=0)
    n = len(deals.sides)
    if deals.whole:
        return beyond / n
    p = (beyond + 1) / (n + 1)
    rare = np.flatnonzero(beyond < FEWEST_BEYOND)
    if len(rare):
        tail = _fitted if n >= FEWEST_FITTED else _normal
        p[rare] = np.minimum(np.maximum(tail(_some(scores, rare), seen[rare], deals), floor[rare]), p[rare])
    return p


def _some(scores: _Scores, words: NDArray[np.int64]) -> _Scores:
    """Return the measures of some words."""
    parts = (part[..., words] for part in (scores.expected, scores.middle, scores.spread))
    return _Scores(scores.used[:, words], scores.length, *parts)


def _fitted(scores: _Scores, seen: Floats, deals: Deals) -> Floats:
    """Return the p of squared distances beyond the furthest quarter of the deals, at most 250.

    A generalised Pareto distribution by the method of moments (Hosking and Wallis 1987).
    """
    n, kept = len(deals.sides), min(len(deals.sides) // 4, 250)
    furthest = np.concatenate(
        [np.sort(far, axis=0)[::-1][: kept + 1] for far in _distances(scores, deals.sides)]
    )
    furthest = np.sort(furthest, axis=0)[::-1][: kept + 1] ** 2
    threshold = (furthest[kept - 1] + furthest[kept]) / 2
    above = furthest[:kept] - threshold
    mean, spread = above.mean(axis=0), np.maximum(above.var(axis=0), 1e-12)
    shape = np.where(np.abs(k := (mean**2 / spread - 1) / 2) < 1e-6, 1e-6, k)
    scale = mean * (mean**2 / spread + 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.maximum(1 - shape * np.maximum(seen**2 - threshold, 0) / scale, 0.0) ** (1 / shape)
    return np.asarray(np.nan_to_num(left, nan=1.0) * kept / n)


def _normal(scores: _Scores, seen: Floats, deals: Deals) -> Floats:
    """Return the p of distances of very many reports; where few use a word, no lower than of who uses it."""
    n, own = len(scores.length), int(deals.sides[0].sum())
    users = np.asarray((scores.used > 0).sum(axis=0)).ravel()
    least = np.minimum(users * own / n, users * (n - own) / n)
    p = 2 * scipy.stats.norm.sf(seen)
    # With under thirty users on a side the sum is as skewed as their number: Poisson's law of it is wider.
    skewed = 2 * scipy.stats.poisson.sf(np.ceil(least + seen * np.sqrt(np.maximum(least, 1))) - 1, least)
    return np.asarray(np.where(least < 30, np.maximum(p, np.minimum(skewed, 1.0)), p))


def _gate(scores: _Scores, target: Bools, deals: Deals) -> Floats:
    """Return the share of deals in which any word has as low a q as each word has in the one seen."""
    lowest = _gate_of(scores, deals)
    seen = q_values(_beta_p(next(_distances(scores, target[None, :]))[0], len(target)))
    as_low = np.searchsorted(lowest, seen * (1 + 1e-9), side="right")
    listed = deals.whole and len(lowest) == len(deals.sides)
    share = as_low / len(lowest) if listed else (as_low + 1) / (len(lowest) + 1)
    return np.asarray(np.minimum(MARGIN * share, 1.0))


def _gate_of(scores: _Scores, deals: Deals) -> Floats:
    """Return the lowest q of any word in each deal, or in some of them, sorted."""
    n, m = len(scores.length), len(scores.middle)
    chosen = deals.sides
    if len(chosen) > GATE:
        chosen = chosen[np.random.default_rng(1).choice(len(chosen), GATE, replace=False)]
    kept = min(m, NEAREST)
    rank = m / np.arange(1, kept + 1)
    lowest = []
    for far in _distances(scores, chosen):
        nearest = -np.sort(np.partition(-far, kept - 1, axis=1)[:, :kept], axis=1)
        lowest.append((_beta_p(nearest, n) * rank).min(axis=1))
    return np.sort(np.concatenate(lowest))


def _beta_p(far: Floats, n: int) -> Floats:
    """Return Pitman's approximate p (1937) of distances over `n` reports, the same function for all words."""
    grid = np.linspace(0.0, np.sqrt(max(n - 1, 1)), 4097)
    with np.errstate(divide="ignore"):
        log_p = np.log(scipy.special.betaincc(0.5, max(n - 2, 1) / 2, (grid / grid[-1]) ** 2))
    return np.asarray(np.exp(np.interp(far, grid, np.maximum(log_p, -700.0))))
