"""The notebooks as pages, one self-contained file each, and their index."""

import argparse
import copy
import errno
import os
import re
import shutil
import sys
import warnings
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import nbformat
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from helpers.framing import load_framing_terms
from helpers.names import load_aliases
from helpers.pages import PageError, link, note, refresh, run_notebooks, table
from helpers.text import (
    ROOT,
    CorpusError,
    CorpusWarning,
    Documents,
    checksum,
    chosen_corpus,
    load_documents,
    missing_numbers,
    printable,
)
from helpers.voices import load_speech_verbs, load_voice_overrides

__all__ = ["Page", "answers", "build", "check_input", "default_folder", "export_page", "main", "pack"]
NOTEBOOKS = ROOT / "notebooks"
TEMPLATES = ROOT / "templates"
MARKS = ("<!-- findings -->", "<!-- /findings -->")
FOOTER = (
    "Variorum {version}. Similarity is not derivation; sentences here are about these reports, not about "
    "outlets or peoples. The reports belong to their publishers."
)
# What a run writes into the folder of its pages; whatever else stands there is someone's own.
MADE = re.compile(r"index\.html|\d\d-[^/]*\.html|csv/\d\d-[^/]*\.csv")
ASIDE = (".new", ".old", ".unfinished")
LEAD = (
    "How reports of the same event differ in wording, names, voices and framing, and which depend on which."
)


class Page(NamedTuple):
    """A finished page: its file name without ending, its label, its question, its computed answer."""

    name: str
    label: str
    title: str
    answer: Markup


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 for a failed notebook, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m helpers.report", description=__doc__)
    parser.add_argument("--refresh", action="store_true", help="store the outputs in notebooks/ instead")
    parser.add_argument("--out", type=Path, default=None, help="folder of the pages")
    options = parser.parse_args(arguments)
    paths = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    try:
        check_input()
        with warnings.catch_warnings():
            # The corpus is read again; what was guessed or left out has been said.
            warnings.simplefilter("ignore", CorpusWarning)
            _make(paths, options.out or default_folder(), refreshing=options.refresh)
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


def _make(paths: Sequence[Path], out: Path, *, refreshing: bool) -> None:
    """Write the pages, and say where they are; or run the notebooks and store them."""
    if refreshing:
        refresh(paths)
        _write_answers(ROOT / "README.md", answers(paths))
        print(f"{len(paths)} notebooks run and stored in notebooks/, their answers in README.md")
        return
    index = build(paths, out)
    print(f"{len(paths)} pages and their index: {_shown(index)}")
    if os.environ.get("ZIP", "").strip() not in ("", "0"):
        print(f"The same to send: {_shown(pack(out, sorted(path.stem for path in paths)))}")


def check_input() -> None:
    """Read the reports and the lexicons once; raise CorpusError with everything that is wrong."""
    problems = []
    lists = (load_aliases, load_framing_terms, load_speech_verbs)
    for load in (load_documents, *lists, load_voice_overrides):
        try:
            load()
        except CorpusError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise CorpusError(problems)


def default_folder() -> Path:
    """Return reports/ for the four seeds, reports/<corpus>/ for a corpus of one's own.

    A corpus named like something else that stands in reports/ gets the folder <corpus>-pages.
    """
    corpus = chosen_corpus()
    if not corpus:
        return ROOT / "reports"
    name = corpus.resolve().name
    taken = name in ("", "csv") or name.endswith((*ASIDE, ".html", ".zip"))
    return ROOT / "reports" / (f"{name}-pages" if taken else name)


def build(paths: Sequence[Path], out: Path) -> Path:
    """Run the notebooks and write their pages and the index into `out`; return the index's path.

    Pages are written aside, and the folder changes its name only when all are whole, so that a failure,
    a full disk or a kill leaves `out` as it was; what others put into `out` stays there. The pages finished
    before a notebook failed, and the log, stay in the folder `<out>.unfinished`. Raises PageError where a
    notebook fails, and where the reports or the lists change while the notebooks read them.
    """
    out = out.resolve()
    new, old, unfinished = (out.with_name(out.name + ending) for ending in ASIDE)
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file stands where their folder should be", str(out))
    _recover(old, out)
    before = checksum()
    notebooks, failure = run_notebooks(paths)
    aside = unfinished if failure else new
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(new, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        _write_pages(notebooks, aside)
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


def pack(out: Path, names: Sequence[str]) -> Path:
    """Return the path of a zip of the pages in `out`, the same bytes for the same pages."""
    corpus = chosen_corpus()
    path = out.parent / f"{out.name}.zip" if corpus else out / "seeds.zip"
    files = [out / "index.html", *(out / f"{name}.html" for name in names), *sorted(out.glob("csv/*.csv"))]
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


def answers(paths: Sequence[Path]) -> str:
    """Return the Markdown list of every notebook's question and its computed answer, as kept in README.md."""
    lines = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        answer = " ".join(text for cell in _answer_cells(notebook) for text in _of_kind(cell, "text/plain"))
        lines.append(f"- **[{notebook.metadata.title}](notebooks/{path.name})** {answer}")
    return "\n".join(lines)


def export_page(notebook: NotebookNode, *, page: Page, pages: Sequence[Page]) -> dict[str, str]:
    """Return the page's files by name: its HTML, and a CSV for every table that offers one."""
    notebook = copy.deepcopy(notebook)
    files = _take_csv(notebook, page.name)
    exporter = HTMLExporter(template_name="report", extra_template_basedirs=[str(TEMPLATES)])
    resources = {"variorum": {"name": page.name, "pages": pages, "footer": _footer()}}
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    return {f"{page.name}.html": _finish(html, {p.name for p in pages})} | files


def _page(name: str, notebook: NotebookNode) -> Page:
    """Return what the index and the navigation say of a notebook."""
    answer = "\n".join(html for cell in _answer_cells(notebook) for html in _of_kind(cell, "text/html"))
    return Page(name, name.partition("-")[2].capitalize(), notebook.metadata.title, Markup(answer))


def _answer_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that answer the page's question."""
    return [cell for cell in notebook.cells if "in-short" in cell.metadata.get("tags", [])]


def _of_kind(cell: NotebookNode, kind: str) -> list[str]:
    """Return a cell's outputs of one MIME type."""
    return [output["data"][kind] for output in cell.outputs if kind in output.get("data", {})]


def _write_pages(notebooks: dict[str, NotebookNode], folder: Path) -> None:
    """Write every notebook's page, its CSV files, and the index into `folder`."""
    pages = [_page(name, notebook) for name, notebook in notebooks.items()]
    files = {"index.html": _contents(pages)}
    for page, notebook in zip(pages, notebooks.values(), strict=True):
        files |= export_page(notebook, page=page, pages=pages)
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _contents(pages: Sequence[Page]) -> str:
    """Return the index page: every question with its computed answer, the reports, the settings."""
    documents = load_documents()
    shown = documents[["doc_id", "event_id", "outlet", "published", "headline", "outlet_evidence"]]
    missing = missing_numbers(documents)
    gaps = note(f"Numbered in between, but not among the files: {', '.join(missing)}.") if missing else None
    exporter = HTMLExporter(template_name="report", extra_template_basedirs=[str(TEMPLATES)])
    html = exporter.environment.get_template("contents.html.j2").render(
        pages=pages,
        lead=LEAD,
        reports=table(shown, caption="The reports and how their outlets are known").html,
        gaps=gaps.html if gaps else "",
        settings=_settings(documents),
        footer=_footer(),
    )
    return _finish(html, {page.name for page in pages})


def _settings(documents: Documents) -> str:
    """Return the sentence that names the corpus and the version, so that others can make the same pages."""
    corpus = chosen_corpus()
    name = corpus.resolve().name if corpus else "seeds"
    narrowed = os.environ.get("EVENT", "").strip()
    event = f", narrowed to the event {narrowed}" if narrowed else ""
    return printable(
        f"Corpus {name}{event}: {len(documents):,} reports, {documents['event_id'].nunique():,} events, "
        f"{documents['outlet'].nunique():,} outlets. Variorum {version('variorum')}; "
        "the same input gives the same bytes."
    )


def _footer() -> str:
    """Return the line at the foot of every page."""
    return FOOTER.format(version=version("variorum"))


def _take_csv(notebook: NotebookNode, page: str) -> dict[str, str]:
    """Return the CSV files the outputs carry, and leave a link to each in its place."""
    files = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).pop("text/csv", None)
            if text is not None:
                name = f"csv/{page}-{output['metadata']['text/csv']['filename']}.csv"
                files[name] = text
                whole = link("The whole table as CSV", name)
                output["data"]["text/html"] += f'\n<p class="download">{whole}</p>'
    return files


def _finish(html: str, pages: set[str]) -> str:
    """Return the page with its contents list, links between pages, and tables that scroll and are named."""
    soup = BeautifulSoup(html, "html.parser")
    for anchor in soup.select("a.anchor-link"):
        anchor.decompose()
    for anchor in soup.select("a[href]"):
        target, _, fragment = str(anchor["href"]).partition("#")
        if target.endswith(".ipynb") and target.removesuffix(".ipynb") in pages:
            anchor["href"] = target.removesuffix(".ipynb") + ".html" + (f"#{fragment}" if fragment else "")
    for drawn in soup.find_all("table"):
        caption = drawn.find("caption")
        attributes = {"class": "scroll", "tabindex": "0", "role": "region"}
        drawn.wrap(
            soup.new_tag("div", attrs=attributes | {"aria-label": caption.get_text() if caption else "Table"})
        )
    _fill_contents(soup)
    return str(soup).rstrip() + "\n"


def _fill_contents(soup: BeautifulSoup) -> None:
    """Write the list of a page's sections into its contents list, where it has one."""
    toc = soup.find(id="toc")
    if not isinstance(toc, Tag):
        return
    items = Markup("").join(
        Markup('<li class="{}"><a href="#{}">{}</a></li>').format(
            heading.name, heading["id"], heading.get_text()
        )
        for heading in soup.select(".prose h2[id], .prose h3[id]")
    )
    toc.append(BeautifulSoup(f"<div><p>On this page</p><ul>{items}</ul></div>", "html.parser"))


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
    csv = old / "csv"
    entries = [*old.iterdir(), *(csv.iterdir() if csv.is_dir() else ())]
    made = [path for path in entries if path.is_file() and MADE.fullmatch(path.relative_to(old).as_posix())]
    own = [path for path in entries if path not in made and path != csv]
    for path in own:
        if os.path.lexists(out / path.relative_to(old)):
            mend = f"stands in {_shown(out)} too; move one of them, then run again"
            raise PageError(f"{_shown(path)} {mend}")
    for path in own:
        target = out / path.relative_to(old)
        target.parent.mkdir(exist_ok=True)
        path.rename(target)
    for path in made:
        path.unlink()
    for folder in (csv, old):
        if folder.is_dir():
            folder.rmdir()


def _write_answers(readme: Path, text: str) -> None:
    """Put the answers between the marks in the README."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    readme.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8", newline="\n")


def _shown(path: Path) -> str:
    """Return a path for reading: from the project's folder where it lies in it."""
    return printable(path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path))


if __name__ == "__main__":
    sys.exit(main())
