"""Mentions of the entities of the authority file, with the titles printed before them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import pandas as pd

from helpers.names.tables import (
    Aliases,
    ContestedAliases,
    ContestedAliasesTable,
    Entities,
    Mentions,
    MentionsTable,
)
from helpers.table import UNKNOWN, conform, empty
from helpers.text import STOP_WORDS, Documents, Sentences, find_terms, overlaps

__all__ = [
    "HONORIFICS",
    "contested_aliases",
    "find_mentions",
    "known_forms",
    "without_boilerplate",
]
# Titles as printed before a name; those in the plural hold for every name of a list.
HONORIFICS = (
    *"Mr Mrs Ms Miss Dr Prof Professor Sir Lady Lord Messrs Brother Sister Comrade".split(),
    *"President Presidents Premier General Generals Gen Commander Commanders Colonel Major".split(),
    *"Imam Imams Ayatollah Ayatollahs Hojatoleslam Sheikh Sheikhs Mullah Mufti Hajj Haj Hajji".split(),
    *"Sayyed Sayyid Seyed Seyyed Sayed Martyr Martyrs martyr martyrs Rabbi Father Bishop Pope".split(),
    *"King Queen Prince Princess Sultan Emir".split(),
    *("Prime Minister", "His Eminence", "His Excellency", "Her Excellency", "His Holiness", "His Majesty"),
)
_PLURAL = re.compile(r"(?:Messrs|\b\w{3,}[^s]s)\b")
_LONGEST_TITLE = 80
_BLANK = r"[^\S\n\u2028\u2029]"
# What may stand between two names of one list: commas, "and", and capitalised words nobody knows.
_LIST = re.compile(rf"(?:{_BLANK}|,|;|&|\band\b|\bal-|[A-Z][\w'’-]*+)*(?:,|;|&|\band\b){_BLANK}*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"


def find_mentions(
    documents: Documents,
    entities: Entities,
    aliases: Aliases,
    *,
    honorifics: Sequence[str] = HONORIFICS,
) -> Mentions:
    """Return the mentions table: every use of an alias or canonical name, the longest where several fit.

    An alias counts in a report within its dates and scope, and only while it names one entity there
    (`contested_aliases` lists the others). A report is dated by `published`, else by its event_id.
    """
    parts = [empty(MentionsTable)]
    for group, forms in _by_forms(documents, known_forms(entities, aliases)):
        forms = forms[~forms["contested"]].drop_duplicates("alias")
        hits = find_terms(group, forms["alias"], exact=forms.loc[forms["case"] == "exact", "alias"])
        parts.append(hits.merge(forms, left_on="pattern", right_on="alias"))
    found = pd.concat(parts).merge(entities[["entity_id", "entity_type"]], on="entity_id", suffixes=("_", ""))
    found = found[~_shouted(found, documents)]
    found = found.assign(source="authority").sort_values(["doc_id", "start_char"])
    return conform(_add_honorifics(found, documents, honorifics), MentionsTable)


def contested_aliases(documents: Documents, entities: Entities, aliases: Aliases) -> ContestedAliases:
    """Return the contested_aliases table: forms left out of a report where they may name several entities."""
    parts = [empty(ContestedAliasesTable)]
    for group, forms in _by_forms(documents, known_forms(entities, aliases)):
        parts.append(group[["doc_id"]].merge(forms[forms["contested"]], how="cross"))
    found = pd.concat(parts).drop_duplicates(["doc_id", "alias", "entity_id", "valid_from"])
    return conform(found.sort_values(["doc_id", "alias", "entity_id", "valid_from"]), ContestedAliasesTable)


def without_boilerplate(mentions: Mentions, sentences: Sentences) -> pd.DataFrame:
    """Return the mentions outside boilerplate: the words of a link to another page are not the report's."""
    links = sentences[sentences["zone"] == "boilerplate"]
    return mentions[~overlaps(mentions, links)].reset_index(drop=True)


def known_forms(entities: Entities, aliases: Aliases) -> pd.DataFrame:
    """Return the aliases and, as exact names, the canonical names."""
    names = entities[["entity_id", "canonical"]].rename(columns={"canonical": "alias"})
    names = names.assign(kind="name", case="exact", valid_from="", valid_to="", scope="", note="")
    forms = pd.concat([aliases, names]).drop_duplicates(["entity_id", "alias", "valid_from", "scope"])
    return forms.sort_values(["alias", "case", "kind", "entity_id", "valid_from", "scope"], ignore_index=True)


def _by_forms(documents: Documents, forms: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield groups of reports in which the same forms may be used, with these forms.

    A form may be used in a report that its scope holds and its dates do not exclude.
    """
    begin = np.array([day + _FIRST_DAY[len(day) :] for day in forms["valid_from"]], dtype=str)
    end = np.array([day + _LAST_DAY[len(day) :] for day in forms["valid_to"]], dtype=str)
    scope = forms["scope"].to_numpy(object)
    scopes = set(scope) - {""}
    columns = (documents[name] for name in ("doc_id", "event_id", "published"))
    usable: dict[tuple[object, ...], bytes] = {}
    groups: dict[bytes, list[int]] = {}
    for row, (doc_id, event_id, published) in enumerate(zip(*columns, strict=True)):
        first, last = _period(published, event_id)
        key = (first, last, *(name for name in (doc_id, event_id) if name in scopes))
        if key not in usable:
            usable[key] = (np.isin(scope, ["", *key[2:]]) & (begin <= last) & (end >= first)).tobytes()
        groups.setdefault(usable[key], []).append(row)
    for mask, rows in groups.items():
        yield documents.iloc[rows], _with_contests(forms[np.frombuffer(mask, dtype=bool)])


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


def _shouted(mentions: Mentions, documents: Documents) -> "pd.Series[bool]":
    """Return whether each mention is a function word ("US") on a line that has no small letter."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    doubtful = mentions["surface"].str.lower().isin(STOP_WORDS | {"us"})
    places = zip(mentions["doc_id"], mentions["start_char"], doubtful, strict=True)
    shouted = [doubt and _line(texts[doc_id], start).isupper() for doc_id, start, doubt in places]
    return pd.Series(shouted, index=mentions.index, dtype="bool")


def _line(text: str, start: int) -> str:
    """Return the line of `text` in which a mention starts."""
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : len(text) if end < 0 else end]


def _add_honorifics(mentions: Mentions, documents: Documents, honorifics: Sequence[str]) -> pd.DataFrame:
    """Return the mentions with the titles before them; a mention that is part of a title is dropped."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    before = _title_expression(honorifics)
    named = (mentions["entity_type"] == "PERSON") & (mentions["kind"] == "name")
    columns = (values.tolist() for values in (mentions["start_char"], mentions["end_char"], named))
    spans = zip(mentions["doc_id"], zip(*columns, strict=True), strict=True)
    titles = [
        title
        for doc_id, found in groupby(spans, key=itemgetter(0))
        for title in _titles(texts[doc_id], map(itemgetter(1), found), before)
    ]
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

    A title in the plural ("Martyrs A, Sayyed B and C") holds for every name of its list.
    """
    begins, ends, own = [], [], []
    for start, end, named in spans:
        found = before.search(text[max(0, start - _LONGEST_TITLE) : start]) if named else None
        own.append(found.group() if found else "")
        begins.append(start - len(own[-1]))
        ends.append(end if named else -1)
    titles = list(own)
    plural = [place for place, title in enumerate(own) if title and _PLURAL.search(title)]
    last = _list_ends(text, begins, ends) if plural else []
    # Behind the next title in the plural, its own holds.
    for first, following in pairwise([*plural, len(own)]):
        for place in range(first + 1, min(last[first], following) + 1):
            titles[place] = own[first] + own[place]
    yield from ((begin, " ".join(title.split())) for begin, title in zip(begins, titles, strict=True))


def _list_ends(text: str, begins: list[int], ends: list[int]) -> list[int]:
    """Return, for each mention, the last of the list of names it begins, which has an "and"; else itself.

    Without an "and" it is no list: in "Martyrs A, B said" the second name has another part in the sentence.
    """
    last = list(range(len(begins)))
    for place in range(len(begins) - 1, 0, -1):
        gap = text[ends[place - 1] : begins[place]] if ends[place - 1] > 0 and ends[place] > 0 else ""
        if not _LIST.fullmatch(gap):
            continue
        if re.search(r"&|\band\b", gap):
            last[place - 1] = place
        elif last[place] > place:
            last[place - 1] = last[place]
    return last
