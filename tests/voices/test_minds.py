"""Speech and thought that no verb of speech tells: adjectives, polls, views, and misplaced clauses."""

import pytest
from samples import ALL_VERBS, find


def told(text: str) -> list[tuple[str, str, str]]:
    """Return voice, speaker and words of every span, by the whole list of verbs."""
    spans = find(text, ALL_VERBS)
    columns = ("voice", "speaker", "start_char", "end_char")
    return [(v, s, text[a:b]) for v, s, a, b in zip(*(spans[c] for c in columns), strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # adjectives of a mind
        ("Lovelace is worried that the mill will close.", [("indirect", "ada", "the mill will close")]),
        ("Lovelace was ready to sell the mill.", [("indirect", "ada", "to sell the mill")]),
        ("Lovelace was critical of the new plan.", [("speech_act", "ada", "the new plan")]),
        ("It is certain that the mill will close.", []),
        ("Lovelace is sure to win the vote.", []),
        ("Lovelace is upset that the mill closed.", []),
        ("Lovelace is tall.", []),
        # what a poll or a study has found
        (
            "The survey showed the mill losing half of its men.",
            [("indirect", "unknown", "the mill losing half of its men")],
        ),
        ("The mill showed a profit of ten pounds.", []),
        # views and what two clauses have in common
        ("In Lovelace's view, the mill is old.", [("indirect", "ada", "the mill is old")]),
        ("The mill came into view, and the men sang.", []),
        (
            "The mill is old, and the engine is lost, according to Lovelace.",
            [("indirect", "ada", "The mill is old, and the engine is lost")],
        ),
        # complements that the parser hangs on another word
        (
            "Lovelace called for the mill to close.",
            [("indirect", "ada", "the mill to close")],
        ),
        (
            "Lovelace called on the Guild to close the mill.",
            [("indirect", "ada", "the Guild to close the mill")],
        ),
        (
            "Lovelace said in a talk taped on Monday that the mill was safe.",
            [("indirect", "ada", "the mill was safe")],
        ),
        (
            "Lovelace commented on it, denying that it burned.",
            [("speech_act", "ada", "it"), ("indirect", "ada", "it burned")],
        ),
        # judgements with "as"
        (
            "Lovelace saw the vote as a victory for the mill.",
            [("indirect", "ada", "the vote as a victory for the mill")],
        ),
        ("Lovelace saw the mill as she left.", []),
        # what is answered is no hearer
        ("Lovelace responded to the complaints.", [("speech_act", "ada", "the complaints")]),
        ("Lovelace responded to the man.", []),
        ("Lovelace did not respond to requests for comment.", []),
        # a name, a phrase with its noun, and nobody's act
        ("A mill called the Old Engine burned.", []),
        ("Lovelace paid tribute to the men of the mill.", [("speech_act", "ada", "the men of the mill")]),
        ("The harm reveals itself.", []),
    ],
)
def test_told_without_a_verb_of_speech(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_a_verb_with_its_own_object_is_no_remark_on_the_clause_above() -> None:
    assert ("indirect", "ada", "The mill burned") not in told(
        "The mill burned just as Lovelace announced a fair."
    )
    assert ("indirect", "ada", "The mill burned") in told("The mill burned, as Lovelace noted.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a sentence in front of a semicolon is not told by the verb behind it
        (
            "The mill is lost; Lovelace said that the men will leave.",
            [("indirect", "ada", "the men will leave")],
        ),
        # who is dismissed loses a post; what is dismissed is spoken of
        ("Lovelace dismissed Charles Babbage last year.", []),
        ("Lovelace dismissed the claim last year.", [("speech_act", "ada", "the claim")]),
        # "she said" is not what the paper tells
        (
            "“We have lost the mill and all the men,” Lovelace said, according to the paper.",
            [("direct", "ada", "“We have lost the mill and all the men,”")],
        ),
        # who is fined for praising something has praised it
        ("The Guild fined Lovelace for praising the plan.", ("speech_act", "ada", "the plan")),
        ("The heat is affecting how the mill runs.", []),
    ],
)
def test_what_a_verb_does_not_tell(text: str, expected: list | tuple) -> None:
    found = told(text)
    assert expected in found if isinstance(expected, tuple) else found == expected


def test_a_short_sentence_that_is_a_quotation_goes_on_with_the_speaker() -> None:
    text = "“This is not for all of us,” Lovelace said. “Men should work.” The “new mill” burned."
    assert [speaker for _, speaker, _ in told(text)] == ["ada", "ada", "unknown"]
