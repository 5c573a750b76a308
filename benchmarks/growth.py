"""What twice the input costs, for texts and tables made to be slow: `python benchmarks/growth.py`.

Prints, for each, the CPU seconds of reading it and making every block of the seven pages (or of reading a
table), at a size, at twice and at four times that size. What grows with the input alone at most doubles
from column to column; what has a star nested in a star, or looks at all for each, does not.
"""

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from pathlib import Path

from helpers.edition import open_corpus
from helpers.text import CorpusError

PAGES = ("corpus", "wording", "names", "voices", "framing", "derivation", "synopsis")
CHARACTERS, ROWS = 6_000, 2_000
# One line, over and over; each was once slow in some room, or might be.
LINES = {
    "capitals before a colon": ("THE BRITISH BROADCASTING CORPORATION ", ": it is over."),
    "names before a colon": ("Ada Poe ", ": it is over."),
    "names and commas": ("Ada Poe, ", "said that it is over."),
    "names joined by and": ("Ada and Bob and ", "said that it is over."),
    "titled names": ("President Ada Poe ", "said no."),
    "one long word": ("x", " said."),
    "quotations": ("“a” ", "said Ada."),
    "quotations left open": ("“a ", "said Ada."),
    "apostrophes": ("'a ", "said Ada."),
    "hyphens": ("a-b-", " said Ada."),
    "brackets": ("(", "a said Ada."),
    "blanks": (" ", "b said."),
    "stops": (".", " no."),
    "verbs of speech": ("he said she said ", "it."),
    "dates": ("26 March 2024, ", "said Ada."),
    "addresses": ("http://a.b/c ", "said Ada."),
    "one long address": ("a/b?c=d&e-f.g_", " said Ada."),
    "marks over a letter": ("a\u0301\u0301\u0301", " said."),
    "Arabic": ("قال إن ", "."),
    "Chinese": ("市长说桥", "。"),
}


def seconds(make: Callable[[Path, int], None], size: int, *, pages: bool) -> float:
    """Return the CPU seconds of reading what `make` writes at a size, and of its pages."""
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        make(Path(place), size)
        start = time.process_time()
        try:
            read = open_corpus(place)
        except CorpusError:
            return time.process_time() - start
        for name in PAGES if pages else ():
            page = import_module(f"helpers.pages.{name}").Page(read)
            for method, made in vars(type(page)).items():
                if not method.startswith("_") and not isinstance(made, cached_property | property):
                    getattr(page, method)()
        return time.process_time() - start


def of_line(part: str, end: str) -> Callable[[Path, int], None]:
    """Return what writes two reports of one line of about so many characters."""

    def make(folder: Path, size: int) -> None:
        line = part * (size // len(part))
        for name, last in (("a", end), ("b", f"the b {end}")):
            (folder / f"{name}.txt").write_text(f"{line}{last}\n", encoding="utf-8")
        manifest = "file,event_id,outlet,language\na.txt,e,A,en\nb.txt,e,B,en\n"
        (folder / "documents.csv").write_text(manifest, encoding="utf-8")

    return make


def columns(folder: Path, size: int) -> None:
    """Write a table of many columns, which is refused."""
    names = [f"c{n}" for n in range(10 * size)]
    (folder / "a.csv").write_text(",".join(names) + "\n" + ",".join(names) + "\n", encoding="utf-8")


def keys(folder: Path, size: int) -> None:
    """Write an object of many keys, one of them twice."""
    line = json.dumps(dict.fromkeys((f"k{n}" for n in range(5 * size)), 1))[:-1] + ', "k7": 2}'
    (folder / "a.jsonl").write_text(line, encoding="utf-8")


def entries(folder: Path, size: int) -> None:
    """Write many files that are no reports, and one that is."""
    (folder / "a.txt").write_text("A word.\n", encoding="utf-8")
    for number in range(size):
        (folder / f"{number}.pdf").write_bytes(b"")


def unknown_ids(folder: Path, size: int) -> None:
    """Write aliases whose entities no list knows."""
    (folder / "a.txt").write_text("A word.\n", encoding="utf-8")
    (folder / "lexicons").mkdir()
    head = "entity_id,canonical,entity_type,wikidata\n"
    known = "".join(f"known-name-{n},Name {n},PERSON,\n" for n in range(size))
    rows = "".join(f"unknown-name-{n},Alias {n},name,exact,,,,\n" for n in range(size))
    (folder / "lexicons" / "entities.csv").write_text(head + known, encoding="utf-8")
    head = "entity_id,alias,kind,case,valid_from,valid_to,scope,note\n"
    (folder / "lexicons" / "aliases.csv").write_text(head + rows, encoding="utf-8")


def decomposed(folder: Path, size: int) -> None:
    """Write a report whose letters and marks stand apart."""
    (folder / "a.txt").write_text("e\u0301te\u0301 " * (10 * size), encoding="utf-8")


def stray(folder: Path, size: int) -> None:
    """Write a report of UTF-8 with a byte now and then that is not."""
    (folder / "a.txt").write_bytes(("“We go,” she said. " * 30).encode() * (size // 10) + b"\xe9 end")


def utf_16(folder: Path, size: int) -> None:
    """Write a report of UTF-16 without a mark."""
    (folder / "a.txt").write_bytes(("Мост закрыт с мая. " * size).encode("utf-16-le"))


READ = {
    "columns of a table": columns,
    "keys of an object, one twice": keys,
    "entries of a folder": entries,
    "unknown ids in a list": unknown_ids,
    "letters and marks apart": decomposed,
    "UTF-8 with a stray byte": stray,
    "UTF-16 without a mark": utf_16,
}


def main() -> None:
    """Print the table."""
    wanted = sys.argv[1:]
    seconds(of_line("A word. ", "end."), 500, pages=True)
    print("| what | size | CPU s | twice | four times | growth |\n|---|---:|---:|---:|---:|---:|")
    cases = [(name, of_line(*line), CHARACTERS, True) for name, line in LINES.items()]
    cases += [(name, make, ROWS, False) for name, make in READ.items()]
    for name, make, size, pages in cases:
        if wanted and name not in wanted:
            continue
        one, two, four = (seconds(make, size * times, pages=pages) for times in (1, 2, 4))
        growth = f"{two / one:.1f}, {four / two:.1f}" if one > 0.05 else "too quick"
        print(f"| {name} | {size:,} | {one:.2f} | {two:.2f} | {four:.2f} | {growth} |", flush=True)


if __name__ == "__main__":
    main()
