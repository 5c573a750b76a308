"""Packed files made to lock, fill or hang a reader: refused in one line, at once."""

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from helpers.text import corpus, packed, sheets

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
PARTS = {"a.docx": "word/document.xml", "b.wacz": "archive/data.warc", "c.xlsx": "xl/workbook.xml"}


def mends(folder: Path) -> dict[str, str]:
    return {problem.file: problem.mend for problem in corpus.read_corpus(folder).problems}


def zipped(path: Path, part: str, content: bytes = b"<x/>" * 50) -> bytearray:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return bytearray(path.read_bytes())


@pytest.mark.parametrize("name", PARTS)
def test_a_locked_archive_is_refused_in_a_line(tmp_path: Path, name: str) -> None:
    raw = zipped(tmp_path / name, PARTS[name])
    for start, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.index(start) + place] |= 1
    (tmp_path / name).write_bytes(raw)
    assert "locked by a password" in mends(tmp_path)[name]
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "of an old form" in mends(tmp_path)[name]


@pytest.mark.parametrize("name", PARTS)
def test_a_broken_archive_is_refused_in_a_line(tmp_path: Path, name: str) -> None:
    raw = zipped(tmp_path / name, PARTS[name], bytes(range(256)) * 40)
    for place in range(30, len(raw), 7):
        broken = bytearray(raw)
        broken[place] ^= 0x5A
        (tmp_path / name).write_bytes(broken)
        assert mends(tmp_path)[name]
        (tmp_path / name).write_bytes(raw[:place])
        assert "can be read" in mends(tmp_path)[name]


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(path: Path, *rows: tuple[int, str], size: str = "A1") -> None:
    """Write a workbook whose sheet says it has some size and holds these rows."""
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    inside = "".join(f'<row r="{number}">{cells}</row>' for number, cells in rows)
    sheet = f'{SHEET}<dimension ref="{size}"/><sheetData>{inside}</sheetData></worksheet>'
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))


def test_the_size_that_a_sheet_tells_is_not_believed(tmp_path: Path) -> None:
    rows = (1, cell("A1", "text") + cell("B1", "outlet")), (1_048_576, cell("A1048576", "A word."))
    workbook(tmp_path / "a.xlsx", *rows, size="A1:XFD1048576")
    start = time.process_time()
    assert corpus.read_corpus(tmp_path).documents["doc_id"].tolist() == ["a-1048576"]
    workbook(tmp_path / "a.xlsx", *rows, size="A1:A1")
    assert corpus.read_corpus(tmp_path).documents["text"].tolist() == ["A word."]
    assert time.process_time() - start < 20


def test_cells_far_to_the_right_are_refused_and_empty_ones_are_not(tmp_path: Path) -> None:
    rows = [(number, cell(f"A{number}", "A word.") + f'<c r="XFD{number}"/>') for number in range(2, 200)]
    workbook(tmp_path / "a.xlsx", (1, cell("A1", "text")), *rows)
    assert len(corpus.read_corpus(tmp_path).documents) == 198
    workbook(tmp_path / "a.xlsx", (1, cell("A1", "text")), *rows, (300, cell("XFD300", "x")))
    assert "columns" in mends(tmp_path)["a.xlsx"]


@pytest.mark.parametrize(("limit", "told"), [("MOST_CELLS", "cells"), ("LARGEST_WORKBOOK", "characters")])
def test_a_workbook_of_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    words = "word " * 4_000
    workbook(tmp_path / "a.xlsx", (1, cell("A1", "text")), *((k, cell(f"A{k}", words)) for k in range(2, 9)))
    monkeypatch.setattr(sheets, "_check_packed", lambda path: None)
    monkeypatch.setattr(sheets, limit, 6)
    assert told in mends(tmp_path)["a.xlsx"]


def test_an_archive_of_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(5):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            page = io.BytesIO(b"<p>A word of the report.</p>" * 2_000)
            record = writer.create_warc_record(
                f"http://example.org/{number}", "response", payload=page, http_headers=head
            )
            writer.write_record(record)
    monkeypatch.setattr(packed, "LARGEST_ARCHIVE", 100_000)
    assert "of pages in it" in mends(tmp_path)["a.warc.gz"]
