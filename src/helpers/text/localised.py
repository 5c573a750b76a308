"""Dates and languages as people and databases write them, as ISO 8601 and ISO 639."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from functools import cache

from babel import Locale, UnknownLocaleError

from helpers.text.problems import is_date

__all__ = ["day_first", "iso_date", "language_code"]
# The languages in which months and languages are known by name.
SPOKEN = (
    "en fr de es pt it nl da nb sv fi is pl cs sk sl hr hu ro lt lv et tr el ru uk bg sr ar fa he hi id vi "
    "ca eu gl ja zh ko"
).split()
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120,
    "eet": 120, "eest": 180, "msk": 180, "ist": 330, "jst": 540, "est": -300, "edt": -240, "cst": -360,
    "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "aest": 600, "aedt": 660,
}  # fmt: skip
# Years of Iran's calendar that a date of four numbers first is read by: 1964 to 2031. No report is of those
# years by another solar calendar, and of the lunar one from 1411 on it may be.
SOLAR_YEARS = range(1343, 1411)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap])?\.?(?:m\.?)?\s{0,3}"
    r"(?:\(?([A-Za-z]{1,4})\b\)?)?\s{0,3}([+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?")
_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


def _bare(word: str) -> str:
    """Return a word without case, accents and its last period."""
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in split if not unicodedata.combining(char)).rstrip(".")


@cache
def _months() -> dict[str, int]:
    """Return the number of a month by its name in the SPOKEN languages; a name of two months is left out."""
    known: dict[str, set[int]] = {}
    for code in SPOKEN:
        months = Locale(code).months
        for names in (
            months[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")
        ):
            for number, name in names.items():
                if not any(char.isdigit() for char in name):
                    known.setdefault(_bare(name), set()).add(number)
    known["sept"] = {9}
    return {name: min(numbers) for name, numbers in known.items() if len(numbers) == 1}


def iso_date(text: str, *, first: str = "") -> str:
    """Return a date as ISO 8601, with its time where one is written; nothing where it cannot be told.

    `first` says what comes first where a date is written in numbers: "day", "month", or nothing, which reads
    03/04/2025 as neither. A time without a zone stays without one.

    >>> iso_date("March 4, 2025 Tuesday 10:30 AM GMT"), iso_date("mardi 4 mars 2025")
    ('2025-03-04T10:30+00:00', '2025-03-04')
    >>> iso_date("04.03.2025"), iso_date("03/04/2025"), iso_date("25/04/2025"), iso_date("20250304")
    ('2025-03-04', '', '2025-04-25', '2025-03-04')
    """
    text = " ".join(text.split())
    if not text or (is_date(text) and int(text[:4]) not in SOLAR_YEARS):
        return text
    loose = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", re.sub(r"(\d) (?=[+-]\d{2}:?\d{2}$|Z$)", r"\1", text))
    if is_date(loose) and int(loose[:4]) not in SOLAR_YEARS:
        return loose
    stamp = _STAMP.fullmatch(text)
    if stamp:
        day = _checked(*map(int, stamp.groups()[:3]))
        return (
            f"{day}T{stamp[4]}:{stamp[5]}" + ("Z" if text.endswith("Z") else "") if day and stamp[4] else day
        )
    day, rest = _day(text, first)
    return day and day + _clock(rest)


def _day(text: str, first: str) -> tuple[str, str]:
    """Return the day written in a text, and the text without it."""
    asian = _ASIAN.search(text)
    if asian:
        return _checked(*map(int, asian.groups())), text.replace(asian.group(), " ", 1)
    numbers = _NUMBERS.search(text)
    if numbers:
        one, mark, two, three = numbers.groups()
        return _of_numbers(one, mark, two, three, first), text.replace(numbers.group(), " ", 1)
    return _of_named_month(text)


def _of_named_month(text: str) -> tuple[str, str]:
    """Return the day or month of a date whose month is a word, with a year near it; the text without them."""
    words = re.findall(r"[^\W\d_]+\.?|\d+", text)
    months = _months()
    for k, word in enumerate(words):
        month = months.get(_bare(word))
        near = [w for w in (*words[max(k - 2, 0) : k], *words[k + 1 : k + 4]) if w.isdigit()]
        years = [w for w in near if len(w) == 4]
        days = [w for w in near if len(w) <= 2]
        if month and years:
            day = _checked(int(years[0]), month, int(days[0])) if days else f"{years[0]}-{month:02}"
            return day, re.sub(rf"\b(?:{re.escape(word)}|{years[0]})(?!\w)", " ", text)
    return "", text


def _of_numbers(one: str, mark: str, two: str, three: str, first: str) -> str:
    """Return the day of three numbers, whichever stands first, as far as it can be told."""
    if len(one) == 4:
        year, month, day = int(one), int(two), int(three)
        return _of_iran(year, month, day) if year in SOLAR_YEARS else _checked(year, month, day)
    if len(three) != 4:
        return ""
    a, b, year = int(one), int(two), int(three)
    if first == "month" or (not first and mark != "." and b > 12):
        return _checked(year, a, b)
    if first == "day" or mark == "." or a > 12 or a == b:
        return _checked(year, b, a)
    return ""


def _of_iran(year: int, month: int, day: int) -> str:
    """Return a day of Iran's calendar as ISO 8601, or nothing where it has none such.

    By the cycle of 33 years with 8 leap years, right from 1343 to 1472 (K. M. Borkowski, The Persian calendar
    for 3000 years, Earth, Moon and Planets 74, 1996).

    >>> _of_iran(1403, 12, 14), _of_iran(1403, 12, 30), _of_iran(1402, 12, 30)
    ('2025-03-04', '2025-03-20', '')
    """
    leap = (25 * year + 11) % 33 < 8
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30 if month < 12 or leap else 29)):
        return ""
    before = 365 * (year - 1343) + sum((25 * y + 11) % 33 < 8 for y in range(1343, year))
    in_year = 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    return (date(1964, 3, 21) + timedelta(days=before + in_year)).isoformat()


def _checked(year: int, month: int, day: int) -> str:
    """Return a day of the calendar as ISO 8601, or nothing where it has none such."""
    text = f"{year:04}-{month:02}-{day:02}"
    return text if is_date(text) else ""


def _clock(text: str) -> str:
    """Return the time of day written in a text, as the end of an ISO 8601 date, or nothing."""
    found = _CLOCK.search(text)
    if not found:
        return ""
    hour, minute = int(found[1]), int(found[2])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return ""
    zone = ""
    if found[6]:
        zone = found[6] if ":" in found[6] else f"{found[6][:3]}:{found[6][3:]}"
    elif found[5] and found[5].lower() in _ZONES:
        offset = timezone(timedelta(minutes=_ZONES[found[5].lower()]))
        zone = datetime(2000, 1, 1, tzinfo=offset).isoformat()[-6:]
    return f"T{hour:02}:{minute:02}{zone}"


def day_first(cells: list[str]) -> str:
    """Return "day" or "month" for dates in numbers: what all of them allow, or nothing.

    >>> day_first(["03/04/2025", "25/04/2025"]), day_first(["03/04/2025"])
    ('day', '')
    """
    found = [match for match in map(_NUMBERS.search, cells) if match and len(match[4]) == 4]
    over = {
        ("day" if int(match[1]) > 12 else "month")
        for match in found
        if max(int(match[1]), int(match[3])) > 12
    }
    return over.pop() if len(over) == 1 else ""


@cache
def _languages() -> dict[str, str]:
    """Return ISO 639 codes by the names of languages in the SPOKEN ones."""
    known: dict[str, str] = {}
    for code in SPOKEN:
        names = Locale(code).languages
        for other in SPOKEN:
            if other in names:
                known.setdefault(_bare(names[other]), other)
    known |= {"norwegian": "no", "norsk": "no", "mandarin": "zh", "farsi": "fa"}
    return known


def language_code(text: str) -> str:
    """Return the code of a language given by name or code, as it was where it is neither.

    >>> language_code("ENGLISH"), language_code("Français"), language_code("en_GB"), language_code("eng")
    ('en', 'fr', 'en-GB', 'en')
    """
    text = text.strip()
    name = re.split(r"[;,/(]", text)[0].strip()
    code = _languages().get(_bare(name))
    if code:
        return code
    try:
        locale = Locale.parse(text.replace("-", "_")) if re.fullmatch(r"[A-Za-z]{3}", text) else None
    except (UnknownLocaleError, ValueError):
        locale = None
    return locale.language if locale else text.replace("_", "-")
