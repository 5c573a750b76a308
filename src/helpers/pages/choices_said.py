"""The sentences on which of two ways of saying one thing an outlet uses."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from helpers.pages.phrases import p_value
from helpers.words import Alternations

__all__ = ["choices_answer"]
TIMES = {1: "once", 2: "twice"}


def choices_answer(
    alternations: Alternations, *, event: Callable[[object], str] | None = None, most: int = 3
) -> list[str]:
    """Return the strongest choices between two ways of saying one thing, a sentence each.

    `event` gives an event in words, where the reports are on several: the uses are those of one event.
    """
    if alternations.empty:
        return ["No two outlets choose between two ways of saying one thing, each its own at least twice."]
    first = alternations.head(most)
    several = int(alternations["p_value"].notna().sum()) > 1
    sentences = [_choice(row, event, several=several) for row in first.to_dict("records")]
    if first["p_value"].isna().all():
        sentences.append(
            "The reports are too few for a test: this describes these texts, not the outlets' habits."
        )
    return sentences


def _choice(row: Mapping[Hashable, Any], event: Callable[[object], str] | None, *, several: bool) -> str:
    """Return one choice: what each side uses, how often, and what a test says where there was one.

    Of `several` tests q is told too.
    """
    told = "; ".join(
        f"{row[f'outlet_{side}']} writes “{row[f'variant_{side}']}” {_times(row[f'n_{side}'])} and "
        + _other(row[f"variant_{other}"], row[f"other_{side}"])
        for side, other in ("ab", "ba")
    )
    place = event(row["event_id"]) if event else ""
    told = f"{told} ({place})" if place else told
    if row["p_value"] != row["p_value"]:
        return f"{told}."
    reports = row["reports_a"] + row["reports_b"]
    corrected = f", q {row['q_value']:.2f}" if several else ""
    return f"{told} (p {p_value(row['p_value'])} over {reports} reports{corrected})."


def _other(variant: str, n: int) -> str:
    """Return how often an outlet uses the other one's variant."""
    return f"“{variant}” {_times(n)}" if n else f"never “{variant}”"


def _times(n: int) -> str:
    """Return how often, in words where short."""
    return TIMES.get(n, f"{n:,} times")
