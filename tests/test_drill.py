"""Two hundred links of the pages clicked in Chromium: each opens what it says."""

import random
import re

import pytest
from bs4 import BeautifulSoup

from helpers import place
from helpers.edition import open_corpus
from helpers.pages.opening import answers_of, counted_numbers, open_numbers
from helpers.pages.shelf import Shelf

CLICKS = 200
NUMBERED = re.compile(r"\d")
# What a link says for itself: its words, its row, and where it leads.
SAYS = """a => { const row = a.closest('tr');
  return [a.getAttribute('href'), a.innerText.trim(), a.closest('.in-short') !== null,
    row ? [...row.cells].filter(c => !c.contains(a)).map(c => c.innerText.trim()) : [],
    (a.closest('details.drill')?.querySelector('summary')?.innerText ?? '')]; }"""
# What is opened there: whether it is seen, its words, and who is named in it.
SEES = """id => { const one = document.getElementById(id); if (!one) return null;
  const box = one.getBoundingClientRect();
  return [box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0,
    one.innerText + ' ' + [...one.querySelectorAll('[title]')].map(t => t.title).join(' ')]; }"""


def clicked(browser, folder, seed):
    """Yield what each of the clicked links says, and what is seen where it leads."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    links = []
    for name in place.PAGES:
        page.goto((folder / f"{name}.html").as_uri())
        n = page.evaluate("document.querySelectorAll('main .prose a[href]').length")
        links += [(name, k) for k in range(n)]
    for name, k in random.Random(seed).sample(links, min(CLICKS, len(links))):
        page.goto((folder / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        link = page.locator("main .prose a[href]").nth(k)
        said = link.evaluate(SAYS)
        if said[0].startswith("csv/"):
            assert (folder / said[0]).is_file()
            continue
        with page.expect_navigation():
            link.evaluate("a => a.click()")
        fragment = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        yield name, said, page.evaluate(SEES, fragment) if fragment else [True, page.inner_text("main")]
    context.close()


def wrong(browser, folder, seed):
    """Return the links that open nothing, nothing visible, or nothing of what they say."""
    found = []
    for name, (href, words, answer, cells, fold), seen in clicked(browser, folder, seed):
        if seen is None or not seen[0]:
            found.append((name, href, words, "not seen"))
        elif answer and NUMBERED.match(words) and "#row-" in href and words not in seen[1]:
            found.append((name, href, words, seen[1][:80]))
        elif re.search(r"#s\d+$", href) and cells and not holds(seen[1], [*cells, fold.partition(":")[0]]):
            found.append((name, href, words, cells, seen[1][:80]))
    return found


def holds(seen, cells):
    """Return whether a sentence has the words of one of the cells of the row that led to it."""
    plain = " ".join(seen.lower().split())
    starts = (" ".join(re.split(r"[…“”\n]", cell.lower())[0].split())[:25] for cell in cells)
    return any(len(start) > 1 and not start.isdigit() and start in plain for start in starts)


def unopened(folder, read):
    """Return the numbers of answers that lead nowhere, with the words before them, and how many there are."""
    shelf, found, n = Shelf.of(read), [], 0
    events = [
        told(event) for event in read.documents["event_id"] for told in (shelf.event, shelf.short_event)
    ]
    known = {*read.documents["outlet"], *shelf.labels, *filter(None, events)}
    for name in (*place.PAGES, "index"):
        page = BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        # The front page has the answers on its cards.
        answers = page.select(".card .finding") if name == "index" else answers_of(page)
        for text in (text for told in answers for text in told.find_all(string=True)):
            met = counted_numbers(str(text), known)
            n += len(met)
            if not text.find_parent("a"):
                found += [(name, one[0], str(text)[: one.end()][-60:]) for one in met]
    return found, n


@pytest.mark.parametrize("corpus", ["", "eight"])
def test_every_number_of_an_answer_opens_something(pages, corpus_pages, corpus_folder, corpus):
    folder = corpus_pages(corpus) if corpus else pages
    found, n = unopened(folder, open_corpus(corpus_folder(corpus)) if corpus else open_corpus())
    assert found == []
    assert n >= 30


def drawn(name, *rows):
    """Return a table of speakers and their words."""
    cells = "".join(f'<tr><td>{who}</td><td class="number">{n}</td></tr>' for who, n in rows)
    heads = "<thead><tr><th>who</th><th>words</th></tr></thead>"
    return f'<table id="{name}"><caption>Words of speakers</caption>{heads}<tbody>{cells}</tbody></table>'


def test_a_number_opens_the_row_of_the_table_that_its_sentence_names():
    told = 'Anna Black has 7 words. <span data-table="two">Anna Black has 7 words, Ben has 9 words.</span>'
    page = BeautifulSoup(
        f'<main><div class="in-short"><p class="finding">{told}</p></div>'
        f"{drawn('one', ('Anna Black', 7))}{drawn('two', ('Anna Black', 7), ('Zoe', 8))}</main>",
        "html.parser",
    )
    open_numbers(page)
    first, second, third = page.select(".finding a")
    assert page.find(id=first["href"][1:]).find_parent("table")["id"] == "one"
    assert page.find(id=second["href"][1:]).find_parent("table")["id"] == "two"
    assert third["href"] == "#two"
    assert not page.select("[data-table]")


@pytest.mark.browser
@pytest.mark.parametrize("seed", [1])
def test_links_of_the_seeds_open_what_they_say(browser, pages, seed):
    assert wrong(browser, pages, seed) == []


@pytest.mark.browser
def test_links_of_an_invented_corpus_open_what_they_say(browser, corpus_pages):
    assert wrong(browser, corpus_pages("eight"), 2) == []
