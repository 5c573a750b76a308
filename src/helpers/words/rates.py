"""Statistics of two rates: ratios, exact intervals and p-values, and what other tools print.

Throughout, a word is used `a` times among `n_a` tokens of a target and `b` times among `n_b` of a reference.
"""

from collections.abc import Callable

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Floats",
    "chi_squared",
    "conservative_log_ratio",
    "exact_interval",
    "exact_p",
    "fisher_p",
    "informative_prior",
    "log_likelihood",
    "log_odds_z",
    "log_ratio",
    "no_difference_band",
    "planned_q",
    "q_values",
    "rate_ratio_interval",
]
Floats = NDArray[np.float64]


def log_ratio(a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, *, plus: float = 0.0) -> Floats:
    """Return log2 of the ratio of the two rates (Hardie 2014); infinite where one count is 0.

    `plus` is added to counts and sizes; 0.5 gives the estimate of Evert (2022), which is always finite.
    NaN where both counts are 0 and nothing is added.
    """
    a, b, n_a, n_b = (np.asarray(x, dtype=float) + plus for x in (a, b, n_a, n_b))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2(a / n_a) - np.log2(b / n_b)


def rate_ratio_interval(
    a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, *, error: ArrayLike = 0.05
) -> tuple[Floats, Floats]:
    """Return the ends of the exact interval of the log2 rate ratio, with `error` shared by both tails.

    Given a + b uses, a is binomial; its share has the interval of Clopper and Pearson (1934). An end is
    infinite where a count is 0.
    """
    sizes = np.log2(np.asarray(n_b, dtype=float)) - np.log2(np.asarray(n_a, dtype=float))
    low, high = exact_interval(a, b, error=error)
    with np.errstate(divide="ignore"):
        return np.log2(low) - np.log2(1 - low) + sizes, np.log2(high) - np.log2(1 - high) + sizes


def exact_interval(a: ArrayLike, b: ArrayLike, *, error: ArrayLike = 0.05) -> tuple[Floats, Floats]:
    """Return the ends of the exact interval of the share of a in a + b (Clopper and Pearson 1934).

    `error` is shared by both tails; an end is 0 or 1 where a count is 0.

    >>> [round(float(end), 3) for end in exact_interval(0, 10)]
    [0.0, 0.308]
    """
    low, high = _once(_clopper_pearson, a, b, error)
    return low, high


def conservative_log_ratio(
    a: ArrayLike,
    b: ArrayLike,
    n_a: ArrayLike,
    n_b: ArrayLike,
    *,
    n_tested: ArrayLike = 1,
    error: float = 0.05,
) -> Floats:
    """Return the end of the exact interval that is nearer to 0, or 0 where it contains 0 (LRC, Evert 2022).

    The interval is two-sided, with Bonferroni's correction for `n_tested` words.
    """
    low, high = rate_ratio_interval(a, b, n_a, n_b, error=error / np.maximum(n_tested, 1))
    return np.maximum(low, 0.0) + np.minimum(high, 0.0)


def exact_p(a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike) -> Floats:
    """Return the exact two-sided p of equal rates: given a + b uses, a is binomial.

    Outcomes no likelier than the one seen are counted, as R's binom.test and scipy's binomtest do.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    share = np.asarray(n_a, dtype=float) / (np.asarray(n_a, dtype=float) + np.asarray(n_b, dtype=float))
    return _once(_binomial_p, a, a + b, share)[0]


def q_values(p: ArrayLike) -> Floats:
    """Return the false discovery rates of p-values, along the last axis (Benjamini and Hochberg 1995)."""
    p = np.asarray(p, dtype=float)
    return scipy.stats.false_discovery_control(p, axis=-1, method="bh") if p.size else p


def planned_q(p: ArrayLike, *, error: float = 0.05) -> Floats:
    """Return the false discovery rates of a short list, most of which may differ.

    The two stages of Benjamini, Krieger and Yekutieli (2006): how many words Benjamini and Hochberg's step
    flags at `error` / (1 + `error`) says how many are left that do not differ. At `error` alone q is theirs.

    >>> planned_q([0.01, 0.02, 0.03, 0.4]).round(4).tolist()
    [0.0105, 0.0105, 0.0105, 0.105]
    """
    q, stage = q_values(p), error / (1 + error)
    if not len(q):
        return q
    left = len(q) - int((q <= stage).sum())
    return np.minimum(q * max(left, 1) / len(q) * (1 + error), 1.0) if left < len(q) else q


def log_likelihood(a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, *, cells: int = 4) -> Floats:
    """Return G2, at least 0: of the uses alone, 2 `cells` (Rayson and Garside 2000), or 4 (Dunning 1993)."""
    observed, expected = _cells(a, b, n_a, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    return np.asarray(np.maximum(2 * parts[:cells].sum(axis=0), 0.0))


def chi_squared(a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, *, yates: bool = False) -> Floats:
    """Return Pearson's chi-squared of the 4 cells, with or without Yates' correction (1934)."""
    observed, expected = _cells(a, b, n_a, n_b)
    gap = np.abs(observed - expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (gap - np.minimum(0.5, gap) * yates) ** 2 / expected
    return np.asarray(np.nansum(parts, axis=0))


def fisher_p(a: int, b: int, n_a: int, n_b: int, *, alternative: str = "two-sided") -> float:
    """Return Fisher's exact p of equal rates; `alternative` less or greater says how a's rate differs."""
    return float(scipy.stats.fisher_exact([[a, b], [n_a - a, n_b - b]], alternative=alternative).pvalue)


def log_odds_z(a: ArrayLike, b: ArrayLike, *, prior: ArrayLike, terms: int = 2) -> Floats:
    """Return the z-scores of the log odds ratios of all words of a vocabulary (Monroe and others 2008).

    `a` and `b` hold the counts of every word, `prior` its pseudo-counts (one number for a flat prior). The
    variance is the authors' approximation in 2 `terms`, or has all 4.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    prior = np.broadcast_to(np.asarray(prior, dtype=float), a.shape)
    with_a, with_b = a + prior, b + prior
    rest_a, rest_b = with_a.sum() - with_a, with_b.sum() - with_b
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1 / with_a + 1 / with_b + (1 / rest_a + 1 / rest_b if terms == 4 else 0)
        return np.asarray((np.log(with_a / rest_a) - np.log(with_b / rest_b)) / np.sqrt(variance))


def informative_prior(a: ArrayLike, b: ArrayLike, *, total: float = 500.0) -> Floats:
    """Return pseudo-counts in proportion to the pooled counts, `total` in sum (Monroe and others 2008)."""
    pooled = np.asarray(a, dtype=float) + np.asarray(b, dtype=float)
    return np.asarray(total * pooled / max(float(pooled.sum()), 1.0))


def no_difference_band(
    total: ArrayLike, n_a: float, n_b: float, *, n_tested: int = 1, error: float = 0.05
) -> tuple[Floats, Floats]:
    """Return the log2 rate ratios between which words of `total` uses stay if both rates are equal.

    Two-sided binomial limits with Bonferroni's correction for `n_tested` words.
    """
    total, share = np.asarray(total, dtype=float), n_a / (n_a + n_b)
    tail = error / 2 / max(n_tested, 1)
    low, high = scipy.stats.binom.ppf(tail, total, share), scipy.stats.binom.isf(tail, total, share)
    ends = (log_ratio(x, total - x, n_a, n_b, plus=0.5) for x in (low, high))
    return next(ends), next(ends)


def _cells(a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike) -> tuple[Floats, Floats]:
    """Return the 4 observed and expected cells: uses in target and reference, other words in both."""
    a, b, n_a, n_b = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (a, b, n_a, n_b)))
    observed = np.stack([a, b, n_a - a, n_b - b])
    share = (a + b) / (n_a + n_b)
    return observed, np.stack([n_a * share, n_b * share, n_a * (1 - share), n_b * (1 - share)])


def _first_as_unlikely(x: Floats, n: Floats, share: Floats) -> Floats:
    """Return the least count above the mean that is no likelier than `x`, which stands below it."""
    limit = scipy.stats.binom.pmf(x, n, share) * (1 + 1e-7)
    low, high = np.ceil(n * share), n + 1.0
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        fits = scipy.stats.binom.pmf(middle, n, share) <= limit
        low, high = (
            np.where(fits | (low >= high), low, middle + 1),
            np.where(fits & (low < high), middle, high),
        )
    return high


def _once(measure: Callable[..., tuple[Floats, ...]], *columns: ArrayLike) -> tuple[Floats, ...]:
    """Return `measure` of equally long columns, worked out once for each different combination of values.

    Counts of words are small and repeat: a large corpus has few combinations.
    """
    full = np.broadcast_arrays(*(np.asarray(column, dtype=float) for column in columns))
    rows = np.stack([column.ravel() for column in full])
    order = np.lexsort(rows)
    rows = rows[:, order]
    first = np.append(True, (rows[:, 1:] != rows[:, :-1]).any(axis=0))[: rows.shape[1]]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    return tuple(found[place].reshape(full[0].shape) for found in measure(*rows[:, first]))


def _clopper_pearson(a: Floats, b: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the exact interval of the share of a in a + b."""
    low = np.where(a > 0, scipy.stats.beta.ppf(error / 2, np.maximum(a, 1), b + 1), 0.0)
    return low, np.where(b > 0, scipy.stats.beta.isf(error / 2, a + 1, np.maximum(b, 1)), 1.0)


def _binomial_p(a: Floats, n: Floats, share: Floats) -> tuple[Floats]:
    """Return the exact two-sided p of a of n trials."""
    above = a > n * share
    # Counting the other side's uses mirrors the upper half on to the lower: one case is left.
    x, share = np.where(above, n - a, a), np.where(above, 1 - share, share)
    tail = _first_as_unlikely(x, n, share)
    p = scipy.stats.binom.cdf(x, n, share) + scipy.stats.binom.sf(tail - 1, n, share)
    return (np.where(x == n * share, 1.0, np.minimum(p, 1.0)),)
