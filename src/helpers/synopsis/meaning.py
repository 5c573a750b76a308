"""Slots joined by what sentences mean, where their words do not join them."""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from helpers.pairs import SURE, MeantPairs
from helpers.synopsis.board import Board, is_loose, join

__all__ = ["MeantPlaces", "SurePairs", "join_meant", "meant_places", "sure_pairs"]
Sentence = tuple[str, int]
# By pair of sentences (report, sentence) how sure it is that they tell the same fact.
SurePairs = dict[tuple[Sentence, Sentence], float]


class MeantPlaces(NamedTuple):
    """The clauses of sentences surely of one meaning, surest first, and each clause's partners by report."""

    pairs: list[tuple[float, list[int], list[int]]]
    partners: dict[tuple[int, int], set[int]]
    reports: list[int]

    def contradict(self, one: int, other: int) -> bool:
        """Return whether both clauses have their meaning elsewhere in each other's report."""
        a = self.partners.get((one, self.reports[other]))
        b = self.partners.get((other, self.reports[one]))
        return bool(a and b) and other not in (a or ()) and one not in (b or ())


def sure_pairs(meant: MeantPairs | None) -> SurePairs:
    """Return the pairs of sentences that are sure enough to be joined."""
    if meant is None:
        return {}
    sure = meant[meant["chance"] >= SURE]
    names = ("doc_id_a", "sentence_id_a", "doc_id_b", "sentence_id_b", "chance")
    columns = (sure[name].tolist() for name in names)
    return {((a, i), (b, j)): chance for a, i, b, j, chance in zip(*columns, strict=True)}


def meant_places(clauses: pd.DataFrame, sure: SurePairs) -> MeantPlaces:
    """Return where the sure pairs of sentences stand among the clauses of an event."""
    reports = clauses["doc_id"].factorize()[0].tolist()
    of_sentence: defaultdict[Sentence, list[int]] = defaultdict(list)
    for clause, key in enumerate(
        zip(clauses["doc_id"].tolist(), clauses["sentence_id"].tolist(), strict=True)
    ):
        of_sentence[key].append(clause)
    pairs: list[tuple[float, list[int], list[int]]] = []
    partners: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for (one, other), chance in sure.items():
        a, b = of_sentence.get(one), of_sentence.get(other)
        if a and b:
            pairs.append((chance, a, b))
            for own, there in ((a, b), (b, a)):
                for clause in own:
                    partners[clause, reports[there[0]]].update(there)
    return MeantPlaces(sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])), dict(partners), reports)


def join_meant(board: Board, places: MeantPlaces) -> dict[tuple[int, int], float]:
    """Join the clauses of sentences of one meaning that no words joined; return how sure each then is."""
    joined: dict[tuple[int, int], float] = {}
    for chance, a, b in places.pairs:
        if {board.slot_of[clause] for clause in a} & {board.slot_of[clause] for clause in b}:
            continue
        report_a, report_b = board.reports[a[0]], board.reports[b[0]]
        one = [clause for clause in a if report_b not in board.slots[board.slot_of[clause]]]
        other = [clause for clause in b if report_a not in board.slots[board.slot_of[clause]]]
        if not one or not other:
            continue
        for own in (one, other):
            for clause in own[1:]:
                if is_loose(board, own[0]) and is_loose(board, clause):
                    join(board, board.slot_of[own[0]], board.slot_of[clause])
        if join(board, board.slot_of[one[0]], board.slot_of[other[0]], strong=True):
            joined |= {(board.reports[clause], clause): chance for clause in (*one, *other)}
    return joined
