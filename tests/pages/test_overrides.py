"""One row of voice_overrides.csv changes every page that uses voices."""

import re
import shutil

import pytest

from helpers.edition import open_corpus
from helpers.pages import derivation, framing, names, synopsis, voices, wording
from helpers.place import ROOT
from helpers.voices import text_hash


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Return the edition of the seeds, and one with all speech of report 000 taken away by its reader."""
    seeds = open_corpus()
    folder = tmp_path_factory.mktemp("corpus")
    for path in [*(ROOT / "seeds").glob("*.*"), ROOT / "data" / "documents.csv"]:
        shutil.copy(path, folder / path.name)
    shutil.copytree(ROOT / "data" / "lexicons", folder / "lexicons")
    text = seeds.documents.set_index("doc_id").at["000", "text"]
    row = f"{text_hash(text)},0,{len(text)},narration,unknown,none of it is speech\n"
    header = "text_hash,start_char,end_char,voice,speaker,note\n"
    (folder / "lexicons" / "voice_overrides.csv").write_text(header + row, encoding="utf-8")
    return seeds, open_corpus(folder)


def test_the_spans_of_the_report_are_gone_and_no_others(both):
    before, after = (read.voices["doc_id"].value_counts() for read in both)
    assert "000" not in after
    assert before.drop("000").sort_index().to_dict() == after.sort_index().to_dict()


def test_page_01_counts_no_quoted_uses(both):
    before, after = (wording.Page(read).quoted for read in both)
    event = both[0].documents.set_index("doc_id").at["000", "event_id"]
    own = [
        table[(table["event_id"] == event) & (table["outlet"] == "Unnamed outlet 1")]
        for table in (before, after)
    ]
    assert len(own[0])
    assert own[1].empty


def test_page_02_shows_the_names_in_narration(both):
    before, after = (names.Page(read).without_common_name_in_context().text for read in both)
    assert before != after


def test_page_03_says_nothing_is_quoted(both):
    before, after = (voices.Page(read).in_short().text for read in both)
    assert "0 % of the words of Iran Press, the least" in before
    assert "0 % of the words of Unnamed outlet 1 (26 March 2024), the least" in after


def test_page_04_says_all_is_the_reports_own(both):
    before, after = (" ".join(map(str, framing.Page(read).points())) for read in both)
    assert "0 of 10 in Unnamed outlet 1 (26 March 2024)" in before
    assert "10 of 10 in Unnamed outlet 1 (26 March 2024)" in after


def test_page_05_reads_the_mended_spans(both):
    before, after = (derivation.Page(read).measures.set_index(["doc_id_a", "doc_id_b"]) for read in both)
    assert before.at[("000", "002"), "c5_narrated"] != after.at[("000", "002"), "c5_narrated"]


def test_page_06_counts_no_quoted_words(both):
    before, after = (synopsis.Page(read).shared_by_voice().text for read in both)
    row = r"Unnamed outlet 1 \(26 March 2024\) +Iran Press +quoted"
    assert re.search(row, before)
    assert not re.search(row, after)
