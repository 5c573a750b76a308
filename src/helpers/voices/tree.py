"""The parse of a report as a tree: subjects, noun phrases and clauses, by the parser's relations."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

__all__ = [
    "DOCUMENTS",
    "FIELDS",
    "SUBJECTS",
    "Source",
    "Token",
    "Tree",
    "can_speak",
    "is_aside",
    "is_finite",
    "is_passive",
    "noun_phrase",
    "subject_of",
    "whole_list",
]
FIELDS = ["start_char", "end_char", "lemma", "tag", "pos", "dep", "head", "entity", "sentence_id"]
SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# Relations by which a verb shares the subject of the verb above it.
SHARING = ("conj", "xcomp", "advcl", "ccomp", "acl", "dep")
# What somebody sends or gives out: who sends it says what it says.
DOCUMENTS = frozenset(
    "letter statement email e-mail mail message memo note post tweet release report article column op-ed "
    "speech interview complaint lawsuit suit filing brief motion video ad order ruling opinion call".split()
)
# How words for who does or is something end, and such words that end otherwise.
DOERS = ("er", "or", "ist", "man", "woman", "ian", "person", "ee", "ant", "ent", "eer", "ess")
PEOPLE = frozenset(
    """aide ally chief child crowd critic cleric colleague father mother brother sister friend king queen
    diplomat expert general group judge party police people relative source spouse official team wife family
    victim witness editorial study survey poll newspaper sign""".split()
)
# Participles with which whoever speaks in a sentence goes on: "..., adding that it was lost".
ADDING = frozenset(
    "add say state note insist warn argue explain claim stress write conclude declare emphasize".split()
)
RELATIVES = ("who", "which", "that")
# What belongs to a noun phrase as the name of somebody: not its relative clauses, nor its appositions.
INNER = ("det", "amod", "compound", "nmod", "poss", "nummod", "case", "quantmod", "punct", "predet")
DATELINE_ENDS = ("-", "–", "—", "--", "|")
# Prepositions of what belongs to a noun phrase, and what has an author besides documents.
BELONGING = ("of", "for", "from", "with", "at", "in", "on")
ASKED = frozenset("analysis estimate inquiry investigation poll review study survey".split())
FURTHEST = 6
# Tokens of "familiar with the matter", and names of a list, at most.
LONGEST_PHRASE, LONGEST_LIST = 8, 6
FINITE = ("VBD", "VBZ", "VBP", "MD")
WHOLE = ("VBD", "VBZ", "VBP")


class Token(NamedTuple):
    """A token of the parse; `head` is its head's number in the report."""

    start: int
    end: int
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    entity: str
    sentence: int


class Source(NamedTuple):
    """Who speaks, as it is written: first and last code point, and the number of the head token."""

    start: int
    end: int
    head: int


@dataclass(frozen=True, eq=False)
class Tree:
    """The tokens of a report, and which of them stand in direct quotations."""

    tokens: Sequence[Token]
    quoted: Sequence[bool]

    @cached_property
    def children(self) -> list[list[int]]:
        """Return the numbers of the tokens below each token, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for place, token in enumerate(self.tokens):
            if token.head != place:
                below[token.head].append(place)
        return below

    @cached_property
    def starts(self) -> list[int]:
        """Return where each token begins."""
        return [token.start for token in self.tokens]

    @cached_property
    def sentences(self) -> dict[int, range]:
        """Return the tokens of each sentence; those of one sentence follow each other."""
        found: dict[int, range] = {}
        for place, token in enumerate(self.tokens):
            own = found.get(token.sentence, range(place, place))
            found[token.sentence] = range(own.start, place + 1)
        return found

    def between(self, start: int, end: int) -> range:
        """Return the tokens that begin from one code point on and before another."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def below(self, place: int, *deps: str) -> list[int]:
        """Return the tokens right below one, of these relations."""
        return [child for child in self.children[place] if self.tokens[child].dep in deps]

    def subtree(self, place: int, without: Iterable[int] = ()) -> list[int]:
        """Return a token and all below it, in order, save some of them with all below these."""
        left, found, waiting = set(without), [], [place]
        while waiting:
            here = waiting.pop()
            if here not in left:
                found.append(here)
                waiting += self.children[here]
        return sorted(found)


def subject_of(tree: Tree, verb: int) -> int | None:
    """Return the head of a verb's subject: its own, its agent's, or that of the verb it hangs on."""
    agents = [child for agent in tree.below(verb, "agent") for child in tree.below(agent, "pobj")]
    if agents:
        return agents[0]
    if is_passive(tree, verb):
        return None  # who is accused, told or asked does not speak
    here = verb
    for _ in range(FURTHEST):
        own = tree.below(here, *SUBJECTS)
        if own:
            return _meant(tree, _behind_dateline(tree, own[0], here), tree.tokens[here])
        found, above = _shared(tree, here)
        if above is None:
            return found
        here = above
    return None


def _shared(tree: Tree, verb: int) -> tuple[int | None, int | None]:
    """Return the subject that a verb without one has from what it hangs on, or the verb to ask for it."""
    token = tree.tokens[verb]
    if token.dep in ("relcl", "acl"):
        return _of_noun(tree, token)
    if token.dep == "advcl" and token.lemma in ADDING and token.tag == "VBG" and _set_off(tree, verb):
        return None, _outermost(tree, token.head)
    told = _asked_to(tree, token)
    if told is not None and told < verb:
        return told, None  # "they asked him to say": he is to say it
    if token.dep == "pcomp":
        return _in_phrase(tree, token)
    if token.head == verb:
        return _unattached(tree, verb) if token.tag in WHOLE else None, None
    return None, token.head if token.dep in SHARING else None


def _asked_to(tree: Tree, verb: Token) -> int | None:
    """Return who is asked to do something, by the verb above; what is used to do it is not."""
    asked = verb.dep == "xcomp" and verb.tag == "VB" and tree.tokens[verb.head].lemma != "use"
    told = tree.below(verb.head, "dobj") if asked else []
    return told[0] if told else None


def _in_phrase(tree: Tree, verb: Token) -> tuple[int | None, int | None]:
    """Return the subject of a verb behind a preposition, or the verb to ask for it."""
    above = tree.tokens[verb.head].head
    objects = tree.below(above, "dobj") if tree.tokens[verb.head].lemma in ("for", "as") else []
    if objects and can_speak(tree.tokens[objects[0]]):
        return objects[0], None  # "they blamed him for saying", "quoted him as saying": he said it
    return None, None if is_passive(tree, above) else above  # "accused of threatening"


def _set_off(tree: Tree, verb: int) -> bool:
    """Return whether a comma stands in front of a participle."""
    return verb > 0 and tree.tokens[min(tree.subtree(verb)) - 1].lemma == ","


def _outermost(tree: Tree, verb: int) -> int:
    """Return the verb whose complement a verb is, or that verb's: she adds in "she said he left, adding"."""
    here = verb
    for _ in range(FURTHEST):
        if tree.tokens[here].dep != "ccomp" or tree.tokens[here].head > here:
            break
        here = tree.tokens[here].head
    return here


def _of_noun(tree: Tree, verb: Token) -> tuple[int | None, int | None]:
    """Return the noun whose clause a verb is, or the verb to ask where the noun is what somebody sends.

    "She sent a letter saying": she says it. "The man saying": he does.
    """
    noun = tree.tokens[verb.head]
    if verb.dep == "acl" and noun.dep in ("dobj", "pobj") and noun.lemma not in DOCUMENTS:
        return (_by_name(tree, verb.head) if can_speak(noun) else None), None
    sent = verb.dep == "acl" and noun.dep in ("dobj", "pobj") and noun.lemma in DOCUMENTS
    return (None, noun.head) if sent else (_by_name(tree, verb.head), None)


def can_speak(noun: Token) -> bool:
    """Return whether a noun looks like somebody: a name, several, or a word for who does or is something.

    "Opened a rally blasting him": a rally blasts nobody, and who does is not in the parser's tree.
    """
    named = noun.entity.endswith(("PERSON", "ORG", "NORP", "GPE")) or noun.pos in ("PROPN", "PRON")
    return named or noun.tag == "NNS" or noun.lemma.endswith(DOERS) or noun.lemma in PEOPLE


def _unattached(tree: Tree, verb: int) -> int | None:
    """Return the last person set beside another noun before a main verb without a subject, or nothing.

    "With Mr Roe, the mayor, and his guests, Ann Poe, the minister, praised it": the parser takes Ann Poe for
    one of the guests.
    """
    sentence = tree.tokens[verb].sentence
    for place in range(verb - 1, -1, -1):
        token = tree.tokens[place]
        if token.sentence != sentence or tree.quoted[place]:
            break
        if token.dep in ("appos", "conj") and token.entity.endswith("PERSON"):
            return place
    return None


def is_finite(tree: Tree, verb: int) -> bool:
    """Return whether a verb or one of its auxiliaries is finite."""
    return any(tree.tokens[k].tag in FINITE for k in (verb, *tree.below(verb, "aux", "auxpass")))


def is_passive(tree: Tree, verb: int) -> bool:
    """Return whether a verb is passive, or joined to one that is; "a man accused of theft" is accused."""
    token = tree.tokens[verb]
    if is_aside(tree, verb):
        return True
    if token.tag != "VBN":
        return False
    if token.dep == "acl" and not tree.below(verb, "aux"):
        return True
    return bool(tree.below(verb, "auxpass", "nsubjpass")) or (
        token.dep == "conj" and token.head != verb and is_passive(tree, token.head)
    )


def is_aside(tree: Tree, verb: int) -> bool:
    """Return whether a verb is that of "when asked whether it paid": an aside of a participle alone.

    The tagger may take it for a past tense.
    """
    token = tree.tokens[verb]
    alone = not tree.below(verb, *SUBJECTS, "aux", "expl")
    return token.dep == "advcl" and token.tag in ("VBN", "VBD") and alone


def _meant(tree: Tree, subject: int, verb: Token) -> int:
    """Return whom a subject means: a relative pronoun means what its clause describes."""
    word = tree.tokens[subject]
    if verb.dep == "relcl" and word.lemma in RELATIVES:
        return verb.head
    return _by_name(tree, subject)


def _by_name(tree: Tree, noun: int) -> int:
    """Return the name set beside a noun that is none, as in the mayor, Ann Poe; else the noun.

    The parser hangs that of "a spokesman for the mayor, Ann Poe," on the mayor.
    """
    if tree.tokens[noun].pos != "NOUN":
        return noun
    named = [child for child in tree.below(noun, "appos") if tree.tokens[child].pos == "PROPN"]
    for preposition in tree.below(noun, "prep"):
        for other in tree.below(preposition, "pobj"):
            beside = tree.below(other, "appos") if tree.tokens[other].pos == "PROPN" else []
            named += [k for k in beside if tree.tokens[k].entity.endswith("PERSON")]
    return named[0] if named else noun


def noun_phrase(tree: Tree, head: int) -> Source:
    """Return the words that name somebody: the head with what is before it, its "of", and what it is told by.

    "Two people briefed on the trip" and "people familiar with the matter" are whole phrases.
    """
    inside = [head, *(k for child in tree.children[head] for k in _belonging(tree, head, child))]
    first, last = min(inside), max(inside)
    marks = [k for k in range(first, head) if _sets_apart(tree, k)]
    place = marks and not any(tree.tokens[k].entity.endswith("PERSON") for k in range(first, marks[-1]))
    first = marks[-1] + 1 if place else first  # what is before "Elby, Oster - Mayor Ann Poe" is where
    return Source(tree.tokens[first].start, tree.tokens[last].end, head)


def _belonging(tree: Tree, head: int, child: int) -> list[int]:
    """Return the tokens of what hangs on a noun that belong to its name: "the mayor of Elby"."""
    token = tree.tokens[child]
    if token.dep in INNER and child < head and token.pos != "PUNCT":
        return tree.subtree(child)
    author = _is_author(tree, head, token)
    if token.dep == "prep" and (token.lemma in BELONGING or author):
        set_apart = [k for below in tree.children[child] for k in tree.below(below, "appos")]
        apart = [k for k in set_apart if author or tree.tokens[k].entity.endswith("PERSON")]
        return [k for k in tree.subtree(child, without=apart) if tree.tokens[k].pos != "PUNCT"]
    return tree.subtree(child) if _tells_which(tree, head, child) else []


def _sets_apart(tree: Tree, place: int) -> bool:
    """Return whether a token is the mark of a dateline: a bar, a dash between blanks, or a colon."""
    before, here, after = tree.tokens[max(place - 1, 0)], tree.tokens[place], tree.tokens[place + 1]
    loose = before.end < here.start and here.end < after.start
    return here.end < after.start and (here.lemma == ":" or (here.lemma in DATELINE_ENDS and loose))


def _behind_dateline(tree: Tree, subject: int, verb: int) -> int:
    """Return the noun before a verb whose subject is a dateline: of "ELBY - The Guild said" the Guild."""
    own = tree.sentences[tree.tokens[subject].sentence]
    opens = min(tree.subtree(subject)) == own.start and subject < verb - 1
    marked = opens and any(_sets_apart(tree, k) for k in range(subject + 1, verb - 1))
    return verb - 1 if marked and tree.tokens[verb - 1].pos in ("NOUN", "PROPN") else subject


def _is_author(tree: Tree, head: int, preposition: Token) -> bool:
    """Return whether a preposition names whose a document is: "a report by the Guild"."""
    return preposition.lemma == "by" and tree.tokens[head].lemma in DOCUMENTS | ASKED


def _tells_which(tree: Tree, head: int, child: int) -> bool:
    """Return whether a short phrase right behind a common noun tells which: "people familiar with it"."""
    token, own = tree.tokens[child], tree.subtree(child)
    kind = token.dep == "amod" or (token.dep == "acl" and _is_participle(tree, own))
    kind = kind and tree.tokens[own[0] - 1].pos != "PUNCT"
    plain = tree.tokens[head].pos == "NOUN" and not any(tree.quoted[k] for k in own)
    return (
        kind
        and plain
        and own[0] > head
        and len(own) <= LONGEST_PHRASE
        and tree.tokens[own[-1]].pos != "PUNCT"
    )


def _is_participle(tree: Tree, own: Sequence[int]) -> bool:
    """Return whether a verb behind a noun is a participle.

    The tagger takes that of "officials briefed on it said" for a past tense: another verb follows.
    """
    tags, beyond = {tree.tokens[k].tag for k in own[:1]}, own[-1] + 1
    follows = beyond < len(tree.tokens) and tree.tokens[beyond].tag in FINITE
    return "VBN" in tags or ("VBD" in tags and follows)


def whole_list(tree: Tree, source: Source) -> Source:
    """Return all the words that name several: of "Ann Poe and her aides" both."""
    end, here = source.end, source.head
    for _ in range(LONGEST_LIST):
        others = tree.below(here, "conj")
        between = range(here, others[0] if others else here)
        if not others or tree.quoted[others[0]] or any(tree.tokens[k].tag in FINITE for k in between):
            break
        here = others[0]
        end = max(end, noun_phrase(tree, here).end)
    return source._replace(end=end)
