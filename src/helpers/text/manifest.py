"""The manifest: what `documents.csv` may say of the reports, and what is wrong with it."""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from helpers.table import UNKNOWN
from helpers.text.packed import is_export
from helpers.text.problems import Note, Problem, composed, is_date
from helpers.text.readers import read_cells

__all__ = [
    "COLUMNS",
    "FETCHED",
    "FIELDS",
    "MANIFEST",
    "MANIFEST_COLUMNS",
    "OUTLETS",
    "PAGES",
    "TABLES",
    "TEXTS",
    "Described",
    "Report",
    "check_columns",
    "naming_problems",
    "read_manifest",
    "stem",
]
FIELDS = ("event_id", "outlet", "published", "headline", "language", "url", "outlet_evidence")
MANIFEST = "documents.csv"
MANIFEST_COLUMNS = ("doc_id", "file", *FIELDS)
OUTLETS, COLUMNS, FETCHED = "outlets.csv", "columns.csv", "fetched.csv"
_PACKED = {
    name: f"{name}.gz"
    for name in (".txt", ".md", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".jsonl", ".json")
}
TEXTS = (".txt", ".md", _PACKED[".txt"], _PACKED[".md"])
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", _PACKED[".html"], _PACKED[".htm"], _PACKED[".xhtml"])
_TABLES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xlsm")
TABLES = (*_TABLES, _PACKED[".csv"], _PACKED[".tsv"], _PACKED[".jsonl"], _PACKED[".json"])
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


# Per file, the row of the manifest that tells of it, and that row's cells.
Described = dict[str, tuple[int, dict[str, str]]]


class Report(NamedTuple):
    """A report as read: where it stands, its cells, its text, and what its file says of it."""

    file: str
    row: int | None
    cells: dict[str, str]
    text: str
    origins: tuple[tuple[str, str, str], ...] = ()


def read_manifest(
    manifest: Path, files: dict[str, str], problems: list[Problem], notes: list[Note]
) -> Described | None:
    """Return the manifest's rows by file name, or None where there is no manifest."""
    refused = any(problem.file == manifest.name for problem in problems)
    if refused or not manifest.exists():
        return None
    header, rows, found, _ = read_cells(manifest, ("file",))
    problems += found
    check_columns(manifest.name, header, MANIFEST_COLUMNS, problems, notes)
    alike = {composed(name): name for name in files}
    described: Described = {}
    for row, cells in rows:
        given = cells["file"]
        name = _file_of(given, files, alike)
        if told := _row_mend(name, given, files, described):
            problems.append(Problem(manifest.name, row, "file", given, told))
        if name:
            described.setdefault(name, (row, cells | {"doc_id": cells.get("doc_id", stem(name))}))
    if rows or not found:
        problems += _without_row(manifest.name, files, described)
    return described


def _file_of(given: str, files: dict[str, str], alike: dict[str, str]) -> str:
    """Return the file that a row names, in the folder's spelling where it is there; nothing outside it."""
    if given in files:
        return given
    name = _inside(given)
    return name if name in files else alike.get(composed(name), name)


def _row_mend(name: str, given: str, files: dict[str, str], described: Described) -> str:
    """Return what to do about a row of the manifest, or nothing."""
    if name in described:
        return f"already in row {described[name][0]}; delete one row"
    if not name:
        return "leads out of the corpus folder; name a file in it" if given else "empty; name the file"
    if name not in files:
        return "no such file; add it or delete the row"
    if name.lower().endswith(TABLES):
        return "a table, whose own rows tell of its reports; delete the row"
    return ""


def _without_row(manifest: str, files: dict[str, str], described: Described) -> Iterator[Problem]:
    """Yield the files that have no row and need one: what holds several reports tells of them itself."""
    told = f"no row in {manifest}; add one or take the file away"
    for name, path in files.items():
        if name not in described and not name.lower().endswith(TABLES) and not is_export(name, path):
            yield Problem(name, None, "", "", told)


def _inside(name: str) -> str:
    """Return a manifest's file name as a relative path, or nothing where it leads out of the folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
        return ""
    return path.as_posix() if path.parts else ""


def stem(name: str) -> str:
    """Return the name of a report that was given none: its file's, without ending."""
    whole = name[:-3] if name[-3:].lower() == ".gz" else name
    return whole.rpartition(".")[0] or whole


def check_columns(
    file: str, header: list[str], known: tuple[str, ...], problems: list[Problem], notes: list[Note]
) -> None:
    """Add a problem for every column that looks misspelt, and a note for every other that is not used."""
    absent = sorted(set(known) - set(header), key=known.index)
    for name in header:
        if name not in known:
            near = difflib.get_close_matches(name, absent, n=1)
            if near:
                problems.append(Problem(file, 1, name, "", f"no such column; did you mean {near[0]}?"))
            else:
                notes.append(Note(file, f"column {name} is not used"))


def naming_problems(named: list[Report]) -> Iterator[Problem]:
    """Yield what is wrong with the names, dates and languages of the reports, taken together."""
    seen: dict[str, Report] = {}
    for report in named:
        doc_id, published = report.cells["doc_id"], report.cells.get("published", "")
        first = seen.setdefault(doc_id, report)
        if not doc_id:
            yield Problem(report.file, report.row, "doc_id", "", "empty; give every report a name")
        elif first is not report:
            place = f"row {first.row}" if first.row is not None else first.file
            told = f"already in {place}; give each report its own name"
            yield Problem(report.file, report.row, "doc_id", doc_id, told)
        if published not in ("", UNKNOWN) and not is_date(published):
            told = "not a date; write 2024-03-26, 2024-03-26T18:30Z or unknown"
            yield Problem(report.file, report.row, "published", published, told)
        language = report.cells.get("language", "")
        if language not in ("", UNKNOWN) and not LANGUAGE.fullmatch(language):
            told = "not the code of a language; write en, fa-IR or unknown"
            yield Problem(report.file, report.row, "language", language, told)
