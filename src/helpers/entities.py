"""Mentions of the entities of the authority file, and the variants by which each is named."""

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.lexicon import find_terms
from helpers.schema import (
    ENTITY_TYPES,
    UNKNOWN,
    ContestedAliases,
    DifferingNames,
    Mentions,
    NamingVariants,
    UnknownNames,
    conform,
    empty,
    from_rows,
)
from helpers.segmentation import STOP_WORDS, normalise, overlaps

__all__ = [
    "across_reports",
    "add_model_mentions",
    "contested_aliases",
    "contested_mentions",
    "differing_names",
    "find_mentions",
    "find_model_mentions",
    "find_unknown_names",
    "honorifics",
    "known_forms",
    "most_used",
    "most_varied",
    "naming_variants",
    "unused_aliases",
    "with_names",
    "without_boilerplate",
    "worklist",
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
_NAMING = ("name", "label")
_PLURAL = re.compile(r"(?:Messrs|\w{3,}[^s]s)\b")
_LONGEST_TITLE = 80
_BLANK = r"[^\S\n\u2028\u2029]"
# What may stand between two names of one list: commas, "and", and capitalised words nobody knows.
_LIST = re.compile(rf"(?:{_BLANK}|,|;|&|\band\b|\bal-|[A-Z][\w'’-]*)*(?:,|;|&|\band\b){_BLANK}*")
_ARTICLE = re.compile(r"^(?:[ae]l|a[nrstzd]h?)[-‐‑]", re.IGNORECASE)
_LINKS = frozenset("of the al el bin ibn ben bint de del der van von da di".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NO_NAME = STOP_WORDS | _CALENDAR | {word.casefold() for title in HONORIFICS for word in title.split()}
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
    for group, forms in _by_forms(documents, known_forms(entities, aliases)):
        forms = forms[~forms["contested"]].drop_duplicates("alias")
        hits = find_terms(group, forms["alias"], exact=forms.loc[forms["case"] == "exact", "alias"])
        parts.append(hits.merge(forms, left_on="pattern", right_on="alias"))
    found = pd.concat(parts).merge(entities[["entity_id", "entity_type"]], on="entity_id", suffixes=("_", ""))
    found = found[~_shouted(found, documents)]
    found = found.assign(source="authority").sort_values(["doc_id", "start_char"])
    return conform(_add_honorifics(found, documents, honorifics), Mentions)


def contested_aliases(documents: pd.DataFrame, entities: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the contested_aliases table: forms left out of a report where they may name several entities."""
    parts = [empty(ContestedAliases)]
    for group, forms in _by_forms(documents, known_forms(entities, aliases)):
        parts.append(group[["doc_id"]].merge(forms[forms["contested"]], how="cross"))
    found = pd.concat(parts).drop_duplicates(["doc_id", "alias", "entity_id", "valid_from"])
    return conform(found.sort_values(["doc_id", "alias", "entity_id", "valid_from"]), ContestedAliases)


def without_boilerplate(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions outside boilerplate: the words of a link to another page are not the report's."""
    links = sentences[sentences["zone"] == "boilerplate"]
    return mentions[~overlaps(mentions, links)].reset_index(drop=True)


def unused_aliases(mentions: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the aliases of which the reports have no mention, as rows of the aliases table."""
    used = _plain_form(mentions["entity_id"] + "\n" + mentions["surface"])
    return aliases[~_plain_form(aliases["entity_id"] + "\n" + aliases["alias"]).isin(used)].reset_index(
        drop=True
    )


def naming_variants(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the naming_variants table: how often each report names each entity by each form.

    Forms that differ only in capitals, blanks or the sort of apostrophe are one.
    """
    printed = mentions["surface"].str.split().str.join(" ")
    forms = pd.DataFrame({"form": _plain_form(printed), "surface": printed, "n": 1})
    ranked = forms.groupby(["form", "surface"])["n"].sum().reset_index()
    ranked = ranked.sort_values(["n", "surface"], ascending=[False, True]).drop_duplicates("form")
    shown = forms["form"].map(ranked.set_index("form")["surface"])
    grouped = mentions.assign(surface=shown).groupby(["entity_id", "surface", "kind", "doc_id"], sort=True)
    return conform(grouped.size().rename("n").reset_index(), NamingVariants)


def most_varied(variants: pd.DataFrame, *, n: int = 6) -> pd.DataFrame:
    """Return the variants of the `n` entities that are named by the most different names and labels."""
    named = variants[variants["kind"].isin(_NAMING)]
    counts = named.groupby("entity_id")["surface"].nunique()
    chosen = counts[counts > 1].reset_index().sort_values(["surface", "entity_id"], ascending=[False, True])
    order = {entity_id: rank for rank, entity_id in enumerate(chosen["entity_id"].head(n))}
    kept = named[named["entity_id"].isin(order)]
    uses = kept.groupby(["entity_id", "surface"])["n"].transform("sum")
    kept = kept.assign(rank=kept["entity_id"].map(order), uses=-uses)
    return conform(kept.sort_values(["rank", "uses", "surface", "doc_id"]), NamingVariants)


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
    counts: pd.DataFrame, documents: pd.DataFrame, *, by: Sequence[str], n: int = 12
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


def with_names(table: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with the canonical name, `entity`, in the place of its entity_id."""
    names = entities.set_index("entity_id")["canonical"]
    shown = table["entity_id"].map(names).fillna(table["entity_id"]).astype("str")
    at = table.columns.get_loc("entity_id")
    rest = table.drop(columns="entity_id")
    return pd.concat([rest.iloc[:, :at], shown.rename("entity"), rest.iloc[:, at:]], axis=1)


def honorifics(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return how often each person is named with and without each title: entity_id, honorific, doc_id, n."""
    people = mentions[(mentions["entity_type"] == "PERSON") & (mentions["kind"] == "name")]
    titled = people.groupby("entity_id")["honorific"].transform(lambda titles: (titles != "").any())
    grouped = people[titled.astype(bool)].groupby(["entity_id", "honorific", "doc_id"], sort=True)
    return grouped.size().rename("n").reset_index()


def differing_names(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the differing_names table: entities for which two reports of an event have no name in common.

    Names and labels are compared, capitals aside; roles and adjectives are not. Events come first.
    """
    named = mentions[mentions["kind"].isin(_NAMING)].merge(documents[["doc_id", "event_id"]], on="doc_id")
    named = named[named["event_id"] != UNKNOWN]
    named = named.assign(form=_plain_form(named["surface"]))
    uses: dict[tuple[str, ...], dict[str, list[tuple[str, str]]]] = {}
    columns = ("event_id", "entity_id", "entity_type", "doc_id", "form", "surface")
    for *key, doc_id, form, surface in zip(*(named[name] for name in columns), strict=True):
        uses.setdefault(tuple(key), {}).setdefault(doc_id, []).append((form, surface))
    rows: list[tuple[object, ...]] = []
    for place, reports in sorted(uses.items()):
        forms = {frozenset(form for form, _ in found) for found in reports.values()}
        if any(one.isdisjoint(other) for one, other in combinations(forms, 2)):
            rows += [
                (*place, doc_id, _with_counts(surface for _, surface in found), len(found))
                for doc_id, found in sorted(reports.items())
            ]
    rows.sort(key=lambda row: (row[0], row[2] != "EVENT"))
    return from_rows(rows, DifferingNames)


def contested_mentions(mentions: pd.DataFrame, differing: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions, by name or label, that the rows of `differing` count."""
    places = differing[["doc_id", "entity_id"]].drop_duplicates()
    named = mentions[mentions["kind"].isin(_NAMING)]
    return places.merge(named, on=["doc_id", "entity_id"])[list(mentions.columns)]


def find_unknown_names(sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the unknown_names table: runs of capitalised words that overlap no mention.

    A run never crosses a sentence, a function word, a title, a day or a month. A word that opens a
    sentence or quotation is left out if it is elsewhere printed with a small letter, or stands alone and
    never has its capital elsewhere. Headlines in capitals and scripts without capitals give no names.
    """
    columns = (sentences[name] for name in ("doc_id", "sentence_id", "start_char", "text"))
    texts = {
        (doc_id, sentence_id): (begin, text)
        for doc_id, sentence_id, begin, text in zip(*columns, strict=True)
    }
    words = tokens.assign(
        known=overlaps(tokens, mentions),
        capital=tokens["token"].map({w: _has_capital(w) for w in tokens["token"].unique()}).astype(bool),
    )
    fits = words["capital"] & ~words["known"] & ~words["norm"].isin(_NO_NAME)
    alike = words[words["capital"] & words["norm"].isin(words.loc[fits, "norm"].unique())]
    rows = zip(*(alike[name] for name in ("doc_id", "sentence_id", "start_char", "norm")), strict=True)
    inner = {norm for *place, start, norm in rows if not _opens(*texts[tuple(place)], start)}
    small = set(words.loc[~words["capital"], "norm"])
    return from_rows(
        list(_unknown(words[_in_marked_sentence(words, fits)], texts, small, inner)), UnknownNames
    )


def worklist(unknown: pd.DataFrame) -> pd.DataFrame:
    """Return one row per unknown name: surface, uses, reports, and the place of the first use."""
    grouped = unknown.groupby("surface", sort=False)
    table = grouped.agg(
        uses=("doc_id", "size"),
        reports=("doc_id", "nunique"),
        first_in=("doc_id", "first"),
        start_char=("start_char", "first"),
        end_char=("end_char", "first"),
    )
    return table.sort_values(["uses", "surface"], ascending=[False, True]).reset_index()


def known_forms(entities: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the aliases and, as exact names, the canonical names."""
    names = entities[["entity_id", "canonical"]].rename(columns={"canonical": "alias"})
    names = names.assign(kind="name", case="exact", valid_from="", valid_to="", scope="", note="")
    forms = pd.concat([aliases, names]).drop_duplicates(["entity_id", "alias", "valid_from", "scope"])
    return forms.sort_values(["alias", "case", "kind", "entity_id", "valid_from", "scope"], ignore_index=True)


def find_model_mentions(documents: pd.DataFrame, *, model: str) -> pd.DataFrame:
    """Return the mentions table of an installed spaCy model; entity_id is empty, source is `model`.

    Raises LookupError, in one line, if spaCy or the model is not there. Nothing is ever downloaded.
    """
    try:
        spacy = importlib.import_module("spacy")
        recognise = spacy.load(model)
    except (ImportError, OSError) as error:
        raise LookupError(
            f"spaCy model {model!r} is not installed; the authority file works without it"
        ) from error
    rows: list[tuple[object, ...]] = [
        (doc_id, ent.start_char, ent.end_char, ent.text, "", ent.label_, "name", "", "model")
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for ent in recognise(text).ents
        if ent.label_ in ENTITY_TYPES
    ]
    return from_rows(rows, Mentions)


def add_model_mentions(mentions: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return `mentions` and those of a model, `found`, that overlap none of them."""
    both = pd.concat([mentions, found[~overlaps(found, mentions)]])
    return conform(both.sort_values(["doc_id", "start_char"]), Mentions)


def _by_forms(documents: pd.DataFrame, forms: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
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


def _shouted(mentions: pd.DataFrame, documents: pd.DataFrame) -> "pd.Series[bool]":
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


def _add_honorifics(
    mentions: pd.DataFrame, documents: pd.DataFrame, honorifics: Sequence[str]
) -> pd.DataFrame:
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
    for first, title in enumerate(own):
        for place in _list_after(text, begins, ends, first) if _PLURAL.search(title) else ():
            titles[place] = title + own[place]
    yield from ((begin, " ".join(title.split())) for begin, title in zip(begins, titles, strict=True))


def _list_after(text: str, begins: list[int], ends: list[int], first: int) -> list[int]:
    """Return the mentions that go on the list of names the mention `first` begins, up to its "and".

    Without an "and" it is no list: in "Martyrs A, B said" the second name has another part in the sentence.
    """
    for place in range(first + 1, len(begins)):
        gap = text[ends[place - 1] : begins[place]] if ends[place - 1] > 0 and ends[place] > 0 else ""
        if not _LIST.fullmatch(gap):
            return []
        if re.search(r"&|\band\b", gap):
            return list(range(first + 1, place + 1))
    return []


def _plain_form(surfaces: pd.Series) -> pd.Series:
    """Return surfaces as compared: single blanks, straight apostrophes, no capitals."""
    return surfaces.map(
        {surface: re.sub(r"[^\S\n]+", " ", normalise(surface)) for surface in surfaces.unique()}
    )


def _with_counts(surfaces: Iterable[str]) -> str:
    """Return the surfaces, the most used first, each with its uses."""
    counts = Counter(" ".join(surface.split()) for surface in surfaces)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"“{name}” ({n})" for name, n in ranked)


class _Word(NamedTuple):
    """A token as the search for unknown names sees it."""

    token: str
    norm: str
    start: int
    end: int
    known: bool
    capital: bool
    opens: bool
    joined: bool


def _has_capital(token: str) -> bool:
    """Return whether a word begins with a capital, an Arabic article aside."""
    return _ARTICLE.sub("", token)[:1].isupper()


def _opens(begin: int, text: str, start: int) -> bool:
    """Return whether the word at `start` opens a quotation or a sentence, that of the text from `begin`."""
    return text[: start - begin].rstrip("“\"'‘*([ ")[-1:] in ("", ".", "!", "?", ":", ",", "”")


def _in_marked_sentence(words: pd.DataFrame, marked: "pd.Series[bool]") -> np.ndarray:
    """Return for each word whether a word of its sentence is marked."""
    ids = words.groupby(["doc_id", "sentence_id"], sort=False).ngroup().to_numpy()
    inside: np.ndarray = np.isin(ids, ids[marked.to_numpy(bool)])
    return inside


def _unknown(
    words: pd.DataFrame, texts: dict[tuple[str, int], tuple[int, str]], small: set[str], inner: set[str]
) -> Iterator[tuple[object, ...]]:
    """Yield report, start, end and words of the runs of unknown capitalised words."""
    columns = ["doc_id", "sentence_id", "token", "norm", "start_char", "end_char", "known", "capital"]
    rows = zip(*(words[name].tolist() for name in columns), strict=True)
    for place, found in groupby(rows, key=itemgetter(0, 1)):
        begin, text = texts[place]
        for run in _runs(list(_words(found, begin, text)), small):
            if len(run) > 1 or not run[0].opens or run[0].norm in inner:
                start, end = run[0].start, run[-1].end
                yield place[0], start, end, text[start - begin : end - begin]


def _words(rows: Iterable[tuple[Any, ...]], begin: int, text: str) -> Iterator[_Word]:
    """Yield the tokens of a sentence: capitalised or not, first of a sentence or not, joined by a blank."""
    before = -1
    for _, _, token, norm, start, end, known, capital in rows:
        joined = before >= 0 and text[before - begin : start - begin].isspace()
        opens = capital and _opens(begin, text, start)
        yield _Word(token, norm, start, end, known, capital, opens, joined)
        before = end


def _runs(words: list[_Word], small: set[str]) -> Iterator[list[_Word]]:
    """Yield the runs of unknown capitalised words of a sentence that is no headline in capitals."""
    longer = [word for word in words if len(word.token) > 3 and word.token.isalpha()]
    if len(longer) > 4 and sum(word.capital for word in longer) > 0.75 * len(longer):
        return
    run: list[_Word] = []
    for word in words:
        fits = word.capital and not word.known and word.norm not in _NO_NAME
        if run and word.joined and (fits or word.token in _LINKS):
            run.append(word)
            continue
        yield from _ended(run)
        run = [word] if fits and not (word.opens and word.norm in small) else []
    yield from _ended(run)


def _ended(run: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the run without the links ("of", "al") at its end, if there is one."""
    while run and run[-1].token in _LINKS:
        run = run[:-1]
    if run:
        yield run
