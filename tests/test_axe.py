"""Accessibility: axe-core finds no violation on any page, wide, narrow, light or dark. In CI only."""

import os
from pathlib import Path

import pytest

from helpers.corpus import ROOT

AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
PAGES = ["index", *sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))]
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


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser, pages, name, view):
    # The page's own policy forbids every script, axe-core's too: here, and only here, it is set aside.
    context = browser.new_context(offline=True, bypass_csp=True, **VIEWS[view])
    page = context.new_page()
    page.goto((pages / f"{name}.html").as_uri())
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = page.evaluate("axe.run().then(result => result.violations)")
    context.close()
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
