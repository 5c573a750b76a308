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
