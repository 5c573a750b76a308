"""Attacks that worked once: what hung ends, what was lost is told, what was wrong is right."""

import gc
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from functools import cached_property
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from samples import ALL_VERBS, HEADER, mentions, report

from helpers import place
from helpers import report as command
from helpers.edition import open_corpus
from helpers.names import lists as names_lists
from helpers.names import mentions as names_mentions
from helpers.names.tables import MentionsTable
from helpers.pages import building
from helpers.pages.blocks import Block
from helpers.place import ROOT
from helpers.table import empty
from helpers.text import expressions, folder, parse, readers, split_sentences
from helpers.text.problems import Refused, active, inert
from helpers.voices import find_voices


@pytest.mark.parametrize("expression", [names_mentions._LIST])
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
    files, problems, notes, _ = folder.walk(tmp_path)
    assert list(files) == ["bridge.html", "bridge/gazette.txt", "old.html"]
    assert not problems
    assert [(note.file, "saved page" in note.note) for note in notes] == [("old_files/", True)]
    (tmp_path / "old_files" / "notes.txt").write_text("A report.", encoding="utf-8")
    assert "old_files/notes.txt" in folder.walk(tmp_path).files


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
    (out / "texts").mkdir()
    mine = ["csv/my-private-interviews.csv", "csv/00-a-my-notes.csv", "notes.html", "01-mine.html"]
    # A page of a text that its owner saved again, with notes of theirs in it, is theirs too.
    mine += ["texts/1-report.html", "texts/interview.html"]
    ours = ["index.html", "00-a.html", "csv/00-a-table.csv", "texts/0-report.html"]
    for name in (*ours, *mine):
        text = '<a href="csv/00-a-table.csv"><a href="texts/0-report.html#s1">'
        (out / name).write_text(f"{building.TEXT_MARK.decode()} {text}", encoding="utf-8")
    packed = building.pack(out, ["00-a"])
    assert zipfile.ZipFile(packed).namelist() == ours


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
    code = "from helpers.pages import corpus; print(hash(corpus.Page().picture().html))"

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
    for name in ("lists", "coding", "text.start"):
        source = Path(import_module(f"helpers.{name}").__file__).read_text(encoding="utf-8")
        assert source.endswith('if __name__ == "__main__":\n    sys.exit(commanded(main))\n')
    assert place.commanded(stop) == 130
    assert capsys.readouterr().err.strip() == "Stopped."


def seconds(work, n):
    """Return the seconds that some work takes on an input of size n."""
    given = work(n)
    # What a collection costs hangs on all that the other tests keep.
    gc.disable()
    try:
        start = time.process_time()
        given()
        return time.process_time() - start
    finally:
        gc.enable()


def proportionate(work, n):
    """Return whether four times the input takes less than eight times as long."""
    seconds(work, n)
    return any(seconds(work, 4 * n) < 8 * max(seconds(work, n), 0.02) for _ in range(3))


def test_a_table_of_too_many_columns_is_refused(tmp_path):
    names = [f"c{n}" for n in range(50_000)]
    (tmp_path / "wide.csv").write_text(",".join(names) + "\n" + ",".join(names) + "\n")
    (tmp_path / "wide.jsonl").write_text(json.dumps(dict.fromkeys(names, 1)) + "\n")
    pieces = [json.dumps({"text": "A word.", f"c{n}": 1}) + "\n" for n in range(2_000)]
    (tmp_path / "rows.jsonl").write_text("".join(pieces))
    parquet.write_table(pa.table({name: [1] for name in names[:2_000]}), tmp_path / "wide.parquet")
    for name in ("wide.csv", "wide.jsonl", "rows.jsonl", "wide.parquet"):
        with pytest.raises(Refused, match=r"columns, and at most 1,000"):
            readers.read_rows(tmp_path / name, name)


def test_columns_without_name_at_the_end_are_no_columns(tmp_path):
    (tmp_path / "a.csv").write_text("doc_id,text,,\na,One word.,,\nb,Two words.,,\nc,x,y,z\n")
    table = readers.read_rows(tmp_path / "a.csv", "a.csv")
    assert table.header == ["doc_id", "text"]
    assert [row for row, _ in table.rows] == [2, 3]
    assert [problem.row for problem in table.problems] == [4]


def test_a_key_that_stands_twice_is_found_in_proportion():
    def work(n):
        line = json.dumps(dict.fromkeys((f"k{k}" for k in range(n)), 1))[:-1] + ', "k7": 2}'
        return lambda: readers._json_rows(line, "keys.jsonl")

    assert "k7 twice" in work(900)().problems[0].mend
    assert proportionate(work, 8_000)


def test_speech_of_a_long_report_is_found_in_proportion():
    def work(n):
        documents = report("“We go.” Ada said. " * n)
        sentences = split_sentences(documents)
        parsed = parse(documents, sentences)
        named = mentions(documents)
        return lambda: find_voices(documents, sentences, ALL_VERBS, named, parse=parsed)

    assert len(work(50)()) >= 50
    assert proportionate(work, 1_000)


def test_unknown_ids_are_told_in_proportion():
    def work(n):
        rows = [(k, {"entity_id": f"unknown-name-{k}"}) for k in range(n)]
        known = {f"known-name-{k}" for k in range(n)}
        return lambda: names_lists._unknown_entities("aliases.csv", rows, known)

    assert "did you mean" in work(30)()[0].mend
    assert len(work(3_000)()) == 3_000
    assert proportionate(work, 1_000)


def test_one_alias_of_many_is_told_in_proportion():
    def work(n):
        bare = {"alias": "Lee", "scope": "", "valid_from": "", "valid_to": ""}
        rows = [(k, bare | {"entity_id": f"e{k}"}) for k in range(n)]
        return lambda: names_lists._rival_problems([], rows, [])

    assert proportionate(work, 500)


@pytest.mark.parametrize("end", [" met.", " and Zed met."])
def test_a_list_of_titled_names_is_read_in_proportion(end):
    def work(n):
        words = [f"Martyrs N{k}" for k in range(n)]
        text = ", ".join(words) + end
        places = [match.span(1) for match in re.finditer(r"(?:Martyrs|and) (N\d+|Zed)", text)]
        before = names_mentions._title_expression(names_mentions.HONORIFICS)
        spans = [(start, stop, True) for start, stop in places]
        return lambda: list(names_mentions._titles(text, spans, before))

    titles = [title for _, title in work(3)()]
    assert titles == (
        ["Martyrs"] * 3 if "and" not in end else ["Martyrs", *["Martyrs Martyrs"] * 2, "Martyrs"]
    )
    assert proportionate(work, 1_500)


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\u00a0=1", "\ufeff=1", "'=1"]
)
@pytest.mark.parametrize("before", ["", *(f"x{mark}" for mark in ";|\t\n\r"), "x; ", "x;\t", "\t", ";\n "])
def test_no_separator_makes_a_formula_of_a_cell(before, formula):
    written = inert(before + formula)
    for mark in ";|\t\n\r":
        cells = [cell.strip(" \t\n\r\u00a0\ufeff") for cell in written.split(mark)]
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@＝"))]
    assert active(written) == before + formula


@settings(max_examples=300)
@given(st.text(alphabet="=+-@' ;\t\n\u00a0ax", max_size=12))
def test_what_is_made_inert_is_read_as_it_was(cell):
    assert active(inert(cell)) == cell
    assert inert(cell).replace("'", "") == cell.replace("'", "")


def unprotected(html):
    """Return the stretches of text with a dollar sign that JupyterLab would take for mathematics."""
    soup = BeautifulSoup(str(html), "html.parser")
    return [
        text
        for text in soup.find_all(string=lambda text: text and "$" in text)
        if not any("mathjax_ignore" in (tag.get("class") or []) for tag in text.parents)
    ]


def test_no_block_has_mathematics(tmp_path):
    told = "The bridge of $x^2$ was closed. “We go on with $y$ now,” said Mayor Ada $z$ Poe in the town.\n"
    rows = "".join(f"{n} $x^2$,{n}.txt,e $y$,Outlet $z{n}$,,A $head$,en,,by $ev$\n" for n in "abc")
    (tmp_path / "documents.csv").write_text(HEADER + rows, encoding="utf-8")
    for n in "abc":
        (tmp_path / f"{n}.txt").write_text(told * 3 + f"It is {n}{n}.\n", encoding="utf-8")
    read = open_corpus(tmp_path)
    assert unprotected("<p>$x$</p>")
    assert not unprotected(read._repr_html_())
    seen = 0
    for name in ("corpus", "wording", "names", "voices", "framing", "derivation", "synopsis"):
        page = import_module(f"helpers.pages.{name}").Page(read)
        for method in vars(type(page)):
            if method.startswith("_") or isinstance(vars(type(page))[method], (cached_property, property)):
                continue
            block = getattr(page, method)()
            if not isinstance(block, Block):
                continue
            seen += "$" in block.html
            assert not unprotected(block.html), f"{name}.{method}"
    assert seen >= 15


AWKWARD_NAMES = ["a`touch made`", "a$(touch made)", 'a"b', "a'b", "a$b", "a b; touch made"]


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_make_gives_names_as_they_are_written(name, tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s|%s|%s" "$3" "$NEW" "$CORPUS"\n')
    python.chmod(0o755)
    for needed in ("requirements.txt", "pyproject.toml", ".venv/.ready"):
        (tmp_path / needed).write_text("")
    for target, variable, told in (
        ("corpus", "NEW", 2 * f"{name}|{name}|"),
        ("report", "CORPUS", f"||{name}"),
        ("lists", "CORPUS", f"{name}||{name}"),
    ):
        command = ["make", "-s", target, f"{variable}={name}"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert run.stdout == told
    assert not (tmp_path / "made").exists()
