"""Hostile and broken input: nothing lost, nothing run, every report accounted for."""

import gzip
import json
import os
import tempfile
import time
import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import table as schema
from helpers.framing import tables as framing_tables
from helpers.framing import uses
from helpers.names import mentions as names_mentions
from helpers.names import tables as names_tables
from helpers.pages import blocks
from helpers.pages import tables as pages_tables
from helpers.text import corpus, parser, problems, readers, segmentation, tables
from helpers.text import start as text_start
from helpers.text.corpus import CorpusError, CorpusWarning
from helpers.voices import lists
from helpers.voices import spans as voices_spans

PAYLOAD = "<script>alert(1)</script> <img src=x onerror=alert(1)> $$\\href{x}{y}$$ \u202eevil\u2066"
# What breaks readers: marks, blanks and quotes of all kinds, bidirectional controls, NUL, letters with marks.
AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from("a.B \n\r\t\0\x0b\x85\u2028\ufeff\u202e“”\"'’‘«»*#|=,\u0301é漢ع٣"), st.characters()
    ),
    max_size=80,
)


def load(folder: Path) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        return corpus.load_documents(folder)


def mends(folder: Path) -> dict[str, str]:
    with pytest.raises(CorpusError) as caught:
        load(folder)
    return {problem.file: problem.mend for problem in caught.value.problems}


def documents(text: str, doc_id: str = "d") -> pd.DataFrame:
    return schema.from_rows([(doc_id, text, *["unknown"] * 7)], tables.DocumentsTable)


def test_markup_is_kept_as_text_everywhere(tmp_path: Path) -> None:
    (tmp_path / "<b>a.txt").write_text(f"{PAYLOAD}\nword", encoding="utf-8")
    quoted = PAYLOAD.replace('"', '""')
    manifest = f'doc_id,file,outlet,headline\n"{quoted}",<b>a.txt,"{quoted}","{quoted}"\n'
    (tmp_path / "documents.csv").write_text(manifest, encoding="utf-8")
    row = load(tmp_path).iloc[0]
    assert row[["doc_id", "outlet", "headline"]].tolist() == [PAYLOAD.strip()] * 3
    assert row["text"] == f"{PAYLOAD}\nword"
    html = pages_tables.table(load(tmp_path), caption="hostile").html
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html


def test_a_page_runs_nothing_and_keeps_what_it_says(tmp_path: Path) -> None:
    head = "<title>&lt;script&gt;x&lt;/script&gt;</title>"
    html = f"{head}<p>A word of text. <script>lost()</script>Another one.</p>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    row = load(tmp_path).iloc[0]
    assert row["headline"] == "<script>x</script>"
    assert "Another one." in row["text"]
    assert "lost" not in row["text"]


def test_a_message_moves_no_cursor(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2J\u202ea.txt").write_text(" ", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(tmp_path)
    assert all(char.isprintable() or char == "\n" for char in str(caught.value))
    assert "[2J" in str(caught.value)


def test_nul_characters_stay_where_they_are_and_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One\0 two three four.")
    with pytest.warns(CorpusWarning, match=r"a\.txt: 1 NUL"):
        table = corpus.load_documents(tmp_path)
    assert table["text"].tolist() == ["One\0 two three four."]


def test_lone_surrogates_are_replaced_one_for_one(tmp_path: Path) -> None:
    line = json.dumps({"text": "A \ud800 word \udfff.", "outlet": "\ud83d", "doc_id": "a"})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    row = load(tmp_path).iloc[0]
    assert (row["text"], row["outlet"]) == ("A \ufffd word \ufffd.", "\ufffd")


def test_fifty_megabytes_of_one_line(tmp_path: Path) -> None:
    text = "word " * 10_000_000
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"text\n{text[:9_000_000]}\n", encoding="utf-8")
    table = load(tmp_path)
    assert table["text"].str.len().tolist() == [50_000_000, 9_000_000]


@pytest.mark.parametrize("unit", ["word ", "word. ", "“A", "x", "\u0301", "''", "Mr. A. B. "])
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    def seconds(n: int) -> float:
        table = documents(unit * (n // len(unit)) + " end")
        start = time.process_time()
        sentences = segmentation.split_sentences(table)
        segmentation.tokenize(sentences)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(160_000) < 16 * max(seconds(20_000), 0.02)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.jsonl"])
def test_a_packed_file_is_refused_without_unpacking_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"<p>word</p>" * 1_000_000))
    start = time.process_time()
    assert "unpack it" in mends(tmp_path)[name]
    assert time.process_time() - start < 1


def test_a_page_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>word</p>" * 2_000_000)
    assert "20 MB" in mends(tmp_path)["a.html"]


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_a_page_nested_too_deep_ends(tmp_path: Path, tag: str) -> None:
    (tmp_path / "a.html").write_text(f"<{tag}>" * 50_000 + "word" + f"</{tag}>" * 50_000, encoding="utf-8")
    try:
        assert "word" in load(tmp_path)["text"].iloc[0]
    except CorpusError as error:
        assert "no report's text found" in str(error)


def test_an_empty_folder_says_what_to_add(tmp_path: Path) -> None:
    assert "add .txt" in mends(tmp_path)[tmp_path.name]


def test_shifted_cells_are_blamed_on_the_comma_and_not_on_the_column(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text(
        "file,outlet,published\na.txt,Here, there,2025\n", encoding="utf-8"
    )
    assert "4 cells where the header has 3" in mends(tmp_path)["documents.csv"]


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x","y")', "+1", "-1+2", "@SUM(A1)", "\t=1"])
def test_a_formula_is_inert_in_every_csv_we_write(tmp_path: Path, formula: str) -> None:
    title = formula.replace('"', "&quot;").replace("\t", "")
    page = f"<title>{title}</title><p>A word of the report.</p>"
    (tmp_path / "=cmd.html").write_text(page, encoding="utf-8")
    path, _ = text_start.start_corpus(tmp_path)
    _, rows = path.read_text(encoding="utf-8").splitlines()
    assert not any(cell.strip('" \t').startswith(("=", "+", "-", "@")) for cell in rows.split(","))
    assert load(tmp_path)["headline"].tolist() == [formula.strip()]
    assert blocks.inert_csv(pd.DataFrame({"x": [formula]})).split("\n", 1)[1].strip('" \t').startswith("'")


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/hostname", "a/../../out.txt", "..\\out.txt", "C:\\out.txt"]
)
def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "out.txt").write_text("Secret.", encoding="utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "documents.csv").write_text(f"file\n{name}\n", encoding="utf-8")
    assert "leads out" in mends(inside)["documents.csv"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_text("Secret.", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").symlink_to(tmp_path / "out.txt")
    (inside / "b").symlink_to(tmp_path / "folder")
    (inside / "c").symlink_to(inside)
    (inside / "gone.txt").symlink_to(inside / "nowhere.txt")
    found = mends(inside)
    assert "leads out" in found["a.txt"]
    assert "leads out" in found["b"]
    assert "link to a folder" in found["c"]
    assert "not a file" in found["gone.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a file" in mends(tmp_path)["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text("One.", encoding="utf-8")
    assert mends(tmp_path) == {"a\ufffd.txt": "its name is not UTF-8; rename it"}


def test_a_file_that_changes_meanwhile_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("One.", encoding="utf-8")
    real = os.fstat

    def grow(number: int) -> os.stat_result:
        found = real(number)
        with path.open("a", encoding="utf-8") as file:
            file.write(" More.")
        return found

    monkeypatch.setattr(readers.os, "fstat", grow)
    assert "changed while it was read" in mends(tmp_path)["a.txt"]


def test_files_that_come_meanwhile_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    real = readers._decode

    def arrive(raw: bytes) -> tuple[str, str]:
        (tmp_path / "b.txt").write_text("Two.", encoding="utf-8")
        return real(raw)

    monkeypatch.setattr(readers, "_decode", arrive)
    assert "came or went" in mends(tmp_path)[tmp_path.name]


def test_a_file_that_goes_meanwhile_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Two.", encoding="utf-8")
    real = readers._decode

    def leave(raw: bytes) -> tuple[str, str]:
        (tmp_path / "b.txt").unlink(missing_ok=True)
        return real(raw)

    monkeypatch.setattr(readers, "_decode", leave)
    assert "cannot be read" in mends(tmp_path)["b.txt"]


def test_deep_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": ' + "[" * 100_000, encoding="utf-8")
    assert "not JSON" in mends(tmp_path)["a.jsonl"]


# A few of the verbs will do: each is looked for in every text.
VERBS = lists.load_speech_verbs().iloc[::25]
QUIET = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@QUIET
@given(st.one_of(st.binary(max_size=120), AWKWARD.map(lambda text: text.encode("utf-8", "surrogatepass"))))
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.jsonl", "a.parquet", "documents.csv"])
def test_any_bytes_become_a_report_or_a_problem(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            table = load(Path(folder))
        except CorpusError as error:
            assert error.problems
        else:
            assert len(table) >= 1
            assert not table["text"].str.contains("\r", regex=False).any()


@QUIET
@given(AWKWARD)
def test_any_text_comes_back_from_a_manifest_cell(text: str) -> None:
    cell = text.encode("utf-8", "replace").decode()
    assert problems.active(problems.inert(cell)) == cell


@settings(QUIET, max_examples=25)
@given(st.lists(AWKWARD.map(lambda text: text.encode("utf-8", "replace").decode()), min_size=1, max_size=15))
def test_offsets_of_every_room_slice_back(texts: list[str]) -> None:
    rows = [(f"d{i}", text, *["unknown"] * 7) for i, text in enumerate(texts)]
    table = schema.from_rows(list(rows), tables.DocumentsTable)
    sentences = segmentation.split_sentences(table)
    _slices_back(sentences, table, "text")
    _slices_back(segmentation.tokenize(sentences), table, "token")
    for doc_id, text in zip(table["doc_id"], texts, strict=True):
        own = sentences[sentences["doc_id"] == doc_id]
        inside = {
            i
            for start, end in zip(own["start_char"], own["end_char"], strict=True)
            for i in range(start, end)
        }
        assert {i for i, char in enumerate(text) if char.isalnum()} <= inside
    names = schema.from_rows([("a", "A", "PERSON", "")], names_tables.EntitiesTable)
    forms = schema.from_rows([("a", "a.B", "name", "fold", "", "", "", "")], names_tables.AliasesTable)
    mentions = names_mentions.find_mentions(table, names, forms)
    spans = voices_spans.find_voices(table, sentences, VERBS, mentions, parse=parser.parse(table, sentences))
    terms = schema.from_rows(
        [("t", "a*", "word", "fold", "label", "a", "list", "", "", "", "")], framing_tables.FramingTermsTable
    )
    _slices_back(mentions, table, "surface")
    _slices_back(
        uses.find_framing_terms(table, terms, spans, mentions, sentences=sentences), table, "surface"
    )
    lengths = spans["doc_id"].map(table.set_index("doc_id")["text"].str.len()).astype("int64")
    assert ((spans["start_char"] < spans["end_char"]) & (spans["end_char"] <= lengths)).all()


def _slices_back(frame: pd.DataFrame, table: pd.DataFrame, column: str) -> None:
    """Check that the offsets of every row give back its words."""
    texts = dict(zip(table["doc_id"], table["text"], strict=True))
    columns = (frame[name] for name in ("doc_id", "start_char", "end_char", column))
    for doc_id, start, end, words in zip(*columns, strict=True):
        assert texts[doc_id][start:end] == words
