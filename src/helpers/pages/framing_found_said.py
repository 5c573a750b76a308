"""The sentences of page 04 on what is found in the reports without a list."""

import pandas as pd

from helpers.pages.phrases import agree, counted, event_name, listed

__all__ = ["acts_answer", "agreement_answer", "called_answer", "candidates_answer", "stances_answer"]
WITHOUT = ("passive without agent", "happening")


def called_answer(counts: pd.DataFrame) -> list[str]:
    """Return what the most labelled entity is called beyond its name in each report.

    What only belongs to it, as its people do, is no name for it and is left out.
    """
    counts = counts[counts["kinds"] != "belonging"]
    if counts.empty:
        return [
            "No phrase in these reports calls anybody something beyond a name, as far as a parser reads them."
        ]
    first = counts.iloc[0]["entity"]
    own = counts[counts["entity"] == first]
    parts = []
    for doc_id, rows in own.groupby("doc_id", sort=True):
        top = rows.iloc[0]
        parts.append(f"“{top['label']}” in {doc_id} ({top['n']:,} of {rows['n'].sum():,})")
    return [
        f"Besides the name, the reports have {counted(own['label'].nunique(), 'label')} for {first}. Most "
        f"used: {listed(parts, shown=6)}."
    ]


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
        f"{counted(len(acts), 'act')} {agree(len(acts), 'is')} read; who acts is left out in "
        f"{int(without.sum()):,}: {'from ' if len(told) > 2 else ''}"
        f"{' to '.join(ends) if len(told) > 2 else listed(ends)}.",
        f"Of {counted(len(counts), 'pair')} of entity and report, {few:,} {agree(few, 'has')} too few acts "
        "to compare. What a form is meant to do, the counts do not say.",
    ]


def candidates_answer(candidates: pd.DataFrame) -> list[str]:
    """Return how many words are said of an entity, and the first of each event with those who use them."""
    if candidates.empty:
        return ["No word is read as said of anybody, so there is no candidate for a list."]
    told = []
    for event, rows in candidates.groupby("event_id", sort=True):
        first = rows.iloc[0]
        told.append(f"“{first['pattern']}” of {first['target']} in {event_name(event)} ({first['used_by']})")
    single = int((candidates["outlets"] == 1).sum())
    return [
        f"{counted(len(candidates), 'pair')} of word and target {agree(len(candidates), 'is')} read; in "
        f"{single:,} of them one outlet alone uses the word so.",
        f"The first candidates are {listed(told, shown=4)}. A candidate is a word to look at, not a finding.",
    ]


def stances_answer(counts: pd.DataFrame) -> list[str]:
    """Return the range of assertive and of factive verbs over the reports, and of hedged statements."""
    if counts.empty:
        return ["No speech is reported, so there is no verb that reports it."]
    enough = counts[counts["outcome"] == ""]
    few = len(counts) - len(enough)
    said = [
        f"Verbs that assert (claim, argue) introduce {counts['assertive'].sum():,} of "
        f"{counted(int(counts['n'].sum()), 'span')} of speech, verbs that take it as given (note, admit) "
        f"{counts['factive'].sum():,}."
    ]
    if len(enough) > 1:
        ordered = enough.sort_values("share_hedged", kind="stable")
        low, high = ordered.iloc[0], ordered.iloc[-1]
        said.append(
            f"A hedge or modal verb is in {low['hedged']:,} of {low['n']:,} spans in {low['doc_id']}, "
            f"the lowest share, and in {high['hedged']:,} of {high['n']:,} in {high['doc_id']}, the highest."
        )
    if few:
        said.append(f"{counted(few, 'report')} {agree(few, 'has')} too few spans to compare.")
    return said


def agreement_answer(agreed: pd.DataFrame) -> list[str]:
    """Return the agreement of two coders on each layer, or that there is no second one."""
    if agreed.empty:
        return [
            "No second person has coded these reports, so no agreement is known. `make coding` writes the "
            "spans for one."
        ]
    told = []
    for _, row in agreed[agreed["category"] == "every value"].iterrows():
        if pd.isna(row["alpha"]):
            told.append(f"none for {row['layer']} (one value only)")
        else:
            ends = "" if pd.isna(row["low"]) else f" ({row['low']:.2f} to {row['high']:.2f})"
            told.append(f"{row['alpha']:.2f}{ends} for {row['layer']}")
    words = int(agreed["words"].iloc[0])
    return [f"Krippendorff's alpha over {counted(words, 'word')} that two coders marked is {listed(told)}."]
