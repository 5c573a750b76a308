"""Pages event by event: an index in order of time, each event alone, a stop that loses nothing."""

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers import report
from helpers.edition import open_corpus
from helpers.pages import by_event

STORIES = {
    "ferry": ("2025-03-02", "The ferry to the island stopped on Sunday.", "The island ferry did not sail."),
    "fair": ("2025-03-01", "The spring fair opened in the square.", "The fair in the square was opened."),
    "mill": ("", "The old mill burned down at night.", "At night the mill burned."),
}


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """Return a folder of three events, two reports each, and make it the chosen corpus."""
    rows = ["doc_id,file,event_id,outlet,published"]
    folder = tmp_path / "month"
    folder.mkdir()
    for event, (day, *texts) in STORIES.items():
        for number, text in enumerate(texts):
            name = f"{event}-{number}"
            (folder / f"{name}.txt").write_text(f"A headline\n\n{text}\n", "utf-8")
            rows.append(f"{name},{name}.txt,{event},Paper {number},{day}")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", "utf-8")
    monkeypatch.setenv("CORPUS", str(folder))
    return folder


def made(folder: Path) -> int:
    """Write a front page that names the event and its reports."""
    reports = ", ".join(open_corpus().documents["doc_id"])
    folder.mkdir(parents=True)
    told = f'<ul class="pairs"><li>{os.environ["EVENT"]}: {reports} <a href="texts/a.html">x</a></li></ul>'
    (folder / "index.html").write_text(told, "utf-8")
    return 0


def test_each_event_has_its_folder_and_the_index_lists_them_by_day(corpus, tmp_path, monkeypatch):
    monkeypatch.delenv("EVENT", raising=False)
    out = tmp_path / "out"
    assert by_event.make_by_event(out, made) == 0
    assert "EVENT" not in os.environ
    index = BeautifulSoup((out / "index.html").read_text("utf-8"), "html.parser")
    links = [str(link["href"]) for link in index.select(".event h2 a")]
    assert links == ["fair/index.html", "ferry/index.html", "mill/index.html"]
    assert all((out / link).is_file() for link in links)
    told = [card.get_text(" ") for card in index.select(".event")]
    assert "2025-03-01" in told[0] and "2 reports: Paper 0 and Paper 1" in told[0]
    assert "fair: fair-0, fair-1" in told[0]
    # What an event's page says leads into its folder.
    assert index.select_one(".event ul a")["href"] == "fair/texts/a.html"
    assert not index.find_all("script")


def test_an_event_that_fails_is_named_and_stops_no_other(corpus, tmp_path):
    out = tmp_path / "out"

    def some(folder: Path) -> int:
        return 1 if os.environ["EVENT"] == "ferry" else made(folder)

    assert by_event.make_by_event(out, some) == 1
    index = (out / "index.html").read_text("utf-8")
    assert "Its pages could not be made." in index and "mill/index.html" in index
    assert "ferry/index.html" not in index


def test_a_stop_leaves_the_finished_events(corpus, tmp_path):
    out = tmp_path / "out"

    def stopped(folder: Path) -> int:
        if os.environ["EVENT"] == "ferry":
            raise KeyboardInterrupt
        return made(folder)

    with pytest.raises(KeyboardInterrupt):
        by_event.make_by_event(out, stopped)
    assert (out / "fair" / "index.html").is_file()
    assert os.environ.get("EVENT", "") == ""


def test_events_made_before_are_left_alone(corpus, tmp_path, monkeypatch, capsys):
    out, ran = tmp_path / "out", []

    def make(paths, folder, *, packing, after):
        ran.append(os.environ["EVENT"])
        made(folder)
        after()

    monkeypatch.setattr("helpers.pages.building.make", make)
    monkeypatch.setattr(report, "notebooks", lambda: ([], []))
    monkeypatch.setenv("BY", "event")
    assert report.main(["--out", str(out)]) == 0 and ran == ["fair", "ferry", "mill"]
    assert report.main(["--out", str(out)]) == 0 and len(ran) == 3
    (out / "mill" / "index.html").unlink()
    (out / "mill").rmdir() if not list((out / "mill").iterdir()) else None
    for path in (out / "mill").glob("*"):
        path.unlink()
    (out / "mill").rmdir()
    assert report.main(["--out", str(out)]) == 0 and ran[3:] == ["mill"]


def test_a_way_that_is_not_known_is_told(corpus, monkeypatch, capsys):
    monkeypatch.setenv("BY", "outlet")
    assert report.main([]) == 2
    assert "BY=event" in capsys.readouterr().err


def test_a_proposed_event_can_be_chosen(tmp_path):
    texts = {
        "a": "The ferry to Gull Island stopped on Sunday after the engine of the ferry failed.",
        "b": "On Sunday the Gull Island ferry stopped; its engine had failed, the ferry master said.",
        "c": "The spring fair opened in Mill Square with dancers, bakers and a brass band.",
        "d": "Dancers and bakers opened the spring fair in Mill Square; a brass band played.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"A headline\n\n{text}\n", "utf-8")
    whole = open_corpus(tmp_path)
    events = sorted(whole.documents["event_id"].unique())
    assert len(events) > 1 and whole.proposed
    one = open_corpus(tmp_path, events[0])
    own = whole.documents[whole.documents["event_id"] == events[0]]
    assert one.documents["doc_id"].tolist() == own["doc_id"].tolist() and one.proposed
