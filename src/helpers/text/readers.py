"""One file in, its text or the cells of its rows out; what cannot be read is refused with a mend."""

import csv
import io
import json
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, parquet

from helpers.text.cells import (
    SHOWN,
    Row,
    Rows,
    Twice,
    cell,
    doubled,
    nested,
    not_text,
    plain,
    unique_object,
    within,
)
from helpers.text.columns import MARKS, map_columns
from helpers.text.encodings import decode, decode_list
from helpers.text.problems import Problem, Refused, active, mend, without_surrogates
from helpers.text.sheets import json_array, mark_of, workbook_rows

__all__ = ["Row", "Rows", "read_bytes", "read_cells", "read_rows", "read_text"]
LARGEST_FILE = 1 << 30
ROWS_AT_A_TIME = 256
# A pipe is not waited for.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What values of no cell are called, by the type of a Parquet column.
_NO_CELLS = (
    ("dict", pa.types.is_struct),
    ("list", pa.types.is_nested),
    ("bytes", pa.types.is_binary),
    ("bytes", pa.types.is_large_binary),
    ("bytes", pa.types.is_fixed_size_binary),
)


def read_bytes(path: Path | str, *, largest: int | None = None) -> bytes:
    """Return what is in a file, unpacked where it is named .gz; Refused where too large or changed.

    No more than `largest` bytes are unpacked (LARGEST_FILE unless told).
    """
    number = os.open(path, _READING)
    try:
        before = os.fstat(number)
        if not stat.S_ISREG(before.st_mode):
            raise Refused("not a file; take it away")
        if before.st_size > LARGEST_FILE:
            raise Refused(f"larger than {LARGEST_FILE >> 20:,} MB; cut it into reports")
        raw = _whole(number, before.st_size)
        after = os.fstat(number)
    finally:
        os.close(number)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(raw)):
        raise Refused("changed while it was read; run again")
    return _unzipped(raw, largest or LARGEST_FILE) if str(path)[-3:].lower() == ".gz" else raw


def _whole(number: int, size: int) -> bytes:
    """Return the bytes of an open file of that size; one more where it has grown."""
    raw = os.read(number, size + 1)
    while 0 < len(raw) < size and (more := os.read(number, size + 1 - len(raw))):
        raw += more
    return raw


def _unzipped(raw: bytes, largest: int) -> bytes:
    """Return what a gzip file holds; raise Refused where it is none, or would fill the memory."""
    parts, held = [], 0
    while raw:
        packed = zlib.decompressobj(wbits=31)
        try:
            parts.append(packed.decompress(raw, largest - held + 1))
        except zlib.error as error:
            raise Refused("not a gzip file, though named .gz; write it again") from error
        held += len(parts[-1])
        if held > largest:
            raise Refused(f"larger than {largest >> 20:,} MB when unpacked; cut it into reports")
        if not packed.eof:
            raise Refused("a gzip file cut short; copy it again")
        raw = packed.unused_data.lstrip(b"\0")
    return b"".join(parts)


def read_text(path: Path | str) -> tuple[str, str]:
    """Return a file's text with line ends normalised, and a note where its encoding is a guess.

    Raises OSError, or Refused where the file holds no text that can be told.
    """
    return decode(read_bytes(path))


def read_rows(path: Path, name: str) -> Rows:
    """Return the rows of a table in any form, called `name` in what is wrong with its form.

    Row numbers count lines from 1 (the first line of a row), in Parquet and JSON arrays rows, in workbooks
    as Excel does. Raises OSError or Refused.
    """
    kind = name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "parquet":
        return _parquet_rows(path, name)
    if kind in ("xlsx", "xlsm"):
        return workbook_rows(path, name)
    text, note = read_text(path)
    if kind in ("csv", "tsv", "tab", "txt"):
        table = _csv_rows(text, name)
    else:
        table = (
            json_array(text, name) if kind == "json" or text.lstrip()[:1] == "[" else None
        ) or _json_rows(text, name)
    return table._replace(note="; ".join(filter(None, (note, table.note))))


def read_cells(path: Path, columns: tuple[str, ...]) -> Rows:
    """Return the rows of a CSV that must have `columns`, and the problems of its form.

    Cells are counted before columns are blamed: a row with too many or too few is named as such.
    """
    try:
        table = _csv_rows(decode_list(read_bytes(path)), path.name, columns)
    except FileNotFoundError:
        return _no_rows(path.name, "no such file; make it, or give its folder")
    except (OSError, Refused) as error:
        return _no_rows(path.name, mend(error))
    absent = [name for name in columns if name not in table.header]
    if absent:
        problems = [Problem(path.name, 1, name, "", f"column missing; add {name}") for name in absent]
        return Rows(table.header, [], problems)
    rows = [(row, {name: active(cell) for name, cell in cells.items()}) for row, cells in table.rows]
    return table._replace(rows=rows)


def _no_rows(name: str, mend: str) -> Rows:
    """Return the reading of a table that cannot be read at all."""
    return Rows([], [], [Problem(name, None, "", "", mend)])


def _csv_rows(text: str, name: str, known: tuple[str, ...] = ()) -> Rows:
    """Return the rows of a CSV; cells but those of texts lose the blanks around them.

    The mark that separates cells is found (`mark_of`), and noted where it is no comma.
    """
    # The library's limit for a cell is 128 kB, less than a long report.
    csv.field_size_limit(LARGEST_FILE)
    mark, rest = mark_of(text, known)
    rows: list[Row] = []
    problems: list[Problem] = []
    lines = (
        (row, cells) for row, cells in _csv_lines(rest, name, mark, problems) if any(map(str.strip, cells))
    )
    first, named = next(lines, (0, []))
    if problems or not named:
        return Rows([], [], problems)
    header = within(cell.strip() for cell in named)
    problems += doubled(name, header)
    own = map_columns(header).get("text", "text")
    for row, cells in lines:
        told = _wrong_width(name, row, cells, (len(header), len(named)), mark)
        problems += told
        pairs = zip(header, cells, strict=False)
        rows += [] if told else [(row, {k: cell if k == own else cell.strip() for k, cell in pairs})]
    return Rows(header, rows, problems, _csv_note(text, mark, first))


def _csv_note(text: str, mark: str, first: int) -> str:
    """Return what to remark on a table cut at `mark` whose row `first` names its columns."""
    notes = [] if mark == "," else [f"its cells are separated by {MARKS[mark]}"]
    above = any(line.strip() for line in text.split("\n", first - 1)[: first - 1])
    if above and not text.lower().startswith("sep="):
        notes.append(f"the {first - 1} rows above the names of its columns were not read")
    return "; ".join(notes)


def _csv_lines(text: str, name: str, mark: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV with their numbers; one that is wrongly quoted goes to `problems`."""
    # Strict, for a quotation mark left open would swallow the rows after it.
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, strict=True, delimiter=mark)
    while True:
        row, place = reader.line_num + 1, source.tell()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            told = "a quotation mark left open or out of place; double it in a cell, and close the cell"
            problems.append(Problem(name, row, "", text[place : place + SHOWN].partition("\n")[0], told))
        else:
            yield row, cells


def _wrong_width(name: str, row: int, cells: list[str], widths: tuple[int, int], mark: str) -> list[Problem]:
    """Return the problem of a row that fits neither of `widths`: without and with last empty cells."""
    n, with_blanks = widths
    if len(cells) == n or (len(cells) == with_blanks and not any(cells[n:])):
        return []
    kind = MARKS[mark].removesuffix("s")
    told = f"{len(cells)} cells where the header has {n}; quote a cell that holds a {kind}"
    return [Problem(name, row, "", mark.join(cells)[:SHOWN], told)]


def _json_rows(text: str, name: str) -> Rows:
    """Return the rows of a JSON Lines file, one object a line."""
    rows, problems = [], []
    header: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line, object_pairs_hook=unique_object)
        except (ValueError, RecursionError) as error:
            twice = isinstance(error, Twice)
            mend = f"{error} twice; delete one" if twice else "not JSON; write one object on a line"
            problems.append(Problem(name, number, "", line[:SHOWN], mend))
            continue
        if not isinstance(values, dict):
            problems.append(Problem(name, number, "", line[:SHOWN], "no object; write {...} on each line"))
            continue
        values = {without_surrogates(key): plain(key, value) for key, value in values.items()}
        problems += [
            not_text(name, number, key, value) for key, value in values.items() if nested(key, value)
        ]
        cells = {key: cell(value) for key, value in values.items()}
        header |= dict.fromkeys(within(cells))
        rows.append((number, {"text": ""} | cells))
    return Rows(within(header), rows, problems)


def _unpacked(column: pa.Array) -> int:
    """Return the bytes of a column once each row holds its own words."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    words = column.dictionary
    if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
        return int(column.nbytes)
    return int(compute.sum(compute.binary_length(words).take(column.indices)).as_py() or 0)


def _unpacks_to_more(path: Path, schema: pa.Schema, wanted: list[str], most: int) -> bool:
    """Return whether a Parquet file has more bytes than `most` once each row holds its own words.

    The footer tells little of a dictionary's words repeated: they are counted as words of a dictionary, so
    that nothing is unpacked.
    """
    words = [
        field.name
        for field in schema
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]
    held = 0
    file = parquet.ParquetFile(path, read_dictionary=words)
    for part in file.iter_batches(batch_size=ROWS_AT_A_TIME, columns=wanted):
        held += sum(map(_unpacked, part.columns))
        if held > most:
            return True
    return False


def _parquet_columns(path: Path, file: parquet.ParquetFile, wanted: list[str]) -> dict[str, list[object]]:
    """Return the values of some columns of a Parquet file; Refused where they would fill the memory."""
    groups = range(file.metadata.num_row_groups)
    larger = Refused(f"larger than {4 * LARGEST_FILE >> 20:,} MB when unpacked; cut it into several")
    if sum(file.metadata.row_group(group).total_byte_size for group in groups) > 4 * LARGEST_FILE:
        raise larger
    if _unpacks_to_more(path, file.schema_arrow, wanted, 4 * LARGEST_FILE):
        raise larger
    columns: dict[str, list[object]] = {name: [] for name in wanted}
    for part in file.iter_batches(batch_size=ROWS_AT_A_TIME, columns=wanted):
        for name, values in columns.items():
            values += part.column(name).to_pylist()
    return columns


def _without_cells(file: parquet.ParquetFile) -> dict[str, str]:
    """Return what the values of each column are that holds lists, objects or bytes: told by its type alone.

    Nothing of such a column is unpacked: a few bytes may stand for more long values than a machine can hold.
    """
    held = _held_columns(file.metadata)
    found = {}
    for field in file.schema_arrow:
        inner = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        kind = next((kind for kind, is_kind in _NO_CELLS if is_kind(inner)), "")
        if kind:
            found[field.name] = kind if field.name in held else ""
    return found


def _held_columns(metadata: parquet.FileMetaData) -> set[str]:
    """Return the columns of which a file does not say that they hold nothing."""
    groups = [metadata.row_group(k) for k in range(metadata.num_row_groups)]
    return {
        part.path_in_schema.partition(".")[0]
        for group in groups
        for part in (group.column(k) for k in range(group.num_columns))
        if not part.is_stats_set or part.statistics.null_count != part.num_values
    }


def _parquet_rows(path: Path, name: str) -> Rows:
    """Return the rows of a Parquet file, counted from 1."""
    try:
        file = parquet.ParquetFile(path)
        header = within(without_surrogates(column) for column in file.schema_arrow.names)
        unread = _without_cells(file)
        if problems := doubled(name, header):
            return Rows(header, [], problems)
        columns = _parquet_columns(path, file, [column for column in header if column not in unread])
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise Refused("not a Parquet file that can be read; write it again") from error
    for key, kind in unread.items():
        told = f"not text but {kind}; write it as text"
        problems += [Problem(name, 1, key, "", told)] if kind else []
    for key, values in columns.items():
        # A column has one type: its first row stands for the others.
        wrong = next(((row, value) for row, value in enumerate(values, start=1) if nested(key, value)), None)
        problems += [not_text(name, wrong[0], key, wrong[1])] if wrong else []
    n = file.metadata.num_rows
    cells = [
        [cell(value) for value in columns[key]] if key in columns else [unread[key]] * n for key in header
    ]
    rows = zip(*cells, strict=True)
    return Rows(header, [(k, dict(zip(header, row, strict=True))) for k, row in enumerate(rows, 1)], problems)
