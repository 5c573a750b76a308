"""The parse of the reports, asked by places."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from helpers.text.spans import by_report
from helpers.text.tables import Parse

__all__ = ["NEAR", "ParsedReports", "Word", "tops"]
COLUMNS = ("start_char", "end_char", "token_id", "head", "lemma", "pos", "dep", "entity")
NO_WORDS = ("PUNCT", "SPACE", "SYM")
# Code points before and after a word in which those that hang on it are looked for.
NEAR = 80


class Word(NamedTuple):
    """A token of the parse."""

    start: int
    end: int
    token_id: int
    head: int
    lemma: str
    pos: str
    dep: str
    entity: str

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.pos not in NO_WORDS


class ParsedReports:
    """The words of every report that a model read; another report has none."""

    def __init__(self, parse: Parse) -> None:
        self._of = {doc_id: [Word(*row) for row in own] for doc_id, own in by_report(parse, COLUMNS).items()}

    def reads(self, doc_id: str) -> bool:
        """Return whether a model read a report."""
        return doc_id in self._of

    def within(self, doc_id: str, start: int, end: int) -> list[Word]:
        """Return the words of a stretch."""
        own = self._of.get(doc_id, [])
        first = bisect_left(own, start + 1, key=itemgetter(1))
        return own[first : bisect_left(own, end, key=itemgetter(0))]

    def head(self, doc_id: str, word: Word) -> Word:
        """Return the head of a word; a root is its own."""
        return self._of[doc_id][word.head]

    def has_object(self, doc_id: str, verb: Word) -> bool:
        """Return whether a verb has an object, if passive a subject."""
        near = self.within(doc_id, verb.start - NEAR, verb.end + NEAR)
        return any(word.head == verb.token_id and word.dep in ("dobj", "nsubjpass") for word in near)


def tops(own: Sequence[Word]) -> list[Word]:
    """Return the words whose head is outside: more than one where they are no phrase."""
    inside = {word.token_id for word in own}
    return [w for w in own if w.is_word and (w.head not in inside or w.head == w.token_id)]
