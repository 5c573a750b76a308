"""Tables as people read them: headings in words, few columns at first, an event as a row of its own."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup

from helpers.pages.bidi import attributes, is_mirrored, isolated
from helpers.pages.blocks import (
    PLAIN,
    Block,
    details,
    inert_csv,
    link,
    mark,
    note,
    nothing,
    plain,
    safe,
    stack,
)
from helpers.pages.headings import heading
from helpers.pages.shelf import Shelf
from helpers.words import Concordance

__all__ = ["COLUMNS_SHOWN", "ROWS_SHOWN", "Look", "drill", "kwic", "table"]
ROWS_SHOWN = 40
# Columns that are shown at first; the others open with a click.
COLUMNS_SHOWN = 6
# Rows of all groups of a `drill` together.
ROWS_FOLDED = 400
LONG_CELL = 40
# Headings of the ends of an interval.
ENDS = (heading("low"), heading("high"))
# Columns of a test, and of its correction over several.
TESTS, CORRECTED = ("p_value", "p_reports"), ("q_value", "q_planned", "q_reports")
# What a string of a style sheet may not hold.
# The marks of Markdown: bold letters, and a heading's at its begin.
_MARKS = re.compile(r"\*\*|^#{1,6} ")
_NOT_QUOTED = re.compile(r"[\"\\\n\r\f<>]")


class Look(NamedTuple):
    """How a table is read: whose reports it has, which columns come first, how many folds, and of what."""

    shelf: Shelf | None = None
    first: str = ""
    folds: int = 50
    about: Mapping[str, object] = MappingProxyType({})


AS_IT_IS = Look()


class _Column(NamedTuple):
    """How the cells of a column are shown: as a number, as a share, at first or with all columns."""

    number: bool
    share: bool
    more: bool


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    n: int = ROWS_SHOWN,
    csv: str = "",
    overflow: str = "",
    look: Look = AS_IT_IS,
) -> Block:
    """Return `frame` as a captioned HTML table of its first `n` rows.

    Headings are in words. At first there are the columns that `look.first` names, or else the first six; the
    others open with a click. With `look.shelf`, reports go by their outlets' names and lead to their
    sentences, and each event is a row above its own. Every cell and heading is
    escaped but Markup made by these rooms. The caption says "n of m rows shown" when rows are left out. With
    `csv`, a name, the exported page has the whole table beside it as a file of that name; with `overflow`
    only where rows are left out. The table's anchor is that name, whether or not there is a file.
    """
    shown = frame.head(n)
    anchor = csv or overflow
    overflow = overflow if len(shown) < len(frame) else ""
    csv = csv or overflow
    if len(shown) < len(frame):
        caption = f"{caption} ({len(shown):,} of {len(frame):,} rows shown)"
    if not len(shown):
        return nothing(f"{caption}: none.")
    event, opened = None, {}
    shown = _without_untested(shown)
    wanted = [name for name in _names(look.first) if name in shown and name != "event_id"]
    shown = _ordered(shown, wanted)
    if look.shelf is not None:
        opened = look.shelf.opened(shown, look.about)
        shown = look.shelf.shown(shown, look.about)
        event = shown["event_id"].map(look.shelf.event) if "event_id" in shown else None
    rest = shown.drop(columns="event_id") if event is not None and shown.shape[1] > 1 else shown
    html = _drawn(rest, event, caption, anchor, len(wanted) or COLUMNS_SHOWN, opened)
    text = shown.rename(columns=lambda name: heading(str(name))).map(_text)
    told_plainly = f"{caption}\n{text.to_string(index=False, max_colwidth=60)}"
    return Block(html, told_plainly, inert_csv(frame) if csv else "", csv, bool(overflow))


def _without_untested(shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table without columns of tests that were not made, and of corrections over a single one."""
    fewest = {**dict.fromkeys(TESTS, 1), **dict.fromkeys(CORRECTED, 2)}
    empty = [name for name, n in fewest.items() if name in shown and shown[name].notna().sum() < n]
    return shown.drop(columns=empty)


def drill(
    frame: pd.DataFrame,
    *,
    by: str,
    caption: str,
    n: int = ROWS_SHOWN,
    overflow: str = "",
    look: Look = AS_IT_IS,
) -> Block:
    """Return the rows of `frame` folded by the value of column `by`, in order of appearance.

    At most `n` rows of a group are drawn, at most `look.folds` groups, and of these no more than have
    ROWS_FOLDED rows together, but always the first. What is left out is said; with `overflow`, a name, the
    exported page then has the whole table beside it as a file of that name, which is the anchor too.
    """
    sizes = frame.groupby(by, sort=False).size()
    drawn = sizes.clip(upper=n).cumsum() <= ROWS_FOLDED
    names = sizes.index[: max(int(drawn.sum()), 1)][: look.folds]
    chosen = frame[frame[by].isin(names)].groupby(by, sort=False)
    blocks = []
    for name, group in chosen:
        words = _group_name(name, by, look.shelf)
        # The group's own column stays while places are looked up, and is then its heading.
        rows = group if by == "doc_id" and look.shelf else group.drop(columns=by)
        own = table(rows, caption=f"{caption}, {words}", n=n, look=look._replace(about={by: name}))
        blocks.append(details(f"{words}: {len(group):,} {'row' if len(group) == 1 else 'rows'}", own))
    if not blocks:
        return nothing(f"{caption}: none.")
    if len(names) < len(sizes):
        blocks.append(note(f"{len(names):,} of {len(sizes):,} groups shown."))
    told = stack(blocks)
    if not overflow:
        return told
    told = replace(told, html=Markup('<div id="{}">{}</div>').format(overflow, told.html))
    if len(names) == len(sizes) and sizes.max() <= n:
        return told
    return replace(told, csv=inert_csv(frame), csv_name=overflow, overflow=True)


def kwic(
    concordance: Concordance,
    *,
    caption: str,
    n: int = ROWS_SHOWN,
    csv: str = "",
    overflow: str = "",
    look: Look = AS_IT_IS,
) -> Block:
    """Return a concordance table with its nodes marked and stacked in the middle; options as in `table`."""
    sides = {name: concordance[name] for name in ("left", "node", "right", "voice")}
    places = [
        f"{start}-{end}"
        for start, end in zip(concordance["start_char"], concordance["end_char"], strict=True)
    ]
    frame = pd.DataFrame({"report": concordance["doc_id"], **sides, "characters": places})
    if 0 < len(frame) <= n:
        caption = f"{caption}: all {len(frame)} uses" if len(frame) > 1 else f"{caption}: the only use"
    whole = table(frame, caption=caption, n=n, csv=csv, overflow=overflow)
    told = concordance[["doc_id", "start_char"] if look.shelf else ["doc_id"]].assign(**sides).head(n)
    mirrored = told["node"].map(is_mirrored).astype(bool)
    told["node"] = pd.Series(map(mark, told["node"]), index=told.index, dtype=object)
    if len(frame) > n:
        caption = f"{caption} ({n:,} of {len(frame):,} rows shown)"
    shown = [_lines(told[mirrored == side], caption, look, mirrored=side) for side in (False, True)]
    seen = stack([lines for lines in shown if lines] or [whole])
    return replace(whole, html=seen.html, text=seen.text)


def _lines(told: pd.DataFrame, caption: str, look: Look, *, mirrored: bool) -> Block | None:
    """Return lines of one direction, what stands before a word on the side from which it is read."""
    if not len(told):
        return None
    seen = table(told, caption=caption, n=len(told), look=look)
    html = str(seen.html)
    if mirrored:
        html = html.replace("<table ", '<table dir="rtl" ').replace("<caption>", '<caption dir="ltr">')
    return replace(seen, html=Markup('<div class="kwic">{}</div>').format(Markup(html)))


def _group_name(name: object, by: str, shelf: Shelf | None) -> str:
    """Return what a fold is called: the outlet of a report, the words of an event, else the value itself."""
    if shelf is None or by not in ("doc_id", "event_id"):
        return str(name)
    return shelf.event(name) if by == "event_id" else str(shelf.names.get(name, name))


def _names(first: str) -> list[str]:
    """Return the columns that `first` names: parted by bars where a name may have blanks, else by blanks."""
    return first.split("|") if "|" in first else first.split()


def _ordered(shown: pd.DataFrame, wanted: Sequence[str]) -> pd.DataFrame:
    """Return the columns in the order in which they are read: those named first, then the others."""
    return shown[[*wanted, *(name for name in shown if name not in wanted)]] if wanted else shown


def _drawn(
    shown: pd.DataFrame,
    event: "pd.Series[str] | None",
    caption: str,
    anchor: str,
    most: int,
    opened: Mapping[object, Sequence[str]],
) -> Markup:
    """Return the table as HTML; without more columns than `most` there is nothing to open."""
    names = [heading(str(name)) for name in shown.columns]
    looks = _looks(names, [_is_number(dtype) for dtype in shown.dtypes], most)
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_classes(look), safe(name))
        for look, name in zip(looks, names, strict=True)
    )
    labels = "".join(f'--c{k}:"{_NOT_QUOTED.sub(" ", name)}";' for k, name in enumerate(names, 1))
    more = Markup("")
    if len(names) > most:
        more = Markup('<details class="columns"><summary class="{}">All {} columns</summary></details>\n')
        more = more.format(PLAIN, len(names))
    return more + Markup(
        '<table class="{}"{} style="{}">\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n{}\n</table>'
    ).format(
        PLAIN,
        Markup(' id="{}"').format(anchor) if anchor else "",
        labels,
        isolated(safe(caption)),
        head,
        _body(shown, event, looks, opened),
    )


def _looks(names: Sequence[str], numbers: Sequence[bool], most: int) -> list[_Column]:
    """Return how each column is shown; the ends of a share's interval are shares as it is."""
    looks: list[_Column] = []
    for place, (name, number) in enumerate(zip(names, numbers, strict=True)):
        share = name.startswith("share") or (name in ENDS and bool(looks) and looks[-1].share)
        looks.append(_Column(number, share and number, place >= most))
    return looks


def _body(
    shown: pd.DataFrame,
    event: "pd.Series[str] | None",
    looks: Sequence[_Column],
    opened: Mapping[object, Sequence[str]],
) -> Markup:
    """Return the rows of a table, those of one event together under its name."""
    nothing = [""] * len(shown)
    targets = zip(*(opened.get(name, nothing) for name in shown.columns), strict=True)
    cells = shown.itertuples(index=False, name=None)
    rows = pd.Series([_row(row, looks, own) for row, own in zip(cells, targets, strict=True)], dtype=object)
    if event is None:
        return _group("", rows.tolist(), len(looks))
    groups = rows.groupby(event.to_numpy(), sort=False)
    return Markup("\n").join(_group(name, own.tolist(), len(looks)) for name, own in groups)


def _group(name: object, rows: Sequence[str], columns: int) -> Markup:
    """Return the rows of one event under its name, or all rows."""
    head = Markup("")
    if name:
        head = Markup('<tr class="group"><th colspan="{}" scope="rowgroup">{}</th></tr>\n')
        head = head.format(columns, isolated(safe(str(name))))
    return Markup("<tbody>\n{}{}\n</tbody>").format(head, Markup("\n").join(rows))


def _is_number(dtype: object) -> bool:
    """Return whether a column holds numbers."""
    return pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)  # type: ignore[arg-type]


def _classes(look: _Column, *more: str) -> Markup:
    """Return the class attribute of a cell, or nothing."""
    names = [*more, *(["number"] if look.number else []), *(["more"] if look.more else [])]
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup("")


def _row(cells: Sequence[object], looks: Sequence[_Column], targets: Sequence[str]) -> Markup:
    """Return one table row."""
    parts = (_cell(*cell) for cell in zip(cells, looks, targets, strict=True))
    return Markup("<tr>{}</tr>").format(Markup("").join(parts))


def _cell(cell: object, look: _Column, target: str) -> Markup:
    """Return one table cell, a link where it opens something; a long text gets the width to be read in."""
    if look.share and isinstance(cell, float) and math.isfinite(cell):
        cell = f"{100 * cell:.0f} %"
    # The marks of Markdown are the file's, not the report's.
    content = cell if isinstance(cell, Markup) else safe(_MARKS.sub("", _words(cell)))
    if target:
        content = link(str(content), f"#{target}")
    long = ("long",) if not look.number and len(plain(content)) > LONG_CELL else ()
    side = attributes(plain(content))
    shown = content if side.startswith(' dir="rtl"') else isolated(content)
    return Markup("<td{}{}>{}</td>").format(_classes(look, *long), side, shown)


def _text(cell: object) -> str:
    """Return a cell as it is shown where there is no HTML."""
    return plain(cell) if isinstance(cell, Markup) else _words(cell)


def _words(cell: object) -> str:
    """Return a cell as text: numbers to sensible digits, yes and no, infinities and gaps in words."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return cell
    if cell is pd.NA:
        return "n/a"
    if isinstance(cell, float):
        return _number(cell)
    return f"{cell:,}" if isinstance(cell, (int, np.integer)) else "" if cell is None else str(cell)


def _number(value: float) -> str:
    """Return a number with as many digits as can be meant."""
    if math.isnan(value):
        return "n/a"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 or not size else 3
    return f"{value:,.{digits}f}".replace("-", "−")
