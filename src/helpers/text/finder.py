"""The one finder of listed words, phrases and expressions, and what a pattern may be."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category, is_normalized

import pandas as pd

from helpers.text.expressions import use_end
from helpers.text.problems import composed
from helpers.text.tables import Documents

__all__ = ["find_terms", "stars_mend"]
# How long a use of an expression may be, and how many stars a plain pattern may have.
LONGEST, MOST_STARS = 100, 3
_BLANKS = r"[^\S\n\u2028\u2029]+"
_LETTER = r"[^\W_]"
_INITIALS = re.compile("[A-Z]{2,4}")
_OPENING = re.compile("[A-Za-z]{4}")
# The letters of other alphabets that match an ASCII one where capitals do not matter.
_AS_ASCII = str.maketrans("ıİſ\u212a", "iisk")
# A capital straight after a small letter also starts a word: pages glue a name to the next ("PressIran").
_GLUED = "(?-i:(?<=[a-z])(?=[A-Z]))"
_START = re.compile(rf"(?<!{_LETTER})(?=\S)|{_GLUED}")
_ENDS = re.compile(rf"(?=(?<=\S)(?!{_LETTER}|[\u0300-\u036f]))|{_GLUED}")
# The vowels and finals of Korean, which join what stands before them.
_JOINED = frozenset(map(chr, range(0x1160, 0x1200)))
_END = rf"(?:(?!{_LETTER}|[\u0300-\u036f])|{_GLUED})"


def stars_mend(pattern: str) -> str:
    """Return what is wrong with the stars of a plain pattern, or nothing."""
    return f"more than {MOST_STARS} stars; write several terms" if pattern.count("*") > MOST_STARS else ""


class _Matcher(NamedTuple):
    """A pattern, whether its capitals count, and whether it is a regular expression."""

    pattern: str
    exact: bool
    regex: bool


def find_terms(
    documents: Documents, patterns: Iterable[str], *, exact: Iterable[str] = (), regex: Iterable[str] = ()
) -> pd.DataFrame:
    """Return every use of `patterns` in `documents`, without overlap: the leftmost, there the longest.

    One row per use: doc_id, start_char, end_char, surface, pattern. A pattern begins and ends at a
    word's edge; a possessive ending stays outside. In a plain pattern a blank matches any blanks of
    the line, an apostrophe or hyphen any of its kind, and `*` any letters ("martyr*"); letters and marks
    match in either form of Unicode (NFC, NFD). Patterns in
    `regex` are regular expressions as they stand, for uses of at most 100 characters. Capitals matter only
    for the patterns in `exact`, which may still be printed all in capitals.
    """
    index, anywhere = _index(frozenset(patterns), exact=frozenset(exact), regex=frozenset(regex))
    rows = [
        (doc_id, start, end, text[start:end], pattern)
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for start, end, pattern in _placed(text, index, anywhere)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char", "surface", "pattern"])


def _placed(
    text: str, index: dict[str, list[_Matcher]], anywhere: list[_Matcher]
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and pattern of each use in `text`, whose letters and marks may stand apart."""
    if is_normalized("NFC", text):
        yield from _spans(text, index, anywhere)
        return
    whole, places = _composed_text(text)
    for start, end, pattern in _spans(whole, index, anywhere):
        yield places[start], places[end], pattern


def _composed_text(text: str) -> tuple[str, list[int]]:
    """Return a text in NFC, and where each of its code points begins in `text`, with the end of it."""
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (category(text[end])[0] == "M" or text[end] in _JOINED):
            continue
        pieces.append(composed(text[start:end]))
        joined = end - start - len(pieces[-1])
        places += [start, *(start + joined + k for k in range(1, len(pieces[-1])))]
        start = end
    return "".join(pieces), [*places, len(text)]


@lru_cache(maxsize=8)
def _index(
    patterns: frozenset[str], *, exact: frozenset[str], regex: frozenset[str]
) -> tuple[dict[str, list[_Matcher]], list[_Matcher]]:
    """Return the matchers by the first letters of what they find, and those that may begin anyhow.

    Under four letters stand also the matchers that the first two of them call for.
    """
    index: dict[str, list[_Matcher]] = {}
    anywhere: list[_Matcher] = []
    for pattern in patterns:
        matcher = _Matcher(pattern, pattern in exact, pattern in regex)
        if pattern in regex or "*" in pattern[:2]:
            anywhere.append(matcher)
        else:
            for key in _keys(composed(pattern)):
                index.setdefault(key, []).append(matcher)
    longer = {key: [*found, *index.get(key[:2], ())] for key, found in index.items() if len(key) > 2}
    ordered = {key: sorted(found, key=_order) for key, found in (index | longer).items()}
    return ordered, sorted(anywhere, key=_order)


def _order(matcher: _Matcher) -> tuple[bool, str]:
    """Return what patterns are tried by: those whose capitals count come first."""
    return not matcher.exact, matcher.pattern


@cache
def _expression(matcher: _Matcher) -> re.Pattern[str]:
    """Return the expression that finds a plain pattern, made when a text first calls for it."""
    pattern = composed(matcher.pattern)
    body = f"(?:{_plain(pattern)}|{_plain(pattern.upper())})"
    return re.compile(body + _END, re.NOFLAG if matcher.exact else re.IGNORECASE)


def _keys(pattern: str) -> set[str]:
    """Return the first letters of what a plain pattern finds: four where it begins with so many."""
    small = _small(pattern)
    if _INITIALS.fullmatch(pattern):
        return {_key(small, 0), small[:1]}
    return {small[:4] if _OPENING.match(small) else _key(small, 0)}


def _small(text: str) -> str:
    """Return a text in small letters; it keeps its length, for the one letter that grows is exchanged."""
    return text.translate(_AS_ASCII).lower()


def _key(small: str, start: int) -> str:
    """Return the first two letters at `start` of a text in small letters, or the first if that is all."""
    return small[start : start + 2] if small[start + 1 : start + 2].isalnum() else small[start : start + 1]


def _plain(pattern: str) -> str:
    """Return the regular expression of a pattern that is not one itself.

    Initials may be dotted ("US", "U.S."), and an Arabic article may be capitalised or not.
    """
    if _INITIALS.fullmatch(pattern):
        return f"(?:{pattern}|{''.join(char + r'[.]' for char in pattern)})"
    kinds = {"'": "['’ʼ‘]", "’": "['’ʼ‘]", "-": "[-‐‑]", "*": rf"\w{{0,{LONGEST}}}"}
    words = ("".join(kinds.get(char, re.escape(char)) for char in word) for word in pattern.split())
    return _BLANKS.join(re.sub(r"^([AaEe][Ll])(?=\[)", r"(?i:\1)", word) for word in words)


def _spans(
    text: str, index: dict[str, list[_Matcher]], anywhere: list[_Matcher]
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and pattern of each use in `text`; at one start the longest wins."""
    after = 0
    small = _small(text)
    for place in _START.finditer(text):
        start = end = place.start()
        if start < after:
            continue
        found = ""
        known = index.get(small[start : start + 4]) or index.get(_key(small, start), [])
        for matcher in (*known, *anywhere):
            stop = _stop(text, start, matcher)
            if end < stop:
                end, found = stop, matcher.pattern
        if end > start:
            yield start, end, found
            after = end


def _stop(text: str, start: int, matcher: _Matcher) -> int:
    """Return where a use of a pattern that begins at `start` ends, or 0."""
    if not matcher.regex:
        match = _expression(matcher).match(text, start)
        return match.end() if match else 0
    # One character more than a use may have, for what must not follow it.
    ends = [place.start() - start for place in _ENDS.finditer(text, start + 1, start + LONGEST + 1)]
    stretch = text[start : start + LONGEST]
    length = use_end(
        matcher.pattern, stretch, [end for end in ends if end <= len(stretch)], exact=matcher.exact
    )
    return start + length if length else 0
