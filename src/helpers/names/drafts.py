"""A draft of the authority file, from the names that a parser recognises in the reports."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from anyascii import anyascii
from doublemetaphone import doublemetaphone

from helpers.names.spellings import STRONG, spelling_score
from helpers.names.tables import Aliases, AliasesTable, Entities, EntitiesTable, Recognised
from helpers.table import UNKNOWN, from_rows
from helpers.text import Documents

__all__ = ["Draft", "draft_names"]
# One surname of two persons goes to the one whose full name stands so many times as often, or to neither.
DOMINANT = 4
# Full names of persons of one sound are compared letter by letter, up to so many.
ONE_SOUND = 40
# Events in which a surname may be given to a bearer of its own; of more, it stays undecided.
MOST_EVENTS = 200
_LINKS = frozenset("of the for and in on at to de la & -".split())
_LEGAL = frozenset("inc corp co llc ltd plc gmbh sa ag nv company corporation incorporated limited".split())
# Endings of a name: those of the first kind are often left out, a Jr. is another person than his father.
_NUMBERS, _AFTER = frozenset("sr ii iii iv".split()), frozenset("jr sr ii iii iv".split())
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,6}s?")


class Draft(NamedTuple):
    """Drafted entities and the forms by which reports name them."""

    entities: Entities
    aliases: Aliases


@dataclass
class _Name:
    """A name in its different spellings: how often each is used, in which events, of which type."""

    key: str
    words: tuple[str, ...]  # small, without dots and initials
    forms: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)

    @property
    def uses(self) -> int:
        """Return how often it is used."""
        return self.forms.total()

    @property
    def kind(self) -> str:
        """Return its commonest type; of two as common the first by name."""
        return min(self.types, key=lambda name: (-self.types[name], name))

    @property
    def last(self) -> str:
        """Return the family name, as far as its place tells: the last word but for Jr. and the like."""
        return next((word for word in reversed(self.words) if word not in _AFTER), self.words[-1])

    @property
    def form(self) -> str:
        """Return its commonest spelling, of two the shorter."""
        return min(self.forms, key=lambda name: (-self.forms[name], len(name), name))


class _Groups:
    """Names joined into entities (union-find); a joined name keeps the smallest key of its group as root."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.parent = {key: key for key in keys}

    def root(self, key: str) -> str:
        """Return the key that stands for the group of `key`."""
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self.parent[second] = first


def draft_names(names: Recognised, documents: Documents) -> Draft:
    """Return a draft of entities and aliases from recognised names.

    Names are one entity where they are one person's full name with or without initials; a surname or given
    name that one person of the reports has; an abbreviation and its full form; the same words in another
    order ("Justice Department"); or strong spellings of one full name (`spelling_score`). A surname of
    several persons is given, event by event, to the one named there, else it stays an entity of its own.
    Adjectives of peoples stay apart from their countries.

    >>> import pandas as pd
    >>> from helpers.table import from_rows
    >>> from helpers.names.tables import RecognisedTable
    >>> rows = [("a", 0, 7, "Ann Poe", "PERSON"), ("a", 20, 23, "Poe", "PERSON")]
    >>> reports = pd.DataFrame({"doc_id": ["a"], "event_id": ["e"]})
    >>> draft_names(from_rows(rows, RecognisedTable), reports).aliases["entity_id"].tolist()
    ['ann-poe', 'ann-poe']
    """
    known = _names(names, documents)
    groups = _Groups(known)
    people = [name for name in known.values() if name.kind == "PERSON"]
    others = [name for name in known.values() if name.kind != "PERSON"]
    full = [name for name in people if len(name.words) > 1]
    same = (*_same_person(full), *_spelled_alike(full), *_same_words(others), *_abbreviated(others))
    for pair in (*same, *_plurals(others, known)):
        groups.join(*pair)
    scoped: list[tuple[str, str, str]] = []
    bearers = _by_part(full)
    single = [name for name in known.values() if len(name.words) == 1 and _may_be_person(name, bearers)]
    for name in single:
        for key, event in _given(name, bearers[name.words[0]], groups):
            if event:
                scoped.append((name.key, key, event))
            else:
                groups.join(name.key, key)
    return _draft(known, groups, scoped)


def _names(names: Recognised, documents: Documents) -> dict[str, _Name]:
    """Return the different names, by their plain form."""
    events = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    known: dict[str, _Name] = {}
    columns = (names[column] for column in ("surface", "entity_type", "doc_id"))
    for surface, kind, doc_id in zip(*columns, strict=True):
        words = _words(surface, kind)
        key = " ".join(words)
        if not key:
            continue
        name = known.setdefault(key, _Name(key, words))
        name.forms[surface] += 1
        name.types[kind] += 1
        name.events[events[doc_id]] += 1
    return {key: name for key, name in sorted(known.items()) if not _holds_others(name, known)}


def _holds_others(name: _Name, known: dict[str, _Name]) -> bool:
    """Return whether a name is made of others: "Ada Poe memos", "Poe-Roe", "North and South Elby"."""
    if name.kind in ("PERSON", "GPE") and "and" in name.words:
        return True
    if name.kind != "PERSON" and len(name.words) > 2:
        begin = known.get(" ".join(name.words[:2]))
        return begin is not None and begin.kind == "PERSON" and begin.uses > name.uses
    joined = all("-" in form and " " not in form for form in name.forms)
    parts = [known.get(word) for word in name.words]
    return joined and any(part is not None and part.uses > name.uses for part in parts)


def _words(surface: str, kind: str) -> tuple[str, ...]:
    """Return the words of a name as compared: small, without dots; initials and Jr. of persons left out."""
    plain = surface.replace("’", "'").replace("-", " ").casefold().removesuffix("'s")
    words = [re.sub(r"[^\w&']", "", word) for word in plain.split()]
    words = [word for word in words if word]
    if kind == "PERSON" and len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]
    if kind == "PERSON" and len(words) > 2 and words[-1] in _NUMBERS:
        words = words[:-1]
    while kind == "ORG" and len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return tuple(words)


def _same_person(full: list[_Name]) -> Iterator[tuple[str, str]]:
    """Yield full names with the same first and last word: one has a middle name or an initial more."""
    ends: dict[tuple[str, str], str] = {}
    for name in full:
        first = ends.setdefault(
            (name.words[0], " ".join(name.words[name.words.index(name.last) :])), name.key
        )
        if first != name.key:
            yield first, name.key


def _spelled_alike(full: list[_Name]) -> Iterator[tuple[str, str]]:
    """Yield full names that are strong spellings of each other; only those of one sound are compared."""
    sounds: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in full:
        sounds[doublemetaphone(anyascii(name.last))[0]].append(name)
    for sound in sorted(sounds):
        for one, other in combinations(sorted(sounds[sound], key=lambda n: (-n.uses, n.key))[:ONE_SOUND], 2):
            alike = len(one.words) == len(other.words) and spelling_score(one.form, other.form) >= STRONG
            if alike and _parts_agree(one.words, other.words):
                yield one.key, other.key


def _parts_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether each part of a name is a spelling of the part in its place: brothers are two."""
    return all(spelling_score(a, b) >= STRONG for a, b in zip(one, other, strict=True))


def _same_words(names: list[_Name]) -> Iterator[tuple[str, str]]:
    """Yield names of the same words in any order, small words aside: "Justice Department"."""
    bags: dict[tuple[str, ...], str] = {}
    for name in names:
        bag = tuple(sorted(word for word in name.words if word not in _LINKS))
        if len(bag) > 1:
            first = bags.setdefault(bag, name.key)
            if first != name.key:
                yield first, name.key


def _plurals(names: list[_Name], known: dict[str, _Name]) -> Iterator[tuple[str, str]]:
    """Yield peoples in the plural with their singular: Russians, Russian."""
    for name in names:
        single = name.key.removesuffix("s")
        if name.kind == "NORP" and single != name.key and single in known and known[single].kind == "NORP":
            yield name.key, single


def _abbreviated(names: list[_Name]) -> Iterator[tuple[str, str]]:
    """Yield abbreviations with the one full form in the reports whose first letters they are."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for words in (name.words, [word for word in name.words if word not in _LINKS]):
            if len(words) > 1:
                full["".join(word[0] for word in words)].add(name.key)
    for name in names:
        short = name.key.removesuffix("s") if name.form.endswith("s") else name.key
        if _ABBREVIATION.fullmatch(name.form) and len(full[short]) == 1:
            yield name.key, next(iter(full[short]))


def _by_part(full: list[_Name]) -> dict[str, list[_Name]]:
    """Return the persons by last word of their name; by first word where nobody has it as the last."""
    last: defaultdict[str, list[_Name]] = defaultdict(list)
    first: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in full:
        last[name.last].append(name)
        first[name.words[0]].append(name)
    return dict(first) | dict(last)


def _may_be_person(name: _Name, bearers: dict[str, list[_Name]]) -> bool:
    """Return whether somebody bears a name of one word, and it is no place or abbreviation."""
    return name.words[0] in bearers and (
        name.kind == "PERSON" or (name.kind in ("ORG", "NORP") and not name.form.isupper())
    )


def _given(name: _Name, bearers: list[_Name], groups: _Groups) -> Iterator[tuple[str, str]]:
    """Yield whom a name of one word is given to, and in which event; without one, in all."""
    first = _chosen(bearers, groups, lambda bearer: bearer.uses)
    if first:
        yield first, ""
    elif len(name.events) <= MOST_EVENTS:
        for event in sorted(name.events):
            if event != UNKNOWN:
                own = _chosen(bearers, groups, _uses_in(event))
                yield from [(own, event)] if own else []


def _uses_in(event: str) -> Callable[[_Name], int]:
    """Return what tells how often a name is used in an event."""
    return lambda name: name.events[event]


def _chosen(bearers: list[_Name], groups: _Groups, uses: Callable[[_Name], int]) -> str:
    """Return the person named most, if nobody else of that name is named nearly as often, or nothing."""
    counts: Counter[str] = Counter()
    for bearer in bearers:
        counts[groups.root(bearer.key)] += uses(bearer)
    ranked = sorted((-n, key) for key, n in counts.items() if n)
    if not ranked or (len(ranked) > 1 and -ranked[0][0] < DOMINANT * -ranked[1][0]):
        return ""
    return ranked[0][1]


def _draft(known: dict[str, _Name], groups: _Groups, scoped: list[tuple[str, str, str]]) -> Draft:
    """Return the groups as entities with their forms."""
    members: defaultdict[str, list[_Name]] = defaultdict(list)
    for key, name in known.items():
        members[groups.root(key)].append(name)
    ids: dict[str, str] = {}
    entities: list[tuple[object, ...]] = []
    aliases: list[tuple[object, ...]] = []
    for root in sorted(members, key=lambda key: (-sum(n.uses for n in members[key]), key)):
        names = members[root]
        canonical = _canonical(names)
        kind = sum((name.types for name in names), Counter())
        ids[root] = _new_id(canonical, set(ids.values()))
        entities.append((ids[root], canonical, min(kind, key=lambda t: (-kind[t], t)), ""))
        for name in names:
            aliases += [_alias(ids[root], form, name.kind, "") for form in sorted(name.forms)]
    for key, person, event in scoped:
        owner = ids[groups.root(person)]
        aliases += [_alias(owner, form, "PERSON", event) for form in sorted(known[key].forms)]
    unique = {(row[0], row[1], row[2], row[6]): row for row in aliases}
    return Draft(from_rows(entities, EntitiesTable), from_rows(list(unique.values()), AliasesTable))


def _alias(entity_id: str, form: str, kind: str, scope: str) -> tuple[object, ...]:
    """Return a row of the aliases table."""
    return (entity_id, form, "adjective" if kind == "NORP" else "name", "exact", "", "", scope, "draft")


def _canonical(names: list[_Name]) -> str:
    """Return the name an entity is shown under: of its longest name the commonest form, no abbreviation."""
    spelled = [name for name in names if not _ABBREVIATION.fullmatch(name.form)] or names
    several = [name for name in spelled if len(name.words) > 1] or spelled
    return min(several, key=lambda name: (-name.uses, -len(name.words), name.key)).form


def _new_id(canonical: str, taken: set[str]) -> str:
    """Return a neutral id made of a name, unlike all others."""
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(canonical).lower()).strip("-") or "name"
    number = 2
    unique = plain
    while unique in taken:
        unique, number = f"{plain}-{number}", number + 1
    return unique
