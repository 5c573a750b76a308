"""The CSV lists that users keep: where each is, its rows, and what is wrong with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.place import ROOT, folder_path
from helpers.table import Table, conform
from helpers.text.corpus import CorpusError
from helpers.text.problems import Problem
from helpers.text.readers import Row, read_cells

__all__ = ["has_drafts", "list_cells", "list_frame", "list_path", "load_list", "rejected"]
# The verbs of speech alone are needed always; a corpus may have none of the others.
_NEEDED = ("speech_verbs.csv",)
# Columns each of whose words is searched for; forms are separated by bars.
_WORDS = {"entities.csv": ("canonical",), "aliases.csv": ("alias",), "speech_verbs.csv": ("forms",)}
# A list may have a column `status`: rejected rows are left out, drafts are used and said to be drafts.
STATUSES = ("", "draft", "accepted", "rejected")


def load_list(
    name: str, table: type[Table], folder: str | Path | None, *, drafts: bool = True
) -> pd.DataFrame:
    """Return the CSV `name` of `folder`, or of data/lexicons; raise CorpusError with all that is wrong.

    Without `drafts`, rows that nobody has decided on are left out.
    """
    rows, problems = list_cells(name, table, folder, drafts=drafts)
    if problems:
        raise CorpusError(problems)
    return list_frame(rows, table)


def list_cells(
    name: str, table: type[Table], folder: str | Path | None, *, drafts: bool = True
) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a CSV as (row number, cells), and what is wrong with them on their own.

    Rejected rows are left out, and without `drafts` those that nobody has decided on.
    """
    path = list_path(name, folder)
    if name not in _NEEDED and not path.is_file():
        return [], []
    schema = table.to_schema()
    _, rows, problems, _ = read_cells(path, tuple(schema.columns))
    allowed = {c: _allowed(column) for c, column in schema.columns.items()}
    seen: dict[tuple[str, ...], int] = {}
    problems += [_status_problem(name, row, cells) for row, cells in rows if _status(cells) not in STATUSES]
    left = ("rejected",) if drafts else ("rejected", "draft")
    rows = [(row, cells) for row, cells in rows if _status(cells) not in left]
    for row, cells in rows:
        problems += _cell_problems(name, row, cells, allowed)
        key = tuple(cells[column] for column in schema.unique)
        problems += [Problem(name, row, schema.unique[0], "", "empty; fill it")] if not key[0] else []
        if seen.setdefault(key, row) != row:
            mend = f"same as row {seen[key]} ({', '.join(schema.unique)}); delete one"
            problems.append(Problem(name, row, schema.unique[0], key[0], mend))
    return rows, problems


def _cell_problems(
    name: str, row: int, cells: dict[str, str], allowed: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield the cells of a row that are none of the values they may have, or hold no word where they must."""
    for column, values in allowed.items():
        if values and cells[column] not in values:
            mend = "write one of " + ", ".join(sorted(values))
            yield Problem(name, row, column, cells[column], mend)
    for column in _WORDS.get(name, ()):
        if not all(any(char.isalnum() for char in word) for word in cells[column].split("|")):
            mend = "holds no word; write it" if cells[column] else "empty; fill it"
            yield Problem(name, row, column, cells[column], mend)


def rejected(name: str, column: str, folder: str | Path | None) -> set[str]:
    """Return the cells of a column in the rows of a list that its reader rejected."""
    path = list_path(name, folder)
    rows = read_cells(path, (column,)).rows if path.is_file() else []
    return {cells[column] for _, cells in rows if _status(cells) == "rejected"}


def has_drafts(name: str, folder: str | Path | None) -> bool:
    """Return whether a row of a list is a draft that nobody has decided on."""
    path = list_path(name, folder)
    rows = read_cells(path, ()).rows if path.is_file() else []
    return any(_status(cells) == "draft" for _, cells in rows)


def _status(cells: dict[str, str]) -> str:
    """Return what a reader decided on a row; a list without that column is decided."""
    return cells.get("status", "").strip().lower()


def _status_problem(name: str, row: int, cells: dict[str, str]) -> Problem:
    """Return that a status is none."""
    return Problem(name, row, "status", cells["status"], "write draft, accepted or rejected")


def _allowed(column: Any) -> frozenset[str]:
    """Return the values a column may have, or none where it may have any."""
    told = (check.statistics.get("allowed_values") for check in column.checks)
    return frozenset(next((values for values in told if values), ()))


def list_frame(rows: list[Row], table: type[Table]) -> pd.DataFrame:
    """Return rows of cells as the table."""
    columns = list(table.to_schema().columns)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=columns, dtype="str"), table)


def list_path(name: str, folder: str | Path | None) -> Path:
    """Return where the CSV is: in the folder given or its lexicons/, or else in the project's data/lexicons.

    Raises CorpusError where there is no such folder; that of a corpus may have no lexicons/.
    """
    place = folder_path(folder or ROOT / "data" / "lexicons")
    if not place.is_dir() and place.name != "lexicons":
        raise CorpusError(
            [Problem(str(folder), None, "", "", "no such folder; name a corpus or its lexicons")]
        )
    own = place / "lexicons"
    return (own if own.is_dir() and not (place / name).is_file() else place) / name
