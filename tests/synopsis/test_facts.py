"""Facts that two reports tell in other words: slots with several stretches of a report, and their reader."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from helpers.pages import plots_pairs
from helpers.pages import reader as page_reader
from helpers.pairs import meaning
from helpers.synopsis import board as boards
from helpers.synopsis import facts

# Two reports: 0 has sentences of clauses 0, 1 and 2, 1 has 3 and 4 (one sentence) and 5.
REPORTS, SENTENCES = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 0, 1])


def board_of() -> boards.Board:
    return boards.new_board(REPORTS, SENTENCES)


def told(*pairs: tuple[float, int, int], near: dict[tuple[int, int], float] | None = None) -> facts.Told:
    """Return what is told by pairs of (chance, sentence of report 0, sentence of report 1: 3 or 4)."""
    clauses = {0: [0], 1: [1], 2: [2], 3: [3, 4], 4: [5]}
    known = {(i, j): 3.0 for _, i, j in pairs} | (near or {})
    sure = [(chance, clauses[i], clauses[j]) for chance, i, j in pairs]
    return facts.Told(sure, known, [0, 1, 2, 3, 3, 4], frozenset({(0, 1)}))


SLOT = "event_id slot_id doc_id start_char end_char n_tokens relation moved follows strength"
READING = "event_id slot_id doc_id start_char end_char text quoted mark partner partner_words differences"
ALIKE = sparse.csr_array((6, 6))


def test_one_sentence_may_tell_a_fact_that_the_other_report_tells_twice():
    board = board_of()
    joined = facts.join_told(board, told((0.9, 0, 3), (0.8, 2, 3)), ALIKE)
    slot = board.slot_of[0]
    assert board.stretches(slot) == [(0, 0, 0), (0, 2, 2), (1, 3, 4)]
    assert board.slot_of == [slot, 1, slot, slot, slot, 5]
    assert joined[0, 0] == 0.9
    assert joined[0, 2] == 0.8


@pytest.mark.parametrize(("log_odds", "one_slot"), [(-5.0, False), (0.0, True)])
def test_two_slots_are_one_only_if_none_of_their_stretches_are_far_apart(log_odds: float, one_slot: bool):
    board = board_of()
    of_all = told((0.9, 0, 3), (0.9, 1, 4), (0.5, 0, 4), near={(1, 3): log_odds})
    facts.join_told(board, of_all, ALIKE)
    assert (board.slot_of[0] == board.slot_of[1]) == one_slot
    assert board.slot_of[0] == board.slot_of[3]
    assert board.slot_of[1] == board.slot_of[5]


def test_neighbours_become_one_stretch():
    board = board_of()
    facts.join_told(board, told((0.9, 0, 3), (0.8, 1, 3)), ALIKE)
    assert board.stretches(board.slot_of[0]) == [(0, 0, 1), (1, 3, 4)]


def test_no_report_has_more_stretches_in_a_slot_than_a_few():
    reports = np.repeat([0, 1], [9, 1])
    board = boards.new_board(reports, np.array([*range(9), 0]))
    pairs = [(0.9, [2 * k], [9]) for k in range(5)]
    near = {(2 * k, 9): 3.0 for k in range(5)}
    facts.join_told(board, facts.Told(pairs, near, list(range(10)), frozenset()), sparse.csr_array((10, 10)))
    slot = board.slot_of[9]
    assert [first for report, first, _ in board.stretches(slot) if report == 0] == [0, 2, 4]


def test_only_sentences_that_are_near_and_share_words_tell_the_same():
    clauses = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "b"],
            "sentence_id": [0, 1, 0, 1],
            "first": [0, 4, 8, 12],
            "last": [4, 8, 12, 16],
        }
    )
    words = "storm coast ferry sank vote mayor city budget storm ferry sank night rain sun wind sky"
    keys = np.array(words.split(), object)
    near = pd.DataFrame(
        {
            "doc_id_a": "a",
            "sentence_id_a": [0, 1],
            "doc_id_b": "b",
            "sentence_id_b": [0, 1],
            "margin": [1.06, 1.0],
        }
    )
    found = facts.told_alike(clauses, keys, near)
    assert [(a, b) for _, a, b in found.pairs] == [([0], [2])]
    assert found.compared == {(0, 1)}
    assert facts.told_alike(clauses, keys, None).pairs == []


def test_sentences_are_near_by_english_reports_alone():
    sentences = pd.DataFrame({"doc_id": ["a", "a", "b"], "sentence_id": [0, 1, 0]})
    vectors = np.array([[1.0, 0.0], [0.6, 0.8], [1.0, 0.0]])
    pairs = pd.DataFrame({"doc_id_a": ["a"], "doc_id_b": ["b"]})
    near = meaning.near_meanings(sentences, vectors, pairs, {"a": "en", "b": "en"})
    assert near[["sentence_id_a", "sentence_id_b"]].to_numpy().tolist() == [[0, 0], [1, 0]]
    assert near["margin"].iloc[0] > near["margin"].iloc[1]
    assert meaning.near_meanings(sentences, vectors, pairs, {"a": "en", "b": "de"}).empty


def test_the_reader_has_a_paragraph_for_each_stretch_and_says_where_it_stands():
    places = [("a", 0, 5, False, -1), ("a", 20, 25, True, 3), ("b", 0, 5, False, -1)]
    slots = pd.DataFrame(
        [("e", 0, *place[:3], 1, "same fact", *place[3:], 0.5) for place in places],
        columns=SLOT.split(),
    )
    words = {("a", 0): "First", ("a", 20): "Later", ("b", 0): "Other"}
    readings = pd.DataFrame(
        [
            ("e", 0, doc, start, start + 5, text, False, "", "", "", "")
            for (doc, start), text in words.items()
        ],
        columns=READING.split(),
    )
    labels = pd.Series({"a": "Outlet a", "b": "Outlet b"})
    html = str(page_reader.synopsis_reader(slots, readings, labels).html)
    assert html.count('class="stretch"') == 2
    assert ">First</p>" in html
    assert ">Later</p>" in html
    assert "also after" in html
    board = page_reader.slot_board(slots.assign(text="First"), labels)
    assert board[["in Outlet a", "in Outlet b", "reports"]].to_numpy().tolist() == [["●", "●", 2]]
    plots_pairs.slot_ribbon(slots)
