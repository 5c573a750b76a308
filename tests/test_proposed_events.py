"""Events proposed where no report has one: used, named as proposed, never in the place of known ones."""

import pandas as pd
import pytest

from helpers import events
from helpers.edition import open_corpus
from helpers.pages import corpus, synopsis
from helpers.place import ROOT

EIGHT = ROOT / "tests" / "texts" / "eight-reports"


@pytest.fixture
def without_events(tmp_path):
    """Return a folder with the eight invented reports, whose manifest names no event."""
    manifest = pd.read_csv(EIGHT / "documents.csv", dtype=str, keep_default_na=False)
    for name in manifest["file"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((EIGHT / name).read_bytes())
    manifest.assign(event_id="").to_csv(tmp_path / "documents.csv", index=False)
    return tmp_path, dict(zip(manifest["doc_id"], manifest["event_id"], strict=True))


def test_events_are_proposed_and_used_and_said_to_be(without_events):
    folder, truth = without_events
    read = open_corpus(folder)
    assert read.proposed
    assert read.documents["event_id"].str.startswith("proposed-").all()
    groups = read.documents.groupby("event_id")["doc_id"].agg(list)
    assert all(len({truth[doc_id] for doc_id in group}) == 1 for group in groups)
    assert len(groups) < len(read.documents)
    told = corpus.Page(read).further().text
    assert "grouped them by words, names and dates" in told
    assert "as if they were of one" not in synopsis.Page(read).in_short().text


def test_known_events_stay_as_they_are():
    read = open_corpus(EIGHT)
    assert not read.proposed
    assert not read.documents["event_id"].str.startswith("proposed-").any()


def test_of_three_reports_nothing_is_proposed(without_events):
    folder, _ = without_events
    files = sorted(path for path in folder.rglob("*.*") if path.name != "documents.csv")
    for path in files[3:]:
        path.unlink()
    (folder / "documents.csv").unlink()
    assert set(open_corpus(folder).documents["event_id"]) == {"unknown"}


def test_make_corpus_writes_proposals_and_leaves_decisions(without_events, capsys):
    folder, truth = without_events
    read = open_corpus(folder)
    assert events.main([str(folder)]) == 0
    assert "proposed event" in capsys.readouterr().out
    manifest = pd.read_csv(folder / "documents.csv", dtype=str, keep_default_na=False)
    own = manifest.set_index("doc_id")["event_id"]
    assert own[own != ""].to_dict() == {
        name: event for name, event in read.documents.set_index("doc_id")["event_id"].items() if name in own
    }
    again = open_corpus(folder)
    assert again.proposed
    assert again.documents["event_id"].tolist() == read.documents["event_id"].tolist()
    decided = manifest.assign(event_id=manifest["doc_id"].map(truth))
    decided.loc[0, "event_id"] = ""
    decided.to_csv(folder / "documents.csv", index=False)
    before = (folder / "documents.csv").read_bytes()
    assert events.main([str(folder)]) == 0
    assert (folder / "documents.csv").read_bytes() == before
    assert not open_corpus(folder).proposed


def test_page_00_says_what_holds_a_proposed_event_together(without_events):
    folder, _ = without_events
    told = corpus.Page(open_corpus(folder)).events().text
    assert "proposed-" in told
    assert "names" in told
