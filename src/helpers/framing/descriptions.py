"""Definite descriptions without a name, and whom they mean by what the event's reports call whom."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile
from typing import NamedTuple

from helpers.framing.doers import is_doer
from helpers.framing.naming import NOUNS, Found, of_state
from helpers.framing.reading import Mention, Reading

__all__ = ["described"]
DEFINITE = frozenset("the this that these those".split())
# Nouns that stand for a country or its rule wherever one is spoken of.
COUNTRIES = frozenset("country nation state government regime".split())
SIDES = frozenset("country nation state government side".split())
PLACES = ("GPE",)
# A head that one entity has so many times as often as any other is its own; else the one last named is meant.
DOMINANT = 4
# Kinds of direct labels that say who somebody is; the head of a noun that only belongs to a name does less.
IDENTITY = ("title", "apposition", "predicate", "called")
# Sentences back in which the name is looked for that "the country" means.
BACK = 2

Key = tuple[str, ...]


class _Called(NamedTuple):
    """Who is called what in the reports of an event: by all words, by its head alone, by the name's own."""

    whole: dict[Key, Counter[str]]
    heads: dict[str, Counter[str]]
    names: dict[str, Counter[str]]


def described(
    reports: Sequence[tuple[Reading, Sequence[Found]]], known: Set[str] = frozenset()
) -> Iterator[tuple[Reading, Found]]:
    """Yield the definite descriptions of the reports of one event that a label elsewhere resolves.

    `reports` has the direct labels of each. A description of the very words of a label means the entity
    that bears it; one with its head alone the entity which has that head, if it was named before it in
    this report; of several the one named last. "The country" means the country named last. Only nouns of
    people and bodies are looked at, those of `known` among them.
    """
    called = _called(reports, known)
    for reading, found in reports:
        taken = {label.head for label in found if label.kind != "belonging"}
        for place, token in enumerate(reading.tree.tokens):
            if token.pos not in NOUNS or reading.owner[place] >= 0 or place in taken:
                continue
            if token.lemma not in known and not is_doer(token.lemma) and token.lemma not in called.names:
                continue
            for entity in _meant(reading, place, called):
                first, last = reading.phrase(place, tail=False)
                yield reading, Found(first, last, place, entity, "description", -1)


def _called(reports: Sequence[tuple[Reading, Sequence[Found]]], known: Set[str]) -> _Called:
    """Return who is called what in the direct labels, by nouns of people and bodies."""
    whole: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    heads: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading, found in reports:
        for label in found:
            head = reading.tree.tokens[label.head].lemma
            if head not in known and not is_doer(head):
                continue
            if label.kind in IDENTITY:
                whole[_key(reading, label.first, label.last)][label.entity] += 1
                heads[head][label.entity] += 1
            elif label.kind == "belonging":
                heads[head][label.entity] += 1
    return _Called(dict(whole), dict(heads), _heads_of_names([reading for reading, _ in reports]))


def _heads_of_names(readings: Sequence[Reading]) -> dict[str, Counter[str]]:
    """Return whose names end with which common noun: "the Justice Department", "the nuclear deal".

    A noun is common where the reports have it outside names in small letters too. A person's name is none.
    """
    common = {
        token.lemma
        for reading in readings
        for place, token in enumerate(reading.tree.tokens)
        if token.pos == "NOUN" and reading.owner[place] < 0
    }
    heads: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for mention in reading.mentions:
            token = reading.tree.tokens[mention.head]
            lemma = token.lemma.casefold()
            alone = token.start == mention.start and token.end >= mention.end
            if mention.entity_type != "PERSON" and lemma in common and not alone:
                heads[lemma][mention.entity] += 1
    return dict(heads)


def _key(reading: Reading, first: int, last: int) -> Key:
    """Return the words of a phrase as they are compared."""
    tokens = reading.tree.tokens[first : last + 1]
    return tuple(token.lemma for token in tokens if token.pos not in ("DET", "PUNCT", "PRON", "PART"))


def _meant(reading: Reading, place: int, called: _Called) -> list[str]:
    """Return the entities that a noun without a name of its own means, as a definite description."""
    token = reading.tree.tokens[place]
    if token.dep in ("compound", "amod", "nmod", "appos", "attr") or not _definite(reading, place):
        return []
    first, last = reading.phrase(place, tail=False)
    whole = called.whole.get(_key(reading, first, last))
    if not whole and token.lemma in SIDES | {"leader"} and token.tag in ("NNS", "NNPS"):
        return _two(reading, place, called) if _says_two(reading, place) else []
    if whole:
        entity = _chosen(reading, place, whole, named=False)
    elif token.lemma in COUNTRIES and not _modified(reading, first, place):
        entity = _last_country(reading, place)
    else:
        entity = _by_head(reading, place, (first, last), called)
    several = token.tag in ("NNS", "NNPS") and reading.types.get(entity) == "PERSON"
    return [entity] if entity and not several else []


def _by_head(reading: Reading, place: int, phrase: tuple[int, int], called: _Called) -> str:
    """Return the entity that is called by the head of a phrase without a name in it, or nothing."""
    lemma = reading.tree.tokens[place].lemma
    heads = called.heads.get(lemma) or called.names.get(lemma)
    if not heads or any(reading.owner[at] >= 0 for at in range(phrase[0], phrase[1] + 1)):
        return ""
    return _chosen(reading, place, heads, named=True)


def _definite(reading: Reading, place: int) -> bool:
    """Return whether a noun has the definite article, or stands as a title without any."""
    tree = reading.tree
    before = [tree.tokens[child] for child in tree.below(place, "det", "poss", "nummod")]
    if any(token.lemma in DEFINITE for token in before):
        return True
    return not before and tree.tokens[place].pos == "PROPN" and tree.tokens[place].dep != "ROOT"


def _modified(reading: Reading, first: int, place: int) -> bool:
    """Return whether an adjective or noun narrows a phrase."""
    return any(reading.tree.tokens[at].pos in ("ADJ", *NOUNS) for at in range(first, place))


def _chosen(reading: Reading, place: int, options: Counter[str], *, named: bool) -> str:
    """Return the entity that has a label far more often than others, else the one of them named last.

    `named` asks that it was named before in this report.
    """
    start = reading.tree.tokens[place].start
    ranked = sorted(options, key=lambda entity: (-options[entity], entity))
    alone = len(ranked) == 1 or options[ranked[0]] >= DOMINANT * options[ranked[1]]
    if alone and (not named or reading.first_named.get(ranked[0], start) < start):
        return ranked[0]
    return next((mention.entity for mention in reading.before(start) if mention.entity in options), "")


def _near(reading: Reading, place: int) -> list[Mention]:
    """Return the mentions before a token in its sentence and the ones before it, the last first."""
    tokens = reading.tree.tokens
    here = tokens[place]
    back = reading.before(here.start)
    return list(takewhile(lambda mention: here.sentence - tokens[mention.head].sentence <= BACK, back))


def _last_country(reading: Reading, place: int) -> str:
    """Return the country named last before a token: a subject of its sentence or of those before, if any."""
    near = [m for m in _near(reading, place) if m.entity_type in PLACES and not of_state(reading, m)]
    subjects = [m for m in near if reading.tree.tokens[m.head].dep in ("nsubj", "nsubjpass")]
    return (subjects or near)[0].entity if near else ""


def _says_two(reading: Reading, place: int) -> bool:
    """Return whether a phrase says that it means two."""
    below = reading.tree.below(place, "nummod", "det", "predet")
    return any(reading.tree.tokens[child].lemma in ("two", "both") for child in below)


def _two(reading: Reading, place: int, called: _Called) -> list[str]:
    """Return the two that "the two countries" or "the two leaders" means: the two last named of that kind."""
    lemma = reading.tree.tokens[place].lemma
    found: list[str] = []
    for mention in reading.before(reading.tree.tokens[place].start):
        fits = (
            mention.entity_type in PLACES
            if lemma in SIDES
            else mention.entity_type == "PERSON"
            and mention.entity in (called.heads.get("leader") or called.heads.get("president") or {})
        )
        if fits and mention.entity not in found:
            found.append(mention.entity)
        if len(found) == 2:
            return found
    return []
