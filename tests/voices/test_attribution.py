import pytest
from samples import find


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ("Lovelace said it is over. “We will go home now.”", "ada", "before"),
        ("Lovelace: “We will go home now.”", "ada", "subject"),
    ],
)
def test_speakers_known_from_a_colon_or_the_sentence_before(text: str, speaker: str, rule: str) -> None:
    direct = find(text).query("voice == 'direct'")
    assert list(zip(direct["speaker"], direct["rule"], strict=True)) == [(speaker, rule)]


def test_quotation_with_its_speaker_in_the_middle() -> None:
    direct = find("“We go home now,” Lovelace said, “and we all stay there.”")
    assert direct["speaker"].tolist() == ["ada", "ada"]


def test_quotation_that_goes_on_in_the_next_paragraph_keeps_its_speaker() -> None:
    direct = find("Lovelace said: “We go home now.\n\n“We all stay there.”")
    assert direct["speaker"].tolist() == ["ada", "ada"]
    assert direct["rule"].tolist() == ["subject", "continued"]
