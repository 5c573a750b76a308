"""Pictures of pairs of reports: likeness, reference bands, the graph and the slots."""

from collections.abc import Hashable
from itertools import pairwise
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
    HATCHES,
    LIGHT,
    ORANGE,
    heat_table,
    new_axes,
    short_label,
)
from helpers.synopsis import Slots

__all__ = ["class_bands", "derivation_graph", "event_heat", "slot_ribbon"]
# Reports up to which a heat map of pairs prints its numbers: each weighs half a kilobyte.
NUMBERED = 12
# Letters of a name that fit into a node of the graph.
NAME_INSIDE = 4
DASHES = ("-", "-", ":", "--", "-.")


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
        rows = sorted(group.to_dict("records"), key=lambda row: heights[row["doc_id"]])
        for upper, lower in pairwise(rows):
            _ribbon(ax, upper, lower, heights[upper["doc_id"]] + 0.13, heights[lower["doc_id"]] - 0.13)
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
        labels = [
            f"{short_label(name)}\n{short_label(event)}"
            for name, event in zip(matrix.index, known, strict=True)
        ]
        ax.set_yticks(range(len(matrix)), labels, fontsize=8)
    return ax


def _shades(matrix: pd.DataFrame, *, title: str, ax: Axes | None) -> Axes:
    """Return a heat map without numbers, its scale below; grey is no value."""
    side = 2.0 + 0.17 * len(matrix)
    ax = ax or new_axes(width=side + 1.0, height=side + 0.4)
    colours = matplotlib.colormaps["Blues"].with_extremes(bad=LIGHT)
    shades = ax.imshow(np.ma.masked_invalid(matrix.to_numpy(dtype=float)), cmap=colours, vmin=0)
    columns, rows = (
        [short_label(name, most=HALF_LABEL) for name in names] for names in (matrix.columns, matrix.index)
    )
    ax.set_xticks(range(len(columns)), columns, fontsize=6, rotation=90)
    ax.set_yticks(range(len(rows)), rows, fontsize=6)
    ax.set_title(title)
    ax.figure.colorbar(shades, ax=ax, location="bottom", shrink=0.5, aspect=30)
    return ax


def class_bands(placements: Placements, *, measure: str = "c5", ax: Axes | None = None) -> Axes:
    """Return the band of each reference set (5 % to 95 %, a stroke at the median) with the pairs' values.

    The rows of a pair stand together, in the table's order; its value is a dotted line through its bands.
    """
    rows = placements[placements["measure"] == measure].reset_index(drop=True)
    ax = ax or new_axes(width=8.4, height=1.3 + 0.24 * max(len(rows), 4))
    classes = list(dict.fromkeys(rows["reference_class"]))
    for place, row in enumerate(rows.to_dict("records")):
        _band(ax, row, place, classes.index(row["reference_class"]) % len(COLOURS))
    for _, group in rows.groupby(["doc_id_a", "doc_id_b"], sort=False):
        _value_line(ax, group)
    labels = [
        f"{kind}: {short_label(name)}"
        for name, kind in zip(rows["data_set"], rows["reference_class"], strict=True)
    ]
    ax.set_yticks(range(len(rows)), labels, fontsize=8)
    ax.invert_yaxis()
    ax.set_xlabel(measure)
    return ax


def _band(ax: Axes, row: dict[Hashable, Any], place: int, style: int) -> None:
    """Draw the band of a reference set and the stroke at its median."""
    low, width = row["p05"], row["p95"] - row["p05"]
    ax.barh(place, width, left=low, height=0.62, color=COLOURS[style], hatch=HATCHES[style], alpha=0.55)
    ax.plot([row["p50"]] * 2, [place - 0.31, place + 0.31], color="black", lw=1.6)


def _value_line(ax: Axes, group: pd.DataFrame) -> None:
    """Draw the value of a pair through its bands, with its name, and a line below them."""
    places, first = group.index.to_numpy(), group.iloc[0]
    top, bottom, value = places[0] - 0.5, places[-1] + 0.5, first["value"]
    ax.plot([value] * 2, [top, bottom], color="black", ls=":", lw=1.8)
    ax.plot([value], [top + 0.1], marker="v", color="black")
    pair = " and ".join(short_label(first[name], most=HALF_LABEL) for name in ("doc_id_a", "doc_id_b"))
    ax.annotate(f"  {pair}: {value:.3f} ({first['n_words']} words)", (value, top + 0.1), fontsize=9)
    ax.axhline(bottom, color=LIGHT, lw=1)


def derivation_graph(nodes: pd.DataFrame, edges: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return the graph of reports: filled nodes are reports, open ones originals nobody has seen.

    A line's style tells the verdict, named in the legend; an arrow stands only where evidence gives one.
    """
    tall = 0.7 * float(np.ptp(nodes["y"])) if len(nodes) else 0.0
    ax = ax or new_axes(width=8.4, height=max(4.2, tall))
    place = {row["node"]: (row["x"], row["y"]) for row in nodes.to_dict("records")}
    for edge in edges.to_dict("records"):
        _line(ax, edge, place[edge["source"]], place[edge["target"]])
    for row in nodes.to_dict("records"):
        _node(ax, row)
    for event, group in nodes.groupby("event_id", sort=False):
        above = group["y"].max() + (0.6 if tall > 4.2 else 0.3)
        ax.annotate(short_label(event), (group["x"].mean(), above), ha="center", fontsize=9)
    drawn = set(edges["verdict"])
    for verdict in VERDICTS:
        if verdict in drawn:
            ax.plot([], [], **_style(verdict), label=verdict)
    if drawn:
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), fontsize=9)
    ax.margins(0.1 if tall > 4.2 else 0.3)
    ax.set_axis_off()
    return ax


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
    ax.scatter([at[0]], [at[1]], s=620, c=face, edgecolors="black", linewidths=1.4, zorder=2)
    label = short_label(row["node"]) if seen else "?"
    if len(label) <= NAME_INSIDE:
        ax.annotate(label, at, ha="center", va="center", fontsize=9, color=ink, zorder=3)
    else:
        _name_below(ax, label, at)


def _name_below(ax: Axes, name: str, place: tuple[float, float]) -> None:
    """Write a name that is too long for its node below it."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    offset: dict[str, Any] = {"xytext": (0, -15), "textcoords": "offset points", "bbox": box}
    ax.annotate(name, place, ha="center", va="top", fontsize=9, zorder=3, **offset)
