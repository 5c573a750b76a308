"""Sentences and lines in two directions, read back from where Chromium draws them."""

import pandas as pd
import pytest
from markupsafe import Markup

from helpers.pages.bidi import attributes, is_mirrored, isolated
from helpers.pages.blocks import say
from helpers.pages.tables import kwic, table

WORDS = {
    "fa": ("پل", "روزنامه شمال", "پیک جنوب"),
    "ar": ("الجسر", "جريدة الشمال", "بريد الجنوب"),
    "he": ("הגשר", "עיתון הצפון", "דואר הדרום"),
    "ja": ("橋", "北部新聞", "南部ポスト"),
    "de": ("Brücke", "Nordblatt", "Südkurier"),
}
# The left edge of each piece of text, wherever it is in the page.
EDGES = """pieces => pieces.map(piece => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(piece);
    if (at >= 0) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + piece.length);
      return range.getBoundingClientRect().left;
    }
  }
  return null;
})"""


@pytest.fixture
def edges(browser):
    """Return a function: where Chromium draws pieces of text of some HTML, from left to right."""
    contexts = []

    def draw(html: str, pieces: list[str]) -> list[float]:
        contexts.append(browser.new_context(offline=True, viewport={"width": 1600, "height": 400}))
        page = contexts[-1].new_page()
        page.set_content(f'<html lang="en"><body style="white-space:nowrap">{html}</body></html>')
        found: list[float] = page.evaluate(EDGES, pieces)
        return found

    yield draw
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_sentence_keeps_who_says_what(edges, language: str) -> None:
    word, one, other = WORDS[language]
    html = str(say(f"“{word}”, 3 in {one} and 5 in {other}, 9 in all.").html)
    assert (places := edges(html, [word, "3 in", one, "5 in", other, "9 in"])) == sorted(places)


@pytest.mark.browser
def test_a_quoted_number_is_read_from_its_side(edges) -> None:
    html = str(say("“48 مليون” (Gazette), “52 مليون” (Post).").html)
    number, word, gazette, other, post = edges(html, ["48", "مليون", "(Gazette", "52", "(Post"])
    assert word < number < gazette < other < post


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_cell_that_names_an_outlet_keeps_its_order(edges, language: str) -> None:
    word, one, _ = WORDS[language]
    html = str(table(pd.DataFrame({"said": [f"Northern Gazette: {word} 7 ({one})"]}), caption="c").html)
    assert (places := edges(html, ["Northern", word, "7 (", one])) == sorted(places)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["fa", "ar", "he"])
def test_the_concordance_is_mirrored(edges, language: str) -> None:
    node, before, after = WORDS[language]
    rows = {"doc_id": ["r0", "r1"], "left": [before, "left of"], "node": [node, "middle"]}
    rows |= {"right": [after, "right of"], "voice": ["x", "x"], "start_char": [0, 0], "end_char": [1, 1]}
    html = str(kwic(pd.DataFrame(rows), caption="lines").html)
    left, middle, right = edges(html, [before, node, after])
    assert left > middle > right
    assert (places := edges(html, ["left of", "middle", "right of"])) == sorted(places)


def test_only_what_is_from_right_to_left_is_set_apart() -> None:
    assert isolated(Markup("plain <b>words</b> über")) == Markup("plain <b>words</b> über")
    assert isolated(Markup('<a href="x">پل لارن</a>, 3')) == Markup(
        '<a href="x"><bdi lang="fa">پل لارن</bdi></a>, 3'
    )
    assert is_mirrored("«پل» bridge") and not is_mirrored("bridge «پل»") and not is_mirrored("12")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("bridge", "", ""),
        ("bridge", "en-GB", ""),
        ("Brücke", "de", ' lang="de"'),
        ("橋が開いた", "", ' lang="ja"'),
        ("הגשר", "", ' dir="rtl" lang="he"'),
        ("X: הגשר", "", ' dir="ltr"'),
    ],
)
def test_quoted_text_says_its_language(text: str, language: str, expected: str) -> None:
    assert attributes(text, language) == Markup(expected)
