"""Figures, folds and sentences as safe, accessible HTML that is the same, byte for byte, every time."""

import base64
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from helpers.pages.bidi import isolated
from helpers.text import inert

__all__ = [
    "PLAIN",
    "Block",
    "answer",
    "counted_in",
    "details",
    "figure",
    "inert_csv",
    "inert_table",
    "link",
    "mark",
    "note",
    "nothing",
    "plain",
    "safe",
    "say",
    "stack",
]
PARAGRAPH = 3
# No mathematics is ever meant: JupyterLab must leave dollar signs alone.
PLAIN = "tex2jax_ignore mathjax_ignore"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\uffff]")


@dataclass(frozen=True)
class Block:
    """A piece of a page: its HTML, and the same in plain text."""

    html: Markup
    text: str
    csv: str = ""
    csv_name: str = ""
    overflow: bool = False  # whether the CSV is there because rows are left out

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Return both forms, for Jupyter, and the whole table as CSV where there is one, for the report."""
        bundle = {"text/html": str(self.html), "text/plain": self.text}
        if not self.csv_name:
            return bundle, {}
        return bundle | {"text/csv": self.csv}, {"text/csv": {"filename": self.csv_name}}

    def __repr__(self) -> str:
        """Return the plain text."""
        return self.text


def say(*sentences: str) -> Block:
    """Return computed sentences: up to three as a paragraph, more as a list."""
    if not sentences:
        return Block(Markup(""), "")
    sentences = tuple(map(_begun, sentences))
    text = " ".join(map(plain, sentences))
    if len(sentences) <= PARAGRAPH:
        told = Markup(" ").join(map(_told, sentences))
        return Block(Markup('<p class="finding {}">{}</p>').format(PLAIN, told), text)
    items = Markup("").join(Markup("<li>{}</li>").format(_told(sentence)) for sentence in sentences)
    return Block(Markup('<ul class="finding {}">{}</ul>').format(PLAIN, items), text)


def nothing(text: str) -> Block:
    """Return the sentence that says that there is nothing to show; the exported page folds such a section."""
    told = say(text)
    return replace(told, html=Markup(str(told.html).replace('class="finding', 'class="finding nothing', 1)))


def answer(sentences: Sequence[str], picture: "Block | None" = None) -> Block:
    """Return the answer of a page: its sentences, and the picture that shows it, if there is one.

    Read as plain text, it is the sentences alone. A picture without anything drawn is left out.
    """
    told = say(*sentences)
    picture = picture if picture and "<img" in picture.html else None
    return replace(told, html=Markup("\n").join(b.html for b in (told, picture) if b))


class _CountedIn(str):
    """A sentence, and the name of the table that its numbers are counted in."""

    __slots__ = ("table",)
    table: str


def counted_in(sentence: str, table: str) -> str:
    """Return a sentence whose numbers open the table of that name, or the row there that has them.

    >>> say(counted_in("4 reports.", "sizes")).html
    Markup('<p class="finding tex2jax_ignore mathjax_ignore"><span data-table="sizes">4 reports.</span></p>')
    """
    told = _CountedIn(sentence)
    told.table = table
    return told


def _begun(sentence: str) -> str:
    """Return a sentence with a capital at its begin, whatever name it begins with."""
    if isinstance(sentence, Markup) or not sentence[:1].islower():
        return sentence
    begun = sentence[:1].upper() + sentence[1:]
    return counted_in(begun, sentence.table) if isinstance(sentence, _CountedIn) else begun


def _told(sentence: str) -> Markup:
    """Return a sentence as HTML, with the table that its numbers are counted in."""
    html = isolated(safe(sentence))
    if not isinstance(sentence, _CountedIn):
        return html
    return Markup('<span data-table="{}">{}</span>').format(sentence.table, html)


def note(text: str) -> Block:
    """Return a computed remark on method or limits, set apart from findings."""
    return Block(
        Markup('<p class="remark {}"><small>{}</small></p>').format(PLAIN, isolated(safe(text))), text
    )


def inert_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV in which no cell is a formula: one that would be starts with an apostrophe."""
    return inert_table(frame).to_csv(index=False, lineterminator="\n")


def inert_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with cells and headings that no spreadsheet takes for a formula."""
    columns = [_inert_column(values) for _, values in frame.items()]
    table = pd.concat(columns, axis=1) if columns else frame
    return table.set_axis([_inert(name) for name in frame.columns], axis=1)


def _inert_column(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column with inert cells; of cells that are often the same each is looked at once."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values
    if not isinstance(values.dtype, pd.StringDtype):
        return values.map(_inert)
    codes, cells = pd.factorize(values, use_na_sentinel=False)
    return pd.Series(cells.map(_inert).to_numpy(object)[codes], values.index, values.dtype, values.name)


def figure(axes: object, *, alt: str, caption: str) -> Block:
    """Return the figure of `axes` (matplotlib) as an inline SVG picture, or a sentence where it has nothing.

    `alt` tells what the picture shows, with its numbers, to those who cannot see it.
    """
    if not alt.strip():
        raise ValueError("a figure needs an alternative text that tells its finding")
    if not axes.has_data():  # type: ignore[attr-defined]
        return nothing(f"{caption}: nothing to draw. {alt}")
    buffer = io.BytesIO()
    _draw(axes.figure, buffer)  # type: ignore[attr-defined]
    data = base64.b64encode(_slim(buffer.getvalue().decode("utf-8")).encode("utf-8")).decode("ascii")
    html = Markup(
        '<figure class="{}" style="background:#fff"><img alt="{}" src="data:image/svg+xml;base64,{}">'
        "<figcaption>{}</figcaption></figure>"
    ).format(PLAIN, safe(alt), data, isolated(safe(caption)))
    return Block(html, f"Figure: {caption}\n{alt}")


def _draw(drawn: Any, buffer: io.BytesIO) -> None:
    """Write a figure as SVG; one of ours in one go, which `savefig` would draw twice for its layout."""
    write = getattr(drawn.canvas, "print_svg", None) or partial(drawn.savefig, format="svg")
    write(buffer, metadata={"Date": None, "Creator": None})


def details(summary: str, content: Block) -> Block:
    """Return `content` folded under `summary`; it opens by click, by key, and on paper.

    The file of a table that leaves rows out (`overflow`) goes with it.
    """
    html = Markup('<details class="drill"><summary class="{}">{}</summary>\n{}\n</details>').format(
        PLAIN, isolated(safe(summary)), content.html
    )
    folded = Block(html, f"{summary}\n{content.text}")
    if not content.overflow:
        return folded
    return replace(folded, csv=content.csv, csv_name=content.csv_name, overflow=True)


def stack(blocks: Iterable[Block]) -> Block:
    """Return blocks one below the other; the file of the one block that has one goes with them."""
    blocks = list(blocks)
    whole = Block(Markup("\n").join(b.html for b in blocks), "\n".join(b.text for b in blocks))
    filed = [b for b in blocks if b.csv_name]
    if len(filed) != 1:
        return whole
    return replace(whole, csv=filed[0].csv, csv_name=filed[0].csv_name, overflow=filed[0].overflow)


def mark(text: str, *, kind: str = "") -> Markup:
    """Return `text` highlighted; `kind` names the sort of mark for those who see no colour."""
    if kind:
        return Markup('<mark title="{}">{}</mark>').format(kind, safe(text))
    return Markup("<mark>{}</mark>").format(safe(text))


def link(text: str, target: str) -> Markup:
    """Return a link to an anchor of this page or to another page of the report."""
    return Markup('<a href="{}">{}</a>').format(target, safe(text))


def _slim(svg: str) -> str:
    """Return the same drawing in a third of the bytes: hundredths of a point, no prologue, ids or blanks.

    Glyphs are placed to a tenth of a point, by `x` instead of a transform.
    """
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<g id=\"[^\"]*\"", "<g", svg).replace("xlink:href", "href").replace("DejaVuSans-", "g-")
    svg = re.sub(r"(<use [^>]*)transform=\"translate\(([-\d.]+) 0\)\"", _placed, svg)
    svg = re.sub(r"(?<!\d)[1-9]\d*\.\d+", _rounded, svg)
    svg = re.sub(r" d=\"[^\"]*\"", _close_path, svg)
    svg = re.sub(r" style=\"[^\"]*\"", lambda style: re.sub(r"([:;]) ", r"\1", style[0]), svg)
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", svg)).strip()


def _rounded(number: re.Match[str]) -> str:
    """Return a number in hundredths, without noughts at its end."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _close_path(path: re.Match[str]) -> str:
    """Return a path's attribute without blanks around its letters."""
    return " " + re.sub(" ?([MLQCzZ]) ?", r"\1", " ".join(path[0].split()))


def _placed(use: re.Match[str]) -> str:
    """Return a glyph's element with its place as an attribute; text is drawn at a tenth of its units."""
    return f'{use[1]}x="{float(use[2]):.0f}"'


def _inert(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, Markup):
        cell = cell.striptags()
    return inert(cell) if isinstance(cell, str) else cell


def plain(text: str) -> str:
    """Return `text` without the marks and links that this room made."""
    return text.striptags() if isinstance(text, Markup) else text


def safe(text: str) -> Markup:
    """Return `text` escaped; control and bidirectional override characters show as U+FFFD."""
    if isinstance(text, Markup):
        return text
    return escape(_UNSEEN.sub("\ufffd", text))
