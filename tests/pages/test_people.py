"""What a reader meets: answers that fit a screen, headings in words, plain prose, numbers that lead on."""

import importlib
import json
import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from helpers.edition import open_corpus
from helpers.pages import framing, headings, names
from helpers.pages.blocks import Block
from helpers.place import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
MOST_ANSWER, MOST_SENTENCES, MOST_COLUMNS = 500, 3, 6
HARDEST = 9.0
# What we do not write. The list grows from review: what a reader had to read twice comes in.
NOT_WRITTEN = (
    "one row per",
    "stand in",
    "stands in the place",
    "told by",
    "as printed",
    "of lowest p",
    "words of content of",
    "flagged after correction",
    "the authority",
    "nothing that corresponds",
    "holding",
    "bias score",
    "proves",
    "fake",
    "1 of them are",
    "code points",
    "per report and voice of",
    "capped",
    "post-edit",
    "told as a deed",
    "doubt the manifest",
    "narrated",
    "unobserved original",
    "containment",
    "stratified",
    "flagged, whatever happened",
    "within half and double",
    "smallest p that can ever",
    "remain where those",
    "0 of them",
    "the least doubt there is",
    "all 0",
)
# Kilobytes of a page of the seeds.
HEAVIEST = 400
# Two events by names that say nothing, and what their reports have in common.
EVENTS = {"65cb14cb": "A bridge", "68748e7f": "A library"}
TOLD = "The town council said on Monday that the work would begin in May. It will cost 3 million euros."
NOT_HEADINGS = {
    "n",
    "p",
    "q",
    "dp",
    "cue",
    "cues",
    "dice",
    "doc_id",
    "node",
    "surface",
    "norm",
    "lemma",
    "pos",
}


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def prose(path):
    """Return the fixed prose of a notebook, without headings, code and links' addresses."""
    cells = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown"]
    lines = [line for cell in cells for line in cell.splitlines() if line and not line.startswith("#")]
    text = re.sub(r"`[^`]*`", "file", " ".join(lines))
    return re.sub(r"\]\([^)]*\)", "", text).replace("*", "").replace("[", "")


def not_said(text):
    """Return the phrases in a text that we do not write."""
    return [phrase for phrase in NOT_WRITTEN if re.search(rf"\b{re.escape(phrase)}\b", text, re.I)]


def syllables(word):
    """Return about how many syllables an English word has: its runs of vowels, without a silent e."""
    runs = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and runs > 1
    return max(runs - silent - (word.endswith("ed") and runs > 1 and word[-3] not in "td"), 1)


def grade(text):
    """Return the Flesch-Kincaid grade of a text, by textstat's formula."""
    words = re.findall(r"[a-z']+", text.lower())
    sentences = len(re.findall(r"[.!?](?=\s|$)", text)) or 1
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_grade_is_that_of_the_formula():
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert [syllables(word) for word in ("report", "same", "told", "another", "table", "used")] == [
        2, 1, 1, 3, 2, 1
    ]  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_fixed_prose_is_easy_to_read(path):
    assert grade(prose(path)) <= HARDEST


@pytest.mark.parametrize("corpus", ["", "eight"])
def test_no_page_is_heavy_to_send(pages, corpus_pages, corpus):
    folder = corpus_pages(corpus) if corpus else pages
    sizes = {path.name: path.stat().st_size / 1000 for path in folder.rglob("*.html")}
    assert len(sizes) >= 12
    assert {name: size for name, size in sizes.items() if size >= HEAVIEST} == {}


@pytest.mark.parametrize("corpus", ["", "eight"])
def test_every_computed_sentence_begins_with_a_capital(pages, corpus_pages, corpus):
    folder = corpus_pages(corpus) if corpus else pages
    # A sentence that says that there is nothing to show is the line of a fold.
    parts = (soup(path).select(".finding, details.nothing > summary") for path in folder.glob("*.html"))
    told = [part.get_text().strip() for of_page in parts for part in of_page]
    assert len(told) > 50
    assert [text[:60] for text in told if text[:1].islower()] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_written_that_nobody_says(path):
    assert not_said(prose(path)) == []


@pytest.mark.parametrize("corpus", ["", "eight"])
def test_no_page_prints_what_nobody_says(pages, corpus_pages, corpus):
    folder = corpus_pages(corpus) if corpus else pages
    for path in sorted(folder.glob("0*.html")):
        own = soup(path).select(".finding, .remark, caption, figcaption, th")
        assert not_said(" ".join(part.get_text(" ") for part in own)) == [], path.name


@pytest.mark.parametrize("corpus", ["", "eight", "alone", "hostile"])
def test_the_answer_fits_a_screen(pages, corpus_pages, corpus):
    folder = corpus_pages(corpus) if corpus else pages
    for path in sorted(folder.glob("0*.html")):
        answer = soup(path).select(".in-short .finding")
        assert len(answer) == 1, path.name
        assert len(answer[0].get_text()) <= MOST_ANSWER, path.name


def test_no_code_stands_before_the_answer(pages):
    for path in sorted(pages.glob("0*.html")):
        html = path.read_text(encoding="utf-8")
        assert html.index('class="cell in-short') < html.index('<details class="code">'), path.name
        assert html.count('<details class="code">') == 1


@pytest.mark.parametrize("corpus", ["", "eight"])
def test_headings_are_words_and_six_columns_are_shown(pages, corpus_pages, corpus):
    folder = corpus_pages(corpus) if corpus else pages
    for path in sorted(folder.glob("*.html")):
        for table in soup(path).find_all("table"):
            heads = table.select("thead th")
            names = [head.get_text() for head in heads]
            assert [name for name in names if "_" in name or name in NOT_HEADINGS] == [], path.name
            assert sum("more" not in head.get("class", []) for head in heads) <= MOST_COLUMNS, (
                path.name,
                names,
            )


def test_every_heading_of_the_list_is_in_words():
    assert [name for name in headings.HEADINGS.values() if "_" in name or name in NOT_HEADINGS] == []


def test_reports_go_by_their_outlets(pages):
    for path in sorted(pages.glob("0*.html")):
        page = soup(path)
        told = " ".join(part.get_text(" ") for part in page.select(".finding, td, th, caption, summary"))
        assert "Iran Press" in told, path.name
        assert not re.search(r"\b(in|of|and) 00[0234]\b", told), path.name


def test_rows_lead_to_sentences_and_back_to_pages(pages):
    clicks = 0
    for path in sorted(pages.glob("0*.html")):
        for anchor in soup(path).select('a[href^="texts/"]'):
            target, _, fragment = anchor["href"].partition("#")
            text = pages / target
            assert text.is_file(), anchor["href"]
            assert not fragment or f'id="{fragment}"' in text.read_text(encoding="utf-8")
            clicks += 1
    assert clicks > 200


def test_every_report_has_its_text_with_voices_and_names(pages):
    texts = sorted((pages / "texts").glob("*.html"))
    assert [path.stem for path in texts] == ["000", "002", "003", "004"]
    page = soup(texts[0])
    assert len(page.select(".s[id]")) > 10
    assert page.select(".direct")
    assert page.select(".name")


def test_one_difference_has_one_number_on_every_page(pages):
    rows = {}
    for path in sorted(pages.glob("0*.html")):
        for cell in soup(path).select(
            "table tr td:first-child a[href*='#difference-'], a[id^='difference-']"
        ):
            number = int(cell.get_text())
            sides = [td.get_text() for td in cell.find_parent("tr").find_all("td")[2:4]]
            assert rows.setdefault(number, sides) == sides, (path.name, number)
    assert len(rows) > 30


def test_a_name_has_one_count_on_pages_02_and_04():
    read = open_corpus()
    variants, labels = names.Page(read).variants, framing.Page(read).labels
    names_there = variants.groupby([variants["surface"].str.casefold(), "doc_id"])["n"].sum()
    labels = labels[labels["family"] == "label"]
    counts = labels.groupby([labels["surface"].str.casefold(), "doc_id"]).size()
    both = counts.index.intersection(names_there.index)
    assert len(both) > 15
    assert {
        place: (counts[place], names_there[place]) for place in both if counts[place] != names_there[place]
    } == {}


def test_the_front_page_sets_differences_side_by_side(pages):
    front = soup(pages / "index.html")
    assert len(front.select(".pairs li")) >= 4
    assert all(len(pair.select(".side mark")) == 2 for pair in front.select(".pairs li"))
    assert all(card.select_one(".finding") for card in front.select(".card"))
    assert json.dumps(front.select_one("meta[name=description]")["content"])


def test_zero_things_are_told_as_none_and_one_thing_as_one(corpus_pages):
    """No sentence counts nothing with a nought, or one report as several."""
    for path in sorted(corpus_pages("eight").glob("0*.html")):
        told = " ".join(part.get_text(" ") for part in soup(path).select(".finding, summary"))
        assert not re.search(r"\b1 (reports|events|outlets|words|rows|uses|pairs)\b", told), path.name
        assert "<NA>" not in soup(path).get_text(), path.name


def test_no_event_and_no_report_goes_by_its_id(tmp_path):
    """Ids that say nothing, as data sets have them, are seen on no page."""
    rows = ["doc_id,file,event_id,outlet,published,headline,language"]
    for number, (event, outlet) in enumerate([(e, o) for e in EVENTS for o in ("Alpha", "Beta")]):
        (tmp_path / f"r{number}.txt").write_text(f"{TOLD} {EVENTS[event]} {outlet}.\n", encoding="utf-8")
        headline = f"{EVENTS[event]} for all"
        rows.append(f"{event}-{number},r{number}.txt,{event},{outlet},2020-01-0{number + 1},{headline},en")
    (tmp_path / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    read = open_corpus(tmp_path)
    for name in ("corpus", "wording", "names", "derivation", "synopsis"):
        page = importlib.import_module(f"helpers.pages.{name}").Page(read)
        for method in dir(type(page)):
            own = getattr(type(page), method)
            if not method.startswith("_") and callable(own) and own.__code__.co_argcount == 1:
                block = own(page)
                html = block.html if isinstance(block, Block) else ""
                seen = BeautifulSoup(html, "html.parser").get_text(" ")
                assert not [one for one in EVENTS if one in seen], (name, method)


def test_a_section_with_nothing_to_show_is_one_line(corpus_pages):
    page = soup(corpus_pages("alone") / "04-framing.html")
    folded = [
        fold.find_parent("section").find(["h2", "h3"]).get_text() for fold in page.select("details.nothing")
    ]
    assert "Who labels whom" in folded
    assert not page.select("details.nothing[open]")
