"""Files and a manifest in, the table of documents out; what cannot be used is named, all at once."""

import csv
import difflib
import io
import json
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import charset_normalizer
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from helpers.schema import UNKNOWN, Documents, conform, from_rows

__all__ = [
    "ROOT",
    "CorpusError",
    "CorpusWarning",
    "Note",
    "Problem",
    "active",
    "chosen_corpus",
    "inert",
    "load_documents",
    "load_notes",
    "main",
    "missing_numbers",
    "read_cells",
    "start_corpus",
]

FIELDS = ("event_id", "outlet", "published", "headline", "language", "url", "outlet_evidence")
MANIFEST = "documents.csv"
MANIFEST_COLUMNS = ("doc_id", "file", *FIELDS)
TEXTS, PAGES, TABLES = (".txt", ".md"), (".html", ".htm", ".xhtml"), (".csv", ".jsonl", ".parquet")
LARGEST_FILE, LARGEST_PAGE = 1 << 30, 20 << 20
ISO_8601 = re.compile(r"\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?")
_ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"(\xb5/\xfd": "zstd",
    b"\xfd7zXZ": "xz",
    b"%PDF-": "PDF",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def _find_root() -> Path:
    """Return the project's folder: upward from here, else from this file."""
    for start in (Path.cwd(), Path(__file__).resolve()):
        for folder in (start, *start.parents):
            if (folder / "pyproject.toml").is_file() and (folder / "notebooks").is_dir():
                return folder
    return Path.cwd()


ROOT = _find_root()


class Problem(NamedTuple):
    """One thing wrong with the input, where it stands, and what to do."""

    file: str
    row: int | None
    column: str
    value: str
    mend: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        place = self.file + (f", row {self.row}" if self.row is not None else "")
        place += f", column {self.column}" if self.column else ""
        return _printable(f"{place}: {self.value!r}: {self.mend}" if self.value else f"{place}: {self.mend}")


class Note(NamedTuple):
    """One thing to know of a file that does not keep it from being used."""

    file: str
    note: str

    def __str__(self) -> str:
        """Return the note as one line."""
        return _printable(f"{self.file}: {self.note}")


def _printable(line: str) -> str:
    """Return a line that moves no cursor and turns no direction, whatever a file is called."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


class CorpusError(ValueError):
    """The input cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{len(self.problems)} problem(s) in the corpus; nothing was run:"]
        super().__init__("\n".join(lines + [f"- {problem}" for problem in self.problems]))


class CorpusWarning(UserWarning):
    """Something of the input was guessed or left out; the message names the file."""


class _Refused(Exception):
    """A file cannot be read; the message says what to do."""


class _Report(NamedTuple):
    """A report as read: where it stands, its cells by column, its text."""

    file: str
    row: int | None
    cells: dict[str, str]
    text: str


class _Reading(NamedTuple):
    """All that was read of a folder."""

    reports: list[_Report]
    problems: list[Problem]
    notes: list[Note]


def chosen_corpus() -> Path | None:
    """Return the folder named by the environment variable CORPUS, or None for the four seeds."""
    name = os.environ.get("CORPUS", "").strip()
    return (ROOT / name) if name else None


def load_documents(folder: Path | None = None) -> pd.DataFrame:
    """Return the documents table of `folder` (of the chosen corpus, or else of the four seeds).

    Rows are sorted by doc_id; the environment variable EVENT narrows them to one event. Raises
    CorpusError with every problem found, and warns (CorpusWarning) of what was guessed or left out.
    """
    reading = _read_chosen(folder)
    if reading.problems:
        raise CorpusError(reading.problems)
    for note in reading.notes:
        # The file of the corpus is what is warned of, not the line of code that reads it.
        warnings.warn_explicit(str(note), CorpusWarning, filename=MANIFEST, lineno=1)
    records = [
        {"doc_id": report.cells["doc_id"], "text": report.text}
        | {name: report.cells.get(name) or UNKNOWN for name in FIELDS}
        for report in sorted(reading.reports, key=lambda report: report.cells["doc_id"])
    ]
    frame = conform(pd.DataFrame(records), Documents) if records else from_rows([], Documents)
    return _narrowed(frame, os.environ.get("EVENT", "").strip())


def load_notes(folder: Path | None = None) -> pd.DataFrame:
    """Return what was guessed or left out in reading `folder`, one row per remark: file, note."""
    return pd.DataFrame(_read_chosen(folder).notes, columns=["file", "note"], dtype="str")


def missing_numbers(documents: pd.DataFrame) -> list[str]:
    """Return the doc_ids that a corpus numbered like 000, 001, ... leaves out between its first and last."""
    present = documents["doc_id"].tolist()
    if len(present) < 2 or not all(re.fullmatch("[0-9]{1,9}", name) for name in present):
        return []
    if len({len(name) for name in present}) > 1:
        return []
    numbers = {int(name) for name in present}
    if max(numbers) - min(numbers) > 2 * len(numbers) + 10:
        return []
    return [f"{n:0{len(present[0])}d}" for n in range(min(numbers), max(numbers)) if n not in numbers]


def read_cells(
    path: Path, columns: tuple[str, ...]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Return the rows of a CSV as (row number, cells) and the problems of its form.

    Cells are counted before columns are blamed: a row with too many or too few is named as such.
    Row numbers count lines of the file from 1, the header being row 1.
    """
    try:
        text = _bytes(path).decode("utf-8-sig")
    except FileNotFoundError:
        return [], [Problem(path.name, None, "", "", "no such file; make it, or give its folder")]
    except UnicodeDecodeError as error:
        return [], [Problem(path.name, None, "", f"byte {error.start}", "not UTF-8; save it as UTF-8")]
    except (OSError, _Refused) as error:
        return [], [Problem(path.name, None, "", "", _mend(error))]
    header, rows, problems = _csv_rows(text, path.name)
    absent = [name for name in columns if name not in header]
    if absent:
        hint = "; cells are to be separated by commas" if len(header) == 1 and ";" in header[0] else ""
        return [], [Problem(path.name, 1, name, "", f"column missing; add {name}{hint}") for name in absent]
    return [(row, {name: active(cell) for name, cell in cells.items()}) for row, cells in rows], problems


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that would be starts with an apostrophe.

    >>> inert("=1+1"), inert("a-b")
    ("'=1+1", 'a-b')
    """
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@", "\t")) else cell


def active(cell: str) -> str:
    """Return a cell as it was before `inert`."""
    return cell[1:] if cell.startswith("'") and inert(cell[1:]) == cell else cell


def start_corpus(folder: Path) -> tuple[Path, int]:
    """Write the manifest of `folder`, or add to it the reports it lacks; return its path and how many.

    The folder is made where there is none; no report is copied or changed. Cells that a saved page
    fills are filled, the others are left empty. Raises CorpusError where the folder cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MANIFEST
    rows, problems = read_cells(path, ("file",)) if path.is_file() else ([], [])
    files, more, _ = _walk(folder)
    if problems or more:
        raise CorpusError([*problems, *more])
    header = _header(path) if path.is_file() else list(MANIFEST_COLUMNS)
    known = {cells["file"] for _, cells in rows}
    new = [name for name in files if name not in known and not name.lower().endswith(TABLES)]
    lines = [_manifest_row(name, files[name], header) for name in new]
    _append(path, [] if path.is_file() else [header], lines)
    return path, len(new)


def main(arguments: list[str] | None = None) -> int:
    """Start a corpus in the folder named, and print the next step: `python -m helpers.corpus folder`."""
    names = sys.argv[1:] if arguments is None else arguments
    if len(names) != 1 or not names[0].strip():
        print("Name a folder: make corpus NEW=my-corpus", file=sys.stderr)
        return 2
    try:
        path, n = start_corpus(Path(names[0]))
    except (CorpusError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path}: {n} report{'' if n == 1 else 's'} added.")
    if n or path.stat().st_size > len(",".join(MANIFEST_COLUMNS)) + 1:
        print(f"Fill in its empty cells (what is not known stays empty), then: make report CORPUS={names[0]}")
    else:
        print(f"Put reports into {names[0]} (.txt, .md, .html), then again: make corpus NEW={names[0]}")
    return 0


def _narrowed(documents: pd.DataFrame, event: str) -> pd.DataFrame:
    """Return the documents of one event, or all where none is named."""
    if not event:
        return documents
    events = sorted(documents["event_id"].unique())
    if event not in events:
        near = difflib.get_close_matches(event, events, n=1)
        mend = f"no such event; {'did you mean ' + near[0] if near else 'there are ' + ', '.join(events[:9])}"
        raise CorpusError([Problem("EVENT", None, "event_id", event, mend)])
    return documents[documents["event_id"] == event].reset_index(drop=True)


def _read_chosen(folder: Path | None) -> _Reading:
    """Return the reading of `folder`, of the chosen corpus, or else of the four seeds."""
    folder = folder or chosen_corpus()
    if folder is None:
        return _read(ROOT / "seeds", ROOT / "data" / MANIFEST)
    if not folder.is_dir():
        mend = "no such folder; give CORPUS= a folder"
        return _Reading([], [Problem(folder.name, None, "", "", mend)], [])
    return _read(folder, folder / MANIFEST)


def _read(folder: Path, manifest: Path) -> _Reading:
    """Return the reports of `folder`, described by `manifest` where there is one."""
    files, problems, notes = _walk(folder)
    described = _described(manifest, files, problems, notes)
    reports: list[_Report] = []
    named = [_Report(manifest.name, row, cells, "") for row, cells in (described or {}).values()]
    for name, path in files.items():
        if name.lower().endswith(TABLES):
            rows = _read_table(name, path, problems, notes)
            reports, named = reports + rows, named + rows
        elif described is None or name in described:
            report = _read_report(name, path, (described or {}).get(name, (None, {}))[1], problems, notes)
            reports += [report] if report else []
            named += [report] if report and described is None else []
    if list(_walk(folder)[0]) != list(files):
        problems.append(Problem(folder.name, None, "", "", "files came or went while it was read; run again"))
    if not reports and not problems:
        problems.append(Problem(folder.name, None, "", "", "no report in it; add .txt, .md or .html files"))
    problems += _naming_problems(named)
    return _Reading(reports, problems, notes)


def _walk(folder: Path) -> tuple[dict[str, str], list[Problem], list[Note]]:
    """Return the report files of `folder` by relative name, in order, and what else is in the way.

    Hidden files, lexicons/, the manifest and the resources of a saved page are no reports. A link that
    leads out of the folder, or to a folder, is refused.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    notes: list[Note] = []
    root = os.path.realpath(folder)
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        pages = {entry.name.rpartition(".")[0] for entry in entries if entry.name.lower().endswith(PAGES)}
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith(".") or name in ("lexicons", MANIFEST):
                continue
            mend = _entry_mend(entry, root)
            if mend:
                problems.append(Problem(_SURROGATE.sub("\ufffd", name), None, "", "", mend))
            elif entry.is_dir():
                if entry.name.removesuffix("_files") not in pages:
                    waiting.append((entry.path, name + "/"))
            elif entry.name.lower().endswith((*TEXTS, *PAGES, *TABLES)):
                files[name] = entry.path
            else:
                notes.append(Note(name, "not read; save the report's text as .txt to have it read"))
    return dict(sorted(files.items())), problems, notes


def _entry_mend(entry: os.DirEntry[str], root: str) -> str:
    """Return what to do about an entry of a folder that cannot be read, or nothing."""
    if _SURROGATE.search(entry.name):
        return "its name is not UTF-8; rename it"
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if os.path.commonpath([root, target]) != root:
            return "a link that leads out of the corpus folder; put the file itself there"
        if entry.is_dir():
            return "a link to a folder; put the reports themselves there"
    if not entry.is_file() and not entry.is_dir():
        return "not a file; take it away"
    return ""


def _described(
    manifest: Path, files: dict[str, str], problems: list[Problem], notes: list[Note]
) -> dict[str, tuple[int, dict[str, str]]] | None:
    """Return the manifest's rows by file name, or None where there is no manifest."""
    if not manifest.is_file():
        return None
    rows, found = read_cells(manifest, ("file",))
    problems += found
    if rows:
        _check_columns(manifest.name, list(rows[0][1]), MANIFEST_COLUMNS, problems, notes)
    described: dict[str, tuple[int, dict[str, str]]] = {}
    for row, cells in rows:
        given = cells["file"]
        name = _inside(given)
        if name in described:
            mend = f"already in row {described[name][0]}; delete one row"
        elif not name:
            mend = "leads out of the corpus folder; name a file in it" if given else "empty; name the file"
        else:
            mend = "" if name in files else "no such file; add it or delete the row"
        if mend:
            problems.append(Problem(manifest.name, row, "file", given, mend))
        if name:
            described.setdefault(name, (row, cells | {"doc_id": cells.get("doc_id", _stem(name))}))
    if rows or not found:
        mend = f"no row in {manifest.name}; add one or take the file away"
        absent = [name for name in files if name not in described and not name.lower().endswith(TABLES)]
        problems += [Problem(name, None, "", "", mend) for name in absent]
    return described


def _inside(name: str) -> str:
    """Return a manifest's file name as a relative path, or nothing where it leads out of the folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
        return ""
    return path.as_posix() if path.parts else ""


def _stem(name: str) -> str:
    """Return the name of a report that was given none: its file's, without ending."""
    return name.rpartition(".")[0] or name


def _check_columns(
    file: str, header: list[str], known: tuple[str, ...], problems: list[Problem], notes: list[Note]
) -> None:
    """Add a problem for every column that looks misspelt, and a note for every other that is not used."""
    for name in header:
        if name not in known:
            near = difflib.get_close_matches(name, [column for column in known if column not in header], n=1)
            if near:
                problems.append(Problem(file, 1, name, "", f"no such column; did you mean {near[0]}?"))
            else:
                notes.append(Note(file, f"column {name} is not used"))


def _read_report(
    name: str, path: str, cells: dict[str, str], problems: list[Problem], notes: list[Note]
) -> _Report | None:
    """Return the report in a text file or saved page, or None where it has a problem."""
    try:
        raw = _bytes(Path(path))
        text, note = _decode(raw)
        found: dict[str, str] = {}
        if name.lower().endswith(PAGES):
            text, found = _read_page(raw, text)
    except (OSError, _Refused) as error:
        problems.append(Problem(name, None, "", "", _mend(error)))
        return None
    if not any(char.isalnum() for char in text):
        mend = "no word in it; add the report's text or take the file away"
        problems.append(Problem(name, None, "", "", mend))
        return None
    if note:
        notes.append(Note(name, note))
    return _Report(name, None, _with_found({"doc_id": _stem(name)} | cells, found), text)


def _with_found(cells: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """Return the cells with what the page itself says where they are empty, and a remark that it does."""
    taken = {name: value for name, value in found.items() if value and cells.get(name, "") in ("", UNKNOWN)}
    if not taken:
        return cells
    names = ", ".join(sorted(taken))
    evidence = f"{cells.get('outlet_evidence', '')} Found in the page itself: {names}.".strip()
    return cells | taken | {"outlet_evidence": evidence}


def _bytes(path: Path) -> bytes:
    """Return what is in a file; raise _Refused where it is too large or changes meanwhile."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if before.st_size > LARGEST_FILE:
            raise _Refused(f"larger than {LARGEST_FILE >> 20:,} MB; cut it into reports")
        raw = file.read()
        after = os.fstat(file.fileno())
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(raw)):
        raise _Refused("changed while it was read; run again")
    return raw


def _mend(error: Exception) -> str:
    """Return an error as an instruction."""
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or 'unknown reason'}); check the file and its permissions"
    return str(error)


def _decode(raw: bytes) -> tuple[str, str]:
    """Return a file's text with line ends normalised, and a note where its encoding is a guess."""
    for start, kind in _ARCHIVES.items():
        if raw.startswith(start):
            raise _Refused(f"a {kind} file by its first bytes; unpack it and save its text")
    note = ""
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        if error.encoding.startswith("utf-16"):
            raise _Refused("begins as UTF-16 but is not; save it as UTF-8") from error
        text, encoding = _guess(raw)
        note = f"not UTF-8; read as {encoding}, which is a guess"
    if "\0" in text:
        text, note = _without_padding(raw, text, note)
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _guess(raw: bytes) -> tuple[str, str]:
    """Return text and encoding by what the page declares, else by the likeliest of charset-normalizer."""
    declared = _META_CHARSET.search(raw[:4096])
    best = charset_normalizer.from_bytes(raw).best()
    names = [declared.group(1).decode("ascii")] if declared else []
    for name in names + ([best.encoding] if best else []):
        try:
            return raw.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    raise _Refused("neither UTF-8 nor an encoding that can be told; save the report as UTF-8")


def _without_padding(raw: bytes, text: str, note: str) -> tuple[str, str]:
    """Return the text of a UTF-16 file without its mark; else the text as it is, its NULs counted."""
    if 3 * text.count("\0") > len(text):
        for name in ("utf-16-le", "utf-16-be"):
            try:
                wide = raw.decode(name)
            except UnicodeDecodeError:
                continue
            if "\0" not in wide:
                return wide, f"not UTF-8; read as {name}, which is a guess"
    return text, f"{note + '; ' if note else ''}{text.count(chr(0)):,} NUL characters in it"


def _read_page(raw: bytes, html: str) -> tuple[str, dict[str, str]]:
    """Return the report's text in a saved page, its headline first, and the fields that the page names."""
    # The import takes a quarter of a second that only corpora of pages should pay.
    import trafilatura

    if len(raw) > LARGEST_PAGE:
        raise _Refused(f"a page larger than {LARGEST_PAGE >> 20} MB; save the report's text as .txt")
    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    # Without a latest date of its own, the date finder would ask the clock.
    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    clean = _SURROGATE.sub("\ufffd", html.replace("\0", "\ufffd"))
    page = trafilatura.bare_extraction(
        clean, with_metadata=True, include_comments=False, date_extraction_params=dates
    )
    body = (getattr(page, "text", "") or trafilatura.html2txt(clean) or "").strip()
    if not any(char.isalnum() for char in body):
        raise _Refused("no report's text found in the page; save the text as .txt")
    named = {"headline": "title", "outlet": "sitename", "published": "date", "url": "url"}
    found = {field: " ".join(str(getattr(page, name, None) or "").split()) for field, name in named.items()}
    if not ISO_8601.fullmatch(found["published"]):
        found["published"] = ""
    title = found["headline"]
    return (body if not title or body.startswith(title) else f"{title}\n\n{body}"), found


def _read_table(name: str, path: str, problems: list[Problem], notes: list[Note]) -> list[_Report]:
    """Return the reports in the rows of a .csv, .jsonl or .parquet file."""
    wrong: list[Problem] = []
    try:
        if name.lower().endswith(".parquet"):
            header, rows = _parquet_rows(Path(path))
        else:
            text, note = _decode(_bytes(Path(path)))
            notes += [Note(name, note)] if note else []
            read = _csv_rows if name.lower().endswith(".csv") else _json_rows
            header, rows, wrong = read(text, name)
            problems += wrong
    except (OSError, _Refused, pa.ArrowException) as error:
        mend = "not a Parquet file that can be read" if isinstance(error, pa.ArrowException) else _mend(error)
        problems.append(Problem(name, None, "", "", mend))
        return []
    if "text" not in header:
        mend = "column missing; a table of reports has one named text"
        problems += [Problem(name, 1, "text", "", mend)] if header or not wrong else []
        return []
    _check_columns(name, header, ("doc_id", "text", *FIELDS), problems, notes)
    reports = []
    for row, cells in rows:
        report = _Report(name, row, {"doc_id": f"{_stem(name)}-{row}"} | _plain_cells(cells), cells["text"])
        if any(char.isalnum() for char in report.text):
            reports.append(report)
        else:
            mend = "no word in it; add the report's text or delete the row"
            problems.append(Problem(name, row, "text", report.text[:60], mend))
    return reports


def _plain_cells(cells: dict[str, str]) -> dict[str, str]:
    """Return the cells of a table's row but its text and those that are empty."""
    return {name: cell.strip() for name, cell in cells.items() if name != "text" and cell.strip()}


def _csv_rows(text: str, name: str) -> tuple[list[str], list[tuple[int, dict[str, str]]], list[Problem]]:
    """Return header, rows by line number, and the problems of form of a CSV."""
    # The library's limit for a cell is 128 kB, less than a long report.
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    rows, problems = [], []
    twice = sorted({cell for cell in header if header.count(cell) > 1})
    problems += [Problem(name, 1, cell, "", "a column twice; delete one") for cell in twice]
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            mend = f"{len(cells)} cells where the header has {len(header)}; quote a cell that holds a comma"
            problems.append(Problem(name, reader.line_num, "", ",".join(cells)[:60], mend))
            continue
        named = zip(header, cells, strict=True)
        rows.append((reader.line_num, {key: c if key == "text" else c.strip() for key, c in named}))
    return header, rows, problems


def _json_rows(text: str, name: str) -> tuple[list[str], list[tuple[int, dict[str, str]]], list[Problem]]:
    """Return column names, rows by line number, and the problems of form of a JSON Lines file."""
    rows, problems = [], []
    header: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            problems.append(Problem(name, number, "", line[:60], "not JSON; write one object on a line"))
            continue
        if not isinstance(values, dict):
            problems.append(Problem(name, number, "", line[:60], "no object; write {...} on each line"))
            continue
        cells = {_SURROGATE.sub("\ufffd", key): _cell(value) for key, value in values.items()}
        header |= dict.fromkeys(cells)
        rows.append((number, {"text": ""} | cells))
    return list(header), rows, problems


def _parquet_rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return column names and rows, counted from 1, of a Parquet file."""
    file = parquet.ParquetFile(path)
    groups = range(file.metadata.num_row_groups)
    if sum(file.metadata.row_group(group).total_byte_size for group in groups) > 4 * LARGEST_FILE:
        raise _Refused(f"larger than {4 * LARGEST_FILE >> 20:,} MB when unpacked; cut it into several")
    table = file.read()
    names = list(table.column_names)
    columns = [[_cell(value) for value in table.column(name).to_pylist()] for name in names]
    rows = zip(*columns, strict=True)
    return names, [(row, dict(zip(names, cells, strict=True))) for row, cells in enumerate(rows, start=1)]


def _cell(value: Any) -> str:
    """Return a value of a table as a cell: nothing for none, dates as ISO 8601, no lone surrogates."""
    if value is None or value != value:
        return ""
    text = (
        value.isoformat() if hasattr(value, "isoformat") else value if isinstance(value, str) else str(value)
    )
    text = text.removesuffix("T00:00:00") if hasattr(value, "isoformat") else text
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _naming_problems(named: list[_Report]) -> Iterator[Problem]:
    """Yield what is wrong with the names and dates of the reports, taken together."""
    seen: dict[str, _Report] = {}
    for report in named:
        doc_id, published = report.cells["doc_id"], report.cells.get("published", "")
        first = seen.setdefault(doc_id, report)
        if not doc_id:
            yield Problem(report.file, report.row, "doc_id", "", "empty; give every report a name")
        elif first is not report:
            place = f"row {first.row}" if first.row is not None else first.file
            mend = f"already in {place}; give each report its own name"
            yield Problem(report.file, report.row, "doc_id", doc_id, mend)
        if published not in ("", UNKNOWN) and not _is_date(published):
            mend = "not a date; write 2024-03-26, 2024-03-26T18:30Z or unknown"
            yield Problem(report.file, report.row, "published", published, mend)


def _is_date(text: str) -> bool:
    """Return whether `text` is a month, day or time of the calendar in ISO 8601."""
    if not ISO_8601.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return False
    return True


def _header(path: Path) -> list[str]:
    """Return the column names of a manifest."""
    return _csv_rows(_bytes(path).decode("utf-8-sig"), path.name)[0]


def _manifest_row(name: str, path: str, header: list[str]) -> list[str]:
    """Return the manifest's cells for a new report, those of a saved page filled as far as it tells."""
    problems: list[Problem] = []
    report = _read_report(name, path, {}, problems, [])
    if report is None:
        raise CorpusError(problems)
    cells = {"file": name} | report.cells
    return [inert(cells.get(column, "")) for column in header]


def _append(path: Path, *parts: list[list[str]]) -> None:
    """Write rows at the end of a CSV."""
    lines = [row for part in parts for row in part]
    ends_open = path.is_file() and path.stat().st_size > 0 and not _bytes(path).endswith((b"\n", b"\r"))
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("\n" if ends_open and lines else "")
        csv.writer(file, lineterminator="\n").writerows(lines)


if __name__ == "__main__":
    sys.exit(main())
