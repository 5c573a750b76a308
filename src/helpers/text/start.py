"""A corpus begun: its manifest written or added to: `python -m helpers.text.start folder`."""

import csv
import io
import sys
from pathlib import Path

from helpers.text.corpus import CorpusError, read_report, walk
from helpers.text.manifest import MANIFEST, MANIFEST_COLUMNS, TABLES
from helpers.text.problems import Problem, inert
from helpers.text.readers import read_bytes, read_cells

__all__ = ["main", "start_corpus"]


def start_corpus(folder: Path) -> tuple[Path, int]:
    """Write the manifest of `folder`, or add to it the reports it lacks; return its path and how many.

    The folder is made where there is none; no report is copied or changed. Cells that a saved page
    fills are filled, the others are left empty. Raises CorpusError where the folder cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MANIFEST
    table = read_cells(path, ("file",)) if path.exists() else None
    files, problems, _ = walk(folder)
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


def _manifest_row(name: str, path: str, header: list[str], problems: list[Problem]) -> list[str]:
    """Return the manifest's cells for a new report, those of a saved page filled as far as it tells."""
    report = read_report(name, path, {}, problems, [])
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
