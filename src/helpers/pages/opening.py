"""The numbers of an answer as links to the row, or the table, of their page that has them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from helpers.table import UNKNOWN

__all__ = ["answers_of", "counted_numbers", "open_numbers"]
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?: %)?(?![\w,.-]*\d)")
_COUNTED = re.compile(r" (?:known )?([^\W\d_]{3,})")
_WORD = re.compile(r"[^\W\d_]{3,}")
# Words that a row must have in common with the sentence before its number counts as the sentence's.
IN_COMMON = 2
# Days, and what is quoted, hold no numbers that something counts.
_NO_COUNT = r"\d{1,2} [A-Z]\w+ \d{4}|\d{4}-\d\d(?:-\d\d)?|“[^“”]{0,400}”"
# What rows of any table speak of: alone they tie no number to a sentence.
_OF_ALL = frozenset(
    "report reports event events pair pairs word words wording shared both text texts".split()
)
_COMMON = frozenset("the and for with that this from which their others other more most have has are".split())


class _Row(NamedTuple):
    """A row of a table: its numbers, each with the words of its heading, its text, the words around."""

    numbers: dict[str, frozenset[str]]
    cells: frozenset[str]
    words: frozenset[str]
    text: str
    row: Tag

    def nearness(self, number: str, counted: str, clause: frozenset[str]) -> int:
        """Return how many words a sentence shares with this row; 0 where they say little of the number.

        The number is that of a cell, or stands with what is `counted` in the text of one.
        """
        if number not in self.numbers and f" {number} {counted}" not in self.text.replace("(", ""):
            return 0
        head = self.numbers.get(number, frozenset())
        telling = clause & head or len(clause & self.cells - _OF_ALL) >= IN_COMMON
        return len(clause & (self.words | head)) if telling else 0


class _Table(NamedTuple):
    """A table: its name in words, how many rows it has, and what it has of each thing that is counted.

    That is the sum of a column of its name, the values of one, or the rows with one value.
    """

    words: frozenset[str]
    n: str
    counts: dict[str, set[str]]
    drawn: Tag


def open_numbers(soup: BeautifulSoup, names: Iterable[str] = ()) -> None:
    """Make each number of the page's answer a link to what on the page has it, where something has.

    That is the row with that number that has most words in common with the sentence, or else the table with
    a column of that name which comes to it, or with as many rows of what is counted. Where the sentence
    names its table (`counted_in`), it is a row of this one, or else the whole of it. A number that nothing
    has stays as it is, and so does one in a day, a quotation or one of `names`.
    """
    texts = [text for told in answers_of(soup) for text in told.find_all(string=True)]
    unlinked = [text for text in texts if not text.find_parent("a") and _NUMBER.search(text)]
    if not unlinked:
        _forget(soup)
        return
    drawn = [table for table in soup.find_all("table") if table.find_parent("main")]
    tables = [table for table in drawn if not table.find_parent(class_="in-short")]
    rows = [row for table in tables for row in _rows(table)]
    whole = [_told(table) for table in tables]
    passed = _passed(names)
    fresh = itertools.count(len(soup.select("[id^=row-]")) + 1)
    for text in unlinked:
        named = text.find_parent("span", attrs={"data-table": True})
        own = soup.find(id=named["data-table"]) if named else None
        pieces = list(_opened(soup, text, own, (rows, whole), passed, fresh))
        text.replace_with(*pieces)
    _forget(soup)


def answers_of(soup: BeautifulSoup) -> list[Tag]:
    """Return the sentences of a page's answer."""
    # A selector asks every element of the page: with it, making the pages took a fifth longer.
    said = [tag for tag in soup.find_all(True) if "finding" in (tag.get("class") or ())]
    return [tag for tag in said if tag.find_parent(class_="in-short")]


def _forget(soup: BeautifulSoup) -> None:
    """Take away which table each sentence is about."""
    for named in soup.find_all("span"):
        if named.has_attr("data-table"):
            named.unwrap()


def counted_numbers(text: str, names: Iterable[str] = ()) -> list[re.Match[str]]:
    """Return the numbers of a text that count something: none of a day, a quotation or one of `names`.

    >>> [met[0] for met in counted_numbers("Outlet 1 has 12 % on 8 May 2024.", ["Outlet 1"])]
    ['12 %']
    """
    return _counted(text, _passed(names))


def _passed(names: Iterable[str]) -> re.Pattern[str]:
    """Return what holds numbers that nothing counts."""
    return re.compile("|".join([*map(re.escape, sorted(names, key=len, reverse=True)), _NO_COUNT]))


def _counted(text: str, passed: re.Pattern[str]) -> list[re.Match[str]]:
    """Return the numbers of a text outside what is passed over."""
    held = [met.span() for met in passed.finditer(text)]
    return [
        met for met in _NUMBER.finditer(text) if not any(start <= met.start() < end for start, end in held)
    ]


def _around(text: NavigableString) -> str:
    """Return the words of the answer in which a text stands."""
    parent = text.find_parent(class_="finding")
    return parent.get_text(" ") if parent else str(text)


def _opened(
    soup: BeautifulSoup,
    told: NavigableString,
    own: Tag | None,
    tables: tuple[list[_Row], list[_Table]],
    passed: re.Pattern[str],
    fresh: Iterator[int],
) -> Iterator[NavigableString | Tag]:
    """Yield a text piece by piece, its numbers as links; `own` is what the sentence names as its table.

    `tables` are those of the page, by row and whole. A row without an id gets one of the `fresh` numbers.
    """
    last, text = 0, str(told)
    rows = [row for row in tables[0] if own in row.row.parents] if own else tables[0]
    for met in _counted(text, passed):
        clause = _clause(_around(told), text, met.start())
        target = _row_of(met, text, clause, rows) or own or _table_of(met, text, tables[1])
        if target is None:
            continue
        if not target.get("id"):
            target["id"] = f"row-{next(fresh)}"
        yield NavigableString(text[last : met.start()])
        anchor = soup.new_tag("a", href=f"#{target['id']}")
        anchor.string = met[0]
        yield anchor
        last = met.end()
    yield NavigableString(text[last:])


def _clause(around: str, text: str, place: int) -> frozenset[str]:
    """Return the words of the sentence in which a number stands."""
    start = max(around.find(text), 0) + place
    ends = [met.end() for met in re.finditer(r"[.;:] ", around)]
    first = max((end for end in ends if end <= start), default=0)
    last = min((end for end in ends if end > start), default=len(around))
    return _words(around[first:last])


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that say something."""
    return frozenset(_WORD.findall(text.lower())) - _COMMON


def _rows(table: Tag) -> Iterator[_Row]:
    """Yield the rows of a table."""
    caption = table.find("caption")
    named = caption.get_text(" ") if caption else ""
    heads, group = [head.get_text(" ") for head in table.select("thead th")], ""
    for row in table.select("tbody tr"):
        if "group" in (row.get("class") or []):
            group = row.get_text(" ")
            continue
        numbers = {
            _plain(cell.get_text(" ", strip=True)): _words(heads[place] if place < len(heads) else "")
            for place, cell in enumerate(row.find_all("td"))
            if "number" in (cell.get("class") or [])
        }
        if numbers or table.get("id"):
            cells = _words(row.get_text(" "))
            told = f" {row.get_text(' ')} "
            yield _Row(numbers, cells, cells | _words(f"{named} {group}"), told, row)


def _plain(number: str) -> str:
    """Return a number without noughts after its point."""
    return re.sub(r"\.0+$", "", number)


def _told(table: Tag) -> _Table:
    """Return what a table as a whole can prove."""
    heads = [head.get_text(" ") for head in table.select("thead th")]
    caption = table.find("caption")
    rows = [row.find_all("td") for row in table.select("tbody tr:not(.group)")]
    counts: dict[str, set[str]] = {}
    for place, head in enumerate(heads):
        cells = [row[place].get_text(" ", strip=True) for row in rows if len(row) > place]
        digits = [cell.replace(",", "") for cell in cells]
        if cells and all(digit.isdigit() for digit in digits):
            counts.setdefault(head, set()).add(f"{sum(map(int, digits)):,}")
            continue
        own = Counter(cells)
        counts.setdefault(head, set()).update((f"{len(own):,}", f"{len(own) - (UNKNOWN in own):,}"))
        for value, n in own.items():
            counts.setdefault(value, set()).add(f"{n:,}")
    return _Table(_words(caption.get_text(" ") if caption else ""), f"{len(rows):,}", counts, table)


def _row_of(number: re.Match[str], text: str, clause: frozenset[str], rows: list[_Row]) -> Tag | None:
    """Return the row with a number that has most words in common with its sentence, or None."""
    counted = _COUNTED.match(text, number.end())
    # Without a noun behind it, a number is that of a whole cell.
    noun = counted[1] if counted else "\n"
    own = [(row.nearness(number[0], noun, clause), row.row) for row in rows]
    best = max((score for score, _ in own), default=0)
    return next((row for score, row in own if score == best), None) if best >= IN_COMMON else None


def _table_of(number: re.Match[str], text: str, tables: list[_Table]) -> Tag | None:
    """Return the table with a column, or as many rows, of what is counted by a number, or None."""
    counted = _COUNTED.match(text, number.end())
    if counted is None:
        return None
    thing = counted[1].lower()
    singular = {thing, thing.removesuffix("s")}
    for table in tables:
        if any(number[0] in table.counts.get(name, ()) for name in singular):
            return table.drawn
    return next((t.drawn for t in tables if t.n == number[0] and singular & t.words), None)
