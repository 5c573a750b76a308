"""What a notebook of one's own shows and keeps: pictures in the house's look, tables as files."""

import io
import re
import zipfile
from pathlib import Path

import pandas as pd

from helpers.pages.blocks import Block, figure, inert_csv, inert_table, say
from helpers.pages.phrases import bars_alt, capped
from helpers.pages.plots import count_bars
from helpers.pages.plots_time import MOST_LINES, dated_lines, dated_lines_alt
from helpers.pages.tables import table
from helpers.place import ROOT
from helpers.words import DatedUses

__all__ = ["bars", "lines", "save", "show"]
TABLES = ROOT / "my-tables"
BARS = 30
# A workbook says when it was written; ours says always the same, so that the same table is the same file.
_WRITTEN = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EPOCH = b"2000-01-01T00:00:00Z"


def show(frame: pd.DataFrame, *, caption: str, n: int = 40) -> Block:
    """Return a table as the pages show it: its first `n` rows, with a caption.

    >>> show(pd.DataFrame({"word": ["bridge"], "n": [15]}), caption="Uses").text.splitlines()[-1]
    'bridge   15'
    """
    return table(_flat(frame), caption=caption, n=n)


def bars(frame: pd.DataFrame, *, label: str, value: str, caption: str) -> Block:
    """Return a bar for each of the first 30 rows: `label` names the column of names, `value` that of numbers.

    >>> bars(pd.DataFrame({"word": ["bridge"], "n": [15]}), label="word", value="n", caption="Uses")
    Figure: Uses
    Bars of n: bridge 15.
    """
    flat = _flat(frame)
    for column in (label, value):
        if column not in flat:
            raise ValueError(f"no column {column!r}; there are {', '.join(map(str, flat.columns))}")
    if not pd.api.types.is_numeric_dtype(flat[value]):
        raise ValueError(f"the column {value!r} holds no numbers")
    shown = flat.head(BARS)
    return figure(
        count_bars(shown, label=label, value=value),
        alt=bars_alt(shown, label=label, value=value, noun=value) if len(shown) else "No row to draw.",
        caption=capped(caption, len(shown), len(flat), "row"),
    )


def lines(dated: DatedUses, *, caption: str) -> Block:
    """Return a line for each outlet from the table of `read.over_time(word)`; unknown dates are left out."""
    known = dated[dated["date"] != "unknown"]
    if not len(known):
        return say(f"{caption}: no report has a date, so there is nothing to draw.")
    left = int(dated["n_words"].gt(0).sum() - known["n_words"].gt(0).sum())
    outlets = known["outlet"].nunique()
    said = capped(caption, min(outlets, MOST_LINES), outlets, "outlet")
    told = f"{said} (without {left:,} of unknown date)" if left else said
    return figure(dated_lines(known), alt=dated_lines_alt(known), caption=told)


def save(frame: pd.DataFrame, name: str) -> Block:
    """Write a table into my-tables/ as CSV or Excel, by the ending of `name`, and say where it is.

    No cell is a formula in the file. The same table gives the same bytes.
    """
    flat = _flat(frame)
    if not re.fullmatch(r"[\w.-]+\.(csv|xlsx)", name) or name.startswith("."):
        raise ValueError(f"{name!r}: give a file name that ends in .csv or .xlsx, without a folder")
    path = TABLES / name
    path.parent.mkdir(exist_ok=True)
    text = inert_csv(flat).encode("utf-8-sig") if name.endswith(".csv") else _workbook(flat)
    aside = path.with_name(path.name + ".new")
    aside.write_bytes(text)
    aside.replace(path)
    rows = f"{len(flat):,} row{'s' if len(flat) != 1 else ''}"
    return say(f"{rows} in {_shown(path)}.")


def _workbook(frame: pd.DataFrame) -> bytes:
    """Return a table as an Excel workbook in which no cell is a formula and no time is told."""
    raw, whole = io.BytesIO(), io.BytesIO()
    inert_table(frame).to_excel(raw, index=False)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            text = made.read(part)
            if part.filename == "docProps/core.xml":
                text = _WRITTEN.sub(_EPOCH, text)
            kept.writestr(zipfile.ZipInfo(part.filename), text, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose named row labels are columns."""
    return frame.reset_index() if any(name is not None for name in frame.index.names) else frame


def _shown(path: Path) -> str:
    """Return a path from the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
