"""Sentences of two English reports that tell the same fact, and the slots that are joined by them."""

from collections.abc import Mapping
from itertools import product
from math import exp
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.pairs import NearPairs
from helpers.synopsis.board import Board, is_loose, join, merge
from helpers.synopsis.clauses import clause_vectors

__all__ = ["Told", "join_told", "near_by_event", "told_alike"]
# Logistic regression on the 1,726 pairs of sentences of twenty pairs of BASIL's reports (2010 to 2014) of
# which one is among the other's nearest three, 140 of which tell the same fact: the cosine by meaning over
# the mean of both one's nearest, the cosine of their words, log of 1 + common telling words. With one event
# left out at a time, .56 of all 154 facts are above TOLD (`benchmarks/slots_news.py`).
WEIGHTS, INTERCEPT = (58.0, 12.1, 0.83), -62.6
TOLD = 0.3
# The log odds of sentences that are not near, and at least.
FAR = -6.0
# Two stretches of two reports stand in no slot together that are less surely about the same fact than this,
# though others of the slot join them.
APART = 0.15
# The stretches that one report has in a slot, at most.
MOST = 3
# Chances are rounded before anything is decided, so that processors agree.
DIGITS = 6


class Told(NamedTuple):
    """Of an event: pairs of sentences that tell the same fact, the surest first, and how sure others are.

    A pair is how sure it is, and the clauses of either sentence. `near` has the log odds by the numbers of
    two sentences, `sentence_of` the number of each clause's; `compared` are the reports that were compared.
    """

    pairs: list[tuple[float, list[int], list[int]]]
    near: Mapping[tuple[int, int], float]
    sentence_of: list[int]
    compared: frozenset[tuple[int, int]]

    def log_odds(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        """Return how sure the surest two sentences are of two stretches, given by first and last clause."""
        a, b = ({*self.sentence_of[first : last + 1]} for first, last in (one, other))
        return max(max(self.near.get((i, j), FAR), self.near.get((j, i), FAR)) for i, j in product(a, b))


def near_by_event(near: NearPairs | None, documents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the near pairs of sentences of each event."""
    if near is None or near.empty:
        return {}
    events = near["doc_id_a"].map(dict(zip(documents["doc_id"], documents["event_id"], strict=True)))
    return {str(event): own for event, own in near.groupby(events)}


def told_alike(clauses: pd.DataFrame, keys: np.ndarray, near: pd.DataFrame | None) -> Told:
    """Return the near sentences of an event's reports that surely tell the same fact."""
    groups = clauses.groupby(["doc_id", "sentence_id"])
    sentence_of = groups.ngroup().tolist()
    if near is None:
        return Told([], {}, sentence_of, frozenset())
    spans = pd.DataFrame({"first": groups["first"].min(), "last": groups["last"].max()})
    log_odds = _log_odds(spans, keys, near)
    clauses_of = [np.asarray(rows).tolist() for rows in groups.indices.values()]
    sure = sorted((-_chance(odds), i, j) for (i, j), odds in log_odds.items() if _chance(odds) >= TOLD)
    pairs = [(-chance, clauses_of[i], clauses_of[j]) for chance, i, j in sure]
    reports = clauses["doc_id"].factorize()[0]
    of_sentence = [int(reports[own[0]]) for own in clauses_of]
    both = {(of_sentence[i], of_sentence[j]) for i, j in log_odds}
    return Told(pairs, log_odds, sentence_of, frozenset((min(pair), max(pair)) for pair in both))


def _log_odds(spans: pd.DataFrame, keys: np.ndarray, near: pd.DataFrame) -> dict[tuple[int, int], float]:
    """Return how sure near sentences are, by their numbers in `spans`, the words of each."""
    a, b = (
        spans.index.get_indexer(pd.MultiIndex.from_frame(near[[f"doc_id_{side}", f"sentence_id_{side}"]]))
        for side in "ab"
    )
    known = (a >= 0) & (b >= 0)
    a, b = a[known], b[known]
    vectors, _ = clause_vectors(spans, keys)
    of_words = vectors[a].multiply(vectors[b])
    seen = [near["margin"].to_numpy()[known], of_words.sum(axis=1), np.log1p((of_words > 0).sum(axis=1))]
    scores = (np.column_stack(seen) @ WEIGHTS + INTERCEPT).clip(FAR).round(DIGITS)
    return dict(zip(zip(a.tolist(), b.tolist(), strict=True), scores.tolist(), strict=True))


def join_told(board: Board, told: Told, alike: sparse.csr_array) -> dict[tuple[int, int], float]:
    """Join the slots of sentences that tell the same fact; return how sure each of their clauses then is.

    Of two sentences the most alike clauses are joined, one that stands alone with all beside it that do. A
    slot may then have several stretches of one report.
    """
    joined: dict[tuple[int, int], float] = {}
    for chance, a, b in told.pairs:
        if {board.slot_of[clause] for clause in a} & {board.slot_of[clause] for clause in b}:
            continue
        one, other = _most_alike(board, a, b, alike)
        if not _may_join(board, board.slot_of[one], board.slot_of[other], told):
            continue
        whole = [_with_loose(board, clause, own) for clause, own in ((one, a), (other, b))]
        merge(board, board.slot_of[one], board.slot_of[other])
        joined |= {(board.reports[clause], clause): chance for clause in (*whole[0], *whole[1])}
    return joined


def _most_alike(board: Board, a: list[int], b: list[int], alike: sparse.csr_array) -> tuple[int, int]:
    """Return the clause of either sentence that are most alike; of equal ones those that stand alone."""
    return max(
        product(a, b),
        key=lambda pair: (
            round(float(alike[pair[0], pair[1]]), 9),
            sum(is_loose(board, clause) for clause in pair),
            -pair[0],
            -pair[1],
        ),
    )


def _with_loose(board: Board, clause: int, own: list[int]) -> list[int]:
    """Join a clause that stands alone with those beside it in its sentence that do too; return them."""
    if not is_loose(board, clause):
        return [clause]
    first = last = clause
    while first - 1 in own and is_loose(board, first - 1):
        first -= 1
    while last + 1 in own and is_loose(board, last + 1):
        last += 1
    for other in range(first, last + 1):
        join(board, board.slot_of[clause], board.slot_of[other], strong=True)
    return list(range(first, last + 1))


def _may_join(board: Board, one: int, other: int, told: Told) -> bool:
    """Return whether no two stretches of two slots are surely about different facts."""
    a, b = board.stretches(one), board.stretches(other)
    reports = [report for report, *_ in (*a, *b)]
    if max(reports.count(report) for report in reports) > MOST:
        return False
    return all(
        _chance(told.log_odds(tuple(x), tuple(y))) >= APART
        for (one, *x), (other, *y) in product(a, b)
        if one != other
    )


def _chance(log_odds: float) -> float:
    """Return the chance of log odds, rounded."""
    return round(1 / (1 + exp(-log_odds)), DIGITS)
