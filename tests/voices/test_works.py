import pytest

from helpers.voices.quotations import quote_spans
from helpers.voices.works import is_title


def titles(text: str) -> list[str]:
    verbs = {"said", "added"}
    return [text[q.start : q.end] for q in quote_spans(text) if is_title(text, q.start, q.end, verbs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doe spoke on “Ferry on Air” on Monday.", ["“Ferry on Air”"]),
        ("Her new book, “The Quay,” is out.", ["“The Quay,”"]),
        ("The film “Spotted” won.", ["“Spotted”"]),
        ('Roe read the novel "Who Goes There?" twice.', ['"Who Goes There?"']),
        ("Doe told Elby TV’s “Quay Today” that it is closed.", ["“Quay Today”"]),
        # nobody's title
        ("Doe says the mayor is waging a “War on Roses” in May.", []),
        ("Doe complained that the quay had become “Oster East” by May.", []),
        ("Doe said “Very Well” and left.", []),
        ("“We Go,” said Doe.", []),
        ("Doe called him the “King of the Quay” in May.", []),
        ("The crowd met her with chants of “Close It Now” on Monday.", []),
        ("It is a “quay of shame” for all.", []),
        ("“Closed Quay” is what Doe wrote.", []),
        ("Doe spoke of “Roe” alone.", []),
    ],
)
def test_titles_are_told_from_words_that_are_said(text: str, expected: list[str]) -> None:
    assert titles(text) == expected
