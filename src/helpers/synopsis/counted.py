"""The nouns that numbers count, as the parse says."""

from helpers.synopsis.values import SPANS
from helpers.text import Parse, ParsedReports, Word

__all__ = ["UNITS", "counted_nouns"]
UNITS = {
    "percent": "%", "pct": "%", "dollar": "$", "euro": "€", "pound": "£", "km": "kilometer",
    "kilometre": "kilometer", "kg": "kilogram", "mile": "mile", "hr": "hour", "min": "minute",
}  # fmt: skip
# Relations of a number to what it counts, and nouns that are counted in the singular.
_COUNTING = frozenset("nummod compound quantmod".split())
_UNCHANGED = frozenset("staff crew personnel people police aircraft sheep fish cattle mph kph".split())


def counted_nouns(parse: Parse) -> dict[str, dict[int, tuple[str, int]]]:
    """Return by report, for the first code point of each number, the noun it counts and where that ends."""
    found: dict[str, dict[int, tuple[str, int]]] = {}
    for doc_id, words in ParsedReports(parse).reports():
        own = {word.token_id: word for word in words}
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


def _after_of(own: dict[int, Word]) -> dict[int, int]:
    """Return for the numbers with "of" behind them what stands after it: two of the vessels."""
    return {
        own[word.head].head: token
        for token, word in own.items()
        if word.dep == "pobj" and word.pos in ("NOUN", "PROPN") and own[word.head].lemma == "of"
    }


def _is_counted(word: Word) -> bool:
    """Return whether a word is a noun in the plural, or one that is counted without it: staff, percent."""
    plain = word.lemma in SPANS or word.lemma in UNITS or word.lemma in _UNCHANGED
    return word.pos in ("NOUN", "PROPN") and (word.tag.endswith("S") or word.lemma.endswith("s") or plain)
