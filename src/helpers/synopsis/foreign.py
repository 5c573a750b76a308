"""Numbers and dates of reports in other languages than English, by what they say."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from helpers.synopsis.locales import Writing, writing_of
from helpers.synopsis.values import Moment, Quantity, dated
from helpers.text import words_in

__all__ = ["Told", "told_in"]
_DIGITS = r"\d+(?:[.,٫٬'’\u00a0\u202f ]\d{3})*(?:[.,٫]\d+)?"
_EASTERN = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
_NUMBER_CHARS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_STEPS = {"十": 1e1, "百": 1e2, "千": 1e3}
_HIGH = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
_SIGNS = {"€": "€", "$": "$", "£": "£", "¥": "¥", "%": "%", "٪": "%", "％": "%"}
_YEAR = re.compile(r"(?:1[3-9]|20|14)\d\d")
_EAST_DATE = re.compile(r"(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")
_LINKS = re.compile(r"^(?:de |d['’]|di |do |da |of |من |از )")
STEM = 5


class Told(NamedTuple):
    """A number or date in a text: where, of which kind, what it counts, its value."""

    start: int
    end: int
    kind: str
    key: str
    value: Quantity | Moment


def told_in(text: str, language: str, published: str) -> list[Told]:
    """Return the numbers that count something and the dates of a text, in order; none where it is unread.

    >>> [(t.key, t.value.value) for t in told_in("Es kostete 48 Millionen Euro.", "de", "unknown")]
    [('€', 48000000.0)]
    >>> [(t.key, t.value.value) for t in told_in("費用は5200万ユーロだ。", "ja", "unknown")]
    [('€', 52000000.0)]
    """
    writing = writing_of(language)
    if writing is None:
        return []
    dates = list(_dates(text, language, published))
    taken = [(told.start, told.end) for told in dates]
    numbers = [
        told
        for told in _numbers(text, language, writing)
        if not any(told.start < end and start < told.end for start, end in taken)
    ]
    return sorted([*dates, *numbers], key=lambda told: (told.start, told.end))


@cache
def _date_expression(language: str) -> re.Pattern[str] | None:
    """Return the expression of a language's dates: a day and month, a weekday, today or yesterday."""
    writing = writing_of(language)
    if writing is None:
        return None
    months, weekdays, days = (_any_of(names) for names in (writing.months, writing.weekdays, writing.days))
    of = r"(?:\s(?:de|di|of|من))?\s?"
    left, right = ("", "") if writing.unspaced else (rf"(?<!\w){writing.prefixes}", r"(?!\w)")
    ends = r"\w{0,3}" if writing.inflected else ""
    parts = []
    if months:
        day = r"(?P<day>\d{1,2})(?:\.|º|er|-?го)?\s(?:de\s)?"
        parts.append(rf"{day}{writing.prefixes}(?P<month>{months})(?:{of}(?P<year>\d{{4}}))?")
    if weekdays:
        parts.append(rf"{left}(?P<weekday>{weekdays}){ends}{right}")
    if days:
        parts.append(rf"{left}(?P<relative>{days}){right}")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _any_of(names: dict[str, int] | dict[str, float] | dict[str, str]) -> str:
    """Return an expression of any of the names, the longest first; blanks may be any blank."""
    return "|".join(
        re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=lambda n: (-len(n), n))
    )


def _dates(text: str, language: str, published: str) -> Iterator[Told]:
    """Yield the dates of a text."""
    for match in _EAST_DATE.finditer(text):
        year, month, day = match.groups()
        found = Moment(int(year) if year else None, int(month), int(day))
        yield Told(*match.span(), "date", "", dated(found, published))
    expression, writing = _date_expression(language), writing_of(language)
    if expression is None or writing is None:
        return
    for match in expression.finditer(text):
        said = {name: value for name, value in match.groupdict().items() if value}
        if "weekday" in said:
            found = Moment(weekday=writing.weekdays[_plain(said["weekday"])])
        elif "relative" in said:
            found = dated(Moment(), published, shift=writing.days[_plain(said["relative"])])
        else:
            year = int(said["year"]) if "year" in said else None
            found = dated(Moment(year, writing.months[_plain(said["month"])], int(said["day"])), published)
        if found != Moment():
            yield Told(*match.span(), "date", "", found)


def _plain(name: str) -> str:
    """Return a name as it is listed."""
    return re.sub(r"\s", " ", name.casefold())


@cache
def _number_expression(language: str) -> re.Pattern[str]:
    """Return the expression of a language's numbers: sign of money, digits, scale."""
    writing = writing_of(language)
    scales = _any_of(writing.scales) if writing and writing.scales else "(?!)"
    if writing and writing.unspaced:
        digits, left, scaled = rf"{_DIGITS}|[{_EASTERN}]+", r"(?<![0-9.,])", rf"\s?(?P<scale>{scales})"
    else:
        digits, left, scaled = _DIGITS, r"(?<![\w.,])", rf"\s(?P<scale>{scales})\w{{0,3}}\.?(?!\w)"
    prefix = rf"(?:(?<!\w){writing.prefixes}-?)" if writing and writing.prefixes else ""
    left = rf"(?:{prefix}|{left})" if prefix else left
    return re.compile(rf"{left}(?P<sign>[€$£¥]\s?)?(?P<digits>{digits})(?:{scaled})?", re.IGNORECASE)


def _numbers(text: str, language: str, writing: Writing) -> Iterator[Told]:
    """Yield the numbers that count something, with their hedges."""
    expression = _number_expression(language)
    for match in expression.finditer(text):
        digits, scale = match["digits"], match["scale"]
        value = _value(digits, writing)
        if value is None:
            continue
        if scale:
            value *= writing.scales[_plain(scale)]
        unit, end = _unit(text, match.end(), writing)
        unit = _SIGNS.get((match["sign"] or "").strip(), unit)
        if not unit or (
            not scale and unit not in ("€", "$", "£", "¥", "%") and _YEAR.fullmatch(_latin(digits))
        ):
            continue
        hedge, start = _hedge(text, match.start("sign" if match["sign"] else "digits"), match.end(), writing)
        yield Told(start, end, "number", unit, Quantity(value, hedge))


def _latin(digits: str) -> str:
    """Return digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in digits)


def _value(digits: str, writing: Writing) -> float | None:
    """Return the value of digits as a language writes them, or of a number in Chinese characters."""
    if not digits[0].isdecimal():
        # One figure alone is as often a part of a word: 一些, 一部.
        return _eastern(digits) if len(digits) > 1 or digits in "十百千" else None
    latin = _latin(digits).replace("٫", ".").replace("٬", "")
    latin = re.sub(r"[\s'’]", "", latin)
    for group, decimal in ((writing.group, writing.decimal), (writing.decimal, writing.group)):
        grouped = re.escape(group) if group.strip() else "(?!)"
        if re.fullmatch(rf"\d{{1,3}}(?:{grouped}\d{{3}})+(?:{re.escape(decimal)}\d+)?", latin):
            return float(latin.replace(group, "").replace(decimal, "."))
        if re.fullmatch(rf"\d+{re.escape(decimal)}\d+", latin) and decimal.strip():
            return float(latin.replace(decimal, "."))
    return float(latin) if latin.isdecimal() else None


def _eastern(digits: str) -> float | None:
    """Return the value of a number in Chinese characters.

    >>> _eastern("二万"), _eastern("五十"), _eastern("两千三百")
    (20000.0, 50.0, 2300.0)
    """
    total = section = 0.0
    figure: float | None = None
    for char in digits:
        if char in _NUMBER_CHARS:
            figure = (figure or 0.0) * 10 + _NUMBER_CHARS[char]
        elif char in _STEPS:
            section, figure = section + (1.0 if figure is None else figure) * _STEPS[char], None
        else:
            total, section, figure = total + ((section + (figure or 0.0)) or 1.0) * _HIGH[char], 0.0, None
    return total + section + (figure or 0.0)


def _unit(text: str, end: int, writing: Writing) -> tuple[str, int]:
    """Return what a number counts, empty where nothing follows, and where it ends."""
    rest = text[end : end + 60]
    gap = len(rest) - len(rest.lstrip(" \xa0\u202f"))
    sign = _SIGNS.get(rest[gap : gap + 1], "")
    if sign:
        return sign, end + gap + 1
    passed = next((words for words in writing.after if rest[gap:].startswith(words)), "")
    gap += len(passed)
    plain = rest[gap:].casefold().lstrip(" ")
    link = _LINKS.match(plain)
    plain = plain[link.end() :] if link else plain
    for name in sorted(writing.money, key=len, reverse=True):
        if plain.startswith(name):
            return writing.money[name], end
    if writing.unspaced:
        character = re.match(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", plain)
        return (
            (character.group(), end)
            if character and character.group() not in "年月日号時时分の、"
            else ("", end)
        )
    word = next(iter(words_in(plain)), "")
    follows = bool(word) and plain.startswith(word) and not word[0].isdigit()
    return (word[:STEM] if follows else "", end)


def _hedge(text: str, start: int, end: int, writing: Writing) -> tuple[str, int]:
    """Return how a number is hedged and where it then begins."""
    before, after = text[max(0, start - 24) : start].casefold(), text[end : end + 16].casefold()
    for words in sorted(writing.before, key=len, reverse=True):
        left, gap = ("", r"\s?") if writing.unspaced else (r"(?<!\w)", r"[\s'’-]?" if len(words) > 1 else "")
        found = re.search(rf"{left}{re.escape(words)}{gap}$", before)
        if found:
            return writing.before[words], start - (len(before) - found.start())
    for words in sorted(writing.after, key=len, reverse=True):
        if re.match(rf"['’\s]?{re.escape(words)}", after):
            return writing.after[words], start
    return "", start
