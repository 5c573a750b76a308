"""Files and a manifest in, the table of documents out; what cannot be used is named, all at once."""

import csv
import difflib
import hashlib
import io
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pandas as pd

from helpers.readers import (
    Note,
    Problem,
    Refused,
    inert,
    is_date,
    mend,
    read_bytes,
    read_cells,
    read_page,
    read_rows,
    read_text,
    without_surrogates,
)
from helpers.schema import UNKNOWN, Documents, conform, from_rows

__all__ = [
    "ROOT",
    "CorpusError",
    "CorpusWarning",
    "checksum",
    "chosen_corpus",
    "load_documents",
    "load_notes",
    "main",
    "missing_numbers",
    "start_corpus",
]

FIELDS = ("event_id", "outlet", "published", "headline", "language", "url", "outlet_evidence")
MANIFEST = "documents.csv"
MANIFEST_COLUMNS = ("doc_id", "file", *FIELDS)
TEXTS, PAGES, TABLES = (".txt", ".md"), (".html", ".htm", ".xhtml"), (".csv", ".jsonl", ".parquet")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
PROBLEMS_SHOWN, EVENTS_SHOWN = 100, 20


def _find_root() -> Path:
    """Return the project's folder: upward from here, else from this file."""
    for start in (Path.cwd(), Path(__file__).resolve()):
        for folder in (start, *start.parents):
            if (folder / "pyproject.toml").is_file() and (folder / "notebooks").is_dir():
                return folder
    return Path.cwd()


ROOT = _find_root()


class CorpusError(ValueError):
    """The input cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{len(self.problems):,} problem(s) in the corpus; nothing was run:"]
        lines += [f"- {problem}" for problem in self.problems[:PROBLEMS_SHOWN]]
        if len(self.problems) > PROBLEMS_SHOWN:
            lines.append(f"{PROBLEMS_SHOWN} of {len(self.problems):,} shown; mend these, then run again.")
        super().__init__("\n".join(lines))


class CorpusWarning(UserWarning):
    """Something of the input was guessed or left out; the message names the file."""


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


def checksum(folder: Path | None = None) -> str:
    """Return one number, in hexadecimal, of all that a run reads: the reports, the manifest and the lists.

    Equal numbers mean equal input, file by file and name by name (SHA-256).
    """
    chosen = folder or chosen_corpus()
    paths = [Path(path) for path in _walk(chosen or ROOT / "seeds")[0].values()]
    own = [chosen / MANIFEST, *sorted((chosen / "lexicons").glob("*.csv"))] if chosen else []
    total = hashlib.sha256()
    for path in [*paths, *own, *sorted((ROOT / "data").rglob("*.csv"))]:
        try:
            with path.open("rb") as file:
                part = hashlib.file_digest(file, "sha256").digest()
        except OSError:
            part = b"cannot be read"
        total.update(hashlib.sha256(os.fsencode(path)).digest() + part)
    return total.hexdigest()


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


def start_corpus(folder: Path) -> tuple[Path, int]:
    """Write the manifest of `folder`, or add to it the reports it lacks; return its path and how many.

    The folder is made where there is none; no report is copied or changed. Cells that a saved page
    fills are filled, the others are left empty. Raises CorpusError where the folder cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MANIFEST
    table = read_cells(path, ("file",)) if path.exists() else None
    files, problems, _ = _walk(folder)
    problems += table.problems if table else []
    known = {cells["file"] for _, cells in table.rows} if table else set()
    new = [name for name in files if name not in known and not name.lower().endswith(TABLES)]
    header = table.header if table else list(MANIFEST_COLUMNS)
    lines = [_manifest_row(name, files[name], header, problems) for name in new]
    if problems:
        raise CorpusError(problems)
    _append(path, ([] if table else [header]) + lines)
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
        told = f"no such event; {f'did you mean {near[0]}? ' if near else ''}There are "
        told += ", ".join(events[:EVENTS_SHOWN])
        told += f" ({EVENTS_SHOWN} of {len(events):,} shown)" if len(events) > EVENTS_SHOWN else ""
        raise CorpusError([Problem("EVENT", None, "event_id", event, told)])
    return documents[documents["event_id"] == event].reset_index(drop=True)


def _read_chosen(folder: Path | None) -> _Reading:
    """Return the reading of `folder`, of the chosen corpus, or else of the four seeds."""
    folder = folder or chosen_corpus()
    if folder is None:
        return _read(ROOT / "seeds", ROOT / "data" / MANIFEST)
    told = _folder_mend(folder)
    if told:
        return _Reading([], [Problem(without_surrogates(folder.name), None, "", "", told)], [])
    return _read(folder, folder / MANIFEST)


def _folder_mend(folder: Path) -> str:
    """Return what to do about a corpus folder that is none, or nothing."""
    if not folder.is_dir():
        return f"{'not a' if folder.exists() else 'no such'} folder; give CORPUS= a folder"
    name = folder.resolve().name
    return "" if name == without_surrogates(name) else "its name is not UTF-8; rename the folder"


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
    leads out of the folder, or to a folder, is refused, in lexicons/ too.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    notes: list[Note] = []
    root = os.path.realpath(folder)
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            name = prefix.rstrip("/") or folder.name
            problems.append(Problem(without_surrogates(name), None, "", "", mend(error)))
            continue
        pages = {entry.name.rpartition(".")[0] for entry in entries if entry.name.lower().endswith(PAGES)}
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith("."):
                continue
            told = _entry_mend(entry, root)
            if told:
                problems.append(Problem(without_surrogates(name), None, "", "", told))
            elif name == MANIFEST or prefix == "lexicons/":
                continue
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
    if without_surrogates(entry.name) != entry.name:
        return "its name is not UTF-8; rename it"
    try:
        if entry.is_symlink():
            if not Path(os.path.realpath(entry.path)).is_relative_to(root):
                return "a link that leads out of the corpus folder; put the file itself there"
            if entry.is_dir():
                return "a link to a folder; put the reports themselves there"
        return "" if entry.is_file() or entry.is_dir() else "not a file; take it away"
    except OSError as error:
        return mend(error)


def _described(
    manifest: Path, files: dict[str, str], problems: list[Problem], notes: list[Note]
) -> dict[str, tuple[int, dict[str, str]]] | None:
    """Return the manifest's rows by file name, or None where there is no manifest."""
    refused = any(problem.file == manifest.name for problem in problems)
    if refused or not manifest.exists():
        return None
    header, rows, found, _ = read_cells(manifest, ("file",))
    problems += found
    _check_columns(manifest.name, header, MANIFEST_COLUMNS, problems, notes)
    described: dict[str, tuple[int, dict[str, str]]] = {}
    for row, cells in rows:
        given = cells["file"]
        name = given if given in files else _inside(given)
        if name in described:
            told = f"already in row {described[name][0]}; delete one row"
        elif not name:
            told = "leads out of the corpus folder; name a file in it" if given else "empty; name the file"
        elif name in files and name.lower().endswith(TABLES):
            told = "a table, whose own rows tell of its reports; delete the row"
        else:
            told = "" if name in files else "no such file; add it or delete the row"
        if told:
            problems.append(Problem(manifest.name, row, "file", given, told))
        if name:
            described.setdefault(name, (row, cells | {"doc_id": cells.get("doc_id", _stem(name))}))
    if rows or not found:
        told = f"no row in {manifest.name}; add one or take the file away"
        absent = [name for name in files if name not in described and not name.lower().endswith(TABLES)]
        problems += [Problem(name, None, "", "", told) for name in absent]
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
    found: dict[str, str] = {}
    try:
        if name.lower().endswith(PAGES):
            text, note, found = read_page(Path(path))
        else:
            text, note = read_text(Path(path))
    except (OSError, Refused) as error:
        problems.append(Problem(name, None, "", "", mend(error)))
        return None
    if not any(char.isalnum() for char in text):
        told = "no word in it; add the report's text or take the file away"
        problems.append(Problem(name, None, "", "", told))
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


def _read_table(name: str, path: str, problems: list[Problem], notes: list[Note]) -> list[_Report]:
    """Return the reports in the rows of a .csv, .jsonl or .parquet file."""
    try:
        table = read_rows(Path(path), name)
    except (OSError, Refused) as error:
        problems.append(Problem(name, None, "", "", mend(error)))
        return []
    problems += table.problems
    notes += [Note(name, table.note)] if table.note else []
    if "text" not in table.header:
        told = "column missing; a table of reports has one named text, its cells separated by commas"
        problems += [Problem(name, 1, "text", "", told)] if table.header or not table.problems else []
        return []
    _check_columns(name, table.header, ("doc_id", "text", *FIELDS), problems, notes)
    reports = []
    for row, cells in table.rows:
        report = _Report(name, row, {"doc_id": f"{_stem(name)}-{row}"} | _plain_cells(cells), cells["text"])
        if any(char.isalnum() for char in report.text):
            reports.append(report)
        else:
            told = "no word in it; add the report's text or delete the row"
            problems.append(Problem(name, row, "text", report.text[:60], told))
    return reports


def _plain_cells(cells: dict[str, str]) -> dict[str, str]:
    """Return the cells of a table's row but its text and those that are empty."""
    return {name: cell.strip() for name, cell in cells.items() if name != "text" and cell.strip()}


def _naming_problems(named: list[_Report]) -> Iterator[Problem]:
    """Yield what is wrong with the names, dates and languages of the reports, taken together."""
    seen: dict[str, _Report] = {}
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


def _manifest_row(name: str, path: str, header: list[str], problems: list[Problem]) -> list[str]:
    """Return the manifest's cells for a new report, those of a saved page filled as far as it tells."""
    report = _read_report(name, path, {}, problems, [])
    cells = {"file": name} | (report.cells if report else {})
    return [inert(cells.get(column, "")) for column in header]


def _append(path: Path, rows: list[list[str]]) -> None:
    """Write rows at the end of a CSV; a full disk leaves it as it was."""
    before = read_bytes(path) if path.is_file() else b""
    added = io.StringIO("\n" if rows and before and not before.endswith((b"\n", b"\r")) else "")
    added.seek(0, io.SEEK_END)
    csv.writer(added, lineterminator="\n").writerows(rows)
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(before + added.getvalue().encode("utf-8"))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
