"""Tables in the forms of spreadsheets and programs: cells separated by any mark, .xlsx, JSON arrays."""

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from helpers.text.cells import (
    SHOWN,
    Rows,
    Twice,
    cell,
    doubled,
    nested,
    not_text,
    plain,
    unique_object,
    within,
)
from helpers.text.columns import HEADER_CHARS, MARKS, find_mark, map_columns
from helpers.text.problems import Problem, Refused, without_surrogates

__all__ = ["header_row", "is_table", "json_array", "mark_of", "unopened", "workbook_rows"]
# Bytes of a workbook unpacked, and of its cells: more is no table that a person keeps.
LARGEST_WORKBOOK = 1 << 29
# The rows of a table among which its columns may be named: above them programs write what was searched for.
HEADER_ROWS = 20
# The last row of a sheet in any program, and the cells of a sheet that are looked at, empty ones too.
LAST_ROW, MOST_CELLS = 1 << 20, 50_000_000
# Characters of a column's name; a longer one is a sentence.
LONGEST_NAME = 40
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MERGED = re.compile(rb'<(?:\w{1,9}:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


class _Sheet(NamedTuple):
    """A sheet of a workbook from the names of its columns on: numbered rows, and what was above or merged."""

    title: str
    rows: list[tuple[int, tuple[Any, ...]]]
    above: int
    merged: bool


def mark_of(text: str, known: Iterable[str] = ()) -> tuple[str, str]:
    """Return the mark that separates the cells of a table, and the table without Excel's line `sep=;`.

    The line is emptied, not taken away, so that rows keep their numbers; so are titles above the names of
    the columns, but not in lists whose columns are `known`.
    """
    told = _TOLD.match(text)
    if told and told.group(1) in MARKS:
        return told.group(1), "\n" + text[told.end() :]
    head = text[:HEADER_CHARS]
    if not known and (titled := _below_titles(head)):
        mark, n = titled
        return mark, "\n" * n + text.split("\n", n)[n]
    return find_mark({mark: _first_row(head, mark) for mark in MARKS}, known), text


def _first_row(text: str, mark: str) -> list[str]:
    """Return the cells of the first row of a text, or its first line where that is no row."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
    except csv.Error:
        return [text.partition("\n")[0]]


def _below_titles(head: str) -> tuple[str, int] | None:
    """Return the mark of the line that names the columns, and the lines of titles above it, or None."""
    lines = head.split("\n")[:HEADER_ROWS]
    for mark in MARKS:
        rows = [_first_row(line, mark) for line in lines]
        if n := header_row(rows):
            return mark, n
    return None


def header_row(rows: Sequence[Sequence[Any]]) -> int:
    """Return the place of the row that names the columns, under rows of titles; 0 where the first may be it.

    It names the column of texts and at least two more, and each row above it has fewer cells than it.

    >>> header_row([["Reports of May", ""], [], ["Id", "Source", "Text"], ["a", "The Post", "One."]])
    2
    """
    for place, row in enumerate(rows[:HEADER_ROWS]):
        fields = map_columns(cell(value).strip() for value in row)
        if "text" in fields and (not place or len(fields) > 2):
            above = max((sum(value not in (None, "") for value in one) for one in rows[:place]), default=0)
            return place if above < len(fields) else 0
    return 0


def is_table(text: str) -> bool:
    """Return whether a text is a table of reports that lost its ending: its first line names the columns.

    One is of texts, and at least two more are of other fields; all names are short.
    """
    head = text[:HEADER_CHARS].lstrip("\ufeff")
    return any(_names_columns(head, mark) for mark in MARKS if head.partition("\n")[0].count(mark) > 1)


def _names_columns(head: str, mark: str) -> bool:
    """Return whether the first row of a table, cut at a mark, names its columns, and the next has as many."""
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(head, newline=""), delimiter=mark), 2))
    except csv.Error:
        return False
    fields = map_columns(map(str.strip, rows[0]))
    return (
        "text" in fields
        and len(fields) > 2
        and max(map(len, rows[0])) < LONGEST_NAME
        and [len(row) for row in rows] == 2 * [len(rows[0])]
    )


def json_array(text: str, name: str) -> Rows | None:
    """Return the rows of a JSON array of objects, counted from 1; None where there is none.

    An object that holds one array of objects, as programs write it, is read as that array.
    """
    try:
        value = json.loads(text, object_pairs_hook=unique_object)
    except Twice as error:
        return Rows([], [], [Problem(name, None, "", str(error), "twice in one object; delete one")])
    except (ValueError, RecursionError):
        return None
    entries = _own_array(value) if isinstance(value, dict) else value
    if not isinstance(entries, list):
        return None
    rows, problems = [], []
    header: dict[str, None] = {}
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            told = "no object; write {...} for each report"
            problems.append(Problem(name, number, "", str(entry)[:SHOWN], told))
            continue
        entry = {without_surrogates(key): plain(key, item) for key, item in entry.items()}
        problems += [not_text(name, number, key, item) for key, item in entry.items() if nested(key, item)]
        cells = {key: cell(item) for key, item in entry.items()}
        header |= dict.fromkeys(cells)
        rows.append((number, {"text": ""} | cells))
    return Rows(list(header), rows, problems)


def _own_array(value: dict[str, Any]) -> list[Any]:
    """Return the one array of objects that an object holds, else the object as the only one."""
    lists = [v for v in value.values() if isinstance(v, list) and v and _all_objects(v)]
    return lists[0] if len(lists) == 1 else [value]


def _all_objects(items: list[Any]) -> bool:
    """Return whether all items of an array are objects."""
    return all(isinstance(item, dict) for item in items)


def workbook_rows(path: Path, name: str) -> Rows:
    """Return the rows of the sheets of an .xlsx file that have a column of texts, numbered as in Excel.

    Of several such sheets the first is read; the others are named in the remark.
    """
    try:
        filled = _filled_sheets(path)
    except (Refused, OSError):
        raise
    except Exception as error:
        raise Refused(unopened(error, path, "a workbook", "save it as .csv")) from error
    if not filled:
        return Rows([], [], [Problem(name, None, "", "", "no row in it; add the reports or take it away")])
    wanted = [sheet for sheet in filled if "text" in map_columns(map(cell, sheet.rows[0][1]))]
    chosen = (wanted or filled)[0]
    others = [sheet.title for sheet in filled if sheet is not chosen]
    notes = [f"sheet {chosen.title} was read, not {', '.join(others)}" if others else ""]
    notes += [f"the {chosen.above} rows above the names of its columns were not read" if chosen.above else ""]
    notes += ["a cell merged over several rows was read in each of them" if chosen.merged else ""]
    return _sheet_rows(name, chosen.rows)._replace(note="; ".join(filter(None, notes)))


def _filled_sheets(path: Path) -> list[_Sheet]:
    """Return the sheets of a workbook that have rows, from the names of their columns on. Raises Refused."""
    # The import takes a fifth of a second that only corpora of workbooks should pay.
    import openpyxl

    _check_packed(path)
    # Without `data_only` a formula would be read instead of what it comes to.
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets: list[_Sheet] = []
    with zipfile.ZipFile(path) as archive:
        sheet: Any
        for sheet in book.worksheets:
            merged = _merged(archive.read(sheet._worksheet_path))
            rows = list(_numbered(sheet, merged))
            above = header_row([values for _, values in rows[:HEADER_ROWS]])
            n = rows[above][0] - 1 if above else 0
            sheets += [_Sheet(sheet.title, rows[above:], n, bool(merged))] if rows else []
    book.close()
    return sheets


def _merged(part: bytes) -> dict[int, dict[int, int]]:
    """Return the last row of each cell merged over several rows, by its first row and its column from 0.

    Programs show such a cell once over all its rows; a sheet that is read row by row has it in the first.
    """
    from openpyxl.utils import column_index_from_string

    found: dict[int, dict[int, int]] = {}
    for place in _MERGED.finditer(part):
        column, first, last = place[1].decode("ascii"), int(place[2]), int(place[3])
        if last > first:
            found.setdefault(first, {})[column_index_from_string(column) - 1] = last
    return found


def unopened(error: Exception, path: Path, kind: str, mend: str) -> str:
    """Return what to do about an archive that cannot be opened: locked, of an old form, or broken."""
    with suppress(OSError), path.open("rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            return f"{kind} locked by a password, or of an old form; unlock it, or {mend}"
    if isinstance(error, RuntimeError) and "encrypted" in str(error):
        return f"{kind} locked by a password; unlock it, or {mend}"
    return f"not {kind} that can be read; {mend}"


def _check_packed(path: Path) -> None:
    """Raise Refused where a workbook would fill the memory, or declares entities, which no program writes."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_WORKBOOK:
            raise Refused(f"larger than {LARGEST_WORKBOOK >> 20} MB when unpacked; cut it into several")
        for part in archive.infolist():
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(4096):
                    raise Refused("not a workbook that can be read; save it as .csv")


def _numbered(sheet: Any, merged: dict[int, dict[int, int]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of a sheet that hold anything, with their numbers, without the empty cells at their end.

    A cell that is `merged` over several rows is in each of them. Raises Refused where the cells are more,
    or their texts longer, than any table of reports has.
    """
    visited = held = 0
    over: dict[int, tuple[int, Any]] = {}
    # What a sheet says of its own size may be anything: rows end where their last cell is.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(max_row=LAST_ROW, values_only=True), start=1):
        visited += len(values)
        cells = _without_empty_end(values)
        held += sum(len(value) for value in cells if isinstance(value, str))
        if visited > MOST_CELLS or held > LARGEST_WORKBOOK:
            told = f"{MOST_CELLS:,} cells" if visited > MOST_CELLS else f"{LARGEST_WORKBOOK:,} characters"
            raise Refused(f"more than {told} in it; delete empty columns and rows, or cut it into several")
        if cells:
            within(map(str, range(len(cells))))
            over |= {at: (last, cells[at]) for at, last in merged.get(number, {}).items() if at < len(cells)}
            over = {at: told for at, told in over.items() if told[0] >= number}
            yield number, _filled(cells, over)


def _without_empty_end(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the cells of a row up to the last that holds anything."""
    width = len(values)
    while width and values[width - 1] in (None, ""):
        width -= 1
    return values[:width]


def _filled(values: tuple[Any, ...], over: dict[int, tuple[int, Any]]) -> tuple[Any, ...]:
    """Return the cells of a row, the empty ones with what is merged `over` them, by column."""
    wide = (*values, *[None] * (max(over, default=0) + 1 - len(values)))
    return tuple(
        over[at][1] if at in over and value in (None, "") else value for at, value in enumerate(wide)
    )


def _sheet_rows(name: str, rows: list[tuple[int, tuple[Any, ...]]]) -> Rows:
    """Return the rows of a sheet; columns without a name and without a cell are passed over."""
    header = [cell(value).strip() for value in rows[0][1]]
    places = [k for k, column in enumerate(header) if column]
    table: list[tuple[int, dict[str, str]]] = []
    problems = doubled(name, [header[k] for k in places])
    for number, values in rows[1:]:
        table.append((number, {header[k]: cell(values[k]) if k < len(values) else "" for k in places}))
    return Rows([header[k] for k in places], table, problems)
