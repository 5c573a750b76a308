"""A word compared over whole reports: its p when reports are dealt, and its q among all words."""

from typing import Any, NamedTuple

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from helpers.words.dealing import ERROR, MARGIN, Bools, Deals, deal_sides, fewest_deals, worth_testing
from helpers.words.rates import Floats
from helpers.words.scores import Scores, distances, looked_at_again, score, some
from helpers.words.together import Line, alone_q, draw_line, flags_of_deals, joint_q

__all__ = ["Null", "Tested", "chance_of_flags", "compare_deals", "found_alone", "null_of", "permutation_p"]
WORK = 3_000_000_000  # numbers multiplied by all deals together: a few seconds
# Deals that are drawn where they are too many to list: of all words together they tell the line.
DRAWN = 1_999
FEWEST_OF_SIDE = 2  # reports
FEWEST_FITTED = 999  # deals a tail is fitted to; with fewer the reports are so many that normal will do
FEWEST_BEYOND = 10  # deals as far as the one seen from which their share is taken as it is


class Tested(NamedTuple):
    """p, q and whether a word was tested; a word that could not be flagged whatever happened has neither."""

    p: Floats
    q: Floats
    is_tested: Bools


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
    scores = score(sparse.csr_array(counts), np.asarray(sizes, dtype=float), target, strata)
    deals = deal_sides(target, strata, n=_affordable(scores, n), seed=seed)
    return _p_values(scores, target, deals, fewest_deals(counts, target, strata))


def compare_deals(
    counts: Any,
    sizes: ArrayLike,
    target: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    every: bool = False,
    n: int = DRAWN,
) -> Tested:
    """Return p, q and which words were tested; arguments as of `permutation_p`, `every`: all words are.

    p is a word's own; q looks at all words together (`together.joint_q`).
    """
    counts, sizes = sparse.csr_array(counts), np.asarray(sizes, dtype=float)
    target = np.asarray(target, dtype=bool)
    floor = fewest_deals(counts, target, strata)
    is_tested = np.ones(len(floor), dtype=bool) if every else worth_testing(floor)
    p, q = np.full(len(floor), np.nan), np.full(len(floor), np.nan)
    # One report is its own words and no outlet's.
    several = FEWEST_OF_SIDE <= target.sum() <= len(target) - FEWEST_OF_SIDE
    if several and is_tested.any() and floor[is_tested].min() <= ERROR / MARGIN:
        scores = score(counts[:, np.flatnonzero(is_tested)], sizes, target, strata)
        deals = deal_sides(target, strata, n=_affordable(scores, n))
        held = looked_at_again(scores, deals.sides)
        p[is_tested] = _p_values(scores, target, deals, floor[is_tested], held)
        q[is_tested] = joint_q(scores, target, deals, held)
    else:
        is_tested = np.zeros(len(floor), dtype=bool)
    return Tested(p, q, is_tested)


class Null(NamedTuple):
    """Words of which none differs: their scores, the deals of their reports, and the line of all."""

    scores: Scores
    deals: Deals
    line: Line


def null_of(counts: Any, sizes: ArrayLike, target: ArrayLike) -> Null:
    """Return what the words of `counts` do in deals of their reports, to sides as large as of `target`."""
    target = np.asarray(target, dtype=bool)
    scores = score(sparse.csr_array(counts), np.asarray(sizes, dtype=float), target, None)
    deals = deal_sides(target, n=_affordable(scores, DRAWN))
    return Null(scores, deals, draw_line(scores, deals))


def chance_of_flags(null: Null, *, n: int = 300) -> NDArray[np.int64]:
    """Return how many words are flagged in each of `n` random deals of the same reports, all words tested."""
    return flags_of_deals(null.scores, null.deals, null.line, n=n, error=ERROR)


def found_alone(null: Null, planted: Any, sizes: ArrayLike, targets: Bools) -> Floats:
    """Return the share of planted words that would be flagged, each alone among the words of `null`.

    `planted` has a matrix of counts for each turn, `targets` a row, true for the target's reports.
    """
    found = []
    for own, target in zip(planted, targets, strict=True):
        alone = score(sparse.csr_array(own), np.asarray(sizes, dtype=float), target, None)
        found.append(float((alone_q(null.line, alone, target, null.deals) < ERROR).mean()))
    return np.array(found)


def _affordable(scores: Scores, n: int) -> int:
    """Return how many deals are drawn: `n`, or fewer where the counts are many."""
    return min(n, max(WORK // max(int(scores.used.nnz), 1), 199))


def _p_values(
    scores: Scores, target: Bools, deals: Deals, floor: Floats, held: list[Floats] | None = None
) -> Floats:
    """Return the share of deals as far as the one seen, with a fitted tail beyond their resolution."""
    seen = next(distances(scores, target[None, :]))[0]
    beyond = np.zeros(len(seen))
    for far in held or distances(scores, deals.sides):
        beyond += (far >= seen * (1 - 1e-9) - 1e-12).sum(axis=0)
    n = len(deals.sides)
    if deals.whole:
        return beyond / n
    p = (beyond + 1) / (n + 1)
    rare = np.flatnonzero(beyond < FEWEST_BEYOND)
    if len(rare):
        tail = _fitted if n >= FEWEST_FITTED else _normal
        p[rare] = np.minimum(np.maximum(tail(some(scores, rare), seen[rare], deals), floor[rare]), p[rare])
    return p


def _fitted(scores: Scores, seen: Floats, deals: Deals) -> Floats:
    """Return the p of squared distances beyond the furthest quarter of the deals, at most 250.

    A generalised Pareto distribution by the method of moments (Hosking and Wallis 1987).
    """
    n, kept = len(deals.sides), min(len(deals.sides) // 4, 250)
    furthest = np.concatenate(
        [np.sort(far, axis=0)[::-1][: kept + 1] for far in distances(scores, deals.sides)]
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


def _normal(scores: Scores, seen: Floats, deals: Deals) -> Floats:
    """Return the p of distances of very many reports; where few use a word, no lower than of who uses it."""
    n, own = len(scores.length), int(deals.sides[0].sum())
    users = np.asarray((scores.used > 0).sum(axis=0)).ravel()
    least = np.minimum(users * own / n, users * (n - own) / n)
    p = 2 * scipy.stats.norm.sf(seen)
    # With under thirty users on a side the sum is as skewed as their number: Poisson's law of it is wider.
    skewed = 2 * scipy.stats.poisson.sf(np.ceil(least + seen * np.sqrt(np.maximum(least, 1))) - 1, least)
    return np.asarray(np.where(least < 30, np.maximum(p, np.minimum(skewed, 1.0)), p))
