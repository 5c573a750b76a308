"""A table of reports in any form in, its reports out: columns mapped by name."""

import difflib
from pathlib import Path

from helpers.text.cells import Row, Rows
from helpers.text.columns import MEANINGS, folded, map_columns
from helpers.text.encodings import control_mend
from helpers.text.localised import day_first, iso_date, language_code
from helpers.text.manifest import COLUMNS, Report, stem
from helpers.text.problems import Note, Problem, Refused, composed, mend
from helpers.text.readers import read_cells, read_rows

__all__ = ["load_columns", "read_table", "table_columns"]
# How like a column's name must be to that of a field to be taken for a slip of the pen.
MISSPELT = 0.8


def load_columns(path: Path, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Return what a person says of the columns of tables: the field by column, by file.

    `path` is the corpus's columns.csv (file, column, read_as); read_as is empty for a column not to be read.
    """
    if not path.exists():
        return {}
    table = read_cells(path, ("file", "column", "read_as"))
    problems += table.problems
    given: dict[str, dict[str, str]] = {}
    for row, cells in table.rows:
        if cells["read_as"] in ("", *MEANINGS):
            given.setdefault(composed(cells["file"]), {})[cells["column"]] = cells["read_as"]
        else:
            told = f"no field; write one of {', '.join(MEANINGS)}, or nothing"
            problems.append(Problem(path.name, row, "read_as", cells["read_as"], told))
    return given


def read_table(
    name: str, path: str, given: dict[str, str], problems: list[Problem], notes: list[Note]
) -> list[Report]:
    """Return the reports in the rows of a table; its columns are mapped by name, or as `given`."""
    try:
        table = read_rows(Path(path), name)
    except (OSError, Refused) as error:
        problems.append(Problem(name, None, "", "", mend(error)))
        return []
    notes += [Note(name, table.note)] if table.note else []
    columns = table_columns(table, given)
    problems += [
        p for p in table.problems if not p.mend.startswith("not text but") or p.column in columns.values()
    ]
    if "text" not in columns:
        problems += _textless(name, table, columns)
        return []
    problems += _misspelt(name, table.header, columns)
    notes += [Note(COLUMNS, f"{name} has no column {one}") for one in given if one not in table.header]
    notes += _remarks(name, table.header, columns)
    return _reports(name, table.rows, columns, problems, notes)


def table_columns(table: Rows, given: dict[str, str]) -> dict[str, str]:
    """Return the column of each field; one only guessed to hold names is none where a name stands twice."""
    columns = map_columns(table.header, given)
    own = columns.get("doc_id", "doc_id")
    if own != "doc_id" and own not in given:
        names = [cells.get(own, "").strip() for _, cells in table.rows]
        if "" in names or len(set(names)) < len(names):
            del columns["doc_id"]
    return columns


def _textless(name: str, table: Rows, columns: dict[str, str]) -> list[Problem]:
    """Return the problem of a table that has no column of texts."""
    if not table.header and table.problems:
        return []
    told = "column missing; a table of reports has one named text, or says in columns.csv which one it is"
    if "url" in columns:
        told = f"column missing; to fetch the addresses of {name}: make corpus NEW=a-folder URLS={name}"
    return [Problem(name, 1, "text", "", told)]


def _misspelt(name: str, header: list[str], columns: dict[str, str]) -> list[Problem]:
    """Return a problem for each column that is not read and whose name is nearly that of a field."""
    open_fields = [field for field in MEANINGS if field not in columns]
    problems = []
    for column in header:
        if column not in columns.values():
            near = difflib.get_close_matches(
                folded(column).replace(" ", "_"), open_fields, n=1, cutoff=MISSPELT
            )
            problems += (
                [Problem(name, 1, column, "", f"no such column; did you mean {near[0]}?")] if near else []
            )
    return problems


def _remarks(name: str, header: list[str], columns: dict[str, str]) -> list[Note]:
    """Return what is read from columns of other names, and which are not read."""
    read = [f"{column} as {field}" for field, column in columns.items() if column != field]
    notes = [Note(name, f"columns are read by their names: {', '.join(read)}")] if read else []
    return notes + [
        Note(name, f"column {column} is not used") for column in header if column not in columns.values()
    ]


def _reports(
    name: str, rows: list[Row], columns: dict[str, str], problems: list[Problem], notes: list[Note]
) -> list[Report]:
    """Return the reports of a table's rows, and remark on the dates that were read."""
    first = day_first([cells.get(columns.get("published", ""), "") for _, cells in rows])
    reports, turned, base = [], "", stem(name)
    for row, cells in rows:
        text = cells.get(columns["text"], "")
        own, date = _fields(cells, columns, first)
        turned = turned or date
        told = control_mend(text)
        if not any(char.isalnum() for char in text):
            told = "no word in it; add the report's text or delete the row"
        if not told:
            reports.append(Report(name, row, {"doc_id": f"{base}-{row}"} | own, text))
        else:
            problems.append(Problem(name, row, columns["text"], text[:60], told))
    notes += [Note(name, f"dates are rewritten: {turned}, and so on")] if turned else []
    return reports


def _fields(cells: dict[str, str], columns: dict[str, str], first: str) -> tuple[dict[str, str], str]:
    """Return the filled fields of a row, its text aside, and how its date is read where that differs.

    `first` is what stands first in dates of numbers, day or month.
    """
    own = {field: cells.get(column, "").strip() for field, column in columns.items() if field != "text"}
    own = {field: cell for field, cell in own.items() if cell}
    turned = ""
    if "published" in own:
        day = iso_date(own["published"], first=first) or own["published"]
        turned = f"{own['published']} read as {day}" if day != own["published"] else ""
        own["published"] = day
    if "language" in own:
        own["language"] = language_code(own["language"])
    return own, turned
