"""Other corpora than the seeds: eight invented reports, one alone, a hostile one, forty events, as pages."""

import os
import zipfile

import pytest
from bs4 import BeautifulSoup
from samples import CORPORA

from conftest import export
from helpers import report
from helpers.pages import building

PAGES = 8
in_ci = pytest.mark.skipif(not os.environ.get("CI"), reason="forty events take a while: in CI only")


@pytest.fixture(params=[pytest.param(name, marks=in_ci if name == "many" else ()) for name in CORPORA])
def made(request, corpus_pages):
    """Return the pages of one corpus."""
    return corpus_pages(request.param)


def test_every_page_is_made_and_whole(made):
    pages = sorted(made.glob("*.html"))
    assert len(pages) == PAGES
    for path in pages:
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not soup.find_all(["script", "iframe", "object", "form"])
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in soup.find_all("img"))
        assert not [a for a in soup.find_all("a", href=True) if a["href"].startswith(("javascript:", "http"))]


def test_no_cell_of_a_csv_is_a_formula(made):
    cells = [
        cell.strip('"')
        for path in made.glob("csv/*.csv")
        for line in path.read_text(encoding="utf-8").splitlines()
        for cell in line.split(",")
    ]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


@pytest.mark.browser
def test_no_page_runs_or_asks_for_anything(made, browser):
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
    for path in sorted(made.glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
    context.close()
    assert [text for text in said if not text.startswith(("data:", "file:"))] == []


@in_ci
def test_one_event_is_shown_alone_and_packed_to_the_same_bytes(corpus_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("CORPUS", str(corpus_folder("many")))
    folder = export(tmp_path / "reports", EVENT="event-07", ZIP="1")
    index = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser").get_text()
    assert "narrowed to the event event-07: 2 reports, 1 event, 2 outlets" in index
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    html = [name for name in files if name.endswith(".html")]
    assert len([name for name in html if not name.startswith("texts/")]) == PAGES
    assert len([name for name in html if name.startswith("texts/")]) == 2
    # Page 00 accounts for the whole folder.
    others = {name: content for name, content in files.items() if "00-corpus" not in name}
    assert not [name for name, content in others.items() if b"e08-0" in content or b"event-08" in content]
    # What the pages were made from is of use where they were made, and nowhere else.
    files.pop(report.RECORD)
    packed = tmp_path / "reports.zip"
    with zipfile.ZipFile(packed) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    first = packed.read_bytes()
    assert building.pack(folder, sorted(path.stem for path in folder.glob("0*.html"))).read_bytes() == first
