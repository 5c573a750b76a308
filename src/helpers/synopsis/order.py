"""Slots in reading order, and which stretches were moved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import pandas as pd
from rapidfuzz.distance import LCSseq

from helpers.synopsis.board import Board
from helpers.synopsis.clauses import TokenArrays
from helpers.synopsis.facts import Told
from helpers.synopsis.strength import Strength, slot_strengths

__all__ = ["slot_rows"]
# Of the longer stretch's words, the share in common and in order from which a stretch is near-verbatim, and
# reworded; below, it is only about the same fact. They describe; nothing is decided by them.
NEAR_VERBATIM, REWORDED = 0.7, 0.3
ALONE = Strength(0.0, 0.0)
Joined = Mapping[tuple[int, int], float]


def slot_rows(
    board: Board,
    clauses: pd.DataFrame,
    words: TokenArrays,
    told: Told,
    *,
    joined: tuple[Joined, Joined],
) -> pd.DataFrame:
    """Return the rows of one event's slots, numbered in reading order.

    `joined` has, by report and clause, how sure it is that the meaning of its sentence joined it, and how
    sure that its meaning and its words did. A further stretch of a report stands elsewhere than its slot.
    """
    order = _reading_order(board)
    firsts, lasts = clauses["first"].to_numpy(), clauses["last"].to_numpy()
    moved = _moved(board, order)
    strengths = slot_strengths(board, firsts, lasts, words, told)
    numbers = {slot: number for number, slot in enumerate(order)}
    rows = []
    for number, slot in enumerate(order):
        stretches = board.stretches(slot)
        said = [tuple(words.norms[firsts[a] : lasts[b]]) for _, a, b in stretches]
        for (report, a, b), own in zip(stretches, said, strict=True):
            others = [s for (r, *_), s in zip(stretches, said, strict=True) if r != report]
            further = board.slots[slot][report] != (a, b)
            known = _further(own, others) if further else strengths.get((slot, report), ALONE)
            by_meaning, by_both = (_surest(of, report, a, b) for of in joined)
            relation = _relation(own, others, known.common, meant=by_meaning > 0)
            span = int(words.starts[firsts[a]]), int(words.ends[lasts[b] - 1])
            place = further or (report, slot) in moved, _follows(board, a, numbers)
            rows.append(
                (number, a, *span, len(own), relation, *place, max(known.chance, by_meaning, by_both))
            )
    names = "slot_id clause start_char end_char n_tokens relation moved follows strength".split()
    frame = pd.DataFrame(rows, columns=names)
    of_clause = clauses["doc_id"].to_numpy()[frame["clause"]]
    return frame.assign(doc_id=of_clause, event_id=clauses["event_id"].iloc[0])


def _follows(board: Board, clause: int, numbers: Mapping[int, int]) -> int:
    """Return the number of the slot before a clause in its report, -1 at the start."""
    if clause == 0 or board.reports[clause - 1] != board.reports[clause]:
        return -1
    return numbers[board.slot_of[clause - 1]]


def _surest(sure: Joined, report: int, first: int, last: int) -> float:
    """Return how sure the surest clause of a stretch is; 0 where none is told."""
    return max(sure.get((report, clause), 0.0) for clause in range(first, last + 1))


def _further(own: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> Strength:
    """Return the words that a further stretch of a report has in common with the other reports'."""
    common = max((LCSseq.similarity(own, other) / max(len(own), len(other)) for other in others), default=0.0)
    return Strength(0.0, common)


def _relation(
    own: tuple[str, ...], others: Sequence[tuple[str, ...]], common: float, *, meant: bool = False
) -> str:
    """Return how a stretch stands to the slot's other reports, by the share of words in common.

    What has the same meaning is reworded however few words are common.
    """
    if not others:
        return "only here"
    if own in others:
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
