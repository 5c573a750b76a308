"""Reports of one event side by side: which stretches correspond."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.names import Mentions
from helpers.pairs import MeantPairs, NearPairs
from helpers.synopsis.board import absorb_stubs, join, join_faint, join_flanks, join_neighbours, new_board
from helpers.synopsis.clauses import (
    FAINT,
    FLOOR,
    LINK,
    STRONG,
    TokenArrays,
    clause_likeness,
    clause_vectors,
    cut_clauses,
    cut_fused,
    word_keys,
)
from helpers.synopsis.facts import join_told, near_by_event, told_alike
from helpers.synopsis.meaning import SurePairs, join_meant, meant_clauses, sure_pairs, without_contradicted
from helpers.synopsis.order import slot_rows
from helpers.synopsis.strength import take_apart
from helpers.synopsis.tables import Slots, SlotsTable
from helpers.table import conform, empty
from helpers.text import Documents, Sentences, Tokens
from helpers.voices import Voices

__all__ = ["Compared", "align_slots"]
# What a link gains from the likeness of the clauses before and after it.
NEIGHBOUR = 0.5


class Compared(NamedTuple):
    """What of an event is compared: the pairs of reports, None for all, and sentences paired by meaning.

    `told` are the near sentences of English reports, of which those that tell the same fact are joined.
    """

    near: Mapping[str, Sequence[tuple[str, str]]] | None = None
    meant: MeantPairs | None = None
    told: NearPairs | None = None


COMPARED_ALL = Compared()


def align_slots(
    documents: Documents,
    sentences: Sentences,
    tokens: Tokens,
    *,
    mentions: Mentions,
    voices: Voices,
    compared: Compared = COMPARED_ALL,
) -> Slots:
    """Return the slots table: stretches of the reports of an event that say the same, or stand alone.

    Clauses are compared by TF-IDF cosine of word stems and of the entities they name; reporting verbs do
    not count. Links are taken strongest first, between all reports at once, as long as no slot holds two
    separate stretches of one report; neighbouring slots of the same sentences are then joined. Every
    clause of headline and body is in exactly one slot. `compared.near` gives for an event too large for
    it the pairs of reports whose clauses are compared, instead of all. What words do not join, sentences
    surely of one meaning do (`compared.meant`), in two languages too.
    """
    clauses = cut_clauses(sentences, tokens, documents)
    if not len(clauses):
        return empty(SlotsTable)
    starts, ends = tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy()
    words = TokenArrays(word_keys(tokens, mentions, voices), tokens["norm"].to_numpy(object), starts, ends)
    sure, pairs = sure_pairs(compared.meant, documents), compared.near or {}
    told = near_by_event(compared.told, documents)
    frames = [
        _event_slots(
            clauses.iloc[rows].reset_index(drop=True),
            words,
            pairs.get(str(event_id)),
            (sure, told.get(str(event_id))),
        )
        for event_id, rows in clauses.groupby("event_id", sort=True).indices.items()
    ]
    return conform(pd.concat(frames, ignore_index=True), SlotsTable)


def _event_slots(
    clauses: pd.DataFrame,
    words: TokenArrays,
    pairs: Sequence[tuple[str, str]] | None,
    by_meaning: tuple[SurePairs, pd.DataFrame | None],
) -> pd.DataFrame:
    """Return the slots of one event; `pairs` are the reports compared, None for all of them."""
    clauses = cut_fused(clauses, words.keys, pairs)
    vectors, telling = clause_vectors(clauses, words.keys)
    reports = clauses["doc_id"].factorize()[0]
    board = new_board(reports, clauses["sentence_id"].to_numpy())
    alike = clause_likeness(vectors, clauses["doc_id"].tolist(), pairs)
    links = _links(alike, reports)
    sure, near = by_meaning
    meant = meant_clauses(clauses, sure)
    links = without_contradicted(links, meant, clauses)
    for score, one, other in links:
        if score >= LINK:
            join(board, board.slot_of[one], board.slot_of[other], strong=score >= STRONG)
    join_neighbours(board)
    for _, one, other in links:
        join_faint(board, one, other)
    join_flanks(board)
    absorb_stubs(board, telling)
    told = told_alike(clauses, words.keys, near)
    take_apart(board, clauses["first"].to_numpy(), clauses["last"].to_numpy(), words, told)
    joined = join_meant(board, meant)
    absorb_stubs(board, telling)
    return slot_rows(board, clauses, words, told, joined=(joined, join_told(board, told, alike)))


def _links(alike: sparse.csr_array, reports: np.ndarray) -> list[tuple[float, int, int]]:
    """Return the likely links between clauses of different reports: score and both clauses, best first."""
    follows = sparse.diags_array((reports[1:] == reports[:-1]).astype(float), offsets=1, shape=alike.shape)
    around = follows @ alike @ follows.T + follows.T @ alike @ follows
    own = alike.multiply(alike >= FLOOR)
    scores = (own + NEIGHBOUR * around.multiply(own > 0)).tocoo()
    keep = (scores.row < scores.col) & (scores.data >= FAINT)
    found = zip(
        scores.data[keep].round(9).tolist(), scores.row[keep].tolist(), scores.col[keep].tolist(), strict=True
    )
    return sorted(found, key=lambda link: (-link[0], link[1], link[2]))
