"""Of whom a word is said, by the grammar of its sentence."""

from collections.abc import Mapping
from typing import NamedTuple

from helpers.framing.naming import BEING, NOUNS
from helpers.framing.reading import Reading
from helpers.voices import is_passive, subject_of

__all__ = ["Target", "target_of"]
PERSONS = ("he", "she")
SPEAKING = ("i", "we", "my", "our")
# Relations by which a word belongs to the noun above it.
MODIFYING = ("amod", "compound", "nmod", "nummod", "acl", "relcl", "det", "poss", "npadvmod", "quantmod")
STEPS = 8
# Sentences back in which the person is looked for whom "he" or "she" means.
BACK = 2


class Target(NamedTuple):
    """Of whom a word is said, and by which rule; empty where the grammar does not tell."""

    entity: str
    rule: str


def target_of(reading: Reading, first: int, last: int, known: Mapping[int, str], speaker: str = "") -> Target:
    """Return of whom the words from one token to another are said.

    `known` has the entity of nouns that stand for one without its name, by token; `speaker` is whom "I" and
    "we" mean. Rules: modifier (of a name or of a noun that stands for one), apposition, owner ("X's", "of
    X"), predicate ("X is ...") and subject (of the verb it belongs to).
    """
    who = _Who(reading, known, speaker)
    here = _outer(reading, first, last)
    own = who.owner(here, first, last)
    tree = reading.tree
    for _ in range(STEPS):
        token = tree.tokens[here]
        if token.pos in ("VERB", "AUX") and token.dep != "amod":
            return _subject(who, here, own)
        if token.dep == "appos" and (found := who.means(token.head)):
            return Target(found, "apposition")
        if token.dep in ("nsubj", "nsubjpass"):
            if tree.tokens[token.head].lemma in BEING:
                for noun in tree.below(token.head, "attr"):
                    if found := who.means(noun):
                        return Target(found, "predicate")
            return own
        if own.entity and token.dep not in MODIFYING and token.pos in NOUNS:
            return own
        if token.dep in MODIFYING and token.head != here:
            here = token.head
            if found := who.means(here):
                return Target(found, "modifier")
            own = own if own.entity else who.owner(here, first, last)
            continue
        if token.head == here:
            return own
        here = token.head
    return own


def _outer(reading: Reading, first: int, last: int) -> int:
    """Return the token of a span on which the others hang: the first whose head is outside."""
    tokens = reading.tree.tokens
    for place in range(first, last + 1):
        token = tokens[place]
        if (not first <= token.head <= last or token.head == place) and token.pos not in ("PUNCT", "SPACE"):
            return place
    return last


def _subject(who: "_Who", verb: int, own: Target) -> Target:
    """Return whom the subject of a verb means; of a passive verb its own subject."""
    tree = who.reading.tree
    subject = subject_of(tree, verb)
    if subject is None and is_passive(tree, verb):
        below = tree.below(verb, "nsubjpass")
        subject = below[0] if below else None
        if subject is None and tree.tokens[verb].dep in ("acl", "relcl"):
            subject = tree.tokens[verb].head
    if subject is None:
        return own
    if found := who.means(subject):
        return Target(found, "subject")
    return own if own.entity else who.owner(subject, subject, subject)


class _Who:
    """Whom nouns and pronouns of a report mean."""

    def __init__(self, reading: Reading, known: Mapping[int, str], speaker: str) -> None:
        self.reading, self.known, self.speaker = reading, known, speaker

    def means(self, place: int) -> str:
        """Return the entity that a noun or pronoun means, or nothing."""
        owner = self.reading.owner[place]
        if owner >= 0:
            return self.reading.spans[owner][2]
        if place in self.known:
            return self.known[place]
        token = self.reading.tree.tokens[place]
        if token.pos != "PRON":
            return self._joined(place)
        word = self.reading.text[token.start : token.end].casefold()
        if word in SPEAKING:
            return self.speaker
        if word in (*PERSONS, "his", "her", "him"):
            return self._person(token.start, token.sentence)
        return ""

    def _joined(self, place: int) -> str:
        """Return the entity that stands beside a noun in apposition."""
        for child in self.reading.tree.below(place, "appos"):
            owner = self.reading.owner[child]
            if owner >= 0:
                return self.reading.spans[owner][2]
        return ""

    def _person(self, start: int, sentence: int) -> str:
        """Return the person that "he" or "she" means: the subject named last, or the person named last."""
        tokens = self.reading.tree.tokens
        near = [
            mention
            for mention in reversed(self.reading.mentions)
            if mention.start < start
            and mention.entity_type == "PERSON"
            and sentence - tokens[mention.head].sentence <= BACK
        ]
        subjects = [mention for mention in near if tokens[mention.head].dep in ("nsubj", "nsubjpass")]
        return (subjects or near)[0].entity if near else ""

    def owner(self, place: int, first: int, last: int) -> Target:
        """Return the entity that owns a noun, or that it is of, outside the span."""
        tree = self.reading.tree
        for child in tree.below(place, "poss", "compound", "amod", "nmod"):
            if not first <= child <= last and (found := self.means(child)):
                return Target(found, "owner")
        for prep in tree.below(place, "prep"):
            if tree.tokens[prep].lemma in ("of", "by", "to", "against", "on", "for"):
                for noun in tree.below(prep, "pobj"):
                    if found := self.means(noun):
                        return Target(found, "owner")
        return Target("", "")
