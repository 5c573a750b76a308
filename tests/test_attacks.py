"""Attacks that worked once: what hung ends, what was lost is told, what was wrong is right."""

import os
import subprocess
import sys
import zipfile

import pyarrow as pa
import pytest
from pyarrow import parquet
from samples import ALL_VERBS, report

from helpers import report as command
from helpers.names import mentions as names_mentions
from helpers.names.tables import MentionsTable
from helpers.pages import building
from helpers.place import ROOT
from helpers.table import empty
from helpers.text import corpus, expressions, parse, readers, split_sentences
from helpers.text.problems import Refused
from helpers.voices import find_voices, speakers


@pytest.mark.parametrize("expression", [speakers._TITLES, names_mentions._LIST])
def test_a_run_of_capitals_is_read_in_one_way(expression):
    assert not expression.fullmatch("A" * 5_000 + " said ")
    assert not expression.fullmatch("British Broadcasting Corporation " * 200 + "said")


def test_a_sentence_of_capitals_is_read_at_once():
    text = "BRITISH BROADCASTING CORPORATION reporters told Ismail Haniyeh that the talks would go on."
    documents = report(text)
    sentences = split_sentences(documents)
    names = empty(MentionsTable)
    assert len(find_voices(documents, sentences, ALL_VERBS, names, parse=parse(documents, sentences))) <= 2


@pytest.mark.parametrize("body", ["", r"\b", "a{0}", "a?", "x*"])
def test_repetitions_of_nothing_are_refused(body):
    assert expressions.regex_mend(f"(?:(?:(?:{body}){{9999}}){{9999}}){{9999}}").endswith(
        "take out repetitions"
    )
    assert not expressions.regex_mend(r"war(?:s|ring)? crimes?")


def test_a_folder_named_like_a_page_is_read(tmp_path):
    (tmp_path / "bridge").mkdir()
    (tmp_path / "bridge.html").write_text("<title>A</title><p>The bridge is open again, they say.</p>")
    (tmp_path / "bridge" / "gazette.txt").write_text("The bridge is open.", encoding="utf-8")
    (tmp_path / "old_files").mkdir()
    (tmp_path / "old.html").write_text("<title>B</title><p>The old bridge is closed, they say.</p>")
    (tmp_path / "old_files" / "style.css").write_text("p {}", encoding="utf-8")
    files, problems, notes = corpus.walk(tmp_path)
    assert list(files) == ["bridge.html", "bridge/gazette.txt", "old.html"]
    assert not problems
    assert [(note.file, "saved page" in note.note) for note in notes] == [("old_files/", True)]
    (tmp_path / "old_files" / "notes.txt").write_text("A report.", encoding="utf-8")
    assert "old_files/notes.txt" in corpus.walk(tmp_path)[0]


def test_one_stray_byte_is_shown_and_told_and_the_rest_is_read(tmp_path):
    text = "“We go,” she said. " * 50
    (tmp_path / "a.txt").write_bytes(text.encode()[:400] + b"\xe9" + text.encode()[400:])
    read, note = readers.read_text(tmp_path / "a.txt")
    assert read.count("“We go,”") >= 49
    assert read.count("\ufffd") <= 2
    assert "not UTF-8" in note
    assert "line 1" in note


def test_text_of_another_encoding_is_not_taken_for_nearly_utf_8(tmp_path):
    (tmp_path / "a.txt").write_bytes(
        ("Die Brücke über die Spree ist für Fußgänger geöffnet. " * 20).encode("cp1252")
    )
    read, note = readers.read_text(tmp_path / "a.txt")
    assert "Brücke über" in read
    assert "a guess" in note


def test_a_table_that_unpacks_to_gigabytes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "LARGEST_FILE", 1 << 16)
    words = pa.array(["word " * 2_000] * 400).dictionary_encode()
    parquet.write_table(pa.table({"text": words}), tmp_path / "bomb.parquet")
    assert (tmp_path / "bomb.parquet").stat().st_size < 1 << 16
    with pytest.raises(Refused, match="when unpacked"):
        readers.read_rows(tmp_path / "bomb.parquet", "bomb.parquet")


def test_the_zip_leaves_what_is_its_owners(tmp_path):
    out = tmp_path / "reports"
    (out / "csv").mkdir(parents=True)
    for name in ("index.html", "00-a.html", "csv/00-a-table.csv", "csv/my-private-interviews.csv"):
        (out / name).write_text("x", encoding="utf-8")
    packed = building.pack(out, ["00-a"])
    assert zipfile.ZipFile(packed).namelist() == ["index.html", "00-a.html", "csv/00-a-table.csv"]


def test_two_runs_do_not_write_the_same_pages(tmp_path):
    out = (tmp_path / "reports").resolve()
    with (
        building._alone(out),
        pytest.raises(building.PageError, match="Another run is writing"),
        building._alone(out),
    ):
        pass
    with building._alone(out):
        pass


def test_the_readers_own_settings_change_no_picture(tmp_path):
    (tmp_path / "matplotlibrc").write_text("font.size: 30\naxes.grid: True\nlines.linewidth: 9\n")
    code = "from helpers.pages import corpus; print(hash(corpus.Page().lengths_drawn().html))"

    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": "0", "MATPLOTLIBRC": place, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for place in (str(tmp_path / "matplotlibrc"), "")
    ]
    assert told[0] == told[1]


def test_a_stop_by_hand_is_one_line(monkeypatch, capsys):

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "main", stop)
    assert command.run([]) == 130
    assert capsys.readouterr().err.strip().startswith("Stopped.")
