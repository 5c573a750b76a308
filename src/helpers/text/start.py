"""A corpus begun: its manifest written or added to: `python -m helpers.text.start folder`."""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from helpers.place import commanded
from helpers.text.cells import Rows
from helpers.text.corpus import CorpusError, read_export, read_report
from helpers.text.encodings import decode_list, is_utf_8
from helpers.text.folder import walk
from helpers.text.manifest import COLUMNS, MANIFEST, MANIFEST_COLUMNS, OUTLETS, TABLES, Report
from helpers.text.outlets import OUTLET_COLUMNS, load_outlets, propose_outlets
from helpers.text.packed import is_export
from helpers.text.problems import Note, Problem, Refused, composed, inert, printable
from helpers.text.readers import read_bytes, read_cells, read_rows
from helpers.text.sheets import mark_of
from helpers.text.tabled import load_columns, read_table, table_columns

__all__ = ["main", "start_corpus"]


def start_corpus(
    folder: Path, told: list[str] | None = None, addresses: dict[str, str] | None = None
) -> tuple[Path, int]:
    """Write the manifest of `folder`, or add to it the reports it lacks; return its path and how many.

    The folder is made where there is none; no report is copied or changed. Cells that a saved page or the
    first lines of a text fill are filled, the others are left empty. A table's reports have no row in the
    manifest: how its columns are read is written into columns.csv, and outlets in several spellings into
    outlets.csv. What was found in tables is added to `told`; `addresses` are those of fetched files, for
    pages that tell none.
    Raises CorpusError where the folder cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MANIFEST
    table = read_cells(path, ("file",)) if path.exists() else Rows(list(MANIFEST_COLUMNS), [], [])
    files, problems, *_ = walk(folder)
    problems += table.problems
    new, holders = _without_row(files, {composed(cells["file"]) for _, cells in table.rows})
    reports = {name: read_report(name, files[name], {}, problems, []) for name in new}
    said, columns, tabled = _tables(folder, files, problems)
    more, held = _exports(holders, files, problems)
    if problems:
        raise CorpusError(problems)
    lines = _manifest_rows(reports, table.header, addresses or {})
    _append(path, ([] if path.exists() else [table.header]) + lines)
    _append(folder / COLUMNS, columns)
    found = [report.cells for report in (*filter(None, reports.values()), *tabled, *held)]
    said += more + _outlets(folder / OUTLETS, [*(cells for _, cells in table.rows), *found])
    if told is not None:
        told += said
    return path, len(new)


def _without_row(files: dict[str, str], known: set[str]) -> tuple[list[str], list[str]]:
    """Return the reports that have no row in the manifest, and the exports that hold several."""
    rest = [name for name in files if composed(name) not in known and not name.lower().endswith(TABLES)]
    holders = [name for name in rest if is_export(name, files[name])]
    return [name for name in rest if name not in holders], holders


def _exports(
    holders: list[str], files: dict[str, str], problems: list[Problem]
) -> tuple[list[str], list[Report]]:
    """Return what to print of the exports of a folder, and their reports."""
    said: list[str] = []
    reports: list[Report] = []
    for name in holders:
        notes: list[Note] = []
        found = read_export(name, files[name], problems, notes)
        reports += found
        said.append(_counted(name, len(found), notes))
    return said, reports


def main(arguments: list[str] | None = None) -> int:
    """Start a corpus in the folder named, and print the next step: `python -m helpers.text.start folder`."""
    given = sys.argv[1:] if arguments is None else arguments
    names = [name for name in given if name != "--again"]
    if len(names) not in (1, 2) or not all(name.strip() for name in names):
        print("Name a folder: make corpus NEW=my-corpus", file=sys.stderr)
        return 2
    told: list[str] = []
    try:
        kept = _fetch(Path(names[0]), Path(names[1]), again="--again" in given) if names[1:] else {}
        path, n = start_corpus(Path(names[0]), told, kept)
    except (CorpusError, OSError, Refused) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path}: {n} report{'' if n == 1 else 's'} added.")
    for line in told:
        print(printable(line))
    listed = n > 0 or path.stat().st_size > len(",".join(MANIFEST_COLUMNS)) + 1
    print(_next_step(names[0], listed=listed, tables=bool(told)))
    return 0


def _next_step(folder: str, *, listed: bool, tables: bool) -> str:
    """Return what to do next in a folder that has reports in its manifest, in tables, or none yet."""
    if listed:
        return f"Fill in its empty cells (what is not known stays empty), then: make report CORPUS={folder}"
    if tables:
        return f"Next: make report CORPUS={folder}"
    return f"Put reports into {folder} (.txt, .md, .html, or a table), then again: make corpus NEW={folder}"


def _fetch(folder: Path, addresses: Path, *, again: bool) -> dict[str, str]:
    """Fetch the addresses of a list into the folder, say what happened to each; return those kept."""
    # The import takes time that only those who fetch should pay.
    from helpers.text.fetching import addresses_in, fetch_pages

    inside = folder / addresses
    urls = addresses_in(addresses if addresses.exists() or not inside.exists() else inside)
    folder.mkdir(parents=True, exist_ok=True)
    kept: dict[str, str] = {}
    for page in fetch_pages(folder, urls, again=again):
        print(printable(f"{page.url}: {page.told}{f', {page.file}' if page.file else ''}"), flush=True)
        kept |= {page.file: page.final_url} if page.file else {}
    return kept


def _manifest_rows(
    reports: dict[str, Report | None], header: list[str], urls: dict[str, str]
) -> list[list[str]]:
    """Return the manifest's cells for new reports, those of saved pages filled as far as they tell."""
    rows = []
    for name, report in reports.items():
        cells = {"file": name, "url": urls.get(name, "")} | (report.cells if report else {})
        rows.append([inert(cells.get(column, "")) for column in header])
    return rows


def _tables(
    folder: Path, files: dict[str, str], problems: list[Problem]
) -> tuple[list[str], list[list[str]], list[Report]]:
    """Return what to print of the tables of a folder, the rows that columns.csv lacks, and their reports."""
    given = load_columns(folder / COLUMNS, problems)
    said: list[str] = []
    rows: list[list[str]] = []
    reports: list[Report] = []
    for name, path in files.items():
        if not name.lower().endswith(TABLES):
            continue
        notes: list[Note] = []
        found = read_table(name, path, given.get(composed(name), {}), problems, notes)
        reports += found
        said.append(_counted(name, len(found), notes))
        if found and composed(name) not in given:
            columns = table_columns(read_rows(Path(path), name), {})
            rows += [[name, column, field] for field, column in columns.items() if column != field]
    head = [] if (folder / COLUMNS).exists() or not rows else [["file", "column", "read_as"]]
    said += (
        [f"{folder / COLUMNS} says how their columns are read; change it where it is wrong."] if rows else []
    )
    return said, head + [[inert(cell) for cell in row] for row in rows], reports


def _counted(name: str, n: int, notes: list[Note]) -> str:
    """Return how many reports a file holds, and what was remarked on reading them."""
    count = f"{n} report{'' if n == 1 else 's'}"
    return "; ".join([f"{name}: {count}, read where they are", *(note.note for note in notes)]) + "."


def _outlets(path: Path, reports: Iterable[dict[str, str]]) -> list[str]:
    """Add to outlets.csv the outlets that are perhaps one, the other spellings in a note; say so."""
    aliases, known = load_outlets(path, [])
    names = [cells.get("outlet", "") for cells in reports]
    proposed = propose_outlets([aliases.get(name, name) for name in names], known)
    new = [(outlet, others) for outlet, others in proposed if outlet not in known]
    rows = [[inert(outlet), "", "", inert(f"perhaps also: {' | '.join(others)}")] for outlet, others in new]
    _append(path, ([] if path.exists() or not rows else [list(OUTLET_COLUMNS)]) + rows)
    return [
        f"{path}: {outlet} and {', '.join(others)} are perhaps one outlet; write the others under aliases "
        "to count them as one."
        for outlet, others in new
    ]


def _append(path: Path, rows: list[list[str]]) -> None:
    """Write rows at the end of a CSV; a full disk leaves it as it was."""
    if not rows and path.name != MANIFEST:
        return
    before = read_bytes(path) if path.is_file() else b""
    held = decode_list(before)
    # Of a file in UTF-16 the whole is written again in UTF-8, with the mark that spreadsheets look for.
    before = before if is_utf_8(before) else held.encode("utf-8-sig")
    mark, _ = mark_of(held, ("file", "outlet", "column"))
    added = io.StringIO("\n" if rows and held and not held.endswith(("\n", "\r")) else "")
    added.seek(0, io.SEEK_END)
    csv.writer(added, lineterminator="\n", delimiter=mark).writerows(rows)
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(before + added.getvalue().encode("utf-8"))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(commanded(main))
