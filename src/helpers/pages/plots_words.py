"""Pictures of words: ratios, places, voices and the funnel."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.pages.plots import (
    BLUE,
    GREY,
    HALF_LABEL,
    LIGHT,
    ORANGE,
    new_axes,
    short_label,
)
from helpers.words import Keyness

__all__ = ["forest", "funnel", "word_sides"]
# Lines above the words of a comparison: its event, and each side on a line of its own.
HEAD_LINES = 3
# Inches of a letter of a word in bold between two bars, and half the width of the drawing.
LETTER, HALF_WIDTH = 0.095, 2.0


def forest(
    keyness: Keyness, *, reach: float = 5.0, event: Callable[[object], str] = str, ax: Axes | None = None
) -> Axes:
    """Return one line per row of `keyness`, in its order, under a heading per comparison.

    `event` gives an event in words.

    A mark stands at the log2 ratio, a bar spans the exact interval, counts stand at the right (target :
    reference). Circle and blue are more in the target, square and orange more in the reference; filled is
    flagged. Bars that go beyond `reach`, to infinity too, end in an arrowhead; marks stop just before it.
    """
    comparisons = list(keyness.groupby(["event_id", "target", "reference"], sort=False))
    ax = ax or new_axes(height=0.9 + 0.29 * (len(keyness) + HEAD_LINES * len(comparisons)))
    ticks: dict[float, str] = {}
    line = -1.0
    for (event_id, target, reference), rows in comparisons:
        _heading(ax, line, reach, (event(event_id), str(target), str(reference)))
        line += HEAD_LINES - 1
        for row in rows.itertuples(index=False):
            line += 1
            ticks[line] = short_label(row.term, most=HALF_LABEL)
            _interval(ax, line, row, reach)
        line += 1
    steps = np.array([-int(reach), -int(reach // 2) - 1, 0, int(reach // 2) + 1, int(reach)])
    ax.set_xticks(steps, [f"{2 ** abs(step)}×" if step else "same" for step in steps.tolist()], fontsize=8)
    ax.set_yticks(list(ticks), list(ticks.values()), fontsize=9)
    ax.set(xlim=(-reach * 1.02, reach * 1.02), ylim=(max(line - 0.4, 1), -1.6))
    if len(keyness):
        ax.axvline(0, color="black", linewidth=0.8)
    ax.grid(axis="x", color=LIGHT, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel("times as often, with 95 % interval", fontsize=9)
    return ax


def _heading(ax: Axes, line: float, reach: float, names: tuple[str, str, str]) -> None:
    """Write above a comparison who is compared, each outlet on its side."""
    event, target, reference = short_label(names[0]), *(short_label(n, most=HALF_LABEL) for n in names[1:])
    style: dict[str, Any] = {"va": "center", "fontsize": 9, "fontweight": "bold", "backgroundcolor": "white"}
    ax.text(0, line, event, ha="center", va="center", fontsize=9, backgroundcolor="white")
    ax.text(-reach, line + 1, f"◀ {reference}", color=ORANGE, ha="left", **style)
    ax.text(reach, line + 2, f"{target} ▶", color=BLUE, ha="right", **style)


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


def word_sides(keyness: Keyness, *, colours: Sequence[str] = (BLUE, ORANGE), ax: Axes | None = None) -> Axes:
    """Return the uses of each word on either side of a line: target left, reference right.

    `keyness` has the rows of one comparison. Uses in the report's own voice are solid, quoted ones hatched;
    the number of uses stands at each end, the outlets above, each in its colour.
    """
    ax = ax or new_axes(height=0.9 + 0.34 * len(keyness))
    sides = (("target", -1, colours[0], "right"), ("reference", 1, colours[1], "left"))
    most = max(int(keyness[["n_target", "n_reference"]].to_numpy().max(initial=1)), 1)
    words = [short_label(term, most=HALF_LABEL) for term in keyness["term"]]
    room = min((LETTER * max(map(len, words), default=0) / 2 + 0.1) / HALF_WIDTH, 0.6)
    gap = 1.25 * most * room / (1 - room)
    reach = gap + 1.25 * most
    for place, row in enumerate(keyness.itertuples(index=False)):
        ax.text(0, place, words[place], ha="center", va="center", fontweight="bold")
        for side, sign, colour, align in sides:
            told, quoted = getattr(row, f"narrated_{side}"), getattr(row, f"quoted_{side}")
            start = sign * gap
            ax.barh(place, sign * told, left=start, height=0.66, color=colour)
            style: dict[str, Any] = {"color": "white", "edgecolor": colour, "hatch": "////"}
            ax.barh(place, sign * quoted, left=start + sign * told, height=0.66, **style)
            end = start + sign * (told + quoted)
            ax.text(end, place, f" {told + quoted:,} ", ha=align, va="center", color=colour)
    for side, sign, colour, align in sides:
        names = keyness[side].unique()
        name = short_label(names[0], most=HALF_LABEL) if len(names) else ""
        # Above its bars, or nearer to the middle where it would not end inside the drawing.
        start = max(min(gap, reach * (1 - LETTER * len(name) / HALF_WIDTH)), 0.03 * reach)
        ax.text(sign * start, -0.85, name, ha=align, va="center", color=colour, fontweight="bold")
    ax.set(xlim=(-reach, reach), ylim=(len(keyness) - 0.5, -1.3))
    ax.set_axis_off()
    return ax


def funnel(points: pd.DataFrame, *, n: int = 10, ax: Axes | None = None) -> Axes:
    """Return every term of one comparison by frequency and log2 ratio, over the band of no difference.

    `points` has term, per_million, ratio, low, high, flagged; the `n` most frequent flagged terms of a side
    are named at the margins. Terms not flagged are drawn as one picture inside the drawing.
    """
    ax = ax or new_axes(height=4.6)
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
            short_label(point.term),
            (float(point.per_million), float(point.ratio)),  # type: ignore[arg-type]
            xytext=((number + 0.5) / len(points), 1.04 if above else -0.2),
            textcoords="axes fraction",
            ha="left" if above else "right",
            rotation=35,
            fontsize=8,
            color=colour,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.4},
        )
