"""Accessibility: axe-core finds no violation on any page, wide, narrow, light or dark. In CI only.

The pages of the seeds are seen in three views, those of two other corpora in the one that hides least.
"""

import os
from pathlib import Path

import pytest

from helpers import place
from helpers.text.corpus import ROOT

AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
PAGES = ["index", *place.PAGES]
VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True},
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not AXE.is_file() and not os.environ.get("CI"),
        reason="axe-core is not here: it is installed in CI only",
    ),
]


def violations(browser, path, view):
    """Return the rule and the first element of each violation on a page."""
    # The page's own policy forbids every script, axe-core's too: here, and only here, it is set aside.
    context = browser.new_context(offline=True, bypass_csp=True, **VIEWS[view])
    page = context.new_page()
    page.goto(path.as_uri())
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = page.evaluate("axe.run().then(result => result.violations)")
    context.close()
    return [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser, pages, name, view):
    assert violations(browser, pages / f"{name}.html", view) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("corpus", "view"), [("eight", "dark"), ("hostile", "phone")])
def test_axe_finds_no_violation_on_other_corpora(browser, corpus_pages, corpus, view, name):
    assert violations(browser, corpus_pages(corpus) / f"{name}.html", view) == []


def test_axe_can_find_one(browser, tmp_path):
    (tmp_path / "bad.html").write_text("<!DOCTYPE html><title>x</title><img src='x.png'>", encoding="utf-8")
    assert "image-alt" in {rule for rule, _ in violations(browser, tmp_path / "bad.html", "wide")}
