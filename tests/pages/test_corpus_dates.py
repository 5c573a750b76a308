"""The picture of dates: days at the ends of the calendar are no reason to stop."""

from pathlib import Path

from helpers.edition import open_corpus
from helpers.pages import corpus


def test_days_at_the_ends_of_the_calendar_are_left_out(tmp_path: Path) -> None:
    rows = ["doc_id,file,event_id,outlet,published"]
    for name, day in (("a", "0001-01-01"), ("b", "2025-03-04"), ("c", "9999-12-31")):
        (tmp_path / f"{name}.txt").write_text("A headline\n\nThe quay was shut on Monday.\n", "utf-8")
        rows.append(f"{name},{name}.txt,quay,Paper {name},{day}")
    (tmp_path / "documents.csv").write_text("\n".join(rows) + "\n", "utf-8")
    page = corpus.Page(open_corpus(tmp_path))
    assert "2025" in page.dates_drawn().html
