"""The parse of the reports, asked by places."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from helpers.text.spans import by_report
from helpers.text.tables import Parse

__all__ = ["NEAR", "ParsedReports", "Word", "tops", "words_below"]
COLUMNS = "start_char end_char token_id head lemma pos dep entity tag sentence_id".split()
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
    tag: str
    sentence_id: int

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

    def reports(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield every report that a model read, with its words."""
        yield from self._of.items()

    def sentences(self) -> Iterator[tuple[str, int, list[Word]]]:
        """Yield the words of every sentence, with its report and number."""
        for doc_id, own in self.reports():
            for number, words in groupby(own, key=attrgetter("sentence_id")):
                yield doc_id, number, list(words)

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


def words_below(own: Sequence[Word]) -> dict[int, list[Word]]:
    """Return the words that depend on each word, by its token_id; a word without any has no entry."""
    below: defaultdict[int, list[Word]] = defaultdict(list)
    for word in own:
        if word.head != word.token_id:
            below[word.head].append(word)
    return dict(below)


def tops(own: Sequence[Word]) -> list[Word]:
    """Return the words whose head is outside: more than one where they are no phrase."""
    inside = {word.token_id for word in own}
    return [w for w in own if w.is_word and (w.head not in inside or w.head == w.token_id)]
