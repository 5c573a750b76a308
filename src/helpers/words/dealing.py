"""Whole reports dealt to two sides at random, and blocks left out one at a time."""

from math import comb
from typing import Any

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray

from helpers.words.rates import Floats

__all__ = ["jackknife_interval", "permutation_p", "smallest_p"]


def permutation_p(counts: Any, sizes: ArrayLike, target: ArrayLike, *, n: int = 999, seed: int = 0) -> Floats:
    """Return the two-sided p of each word when whole reports are dealt to the two sides at random.

    `counts` has a row per report and a column per word (scipy sparse or array), `sizes` the tokens of the
    reports, `target` is true for those of the target. The measure is how far the target's uses are from what
    the common rate asks for. Reports are the unit, so a word that comes in bursts gains nothing by them.
    Where none of `n` deals comes as far, Pitman's approximation (1937) takes over, down to the chance of
    the one deal seen.
    """
    sizes, target = np.asarray(sizes, dtype=float), np.asarray(target, dtype=bool)
    dealt = np.random.default_rng(seed).permuted(np.tile(target, (n, 1)), axis=1)
    seen = np.abs(_excess(counts, sizes, target[None, :]))[0]
    beaten = np.zeros(len(seen))
    for part in np.array_split(dealt, max(n // 50, 1)):
        beaten += (np.abs(_excess(counts, sizes, part)) >= seen * (1 - 1e-9)).sum(axis=0)
    p = (beaten + 1) / (n + 1)
    floor = smallest_p(int(target.sum()), int((~target).sum()))
    far = np.clip(_pitman_p(counts, sizes, target, seen), floor, 1 / (n + 1))
    return np.where(beaten == 0, far, p)


def smallest_p(reports_a: int, reports_b: int) -> float:
    """Return the smallest two-sided p that dealing whole reports to two outlets can ever reach.

    It is the chance of the one deal seen, twice where the sides are as large and can be swapped; 1.0 where
    a side has none.
    """
    deals = comb(reports_a + reports_b, reports_a)
    return min((2 if reports_a == reports_b else 1) / deals, 1.0)


def jackknife_interval(whole: float, without: ArrayLike, *, error: float = 0.05) -> tuple[float, float]:
    """Return the interval of a measure from its values with one block left out at a time (Tukey 1958).

    NaN where there are fewer than 3 blocks or a value is missing.
    """
    values = np.asarray(without, dtype=float)
    if len(values) < 3 or not np.isfinite(values).all() or not np.isfinite(whole):
        return np.nan, np.nan
    k = len(values)
    spread = np.sqrt((k - 1) / k * ((values - values.mean()) ** 2).sum())
    reach = -scipy.special.stdtrit(k - 1, error / 2) * spread
    return float(whole - reach), float(whole + reach)


def _excess(counts: Any, sizes: Floats, deals: NDArray[np.bool_]) -> Floats:
    """Return the target's uses less those the common rate asks for: a row per deal, a column per word."""
    sides = deals.astype(float)
    rate = np.asarray(counts.sum(axis=0)).ravel() / sizes.sum()
    return np.asarray((counts.T @ sides.T).T - (sides @ sizes)[:, None] * rate)


def _pitman_p(counts: Any, sizes: Floats, target: NDArray[np.bool_], seen: Floats) -> Floats:
    """Return the two-sided p of the excess `seen`, whose squared share of the variance is taken as beta."""
    n, n_target = len(target), int(target.sum())
    rate = np.asarray(counts.sum(axis=0)).ravel() / sizes.sum()
    squares = np.asarray((counts * counts).sum(axis=0)).ravel()
    spread = squares - 2 * rate * np.asarray(counts.T @ sizes).ravel() + rate**2 * (sizes**2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = seen**2 * n / (n_target * (n - n_target) * spread)
    return np.asarray(scipy.stats.beta.sf(np.nan_to_num(np.minimum(share, 1.0)), 0.5, (n - 2) / 2))
