"""Who speaks: the name that is the subject of a verb, by position, apposition, title or pronoun."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from helpers.table import UNKNOWN
from helpers.voices.endings import at_end
from helpers.voices.quotations import HIDDEN, Quote

__all__ = [
    "DAY",
    "INTRODUCTORY",
    "NOBODY",
    "Name",
    "Speaker",
    "Unit",
    "cut_units",
    "find_subject",
    "heading_name",
    "shared",
    "speaker_after",
    "topic",
]
# Words that begin to tell when, as alternatives of an expression.
DAY = (
    r"on|in|at|during|after|before|via|through|from|to|late|early|earlier|later|today|yesterday|tonight|this|last"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
# Begins a phrase before the main clause.
INTRODUCTORY = re.compile(
    r"\s*(?:(?i:in|at|on|during|after|before|since|while|when|as|for|with|by|from|following|despite|amid|earlier"
    r"|later|meanwhile|this|last|today|yesterday|also|however|finally|moreover|receiving|\w+ly)\b|\w+ing\b)"
)
_PRONOUN = re.compile(r"(?:^|[\s,;:—–(-])(?i:(he|she|they|it))$")
_LISTED = re.compile(r"[\w)]\s*,?\s+(?:and|or)\s+(?:[A-Z][\w.’'-]*\s+)*$")
_LIST_END = re.compile(r"\s*(?:and|or)\b")
_AFTER_NAME = re.compile(rf"(?:\(|(?:{DAY}|of|for|who|himself|herself|itself|alone|too|also)\b|\w+ly\b)")
_NO_HEAD = re.compile(r"['’](?:s\b)?|\s*(?:and|or)\b|-\w|\s*,\s*(?:and|or)\b")
_PREPOSITION = re.compile(
    r"(?i)\b(?:of|in|from|by|with|for|to|at|on|about|against|between|over|near|into|after|before|than|like)\s+"
    r"(?:the\s+|an?\s+)?(?:[\w'’-]+\s+)?$"
)
# Possessive: a run of capitals is read one way only, and not tried in all ways it can be cut.
_TITLES = re.compile(r"(?:[A-Z][\w'’.-]*+|[\s(*-]|(?i:the|an?)\b)*+")
_TITLES_END = re.compile(r"(?:\b(?:[A-Z][\w.'’]*|the)\s+)*$")
_WHO = re.compile(r",?\s*\bwho$")
_ASIDE_SAID = re.compile(
    r"(?:[\w.'’-]+\s+){1,6}(?:said|says|asked|asks|added|told|replied|shouted|exclaimed|cried|wondered)\b\s*(?:[.,]|$)"
)


class Name(NamedTuple):
    """A mention of someone who may speak."""

    start: int
    end: int
    entity: str
    entity_type: str


class Speaker(NamedTuple):
    """Who speaks, the rule that says so, and how sure it is from 0 to 1."""

    entity: str
    rule: str
    confidence: float
    entity_type: str = ""


class Unit(NamedTuple):
    """A sentence as the rules see it, with the report's text in which quotations are blanked out."""

    paragraph: int
    start: int
    end: int
    masked: str
    names: tuple[Name, ...]


NOBODY = Speaker(UNKNOWN, "none", 0.0)


def cut_units(
    text: str,
    masked: str,
    cuts: Sequence[tuple[int, int, int]],
    quotes: Sequence[Quote],
    names: Sequence[Name],
) -> list[Unit]:
    """Return the sentences, joined where a quotation runs on and cut where one ends with a full stop.

    `names` are in the order of the text.
    """
    joined: list[list[int]] = []
    for paragraph, start, end in cuts:
        same = bool(joined) and joined[-1][0] == paragraph
        goes_on = masked[start - 1 : start + 1] == 2 * HIDDEN
        if same and (goes_on or _asked(text, masked, joined[-1][2], start, end)):
            joined[-1][2] = end
            continue
        joined.append([paragraph, start, end])
    ended = {q.end for q in quotes if text[q.end - 2 : q.end - 1] == "." and _opens_next(text, q.end)}
    stops, starts = sorted(ended), [name.start for name in names]
    result = []
    for paragraph, start, end in joined:
        borders = [start, *stops[bisect_right(stops, start) : bisect_left(stops, end)], end]
        for left, right in pairwise(borders):
            near = names[bisect_left(starts, left) : bisect_left(starts, right)]
            inside = tuple(name for name in near if name.end <= right)
            result.append(Unit(paragraph, left, right, masked, inside))
    return result


def find_subject(unit: Unit, origin: int, tail: str, focus: Speaker) -> tuple[Speaker, int]:
    """Return who the subject before a verb is and where it begins, -1 where no rule finds one."""
    pronoun = _PRONOUN.search(tail)
    if pronoun:
        return _resolved(pronoun.group(1).lower(), focus), origin + pronoun.start(1)
    who = at_end(_WHO, tail)
    tail = tail[: who.start()] if who else tail
    segment = heading_name(unit, origin, tail)
    name = next((n for n in unit.names if n.end == origin + len(tail) and n.start >= origin), None)
    if name and not _PREPOSITION.search(unit.masked[origin : name.start]):
        left = unit.masked[origin : name.start]
        if origin == unit.start and at_end(_LISTED, left):
            return Speaker(UNKNOWN, "several", 0.0), name.start
        start = min(name.start, segment.start) if segment else name.start
        return Speaker(name.entity, "name", 0.95, name.entity_type), _with_titles(unit, origin, start)
    if segment:
        start = _with_titles(unit, origin, segment.start)
        return Speaker(segment.entity, "apposition", 0.9, segment.entity_type), start
    return NOBODY, -1


def heading_name(unit: Unit, origin: int, tail: str) -> Name | None:
    """Return the name that heads the noun phrase before a verb: "X, head of Y," or "X on Monday"."""
    segments = [match.span() for match in re.finditer(r"[^,;—–]+", tail) if match.group().strip()][-4:]
    names = [_opening_name(unit, origin + start, origin + end) for start, end in segments]
    if not segments:
        return None
    if not tail.endswith((",", "—", "–")):
        rest = unit.masked[names[-1].end : origin + segments[-1][1]].strip() if names[-1] else ""
        return names[-1] if not rest or _AFTER_NAME.match(rest) else None
    if len(names) > 1 and names[-2]:
        return names[-2]
    listed = any(_LIST_END.match(tail[start:end]) for start, end in segments[1:])
    return None if listed else next((name for name in reversed(names) if name), None)


def topic(unit: Unit, end: int | None = None) -> Speaker:
    """Return the name that heads the first noun phrase of the main clause up to `end`, or nobody."""
    stop = unit.end if end is None else end
    for match in re.finditer(r"[^,;—–]+", unit.masked[unit.start : stop]):
        name = _opening_name(unit, unit.start + match.start(), unit.start + match.end())
        if name:
            return Speaker(name.entity, "topic", 0.8, name.entity_type)
        if not INTRODUCTORY.match(match.group()):
            break
    return NOBODY


def speaker_after(unit: Unit, place: int, *, rule: str) -> Speaker:
    """Return who is named from `place` on, behind titles and articles alone; else nobody."""
    name = next((name for name in unit.names if name.start >= place), None)
    found = name and _TITLES.fullmatch(unit.masked[place : name.start])
    return Speaker(name.entity, rule, 0.9, name.entity_type) if name and found else NOBODY


def shared(speaker: Speaker) -> Speaker:
    """Return the speaker of a verb that has its subject from another one."""
    if speaker.entity == UNKNOWN:
        return speaker
    return speaker._replace(rule="shared subject", confidence=speaker.confidence * 0.95)


def _asked(text: str, masked: str, before: int, start: int, end: int) -> bool:
    """Return whether a sentence is only the "he asked" of the quotation that ended the one before."""
    question = masked[before - 1 : before] == HIDDEN and text[before - 2 : before - 1] in ("?", "!")
    return question and _ASIDE_SAID.match(masked, start, end) is not None


def _opens_next(text: str, place: int) -> bool:
    """Return whether an opening mark follows after blanks."""
    return re.match(r"[*_]*\s+[*_]*[“„«\"]", text[place : place + 8]) is not None


def _with_titles(unit: Unit, origin: int, start: int) -> int:
    """Return where a name begins with the titles before it."""
    titles = at_end(_TITLES_END, unit.masked[origin:start])
    return start - len(titles.group()) if titles else start


def _opening_name(unit: Unit, start: int, end: int) -> Name | None:
    """Return the name a stretch begins with, behind titles and articles; no possessive, no list."""
    place = bisect_left([name.start for name in unit.names], start)
    if place == len(unit.names) or unit.names[place].end > end:
        return None
    name = unit.names[place]
    before, after = unit.masked[start : name.start], unit.masked[name.end : end]
    if not _TITLES.fullmatch(before) or _PREPOSITION.search(before) or _NO_HEAD.match(after):
        return None
    return name


def _resolved(pronoun: str, focus: Speaker) -> Speaker:
    """Return whom a pronoun means: the last subject, if it is of the right kind."""
    kinds = {"he": ("PERSON",), "she": ("PERSON",), "it": ("ORG", "GPE", "GROUP"), "they": ("ORG", "GROUP")}
    fits = focus.entity != UNKNOWN and focus.entity_type in kinds[pronoun]
    return focus._replace(rule="pronoun", confidence=0.8) if fits else NOBODY
