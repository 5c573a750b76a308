"""The sentences of page 06."""

import pandas as pd

from helpers.pages.phrases import FEW_EVENTS, FEW_REPORTS, agree, counted, event_name, listed, percent
from helpers.pairs import NEAREST, WHOLE_EVENT, EventPairs
from helpers.synopsis import FEWEST_REPORTS, Coverage, Discrepancies, Omissions, Slots

__all__ = ["event_pairs_answer", "omissions_answer", "ribbon_alt", "synopsis_answer", "synopsis_limits"]
# Slots whose surest pair told the same fact less often than this are to be read with care.
WEAK = 0.6
# Differences that the answer tells.
TOLD = 4


def synopsis_answer(
    slots: Slots, coverage: Coverage, discrepancies: Discrepancies, labels: "pd.Series[str]"
) -> list[str]:
    """Return what differs in shared slots, and how much of each event's reports corresponds."""
    shared = slots[slots["relation"] != "only here"].groupby("event_id")["slot_id"].nunique()
    events = coverage.groupby("event_id", sort=True)
    told = _differences(discrepancies, labels)
    if len(events) > FEW_EVENTS:
        return told + _many_events(shared, coverage)
    sentences = []
    for event_id, reports in events:
        n_shared = int(shared.get(event_id, 0))
        if len(reports) < 2:
            sentences.append(
                f"Of {event_name(event_id)} there is one report, so nothing can be set beside it."
            )
            continue
        held = f": {_held(reports, labels)}" if n_shared else ""
        sentences.append(f"{event_name(event_id)}: the reports share {counted(n_shared, 'slot')}{held}.")
    return told + sentences


def _held(reports: pd.DataFrame, labels: "pd.Series[str]") -> str:
    """Return how much of each report shared slots hold; of many the least and the most."""
    known = reports.dropna(subset=["share"]).sort_values("share", kind="stable")
    ends = known if len(known) <= FEW_REPORTS else known.iloc[[0, -1]]
    ordered = ends.sort_values("doc_id") if len(known) <= FEW_REPORTS else ends
    told = [
        f"{percent(share)} of {labels[name]}"
        for name, share in zip(ordered["doc_id"], ordered["share"], strict=True)
    ]
    return listed(told) if len(known) <= FEW_REPORTS else f"from {told[0]} to {told[-1]}"


def _many_events(shared: "pd.Series[int]", coverage: Coverage) -> list[str]:
    """Return how much corresponds in many events: all of them together, and those with most slots."""
    sizes = coverage["event_id"].value_counts()
    several = coverage[coverage["event_id"].map(sizes) > 1].dropna(subset=["share"])
    sentences = [
        f"{int((sizes > 1).sum()):,} of {counted(len(sizes), 'event')} have two reports or more; they share "
        f"{counted(int(shared.sum()), 'slot')}."
    ]
    if len(several):
        sentences.append(
            f"In half of these reports, slots hold {percent(several['share'].median())} or more of the words."
        )
    most = shared.sort_index().sort_values(ascending=False, kind="stable").head(3)
    told = [f"{event_name(event_id)} ({n:,})" for event_id, n in most.items()]
    return sentences + ([f"Most slots: {listed(told)}."] if told else [])


def event_pairs_answer(chosen: EventPairs) -> list[str]:
    """Return where not all reports of one event are set side by side, and which are without a known event."""
    sentences = []
    if chosen.n_unknown > 1:
        sentences.append(
            f"The event is not known for {counted(chosen.n_unknown, 'report')}: they are set side by side as "
            "if they were of one, which they need not be."
        )
    if chosen.near:
        verb = "has" if len(chosen.near) == 1 else "have"
        sentences.append(
            f"{counted(len(chosen.near), 'event').capitalize()} {verb} more than {WHOLE_EVENT} reports. "
            f"There a report is compared with the {NEAREST} that share most runs of words with it, or else "
            f"most vocabulary: {len(chosen.pairs):,} of {chosen.n_pairs:,} pairs of one event."
        )
    return sentences


def _differences(discrepancies: Discrepancies, labels: "pd.Series[str]") -> list[str]:
    """Return how many differences of each kind there are, between reports and within one."""
    within = discrepancies.loc[discrepancies["doc_id_a"] == discrepancies["doc_id_b"], "doc_id_a"].nunique()
    between = discrepancies[discrepancies["doc_id_a"] != discrepancies["doc_id_b"]]
    said = between[between["kind"] != "omitted"]
    kinds = [counted(int(n), str(kind)) for kind, n in said["kind"].value_counts(sort=False).items()]
    if kinds:
        sentences = [f"Where reports say the same, these differ: {listed(kinds)}.", *_first(said, labels)]
    else:
        sentences = ["Where reports say the same, no name, number, date, title or scope differs."]
    omitted = len(between) - len(said)
    if omitted:
        sentences.append(
            f"One side leaves out {counted(omitted, 'number or date', plural='numbers or dates')}."
        )
    if within:
        sentences.append(
            f"{counted(within, 'report').capitalize()} {agree(within, 'spells')} one name in two ways."
        )
    return sentences


def _first(said: Discrepancies, labels: "pd.Series[str]") -> list[str]:
    """Return the first difference of each kind but terms, with who says what."""
    firsts = said[said["kind"] != "term"].drop_duplicates("kind").head(TOLD)
    columns = (firsts[c].tolist() for c in ("text_a", "doc_id_a", "text_b", "doc_id_b"))
    told = [
        f"“{one}” ({labels[a]}) and “{other}” ({labels[b]})"
        for one, a, other, b in zip(*columns, strict=True)
    ]
    return [f"The first of each kind: {'; '.join(told)}."] if told else []


def omissions_answer(omissions: Omissions, slots: Slots) -> list[str]:
    """Return how much one report lacks that most others of its event have, or that it cannot be told."""
    reports = slots.groupby("event_id")["doc_id"].nunique()
    several = int((reports >= FEWEST_REPORTS).sum())
    if not several:
        return ["No event has three reports or more, so nobody can say what one of them lacks."]
    kinds = omissions["kind"].value_counts()
    told = [counted(int(kinds[kind]), kind) for kind in ("fact", "quotation", "source") if kind in kinds]
    if not told:
        return [f"In {counted(several, 'event')} of three reports or more, none lacks what most others have."]
    return [
        f"In {counted(several, 'event')} of three reports or more, one report lacks what most others have: "
        f"{listed(told)}."
    ]


def synopsis_limits(slots: Slots, coverage: Coverage) -> list[str]:
    """Return what the alignment of this corpus leaves open."""
    shared = slots[slots["relation"] != "only here"]
    surest = shared.groupby(["event_id", "slot_id"])["strength"].max()
    weak = surest[surest < WEAK]
    total = len(shared[["event_id", "slot_id"]].drop_duplicates())
    outside = int(coverage["n_outside"].sum())
    silent = coverage.loc[coverage["n_tokens"] == 0, "doc_id"].tolist()
    sentences = [
        f"{len(weak):,} of {total:,} shared slots are weak: of judged pairs like them fewer than {WEAK:.0%} "
        "had the same fact."
        if total
        else "No slot is shared.",
        f"{counted(outside, 'word')} of bylines, datelines and boilerplate are not aligned.",
    ]
    return sentences + ([f"No word was found in {listed(silent)}."] if silent else [])


def ribbon_alt(slots: Slots) -> str:
    """Return the finding of the ribbon picture in words and numbers."""
    if not len(slots):
        return "No report."
    rows = []
    for doc_id, own in slots.groupby("doc_id", sort=True):
        alone = int((own["relation"] == "only here").sum())
        rows.append(
            f"{doc_id}: {counted(len(own) - alone, 'slot')} shared, {int(own['moved'].sum())} of them moved, "
            f"{alone} only here"
        )
    return "Lanes of slots with ribbons between the reports of an event. " + "; ".join(rows) + "."
