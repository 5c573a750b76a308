"""Labels: what an entity is called, and where."""

import pytest
from samples import edition_of, report

from helpers.framing import doers, find_labels, label_counts
from helpers.names import tables as names_tables
from helpers.table import from_rows

PEOPLE = {"Ann Poe": "PERSON", "Poe": "PERSON", "Norvale": "GPE", "Elby": "GPE", "Tom Arden": "PERSON"} | {
    "Marsh Accord": "TOPIC"
}
IDS = {"Ann Poe": "poe", "Poe": "poe", "Norvale": "norvale", "Elby": "elby", "Tom Arden": "arden"} | {
    "Marsh Accord": "accord"
}


def labels(text):
    documents = report(text)
    rows, taken = [], []
    for name in PEOPLE:
        at = text.find(name)
        while at >= 0:
            if not any(a <= at < b for a, b in taken):
                taken.append((at, at + len(name)))
                rows.append(("a", at, at + len(name), name, IDS[name], PEOPLE[name], "name", "", "authority"))
            at = text.find(name, at + 1)
    mentions = from_rows(sorted(rows), names_tables.MentionsTable)
    read = edition_of(documents, mentions=mentions)
    return find_labels(documents, read.parse, mentions, read.voices, sentences=read.sentences)


def told(text):
    found = labels(text)
    return set(zip(found["entity_id"], found["kind"], found["label"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met former mayor Ann Poe on Monday.", ("poe", "title", "former mayor")),
        ("The embattled Ann Poe left the hall.", ("poe", "premodifier", "embattled")),
        ("Ann Poe, the head of the water board, left.", ("poe", "apposition", "head of the water board")),
        ("The board's chairwoman, Ann Poe, left.", ("poe", "apposition", "board's chairwoman")),
        ("Ann Poe is a liar.", ("poe", "predicate", "liar")),
        ("He called Ann Poe a dictator.", ("poe", "called", "dictator")),
        ("He described Ann Poe as a gifted leader.", ("poe", "called", "gifted leader")),
        ("The Norvale regime closed the bridge.", ("norvale", "belonging", "norvale regime")),
    ],
)
def test_a_label_is_read_from_the_construction(text, expected):
    found = {(entity, kind, label) for entity, kind, label in told(text)}
    entity, kind, label = expected
    assert any(e == entity and k == kind and label.endswith(x) for e, k, x in found), found


def test_what_is_denied_or_plain_is_no_label():
    assert told("Ann Poe is not a liar.") == set()
    assert told("Mr. Tom Arden left.") == set()


@pytest.mark.parametrize(
    "text",
    ["The 16-inch Norvale Gazette is sold.", "Ann Poe, 1,237 votes, left.", "The two Norvale boats sank."],
)
def test_numbers_and_sizes_call_nobody_anything(text):
    assert not {label for _, _, label in told(text)} & {"inch", "16-inch", "1,237 votes", "two"}


@pytest.mark.parametrize(
    "text",
    [
        "The evening was led by Norvale's Ann Poe.",
        "ELBY, Norvale — Attorney General Tom Brack spoke on Monday.",
        "The council struck a bargain with Ann Poe, an agreement that few liked.",
    ],
)
def test_an_owner_a_dateline_and_a_deed_are_no_labels(text):
    assert not {kind for _, kind, _ in told(text)} & {"title", "apposition"}


def test_the_noun_that_a_name_ends_with_means_the_named():
    found = told("The Marsh Accord was signed in May. Fishers fear the accord. Critics call it weak.")
    assert ("accord", "description", "accord") in found


def test_what_is_no_person_is_not_called_by_whose_it_is():
    text = "The plan Ann Poe made was dropped. Plan Ann Poe was bad. Fishers fear the plan."
    assert not {label for entity, kind, label in told(text) if kind == "description"}


def test_a_description_means_who_bears_the_label_elsewhere_in_the_report():
    found = told("Mayor Ann Poe spoke first. The mayor then left the hall.")
    assert ("poe", "description", "mayor") in found


def test_the_country_is_the_one_named_last():
    found = told("Elby was calm. Norvale closed its border. The country gave no reason.")
    assert ("norvale", "description", "country") in found


def test_marks_of_quotation_around_a_label_are_noted():
    found = labels("They met the so-called “expert” Ann Poe.")
    assert found["scare"].tolist() == [True]


def test_every_label_gives_back_its_words():
    text = "Former mayor Ann Poe, the head of the board, left Norvale. The mayor was the \nhead of it."
    found = labels(text)
    assert len(found)
    places = zip(found["start_char"], found["end_char"], found["surface"], strict=True)
    assert all(text[start:end] == surface for start, end, surface in places)


def test_labels_are_counted_by_report_and_voice():
    counts = label_counts(labels("Mayor Ann Poe spoke. Mayor Ann Poe left."))
    assert counts.loc[0, ["entity_id", "label", "narration", "n"]].tolist() == ["poe", "mayor", 2, 2]
    assert label_counts(labels("Nothing was said.")).empty


@pytest.mark.parametrize(
    "text",
    [
        "Ann Poe, whose young son fell ill, left the hall.",
        "Ann Poe, R-Ky., left the hall.",
        "Tom Arden and Ann Poe, left, meet in the hall.",
        "Children's Norvale closed the hall.",
    ],
)
def test_a_clause_a_party_a_place_in_a_picture_and_half_a_name_call_nobody_anything(text):
    assert told(text) == set()


def test_several_are_not_one_person():
    found = told("Defendant Ann Poe came first. The defendants then left the hall.")
    assert ("poe", "description", "defendants") not in found


def test_whose_people_are_called_something_is_told_apart():
    text = "Norvale delegates left. The Norvale regime stayed. The delegates of Elby came."
    counts = label_counts(labels(text)).set_index("label")["theirs"]
    assert counts.filter(like="delegates").all() and not counts.filter(like="regime").any()


def test_a_clause_with_who_makes_a_noun_one_of_people():
    assert doers.is_doer("mayor")
    assert not doers.is_doer("river")


def test_a_part_of_a_place_is_no_label_of_it():
    found = labels("A quake hit southern Elby on Sunday. The embattled Elby asked for help.")
    assert found["label"].tolist() == ["embattled"]
