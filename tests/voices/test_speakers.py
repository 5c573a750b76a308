import pytest
from samples import find


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ("Lovelace said, “We will go home now.”", "ada", "subject"),
        ("Mr Charles Babbage, the old man, said: “We will go home now.”", "babbage", "subject"),
        ("Meeting the Guild, Lovelace told the men: “We will go home now.”", "ada", "subject"),
        ("At the end of talks with Babbage, Ms Lovelace said, “We will go home now.”", "ada", "subject"),
        ("“We will go home now,” Lovelace said.", "ada", "subject"),
        ("“We will go home now,” said Ada Lovelace, head of the Mills.", "ada", "subject"),
        ("“We will go home now,” said a man who knows Babbage.", "unknown", "subject"),
        ("Lovelace met Babbage. She said: “We will go home now.”", "unknown", "pronoun"),
        ("Lovelace praised the men, saying, “We will go home now.”", "ada", "subject"),
        ("Lovelace, Babbage and others said: “We will go home now.”", "unknown", "several"),
        ("Lovelace and Babbage said: “We will go home now.”", "unknown", "several"),
        ("The brother of Babbage said: “We will go home now.”", "unknown", "subject"),
        ("“Will we go home now?” Lovelace said. The mill closed.", "ada", "subject"),
        ("“We will go home now,” Lovelace's office said in a note.", "unknown", "subject"),
        ("A man of the Guild said: “We will go home now.”", "unknown", "subject"),
        ("Lovelace met Babbage, who said: “We will go home now.”", "babbage", "subject"),
        ("Lovelace, whose mill has closed, said: “We will go home now.”", "ada", "subject"),
        ("She said: “We will go home now.”", "unknown", "pronoun"),
    ],
)
def test_speakers_and_the_rules_that_name_them(text: str, speaker: str, rule: str) -> None:
    direct = find(text).query("voice == 'direct'")
    assert list(zip(direct["speaker"], direct["rule"], strict=True)) == [(speaker, rule)]
    assert (direct["source"] != "").all()


def test_pronoun_means_the_only_person_of_its_paragraph() -> None:
    text = "Lovelace said it is over. " + "The mill is old. " * 6 + "She said: “We will go home now.”"
    assert find(text).query("voice == 'direct'")["speaker"].tolist() == ["ada"]


def test_pronoun_of_a_thing_is_no_person() -> None:
    assert find("The Guild met. He said: “We will go home now.”")["speaker"].tolist() == ["unknown"]


def test_turns_of_a_transcript_are_said_by_their_labels() -> None:
    text = (
        "Ada Lovelace met the Guild.\n\nLOVELACE: Is the mill open?\n\nTHE GUILD: It is. “Very,” as you say."
        "\n\nLOVELACE: Thank you.\n\nTHE CLERK: We close."
    )
    spans = find(text)
    said = [text[a:b] for a, b in zip(spans["start_char"], spans["end_char"], strict=True)]
    assert said == ["Is the mill open?", "It is. “Very,” as you say.", "Thank you.", "We close."]
    assert spans["speaker"].tolist() == ["ada", "guild", "ada", "unknown"]
    assert spans["source"].tolist() == ["LOVELACE", "THE GUILD", "LOVELACE", "THE CLERK"]
    assert set(spans["rule"]) == {"turn"} and spans["confidence"].isna().all()


def test_a_verb_that_no_list_has_names_who_says_a_quotation() -> None:
    spans = find("“Must the mill be so old!” sighed Lovelace, looking at the roof.")
    assert spans[["speaker", "cue"]].to_numpy().tolist() == [["ada", "sighed"]]


def test_a_programme_is_not_quoted() -> None:
    spans = find("Lovelace said on “Mills at Noon” that the mill will open.")
    assert spans["voice"].tolist() == ["indirect"]
