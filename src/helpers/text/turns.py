"""Turns of a transcript, an interview or a thread: lines that begin with who speaks, and a colon."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Turn", "speaker_turns"]
# Fewest lines with a speaker: two may be a heading and a list.
FEWEST = 3
# Of these lines, the share that ends as a sentence does, and the share that another speaker's line follows.
SENTENCES, CHANGES = 0.75, 0.5
LABEL_WORDS = 6
PARTICLES = frozenset("of de del der di da al el la le the van von bin ibn and und y et".split())
# Who is numbered in a transcript; other numbered labels are parts, steps and days.
NUMBERED = frozenset("speaker voice caller interviewer respondent participant interviewee reporter".split())
ASKED = re.compile(r"[*_]{0,3}([QA])(?:[*_]{0,3}[.:：)][*_]{0,3}\s?|\t| {2,8})")
ENDS = re.compile(r"[.!?…。！？؟।—–-][\"'”’»)\]*_]{0,4}$")
ASIDE = re.compile(r"[(\[][^()\[\]\n]*[)\]]\.?")
EMPHASIS = "*_#> \t"


class Turn(NamedTuple):
    """A paragraph of somebody's words: where it begins and ends, and the label that says whose they are."""

    start: int
    end: int
    label_start: int
    label_end: int


def speaker_turns(text: str, lines: Sequence[tuple[int, int]]) -> list[Turn]:
    r"""Return the turns of a text: of each labelled line and those that go on up to the next, the words.

    `lines` has start and end of each paragraph. Lines with a label are turns only where three or more have
    one, one of them returns, they change, and what follows them reads as sentences: a list of times and
    places, or of films and prizes, is none. Of the last turn only its own line is known to belong to it.

    >>> text = "ANNA DOE: Is it open?\nBEN ROE: It is.\nANNA DOE: Thank you."
    >>> lines = [(0, 21), (22, 37), (38, 58)]
    >>> [text[turn.start:turn.end] for turn in speaker_turns(text, lines)]
    ['Is it open?', 'It is.', 'Thank you.']
    """
    found = {k: span for k, (start, end) in enumerate(lines) if (span := _label(text, start, end))}
    turns = list(_turns(text, lines, found)) if _alternate(text, lines, found) else []
    taken = {turn.end for turn in turns}
    return sorted(turns + [post for post in _posts(text, lines) if post.end not in taken])


def _posts(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Turn]:
    """Yield the posts that a line signs: "words — Ann Poe (@annpoe)", or the line above such a signature."""
    for place, (start, end) in enumerate(lines):
        handle = text.rfind("(@", start, end)
        dash = max(text.rfind(mark, start, handle) for mark in "—–―") if handle > 0 else -1
        label = text[dash + 1 : handle].strip()
        if dash < 0 or not _names_somebody(label):
            continue
        left = text.index(label, dash)
        begin, stop = (start, dash) if dash > start else lines[place - 1] if place else (0, 0)
        words = text[begin:stop].rstrip()
        if words:
            yield Turn(begin, begin + len(words), left, left + len(label))


def _turns(
    text: str, lines: Sequence[tuple[int, int]], found: dict[int, tuple[int, int, int]]
) -> Iterator[Turn]:
    """Yield the turns between the first labelled line and the last."""
    label = (0, 0)
    for place in range(min(found), max(found) + 1):
        start, end = lines[place]
        if place in found:
            label, start = found[place][:2], found[place][2]
        if start < end and not ASIDE.fullmatch(text[start:end].strip(EMPHASIS)):
            yield Turn(start, end, label[0], label[1])


def _label(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Return start and end of the label of a line, and where its words begin; or nothing."""
    line = text[start:end]
    asked = ASKED.match(line)
    if asked:
        return start + asked.start(1), start + asked.end(1), start + asked.end()
    colons = [at for at in (line.find(":", 0, 80), line.find("：", 0, 80)) if at > 0]
    if not colons:
        return None
    head = line[: min(colons)]
    name = head.strip(EMPHASIS)
    rest = line[min(colons) + 1 :].lstrip(EMPHASIS)
    if not rest or not _names_somebody(name):
        return None
    left = start + len(head) - len(head.lstrip(EMPHASIS))
    return left, left + len(name), end - len(rest)


def _names_somebody(name: str) -> bool:
    """Return whether the words before a colon can be a name: few, none in small letters, no sentence."""
    words = name.split("(")[0].split()
    if not 0 < len(words) <= LABEL_WORDS or not name[0].isalpha() or "://" in name:
        return False
    if any(mark.isdigit() for mark in name) and words[0].casefold() not in NUMBERED:
        return False
    stops = any(len(word) > len("Capt..") and word.endswith((".", "!", "?", ";")) for word in words)
    return not stops and all(map(_may_be_of_name, words))


def _may_be_of_name(word: str) -> bool:
    """Return whether a word begins in no small letter, or is one that names have in small letters."""
    bare = word.strip("(),")
    return not bare[:1].islower() or bare.casefold() in PARTICLES


def _alternate(text: str, lines: Sequence[tuple[int, int]], found: dict[int, tuple[int, int, int]]) -> bool:
    """Return whether labelled lines are what people say in turn."""
    if len(found) < FEWEST:
        return False
    labels = [text[start:end].casefold() for start, end, _ in found.values()]
    changes = sum(one != other for one, other in pairwise(labels)) / (len(labels) - 1)
    sentences = sum(
        not text[begin].islower()
        and ENDS.search(text[max(begin, lines[k][1] - 12) : lines[k][1]]) is not None
        for k, (_, _, begin) in found.items()
    ) / len(found)
    return max(Counter(labels).values()) > 1 and changes >= CHANGES and sentences >= SENTENCES
