"""Pictures: `plot(table, *, ax=None) -> Axes`; a plot draws the table it is given and computes nothing."""

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from anyascii import anyascii
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.patches import Rectangle

from helpers.schema import VERDICTS, VOICES

__all__ = [
    "barcode",
    "class_bands",
    "count_bars",
    "derivation_graph",
    "event_heat",
    "forest",
    "funnel",
    "heat_table",
    "naming_matrix",
    "new_axes",
    "slot_ribbon",
    "voice_bars",
    "voice_shares",
    "voice_stack",
]

# Okabe and Ito's palette, darkened where a hue would fail 4.5:1 on white.
BLUE, ORANGE, GREEN, PURPLE, GREY, LIGHT = "#0072B2", "#B34700", "#007A5E", "#9A4F7E", "#5F6368", "#D9DCE0"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, GREY)
FONT = "DejaVu Sans"
# Letters of labels that fit side by side under a picture.
LABELS_ABREAST = 60
# Letters of a label, and of each of two that share a line: longer ones would take the drawing's room.
LABEL, HALF_LABEL = 44, 24
# Reports up to which a heat map of pairs prints its numbers: each weighs half a kilobyte.
NUMBERED = 12
# Letters of a name that fit into a node of the graph.
NAME_INSIDE = 4
# No dots: matplotlib draws their hatch from a thousand circles, 150 KB in every picture.
HATCHES = ("", "///", "|||", "xxx", "\\\\\\")
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
        "figure.facecolor": "white",
        "legend.frameon": False,
    }
)


def new_axes(*, width: float = 7.2, height: float = 3.6) -> Axes:
    """Return the axes of a new figure of that size in inches, outside any global state."""
    return Figure(figsize=(width, height), layout="constrained").subplots()


def _label(name: object, *, most: int = LABEL) -> str:
    """Return a name as a label: one line of letters that the font has, the middle of a long one left out."""
    text = " ".join("".join(map(_letter, str(name))).split())
    end = most // 3
    return text if len(text) <= most else f"{text[: most - end - 1]}…{text[-end:]}"


def _labels(first: object, second: object) -> str:
    """Return two names as one label."""
    return f"{_label(first, most=HALF_LABEL)}   {_label(second, most=HALF_LABEL)}"


def _letter(char: str) -> str:
    """Return a character as it can be drawn: in Latin letters where the font lacks it, else U+FFFD."""
    if char.isspace():
        return " "
    if not char.isprintable():
        return "\ufffd"
    return char if get_font(findfont(FONT)).get_char_index(ord(char)) else anyascii(char) or "\ufffd"


def count_bars(counts: pd.DataFrame, *, label: str, value: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Return horizontal bars of `value`, one per row in the table's order, each with its number."""
    ax = ax or new_axes(height=1.2 + 0.32 * len(counts))
    places = np.arange(len(counts))
    ax.barh(places, counts[value], color=BLUE, height=0.7)
    for place, number in zip(places, counts[value], strict=True):
        ax.annotate(f" {number:,.4g}", (number, place), va="center", fontsize=9)
    ax.set_yticks(places, [_label(name) for name in counts[label]])
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel(xlabel)
    return ax


def heat_table(matrix: pd.DataFrame, *, title: str, digits: int = 2, ax: Axes | None = None) -> Axes:
    """Return a heat map with every number printed; rows and columns as in `matrix`, darker is more."""
    columns, rows = ([_label(name) for name in names] for names in (matrix.columns, matrix.index))
    turned = _turned(columns)
    tall = 1.2 + 0.42 * len(rows) + (_room(columns) if turned else 0)
    ax = ax or new_axes(width=1.6 + 1.1 * len(columns) + _room(rows, free=16), height=tall)
    values = matrix.to_numpy(dtype=float)
    top = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
    if values.size:
        ax.imshow(np.ma.masked_invalid(values), cmap="Blues", vmin=0, vmax=top or 1.0, aspect="auto")
    for (row, column), number in np.ndenumerate(values):
        if np.isfinite(number):
            colour = "white" if number > 0.6 * top else "black"
            ax.text(column, row, f"{number:.{digits}f}", ha="center", va="center", color=colour, fontsize=9)
    ax.set_xticks(range(len(columns)), columns, rotation=turned)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_title(title)
    return ax


def voice_stack(
    counts: pd.DataFrame, *, label: str, voices: Sequence[str], xlabel: str, ax: Axes | None = None
) -> Axes:
    """Return stacked bars of uses, one per row in the table's order; each voice has its colour and hatch."""
    ax = ax or new_axes(height=1.5 + 0.3 * len(counts))
    places, left = np.arange(len(counts)), np.zeros(len(counts))
    for voice, colour, hatch in zip(voices, COLOURS, HATCHES, strict=False):
        ax.barh(
            places,
            counts[voice],
            left=left,
            height=0.7,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=voice.replace("_", " "),
        )
        left = left + counts[voice].to_numpy(float)
    for place, number in enumerate(left):
        ax.annotate(f" {number:,.0f}", (number, place), va="center", fontsize=9)
    ax.set_yticks(places, [_label(name) for name in counts[label]])
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel(xlabel)
    ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(voices), fontsize=9)
    return ax


def forest(keyness: pd.DataFrame, *, reach: float = 5.0, ax: Axes | None = None) -> Axes:
    """Return one line per row of `keyness`, in its order, under a heading per comparison.

    A mark stands at the log2 ratio, a bar spans the exact interval, counts stand at the right (target :
    reference). Circle and blue are more in the target, square and orange more in the reference; filled is
    flagged. Bars that go beyond `reach`, to infinity too, end in an arrowhead; marks stop just before it.
    """
    comparisons = list(keyness.groupby(["event_id", "target", "reference"], sort=False))
    ax = ax or new_axes(width=7.6, height=1.1 + 0.29 * len(keyness) + 0.6 * len(comparisons))
    ticks: dict[float, str] = {}
    line = 0.0
    for (event, target, reference), rows in comparisons:
        _heading(ax, line, reach, (str(event), str(target), str(reference)))
        for row in rows.itertuples(index=False):
            line += 1
            ticks[line] = _label(row.term)
            _interval(ax, line, row, reach)
        line += 2
    steps = np.arange(-int(reach), int(reach) + 1)
    ax.set_xticks(steps, [f"{2 ** abs(step)}×" if step else "same" for step in steps.tolist()])
    ax.set_yticks(list(ticks), list(ticks.values()))
    ax.set(xlim=(-reach * 1.02, reach * 1.02), ylim=(max(line - 1, 1), -1))
    if len(keyness):
        ax.axvline(0, color="black", linewidth=0.8)
    ax.grid(axis="x", color=LIGHT, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel("ratio of the rates (log scale) with its exact 95 % interval; filled: q < .05")
    return ax


def _heading(ax: Axes, line: float, reach: float, names: tuple[str, str, str]) -> None:
    """Write above a comparison who is compared, each outlet on its side."""
    event, target, reference = (_label(name, most=HALF_LABEL) for name in names)
    style: dict[str, Any] = {"va": "center", "fontsize": 9, "fontweight": "bold", "backgroundcolor": "white"}
    ax.text(-reach, line, f"◀ {reference}", color=ORANGE, ha="left", **style)
    ax.text(reach, line, f"{target} ▶", color=BLUE, ha="right", **style)
    ax.text(0, line - 0.75, event, ha="center", va="center", fontsize=9, backgroundcolor="white")


def _interval(ax: Axes, line: float, row: Any, reach: float) -> None:
    """Draw the ratio, interval and counts of one term."""
    more = row.log_ratio > 0
    colour, marker = (BLUE, "o") if more else (ORANGE, "s")
    ends = np.clip([row.low, row.high], -reach, reach)
    ax.plot(ends, [line, line], color=colour, linewidth=2, alpha=0.55, solid_capstyle="butt")
    for end, arrow, shown in ((row.low, "<", -reach), (row.high, ">", reach)):
        if abs(end) > reach:
            ax.plot(shown, line, marker=arrow, color=colour, markersize=6, clip_on=False)
    inner = reach - 0.25
    place = float(np.clip(row.log_ratio, -inner, inner))
    face = colour if row.flagged else "white"
    ax.plot(place, line, marker=marker, color=colour, markerfacecolor=face, markersize=7)
    counts = f"{row.n_target:>4} : {row.n_reference:<4}"
    right = ax.get_yaxis_transform()
    ax.text(1.02, line, counts, transform=right, va="center", family="monospace", fontsize=9)


def barcode(places: pd.DataFrame, bands: pd.DataFrame, reports: pd.Series, *, ax: Axes | None = None) -> Axes:
    """Return a row per term and report with a stroke at each use, over the report's quotations in grey.

    `places` has term, doc_id, place (0 to 1); `bands` doc_id, start, end (0 to 1); `reports` the name to
    show for each doc_id, in order. The number of strokes stands at the right.
    """
    terms = list(dict.fromkeys(places["term"]))
    rows = [(term, doc_id) for term in terms for doc_id in reports.index]
    ax = ax or new_axes(width=7.6, height=1.2 + 0.26 * len(rows) + 0.1 * len(terms))
    ticks = []
    for number, (term, doc_id) in enumerate(rows):
        line = number + 0.5 * (number // max(len(reports), 1))
        spans = bands[bands["doc_id"] == doc_id]
        ax.barh(
            np.full(len(spans), line),
            spans["end"] - spans["start"],
            left=spans["start"],
            color=LIGHT,
            height=0.8,
        )
        uses = places.loc[(places["term"] == term) & (places["doc_id"] == doc_id), "place"]
        colour = COLOURS[list(reports.index).index(doc_id) % len(COLOURS)]
        ax.vlines(uses, line - 0.4, line + 0.4, color=colour, linewidth=2)
        ax.text(1.015, line, f"{len(uses)}", va="center", color=colour, fontsize=9)
        ticks.append((line, _labels(term, reports[doc_id])))
    ax.set_yticks([line for line, _ in ticks], [label for _, label in ticks], fontsize=9)
    ax.set_xticks(np.linspace(0, 1, 6), [f"{share:.0%}" for share in np.linspace(0, 1, 6)])
    ax.set(xlim=(-0.005, 1.005), ylim=(max(ticks[-1][0] if ticks else 0, 0) + 0.7, -0.7))
    ax.set_xlabel("place in the report; grey: inside direct quotations")
    return ax


def voice_bars(keyness: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return two bars per row of `keyness`, target above reference: narrated uses solid, quoted hatched."""
    ax = ax or new_axes(width=7.2, height=1.6 + 0.52 * len(keyness))
    sides = (("target", -0.2, BLUE), ("reference", 0.2, ORANGE))
    ticks: dict[float, str] = {}
    for place, row in enumerate(keyness.itertuples(index=False)):
        for side, shift, colour in sides:
            narrated, quoted = getattr(row, f"narrated_{side}"), getattr(row, f"quoted_{side}")
            line = place + shift
            ax.barh(line, narrated, height=0.34, color=colour)
            ax.barh(line, quoted, left=narrated, height=0.34, color="white", edgecolor=colour, hatch="////")
            ax.text(narrated + quoted, line, f" {narrated} + {quoted}", va="center", fontsize=8)
            ticks[line] = _labels(row.term, getattr(row, side))
    ax.set_yticks(list(ticks), list(ticks.values()), fontsize=9)
    ax.set_ylim(len(keyness) - 0.4, -0.6)
    ax.margins(x=0.12)
    ax.set_xlabel("uses: narrated (solid) + inside direct quotations (hatched)")
    return ax


def funnel(points: pd.DataFrame, *, n: int = 10, ax: Axes | None = None) -> Axes:
    """Return every term of one comparison by frequency and log2 ratio, over the band of no difference.

    `points` has term, per_million, ratio, low, high, flagged; the `n` most frequent flagged terms of a side
    are named at the margins. Terms not flagged are drawn as one picture inside the drawing.
    """
    ax = ax or new_axes(width=7.6, height=4.6)
    if points.empty:
        return ax
    band = points.sort_values("per_million")
    ax.fill_between(band["per_million"], band["low"], band["high"], color=LIGHT, step="mid")
    plain = points[~points["flagged"]]
    ax.plot(plain["per_million"], plain["ratio"], ".", color=GREY, markersize=2, rasterized=True)
    for above, colour, marker in ((True, BLUE, "o"), (False, ORANGE, "s")):
        side = points[points["flagged"] & ((points["ratio"] > 0) == above)]
        ax.plot(side["per_million"], side["ratio"], marker, color=colour, markersize=4)
        _name_points(
            ax, side.nlargest(n, "per_million").sort_values("per_million"), above=above, colour=colour
        )
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set(xlabel="uses per million words, both sides", ylabel="log2 ratio of the rates")
    return ax


def _name_points(ax: Axes, points: pd.DataFrame, *, above: bool, colour: str) -> None:
    """Name points along the upper or lower margin, evenly and in their order, with a line to each."""
    for number, point in enumerate(points.itertuples(index=False)):
        ax.annotate(
            _label(point.term),
            (float(point.per_million), float(point.ratio)),  # type: ignore[arg-type]
            xytext=((number + 0.5) / len(points), 1.04 if above else -0.2),
            textcoords="axes fraction",
            ha="left" if above else "right",
            rotation=35,
            fontsize=8,
            color=colour,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.4},
        )


def voice_shares(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return one stacked bar per report: the share of its words in each voice, hatched and numbered."""
    wide = shares.pivot(index="doc_id", columns="voice", values="share").fillna(0.0)
    ax = ax or new_axes(height=1.6 + 0.42 * len(wide))
    places, left = np.arange(len(wide)), np.zeros(len(wide))
    for voice, colour, hatch in zip(VOICES, (BLUE, ORANGE, GREEN, LIGHT), HATCHES, strict=False):
        values = wide[voice].to_numpy(dtype=float) if voice in wide else np.zeros(len(wide))
        ax.barh(places, values, left=left, color=colour, hatch=hatch, edgecolor="white", label=voice)
        for place, value, start in zip(places, values, left, strict=True):
            if value >= 0.05:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
                middle = (start + value / 2, place)
                ax.annotate(f"{100 * value:.0f} %", middle, ha="center", va="center", fontsize=9, bbox=box)
        left = left + values
    ax.set_yticks(places, [_label(name) for name in wide.index])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.set_xticks(np.linspace(0, 1, 6), [f"{percent} %" for percent in range(0, 101, 20)])
    ax.set_xlabel("share of the report's words")
    ax.legend(ncols=4, loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2)
    return ax


def slot_ribbon(slots: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return every report as a lane of its slots, with a ribbon to the next lane that has the same slot.

    Filled: shared and in its place; cross-hatched: shared and moved; empty: only here. Numbers are slots,
    left out where a block is narrow. The lanes of one event stand together.
    """
    lanes = slots[["event_id", "doc_id"]].drop_duplicates().sort_values(["event_id", "doc_id"])
    events = lanes["event_id"].ne(lanes["event_id"].shift()).cumsum() - 1
    heights = dict(zip(lanes["doc_id"], np.arange(len(lanes)) + 0.6 * events, strict=True))
    ax = ax or new_axes(width=8.4, height=1.1 + 0.75 * len(lanes))
    numbered = 0.025 * slots["end_char"].max() if len(slots) else 0
    for row in slots.to_dict("records"):
        width, height = row["end_char"] - row["start_char"], heights[row["doc_id"]]
        moved, alone = row["moved"], row["relation"] == "only here"
        colour = "none" if alone else ORANGE if moved else BLUE
        ax.broken_barh(
            [(row["start_char"], width)],
            (height - 0.13, 0.26),
            facecolor=colour,
            edgecolor=GREY if alone else "white",
            hatch="xxx" if moved else "",
            lw=0.7,
        )
        if width > numbered:
            ink = "black" if alone or moved else "white"
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if moved else None
            middle = row["start_char"] + width / 2
            ax.text(middle, height, row["slot_id"], color=ink, bbox=box, fontsize=7, ha="center", va="center")
    for _, group in slots[slots["relation"] != "only here"].groupby(["event_id", "slot_id"]):
        rows = sorted(group.to_dict("records"), key=lambda row: heights[row["doc_id"]])
        for upper, lower in pairwise(rows):
            _ribbon(ax, upper, lower, heights[upper["doc_id"]] + 0.13, heights[lower["doc_id"]] - 0.13)
    ax.set_yticks(list(heights.values()), [_label(name) for name in heights])
    ax.invert_yaxis()
    ax.margins(x=0.01)
    ax.set_xlabel("code points of the report")
    return ax


def _ribbon(
    ax: Axes, upper: dict[Hashable, Any], lower: dict[Hashable, Any], top: float, bottom: float
) -> None:
    """Draw the ribbon between two stretches of a slot."""
    moved = upper["moved"] or lower["moved"]
    xs = (upper["start_char"], upper["end_char"], lower["end_char"], lower["start_char"])
    ax.fill(
        xs, (top, top, bottom, bottom), color=ORANGE if moved else BLUE, alpha=0.55 if moved else 0.2, lw=0
    )


def naming_matrix(variants: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return entity x name x report: a square with its number where a report uses a name, else a dot.

    `variants` (entity, surface, doc_id, n) is drawn in its own order, one block of names per entity.
    """
    reports = sorted(variants["doc_id"].unique())
    names = variants[["entity", "surface"]].drop_duplicates()
    blocks = list(names.groupby("entity", sort=False)["surface"])
    lines = [(entity, name) for entity, block in blocks for name in ("", *block)]
    labels = [_label(report) for report in reports]
    turned = _turned(labels)
    ax = ax or new_axes(height=0.7 + 0.25 * len(lines) + (_room(labels) if turned else 0))
    cells = zip(*(variants[name] for name in ("entity", "surface", "doc_id")), strict=True)
    uses = dict(zip(cells, map(int, variants["n"]), strict=True))
    top = max(uses.values(), default=1)
    for y, (entity, name) in enumerate(lines):
        for x, report in enumerate(reports if name else []):
            _mark_uses(ax, x, y, uses.get((entity, name, report), 0), top=top)
    ax.set_yticks(range(len(lines)), [_label(name or entity) for entity, name in lines])
    for tick, (_, name) in zip(ax.get_yticklabels(), lines, strict=True):
        tick.set_fontweight("normal" if name else "bold")
    ax.set_xticks(range(len(reports)), labels, rotation=turned)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.6, len(reports) - 0.4), ylim=(len(lines) - 0.4, -0.6))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _turned(labels: Sequence[str]) -> int:
    """Return by how many degrees labels below each other's columns are turned: not at all where they fit."""
    return 90 if sum(map(len, labels)) > LABELS_ABREAST else 0


def _room(labels: Sequence[str], *, free: int = 0) -> float:
    """Return the inches that the longest label takes beyond so many letters."""
    return 0.085 * max(0, max(map(len, labels), default=0) - free)


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


def event_heat(matrix: pd.DataFrame, events: pd.Series, *, title: str, ax: Axes | None = None) -> Axes:
    """Return a heat map of pairs with the pairs of one event framed; of few reports every number is printed.

    `events` gives the event of each row of `matrix`, whose rows of one event stand together.
    """
    few = len(matrix) <= NUMBERED
    ax = heat_table(matrix, title=title, ax=ax) if few else _shades(matrix, title=title, ax=ax)
    known = events.reindex(matrix.index).to_numpy(object)
    for event in dict.fromkeys(known):
        places = np.flatnonzero(known == event)
        corner, size = places[0] - 0.5, len(places)
        frame = Rectangle((corner, corner), size, size, fill=False, lw=2.5, ec=ORANGE, clip_on=False)
        if event != "unknown":
            ax.add_patch(frame)
        if not few:
            shown = _label(event, most=HALF_LABEL)
            ax.text(len(matrix), corner + size / 2, shown, va="center", fontsize=7)
    if few:
        labels = [f"{_label(name)}\n{_label(event)}" for name, event in zip(matrix.index, known, strict=True)]
        ax.set_yticks(range(len(matrix)), labels, fontsize=8)
    return ax


def _shades(matrix: pd.DataFrame, *, title: str, ax: Axes | None) -> Axes:
    """Return a heat map without numbers, its scale below; grey is no value."""
    side = 2.0 + 0.17 * len(matrix)
    ax = ax or new_axes(width=side + 1.0, height=side + 0.4)
    colours = matplotlib.colormaps["Blues"].with_extremes(bad=LIGHT)
    shades = ax.imshow(np.ma.masked_invalid(matrix.to_numpy(dtype=float)), cmap=colours, vmin=0)
    columns, rows = (
        [_label(name, most=HALF_LABEL) for name in names] for names in (matrix.columns, matrix.index)
    )
    ax.set_xticks(range(len(columns)), columns, fontsize=6, rotation=90)
    ax.set_yticks(range(len(rows)), rows, fontsize=6)
    ax.set_title(title)
    ax.figure.colorbar(shades, ax=ax, location="bottom", shrink=0.5, aspect=30)
    return ax


def class_bands(placements: pd.DataFrame, *, measure: str = "c5", ax: Axes | None = None) -> Axes:
    """Return the band of each reference set (5 % to 95 %, a stroke at the median) with the pairs' values.

    The rows of a pair stand together, in the table's order; its value is a dotted line through its bands.
    """
    rows = placements[placements["measure"] == measure].reset_index(drop=True)
    ax = ax or new_axes(width=8.4, height=1.3 + 0.24 * max(len(rows), 4))
    classes = list(dict.fromkeys(rows["reference_class"]))
    for place, row in enumerate(rows.to_dict("records")):
        style = classes.index(row["reference_class"]) % len(COLOURS)
        width = row["p95"] - row["p05"]
        ax.barh(
            place, width, left=row["p05"], height=0.62, color=COLOURS[style], hatch=HATCHES[style], alpha=0.55
        )
        ax.plot([row["p50"]] * 2, [place - 0.31, place + 0.31], color="black", lw=1.6)
    for (doc_a, doc_b), group in rows.groupby(["doc_id_a", "doc_id_b"], sort=False):
        places = group.index.to_numpy()
        top, bottom, value = places[0] - 0.5, places[-1] + 0.5, group["value"].iloc[0]
        ax.plot([value] * 2, [top, bottom], color="black", ls=":", lw=1.8)
        ax.plot([value], [top + 0.1], marker="v", color="black")
        words = group["n_words"].iloc[0]
        pair = f"{_label(doc_a, most=HALF_LABEL)} and {_label(doc_b, most=HALF_LABEL)}"
        ax.annotate(f"  {pair}: {value:.3f} ({words} words)", (value, top + 0.1), fontsize=9)
        ax.axhline(bottom, color=LIGHT, lw=1)
    labels = [
        f"{kind}: {_label(name)}"
        for name, kind in zip(rows["data_set"], rows["reference_class"], strict=True)
    ]
    ax.set_yticks(range(len(rows)), labels, fontsize=8)
    ax.invert_yaxis()
    ax.set_xlabel(measure)
    return ax


def derivation_graph(nodes: pd.DataFrame, edges: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return the graph of reports: filled nodes are reports, open ones originals nobody has seen.

    A line's style tells the verdict, named in the legend; an arrow stands only where evidence gives one.
    """
    tall = 0.7 * float(np.ptp(nodes["y"])) if len(nodes) else 0.0
    ax = ax or new_axes(width=8.4, height=max(4.2, tall))
    place = {row["node"]: (row["x"], row["y"]) for row in nodes.to_dict("records")}
    styles = ("-", "-", ":", "--", "-.")
    for edge in edges.to_dict("records"):
        style = VERDICTS.index(edge["verdict"])
        (x, y), (to_x, to_y) = place[edge["source"]], place[edge["target"]]
        colour, dashes = COLOURS[style % len(COLOURS)], styles[style % len(styles)]
        ax.plot([x, to_x], [y, to_y], color=colour, ls=dashes, lw=2, zorder=1)
        if edge["arrow"]:
            half = ((x + to_x) / 2, (y + to_y) / 2)
            ax.annotate(
                "", (x + 0.6 * (to_x - x), y + 0.6 * (to_y - y)), half, arrowprops={"arrowstyle": "->"}
            )
    for row in nodes.to_dict("records"):
        open_node = row["kind"] != "report"
        face = "white" if open_node else GREY
        ax.scatter([row["x"]], [row["y"]], s=620, c=face, edgecolors="black", linewidths=1.4, zorder=2)
        label = "?" if open_node else _label(row["node"])
        if len(label) <= NAME_INSIDE:
            ink = "black" if open_node else "white"
            ax.annotate(
                label, (row["x"], row["y"]), ha="center", va="center", fontsize=9, color=ink, zorder=3
            )
        else:
            _name_below(ax, label, (row["x"], row["y"]))
    for event, group in nodes.groupby("event_id", sort=False):
        above = group["y"].max() + (0.6 if tall > 4.2 else 0.3)
        ax.annotate(_label(event), (group["x"].mean(), above), ha="center", fontsize=9)
    drawn = set(edges["verdict"])
    for style, verdict in enumerate(VERDICTS[: len(styles)]):
        if verdict in drawn:
            ax.plot([], [], color=COLOURS[style], ls=styles[style], lw=2, label=verdict)
    if drawn:
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), fontsize=9)
    ax.margins(0.1 if tall > 4.2 else 0.3)
    ax.set_axis_off()
    return ax


def _name_below(ax: Axes, name: str, place: tuple[float, float]) -> None:
    """Write a name that is too long for its node below it."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    offset: dict[str, Any] = {"xytext": (0, -15), "textcoords": "offset points", "bbox": box}
    ax.annotate(name, place, ha="center", va="top", fontsize=7, zorder=3, **offset)
