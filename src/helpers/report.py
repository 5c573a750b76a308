"""The command that makes the pages: `python -m helpers.report`. Where nothing changed, nothing is run."""

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from helpers.place import PAGES, ROOT, chosen_corpus, commanded

__all__ = [
    "default_folder",
    "digest_of_inputs",
    "is_made_from",
    "made_from",
    "main",
    "notebooks",
    "record",
    "run",
]
NOTEBOOKS, MINE = ROOT / "notebooks", ROOT / "my-notebooks"
# What a notebook is called that becomes a page, and one of the project's that becomes none.
NUMBERED, EXPLORE = re.compile(r"[0-9]{2}-.+"), "explore"
# What a run reads besides the corpus: the code, the notebooks, the lists, the look of the pages.
READ = ("src", "notebooks", "data", "seeds", "templates")
RECORD = ".made-from.json"
ASIDE = (".new", ".old", ".unfinished")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; a stop by hand (Ctrl-C) is one line and the exit code 130."""
    told = "Stopped. The pages that were there before are as they were."
    return commanded(lambda: main(arguments), told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 for a failed notebook, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m helpers.report", description=__doc__)
    parser.add_argument("--refresh", action="store_true", help="store the outputs in notebooks/ instead")
    parser.add_argument("--ours", action="store_true", help="leave notebooks of your own out")
    parser.add_argument("--out", type=Path, default=None, help="folder of the pages")
    options = parser.parse_args(arguments)
    # jsonschema compiles a grammar of web addresses when it finds this package; no notebook needs it.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    if options.refresh:
        from helpers.pages import building

        return building.told(lambda: building.store(_ours()))
    out = (options.out or default_folder()).resolve()
    by = os.environ.get("BY", "").strip()
    if by not in ("", "event"):
        print(f"BY={by} is not known; BY=event makes pages for each event.", file=sys.stderr)
        return 2
    one = not by or os.environ.get("EVENT", "").strip()
    return _report(out, ours=options.ours) if one else _by_event(out, ours=options.ours)


def _by_event(out: Path, *, ours: bool) -> int:
    """Write the pages of each event where something has changed, and return the worst exit code."""
    from helpers.pages import building, by_event

    codes, inputs = [], digest_of_inputs(_mine(ours=ours))

    def work() -> None:
        codes.append(by_event.make_by_event(out, lambda folder: _report(folder, ours=ours, inputs=inputs)))

    return building.told(work) or codes[0]


def _mine(*, ours: bool) -> list[Path]:
    """Return the notebooks of the user's that become pages."""
    return [] if ours else [path for path in notebooks()[0] if path.parent == MINE]


def _report(out: Path, *, ours: bool, inputs: bytes = b"") -> int:
    """Write the pages into `out` where something has changed, and return the exit code."""
    paths, left = (_ours()[: len(PAGES)], []) if ours else notebooks()
    for path in left:
        name = path.relative_to(path.parents[1]).as_posix()
        print(f"{name} gets no page; for one, call it like my-notebooks/07-mine.ipynb.", file=sys.stderr)
    source = made_from(inputs or digest_of_inputs(_mine(ours=ours)))
    packing = os.environ.get("ZIP", "").strip() not in ("", "0")
    if source and not packing and is_made_from(out, source):
        shown = out.relative_to(ROOT) if out.is_relative_to(ROOT) else out
        print(f"Nothing has changed since these pages were made: {(shown / 'index.html').as_posix()}")
        return 0
    from helpers.pages import building

    def after() -> None:
        # Where a notebook of the user's has no page, the next run says so again.
        if all((out / f"{path.stem}.html").is_file() for path in paths):
            record(out, source)

    return building.told(lambda: building.make(paths, out, packing=packing, after=after))


def notebooks() -> tuple[list[Path], list[Path]]:
    """Return the notebooks that become pages, in the order of their names, and those left alone.

    A page is made of what is called like 07-mine.ipynb in notebooks/ or my-notebooks/. What is called there
    like one of the project's is a copy of it to play with.
    """
    ours = [*NOTEBOOKS.glob("*.ipynb")]
    copies = {path.name for path in ours}
    mine = [path for path in MINE.glob("*.ipynb") if path.name not in copies]
    found = sorted([*ours, *mine], key=lambda path: path.name)
    pages = [path for path in found if NUMBERED.fullmatch(path.stem)]
    others = [*found, *sorted(NOTEBOOKS.glob("[!.]*/*.ipynb")), *sorted(MINE.glob("[!.]*/*.ipynb"))]
    return pages, [path for path in others if path not in pages and path.stem != EXPLORE]


def _ours() -> list[Path]:
    """Return the project's own notebooks."""
    return [NOTEBOOKS / f"{name}.ipynb" for name in (*PAGES, EXPLORE)]


def default_folder() -> Path:
    """Return reports/ for the four seeds, reports/<corpus>/ for a corpus of one's own.

    A corpus named like something else that stands in reports/ gets the folder <corpus>-pages, and one named
    like another, whose pages stand there, <corpus>-<six digits of the path of its folder>.
    """
    corpus = chosen_corpus()
    if not corpus:
        return ROOT / "reports"
    name = corpus.resolve().name
    taken = name in ("", "csv", "texts") or name.endswith((*ASIDE, ".html", ".zip"))
    out = ROOT / "reports" / (f"{name}-pages" if taken else name)
    path = _shown_path(corpus)
    if _recorded(out).get("corpus", path) == path:
        return out
    return out.with_name(
        f"{out.name}-{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"
    )


def _shown_path(corpus: Path | None) -> str:
    """Return the path by which a corpus is told from others of its name, from the project where it can be."""
    path = (corpus or ROOT / "seeds").resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


def _recorded(out: Path) -> dict[str, Any]:
    """Return what a folder of pages says it was made from, or nothing."""
    try:
        made = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def made_from(inputs: bytes) -> str:
    """Return one number, in hexadecimal, of what a run reads, and of what is asked of it.

    Equal numbers mean equal pages.
    """
    asked = [os.environ.get(name, "").strip() for name in ("EVENT", "OUTLETS", "WORD")]
    return hashlib.sha256(inputs + repr(asked).encode("utf-8", "surrogateescape")).hexdigest()


def digest_of_inputs(more: Sequence[Path] = ()) -> bytes:
    """Return the SHA-256 of all that a run reads: corpus, code, lists, packages, and `more`.

    Files are read whole, and named from the folder they stand in.
    """
    total = hashlib.sha256()
    corpus = chosen_corpus()
    packages = sorted(f"{found.name} {found.version}" for found in distributions())
    name = corpus.resolve().name if corpus else ""
    total.update(repr((sys.version, name, *packages)).encode("utf-8", "surrogateescape"))
    folders = [*(ROOT / name for name in READ), *([corpus] if corpus else [])]
    for folder, paths in [*((folder, _files(folder)) for folder in folders), (MINE, iter(more))]:
        for path in paths:
            total.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape"))
            total.update(_digest(path))
    return total.digest()


def record(out: Path, source: str) -> None:
    """Write into a folder of pages what they were made from, and the checksum of each page.

    Where that cannot be written, the pages are made again next time.
    """
    pages = {path.relative_to(out).as_posix(): _digest(path).hex() for path in _pages(out)}
    aside = out / (RECORD + ASIDE[0])
    made = {"made_from": source, "corpus": _shown_path(chosen_corpus()), "pages": pages}
    text = json.dumps(made, indent=1) + "\n"
    with suppress(OSError):
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(out / RECORD)


def is_made_from(out: Path, source: str) -> bool:
    """Return whether the pages in a folder are whole and were made from just this."""
    made = _recorded(out)
    pages = made.get("pages")
    if made.get("made_from") != source or not isinstance(pages, dict):
        return False
    return all(_digest(out / name).hex() == digest for name, digest in pages.items())


def _pages(out: Path) -> list[Path]:
    """Return the files of pages in a folder, with their tables and the texts of the reports."""
    return sorted(
        [out / "index.html", *out.glob("[0-9]*.html"), *out.glob("csv/*.csv"), *out.glob("texts/*.html")]
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in order, those hidden and those that Python makes aside."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _digest(path: Path) -> bytes:
    """Return the SHA-256 of a file, or of nothing where it cannot be read, or is a pipe or a device."""
    try:
        if not path.is_file():
            return hashlib.sha256().digest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return hashlib.sha256().digest()


if __name__ == "__main__":
    sys.exit(run())
