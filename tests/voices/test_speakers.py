import pytest
from samples import find


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ("Lovelace said, “We will go home now.”", "ada", "name"),
        ("Mr Charles Babbage, the old man, said: “We will go home now.”", "babbage", "apposition"),
        ("Meeting the Guild, Lovelace told the men: “We will go home now.”", "ada", "name"),
        ("At the end of talks with Babbage, Ms Lovelace said, “We will go home now.”", "ada", "name"),
        ("“We will go home now,” Lovelace said.", "ada", "name"),
        ("“We will go home now,” said Ada Lovelace, head of the Mills.", "ada", "inverted"),
        ("“We will go home now,” said a man who knows Babbage.", "unknown", "none"),
        ("Lovelace met Babbage. She said: “We will go home now.”", "ada", "pronoun"),
        ("Lovelace praised the men, saying, “We will go home now.”", "ada", "shared subject"),
        ("Lovelace, Babbage and others said: “We will go home now.”", "unknown", "none"),
        ("Lovelace and Babbage said: “We will go home now.”", "unknown", "several"),
        ("The brother of Babbage said: “We will go home now.”", "unknown", "none"),
        ("“Will we go home now?” Lovelace said. The mill closed.", "ada", "name"),
        ("“We will go home now,” Lovelace's office said in a note.", "unknown", "none"),
        ("A man of the Guild said: “We will go home now.”", "unknown", "none"),
        ("Lovelace met Babbage, who said: “We will go home now.”", "babbage", "name"),
        ("Lovelace, whose mill has closed, said: “We will go home now.”", "ada", "apposition"),
        ("She said: “We will go home now.”", "unknown", "none"),
    ],
)
def test_speakers_and_the_rules_that_name_them(text: str, speaker: str, rule: str) -> None:
    direct = find(text).query("voice == 'direct'")
    assert list(zip(direct["speaker"], direct["rule"], strict=True)) == [(speaker, rule)]
    assert (direct["confidence"] > 0).tolist() == [speaker != "unknown"]


def test_pronoun_is_left_alone_when_its_name_is_far() -> None:
    text = "Lovelace said it is over. " + "The mill is old. " * 6 + "She said: “We will go home now.”"
    assert find(text).query("voice == 'direct'")["speaker"].tolist() == ["unknown"]


def test_pronoun_of_a_thing_is_no_person() -> None:
    assert find("The Guild met. He said: “We will go home now.”")["speaker"].tolist() == ["unknown"]
