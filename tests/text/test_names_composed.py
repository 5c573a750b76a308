"""Names in two forms of Unicode are one name: a disk's (NFD) and a list's (NFC)."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import report

from helpers.text import corpus, find_terms, finder, start

NAME = "é-Café ñ"


def form(kind: str) -> str:
    return unicodedata.normalize(kind, NAME)


@pytest.mark.parametrize(("disk", "listed"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_manifest_finds_its_files_in_either_form(tmp_path: Path, disk, listed):
    (tmp_path / f"{form(disk)}.txt").write_text("A word.", encoding="utf-8")
    manifest = f"file,outlet,event_id\n{form(listed)}.txt,{form(listed)},{form(listed)}\n"
    (tmp_path / "documents.csv").write_text(manifest, encoding="utf-8")
    read = corpus.read_corpus(tmp_path, event=form("NFD"))
    assert not read.problems
    assert read.documents[["doc_id", "outlet", "event_id"]].iloc[0].tolist() == [form("NFC")] * 3
    assert start.start_corpus(tmp_path)[1] == 0


def test_columns_are_given_to_a_table_in_either_form(tmp_path: Path):
    (tmp_path / f"{form('NFD')}.csv").write_text("words,who\nA word.,B\n", encoding="utf-8")
    given = f"file,column,read_as\n{form('NFC')}.csv,words,text\n{form('NFC')}.csv,who,outlet\n"
    (tmp_path / "columns.csv").write_text(given, encoding="utf-8")
    read = corpus.read_corpus(tmp_path)
    assert read.documents[["text", "outlet"]].values.tolist() == [["A word.", "B"]]


def test_two_names_that_look_the_same_are_one_twice(tmp_path: Path):
    for kind in ("NFC", "NFD"):
        (tmp_path / f"{form(kind)}.txt").write_text(f"A word of {kind}.", encoding="utf-8")
    problems = corpus.read_corpus(tmp_path).problems
    assert len(problems) == 1
    assert "give each report its own name" in problems[0].mend


@pytest.mark.parametrize("kind", ["utf-16", "utf-8-sig", "utf-8"])
def test_rows_are_added_to_a_manifest_of_any_encoding(tmp_path: Path, kind):
    for name in ("é.txt", "b.txt"):
        (tmp_path / name).write_text("A word.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file\toutlet\né.txt\tÉcho", encoding=kind)
    assert start.start_corpus(tmp_path)[1] == 1
    assert corpus.read_corpus(tmp_path).documents["outlet"].tolist() == ["unknown", "Écho"]


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("listed", ["NFC", "NFD"])
def test_a_listed_word_is_found_in_either_form_of_a_text(written, listed):
    text = unicodedata.normalize(written, "The mayor José Peña’s café. “Peña” — 한국어 is a word, x́ too.")
    words = [unicodedata.normalize(listed, word) for word in ("José Peña", "Peña", "café", "한국어", "x́")]
    found = find_terms(report(text), words)
    assert found["pattern"].tolist() == [words[0], words[2], words[1], *words[3:]]
    for start_, end, surface in zip(found["start_char"], found["end_char"], found["surface"], strict=True):
        assert text[start_:end] == surface
    assert [unicodedata.normalize(listed, surface) for surface in found["surface"]] == found[
        "pattern"
    ].tolist()


@given(st.text(alphabet="ae\u0301\u0323 “한\u1100\u1161\u11a8ب\u0651.x", max_size=14))
def test_composing_keeps_places(text):
    whole, places = finder._composed_text(text)
    assert whole == unicodedata.normalize("NFC", text)
    assert places == sorted(places)
    assert len(places) == len(whole) + 1
