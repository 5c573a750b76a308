"""Files that are not text and hold reports: Word and RTF files, exports of databases, archives of the web."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from helpers.text.encodings import decode
from helpers.text.exports import Record, records_in_html, records_in_ris, records_in_text
from helpers.text.pagedata import page_data
from helpers.text.problems import Note, Refused
from helpers.text.readers import read_bytes, read_text
from helpers.text.sheets import unopened
from helpers.text.webpages import page_in
from helpers.text.word import word_text

__all__ = ["HOLDERS", "held_in", "holds_several", "is_export", "may_be_export"]
HOLDERS = (".docx", ".rtf", ".ris", ".warc", ".warc.gz", ".wacz")
# The most that a packed file may unpack to, a page of an archive, and all pages of one.
LARGEST_PACKED, LARGEST_PAGE, LARGEST_ARCHIVE = 1 << 28, 20 << 20, 1 << 30
# The most bytes that head a record of an archive.
LARGEST_HEAD = 1 << 20
_MARKS = (
    "End of Document",
    "Ende des Dok",
    "Fin du doc",
    "Fin del doc",
    "okument 1",
    "ocument 1",
    "\nDocument ",
    " DOCUMENTS",
    "Publication title:",
    "\nSN",
)
# What opening a part of an archive raises where it is broken, locked, or packed in an unknown way.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)
# Records of an archive that keep something which was fetched.
_KEPT = ("response", "resource", "revisit", "conversion")
# How a page's body may be packed so that warcio unpacks it without another package.
_UNPACKED = ("", "identity", "none", "gzip", "x-gzip", "deflate")


def is_export(name: str, path: str) -> bool:
    """Return whether a file holds several reports: by its ending, or as an export of a database."""
    lower = name.lower()
    if lower.endswith(HOLDERS):
        return True
    if not lower.endswith((".txt", ".html", ".htm")):
        return False
    try:
        return bool(_records(lower, read_text(path)[0]))
    except (OSError, Refused, ValueError):
        return False


def holds_several(name: str, path: str, texts_too: bool) -> bool:
    """Return whether a file is an export: text files are asked only where `texts_too`."""
    return (texts_too or not name.lower().endswith(".txt")) and is_export(name, path)


def may_be_export(text: str) -> bool:
    """Return whether a text that was read is an export of a database."""
    return any(map(text.__contains__, _MARKS)) and bool(records_in_text(text))


def held_in(name: str, path: str, notes: list[Note]) -> list[Record]:
    """Return the reports that a file holds, none where it is no export. Raises OSError or Refused.

    A part of an archive that cannot be read is remarked, and the others are read.
    """
    lower, place = name.lower(), Path(path)
    if lower.endswith((".warc", ".warc.gz", ".wacz")):
        return list(_archived(name, place, notes))
    if lower.endswith(".docx"):
        text = _docx_text(name, place, notes)
    elif lower.endswith(".rtf"):
        text = _rtf_text(place)
    else:
        text, note = read_text(place)
        notes += [Note(name, note)] if note else []
    found = _records(lower, text)
    if not found and lower.endswith((".docx", ".rtf")):
        first, _, rest = text.strip().partition("\n")
        titled = len(first.split()) <= 24 and rest.strip()
        return [
            Record({"headline": first.strip()} if titled else {}, rest.strip() if titled else text.strip())
        ]
    return found


def _records(lower: str, text: str) -> list[Record]:
    """Return the reports of an export, by the form its name tells."""
    if lower.endswith(".ris"):
        return records_in_ris(text)
    if lower.endswith((".html", ".htm")):
        marks = ("enArticle", "articleParagraph", "DocPublicationName", "End of Document")
        return records_in_html(page_data(text).tree, text) if any(mark in text for mark in marks) else []
    return records_in_text(text)


def _docx_text(name: str, path: Path, notes: list[Note]) -> str:
    """Return the paragraphs of a Word file, one a line, an empty one between."""
    try:
        text, told = word_text(path, LARGEST_PACKED)
    except (*_BROKEN, ElementTree.ParseError) as error:
        raise Refused(unopened(error, path, "a Word file", "save it as .txt")) from error
    notes += [Note(name, told)] if told else []
    return text


def _rtf_text(path: Path) -> str:
    """Return the text of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    raw = read_bytes(path, largest=LARGEST_PACKED)
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise Refused("not an RTF file; save it as .txt")
    try:
        return str(rtf_to_text(raw.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise Refused("not an RTF file that can be read; save it as .txt") from error


def _archived(name: str, path: Path, notes: list[Note]) -> Iterator[Record]:
    """Yield the pages of a WARC or WACZ file, each with its address and the time it was taken."""
    if not name.lower().endswith(".wacz"):
        with path.open("rb") as file:
            yield from _responses(name, file, notes)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = sorted(n for n in archive.namelist() if re.fullmatch(r"archive/[^/]+\.warc(\.gz)?", n))
            for part in parts:
                with archive.open(part) as packed:
                    yield from _responses(name, packed, notes)
    except _BROKEN as error:
        raise Refused(unopened(error, path, "a WACZ file", "save the pages as .html")) from error


def _answers(file: object) -> Iterator[Any]:
    """Yield the records of a WARC file; raise ArchiveLoadFailed where what heads one has no end."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.exceptions import ArchiveLoadFailed

    class Reader(DecompressingBufferedReader):  # type: ignore[misc]
        """Reads lines, of the heads of a record, as far as a head can be long."""

        told = 0

        def readline(self, length: int | None = None) -> bytes:
            """Return a line with its end."""
            line: bytes = super().readline(min(length or LARGEST_HEAD, LARGEST_HEAD))
            self.told += len(line)
            if self.told >= LARGEST_HEAD:
                raise ArchiveLoadFailed("a record whose head is too long")
            return line

    archive = ArchiveIterator(file)
    archive.reader = Reader(archive.fh)
    for answer in archive:
        archive.reader.told = 0
        yield answer


def _responses(name: str, file: object, notes: list[Note]) -> Iterator[Record]:
    """Yield the pages among the answers that a WARC file keeps."""
    from warcio.exceptions import ArchiveLoadFailed

    unread = held = locked = others = 0
    try:
        for answer in _answers(file):
            if not _is_page(answer):
                others += answer.rec_type in _KEPT
                continue
            if _packing(answer) not in _UNPACKED:
                locked += 1
                continue
            raw = answer.content_stream().read(LARGEST_PAGE + 1)
            held += len(raw)
            if held > LARGEST_ARCHIVE:
                raise Refused(f"more than {LARGEST_ARCHIVE >> 20:,} MB of pages in it; cut it into several")
            record = _page_record(raw, answer.rec_headers)
            if record:
                yield record
            else:
                unread += 1
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        notes.append(
            Note(name, f"broken after the pages read so far ({type(error).__name__}); write it again")
        )
    notes += [Note(name, told) for told in _not_read(locked, unread, others)]


def _not_read(locked: int, unread: int, others: int) -> Iterator[str]:
    """Yield what to remark on the pages of an archive that are packed or empty, and on what is no page."""
    if locked:
        told = f"{locked:,} page{' is' if locked == 1 else 's are'} packed in a way that is not read here"
        yield f"{told}; archive with gzip, or save the pages as .html"
    if unread:
        yield f"{unread:,} page{'' if unread == 1 else 's'} in it without a report's text"
    if others:
        told = (
            "1 record in it is no web page" if others == 1 else f"{others:,} records in it are no web pages"
        )
        yield f"{told} (a picture, an error, plain text); not read"


def _is_page(answer: Any) -> bool:
    """Return whether a record of a WARC file is a page as it was answered."""
    if answer.rec_type != "response" or answer.http_headers is None:
        return False
    kind = (answer.http_headers.get_header("Content-Type") or "").lower()
    return answer.http_headers.get_statuscode() == "200" and "html" in kind


def _packing(answer: Any) -> str:
    """Return how the body of an answer is packed, in small letters."""
    return str(answer.http_headers.get_header("Content-Encoding") or "").strip().lower()


def _page_record(raw: bytes, kept: Any) -> Record | None:
    """Return the report in a page with what the archive's heads, `kept`, say of it, if there is one."""
    try:
        page = page_in(decode(raw)[0]) if len(raw) <= LARGEST_PAGE else None
    except Refused:
        page = None
    if page is None:
        return None
    fields = {found.field: found.value for found in page.fields}
    fields["url"] = fields.get("url") or kept.get_header("WARC-Target-URI") or ""
    fields["accessed"] = kept.get_header("WARC-Date") or ""
    text = page.text.removeprefix(fields.get("headline", "")).strip()
    return Record({key: value for key, value in fields.items() if value}, text)
