"""Everything in the folder of a corpus is accounted for: read, or not read and why."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CORPORA

from helpers import listed
from helpers.edition import open_corpus
from helpers.pages import corpus as page
from helpers.place import ROOT
from helpers.text import corpus, folder

pytestmark = pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")


def whole(place: Path) -> int:
    """Return how many files, folders and links there are in a folder and all that is in it."""
    return sum(len(folders) + len(files) for _, folders, files in os.walk(place))


def uses(place: Path) -> dict[str, str]:
    """Return what became of each entry; the rows add up to the folder."""
    read = corpus.read_corpus(place)
    assert read.entries["entries"].sum() == whole(place)
    if not read.problems:
        assert read.entries["reports"].sum() == len(read.documents)
    return dict(zip(read.entries["entry"], read.entries["use"], strict=True))


def write(place: Path, *names: str) -> None:
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"A word of {Path(name).stem}.\n", encoding="utf-8")


def test_every_entry_has_a_row(tmp_path: Path) -> None:
    write(
        tmp_path,
        "bridge/gazette.txt",
        "bridge/deep/courier.md",
        "a.pdf",
        ".git/config",
        ".git/x/y",
        ".DS_Store",
    )
    write(
        tmp_path,
        "lexicons/coding/brat/a.ann",
        "lexicons/notes.txt",
        "lexicons/alias.csv",
        "old_files/a/b.css",
    )
    for name in ("bridge", "old"):
        (tmp_path / f"{name}.html").write_text(f"<p>The {name} is open again.</p>", encoding="utf-8")
    (tmp_path / "t.csv").write_text("text\nOne.\nTwo.\n", encoding="utf-8")
    (tmp_path / "fetched.csv").write_text("url\n", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "bridge" / "gazette.txt")
    assert uses(tmp_path) == {
        ".DS_Store": "not read; its name begins with a dot",
        ".git/": "not read; its name begins with a dot",
        "a.pdf": "not read; save the report's text as .txt to have it read",
        "bridge.html": "a report",
        "bridge/": "looked into",
        "bridge/deep/": "looked into",
        "bridge/deep/courier.md": "a report",
        "bridge/gazette.txt": "a report",
        "fetched.csv": "what happened to each address that was fetched; no report",
        "lexicons/": "looked into",
        "lexicons/alias.csv": "not read; did you mean aliases.csv?",
        "lexicons/coding/": "what a second person codes",
        "lexicons/notes.txt": "not read; no list has this name",
        "link.txt": "a report",
        "old.html": "a report",
        "old_files/": "not read; the resources of the saved page beside it",
        "t.csv": "a table of reports",
    }


def test_what_cannot_be_read_has_a_row_too(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    found = uses(tmp_path)
    assert found["loop"] == "a link to a folder; put the reports themselves there"
    assert found["pipe.txt"] == found["gone.txt"] == "not a file; take it away"
    assert {problem.file for problem in corpus.read_corpus(tmp_path).problems} == set(found) - {"a.txt"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read everything")
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "a_files/b.css")
    (tmp_path / "a.html").write_text("<p>A word.</p>", encoding="utf-8")
    (tmp_path / "a_files").chmod(0)
    try:
        assert [problem.file for problem in folder.walk(tmp_path).problems] == ["a_files"]
    finally:
        (tmp_path / "a_files").chmod(0o700)


NAMES = st.sampled_from(
    [
        "a",
        "b.txt",
        "b_files",
        "b.html",
        ".c",
        "lexicons",
        "documents.csv",
        "d.csv",
        "e.pdf",
        "coding",
        "pages",
    ]
)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=4), max_size=8))
def test_the_rows_add_up_to_any_folder(tmp_path_factory, paths) -> None:
    place = tmp_path_factory.mktemp("any")
    for names in paths:
        path = place.joinpath(*names)
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("text\nA word.\n", encoding="utf-8")
    walked = folder.walk(place)
    assert sum(entry.entries for entry in walked.entries) == whole(place)
    assert {entry.entry for entry in walked.entries if entry.use == "a report"} == set(walked.files)


@pytest.mark.parametrize("name", ["eight", "many"])
def test_page_00_prints_the_rows(tmp_path: Path, name: str) -> None:
    place = CORPORA[name](tmp_path)
    shown = page.Page(open_corpus(place)).folder().html
    assert f"The folder has {whole(place)} entries" in shown
    assert "a report" in shown


def test_the_lists_are_those_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {path.name for path in (ROOT / "data" / "lexicons").glob("*.csv")} <= set(folder.LISTS)
    assert len(folder.LISTS) == len(listed.Lists._fields)
