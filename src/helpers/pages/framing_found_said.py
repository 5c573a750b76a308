"""The sentences of page 04 on what is found in the reports without a list."""

import pandas as pd

from helpers.pages.blocks import counted_in
from helpers.pages.phrases import agree, begun, counted, listed
from helpers.pages.shelf import Shelf

__all__ = [
    "act_words_answer",
    "acts_answer",
    "agreement_answer",
    "called_answer",
    "candidates_answer",
    "stances_answer",
]
# Labels that the answer names.
NAMED = 2
WITHOUT = ("passive without agent", "happening")


def called_answer(counts: pd.DataFrame, shelf: Shelf) -> list[str]:
    """Return what the most labelled entity is called beyond its name in each report.

    What belongs to it, as its people do, is no name for it and is left out.
    """
    counts = counts[~counts["theirs"]]
    if counts.empty:
        return ["As far as a program can read them, these reports call nobody anything beyond a name."]
    first = counts.iloc[0]["entity"]
    own = counts[counts["entity"] == first]
    reports = own.groupby("label")["doc_id"].nunique()
    # The label that most reports have goes first, of each report the one that it shares with most.
    shared = own.assign(reports=own["label"].map(reports))
    shared = shared.sort_values(["reports", "n", "label"], ascending=[False, False, True], kind="stable")
    top = shared.drop_duplicates("doc_id").groupby("label", sort=False)["doc_id"].agg(sorted)
    parts = [f"“{label}” in {shelf.reports(reports)}" for label, reports in top.items()]
    n = own["label"].nunique()
    among = "" if n == len(parts) <= NAMED else f"{counted(n, 'thing')}, among them "
    told = f"Beside the name, {first} is called {among}{listed(parts, shown=NAMED)}."
    return [counted_in(told, "framing-called")]


def acts_answer(acts: pd.DataFrame, counts: pd.DataFrame) -> list[str]:
    """Return how many acts are told without who acts, in which reports, and how many can be compared."""
    if acts.empty:
        return ["No act is read in these reports."]
    without = acts["form"].isin(WITHOUT)
    by_report = without.groupby(acts["doc_id"]).agg(["sum", "size"])
    ordered = by_report.assign(share=by_report["sum"] / by_report["size"]).sort_values("share", kind="stable")
    told = [f"{row['sum']:,.0f} of {row['size']:,.0f} in {doc_id}" for doc_id, row in ordered.iterrows()]
    ends = told if len(told) <= 2 else [told[0], told[-1]]
    few = int((counts["outcome"] != "").sum())
    return [
        f"{begun(counted(len(acts), 'act'))} {agree(len(acts), 'is')} told, {int(without.sum()):,} of them "
        f"without who acts: {'from ' if len(told) > 2 else ''}"
        f"{' to '.join(ends) if len(told) > 2 else listed(ends)}.",
        f"In {few:,} of {counted(len(counts), 'case')} there are too few acts to compare. The counts do not "
        "say what a form is meant to do.",
    ]


def act_words_answer(words: pd.DataFrame, shelf: Shelf) -> list[str]:
    """Return how many words only some outlets have for one target, and the first of each event."""
    if words.empty:
        return ["Cannot be compared: no two outlets tell what is done to the same person or thing."]
    told = []
    for event, rows in words.groupby("event_id", sort=True):
        first = rows.iloc[0]
        others = [f"“{word}”" for word in first["instead"].split(", ") if word]
        other = f"; other outlets: {listed(others, shown=2)}" if others else ""
        told.append(
            f"“{first['word']}” of {first['target']} in {first['used_by']} ({shelf.event(event)}){other}"
        )
    n = len(words)
    return [
        f"{begun(counted(n, 'word'))} for what is done to somebody, or beside the same verb, "
        f"{agree(n, 'is')} used by some outlets and not by others that write about the same.",
        *(f"{sentence}." for sentence in told[:3]),
        "Two words may be for two acts.",
    ]


def candidates_answer(candidates: pd.DataFrame, shelf: Shelf) -> list[str]:
    """Return how many words are said of an entity, and the first of each event with those who use them."""
    if candidates.empty:
        return ["No word was found that is said of anybody."]
    told = []
    for event, rows in candidates.groupby("event_id", sort=True):
        first = rows.iloc[0]
        told.append(f"“{first['pattern']}” of {first['target']} ({first['used_by']}, {shelf.event(event)})")
    single = int((candidates["outlets"] == 1).sum())
    return [
        f"{begun(counted(len(candidates), 'word'))} {agree(len(candidates), 'is')} said of somebody; "
        f"{single:,} of them by one outlet alone.",
        f"The first to look at: {listed(told, shown=4)}. A word here is a hint, not a finding.",
    ]


def stances_answer(counts: pd.DataFrame) -> list[str]:
    """Return the range of assertive and of factive verbs over the reports, and of hedged statements."""
    if counts.empty:
        return ["No speech is reported, so there is no verb that reports it."]
    enough = counts[counts["outcome"] == ""]
    few = len(counts) - len(enough)
    claimed, given = (int(counts[name].sum()) for name in ("assertive", "factive"))
    said = [
        f"Of {counted(int(counts['n'].sum()), 'piece')} of speech, {claimed or 'none'} "
        f"{'come' if claimed > 1 else 'comes'} after a verb like “claim”, and {given or 'none'} after one "
        "that takes the words as given, like “note”."
    ]
    if len(enough) > 1:
        ordered = enough.sort_values("share_hedged", kind="stable")
        low, high = ordered.iloc[0], ordered.iloc[-1]
        said.append(
            f"Words like “perhaps” or “could” are in {low['hedged'] or 'none'} of {low['n']:,} pieces in "
            f"{low['doc_id']}, the lowest share, and in {high['hedged']:,} of {high['n']:,} in "
            f"{high['doc_id']}, the highest."
        )
    if few:
        said.append(f"{begun(counted(few, 'report'))} {agree(few, 'has')} too little speech to compare.")
    return said


def agreement_answer(agreed: pd.DataFrame) -> list[str]:
    """Return the agreement of two coders on each layer, or that there is no second one."""
    if agreed.empty:
        return ["No second person has marked these reports, so nobody knows how far two people would agree."]
    told = []
    for _, row in agreed[agreed["category"] == "every value"].iterrows():
        if pd.isna(row["alpha"]):
            told.append(f"none for {row['layer']} (one value only)")
        else:
            ends = "" if pd.isna(row["low"]) else f" ({row['low']:.2f} to {row['high']:.2f})"
            told.append(f"{row['alpha']:.2f}{ends} for {row['layer']}")
    words = int(agreed["words"].iloc[0])
    return [f"Krippendorff's alpha over {counted(words, 'word')} that two coders marked is {listed(told)}."]
