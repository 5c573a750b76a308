"""Who speaks by what is right beside a quotation, and speech that was not made: invented sentences."""

import pytest
from samples import ALL_VERBS, find


def direct(text: str) -> list[tuple[str, str]]:
    """Return the words of every quotation and those that name its source."""
    spans = find(text, ALL_VERBS).query("voice == 'direct'")
    places = zip(spans["start_char"], spans["end_char"], spans["source"], strict=True)
    return [(text[a:b], source) for a, b, source in places]


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
