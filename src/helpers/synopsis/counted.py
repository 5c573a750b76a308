"""The nouns that numbers count, as the parse says."""

from typing import NamedTuple

from helpers.synopsis.values import SPANS
from helpers.text import Parse, by_report

__all__ = ["UNITS", "counted_nouns"]
UNITS = {
    "percent": "%", "pct": "%", "dollar": "$", "euro": "€", "pound": "£", "km": "kilometer",
    "kilometre": "kilometer", "kg": "kilogram", "mile": "mile", "hr": "hour", "min": "minute",
}  # fmt: skip
# Relations of a number to what it counts, and nouns that are counted in the singular.
_COUNTING = frozenset("nummod compound quantmod".split())
_UNCHANGED = frozenset("staff crew personnel people police aircraft sheep fish cattle mph kph".split())


class _Read(NamedTuple):
    """A token of the parse."""

    head: int
    lemma: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int


def counted_nouns(parse: Parse) -> dict[str, dict[int, tuple[str, int]]]:
    """Return by report, for the first code point of each number, the noun it counts and where that ends."""
    columns = ("token_id", "head", "lemma", "pos", "tag", "dep", "start_char", "end_char")
    found: dict[str, dict[int, tuple[str, int]]] = {}
    for doc_id, rows in by_report(parse, columns).items():
        own = {row[0]: _Read(*row[1:]) for row in rows}
        of_these = _after_of(own)
        nouns = {}
        for number in [token for token, word in own.items() if word.pos == "NUM"]:
            token = of_these.get(number, number)
            while own[token].pos == "NUM" and own[token].head != token:
                token = own[token].head
            if number in of_these or (own[number].dep in _COUNTING and _is_counted(own[token])):
                nouns[own[number].start] = own[token].lemma, own[token].end
        found[doc_id] = nouns
    return found


def _after_of(own: dict[int, _Read]) -> dict[int, int]:
    """Return for the numbers with "of" behind them what stands after it: two of the vessels."""
    return {
        own[word.head].head: token
        for token, word in own.items()
        if word.dep == "pobj" and word.pos in ("NOUN", "PROPN") and own[word.head].lemma == "of"
    }


def _is_counted(word: _Read) -> bool:
    """Return whether a word is a noun in the plural, or one that is counted without it: staff, percent."""
    plain = word.lemma in SPANS or word.lemma in UNITS or word.lemma in _UNCHANGED
    return word.pos in ("NOUN", "PROPN") and (word.tag.endswith("S") or word.lemma.endswith("s") or plain)
