"""Tables, figures and sentences as safe, accessible HTML that is the same, byte for byte, every time."""

import base64
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup, escape

from helpers.text import inert
from helpers.words import Concordance

__all__ = [
    "PLAIN",
    "ROWS_SHOWN",
    "Block",
    "details",
    "drill",
    "figure",
    "inert_csv",
    "inert_table",
    "kwic",
    "link",
    "mark",
    "note",
    "safe",
    "say",
    "stack",
    "table",
]
ROWS_SHOWN = 40
# Rows of all groups of a `drill` together.
ROWS_FOLDED = 400
LONG_CELL = 40
PARAGRAPH = 3
# No mathematics is ever meant: JupyterLab must leave dollar signs alone.
PLAIN = "tex2jax_ignore mathjax_ignore"
_FLOAT_DIGITS = 3
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
    text = " ".join(sentences)
    if len(sentences) <= PARAGRAPH:
        return Block(Markup('<p class="finding {}">{}</p>').format(PLAIN, safe(text)), text)
    items = Markup("").join(Markup("<li>{}</li>").format(safe(sentence)) for sentence in sentences)
    return Block(Markup('<ul class="finding {}">{}</ul>').format(PLAIN, items), text)


def note(text: str) -> Block:
    """Return a computed remark on method or limits, set apart from findings."""
    return Block(Markup('<p class="remark {}"><small>{}</small></p>').format(PLAIN, safe(text)), text)


def table(
    frame: pd.DataFrame, *, caption: str, n: int = ROWS_SHOWN, csv: str = "", overflow: str = ""
) -> Block:
    """Return `frame` as a captioned HTML table of its first `n` rows.

    Every cell and heading is escaped but Markup made by this room (`mark`, `link`). The caption says
    "n of m rows shown" when rows are left out. With `csv`, a name, the exported page has the whole table
    beside it as a file of that name; with `overflow` only where rows are left out.
    """
    shown = frame.head(n)
    overflow = overflow if len(shown) < len(frame) else ""
    csv = csv or overflow
    if len(shown) < len(frame):
        caption = f"{caption} ({len(shown):,} of {len(frame):,} rows shown)"
    if not len(shown):
        return say(f"{caption}: no rows.")
    numeric = [pd.api.types.is_numeric_dtype(t) and not pd.api.types.is_bool_dtype(t) for t in shown.dtypes]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(
            Markup(' class="number"') if number else "", safe(str(name))
        )
        for name, number in zip(shown.columns, numeric, strict=True)
    )
    body = Markup("\n").join(_row(row, numeric) for row in shown.itertuples(index=False, name=None))
    html = Markup(
        '<table class="{}">\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table>"
    ).format(PLAIN, safe(caption), head, body)
    text = shown.map(lambda cell: cell.striptags() if isinstance(cell, Markup) else _plain(cell))
    plain = f"{caption}\n{text.to_string(index=False, max_colwidth=60)}"
    return Block(html, plain, inert_csv(frame) if csv else "", csv, bool(overflow))


def inert_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV in which no cell is a formula: one that would be starts with an apostrophe."""
    return inert_table(frame).to_csv(index=False, lineterminator="\n")


def inert_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with cells and headings that no spreadsheet takes for a formula."""
    return frame.map(_inert).rename(columns=_inert)


def figure(axes: object, *, alt: str, caption: str) -> Block:
    """Return the figure of `axes` (matplotlib) as an inline SVG picture, or a sentence where it has nothing.

    `alt` tells what the picture shows, with its numbers, to those who cannot see it.
    """
    if not alt.strip():
        raise ValueError("a figure needs an alternative text that tells its finding")
    if not axes.has_data():  # type: ignore[attr-defined]
        return say(f"{caption}: nothing to draw.", alt)
    buffer = io.BytesIO()
    axes.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})  # type: ignore[attr-defined]
    data = base64.b64encode(_slim(buffer.getvalue().decode("utf-8")).encode("utf-8")).decode("ascii")
    html = Markup(
        '<figure class="{}"><img alt="{}" src="data:image/svg+xml;base64,{}">'
        "<figcaption>{}</figcaption></figure>"
    ).format(PLAIN, safe(alt), data, safe(caption))
    return Block(html, f"Figure: {caption}\n{alt}")


def details(summary: str, content: Block) -> Block:
    """Return `content` folded under `summary`; it opens by click, by key, and on paper.

    The file of a table that leaves rows out (`overflow`) goes with it.
    """
    html = Markup('<details class="drill"><summary class="{}">{}</summary>\n{}\n</details>').format(
        PLAIN, safe(summary), content.html
    )
    folded = Block(html, f"{summary}\n{content.text}")
    if not content.overflow:
        return folded
    return replace(folded, csv=content.csv, csv_name=content.csv_name, overflow=True)


def drill(
    frame: pd.DataFrame,
    *,
    by: str,
    caption: str,
    n: int = ROWS_SHOWN,
    shown: int = 50,
    overflow: str = "",
) -> Block:
    """Return the rows of `frame` folded by the value of column `by`, in order of appearance.

    At most `n` rows of a group are drawn, at most `shown` groups, and of these no more than have ROWS_FOLDED
    rows together, but always the first. What is left out is said; with `overflow`, a name, the exported
    page then has the whole table beside it as a file of that name.
    """
    sizes = frame.groupby(by, sort=False).size()
    drawn = sizes.clip(upper=n).cumsum() <= ROWS_FOLDED
    names = sizes.index[: max(int(drawn.sum()), 1)][:shown]
    chosen = frame[frame[by].isin(names)].groupby(by, sort=False)
    blocks = [
        details(
            f"{name}: {len(group):,} {'row' if len(group) == 1 else 'rows'}",
            table(group.drop(columns=by), caption=f"{caption}, {name}", n=n),
        )
        for name, group in chosen
    ]
    if not blocks:
        return say(f"{caption}: no rows.")
    if len(names) < len(sizes):
        blocks.append(note(f"{len(names):,} of {len(sizes):,} groups shown."))
    if not overflow or (len(names) == len(sizes) and sizes.max() <= n):
        return stack(blocks)
    return replace(stack(blocks), csv=inert_csv(frame), csv_name=overflow, overflow=True)


def stack(blocks: Iterable[Block]) -> Block:
    """Return blocks one below the other."""
    blocks = list(blocks)
    return Block(Markup("\n").join(b.html for b in blocks), "\n".join(b.text for b in blocks))


def kwic(
    concordance: Concordance, *, caption: str, n: int = ROWS_SHOWN, csv: str = "", overflow: str = ""
) -> Block:
    """Return a concordance table with its nodes marked and stacked in the middle; options as in `table`."""
    frame = pd.DataFrame(
        {
            "report": concordance["doc_id"],
            "left": concordance["left"],
            # As objects: a column of strings would take the mark for text.
            "node": pd.Series(map(mark, concordance["node"]), index=concordance.index, dtype=object),
            "right": concordance["right"],
            "voice": concordance["voice"],
            "characters": [
                f"{start}-{end}"
                for start, end in zip(concordance["start_char"], concordance["end_char"], strict=True)
            ],
        }
    )
    if 0 < len(frame) <= n:
        caption = f"{caption}: all {len(frame)} uses" if len(frame) > 1 else f"{caption}: the only use"
    block = table(frame, caption=caption, n=n, csv=csv, overflow=overflow)
    return replace(block, html=Markup('<div class="kwic">{}</div>').format(block.html))


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


def _row(cells: Sequence[object], numeric: Sequence[bool]) -> Markup:
    """Return one table row."""
    parts = (_cell(cell, number=number) for cell, number in zip(cells, numeric, strict=True))
    return Markup("<tr>{}</tr>").format(Markup("").join(parts))


def _cell(cell: object, *, number: bool) -> Markup:
    """Return one table cell; a long text gets the width to be read in, also on a phone."""
    content = cell if isinstance(cell, Markup) else safe(_plain(cell))
    if number:
        return Markup('<td class="number">{}</td>').format(content)
    if len(content.striptags()) > LONG_CELL:
        return Markup('<td class="long" dir="auto">{}</td>').format(content)
    return Markup('<td dir="auto">{}</td>').format(content)


def _inert(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, Markup):
        cell = cell.striptags()
    return inert(cell) if isinstance(cell, str) else cell


def _plain(cell: object) -> str:
    """Return a cell as text: numbers rounded, infinities and gaps in words."""
    if isinstance(cell, bool | str):
        return str(cell)
    if isinstance(cell, float):
        if math.isnan(cell):
            return "n/a"
        if math.isinf(cell):
            return "∞" if cell > 0 else "−∞"
        return f"{cell:,.{_FLOAT_DIGITS}f}".replace("-", "−")
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def safe(text: str) -> Markup:
    """Return `text` escaped; control and bidirectional override characters show as U+FFFD."""
    return escape(_UNSEEN.sub("\ufffd", text))
