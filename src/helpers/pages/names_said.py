"""The sentences of page 02."""

import pandas as pd

from helpers.names import Mentions, NamingVariants, UnknownNames
from helpers.pages.phrases import counted, listed
from helpers.table import UNKNOWN
from helpers.text import Documents

__all__ = ["names_answer", "names_limits", "naming_alt", "worklist_answer"]


def names_answer(
    documents: Documents,
    mentions: Mentions,
    varied: pd.DataFrame,
    differing: pd.DataFrame,
    titles: pd.DataFrame,
) -> list[str]:
    """Return who is named how often, by how many names, and where two reports share no name or title.

    `varied`, `differing` and `titles` have the canonical name in the column entity.
    """
    if mentions.empty:
        return ["No entity of the authority file is mentioned."]
    events = documents.loc[documents["event_id"] != UNKNOWN, "event_id"]
    compared = (
        _differing_sentences(differing)
        if events.duplicated().any()
        else ["No two reports are known to be of one event, so their names are not compared."]
    )
    named_in = mentions.groupby("entity_id")["doc_id"].nunique()
    n_reports = mentions["doc_id"].nunique()
    entities = counted(len(named_in), "entity", plural="entities")
    first = (
        f"{counted(len(mentions), 'mention').capitalize()} of {entities} in {counted(n_reports, 'report')}"
    )
    if n_reports > 1:
        first += f"; {int((named_in == n_reports).sum()):,} of them are named in each"
    return [f"{first}.", *_most_names(varied), *compared, *_title_sentences(titles)]


def _most_names(varied: pd.DataFrame, *, shown: int = 3) -> list[str]:
    """Return the entities with the most names, each with its commonest."""
    names = varied[["entity", "surface"]].drop_duplicates().groupby("entity", sort=False)["surface"]
    parts = [
        f"{entity} has {len(forms)} ({listed([f'“{form}”' for form in forms], shown=3)})"
        for entity, forms in names
    ]
    return [f"The most names and labels: {'; '.join(parts[:shown])}."] if parts else []


def _differing_sentences(differing: pd.DataFrame, *, shown: int = 3, most: int = 4) -> list[str]:
    """Return the events two reports name without a name in common, and how many other entities.

    Of the events `shown` are told, each with the names that `most` reports have for it.
    """
    if differing.empty:
        return ["Any two reports of one event have a name in common for whatever both name."]
    sentences = []
    happenings = differing[differing["entity_type"] == "EVENT"]
    for entity, rows in list(happenings.groupby("entity", sort=False))[:shown]:
        names = [f"{names} in {doc_id}" for names, doc_id in zip(rows["names"], rows["doc_id"], strict=True)]
        more = f"; and {len(names) - most:,} more" if len(names) > most else ""
        sentences.append(f"{entity} has no name in common: {'; '.join(names[:most])}{more}.")
    left = happenings["entity"].nunique() - shown
    if left > 0:
        sentences.append(f"So it is with {counted(left, 'more event')}.")
    others = differing.loc[differing["entity_type"] != "EVENT", "entity"].drop_duplicates().tolist()
    if others:
        sentences.append(f"Two reports of one event have no name in common for {listed(others, shown=6)}.")
    return sentences


def _title_sentences(titles: pd.DataFrame, *, shown: int = 2) -> list[str]:
    """Return the persons whose commonest title differs between reports."""
    borne = titles[titles["honorific"] != ""]
    order = borne.sort_values(["n", "honorific"], ascending=[False, True], kind="stable")
    first = order.drop_duplicates(["entity", "doc_id"])
    sentences = []
    for entity, rows in first.groupby("entity", sort=False):
        if rows["honorific"].nunique() > 1:
            ranked = rows.sort_values("doc_id").groupby("honorific", sort=False)["doc_id"].agg(list)
            parts = [f"“{title}” in {listed(reports)}" for title, reports in ranked.items()]
            sentences.append(f"The title of {entity} is mostly {', '.join(parts)}.")
    return sentences[:shown]


def naming_alt(varied: pd.DataFrame) -> str:
    """Return the alternative text of the naming picture: each entity's names and their uses per report."""
    parts = []
    for entity, rows in varied.groupby("entity", sort=False):
        uses = rows["n"].astype("str") + " in " + rows["doc_id"]
        forms = [
            f"“{form}” {listed(list(found))}" for form, found in uses.groupby(rows["surface"], sort=False)
        ]
        parts.append(f"{entity}: {', '.join(forms)}.")
    return " ".join(parts) or "No squares: no entity has two names."


def worklist_answer(unknown: UnknownNames, proposals: pd.DataFrame) -> list[str]:
    """Return how much of the reader's work is left: unknown names and undecided spellings."""
    forms = counted(unknown["surface"].nunique(), "capitalised form").capitalize()
    waiting = counted(int((proposals["decision"] == "").sum()), "proposal")
    return [
        f"{forms} ({counted(len(unknown), 'use')}) not in the authority file, and {waiting} of a spelling "
        "to decide."
    ]


def names_limits(
    mentions: Mentions, variants: NamingVariants, contested: pd.DataFrame, *, n_boilerplate: int
) -> list[str]:
    """Return what the counts of names leave open."""
    if mentions.empty:
        return ["Nothing was counted."]
    read = int(mentions["kind"].isin(["label", "role"]).sum())
    forms = variants.groupby(["entity_id", "surface"])["n"].sum()
    doubtful = counted(contested["alias"].nunique(), "form")
    return [
        f"{read:,} of {counted(len(mentions), 'mention')} are roles or labels: whom they mean is a reading "
        "of the context, written into the authority file.",
        f"{int((forms == 1).sum()):,} of {counted(len(forms), 'form')} are met once in all reports, "
        "which is an observation and not a habit.",
        f"Left out of the counts: {counted(n_boilerplate, 'mention')} in links to other pages, and "
        f"{doubtful} that could name several entities in an undated report.",
    ]
