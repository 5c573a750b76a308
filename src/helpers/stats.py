"""Statistics of word counts: numbers in, numbers out; no tables.

Throughout, a word is used `a` times among `n_a` tokens of a target and `b` times among `n_b` of a reference.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from math import comb
from typing import Any

import numpy as np
import scipy  # not `from scipy import stats`: that slow part is loaded at first use, and few pages use it
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "CELLS",
    "automated_readability",
    "chi_squared",
    "conservative_log_ratio",
    "count_letters",
    "dispersion",
    "exact_p",
    "fisher_p",
    "hdd",
    "informative_prior",
    "jackknife_interval",
    "lix",
    "log_dice",
    "log_likelihood",
    "log_odds_z",
    "log_ratio",
    "mantel_haenszel",
    "mattr",
    "mtld",
    "no_difference_band",
    "permutation_p",
    "products_between",
    "q_values",
    "rate_ratio_interval",
    "smallest_p",
    "stratified_interval",
    "stratified_p",
    "yule_k",
]

Floats = NDArray[np.float64]
LARGEST_EXACT = 2000
LARGEST_BATCH = 1 << 18  # numbers: two megabytes at a time stay near the processor
CELLS = 1 << 24  # products of rows looked at a time
REACH = 64.0
HDD_DRAW = 42
MTLD_FACTOR = 0.72


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
    low, high = _once(_clopper_pearson, a, b, error)
    with np.errstate(divide="ignore"):
        return np.log2(low) - np.log2(1 - low) + sizes, np.log2(high) - np.log2(1 - high) + sizes


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


def log_dice(together: ArrayLike, node: ArrayLike, collocate: ArrayLike) -> Floats:
    """Return 14 + log2 of Dice's coefficient: at most 14, one less where half as typical (Rychly 2008)."""
    together, uses = np.asarray(together, dtype=float), np.add(node, collocate, dtype=float)
    return 14 + np.log2(2 * together / uses)


def dispersion(counts: ArrayLike, sizes: ArrayLike, *, normed: bool = False) -> float:
    """Return Gries' DP (2008) of a word over parts of given sizes: 0 even, near 1 all in a small part.

    `normed` divides by its largest value (Lijffijt and Gries 2012). NaN where the word is not used.
    """
    counts, shares = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    if not counts.sum():
        return np.nan
    shares = shares / shares.sum()
    dp = float(np.abs(counts / counts.sum() - shares).sum() / 2)
    if not normed:
        return dp
    return dp / (1 - float(shares.min())) if len(shares) > 1 else np.nan


def mattr(words: Sequence[Hashable], *, window: int = 50) -> float:
    """Return the mean share of different words in every run of `window` (Covington and McFall 2010).

    NaN where the text is shorter than the window.
    """
    if len(words) < window:
        return np.nan
    kind = np.unique(np.asarray(words), return_inverse=True)[1]
    by_kind = np.argsort(kind, kind="stable")
    again = kind[by_kind[1:]] == kind[by_kind[:-1]]
    last_seen = np.full(len(words), -window)
    last_seen[by_kind[1:][again]] = by_kind[:-1][again]
    # A word is a kind of its own in the windows that hold it but not its last use before.
    places = np.arange(len(words))
    first = np.maximum(np.maximum(places, window - 1), last_seen + window)
    last = np.minimum(places + window, len(words))
    kinds = int(np.maximum(last - first, 0).sum())
    return kinds / (window * (len(words) - window + 1))


def hdd(words: Sequence[Hashable], *, draw: int = HDD_DRAW) -> float:
    """Return the mean share of different words in random draws of `draw` words (McCarthy and Jarvis 2007).

    NaN where the text is shorter than a draw.
    """
    if len(words) < draw:
        return np.nan
    counts, kinds = np.unique(np.unique(np.asarray(words), return_counts=True)[1], return_counts=True)
    drawn = np.arange(draw)
    # A word of k uses is missed by a draw with the hypergeometric chance of 0: no use at any of the places.
    missed = np.prod(np.maximum(len(words) - counts[:, None] - drawn, 0) / (len(words) - drawn), axis=1)
    return float((kinds * (1 - missed)).sum() / draw)


def mtld(words: Sequence[Hashable], *, factor: float = MTLD_FACTOR) -> float:
    """Return the mean length of runs whose share of different words stays at `factor` or above.

    Forward and backward runs are averaged (McCarthy and Jarvis 2010); a run ends when the share falls below
    `factor`, and the last, unfinished one counts in part. NaN where no word is repeated.
    """
    parts = [_factors(line, factor) for line in (words, words[::-1])]
    return float(np.mean([len(words) / part for part in parts])) if all(parts) else np.nan


def yule_k(words: Sequence[Hashable]) -> float:
    """Return Yule's characteristic K (1944), 0 or more; more is more repetition. NaN for no words."""
    counts = np.unique(np.asarray(words), return_counts=True)[1].astype(float)
    n = counts.sum()
    return float(1e4 * ((counts**2).sum() - n) / n**2) if n else np.nan


def count_letters(words: Iterable[str]) -> NDArray[np.int64]:
    """Return the letters and digits of each word."""
    return np.array([sum(map(str.isalnum, word)) for word in words], dtype=np.int64)


def lix(letters: ArrayLike, n_sentences: int) -> float:
    """Return words per sentence plus the percentage of words over 6 `letters` (Bjornsson 1968)."""
    letters = np.asarray(letters)
    if not len(letters) or not n_sentences:
        return np.nan
    return float(len(letters) / n_sentences + 100 * int((letters > 6).sum()) / len(letters))


def automated_readability(letters: ArrayLike, n_sentences: int) -> float:
    """Return the readability index in US school years from the `letters` of words (Senter and Smith 1967)."""
    letters = np.asarray(letters)
    if not len(letters) or not n_sentences:
        return np.nan
    return float(4.71 * int(letters.sum()) / len(letters) + 0.5 * len(letters) / n_sentences - 21.43)


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
        for trial in range(width - 1):
            on = int((total[words] > trial).sum())
            p, part = trials[first[words[:on]] + trial][:, None], chances[:on, : trial + 2]
            part[:, 1:] = part[:, 1:] * (1 - p) + part[:, :-1] * p
            part[:, :1] *= 1 - p
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
        tilted = weights[open_rows] + uses * (x[:, None] * np.log(2))
        tilted = np.exp(tilted - tilted.max(axis=1, keepdims=True))
        within = np.where(inside[open_rows], tilted, 0.0)
        sides = np.stack([within.sum(axis=1), tilted.sum(axis=1)])
        means = np.stack([within @ uses, tilted @ uses])
        sides[1], means[1] = sides[1] - sides[0], means[1] - means[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            gap = np.log(sides[0] / sides[1]) - np.log(tail / (1 - tail))
            newton = x - gap / (np.log(2) * (means[0] / sides[0] - means[1] / sides[1]))
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


def _factors(words: Sequence[Hashable], factor: float) -> float:
    """Return how many times the share of different words falls below `factor`, with the rest in part."""
    count, kinds, length = 0, set[Hashable](), 0
    for word in words:
        kinds.add(word)
        length += 1
        if len(kinds) / length < factor:
            count, kinds, length = count + 1, set(), 0
    return count + ((1 - len(kinds) / length) / (1 - factor) if length else 0.0)


def products_between(
    vectors: Any,
    groups: Sequence[str],
    *,
    pairs: Iterable[tuple[str, str]] | None = None,
    floor: float = 0.0,
    nearest: int = 0,
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Return row, later row and product of the rows of two groups, where it is above 0 and `floor` or more.

    `vectors` is sparse; `groups` names the group of each row, those of one group standing together. With
    `pairs` of groups only these are multiplied, which is linear in their number. With `nearest` a row has no
    more than so many, the highest.
    """
    edges = [k for k in range(len(groups)) if not k or groups[k] != groups[k - 1]]
    number = {groups[edge]: k for k, edge in enumerate(edges)}
    spans = [np.arange(low, high) for low, high in pairwise([*edges, len(groups)])]
    later: dict[int, set[int]] = {}
    for names in combinations(number, 2) if pairs is None else pairs:
        low, high = sorted(number.get(name, -1) for name in names)
        if 0 <= low < high:
            later.setdefault(low, set()).add(high)
    todo = [(spans[k], np.concatenate([spans[n] for n in sorted(ks)])) for k, ks in sorted(later.items())]
    if pairs is None and len(groups) ** 2 <= CELLS:
        # One product of all rows is quicker than one for each group.
        todo = [(np.arange(len(groups)),) * 2]
    own = np.repeat(np.arange(len(spans)), [len(span) for span in spans])
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for rows, columns in todo:
        for some in np.array_split(rows, len(rows) * len(columns) // CELLS + 1):
            block = (vectors[some] @ vectors[columns].T).tocoo()
            one, other = some[block.row], columns[block.col]
            kept = np.flatnonzero((own[one] < own[other]) & (block.data >= floor) & (block.data > 0))
            if nearest and len(kept) > nearest:
                kept = kept[np.lexsort((other[kept], -block.data[kept], one[kept]))]
                rank = np.arange(len(kept)) - np.searchsorted(one[kept], one[kept])
                kept = kept[rank < nearest]
            found.append((one[kept], other[kept], block.data[kept]))
    one, other, products = (np.concatenate(part) for part in zip(*found, strict=True))
    return one, other, products
