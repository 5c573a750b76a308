"""Slots joined by what sentences mean, where their words do not join them."""

from collections import defaultdict

import pandas as pd

from helpers.pairs import SURE, MeantPairs
from helpers.synopsis.board import Board, is_loose, join
from helpers.text import Documents, read_as

__all__ = ["MeantClauses", "SurePairs", "join_meant", "meant_clauses", "sure_pairs", "without_contradicted"]
Sentence = tuple[str, int]
# By pair of sentences (report, sentence) how sure it is that they tell the same fact.
SurePairs = dict[tuple[Sentence, Sentence], float]


# How sure it is, and the clauses of the one sentence and of the other.
MeantClauses = tuple[float, list[int], list[int]]


def sure_pairs(meant: MeantPairs | None, documents: Documents) -> SurePairs:
    """Return the pairs of sentences that are sure enough to be joined, but those of two English reports.

    Of those, words and meaning together tell more: see `told_alike`.
    """
    if meant is None:
        return {}
    english = documents.loc[documents["language"].map(read_as) == "en", "doc_id"]
    both = meant["doc_id_a"].isin(english) & meant["doc_id_b"].isin(english)
    sure = meant[~both & (meant["chance"] >= SURE)]
    names = ("doc_id_a", "sentence_id_a", "doc_id_b", "sentence_id_b", "chance")
    columns = (sure[name].tolist() for name in names)
    return {((a, i), (b, j)): chance for a, i, b, j, chance in zip(*columns, strict=True)}


def meant_clauses(clauses: pd.DataFrame, sure: SurePairs) -> list[MeantClauses]:
    """Return the clauses of an event's sure pairs of sentences, the surest first."""
    of_sentence: defaultdict[Sentence, list[int]] = defaultdict(list)
    keys = zip(clauses["doc_id"].tolist(), clauses["sentence_id"].tolist(), strict=True)
    for clause, key in enumerate(keys):
        of_sentence[key].append(clause)
    pairs = [
        (chance, of_sentence[one], of_sentence[other])
        for (one, other), chance in sure.items()
        if one in of_sentence and other in of_sentence
    ]
    return sorted(pairs, key=lambda pair: (-pair[0], *pair[1:]))


def without_contradicted(
    links: list[tuple[float, int, int]], pairs: list[MeantClauses], clauses: pd.DataFrame
) -> list[tuple[float, int, int]]:
    """Return the links of words, without those whose sentences both mean another one in the other's report.

    In English, where the lines for words were measured, words decide: a long sentence may tell two things.
    """
    measured = clauses["measured"].tolist()
    reports = clauses["doc_id"].tolist()
    partners: dict[tuple[int, str], list[int]] = {}
    for _, a, b in pairs:
        for own, there in ((a, b), (b, a)):
            partners.update({(clause, reports[there[0]]): there for clause in own})
    return [
        (score, one, other)
        for score, one, other in links
        if (measured[one] and measured[other])
        or other in partners.get((one, reports[other]), [other])
        or one in partners.get((other, reports[one]), [one])
    ]


def join_meant(board: Board, pairs: list[MeantClauses]) -> dict[tuple[int, int], float]:
    """Join the clauses of sentences of one meaning that no words joined; return how sure each then is."""
    joined: dict[tuple[int, int], float] = {}
    for chance, a, b in pairs:
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
