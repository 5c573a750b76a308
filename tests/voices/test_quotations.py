from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.voices.quotations import quote_spans


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quote_spans(text)]


def flags(text: str) -> list[str]:
    return [quote.flag for quote in quote_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “We will stay as long as needed.” Then he left.", ["“We will stay as long as needed.”"]),
        ("He said: “...we will stay as long as needed.”", ["“...we will stay as long as needed.”"]),
        ('"We go," he said, "and we stay there."', ['"We go,"', '"and we stay there."']),
        ("He said, **“We will not hesitate to go.”**", ["“We will not hesitate to go.”"]),
        ("Er sagte: „Wir gehen heute nach Hause.“ Dann ging er.", ["„Wir gehen heute nach Hause.“"]),
        ("Er sagte: „Wir gehen heute nach Hause.” Dann ging er.", ["„Wir gehen heute nach Hause.”"]),
        ("Il a dit : « Nous partons demain matin. » Puis rien.", ["« Nous partons demain matin. »"]),
        ("Er sagte: »Wir gehen heute nach Hause.« Dann ging er.", ["»Wir gehen heute nach Hause.«"]),
        ("Han sa: ”Vi går hem i dag.” Sedan gick han.", ["”Vi går hem i dag.”"]),
        ("``We go home tonight,'' he said.", ["``We go home tonight,''"]),
        ("‘‘We go home tonight,’’ he said.", ["‘‘We go home tonight,’’"]),
        ('Patrick said : " It is true . " He left .', ['" It is true . "']),
        (
            "“She told me ‘go home now, please,’ and I went.”",
            ["“She told me ‘go home now, please,’ and I went.”"],
        ),
        (
            "“It reads: “No one may enter.” That is all,” he said.",
            ["“It reads: “No one may enter.” That is all,”"],
        ),
        (
            "\"He cites: 'How often has a small group won.'\"",
            ["\"He cites: 'How often has a small group won.'\""],
        ),
        ("‘We are not going to give in,’ she said.", ["‘We are not going to give in,’"]),
        ("'We aren't going to give in,' she said.", ["'We aren't going to give in,'"]),
        ("‘The workers’ strike will go on,’ he said.", ["‘The workers’ strike will go on,’"]),
        ("‘He told me “no” and left the room,’ she said.", ["‘He told me “no” and left the room,’"]),
        ("He was “tired.” “For us it is over,” she said.", ["“tired.”", "“For us it is over,”"]),
        ('She called it "the end."He left.', ['"the end."']),
        ("They said the “end”—and no more—was near.", ["“end”"]),
        ('"I—" he began. "I cannot say it."', ['"I—"', '"I cannot say it."']),
    ],
)
def test_quotation_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the ‘Operation Sword of Al-Quds’ has begun",
        "music of the '90s and the '80s, rock 'n' roll",
        "He is 6'2\" tall, she is 5' 4\" tall.",
        'A 12" record and a 40" screen.',
        "the workers' and the teachers' unions' demands, 'tis said",
        "It’s the players’ choice, isn’t it?",
    ],
)
def test_marks_that_are_no_speech(text: str) -> None:
    assert quoted(text) == []


def test_inches_inside_a_quotation_do_not_end_it() -> None:
    assert quoted('"He is 6\'2" tall and fast," she said.') == ['"He is 6\'2" tall and fast,"']


def test_paragraphs_that_reopen_go_on_and_are_not_unclosed() -> None:
    text = "He said: “We go.\n\n“We stay.\n\n“We rest.”\n\nHe left."
    assert quoted(text) == ["“We go.", "“We stay.", "“We rest.”"]
    assert [quote.continues for quote in quote_spans(text)] == [False, True, True]
    assert flags(text) == ["scare"] * 3


def test_paragraphs_that_do_not_reopen_go_on_to_the_closing_mark() -> None:
    text = 'He said: "We go home now.\nNobody stays here now.\nAll of us rest." He left.'
    assert quoted(text) == ['"We go home now.', "Nobody stays here now.", 'All of us rest."']


def test_unclosed_quotation_ends_with_its_paragraph_and_is_flagged() -> None:
    text = "He said: “We will not go back.\n\nShe left the room."
    assert quoted(text) == ["“We will not go back."]
    assert flags(text) == ["unclosed"]


def test_long_unclosed_quotation_ends_with_its_sentence() -> None:
    text = "He said: “We will not go back. " + "She walked on and on. " * 60
    assert quoted(text) == ["“We will not go back."]


def test_lost_mark_after_a_nested_quotation_is_flagged_though_the_next_paragraph_opens() -> None:
    text = "He said: “The verse says: “How many!” [2:249].\n\n“You won the day,” he said."
    assert quoted(text) == ["“The verse says: “How many!” [2:249].", "“You won the day,”"]
    assert flags(text) == ["unclosed", ""]


def test_quotations_of_a_text_cut_into_tokens() -> None:
    assert quoted('" We go home , " she said , and left .') == ['" We go home , "']
    assert quoted('He will live on , " she said . He left .') == []


def test_scare_quotes_are_flagged() -> None:
    assert flags("He lauded them for “performing excellently” today.") == ["scare"]


HOSTILE = st.text(alphabet="ab .,\n\"'“”‘’«»„`*19—(", max_size=60)


@given(HOSTILE)
def test_quotations_are_inside_sorted_and_apart(text: str) -> None:
    quotes = quote_spans(text)
    assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))
