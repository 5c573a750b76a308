"""Who says a quotation in languages without a parser, by verbs of speech and the place of their source."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from helpers.table import UNKNOWN
from helpers.text import read_as, stop_words
from helpers.voices.grammar import Name
from helpers.voices.quotations import Quote
from helpers.voices.reliability import NOT_MEASURED
from helpers.voices.told import Span
from helpers.voices.verbs_elsewhere import HEBREW_WHERE, INSIDE, NOBODY, ORDERS, PARTICLES, Order

__all__ = ["Sourced", "has_order", "ordered_spans", "source_by_order"]
# So many code points beside a quotation are looked at, and so many words name a source at most.
BESIDE, MOST_WORDS = 160, 7
# A word with a point that is so short is a title ("M.", "Dr."); a source without article or capital has so
# few words, and so many may be between a subject and its verb.
LONGEST_TITLE, FEWEST_BARE, AFTER_SUBJECT = 3, 3, 2
# In these a mark is between a quotation and its verb; without one the words in quotation marks are a name.
MARKED = frozenset("de fr es ru".split())
_EDGE = r"[\s,،，、—–―-]{0,6}"
_SENTENCE = re.compile(r"[.!?…؟۔।。！？]\s|[。！？\n]")
_FULL_STOPS = (".", "。", "۔", "।")
_BOUNDARY = re.compile(r"[,.;:!?…،؛؟。，、।()\[\]«»“”„\"「」—–―]|\s-\s")
_TITLE = re.compile(r"\b[^\W\d_]{1,2}$")
_COMMA = re.compile(r",\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_][\w'’ʼ״׳\"-]*\.?")


class Sourced(NamedTuple):
    """The words that name a source, and the verb, as places in the text; (0, 0) where there are none."""

    source: tuple[int, int]
    cue: tuple[int, int]


def has_order(language: str) -> bool:
    """Return whether verbs of speech and their places are known for a language.

    >>> has_order("fa-IR"), has_order("en")
    (True, False)
    """
    code = read_as(language)
    return code in ORDERS or code in PARTICLES


def ordered_spans(quotes: Sequence[Quote], text: str, language: str, names: Sequence[Name]) -> Iterator[Span]:
    """Yield the direct quotations with the source that verb and word order tell.

    The speaker is the one whom mentions inside the source name, where it is one.
    """
    for quote in quotes:
        bare = Span(quote.start, quote.end, "direct", UNKNOWN, "", "", "none", NOT_MEASURED, quote.flag)
        found = source_by_order(text, quote, language)
        if found is None:
            yield bare
            continue
        start, end = found.source
        who = {name.entity for name in names if start <= name.start < end}
        yield bare._replace(
            speaker=min(who) if len(who) == 1 else UNKNOWN,
            cue=text[slice(*found.cue)],
            rule="order" if end else "none",
            source=" ".join(text[start:end].split()),
            source_start=start,
            source_end=end,
        )


def source_by_order(text: str, quote: Quote, language: str) -> Sourced | None:
    """Return who says a quotation by the verb beside it and the words at the place of a source.

    First looked at are the words behind the quotation (« ..., dijo el alcalde »), then those before it. A
    pronoun is no source. None where no known verb of speech is beside the quotation.

    >>> text = "«Este puente es una promesa», dijo el alcalde, David Brandt."
    >>> found = source_by_order(text, Quote(0, 28), "es")
    >>> text[slice(*found.source)], text[slice(*found.cue)]
    ('el alcalde, David Brandt', 'dijo')
    """
    code = read_as(language)
    head, tail = _sentence_around(text, quote)
    if code in PARTICLES:
        return _by_particle(text, quote, code, head, tail)
    if code not in ORDERS:
        return None
    led = text[head : quote.start].rstrip()[-1:] in (":", "：")
    found = None if led else _verb(code, "after").match(text, quote.end, tail)
    if found and not (
        quote.flag == "scare" and code in MARKED and text[quote.end : found.start("cue")].isspace()
    ):
        source = None if _has_pronoun(found["cue"], code) else _phrase(text, found.end(), tail, code)
        return _told(found.span("cue"), source or _opening(text, head, quote.start, code))
    found = _verb(code, "before").search(text, head, quote.start) if led else None
    if not found:
        return None
    behind = _phrase(text, found.end(), quote.start, code)
    return _told(found.span("cue"), behind or _subject(text, head, found.start("cue"), code))


def _told(cue: tuple[int, int], source: tuple[int, int] | None) -> Sourced:
    """Return what was found; a verb may stand without a source."""
    return Sourced(source or (0, 0), cue)


def _sentence_around(text: str, quote: Quote) -> tuple[int, int]:
    """Return where the sentence begins that leads to a quotation, and where the one behind it ends."""
    head = max(0, quote.start - BESIDE)
    for mark in _SENTENCE.finditer(text, head, quote.start):
        head = head if _TITLE.search(text, head, mark.start()) else mark.end()
    if text[quote.end - 2 : quote.end - 1] in _FULL_STOPS:
        return head, quote.end
    for mark in _SENTENCE.finditer(text, quote.end, quote.end + BESIDE):
        if not _TITLE.search(text, quote.end, mark.start()):
            return head, mark.start() + 1
    return head, min(len(text), quote.end + BESIDE)


@cache
def _verb(code: str, side: str) -> re.Pattern[str]:
    """Return the expression of a language's verbs of speech right behind a quotation, or near before it.

    In French a pronoun may be joined on: "a-t-elle déclaré", "dit-il".
    """
    order = ORDERS[code]
    joined = f"(?:{order.joined})?" if order.joined else ""
    forms = [form.format(joined=joined) if "{" in form else form + joined for form in order.verbs]
    cue = rf"(?P<cue>(?:{'|'.join(forms)}))(?![\w'’-])"
    return re.compile(rf"(?<!\w){cue}" if side == "before" else rf"{_EDGE}(?:diye\s+)?{cue}", re.IGNORECASE)


def _has_pronoun(cue: str, code: str) -> bool:
    """Return whether a pronoun is written on to a verb: who is meant stands elsewhere."""
    joined = ORDERS[code].joined
    return bool(joined and re.search(joined, cue))


def _by_particle(text: str, quote: Quote, code: str, head: int, tail: int) -> Sourced | None:
    """Return source and verb in languages that mark the subject by a particle or by its place."""
    before, after = PARTICLES[code]
    behind = after.search(text[quote.end : tail])
    ahead = before.search(text[head : quote.start])
    if code == "ja" and not behind:
        return None
    cue, named = (0, 0), None
    if behind:
        cue = _at(behind.span("cue"), quote.end)
        named = _at(behind.span("source"), quote.end) if behind["source"] else None
    if ahead and named is None:
        named = _at(ahead.span("source"), head)
        cue = cue if behind else _at(ahead.span("cue"), head)
    if cue == (0, 0):
        return None
    return _told(cue, named if named and _is_somebody(text[slice(*named)], code) else None)


def _at(span: tuple[int, int], start: int) -> tuple[int, int]:
    """Return a place in a piece of text as one in the whole."""
    return span[0] + start, span[1] + start


def _is_somebody(words: str, code: str) -> bool:
    """Return whether words may name a source: not a pronoun, and more than words of grammar."""
    first, *rest = words.split()
    grammar = stop_words(code) | NOBODY
    return first.casefold() not in NOBODY and not all(word.casefold() in grammar for word in [first, *rest])


def _phrase(text: str, start: int, end: int, code: str) -> tuple[int, int] | None:
    """Return the run of words from `start` on that may name a source, with a name added between commas."""
    own = _run(text, start, end, code)
    if own is None:
        return None
    comma = _COMMA.match(text, own[1], end)
    named = _run(text, comma.end(), end, code) if comma and text[comma.end()].isupper() else None
    return (own[0], named[1]) if named and _BOUNDARY.match(text, named[1]) else own


def _run(text: str, start: int, end: int, code: str) -> tuple[int, int] | None:
    """Return the words from `start` to the first mark or word of grammar, where they may name somebody."""
    words: list[tuple[int, int]] = []
    at = start
    while len(words) < MOST_WORDS:
        found = _WORD.search(text, at, end)
        if not found or _BOUNDARY.search(text, at, found.start()):
            break
        word = found.group()
        if not _goes_on(word, code, first=not words):
            break
        # The point of "M." is part of it, that of the sentence's last word is not.
        at = found.end() - (word.endswith(".") and len(word) > LONGEST_TITLE)
        words.append((found.start(), at))
    return _cut(text, words, ORDERS[code], ends=not text[at:end].strip() or bool(_BOUNDARY.match(text, at)))


def _goes_on(word: str, code: str, *, first: bool) -> bool:
    """Return whether a word may open or go on naming a source: no word of grammar but an article."""
    plain = word.rstrip(".").casefold()
    if code == "he" and HEBREW_WHERE.match(plain):
        return False
    if first and (plain in ORDERS[code].articles or plain.partition("'")[0] == "l"):
        return True
    titled = word[0].isupper() and (word.endswith(".") or not first)
    return titled or (plain in INSIDE and not first) or plain not in stop_words(code) | NOBODY


def _cut(text: str, words: list[tuple[int, int]], order: Order, *, ends: bool) -> tuple[int, int] | None:
    """Return the part of a run of words that names somebody; None where nothing in it may.

    With capitals it ends with the last one, or is an article and some words; without articles a few words up
    to a mark. In scripts without capitals it is the whole run.
    """
    if not words:
        return None
    whole = text[words[0][0] : words[-1][1]]
    if whole.lower() == whole.upper():
        return (words[0][0], words[-1][1]) if order.common else None
    first = text[slice(*words[0])].casefold().replace("’", "'")
    opened = first in order.articles
    capitals = [place for place, (start, _) in enumerate(words) if text[start].isupper() and place >= opened]
    if capitals:
        return words[0][0], words[capitals[-1]][1]
    if (opened and len(words) > 1) or first.startswith("l'"):
        return words[0][0], _last(text, words[: FEWEST_BARE + opened])
    bare = order.common and not order.articles and ends and len(words) <= FEWEST_BARE
    return (words[0][0], words[-1][1]) if bare else None


def _last(text: str, words: list[tuple[int, int]]) -> int:
    """Return where a run of words ends, those of grammar at its end left out."""
    return max(end for start, end in words if text[start:end].casefold() not in INSIDE)


def _subject(text: str, head: int, end: int, code: str) -> tuple[int, int] | None:
    """Return the words at the beginning of a sentence that may name a source, right before its verb."""
    own = _phrase(text, head, end, code)
    between = text[own[1] : end].strip(" ,،") if own else ""
    return own if own and len(between.split()) <= AFTER_SUBJECT else None


def _opening(text: str, head: int, end: int, code: str) -> tuple[int, int] | None:
    """Return the words, apart by a comma, that lead to a quotation whose verb is behind it (Turkish)."""
    led = text[head:end].rstrip()
    return _subject(text, head, end, code) if code == "tr" and led.endswith(",") else None
