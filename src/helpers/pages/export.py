"""Notebooks that have run as pages of HTML, each in one file, with their tables and an index."""

import copy
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode

from helpers.edition import Edition
from helpers.pages.blocks import PLAIN, link, note
from helpers.pages.opening import answers_of, open_numbers
from helpers.pages.phrases import counted, listed, n_words, shortened
from helpers.pages.shelf import Shelf
from helpers.pages.tables import Look, table
from helpers.pages.telling import announced, apart, quotations
from helpers.pages.texts import text_pages
from helpers.place import ROOT
from helpers.table import UNKNOWN
from helpers.text import missing_numbers, printable, sentence_spans

__all__ = ["EventCard", "answers", "event_index", "page_files"]
TEMPLATES = ROOT / "templates"
FOOTER = (
    "Variorum {version}. Similarity is not derivation; sentences here are about these reports, not about "
    "outlets or peoples. The reports belong to their publishers. Sent alone, this page can be read whole; "
    "its links, and its tables as CSV, need the folder that it came in."
)
LEAD = (
    "How reports of the same event differ in wording, names, voices and framing, and which depend on which."
)
TEXTS = "texts"
# Differences shown on the front page, and of one event; events up to which they are named there.
PAIRS, PAIRS_OF_EVENT, EVENTS_NAMED = 6, 3, 4
# Characters of a picture that a card still shows: one with more marks says nothing at a card's size.
MOST_PICTURE = 60_000
_TO_TEXT_PAGE = re.compile(r"text/([\w-]+)(?:/(s\d+))?")
_TO_TEXT = re.compile(r'href="texts/([\w-]+)\.html')
NO_ALT = "This picture has no description."


class Page(NamedTuple):
    """A finished page: its file name without ending, its label, its question, its answer and picture."""

    name: str
    label: str
    title: str
    answer: Markup
    picture: Markup


class EventCard(NamedTuple):
    """An event as the index lists it: name, folder, first day, size, and what its pages say first."""

    name: str
    folder: str
    day: str
    size: str
    told: Markup


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its own parse of the page, which `_finished` parses for all it needs.

    Templates are the project's and nbconvert's own; those that a user keeps for Jupyter would come first.
    """

    def __init__(self) -> None:
        given = [str(TEMPLATES)]
        super().__init__(  # type: ignore[no-untyped-call]
            template_name="report", extra_template_basedirs=given, template_data_paths=[]
        )

    def get_prefix_root_dirs(self) -> list[str]:
        """Return the folder that nbconvert was installed into."""
        return [str(Path(sys.prefix) / "share" / "jupyter")]

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page as the template has it."""
        filled = self._init_resources(resources)
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer="python", parent=self))
        kinds = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=filled)
        self.register_filter("filter_data_type", kinds)
        html: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(self, nb, filled, **kw)
        return html


def answers(paths: Sequence[Path]) -> str:
    """Return the Markdown list of every notebook's question and the first sentence of its computed answer."""
    lines = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        answer = " ".join(text for cell in _answer_cells(notebook) for text in _of_kind(cell, "text/plain"))
        start, end = next(sentence_spans(answer), (0, 0))
        lines.append(f"- **[{_title(notebook, path.stem)}](notebooks/{path.name})** {answer[start:end]}")
    return "\n".join(lines)


def page_files(notebooks: dict[str, NotebookNode], read: Edition) -> dict[str, str]:
    """Return the files of a report by name: every notebook's page, its CSV files, and the index."""
    exporter = _Exporter()
    pages = [_page(name, notebook) for name, notebook in notebooks.items()]
    shelf = Shelf.of(read)
    events = read.documents["event_id"].unique()
    said = [told(event) for event in events for told in (shelf.event, shelf.short_event)]
    names = sorted({*read.documents["outlet"], *shelf.labels, *filter(None, said)})
    files: dict[str, str] = {}
    cards = []
    for page, notebook in zip(pages, notebooks.values(), strict=True):
        own, told = _export(exporter, notebook, page, pages, names)
        files |= own
        cards.append(page._replace(answer=_linked(page.name, told or page.answer)))
    files = {"index.html": _contents(exporter, cards, read)} | files
    wanted = {found[1] for html in files.values() for found in _TO_TEXT.finditer(html)}
    template = exporter.environment.get_template("text.html.j2")
    for text in text_pages(read, Shelf.of(read), wanted):
        html = template.render(text=text, pages=pages, footer=_footer())
        files[f"{TEXTS}/{text.name}.html"] = html.rstrip() + "\n"
    return files


def _export(
    exporter: HTMLExporter,
    notebook: NotebookNode,
    page: Page,
    pages: Sequence[Page],
    names: Sequence[str],
) -> tuple[dict[str, str], Markup]:
    """Return a page's files by name, its HTML and a CSV for every table that has one; and its answer."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata["title"] = page.title
    files = _take_csv(notebook, page.name)
    about = shortened(BeautifulSoup(page.answer, "html.parser").get_text(" "))
    own = {"name": page.name, "pages": pages, "footer": _footer(), "description": about}
    resources = {"variorum": own}
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    soup = _finished(html, {p.name for p in pages}, names)
    told = Markup("\n").join(Markup(str(answer)) for answer in answers_of(soup))
    return {f"{page.name}.html": _written(soup)} | files, told


def _page(name: str, notebook: NotebookNode) -> Page:
    """Return what the index and the navigation say of a notebook."""
    answer = "\n".join(html for cell in _answer_cells(notebook) for html in _of_kind(cell, "text/html"))
    label = name.partition("-")[2].capitalize() or name
    soup = BeautifulSoup(answer, "html.parser")
    # The picture is an ornament there: its page has it with its words.
    sources = [str(image["src"]) for image in soup.select("img[src]")]
    pictures = [Markup('<img alt="" src="{}">').format(src) for src in sources if len(src) <= MOST_PICTURE]
    for drawn in soup.select("figure"):
        drawn.decompose()
    told = Markup(str(soup).strip())
    return Page(name, label, _title(notebook, name), told, pictures[0] if pictures else Markup(""))


def _title(notebook: NotebookNode, name: str) -> str:
    """Return a notebook's title: its metadata's, else its first heading, else its file's name."""
    first = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    heading = re.search(r"^#+ +(\S.*)$", first, re.M)
    return str(notebook.metadata.get("title") or (heading[1].rstrip(" ") if heading else name))


def _answer_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that answer the page's question."""
    return [cell for cell in notebook.cells if "in-short" in cell.metadata.get("tags", [])]


def _of_kind(cell: NotebookNode, kind: str) -> list[str]:
    """Return a cell's outputs of one MIME type."""
    return [output["data"][kind] for output in cell.outputs if kind in output.get("data", {})]


def _contents(exporter: HTMLExporter, pages: Sequence[Page], read: Edition) -> str:
    """Return the front page: what was compared, the strongest differences, every question with its answer."""
    told = (read.documents["outlet_evidence"] != UNKNOWN).any()
    columns = ["doc_id", "event_id", "published", "headline", *(["outlet_evidence"] if told else [])]
    shelf = Shelf.of(read)
    missing = missing_numbers(read.documents)
    gaps = note(f"Numbered in between, but not among the files: {', '.join(missing)}.") if missing else None
    caption = f"The reports{', and how their outlets are known' if told else ''}"
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    first = apart(announced(read.differences)).groupby("event_id", sort=False).head(PAIRS_OF_EVENT)
    html = exporter.environment.get_template("contents.html.j2").render(
        pages=pages,
        lead=LEAD,
        compared=_compared(read, shelf),
        pairs=quotations(first.head(PAIRS), shelf, texts).html
        if len(first) and "06-synopsis" in {p.name for p in pages}
        else "",
        reports=table(read.documents[columns], caption=caption, look=Look(shelf)).html,
        gaps=gaps.html if gaps else "",
        settings=_settings(read),
        footer=_footer(),
    )
    return _written(_finished(html, {page.name for page in pages}))


def event_index(events: Sequence[EventCard], read: Edition) -> str:
    """Return the page that lists the events of a corpus, each with its own pages."""
    exporter = _Exporter()
    compared = _compared(read, Shelf.of(read))
    template = exporter.environment.get_template("events.html.j2")
    html = template.render(events=events, lead=LEAD, compared=compared, footer=_footer())
    return _written(_finished(html, set()))


def _linked(name: str, answer: str) -> Markup:
    """Return the answer of the page of that name, for its card; links inside the page lead to it."""
    soup = BeautifulSoup(answer, "html.parser")
    for anchor in soup.select('a[href^="#"]'):
        if not _TO_TEXT_PAGE.fullmatch(str(anchor["href"])[1:]):
            anchor["href"] = f"{name}.html{anchor['href']}"
    return Markup(str(soup))


def _compared(read: Edition, shelf: Shelf) -> dict[str, str]:
    """Return what was compared, in a line: outlets, events, days, words."""
    documents = read.documents
    n = counted(len(documents), "report")
    known = shelf.known_outlets
    outlets = counted(documents["outlet"].nunique(), "outlet")
    whole = len(known) == documents["outlet"].nunique()
    named = (
        f" ({listed(known, shown=6)})" if whole else f", {listed(known, shown=6)} among them" if known else ""
    )
    events = [shelf.event(name) for name in documents["event_id"].unique()]
    told = f": {listed(events, shown=4)}" if len(events) <= EVENTS_NAMED else ""
    line = (
        f"{n.capitalize()} from {outlets}{named}, on {counted(len(events), 'event')}{told}. "
        f"{n_words(read):,} words."
    )
    return {"n": n, "line": printable(line)}


def _settings(read: Edition) -> str:
    """Return the sentence that names the corpus and the version, so that others can make the same pages."""
    documents = read.documents
    event = f", narrowed to the event {read.event}" if read.event else ""
    event += f", of the outlets {', '.join(read.outlets)} alone" if read.outlets else ""
    return printable(
        f"Corpus {read.name}{event}: {counted(len(documents), 'report')}, "
        f"{counted(documents['event_id'].nunique(), 'event')}, "
        f"{counted(documents['outlet'].nunique(), 'outlet')}. Variorum {version('variorum')}; "
        "the same input gives the same bytes."
    )


def _footer() -> str:
    """Return the line at the foot of every page."""
    return FOOTER.format(version=version("variorum"))


def _take_csv(notebook: NotebookNode, page: str) -> dict[str, str]:
    """Return the CSV files the outputs carry, and leave a link to each in its place."""
    files = {}
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    for output in outputs:
        text = output.get("data", {}).pop("text/csv", None)
        if text is None:
            continue
        name = f"csv/{page}-{output['metadata']['text/csv']['filename']}.csv"
        files[name] = text
        whole = link("The whole table as CSV", name)
        output["data"]["text/html"] += f'\n<p class="download">{whole}</p>'
    return files


def _finished(html: str, pages: set[str], names: Iterable[str] = ()) -> BeautifulSoup:
    """Return the page with its contents list, links between pages, and tables that scroll and are named."""
    soup = BeautifulSoup(html, "html.parser")
    for picture in soup.find_all("img"):
        if not picture.has_attr("alt"):
            picture["alt"] = NO_ALT
    for anchor in soup.find_all("a"):
        _lead_to_page(anchor, pages)
    for slot in (tag for tag in soup.find_all(True) if "slot" in (tag.get("class") or ())):
        for inside in (slot, *slot.find_all(True)):
            # The style sheet has it; JupyterLab, which has none, needs it in each element.
            del inside["style"]
    _leave_out_for_lab(soup)
    open_numbers(soup, names)
    _fold_nothing(soup)
    _let_tables_scroll(soup)
    _fill_contents(soup)
    return soup


def _lead_to_page(anchor: Tag, pages: set[str]) -> None:
    """Let a link to a notebook or a report's text lead to its page; take out one to a heading itself."""
    if "anchor-link" in (anchor.get("class") or ()):
        anchor.decompose()
        return
    target, _, fragment = str(anchor.get("href", "")).partition("#")
    if target.endswith(".ipynb") and target.removesuffix(".ipynb") in pages:
        anchor["href"] = target.removesuffix(".ipynb") + ".html" + (f"#{fragment}" if fragment else "")
    elif not target and (to_text := _TO_TEXT_PAGE.fullmatch(fragment)):
        place = f"#{to_text[2]}" if to_text[2] else ""
        anchor["href"] = f"{TEXTS}/{to_text[1]}.html{place}"


def _leave_out_for_lab(soup: BeautifulSoup) -> None:
    """Take out the classes that only JupyterLab reads, which looks for mathematics."""
    for part in soup.select(f".{PLAIN.split()[0]}"):
        kept = AttributeValueList(name for name in part["class"] if name not in PLAIN.split())
        if kept:
            part["class"] = kept
        else:
            del part["class"]


def _fold_nothing(soup: BeautifulSoup) -> None:
    """Fold each section that has nothing to show under the sentence that says so."""
    for heading in soup.select(".prose > h2, .prose > h3"):
        prose = heading.parent
        if prose is None or prose.find(["h1", "h2", "h3"]) is not heading:
            continue
        cells = _section(prose)
        shown = [part for cell in cells for output in cell.select(".output") for part in _children(output)]
        if not shown or not all("nothing" in (part.get("class") or []) for part in shown):
            continue
        fold = soup.new_tag("details", attrs={"class": "nothing"})
        summary = soup.new_tag("summary")
        summary.string = shown[0].get_text()
        fold.append(summary)
        method = [part for part in prose.find_all(recursive=False) if part is not heading]
        for part in [*method, *(part for cell in cells for part in cell.find_all(recursive=False))]:
            fold.append(part.extract())
        for cell in cells:
            cell.decompose()
        shown[0].decompose()
        prose.append(fold)


def _section(prose: Tag) -> list[Tag]:
    """Return what follows the prose of a heading, up to the next heading or the end of the page's cells."""
    cells = []
    for cell in prose.find_next_siblings():
        if cell.name != "section" or cell.find(["h1", "h2", "h3"]):
            break
        cells.append(cell)
    return cells


def _children(output: Tag) -> list[Tag]:
    """Return the pieces of a cell's output."""
    return [
        part for part in output.find_all(recursive=False) if part.get_text(strip=True) or part.find("img")
    ]


def _let_tables_scroll(soup: BeautifulSoup) -> None:
    """Put each table in a region that scrolls, named by its caption."""
    named: Counter[str] = Counter()
    for drawn in soup.find_all("table"):
        caption = drawn.find("caption")
        told = caption.get_text() if caption else "Table"
        named[told] += 1
        # Regions of one page need names of their own.
        name = {"aria-label": told if named[told] == 1 else f"{told}, {named[told]}"}
        drawn.wrap(soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "region"} | name))


def _written(soup: BeautifulSoup) -> str:
    """Return a page as text."""
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
