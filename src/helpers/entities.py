"""Mentions of the entities of the authority file, and the variants by which each is named."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from helpers.lexicon import find_terms
from helpers.schema import UNKNOWN, Mentions, conform, empty

__all__ = ["contested_aliases", "find_mentions", "naming_variants"]

# Titles as printed before a name; those in the plural hold for every name of a list.
HONORIFICS = (
    *"Mr Mrs Ms Miss Dr Prof Professor Sir Lady Lord Messrs Brother Sister Comrade".split(),
    *"President Presidents Premier General Generals Gen Commander Commanders Colonel Major".split(),
    *"Imam Imams Ayatollah Ayatollahs Hojatoleslam Sheikh Sheikhs Mullah Mufti Hajj Haj Hajji".split(),
    *"Sayyed Sayyid Seyed Seyyed Sayed Martyr Martyrs martyr martyrs Rabbi Father Bishop Pope".split(),
    *"King Queen Prince Princess Sultan Emir".split(),
    *("Prime Minister", "His Eminence", "His Excellency", "Her Excellency", "His Holiness", "His Majesty"),
)
_PLURAL = re.compile(r"(?:Messrs|\w{3,}[^s]s)\b")
_LONGEST_TITLE = 80
_BLANK = r"[^\S\n\u2028\u2029]"
# What may stand between two names of one list: commas, "and", and capitalised words nobody knows.
_LIST = re.compile(rf"(?:{_BLANK}|,|;|&|\band\b|\bal-|[A-Z][\w'’-]*)*(?:,|;|&|\band\b){_BLANK}*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"


def find_mentions(
    documents: pd.DataFrame,
    entities: pd.DataFrame,
    aliases: pd.DataFrame,
    *,
    honorifics: Sequence[str] = HONORIFICS,
) -> pd.DataFrame:
    """Return the mentions table: every use of an alias or canonical name, the longest where several fit.

    An alias counts in a report within its dates and scope, and only while it names one entity there
    (`contested_aliases` lists the others). A report is dated by `published`, else by its event_id.
    """
    parts = [empty(Mentions)]
    for group, forms in _by_forms(documents, _forms(entities, aliases)):
        forms = forms[~forms["contested"]].drop_duplicates("alias")
        hits = find_terms(group, forms["alias"], exact=forms.loc[forms["case"] == "exact", "alias"])
        parts.append(hits.merge(forms, left_on="pattern", right_on="alias"))
    found = pd.concat(parts).merge(entities[["entity_id", "entity_type"]], on="entity_id", suffixes=("_", ""))
    found = found.assign(source="authority").sort_values(["doc_id", "start_char"])
    return conform(_add_honorifics(found, documents, honorifics), Mentions)


def contested_aliases(documents: pd.DataFrame, entities: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the aliases left out of a report because they may name more than one entity in it.

    One row per report, alias and entity: doc_id, alias, entity_id, valid_from, valid_to.
    """
    columns = ["doc_id", "alias", "entity_id", "valid_from", "valid_to"]
    parts = [pd.DataFrame(columns=columns, dtype="str")]
    for group, forms in _by_forms(documents, _forms(entities, aliases)):
        parts.append(group[["doc_id"]].merge(forms[forms["contested"]], how="cross")[columns])
    return pd.concat(parts).sort_values(columns).reset_index(drop=True)


def naming_variants(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per entity, surface and report: entity_id, surface, doc_id, n."""
    grouped = mentions.groupby(["entity_id", "surface", "doc_id"], sort=True)
    return grouped.size().rename("n").reset_index()


def _forms(entities: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the aliases and, as exact names, the canonical names."""
    names = entities[["entity_id", "canonical"]].rename(columns={"canonical": "alias"})
    names = names.assign(kind="name", case="exact", valid_from="", valid_to="", scope="", note="")
    forms = pd.concat([aliases, names]).drop_duplicates(["entity_id", "alias", "valid_from", "scope"])
    return forms.reset_index(drop=True)


def _by_forms(documents: pd.DataFrame, forms: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield groups of reports in which the same forms may be used, with these forms."""
    columns = (documents[name] for name in ("doc_id", "event_id", "published"))
    groups: dict[tuple[int, ...], list[int]] = {}
    for row, report in enumerate(zip(*columns, strict=True)):
        groups.setdefault(_usable(forms, *report), []).append(row)
    for usable, rows in groups.items():
        yield documents.iloc[rows], _with_contests(forms.iloc[list(usable)])


def _usable(forms: pd.DataFrame, doc_id: str, event_id: str, published: str) -> tuple[int, ...]:
    """Return the rows of the forms whose scope holds the report and whose dates do not exclude it."""
    first, last = _period(published, event_id)
    begin = forms["valid_from"].map(lambda day: day + _FIRST_DAY[len(day) :])
    end = forms["valid_to"].map(lambda day: day + _LAST_DAY[len(day) :])
    in_scope = forms["scope"].isin(["", doc_id, event_id])
    return tuple(np.flatnonzero(in_scope & (begin <= last) & (end >= first)).tolist())


def _period(published: str, event_id: str) -> tuple[str, str]:
    """Return the first and the last day a report may be of, as far as its dates tell."""
    in_event = _DATE.search(event_id)
    known = published[:10] if published != UNKNOWN else in_event.group() if in_event else ""
    return known + _FIRST_DAY[len(known) :], known + _LAST_DAY[len(known) :]


def _with_contests(forms: pd.DataFrame) -> pd.DataFrame:
    """Return the forms of the narrowest scope, each marked if it is contested by another entity."""
    key = forms["alias"].where(forms["case"] == "exact", forms["alias"].str.casefold())
    scoped = forms["scope"] != ""
    forms = forms[scoped | ~scoped.groupby(key).transform("any")]
    rivals = forms["entity_id"].groupby(key[forms.index]).transform("nunique")
    return forms.assign(contested=rivals > 1)


def _add_honorifics(
    mentions: pd.DataFrame, documents: pd.DataFrame, honorifics: Sequence[str]
) -> pd.DataFrame:
    """Return the mentions with the titles before them; a mention that is part of a title is dropped."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    before = _title_expression(honorifics)
    titles: list[tuple[int, str]] = []
    for doc_id, found in mentions.groupby("doc_id", sort=False):
        named = (found["entity_type"] == "PERSON") & (found["kind"] == "name")
        titles += _titles(
            texts[doc_id], zip(found["start_char"], found["end_char"], named, strict=True), before
        )
    result = mentions.assign(begin=[begin for begin, _ in titles], honorific=[title for _, title in titles])
    next_begin = result.groupby("doc_id")["begin"].shift(-1, fill_value=np.iinfo(np.int64).max)
    return result[result["end_char"] <= next_begin]


def _title_expression(honorifics: Sequence[str]) -> re.Pattern[str]:
    """Return the expression of one or more titles before a name."""
    words = "|".join(
        re.escape(title).replace(r"\ ", _BLANK + "+") for title in sorted(honorifics, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:(?:{words})\.?{_BLANK}+)+$")


def _titles(
    text: str, spans: Iterable[tuple[int, int, bool]], before: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """Yield where each mention of `text` begins with its own title, and all titles it bears.

    A title in the plural ("Martyrs A, Sayyed B and C") holds on through a list of names.
    """
    shared, last_end = "", 0
    for start, end, named in spans:
        found = before.search(text[max(0, start - _LONGEST_TITLE) : start]) if named else None
        own = found.group() if found else ""
        begin = start - len(own)
        inherited = shared if named and _LIST.fullmatch(text[last_end:begin]) else ""
        if named:
            shared, last_end = own if _PLURAL.search(own) else inherited, end
        yield begin, " ".join((inherited + own).split())
