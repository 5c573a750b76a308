"""Bad input: one message with file, row, column, value and mend; exit code not 0; nothing written."""

import os
import subprocess
import sys

import pytest

from helpers.text.corpus import ROOT, CorpusError, load_documents

HEADER = "doc_id,file,event_id,outlet,published,headline,language,url,outlet_evidence\n"


def row(doc_id, file, published=""):
    return f"{doc_id},{file},e,o,{published},,en,,\n"


def problems(folder):
    with pytest.raises(CorpusError) as caught:
        load_documents(folder)
    return [tuple(problem) for problem in caught.value.problems]


def test_every_problem_is_told_at_once(tmp_path):
    (tmp_path / "a.txt").write_text("One report.", encoding="utf-8")
    (tmp_path / "lonely.txt").write_text("No row.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n\n", encoding="utf-8")
    (tmp_path / "packed.txt").write_bytes(b"\x1f\x8b\x08 packed")
    (tmp_path / "documents.csv").write_text(
        HEADER
        + row("a", "a.txt", "yesterday")
        + row("a", "gone.txt")
        + row("", "empty.txt")
        + row("p", "packed.txt")
        + "x,y\n",
        encoding="utf-8",
    )
    found = {(file, line, column, value) for file, line, column, value, _ in problems(tmp_path)}
    assert found == {
        ("documents.csv", 6, "", "x,y"),
        ("documents.csv", 2, "published", "yesterday"),
        ("documents.csv", 3, "doc_id", "a"),
        ("documents.csv", 3, "file", "gone.txt"),
        ("documents.csv", 4, "doc_id", ""),
        ("lonely.txt", None, "", ""),
        ("empty.txt", None, "", ""),
        ("packed.txt", None, "", ""),
    }


def test_every_problem_says_what_to_do(tmp_path):
    (tmp_path / "documents.csv").write_text("doc_id,file\na,b\n", encoding="utf-8")
    assert all("add" in mend for *_, mend in problems(tmp_path))


def test_an_unreadable_file_is_named(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "documents.csv").write_text(HEADER + row("a", "a.txt"), encoding="utf-8")
    assert [(file, column, value) for file, _, column, value, _ in problems(tmp_path)] == [
        ("documents.csv", "file", "a.txt")
    ]


def test_an_empty_folder_is_no_corpus(tmp_path):
    assert problems(tmp_path)[0][0] == tmp_path.name


def test_a_folder_that_is_not_there(tmp_path):
    assert "no such folder" in problems(tmp_path / "nowhere")[0][-1]


def test_the_command_says_so_and_writes_nothing(tmp_path):
    corpus = tmp_path / "my corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_bytes(b"\xff\xfe\xff")
    (corpus / "b.txt").write_text("", encoding="utf-8")
    out = tmp_path / "reports"
    result = subprocess.run(
        [sys.executable, "-m", "helpers.report", "--out", str(out)],
        env=os.environ | {"CORPUS": str(corpus), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 2
    assert "a.txt" in result.stderr
    assert "b.txt" in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my corpus"]
