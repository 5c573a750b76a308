"""Slots in reading order, and which stretches were moved."""

from bisect import bisect_left
from collections import Counter

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.synopsis.board import Board
from helpers.synopsis.clauses import TokenArrays, counting

__all__ = ["slot_rows"]
# Stretches whose likeness is found at a time.
ROWS = 512


def slot_rows(
    board: Board, clauses: pd.DataFrame, vectors: sparse.csr_array, words: TokenArrays
) -> pd.DataFrame:
    """Return the rows of one event's slots, numbered in reading order."""
    order = _reading_order(board)
    firsts, lasts = clauses["first"].to_numpy(), clauses["last"].to_numpy()
    moved = _moved(board, order)
    numbers = {slot: number for number, slot in enumerate(order)}
    rows = []
    for number, slot in enumerate(order):
        stretches = sorted(board.slots[slot].items())
        said = [tuple(words.norms[firsts[a] : lasts[b]]) for _, (a, b) in stretches]
        times = Counter(said)
        for (report, (a, b)), own in zip(stretches, said, strict=True):
            relation = "only here" if len(stretches) == 1 else "same" if times[own] > 1 else "reworded"
            span = int(words.starts[firsts[a]]), int(words.ends[lasts[b] - 1])
            first = a == 0 or board.reports[a - 1] != report
            follows = -1 if first else numbers[board.slot_of[a - 1]]
            rows.append((number, a, b, *span, len(own), relation, (report, slot) in moved, follows))
    names = "slot_id clause last start_char end_char n_tokens relation moved follows".split()
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        doc_id=clauses["doc_id"].to_numpy()[frame["clause"]],
        event_id=clauses["event_id"].iloc[0],
        likeness=_likeness(vectors, frame[["clause", "last"]].to_numpy(), frame["slot_id"].to_numpy()),
    )


def _reading_order(board: Board) -> list[int]:
    """Return the slots in the order of the first report; what it lacks follows what it follows elsewhere."""
    start = -1
    after: dict[int, int] = {}
    cursor = start
    for clause, slot in enumerate(board.slot_of):
        if clause and board.reports[clause] != board.reports[clause - 1]:
            cursor = start
        if slot not in after:
            after[slot] = after.get(cursor, start)
            after[cursor] = slot
        cursor = slot
    order = []
    slot = after.get(start, start)
    while slot != start:
        order.append(slot)
        slot = after[slot]
    return order


def _moved(board: Board, order: list[int]) -> set[tuple[int, int]]:
    """Return (report, slot) of the shared slots that stand outside the longest run in reading order."""
    place = {slot: number for number, slot in enumerate(order)}
    shared: dict[int, list[tuple[tuple[int, int], int]]] = {}
    for slot in order:
        for report, stretch in board.slots[slot].items() if len(board.slots[slot]) > 1 else ():
            shared.setdefault(report, []).append((stretch, slot))
    found = set()
    for report, stretches in shared.items():
        slots = [slot for _, slot in sorted(stretches)]
        kept = _increasing([place[slot] for slot in slots])
        found |= {(report, slot) for slot in slots if place[slot] not in kept}
    return found


def _increasing(numbers: list[int]) -> set[int]:
    """Return a longest increasing subsequence of distinct numbers (Schensted 1961)."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _likeness(vectors: sparse.csr_array, spans: np.ndarray, slot: np.ndarray) -> np.ndarray:
    """Return for each stretch its cosine with the nearest other stretch of its slot; 0 if it stands alone.

    `spans` has first and last clause of the stretches, `slot` the slot of each, in rising order.
    """
    sizes = spans[:, 1] - spans[:, 0] + 1
    clauses = np.repeat(spans[:, 0], sizes) + counting(sizes)
    rows = np.repeat(np.arange(len(spans)), sizes)
    shape = (len(spans), vectors.shape[0])
    sums = sparse.csr_array((np.ones(len(clauses)), (rows, clauses)), shape=shape) @ vectors
    norms = np.sqrt(sums.multiply(sums).sum(axis=1))
    unit = (sparse.diags_array(1 / np.maximum(norms, 1e-6)) @ sums).tocsr()
    nearest = np.zeros(len(spans))
    for first in range(0, len(spans), ROWS):
        low, high = (
            np.searchsorted(slot, slot[first]),
            np.searchsorted(slot, slot[first : first + ROWS][-1], "right"),
        )
        block = (unit[first : first + ROWS] @ unit[low:high].T).tocoo()
        one, other = block.row + first, block.col + low
        kept = (slot[one] == slot[other]) & (one != other)
        np.maximum.at(nearest, one[kept], block.data[kept])
    return np.minimum(nearest, 1.0)
