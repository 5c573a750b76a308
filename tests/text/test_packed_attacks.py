"""Packed files made to lock, fill or hang a reader: refused in one line, at once."""

import gzip
import io
import random
import time
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet
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


WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def word_file(path: Path, body: str, notes: str = "") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        if notes:
            archive.writestr("word/footnotes.xml", f"<w:footnotes {WORD}>{notes}</w:footnotes>")


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_each_word_of_a_word_file_is_read_once_and_apart(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = "<w:p><w:r><w:t>Ada</w:t><w:tab/><w:t>twenty</w:t><w:noBreakHyphen/><w:t>two</w:t></w:r></w:p>"
    body += f"<w:p><w:r><w:t>Beside </w:t>{drawn}</mc:AlternateContent><w:t>it.</w:t></w:r></w:p>"
    body += f"<w:moveFrom>{paragraph('Moved.')}</w:moveFrom>{paragraph('Moved.')}"
    word_file(tmp_path / "a.docx", body, paragraph("A footnote."))
    read = corpus.read_corpus(tmp_path)
    told = "Ada\ttwenty\u2011two\n\nBeside it.\n\nIn a box.\n\nMoved."
    assert read.documents["text"].tolist() == [told]
    assert read.notes["note"].tolist() == ["its footnotes were not read"]


def test_paragraphs_within_paragraphs_take_no_time(tmp_path: Path) -> None:
    word_file(tmp_path / "a.docx", "<w:p>" * 20_000 + "<w:r><w:t>A word.</w:t></w:r>" + "</w:p>" * 20_000)
    start = time.process_time()
    assert corpus.load_documents(tmp_path)["text"].tolist() == ["A word."]
    assert time.process_time() - start < 5


def test_a_head_without_end_fills_no_memory(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.warc.gz", "wb", compresslevel=1) as file:
        file.write(b"WARC/1.0\r\nWARC-Type: response\r\nX: " + bytes(b"a" * (64 << 20)))
    start = time.process_time()
    read = corpus.read_corpus(tmp_path)
    assert time.process_time() - start < 2
    assert "broken after the pages" in read.notes["note"].iloc[0]


def test_records_that_are_no_pages_are_told(tmp_path: Path) -> None:
    with (tmp_path / "a.warc").open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        kinds = ("text/html", "text/plain", "image/png")
        for kind, body in zip(
            kinds, (b"<p>The quay was shut for all in May.</p>", b"A report.", b"x"), strict=True
        ):
            heads = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                "http://e.example/a", "response", io.BytesIO(body), http_headers=heads
            )
            writer.write_record(record)
    read = corpus.read_corpus(tmp_path)
    assert len(read.documents) == 1
    assert "2 records in it are no web pages" in " ".join(read.notes["note"])


# Pieces of files, in any order: what a reader of another's making raises on broken ones is told in a line.
PIECES = {
    "a.rtf": r"{ } \ansi \ansicpg 1251 99999 \u -1 8217 99999999999 ? \' zz e9 \par \bin \fonttbl \f0 "
    r"\fcharset \* \field \uc 0 \~ \- \\ Word \cell \row \mac {\*\generator",
    "a.mhtml": "MIME-Version:1.0\n Content-Type:multipart/related;boundary=b\n Content-Location: "
    "?= =?utf-8?q?= Content-Type:text/html;charset= utf-8 \n\n --b\n --b--\n <p>Word</p> =E ==== \0 @,;:< "
    "Content-Transfer-Encoding:base64\n Content-Type:message/rfc822\n\n "
    "Content-Type:text/html;charset*=utf-8''%zz;charset*0*=x\n",
    "a.ris": "TY__-_NEWS\n ER__-\n TI__-_Word\n 2024 99/99/99/ \n UR__-_http://[x\n \0",
    "a.html": "<html> <title> </title> <meta_charset=x> <!-- --> <![CDATA[ &#x110000; \0 <svg> <table> "
    "<p>Word</p> <time_datetime='2024-99'> <base_href='http://[x'> </script> [ ] { } null "
    '<script_type="application/ld+json"> {"@type":"NewsArticle","datePublished":',
}


@pytest.mark.parametrize("name", PIECES)
def test_pieces_of_a_file_in_any_order_are_read_or_told(tmp_path: Path, name: str) -> None:
    chance, pieces = random.Random(5), [piece.replace("_", " ") for piece in PIECES[name].split(" ")]
    for _ in range(150):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 24))) + " "
        (tmp_path / name).write_text(("{\\rtf1" if name == "a.rtf" else "") + text, encoding="utf-8")
        read = corpus.read_corpus(tmp_path)
        assert read.problems or len(read.documents)


def test_parts_within_parts_are_told(tmp_path: Path) -> None:
    parts = (f"Content-Type: multipart/related; boundary=b{k}\n\n--b{k}\n" for k in range(3_000))
    (tmp_path / "a.mhtml").write_text(
        "MIME-Version: 1.0\n" + "".join(parts) + "Content-Type: text/html\n\n<p>x</p>\n"
    )
    assert "save it as .html" in mends(tmp_path)["a.mhtml"]


@pytest.mark.parametrize("kind", [pa.string(), pa.binary()])
def test_what_no_cell_holds_is_not_unpacked(tmp_path: Path, kind: pa.DataType) -> None:
    held = b"word " * 20_000 if kind == pa.binary() else "word " * 20_000
    many = pa.DictionaryArray.from_arrays(pa.array([0] * 400_000, pa.int32()), pa.array([held], kind))
    lists = pa.ListArray.from_arrays(pa.array(range(0, 400_001, 2_000), pa.int32()), many)
    table = pa.table({"text": ["A word."] * 200, "tags": lists, "raw": many[:200]})
    parquet.write_table(table, tmp_path / "a.parquet", store_schema=False)
    assert (tmp_path / "a.parquet").stat().st_size < 100_000
    # Unpacked, the lists have 40 GB.
    read = corpus.read_corpus(tmp_path)
    assert len(read.documents) == 200
    parquet.write_table(table.rename_columns(["tags", "text", "raw"]), tmp_path / "a.parquet")
    assert mends(tmp_path) == {"a.parquet": "not text but list; write it as text"}
