"""The sentences of page 06."""

import pandas as pd

from helpers.pages.phrases import FEW_EVENTS, FEW_REPORTS, counted, event_name, listed
from helpers.pairs import NEAREST, WHOLE_EVENT, EventPairs
from helpers.synopsis import Coverage, Discrepancies, Slots

__all__ = ["event_pairs_answer", "ribbon_alt", "synopsis_answer", "synopsis_limits"]
# Slots whose surest pair told the same fact less often than this are to be read with care.
WEAK = 0.6


def synopsis_answer(slots: Slots, coverage: Coverage, discrepancies: Discrepancies) -> list[str]:
    """Return how much of each event's reports corresponds, what was moved, and how many differences are."""
    shared = slots[slots["relation"] != "only here"].groupby("event_id")["slot_id"].nunique()
    moved = slots[slots["moved"]].groupby("event_id")["slot_id"].nunique()
    events = coverage.groupby("event_id", sort=True)
    if len(events) > FEW_EVENTS:
        return _many_events(shared, moved, coverage) + _differences(discrepancies)
    sentences = []
    for event_id, reports in events:
        n_shared, n_moved = int(shared.get(event_id, 0)), int(moved.get(event_id, 0))
        if len(reports) < 2:
            sentences.append(
                f"Of {event_name(event_id)} there is one report, so nothing can be set beside it."
            )
            continue
        sentences.append(
            f"{event_name(event_id)}: {counted(n_shared, 'slot')} in two reports or more"
            + (f", holding {_held(reports)}" if n_shared else "")
            + (f"; {n_moved:,} of them moved." if n_moved else ".")
        )
    return sentences + _differences(discrepancies)


def _held(reports: pd.DataFrame) -> str:
    """Return how much of each report shared slots hold; of many the least and the most."""
    known = reports.dropna(subset=["share"]).sort_values("share", kind="stable")
    ends = known if len(known) <= FEW_REPORTS else known.iloc[[0, -1]]
    ordered = ends.sort_values("doc_id") if len(known) <= FEW_REPORTS else ends
    told = [f"{share:.0%} of {name}" for name, share in zip(ordered["doc_id"], ordered["share"], strict=True)]
    return listed(told) if len(known) <= FEW_REPORTS else f"from {told[0]} to {told[-1]}"


def _many_events(shared: "pd.Series[int]", moved: "pd.Series[int]", coverage: Coverage) -> list[str]:
    """Return what `synopsis_answer` tells of many events: all of them together, and those with most slots."""
    sizes = coverage["event_id"].value_counts()
    several = coverage[coverage["event_id"].map(sizes) > 1].dropna(subset=["share"])
    sentences = [
        f"{int((sizes > 1).sum()):,} of {counted(len(sizes), 'event')} have two reports or more: "
        f"{counted(int(shared.sum()), 'slot')} in two reports or more"
        + (f", holding {_held(several)}" if shared.sum() else "")
        + (f"; {int(moved.sum()):,} of them moved." if moved.sum() else ".")
    ]
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


def _differences(discrepancies: Discrepancies) -> list[str]:
    """Return how many differences of each kind there are, between reports and within one."""
    within = discrepancies.loc[discrepancies["doc_id_a"] == discrepancies["doc_id_b"], "doc_id_a"].nunique()
    between = discrepancies[discrepancies["doc_id_a"] != discrepancies["doc_id_b"]]
    if not len(discrepancies):
        return ["No difference of name, number, date, title, scope or term was found in a shared slot."]
    kinds = [f"{n:,} of {kind}" for kind, n in between["kind"].value_counts(sort=False).items()]
    sentences = [f"Differences in shared slots: {listed(kinds) if kinds else 'none'}."]
    widest = _widest(between)
    if widest:
        sentences.append(f"The first of each kind with the fewest words in common: {'; '.join(widest)}.")
    if within:
        verb = "spells" if within == 1 else "spell"
        sentences.append(f"{counted(within, 'report').capitalize()} {verb} one name in two ways.")
    return sentences


def _widest(discrepancies: Discrepancies) -> list[str]:
    """Return, of each kind but dates and terms, the texts with the smallest share of common words."""
    chosen = discrepancies[~discrepancies["kind"].isin(["date", "term"])]
    best: dict[str, tuple[float, int, int, str]] = {}
    columns = (chosen[c].tolist() for c in ("kind", "text_a", "doc_id_a", "text_b", "doc_id_b"))
    for place, (kind, one, a, other, b) in enumerate(zip(*columns, strict=True)):
        words = set(one.casefold().split()), set(other.casefold().split())
        size = len(words[0] | words[1])
        row = len(words[0] & words[1]) / size, -size, place, f"“{one}” ({a}) and “{other}” ({b})"
        best[kind] = min(row, best.get(kind, row))
    return [sentence for *_, sentence in best.values()]


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
