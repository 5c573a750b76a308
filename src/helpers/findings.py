"""The computed sentences of each page: what its tables say, and what they cannot."""

from collections.abc import Sequence

import pandas as pd

from helpers.corpus import missing_numbers
from helpers.schema import UNKNOWN

__all__ = ["bars_alt", "corpus_answer", "corpus_limits", "counted", "listed"]


def counted(n: int, noun: str, *, plural: str = "") -> str:
    """Return a number with its noun: "1 report", "4 reports", "no event".

    >>> counted(1, "report"), counted(2, "entity", plural="entities"), counted(0, "event")
    ('1 report', '2 entities', 'no events')
    """
    name = noun if n == 1 else plural or noun + "s"
    return f"{n:,} {name}" if n else f"no {name}"


def listed(words: Sequence[str], *, shown: int = 12) -> str:
    """Return words as a list in a sentence; past `shown`, how many more there are.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed(["a", "b", "c"], shown=1)
    ('a', 'a and b', 'a, b and c', 'a and 2 more')
    """
    words = list(words)
    if len(words) > shown:
        words = [*words[:shown], f"{len(words) - shown:,} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def corpus_answer(documents: pd.DataFrame, sizes: pd.DataFrame) -> list[str]:
    """Return what there is: reports, events, outlets, words, and what is not known of them."""
    events = documents["event_id"].nunique()
    unnamed = documents["outlet"].str.lower().str.startswith(("unnamed", UNKNOWN))
    words = sizes["tokens"]
    sentences = [
        f"{counted(len(documents), 'report')} of {counted(events, 'event')} from "
        f"{counted(documents['outlet'].nunique(), 'outlet')}, "
        f"{words.min():,} to {words.max():,} words long, {words.sum():,} in all."
        if len(documents)
        else "There is no report.",
        f"The outlet is named for {len(documents) - unnamed.sum():,} of {len(documents):,} reports; "
        f"the time of publication is known for {(documents['published'] != UNKNOWN).sum():,}.",
    ]
    missing = missing_numbers(documents)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        sentences.append(f"The files are numbered, and {listed(missing)} {verb} not among them.")
    return sentences


def corpus_limits(documents: pd.DataFrame) -> list[str]:
    """Return what a corpus of this shape leaves open."""
    cells = documents.groupby(["event_id", "outlet"]).size()
    singles = int((cells == 1).sum())
    sentences = [
        f"{singles:,} of {counted(len(cells), 'pair')} of event and outlet "
        f"{'has' if len(cells) == 1 else 'have'} a single report: there, outlet, event and report cannot be "
        "told apart, and a difference between two reports is not a difference between two outlets."
    ]
    if (documents["published"] == UNKNOWN).any():
        sentences.append("Without times of publication nothing here can say which report came first.")
    return sentences


def bars_alt(table: pd.DataFrame, *, label: str, value: str, noun: str) -> str:
    """Return the alternative text of a bar picture: every bar while there are few, else the extremes."""
    ordered = table.sort_values(value, ascending=False, kind="stable")
    if ordered.empty:
        return f"No bars: no {noun}."
    bars = [f"{name} {number:,}" for name, number in zip(ordered[label], ordered[value], strict=True)]
    if len(bars) <= 12:
        return f"Bars of {noun}: {listed(bars)}."
    return f"{len(bars):,} bars of {noun}, from {bars[0]} down to {bars[-1]}."
