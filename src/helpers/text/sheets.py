"""Tables in the forms of spreadsheets and programs: cells separated by any mark, .xlsx, JSON arrays."""

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

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

__all__ = ["is_table", "json_array", "mark_of", "unopened", "workbook_rows"]
# Bytes of a workbook unpacked, and of its cells: more is no table that a person keeps.
LARGEST_WORKBOOK = 1 << 29
# The last row of a sheet in any program, and the cells of a sheet that are looked at, empty ones too.
LAST_ROW, MOST_CELLS = 1 << 20, 50_000_000
# Characters of a column's name; a longer one is a sentence.
LONGEST_NAME = 40
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def mark_of(text: str, known: Iterable[str] = ()) -> tuple[str, str]:
    """Return the mark that separates the cells of a table, and the table without Excel's line `sep=;`.

    The line is emptied, not taken away, so that rows keep their numbers.
    """
    told = _TOLD.match(text)
    if told and told.group(1) in MARKS:
        return told.group(1), text[told.end() :]
    head = text[:HEADER_CHARS]
    first: dict[str, list[str]] = {}
    for mark in MARKS:
        try:
            first[mark] = next(csv.reader(io.StringIO(head, newline=""), delimiter=mark), [])
        except csv.Error:
            first[mark] = [head.partition("\n")[0]]
    return find_mark({mark: list(cells) for mark, cells in first.items()}, known), text


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
    wanted = [(title, rows) for title, rows in filled if "text" in map_columns(map(cell, rows[0][1]))]
    chosen = (wanted or filled)[:1]
    if not chosen:
        return Rows([], [], [Problem(name, None, "", "", "no row in it; add the reports or take it away")])
    others = [title for title, _ in filled if title != chosen[0][0]]
    note = f"sheet {chosen[0][0]} was read, not {', '.join(others)}" if others else ""
    return _sheet_rows(name, chosen[0][1])._replace(note=note)


def _filled_sheets(path: Path) -> list[tuple[str, list[tuple[int, tuple[Any, ...]]]]]:
    """Return the sheets of a workbook that have rows: the title of each, and its rows. Raises Refused."""
    # The import takes a fifth of a second that only corpora of workbooks should pay.
    import openpyxl

    _check_packed(path)
    # Without `data_only` a formula would be read instead of what it comes to.
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = [(sheet.title, list(_numbered(sheet))) for sheet in book.worksheets]
    book.close()
    return [(title, rows) for title, rows in sheets if rows]


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


def _numbered(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of a sheet that hold anything, with their numbers, without the empty cells at their end.

    Raises Refused where the cells are more, or their texts longer, than any table of reports has.
    """
    visited = held = 0
    # What a sheet says of its own size may be anything: rows end where their last cell is.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(max_row=LAST_ROW, values_only=True), start=1):
        visited += len(values)
        width = len(values)
        while width and values[width - 1] in (None, ""):
            width -= 1
        held += sum(len(value) for value in values[:width] if isinstance(value, str))
        if visited > MOST_CELLS or held > LARGEST_WORKBOOK:
            told = f"{MOST_CELLS:,} cells" if visited > MOST_CELLS else f"{LARGEST_WORKBOOK:,} characters"
            raise Refused(f"more than {told} in it; delete empty columns and rows, or cut it into several")
        if width:
            within(map(str, range(width)))
            yield number, values[:width]


def _sheet_rows(name: str, rows: list[tuple[int, tuple[Any, ...]]]) -> Rows:
    """Return the rows of a sheet; columns without a name and without a cell are passed over."""
    header = [cell(value).strip() for value in rows[0][1]]
    places = [k for k, column in enumerate(header) if column]
    table: list[tuple[int, dict[str, str]]] = []
    problems = doubled(name, [header[k] for k in places])
    for number, values in rows[1:]:
        table.append((number, {header[k]: cell(values[k]) if k < len(values) else "" for k in places}))
    return Rows([header[k] for k in places], table, problems)
