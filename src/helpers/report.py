"""The command that makes the pages: `python -m helpers.report`. Where nothing changed, nothing is run."""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from helpers.place import ROOT, chosen_corpus

__all__ = ["default_folder", "is_made_from", "made_from", "main", "record", "run"]
NOTEBOOKS = ROOT / "notebooks"
# What a run reads besides the corpus: the code, the notebooks, the lists, the look of the pages.
READ = ("src", "notebooks", "data", "seeds", "templates")
RECORD = ".made-from.json"
ASIDE = (".new", ".old", ".unfinished")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; a stop by hand (Ctrl-C) is one line and the exit code 130."""
    try:
        return main(arguments)
    except KeyboardInterrupt:
        print("\nStopped. The pages that were there before are as they were.", file=sys.stderr)
        return 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 for a failed notebook, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m helpers.report", description=__doc__)
    parser.add_argument("--refresh", action="store_true", help="store the outputs in notebooks/ instead")
    parser.add_argument("--out", type=Path, default=None, help="folder of the pages")
    options = parser.parse_args(arguments)
    out = (options.out or default_folder()).resolve()
    paths = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    source = "" if options.refresh else made_from()
    packing = os.environ.get("ZIP", "").strip() not in ("", "0")
    if source and not packing and is_made_from(out, source):
        shown = out.relative_to(ROOT) if out.is_relative_to(ROOT) else out
        print(f"Nothing has changed since these pages were made: {(shown / 'index.html').as_posix()}")
        return 0
    # jsonschema compiles a grammar of web addresses when it finds this package; no notebook needs it.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from helpers.pages import building

    if options.refresh:
        return building.told(lambda: building.store(paths))
    code = building.told(lambda: building.make(paths, out, packing=packing))
    if not code:
        record(out, source)
    return code


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


def made_from() -> str:
    """Return one number, in hexadecimal, of all that a run reads: corpus, code, lists, packages.

    Equal numbers mean equal pages. Files are read whole (SHA-256), and named from the folder they stand in.
    """
    total = hashlib.sha256()
    corpus = chosen_corpus()
    packages = sorted(f"{found.name} {found.version}" for found in distributions())
    chosen = (corpus.resolve().name if corpus else "", os.environ.get("EVENT", "").strip())
    total.update(repr((sys.version, *chosen, *packages)).encode("utf-8", "surrogateescape"))
    for folder in [*(ROOT / name for name in READ), *([corpus] if corpus else [])]:
        for path in _files(folder):
            total.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape"))
            total.update(_digest(path))
    return total.hexdigest()


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
    """Return the SHA-256 of a file, or of nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return hashlib.sha256().digest()


if __name__ == "__main__":
    sys.exit(run())
