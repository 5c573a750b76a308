"""Wording that two sequences of words share: n-grams, and tiles and their order."""

import heapq
from bisect import bisect_right, insort
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from helpers.pairs import Hashes, roll

__all__ = [
    "QUIET",
    "TILE",
    "Tile",
    "containment",
    "lcs_share",
    "letters_share",
    "order_kept",
    "shared_tiles",
]
TILE = 3
# Below so many pairs no progress is shown.
QUIET = 10_000
# A shingle used oftener than this, on both sides together, is paired use by use and not all with all.
CROWD = 256
# Letters of a report that are compared in order; the cost grows with the square, and 17 ms are enough a pair.
LETTERS = 30_000


class Tile(NamedTuple):
    """A run of words that two reports share: where it starts in each, and its length."""

    start_a: int
    start_b: int
    length: int


def containment(a: Hashes, b: Hashes) -> tuple[float, float]:
    """Return the share of the distinct shingles of `a` found in `b`, and the reverse (Broder 1997).

    Both are sorted and without repeats. NaN for a side that has none.
    """
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return (shared / len(a) if len(a) else np.nan), (shared / len(b) if len(b) else np.nan)


def shared_tiles(a: Hashes, b: Hashes, *, min_tokens: int = TILE) -> list[Tile]:
    """Return the tiles of two word sequences, longest first; no word stands in two of them.

    Greedy string tiling (Wise 1993) from hashed shingles, so moved blocks are found wherever they went.
    Linear in the texts: a shingle repeated very often is paired use by use, and the run found from its
    neighbours is what bridges it.
    """
    return _tile(_runs(a, b, min_tokens), len(a), len(b), min_tokens)


def order_kept(tiles: Iterable[Tile]) -> float:
    """Return the share of pairs of tiles that stand in the same order in both; NaN under two tiles.

    One half is what chance gives; it is (1 + tau) / 2 of Kendall (1938).
    """
    seen: list[int] = []
    kept = 0
    for tile in sorted(tiles):
        kept += bisect_right(seen, tile.start_b)
        insort(seen, tile.start_b)
    total = len(seen) * (len(seen) - 1) // 2
    return kept / total if total else np.nan


def lcs_share(a: Hashes, b: Hashes) -> float:
    """Return the longest common subsequence of words over the mean length of the texts; NaN for no words."""
    total = len(a) + len(b)
    return 2 * int(LCSseq.similarity(a.tolist(), b.tolist())) / total if total else np.nan


def letters_share(a: Iterable[str], b: Iterable[str]) -> float:
    """Return the longest common subsequence of letters over the mean length of the texts; NaN for no words.

    Of 90 words it tells translations of one text from separate reports better than that of words: the area
    under the curve is .9986 against .9960 for Czech, the least alike.

    >>> round(letters_share(["the", "quay"], ["the", "quays"]), 2), letters_share([], ["quay"])
    (0.94, nan)
    """
    one, other = (" ".join(words)[:LETTERS] for words in (a, b))
    total = len(one) + len(other)
    return 2 * LCSseq.similarity(one, other) / total if one and other else np.nan


def _runs(a: Hashes, b: Hashes, n: int) -> Iterable[tuple[int, int, int]]:
    """Yield start in a, start in b and length of the maximal shared runs of at least `n` words."""
    at_a, at_b, crowded = _joined(roll(a, n=n), roll(b, n=n))
    # Places sorted by diagonal, then by place: a run is a stretch without a gap.
    key = np.sort((at_a - at_b + len(b)) * (len(a) + 1) + at_a)
    breaks = np.flatnonzero(np.diff(key, prepend=-2) != 1)
    diagonal, i = np.divmod(key[breaks], len(a) + 1)
    j = i - diagonal + len(b)
    length = np.diff(breaks, append=len(key)) + n - 1
    if crowded:
        open_ended = _same(a, b, i - 1, j - 1) | _same(a, b, i + length, j + length)
        return _bridged(zip(*(x.tolist() for x in (i, j, length, open_ended)), strict=True), a, b)
    return zip(i.tolist(), j.tolist(), length.tolist(), strict=True)


def _joined(a: Hashes, b: Hashes) -> tuple[np.ndarray, np.ndarray, bool]:
    """Return the places in `a` and `b` that hold the same shingle, and whether any was crowded."""
    order_a, order_b = np.argsort(a, kind="stable"), np.argsort(b, kind="stable")
    sorted_a, sorted_b = a[order_a], b[order_b]
    first_a = np.flatnonzero(np.append(True, sorted_a[1:] != sorted_a[:-1])) if len(a) else order_a
    n_a = np.diff(first_a, append=len(a))
    first_b = np.searchsorted(sorted_b, sorted_a[first_a])
    n_b = np.searchsorted(sorted_b, sorted_a[first_a], side="right") - first_b
    crowded = n_a * n_b > CROWD
    uses = np.where(crowded, np.minimum(n_a, n_b), n_a * n_b)
    which = np.repeat(np.arange(len(uses)), uses)
    within = np.arange(len(which)) - (np.cumsum(uses) - uses)[which]
    step_a, step_b = np.divmod(within, np.maximum(np.where(crowded, 1, n_b), 1)[which])
    step_b = np.where(crowded[which], within, step_b)
    return order_a[first_a[which] + step_a], order_b[first_b[which] + step_b], bool(crowded.any())


def _same(a: Hashes, b: Hashes, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return whether the words at `i` and `j` are the same; not so beyond the ends."""
    inside = (i >= 0) & (j >= 0) & (i < len(a)) & (j < len(b))
    same: np.ndarray = inside & (a[np.where(inside, i, 0)] == b[np.where(inside, j, 0)])
    return same


def _bridged(
    runs: Iterable[tuple[int, int, int, bool]], a: Hashes, b: Hashes
) -> Iterable[tuple[int, int, int]]:
    """Yield the runs, those that a crowded shingle cut short carried on to the first word that differs."""
    words_a, words_b = a.tolist(), b.tolist()
    diagonal, end = len(a) + 1, 0
    for i, j, length, open_ended in runs:
        if i - j == diagonal and i < end:
            continue
        run = _extended(words_a, words_b, i, j) if open_ended else (i, j, length)
        diagonal, end = i - j, run[0] + run[2]
        yield run


def _extended(a: list[int], b: list[int], i: int, j: int) -> tuple[int, int, int]:
    """Return start in a, start in b and length of the maximal run around the word shared at `i` and `j`."""
    end, stop = i, min(len(a), len(b) - j + i)
    while end < stop and a[end] == b[end - i + j]:
        end += 1
    while i and j and a[i - 1] == b[j - 1]:
        i, j = i - 1, j - 1
    return i, j, end - i


def _tile(runs: Iterable[tuple[int, int, int]], n_a: int, n_b: int, min_tokens: int) -> list[Tile]:
    """Return the runs that share no word, the longest first; what is left of the others is tried again."""
    used_a, used_b = bytearray(n_a), bytearray(n_b)
    queue = [(-length, i, j) for i, j, length in runs]
    heapq.heapify(queue)
    tiles = []
    while queue:
        size, i, j = heapq.heappop(queue)
        length = -size
        if used_a.find(1, i, i + length) < 0 and used_b.find(1, j, j + length) < 0:
            tiles.append(Tile(i, j, length))
            used_a[i : i + length] = used_b[j : j + length] = b"\1" * length
        elif length > min_tokens:
            for start, size in _free(used_a[i : i + length], used_b[j : j + length], min_tokens):
                heapq.heappush(queue, (-size, i + start, j + start))
    return tiles


def _free(used_a: bytearray, used_b: bytearray, min_tokens: int) -> Iterable[tuple[int, int]]:
    """Yield start and length of the stretches of a run that no tile has taken on either side."""
    start = 0
    for piece in bytes(map(max, used_a, used_b)).split(b"\1"):
        if len(piece) >= min_tokens:
            yield start, len(piece)
        start += len(piece) + 1
