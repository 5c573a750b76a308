"""Pipes, devices and links in a corpus, wherever they stand: never waited for, always told."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import report
from helpers.text import corpus

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
PLACES = ("a.txt", "a.csv", "a.xlsx", "documents.csv", "columns.csv", "outlets.csv", "lexicons/entities.csv")


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    """End a test that waits for a pipe."""

    def stop(*_: object) -> None:
        raise TimeoutError("waited for what is no file")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path)


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [pipe, device, circle])
@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path, monkeypatch, name, make) -> None:
    monkeypatch.setenv("CORPUS", str(tmp_path))
    (tmp_path / "b.txt").write_text("A word.", encoding="utf-8")
    (tmp_path / "lexicons").mkdir()
    make(tmp_path / name)
    assert len(report.digest_of_inputs().hex()) == len(corpus.checksum(tmp_path)) == 64
    problems = corpus.read_corpus(tmp_path).problems
    assert [problem.file for problem in problems] == [name]


@pytest.mark.parametrize("name", ["documents.csv", "columns.csv", "outlets.csv"])
def test_a_folder_in_the_place_of_a_list_is_told(tmp_path, name) -> None:
    (tmp_path / "b.txt").write_text("A word.", encoding="utf-8")
    folder(tmp_path / name)
    read = corpus.read_corpus(tmp_path)
    assert [problem.mend for problem in read.problems] == ["not a file; take it away"]


@pytest.mark.parametrize("name", [".x", "lexicons/coding/voices.csv"])
def test_what_is_not_read_is_not_waited_for(tmp_path, monkeypatch, name) -> None:
    monkeypatch.setenv("CORPUS", str(tmp_path))
    (tmp_path / "b.txt").write_text("A word.", encoding="utf-8")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    pipe(tmp_path / name)
    assert len(report.digest_of_inputs().hex()) == 64
    assert len(corpus.read_corpus(tmp_path).documents) == 1
