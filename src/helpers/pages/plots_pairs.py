"""Pictures of pairs of reports: likeness, reference bands, the graph and the slots."""

from collections.abc import Hashable
from itertools import pairwise, product
from textwrap import wrap
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.derivation import VERDICTS, Placements
from helpers.pages.plots import (
    BLUE,
    COLOURS,
    GREY,
    HALF_LABEL,
    LIGHT,
    ORANGE,
    heat_table,
    new_axes,
    short_label,
)
from helpers.synopsis import Slots

__all__ = ["NUMBERED", "class_bands", "derivation_graph", "event_heat", "slot_ribbon"]
# Reports up to which a heat map of pairs prints its numbers: each weighs half a kilobyte.
NUMBERED = 12
# Letters of a name that fit into a node of the graph.
NAME_INSIDE = 4
DASHES = ("-", "-", ":", "--", "-.")
# Letters of a line of a name below a node or beside a row.
LINE = 17
# In heights of a band: what the name of a pair takes above its bands, and that of a kind of sets.
PAIR_HEAD, KIND_HEAD = 5.2, 1.8
# What a picture of bands is of, for those who read it.
BANDED = {"c5": "share of the shorter report in shared runs of five words"}


def _mark_slot(ax: Axes, row: dict[Any, Any], height: float) -> None:
    """Draw a slot in its report's lane."""
    moved, alone = row["moved"], row["relation"] == "only here"
    ax.broken_barh(
        [(row["start_char"], row["end_char"] - row["start_char"])],
        (height - 0.13, 0.26),
        facecolor="none" if alone else ORANGE if moved else BLUE,
        edgecolor=GREY if alone else "white",
        hatch="xxx" if moved else "",
        lw=0.7,
    )


def slot_ribbon(slots: Slots, *, ax: Axes | None = None) -> Axes:
    """Return every report as a lane of its slots, with a ribbon to the next lane that has the same slot.

    Filled: shared and in its place; cross-hatched: shared and moved; empty: only here. The lanes of one event
    stand together, each under its report's name.
    """
    lanes = slots[["event_id", "doc_id"]].drop_duplicates().sort_values(["event_id", "doc_id"])
    events = lanes["event_id"].ne(lanes["event_id"].shift()).cumsum() - 1
    heights = dict(zip(lanes["doc_id"], np.arange(len(lanes)) + 0.4 * events, strict=True))
    ax = ax or new_axes(height=0.4 + 0.72 * len(lanes))
    for row in slots.to_dict("records"):
        _mark_slot(ax, row, heights[row["doc_id"]])
    for _, group in slots[slots["relation"] != "only here"].groupby(["event_id", "slot_id"]):
        lanes_of = sorted(group["doc_id"].unique(), key=heights.__getitem__)
        stretches = {doc_id: own.to_dict("records") for doc_id, own in group.groupby("doc_id")}
        for above, below in pairwise(lanes_of):
            for upper, lower in product(stretches[above], stretches[below]):
                _ribbon(ax, upper, lower, heights[above] + 0.13, heights[below] - 0.13)
    for name, height in heights.items():
        ax.text(0, height - 0.28, short_label(name), va="center", fontsize=9)
    ax.set_ylim(max(heights.values(), default=0) + 0.3, -0.45)
    ax.margins(x=0.01)
    ax.set_axis_off()
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
            shown = short_label(event, most=HALF_LABEL)
            ax.text(len(matrix), corner + size / 2, shown, va="center", fontsize=7)
    if few:
        ax.set_yticks(range(len(matrix)), [_lines(short_label(name)) for name in matrix.index], fontsize=9)
    return ax


def _shades(matrix: pd.DataFrame, *, title: str, ax: Axes | None) -> Axes:
    """Return a heat map without numbers, its scale below; grey is no value."""
    side = 2.0 + 0.17 * len(matrix)
    ax = ax or new_axes(width=side + 1.0, height=side + 0.4)
    colours = matplotlib.colormaps["Blues"].with_extremes(bad=LIGHT)
    shades = ax.imshow(np.ma.masked_invalid(matrix.to_numpy(dtype=float)), cmap=colours, vmin=0)
    # Columns are in the order of the rows: their names again would be small print, and weigh as much.
    rows = [short_label(name, most=HALF_LABEL) for name in matrix.index]
    ax.set_xticks([])
    ax.set_yticks(range(len(rows)), rows, fontsize=6)
    ax.set_title(title)
    ax.figure.colorbar(shades, ax=ax, location="bottom", shrink=0.5, aspect=30)
    return ax


def class_bands(placements: Placements, *, measure: str = "c5", ax: Axes | None = None) -> Axes:
    """Return the band of each reference set (5 % to 95 %, a stroke at the median) with the pairs' values.

    The sets of a kind stand together under its name, in the table's order, and all sets of a pair under the
    pair's; its value is a dotted line through its bands.
    """
    rows = placements[placements["measure"] == measure]
    groups = list(rows.groupby(["doc_id_a", "doc_id_b"], sort=False))
    kinds = list(dict.fromkeys(rows["reference_class"]))
    lines = sum(PAIR_HEAD + KIND_HEAD * own["reference_class"].nunique() + len(own) for _, own in groups)
    ax = ax or new_axes(height=0.9 + 0.115 * lines)
    place = 0.0
    for _, own in groups:
        top, value = place, own["value"].iloc[0]
        _pair_head(ax, own.iloc[0], place)
        place += PAIR_HEAD
        for kind, sets in own.groupby("reference_class", sort=False):
            box: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
            ax.text(0, place + 0.5 * KIND_HEAD, short_label(kind), va="center", fontsize=8, bbox=box)
            place += KIND_HEAD
            for row in sets.to_dict("records"):
                _band(ax, row, place, kinds.index(kind) % len(COLOURS))
                place += 1
        ax.plot([value] * 2, [top + PAIR_HEAD, place], color="black", ls=":", lw=1.8)
    ax.set_ylim(max(place, 1), 0)
    ax.set_xlim(left=0)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.tick_params(labelsize=8)
    ax.set_xlabel(BANDED.get(measure, measure), fontsize=9)
    return ax


def _pair_head(ax: Axes, first: pd.Series, place: float) -> None:
    """Write above the bands of a pair which it is, its value and how long it is; an arrow is at the value."""
    pair = [short_label(first[name], most=HALF_LABEL + 12) for name in ("doc_id_a", "doc_id_b")]
    told = f"{pair[0]}\nand {pair[1]}:\n{100 * first['value']:.0f} % of {first['n_words']:,} words"
    style: dict[str, Any] = {"va": "top", "fontsize": 9, "fontweight": "bold", "linespacing": 1.25}
    ax.text(0, place + 0.5, told, **style)


def _band(ax: Axes, row: dict[Hashable, Any], place: float, style: int) -> None:
    """Draw the band of a reference set and the stroke at its median."""
    low, width, middle = row["p05"], row["p95"] - row["p05"], place + 0.5
    ax.barh(middle, width, left=low, height=0.72, color=COLOURS[style], alpha=0.55)
    ax.plot([row["p50"]] * 2, [middle - 0.36, middle + 0.36], color="black", lw=1.6)


def derivation_graph(nodes: pd.DataFrame, edges: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return the graph of reports: filled nodes are reports, open ones originals nobody has seen.

    A line's style tells the verdict, named in the legend; an arrow is drawn only where evidence gives one.
    With a column `label`, reports go by it.
    """
    tall = 0.75 * float(np.ptp(nodes["y"])) if len(nodes) else 0.0
    ax = ax or new_axes(height=1.7 + tall)
    place = {row["node"]: (row["x"], row["y"]) for row in nodes.to_dict("records")}
    for edge in edges.to_dict("records"):
        _line(ax, edge, place[edge["source"]], place[edge["target"]])
    for row in nodes.to_dict("records"):
        _node(ax, row)
    for event, group in nodes.groupby("event_id", sort=False):
        top = (group["x"].mean(), group["y"].max())
        style: dict[str, Any] = {"xytext": (0, 14), "textcoords": "offset points", "fontweight": "bold"}
        ax.annotate(_lines(short_label(event)), top, ha="center", va="bottom", fontsize=9, **style)
    drawn = set(edges["verdict"])
    for verdict in VERDICTS:
        if verdict in drawn:
            ax.plot([], [], **_style(verdict), label=verdict)
    if drawn:
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), fontsize=9)
    ax.margins(x=0.35, y=0.7 / (1.7 + tall))
    ax.set_axis_off()
    return ax


def _lines(name: str) -> str:
    """Return a name in lines that stand beside or below a mark."""
    return "\n".join(wrap(name, LINE))


def _style(verdict: str) -> dict[str, Any]:
    """Return how the lines of a verdict are drawn."""
    place = VERDICTS.index(verdict)
    return {"color": COLOURS[place % len(COLOURS)], "ls": DASHES[place % len(DASHES)], "lw": 2}


def _line(ax: Axes, edge: dict[Hashable, Any], start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw the line between two nodes, with an arrow on it where evidence gives one."""
    (x, y), (to_x, to_y) = start, end
    ax.plot([x, to_x], [y, to_y], **_style(edge["verdict"]), zorder=1)
    if edge["arrow"]:
        half, head = ((x + to_x) / 2, (y + to_y) / 2), (x + 0.6 * (to_x - x), y + 0.6 * (to_y - y))
        ax.annotate("", head, half, arrowprops={"arrowstyle": "->"})


def _node(ax: Axes, row: dict[Hashable, Any]) -> None:
    """Draw a report, or an original that nobody has seen, with its name in it or below it."""
    seen, at = row["kind"] == "report", (row["x"], row["y"])
    face, ink = (GREY, "white") if seen else ("white", "black")
    ax.scatter([at[0]], [at[1]], s=300, c=face, edgecolors="black", linewidths=1.4, zorder=2)
    label = short_label(row.get("label", row["node"])) if seen else "?"
    if len(label) <= NAME_INSIDE:
        ax.annotate(label, at, ha="center", va="center", fontsize=9, color=ink, zorder=3)
    else:
        _name_below(ax, label, at)


def _name_below(ax: Axes, name: str, place: tuple[float, float]) -> None:
    """Write a name that is too long for its node below it."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    offset: dict[str, Any] = {"xytext": (0, -11), "textcoords": "offset points", "bbox": box}
    ax.annotate(_lines(name), place, ha="center", va="top", fontsize=9, zorder=3, **offset)
