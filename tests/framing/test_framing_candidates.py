"""Candidates: words said of an entity, ranked; and of whom a word is said."""

import pandas as pd
import pytest
from samples import ALL_VERBS, edition_of, report

from helpers.framing import find_candidates, find_labels
from helpers.framing.reading import readings
from helpers.framing.targets import target_of
from helpers.names import tables as names_tables
from helpers.table import from_rows

NAMES = {"Ann Poe": ("poe", "PERSON"), "Norvale": ("norvale", "GPE"), "Elby": ("elby", "GPE")}


def mentions(documents):
    rows = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        for name, (entity, kind) in NAMES.items():
            at = text.find(name)
            while at >= 0:
                rows.append((doc_id, at, at + len(name), name, entity, kind, "name", "", "authority"))
                at = text.find(name, at + 1)
    return from_rows(sorted(rows), names_tables.MentionsTable)


@pytest.mark.parametrize(
    ("text", "word", "entity", "rule"),
    [
        ("The embattled Ann Poe left.", "embattled", "poe", "modifier"),
        ("Ann Poe, a fierce critic, left.", "critic", "poe", "apposition"),
        ("Ann Poe's reckless plan was dropped.", "plan", "poe", "owner"),
        ("The wild plan of Ann Poe was dropped.", "plan", "poe", "owner"),
        ("Ann Poe blasted the plan.", "blasted", "poe", "subject"),
        ("Ann Poe angrily left the hall.", "angrily", "poe", "subject"),
        ("Ann Poe is reckless.", "reckless", "poe", "subject"),
        ("Ann Poe came home. She angrily left.", "angrily", "poe", "subject"),
        ("Ann Poe was accused of a plot.", "accused", "poe", "subject"),
        ("Police described Ann Poe as a reckless driver.", "driver", "poe", "complement"),
        ("The hall was empty.", "empty", "", ""),
        # What is had, sought or spoken of is not said of who has, seeks or speaks of it.
        ("Ann Poe inspected a deadly arsenal.", "deadly", "", ""),
        ("Ann Poe inspected a deadly arsenal.", "arsenal", "", ""),
        # Somebody else's critics and allies are others than they.
        ("Ann Poe's furious critics left.", "left", "", ""),
        ("An old ally of Ann Poe left the hall.", "old", "", ""),
        ("The chairman fired Ann Poe for misleading the board.", "misleading", "poe", "subject"),
        ("Ann Poe, whose political survival is in doubt, left.", "is", "poe", "owner"),
        ("The suit refers to Ann Poe as a reckless driver.", "driver", "poe", "complement"),
    ],
)
def test_the_grammar_tells_of_whom_a_word_is_said(text, word, entity, rule):
    documents = report(text)
    known = mentions(documents)
    reading = next(readings(documents, edition_of(documents, mentions=known).parse, known))
    start = text.index(word)
    place = next(at for at, token in enumerate(reading.tree.tokens) if token.start == start)
    assert target_of(reading, place, place, {}) == (entity, rule)


def test_i_means_who_speaks():
    documents = report("“I wildly agree,” she said.")
    known = mentions(documents)
    reading = next(readings(documents, edition_of(documents, mentions=known).parse, known))
    place = next(at for at, token in enumerate(reading.tree.tokens) if token.lemma == "wildly")
    assert target_of(reading, place, place, {}, "poe").entity == "poe"


def candidates(*texts):
    documents = pd.concat(
        [
            report(text, doc_id).assign(outlet=f"Outlet {doc_id}")
            for text, doc_id in zip(texts, "abc", strict=False)
        ],
        ignore_index=True,
    )
    known = mentions(documents)
    read = edition_of(documents, mentions=known, verbs=ALL_VERBS)
    labels = find_labels(documents, read.parse, known, read.voices, sentences=read.sentences)
    return find_candidates(read, labels)


def test_a_word_of_one_outlet_stands_before_a_word_of_both():
    both = "Ann Poe left the hall. Ann Poe spoke softly."
    found = candidates(both + " Ann Poe wildly shouted.", both).set_index("term")
    assert found.loc["wildly", "used_by"] == "Outlet a"
    assert found.loc["softly", "outlets"] == 2
    assert found.loc["wildly", "score"] > found.loc["softly", "score"]


def test_uses_reports_and_the_first_place_are_counted():
    text = "Ann Poe wildly shouted. Ann Poe wildly sang."
    row = candidates(text, "Ann Poe was calm.").set_index("term").loc["wildly"]
    assert row[["target", "family", "uses", "own_voice", "reports", "named_by"]].tolist() == [
        "poe",
        "manner",
        2,
        2,
        1,
        2,
    ]
    assert text[row["start_char"] : row["end_char"]] == "wildly"


def test_nothing_is_found_in_nothing():
    assert candidates("Rain fell.").empty
