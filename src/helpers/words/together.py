"""Which words are flagged when all are looked at together: one line, laid by what deals carry over it.

A word's distance is taken in a spread that is its own and, by as much as 100 reports would weigh, the
median word's (the moderated t of Smyth 2004). A word's own deals tell little of so far a line, the deals of
all words together much (Tusher, Tibshirani and Chu 2001): in 20 reports of BASIL they found .56 of planted
words of four times the rate, and each word's own p .22, with fewer false flags (`benchmarks/calibration.py`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.words.dealing import MARGIN, Deals
from helpers.words.rates import Floats
from helpers.words.scores import Scores, distances

__all__ = ["Line", "alone_q", "draw_line", "flags_of_deals", "joint_q"]
Bins = NDArray[np.int32] | NDArray[np.int64]
# Of 10, 20, 50, 100 and none but the median's, 100 found most over seven kinds of plants on BASIL.
WEIGHT = 100  # reports that the median spread weighs as
BINS = 1 << 17  # distances told apart
KEPT = 40_000_000  # bins held, of four bytes
GATE, NEAREST = 1_999, 32  # deals whose lowest q is looked for, and words of each that are looked at


class Line(NamedTuple):
    """What all words do in all deals.

    `usual` is the square of the median spread and `widest` the longest distance; `carried` the words that a
    deal carries as far as each bin or further, on average, and `lowest` the lowest q of some deals, sorted.
    """

    usual: float
    widest: float
    carried: Floats
    lowest: Floats
    whole: bool


def draw_line(scores: Scores, deals: Deals, held: list[Floats] | None = None) -> Line:
    """Return what the words do in the deals; `held` are the distances, where they are known."""
    usual = float(np.median(scores.spread)) ** 2
    line = Line(usual, 1.0, np.zeros(0), np.zeros(0), whole=deals.whole)
    furthest = _common(scores, np.full(len(scores.spread), np.sqrt(max(scores.free, 1))), line)
    line = line._replace(widest=float(furthest.max(initial=1e-9)))
    chosen = deals.sides
    if len(chosen) > GATE:
        chosen = chosen[np.random.default_rng(1).choice(len(chosen), GATE, replace=False)]
    # Where all deals are looked at twice, their bins are kept, if they are not too many to hold.
    twice = chosen is deals.sides and chosen.shape[0] * len(scores.spread) <= KEPT
    counts, kept = np.zeros(BINS), []
    for far in held or distances(scores, deals.sides):
        bins = _bins(scores, far, line)
        counts += np.bincount(bins.ravel(), minlength=BINS)
        kept += [bins.astype(np.int32)] if twice else []
    line = line._replace(carried=counts[::-1].cumsum()[::-1] / len(deals.sides))
    again = kept if twice else (_bins(scores, far, line) for far in distances(scores, chosen))
    lowest = [_step_up(bins, line)[:, 0] for bins in again]
    whole = deals.whole and len(chosen) == len(deals.sides)
    return line._replace(lowest=np.sort(np.concatenate(lowest)), whole=whole)


def joint_q(
    scores: Scores, target: NDArray[np.bool_], deals: Deals, held: list[Floats] | None = None
) -> Floats:
    """Return q of each word: the words that a deal carries as far, on average, per word seen so far out.

    It is never below 1.5 times the share of deals in which any word has so low a q: at random no word is
    flagged in 29 of 30 deals, however words hang together.
    """
    line = draw_line(scores, deals, held)
    seen = _bins(scores, next(distances(scores, target[None, :])), line)
    if not deals.whole:
        # The deal seen is one of the possible ones too.
        n = len(deals.sides)
        own = np.bincount(seen[0], minlength=BINS)[::-1].cumsum()[::-1]
        line = line._replace(carried=(line.carried * n + own) / (n + 1))
    order = np.argsort(-seen[0], kind="stable")
    q = np.empty(seen.shape[1])
    q[order] = _step_up(seen, line, every=True)[0]
    return np.minimum(np.maximum(q, _gate(q, line)), 1.0)


def alone_q(line: Line, scores: Scores, target: NDArray[np.bool_], deals: Deals) -> Floats:
    """Return q of other words, each added alone to those of which none differs."""
    seen = _bins(scores, next(distances(scores, target[None, :])), line)[0]
    own = np.zeros(len(seen))
    for far in distances(scores, deals.sides):
        own += (_bins(scores, far, line) >= seen).sum(axis=0)
    q = line.carried[seen] + own / len(deals.sides)
    return np.asarray(np.minimum(np.maximum(q, _gate(q, line)), 1.0))


def flags_of_deals(scores: Scores, deals: Deals, line: Line, *, n: int, error: float) -> NDArray[np.int64]:
    """Return how many words are flagged in each of `n` of the deals, or in all of fewer."""
    chosen = deals.sides
    if len(chosen) > n:
        chosen = chosen[np.random.default_rng(2).choice(len(chosen), n, replace=False)]
    found = []
    for far in distances(scores, chosen):
        q = _step_up(_bins(scores, far, line), line, every=True)
        found.append((np.maximum(q, _gate(q, line)) < error).sum(axis=1))
    return np.concatenate(found)


def _common(scores: Scores, far: Floats, line: Line) -> Floats:
    """Return distances in spreads that lean to the median word's."""
    own = scores.spread**2
    # In place: the deals of many words are as large as the memory near the processor, or larger.
    found = far**2
    np.maximum(np.subtract(scores.free, found, out=found), 0.0, out=found)
    found *= own
    found += WEIGHT * line.usual
    with np.errstate(divide="ignore", invalid="ignore"):
        np.divide(own * (WEIGHT + scores.free - 1), found, out=found)
        np.sqrt(found, out=found)
        found *= far
    return found if np.isfinite(found.sum()) else np.nan_to_num(found, nan=0.0, posinf=0.0)


def _bins(scores: Scores, far: Floats, line: Line) -> Bins:
    """Return the bins of distances; what a rounding may part is in one."""
    share = _common(scores, far, line)
    share /= line.widest
    share += 1e-9
    share *= BINS - 1
    return np.clip(share, 0, BINS - 1, out=share).astype(np.int64)


def _step_up(bins: Bins, line: Line, *, every: bool = False) -> Floats:
    """Return the q of each deal's words (rows), furthest first; of the furthest only but for `every`."""
    kept = bins.shape[1] if every else min(bins.shape[1], NEAREST)
    nearest = -np.sort(np.partition(-bins, kept - 1, axis=1)[:, :kept], axis=1)
    share = line.carried[nearest] / np.arange(1, kept + 1)
    return np.asarray(np.minimum.accumulate(share[:, ::-1], axis=1)[:, ::-1])


def _gate(q: Floats, line: Line) -> Floats:
    """Return 1.5 times the share of deals in which any word has so low a q."""
    as_low = np.searchsorted(line.lowest, q * (1 + 1e-9), side="right")
    share = as_low / len(line.lowest) if line.whole else (as_low + 1) / (len(line.lowest) + 1)
    return np.asarray(MARGIN * share)
