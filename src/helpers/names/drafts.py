"""A draft of the authority file, from the names that a parser recognises in the reports."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from anyascii import anyascii

from helpers.names.known import capitals, countries
from helpers.names.merging import ABBREVIATION, AFTER, Name, same_names
from helpers.names.tables import Aliases, AliasesTable, Entities, EntitiesTable, Recognised
from helpers.table import UNKNOWN, from_rows
from helpers.text import Documents

__all__ = ["Draft", "draft_names"]
# One surname of two persons goes to the one whose full name stands so many times as often, or to neither.
DOMINANT = 4
# A person's name that begins a longer one is the name alone where it is used so many times as often.
RUNS_ON = 4
# Events in which a surname may be given to a bearer of its own; of more, it stays undecided.
MOST_EVENTS = 200
_LEGAL = frozenset("inc corp co llc ltd plc gmbh sa ag nv company corporation incorporated limited".split())
# Endings of a name that are often left out; a Jr. is another person than his father.
_NUMBERS = AFTER - {"jr"}


class Draft(NamedTuple):
    """Drafted entities and the forms by which reports name them."""

    entities: Entities
    aliases: Aliases


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
    Countries are known by their other names too; a capital is a label of its country in events where it
    mostly acts, owns or is dealt with. Adjectives of peoples stay apart from their countries.

    >>> import pandas as pd
    >>> from helpers.table import from_rows
    >>> from helpers.names.tables import RecognisedTable
    >>> rows = [("a", 0, 7, "Ann Poe", "PERSON", True), ("a", 20, 23, "Poe", "PERSON", True)]
    >>> reports = pd.DataFrame({"doc_id": ["a"], "event_id": ["e"]})
    >>> draft_names(from_rows(rows, RecognisedTable), reports).aliases["entity_id"].tolist()
    ['ann-poe', 'ann-poe']
    """
    known = _names(names, documents)
    groups = _Groups(known)
    full = [name for name in known.values() if name.kind == "PERSON" and _is_full(name)]
    for pair in (*same_names(known), *_juniors(known, full)):
        groups.join(*pair)
    scoped = [*_join_single(known, full, groups), *_governments(known)]
    return _draft(known, groups, scoped)


def _join_single(
    known: dict[str, Name], full: list[Name], groups: _Groups
) -> list[tuple[str, str, str, str]]:
    """Join the names of one word to the persons who bear them; return those that are one's in one event."""
    scoped: list[tuple[str, str, str, str]] = []
    bearers = _by_part(full)
    for name in known.values():
        if len(name.words) == 1 and _may_be_person(name, bearers):
            for key, event in _given(name, bearers[name.words[0]], groups):
                if event:
                    scoped.append((name.key, key, event, "name"))
                else:
                    groups.join(name.key, key)
    return scoped


def _names(names: Recognised, documents: Documents) -> dict[str, Name]:
    """Return the different names, by their plain form."""
    events = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    known: dict[str, Name] = {}
    columns = (names[column] for column in ("surface", "entity_type", "doc_id", "acts"))
    for surface, kind, doc_id, acts in zip(*columns, strict=True):
        words = _words(surface, kind)
        key = " ".join(words)
        if not key:
            continue
        name = known.setdefault(key, Name(key, words))
        name.forms[surface] += 1
        name.types[kind] += 1
        name.events[events[doc_id]] += 1
        name.acts[events[doc_id]] += acts
        name.reports.add(doc_id)
    plain = {key: name for key, name in sorted(known.items()) if not _holds_others(name, known)}
    return {key: name for key, name in plain.items() if not _runs_on(name, plain)}


def _runs_on(name: Name, known: dict[str, Name]) -> bool:
    """Return whether a person's name goes on into a headline: "Ann Poe Wows", for nobody is called Wows."""
    for n in range(2, len(name.words)):
        person = known.get(" ".join(name.words[:n]))
        if person is None or {name.kind, person.kind} != {"PERSON"} or person.uses < RUNS_ON * name.uses:
            continue
        rest = name.words[n:]
        others = [
            other for other in known.values() if other is not name and not {*rest}.isdisjoint(other.words)
        ]
        if not others and not {*rest} & AFTER:
            return True
    return False


def _holds_others(name: Name, known: dict[str, Name]) -> bool:
    """Return whether a name is made of others: "Ada Poe memos", "Poe-Roe", "North and South Elby"."""
    if name.kind in ("PERSON", "GPE") and "and" in name.words:
        return True
    if name.kind == "PERSON" and _holds_body(name, known):
        return True
    if name.kind != "PERSON" and len(name.words) > 2:
        begin = known.get(" ".join(name.words[:2]))
        return begin is not None and begin.kind == "PERSON" and begin.uses > name.uses
    if not all("-" in form and " " not in form for form in name.forms):
        return False
    return any(known[word].uses > name.uses for word in name.words if word in known)


def _holds_body(name: Name, known: dict[str, Name]) -> bool:
    """Return whether a person's name holds that of a body or place of more uses: "Poe Elby Works"."""
    n = len(name.words)
    runs = (" ".join(name.words[i:j]) for i in range(n) for j in range(i + 2, n + 1) if j - i < n)
    held = [known[run] for run in runs if run in known]
    return any(other.kind != "PERSON" and other.uses > name.uses for other in held)


def _words(surface: str, kind: str) -> tuple[str, ...]:
    """Return the words of a name as compared: small, without dots; initials and Jr. of persons left out."""
    plain = surface.replace("’", "'").replace("-", " ").casefold().removesuffix("'s")
    words = re.sub(r"[^\w&'\s]", "", plain).split()
    if kind == "PERSON" and len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]
        words = words[:-1] if len(words) > 2 and words[-1] in _NUMBERS else words
    while kind == "ORG" and len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return tuple(words)


def _is_full(name: Name) -> bool:
    """Return whether a person's name has a given and a family name: "Poe Jr." has one of them."""
    return len([word for word in name.words if word not in AFTER]) > 1


def _juniors(known: dict[str, Name], full: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield a part of a name with its Jr., "Ned Jr.", and the one full name of that ending."""
    for name in known.values():
        if len(name.words) == 2 and name.words[-1] in AFTER:
            own = [
                other.key
                for other in full
                if other.words[-1] == name.words[-1] and name.words[0] in (other.words[0], other.last)
            ]
            if len(own) == 1:
                yield name.key, own[0]


def _governments(known: dict[str, Name]) -> Iterator[tuple[str, str, str, str]]:
    """Yield capitals with their country, as a label, in the events where they mostly act and it is named."""
    names: defaultdict[str, list[Name]] = defaultdict(list)
    for key, name in known.items():
        names[countries().get(key, key)].append(name)
    for key, country in sorted(capitals().items()):
        city = known.get(key)
        if city is not None and city.kind != "PERSON" and len(city.events) <= MOST_EVENTS:
            for event in sorted(city.events):
                named = next((name for name in names[country] if _is_named(name, event)), None)
                if named and 2 * city.acts[event] > city.events[event]:
                    yield key, named.key, event, "label"


def _is_named(name: Name, event: str) -> bool:
    """Return whether what is no person is named in a known event."""
    return event != UNKNOWN and name.events[event] > 0 and name.kind != "PERSON"


def _by_part(full: list[Name]) -> dict[str, list[Name]]:
    """Return the persons by last word of their name; by first word where nobody has it as the last."""
    last: defaultdict[str, list[Name]] = defaultdict(list)
    first: defaultdict[str, list[Name]] = defaultdict(list)
    for name in full:
        last[name.last].append(name)
        first[name.words[0]].append(name)
    return dict(first) | dict(last)


def _may_be_person(name: Name, bearers: dict[str, list[Name]]) -> bool:
    """Return whether somebody bears a name of one word, and it is no place or abbreviation."""
    return name.words[0] in bearers and (
        name.kind == "PERSON" or (name.kind in ("ORG", "NORP") and not name.form.isupper())
    )


def _given(name: Name, bearers: list[Name], groups: _Groups) -> Iterator[tuple[str, str]]:
    """Yield whom a name of one word is given to, and in which event; without one, in all."""
    first = _chosen(bearers, groups, lambda bearer: bearer.uses)
    if first:
        yield first, ""
    elif len(name.events) <= MOST_EVENTS:
        for event in sorted(name.events):
            if event != UNKNOWN:
                own = _chosen(bearers, groups, _uses_in(event))
                yield from [(own, event)] if own else []


def _uses_in(event: str) -> Callable[[Name], int]:
    """Return what tells how often a name is used in an event."""
    return lambda name: name.events[event]


def _chosen(bearers: list[Name], groups: _Groups, uses: Callable[[Name], int]) -> str:
    """Return the person named most, if nobody else of that name is named nearly as often, or nothing."""
    counts: Counter[str] = Counter()
    for bearer in bearers:
        counts[groups.root(bearer.key)] += uses(bearer)
    ranked = sorted((-n, key) for key, n in counts.items() if n)
    if not ranked or (len(ranked) > 1 and -ranked[0][0] < DOMINANT * -ranked[1][0]):
        return ""
    return ranked[0][1]


def _draft(known: dict[str, Name], groups: _Groups, scoped: list[tuple[str, str, str, str]]) -> Draft:
    """Return the groups as entities with their forms."""
    members: defaultdict[str, list[Name]] = defaultdict(list)
    for key, name in known.items():
        members[groups.root(key)].append(name)
    ids: dict[str, str] = {}
    entities: list[tuple[object, ...]] = []
    aliases: list[tuple[object, ...]] = []
    for root in sorted(members, key=lambda key: (-sum(n.uses for n in members[key]), key)):
        names = members[root]
        canonical = _canonical(names)
        types = sum((name.types for name in names), Counter[str]())
        ids[root] = _new_id(canonical, set(ids.values()))
        entities.append((ids[root], canonical, _commonest(types), ""))
        for name in names:
            kind = "adjective" if name.kind == "NORP" else "name"
            aliases += [_alias(ids[root], form, kind, "") for form in sorted(name.forms)]
    for key, owner, event, kind in scoped:
        own = ids[groups.root(owner)]
        aliases += [_alias(own, form, kind, event) for form in sorted(known[key].forms)]
    unique = {(row[0], row[1], row[2], row[6]): row for row in aliases}
    return Draft(from_rows(entities, EntitiesTable), from_rows(list(unique.values()), AliasesTable))


def _commonest(types: Counter[str]) -> str:
    """Return the commonest type; of two as common the first by name."""
    return min(types, key=lambda name: (-types[name], name))


def _alias(entity_id: str, form: str, kind: str, scope: str) -> tuple[object, ...]:
    """Return a row of the aliases table."""
    return (entity_id, form, kind, "exact", "", "", scope, "draft")


def _canonical(names: list[Name]) -> str:
    """Return the name an entity is shown under: of its longest name the commonest form, no abbreviation."""
    spelled = [name for name in names if not ABBREVIATION.fullmatch(name.form)] or names
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
