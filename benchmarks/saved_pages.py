"""Saved pages: body text, time, language, headline, credits and paywalls of 52 pages of late 2019.

    python benchmarks/saved_pages.py [folder]

The folder holds the pages and gold.jsonl of the article extraction benchmark (file, url, body as a person
marked it). The body is compared by its sequences of four words, counted as often as they stand there;
precision and recall of a page are averaged over pages. Of the fields there is no gold: what a page declares
in plain sight (a time in
JSON-LD or article:published_time, the language of its html element, the site's name, an agency as author) is
looked for by regular expressions here, and counted as kept where the reading has it.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from helpers.text import page_of

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "shared" / "bench" / "saved_pages"
GRAM = 4
TIME = re.compile(
    r"\"datePublished\"\s*:\s*\"\s*(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})"
    r"|article:published_time[\"'][^>]{0,40}content=[\"'](\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})"
)
LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([A-Za-z]{2})|og:locale[\"'][^>]*content=[\"']([A-Za-z]{2})")
SITE = re.compile(r"og:site_name[\"'][^>]*content=[\"']([^\"'>]{2,60})")
AGENCY = re.compile(
    r"\"author\"\s*:[\s\[{]*(?:\"@type\"\s*:\s*\"\w+\",)?\s*(?:\"name\"\s*:\s*)?\"(Reuters"
    r"|Associated Press|AFP)\""
    r"|name=[\"']author[\"'] content=[\"'](Reuters|Associated Press|AFP)"
)
FALSE_DATE = "0001-"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the sequences of GRAM words of a text, each with how often it stands there."""
    words = re.findall(r"\w+", text)
    n = min(GRAM, len(words)) or 1
    return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))


def overlap(found: str, gold: str) -> tuple[float, float]:
    """Return precision and recall of a text by its shingles."""
    a, b = shingles(found), shingles(gold)
    both = (a & b).total()
    return both / max(a.total(), 1), both / max(b.total(), 1)


def declared(pattern: re.Pattern[str], source: str) -> str:
    """Return what a page declares in plain sight."""
    found = pattern.search(source)
    return next(filter(None, found.groups()), "") if found else ""


def measure(folder: Path) -> dict[str, list[float]]:
    """Return a value of each page for each measure that it has one for."""
    values: dict[str, list[float]] = {}

    def add(name: str, value: float) -> None:
        values.setdefault(name, []).append(value)

    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        source = (folder / gold["file"]).read_bytes().decode("utf-8", "replace")
        page = page_of(folder / gold["file"])
        fields = {found.field: found.value for found in page.fields}
        title = fields.get("headline", "")
        precision, recall = overlap(page.text.removeprefix(title), gold["body"])
        add("body, precision of 4-grams", precision)
        add("body, recall of 4-grams", recall)
        time, language = declared(TIME, source), declared(LANGUAGE, source)
        if time and not time.startswith(FALSE_DATE):
            add("time of publication kept", len(fields.get("published", "")) >= len(time))
        if language:
            add("language kept", fields.get("language") == language.lower())
        site = declared(SITE, source)
        add("headline found, without the site's name", bool(title) and not (site and title.endswith(site)))
        agency = declared(AGENCY, source)
        if agency:
            add("agency credits kept in the text", agency in page.text or f"({agency})" in page.text)
        add("pages called a beginning only", "paywall" in fields)
    return values


def main(arguments: list[str]) -> int:
    """Print the table."""
    values = measure(Path(arguments[0]) if arguments else FOLDER)
    print("| measure | pages | value |\n|---|---|---|")
    for name, each in sorted(values.items()):
        print(f"| {name} | {len(each)} | {sum(each) / len(each):.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
