"""Readers as an attacker sees them: each broken file is one plain message with file, row, value and mend."""

import datetime
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from helpers.text import corpus, readers
from helpers.text import start as text_start
from helpers.text.corpus import CorpusError, CorpusWarning
from helpers.text.problems import Problem

MANIFEST = "doc_id,file,event_id,outlet,published,headline,language,url,outlet_evidence\n"


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(CorpusError) as caught:
        corpus.load_documents(folder)
    return list(caught.value.problems)


def only(folder: Path) -> Problem:
    """Return the one problem of a folder, which must be told in full and in print."""
    found = problems(folder)
    assert len(found) == 1, found
    assert found[0].file
    assert found[0].mend
    assert all(char.isprintable() for char in str(found[0]))
    return found[0]


def texts(folder: Path) -> list[str]:
    return corpus.load_documents(folder)["text"].tolist()


@pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
@pytest.mark.parametrize("encoding", ["utf-32", "utf-16", "utf-8-sig"])
def test_a_mark_at_the_start_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("Grüße.\r\nEnd.".encode(encoding))
    assert texts(tmp_path) == ["Grüße.\nEnd."]


@pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "unicode_escape", "utf-7", "zlib", "rot13", "no-such", "mbcs"]
)
def test_a_page_cannot_choose_a_decoder_that_is_no_encoding(tmp_path: Path, name: str) -> None:
    html = f'<meta charset="{name}"><p>Le café est fermé, dit-on, jusqu’en été. \\ud800</p>'.encode("cp1252")
    (tmp_path / "a.html").write_bytes(html)
    assert "dit-on" in texts(tmp_path)[0]
    assert "\ud800" not in texts(tmp_path)[0]


@pytest.mark.parametrize("kind", [b"BZh9", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_packed_is_named_by_its_first_bytes(tmp_path: Path, kind: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(kind + b" words")
    assert "unpack it" in only(tmp_path).mend


def test_a_quotation_mark_left_open_swallows_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('doc_id,text\na,One.\nb,"Two.\nc,Three.\nd,Four.\n', encoding="utf-8")
    found = only(tmp_path)
    assert (found.file, found.row, found.value) == ("a.csv", 3, 'b,"Two.')
    assert "quotation mark" in found.mend


def test_a_quotation_mark_out_of_place_is_named_and_the_rows_after_it_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('doc_id,text\na,"One" more.\nb,Two.\nc\n', encoding="utf-8")
    assert [(p.row, p.value) for p in problems(tmp_path)] == [(2, 'a,"One" more.'), (4, "c")]


def test_a_row_is_named_by_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('doc_id,text\na,"One\nand\nmore"\nb,\n', encoding="utf-8")
    assert (only(tmp_path).row, only(tmp_path).column) == (5, "text")


def test_a_cell_of_nine_megabytes_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text(f"file,headline\na.txt,{'x' * 9_000_000}\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    assert corpus.load_documents(tmp_path)["headline"].str.len().tolist() == [9_000_000]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_cells_separated_by_something_else(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.csv").write_text(f"doc_id{mark}text\na{mark}One.\n", encoding="utf-8")
    with pytest.warns(CorpusWarning, match="separated by"):
        assert texts(tmp_path) == ["One."]
    (tmp_path / "a.csv").unlink()
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text(f"file{mark}outlet\na.txt{mark}O\n", encoding="utf-8")
    assert corpus.load_documents(tmp_path)["outlet"].tolist() == ["O"]


def test_shifted_cells_that_still_fit_are_told_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text(
        f"{MANIFEST}a,a.txt,e,O,A headline,en,https://x.example/1,,\n", encoding="utf-8"
    )
    assert [(p.row, p.column, p.value) for p in problems(tmp_path)] == [
        (2, "published", "A headline"),
        (2, "language", "https://x.example/1"),
    ]


def test_broken_lines_of_json_are_told_all_at_once(tmp_path: Path) -> None:
    lines = [
        '{"text": "One."}',
        '{"text": "Two."',
        "[1]",
        '{"text": {"a": 1}}',
        '{"text": 5}',
        '{"text": "Six.", "text": "Seven."}',
        '{"text": "Eight.", "outlet": ["O", "P"]}',
        "null",
        '{"outlet": "O"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = {p.row: (p.column, p.mend.partition(";")[0]) for p in problems(tmp_path)}
    assert found == {
        2: ("", "not JSON"),
        3: ("", "no object"),
        4: ("text", "not text but dict"),
        5: ("text", "not text but int"),
        6: ("", "text twice"),
        7: ("outlet", "not text but list"),
        8: ("", "no object"),
        9: ("text", "no word in it"),
    }


def test_a_list_of_objects_instead_of_lines_does_not_flood_the_screen(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("[\n" + '{"text": "One."},\n' * 5_000 + "]", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"100 of 5,002 shown") as caught:
        corpus.load_documents(tmp_path)
    assert str(caught.value).count("\n") < 105


COLUMNS: list[tuple[dict[str, object], str]] = [
    ({"text": [1, 2]}, "not text but int"),
    ({"text": [b"One.", b"Two."]}, "not text but bytes"),
    ({"text": [["One."], ["Two."]]}, "not text but list"),
    ({"text": ["One.", "Two."], "outlet": [{"a": 1}, {"a": 2}]}, "not text but dict"),
    ({"summary": ["One.", "Two."]}, "column missing"),
    ({"txt": ["One.", "Two."], "doc_id": ["a", "b"]}, "column missing"),
]


@pytest.mark.parametrize(("columns", "told"), COLUMNS)
def test_a_parquet_of_wrong_types_is_told_once(tmp_path: Path, columns: dict[str, object], told: str) -> None:
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    found = only(tmp_path)
    assert told in found.mend
    assert (found.row, found.column) == (1, "outlet" if "outlet" in columns else "text")


def test_a_parquet_with_a_column_twice_is_told(tmp_path: Path) -> None:
    table = pa.table([pa.array(["One."]), pa.array(["Two."])], names=["text", "text"])
    parquet.write_table(table, tmp_path / "a.parquet")
    assert "a column twice" in only(tmp_path).mend


def test_a_parquet_whose_times_no_calendar_has_is_refused(tmp_path: Path) -> None:
    far = pa.array([2**62], type=pa.timestamp("us"))
    parquet.write_table(pa.table({"text": ["One."], "published": far}), tmp_path / "a.parquet")
    assert "write it again" in only(tmp_path).mend


def test_a_parquet_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "LARGEST_FILE", 1_000)
    parquet.write_table(pa.table({"text": ["word " * 10_000]}), tmp_path / "a.parquet")
    assert "when unpacked" in only(tmp_path).mend or "larger than" in only(tmp_path).mend


def test_a_parquet_cut_short_is_refused(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": ["word " * 10_000]}), tmp_path / "b.parquet")
    whole = (tmp_path / "b.parquet").read_bytes()
    (tmp_path / "b.parquet").unlink()
    for n in (0, 4, len(whole) // 2, len(whole) - 4):
        (tmp_path / "a.parquet").write_bytes(whole[:n])
        assert only(tmp_path).file == "a.parquet"


@pytest.mark.parametrize(
    "html",
    [
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>A word of it.</p></body></html>',
        '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><html><p>A word of it. &b;</p>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><p>A word of it. &a;</p>',
        "<p>A word of it.<p hidden onclick=alert(1)>&#0;&#xD800;&#x110000;",
        '<title>\ufeff</title><meta property="article:published_time" content="2025-13-45"><p>A word of it.',
        "<html><frameset><noframes>A word of it.</noframes></frameset></html>",
    ],
)
def test_a_strange_page_is_read_or_refused(tmp_path: Path, html: str) -> None:
    (tmp_path / "a.xhtml").write_text(html, encoding="utf-8")
    try:
        table = corpus.load_documents(tmp_path)
    except CorpusError:
        assert "page" in only(tmp_path).mend
    else:
        assert "A word of it." in table["text"].iloc[0]
        assert "lollol" not in table["text"].iloc[0]
        table["text"].iloc[0].encode("utf-8")
        assert table["published"].tolist() == ["unknown"]


def test_whatever_the_parser_of_pages_stumbles_over_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", stumble)
    (tmp_path / "a.html").write_text("<p>A word.</p>", encoding="utf-8")
    assert "not a page that can be read (RecursionError)" in only(tmp_path).mend


@pytest.mark.parametrize("unit", ["<a href=x>", "<p", "<!--", "&amp", "<td><tr>", '<p a="', "<![CDATA["])
def test_a_page_made_to_be_slow_ends(tmp_path: Path, unit: str) -> None:
    (tmp_path / "a.html").write_text("<p>A word of it.</p>" + unit * 30_000, encoding="utf-8")
    start = time.process_time()
    try:
        corpus.load_documents(tmp_path)
    except CorpusError as error:
        assert len(error.problems) == 1
    assert time.process_time() - start < 30


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.jsonl", "a.parquet", "documents.csv", "sub"])
def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "word.txt").write_text("One.", encoding="utf-8")
    if name == "documents.csv":
        (tmp_path / name).write_text("file\nword.txt\n", encoding="utf-8")
    elif name == "sub":
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(b"PAR1")
    open_path, scan = os.open, os.scandir

    def refuse(path: str | Path, *arguments: int, **options: object) -> object:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return open_path(path, *arguments, **options)

    def refuse_folder(path: str) -> object:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    found = [p for p in problems(tmp_path) if p.file == name]
    assert len(found) == 1
    if name != "a.parquet":
        assert "Permission denied" in found[0].mend


def test_a_folder_in_the_place_of_the_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").mkdir()
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    assert only(tmp_path).mend == "not a file; take it away"


def test_a_file_in_the_place_of_the_corpus_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    assert "not a folder" in only(tmp_path / "a.txt").mend


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_a_circle_and_a_manifest_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "documents.csv").symlink_to("gone.csv")
    assert [p.file for p in problems(tmp_path)] == ["a.txt", "b.txt", "documents.csv"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_manifest_and_a_list_that_are_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("file,outlet\na.txt,Secret\n", encoding="utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text("One.", encoding="utf-8")
    (inside / "documents.csv").symlink_to(tmp_path / "secret.csv")
    (inside / "lexicons").mkdir()
    (inside / "lexicons" / "aliases.csv").symlink_to(tmp_path / "secret.csv")
    told = {p.file: p.mend.partition(";")[0] for p in problems(inside)}
    assert told == dict.fromkeys(
        ("documents.csv", "lexicons/aliases.csv"), "a link that leads out of the corpus folder"
    )


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_corpus_whose_name_is_not_utf8_is_told_before_it_is_run(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xff"))
    folder.mkdir()
    (folder / "a.txt").write_text("One.", encoding="utf-8")
    assert "rename the folder" in only(folder).mend


def test_a_manifest_that_describes_a_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\nOne.\n", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file,outlet\na.csv,O\n", encoding="utf-8")
    found = only(tmp_path)
    assert (found.file, found.row, found.column, found.value) == ("documents.csv", 2, "file", "a.csv")


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize(
    "name", ["a\\b.txt", "'=a.txt", "=a.txt", "a,\"b'.txt", "a\nb.txt", "－a.txt", "#.md"]
)
def test_a_file_of_any_name_finds_its_row_again(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("One.", encoding="utf-8")
    assert text_start.start_corpus(tmp_path)[1] == 1
    assert text_start.start_corpus(tmp_path)[1] == 0
    assert texts(tmp_path) == ["One."]


def test_a_new_manifest_tells_every_file_it_cannot_take(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(" ", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        text_start.start_corpus(tmp_path)
    assert [p.file for p in caught.value.problems] == ["a.txt", "b.txt"]
    assert not (tmp_path / "documents.csv").exists()


@pytest.mark.parametrize("event", ["z", "e0-"])
def test_an_event_that_is_none_is_told_with_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    rows = [json.dumps({"text": "One.", "event_id": f"e{n:02d}"}) for n in range(30)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setenv("EVENT", event)
    mend = only(tmp_path).mend
    assert ("did you mean" in mend) == (event != "z")
    assert "There are e00, e01, e02" in mend
    assert mend.endswith("e19 (20 of 30 shown)")


@pytest.mark.parametrize("day", [datetime.date(2025, 3, 4), datetime.datetime(2025, 3, 4, 5, 6)])
def test_dates_of_a_parquet_are_iso_dates(tmp_path: Path, day: datetime.date) -> None:
    pd.DataFrame({"text": ["One."], "published": [day]}).to_parquet(tmp_path / "a.parquet")
    assert corpus.load_documents(tmp_path)["published"].tolist() == [day.isoformat()]


CELLS = st.text(
    alphabet=st.one_of(st.sampled_from('a",;\n\r\t \0=+@|\ufeff\u2028\x85'), st.characters()), max_size=60
)


@settings(max_examples=200)
@given(CELLS)
def test_any_text_as_a_table_loses_no_row(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    found = readers._csv_rows(clean, "a.csv")
    lines = [number for number, _ in found.rows] + [p.row for p in found.problems if p.row]
    assert len(found.rows) <= clean.count("\n") + clean.count("\r")
    assert all(1 <= number <= clean.count("\n") + clean.count("\r") + 1 for number in lines)


@settings(max_examples=200)
@given(st.lists(st.lists(CELLS.filter(lambda text: "\r" not in text), min_size=2, max_size=2), min_size=1))
def test_a_table_well_written_comes_back(rows: list[list[str]]) -> None:
    import csv
    import io

    clean = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([["text", "other"], *clean])
    found = readers._csv_rows(file.getvalue(), "a.csv")
    assert not found.problems
    kept = [row for row in clean if any(cell.strip() for cell in row)]
    assert [[cells["text"], cells["other"]] for _, cells in found.rows] == [[a, b.strip()] for a, b in kept]


def test_a_word_repeated_is_counted_without_unpacking_it(tmp_path: Path) -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 6_000, pa.int32()), pa.array(["word " * 200_000]))
    table = pa.table({"doc_id": [str(k) for k in range(6_000)], "text": words})
    parquet.write_table(table, tmp_path / "reports.parquet", store_schema=False)
    assert (tmp_path / "reports.parquet").stat().st_size < 1_000_000
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "from helpers.edition import open_corpus\n"
        "try: open_corpus(sys.argv[1])\n"
        "except ValueError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert "larger than 4,096 MB when unpacked" in told.stdout
