"""Pages built in a folder whole or not at all, and packed to be sent."""

import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode, ValidationError

from helpers.edition import open_corpus
from helpers.pages.execution import PageError, refresh, run_notebooks
from helpers.pages.export import answers, page_files
from helpers.place import PAGES, ROOT, chosen_corpus
from helpers.text import CorpusError, checksum, printable

try:
    import fcntl
except ImportError:  # not on Windows: there two runs are not told apart
    fcntl = None  # type: ignore[assignment]

__all__ = ["build", "make", "pack", "read_index", "store", "told", "write_index"]
MARKS = ("<!-- findings -->", "<!-- /findings -->")
# What a run writes into the folder of its pages; whatever else stands there is someone's own.
MADE = re.compile(r"index\.html|\.made-from\.json|\d\d-[^/]*\.html|csv/\d\d-[^/]*\.csv|texts/[^/]*\.html")
# The folders of a run in the folder of its pages.
FOLDERS = ("csv", "texts")
# The names of tables and of texts hold neither quotation marks nor what HTML escapes.
_LINK = re.compile(r'href="(csv/[\w.-]+\.csv|texts/[\w-]+\.html)["#]')
# What the head of every page of a report's text says.
TEXT_MARK = b"The text of a report, every sentence numbered"
ASIDE = (".new", ".old", ".unfinished")


def told(work: Callable[[], None]) -> int:
    """Do something; return 0, or say what stopped it and return 1 (notebook, disk) or 2 (bad input)."""
    try:
        work()
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except PageError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        print(f"The pages cannot be written: {error.strerror or error}{place}.", file=sys.stderr)
        print("Those that were there before are as they were.", file=sys.stderr)
        return 1
    return 0


def make(
    paths: Sequence[Path], out: Path, *, packing: bool = False, after: Callable[[], None] = lambda: None
) -> None:
    """Write the pages of the chosen corpus, and say where they are.

    What is done `after` is done before another run may write the same pages, and so is the packing.
    """
    open_corpus()

    def finish() -> None:
        after()
        names = sorted(path.stem for path in paths if (out / f"{path.stem}.html").is_file())
        print(f"{len(names)} pages and their index: {_shown(out / 'index.html')}")
        if packing:
            print(f"The same to send: {_shown(pack(out, names))}")

    build(paths, out, after=finish)


def store(paths: Sequence[Path]) -> None:
    """Run the notebooks, and store them and their answers in place."""
    open_corpus()
    refresh(paths)
    _write_answers(ROOT / "README.md", answers([path for path in paths if path.stem in PAGES]))
    print(f"{len(paths)} notebooks run and stored in notebooks/, the pages' answers in README.md")


def build(paths: Sequence[Path], out: Path, *, after: Callable[[], None] = lambda: None) -> Path:
    """Run the notebooks and write their pages and the index into `out`; return the index's path.

    Pages are written aside, and the folder changes its name only when all are whole, so that a failure,
    a full disk or a kill leaves `out` as it was; what others put into `out` stays there. The pages finished
    before a notebook failed, and the log, stay in the folder `<out>.unfinished`. A notebook of the user's
    that fails has no page, and that is said. What is done `after` is done before another run may write the
    same pages. Raises PageError where another notebook fails, and where the reports or the lists change while
    the notebooks read them.
    """
    out = out.resolve()
    with _alone(out):
        index = _build(paths, out)
        after()
    return index


def _run_own(path: Path) -> tuple[dict[str, NotebookNode], PageError | None]:
    """Return a notebook of the user's that ran, or what stopped it."""
    try:
        return run_notebooks([path])
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        return {}, PageError(f"{printable(path.name)} cannot be read as a notebook ({error})")


def _run(paths: Sequence[Path]) -> tuple[dict[str, NotebookNode], PageError | None]:
    """Return the notebooks that ran, and the failure of one of the project's, or of all.

    A notebook of the user's that cannot be read or run is told of, and stops no other.
    """
    ours = [path for path in paths if path.stem in PAGES]
    notebooks, failure = run_notebooks(ours) if ours else ({}, None)
    failed: list[PageError] = []
    for path in paths if not failure else ():
        if path not in ours:
            ran, stopped = _run_own(path)
            notebooks |= ran
            failed += [stopped] if stopped else []
    if failed and not notebooks:
        return notebooks, failed[0]
    for stopped in failed:
        print(f"{stopped}\nIt has no page; the others do.", file=sys.stderr)
    return {path.stem: notebooks[path.stem] for path in paths if path.stem in notebooks}, failure


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep other runs from writing the same pages meanwhile; raise PageError where one does already."""
    out.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.gettempdir()) / f"variorum-{hashlib.sha256(os.fsencode(out)).hexdigest()[:16]}.lock"
    with place.open("a", encoding="utf-8") as file:
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told = f"Another run is writing {_shown(out)} now; wait for it, or stop it."
            raise PageError(told) from None
        yield


def _build(paths: Sequence[Path], out: Path) -> Path:
    """Return the index of pages that were written by this run alone; see `build`."""
    new, old, unfinished = (out.with_name(out.name + ending) for ending in ASIDE)
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file stands where their folder should be", str(out))
    _recover(old, out)
    before, read = checksum(), open_corpus()
    notebooks, failure = _run(paths)
    aside = unfinished if failure else new
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(new, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        _write(page_files(notebooks, read), aside)
        if checksum() != before:
            raise PageError(f"The corpus changed while it was read; run again. {_shown(out)} is as it was.")
    except (OSError, PageError, CorpusError):
        shutil.rmtree(aside, ignore_errors=True)
        raise
    if failure:
        (aside / "log.txt").write_text(failure.log, encoding="utf-8", newline="\n")
        kept = f"{len(notebooks)} finished pages and the log stay in {_shown(aside)}"
        raise PageError(f"{failure}\n{kept}; {_shown(out)} is as it was.", failure.log)
    _swap(new, old, out)
    return out / "index.html"


def read_index(folder: Path) -> str:
    """Return the front page of a folder of pages."""
    return (folder / "index.html").read_text(encoding="utf-8")


def write_index(folder: Path, text: str) -> None:
    """Write a front page of folders of pages, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"index.html{ASIDE[0]}"
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(folder / "index.html")


def pack(out: Path, names: Sequence[str]) -> Path:
    """Return the path of a zip of the pages in `out`, and of the tables and texts they link to, no more.

    The same pages give the same bytes.
    """
    corpus = chosen_corpus()
    path = out.parent / f"{out.name}.zip" if corpus else out / "seeds.zip"
    pages = [out / "index.html", *(out / f"{name}.html" for name in names)]
    linked = {link for page in pages for link in _LINK.findall(page.read_text(encoding="utf-8"))}
    files = [*pages, *(out / link for link in sorted(linked))]
    aside = path.with_name(path.name + ASIDE[0])
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                info = zipfile.ZipInfo(file.relative_to(out).as_posix())
                info.external_attr = 0o644 << 16
                archive.writestr(info, file.read_bytes(), zipfile.ZIP_DEFLATED)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def _write(files: dict[str, str], folder: Path) -> None:
    """Write files by name into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _swap(new: Path, old: Path, out: Path) -> None:
    """Let `new` take the place of `out`, and whatever in `out` is no page go with it."""
    if out.exists():
        shutil.copymode(out, new)
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    _recover(old, out)


def _move(paths: Sequence[Path], old: Path, out: Path) -> None:
    """Move files to the same places in another folder; raise PageError where one is there already."""
    for path in paths:
        if os.path.lexists(out / path.relative_to(old)):
            mend = f"stands in {_shown(out)} too; move one of them, then run again"
            raise PageError(f"{_shown(path)} {mend}")
    for path in paths:
        target = out / path.relative_to(old)
        target.parent.mkdir(exist_ok=True)
        path.rename(target)


def _recover(old: Path, out: Path) -> None:
    """Bring to its end a change of folders: `old` gives way to `out`, or takes its place where there is none.

    Pages of `old` are deleted, all else in it moves over. Raises PageError, and deletes nothing, where a file
    stands in both.
    """
    if not old.is_dir():
        return
    if not out.exists():
        old.rename(out)
        return
    folders = [old / name for name in FOLDERS if (old / name).is_dir()]
    entries = [*old.iterdir(), *(path for folder in folders for path in folder.iterdir())]
    made = [path for path in entries if path.is_file() and _is_made(path, old)]
    _move([path for path in entries if path not in made and path not in folders], old, out)
    for path in made:
        path.unlink()
    for folder in (*folders, old):
        folder.rmdir()


def _is_made(path: Path, folder: Path) -> bool:
    """Return whether a run wrote a file: by its name, and in texts/, where any name can be, by its mark."""
    named = MADE.fullmatch(path.relative_to(folder).as_posix()) is not None
    return named and (
        path.parent == folder or path.parent.name != "texts" or TEXT_MARK in path.read_bytes()[:2000]
    )


def _write_answers(readme: Path, text: str) -> None:
    """Put the answers between the marks in the README."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    readme.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8", newline="\n")


def _shown(path: Path) -> str:
    """Return a path for reading: from the project's folder where it lies in it."""
    return printable(path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path))
