"""Labels that the grammar of a sentence ties to a name: before it, beside it, or said to be it."""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from helpers.framing.doers import is_doer
from helpers.framing.reading import Mention, Reading
from helpers.voices import ParsedToken

__all__ = ["NOUNS", "Found", "direct_labels", "of_state"]
NOUNS = ("NOUN", "PROPN")
# Verbs that join a name and what it is: "X is a Y".
BEING = frozenset("be become remain".split())
# Verbs by which somebody gives a name: "calls X a Y".
CALLING = frozenset(
    "call name dub label brand describe depict denounce portray characterize hail nickname".split()
)
# Premodifiers that number or point and call nothing.
POINTING = frozenset("former same own other many several few first last next new more most such".split())
POLITE = frozenset("mr mrs ms miss dr messrs mr. mrs. ms. dr.".split())
# What the parser names a number, a size or a time.
MEASURES = ("DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY")
# What a caption adds to a name: "Ann Poe, left, ...".
PLACES_IN_PICTURES = frozenset("left right center centre middle second third background foreground".split())
FINITE = ("VBD", "VBZ", "VBP", "MD")
# A party and a state or district behind a name: "R-Ky.", "D-N.C.".
_PARTY = re.compile(r"[A-Z]{1,3}\s?[-–—]\s?[A-Z][\w.]*")
# A party before a state, and the dash of a dateline.
_OF_STATE, _DASH = (
    re.compile(r"\b[A-Z]{1,3}\s?[-\u2010-\u2015]\s?$"),
    re.compile(r"\s(?:[\u2013\u2014]|--)\s"),
)
# Who bears no name of a deed, by the ending of its noun.
BEARERS, DEEDS = ("PERSON", "ORG", "NORP"), ("ment", "tion", "sion", "ness", "ance", "ence", "ity")
EDGES = ("PUNCT", "DET", "CCONJ", "PART", "SPACE")
# What cannot stand in a title: a date, a place in the sentence.
NO_TITLE = ("NUM", "ADP", "VERB", "AUX", "PRON", "SYM", "X")


class Found(NamedTuple):
    """A label: first and last token, the head of its phrase, the entity, how it is tied, the name's place."""

    first: int
    last: int
    head: int
    entity: str
    kind: str
    name_start: int


def direct_labels(reading: Reading, known: Set[str] = frozenset()) -> Iterator[Found]:
    """Yield the labels that stand in one construction with a name.

    Kinds: title ("President X"), premodifier ("embattled X"), apposition ("X, the head of Y"), predicate
    ("X is a Y"), called ("called X a Y") and belonging ("the X administration"). Only nouns of people and
    bodies, those of `known` among them, are of the last kind.
    """
    for mention in reading.mentions:
        for tie in (_before, _beside, _predicates, _called):
            for label in tie(reading, mention):
                if not _measures(reading, label) and not _misread(reading, label, mention):
                    yield label
        for label in _belonging(reading, mention):
            lemma = reading.tree.tokens[label.head].lemma
            if lemma in known or is_doer(lemma):
                yield label


def _measures(reading: Reading, label: Found) -> bool:
    """Return whether a label only counts or dates: "the 16-inch X", "X, 1,237 delegates", "August"."""
    tree, head = reading.tree, label.head
    sized = head > 1 and tree.tokens[head - 1].lemma in "-–" and tree.tokens[head - 2].pos == "NUM"
    return sized or tree.tokens[head].entity.endswith(MEASURES) or bool(tree.below(head, "nummod"))


def _misread(reading: Reading, label: Found, mention: Mention) -> bool:
    """Return whether a phrase is none, or says something else than what somebody is called.

    A clause ("hid losses", "whose son"), a party and state ("R-Ky."), several where one person is meant, and
    words in capitals before a name of a body, which are the begin of its name ("Children's Defense Fund").
    """
    tokens = reading.tree.tokens
    inside = tokens[label.first : label.head + 1]
    if any(token.tag in FINITE for token in inside) or tokens[label.first].lemma == "whose":
        return True
    if _PARTY.fullmatch(reading.words(label.first, label.last)) or tokens[label.first].pos == "CCONJ":
        return True
    if label.kind == "apposition" and _beside_place_or_deed(reading, label, mention):
        return True
    if tokens[label.head].lemma in PLACES_IN_PICTURES:
        return True
    if mention.entity_type == "PERSON":
        return tokens[label.head].tag in ("NNS", "NNPS")
    if label.kind != "title" or is_doer(tokens[label.head].lemma) or tokens[label.head].lemma[-1] == ".":
        return False
    return all(reading.text[token.start].isupper() for token in inside if token.pos not in EDGES)


def _beside_place_or_deed(reading: Reading, label: Found, mention: Mention) -> bool:
    """Return whether an apposition is misread: of a dateline or a member's state, or a deed as a person.

    "OSLO, Norway — Attorney General Poe", "Ann Poe, D-N.Y., the former chairman", "struck with the
    Republicans, an agreement".
    """
    lemma = reading.tree.tokens[label.head].lemma
    if mention.entity_type == "GPE":
        text, end = reading.text, reading.tree.tokens[label.first].start
        dashed = bool(_DASH.search(text[mention.end : end]))
        return is_doer(lemma) and (dashed or of_state(reading, mention))
    return mention.entity_type in BEARERS and not is_doer(lemma) and lemma.endswith(DEEDS)


def of_state(reading: Reading, mention: Mention) -> bool:
    """Return whether a place stands for a member's party and state: "D-N.Y."."""
    before = reading.text[max(mention.start - 6, 0) : mention.start]
    return bool(_OF_STATE.search(before) or _PARTY.fullmatch(reading.text[mention.start : mention.end]))


def _before(reading: Reading, mention: Mention) -> Iterator[Found]:
    """Yield what stands before a name in its own phrase: a title where it ends with a noun."""
    tokens = reading.tree.tokens
    kept = _words_before(reading, mention)
    if not kept or all(tokens[at].lemma in POINTING for at in kept) or tokens[kept[-1] + 1].dep == "case":
        # "ABC's Ann Poe": whose she is, not what.
        return
    title = tokens[kept[-1]].pos in NOUNS
    if title or not any(tokens[at].dep in ("case", "poss", "cc") for at in kept):
        kind = "title" if title else "premodifier"
        yield Found(kept[0], kept[-1], kept[-1], mention.entity, kind, mention.start)


def _words_before(reading: Reading, mention: Mention) -> range:
    """Return the tokens before a name that hang on it, without those at the edges that say nothing."""
    tokens = reading.tree.tokens
    place = mention.head
    while place and tokens[place - 1].start >= mention.start:
        place -= 1
    first = place
    while first and _may_stand_before(reading, first - 1, mention):
        first -= 1
    while first < place and _empty(tokens[first]):
        first += 1
    while first < place and _empty(tokens[place - 1]):
        place -= 1
    return range(first, place)


def _empty(token: ParsedToken) -> bool:
    """Return whether a token at the edge of a title says nothing: Mr., a mark, an initial."""
    return token.lemma in POLITE or token.pos in EDGES or token.end - token.start < 2


def _may_stand_before(reading: Reading, place: int, mention: Mention) -> bool:
    """Return whether a token hangs on the name, directly or over others before it."""
    tokens = reading.tree.tokens
    token = tokens[place]
    if token.sentence != tokens[mention.head].sentence or (token.pos in NO_TITLE and token.dep != "amod"):
        return False
    here = place
    for _ in range(6):
        if tokens[here].dep not in ("amod", "compound", "nmod", "poss", "case", "det", "punct", "cc", "conj"):
            return False
        here = tokens[here].head
        if here == mention.head or mention.start <= tokens[here].start < mention.end:
            return True
    return False


def _beside(reading: Reading, mention: Mention) -> Iterator[Found]:
    """Yield the noun phrases in apposition to a name, on either side."""
    tree, head = reading.tree, mention.head
    beside = [(child, True) for child in tree.below(head, "appos")]
    token = tree.tokens[head]
    if token.dep == "appos":
        beside.append((token.head, False))
        beside += [(child, True) for child in tree.below(token.head, "appos") if child != head]
    for other, tail in beside:
        if other not in reading.named and tree.tokens[other].pos in NOUNS:
            first, last = reading.phrase(other, tail=tail, without=mention)
            yield Found(first, last, other, mention.entity, "apposition", mention.start)


def _predicates(reading: Reading, mention: Mention) -> Iterator[Found]:
    """Yield what a name is said to be; not what it is said not to be."""
    tree = reading.tree
    token = tree.tokens[mention.head]
    verb = tree.tokens[token.head]
    if token.dep != "nsubj" or verb.lemma not in BEING or tree.below(token.head, "neg"):
        return
    for noun in tree.below(token.head, "attr"):
        if tree.tokens[noun].pos in NOUNS and noun not in reading.named and noun > mention.head:
            yield Found(*reading.phrase(noun), noun, mention.entity, "predicate", mention.start)


def _called(reading: Reading, mention: Mention) -> Iterator[Found]:
    """Yield what somebody calls a name: "called X a Y", "described X as a Y", "X, called a Y"."""
    for noun in _names_given(reading, mention):
        if reading.tree.tokens[noun].pos in NOUNS and noun > mention.head and noun not in reading.named:
            yield Found(*reading.phrase(noun, without=mention), noun, mention.entity, "called", mention.start)


def _names_given(reading: Reading, mention: Mention) -> list[int]:
    """Return what a verb of calling gives a name: what hangs on it, and what is behind its "as"."""
    tree = reading.tree
    token = tree.tokens[mention.head]
    verb = token.head
    if token.dep in ("dobj", "nsubjpass") and tree.tokens[verb].lemma in CALLING:
        behind = [prep for prep in tree.below(verb, "prep") if tree.tokens[prep].lemma == "as"]
        return tree.below(verb, "oprd", "attr", "xcomp") + [
            noun for prep in behind for noun in tree.below(prep, "pobj")
        ]
    calls = token.dep == "nsubj" and tree.tokens[tree.tokens[verb].head].lemma in CALLING
    return [verb] if calls and tree.tokens[verb].dep in ("ccomp", "oprd") else []


def _belonging(reading: Reading, mention: Mention) -> Iterator[Found]:
    """Yield the noun that a name stands before, and the one behind that: whose people they are."""
    tree = reading.tree
    noun = mention.head
    for _ in range(3):
        token = tree.tokens[noun]
        if token.dep not in ("amod", "compound", "nmod", "poss") or token.head <= noun:
            return
        noun = token.head
        if tree.tokens[noun].pos not in NOUNS or reading.owner[noun] >= 0:
            return
        first, last = reading.phrase(noun, tail=False)
        while first < last and (tree.tokens[first].start < mention.end or tree.tokens[first].pos == "PART"):
            first += 1
        yield Found(first, last, noun, mention.entity, "belonging", mention.start)
