"""What a reader meets on pages that `make report` wrote: `python benchmarks/people.py reports`.

Prints for every page what it weighs in kilobytes, the characters of *In short*, how many numbers of it open
what has them, how many rows open a sentence or another row, how many tables show more than six columns at
first, and how many words stand before the answer. Days, quotations and names of outlets and events hold no
numbers that something counts. A number of *In short* that opens nothing is printed with the words around it.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from helpers.pages.opening import answers_of, counted_numbers

COLUMNS = 6
AROUND = 30
HEAD = """| page | KB | characters of In short | numbers that open | rows that open | wide | words before |
|---|---|---|---|---|---|---|"""


class Met(NamedTuple):
    """What a reader meets on a page."""

    page: str
    kilobytes: int
    answer: int
    numbers: str
    rows: str
    wide: int
    before: int
    unopened: list[str]


def names(pages: Sequence[BeautifulSoup]) -> set[str]:
    """Return the names of outlets, reports and events on the pages."""
    found = {a.get_text() for page in pages for a in page.select('a[href^="texts/"]')}
    found |= {head.get_text() for page in pages for head in page.select("tr.group th")}
    return {name for name in found if re.search(r"[^\W\d_]", name)}


def _opens(row: Tag) -> bool:
    """Return whether a row leads on."""
    return row.find("a") is not None


def met(path: Path, page: BeautifulSoup, known: set[str]) -> Met:
    """Return what a reader meets on one page."""
    answers = answers_of(page)
    opened, unopened = 0, []
    for text in (text for told in answers for text in told.find_all(string=True)):
        for number in counted_numbers(str(text), known):
            if text.find_parent("a"):
                opened += 1
            else:
                unopened.append(str(text)[max(number.start() - AROUND, 0) : number.end() + AROUND])
    rows = page.select("main table tbody tr:not(.group)")
    heads = [table.select("thead th:not(.more)") for table in page.select("main table")]
    whole = (page.select_one("main") or page).get_text(" ")
    first = answers[0].get_text(" ") if answers else ""
    title = page.select_one("h1")
    before = (whole.partition(first)[0] if first else "").replace(title.get_text(" ") if title else "", "", 1)
    return Met(
        path.stem,
        round(path.stat().st_size / 1000),
        sum(len(told.get_text()) for told in answers),
        f"{opened} of {opened + len(unopened)}",
        f"{sum(map(_opens, rows)):,} of {len(rows):,}",
        sum(len(own) > COLUMNS for own in heads),
        len(before.replace("In short", "").replace("¶", "").split()) if answers else 0,
        unopened,
    )


def measure(folder: Path) -> Iterator[Met]:
    """Yield what a reader meets on each page of a folder."""
    paths = sorted(folder.glob("*.html"))
    pages = [BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in paths]
    known = names(pages)
    for path, page in zip(paths, pages, strict=True):
        yield met(path, page, known)


def main() -> None:
    """Print a table for each folder."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reader.add_argument("folders", nargs="+", type=Path)
    for folder in reader.parse_args().folders:
        print(f"\n{folder.name}\n")
        print(HEAD)
        found = list(measure(folder))
        for one in found:
            print(f"| {' | '.join(map(str, one[:-1]))} |")
        for one in found:
            for words in one.unopened:
                print(f"{one.page}: opens nothing: {words!r}")


if __name__ == "__main__":
    main()
