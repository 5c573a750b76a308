"""Who speaks, by the grammar: invented sentences, each with its source; no name is on any list."""

import pandas as pd
import pytest
from samples import ALL_VERBS, report

from helpers.names.tables import MentionsTable
from helpers.table import empty
from helpers.text import parse, split_sentences
from helpers.voices import find_voices
from helpers.voices.tallies import source_counts


def told(text: str) -> pd.DataFrame:
    documents = report(text)
    sentences = split_sentences(documents)
    parsed = parse(documents, sentences)
    return find_voices(documents, sentences, ALL_VERBS, empty(MentionsTable), parse=parsed)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“The harvest was poor,” Mr. Arden said.", "Arden"),
        ("“The harvest was poor,” Rep. Tom Arden (D-Md.) said in a phone interview.", "Tom Arden"),
        ("“The harvest was poor,” said Radio Elby host Tom Arden.", "Tom Arden"),
        ("“The harvest was poor,” Arden, 61, said.", "Arden"),
        ("“Why was the harvest so poor?” Vale demanded.", "Vale"),
        ("“We will not pay for this,” according to Vale.", "Vale"),
        ("Ida Vale continued:\n\n“The harvest was poor in every valley.”", "Vale"),
        ("“The harvest was poor this year,” a senior official said.", "senior official"),
        ("“The harvest was poor this year,” they said.", "they"),
        ("“The harvest was poor this year.” ― Ida Vale", "Ida Vale"),
        ("“She knows every quay of this harbour.” -Commissioner Ben Roe", "Ben Roe"),
        ("“Look, the barns needed more rain,” added an Elby farmer.", "Elby farmer"),
        ("“Leave your carts at home,” opined Elby's Plain Courier.", "Plain Courier"),
        ("“Hey, hey! They have got to go!” some protesters chanted in the rain.", "some protesters"),
        ("“Will he resign in disgrace!” the presumptive mayor, Tom Arden, tweeted Sunday.", "Tom Arden"),
        ("Vale, exasperated, famously responded: “What difference does it make?”", "Vale"),
        ('Rep. Tom Arden (R-S.C.):"I have not heard anyone cite that figure."', "Tom Arden"),
    ],
)
def test_the_source_of_a_quotation_is_kept_as_it_is_written(text: str, source: str) -> None:
    spans = told(text)
    direct = spans[spans["voice"] == "direct"].iloc[0]
    assert source in direct["source"]
    assert text[direct["source_start"] : direct["source_end"]].split() == direct["source"].split()
    assert direct["speaker"] == "unknown"


def test_a_quotation_in_two_halves_has_one_source() -> None:
    spans = told("“We will not pay,” Mr. Vale said, “for any of this at all.”")
    assert spans["source"].tolist() == ["Mr. Vale", "Mr. Vale"]


def test_a_quotation_that_goes_on_keeps_its_source() -> None:
    spans = told("“We will not pay for this,” Tom Arden said. “It is not our harvest at all.”")
    assert spans["source"].tolist() == ["Tom Arden", "Tom Arden"]
    assert spans["rule"].tolist()[1] == "paragraph"


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Ida Vale said that the barns were empty.", "the barns were empty", "Ida Vale"),
        ("The barns, an inspector said, were empty by the end of spring.", "were empty", "inspector"),
        ("He told the Post he thinks the motive is fear.", "he thinks the motive is fear", "He"),
        ("According to the police, the barns were empty.", "barns were empty", "the police"),
        ("The survey shows that the barns were empty.", "the barns were empty", "The survey"),
        ("Ida Vale declined to comment on the harvest.", "to comment on the harvest", "Ida Vale"),
        ("The barns were not empty, Ms. Vale said.", "The barns were not empty", "Ms. Vale"),
        ("As the Elby Post noted, Vale raised a million.", "Vale raised a million", "Elby Post"),
        (
            "Vale said about half of the barns in Elby burned.",
            "about half of the barns in Elby burned",
            "Vale",
        ),
        ("It said it had closed the barns.", "it had closed the barns", "It"),
        ("The letter accuses Tom Arden of burning the quay.", "Tom Arden of burning the quay", "The letter"),
        ("Vale called for more rain in spring.", "more rain in spring", "Vale"),
        ("Vale opposes the new quay.", "the new quay", "Vale"),
        ("The plan that the mayor opposes would close the quay.", "The plan", "the mayor"),
        ("Vale wants the town to close the quay.", "the town to close the quay", "Vale"),
        ("Vale and Roe are hoping to close the quay.", "to close the quay", "Vale"),
        ("Vale made it clear that the quay was shut.", "the quay was shut", "Vale"),
        ("Vale would not say how the town would pay.", "how the town would pay", "Vale"),
        ("Tom Arden left despite his criticism of the plan.", "the plan", "his"),
        ("Roe left over his opposition to the quay.", "the quay", "his"),
        ("In a poll by the Elby Post, 38 percent of voters liked Vale.", "38 percent of voters", "poll"),
        ("Vale said that Roe closed the quay, adding that it was old.", "it was old", "Vale"),
        ("Vale urged the town to close the quay.", "the town to close the quay", "Vale"),
        (
            "Vale said the barns were shut because the town had no grain.",
            "the barns were shut because the town had no grain",
            "Vale",
        ),
    ],
)
def test_reworded_speech_has_its_clause_and_its_source(text: str, content: str, source: str) -> None:
    spans = told(text)
    words = [text[start:end] for start, end in zip(spans["start_char"], spans["end_char"], strict=True)]
    assert any(content in span for span in words), words
    assert source in " ".join(spans["source"])


@pytest.mark.parametrize(
    "text",
    [
        "It is hard to imagine that the barns were empty.",
        "The town is set to veto the harvest law.",
        "The barns are supposed to be empty.",
        "Opposition to the quay is old.",
        "Vale may have sympathy for the quay.",
        "The town backed off the plan.",
        "Ida Vale would say that the barns were empty.",
        "The Vale comment that barns were empty was deleted.",
        "Vale said then in an interview with the paper.",
        "Ida Vale continues to face questions about the harvest.",
        "The rain made the farmers sell their barns.",
    ],
)
def test_what_nobody_said_is_no_speech(text: str) -> None:
    assert told(text).empty


def test_a_determiner_opens_no_clause() -> None:
    assert told("Council officials dismissed that criticism.")["voice"].tolist() == ["speech_act"]


def test_who_is_accused_does_not_speak() -> None:
    spans = told("Tom Arden was accused of threatening to burn the quay, records show.")
    assert not spans["source"].str.contains("Arden").any()


def test_who_is_accused_in_a_phrase_does_not_speak() -> None:
    spans = told("A man accused of burning the quay will stay in prison, a judge ruled.")
    assert not spans["source"].str.contains("man").any()


def test_a_verb_outside_the_list_has_no_class() -> None:
    spans = told("The survey shows that the barns were empty.")
    assert spans[["cue", "verb_class"]].values.tolist() == [["shows", ""]]


def test_the_dash_of_a_signature_is_its_cue() -> None:
    spans = told("“She knows every quay of this harbour.” -Commissioner Ben Roe")
    assert spans["cue"].tolist() == ["-"]


def test_without_a_parse_only_marks_and_lists_tell() -> None:
    documents = report("“The harvest was poor this year,” Mr. Arden said.")
    spans = find_voices(documents, split_sentences(documents), ALL_VERBS, empty(MentionsTable))
    assert spans["source"].tolist() == [""]


def test_sources_without_a_name_are_counted_by_their_words() -> None:
    documents = pd.concat([report("x", doc_id="a"), report("x", doc_id="b")]).assign(outlet=["A", "B"])
    columns = ["doc_id", "voice", "speaker", "source"]
    rows = [
        ("a", "direct", "Ann Poe", "Poe"),
        ("b", "indirect", "Ann Poe", "she"),
        ("a", "direct", "unknown", "A senior official"),
        ("a", "indirect", "unknown", "the senior official"),
        ("a", "direct", "unknown", "they"),
        ("a", "direct", "unknown", ""),
    ]
    table = source_counts(pd.DataFrame(rows, columns=columns).assign(rule="subject"), documents)
    assert table[["source", "kind", "direct", "reworded", "only_in"]].values.tolist() == [
        ["Ann Poe", "named", 1, 1, ""],
        ["senior official", "not named", 1, 1, "A"],
    ]
