"""Whether two names, numbers, dates, titles or terms say the same, whatever their form."""

import re

from rapidfuzz import fuzz

from helpers.synopsis.items import Item, Value
from helpers.synopsis.values import Moment, Quantity

__all__ = ["agree", "only_hedged", "respelt"]
# Two spellings of a name: at least so alike (rapidfuzz ratio), not the same.
RESPELT = 70
# Two spellings of a noun that is no name.
ONE_NOUN = 85


def agree(one: Item, other: Item, full: set[frozenset[str]]) -> bool:
    """Return whether two items say the same."""
    a, b = one.value, other.value
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return a.agrees(b)
    if isinstance(a, Moment) and isinstance(b, Moment):
        return a.agrees(b)
    if not isinstance(a, frozenset) or not isinstance(b, frozenset):
        return a == b
    if one.kind == "name":
        return _same_name(one, other, a, b, full)
    if one.kind == "cause" and (a & b or _spelt_as_one(a, b)):
        return True
    return _within_words(a, b) or _within_words(b, a)


def _spelt_as_one(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether two nouns are one in two spellings: protester, protestor."""
    return len(a) == len(b) == 1 and fuzz.ratio(*a, *b) >= ONE_NOUN


def _same_name(
    one: Item, other: Item, a: frozenset[str], b: frozenset[str], full: set[frozenset[str]]
) -> bool:
    """Return whether one name is a shorter form of the other, its initials, or the rest of a full name.

    Hyphens, blanks and capitals make no other name: Kim Jong-un is Kim Jong Un.
    """
    letters = [re.sub(r"\W", "", item.text.casefold()) for item in (one, other)]
    if letters[0].startswith(letters[1]) or letters[1].startswith(letters[0]):
        return True
    if a <= b or b <= a or _initials(one.text, other.text) or _initials(other.text, one.text):
        return True
    return any(a | b <= name for name in full)


def _within_words(short: frozenset[str], long: frozenset[str]) -> bool:
    """Return whether every word is a word of the other, or an abbreviation: Rep., Representative."""
    return all(any(other.startswith(word) for other in long) for word in short)


def _initials(short: str, long: str) -> bool:
    """Return whether `short` is made of the capitals that begin the words of `long`, or the first of them."""
    letters = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    plain = short.replace(".", "")
    return len(plain) > 1 and plain.isupper() and letters.startswith(plain)


def only_hedged(one: Value, other: Value) -> bool:
    """Return whether two numbers are the same but for their hedge."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return False
    return one.value == other.value and one.hedge != other.hedge


def respelt(one: Item, other: Item) -> bool:
    """Return whether a word of one name is a near spelling of a word of the other, which lacks it."""
    a, b = one.value, other.value
    if not isinstance(a, frozenset) or not isinstance(b, frozenset):
        return False
    if len(a - b) != len(b - a):
        return False
    pairs = ((x, y) for x in a - b for y in b - a if not x.startswith(y) and not y.startswith(x))
    return any(len(x) > 3 and x[0] == y[0] and fuzz.ratio(x, y) >= RESPELT for x, y in pairs)
