"""The picture of a page in README.md, from the pages as they were last made: `python -m helpers.picture`."""

import os
import shutil
import sys
from pathlib import Path

from helpers.place import ROOT

__all__ = ["draw", "main"]
PICTURE, HEAVIEST = ROOT / "docs" / "page.png", 200_000
WIDTH, HEIGHT = 1180, 820
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def main() -> int:
    """Draw the page named by PAGE=, or else the synopsis; return 0, or 1 with a word on what is missing."""
    page = ROOT / "reports" / f"{os.environ.get('PAGE', '').strip() or '06-synopsis'}.html"
    browser = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if not page.is_file() or browser is None:
        missing = (
            "a Chromium on this machine" if page.is_file() else f"reports/{page.name}: make report first"
        )
        print(f"The picture needs {missing}.", file=sys.stderr)
        return 1
    draw(page, PICTURE, browser)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT).as_posix()}: {size / 1000:,.0f} KB")
    if size > HEAVIEST:
        print(
            f"It is heavier than {HEAVIEST / 1000:,.0f} KB; name a plainer page with PAGE=.", file=sys.stderr
        )
        return 1
    return 0


def draw(page: Path, picture: Path, browser: str) -> None:
    """Write the first screen of a page as PNG, as a browser shows it in the light."""
    from playwright.sync_api import sync_playwright

    picture.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        screen = {"width": WIDTH, "height": HEIGHT}
        window = started.new_page(viewport=screen, color_scheme="light")  # type: ignore[arg-type]
        window.goto(page.resolve().as_uri())
        window.screenshot(path=picture, animations="disabled")
        started.close()


if __name__ == "__main__":
    sys.exit(main())
