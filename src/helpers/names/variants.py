"""The variants by which entities are named, and where two reports share no name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import pandas as pd

from helpers.names.known import is_given_name
from helpers.names.tables import (
    Aliases,
    DifferingNames,
    DifferingNamesTable,
    Entities,
    Mentions,
    NamingVariants,
    NamingVariantsTable,
)
from helpers.table import UNKNOWN, conform, from_rows
from helpers.text import Documents, normalise

__all__ = [
    "across_reports",
    "contested_mentions",
    "differing_names",
    "honorifics",
    "is_short_form",
    "most_used",
    "most_varied",
    "naming_variants",
    "plain_form",
    "unused_aliases",
    "with_names",
]
NAMED_COLUMNS = frozenset({"entity_id", "speaker", "target"})
_NAMING = ("name", "label")
# Words of a name that give no letter to its short form.
_SMALL = frozenset({"of", "the", "and", "for", "in", "on"})
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")


def unused_aliases(mentions: Mentions, aliases: Aliases) -> pd.DataFrame:
    """Return the aliases of which the reports have no mention, as rows of the aliases table."""
    used = plain_form(mentions["entity_id"] + "\n" + mentions["surface"])
    return aliases[~plain_form(aliases["entity_id"] + "\n" + aliases["alias"]).isin(used)].reset_index(
        drop=True
    )


def naming_variants(mentions: Mentions) -> NamingVariants:
    """Return the naming_variants table: how often each report names each entity by each form.

    Forms that differ only in capitals, blanks or the sort of apostrophe are one.
    """
    printed = mentions["surface"].str.split().str.join(" ")
    forms = pd.DataFrame({"form": plain_form(printed), "surface": printed, "n": 1})
    ranked = forms.groupby(["form", "surface"])["n"].sum().reset_index()
    ranked = ranked.sort_values(["n", "surface"], ascending=[False, True]).drop_duplicates("form")
    shown = forms["form"].map(ranked.set_index("form")["surface"])
    grouped = mentions.assign(surface=shown).groupby(["entity_id", "surface", "kind", "doc_id"], sort=True)
    return conform(grouped.size().rename("n").reset_index(), NamingVariantsTable)


def most_varied(variants: NamingVariants, *, n: int = 6) -> NamingVariants:
    """Return the variants of the `n` entities that are named by the most different names and labels."""
    named = variants[variants["kind"].isin(_NAMING)]
    counts = named.groupby("entity_id")["surface"].nunique()
    chosen = counts[counts > 1].reset_index().sort_values(["surface", "entity_id"], ascending=[False, True])
    order = {entity_id: rank for rank, entity_id in enumerate(chosen["entity_id"].head(n))}
    kept = named[named["entity_id"].isin(order)]
    uses = kept.groupby(["entity_id", "surface"])["n"].transform("sum")
    kept = kept.assign(rank=kept["entity_id"].map(order), uses=-uses)
    return conform(kept.sort_values(["rank", "uses", "surface", "doc_id"]), NamingVariantsTable)


def most_used(varied: pd.DataFrame, *, forms: int = 12, reports: int = 12) -> pd.DataFrame:
    """Return the rows of the `forms` most used names of each entity, and of the `reports` that use them most.

    `varied` (entity, surface, doc_id, n) is what `with_names` makes of `most_varied`; its order is kept.
    """
    uses = varied.groupby(["entity", "surface"], sort=False)["n"].sum().reset_index()
    uses = uses.sort_values("n", ascending=False, kind="stable").groupby("entity").head(forms)
    kept = varied.merge(uses[["entity", "surface"]], on=["entity", "surface"])
    busiest = kept.groupby("doc_id")["n"].sum().sort_values(ascending=False, kind="stable").index[:reports]
    return kept[kept["doc_id"].isin(busiest)].reset_index(drop=True)


def across_reports(
    counts: pd.DataFrame, documents: Documents, *, by: Sequence[str], n: int = 12
) -> pd.DataFrame:
    """Return counts (doc_id, n) with a row per value of `by`: reports, uses, and the uses in each report.

    Rows with the most uses come first. Over `n` reports have no columns of their own.
    """
    grouped = counts.groupby(list(by), sort=True)
    table = pd.DataFrame({"uses": grouped["n"].sum(), "reports": grouped["doc_id"].nunique()})
    if 0 < len(documents) <= n:
        wide = counts.pivot_table(index=list(by), columns="doc_id", values="n", aggfunc="sum", fill_value=0)
        columns = {doc_id: f"in {doc_id}" for doc_id in documents["doc_id"]}
        wide = wide.reindex(columns=list(columns), fill_value=0).astype("int64")
        table = table.join(wide.rename(columns=columns))
    return table.sort_values(["uses", *by], ascending=[False] + [True] * len(by)).reset_index()


def with_names(table: pd.DataFrame, entities: Entities) -> pd.DataFrame:
    """Return `table` with canonical names in place of the ids in its columns of NAMED_COLUMNS.

    The column entity_id is then called entity. No speaker at all is "the report itself"; an id that the
    authority does not know stays as it is.
    """
    names = dict(zip(entities["entity_id"], entities["canonical"], strict=True))
    shown = table.copy()
    for column in NAMED_COLUMNS & {*table.columns}:
        own = names | {"": "the report itself"} if column == "speaker" else names
        shown[column] = pd.Series([own.get(cell, cell) for cell in table[column]], table.index, dtype="str")
    return shown.rename(columns={"entity_id": "entity"})


def honorifics(mentions: Mentions) -> pd.DataFrame:
    """Return how often each person is named with and without each title: entity_id, honorific, doc_id, n."""
    people = mentions[(mentions["entity_type"] == "PERSON") & (mentions["kind"] == "name")]
    titled = people.groupby("entity_id")["honorific"].transform(lambda titles: (titles != "").any())
    grouped = people[titled.astype(bool)].groupby(["entity_id", "honorific", "doc_id"], sort=True)
    return grouped.size().rename("n").reset_index()


def differing_names(mentions: Mentions, documents: Documents) -> DifferingNames:
    """Return the differing_names table: entities for which two reports of an event have no name in common.

    Names and labels are compared, capitals aside; roles and adjectives are not. A person's family name is
    no other name than the full one; a given name alone is. Events come first.
    """
    named = mentions[mentions["kind"].isin(_NAMING)].merge(documents[["doc_id", "event_id"]], on="doc_id")
    named = named[named["event_id"] != UNKNOWN]
    named = named.assign(form=plain_form(named["surface"]))
    person = (named["entity_type"] == "PERSON") & (named["kind"] == "name")
    known = set(named.loc[person, "form"])
    rows: list[tuple[object, ...]] = []
    for place, own in named.groupby(["event_id", "entity_id", "entity_type"], sort=True):
        reports = {str(doc_id): found for doc_id, found in own.groupby("doc_id", sort=True)}
        if not _share_names([sorted(set(found["form"])) for found in reports.values()], known):
            rows += [
                (*place, doc_id, _with_counts(found["surface"]), len(found))
                for doc_id, found in reports.items()
            ]
    rows.sort(key=lambda row: (row[0], row[2] != "EVENT"))
    return from_rows(rows, DifferingNamesTable)


def _share_names(forms: list[list[str]], persons: set[str]) -> bool:
    """Return whether every two reports, given by their forms of one entity, have a name in common."""
    different = [list(own) for own in sorted(set(map(tuple, forms)))]
    pairs = combinations(different, 2)
    return all(any(_is_one(a, b, persons) for a in one for b in other) for one, other in pairs)


def _is_one(one: str, other: str, persons: set[str]) -> bool:
    """Return whether two forms are one name: the same, or a person's full name and its part, as "Poe"."""
    if one == other:
        return True
    short, full = sorted((one.split(), other.split()), key=len)
    if not {one, other} <= persons or (len(short) == 1 and is_given_name(short[0]) and short[0] != full[-1]):
        return False
    return any(full[i : i + len(short)] == short for i in range(len(full)))


def is_short_form(short: str, name: str) -> bool:
    """Return whether a name is another, words of it in a row, or the first letters of its words.

    >>> is_short_form("Obama", "Barack Obama"), is_short_form("UN", "United Nations")
    (True, True)
    >>> is_short_form("Zionist entity", "Zionist regime"), is_short_form("Barack Obama", "Obama")
    (False, False)
    """
    part, words = _plain(short).split(), _plain(name).split()
    starts = range(len(words) - len(part) + 1)
    if any(words[start : start + len(part)] == part for start in starts):
        return True
    letters = "".join(word[0] for word in words if word not in _SMALL)
    return len(part) == 1 and len(letters) > 1 and part[0] == letters


def contested_mentions(mentions: Mentions, differing: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions, by name or label, that the rows of `differing` count."""
    places = differing[["doc_id", "entity_id"]].drop_duplicates()
    named = mentions[mentions["kind"].isin(_NAMING)]
    return places.merge(named, on=["doc_id", "entity_id"])[list(mentions.columns)]


def plain_form(surfaces: pd.Series) -> pd.Series:
    """Return surfaces as compared: single blanks, straight apostrophes, no capitals, no dots of initials.

    How a name is set is no other name: "C.I.A." and "CIA", "Kim Jong-un" and "Kim Jong Un", "&" and "and".
    """
    return surfaces.map({surface: _plain(surface) for surface in surfaces.unique()})


def _plain(surface: str) -> str:
    """Return a name as compared."""
    undotted = _INITIALS.sub(lambda found: found[0].replace(".", ""), surface)
    joined = undotted.replace("-", " ").replace("‐", " ").replace("‑", " ").replace("&", "and")
    return re.sub(r"[^\S\n]+", " ", normalise(joined))


def _with_counts(surfaces: Iterable[str]) -> str:
    """Return the surfaces, the most used first, each with its uses."""
    counts = Counter(" ".join(surface.split()) for surface in surfaces)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"“{name}” ({n})" for name, n in ranked)
