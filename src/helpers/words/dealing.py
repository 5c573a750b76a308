"""Whole reports dealt to two sides: every deal where they are few, else many at random."""

from functools import reduce
from itertools import combinations, islice
from math import comb
from typing import Any, NamedTuple

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from helpers.words.rates import Floats

__all__ = [
    "ERROR",
    "MARGIN",
    "Bools",
    "Deals",
    "deal_sides",
    "fewest_deals",
    "jackknife_interval",
    "smallest_p",
    "worth_testing",
]
Bools = NDArray[np.bool_]
# All deals of 10 against 10 are 184,756: more are drawn at random.
MOST_LISTED = 200_000
ERROR = 0.05
MARGIN = (
    1.5  # so that a word is flagged in one random deal of thirty, and chance does not make it one of twenty
)


class Deals(NamedTuple):
    """The sides dealt, a row per deal, true for the target; whether that is every deal there is."""

    sides: Bools
    whole: bool


def deal_sides(target: ArrayLike, strata: ArrayLike | None = None, *, n: int = 9_999, seed: int = 0) -> Deals:
    """Return deals of reports to two sides as large as those of `target` in each of `strata` (none: in all).

    Every deal, the one seen among them, where there are no more than 200,000; else `n` at random. Of two
    mirrored deals of equal sides only one is listed, for a two-sided test counts both alike.
    """
    target = np.asarray(target, dtype=bool)
    parts = _members(target, strata)
    sizes = [(len(part), int(target[part].sum())) for part in parts]
    mirrored = len(parts) == 1 and 2 * sizes[0][1] == sizes[0][0] > 0
    n_deals = sum(float(_log_comb(*size)) for size in sizes)
    if n_deals <= np.log(MOST_LISTED * (1 + mirrored)) + 1e-9:
        return Deals(_every_deal(parts, sizes, len(target), mirrored=mirrored), whole=True)
    rng = np.random.default_rng(seed)
    sides = np.zeros((n, len(target)), dtype=bool)
    for part in parts:
        sides[:, part] = rng.permuted(np.tile(target[part], (n, 1)), axis=1)
    return Deals(sides, whole=False)


def smallest_p(reports_a: int, reports_b: int) -> float:
    """Return the smallest two-sided p that dealing whole reports to two outlets can ever reach.

    It is the chance of the one deal seen, twice where the sides are as large and can be swapped; 1.0 where
    a side has none.
    """
    deals = comb(reports_a + reports_b, reports_a)
    return min((2 if reports_a == reports_b else 1) / deals, 1.0)


def fewest_deals(counts: Any, target: ArrayLike, strata: ArrayLike | None = None) -> Floats:
    """Return the smallest p each word can reach, given how many reports use it.

    `counts` has a row per report and a column per word. The furthest deal has all reports that use a word on
    one side; those without it can then be dealt as one likes, and each of these deals is as far.
    """
    users, target = sparse.csr_array(counts) > 0, np.asarray(target, dtype=bool)
    ways = np.zeros((2, users.shape[1]))
    deals, even = 0.0, True
    for part in _members(target, strata):
        n, own = len(part), int(target[part].sum())
        d = np.asarray(users[part].sum(axis=0)).ravel()
        for row, side in enumerate((own, n - own)):
            ways[row] += np.where(d <= side, _log_comb(n - d, np.maximum(side - d, 0)), 0.0)
        deals, even = deals + float(_log_comb(n, own)), even and 2 * own == n
    return np.asarray(np.minimum(np.exp(ways.min(axis=0) - deals + np.log(1 + even)), 1.0))


def worth_testing(smallest: ArrayLike, *, error: float = ERROR) -> Bools:
    """Return which words can be flagged at all, given the `smallest` p each can reach (Tarone 1990).

    With k words tested a p of error / k is asked for; k is the least for which no more than k words can
    reach it, and those are tested; where the deals are so few that none can, those that reach `error` alone,
    with the margin of random deals. Which words they are does not depend on who uses them.
    """
    p = np.asarray(smallest, dtype=float)
    ranked = np.sort(p)
    k = np.arange(1, len(p) + 1)
    able = np.searchsorted(ranked, error / k * (1 + 1e-9), side="right")
    fits = np.flatnonzero(able <= k)
    asked = error / k[fits[0]] if len(fits) else 0.0
    if asked < ranked.min(initial=1.0):
        asked = error / MARGIN
    return np.asarray(p <= asked * (1 + 1e-9))


def jackknife_interval(
    whole: float, without: ArrayLike, *, ends: tuple[float, float] = (-np.inf, np.inf), error: float = 0.05
) -> tuple[float, float]:
    """Return the interval of a measure from its values with one block left out at a time (Tukey 1958).

    A measure that lies between `ends` is taken by its log, or its log odds, so that its interval does so too
    (Miller 1974). NaN where there are fewer than 3 blocks, a value is missing, or the measure is at an end.

    >>> low, high = jackknife_interval(2.0, [1.0, 3.0, 2.0], ends=(0.0, np.inf))
    >>> 0 < low < 2 < high
    True
    """
    low, high = ends
    values = np.append(np.asarray(without, dtype=float), whole)
    k = len(values) - 1
    if k < 3 or not np.isfinite(values).all() or (values <= low).any() or (values >= high).any():
        return np.nan, np.nan
    if np.isfinite(low):
        values = np.log(values - low) - (np.log(high - values) if np.isfinite(high) else 0.0)
    spread = np.sqrt((k - 1) / k * ((values[:k] - values[:k].mean()) ** 2).sum())
    reach = -scipy.special.stdtrit(k - 1, error / 2) * spread
    found = np.array([values[k] - reach, values[k] + reach])
    if np.isfinite(low):
        found = low + (scipy.special.expit(found) * (high - low) if np.isfinite(high) else np.exp(found))
    return float(found[0]), float(found[1])


def _members(target: Bools, strata: ArrayLike | None) -> list[NDArray[np.int64]]:
    """Return the reports of each stratum."""
    if strata is None:
        return [np.arange(len(target))]
    _, number = np.unique(np.asarray(strata), return_inverse=True)
    return [np.flatnonzero(number == stratum) for stratum in range(int(number.max(initial=-1)) + 1)]


def _every_deal(
    parts: list[NDArray[np.int64]], sizes: list[tuple[int, int]], n_reports: int, *, mirrored: bool
) -> Bools:
    """Return all deals of the strata, each of one with each of the others."""
    listed = []
    for (n, own), part in zip(sizes, parts, strict=True):
        deals = comb(n, own) // (1 + mirrored)
        # The first half of the combinations has the first report in it; the other half mirrors them.
        chosen = np.array(list(islice(combinations(part.tolist(), own), deals)), dtype=np.int64)
        sides = np.zeros((deals, n_reports), dtype=bool)
        np.put_along_axis(sides, chosen.reshape(deals, own), True, axis=1)
        listed.append(sides)
    nothing = np.zeros((1, n_reports), dtype=bool)
    return reduce(lambda a, b: (a[:, None] | b[None]).reshape(-1, n_reports), listed, nothing)


def _log_comb(n: ArrayLike, k: ArrayLike) -> Floats:
    """Return the log of the number of ways to choose k of n."""
    n, k = np.asarray(n, dtype=float), np.asarray(k, dtype=float)
    gamma = scipy.special.gammaln
    return np.asarray(gamma(n + 1) - gamma(k + 1) - gamma(n - k + 1))
