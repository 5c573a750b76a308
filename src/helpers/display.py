"""Tables, figures and sentences as safe, accessible HTML that is the same, byte for byte, every time."""

import base64
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup, escape

__all__ = ["Block", "details", "figure", "kwic", "link", "mark", "note", "say", "stack", "table"]

ROWS_SHOWN = 40
# No mathematics is ever meant: JupyterLab must leave dollar signs alone.
_PLAIN = "tex2jax_ignore mathjax_ignore"
_FLOAT_DIGITS = 3


@dataclass(frozen=True)
class Block:
    """A piece of a page: its HTML, and the same in plain text."""

    html: Markup
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return both forms, for Jupyter."""
        return {"text/html": str(self.html), "text/plain": self.text}

    def __repr__(self) -> str:
        """Return the plain text."""
        return self.text


def say(*sentences: str) -> Block:
    """Return computed sentences as one paragraph."""
    text = " ".join(sentences)
    return Block(Markup('<p class="finding {}">{}</p>').format(_PLAIN, _safe(text)), text)


def note(text: str) -> Block:
    """Return a computed remark on method or limits, set apart from findings."""
    return Block(Markup('<p class="remark {}"><small>{}</small></p>').format(_PLAIN, _safe(text)), text)


def table(frame: pd.DataFrame, *, caption: str, n: int = ROWS_SHOWN, total: int | None = None) -> Block:
    """Return `frame` as a captioned HTML table of its first `n` rows.

    Every cell and heading is escaped but Markup made by this room (`mark`, `link`). The caption says
    "n of m rows shown" when rows are left out.
    """
    total = len(frame) if total is None else total
    shown = frame.head(n)
    if len(shown) < total:
        caption = f"{caption} ({len(shown):,} of {total:,} rows shown)"
    if not len(shown):
        return say(f"{caption}: no rows.")
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_safe(str(c))) for c in shown.columns)
    numeric = [pd.api.types.is_numeric_dtype(t) and not pd.api.types.is_bool_dtype(t) for t in shown.dtypes]
    body = Markup("\n").join(_row(row, numeric) for row in shown.itertuples(index=False, name=None))
    html = Markup(
        '<table class="{}">\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table>"
    ).format(_PLAIN, _safe(caption), head, body)
    text = shown.map(
        lambda cell: _safe(_plain(cell)).striptags() if isinstance(cell, Markup) else _plain(cell)
    )
    return Block(html, f"{caption}\n{text.to_string(index=False, max_colwidth=60)}")


def figure(axes: object, *, alt: str, caption: str) -> Block:
    """Return the figure of `axes` (matplotlib) as an inline SVG picture.

    `alt` tells what the picture shows, with its numbers, to those who cannot see it.
    """
    if not alt.strip():
        raise ValueError("a figure needs an alternative text that tells its finding")
    buffer = io.BytesIO()
    axes.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})  # type: ignore[attr-defined]
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    html = Markup(
        '<figure class="{}"><img alt="{}" src="data:image/svg+xml;base64,{}">'
        "<figcaption>{}</figcaption></figure>"
    ).format(_PLAIN, _safe(alt), data, _safe(caption))
    return Block(html, f"Figure: {caption}\n{alt}")


def details(summary: str, content: Block) -> Block:
    """Return `content` folded under `summary`; it opens by click, by key, and on paper."""
    html = Markup('<details class="drill"><summary>{}</summary>\n{}\n</details>').format(
        _safe(summary), content.html
    )
    return Block(html, f"{summary}\n{content.text}")


def stack(blocks: Iterable[Block]) -> Block:
    """Return blocks one below the other."""
    blocks = list(blocks)
    return Block(Markup("\n").join(b.html for b in blocks), "\n".join(b.text for b in blocks))


def kwic(concordance: pd.DataFrame, *, caption: str, n: int = ROWS_SHOWN) -> Block:
    """Return a concordance table with its nodes marked and stacked in the middle."""
    frame = pd.DataFrame(
        {
            "report": concordance["doc_id"],
            "left": concordance["left"],
            "node": [mark(node) for node in concordance["node"]],
            "right": concordance["right"],
            "voice": concordance["voice"],
            "characters": [
                f"{start}-{end}"
                for start, end in zip(concordance["start_char"], concordance["end_char"], strict=True)
            ],
        }
    )
    block = table(frame, caption=f"{caption}: all {len(frame)} of {len(frame)} uses", n=max(n, 1))
    return Block(Markup('<div class="kwic">{}</div>').format(block.html), block.text)


def mark(text: str, *, kind: str = "") -> Markup:
    """Return `text` highlighted; `kind` names the sort of mark for those who see no colour."""
    if kind:
        return Markup('<mark title="{}">{}</mark>').format(kind, _safe(text))
    return Markup("<mark>{}</mark>").format(_safe(text))


def link(text: str, target: str) -> Markup:
    """Return a link to an anchor of this page or to another page of the report."""
    return Markup('<a href="{}">{}</a>').format(target, _safe(text))


def _row(cells: Sequence[object], numeric: Sequence[bool]) -> Markup:
    """Return one table row."""
    parts = (
        Markup('<td class="number">{}</td>').format(_safe(_plain(cell)))
        if number
        else Markup('<td dir="auto">{}</td>').format(
            cell if isinstance(cell, Markup) else _safe(_plain(cell))
        )
        for cell, number in zip(cells, numeric, strict=True)
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(parts))


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


def _safe(text: str) -> Markup:
    """Return `text` escaped, with control and bidirectional characters made visible."""
    visible = "".join(
        char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co") else "\ufffd"
        for char in text
        if char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    return escape(visible)
