"""Every exported page in headless Chromium, from disk, with the network off."""

import re

import pytest

from conftest import export
from helpers import place

PAGES = ["index", *place.PAGES]
pytestmark = pytest.mark.browser
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Visit:
    """A page opened once, with everything it asked for and complained of."""

    def __init__(self, browser, path, **options):
        self.context = browser.new_context(offline=True, **options)
        self.page = self.context.new_page()
        self.asked, self.said = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.goto(path.as_uri())


@pytest.fixture(params=PAGES)
def visit(request, browser, pages):
    """Return a function that opens the page under test."""
    visits = []

    def open_page(**options):
        visits.append(Visit(browser, pages / f"{request.param}.html", **options))
        return visits[-1]

    yield open_page
    for each in visits:
        each.context.close()


def test_no_request_and_no_complaint(visit):
    opened = visit(viewport=WIDE)
    assert [url for url in opened.asked if not url.startswith("data:")] == [opened.page.url]
    assert opened.said == []


def test_every_picture_is_drawn(visit):
    sizes = visit(viewport=WIDE).page.evaluate(
        "[...document.images].map(i => [i.complete, i.naturalWidth, i.clientWidth])"
    )
    assert all(complete and natural > 50 and shown > 50 for complete, natural, shown in sizes)


def test_nothing_scrolls_sideways_on_a_phone(visit):
    opened = visit(viewport=PHONE, is_mobile=True)
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_dark_mode_is_dark_and_readable(visit):
    page = visit(viewport=WIDE, color_scheme="dark").page
    ink, paper = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert luminance(paper) < 0.05
    assert (luminance(ink) + 0.05) / (luminance(paper) + 0.05) > 7


def test_folded_parts_open_by_key(visit):
    page = visit(viewport=WIDE).page
    if page.locator("main details").count():
        first = page.locator("main details").first
        first.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert first.evaluate("d => d.open")


CUT = """() => [...document.querySelectorAll('main table, main figure img')].filter(one => {
  if (!one.offsetParent) return false;
  const box = one.closest('.scroll'), wide = document.documentElement.clientWidth + 1;
  if (box && box.scrollWidth > box.clientWidth + 1) return getComputedStyle(box).overflowX !== 'auto';
  return one.getBoundingClientRect().right > wide;
}).map(one => one.outerHTML.slice(0, 80))"""
SCROLLED = """() => [...document.querySelectorAll('main .scroll')].filter(
  box => box.offsetParent && box.scrollWidth > box.clientWidth + 1).length"""


@pytest.fixture(scope="module")
def led_to(pages, corpus_folder, tmp_path_factory):
    """Return pages that the others lead to: of a report's text, of events, and of one event."""
    out = tmp_path_factory.mktemp("by-event") / "reports"
    export(out, CORPUS=str(corpus_folder("eight")), BY="event")
    return [*sorted((pages / "texts").glob("*.html")), out / "index.html", *sorted(out.glob("*/index.html"))]


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_cut_on_pages_of_texts_and_of_events(browser, led_to, width):
    assert len(led_to) >= 7
    for path in led_to:
        opened = Visit(browser, path, viewport={"width": width, "height": 844})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        assert opened.page.evaluate(CUT) == [], path.name
        opened.context.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_table_and_no_picture_is_cut(visit, width):
    page = visit(viewport={"width": width, "height": 844}).page
    page.evaluate("document.querySelectorAll('details:not(.columns)').forEach(d => d.open = true)")
    assert page.evaluate(CUT) == []
    # At first no table has more columns than fit.
    assert page.evaluate(SCROLLED) == 0
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(CUT) == []


def test_the_answer_is_in_the_first_screen_of_a_phone(visit):
    page = visit(viewport=PHONE, is_mobile=True).page
    answer = page.locator(".in-short .finding").first
    if answer.count():
        box = answer.bounding_box()
        assert box["y"] + box["height"] < PHONE["height"]


def test_letters_of_pictures_are_not_shrunk_on_a_phone(visit):
    page = visit(viewport=PHONE, is_mobile=True).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    scales = page.evaluate(
        "[...document.querySelectorAll('main figure img')].map(i => i.clientWidth / i.naturalWidth)"
    )
    # Letters of 9 points, 12 pixels, are 9 pixels then.
    assert min(scales, default=1) > 0.75


def luminance(colour):
    """Return the relative luminance of an rgb() colour (WCAG 2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
