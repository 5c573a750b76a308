"""Shares with their intervals: how often each rule was right."""

from matplotlib.axes import Axes

from helpers.pages.plots import BLUE, new_axes, short_label
from helpers.voices import RuleRates

__all__ = ["rule_rates_drawn"]


def rule_rates_drawn(rates: RuleRates, *, ax: Axes | None = None) -> Axes:
    """Return one dot per rule and kind of speech: its share right, with its interval and number of cases."""
    shown = rates.sort_values(["speech", "n"], ascending=[True, False]).reset_index(drop=True)
    ax = ax or new_axes(height=0.8 + 0.3 * max(len(shown), 1))
    places = range(len(shown))
    ax.hlines(places, shown["low"], shown["high"], color=BLUE, linewidth=2)
    ax.plot(shown["share"], places, "o", color=BLUE, markersize=6)
    for place, share, n in zip(places, shown["share"], shown["n"], strict=True):
        ax.annotate(f"  {share:.0%} of {n:,}", (1.0, place), va="center", fontsize=9)
    both = zip(shown["rule"], shown["speech"], strict=True)
    names = [short_label(f"{rule}, {speech}") for rule, speech in both]
    ax.set_yticks(range(len(shown)), names, fontsize=9)
    ax.set(xlim=(0.5, 1.0), ylim=(len(shown) - 0.5, -0.5), xlabel="share of sources that were right")
    ax.tick_params(axis="y", length=0)
    return ax
