"""The numbers of an answer lead to the rows that have them; those of tables to their sentences."""

import pandas as pd
from bs4 import BeautifulSoup

from conftest import make
from helpers.pages.opening import open_numbers
from helpers.pages.shelf import Shelf
from helpers.pages.tables import Look, drill, table
from helpers.text.segmentation import split_sentences

TABLE = (
    "<main><div class='in-short'><p class='finding'>{}</p></div>"
    "<table><caption>Words of each report</caption><thead><tr><th>report</th><th>words</th></tr></thead>"
    "<tbody>"
    "<tr><td>The Mill</td><td class='number'>120</td></tr>"
    "<tr><td>The Weir 2</td><td class='number'>80</td></tr></tbody></table></main>"
)
REPORTS = make(
    ("a", "e", "The Mill", "The weir broke. The old weir was closed."),
    ("b", "e", "The Weir 2", "Nobody was hurt. The dam broke at noon."),
)


def opened(told):
    soup = BeautifulSoup(TABLE.format(told), "html.parser")
    open_numbers(soup, ["The Weir 2"])
    return {
        anchor.get_text(): soup.find(id=anchor["href"][1:]) for anchor in soup.select(".in-short a[href]")
    }


def test_a_number_leads_to_its_row():
    found = opened("The Mill has 120 words, The Weir 2 has 80.")
    assert {number: row.td.get_text() for number, row in found.items()} == {
        "120": "The Mill",
        "80": "The Weir 2",
    }


def test_a_total_leads_to_its_table():
    found = opened("200 words in 2 reports.")
    assert {number: target.name for number, target in found.items()} == {"200": "table", "2": "table"}


def test_a_number_that_nothing_has_leads_nowhere():
    assert opened("The Mill was closed 7 times on 80 streets, on 8 March 2025, in The Weir 2.") == {}


def test_an_equal_number_of_something_else_is_no_proof():
    assert opened("All of it took 120 days.") == {}


def test_words_that_every_row_has_are_no_proof():
    row = "<tr><td>in both reports of an event</td><td class='number'>4</td></tr></tbody>"
    soup = BeautifulSoup(
        TABLE.format("4 pairs of both reports of an event").replace("</tbody>", row), "html.parser"
    )
    open_numbers(soup)
    assert soup.select(".in-short a") == []


def shelf():
    return Shelf(REPORTS, split_sentences(REPORTS))


def test_a_number_of_a_report_opens_its_first_sentence_with_the_words():
    frame = pd.DataFrame({"term": ["weir", "dam"], "in a": [2, 0], "in b": [0, 1]})
    html = BeautifulSoup(table(frame, caption="Uses", look=Look(shelf())).html, "html.parser")
    assert [(a["href"], a.get_text()) for a in html.select("td a")] == [
        ("#text/a/s0", "2"),
        ("#text/b/s1", "1"),
    ]


def test_the_first_number_of_a_row_without_a_report_opens_a_sentence():
    frame = pd.DataFrame({"word": ["dam", "river"], "n": [1, 4], "rate": [1.5, 2.5]})
    html = BeautifulSoup(table(frame, caption="Uses", look=Look(shelf())).html, "html.parser")
    assert [(a["href"], a.get_text()) for a in html.select("td a")] == [("#text/b/s1", "1")]


def test_a_row_that_names_a_report_leads_to_the_words_not_to_the_top():
    frame = pd.DataFrame({"label": ["old weir", "dam"], "doc_id": ["a", "a"], "n": [1, 1]})
    html = BeautifulSoup(table(frame, caption="Labels", look=Look(shelf())).html, "html.parser")
    assert [a["href"] for a in html.select("td a")] == ["#text/a/s1", "#text/a"]


def test_a_fold_tells_what_its_rows_are_about():
    frame = pd.DataFrame({"word": ["dam", "weir"], "n": [1, 2]})
    html = BeautifulSoup(drill(frame, by="word", caption="Uses", look=Look(shelf())).html, "html.parser")
    assert [a["href"] for a in html.select("td a")] == ["#text/b/s1", "#text/a/s0"]
