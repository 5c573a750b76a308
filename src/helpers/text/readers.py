"""One file in, its text or the cells of its rows out; what cannot be read is refused with a mend."""

import codecs
import csv
import io
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import charset_normalizer
import pyarrow as pa
from charset_normalizer.constant import IANA_SUPPORTED
from pyarrow import compute, parquet

from helpers.text.problems import Problem, Refused, active, is_date, mend, without_surrogates

__all__ = ["Row", "Rows", "read_bytes", "read_cells", "read_page", "read_rows", "read_text"]
LARGEST_FILE, LARGEST_PAGE = 1 << 30, 20 << 20
SHOWN = 60
ROWS_AT_A_TIME = 256
# More columns are a matrix of words, not a table of reports.
MOST_COLUMNS = 1_000
# Bytes of a text among which one stray byte is allowed.
STRAY = 500
_ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"(\xb5/\xfd": "zstd",
    b"\xfd7zXZ": "xz",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"%PDF-": "PDF",
}
_UTF32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*+=\s*+[\"']?\s*+([\w-]{2,30})", re.IGNORECASE)
Row = tuple[int, dict[str, str]]


class Rows(NamedTuple):
    """A table as read: column names, cells by row number, what is wrong with its form, and a remark."""

    header: list[str]
    rows: list[Row]
    problems: list[Problem]
    note: str = ""


def read_bytes(path: Path) -> bytes:
    """Return what is in a file; raise Refused where it is too large or changes meanwhile."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if before.st_size > LARGEST_FILE:
            raise Refused(f"larger than {LARGEST_FILE >> 20:,} MB; cut it into reports")
        raw = file.read()
        after = os.fstat(file.fileno())
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(raw)):
        raise Refused("changed while it was read; run again")
    return raw


def read_text(path: Path) -> tuple[str, str]:
    """Return a file's text with line ends normalised, and a note where its encoding is a guess.

    Raises OSError, or Refused where the file holds no text that can be told.
    """
    return _decode(read_bytes(path))


def read_page(path: Path) -> tuple[str, str, dict[str, str]]:
    """Return the report's text in a saved page, headline first, a note as `read_text`, and the page's fields.

    The fields are those of headline, outlet, published and url that the page itself names.
    """
    # The import takes a quarter of a second that only corpora of pages should pay.
    import trafilatura

    raw = read_bytes(path)
    html, note = _decode(raw)
    if len(raw) > LARGEST_PAGE:
        raise Refused(f"a page larger than {LARGEST_PAGE >> 20} MB; save the report's text as .txt")
    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    # Without a latest date of its own, the date finder would ask the clock.
    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    clean = without_surrogates(html.replace("\0", "\ufffd"))
    try:
        page = trafilatura.bare_extraction(
            clean, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
        body = (getattr(page, "text", "") or trafilatura.html2txt(clean) or "").strip()
    except Exception as error:
        # Whatever the parser stumbles over, the reader of the message can do one thing.
        kind = type(error).__name__
        raise Refused(f"not a page that can be read ({kind}); save the report's text as .txt") from error
    if not any(char.isalnum() for char in body):
        raise Refused("no report's text found in the page; save the text as .txt")
    named = {"headline": "title", "outlet": "sitename", "published": "date", "url": "url"}
    found = {
        field: without_surrogates(" ".join(str(getattr(page, name, None) or "").split()))
        for field, name in named.items()
    }
    if not is_date(found["published"]):
        found["published"] = ""
    title = found["headline"]
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    return without_surrogates(text), note, found


def read_rows(path: Path, name: str) -> Rows:
    """Return the rows of a .csv, .jsonl or .parquet file, called `name` in what is wrong with its form.

    Row numbers count lines from 1 (the first line of a row), in Parquet rows. Raises OSError or Refused.
    """
    if name.lower().endswith(".parquet"):
        return _parquet_rows(path, name)
    text, note = read_text(path)
    read = _csv_rows if name.lower().endswith(".csv") else _json_rows
    return read(text, name)._replace(note=note)


def read_cells(path: Path, columns: tuple[str, ...]) -> Rows:
    """Return the rows of a CSV that must have `columns`, and the problems of its form.

    Cells are counted before columns are blamed: a row with too many or too few is named as such.
    """
    try:
        table = _csv_rows(read_bytes(path).decode("utf-8-sig"), path.name)
    except FileNotFoundError:
        return _no_rows(path.name, "no such file; make it, or give its folder")
    except UnicodeDecodeError as error:
        return _no_rows(path.name, "not UTF-8; save it as UTF-8", value=f"byte {error.start}")
    except (OSError, Refused) as error:
        return _no_rows(path.name, mend(error))
    absent = [name for name in columns if name not in table.header]
    if absent:
        hint = _separator_hint(table.header)
        problems = [Problem(path.name, 1, name, "", f"column missing; add {name}{hint}") for name in absent]
        return Rows(table.header, [], problems)
    rows = [(row, {name: active(cell) for name, cell in cells.items()}) for row, cells in table.rows]
    return table._replace(rows=rows)


def _no_rows(name: str, mend: str, value: str = "") -> Rows:
    """Return the reading of a table that cannot be read at all."""
    return Rows([], [], [Problem(name, None, "", value, mend)])


def _separator_hint(header: list[str]) -> str:
    """Return a hint where the cells of a header are separated by something else than commas."""
    other = len(header) == 1 and any(mark in header[0] for mark in ";\t|")
    return "; cells are to be separated by commas" if other else ""


def _decode(raw: bytes) -> tuple[str, str]:
    """Return text with line ends normalised, and a note where its encoding is a guess."""
    for start, kind in _ARCHIVES.items():
        if raw.startswith(start):
            raise Refused(f"a {kind} file by its first bytes; unpack it and save its text")
    note = ""
    wide = "utf-32" if raw[:4] in _UTF32 else "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    try:
        text = raw.decode(wide or "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            raise Refused(f"begins as {wide.upper()} but is not; save it as UTF-8") from error
        text, note = _nearly(raw)
        if not note:
            text, encoding = _guess(raw)
            note = f"not UTF-8; read as {encoding}, which is a guess"
    if "\0" in text:
        text, note = _without_padding(raw, text, note)
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _nearly(raw: bytes) -> tuple[str, str]:
    """Return a text that is UTF-8 but for few stray bytes, each shown as U+FFFD, and a note; else no note.

    Nearly UTF-8 is a text with more whole characters of several bytes than stray bytes, and with at most
    one stray byte in STRAY: of another encoding, hardly any such run of bytes is UTF-8 by chance.
    """
    text = raw.decode("utf-8-sig", errors="replace")
    stray = text.count("\ufffd") - raw.count("\ufffd".encode())
    whole = sum(ord(char) > 127 for char in text) - stray
    if stray > max(len(raw) // STRAY, 1) or whole <= stray:
        return text, ""
    first = text.find("\ufffd")
    line = text.count("\n", 0, first) + 1
    bytes_ = "byte that is" if stray == 1 else "bytes that are"
    return text, f"{stray:,} {bytes_} not UTF-8, shown as \ufffd; the first stands in line {line:,}"


def _guess(raw: bytes) -> tuple[str, str]:
    """Return text and encoding by what the page declares, else by the likeliest of charset-normalizer."""
    declared = _META_CHARSET.search(raw[:4096])
    names = [declared.group(1).decode("ascii")] if declared else []
    for name in names:
        try:
            # Python decodes more than the encodings of texts: escapes, host names, archives.
            if codecs.lookup(name).name.replace("-", "_") in IANA_SUPPORTED:
                return without_surrogates(raw.decode(name)), name
        except (UnicodeError, LookupError):
            continue
    best = charset_normalizer.from_bytes(raw).best()
    if best is None:
        raise Refused("neither UTF-8 nor an encoding that can be told; save the report as UTF-8")
    return without_surrogates(raw.decode(best.encoding)), best.encoding


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


def _csv_rows(text: str, name: str) -> Rows:
    """Return the rows of a CSV; cells but those named text lose the blanks around them."""
    # The library's limit for a cell is 128 kB, less than a long report.
    csv.field_size_limit(LARGEST_FILE)
    # Strict, for a quotation mark left open would swallow the rows after it.
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, strict=True)
    header, width = list[str](), 0
    rows: list[Row] = []
    problems: list[Problem] = []
    while True:
        row, place = reader.line_num + 1, source.tell()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            mend = "a quotation mark left open or out of place; double it in a cell, and close the cell"
            problems.append(Problem(name, row, "", text[place : place + SHOWN].partition("\n")[0], mend))
            if row == 1:
                break
            continue
        if row == 1:
            header, width = _within(cell.strip() for cell in cells), len(cells)
            problems += _doubled(name, header)
        elif any(cell.strip() for cell in cells):
            # Spreadsheets end every row with commas for columns that were once used.
            if len(cells) == width and not any(cell.strip() for cell in cells[len(header) :]):
                del cells[len(header) :]
            if len(cells) != len(header):
                mend = (
                    f"{len(cells)} cells where the header has {len(header)}; quote a cell that holds a comma"
                )
                problems.append(Problem(name, row, "", ",".join(cells)[:SHOWN], mend))
                continue
            named = zip(header, cells, strict=True)
            rows.append((row, {key: cell if key == "text" else cell.strip() for key, cell in named}))
    return Rows(header, rows, problems)


def _json_rows(text: str, name: str) -> Rows:
    """Return the rows of a JSON Lines file, one object a line."""
    rows, problems = [], []
    header: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line, object_pairs_hook=_object)
        except (ValueError, RecursionError) as error:
            twice = isinstance(error, _Twice)
            mend = f"{error} twice; delete one" if twice else "not JSON; write one object on a line"
            problems.append(Problem(name, number, "", line[:SHOWN], mend))
            continue
        if not isinstance(values, dict):
            problems.append(Problem(name, number, "", line[:SHOWN], "no object; write {...} on each line"))
            continue
        values = {without_surrogates(key): value for key, value in values.items()}
        problems += [
            _not_text(name, number, key, value) for key, value in values.items() if _nested(key, value)
        ]
        cells = {key: _cell(value) for key, value in values.items()}
        header |= dict.fromkeys(_within(cells))
        rows.append((number, {"text": ""} | cells))
    return Rows(_within(header), rows, problems)


class _Twice(ValueError):
    """A key stands twice in one object."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; raise _Twice where it has one key twice, of which one would be lost."""
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        # `add` gives None: the first key that is there already is taken.
        raise _Twice(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return values


def _unpacked(column: pa.Array) -> int:
    """Return the bytes of a column once each row holds its own words."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    words = column.dictionary
    if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
        return int(column.nbytes)
    return int(compute.sum(compute.binary_length(words).take(column.indices)).as_py() or 0)


def _parquet_rows(path: Path, name: str) -> Rows:
    """Return the rows of a Parquet file, counted from 1."""
    try:
        file = parquet.ParquetFile(path)
        groups = range(file.metadata.num_row_groups)
        larger = Refused(f"larger than {4 * LARGEST_FILE >> 20:,} MB when unpacked; cut it into several")
        if sum(file.metadata.row_group(group).total_byte_size for group in groups) > 4 * LARGEST_FILE:
            raise larger
        header = _within(without_surrogates(column) for column in file.schema_arrow.names)
        columns: list[list[object]] = [[] for _ in header]
        held = 0
        # The footer tells little of a dictionary's words repeated: what is unpacked is counted, part by part.
        for part in file.iter_batches(batch_size=ROWS_AT_A_TIME):
            held += sum(map(_unpacked, part.columns))
            if held > 4 * LARGEST_FILE:
                raise larger
            for values, column in zip(columns, part.columns, strict=True):
                values += column.to_pylist()
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise Refused("not a Parquet file that can be read; write it again") from error
    problems = _doubled(name, header)
    for key, values in zip(header, columns, strict=True):
        wrong = [(row, value) for row, value in enumerate(values, start=1) if _nested(key, value)]
        # A column has one type: its first row stands for the others.
        problems += [_not_text(name, *wrong[0][:1], key, wrong[0][1])] if wrong else []
    cells = [[_cell(value) for value in values] for values in columns]
    rows = zip(*cells, strict=True)
    return Rows(header, [(k, dict(zip(header, row, strict=True))) for k, row in enumerate(rows, 1)], problems)


def _within(names: Iterable[str]) -> list[str]:
    """Return names of columns, without nameless ones at the end; raise Refused where there are too many."""
    header = list(names)
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        told = f"{len(header):,} columns, and at most {MOST_COLUMNS:,} are read; take out those of no report"
        raise Refused(told)
    return header


def _doubled(name: str, header: Iterable[str]) -> list[Problem]:
    """Return a problem for each column that is there twice."""
    twice = sorted(column for column, n in Counter(header).items() if n > 1)
    return [Problem(name, 1, column, "", "a column twice; delete one") for column in twice]


def _nested(key: str, value: Any) -> bool:
    """Return whether a value is no cell: bytes, a list, an object, or a number for a report's text."""
    if value is None or value != value:
        return False
    return not isinstance(value, str) if key == "text" else isinstance(value, bytes | list | tuple | dict)


def _not_text(name: str, row: int, column: str, value: Any) -> Problem:
    """Return the problem of a value that is no cell."""
    mend = f"not text but {type(value).__name__}; write it as text"
    return Problem(name, row, column, without_surrogates(str(value))[:SHOWN], mend)


def _cell(value: Any) -> str:
    """Return a value of a table as a cell: nothing for none, dates as ISO 8601, no lone surrogates."""
    if value is None or value != value:
        return ""
    text = (
        value.isoformat() if hasattr(value, "isoformat") else value if isinstance(value, str) else str(value)
    )
    text = text.removesuffix("T00:00:00") if hasattr(value, "isoformat") else text
    return without_surrogates(text.replace("\r\n", "\n").replace("\r", "\n"))
