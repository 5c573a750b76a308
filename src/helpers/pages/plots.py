"""Pictures: `plot(table, *, ax=None) -> Axes`; a plot draws the table it is given and computes nothing."""

from collections.abc import Sequence
from itertools import product
from textwrap import wrap
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from anyascii import anyascii
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

from helpers.names import NamingVariants
from helpers.pages.shelf import COLOURS, VOICE_NAMES
from helpers.voices import VOICES

__all__ = [
    "BLUE",
    "COLOURS",
    "GREY",
    "HALF_LABEL",
    "HATCHES",
    "LIGHT",
    "ORANGE",
    "VOICE_NAMES",
    "count_bars",
    "coverage_dates",
    "heat_table",
    "naming_matrix",
    "new_axes",
    "short_label",
    "voice_shares",
    "voice_stack",
]
BLUE, ORANGE, GREEN, PURPLE, GREY = COLOURS
LIGHT = "#D9DCE0"
FONT = "DejaVu Sans"
# Inches: about what a phone shows, so that letters are read there as large as they are drawn.
WIDTH = 4.0
# Events of a picture of dates.
MOST_EVENTS = 8
# Names above columns that may stay upright; more of them are turned.
ABREAST = 5
# Inches of a letter and of a line of nine points, and beside a drawing; letters by which lines may differ.
LETTER, LINE, MARGIN, SPARE = 0.078, 0.16, 0.3, 3
# Letters of a label, and of each of two that share a line: longer ones would take the drawing's room.
LABEL, HALF_LABEL, LONG_LABEL = 44, 24, 54
# No dots: matplotlib draws their hatch from a thousand circles, 150 KB in every picture.
HATCHES = ("", "///", "|||", "xxx", "\\\\\\")
# The reader's own settings (matplotlibrc) must not change a picture.
matplotlib.rcdefaults()
matplotlib.rcParams.update(
    {
        "svg.hashsalt": "variorum",
        "svg.fonttype": "path",
        "text.parse_math": False,
        "font.family": FONT,
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "legend.frameon": False,
    }
)


def new_axes(*, width: float = WIDTH, height: float = 3.0) -> Axes:
    """Return the axes of a new figure of that size in inches, outside any global state."""
    drawn = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(drawn)  # which the figure then holds
    return drawn.subplots()


def short_label(name: object, *, most: int = LABEL) -> str:
    """Return a name as a label: one line of letters that the font has, the middle of a long one left out."""
    text = " ".join("".join(map(_letter, str(name))).split())
    end = most // 3
    return text if len(text) <= most else f"{text[: most - end - 1]}…{text[-end:]}"


def _letter(char: str) -> str:
    """Return a character as it can be drawn: in Latin letters where the font lacks it, else U+FFFD."""
    if char.isspace():
        return " "
    if not char.isprintable():
        return "\ufffd"
    return char if get_font(findfont(FONT)).get_char_index(ord(char)) else anyascii(char) or "\ufffd"


def count_bars(
    counts: pd.DataFrame, *, label: str, value: str, colours: Sequence[str] = (), ax: Axes | None = None
) -> Axes:
    """Return horizontal bars of `value`, one per row in the table's order, name above and number beside each.

    `colours` gives each bar's, for what it belongs to.
    """
    ax = ax or new_axes(height=0.3 + 0.46 * max(len(counts), 1))
    places = np.arange(len(counts))
    ax.barh(places, counts[value], color=list(colours) or BLUE, height=0.42)
    for place, name, number in zip(places, counts[label], counts[value], strict=True):
        ax.text(0, place - 0.36, short_label(name), va="center", fontsize=9)
        ax.annotate(f" {number:,.4g}", (number, place), va="center", fontsize=9)
    ax.set_ylim(len(counts) - 0.6, -0.75)
    ax.margins(x=0.12)
    ax.set_axis_off()
    return ax


def _mark_days(ax: Axes, line: int, outlet: str, reports: pd.DataFrame, aside: pd.Timedelta) -> None:
    """Mark the days of an outlet's reports on their line, its name before them where `aside` is negative."""
    days, colour = reports["day"], reports["colour"].iloc[0]
    ax.plot(days, [line] * len(days), "o", color=colour, markersize=6)
    before = aside < pd.Timedelta(0)
    style = {"ha": "right" if before else "left", "va": "center", "fontsize": 9, "color": colour}
    place = (days.min() if before else days.max()) + aside
    ax.text(place, line, short_label(outlet, most=HALF_LABEL), **style)


def coverage_dates(dated: pd.DataFrame, *, colours: Sequence[str], ax: Axes | None = None) -> Axes:
    """Return a line of marks for each event and outlet, one mark at the day of each report.

    `dated` has event, outlet and day; `colours` is that of each row's outlet. Events stand in the order of
    their first day, under their names.
    """
    groups = list(dated.assign(colour=list(colours)).groupby("event", sort=False))[:MOST_EVENTS]
    lines = sum(own["outlet"].nunique() + 1 for _, own in groups)
    ax = ax or new_axes(height=0.7 + 0.27 * lines)
    if dated.empty:
        return ax
    first, last = dated["day"].min(), dated["day"].max()
    room = (last - first) * 0.04 + pd.Timedelta(hours=6)
    line = 0
    for event, own in groups:
        ax.text(first - room, line, short_label(event), va="center", fontsize=9, fontweight="bold")
        for outlet, reports in own.groupby("outlet", sort=True):
            line += 1
            near_end = reports["day"].max() > first + (last - first) * 0.5
            _mark_days(ax, line, str(outlet), reports, -room / 2 if near_end else room / 2)
        line += 1
    ax.set(xlim=(first - room, last + room), ylim=(max(line, 1) - 0.3, -0.7))
    locator = AutoDateLocator(minticks=2, maxticks=4)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    return ax


def heat_table(matrix: pd.DataFrame, *, title: str, digits: int = 2, ax: Axes | None = None) -> Axes:
    """Return a heat map with every number printed; rows and columns as in `matrix`, darker is more."""
    columns = [short_label(name) for name in matrix.columns]
    rows = [short_label(name, most=HALF_LABEL) for name in matrix.index]
    heads, tall, turned = _heads(columns, rows)
    ax = ax or new_axes(height=0.5 + 0.36 * len(rows) + tall)
    values = matrix.to_numpy(dtype=float)
    top = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
    if values.size:
        ax.imshow(np.ma.masked_invalid(values), cmap="Blues", vmin=0, vmax=top or 1.0, aspect="auto")
    for (row, column), number in np.ndenumerate(values):
        if np.isfinite(number):
            colour = "white" if number > 0.6 * top else "black"
            ax.text(column, row, f"{number:.{digits}f}", ha="center", va="center", color=colour, fontsize=9)
    ax.set_xticks(range(len(columns)), heads, rotation=turned, fontsize=9)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_yticks(range(len(rows)), rows, fontsize=9)
    ax.set_xlabel(title)
    return ax


def voice_stack(
    counts: pd.DataFrame, *, label: str, voices: Sequence[str], xlabel: str, ax: Axes | None = None
) -> Axes:
    """Return stacked bars of uses, one per row in the table's order, each under its name.

    Each voice has its colour and hatch; the number of all uses stands at a bar's end.
    """
    drawn = [voice for voice in voices if voice in counts and counts[voice].any()]
    ax = ax or new_axes(height=0.9 + 0.46 * len(counts))
    places, left = np.arange(len(counts)), np.zeros(len(counts))
    for voice, colour, hatch in zip(voices, COLOURS, HATCHES, strict=False):
        if voice in drawn:
            style: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white"}
            name = VOICE_NAMES.get(voice, voice.replace("_", " "))
            ax.barh(places, counts[voice], left=left, height=0.42, label=name, **style)
            left = left + counts[voice].to_numpy(float)
    for place, name, number in zip(places, counts[label], left, strict=True):
        ax.text(0, place - 0.36, short_label(name, most=LONG_LABEL), va="center", fontsize=9)
        ax.annotate(f" {number:,.0f}", (number, place), va="center", fontsize=9)
    ax.set_ylim(len(counts) - 0.6, -0.75)
    ax.margins(x=0.12)
    ax.set_axis_off()
    _legend(ax, xlabel)
    return ax


def voice_shares(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return one stacked bar per report under its name: the share of its words in each voice, numbered."""
    wide = shares.pivot(index="doc_id", columns="voice", values="share").fillna(0.0)
    ax = ax or new_axes(height=0.9 + 0.52 * len(wide))
    places, left = np.arange(len(wide)), np.zeros(len(wide))
    for voice, colour, hatch in zip(VOICES, (BLUE, ORANGE, GREEN, LIGHT), HATCHES, strict=False):
        values = wide[voice].to_numpy(dtype=float) if voice in wide else np.zeros(len(wide))
        style: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white"}
        ax.barh(places, values, left=left, height=0.5, label=VOICE_NAMES[voice], **style)
        for place, value, start in zip(places, values, left, strict=True):
            if value >= 0.08:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
                middle = (start + value / 2, place)
                ax.annotate(f"{100 * value:.0f} %", middle, ha="center", va="center", fontsize=9, bbox=box)
        left = left + values
    for place, name in zip(places, wide.index, strict=True):
        ax.text(0, place - 0.38, short_label(name), va="center", fontsize=9)
    ax.set(xlim=(0, 1), ylim=(len(wide) - 0.6, -0.75))
    ax.set_axis_off()
    _legend(ax, "")
    return ax


def _legend(ax: Axes, title: str) -> None:
    """Write below a picture what its colours are, two a line."""
    if not ax.patches:
        return
    ax.legend(
        loc="upper left", bbox_to_anchor=(0, 0), ncols=2, fontsize=9, title=title or None, alignment="left"
    )


def naming_matrix(variants: NamingVariants, *, ax: Axes | None = None) -> Axes:
    """Return entity x name x report: a square with its number where a report uses a name, else a dot.

    `variants` (entity, surface, doc_id, n) is drawn in its own order, one block of names per entity.
    """
    reports = sorted(variants["doc_id"].unique())
    names = variants[["entity", "surface"]].drop_duplicates()
    blocks = list(names.groupby("entity", sort=False)["surface"])
    lines = [(entity, name) for entity, block in blocks for name in ("", *block)]
    beside = [short_label(name or entity, most=30) for entity, name in lines]
    heads, tall, turned = _heads([short_label(report) for report in reports], beside)
    ax = ax or new_axes(height=0.3 + 0.26 * len(lines) + tall)
    uses = variants.set_index(["entity", "surface", "doc_id"])["n"].to_dict()
    top = max(map(int, uses.values()), default=1)
    named = [(y, entity, name) for y, (entity, name) in enumerate(lines) if name]
    for (y, entity, name), (x, report) in product(named, enumerate(reports)):
        _mark_uses(ax, x, y, int(uses.get((entity, name, report), 0)), top=top)
    ax.set_yticks(range(len(lines)), beside)
    for tick, (_, name) in zip(ax.get_yticklabels(), lines, strict=True):
        tick.set(fontsize=9, fontweight="normal" if name else "bold")
    ax.set_xticks(range(len(reports)), heads, rotation=turned, fontsize=9)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.6, len(reports) - 0.4), ylim=(len(lines) - 0.4, -0.6))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _heads(labels: Sequence[str], rows: Sequence[str]) -> tuple[list[str], float, int]:
    """Return the names above columns in lines, the inches they take, and the degrees they are turned.

    They stay upright where each word fits above its column, beside the names of the `rows`.
    """
    room = (WIDTH - MARGIN - LETTER * max(map(len, rows), default=0)) / max(len(labels), 1)
    longest = max((len(word) for label in labels for word in label.split()), default=0)
    fits = int(room / LETTER)
    if len(labels) <= ABREAST and longest <= fits:
        heads = ["\n".join(wrap(label, fits)) for label in labels]
        return heads, LINE * max((head.count("\n") + 1 for head in heads), default=0), 0
    lines = max(int(room / LINE), 1)
    widths = [max(-(-len(label) // lines) + SPARE, longest) for label in labels]
    heads = ["\n".join(wrap(label, width)[:lines]) for label, width in zip(labels, widths, strict=True)]
    return heads, LETTER * max((len(line) for head in heads for line in head.split("\n")), default=0), 90


def _mark_uses(ax: Axes, x: int, y: int, n: int, *, top: int) -> None:
    """Draw a square with its number, darker for more uses, or a dot for none."""
    if not n:
        ax.plot(x, y, ".", color=LIGHT, markersize=4)
        return
    shade = matplotlib.colormaps["Blues"](0.25 + 0.65 * n / top)
    ax.plot(x, y, "s", color=shade, markersize=15)
    ax.annotate(
        str(n), (x, y), ha="center", va="center", fontsize=9, color="white" if n > 0.7 * top else "black"
    )
