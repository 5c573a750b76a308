"""HTML that is safe, accessible and the same every time."""

import base64
import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers.pages import blocks, plots, tables

HOSTILE = "<img src=x onerror=alert(1)>&\"'$x$\x00\u202e"


def soup(block):
    return BeautifulSoup(str(block.html), "html.parser")


def test_every_cell_heading_and_caption_is_escaped():
    page = soup(tables.table(pd.DataFrame({HOSTILE: [HOSTILE]}), caption=HOSTILE))
    assert not page.find("img")
    assert [page.th.get_text(), page.td.get_text(), page.caption.get_text()] == [
        "<img src=x onerror=alert(1)>&\"'$x$\ufffd\ufffd"
    ] * 3
    assert "mathjax_ignore" in page.table["class"]


def test_a_lone_surrogate_can_be_written():
    assert str(blocks.say("a\ud800b").html).encode("utf-8").count(b"\xef\xbf\xbd") == 1


def test_numbers_are_rounded_and_gaps_named():
    frame = pd.DataFrame({"x": [1234.56789, np.nan, np.inf, -np.inf, -0.5], "n": [1234, 0, 1, 2, 3]})
    cells = [cell.get_text() for cell in soup(tables.table(frame, caption="c")).find_all("td")]
    assert cells[::2] == ["1,235", "n/a", "∞", "−∞", "−0.50"]
    assert cells[1] == "1,234"


def test_rows_left_out_are_counted():
    block = tables.table(pd.DataFrame({"x": range(1500)}), caption="Rows", n=10, csv="rows")
    assert soup(block).caption.get_text() == "Rows (10 of 1,500 rows shown)"
    assert len(soup(block).find_all("td")) == 10
    assert block.csv.count("\n") == 1501


def test_an_empty_table_says_so():
    assert tables.table(pd.DataFrame({"x": []}), caption="Rows").text == "Rows: none."


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1", "=HYPERLINK(0)"])
def test_no_cell_of_a_csv_is_a_formula(cell):
    assert blocks.inert_csv(pd.DataFrame({cell: [cell]})).replace('"', "") == f"'{cell}\n'{cell}\n"


def test_a_formula_behind_tabs_is_inert_for_those_who_trim_and_those_who_split():
    assert blocks.inert_csv(pd.DataFrame({"x": ["\t=1"]})) == "x\n'\t'=1\n"


def test_numbers_of_a_csv_stay_numbers():
    assert blocks.inert_csv(pd.DataFrame({"x": [-1.5]})) == "x\n-1.5\n"


def test_a_figure_is_an_svg_with_words_and_without_a_date():
    axes = plots.count_bars(pd.DataFrame({"a": ["x"], "n": [3]}), label="a", value="n")
    block = blocks.figure(axes, alt=f"One bar {HOSTILE}", caption="Bars")
    image = soup(block).img
    svg = base64.b64decode(image["src"].partition("base64,")[2]).decode()
    assert image["alt"].startswith("One bar <img")
    assert svg.startswith("<svg")
    assert len(svg) < 12_000
    assert not re.search(r"<dc:date|<script|https?://(?!www\.w3\.org|purl\.org|creativecommons)", svg)
    assert "Bars" in block.text


def test_a_figure_twice_is_the_same_bytes():
    def draw():
        frame = pd.DataFrame({"a": ["x", "y"], "n": [3, 4]})
        return blocks.figure(plots.count_bars(frame, label="a", value="n"), alt="bars", caption="c")

    assert draw() == draw()


def test_a_figure_without_words_is_refused():
    axes = plots.new_axes()
    with pytest.raises(ValueError, match="alternative text"):
        blocks.figure(axes, alt="  ", caption="c")


def test_details_fold_and_name_their_content():
    page = soup(blocks.details("more <b>", blocks.say("text")))
    assert page.details.summary.get_text() == "more <b>"
    assert page.details.p.get_text() == "Text"


def test_drill_keeps_every_group_or_says_how_many():
    frame = pd.DataFrame({"doc_id": ["b", "a", "b"], "x": [1, 2, 3]})
    page = soup(tables.drill(frame, by="doc_id", caption="Rows"))
    assert [s.get_text() for s in page.find_all("summary")] == ["b: 2 rows", "a: 1 row"]
    few = tables.drill(frame, by="doc_id", caption="Rows", look=tables.Look(folds=1))
    assert "1 of 2 groups shown" in few.text


def test_a_mark_is_not_colour_alone():
    assert str(blocks.mark("<x>", kind="only here")) == '<mark title="only here">&lt;x&gt;</mark>'


def test_the_node_of_a_concordance_is_marked():
    row = {
        "doc_id": "a",
        "left": "<b>",
        "node": "No<de",
        "right": "r",
        "voice": "direct",
        "start_char": 1,
        "end_char": 3,
    }
    block = tables.kwic(pd.DataFrame([row], index=[7]), caption="Uses", csv="uses")
    assert soup(block).mark.get_text() == "No<de"
    assert "mark>" not in block.text
    assert "mark>" not in block.csv
    assert [cell.get_text() for cell in soup(block).find_all("td")] == [
        "a",
        "<b>",
        "No<de",
        "r",
        "direct",
    ]
    assert soup(block).caption.get_text() == "Uses: the only use"


def test_jupyter_gets_html_and_plain_text():
    bundle, metadata = blocks.say("A < b")._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == "A < b"
    assert metadata == {}
