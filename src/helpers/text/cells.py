"""What a table of reports is once it is read: named cells by row, each as text."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from helpers.text.columns import map_columns
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
    "plain",
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


def plain(key: str, item: Any) -> Any:
    r"""Return a value as one cell where programs write a cell as a list or an object, else as it is.

    In a column of texts a list is their paragraphs; elsewhere it stays. An object that has a name is its
    name, a bibliography's date is ISO 8601, its names are apart by semicolons.

    >>> plain("text", ["One.", "Two."]), plain("source", {"name": "The Post"})
    ('One.\n\nTwo.', 'The Post')
    >>> plain("issued", {"date-parts": [[2025, 3, 4]]}), plain("tags", ["a", "b"])
    ('2025-03-04', ['a', 'b'])
    """
    if isinstance(item, dict):
        return _of_object(item)
    return _of_list(key, item) if isinstance(item, list) and item else item


def _of_object(item: dict[str, Any]) -> Any:
    """Return a date or a name that an object holds, else the object."""
    if isinstance(item.get("date-parts"), list):
        return _of_date_parts(item["date-parts"])
    return item["name"] if isinstance(item.get("name"), str) else item


def _of_list(key: str, items: list[Any]) -> Any:
    """Return the names or paragraphs that a list holds, else the list."""
    if all(isinstance(one, dict) and "family" in one for one in items):
        return "; ".join(f"{one.get('given', '')} {one['family']}".strip() for one in items)
    texts = all(isinstance(one, str) for one in items) and "text" in map_columns([key])
    return "\n\n".join(items) if texts else items


def _of_date_parts(dates: list[Any]) -> str:
    """Return the first date of a bibliography as year, month and day; nothing for a year alone."""
    first = dates[0] if dates else []
    parts = [str(part) for part in (first if isinstance(first, list) else [first])]
    return "-".join([parts[0].zfill(4), *(part.zfill(2) for part in parts[1:])]) if len(parts) > 1 else ""


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
