"""Speech after a dialogue dash, as Spanish, French, Russian and other newspapers print it."""

import re
from collections.abc import Iterator

from helpers.text import read_as

__all__ = ["dash_spans"]
# The languages in whose newspapers a dash at the head of a line or sentence opens speech.
DASHED = frozenset(
    "be bg ca cs da el es et fi fr gl hr hu hy it ka lt lv nb nn no pl pt ro ru sk sl sr sv tr uk".split()
)
_LINE = re.compile(r"[^\n\u2028\u2029]+")
_DASH = re.compile(r"[—―–]")
# Where speech after a dash may begin: at the head of a line, or after a sentence or colon.
_BEFORE = re.compile(r"(?:^|[.!?…:»”\"]\s)$")
_SENTENCE = re.compile(r"[.!?…][»”\"]?(?=\s+[^\Wa-z\d_]|\s*$)")
FEWEST_LETTERS = 2


def dash_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what is said after a dialogue dash; who says it, between dashes, is left out.

    >>> told = "—La ciudad ha esperado —dijo el alcalde—, y mucho. El puente abre hoy."
    >>> [told[start:end] for start, end in dash_spans(told, "es")]
    ['—La ciudad ha esperado', '—, y mucho.']
    """
    if read_as(language) not in DASHED:
        return
    lines = [match.span() for match in _LINE.finditer(text)]
    opens = [bool(_DASH.match(text[start:end].lstrip())) for start, end in lines]
    for place, (start, end) in enumerate(lines):
        beside = any(opens[max(place - 1, 0) : place] + opens[place + 1 : place + 2])
        yield from _of_line(text, start, end, answers=opens[place] and beside)


def _of_line(text: str, start: int, end: int, *, answers: bool) -> Iterator[tuple[int, int]]:
    """Yield the speech of one line; `answers`: it begins with a dash, and so does a line beside it."""
    dashes = [match.start() for match in _DASH.finditer(text, start, end)]
    place = 0
    while place < len(dashes):
        opening = dashes[place]
        if not _opens(text, start, opening):
            place += 1
            continue
        rest = dashes[place + 1 :]
        if not rest or not _tells(text, rest[0], end):
            if answers and not text[start:opening].strip() and not rest:
                yield opening, start + len(text[start:end].rstrip())
            place += 1
            continue
        yield opening, opening + len(text[opening : rest[0]].rstrip())
        place += 2
        if len(rest) > 1 and _goes_on(text, rest[0], rest[1], end):
            stop = rest[2] if len(rest) > 2 and _tells(text, rest[2], end) else end
            sentence = _SENTENCE.search(text, min(rest[1] + 3, stop), stop)
            last = sentence.end() if sentence and text[start:opening].strip() else stop
            last = sentence.end() if sentence and stop == end else last
            yield rest[1], rest[1] + len(text[rest[1] : last].rstrip())
            place += 1


def _opens(text: str, start: int, dash: int) -> bool:
    """Return whether a dash opens speech: it begins a line or sentence, and a sentence begins after it."""
    after = text[dash + 1 : dash + 4].lstrip(' \xa0¿¡«“"')[:1]
    return bool(_BEFORE.search(text[start:dash][-2:])) and (after.isupper() or after.isdigit())


def _tells(text: str, dash: int, end: int) -> bool:
    """Return whether a dash ends speech: a small letter follows, of the verb that says whose it is."""
    after = text[dash + 1 : min(end, dash + 4)].lstrip(" \xa0")[:1]
    return after.islower()


def _goes_on(text: str, told: int, dash: int, end: int) -> bool:
    """Return whether speech goes on after the dash that ends who says it: "—dijo el alcalde—, y ..."."""
    words = text[told + 1 : dash].strip()
    after = text[dash + 1 : min(end, dash + 4)].strip(" \xa0")
    return len(words) > FEWEST_LETTERS and bool(after) and not _SENTENCE.search(words[:-1])
