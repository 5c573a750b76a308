"""The sentences of page 02."""

import pandas as pd
from markupsafe import Markup

from helpers.names import Mentions, NamingVariants, UnknownNames, is_short_form
from helpers.pages.blocks import counted_in
from helpers.pages.phrases import begun, counted, listed
from helpers.pages.shelf import Shelf
from helpers.pages.telling import announced, said
from helpers.synopsis import Differences
from helpers.table import UNKNOWN
from helpers.text import Documents

__all__ = ["names_answer", "names_limits", "naming_alt", "worklist_answer"]


def names_answer(
    documents: Documents,
    mentions: Mentions,
    differences: Differences,
    shelf: Shelf,
    *told: pd.DataFrame,
) -> list[str]:
    """Return which names differ in the same place, who has most names, whose title differs, and counts.

    `told` are the names of the most variously named entities, the entities without a common name and the
    titles, with the canonical name in the column entity.
    """
    if mentions.empty:
        return ["Nobody and nothing on the list is named in these reports."]
    varied, differing, titles = told
    events = documents.loc[documents["event_id"] != UNKNOWN, "event_id"]
    first = said(announced(differences, per_event=2), shelf, n=2)
    sentences: list[str] = []
    if first:
        sentences.append(
            Markup("Where two reports tell the same, they use other names or titles: {}.").format(
                Markup("; ").join(first)
            )
        )
    sentences += [*_most_names(varied, shown=1), *_title_sentences(titles, shelf)]
    if not events.duplicated().any():
        sentences.append("No two reports are known to be of one event, so their names are not compared.")
    else:
        sentences += _differing_sentences(differing)
    return [*sentences, _count_sentence(mentions)]


def _count_sentence(mentions: Mentions) -> str:
    """Return how many persons and things are named, how often, and how many of them in every report."""
    named_in = mentions.groupby("entity_id")["doc_id"].nunique()
    n_reports = mentions["doc_id"].nunique()
    each = int((named_in == n_reports).sum())
    count = f"{begun(counted(len(named_in), 'person or thing', plural='persons and things'))} "
    count += f"{'is' if len(named_in) == 1 else 'are'} named, {len(mentions):,} times in all"
    if n_reports > 1:
        every = f"{each:,} of them {'is' if each == 1 else 'are'}" if each else "none of them is"
        count += f"; {every} named in every report"
    return counted_in(f"{count}.", "entities")


def _most_names(varied: pd.DataFrame, *, shown: int = 3) -> list[str]:
    """Return the entities with the most names, each with its commonest; short forms of one are no other."""
    names = varied[["entity", "surface"]].drop_duplicates().groupby("entity", sort=False)["surface"]
    parts = [
        f"{entity} has {len(forms)} ({listed([f'“{form}”' for form in forms], shown=3)})"
        for entity, forms in names
        if not all(is_short_form(form, max(forms, key=len)) for form in forms)
    ]
    return [counted_in(f"Most names: {'; '.join(parts[:shown])}.", "forms")] if parts else []


def _differing_sentences(differing: pd.DataFrame, *, shown: int = 6) -> list[str]:
    """Return for whom or what two reports of one event have no name in common."""
    if differing.empty:
        return [
            "Two reports of one event share at least one name of everybody and everything that both name."
        ]
    order = differing.assign(other=differing["entity_type"] != "EVENT").sort_values("other", kind="stable")
    names = order["entity"].drop_duplicates().tolist()
    return [
        f"Two reports of one event share no name for {listed(names, shown=shown)}. It may be a matter of "
        "spelling only."
    ]


def _title_sentences(titles: pd.DataFrame, shelf: Shelf, *, shown: int = 1, most: int = 3) -> list[str]:
    """Return the persons with one title in most titled uses of a report, and another in another report."""
    borne = titles[titles["honorific"] != ""]
    borne = borne.assign(plain=borne["honorific"].str.strip(".").str.casefold())
    whole = borne.groupby(["entity", "doc_id"])["n"].transform("sum")
    order = borne[2 * borne["n"] > whole].sort_values(
        ["n", "honorific"], ascending=[False, True], kind="stable"
    )
    first = order.drop_duplicates(["entity", "doc_id"])
    sentences = []
    for entity, rows in first.groupby("entity", sort=False):
        if rows["plain"].nunique() > 1:
            groups = rows.sort_values("doc_id").groupby("plain", sort=False)
            parts = [f"“{own['honorific'].iloc[0]}” in {shelf.reports(own['doc_id'])}" for _, own in groups]
            sentences.append(counted_in(f"{entity} is mostly {listed(parts, shown=most)}.", "titles"))
    return sentences[:shown]


def naming_alt(varied: pd.DataFrame) -> str:
    """Return the alternative text of the naming picture: each entity's names and their uses per report."""
    parts = []
    for entity, rows in varied.groupby("entity", sort=False):
        uses = rows["n"].astype("str") + " in " + rows["doc_id"].astype("str")
        forms = [
            f"“{form}” {listed(list(found))}" for form, found in uses.groupby(rows["surface"], sort=False)
        ]
        parts.append(f"{entity}: {', '.join(forms)}.")
    return " ".join(parts) or "Nobody has two names."


def worklist_answer(unknown: UnknownNames, proposals: pd.DataFrame) -> list[str]:
    """Return how much of the reader's work is left: unknown names and undecided spellings."""
    forms, waiting = unknown["surface"].nunique(), int((proposals["decision"] == "").sum())
    if not forms and not waiting:
        return ["No capitalised word is left to look at, and no spelling to decide."]
    left = f"Left for a person: {counted(forms, 'capitalised word')} that no list has."
    told = f"{begun(counted(waiting, 'spelling'))} {'waits' if waiting == 1 else 'wait'} for a decision."
    return [counted_in(left, "worklist"), *([counted_in(told, "proposals")] if waiting else [])]


def names_limits(
    mentions: Mentions, variants: NamingVariants, contested: pd.DataFrame, *, n_boilerplate: int
) -> list[str]:
    """Return what the counts of names leave open."""
    if mentions.empty:
        return ["Nothing was counted."]
    read = int(mentions["kind"].isin(["label", "role"]).sum())
    forms = variants.groupby(["entity_id", "surface"])["n"].sum()
    roles = "is a role or label" if read == 1 else "are roles or labels"
    doubtful = counted(contested["alias"].nunique(), "form")
    return [
        f"{read:,} of {counted(len(mentions), 'name')} {roles}: a person read the context and wrote down "
        "whom it means."
        if read
        else "No name is a role or a label that a person has put on the list.",
        f"{int((forms == 1).sum()):,} of {counted(len(forms), 'form')} are used only once in all reports. "
        "That is one use, and not a habit.",
        f"Not counted: {counted(n_boilerplate, 'name')} in links to other pages, and {doubtful} that could "
        "mean several persons in a report without a date.",
    ]
