"""Phrases that stand for others: whole by the parse, in one place, and no forms of one word."""

import pytest
from samples import edition_of

from conftest import make
from helpers.text import parse, split_sentences
from helpers.words.house import house_forms
from helpers.words.phrases import Phrases
from helpers.words.substitutions import find_substitutions


def replaced(first, second):
    documents = make(("a", "e", "A", first), ("b", "e", "B", second))
    found = find_substitutions(edition_of(documents))
    return list(zip(found["phrase_a"], found["phrase_b"], found["kind"], strict=True))


def phrase(text, words):
    documents = make(("a", "e", "A", text))
    start = text.index(words)
    span = start, start + len(words)
    return Phrases(parse(documents, split_sentences(documents))).whole("a", span, span)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("carried", "carried out"),
        ("opposed", "opposed"),
        ("approve", "did not approve"),
        ("carried out the plan", "carried out the plan"),
        ("year's budget", "last year's budget"),
    ],
)
def test_a_phrase_has_what_belongs_to_its_words(words, whole):
    text = (
        "The council carried out the plan and did not approve of the mayor, who opposed last year's budget."
    )
    found = phrase(text, words)
    assert found
    assert text[found.start : found.end] == whole


@pytest.mark.parametrize("words", ["talk to the mayor of", "town, who opposed", "it on", "bridge, talk"])
def test_words_of_several_phrases_are_none(words):
    text = "It built the bridge, talk to the mayor of the very old and small town, who opposed it on Friday."
    assert phrase(text, words) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Two forms of one word, two values, one act denied and not the other, one act on something.
        (
            "The mayor conspired with the old harbour guild.",
            "The mayor's conspiracy with the old harbour guild.",
        ),
        ("The mayor left the harbour on Monday night.", "The mayor left the harbour on Sunday night."),
        ("The mayor of Oslo opened the bridge.", "The mayor of Oslo never closed the bridge."),
        (
            "The fire of Friday began in the harbour.",
            "The fire of Friday destroyed the ships in the harbour.",
        ),
    ],
)
def test_what_does_not_stand_in_one_place_is_not_listed(first, second):
    assert [kind for *_, kind in replaced(first, second) if kind == "wording"] == []


def test_the_day_of_an_act_is_left_out():
    text = "His body was found Tuesday by a maid."
    found = phrase(text, "found Tuesday")
    assert found and text[found.start : found.end] == "found"


def test_an_act_is_listed_with_its_particle():
    first = "The council conducted a survey of the old harbour."
    assert replaced(first, "The council carried out a survey of the old harbour.") == [
        ("conducted", "carried out", "wording")
    ]


def test_short_forms_and_numerals_are_house_style():
    first, second = "The mayor saw the new TV tower.", "The mayor saw the new television tower."
    assert replaced(first, second) == [("TV", "television", "spelling")]
    assert set(house_forms(["percent", "cent", "eight", "8", "war"]).values()) == {"percent", "8"}
