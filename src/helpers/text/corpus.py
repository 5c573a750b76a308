"""Files and a manifest in, the table of documents out; what cannot be used is named, all at once."""

import difflib
import hashlib
import os
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.place import ROOT, chosen_corpus, folder_path
from helpers.table import UNKNOWN, conform, empty, from_rows
from helpers.text.digests import file_digest
from helpers.text.exports import Record
from helpers.text.folder import Entry, entries_read, has_changed, walk
from helpers.text.heads import head_fields
from helpers.text.languages import with_languages
from helpers.text.manifest import (
    COLUMNS,
    FIELDS,
    MANIFEST,
    OUTLETS,
    PAGES,
    TABLES,
    Described,
    Report,
    naming_problems,
    read_manifest,
    stem,
)
from helpers.text.outlets import load_outlets, with_outlets
from helpers.text.packed import held_in, holds_several, may_be_export
from helpers.text.pagefields import Found
from helpers.text.problems import Note, Problem, Refused, composed, mend, without_surrogates
from helpers.text.readers import read_text
from helpers.text.sheets import is_table
from helpers.text.tabled import load_columns, read_table
from helpers.text.tables import (
    Documents,
    DocumentsTable,
    Entries,
    EntriesTable,
    Notes,
    NotesTable,
    Origins,
    OriginsTable,
)
from helpers.text.webpages import page_of

__all__ = [
    "Corpus",
    "CorpusError",
    "CorpusWarning",
    "checksum",
    "load_documents",
    "missing_numbers",
    "narrow_to_event",
    "read_corpus",
    "read_export",
    "read_report",
]
PROBLEMS_SHOWN, EVENTS_SHOWN = 100, 20


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


class Corpus(NamedTuple):
    """The reports of a folder, remarks on reading them, and what is wrong."""

    documents: Documents
    notes: Notes
    problems: list[Problem]
    origins: Origins | None = None
    entries: Entries | None = None


class _Reading(NamedTuple):
    """All that was read of a folder."""

    reports: list[Report]
    problems: list[Problem]
    notes: list[Note]
    entries: Sequence[Entry] = ()


def read_corpus(folder: str | Path | None = None, *, event: str | None = None) -> Corpus:
    """Return what is read of `folder` (of the chosen corpus, else of the four seeds), and all that is wrong.

    Documents are sorted by doc_id and narrowed to `event` (or else to the environment variable EVENT). Where
    there are problems there are no documents.
    """
    reading = _read_chosen(folder_path(folder) if folder else None)
    notes = from_rows([(note.file, note.note) for note in reading.notes], NotesTable)
    entries = from_rows(list(reading.entries), EntriesTable)
    if reading.problems or not reading.reports:
        return Corpus(empty(DocumentsTable), notes, reading.problems, entries=entries)
    documents, detected = with_languages(_documents(reading.reports))
    origins = _origins(reading.reports, detected)
    wanted = os.environ.get("EVENT", "") if event is None else event
    return narrow_to_event(Corpus(documents, notes, [], origins, entries), wanted)


def _documents(reports: Iterable[Report]) -> Documents:
    """Return the reports as a table, by doc_id."""
    own = sorted(reports, key=lambda report: report.cells["doc_id"])
    columns = {"doc_id": [report.cells["doc_id"] for report in own], "text": [report.text for report in own]}
    columns |= {name: [report.cells.get(name) or UNKNOWN for report in own] for name in FIELDS}
    return conform(pd.DataFrame(columns, dtype="str"), DocumentsTable)


def _origins(reports: Iterable[Report], detected: list[tuple[str, str, str, str]]) -> Origins:
    """Return where each field was found; a language that was detected replaces what was found of it."""
    told = {row[:2] for row in detected}
    found = [(report.cells["doc_id"], *origin) for report in reports for origin in report.origins]
    return from_rows(sorted([*(row for row in found if row[:2] not in told), *detected]), OriginsTable)


def load_documents(folder: str | Path | None = None, *, event: str | None = None) -> Documents:
    """Return the documents table of `folder`, as `read_corpus`.

    Raises CorpusError with every problem found, and warns (CorpusWarning) of what was guessed or left out.
    """
    corpus = read_corpus(folder, event=event)
    if corpus.problems:
        raise CorpusError(corpus.problems)
    for file, note in zip(corpus.notes["file"], corpus.notes["note"], strict=True):
        # The file of the corpus is what is warned of, not the line of code that reads it.
        warnings.warn_explicit(str(Note(file, note)), CorpusWarning, filename=MANIFEST, lineno=1)
    return corpus.documents


def checksum(folder: str | Path | None = None) -> str:
    """Return one number, in hexadecimal, of all that a run reads: the reports, the manifest and the lists.

    Equal numbers mean equal input, file by file and name by name (SHA-256).
    """
    chosen = folder_path(folder) if folder else chosen_corpus()
    paths = [Path(path) for path in walk(chosen or ROOT / "seeds").files.values()]
    own = (
        [
            *(chosen / name for name in (MANIFEST, OUTLETS, COLUMNS)),
            *sorted((chosen / "lexicons").glob("*.csv")),
        ]
        if chosen
        else []
    )
    total = hashlib.sha256()
    for path in [*paths, *own, *sorted((ROOT / "data").rglob("*.csv"))]:
        name = os.fsencode(path)
        total.update(hashlib.sha256(name).digest() + file_digest(os.fspath(path)))
    return total.hexdigest()


def missing_numbers(documents: Documents) -> list[str]:
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


def narrow_to_event(corpus: Corpus, event: str) -> Corpus:
    """Return the corpus with the documents of one event, or all where none is named."""
    event = composed(event.strip())
    if not event:
        return corpus
    events = sorted(corpus.documents["event_id"].unique())
    if event not in events:
        near = difflib.get_close_matches(event, events, n=1)
        told = f"no such event; {f'did you mean {near[0]}? ' if near else ''}There are "
        told += ", ".join(events[:EVENTS_SHOWN])
        told += f" ({EVENTS_SHOWN} of {len(events):,} shown)" if len(events) > EVENTS_SHOWN else ""
        return corpus._replace(problems=[Problem("EVENT", None, "event_id", event, told)])
    own = corpus.documents[corpus.documents["event_id"] == event]
    origins = corpus.origins
    if origins is not None:
        origins = origins[origins["doc_id"].isin(own["doc_id"])].reset_index(drop=True)
    return corpus._replace(documents=own.reset_index(drop=True), origins=origins)


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
    files, problems, notes, entries = walk(folder)
    described = read_manifest(manifest, files, problems, notes)
    refused = {problem.file for problem in problems}
    columns = {} if COLUMNS in refused else load_columns(folder / COLUMNS, problems)
    there = set(map(composed, files))
    notes += [Note(COLUMNS, f"there is no table {name}") for name in columns if name not in there]
    reports: list[Report] = []
    named = [_composed(Report(manifest.name, row, own, "")) for row, own in (described or {}).values()]
    for name, path in files.items():
        own = columns.get(composed(name), {})
        rows, by_manifest = _held(name, path, described, own, (problems, notes))
        rows = list(map(_composed, rows))
        reports += rows
        named += [] if by_manifest else rows
    outlets = ({}, []) if OUTLETS in refused else load_outlets(folder / OUTLETS, problems)
    reports = with_outlets(reports, outlets, notes)
    problems += _of_folder(folder, entries, empty=not reports and not problems)
    problems += naming_problems(named)
    problems = list(dict.fromkeys(problems))
    return _Reading(reports, problems, notes, entries_read(entries, Counter(r.file for r in reports)))


def _held(
    name: str,
    path: str,
    described: Described | None,
    columns: dict[str, str],
    told: tuple[list[Problem], list[Note]],
) -> tuple[list[Report], bool]:
    """Return the reports in a file, and whether the manifest names them; the rest is added to `told`."""
    if name.lower().endswith(TABLES):
        return read_table(name, path, columns, *told), False
    if described and name in described:
        report = read_report(name, path, described[name][1], *told)
        return [report] if report else [], True
    if holds_several(name, path, described is not None):
        return read_export(name, path, *told), False
    return _undescribed(name, path, columns, told) if described is None else [], False


def _undescribed(
    name: str, path: str, columns: dict[str, str], told: tuple[list[Problem], list[Note]]
) -> list[Report]:
    """Return the report in a file of a folder without a manifest, or those of a table or export."""
    report = read_report(name, path, {}, *told)
    if report and name.lower().endswith(".txt") and is_table(report.text):
        return read_table(name, path, columns, *told)
    if report and may_be_export(report.text):
        return read_export(name, path, *told)
    return [report] if report else []


def _of_folder(folder: Path, entries: Sequence[Entry], *, empty: bool) -> Iterator[Problem]:
    """Yield what is wrong with the folder as a whole."""
    if has_changed(folder, entries):
        yield Problem(folder.name, None, "", "", "files came or went while it was read; run again")
        empty = False
    if empty:
        told = "no report in it; add .txt, .md or .html files, or a table"
        yield Problem(folder.name, None, "", "", told)


def _composed(report: Report) -> Report:
    """Return a report whose names are in one form of Unicode; its text and its headline stay as they are."""
    cells = {key: cell if key == "headline" else composed(cell) for key, cell in report.cells.items()}
    return report if cells == report.cells else report._replace(cells=cells)


def read_report(
    name: str, path: str, cells: dict[str, str], problems: list[Problem], notes: list[Note]
) -> Report | None:
    """Return the report in a text file or saved page, or None where it has a problem."""
    found: Sequence[Found] = ()
    try:
        if name.lower().endswith(PAGES):
            text, note, found = page_of(Path(path))
        else:
            text, note = read_text(path)
            found = head_fields(text)
    except (OSError, Refused) as error:
        problems.append(Problem(name, None, "", "", mend(error)))
        return None
    if not any(map(str.isalnum, text)):
        told = "no word in it; add the report's text or take the file away"
        problems.append(Problem(name, None, "", "", told))
        return None
    if note:
        notes.append(Note(name, note))
    own = {"doc_id": stem(name)} | cells
    if found:
        own = _with_found(own, {one.field: one.value for one in found if one.field in FIELDS})
    return Report(name, None, own, text, tuple(found))


def _of_record(name: str, number: int, record: Record) -> Report:
    """Return a report of an export; a `number` of 0 is that of the only one."""
    fields = {field: value for field, value in record.fields.items() if field in FIELDS}
    own = _with_found({"doc_id": f"{stem(name)}-{number}" if number else stem(name)}, fields)
    origins = tuple((field, value, "the export") for field, value in record.fields.items())
    text = "\n\n".join(filter(None, (fields.get("headline", ""), record.text)))
    return Report(name, number or 1, own, text, origins)


def read_export(name: str, path: str, problems: list[Problem], notes: list[Note]) -> list[Report]:
    """Return the reports in a file that holds several, or in a Word or RTF file."""
    try:
        records = held_in(name, path, notes)
    except (OSError, Refused) as error:
        problems.append(Problem(name, None, "", "", mend(error)))
        return []
    filled = [(n, record) for n, record in enumerate(records, 1) if any(map(str.isalnum, record.text))]
    reports = [_of_record(name, number if len(records) > 1 else 0, record) for number, record in filled]
    without = len(records) - len(filled)
    if without:
        told = "report has no text in it" if without == 1 else "reports have no text in them"
        notes.append(
            Note(name, f"{without:,} {told}; fetch their addresses: make corpus NEW=folder URLS={name}")
        )
    if not reports and not without:
        problems.append(Problem(name, None, "", "", "no report found in it; save the reports as .txt"))
    return reports


def _with_found(cells: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """Return the cells with what the file itself says where they are empty, and a remark that it does."""
    taken = {name: value for name, value in found.items() if value and cells.get(name, "") in ("", UNKNOWN)}
    if not taken:
        return cells
    names = ", ".join(sorted(taken))
    evidence = f"{cells.get('outlet_evidence', '')} Found in the file itself: {names}.".strip()
    return cells | taken | {"outlet_evidence": evidence}
