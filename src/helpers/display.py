"""Tables, figures and sentences as safe, accessible HTML that is the same, byte for byte, every time."""

import base64
import io
import math
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup, escape

from helpers.readers import inert

__all__ = [
    "Block",
    "details",
    "discrepancy_table",
    "drill",
    "figure",
    "inert_csv",
    "kwic",
    "link",
    "mark",
    "note",
    "say",
    "stack",
    "synopsis_reader",
    "table",
]

ROWS_SHOWN = 40
# Rows of all groups of a `drill` together.
ROWS_FOLDED = 400
LONG_CELL = 40
# Reports named on one side of a difference.
REPORTS_NAMED = 3
PARAGRAPH = 3
# No mathematics is ever meant: JupyterLab must leave dollar signs alone.
_PLAIN = "tex2jax_ignore mathjax_ignore"
_FLOAT_DIGITS = 3
COLUMNS_SHOWN = 3
# See-through, so that the shade stands under the ink of a light page and of a dark one.
_QUOTED, _CHANGED = "background:rgba(0,114,178,.17)", "font-weight:600"
_RULE, _TIGHT = "border-top:1px solid rgba(128,128,128,.5);padding:.4em 0", "margin:.1em 0"
_ABSENT = "nothing that corresponds"
_COLUMN = (
    "display:inline-block;vertical-align:top;width:{}%;min-width:16rem;max-width:100%;padding:0 1rem 0 0"
)
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
        return Block(Markup('<p class="finding {}">{}</p>').format(_PLAIN, _safe(text)), text)
    items = Markup("").join(Markup("<li>{}</li>").format(_safe(sentence)) for sentence in sentences)
    return Block(Markup('<ul class="finding {}">{}</ul>').format(_PLAIN, items), text)


def note(text: str) -> Block:
    """Return a computed remark on method or limits, set apart from findings."""
    return Block(Markup('<p class="remark {}"><small>{}</small></p>').format(_PLAIN, _safe(text)), text)


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
            Markup(' class="number"') if number else "", _safe(str(name))
        )
        for name, number in zip(shown.columns, numeric, strict=True)
    )
    body = Markup("\n").join(_row(row, numeric) for row in shown.itertuples(index=False, name=None))
    html = Markup(
        '<table class="{}">\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table>"
    ).format(_PLAIN, _safe(caption), head, body)
    text = shown.map(lambda cell: cell.striptags() if isinstance(cell, Markup) else _plain(cell))
    plain = f"{caption}\n{text.to_string(index=False, max_colwidth=60)}"
    return Block(html, plain, inert_csv(frame) if csv else "", csv, bool(overflow))


def inert_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV in which no cell is a formula: one that would be starts with an apostrophe."""
    return frame.map(_inert).rename(columns=_inert).to_csv(index=False, lineterminator="\n")


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
    ).format(_PLAIN, _safe(alt), data, _safe(caption))
    return Block(html, f"Figure: {caption}\n{alt}")


def details(summary: str, content: Block) -> Block:
    """Return `content` folded under `summary`; it opens by click, by key, and on paper.

    The file of a table that leaves rows out (`overflow`) goes with it.
    """
    html = Markup('<details class="drill"><summary>{}</summary>\n{}\n</details>').format(
        _safe(summary), content.html
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
    concordance: pd.DataFrame, *, caption: str, n: int = ROWS_SHOWN, csv: str = "", overflow: str = ""
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
        return Markup('<mark title="{}">{}</mark>').format(kind, _safe(text))
    return Markup("<mark>{}</mark>").format(_safe(text))


def link(text: str, target: str) -> Markup:
    """Return a link to an anchor of this page or to another page of the report."""
    return Markup('<a href="{}">{}</a>').format(target, _safe(text))


def _slim(svg: str) -> str:
    """Return the same drawing in a third of the bytes: hundredths of a point, no prologue, ids or blanks.

    Glyphs are placed to a tenth of a point, by `x` instead of a transform.
    """
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<g id=\"[^\"]*\"", "<g", svg).replace("xlink:href", "href").replace("DejaVuSans-", "g-")
    svg = re.sub(r"(<use [^>]*)transform=\"translate\(([-\d.]+) 0\)\"", _placed, svg)
    svg = re.sub(r"[1-9]\d*\.\d+", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), svg)
    svg = re.sub(r" d=\"[^\"]*\"", lambda path: re.sub(r"\s*([MLQCzZ])\s*", r"\1", path[0]), svg)
    svg = re.sub(r" style=\"[^\"]*\"", lambda style: re.sub(r"([:;]) ", r"\1", style[0]), svg)
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", svg)).strip()


def _placed(use: re.Match[str]) -> str:
    """Return a glyph's element with its place as an attribute; text is drawn at a tenth of its units."""
    return f'{use[1]}x="{float(use[2]):.0f}"'


def _row(cells: Sequence[object], numeric: Sequence[bool]) -> Markup:
    """Return one table row."""
    parts = (_cell(cell, number=number) for cell, number in zip(cells, numeric, strict=True))
    return Markup("<tr>{}</tr>").format(Markup("").join(parts))


def _cell(cell: object, *, number: bool) -> Markup:
    """Return one table cell; a long text gets the width to be read in, also on a phone."""
    content = cell if isinstance(cell, Markup) else _safe(_plain(cell))
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


def _safe(text: str) -> Markup:
    """Return `text` escaped; control and bidirectional override characters show as U+FFFD."""
    return escape(_UNSEEN.sub("\ufffd", text))


def synopsis_reader(slots: pd.DataFrame, readings: pd.DataFrame, *, overflow: str = "") -> Block:
    """Return the reports of the events side by side, slot by slot, as far as `readings` has them.

    Shared words are underlined, words that the partner has others for are bold and marked, direct
    quotations are shaded, differences carry their number in `discrepancy_table` and link there; what has
    no counterpart keeps its place. Columns stand below each other where the page is narrow. With
    `overflow`, a name, the exported page has `slots` beside it as a file where some are left out.
    """
    pieces = dict(list(readings.groupby(["event_id", "slot_id", "doc_id"])))
    whole = slots[["event_id", "slot_id"]].drop_duplicates()["event_id"].value_counts()
    read = slots.merge(readings[["event_id", "slot_id", "doc_id"]].drop_duplicates())
    blocks, n_read = [_reader_key()], 0
    for event_id, event in read.groupby("event_id", sort=True):
        reports = sorted(event["doc_id"].unique())
        blocks.append(Block(Markup("<h3>{}</h3>").format(_safe(str(event_id))), str(event_id)))
        groups = list(event.groupby("slot_id", sort=True))
        blocks += [_slot(rows, reports, pieces) for _, rows in groups]
        n_read += len(groups)
        if len(groups) < whole[event_id]:
            blocks.append(note(f"{len(groups):,} of {whole[event_id]:,} slots shown."))
    if read["event_id"].nunique() < len(whole):
        blocks.append(note(f"{read['event_id'].nunique():,} of {len(whole):,} events shown."))
    if not len(slots):
        return say("There is no report to set side by side.")
    if not overflow or len(read) == len(slots):
        return stack(blocks)
    return replace(stack(blocks), csv=inert_csv(slots), csv_name=overflow, overflow=True)


def discrepancy_table(
    discrepancies: pd.DataFrame,
    read: pd.DataFrame,
    *,
    caption: str,
    n: int = ROWS_SHOWN,
    csv: str = "",
) -> Block:
    """Return the discrepancies as a numbered table; a number leads to its slot if it is `read`, and back."""
    columns = ("event_id", "slot_id", "kind", "n_slots")
    anchor, place = (
        Markup('<a id="difference-{0}" href="#{1}">{0}</a>'),
        Markup('<a id="difference-{0}">{0}</a>'),
    )
    linked = set(zip(read["event_id"], read["slot_id"], strict=True))
    sides = [_sides(discrepancies, side) for side in "ab"]
    rows = [
        (
            (anchor if (event_id, slot_id) in linked else place).format(k, _slot_anchor(event_id, slot_id)),
            kind,
            a,
            b,
            slots,
        )
        for k, (event_id, slot_id, kind, slots, a, b) in enumerate(
            zip(*(discrepancies[c].tolist() for c in columns), *sides, strict=True), start=1
        )
    ]
    names = ["no.", "kind", "one says", "the other says", "slots"]
    frame = pd.DataFrame(rows, columns=names, dtype=object).astype({"slots": int})
    return table(frame, caption=caption, n=n, csv=csv)


def _sides(discrepancies: pd.DataFrame, side: str) -> list[str]:
    """Return who says what on one side of each difference; of many reports the first."""
    columns = (discrepancies[f"{name}_{side}"].tolist() for name in ("doc_id", "others", "text"))
    told = []
    for doc_id, others, text in zip(*columns, strict=True):
        names = [doc_id, *others.split(", ")] if others else [doc_id]
        more = f" and {len(names) - REPORTS_NAMED:,} more" if len(names) > REPORTS_NAMED else ""
        told.append(f"{', '.join(names[:REPORTS_NAMED])}{more}: {text}")
    return told


def _slot_anchor(event_id: object, slot_id: object) -> str:
    """Return the anchor of a slot; the event's name goes in as a checksum, for it may hold anything."""
    return f"slot-{zlib.crc32(str(event_id).encode('utf-8', 'replace')):08x}-{slot_id}"


def _reader_key() -> Block:
    """Return the key to the marks of the reader."""
    html = Markup(
        '<p class="remark {}"><small>Key: <u>shared words</u>; <mark style="{}">other words than the '
        'partner</mark>; no mark: without a counterpart; <span style="{}">shaded: direct quotation</span>; '
        "[number]: a difference listed in the table.</small></p>"
    ).format(_PLAIN, _CHANGED, _QUOTED)
    return Block(html, str(html.striptags()))


def _slot(
    rows: pd.DataFrame, reports: Sequence[str], pieces: dict[tuple[object, ...], pd.DataFrame]
) -> Block:
    """Return one slot: a column for each report that has it, and on few reports for those that lack it."""
    event_id, slot_id = rows["event_id"].iloc[0], rows["slot_id"].iloc[0]
    relation = "reworded" if (rows["relation"] == "reworded").any() else rows["relation"].iloc[0]
    present = dict(zip(rows["doc_id"], zip(rows["moved"], rows["follows"], strict=True), strict=True))
    names = [name for name in reports if name in present or len(reports) <= COLUMNS_SHOWN]
    style = _COLUMN.format(96 // min(len(names), COLUMNS_SHOWN))
    columns = []
    for name in names:
        content = Block(Markup('<p class="absent" style="{}">{}</p>').format(_TIGHT, _ABSENT), _ABSENT)
        where = Markup("")
        if name in present:
            content = _reading(pieces[event_id, slot_id, name])
            where = _where(event_id, *present[name])
        html = Markup(
            '<div class="stretch" style="{}"><p style="{}"><small><b>{}</b>{}</small></p>{}</div>'
        ).format(style, _TIGHT, _safe(name), where, content.html)
        columns.append(Block(html, f"{name} {where.striptags()}".rstrip() + f": {content.text}"))
    html = Markup(
        '<section class="slot {0}" id="{1}" aria-label="{7}, slot {2}, {3}" style="{4}">'
        '<p style="{5}"><small>slot {2}, {3}</small></p>\n<div class="stretches">{6}</div>\n</section>'
    )
    anchor = _slot_anchor(event_id, slot_id)
    body = stack(columns)
    return Block(
        html.format(_PLAIN, anchor, slot_id, relation, _RULE, _TIGHT, body.html, _safe(str(event_id))),
        f"[{slot_id}] {relation}\n{body.text}",
    )


def _where(event_id: object, moved: bool, follows: int) -> Markup:
    """Return where a moved stretch stands in its own report, with a link; nothing for one in its place."""
    if not moved:
        return Markup("")
    if follows < 0:
        return Markup(" · moved: opens the report")
    return Markup(' · moved: stands after <a href="#{}">slot {}</a>').format(
        _slot_anchor(event_id, follows), follows
    )


def _reading(pieces: pd.DataFrame) -> Block:
    """Return the words of a stretch with their marks."""
    columns = ["quoted", "text", "mark", "partner", "partner_words", "differences"]
    parts = [_marked(*row) for row in pieces[columns].astype(object).itertuples(index=False, name=None)]
    html = Markup('<p dir="auto" style="{}">{}</p>').format(_TIGHT, Markup("").join(parts))
    return Block(html, "".join(pieces["text"]).strip())


def _marked(quoted: bool, text: str, mark: str, partner: str, words: str, differences: str) -> Markup:
    """Return one piece of text with its mark, its shade and the numbers of the differences that end there."""
    html = _safe(text.replace("**", ""))
    if mark == "shared":
        html = Markup("<u>{}</u>").format(html)
    if mark == "changed":
        html = Markup('<mark style="{}" title="{}: {}">{}</mark>').format(
            _CHANGED, _safe(partner), _safe(words), html
        )
    if quoted:
        html = Markup('<span class="quoted" style="{}">{}</span>').format(_QUOTED, html)
    number = Markup('<a href="#difference-{0}" aria-label="difference {0}"><small>[{0}]</small></a>')
    return html + Markup("").join(number.format(k) for k in differences.split())
