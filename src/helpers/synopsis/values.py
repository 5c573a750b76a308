"""What an English number or date says in any form: 3,248 and 3248, "two" and 2, Aug. 2 and August 2."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

__all__ = [
    "DATED",
    "HEDGES",
    "MONTHS",
    "ORDER",
    "SPANS",
    "VAGUE",
    "WEIGHERS",
    "Moment",
    "Quantity",
    "dated",
    "hedge_of",
    "is_number",
    "moment",
    "quantity",
]
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_LARGE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
# "Hundreds": so many, up to ten times as many.
VAGUE = {f"{word}s": value for word, value in _LARGE.items()}
ORDER = "order"
_SUFFIX = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_DIGITS = re.compile(r"(\d{1,3}(?:[,.]\d{3}){1,}|\d+)(?:[.]\d+)?(k|m|mn|bn|tn)?")
# What a hedge says of the number after it, by its last word.
HEDGES = (
    dict.fromkeys("nearly almost under below within".split(), "less")
    | dict.fromkeys("over above exceeding".split(), "more")
    | dict.fromkeys("about around roughly approximately some circa".split(), "about")
    | {"than": "", "to": "", "least": "more", "most": "less"}
)
# Words before a number that belong to what is said of it.
WEIGHERS = frozenset(
    {*HEDGES, *"last past next first only exactly more less fewer up at another further".split()}
)
# How far from its number a hedged one may be: "nearly 500,000" and 487,000 are no contradiction.
TOLERANCE = 0.1
_MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS = (
    {name: n for n, name in enumerate(_MONTH_NAMES, start=1)}
    | {name[:3]: n for n, name in enumerate(_MONTH_NAMES, start=1)}
    | {"sept": 9}
)
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAYS = {name: n for n, name in enumerate(_DAY_NAMES)}
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_PARTS = {
    "morning": "morning", "noon": "noon", "afternoon": "afternoon", "evening": "evening",
    "night": "evening", "tonight": "evening", "midnight": "midnight",
}  # fmt: skip
# The words a date is made of, besides its numbers.
DATED = frozenset({*MONTHS, *_DAYS, *_RELATIVE, *_PARTS, "weekend"})
# Spans of time tell when or how long, not what was counted.
SPANS = frozenset("second minute hour day night week month year decade century time a.m. p.m.".split())
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
YEAR = re.compile(r"(?:19|20)\d\d")


class Quantity(NamedTuple):
    """A number and how it is hedged: "less" (nearly), "more" (over), "about", "order" (hundreds), or ""."""

    value: float
    hedge: str

    def agrees(self, other: "Quantity") -> bool:
        """Return whether both can be true of one count.

        >>> Quantity(500_000, "less").agrees(Quantity(487_000, "")), Quantity(2, "").agrees(Quantity(3, ""))
        (True, False)
        """
        if self.value == other.value or not (self.hedge or other.hedge):
            return self.value == other.value
        for vague, told in ((self, other), (other, self)):
            if vague.hedge == ORDER:
                return vague.value <= told.value < 10 * vague.value
        return abs(self.value - other.value) <= TOLERANCE * max(abs(self.value), abs(other.value))


class Moment(NamedTuple):
    """A date as far as it is told: year, month, day, day of the week (Monday is 0), part of the day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""

    def agrees(self, other: "Moment") -> bool:
        """Return whether both can be the same time; what only one of them tells is no contradiction.

        >>> Moment(2024, 3, 26).agrees(Moment(weekday=1)), Moment(weekday=0).agrees(Moment(weekday=1))
        (True, False)
        """
        both = zip(self, other, strict=True)
        if any(a not in (None, "") and b not in (None, "") and a != b for a, b in both):
            return False
        return all(_weekday_fits(one, two) for one, two in ((self, other), (other, self)))


def _weekday_fits(dated: Moment, other: Moment) -> bool:
    """Return whether a full date can be the other's day of the week."""
    if other.weekday is None or None in (dated.year, dated.month, dated.day):
        return True
    day = _calendar(dated.year or 0, dated.month or 0, dated.day or 0)
    return day is None or day.weekday() == other.weekday


def is_number(word: str) -> bool:
    """Return whether a word, in small letters, is a number or a part of one.

    >>> [is_number(word) for word in ("1.5", "million", "700bn", "twenty-five", "6th", "one-time")]
    [True, True, True, True, False, False]
    """
    parts = word.split("-")
    return (
        bool(_DIGITS.fullmatch(word))
        or word in VAGUE
        or all(part in _SMALL or part in _LARGE for part in parts)
    )


def hedge_of(said: Sequence[str]) -> str:
    """Return how the words before a number hedge it: less, more, about, or not.

    >>> [hedge_of(said.split()) for said in ("more than", "at least", "up to", "only")]
    ['more', 'more', 'less', '']
    """
    if "than" in said:
        return "less" if {"less", "fewer"} & set(said) else "more"
    if list(said[-2:]) == ["up", "to"]:
        return "less"
    return next((HEDGES[word] for word in reversed(said) if HEDGES.get(word)), "")


def quantity(words: Sequence[str]) -> float | None:
    """Return the value of the words of a number, in small letters; None if they are no number.

    >>> quantity(["1.5", "million"]), quantity(["two", "hundred", "and", "five"]), quantity(["3,248"])
    (1500000.0, 205.0, 3248.0)
    """
    total = current = 0.0
    plain = (word.removesuffix("s") if word in VAGUE else word for word in words if word != "and")
    for word in "-".join(plain).split("-"):
        digits = _DIGITS.fullmatch(word)
        if digits:
            suffix = digits.group(2) or ""
            current += _digits(word.removesuffix(suffix)) * _SUFFIX.get(suffix, 1.0)
        elif word in _SMALL:
            current += _SMALL[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1.0) * _LARGE[word]
        elif word in _LARGE:
            total, current = total + (current or 1.0) * _LARGE[word], 0.0
        else:
            return None
    return total + current


def _digits(text: str) -> float:
    """Return the value of digits; a comma before three digits groups them, and so do two points."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):
        return float(text.replace(".", ""))
    return float(text.replace(",", "."))


def moment(words: Sequence[str], published: str) -> Moment:
    """Return what the words of a date say, in small letters; `published`, an ISO date, tells more.

    Today, yesterday and tomorrow are counted from it; a date without a year is of the year that brings it
    nearest to publication.

    >>> moment(["march", "3"], "2025-03-04")
    Moment(year=2025, month=3, day=3, weekday=None, part='')
    >>> moment(["tuesday", "evening"], "unknown")
    Moment(year=None, month=None, day=None, weekday=1, part='evening')
    """
    found = Moment(part=next((_PARTS[word] for word in words if word in _PARTS), ""))
    for word in words:
        ordinal = _ORDINAL.fullmatch(word)
        if word in MONTHS:
            found = found._replace(month=MONTHS[word])
        elif word in _DAYS:
            found = found._replace(weekday=_DAYS[word])
        elif YEAR.fullmatch(word):
            found = found._replace(year=int(word))
        elif ordinal and 1 <= int(ordinal.group(1)) <= 31:
            found = found._replace(day=int(ordinal.group(1)))
    return dated(found, published, shift=next((_RELATIVE[word] for word in words if word in _RELATIVE), None))


def dated(found: Moment, published: str, *, shift: int | None = None) -> Moment:
    """Return the moment with what the day of publication tells of it; `shift` days from there, if given."""
    try:
        told = date.fromisoformat(published[:10])
    except ValueError:
        return found
    if shift is not None and found.month is None:
        return _on(found, told + timedelta(days=shift))
    if found.month is not None:
        return found._replace(year=found.year or _nearest_year(found, told))
    return found


def _on(found: Moment, day: date) -> Moment:
    """Return the moment on a day."""
    return found._replace(year=day.year, month=day.month, day=day.day, weekday=None)


def _nearest_year(found: Moment, published: date) -> int:
    """Return the year that brings a month and day nearest to publication."""
    years = (published.year - 1, published.year, published.year + 1)
    days = {year: _calendar(year, found.month or 1, found.day or 15) for year in years}
    near = {year: abs((day - published).days) for year, day in days.items() if day is not None}
    return min(near, key=lambda year: (near[year], year), default=published.year)


def _calendar(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
