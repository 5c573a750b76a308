import pytest

from helpers.text import turns_of
from helpers.text.segmentation import paragraph_spans
from helpers.text.turns import speaker_turns


def said(text: str) -> list[tuple[str, str]]:
    return [(text[one.label_start : one.label_end], text[one.start : one.end]) for one in turns_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ANNA DOE: Is it open?\n\nBEN ROE: It is.\n\nANNA DOE: Thank you.",
            [("ANNA DOE", "Is it open?"), ("BEN ROE", "It is."), ("ANNA DOE", "Thank you.")],
        ),
        (
            "The talk in full.\n\n**Moderator:** Is it open?\n\n**Mr. Roe:** It is.\n\nAnd it stays so.\n\n"
            "**Moderator:** Thank you.\n\nThe talk ended at noon.",
            [
                ("Moderator", "Is it open?"),
                ("Mr. Roe", "It is."),
                ("Mr. Roe", "And it stays so."),
                ("Moderator", "Thank you."),
            ],
        ),
        (
            "Q: Is it open?\n\nA: It is.\n\n[Laughter]\n\nQ: Since when?\n\nA: Since May.",
            [("Q", "Is it open?"), ("A", "It is."), ("Q", "Since when?"), ("A", "Since May.")],
        ),
        (
            "Speaker 1: Is it open?\nSpeaker 2 (by phone): It is.\nSpeaker 1: Thank you.",
            [("Speaker 1", "Is it open?"), ("Speaker 2 (by phone)", "It is."), ("Speaker 1", "Thank you.")],
        ),
        (
            "The quay is closed — Anna Doe (@annadoe) March 3, 2024",
            [("Anna Doe", "The quay is closed")],
        ),
        (
            "The board spoke.\n\nThe quay is closed!\n\n— Harbour Board (@hboard) 3 May 2024\n\nNothing.",
            [("Harbour Board", "The quay is closed!")],
        ),
    ],
)
def test_turns_are_found_with_their_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Time: Noon.\nPlace: The quay.\nPrice: None at all.",
        "Step 1: Open the gate.\nStep 2: Close it.\nStep 1: Open it again.",
        "Doe: “We were not told.”\nThe board left.",
        "Elby: 2\nOster: 1\nElby: 3\nOster: 0",
        "Correction: It was May.\nCorrection: It was June.\nCorrection: It was July.",
        "The board said this: it is closed.\nThe mayor said that: it is not.\nThe board said this: it is.",
    ],
)
def test_lists_scores_and_sentences_are_no_turns(text: str) -> None:
    assert said(text) == []


def test_what_is_said_after_the_last_label_ends_with_its_line() -> None:
    text = "DOE: Yes.\nROE: No.\nDOE: Why?\nThe hall emptied."
    assert said(text)[-1] == ("DOE", "Why?")
    assert speaker_turns(text, list(paragraph_spans(text)))[-1].end == text.index("\nThe hall")
