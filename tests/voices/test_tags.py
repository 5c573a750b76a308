"""Who speaks by what is right beside a quotation, and speech that was not made: invented sentences."""

import re

import pytest
from samples import ALL_VERBS, find, report

from helpers.names.tables import MentionsTable
from helpers.table import from_rows
from helpers.text import parse, split_sentences
from helpers.voices import find_voices


def direct(text: str) -> list[tuple[str, str]]:
    """Return the words of every quotation and those that name its source."""
    spans = find(text, ALL_VERBS).query("voice == 'direct'")
    places = zip(spans["start_char"], spans["end_char"], spans["source"], strict=True)
    return [(text[a:b], source) for a, b, source in places]


def speakers(text: str, names: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return source and speaker of every span, with these names alone."""
    documents = report(text)
    sentences = split_sentences(documents)
    rows = [
        ("a", m.start(), m.end(), m.group(), *names[m.group()], "name", "", "authority")
        for m in re.finditer("|".join(names), text)
    ]
    parsed = parse(documents, sentences)
    spans = find_voices(documents, sentences, ALL_VERBS, from_rows(rows, MentionsTable), parse=parsed)
    return list(zip(spans["source"], spans["speaker"], strict=True))


def reworded(text: str) -> list[tuple[str, str]]:
    """Return the words of every stretch of reworded speech and those that name its source."""
    spans = find(text, ALL_VERBS).query("voice != 'direct'")
    places = zip(spans["start_char"], spans["end_char"], spans["source"], strict=True)
    return [(text[a:b], source) for a, b, source in places]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # the verb beside the marks goes before one farther off
        (
            "Lovelace praised his “deep and lasting faith” – “a faith in works, not in loud words,” he said.",
            ["Lovelace", "he"],
        ),
        ("After Babbage criticized the mill, Lovelace shot back, “I chose to build it.”", ["Lovelace"]),
        (
            "The men of the mill also chanted, “Open the gates,” referring to the fire.",
            ["The men of the mill"],
        ),
        ("The mill is, as Ada Lovelace put it, “a wreck waiting for a storm.”", ["Ada Lovelace"]),
        ("The mill was, in the words of an old clerk, “the light of the valley.”", ["an old clerk"]),
        ("“Never again!” the crowd yelled.", ["the crowd"]),
        ("When asked last week about the fire, Lovelace said: “The mill stands.”", ["Lovelace"]),
        (
            "Asked why, Lovelace said, “We have no coal at all.” Babbage replied: “We have.”",
            ["Lovelace", "Babbage"],
        ),
        # a sentence that goes on about something else says nobody's words
        ("It fills “the gap between the town and its mill.” The papers had helped add to the fire.", [""]),
    ],
)
def test_the_words_beside_a_quotation_name_its_source(text: str, sources: list[str]) -> None:
    assert [source for _, source in direct(text)] == sources


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lovelace did not say that the mill was safe.", []),
        ("Babbage never claimed that the town had paid.", []),
        ("Lovelace did not say whether the mill was safe.", [("whether the mill was safe", "Lovelace")]),
        ("Lovelace does not deny that the mill burned.", [("the mill burned", "Lovelace")]),
        ("No one in the Guild said that the mill was safe.", []),
        ("If Lovelace says the mill is safe, the town will pay.", []),
        ("Did Lovelace say that the mill was safe?", []),
        ("It is not clear whether Lovelace knew that the mill was lost.", []),
        # who is asked does not ask
        (
            "Asked whether the mill was safe, Lovelace said the town had checked it.",
            [("whether the mill was safe", ""), ("the town had checked it", "Lovelace")],
        ),
        ("Lovelace was told by the men that the mill was safe.", [("the mill was safe", "the men")]),
        # one clause, and its neighbour's verb
        (
            "Lovelace advocates a tax on coal; Babbage seeks a loan for the mill.",
            [("a tax on coal", "Lovelace")],
        ),
        # verbs that no list has
        ("By noon the news emerged that the mill had burned.", []),
        ("The smoke that came with it filled the town.", []),
        ("The survey projected that the mill would close.", [("the mill would close", "The survey")]),
        # sources as they are written
        (
            "The mill will close, according to people familiar with the matter.",
            [("The mill will close", "people familiar with the matter")],
        ),
        (
            "Lovelace and Babbage both said the mill was safe.",
            [("the mill was safe", "Lovelace and Babbage")],
        ),
        (
            "Two people briefed on the trip said the mill was safe.",
            [("the mill was safe", "Two people briefed on the trip")],
        ),
    ],
)
def test_what_is_told_and_by_whom(text: str, expected: list[tuple[str, str]]) -> None:
    assert reworded(text) == expected


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("ELBY, Oster: Mayor Ada Lovelace said the mill was closed.", ["Mayor Ada Lovelace"]),
        ("Elby, Oster - Mayor Ada Lovelace praised the plan on Monday.", ["Mayor Ada Lovelace"]),
        ("NEW ELBY, Oster, June 3 — The Guild criticised the plan.", ["The Guild"]),
        ("The anti-coal mayor said it was closed.", ["The anti-coal mayor"]),
    ],
)
def test_where_a_report_is_from_says_nothing(text: str, sources: list[str]) -> None:
    assert [source for _, source in reworded(text)] == sources


def test_a_surname_that_is_a_word_means_its_only_bearer() -> None:
    text = "Ada Lovelace met Charles Prior. Prior wrote that it works. Young people said it fails."
    names = {"Charles Prior": ("prior", "PERSON"), "Ada Lovelace": ("ada", "PERSON")}
    assert speakers(text, names) == [("Prior", "prior"), ("Young people", "unknown")]
    both = text.replace("met", "met Ann Prior and")
    assert speakers(both, names | {"Ann Prior": ("ann", "PERSON")})[0] == ("Prior", "unknown")
    assert speakers(text.replace("Prior wrote", "The prior wrote"), names)[0][1] == "unknown"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“I told him, ‘The mill will hold for good,’” Lovelace said.", [("I", "ada", "nested")]),
        ("“He said, ‘Close the mill tonight,’ and left,” Lovelace said.", [("He", "unknown", "nested")]),
        ("“They may say, ‘Close the mill tonight,’” Lovelace said.", []),
        ('"It was, "he said in a talk on the mill," a bad day for all," Lovelace said.', []),
        ("“The book ‘A Mill of One's Own’ is old,” Lovelace said.", []),
    ],
)
def test_a_quotation_in_a_quotation_has_its_own_source(text: str, inner: list[tuple[str, str, str]]) -> None:
    spans = find(text, ALL_VERBS).query("rule == 'nested'")
    assert list(zip(spans["source"], spans["speaker"], spans["rule"], strict=True)) == inner


def test_a_title_anywhere_in_a_report_tells_whom_a_pronoun_cannot_mean() -> None:
    text = "Mr. Babbage met men.\n\nBabbage left. “We will go home now,” she said. He said it was late."
    names = {"Babbage": ("babbage", "PERSON")}
    assert speakers(text, names) == [("she", "unknown"), ("He", "babbage")]
