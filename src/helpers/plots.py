"""Pictures: `plot(table, *, ax=None) -> Axes`; a plot draws the table it is given and computes nothing."""

from collections.abc import Sequence

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["count_bars", "heat_table", "new_axes", "voice_stack"]

# Okabe and Ito's palette, darkened where a hue would fail 4.5:1 on white.
BLUE, ORANGE, GREEN, PURPLE, GREY, LIGHT = "#0072B2", "#B34700", "#007A5E", "#9A4F7E", "#5F6368", "#D9DCE0"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, GREY)
# No dots: matplotlib draws their hatch from a thousand circles, 150 KB in every picture.
HATCHES = ("", "///", "|||", "xxx", "\\\\\\")

matplotlib.rcParams.update(
    {
        "svg.hashsalt": "variorum",
        "svg.fonttype": "path",
        "text.parse_math": False,
        "font.family": "DejaVu Sans",
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


def count_bars(counts: pd.DataFrame, *, label: str, value: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Return horizontal bars of `value`, one per row in the table's order, each with its number."""
    ax = ax or new_axes(height=1.2 + 0.32 * len(counts))
    places = np.arange(len(counts))
    ax.barh(places, counts[value], color=BLUE, height=0.7)
    for place, number in zip(places, counts[value], strict=True):
        ax.annotate(f" {number:,.4g}", (number, place), va="center", fontsize=9)
    ax.set_yticks(places, list(counts[label]))
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel(xlabel)
    return ax


def heat_table(matrix: pd.DataFrame, *, title: str, digits: int = 2, ax: Axes | None = None) -> Axes:
    """Return a heat map with every number printed; rows and columns as in `matrix`, darker is more."""
    ax = ax or new_axes(width=1.6 + 1.1 * matrix.shape[1], height=1.2 + 0.42 * len(matrix))
    values = matrix.to_numpy(dtype=float)
    top = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
    ax.imshow(np.ma.masked_invalid(values), cmap="Blues", vmin=0, vmax=top or 1.0, aspect="auto")
    for (row, column), number in np.ndenumerate(values):
        if np.isfinite(number):
            colour = "white" if number > 0.6 * top else "black"
            ax.text(column, row, f"{number:.{digits}f}", ha="center", va="center", color=colour, fontsize=9)
    ax.set_xticks(range(matrix.shape[1]), [str(name) for name in matrix.columns])
    ax.set_yticks(range(len(matrix)), [str(name) for name in matrix.index])
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
    ax.set_yticks(places, list(counts[label]))
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel(xlabel)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(voices), fontsize=9)
    return ax
