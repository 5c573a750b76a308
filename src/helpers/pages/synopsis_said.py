"""The sentences of page 06."""

import pandas as pd
from markupsafe import Markup

from helpers.pages.blocks import counted_in, link
from helpers.pages.phrases import agree, counted, listed, percent
from helpers.pages.shelf import Shelf
from helpers.pages.telling import announced, are_likely, said
from helpers.pairs import NEAREST, WHOLE_EVENT, EventPairs
from helpers.synopsis import FEWEST_REPORTS, Coverage, Differences, Omissions, Slots

__all__ = ["event_pairs_answer", "omissions_answer", "ribbon_alt", "synopsis_answer", "synopsis_limits"]
# Slots whose surest pair told the same fact less often than this are to be read with care.
WEAK = 0.6
# Events up to which each is told.
FEW_TOLD = 3


def synopsis_answer(
    slots: Slots, coverage: Coverage, differences: Differences, shelf: Shelf, *, unread: bool = False
) -> list[str]:
    """Return what differs where reports tell the same, and how much of each event's reports corresponds.

    Of reports that are `unread` by a parser, titles and wordings are not compared.
    """
    shared = slots[slots["relation"] != "only here"].groupby("event_id")["slot_id"].nunique()
    sizes = coverage["event_id"].value_counts()
    if not len(sizes) or sizes.max() < 2:
        return ["No event has two reports, so nothing can be set side by side."]
    differing = _differences(differences, shelf, unread=unread)
    covered = [counted_in(told, "coverage") for told in _shared(shared, coverage, shelf)]
    return [*differing[:2], *covered, *differing[2:]]


def _shared(shared: "pd.Series[int]", coverage: Coverage, shelf: Shelf) -> list[str]:
    """Return how much of the reports other reports tell too; event by event while there are few."""
    sizes = coverage["event_id"].value_counts()
    several = coverage[coverage["event_id"].map(sizes) > 1].dropna(subset=["share"])
    if not len(several):
        return []
    if several["event_id"].nunique() > FEW_TOLD:
        events, middle = several["event_id"].nunique(), several["share"].median()
        if not middle:
            nothing = f"{int((several['share'] == 0).sum()):,} of {len(several):,} reports"
            return [f"In {events:,} events, {nothing} share nothing of what they tell with another report."]
        return [
            f"In {events:,} events, half of the reports share {percent(middle)} or more of what they tell "
            "with another report."
        ]
    told = []
    for event_id, own in several.groupby("event_id", sort=True):
        ends = own.sort_values("share", kind="stable")
        ends = ends if len(ends) == 2 else ends.iloc[[0, -1]]
        parts = [
            f"{percent(share)} of {shelf.labels[doc_id]}"
            for doc_id, share in zip(ends["doc_id"], ends["share"], strict=True)
        ]
        joined = " and ".join(parts) if len(own) == 2 else "between " + " and ".join(parts)
        told.append(
            f"{joined} ({shelf.event(event_id)})"
            if shared.get(event_id, 0)
            else f"nothing ({shelf.event(event_id)})"
        )
    return [f"Shared with another report: {'; '.join(told)}."]


def event_pairs_answer(chosen: EventPairs) -> list[str]:
    """Return where not all reports of one event are set side by side, and which are without a known event."""
    sentences = []
    if chosen.n_unknown > 1:
        sentences.append(
            f"The event of {counted(chosen.n_unknown, 'report')} is not known. They are compared as if they "
            "were of one event, which may be wrong."
        )
    if chosen.near:
        verb = "has" if len(chosen.near) == 1 else "have"
        sentences.append(
            f"{counted(len(chosen.near), 'event').capitalize()} {verb} more than {WHOLE_EVENT} reports. "
            f"There each report is compared with the {NEAREST} that share most words with it: "
            f"{len(chosen.pairs):,} of {chosen.n_pairs:,} pairs."
        )
    return sentences


def _differences(differences: Differences, shelf: Shelf, *, unread: bool) -> list[str]:
    """Return how many differences of each kind there are, the first of them, and those within one report."""
    within = differences["doc_id_a"] == differences["doc_id_b"]
    likely = are_likely(differences)
    stated = differences[~within & likely & (differences["kind"] != "omitted")]
    told = _stated(stated, said(announced(differences, per_event=2), shelf, n=2, page=""), unread=unread)
    possible = int((~within & ~likely).sum())
    if possible:
        more = "more" if len(stated) else "difference" if possible == 1 else "differences"
        told.append(
            Markup("{} {} {} less sure: fewer of such differences were real where they were judged.").format(
                link(f"{possible:,}", "#differences"), more, agree(possible, "is")
            )
        )
    spelt = differences.loc[within, "doc_id_a"].nunique()
    if spelt:
        told.append(
            Markup("{} {} {} one name in two ways.").format(
                link(f"{spelt:,}", "#differences"),
                "report" if spelt == 1 else "reports",
                agree(spelt, "spells"),
            )
        )
    return told


def _stated(stated: Differences, first: list[Markup], *, unread: bool) -> list[str]:
    """Return how many likely differences of each kind there are, and the first of them in words."""
    kinds = [counted(int(n), str(kind)) for kind, n in stated["kind"].value_counts(sort=False).items()]
    if not kinds:
        return [
            f"No {'name, number or date' if unread else 'name, number, date, title or wording'} was found "
            "that differs where two reports tell the same. What they tell in quite other words is not "
            + (
                "compared, nor are titles and wordings in languages without a parser."
                if unread
                else "compared."
            )
        ]
    number = link(f"{len(stated):,}", "#differences")
    head = Markup("Where two reports tell the same, {} things {}: {}.").format(
        number, "differs" if len(stated) == 1 else "differ", listed(kinds, shown=8)
    )
    if len(stated) == 1:
        head = Markup("Where two reports tell the same, {} thing differs, a {}.").format(
            number, stated["kind"].iloc[0]
        )
    return [head, Markup("The surest: {}.").format(Markup("; ").join(first))] if first else [head]


def omissions_answer(omissions: Omissions, slots: Slots) -> list[str]:
    """Return how much one report lacks that most others of its event have, or that it cannot be told."""
    reports = slots.groupby("event_id")["doc_id"].nunique()
    several = int((reports >= FEWEST_REPORTS).sum())
    if not several:
        return ["No event has three reports, so what one of them lacks cannot be told."]
    kinds = omissions["kind"].value_counts()
    told = [counted(int(kinds[kind]), kind) for kind in ("fact", "quotation", "source") if kind in kinds]
    if not told:
        return [
            f"In {counted(several, 'event')} with three reports or more, none lacks what most others have."
        ]
    lacking = (
        f"In {counted(several, 'event')} with three reports or more, single reports lack what most others "
        f"have: {listed(told)}."
    )
    return [counted_in(lacking, "omissions")]


def synopsis_limits(slots: Slots, coverage: Coverage) -> list[str]:
    """Return what the alignment of this corpus leaves open."""
    shared = slots[slots["relation"] != "only here"]
    surest = shared.groupby(["event_id", "slot_id"])["strength"].max()
    weak = surest[surest < WEAK]
    total = len(shared[["event_id", "slot_id"]].drop_duplicates())
    outside = int(coverage["n_outside"].sum())
    silent = coverage.loc[coverage["n_tokens"] == 0, "doc_id"].tolist()
    sentences = [
        f"{len(weak):,} of {total:,} shared parts are doubtful: of pairs like them, fewer than {WEAK:.0%} "
        "told the same fact when people checked."
        if total
        else "No two reports were found to tell the same.",
        f"{counted(outside, 'word').capitalize()} in bylines, datelines and links were not compared.",
    ]
    return sentences + ([f"No word was found in {listed(silent)}."] if silent else [])


def ribbon_alt(slots: Slots) -> str:
    """Return the finding of the picture of shared parts in words and numbers."""
    if not len(slots):
        return "No report."
    rows = []
    for doc_id, own in slots.groupby("doc_id", sort=True):
        alone = int((own["relation"] == "only here").sum())
        rows.append(
            f"{doc_id} shares {len(own) - alone:,} of its {counted(len(own), 'part')}, "
            f"{int(own['moved'].sum()):,} of them in another place"
        )
    return listed(rows, shown=12) + "."
