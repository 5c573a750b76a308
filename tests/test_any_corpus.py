"""Other corpora than the seeds: eight invented reports, one alone, a hostile one, as pages in Chromium."""

import pytest
from bs4 import BeautifulSoup

from conftest import export
from helpers.corpus import ROOT

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>"
HOSTILE = f"""{PAYLOAD} ${{7*7}} $x^2$ \u202eevil\u202c =HYPERLINK("http://example.org")

By {PAYLOAD}

The minister said: "{PAYLOAD} is <b>bold</b>." \\frac{{1}}{{2}} {PAYLOAD} was told in the town.
"""
PAGES = 8


def eight(folder):
    return ROOT / "tests" / "texts" / "eight-reports"


def alone(folder):
    (folder / "one.txt").write_text("A bridge was closed. The mayor said it is safe.\n", encoding="utf-8")
    return folder


def hostile(folder):
    header = "doc_id,file,event_id,outlet,published,headline,language,url,outlet_evidence\n"
    rows = [
        f'"{PAYLOAD}{n}",{n}.txt,"{PAYLOAD}","=1+{n}",unknown,"{PAYLOAD}",en,"javascript:alert(3)","{PAYLOAD}"\n'
        for n in "abc"
    ]
    (folder / "documents.csv").write_text(header + "".join(rows), encoding="utf-8")
    for n in "abc":
        (folder / f"{n}.txt").write_text(HOSTILE.replace("town", f"town of {n}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=[eight, alone, hostile], ids=lambda make: make.__name__)
def corpus_pages(request, tmp_path_factory):
    """Return the pages of one corpus."""
    folder = tmp_path_factory.mktemp(request.param.__name__)
    corpus = request.param(folder)
    (folder / "out").mkdir()
    return export(folder / "out" / "reports", CORPUS=str(corpus))


def test_every_page_is_made_and_whole(corpus_pages):
    pages = sorted(corpus_pages.glob("*.html"))
    assert len(pages) == PAGES
    for path in pages:
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not soup.find_all(["script", "iframe", "object", "form"])
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in soup.find_all("img"))
        assert not [a for a in soup.find_all("a", href=True) if a["href"].startswith(("javascript:", "http"))]


def test_no_cell_of_a_csv_is_a_formula(corpus_pages):
    cells = [
        cell.strip('"')
        for path in corpus_pages.glob("csv/*.csv")
        for line in path.read_text(encoding="utf-8").splitlines()
        for cell in line.split(",")
    ]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


@pytest.mark.browser
def test_no_page_runs_or_asks_for_anything(corpus_pages, browser):
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844}, is_mobile=True)
    page = context.new_page()
    said = []
    page.on(
        "request",
        lambda request: said.append(request.url) if not request.url.startswith(("data:", "file:")) else None,
    )
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for path in sorted(corpus_pages.glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
    context.close()
    assert [text for text in said if not text.startswith(("data:", "file:"))] == []
