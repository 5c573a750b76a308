"""Pictures of uses over time."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.pages.plots import COLOURS, HALF_LABEL, new_axes, short_label
from helpers.words import DatedUses

__all__ = ["MOST_LINES", "dated_lines", "dated_lines_alt"]
MOST_LINES = 5
MARKS = "osD^v"
DATES_ABREAST = 12


def dated_lines(dated: DatedUses, *, ax: Axes | None = None) -> Axes:
    """Return uses per 1,000 words by date, a line for each of the outlets with most words, named at its end.

    Dates stand side by side in their order, not to scale.
    """
    rates = _rates(dated)
    ax = ax or new_axes()
    places = {date: place for place, date in enumerate(rates.index)}
    for (outlet, line), colour, mark in zip(rates.items(), COLOURS, MARKS, strict=False):
        there = line.dropna()
        at = [places[date] for date in there.index]
        ax.plot(at, there, color=colour, marker=mark, label=short_label(outlet, most=HALF_LABEL))
    step = -(-len(places) // DATES_ABREAST)
    ax.set_xticks(range(0, len(places), step), [str(date) for date in rates.index[::step]], rotation=30)
    ax.set_ylabel("uses per 1,000 words")
    ax.set_ylim(bottom=0)
    ax.margins(x=0.06)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=9)
    return ax


def dated_lines_alt(dated: DatedUses) -> str:
    """Return where each outlet of the picture has most uses, in words."""
    rates = _rates(dated)
    tops = ((name, line.max(), line.idxmax()) for name, line in rates.items())
    told = [
        f"{name}: most on {date}, {top:,.1f} per 1,000 words" if top else f"{name}: none"
        for name, top, date in tops
    ]
    return "; ".join(told) + "."


def _rates(dated: DatedUses) -> pd.DataFrame:
    """Return uses per 1,000 words: a row per date, a column per outlet, of those with most words."""
    sizes = dated.groupby("outlet")["n_words"].sum().sort_values(ascending=False, kind="stable")
    own = dated[dated["outlet"].isin(sizes.index[:MOST_LINES])]
    added = own.groupby(["date", "outlet"])[["n", "n_words"]].sum()
    rates = (1000 * added["n"] / added["n_words"].where(added["n_words"] > 0)).unstack("outlet")
    return rates.sort_index().dropna(how="all", axis="columns")
