"""Wording that two reports share: n-grams, tiles, longest runs, and the order they are kept in."""

import heapq
from bisect import bisect_right, insort
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from helpers.fingerprints import Hashes, roll, word_hashes
from helpers.schema import Pairs, from_rows

__all__ = ["Tile", "compare_pairs", "containment", "order_kept", "shared_tiles"]

TILE = 3
GRAMS = (3, 5, 8)
# A shingle used oftener than this, on both sides together, is paired use by use and not all with all.
CROWD = 256


class Tile(NamedTuple):
    """A run of words that two reports share: where it starts in each, and its length."""

    start_a: int
    start_b: int
    length: int


def compare_pairs(tokens: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the pairs table: how much wording each pair of reports shares, and in what order.

    `pairs` names the pairs wanted in doc_id_a and doc_id_b; without it all pairs of reports are compared.
    """
    words = _words(tokens)
    wanted = combinations(sorted(words), 2) if pairs is None else _names(pairs)
    nothing = np.zeros(0, dtype=np.uint64)
    grams = {doc_id: _grams(hashes) for doc_id, hashes in words.items()}
    rows = [
        (a, b, *_measures(words.get(a, nothing), words.get(b, nothing), grams.get(a), grams.get(b)))
        for a, b in wanted
    ]
    return from_rows(rows, Pairs)


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


def _words(tokens: pd.DataFrame) -> dict[str, Hashes]:
    """Return the hashed words of every report."""
    hashes = word_hashes(tokens["norm"])
    groups = tokens.groupby("doc_id", sort=True).indices
    return {str(doc_id): hashes[rows] for doc_id, rows in groups.items()}


def _names(pairs: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """Return the names of the pairs."""
    return zip(pairs["doc_id_a"].astype(str), pairs["doc_id_b"].astype(str), strict=True)


def _grams(words: Hashes) -> tuple[Hashes, ...]:
    """Return the distinct 3-, 5- and 8-grams of a text."""
    return tuple(np.unique(roll(words, n=n)) for n in GRAMS)


def _measures(
    a: Hashes, b: Hashes, grams_a: tuple[Hashes, ...] | None, grams_b: tuple[Hashes, ...] | None
) -> tuple[float, ...]:
    """Return the columns of one pair, in the order of the pairs table."""
    grams = zip(grams_a or _grams(a), grams_b or _grams(b), strict=True)
    shares = [share for gram_a, gram_b in grams for share in containment(gram_a, gram_b)]
    tiles = shared_tiles(a, b)
    covered = sum(tile.length for tile in tiles)
    return (
        *shares,
        tiles[0].length if tiles else _short_run(a, b),
        order_kept(tiles),
        len(tiles),
        covered / len(a) if len(a) else np.nan,
        covered / len(b) if len(b) else np.nan,
        covered / len(tiles) if tiles else np.nan,
        _lcs_share(a, b),
    )


def _short_run(a: Hashes, b: Hashes) -> int:
    """Return the length of the longest shared run of two texts that share no tile: 0, 1 or 2."""
    return max((n for n in (1, 2) if np.isin(roll(a, n=n), roll(b, n=n)).any()), default=0)


def _lcs_share(a: Hashes, b: Hashes) -> float:
    """Return the longest common subsequence of words over the mean length of the texts; NaN for no words."""
    total = len(a) + len(b)
    return 2 * int(LCSseq.similarity(a.tolist(), b.tolist())) / total if total else np.nan


def _runs(a: Hashes, b: Hashes, n: int) -> list[Tile]:
    """Return the maximal shared runs of at least `n` words."""
    at_a, at_b = _joined(roll(a, n=n), roll(b, n=n))
    order = np.lexsort((at_a, at_a - at_b))
    runs: list[Tile] = []
    words_a, words_b = a.tolist(), b.tolist()
    for i, j in zip(at_a[order].tolist(), at_b[order].tolist(), strict=True):
        if runs and runs[-1].start_a - runs[-1].start_b == i - j and i < runs[-1].start_a + runs[-1].length:
            continue
        runs.append(_extended(words_a, words_b, i, j))
    return runs


def _joined(a: Hashes, b: Hashes) -> tuple[np.ndarray, np.ndarray]:
    """Return the places in `a` and `b` that hold the same shingle, crowded ones paired use by use."""
    order_a, order_b = np.argsort(a, kind="stable"), np.argsort(b, kind="stable")
    shared = np.intersect1d(a, b)
    first_a, last_a = (np.searchsorted(a, shared, side=side, sorter=order_a) for side in ("left", "right"))
    first_b, last_b = (np.searchsorted(b, shared, side=side, sorter=order_b) for side in ("left", "right"))
    n_a, n_b = last_a - first_a, last_b - first_b
    crowded = n_a * n_b > CROWD
    uses = np.where(crowded, np.minimum(n_a, n_b), n_a * n_b)
    within = np.arange(uses.sum()) - np.repeat(np.cumsum(uses) - uses, uses)
    across = np.repeat(np.where(crowded, 1, n_b), uses)
    step_b = np.where(np.repeat(crowded, uses), within, within % across)
    return (
        order_a[np.repeat(first_a, uses) + within // across],
        order_b[np.repeat(first_b, uses) + step_b],
    )


def _extended(a: list[int], b: list[int], i: int, j: int) -> Tile:
    """Return the maximal run around the shared word at `i` and `j`."""
    end, stop = i, min(len(a), len(b) - j + i)
    while end < stop and a[end] == b[end - i + j]:
        end += 1
    while i and j and a[i - 1] == b[j - 1]:
        i, j = i - 1, j - 1
    return Tile(i, j, end - i)


def _tile(runs: list[Tile], n_a: int, n_b: int, min_tokens: int) -> list[Tile]:
    """Return the runs that share no word, the longest first; what is left of the others is tried again."""
    used_a, used_b = bytearray(n_a), bytearray(n_b)
    queue = [(-run.length, run.start_a, run.start_b) for run in runs]
    heapq.heapify(queue)
    tiles = []
    while queue:
        size, i, j = heapq.heappop(queue)
        length = -size
        free = bytes(map(max, used_a[i : i + length], used_b[j : j + length]))
        if 1 not in free:
            tiles.append(Tile(i, j, length))
            used_a[i : i + length] = used_b[j : j + length] = b"\1" * length
            continue
        start = 0
        for piece in free.split(b"\1"):
            if len(piece) >= min_tokens:
                heapq.heappush(queue, (-len(piece), i + start, j + start))
            start += len(piece) + 1
    return tiles
