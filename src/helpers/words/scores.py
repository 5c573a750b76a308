"""How far a word lies from chance in a deal of whole reports: its scores, and their sum over the target.

The score of a word in a report is the square root of its uses, as Freeman and Tukey (1950) take it, less
that of the uses its common rate and the report's length lead to expect: one use more or less counts alike
at any rate, a burst in one report counts less than its uses, and so does a short report without the word.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from helpers.words.dealing import Bools
from helpers.words.rates import Floats

__all__ = ["CELLS", "Scores", "distances", "looked_at_again", "score", "some"]
MOST_SIZES = 256  # different lengths told apart in what is expected
CELLS = 4_000_000  # numbers held at a time
HELD = 12_000_000  # and where they are gone through again: a hundred megabytes


class Scores(NamedTuple):
    """The scores as root of the uses and root of what is expected of each length (a row each).

    `middle` and `spread` are of the sum over the target, in all deals; `free` is the number of reports less
    that of strata.
    """

    used: Any
    length: NDArray[np.int64]
    expected: Floats
    middle: Floats
    spread: Floats
    free: int


def score(counts: Any, sizes: Floats, target: Bools, strata: ArrayLike | None) -> Scores:
    """Return the scores of the words, with the middle and spread of their sums over all deals."""
    lengths, length = _lengths(sizes)
    rate = np.asarray(counts.sum(axis=0)).ravel() / max(lengths[length].sum(), 1.0)
    # Of no use the root is 1; that 1 is taken from both, so that counts stay sparse.
    used = sparse.csr_array(counts, dtype=float)
    used.data = np.sqrt(used.data) + np.sqrt(used.data + 1) - 1
    expected = np.sqrt(4 * lengths[:, None] * rate + 1) - 1
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
    spread = np.sqrt(share @ within)
    return Scores(used, length, expected, (own / n) @ total, spread, len(number) - len(n))


def _lengths(sizes: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Return the different lengths of reports and which each has; of very many, the middle ones of groups."""
    lengths, length = np.unique(sizes, return_inverse=True)
    if len(lengths) <= MOST_SIZES:
        return lengths, length
    group = np.argsort(np.argsort(sizes, kind="stable"), kind="stable") * MOST_SIZES // len(sizes)
    return np.bincount(group, weights=sizes) / np.bincount(group), group


def distances(scores: Scores, sides: Bools) -> Iterator[Floats]:
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
        sums -= scores.middle
        np.abs(sums, out=sums)
        yield np.divide(sums, spread, out=sums)


def looked_at_again(scores: Scores, sides: Bools) -> list[Floats] | None:
    """Return the distances of all deals, to be gone through more than once; None where they are too many."""
    return list(distances(scores, sides)) if len(sides) * len(scores.spread) <= HELD else None


def some(scores: Scores, words: NDArray[np.int64]) -> Scores:
    """Return the scores of some words."""
    expected, middle, spread = (part[..., words] for part in (scores.expected, scores.middle, scores.spread))
    return Scores(scores.used[:, words], scores.length, expected, middle, spread, scores.free)
