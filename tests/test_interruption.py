"""A full disk, a kill, a corpus that changes meanwhile: the old pages stay whole, and so does all else."""

import errno
import functools
import itertools
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from helpers import place, report
from helpers.pages import building, execution
from helpers.text import corpus, start
from helpers.text.corpus import ROOT

if os.name != "nt":
    import resource

FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="no such processes there")
CHANGES = ("rename", "replace", "unlink", "rmdir", "mkdir", "write_text")


def notebook(folder: Path, name: str, said: str) -> Path:
    """Write a notebook that has run and says `said`."""
    data = {"text/html": f"<p>{said}</p>", "text/plain": said}
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    cell = nbformat.v4.new_code_cell("1", id="only", execution_count=1, outputs=[output])
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"title": "What?"}), path)
    return path


def notebooks(folder: Path, said: str) -> list[Path]:
    """Write three such notebooks."""
    folder.mkdir(exist_ok=True)
    return [notebook(folder, name, said) for name in ("00-a", "01-b", "02-c")]


def finished(paths: list[Path]) -> tuple[dict[str, nbformat.NotebookNode], None]:
    """Return the notebooks as if they had just run."""
    return {path.stem: nbformat.read(path, as_version=4) for path in paths}, None


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


OWN = {
    "notes.html": b"mine",
    "2024 notes.html": b"mine too",
    "other-corpus/index.html": b"other",
    "other-corpus/csv/00-a-x.csv": b"other",
    "csv/mine.csv": b"mine",
    "texts/mine.html": b"mine",
    "seeds.zip": b"packed",
}


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the old pages, and with things of its owner's among them."""
    out = tmp_path / "reports"
    monkeypatch.setattr(building, "run_notebooks", finished)
    building.build(notebooks(tmp_path / "notebooks", "old"), out)
    for name, content in OWN.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    (out / "csv" / "00-a-old.csv").write_bytes(b"old")
    return out


def written(pages: Path, meanwhile: Callable[[], None]) -> int:
    """Write the pages again in a process of its own, where `meanwhile` goes first; return its exit code."""

    def run() -> None:
        report.NOTEBOOKS, report.made_from = pages.parent / "notebooks", lambda *_: "source"
        report.MINE = pages.parent / "my-notebooks"
        meanwhile()
        with (pages.parent / "notebooks" / "said").open("w", encoding="utf-8") as sys.stderr:
            code = report.main(["--out", str(pages)])
        os._exit(code)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    return process.exitcode or 0


def kill(moment: int) -> None:
    """Kill this process, as kill -9 does, before its change number `moment` of a file or folder."""
    calls = iter(range(1_000))

    def wrapped(call: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            if next(calls) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return run

    for name in CHANGES:
        setattr(Path, name, wrapped(getattr(Path, name)))


def fill() -> None:
    """Let no file of this process grow beyond 2,000 bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


def test_new_pages_take_the_place_of_old_ones_and_of_nothing_else(pages: Path) -> None:
    building.build(notebooks(pages.parent / "notebooks", "new"), pages)
    found = files(pages)
    assert {name: found.pop(name) for name in OWN} == OWN
    made = ["00-a.html", "01-b.html", "02-c.html", "index.html"]
    assert sorted(name for name in found if not name.startswith("texts/")) == made
    pages_made = (found[name] for name in ("00-a.html", "01-b.html", "02-c.html"))
    assert not any(re.search(rb"\bold\b", page) for page in pages_made)
    assert sorted(path.name for path in pages.parent.iterdir()) == ["notebooks", "reports"]


@pytest.mark.parametrize("call", ["write_text", "mkdir"])
def test_a_full_disk_leaves_the_old_pages(
    pages: Path, call: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(pages)
    real = getattr(Path, call)

    def full(path: Path, *arguments: object, **options: object) -> object:
        if "reports.new" in str(path) and path.name != "00-a.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, call, full)
    monkeypatch.setattr(report, "NOTEBOOKS", pages.parent / "notebooks")
    assert report.main(["--out", str(pages)]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert files(pages) == before
    assert sorted(path.name for path in pages.parent.iterdir()) == ["notebooks", "reports"]


@FORK
def test_a_file_that_truly_cannot_be_written_leaves_the_old_pages(pages: Path) -> None:
    before = files(pages)
    assert written(pages, fill) == 1
    said = (pages.parent / "notebooks" / "said").read_text(encoding="utf-8")
    assert "cannot be written: File too large" in said
    assert "Traceback" not in said
    assert files(pages) == before
    assert sorted(path.name for path in pages.parent.iterdir()) == ["notebooks", "reports"]


@FORK
def test_a_kill_at_any_moment_leaves_old_pages_or_new_and_loses_nothing(pages: Path) -> None:
    old = files(pages)
    notebooks(pages.parent / "notebooks", "new")
    seen = set()
    for moment in itertools.count():
        code = written(pages, functools.partial(kill, moment))
        where = pages if pages.exists() else pages.with_name("reports.old")
        said = {b"new" in content for name, content in files(where).items() if name[:1] == "0"}
        assert len(said) == 1, "old and new pages are mixed"
        everywhere = files(pages) | files(pages.with_name("reports.old"))
        assert {name: everywhere.get(name) for name in OWN} == OWN
        seen.add(said.pop())
        if code == 0:
            break
        assert code == -signal.SIGKILL
        if pages.with_name("reports.old").exists():
            building._recover(pages.with_name("reports.old"), pages)
        assert {name: files(pages)[name] for name in OWN} == OWN
    assert seen == {False, True}
    assert moment > 10
    assert files(pages).keys() == old.keys() - {"csv/00-a-old.csv"} | {report.RECORD}
    assert sorted(path.name for path in pages.parent.iterdir()) == ["notebooks", "reports"]


def test_what_stands_in_both_folders_is_not_deleted(pages: Path) -> None:
    old = pages.with_name("reports.old")
    old.mkdir()
    (old / "notes.html").write_bytes(b"mine of before")
    with pytest.raises(execution.PageError, match=r"notes\.html stands in .* move one of them"):
        building.build([], pages)
    assert (old / "notes.html").read_bytes() == b"mine of before"


def test_a_file_in_the_place_of_the_folder_is_left_alone(
    pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report.main(["--out", str(pages / "notes.html")]) == 1
    assert "a file stands where" in capsys.readouterr().err
    assert (pages / "notes.html").read_bytes() == b"mine"


def test_a_zip_that_cannot_be_written_leaves_the_old_one(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.writestr", full)
    with pytest.raises(OSError, match="No space"):
        building.pack(pages, ["00-a"])
    assert files(pages)["seeds.zip"] == b"packed"
    assert not list(pages.glob("*.new"))


@pytest.mark.parametrize("changed", ["a.txt", "documents.csv", "lexicons/voice_overrides.csv", "new.txt"])
def test_a_corpus_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    folder = tmp_path / "corpus"
    (folder / "lexicons").mkdir(parents=True)
    (folder / "a.txt").write_text("A word.", encoding="utf-8")
    (folder / "documents.csv").write_text("file,outlet\na.txt,O\n", encoding="utf-8")
    header = "text_hash,start_char,end_char,voice,speaker,note\n"
    (folder / "lexicons" / "voice_overrides.csv").write_text(header, encoding="utf-8")
    monkeypatch.setenv("CORPUS", str(folder))
    paths = notebooks(tmp_path / "notebooks", "one")
    monkeypatch.setattr(building, "run_notebooks", finished)
    out = tmp_path / "reports"
    building.build(paths, out)
    before = files(out)

    def change(paths: list[Path]) -> object:
        if changed == "new.txt":
            # Its row comes too, so that nothing but the change is wrong.
            (folder / "documents.csv").write_text("file,outlet\na.txt,O\nnew.txt,O\n", encoding="utf-8")
        with (folder / changed).open("a", encoding="utf-8") as file:
            file.write("\n" if changed == "documents.csv" else "More.")
        return finished(paths)

    monkeypatch.setattr(building, "run_notebooks", change)
    with pytest.raises(execution.PageError, match="changed while it was read; run again"):
        building.build(paths, out)
    assert files(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "notebooks", "reports"]


def test_a_checksum_follows_contents_and_names_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A word.", encoding="utf-8")
    first = corpus.checksum(tmp_path)
    os.utime(tmp_path / "a.txt", (0, 0))
    (tmp_path / "a.pdf").write_text("Not read.", encoding="utf-8")
    assert corpus.checksum(tmp_path) == first
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert corpus.checksum(tmp_path) != first


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("csv", "csv-pages"),
        ("index.html", "index.html-pages"),
        ("seeds.zip", "seeds.zip-pages"),
        ("a.new", "a.new-pages"),
        ("my corpus é ع $1 'x' \"y\" #?%41&", "my corpus é ع $1 'x' \"y\" #?%41&"),
        ("-x", "-x"),
    ],
)
def test_no_corpus_takes_the_place_of_other_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, folder: str
) -> None:
    monkeypatch.setenv("CORPUS", str(tmp_path / name))
    assert report.default_folder() == ROOT / "reports" / folder


def test_pages_of_two_corpora_of_one_name_do_not_collide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "ROOT", tmp_path)
    monkeypatch.setattr(place, "ROOT", tmp_path)
    folders = []
    for parent in ("a", "b", "a", "b"):
        monkeypatch.setenv("CORPUS", str(tmp_path / parent / "story"))
        out = report.default_folder()
        out.mkdir(parents=True, exist_ok=True)
        report.record(out, "x")
        folders.append(out.name)
    assert folders[0] == folders[2] == "story"
    assert folders[1] == folders[3] != "story"
    assert re.fullmatch("story-[0-9a-f]{6}", folders[1])
    (tmp_path / "reports" / "story" / report.RECORD).write_text("[]")
    assert report.default_folder().name == "story"


def test_the_root_of_a_disk_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS", "/")
    assert report.default_folder() == ROOT / "reports" / "-pages"


def test_a_manifest_on_a_full_disk_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documents.csv").write_text("file,outlet\na.txt,O\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("A word.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("A word.", encoding="utf-8")
    before = files(tmp_path)
    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        real(path, content[:5])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert start.main([str(tmp_path)]) == 2
    assert files(tmp_path) == before


def test_what_was_left_out_is_said_once_in_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("A word.", encoding="utf-8")
    (folder / "b.pdf").write_text("Not read.", encoding="utf-8")
    notebooks(tmp_path / "notebooks", "one")
    monkeypatch.setenv("CORPUS", str(folder))
    monkeypatch.setattr(report, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(building, "run_notebooks", finished)
    with pytest.warns(corpus.CorpusWarning, match=r"b\.pdf: not read") as said:
        assert report.main(["--out", str(tmp_path / "reports")]) == 0
    assert len(said) == 1
