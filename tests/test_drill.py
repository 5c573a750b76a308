"""Two hundred links of the pages clicked in Chromium: each opens what it says."""

import random
import re

import pytest

from helpers import place

pytestmark = pytest.mark.browser
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


@pytest.mark.parametrize("seed", [1])
def test_links_of_the_seeds_open_what_they_say(browser, pages, seed):
    assert wrong(browser, pages, seed) == []


def test_links_of_an_invented_corpus_open_what_they_say(browser, corpus_pages):
    assert wrong(browser, corpus_pages("eight"), 2) == []
