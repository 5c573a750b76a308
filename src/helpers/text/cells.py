"""What a table of reports is once it is read: named cells by row, each as text."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from helpers.text.problems import Problem, Refused, without_surrogates

__all__ = [
    "SHOWN",
    "Row",
    "Rows",
    "Twice",
    "cell",
    "doubled",
    "nested",
    "not_text",
    "unique_object",
    "within",
]
SHOWN = 60
# Columns of a table of reports; more are a mistake, and cost time by their square.
MOST_COLUMNS = 1_000
Row = tuple[int, dict[str, str]]


class Rows(NamedTuple):
    """A table as read: column names, cells by row number, what is wrong with its form, and a remark."""

    header: list[str]
    rows: list[Row]
    problems: list[Problem]
    note: str = ""


class Twice(ValueError):
    """A key stands twice in one object."""


def unique_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; raise Twice where it has one key twice, of which one would be lost."""
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise Twice(next(key for key, _ in pairs if counts[key] > 1))
    return values


def doubled(name: str, header: Iterable[str]) -> list[Problem]:
    """Return a problem for each column that is there twice."""
    twice = sorted(column for column, n in Counter(header).items() if n > 1)
    return [Problem(name, 1, column, "", "a column twice; delete one") for column in twice]


def within(names: Iterable[str]) -> list[str]:
    """Return names of columns, without nameless ones at the end; raise Refused where there are too many."""
    header = list(names)
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        told = f"{len(header):,} columns, and at most {MOST_COLUMNS:,} are read; take out those of no report"
        raise Refused(told)
    return header


def nested(key: str, value: Any) -> bool:
    """Return whether a value is no cell: bytes, a list, an object, or a number for a report's text."""
    if value is None or value != value:
        return False
    return not isinstance(value, str) if key == "text" else isinstance(value, bytes | list | tuple | dict)


def not_text(name: str, row: int, column: str, value: Any) -> Problem:
    """Return the problem of a value that is no cell."""
    mend = f"not text but {type(value).__name__}; write it as text"
    return Problem(name, row, column, without_surrogates(str(value))[:SHOWN], mend)


def cell(value: Any) -> str:
    """Return a value of a table as a cell: nothing for none, dates as ISO 8601, no lone surrogates."""
    if value is None or value != value:
        return ""
    text = (
        value.isoformat() if hasattr(value, "isoformat") else value if isinstance(value, str) else str(value)
    )
    text = text.removesuffix("T00:00:00") if hasattr(value, "isoformat") else text
    return without_surrogates(text.replace("\r\n", "\n").replace("\r", "\n"))
