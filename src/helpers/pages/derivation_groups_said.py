"""The sentences of page 05 on groups of reports that rest on one text."""

from collections.abc import Callable, Hashable, Mapping

from helpers.derivation import SourceCounts, Stemma, newick
from helpers.pages.headings import event_words
from helpers.pages.phrases import begun, counted, listed
from helpers.table import UNKNOWN

__all__ = ["sources_answer", "stemmas_said"]


def sources_answer(
    sources: SourceCounts, told_of: Callable[[Hashable], str] = event_words, *, most: int = 6
) -> list[str]:
    """Return how many independent sources the events have, those with the most reports to one text first.

    `told_of` gives an event in words.
    """
    if sources.empty:
        return ["There is no report."]
    total, left, apart = (int(sources[name].sum()) for name in ("n_reports", "n_sources", "n_apart"))
    known = sources["event_id"] != UNKNOWN
    whose = f" of {counted(int(known.sum()), 'event')}" if known.any() else " whose events are not known"
    sentences = [
        f"{begun(counted(total, 'report'))}{whose}: {_once(total, left, apart)} A report that shares no text "
        "with the others may still have its source from one of them.",
        *_fewer(sources[known], told_of, most=most),
    ]
    if apart > left:
        sentences.append(
            "The larger number counts reports of which no two share passages: what joins them is merged from "
            "several, or is what they are cut from."
        )
    unjudged = int(sources["n_unjudged"].sum())
    if unjudged:
        sentences.append(
            f"{counted(unjudged, 'pair')} of one event could not be judged: there the number is the most "
            "there can be."
        )
    return sentences


def _once(total: int, left: int, apart: int) -> str:
    """Return how many of `total` reports are left when those that rest on one text are counted once."""
    if left == total:
        return "no two of them were found to rest on one text."
    return f"counted once where they rest on one text, they are {_between(left, apart)}."


def _fewer(sources: SourceCounts, told_of: Callable[[Hashable], str], *, most: int) -> list[str]:
    """Return the events with fewer independent sources than reports, those that lose most first."""
    order = sources.assign(less=sources["n_reports"] - sources["n_sources"])
    order = order[order["less"] > 0].sort_values(["less", "event_id"], ascending=[False, True])
    sentences = [
        f"{begun(told_of(row['event_id']))}: {counted(row['n_reports'], 'report')}, "
        f"{_between(row['n_sources'], row['n_apart'])} counted once."
        for row in order.head(most).to_dict("records")
    ]
    more = [f"So it is in {counted(len(order) - most, 'more event')}."] if len(order) > most else []
    return [*sentences, *more]


def _between(least: int, most: int) -> str:
    """Return both numbers, or the one that they are."""
    return f"{least:,} to {most:,}" if most > least else f"{least:,}"


def stemmas_said(stemmas: Mapping[str, Stemma], *, most: int = 6) -> list[str]:
    """Return the tree of each group in Newick form, or that none is told from chance."""
    if not stemmas:
        return ["No four reports rest on one text: a tree of fewer has only one form and says nothing."]
    told = []
    for first, stemma in list(stemmas.items())[:most]:
        reports = counted(len(stemma.names), "report")
        if stemma.branches:
            told.append(f"The group of {first}, {reports}: {newick(stemma)}")
        else:
            told.append(
                f"The group of {first}, {reports}: no branch is told from chance{_likeliest(stemma)}."
            )
    if len(stemmas) > most:
        told.append(f"{counted(len(stemmas) - most, 'more group')}: see the edition's dependence.stemmas.")
    return told


def _likeliest(stemma: Stemma) -> str:
    """Return which reports most trees put together, where any do."""
    if not stemma.likely:
        return ""
    split, support = max(stemma.likely, key=lambda branch: (branch[1], sorted(branch[0])))
    side = min(sorted(split), sorted(set(stemma.names) - split), key=lambda names: (len(names), names))
    return f"; {support:.0%} of the trees put {listed(side)} together, which chance does too"
