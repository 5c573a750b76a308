"""Numbers and dates in other languages, on invented sentences."""

import pytest

from helpers.synopsis.foreign import told_in
from helpers.synopsis.values import Moment, Quantity


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("de", "Das Dach kostete 1,5 Millionen Euro.", 1.5e6, "€"),
        ("fr", "Le toit a coûté 3 millions d'euros.", 3e6, "€"),
        ("es", "El tejado costó 3 millones de euros.", 3e6, "€"),
        ("ru", "Крыша обошлась в 3 миллиона евро.", 3e6, "€"),
        ("ar", "كلف السقف 3 ملايين يورو.", 3e6, "€"),
        ("fa", "سقف ۳ میلیون یورو هزینه داشت.", 3e6, "€"),
        ("he", "הגג עלה 3 מיליון אירו.", 3e6, "€"),
        ("tr", "Çatı 3 milyon avroya mal oldu.", 3e6, "€"),
        ("zh", "屋顶耗资300万欧元。", 3e6, "€"),
        ("ja", "屋根には300万ユーロかかった。", 3e6, "€"),
        ("hi", "छत पर 30 लाख यूरो खर्च हुए।", 3e6, "€"),
    ],
)
def test_sums_of_money(language: str, text: str, value: float, unit: str) -> None:
    (told,) = told_in(text, language, "unknown")
    assert (told.value, told.key, told.kind) == (Quantity(value, ""), unit, "number")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am Montag, dem 4. März 2024", [Moment(weekday=0), Moment(2024, 3, 4)]),
        ("fr", "lundi 4 mars 2024", [Moment(weekday=0), Moment(2024, 3, 4)]),
        ("es", "el lunes 4 de marzo de 2024", [Moment(weekday=0), Moment(2024, 3, 4)]),
        ("ru", "в среду, 6 марта 2024 года", [Moment(weekday=2), Moment(2024, 3, 6)]),
        ("ja", "2024年3月4日の月曜日", [Moment(2024, 3, 4), Moment(weekday=0)]),
        ("he", "ביום שני, 4 במרץ 2024", [Moment(weekday=0), Moment(2024, 3, 4)]),
        ("xx", "4 March 2024", []),
    ],
)
def test_dates(language: str, text: str, expected: list[Moment]) -> None:
    assert [told.value for told in told_in(text, language, "unknown")] == expected


@pytest.mark.parametrize(
    ("language", "text", "hedge"),
    [
        ("de", "mehr als 200 Leute", "more"),
        ("fr", "environ 200 personnes", "about"),
        ("tr", "200 binden fazla kişi", "more"),
        ("zh", "约二百名观众", "about"),
        ("zh", "两百多人", "more"),
        ("he", "יותר מ-200 אנשים", "more"),
        ("fa", "بیش از ۲۰۰ نفر", "more"),
    ],
)
def test_hedges(language: str, text: str, hedge: str) -> None:
    (told,) = told_in(text, language, "unknown")
    assert isinstance(told.value, Quantity) and told.value.hedge == hedge


def test_a_year_and_a_part_of_a_word_count_nothing() -> None:
    assert told_in("Im Winter 2021 geschah es.", "de", "unknown") == []
    assert told_in("一些居民", "zh", "unknown") == []
