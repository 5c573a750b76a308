"""Slots in reading order, and which stretches were moved."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from helpers.synopsis.board import Board
from helpers.synopsis.clauses import TokenArrays
from helpers.synopsis.strength import Strength, slot_strengths

__all__ = ["slot_rows"]
# Of the longer stretch's words, the share in common and in order from which a stretch is near-verbatim, and
# reworded; below, it is only about the same fact. They describe; nothing is decided by them.
NEAR_VERBATIM, REWORDED = 0.7, 0.3
ALONE = Strength(0.0, 0.0)


def slot_rows(
    board: Board, clauses: pd.DataFrame, words: TokenArrays, meant: Mapping[tuple[int, int], float]
) -> pd.DataFrame:
    """Return the rows of one event's slots, numbered in reading order.

    `meant` has, by report and clause, how sure it is that the meaning of its sentence joined it.
    """
    order = _reading_order(board)
    firsts, lasts = clauses["first"].to_numpy(), clauses["last"].to_numpy()
    moved = _moved(board, order)
    strengths = slot_strengths(board, firsts, lasts, words)
    numbers = {slot: number for number, slot in enumerate(order)}
    rows = []
    for number, slot in enumerate(order):
        stretches = sorted(board.slots[slot].items())
        said = [tuple(words.norms[firsts[a] : lasts[b]]) for _, (a, b) in stretches]
        times = Counter(said)
        for (report, (a, b)), own in zip(stretches, said, strict=True):
            strength = strengths.get((slot, report), ALONE)
            by_meaning = max((meant.get((report, clause), 0.0) for clause in range(a, b + 1)), default=0.0)
            strength = strength._replace(chance=max(strength.chance, by_meaning))
            relation = _relation(len(stretches), times[own], strength.common, meant=by_meaning > 0)
            span = int(words.starts[firsts[a]]), int(words.ends[lasts[b] - 1])
            first = a == 0 or board.reports[a - 1] != report
            follows = -1 if first else numbers[board.slot_of[a - 1]]
            rows.append(
                (number, a, b, *span, len(own), relation, (report, slot) in moved, follows, strength.chance)
            )
    names = "slot_id clause last start_char end_char n_tokens relation moved follows strength".split()
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        doc_id=clauses["doc_id"].to_numpy()[frame["clause"]],
        event_id=clauses["event_id"].iloc[0],
    )


def _relation(reports: int, same: int, common: float, *, meant: bool = False) -> str:
    """Return how a stretch stands to the slot's other reports, by the share of words in common.

    What has the same meaning is reworded however few words are common.
    """
    if reports == 1:
        return "only here"
    if same > 1:
        return "same"
    return (
        "near-verbatim"
        if common >= NEAR_VERBATIM
        else "reworded"
        if common >= REWORDED or meant
        else "same fact"
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
