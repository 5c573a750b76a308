"""What the parse says of the words of a difference: which act they belong to, and in which role."""

from helpers.synopsis.clauses import STEM
from helpers.synopsis.values import SPANS, is_number
from helpers.text import NEAR, Parse, ParsedReports, Word, tops

__all__ = ["Grammar"]
_ACTS = ("VERB", "AUX")
# Words that stand before another and say which; words of which something is said.
_MODIFIERS = frozenset("amod compound nmod poss nummod advmod npadvmod quantmod".split())
_PLACES = dict.fromkeys(("nsubj", "nsubjpass", "csubj", "expl"), "subject") | {
    "dobj": "object",
    "pobj": "pobj",
}
_SUBJECTS = frozenset("nsubj nsubjpass csubj expl".split())
_CLASSES = {"PROPN": "noun", "NOUN": "noun", "PRON": "noun", "VERB": "verb", "AUX": "verb"}
_TELLING = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM")
# Verbs that say too little to tell one act from another; words whose meaning is in the words beside them.
LIGHT = frozenset("be have do".split())
_EMPTY = frozenset(
    "give take make get go put be have form kind sort type part least most more less other several many some "
    "such same own certain various next last former latter first second third fourth fifth sixth".split()
)
# Words by which a thing counted is none of those already told.
_APART = frozenset("other another additional further more".split())
# Recognised names of countries, towns and regions.
_WHERE = ("GPE", "LOC")
Place = tuple[str, int, int]


class Grammar:
    """The parse of the reports, asked by places; a report that no model read has no words here."""

    def __init__(self, parse: Parse) -> None:
        self._parsed = ParsedReports(parse)
        self.reads, self.within, self._head = self._parsed.reads, self._parsed.within, self._parsed.head

    def lemmas(self, doc_id: str, start: int, end: int) -> set[str]:
        """Return the dictionary forms in a stretch, of both parts of a word with a hyphen."""
        return {part for word in self.within(doc_id, start, end) for part in (word.lemma, _singular(word))}

    def roots(self, doc_id: str, start: int, end: int) -> list[Word]:
        """Return the words of a stretch whose head is outside of it: more than one where it is no phrase."""
        return tops(self.within(doc_id, start, end))

    def above(self, doc_id: str, word: Word) -> Word | None:
        """Return the word that another depends on, past prepositions; None for the root of a sentence."""
        head = self._head(doc_id, word)
        if head.token_id == word.token_id:
            return None
        return self.above(doc_id, head) if head.pos in ("ADP", "SCONJ", "PART") else head

    def governor(self, place: Place) -> str:
        """Return what a number or name depends on, past prepositions, in its dictionary form; or empty."""
        root = next(iter(self.roots(*place)), None)
        above = self.above(place[0], root) if root else None
        return above.lemma if above else ""

    def one_act(self, one: Place, other: Place) -> bool:
        """Return whether two numbers depend on one word, and that says what happens; an age does not."""
        if not (self.reads(one[0]) and self.reads(other[0])):
            return False
        words = {self.governor(place) for place in (one, other)}
        things = {root.lemma for place in (one, other) for root in self.roots(*place)[:1]}
        return len(words) == len(things) == 1 and not words & {"", "old", *LIGHT, *_EMPTY}

    def one_where(self, one: Place, other: Place) -> bool:
        """Return whether two names of a country or town depend on one word; true for all other names.

        Which form of "America" is used says little of a fact, unless both stand in it.
        """
        where = [any(w.entity[2:] in _WHERE for w in self.within(*place)) for place in (one, other)]
        return not all(where) or self.governor(one) == self.governor(other) != ""

    def act(self, doc_id: str, start: int, end: int) -> str:
        """Return the verb that a stretch depends on, in its dictionary form; empty where none does."""
        word: Word | None = next(iter(self.roots(doc_id, start, end)), None)
        while word is not None and word.pos not in _ACTS:
            word = self.above(doc_id, word)
        return word.lemma if word else ""

    def belongs(self, place: Place, lemmas: set[str]) -> bool:
        """Return whether what a number or date depends on is among the words of another stretch.

        A number needs the thing it counts there, and what that depends on; a date or a span of time its verb.
        What stands inside a name (Fox News Sunday) depends on nothing. True for a report that no model read.
        """
        doc_id = place[0]
        if not self.reads(doc_id):
            return True
        roots = self.roots(*place)
        if len(roots) != 1 or self._in_name(doc_id, roots[0]):
            return False
        nouns = {
            word.lemma for word in self.within(*place) if word.pos == "NOUN" and not is_number(word.lemma)
        }
        counted = set() if roots[0].dep in _MODIFIERS else nouns - SPANS
        above = self.above(doc_id, roots[0])
        return counted <= lemmas and above is not None and above.lemma in lemmas - LIGHT

    def _in_name(self, doc_id: str, word: Word) -> bool:
        """Return whether a word is part of a name of several words."""
        above = self.above(doc_id, word)
        return word.pos == "PROPN" and word.dep == "compound" and above is not None and above.pos == "PROPN"

    def in_one_role(self, one: Place, other: Place) -> bool:
        """Return whether two phrases are whole, of one part of speech and of one role in their sentences.

        Neither may be another form of the other's words, nor one of them a denied act said with its "not" and
        the other without it. Phrases of a report that no model read are not judged.
        """
        if not (self.reads(one[0]) and self.reads(other[0])):
            return True
        a, b = self.roots(*one), self.roots(*other)
        return (
            len(a) == len(b) == 1
            and all(self._says_itself(place, *own) for place, own in ((one, a), (other, b)))
            and a[0].lemma != b[0].lemma
            and _role(a[0]) == _role(b[0])
            and len({self._has_object(one[0], a[0]), self._has_object(other[0], b[0])} - {None}) < 2
            and len({self._partner(one[0], a[0]), self._partner(other[0], b[0])} - {""}) < 2
            and len({self._preposition(one[0], a[0]), self._preposition(other[0], b[0])} - {""}) < 2
            and bool(self._around(one, a[0]) & self._around(other, b[0]))
            and not self._same_words(one, other)
            and (self._says_not(one) == self._says_not(other) or self._denied(one) != self._denied(other))
        )

    def one_count(self, one: Place, other: Place) -> bool:
        """Return whether two numbers can be of one thing, as far as the parse says.

        They are not where the things counted have other modifiers, or are of, in or from other things (north
        of two towns), or where only one is of others than those told. True for a report that no model read.
        """
        if not (self.reads(one[0]) and self.reads(other[0])):
            return True
        (said, after), (said_other, after_other) = self._said_of(one), self._said_of(other)
        if bool(said & _APART) != bool(said_other & _APART) or (
            said and said_other and not said & said_other
        ):
            return False
        return all(after[word] & after_other[word] for word in after.keys() & after_other.keys())

    def _said_of(self, place: Place) -> tuple[set[str], dict[str, set[str]]]:
        """Return the modifiers of what a number counts, and what follows it by preposition."""
        doc_id, roots = place[0], self.roots(*place)[:1]
        above = [self.above(doc_id, root) for root in roots]
        counted = {word.token_id for word in roots}
        places = counted | {word.token_id for word in above if word and word.pos == "ADV"}
        near = self.within(doc_id, max(place[1] - NEAR, 0), place[2] + NEAR)
        modifiers = {
            word.lemma
            for word in near
            if word.head in counted and word.dep in ("amod", "compound", "nmod") and not is_number(word.lemma)
        }
        after: dict[str, set[str]] = {}
        for word in near:
            if word.start >= place[2] and word.dep == "pobj" and self._over(doc_id, word) in places:
                after.setdefault(self._head(doc_id, word).lemma, set()).add(word.lemma)
        return modifiers, after

    def _says_itself(self, place: Place, root: Word) -> bool:
        """Return whether a phrase has a meaning of its own: no pronoun, number, clause or half of a verb.

        "Brought" of "brought down" is half of a verb, "people fled" a clause, "collie, named" two phrases.
        """
        inside = self.within(*place)
        if any(
            word.lemma == "," or (word.dep in _SUBJECTS and word.head == root.token_id) for word in inside
        ):
            return False
        if root.pos in ("PRON", "DET", "NUM", "ADP") or root.lemma in _EMPTY or root.lemma[:1].isdigit():
            return False
        after = self.within(place[0], place[2], place[2] + NEAR)
        return not any(word.dep == "prt" and word.head == root.token_id for word in after)

    def _around(self, place: Place, root: Word) -> set[str]:
        """Return the telling words that a phrase depends on and that depend on it, past prepositions."""
        inside = {word.token_id for word in self.within(*place)}
        near = self.within(place[0], max(place[1] - NEAR, 0), place[2] + NEAR)
        found = {
            word for word in near if word.token_id not in inside and self._over(place[0], word) in inside
        }
        above = self.above(place[0], root)
        return {word.lemma for word in (*found, *([above] if above else [])) if word.pos in _TELLING} - LIGHT

    def _over(self, doc_id: str, word: Word) -> int:
        """Return the token that a word depends on, past prepositions."""
        above = self.above(doc_id, word)
        return above.token_id if above else -1

    def _preposition(self, doc_id: str, word: Word) -> str:
        """Return the preposition that a word follows, empty where it is of a verb or stands alone."""
        found, word = "", self._head(doc_id, word) if word.dep == "pobj" else word
        while word.pos == "ADP" and word.dep in ("prep", "agent", "pcomp"):
            found, word = word.lemma, self._head(doc_id, word)
        return found

    def _has_object(self, doc_id: str, word: Word) -> bool | None:
        """Return whether a verb has an object, if passive a subject; None for a participle after its noun."""
        if word.pos != "VERB" or word.dep == "acl":
            return None
        return self._parsed.has_object(doc_id, word)

    def _partner(self, doc_id: str, word: Word) -> str:
        """Return the noun that is the subject of a verb, or the verb of a subject; empty for all else."""
        if word.dep in _SUBJECTS:
            return self._head(doc_id, word).lemma
        near = self.within(doc_id, max(word.start - NEAR, 0), word.start)
        own = [
            w for w in near if w.head == word.token_id and w.dep in _SUBJECTS and w.pos in ("PROPN", "NOUN")
        ]
        return own[-1].lemma if own else ""

    def _same_words(self, one: Place, other: Place) -> bool:
        """Return whether the telling words of the shorter phrase are forms of words of the other."""
        sides = [{word.lemma for word in self.within(*side) if word.pos in _TELLING} for side in (one, other)]
        short, long = sorted(sides, key=len)
        return bool(short) and all(any(_one_word(a, b) for b in long) for a in short)

    def _says_not(self, place: Place) -> bool:
        """Return whether a phrase holds its own denial."""
        return any(word.dep == "neg" for word in self.within(*place))

    def _denied(self, place: Place) -> bool:
        """Return whether the phrase, or what it depends on, is denied."""
        (root,) = self.roots(*place)
        near = self.within(place[0], max(place[1] - NEAR, 0), place[2] + NEAR)
        return any(word.dep == "neg" and word.head == root.token_id for word in near)


def _singular(word: Word) -> str:
    """Return the last part of a word with hyphens: year of "two-year"."""
    return word.lemma.rsplit("-", 1)[-1]


def _one_word(one: str, other: str) -> bool:
    """Return whether two dictionary forms are one word, or formed from one: apologize, apology."""
    return one[:STEM] == other[:STEM] and min(len(one), len(other)) >= min(
        STEM, len(max(one, other, key=len))
    )


def _role(word: Word) -> tuple[str, str]:
    """Return the role of a word: one that tells more of another, or its part of speech and place."""
    if word.dep in _MODIFIERS or word.pos == "ADJ":
        return "modifier", ""
    kind = _CLASSES.get(word.pos, word.pos)
    return kind, _PLACES.get(word.dep, "") if kind == "noun" else ""
