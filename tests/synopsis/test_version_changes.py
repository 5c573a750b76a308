"""Versions of one report: set side by side, and counted once."""

from pathlib import Path

import pytest

from helpers.edition import Edition, open_corpus
from helpers.pages import corpus, synopsis
from helpers.synopsis import version_changes

FIRST = "The quay was shut on Monday. Twelve people were hurt. The mayor was not there."
SECOND = "The quay was shut on Monday. Fourteen people were hurt. The mayor was not there."
THIRD = "The quay was shut on Monday. Fourteen people were hurt. It opens again in May."
OTHER = "On Monday the town shut its quay. Two divers looked at the pier."


@pytest.fixture
def read(tmp_path: Path) -> Edition:
    """Return three versions of one address, and a report of another outlet."""
    rows = ["doc_id,file,event_id,outlet,published,url"]
    for name, text, outlet, time, url in (
        ("one", FIRST, "Town News", "2025-03-03T10:00Z", "https://town.example/quay"),
        ("three", THIRD, "Town News", "2025-03-04T10:00Z", "https://town.example/quay?utm_source=x"),
        ("two", SECOND, "Town News", "2025-03-03T12:00Z", "https://amp.town.example/quay"),
        ("other", OTHER, "Coast Post", "2025-03-03T11:00Z", "https://coast.example/quay"),
    ):
        (tmp_path / f"{name}.txt").write_text(f"Quay shut\n\n{text}\n", "utf-8")
        rows.append(f"{name},{name}.txt,quay,{outlet},{time},{url}")
    (tmp_path / "documents.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return open_corpus(tmp_path)


def test_later_versions_are_counted_nowhere(read: Edition) -> None:
    assert read.documents["doc_id"].tolist() == ["one", "other"]
    assert read.later["doc_id"].tolist() == ["three", "two"]
    for table in (read.sentences, read.tokens, read.voices, read.slots):
        assert set(table["doc_id"]) <= {"one", "other"}


def test_each_version_is_beside_the_one_before_it(read: Edition) -> None:
    changes = version_changes(read.documents, read.later)
    told = changes[["doc_id", "before", "kind", "text_before", "text_after"]].to_numpy().tolist()
    assert told == [
        ["two", "one", "changed", "Twelve people were hurt.", "Fourteen people were hurt."],
        ["three", "two", "left out", "The mayor was not there.", ""],
        ["three", "two", "added", "", "It opens again in May."],
    ]
    texts = {**dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))}
    texts |= dict(zip(read.later["doc_id"], read.later["text"], strict=True))
    for row in changes.to_dict("records"):
        for side, doc_id in (("before", row["before"]), ("after", row["doc_id"])):
            own = texts[doc_id][row[f"start_char_{side}"] : row[f"end_char_{side}"]]
            assert own == row[f"text_{side}"]


def test_pages_show_the_versions(read: Edition) -> None:
    shown = synopsis.Page(read).versions()
    assert "2 reports with the address of an earlier one" in shown.text and "Fourteen" in shown.text
    assert shown.csv_name == "version-changes"
    told = corpus.Page(read)
    assert set(told.versions["version_of"]) == {"one"}
    assert "2 reports" in told.points()[0]


def test_a_corpus_without_versions_says_so() -> None:
    assert "several versions" in synopsis.Page(open_corpus()).versions().text
