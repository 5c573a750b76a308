"""Of whom a word is said, by the grammar of its sentence."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import takewhile
from typing import NamedTuple

import pandas as pd

from helpers.framing.acts import actor, undergoer
from helpers.framing.doers import is_doer
from helpers.framing.naming import BEING, NOUNS
from helpers.framing.reading import Mention, Reading, readings
from helpers.framing.tables import Labels
from helpers.names import Mentions
from helpers.text import Documents, Parse
from helpers.voices import Tree, is_passive

__all__ = [
    "PRONOUNS",
    "STANDING",
    "Target",
    "find_targets",
    "person_meant",
    "standing",
    "standing_for",
    "target_of",
]
# Labels whose own noun stands for an entity where its name does not.
STANDING = ("description", "belonging")
PRONOUNS = ("he", "she", "him", "her")
# Not "we": on NewsWCL50 the speaker was meant in 10 of 31, else a side, a country or a matter.
SPEAKING = ("i", "my")
# Relations by which a word belongs to the noun above it.
MODIFYING = ("amod", "compound", "nmod", "nummod", "acl", "relcl", "det", "poss", "npadvmod", "quantmod")
STEPS = 8
# Clauses that have a subject of their own or are read wrongly.
CLAUSES = ("ccomp", "pcomp")
# Relations of a noun that leave open whose it is, where nobody owns it: what is made, sought or spoken of.
OPEN = ("dobj", "pobj", "dative", "npadvmod", "conj", "dep")
# Nouns of people by which their head or country is meant.
BODIES = frozenset(
    "administration army camp campaign force forces government leadership military ministry regime side "
    "state team troop".split()
)
# Prepositions of what somebody is treated for: of 9 such places of NewsWCL50 7 are right.
HELD = ("for", "of")
# "Who", "whose", "which" and "that" of a clause, in the tags of the Penn Treebank.
RELATIVE = ("WP", "WP$", "WDT")
# Sentences back in which the person is looked for whom "he" or "she" means.
BACK = 2


class Target(NamedTuple):
    """Of whom a word is said, and by which rule; empty where the grammar does not tell."""

    entity: str
    rule: str


def find_targets(
    places: pd.DataFrame,
    documents: Documents,
    parse: Parse,
    mentions: Mentions,
    labels: Labels | None = None,
) -> pd.DataFrame:
    """Return of whom the words of each place are said: target and rule, in the order of `places`.

    Columns of `places`: doc_id, start_char, end_char, and speaker (whom "I" means there) where it is
    known. Both cells are empty where the grammar does not tell, and in reports that no parser reads.
    """
    known = {} if labels is None else standing(labels)
    wanted = set(places["doc_id"])
    read = {
        reading.doc_id: reading
        for reading in readings(documents, parse, mentions)
        if reading.doc_id in wanted
    }
    nouns = {doc_id: standing_for(reading, known) for doc_id, reading in read.items()}
    speakers = places["speaker"].tolist() if "speaker" in places else [""] * len(places)
    columns = (places[name].tolist() for name in ("doc_id", "start_char", "end_char"))
    found = []
    for doc_id, start, end, speaker in zip(*columns, speakers, strict=True):
        span = _tokens(read[doc_id], start, end) if doc_id in read else None
        meant = "" if speaker == "unknown" else speaker
        found.append(target_of(read[doc_id], *span, nouns[doc_id], meant) if span else Target("", ""))
    return pd.DataFrame(found, columns=["target", "rule"], index=places.index, dtype="str")


def standing(labels: Labels) -> dict[tuple[str, int], str]:
    """Return the entities that nouns stand for without a name, by report and end of the noun."""
    own = labels[labels["kind"].isin(STANDING) & ~_other_people(labels)]
    columns = (own[name] for name in ("doc_id", "end_char", "entity_id"))
    return {(doc_id, end): entity for doc_id, end, entity in zip(*columns, strict=True)}


def _other_people(labels: Labels) -> pd.Series:
    """Return which labels that only belong to a name are of people of their own: "the X chairwoman"."""
    last = labels["label"].str.rsplit(n=1).str[-1].fillna("").str.casefold()
    return labels["kind"].eq("belonging") & ~last.isin(BODIES) & ~last.str.removesuffix("s").isin(BODIES)


def standing_for(reading: Reading, labels: Mapping[tuple[str, int], str]) -> dict[int, str]:
    """Return the nouns of a report that stand for an entity without its name, by token."""
    tokens = enumerate(reading.tree.tokens)
    places = ((place, labels.get((reading.doc_id, token.end))) for place, token in tokens)
    return {place: entity for place, entity in places if entity}


def person_meant(reading: Reading, place: int) -> str:
    """Return the person that "he", "him", "she" or "her" means at a token: the only one named near before.

    Nothing where several are named in its sentence or the two before it, and for other words. Of 40 read on
    BASIL and NewsWCL50 37 were right; with the subject named last where several are, 30 of 42.
    """
    token = reading.tree.tokens[place]
    word = reading.text[token.start : token.end].casefold()
    if word not in PRONOUNS or token.pos != "PRON":
        return ""
    people = {mention.entity for mention in _people_before(reading, place)}
    return people.pop() if len(people) == 1 else ""


def _people_before(reading: Reading, place: int) -> list[Mention]:
    """Return the mentions of people before a token in its sentence and the two before it, the last first."""
    tokens = reading.tree.tokens
    here = tokens[place]
    back = reading.before(here.start)
    near = takewhile(lambda mention: here.sentence - tokens[mention.head].sentence <= BACK, back)
    return [mention for mention in near if mention.entity_type == "PERSON"]


def _tokens(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last token of a stretch of text, or nothing where it has none."""
    tokens = reading.tree.tokens
    first = bisect_right(tokens, start, key=lambda token: token.end)
    last = bisect_left(tokens, end, key=lambda token: token.start) - 1
    return (first, last) if first <= last else None


def target_of(reading: Reading, first: int, last: int, known: Mapping[int, str], speaker: str = "") -> Target:
    """Return of whom the words from one token to another are said.

    `known` has the entity of nouns that stand for one without its name, by token; `speaker` is whom "I"
    means. Rules: modifier (of a name or of a noun that stands for one), apposition, complement ("describes X
    as ..."), owner ("X's", "of X"), predicate ("X is ...") and subject (of the verb it belongs to). An
    object that nobody owns has no target: "has an arsenal" does not tell of whom "arsenal" is said.
    """
    who = _Who(reading, known, speaker)
    here = _outer(reading, first, last)
    own = who.owner(here, first, last)
    for _ in range(STEPS):
        found = _settled(who, here, own)
        if found:
            return found
        token = reading.tree.tokens[here]
        here = token.head
        if token.dep in MODIFYING:
            if entity := who.means(here):
                return Target(entity, "modifier")
            owner = who.owner(here, first, last)
            if token.dep == "amod" and reading.tree.tokens[here].dep not in ("attr", "appos"):
                # "He has a deadly arsenal": the arsenal is deadly, not he (he was meant in none of 11).
                return Target("", "")
            own = own if own.entity else owner
    return own


def _settled(who: "_Who", here: int, own: Target) -> Target | None:
    """Return the target where the relation of a word to the one above it tells; else the one above is next.

    `own` is whom the words met so far belong to.
    """
    tree = who.reading.tree
    token = tree.tokens[here]
    if token.pos in ("VERB", "AUX") and token.dep != "amod":
        return _subject(who, here, own)
    if complemented := _complemented(who, here):
        return complemented
    if token.dep == "appos" and (found := who.means(token.head)):
        return Target(found, "apposition")
    if token.dep in ("nsubj", "nsubjpass"):
        return _predicate(who, token.head) or own
    if token.dep in OPEN and token.pos in NOUNS:
        return own
    return own if token.head == here else None


def _complemented(who: "_Who", here: int) -> Target | None:
    """Return whom a verb says its object to be: "describes X as a Y", "calls X a Y", "X was deemed Y"."""
    tree = who.reading.tree
    token = tree.tokens[here]
    above = token.head
    if token.dep == "pobj" and tree.tokens[above].lemma == "as" and tree.tokens[above].dep == "prep":
        above = tree.tokens[above].head
    elif token.dep != "oprd":
        return None
    if tree.tokens[above].pos != "VERB":
        return None
    objects = tree.below(above, "dobj", "nsubjpass") or _referred_to(tree, above)
    objects = objects or tree.below(above, "nsubj")
    meant = next(filter(None, map(who.means, objects)), "")
    return Target(meant, "complement" if meant else "")


def _referred_to(tree: Tree, verb: int) -> list[int]:
    """Return what a verb is about over "to": "refers to X as a Y"."""
    ways = [way for way in tree.below(verb, "prep") if tree.tokens[way].lemma == "to"]
    return [noun for way in ways for noun in tree.below(way, "pobj")]


def _predicate(who: "_Who", verb: int) -> Target | None:
    """Return whom the verb "to be" says its subject to be, or nothing."""
    tree = who.reading.tree
    nouns = tree.below(verb, "attr") if tree.tokens[verb].lemma in BEING else []
    meant = next(filter(None, map(who.means, nouns)), "")
    return Target(meant, "predicate") if meant else None


def _outer(reading: Reading, first: int, last: int) -> int:
    """Return the token of a span on which the others hang: the first whose head is outside."""
    tokens = reading.tree.tokens
    for place in range(first, last + 1):
        token = tokens[place]
        if (not first <= token.head <= last or token.head == place) and token.pos not in ("PUNCT", "SPACE"):
            return place
    return last


def _subject(who: "_Who", verb: int, own: Target) -> Target:
    """Return whom the subject of a verb means; of a passive verb without who acts, to whom it is done."""
    tree = who.reading.tree
    token = tree.tokens[verb]
    subject = actor(tree, verb)
    if subject is None and is_passive(tree, verb):
        below = undergoer(who.reading, verb)
        subject = below if below >= 0 else None
    if token.dep in CLAUSES and not tree.below(verb, "nsubj", "nsubjpass", "agent"):
        # A clause that should have a subject and has none was read wrongly (7 of 19 right, 2 of 10), but
        # where somebody is fired, sued or praised "for" it.
        subject = _held_for(tree, verb)
    if subject is None:
        return own
    if found := who.means(subject):
        return Target(found, "subject")
    return own if own.entity else who.owner(subject, subject, subject)


def _held_for(tree: Tree, verb: int) -> int | None:
    """Return to whom something is done for an act: "fired for lying", "sued X for fraud"."""
    prep = tree.tokens[verb].head
    above = tree.tokens[prep].head
    if tree.tokens[prep].lemma not in HELD or tree.tokens[above].pos != "VERB":
        return None
    return next(iter(tree.below(above, "dobj", "nsubjpass")), None)


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
        if token.tag in RELATIVE:
            return self._relative(place)
        if token.pos != "PRON":
            return self._joined(place)
        word = self.reading.text[token.start : token.end].casefold()
        if word in SPEAKING:
            return self.speaker
        if word in (*PRONOUNS, "his"):
            held = _held_for(self.reading.tree, token.head) if token.dep == "poss" else None
            if held is not None and (found := self._named_person(held)):
                return found
            return self._person(place)
        return ""

    def _relative(self, place: int) -> str:
        """Return whom "who" or "whose" means: the noun that its clause is about."""
        for _ in range(STEPS):
            token = self.reading.tree.tokens[place]
            if token.dep in ("relcl", "ROOT"):
                return self.means(token.head) if token.dep == "relcl" else ""
            place = token.head
        return ""

    def _named_person(self, place: int) -> str:
        """Return the person whom a noun names, or nothing."""
        owner = self.reading.owner[place]
        entity = self.reading.spans[owner][2] if owner >= 0 else ""
        return entity if self.reading.types.get(entity) == "PERSON" else ""

    def _joined(self, place: int) -> str:
        """Return the entity that stands beside a noun in apposition."""
        for child in self.reading.tree.below(place, "appos"):
            owner = self.reading.owner[child]
            if owner >= 0:
                return self.reading.spans[owner][2]
        return ""

    def _person(self, place: int) -> str:
        """Return the person that "he" or "him" means: the subject named last, or the person named last.

        "Him" is not who acts in its own clause.
        """
        tokens = self.reading.tree.tokens
        other = self._acts_beside(place)
        people = [m for m in _people_before(self.reading, place) if m.entity != other]
        subjects = [mention for mention in people if tokens[mention.head].dep in ("nsubj", "nsubjpass")]
        return (subjects or people)[0].entity if people else ""

    def _acts_beside(self, place: int) -> str:
        """Return who acts in the clause of which a pronoun is the object, or nothing."""
        tree = self.reading.tree
        if tree.tokens[place].dep not in ("dobj", "dative"):
            return ""
        subject = actor(tree, tree.tokens[place].head)
        return self.means(subject) if subject is not None and subject != place else ""

    def owner(self, place: int, first: int, last: int) -> Target:
        """Return the entity that owns a noun, or that it is of, outside the span."""
        tree = self.reading.tree
        lemma = tree.tokens[place].lemma
        if is_doer(lemma) and lemma not in BODIES:
            # "Her critics", "an ally of hers": somebody else.
            return Target("", "")
        for child in tree.below(place, "poss", "compound", "amod", "nmod"):
            if not first <= child <= last and (found := self.means(child)):
                return Target(found, "owner")
        for prep in tree.below(place, "prep"):
            if tree.tokens[prep].lemma in ("of", "by", "to", "against", "on"):
                for noun in tree.below(prep, "pobj"):
                    if found := self.means(noun):
                        return Target(found, "owner")
        return Target("", "")
