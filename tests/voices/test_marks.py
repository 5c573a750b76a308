"""Quotation marks of other languages, on invented sentences."""

import pytest

from helpers.voices.quotations import quote_spans


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "館長は「本は『宝』だ」と語った。", ["「本は『宝』だ」"]),
        ("zh", "馆长说：「图书馆星期一开门。」", ["「图书馆星期一开门。」"]),
        ("de", "»Wir öffnen am Montag«, sagte sie.", ["»Wir öffnen am Montag«"]),
        ("fr", "‹ Nous ouvrons lundi ›, a-t-elle dit.", ["‹ Nous ouvrons lundi ›"]),
        ("fa", "او گفت: «کتابخانه دوشنبه باز می‌شود.»", ["«کتابخانه دوشنبه باز می‌شود.»"]),
        ("he", "היא אמרה: ״הספרייה תיפתח ביום שני״.", ["״הספרייה תיפתח ביום שני״"]),
        ("he", 'יו"ר הוועד ומנכ״לית הספרייה הודיעו.', []),
        ("he", 'נכתב ב"דבר" כי צה"ל יסייע.', ['"דבר"']),
        ("hi", "उन्होंने कहा, “पुस्तकालय सोमवार को खुलेगा।”", ["“पुस्तकालय सोमवार को खुलेगा।”"]),
        ("tr", "“Pazartesi açıyoruz” dedi.", ["“Pazartesi açıyoruz”"]),
        ("es", "Abrió. —Hay sitio para todos —dijo ella. Siguió.", ["—Hay sitio para todos"]),
        ("es", "La sala —dijo ella— es grande. Los costes —9 euros— suben.", []),
        (
            "ru",
            "— Мы откроемся, — сказала она. — Ждём всех.",
            ["— Мы откроемся,", "— Ждём всех."],
        ),
        ("fr", "— Quand ?\n— Lundi.", ["— Quand ?", "— Lundi."]),
        ("en", "— Quickly done — as ever.", []),
    ],
)
def test_marks_of_languages(language: str, text: str, expected: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in quote_spans(text, language)] == expected


def test_words_without_blanks_are_counted_as_words() -> None:
    assert [quote.flag for quote in quote_spans("「図書館は月曜日に開く」と「本」", "ja")] == ["", "scare"]


def test_a_paragraph_that_is_set_apart_is_a_quotation():
    text = (
        "The statement reads:\n\n> We will shut the quay on Monday.\n\nShe left.\n\n> “It is safe.”\n\nx > y"
    )
    found = [text[quote.start : quote.end] for quote in quote_spans(text)]
    assert found == ["We will shut the quay on Monday.", "“It is safe.”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Post reports:\n\nThe quay is closed until the end of May.\n\nIt rains.",
            ["The quay is closed until the end of May."],
        ),
        (
            "Doe wrote on her page on Monday:\n\nThe quay is closed until the end of May.",
            ["The quay is closed until the end of May."],
        ),
        # marks, lists, headings and links are none
        ("The Post reports:\n\n“The quay is closed until May.”", ["“The quay is closed until May.”"]),
        ("The Post reports:\n\n- The quay is closed until the end of May.", []),
        ("The Post reports:\n\nOther news of the day in short", []),
        ("The winners are:\n\nThe quay is closed until the end of May.", []),
        ("The Post reports: \n\nDoe spoke to the council on Monday and said:", []),
    ],
)
def test_a_line_leads_into_a_paragraph_without_marks(text: str, expected: list[str]) -> None:
    quotes = quote_spans(text, "en")
    assert [text[quote.start : quote.end] for quote in quotes] == expected
    assert all(quote.flag == ("" if "“" in text else "unmarked") for quote in quotes)
    assert not [quote for quote in quote_spans(text, "de") if quote.flag == "unmarked"]
