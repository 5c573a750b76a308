"""Rates compared over strata: Mantel and Haenszel's ratio, exact p and interval."""

from collections.abc import Iterator

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray

from helpers.words.rates import Floats

__all__ = ["mantel_haenszel", "stratified_interval", "stratified_p"]
LARGEST_EXACT = 2000
LARGEST_BATCH = 1 << 18  # numbers: two megabytes at a time stay near the processor
REACH = 64.0


def mantel_haenszel(
    a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, *, word: ArrayLike | None = None
) -> Floats:
    """Return log2 of each word's rate ratio pooled over strata (Rothman and others 2008, 15-14).

    Each place of `a`, `b`, `n_a`, `n_b` is a stratum of the word whose number stands in `word` (0, 1, ...;
    None: of one word). Strata in which nobody uses a word may be left out: they add nothing.
    """
    a, b, n_a, n_b, word = _strata(a, b, n_a, n_b, word)
    with np.errstate(divide="ignore", invalid="ignore"):
        up = np.bincount(word, weights=a * n_b / (n_a + n_b))
        down = np.bincount(word, weights=b * n_a / (n_a + n_b))
        return np.asarray(np.log2(up) - np.log2(down))


def stratified_p(
    a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, *, word: ArrayLike | None = None
) -> Floats:
    """Return each word's exact two-sided p of equal rates in every stratum; as `exact_p` for one stratum.

    Strata and words are given as for `mantel_haenszel`. Given the uses of each stratum, the sum of a is a sum
    of binomials; past 2,000 uses it is taken as normal.
    """
    a, b, n_a, n_b, word = _strata(a, b, n_a, n_b, word)
    uses, share, seen = a + b, n_a / (n_a + n_b), np.bincount(word, weights=a)
    spread = np.sqrt(np.bincount(word, weights=uses * share * (1 - share)))
    gap = np.abs(seen - np.bincount(word, weights=uses * share))
    p = 2 * scipy.stats.norm.sf(np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0))
    exact = np.flatnonzero(np.bincount(word, weights=uses) <= LARGEST_EXACT)
    for words, chances in _sums_of_binomials(uses, share, word, exact):
        own = np.take_along_axis(chances, seen[words].astype(int)[:, None], axis=1)
        p[words] = np.minimum(np.where(chances <= own * (1 + 1e-7), chances, 0.0).sum(axis=1), 1.0)
    return np.asarray(p)


def stratified_interval(
    a: ArrayLike,
    b: ArrayLike,
    n_a: ArrayLike,
    n_b: ArrayLike,
    *,
    word: ArrayLike | None = None,
    error: float = 0.05,
) -> tuple[Floats, Floats]:
    """Return the ends of the exact interval of each word's common log2 rate ratio of all strata.

    Strata and words are given as for `mantel_haenszel`. The two tail tests are turned round by root finding;
    past 2,000 uses the variance of Greenland and Robins (1985) is used.
    """
    a, b, n_a, n_b, word = _strata(a, b, n_a, n_b, word)
    seen, total = np.bincount(word, weights=a), np.bincount(word, weights=a + b)
    low, high = _greenland_robins(a, b, n_a, n_b, word, error=error)
    middle = mantel_haenszel(a + 0.5, b + 0.5, n_a, n_b, word=word)
    odds = n_a / n_b * 2.0 ** middle[word]
    exact = np.flatnonzero((total <= LARGEST_EXACT) | (seen == 0) | (seen == total))
    for words, chances in _sums_of_binomials(a + b, odds / (1 + odds), word, exact):
        own = seen[words].astype(int)
        low[words] = middle[words] + _tail_root(chances, own, error / 2, upper=True)
        high[words] = middle[words] + _tail_root(chances, own, error / 2, upper=False)
    return np.where(seen == 0, -np.inf, low), np.where(seen == total, np.inf, high)


def _strata(
    a: ArrayLike, b: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, word: ArrayLike | None
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.int64]]:
    """Return counts and sizes of strata as numbers, and the word of each."""
    a, b, n_a, n_b = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (a, b, n_a, n_b)))
    return a, b, n_a, n_b, np.zeros(len(a), np.int64) if word is None else np.asarray(word, np.int64)


def _sums_of_binomials(
    uses: Floats, share: Floats, word: NDArray[np.int64], asked: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    """Yield batches of the words `asked`: their numbers, and a row each with the chances of 0, 1, ... uses.

    The uses of all strata are so many single trials; their chances are multiplied out one trial at a time.
    """
    by_word = np.argsort(word, kind="stable")
    trials = np.repeat(share[by_word], uses[by_word].astype(np.int64))
    total = np.bincount(word, weights=uses).astype(np.int64)
    first = np.cumsum(total) - total
    asked = asked[np.argsort(-total[asked], kind="stable")]
    while len(asked):
        width = int(total[asked[0]]) + 1
        words, asked = np.split(asked, [max(LARGEST_BATCH // width, 1)])
        chances = np.zeros((len(words), width))
        chances[:, 0] = 1.0
        used = np.empty_like(chances)
        # The words with the most uses stand first.
        more = np.searchsorted(-total[words], -np.arange(width - 1), side="left")
        for trial, on in enumerate(more.tolist()):
            p, part = trials[first[words[:on]] + trial][:, None], chances[:on, : trial + 2]
            np.multiply(part[:, :-1], p, out=used[:on, : trial + 1])
            part *= 1 - p
            part[:, 1:] += used[:on, : trial + 1]
        yield words, chances


def _tail_root(chances: Floats, seen: NDArray[np.int64], tail: float, *, upper: bool) -> Floats:
    """Return by how many binary steps the common ratio has to change for the tail from `seen` to be `tail`.

    A common ratio multiplies the chance of t uses by its t-th power, whatever the strata. Newton's steps on
    the tail's log odds, whose slope is the distance of the means of both sides; halves of the bracket where a
    step would leave it. 0 where the tail is all there is.
    """
    uses = np.arange(chances.shape[1], dtype=float)
    with np.errstate(divide="ignore"):
        weights = np.log(chances)
    inside = (uses >= seen[:, None]) if upper else (uses <= seen[:, None])
    steps, low, high = np.zeros(len(seen)), np.full(len(seen), -REACH), np.full(len(seen), REACH)
    open_rows = np.flatnonzero((chances * ~inside).any(axis=1))
    while len(open_rows):
        x = steps[open_rows]
        gap, newton = _newton(weights[open_rows], inside[open_rows], x, tail)
        above = (gap > 0) == upper
        high[open_rows], low[open_rows] = (
            np.where(above, x, high[open_rows]),
            np.where(above, low[open_rows], x),
        )
        ends = low[open_rows], high[open_rows]
        steps[open_rows] = np.where(
            (newton >= ends[0]) & (newton <= ends[1]), newton, (ends[0] + ends[1]) / 2
        )
        # The error is squared by each step.
        open_rows = open_rows[np.abs(steps[open_rows] - x) > 1e-9]
    return steps


def _newton(weights: Floats, inside: NDArray[np.bool_], x: Floats, tail: float) -> tuple[Floats, Floats]:
    """Return how far the tail's log odds at `x` are from those of `tail`, and where Newton's step leads."""
    uses = np.arange(weights.shape[1], dtype=float)
    tilted = weights + uses * (x[:, None] * np.log(2))
    tilted = np.exp(tilted - tilted.max(axis=1, keepdims=True))
    within = np.where(inside, tilted, 0.0)
    sides = np.stack([within.sum(axis=1), tilted.sum(axis=1)])
    means = np.stack([within @ uses, tilted @ uses])
    sides[1], means[1] = sides[1] - sides[0], means[1] - means[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.log(sides[0] / sides[1]) - np.log(tail / (1 - tail))
        return gap, x - gap / (np.log(2) * (means[0] / sides[0] - means[1] / sides[1]))


def _greenland_robins(
    a: Floats, b: Floats, n_a: Floats, n_b: Floats, word: NDArray[np.int64], *, error: float
) -> tuple[Floats, Floats]:
    """Return the normal intervals of the pooled log2 rate ratios (Greenland and Robins 1985)."""
    n = n_a + n_b
    above, up, down = (
        np.bincount(word, weights=part / n) for part in ((a + b) * n_a * n_b / n, a * n_b, b * n_a)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = scipy.stats.norm.isf(error / 2) * np.sqrt(above / (up * down)) / np.log(2)
        middle = mantel_haenszel(a, b, n_a, n_b, word=word)
        return middle - spread, middle + spread
