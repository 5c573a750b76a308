"""Slots in the making: which clauses stand together, joined strongest first."""

from typing import NamedTuple

import numpy as np

__all__ = [
    "Board",
    "absorb_stubs",
    "is_loose",
    "join",
    "join_faint",
    "join_flanks",
    "join_neighbours",
    "merge",
    "new_board",
]
# A loose clause with no more telling words than this belongs to its neighbour.
STUB = 2
Slot = dict[int, tuple[int, int]]
Stretch = tuple[int, int, int]


class Board(NamedTuple):
    """The slots in the making: report and sentence of each clause, its slot, and the stretches of each slot.

    A slot gives, for each of its reports, its first and its last clause there; `more` has, by slot, the
    further stretches of its reports: report, first and last clause.
    """

    reports: list[int]
    sentence_ids: list[int]
    slot_of: list[int]
    slots: dict[int, Slot]
    more: dict[int, list[Stretch]]

    def stretches(self, slot: int) -> list[Stretch]:
        """Return all stretches of a slot, in the order of the reports."""
        own = ((report, *stretch) for report, stretch in self.slots[slot].items())
        return sorted([*own, *self.more.get(slot, ())])


def new_board(reports: np.ndarray, sentence_ids: np.ndarray) -> Board:
    """Return the board on which every clause is a slot of its own."""
    alone = {clause: {report: (clause, clause)} for clause, report in enumerate(reports.tolist())}
    return Board(reports.tolist(), sentence_ids.tolist(), list(range(len(reports))), alone, {})


def join(board: Board, one: int, other: int, *, strong: bool = False) -> bool:
    """Make one slot of two where their stretches of each report are neighbours; return whether they were."""
    a, b = board.slots[one], board.slots[other]
    if one == other or not all(_near(board, a[report], b[report], strong) for report in a.keys() & b.keys()):
        return False
    for report, (first, last) in b.items():
        known = a.get(report, (first, last))
        a[report] = first, last = min(first, known[0]), max(last, known[1])
        for clause in range(first, last + 1):
            if board.slot_of[clause] != one:
                board.slots.pop(board.slot_of[clause], None)
                board.slot_of[clause] = one
    return True


def merge(board: Board, one: int, other: int) -> None:
    """Make one slot of two, with several stretches of a report where they are no neighbours."""
    if len(board.stretches(one)) < len(board.stretches(other)):
        one, other = other, one
    taken = board.stretches(other)
    kept = board.slots[one]
    del board.slots[other]
    board.more.pop(other, None)
    for report, first, last in taken:
        board.slot_of[first : last + 1] = [one] * (last + 1 - first)
        known = kept.setdefault(report, (first, last))
        if last + 1 == known[0] or known[1] + 1 == first:
            kept[report] = min(first, known[0]), max(last, known[1])
        elif known != (first, last):
            board.more.setdefault(one, []).append((report, first, last))


def _near(board: Board, one: tuple[int, int], other: tuple[int, int], strong: bool) -> bool:
    """Return whether two stretches of a report may be one, with a loose clause between at most."""
    (_, left), (right, _) = sorted((one, other))
    between = range(left + 1, right)
    if board.sentence_ids[left] != board.sentence_ids[right]:
        return strong and not between
    return len(between) <= 1 and all(is_loose(board, clause) for clause in between)


def is_loose(board: Board, clause: int) -> bool:
    """Return whether nothing in another report corresponds to the clause."""
    return len(board.slots[board.slot_of[clause]]) == 1


def join_neighbours(board: Board) -> None:
    """Join slots that follow each other in one sentence of two reports or more."""
    for left in range(len(board.slot_of)):
        for right in range(left + 1, min(left + 3, len(board.slot_of))):
            one, other = board.slot_of[left], board.slot_of[right]
            shared = board.slots[one].keys() & board.slots[other].keys()
            if len(shared) > 1 and _same_order(board, one, other):
                join(board, one, other)


def join_faint(board: Board, one: int, other: int) -> None:
    """Join a faint link of two loose clauses, or of a loose one and a slot with a stretch beside it."""
    a, b = board.slot_of[one], board.slot_of[other]
    loose = [is_loose(board, clause) for clause in (one, other)]
    if all(loose) or (any(loose) and board.slots[a].keys() & board.slots[b].keys()):
        join(board, a, b)


def join_flanks(board: Board) -> None:
    """Give loose clauses to a slot that they stand right before, or right after, in two of its reports."""
    for slot in sorted(board.slots):
        for side, step in ((0, -1), (1, 1)):
            edges = [(stretch[side], stretch[side] + step) for stretch in board.slots.get(slot, {}).values()]
            beside = [clause for edge, clause in edges if _same_sentence(board, edge, clause)]
            beside = [clause for clause in beside if is_loose(board, clause)]
            for clause in beside if len(beside) > 1 else ():
                join(board, slot, board.slot_of[clause])


def _same_sentence(board: Board, one: int, other: int) -> bool:
    """Return whether both clauses exist and stand in one sentence."""
    if not 0 <= min(one, other) <= max(one, other) < len(board.slot_of):
        return False
    places = [(board.reports[clause], board.sentence_ids[clause]) for clause in (one, other)]
    return places[0] == places[1]


def _same_order(board: Board, one: int, other: int) -> bool:
    """Return whether two slots come in the same order in all the reports they share."""
    a, b = board.slots[one], board.slots[other]
    return len({a[report] < b[report] for report in a.keys() & b.keys()}) == 1


def absorb_stubs(board: Board, telling: np.ndarray) -> None:
    """Give loose clauses of a word or two to their neighbour; join other loose ones of a sentence."""
    for left in range(len(board.slot_of) - 1):
        right = left + 1
        loose = [is_loose(board, clause) for clause in (left, right)]
        stub = [a and telling[b] <= STUB for a, b in zip(loose, (left, right), strict=True)]
        if _same_sentence(board, left, right) and (all(loose) or any(stub)):
            join(board, board.slot_of[left], board.slot_of[right])
