"""Phrases as the parse reads them: whole or cut, what they head, in which role, denied or not."""

from typing import NamedTuple

from helpers.text import NEAR, Parse, ParsedReports, Word, tops

__all__ = ["Phrase", "Phrases", "one_family"]
# What belongs to a word however short the phrase is cut: "carried out", "not said"; particles of verbs, which
# the model may read as adverbs or prepositions.
_BOUND = frozenset(["prt", "neg"])
_PARTICLES = frozenset("out up down off away back over apart".split())
# What stands before its word, and what a preposition or a verb is no phrase without.
_BEFORE = frozenset("amod compound nmod poss nummod advmod quantmod npadvmod det aux auxpass case".split())
_NEEDED = frozenset("pobj pcomp dobj".split())
# What was replaced with the head of a phrase and is its part.
_WITH_HEAD = frozenset("amod compound nmod nummod quantmod".split())
_ATTRIBUTES = frozenset("amod compound nmod poss nummod".split())
_MODIFIERS = frozenset("amod compound nmod poss nummod advmod npadvmod quantmod acomp".split())
_ROLES = {"nsubj": "subject", "csubj": "subject", "nsubjpass": "object", "dobj": "object", "pobj": "pobj"}
_KINDS = {
    "PROPN": "noun",
    "NOUN": "noun",
    "NUM": "noun",
    "PRON": "noun",
    "VERB": "verb",
    "AUX": "verb",
    "ADJ": "modifier",
}
# Recognised names of values, which are compared as values on page 06.
_VALUES = frozenset("DATE TIME CARDINAL QUANTITY PERCENT MONEY".split())
# Verbs that say too little to tell one act from another.
_LIGHT = frozenset("be have do".split())
_TELLING = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM")
# Tokens of the longest phrase: the four words of a replacement and two that belong to them.
LONGEST = 6
# Letters, and share of the longer word, that two words of one family have in common at least.
STEM, OF_LONGER = 5, 0.6
Span = tuple[int, int]


def _tells(word: Word) -> bool:
    """Return whether it is a word of content."""
    return word.pos in _TELLING and word.dep not in ("aux", "auxpass", "neg")


def _denies(word: Word) -> bool:
    """Return whether it is a "not" or "no"."""
    return word.dep == "neg" or (word.dep == "det" and word.lemma == "no")


def _is_value(word: Word) -> bool:
    """Return whether it is part of a number, a date or a sum."""
    return word.entity[2:] in _VALUES


class Phrase(NamedTuple):
    """A whole phrase: where it stands, its words, and its place in its sentence.

    `head` and `told`, its words of content, are dictionary forms. `kind` is noun, verb, modifier or another
    part of speech; `role` subject, object (a passive's subject too), pobj, attribute, or empty where another.
    `over` is what it depends on, and what that does, past prepositions; `has_object` is of verbs, None of
    participles and all else. `is_value` is a number or date, `names` whether a name stands before the head.
    """

    start: int
    end: int
    head: str
    told: tuple[str, ...]
    kind: str
    role: str
    over: tuple[str, ...]
    has_object: bool | None
    is_denied: bool
    is_value: bool
    names: bool

    def stands_for(self, other: "Phrase", *, nearly_same: bool = False) -> bool:
        """Return whether two phrases can stand in one place: of one kind, one role, both denied or neither.

        Attributes belong to one word, subjects do one act, what is acted on is so in one act. Neither is
        without a word of content, nor a value, nor made of forms of the other's words, nor names alone what
        the other does not. In sentences that are `nearly_same` what is acted on may be so in two acts.
        """
        return (
            bool(self.told and other.told)
            and self.kind == other.kind
            and self.is_denied == other.is_denied
            and not (self.is_value or other.is_value)
            and self.names == other.names
            and len({self.has_object, other.has_object} - {None}) < 2
            and self._in_one_place(other, nearly_same=nearly_same)
            and not self.is_form_of(other)
        )

    def _in_one_place(self, other: "Phrase", *, nearly_same: bool) -> bool:
        """Return whether two phrases have one role, of one word."""
        if not self.role or not other.role:
            return True
        if self.role == other.role and self.role in ("subject", "attribute"):
            return self.over[:1] == other.over[:1]
        acted_on = {self.role, other.role} <= {"object", "pobj"}
        return acted_on and (nearly_same or bool({*self.over} & {*other.over} - _LIGHT))

    def is_form_of(self, other: "Phrase") -> bool:
        """Return whether the words of the shorter phrase are forms of words of the other."""
        short, long = sorted((self.told, other.told), key=len)
        heads = one_family(self.head, other.head)
        return heads or all(any(one_family(word, form) for form in long) for word in short)


class Phrases:
    """The parse of the reports, asked for phrases."""

    def __init__(self, parse: Parse) -> None:
        self._parsed = ParsedReports(parse)

    def reads(self, doc_id: str) -> bool:
        """Return whether a model read a report."""
        return self._parsed.reads(doc_id)

    def whole(self, doc_id: str, span: Span, edit: Span) -> Phrase | None:
        """Return the phrase of a stretch, with what belongs to its words; None where it is none or too long.

        What belongs to them: particles and denials, all that depends on a word that is not the phrase's head,
        and of what depends on the head that which was replaced with it, inside `edit`.
        """
        own = self._parsed.within(doc_id, *span)
        while True:
            roots = tops(own)
            if len(roots) != 1 or len(own) > LONGEST:
                return None
            near = self._parsed.within(doc_id, span[0] - NEAR, span[1] + NEAR)
            bound = [token for token in near if _belongs(token, roots[0], own, edit)]
            wider = self._parsed.within(doc_id, *_cover(near, [*own, *bound]))
            if len(wider) == len(own):
                if _is_cut(roots[0], near, own, edit):
                    return None
                return self._phrase(doc_id, own, roots[0])
            own = wider

    def _phrase(self, doc_id: str, own: list[Word], root: Word) -> Phrase:
        """Return the phrase of tokens with one root."""
        words = _without_dates([token for token in own if token.is_word], root)
        kind = "modifier" if root.dep in _MODIFIERS else _KINDS.get(root.pos, root.pos)
        return Phrase(
            words[0].start,
            words[-1].end,
            root.lemma,
            tuple(token.lemma for token in words if _tells(token)),
            kind,
            "attribute" if root.dep in _ATTRIBUTES else _ROLES.get(root.dep, "") if kind == "noun" else "",
            self._over(doc_id, root),
            self._parsed.has_object(doc_id, root) if kind == "verb" and root.dep != "acl" else None,
            any(_denies(token) for token in words),
            root.pos == "NUM" or (_is_value(root) and root.pos in ("NOUN", "PROPN")),
            any(token.entity and not _is_value(token) for token in words if token is not root),
        )

    def _over(self, doc_id: str, word: Word) -> tuple[str, ...]:
        """Return what a word depends on and what that depends on, past prepositions."""
        found: list[str] = []
        while word.head != word.token_id and len(found) < 2:
            word = self._parsed.head(doc_id, word)
            if word.pos != "ADP":
                found.append(word.lemma)
        return tuple(found)


def one_family(one: str, other: str) -> bool:
    """Return whether two words are forms of one, or made from one.

    >>> one_family("conspire", "conspiracy"), one_family("commission", "committee")
    (True, False)
    """
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    shared = min(shared, len(other))
    return one == other or (shared >= STEM and shared >= OF_LONGER * max(len(one), len(other)))


def _belongs(token: Word, root: Word, own: list[Word], edit: Span) -> bool:
    """Return whether a token outside a phrase belongs to it."""
    inside = {one.token_id for one in own}
    if not token.is_word or token.head not in inside or token.token_id in inside:
        return False
    if token.dep in _BOUND or token.head != root.token_id:
        return token.dep in _BOUND | _BEFORE | _NEEDED
    if token.dep == "aux" and token.lemma == "do":
        return any(one.dep == "neg" for one in own)
    if root.pos == "VERB" and token.start == root.end + 1 and token.lemma in _PARTICLES:
        return True
    part = token.dep in _WITH_HEAD or (token.dep == "prep" and token.lemma == "of")
    return part and edit[0] <= token.start and token.end <= edit[1]


def _cover(near: list[Word], chosen: list[Word]) -> Span:
    """Return the stretch of tokens, with what is written together with its ends: did of "didn't"."""
    start, end = min(t.start for t in chosen), max(t.end for t in chosen)
    for token in reversed(near):
        if token.end == start and token.is_word:
            start = token.start
    return start, end


def _is_cut(root: Word, near: list[Word], own: list[Word], edit: Span) -> bool:
    """Return whether a phrase holds a clause, or is one attribute of several that were replaced."""
    if any(token.dep == "relcl" for token in own if token is not root):
        return True
    if root.dep not in _ATTRIBUTES:
        return False
    others = (t for t in near if t not in own and edit[0] <= t.start and t.end <= edit[1])
    return any(t.head == root.head and t.dep in _WITH_HEAD for t in others)


def _without_dates(words: list[Word], root: Word) -> list[Word]:
    """Return the words of a phrase without the date of an act at its ends: "found Tuesday"."""
    if root.pos != "VERB":
        return words
    kept = [place for place, token in enumerate(words) if not _is_value(token)]
    return words[kept[0] : kept[-1] + 1]
