"""Sentences set side by side: what was replaced, and what is no substitution."""

import tracemalloc

import pandas as pd
import pytest
from samples import edition_of

from conftest import cut, make
from helpers import table as schema
from helpers.edition import open_corpus
from helpers.pairs import products
from helpers.text import tables
from helpers.words import (
    alignment,
)
from helpers.words import (
    substitutions as words_substitutions,
)


def test_substitutions_of_the_seeds(seeds):
    documents = seeds[0]
    found = words_substitutions.find_substitutions(open_corpus())
    pairs = set(zip(found["phrase_a"].str.casefold(), found["phrase_b"].str.casefold(), strict=True))
    assert {
        ("zionist", "israeli"),
        ("propaganda", "publicity"),
        ("belief", "faith"),
        ("assist", "help"),
        ("desires", "will"),
    } <= pairs
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    for side in "ab":
        columns = (found[f"{name}_{side}"] for name in ("doc_id", "start_char", "end_char", "phrase"))
        for doc_id, start, end, phrase in zip(*columns, strict=True):
            assert texts[doc_id][start:end] == phrase


def replaced(first, second, **options):
    documents = make(("a", "e", "A", first), ("b", "e", "B", second))
    found = words_substitutions.find_substitutions(edition_of(documents, **options))
    return list(zip(found["phrase_a"], found["phrase_b"], found["kind"], strict=True))


def test_function_words_at_the_ends_are_left_out():
    first, second = (
        "The envoys met in a large hall of the town.",
        "The envoys met in the big room of the town.",
    )
    assert replaced(first, second) == [("large hall", "big room", "wording")]


def test_another_spelling_is_kept_apart():
    first, second = "They honour the old treaty of peace.", "They honor the old treaty of peace."
    assert replaced(first, second) == [("honour", "honor", "spelling")]


def test_verbs_of_speech_are_no_substitution():
    first, second = "Lind said the talks went well.", "Lind stated the talks went well."
    assert replaced(first, second) == [("said", "stated", "wording")]
    assert replaced(first, second, verbs=pd.DataFrame({"forms": ["said|says", "stated"]})) == []


def test_names_and_their_titles_are_no_substitution():
    first = "The council sent envoys to the talks of Oslo."
    second = "The council sent junior ministers to the talks of Oslo."
    assert replaced(first, second) == [("envoys", "junior ministers", "wording")]
    start = second.index("ministers")
    name = {"doc_id": "b", "start_char": start, "end_char": start + 9, "kind": "name", "honorific": "junior"}
    assert replaced(first, second, mentions=pd.DataFrame([name])) == []


def test_phrases_stand_for_each_other_between_the_same_words():
    between = "The envoys met in a hall of the town.", "The envoys met in a tent of the town."
    assert replaced(*between) == [("hall", "tent", "wording")]
    # Nothing follows the phrase, and the rest of the sentences says something else.
    beside = "The envoys met on Friday in the large hall.", "The envoys met with a large group of men."
    assert replaced(*beside) == []


def test_words_with_and_without_stops_are_one_in_another_spelling():
    first, second = "He led the F.B.I. for years.", "He led the FBI for years."
    assert replaced(first, second) == [("F.B.I.", "FBI", "spelling")]


def test_moved_words_were_not_replaced():
    first = "The treaty ended the war and the envoys left the hall."
    second = "The envoys ended the war and the treaty left the hall."
    assert replaced(first, second) == []


def test_reports_of_one_outlet_are_not_aligned():
    documents = make(("a", "e", "A", "The envoys met."), ("b", "e", "A", "The envoys met."))
    assert alignment.align_sentences(*cut(documents), documents).empty


def test_sentences_told_by_one_alone():
    documents = make(
        ("a", "e", "A", "The envoys met in Oslo today. Rain fell on every roof."),
        ("b", "e", "B", "The envoys met in Oslo. Prices rose by half."),
    )
    alone = alignment.find_unpartnered(*cut(documents), documents)
    assert alone["text"].tolist() == ["Rain fell on every roof.", "Prices rose by half."]
    assert (alone["nearest"] < 0.3).all()


def test_every_function_takes_empty_tables():
    empty = schema.empty
    documents = empty(tables.DocumentsTable)
    sentences = empty(tables.SentencesTable)
    tokens = empty(tables.TokensTable)
    assert alignment.align_sentences(sentences, tokens, documents).empty
    assert alignment.find_unpartnered(sentences, tokens, documents).empty
    assert words_substitutions.find_substitutions(edition_of(documents)).empty


@pytest.mark.parametrize("cells", [1, 50])
def test_some_sentences_at_a_time_give_what_all_at_once_give(seeds, monkeypatch, cells):
    documents, sentences, tokens = seeds
    measures = alignment.align_sentences, alignment.find_unpartnered
    whole = [measure(sentences, tokens, documents) for measure in measures]
    monkeypatch.setattr(products, "CELLS", cells)
    for measure, table in zip(measures, whole, strict=True):
        pd.testing.assert_frame_equal(measure(sentences, tokens, documents), table)


def test_a_very_long_report_beside_a_short_one_takes_little_memory():
    long = " ".join(f"The council of town {k % 7} met {k % 11} times." for k in range(12_000))
    documents = make(("a", "e", "A", long), ("b", "e", "B", "The council met. Mayor Ann said yes."))
    sentences, tokens = cut(documents)
    tracemalloc.start()
    aligned = alignment.align_sentences(sentences, tokens, documents)
    alone = alignment.find_unpartnered(sentences, tokens, documents)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(aligned) and len(alone)
    # All sentences beside all: 144 million cosines.
    assert peak < 300e6
