"""How surely two stretches tell the same fact, and the slots that are not sure enough taken apart."""

from itertools import combinations
from math import exp, log1p
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from helpers.synopsis.board import Board, Slot
from helpers.synopsis.clauses import TokenArrays
from helpers.synopsis.facts import Told

__all__ = ["LINE", "Strength", "slot_strengths", "take_apart"]
# Logistic regression on 140 pairs of stretches of twelve BASIL events (2010 to 2014), of which 43 were judged
# to tell the same fact: log of 1 + common words in order, that number over the shorter stretch's words, and
# how many slots beside the pair are the same in both reports. AUC .906 in ten-fold cross-validation;
# `benchmarks/slots_news.py` measures it again.
WEIGHTS, INTERCEPT = (3.29, 0.82, 0.95), -7.07
# The same with how sure it is by meaning and words that sentences of both tell the same fact (log odds), for
# two English reports whose sentences were read for their meaning: 110 of these pairs, 39 of them right. AUC
# on the 57 of fifteen other events .88, without it .83.
WEIGHTS_TOLD, INTERCEPT_TOLD = (3.15, 0.63, 0.94, 0.23), -6.4
# The chance below which stretches share no slot. Of 82 slots of two reports in 21 events that nothing was
# set on, read by hand, 69 are right, 9 half and 4 wrong. At .35 three more of a hundred facts are in one
# slot, but half of the slots it adds have no fact in common, and one in Persian is wrong.
LINE = 0.4
# The same where meaning was read: above .4 as many of the 154 facts are in one slot, and more slots without.
LINE_TOLD = 0.5
# The share of the judged pairs that told the same fact, and the weight of that rate, in pairs.
JUDGED, JUDGED_ADDED = 43 / 140, 10
# So many slots before and after a stretch are looked at, and so many of them count: what the pairs were
# fitted with, not measured against other numbers.
AROUND, COUNTED = 2, 4
# In a slot of more stretches each is compared with the longest so many.
COMPARED = 40


class _Said(NamedTuple):
    """A stretch of a slot: its report, its clauses and words, and the slots before and after it there."""

    report: int
    clauses: tuple[int, int]
    words: tuple[str, ...]
    before: frozenset[int]
    after: frozenset[int]


class Strength(NamedTuple):
    """How often such a pair told the same fact, and the share of the longer one's words that are common."""

    chance: float
    common: float


class _Pair(NamedTuple):
    """Two stretches of a slot and how sure it is that they tell the same fact."""

    slot: int
    one: int
    other: int
    strength: Strength


def take_apart(board: Board, firsts: np.ndarray, lasts: np.ndarray, words: TokenArrays, told: Told) -> None:
    """Leave together the stretches of a slot that a chain of pairs above its line joins; part the others."""
    surer = [
        pair
        for pair in _pairs(board, firsts, lasts, words, told)
        if pair.strength.chance >= (LINE_TOLD if (pair.one, pair.other) in told.compared else LINE)
    ]
    joined: dict[int, list[_Pair]] = {}
    for pair in surer:
        joined.setdefault(pair.slot, []).append(pair)
    for slot in _shared(board):
        for group in _groups(sorted(board.slots[slot]), joined.get(slot, []))[1:]:
            _part(board, slot, group)


def slot_strengths(
    board: Board, firsts: np.ndarray, lasts: np.ndarray, words: TokenArrays, told: Told
) -> dict[tuple[int, int], Strength]:
    """Return by slot and report the strength of its surest pair in the slot."""
    found: dict[tuple[int, int], Strength] = {}
    for slot, one, other, strength in _pairs(board, firsts, lasts, words, told):
        for report in (one, other):
            found[slot, report] = max(strength, found.get((slot, report), strength))
    return found


def _shared(board: Board) -> list[int]:
    """Return the slots of two reports or more."""
    return [slot for slot in sorted(board.slots) if len(board.slots[slot]) > 1]


def _pairs(
    board: Board, firsts: np.ndarray, lasts: np.ndarray, words: TokenArrays, told: Told
) -> list[_Pair]:
    """Return the pairs of stretches that are compared, with their strength."""
    pairs = [
        _Pair(slot, one.report, other.report, _same_fact(one, other, told))
        for slot in _shared(board)
        for one, other in _compared(_stretches(board, slot, firsts, lasts, words))
    ]
    return _by_reports(pairs)


def _same_fact(one: _Said, other: _Said, told: Told) -> Strength:
    """Return how often two stretches with so many common words and neighbours told the same fact."""
    common = LCSseq.similarity(one.words, other.words)
    share = common / min(len(one.words), len(other.words))
    near = min(len(one.before & other.before) + len(one.after & other.after), COUNTED)
    seen = [log1p(common), share, near]
    weights: tuple[float, ...] = WEIGHTS
    score = INTERCEPT
    if (one.report, other.report) in told.compared:
        seen.append(told.log_odds(one.clauses, other.clauses))
        weights, score = WEIGHTS_TOLD, INTERCEPT_TOLD
    score += sum(weight * value for weight, value in zip(weights, seen, strict=True))
    return Strength(1 / (1 + exp(-score)), common / max(len(one.words), len(other.words)))


def _by_reports(pairs: list[_Pair]) -> list[_Pair]:
    """Return the pairs, their chances moved to how often pairs of the same two reports tell the same fact.

    Two translations of one text share nearly all, two independent reports little: the odds are multiplied by
    the odds of the two reports over those of the judged pairs (Saerens, Latinne and Decaestecker 2002, one
    step; so many pairs of the judged rate are added that few pairs move little).
    """
    known: dict[tuple[int, int], list[float]] = {}
    for pair in pairs:
        known.setdefault((pair.one, pair.other), []).append(pair.strength.chance)
    rates = {
        both: (sum(chances) + JUDGED_ADDED * JUDGED) / (len(chances) + JUDGED_ADDED)
        for both, chances in known.items()
    }
    return [
        pair._replace(
            strength=pair.strength._replace(chance=_moved(pair.strength.chance, rates[pair.one, pair.other]))
        )
        for pair in pairs
    ]


def _moved(chance: float, rate: float) -> float:
    """Return a chance measured where JUDGED is the rate, for another rate.

    >>> round(_moved(0.5, JUDGED), 3), round(_moved(0.5, 0.9), 3)
    (0.5, 0.953)
    """
    told, other = chance * rate / JUDGED, (1 - chance) * (1 - rate) / (1 - JUDGED)
    return round(told / (told + other), 6)


def _stretches(
    board: Board, slot: int, firsts: np.ndarray, lasts: np.ndarray, words: TokenArrays
) -> list[_Said]:
    """Return the stretches of a slot, with what they say and what stands beside them."""
    return [
        _Said(
            report,
            (first, last),
            tuple(words.norms[firsts[first] : lasts[last]].tolist()),
            _beside(board, first, -1),
            _beside(board, last, 1),
        )
        for report, (first, last) in sorted(board.slots[slot].items())
    ]


def _beside(board: Board, clause: int, step: int) -> frozenset[int]:
    """Return the next slots before or after a clause in its report."""
    found: list[int] = []
    place = clause + step
    while 0 <= place < len(board.reports) and board.reports[place] == board.reports[clause]:
        if board.slot_of[place] not in found:
            if len(found) == AROUND:
                break
            found.append(board.slot_of[place])
        place += step
    return frozenset(found)


def _compared(said: list[_Said]) -> list[tuple[_Said, _Said]]:
    """Return the pairs of a slot's stretches that are compared."""
    longest = sorted(said, key=lambda one: (-len(one.words), one.report))[:COMPARED]
    kept = {one.report for one in longest}
    return [(one, other) for one, other in combinations(said, 2) if kept & {one.report, other.report}]


def _groups(reports: list[int], joined: list[_Pair]) -> list[list[int]]:
    """Return the reports of a slot in groups that pairs join, the largest group first."""
    group = {report: {report} for report in reports}
    for pair in joined:
        both = group[pair.one] | group[pair.other]
        group.update(dict.fromkeys(both, both))
    unique = {min(members): sorted(members) for members in group.values()}
    return sorted(unique.values(), key=lambda members: (-len(members), members))


def _part(board: Board, slot: int, reports: list[int]) -> None:
    """Make a slot of its own of the stretches that some reports have in a slot."""
    taken: Slot = {report: board.slots[slot].pop(report) for report in reports}
    name = min(first for first, _ in taken.values())
    while name in board.slots:
        name += len(board.reports)
    board.slots[name] = taken
    for first, last in taken.values():
        for clause in range(first, last + 1):
            board.slot_of[clause] = name
