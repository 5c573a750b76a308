"""Files and a manifest in, the table of documents out; what cannot be used is named, all at once."""

import csv
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.schema import UNKNOWN, Documents, conform, from_rows

__all__ = [
    "ROOT",
    "CorpusError",
    "Problem",
    "chosen_corpus",
    "load_documents",
    "missing_numbers",
    "read_cells",
]

MANIFEST_COLUMNS = (
    "doc_id",
    "file",
    "event_id",
    "outlet",
    "published",
    "headline",
    "language",
    "url",
    "outlet_evidence",
)
TEXT_FILES = (".txt", ".md")
ISO_8601 = re.compile(r"\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?")


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
        return f"{place}: {self.value!r}: {self.mend}" if self.value else f"{place}: {self.mend}"


class CorpusError(ValueError):
    """The input cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{len(self.problems)} problem(s) in the corpus; nothing was run:"]
        super().__init__("\n".join(lines + [f"- {problem}" for problem in self.problems]))


def chosen_corpus() -> Path | None:
    """Return the folder named by the environment variable CORPUS, or None for the four seeds."""
    name = os.environ.get("CORPUS", "").strip()
    return (ROOT / name) if name else None


def load_documents(folder: Path | None = None) -> pd.DataFrame:
    """Return the documents table of `folder` (of the chosen corpus, or else of the four seeds).

    Rows are sorted by doc_id. Raises CorpusError with every problem found.
    """
    folder = folder or chosen_corpus()
    if folder is None:
        return _read(ROOT / "seeds", ROOT / "data" / "documents.csv")
    if not folder.is_dir():
        raise CorpusError([Problem(folder.name, None, "", "", "no such folder; give CORPUS= a folder")])
    return _read(folder, folder / "documents.csv")


def missing_numbers(documents: pd.DataFrame) -> list[str]:
    """Return the doc_ids that a corpus numbered like 000, 001, ... leaves out between its first and last."""
    present = documents["doc_id"].tolist()
    if len(present) < 2 or not all(name.isdigit() and len(name) == len(present[0]) for name in present):
        return []
    numbers = {int(name) for name in present}
    return [f"{n:0{len(present[0])}d}" for n in range(min(numbers), max(numbers)) if n not in numbers]


def read_cells(
    path: Path, columns: tuple[str, ...]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Return the rows of a CSV as (row number, cells) and the problems of its form.

    Cells are counted before columns are blamed: a row with too many or too few is named as such.
    Row numbers count lines of the file from 1, the header being row 1.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return [], [Problem(path.name, None, "", "", "no such file; make it, or give its folder")]
    except UnicodeDecodeError as error:
        return [], [Problem(path.name, None, "", f"byte {error.start}", "not UTF-8; save it as UTF-8")]
    except OSError as error:
        return [], [
            Problem(path.name, None, "", error.strerror or "", "cannot be read; check its permissions")
        ]
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    absent = [name for name in columns if name not in header]
    if absent:
        return [], [Problem(path.name, 1, name, "", f"column missing; add {name}") for name in absent]
    rows, problems = [], []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            mend = f"{len(cells)} cells where the header has {len(header)}; quote a cell that holds a comma"
            problems.append(Problem(path.name, reader.line_num, "", ",".join(cells)[:60], mend))
            continue
        named = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        rows.append((reader.line_num, named))
    return rows, problems


def _read(folder: Path, manifest: Path) -> pd.DataFrame:
    """Return the documents of `folder`, described by `manifest` where there is one."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in TEXT_FILES and path.is_file())
    names = {path.name for path in paths}
    if manifest.is_file():
        rows, problems = read_cells(manifest, MANIFEST_COLUMNS)
        problems += _manifest_problems(rows, manifest.name, names)
    else:
        problems = []
        rows = [(0, dict.fromkeys(MANIFEST_COLUMNS, "") | {"doc_id": p.stem, "file": p.name}) for p in paths]
    if not rows and not problems:
        problems.append(Problem(folder.name, None, "", "", "no report in it; add .txt or .md files"))
    records = []
    for row, cells in rows:
        text, problem = _read_text(folder / cells["file"]) if cells["file"] in names else ("", None)
        problems += [problem] if problem else []
        known = {name: cells[name] or UNKNOWN for name in MANIFEST_COLUMNS if name != "file"}
        records.append(known | {"text": text, "row": row})
    if problems:
        raise CorpusError(problems)
    frame = pd.DataFrame(records).sort_values("doc_id", kind="stable")
    return conform(frame, Documents) if len(frame) else from_rows([], Documents)


def _manifest_problems(rows: list[tuple[int, dict[str, str]]], name: str, files: set[str]) -> list[Problem]:
    """Return what the manifest's rows say wrongly of each other and of the files."""
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    used: dict[str, int] = {}
    for row, cells in rows:
        doc_id, file, published = cells["doc_id"], cells["file"], cells["published"]
        if not doc_id:
            problems.append(Problem(name, row, "doc_id", "", "empty; give every report a name"))
        elif doc_id in seen:
            mend = f"already in row {seen[doc_id]}; give each report its own name"
            problems.append(Problem(name, row, "doc_id", doc_id, mend))
        if file not in files:
            problems.append(Problem(name, row, "file", file, "no such file; add it or delete the row"))
        elif file in used:
            problems.append(Problem(name, row, "file", file, f"already in row {used[file]}; delete one row"))
        if published and published != UNKNOWN and not ISO_8601.fullmatch(published):
            mend = "not a date; write 2024-03-26, 2024-03-26T18:30Z or unknown"
            problems.append(Problem(name, row, "published", published, mend))
        seen.setdefault(doc_id, row)
        used.setdefault(file, row)
    for file in sorted(files - used.keys()):
        problems.append(Problem(file, None, "", "", f"no row in {name}; add one or take the file away"))
    return problems


def _read_text(path: Path) -> tuple[str, Problem | None]:
    """Return a report's text with line ends normalised, or the reason why it has none."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start}"
        return "", Problem(path.name, None, "", byte, "not UTF-8 from there; save the report as UTF-8")
    except OSError as error:
        return "", Problem(path.name, None, "", error.strerror or "", "cannot be read; check the file")
    if not any(char.isalnum() for char in text):
        return "", Problem(
            path.name, None, "", "", "no word in it; add the report's text or take the file away"
        )
    return text, None
