"""Words that only some outlets have for one target, and the few words in quotation marks."""

import pandas as pd
from samples import edition_of, report

from helpers.framing import find_act_words, find_agency, find_labels, find_marked
from helpers.names import tables as names_tables
from helpers.table import from_rows


def edition(*texts):
    parts = [
        report(text, doc_id=f"d{n}").assign(event_id="e", outlet=f"outlet {n}")
        for n, text in enumerate(texts)
    ]
    documents = pd.concat(parts, ignore_index=True)
    rows = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        at = text.find("Ann Poe")
        while at >= 0:
            rows.append((doc_id, at, at + 7, "Ann Poe", "poe", "PERSON", "name", "", "authority"))
            at = text.find("Ann Poe", at + 1)
    mentions = from_rows(rows, names_tables.MentionsTable)
    return edition_of(documents, mentions=mentions), mentions


def act_words(*texts, leave_out=()):
    read, mentions = edition(*texts)
    args = (read.documents, read.parse, mentions, read.voices)
    labels = find_labels(*args, sentences=read.sentences)
    agency = find_agency(*args, labels, sentences=read.sentences)
    return find_act_words(agency, read.documents, read.parse, read.alignments, leave_out=leave_out)


def marked(*texts):
    read, mentions = edition(*texts)
    args = (read.documents, read.parse, mentions, read.voices)
    labels = find_labels(*args, sentences=read.sentences)
    return find_marked(*args, labels, sentences=read.sentences)


def test_what_is_done_to_one_person_in_other_words_is_told_with_the_words_of_the_others():
    found = act_words("The jury acquitted Ann Poe.", "The jury cleared Ann Poe.", "A jury cleared Ann Poe.")
    found = found.set_index("word")
    assert found.loc["clear", ["target", "reports", "told_in", "used_by", "instead"]].tolist() == [
        "poe", 2, 3, "outlet 1, outlet 2", "acquit",
    ]  # fmt: skip
    assert found.loc["acquit", "instead"] == "clear"


def test_what_all_have_and_what_one_outlet_alone_tells_is_not_compared():
    assert act_words("The jury cleared Ann Poe.", "The jury cleared Ann Poe.").empty
    assert act_words("The jury cleared Ann Poe.", "The weather was fine.").empty
    assert act_words("He thanked Ann Poe.", "He praised Ann Poe.", leave_out=["praise"]).empty


def test_a_noun_beside_the_same_verb_in_nearest_sentences_has_the_place_of_another():
    a = "The minister condemned the massacre near the old harbour on Monday."
    b = "The minister condemned the incident near the old harbour on Monday."
    found = act_words(a, b).set_index("word")
    assert found.loc["massacre", ["target", "family", "instead"]].tolist() == [
        "condemn …", "noun", "incident",
    ]  # fmt: skip


def test_every_word_gives_back_its_place():
    text = "The jury acquitted Ann Poe."
    row = act_words(text, "The jury cleared Ann Poe.").set_index("word").loc["acquit"]
    assert text[row["start_char"] : row["end_char"]] == "acquitted"


def test_a_few_words_in_marks_are_listed_with_whom_they_are_said_of():
    found = marked("Ann Poe is a “green queen” in the town. “He won,” said the mayor.")
    assert found[["words", "target", "speaker"]].to_numpy().tolist() == [["green queen", "poe", "unknown"]]
    assert found["outlet"].tolist() == ["outlet 0"]


def test_words_between_two_quotations_are_no_marked_words():
    text = 'Ann Poe wanted to go home" soon "but said" we want to stay here for the whole of next week. "'
    assert marked(text).empty


def test_without_marks_nothing_is_listed():
    assert marked("Ann Poe is a queen.").empty
