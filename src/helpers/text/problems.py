"""What can be wrong with the input, in one line each, and cells that are safe to write."""

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

__all__ = [
    "Note",
    "Problem",
    "Refused",
    "active",
    "composed",
    "inert",
    "is_date",
    "mend",
    "printable",
    "without_surrogates",
]
ISO_8601 = re.compile(r"\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?")
SURROGATE = re.compile("[\ud800-\udfff]")
# Where a cell may begin: a CSV may be opened with another separator than its commas. Excel takes the wide
# forms for formulas too, where it is set to Japanese.
_SEPARATOR, _UNSEEN = r"(^|[;|\t\r\n])", r"(?:[^\S\t\r\n]|[\u200b-\u200f\u2060\ufeff])*+"
_FORMULA = rf"'*+{_UNSEEN}[=+\-@＝＋－＠])"
FORMULA = re.compile(f"{_SEPARATOR}({_FORMULA}")
_TRIMMED = re.compile(r"'*+\s*+[=+\-@＝＋－＠]")
INERT = re.compile(f"{_SEPARATOR}'({_FORMULA}")


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
        return printable(f"{place}: {self.value!r}: {self.mend}" if self.value else f"{place}: {self.mend}")


class Note(NamedTuple):
    """One thing to know of a file that does not keep it from being used."""

    file: str
    note: str

    def __str__(self) -> str:
        """Return the note as one line."""
        return printable(f"{self.file}: {self.note}")


class Refused(Exception):
    """A file cannot be read; the message says what to do."""


def printable(line: str) -> str:
    """Return a line that moves no cursor and turns no direction, whatever a file is called."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def without_surrogates(text: str) -> str:
    """Return `text` with every lone surrogate, which no file can hold, replaced by U+FFFD."""
    return SURROGATE.sub("\ufffd", text)


def composed(name: str) -> str:
    """Return a name with its letters and marks in one form (NFC), by which names are compared.

    Disks of macOS keep "é" as two characters, most lists as one.

    >>> composed("e\u0301.txt") == "\u00e9.txt"
    True
    """
    return unicodedata.normalize("NFC", name)


def mend(error: Exception) -> str:
    """Return an error of reading as an instruction."""
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or 'unknown reason'}); check the file and its permissions"
    return str(error)


def is_date(text: str) -> bool:
    """Return whether `text` is a month, day or time of the calendar in ISO 8601."""
    if not ISO_8601.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return False
    return True


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: what would be one starts with an apostrophe.

    So does what would begin a cell if the file were cut at semicolons, bars, tabs or line ends.

    >>> inert("=1+1"), inert("a-b"), inert("a;=1+1")
    ("'=1+1", 'a-b', "a;'=1+1")
    """
    written = FORMULA.sub(r"\1'\2", cell)
    return f"'{written}" if _begins_with_blanks(cell) else written


def active(cell: str) -> str:
    """Return a cell as it was before `inert`."""
    read = INERT.sub(r"\1\2", cell)
    return read[1:] if read.startswith("'") and _begins_with_blanks(read[1:]) else read


def _begins_with_blanks(cell: str) -> bool:
    """Return whether a cell is a formula behind tabs or line ends, which some readers take away."""
    head = FORMULA.match(cell)
    return _TRIMMED.match(cell) is not None and (head is None or head[1] != "")
