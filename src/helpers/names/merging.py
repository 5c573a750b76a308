"""Which names of the reports are one: pairs to be joined, each by a rule of its own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from anyascii import anyascii
from doublemetaphone import doublemetaphone

from helpers.names.known import countries, given_name
from helpers.names.spellings import STRONG, spelling_score

__all__ = ["ABBREVIATION", "AFTER", "Name", "same_names"]
# Full names of persons of one sound are compared letter by letter, up to so many.
ONE_SOUND = 40
AFTER = frozenset("jr sr ii iii iv".split())
ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,6}s?")
_LINKS = frozenset("of the for and in on at to de la & -".split())


@dataclass
class Name:
    """A name in its different spellings: how often each is used, in which events, of which type."""

    key: str
    words: tuple[str, ...]  # small, without dots and initials
    forms: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)  # uses as one who acts, by event
    reports: set[str] = field(default_factory=set)

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
        return next((word for word in reversed(self.words) if word not in AFTER), self.words[-1])

    @property
    def form(self) -> str:
        """Return its commonest spelling, of two the shorter."""
        return min(self.forms, key=lambda name: (-self.forms[name], len(name), name))


def same_names(known: dict[str, Name]) -> Iterator[tuple[str, str]]:
    """Yield the keys of names that are one whoever is named beside them."""
    full = [name for name in known.values() if name.kind == "PERSON" and len(name.words) > 1]
    others = [name for name in known.values() if name.kind != "PERSON"]
    yield from _same_person(full)
    yield from _short_names(full)
    yield from _unmarked_juniors(full)
    yield from _spelled_alike(full)
    yield from _same_words(others)
    yield from _abbreviated(others)
    yield from _plurals(others, known)
    yield from _parties(others)
    yield from _countries(known)


def _same_person(full: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield full names with the same first and last word: one has a middle name or an initial more."""
    ends: dict[tuple[str, str], str] = {}
    for name in full:
        first = ends.setdefault(
            (name.words[0], " ".join(name.words[name.words.index(name.last) :])), name.key
        )
        if first != name.key:
            yield first, name.key


def _spelled_alike(full: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield full names that are strong spellings of each other; only those of one sound are compared."""
    sounds: defaultdict[str, list[Name]] = defaultdict(list)
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


def _same_words(names: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield names of the same words in any order, small words aside: "Justice Department"."""
    bags: dict[tuple[str, ...], str] = {}
    for name in names:
        bag = tuple(sorted(word for word in name.words if word not in _LINKS))
        if len(bag) > 1:
            first = bags.setdefault(bag, name.key)
            if first != name.key:
                yield first, name.key


def _plurals(names: list[Name], known: dict[str, Name]) -> Iterator[tuple[str, str]]:
    """Yield peoples in the plural with their singular: Russians, Russian."""
    for name in names:
        single = name.key.removesuffix("s")
        if name.kind == "NORP" and single != name.key and single in known and known[single].kind == "NORP":
            yield name.key, single


def _abbreviated(names: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield abbreviations with the one full form in the reports whose first letters they are."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for words in (name.words, [word for word in name.words if word not in _LINKS]):
            if len(words) > 1:
                full["".join(word[0] for word in words)].add(name.key)
    for name in names:
        short = name.key.removesuffix("s") if name.form.endswith("s") else name.key
        if ABBREVIATION.fullmatch(name.form) and len(full[short]) == 1:
            yield name.key, next(iter(full[short]))


def _short_names(full: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield full names of one family name whose given names are a full and a short form: Robert and Bob.

    Where two are so alike to one, Robert and Roberta Poe to Bob Poe, it stays by itself.
    """
    families: defaultdict[str, list[Name]] = defaultdict(list)
    for name in full:
        families[" ".join(name.words[name.words.index(name.last) :])].append(name)
    for own in families.values():
        alike: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in combinations(own, 2):
            if given_name(one.words[0], other.words[0]):
                alike[one.key].add(other.words[0])
                alike[other.key].add(one.words[0])
        for one, other in combinations(own, 2):
            alone = len(alike[one.key]) == 1 == len(alike[other.key])
            if alone and other.words[0] in alike[one.key]:
                yield one.key, other.key


def _unmarked_juniors(full: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield a name with Jr. and the same without it, where reports of one event have one or the other.

    Some outlets print the Jr. and others leave it out; a report that has both names father and son.
    """
    for name in full:
        if name.words[-1] not in AFTER:
            continue
        bare = [other for other in full if other.words[-1] == name.last and _may_be_junior(other, name)]
        apart = all(name.reports.isdisjoint(other.reports) for other in bare)
        if apart and len({other.words[0] for other in bare}) == 1:
            yield from ((name.key, other.key) for other in bare if other.events.keys() & name.events.keys())


def _may_be_junior(bare: Name, junior: Name) -> bool:
    """Return whether the given names of two are one, or a short and a full form."""
    return bare.words[0] == junior.words[0] or given_name(bare.words[0], junior.words[0])


def _parties(names: list[Name]) -> Iterator[tuple[str, str]]:
    """Yield parties with their members: Democratic Party, Democrats; Labour Party, Labour."""
    parties = {name.words[0]: name.key for name in names if len(name.words) == 2 and name.words[1] == "party"}
    for name in names:
        if len(name.words) == 1 and (name.key.endswith("s") or name.kind == "ORG"):
            single = name.key.removesuffix("s")
            for adjective in (name.key, single, f"{single}ic"):
                if adjective in parties:
                    yield parties[adjective], name.key


def _countries(known: dict[str, Name]) -> Iterator[tuple[str, str]]:
    """Yield a country's other names with its usual one, or with each other where that is not used."""
    used: dict[str, str] = {}
    usual = countries()
    for key, name in known.items():
        country = usual.get(key, key if key in usual.values() else "")
        if country and name.kind in ("GPE", "ORG", "LOC"):
            first = used.setdefault(country, key)
            if first != key:
                yield first, key
