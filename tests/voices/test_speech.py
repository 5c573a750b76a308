import pytest
from samples import ALL_VERBS, find, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a clause is indirect, a noun phrase is a speech act
        ("Lovelace said that the engine works.", [("indirect", "ada", "the engine works")]),
        ("Lovelace said the engine is ready.", [("indirect", "ada", "the engine is ready")]),
        ("Lovelace praised the men of the mill.", [("speech_act", "ada", "the men of the mill")]),
        ("Lovelace honored the memory of the dead.", [("speech_act", "ada", "the memory of the dead")]),
        ("Lovelace denied the charge.", [("speech_act", "ada", "the charge")]),
        ("Lovelace denied that she knew.", [("indirect", "ada", "she knew")]),
        ("Lovelace called the engine a great work.", [("indirect", "ada", "the engine a great work")]),
        ("Lovelace highlighted the need for coal.", [("speech_act", "ada", "the need for coal")]),
        ("Lovelace called for calm.", [("speech_act", "ada", "calm")]),
        (
            "Lovelace expressed gratitude for the help.",
            [("speech_act", "ada", "gratitude for the help")],
        ),
        # one subject, several verbs
        (
            "Lovelace praised the men and said that the mill will open.",
            [("speech_act", "ada", "the men"), ("indirect", "ada", "the mill will open")],
        ),
        (
            "Lovelace said the mill is old, adding that it will close.",
            [("indirect", "ada", "the mill is old"), ("indirect", "ada", "it will close")],
        ),
        ("Lovelace, for her part, praised the men.", [("speech_act", "ada", "the men")]),
        ("Ada Lovelace, a writer of note, said that it works.", [("indirect", "ada", "it works")]),
        # speech before its verb
        ("The mill will open soon, Lovelace said.", [("indirect", "ada", "The mill will open soon")]),
        ("The mill will be open soon, said Lovelace.", [("indirect", "ada", "The mill will be open soon")]),
        (
            "The mill will be open soon, police said Friday.",
            [("indirect", "unknown", "The mill will be open soon")],
        ),
        # others
        ("According to Lovelace, the mill is old.", [("indirect", "ada", "the mill is old")]),
        ("The mill is old, according to Lovelace.", [("indirect", "ada", "The mill is old")]),
        ("The plan was rejected by the Guild on Monday.", [("speech_act", "guild", "The plan")]),
        ("A man told the Guild that the mill burned.", [("indirect", "unknown", "the mill burned")]),
        (
            "While Lovelace praised it, Babbage denied it.",
            [("speech_act", "ada", "it"), ("speech_act", "babbage", "it")],
        ),
        (
            "The mill, Lovelace said, is close to ruin.",
            [("indirect", "ada", "The mill"), ("indirect", "ada", "is close to ruin")],
        ),
        ("Lovelace refused to praise the men.", [("indirect", "ada", "to praise the men")]),
        ("It was reported that the mill burned.", [("indirect", "unknown", "the mill burned")]),
        (
            "The mill is said to have burned.",
            [("indirect", "unknown", "The mill"), ("indirect", "unknown", "to have burned")],
        ),
        # nouns
        (
            "Men heard a warning from Lovelace that the mill was not safe.",
            [("indirect", "ada", "the mill was not safe")],
        ),
        ("The Guild made a promise to reopen the mill.", [("indirect", "guild", "to reopen the mill")]),
        (
            "Referring to coal, Lovelace said that it ends.",
            [("speech_act", "ada", "coal"), ("indirect", "ada", "it ends")],
        ),
        ("Lovelace told reporters on Monday that it works.", [("indirect", "ada", "it works")]),
    ],
)
def test_reworded_speech(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The report on the mill was long.",
        "Lovelace would not say that it works.",
        "The claim of the Guild was old.",
        "The fact that the mill burned was known.",
        "The mill, praised by many, burned.",
        "Haniyeh and Sayyed Ali Felt met the men.",
    ],
)
def test_verbs_that_report_nothing(text: str) -> None:
    assert told(text) == []


def test_said_in_a_note_reports_no_clause() -> None:
    assert [voice for voice, *_ in told("“We will go home now,” Lovelace's office said in a note.")] == [
        "direct"
    ]


def test_a_day_is_no_part_of_what_is_announced() -> None:
    text = "Lovelace announced on Friday the sale of the mill."
    spans = find(text, ALL_VERBS)
    assert [text[a:b] for a, b in zip(spans["start_char"], spans["end_char"], strict=True)] == [
        "the sale of the mill"
    ]


def test_every_form_belongs_to_one_verb() -> None:
    forms = ALL_VERBS["forms"].str.split("|").explode()
    assert forms[forms.duplicated()].tolist() == []
    assert not forms.str.strip().eq("").any()
