"""Direct quotations: which stretches of a text stand in quotation marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.text import words_in
from helpers.voices.dashes import dash_spans
from helpers.voices.leads import led_paragraphs

__all__ = ["Quote", "quote_spans"]
SCARE_WORDS = 3  # a quotation of so few words may hold them at arm's length
LONGEST_UNCLOSED = 800
LOOK_AHEAD = 4  # paragraphs a quotation may run on before its closing mark
SINGLE_WORDS, SINGLE_WORDS_UNPOINTED = 4, 6  # fewer words in single marks are a name, not speech
# Marks that are never of the other side, and what leaves the others free before and behind.
_ONE_SIDED = dict.fromkeys([*"„「『﹁﹃〝", "‘‘", "``"], "open") | dict.fromkeys(
    [*"」』﹂﹄〞〟", "’’"], "close"
)
_LOOSE_BEFORE = "([{<—–-/:=“„«‘'\"：，、（"
_LOOSE_AFTER = ".,;:!?)]}>—–-/…”»’'\"،؛؟।。，、：；！？）"
_PARAGRAPH = re.compile(r"[^\n\u2028\u2029]+")
_MARK = re.compile(r"[“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟״\"＂]|‘‘|’’|``|(?<!')''(?!')")
# The pairs that are closed by marks of their own kind.
_FAMILIES = {
    mark: pair[0] for pair in ("«»", "‹›", "「」", "『』", "﹁﹂", "﹃﹄", "〝〞〟") for mark in pair
}
# A mark inside a Hebrew word is of an abbreviation, unless a short word is written on to the quotation.
_HEBREW = re.compile(r"[\u05d0-\u05ea]")
_HEBREW_ON = re.compile(r"(?<![\u05d0-\u05ea])[ובכלמהש]{1,3}$")
# Texts cut into tokens have a blank on either side of a mark: who speaks tells that one has ended.
_TOKENISED_END = re.compile(r"\s+(?:[\w.]+\s+){0,4}(?:said|says|told|added)\b")
# A quotation that begins in mid-sentence: "...we will not".
_TRAILING_OFF = re.compile(r"(?:\.{2,4}|…)\s?[^\W_]")
# A paragraph that Markdown sets apart as a quotation, without marks.
_SET_APART = re.compile(r"[ \t]{0,3}>[ \t]?(?=[^\s>])")
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}$")
_SENTENCE_END = re.compile(r"[.!?…؟۔।][\"'”’*_)\]]*(?=\s)|[。！？]")
_SINGLE_OPEN = re.compile(
    r"(?<![^\s(\[{—–\-*/“\"])(?:‘(?!‘)|'(?!'))(?!\s)(?!\d0?s\b|\d\d\b)"
    r"(?!(?i:tis|twas|em|til|till|cause|n|bout|round)\b)"
)
_SINGLE_CLOSE = re.compile(r"(?<=\S)['’](?![\w'’])")
_POINTED = re.compile(r"[,.?!…;،؛؟।。，！？]$")
_PLAIN_WORD = re.compile(r"(?<![\w'’-])(?!(?:of|the|and|in|on|for|to|a|an|de|la|al|el|with|at)\b)[a-z]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


class Quote(NamedTuple):
    """A direct quotation, marks included; `continues`: it goes on from the paragraph before."""

    start: int
    end: int
    flag: str = ""
    continues: bool = False


class _Mark(NamedTuple):
    """A double mark; `side` is what its neighbours make it: open, close or either."""

    start: int
    end: int
    side: str
    family: str


def quote_spans(text: str, language: str = "") -> list[Quote]:
    """Return the outermost direct quotations of `text`, marks included, in order and without overlap.

    In a `language` whose newspapers open speech with a dash, that is a quotation too.

    A quotation ends at its closing mark, or else with its paragraph (with its sentence, where more than
    LONGEST_UNCLOSED characters would follow). It goes on in the next paragraph where that one opens anew
    or holds a closing mark that nothing there opened; each paragraph is a span of its own. A paragraph set
    apart by ">" (Markdown) is one without marks.
    In English so is one that a line such as "The Post reports:" leads into.
    Flags: scare (three words or fewer), unclosed, unmarked, or empty.
    """
    paragraphs = _paragraphs(text)
    marks = [list(_double_marks(text, *span)) for span in paragraphs]
    found: list[Quote] = []
    depth, owed = 0, 0
    for place, (start, end) in enumerate(paragraphs):
        reopened = depth == 1 and not owed and _opens_paragraph(text, start, marks[place])
        if reopened:
            found[-1] = found[-1]._replace(flag="")
        quotes, depth = _paragraph_quotes(text, start, end, marks[place], inside=owed > 0)
        quotes = quotes or _set_apart(text, start, end)
        if reopened or owed:
            quotes = _continued(quotes)
        found += _with_single(text, start, end, quotes)
        owed = max(owed - 1, 0) or _paragraphs_owed(depth, marks[place + 1 :])
        if depth and owed:
            found[-1] = found[-1]._replace(flag="")
    bare = _without_marks(text, paragraphs, language)
    kept = [one for one in bare if not any(_overlap(one, quote) for quote in found)]
    return [_flagged(text, quote) for quote in sorted([*found, *kept])]


def _without_marks(text: str, paragraphs: Sequence[tuple[int, int]], language: str) -> list[Quote]:
    """Return the quotations that a dash opens or a line leads into, in the languages that have these."""
    dashed = [Quote(*span) for span in dash_spans(text, language)] if language else []
    led = led_paragraphs(text, paragraphs) if language == "en" else ()
    return dashed + [Quote(*span, "unmarked") for span in led]


def _set_apart(text: str, start: int, end: int) -> list[Quote]:
    """Return the paragraph as one quotation where Markdown sets it apart as such."""
    found = _SET_APART.match(text, start, end)
    return [Quote(found.end(), end)] if found else []


def _overlap(one: Quote, other: Quote) -> bool:
    """Return whether two quotations share a code point."""
    return one.start < other.end and other.start < one.end


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the ends of the paragraphs that are not blank."""
    return [match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip()]


def _continued(quotes: list[Quote]) -> list[Quote]:
    """Return the quotations of a paragraph, the first of them going on from the paragraph before."""
    return [quote._replace(continues=True) for quote in quotes[:1]] + quotes[1:]


def _double_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """Yield the double quotation marks of a paragraph, without those of inches."""
    for match in _MARK.finditer(text, start, end):
        left = text[max(start, match.start() - 8) : match.start()]
        side = _side(left, text[match.end() : min(end, match.end() + 60)], match.group())
        if side and not (_FEET.search(left) and match.group() in ('"', "”", "''", "’’")):
            yield _Mark(match.start(), match.end(), side, _FAMILIES.get(match.group(), ""))


def _side(left: str, right: str, mark: str) -> str:
    """Return whether a mark opens or closes, from its glyph and what stands beside it; else either."""
    if mark in _ONE_SIDED:
        return _ONE_SIDED[mark]
    before, after = left.rstrip("*_")[-1:], right.lstrip("*_")[:1]
    if _HEBREW.match(before) and _HEBREW.match(after):
        return _in_hebrew_word(left, right)
    loose_left, loose_right = _is_loose(before, _LOOSE_BEFORE), _is_loose(after, _LOOSE_AFTER)
    if loose_left and _TRAILING_OFF.match(right):
        return "open"
    if mark in "“«‹”»›":
        closes = _closes_here(mark, after, loose_left=loose_left, loose_right=loose_right)
        return "close" if closes else "open"
    if loose_left and loose_right:
        ended = _TOKENISED_END.match(right) and left.rstrip()[-1:] in (",", "?", "!")
        return "close" if ended else _between(before, after)
    return _straight_side(before, after, loose_left=loose_left, loose_right=loose_right)


def _is_loose(char: str, marks: str) -> bool:
    """Return whether a mark is free on one side: a blank, an end of the text, or one of `marks` is there."""
    return not char or char.isspace() or char in marks


def _closes_here(mark: str, after: str, *, loose_left: bool, loose_right: bool) -> bool:
    """Return whether a mark with a side of its own closes, which in some languages the opening one does."""
    if mark in "“«‹":
        return (loose_right and not loose_left) or after in (",", ".", ";")
    # Chinese has no blank behind a mark.
    return loose_right or not loose_left or bool(_UNSPACED.match(after))


def _straight_side(before: str, after: str, *, loose_left: bool, loose_right: bool) -> str:
    """Return the side of a straight mark that is free on one side at most; nothing between two figures."""
    if before.isdigit() and after.isalnum():
        return ""
    if loose_left or loose_right:
        return "open" if loose_left else "close"
    return "close" if before in ".,!?…;" else "either"


def _in_hebrew_word(left: str, right: str) -> str:
    """Return the side of a mark inside a Hebrew word: nothing in an abbreviation.

    >>> _in_hebrew_word("מנכ", "ל אמר"), _in_hebrew_word(" ב", "הארץ")
    ('', 'open')
    """
    letters = re.match(r"[\u05d0-\u05ea]+", right)
    return "open" if letters and letters.end() > 1 and _HEBREW_ON.search(left) else ""


def _between(before: str, after: str) -> str:
    """Return the side of a straight mark that has a blank or a mark on either side."""
    if after and after in ".,;:!?)]}":
        return "close"
    blank_left, blank_right = not before or before.isspace(), not after or after.isspace()
    if blank_left != blank_right:
        return "open" if blank_left else "close"
    return "either"


def _opens_paragraph(text: str, start: int, marks: Sequence[_Mark]) -> bool:
    """Return whether a paragraph begins with an opening mark."""
    return bool(marks) and marks[0].side != "close" and not text[start : marks[0].start].strip("*_> \t\xa0")


def _paragraphs_owed(depth: int, following: Sequence[Sequence[_Mark]]) -> int:
    """Return how many of the following paragraphs a quotation takes in that is open at this depth."""
    for place, marks in enumerate(following[:LOOK_AHEAD] if depth else (), start=1):
        if marks:
            return place if marks[0].side == "close" else 0
    return 0


def _paragraph_quotes(
    text: str, start: int, end: int, marks: Sequence[_Mark], *, inside: bool
) -> tuple[list[Quote], int]:
    """Return the quotations of one paragraph and the depth left open: 2 or more where a mark was lost."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    state = _Paragraph(text, start, end, first, marks[0].family if marks else "", int(inside))
    last = {mark.family: mark for mark in marks if mark.side != "open"}
    for mark in marks:
        if state.depth and mark.family != state.family:
            continue
        if mark.side == "open" or (mark.side == "either" and not state.depth):
            state.enter(mark)
        elif state.depth:
            state.leave(mark, is_last=mark is last[mark.family])
    if state.depth:
        stop = start + len(text[start:end].rstrip("*_ \t\xa0\u3000"))
        state.found.append(Quote(state.opened, max(stop, state.opened + 1), "unclosed"))
    return state.found, state.depth + state.nested


@dataclass
class _Paragraph:
    """A paragraph while its double marks are read: how many are open, and where the outermost opened."""

    text: str
    start: int
    end: int
    opened: int
    family: str
    depth: int
    nested: bool = False
    found: list[Quote] = field(default_factory=list)

    def enter(self, mark: _Mark) -> None:
        """Take a mark as one that opens; one after a sentence opens its quotation anew."""
        if not self.depth:
            self.opened, self.family, self.depth = mark.start, mark.family, 1
        elif not _after_sentence(self.text[max(self.start, mark.start - 8) : mark.start]):
            self.depth, self.nested = self.depth + 1, True

    def leave(self, mark: _Mark, *, is_last: bool) -> None:
        """Take a mark as one that closes; the paragraph's last may close all that are open."""
        lost = self.depth > 1 and is_last and _closes_all(self.text, self.start, mark, self.end)
        self.depth = 0 if lost else self.depth - 1
        if not self.depth:
            self.found.append(Quote(self.opened, mark.end))
            self.nested = False


def _after_sentence(left: str) -> bool:
    """Return whether a new sentence begins here: a mark there opens a quotation anew, not a nested one."""
    return re.search(r"[.!?…][\"'”’*_]*\s+$", left) is not None


def _closes_all(text: str, start: int, mark: _Mark, end: int) -> bool:
    """Return whether the last closing mark of a paragraph ends the outer quotation too."""
    left, right = text[max(start, mark.start - 8) : mark.start], text[mark.end : min(end, mark.end + 8)]
    return bool(_POINTED.search(left)) and right.lstrip("*_ \xa0")[:1].isalpha()


def _with_single(text: str, start: int, end: int, quotes: list[Quote]) -> list[Quote]:
    """Return the quotations of a paragraph with those in single marks that are speech."""
    kept: list[Quote] = []
    for quote in sorted([*quotes, *_single_quotes(text, start, end)], key=lambda q: (q.start, -q.end)):
        if not kept or quote.start >= kept[-1].end:
            kept.append(quote)
    return kept


def _single_quotes(text: str, start: int, end: int) -> Iterator[Quote]:
    """Yield quotations in single marks: several words, not all capitals as in a name or title."""
    place = start
    while opening := _SINGLE_OPEN.search(text, place, end):
        place = opening.end()
        after = _SINGLE_OPEN.search(text, place, end)
        closings = list(_SINGLE_CLOSE.finditer(text, place, after.start() if after else end))
        pointed = [c for c in closings if text[c.start() - 1] in ",.?!…;"]
        for closing in (pointed or closings)[:1]:
            words = text[place : closing.start()]
            least = SINGLE_WORDS if pointed else SINGLE_WORDS_UNPOINTED
            if len(_WORD.findall(words)) >= least and _PLAIN_WORD.search(words):
                yield Quote(opening.start(), closing.end())
            place = closing.end()


def _flagged(text: str, quote: Quote) -> Quote:
    """Return the quotation with its flag, and cut to its sentence where it is unclosed and long."""
    if quote.flag == "unclosed" and quote.end - quote.start > LONGEST_UNCLOSED:
        stop = _SENTENCE_END.search(text, quote.start, quote.end)
        return quote._replace(end=stop.end()) if stop else quote
    said = text[quote.start : quote.end]
    short = len(words_in(said) if _UNSPACED.search(said) else _WORD.findall(said)) <= SCARE_WORDS
    return quote._replace(flag="scare") if short and not quote.flag else quote
