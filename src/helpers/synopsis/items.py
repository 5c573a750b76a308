"""The places of a report that can differ from another's: names, titles, terms, numbers, dates, scopes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from helpers.names import Mentions
from helpers.synopsis.clauses import STEM
from helpers.synopsis.counted import UNITS, counted_nouns
from helpers.synopsis.foreign import told_in
from helpers.synopsis.values import (
    DATED,
    MONTHS,
    ORDER,
    SPANS,
    VAGUE,
    WEIGHERS,
    YEAR,
    Moment,
    Quantity,
    hedge_of,
    is_number,
    moment,
    quantity,
)
from helpers.text import STOP_WORDS, Documents, Parse, Tokens, by_report, normalise, read_as

__all__ = ["PLACE", "UNSAID", "Item", "ReportWords", "Value", "find_items", "words_of"]
PLACE = ("start_char", "end_char")
WORD_COLUMNS = ("token", "norm", "start_char", "end_char", "is_stop")
MENTION_KINDS = {"name": "name", "role": "title", "label": "term", "adjective": "term"}
STEM_SHORT = 4
ENGLISH = "en"
_NARROWERS = frozenset("especially particularly mainly mostly chiefly notably primarily".split())
_CURRENCY = {"$": "$", "€": "€", "£": "£", "¥": "¥"}
_SIGNS = frozenset({*_CURRENCY.values(), "%"})
# "$160 million over eight years" spreads a sum, "for over eight years" hedges a number.
_SPANS = frozenset(span[:STEM] for span in SPANS)
_LASTING = frozenset("for after of lasted took spent since just".split())
MINUTES = 60
# A line of more longer words than this, of which more than this share has capitals, is in title case.
FEW_WORDS, TITLE_CASE = 4, 0.7
_ZONES = frozenset("gmt utc bst cet est edt cst cdt mst mdt pst pdt".split())
# Units that do not say what was counted: two sums of money, or two distances, may be of two things.
UNSAID = _SIGNS | _SPANS | {"kilometer", "kilogram", "mile"}
# What is beside a part of a number: groups of three, decimals, the clock, fractions and dates.
_RUNS_IN, _RUNS_ON = (
    re.compile(r"\d(?:, ?|\. ?|: | ?/ ?)$"),
    re.compile(r", ?\d{3}(?!\d)|(?:\. ?|: ?| ?/ ?)\d"),
)
# Words from a number to the noun it counts, at most: five senior Missouri Republicans.
LONGEST_COUNTED = 4


Value = frozenset[str] | Quantity | Moment | str


class Item(NamedTuple):
    """A place in a report that can differ: what kind, where, in which words; comparable under one key."""

    doc_id: str
    start: int
    end: int
    kind: str
    key: str
    text: str
    value: Value
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")


class ReportWords(NamedTuple):
    """The words of one report."""

    doc_id: str
    text: str
    tokens: list[str]
    norms: list[str]
    starts: list[int]
    ends: list[int]
    is_stop: list[bool]

    def item(self, first: int, last: int, kind: str, key: str, value: Value) -> Item:
        """Return the item made of the words from `first` to before `last`."""
        start, end = self.starts[first], self.ends[last - 1]
        near = ["", "", *self.norms[max(first - 2, 0) : first]][-2:]
        near += [*self.norms[last : last + 2], "", ""][:2]
        text = self.text[start:end]
        return Item(self.doc_id, start, end, kind, key, text, value, (near[0], near[1]), (near[2], near[3]))

    def joined(self, left: int) -> bool:
        """Return whether only a blank stands between a word and the next."""
        return left + 1 < len(self.norms) and not self.text[self.ends[left] : self.starts[left + 1]].strip()

    def between(self, left: int) -> str:
        """Return what stands between a word and the next."""
        right = self.starts[left + 1] if left + 1 < len(self.starts) else self.ends[left] + 2
        return self.text[self.ends[left] : right]


def words_of(tokens: Tokens, texts: Mapping[str, str]) -> Iterator[ReportWords]:
    """Yield the words of every report, in the order of their names."""
    columns = [tokens[name].tolist() for name in WORD_COLUMNS]
    names = tokens["doc_id"].to_numpy(object)
    edges = [*np.flatnonzero(np.append(True, names[1:] != names[:-1])).tolist(), len(names)]
    reports = {str(names[low]): (low, high) for low, high in pairwise(edges) if low < high}
    for doc_id, (low, high) in sorted(reports.items()):
        yield ReportWords(doc_id, texts[doc_id], *(column[low:high] for column in columns))


def find_items(
    tokens: Tokens, mentions: Mentions, parse: Parse, documents: Documents
) -> dict[str, list[Item]]:
    """Return the items of every report, in the order of the text."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    published = dict(zip(documents["doc_id"], documents["published"], strict=True))
    languages = dict(zip(documents["doc_id"], documents["language"], strict=True))
    named = by_report(mentions, [*PLACE, "kind", "entity_id", "surface"])
    counted = counted_nouns(parse)
    found = {}
    for words in words_of(tokens, texts):
        own = [_mention_item(words.doc_id, *mention) for mention in named.get(words.doc_id, ())]
        language = languages[words.doc_id]
        if read_as(language) != ENGLISH:
            # Scopes and names nobody listed are read by English words and capitals alone.
            own += _foreign_items(words, language, published[words.doc_id])
            found[words.doc_id] = sorted(own, key=lambda item: (item.start, item.end, item.kind))
            continue
        dates = list(_dates(words, published[words.doc_id]))
        own += [*dates, *_numbers(words, dates, counted.get(words.doc_id, {})), *_scopes(words, own)]
        own += _either(words)
        own += _plain_names(words, own)
        found[words.doc_id] = sorted(own, key=lambda item: (item.start, item.end, item.kind))
    return found


def _foreign_items(words: ReportWords, language: str, published: str) -> list[Item]:
    """Return the numbers and dates of a report in another language than English."""
    ends = words.ends
    found = []
    for told in told_in(words.text, language, published):
        first, last = bisect_right(ends, told.start), bisect_left(words.starts, told.end)
        near = ["", "", *words.norms[max(first - 2, 0) : first]][-2:] + [
            *words.norms[last : last + 2],
            "",
            "",
        ][:2]
        text = words.text[told.start : told.end]
        around = (near[0], near[1]), (near[2], near[3])
        found.append(Item(words.doc_id, told.start, told.end, told.kind, told.key, text, told.value, *around))
    return found


def _mention_item(doc_id: str, start: int, end: int, kind: str, entity_id: str, surface: str) -> Item:
    """Return the name, title or term by which an entity of the authority is called."""
    return Item(doc_id, start, end, MENTION_KINDS[kind], entity_id, surface, _telling(kind, surface))


@lru_cache(maxsize=1 << 16)
def _telling(kind: str, surface: str) -> frozenset[str]:
    """Return the telling words of a name; of a title or term their first letters."""
    words = [normalise(word) for word in re.findall(r"[\w'’-]+", surface)]
    telling = frozenset(re.sub(r"'s?$", "", word) for word in words if word not in STOP_WORDS)
    return telling if MENTION_KINDS[kind] == "name" else frozenset(word[:STEM_SHORT] for word in telling)


def _dates(words: ReportWords, published: str) -> Iterator[Item]:
    """Yield the runs of words of the calendar and the clock, with the numbers beside a month."""
    dated = [norm in DATED for norm in words.norms]
    for place, norm in enumerate(words.norms):
        if norm[:1].isdigit() and re.fullmatch(r"\d{1,2}(st|nd|rd|th)?|\d{4}", norm):
            dated[place] = any(norm in MONTHS for norm in words.norms[max(place - 2, 0) : place + 3])
    for first, last in _runs(dated):
        said = words.norms[first:last]
        if not set(said) <= {"may", "march", "mar", "sun", "sat", "second"}:
            yield words.item(first, last, "date", "", moment(said, published))


def _numbers(words: ReportWords, dates: list[Item], counted: Mapping[int, tuple[str, int]]) -> Iterator[Item]:
    """Yield the numbers that count something, with the words that hedge them: nearly six months."""
    dated = {start for item in dates for start in range(item.start, item.end)}
    flags = [is_number(norm) for norm in words.norms]
    for first, last in _number_runs(words, flags):
        value = quantity(words.norms[first:last])
        if value is None or words.norms[first] == "one" or dated & {*words.starts[first:last]}:
            continue
        if _of_ratio(words, first) or _is_cut(words, first, last):
            continue
        if words.norms[last : last + 3] == ["and", "a", "half"]:
            last, value = last + 3, value + 0.5
        unit, after = _unit(words, first, last, counted)
        if (
            words.text[words.ends[first - 1] : words.starts[first]] == ":"
            and words.norms[first - 1].isdigit()
        ):
            first, value = first - 1, int(words.norms[first - 1]) + value / MINUTES
        if unit and not (unit not in _SIGNS and YEAR.fullmatch(words.norms[first])):
            hedge, begin = _hedge(words, first, unit)
            hedge = ORDER if words.norms[first] in VAGUE else hedge
            yield _signed(words.item(begin, after, "number", unit, Quantity(value, hedge)), words)


def _of_ratio(words: ReportWords, first: int) -> bool:
    """Return whether a number is the second of a ratio, which counts nothing: 2 in 3, nine out of ten."""
    said = words.norms[max(first - 3, 0) : first]
    before = said[:-1] if said[-1:] == ["in"] else said[:-2] if said[-2:] == ["out", "of"] else []
    return bool(before) and is_number(before[-1])


def _is_cut(words: ReportWords, first: int, last: int) -> bool:
    """Return whether a number runs on beside its words, as in 1, 199 or 41 / 2: its value is not read."""
    before, after = words.text[: words.starts[first]][-4:], words.text[words.ends[last - 1] :][:6]
    return bool(_RUNS_IN.search(before) or _RUNS_ON.match(after))


def _signed(item: Item, words: ReportWords) -> Item:
    """Return a number with the sign of its currency or of per cent, which are no words."""
    start = item.start - (words.text[item.start - 1 : item.start] in _CURRENCY)
    end = item.end + (words.text[item.end : item.end + 1] == "%")
    return item._replace(start=start, end=end, text=words.text[start:end])


def _number_runs(words: ReportWords, flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and end of every run of number words with only blanks between them."""
    for first, last in _runs(flags):
        begin = first
        for place in range(first, last):
            if place == last - 1 or not (words.joined(place) or words.between(place) == "-"):
                yield begin, place + 1
                begin = place + 1


def _unit(
    words: ReportWords, first: int, last: int, counted: Mapping[int, tuple[str, int]]
) -> tuple[str, int]:
    """Return what a number counts, empty if nothing is known, and the word after the item."""
    sign = words.text[words.starts[first] - 1 : words.starts[first]]
    if sign in _CURRENCY:
        return _CURRENCY[sign], last
    if words.between(last - 1).lstrip()[:1] == "%":
        return "%", last
    if not words.joined(last - 1):
        return "", last
    heads = [counted[start] for start in words.starts[first:last] if start in counted]
    last, of_these = _after_of(words, last)
    if counted and not heads and not of_these:
        # The parse knows the nouns: in "two dressed as guards" nothing stands there that is counted.
        return "", last
    noun = words.norms[last]
    if noun == "per" and words.norms[last + 1 : last + 2] == ["cent"]:
        return "%", last + 2
    if noun in STOP_WORDS or noun in _ZONES or (noun in MONTHS and noun != "may"):
        return "", last
    name, end = heads[-1] if heads else (noun, words.ends[last])
    after = bisect_left(words.ends, end, last) + 1
    if after - last > LONGEST_COUNTED:
        name, after = noun, last + 1
    return UNITS.get(name, UNITS.get(noun.rstrip("s"), name[:STEM])), min(after, len(words.norms))


def _after_of(words: ReportWords, last: int) -> tuple[int, bool]:
    """Return the telling word after "of" behind a number (two of its piers), and whether "of" is there."""
    if words.norms[last] != "of" or words.norms[last + 1 : last + 2] == ["whom"]:
        return last, False
    return next(
        (k for k in range(last + 1, len(words.norms)) if words.norms[k] not in STOP_WORDS), last
    ), True


def _hedge(words: ReportWords, first: int, unit: str) -> tuple[str, int]:
    """Return how a number is hedged, and the first word of the hedge."""
    begin = first
    while begin and first - begin < 3 and words.norms[begin - 1] in WEIGHERS and words.joined(begin - 1):
        begin -= 1
    said = words.norms[begin:first]
    if said[-1:] == ["over"] and unit in _SPANS and words.norms[max(begin - 1, 0)] not in _LASTING:
        return "", first
    return hedge_of(said), begin


def _scopes(words: ReportWords, named: list[Item]) -> Iterator[Item]:
    """Yield what "especially" and its like apply to, up to the end of the first name after it."""
    ends = sorted(item.end for item in named)
    for place, norm in enumerate(words.norms):
        if norm in _NARROWERS:
            last = place + 1
            while last < len(words.norms) and last - place < 8 and words.joined(last - 1):
                last += 1
                if words.ends[last - 1] in ends:
                    break
            telling = [w[:STEM] for w in words.norms[place + 1 : last] if w not in STOP_WORDS]
            if telling:
                yield words.item(place, last, "scope", "narrower", frozenset(telling))


def _either(words: ReportWords) -> Iterator[Item]:
    """Yield two words joined by "and" or "or", which differ if one report has the other of the two."""
    for place in range(1, len(words.norms) - 1):
        beside = words.norms[place - 1], words.norms[place + 1]
        if any(map(is_number, beside)) or not (words.joined(place - 1) and words.joined(place)):
            continue
        if words.norms[place] in ("and", "or"):
            key = f"{words.norms[place - 1][:STEM]} {words.norms[place + 1][:STEM]}"
            yield words.item(place - 1, place + 2, "scope", key, words.norms[place])


def _plain_names(words: ReportWords, known: list[Item]) -> list[Item]:
    """Return the runs of capitalised words that the authority does not know.

    Those that open a sentence are left out, and so are honorifics: what stands right before a known name.
    """
    taken = [(item.start, item.end) for item in known if item.kind in ("name", "title", "term", "date")]
    capital = [token[:1].isupper() for token in words.tokens]
    for left, right in taken:
        first, last = bisect_right(words.ends, left), bisect_left(words.starts, right)
        capital[first:last] = [False] * (last - first)
    starts = {item.start for item in known if item.kind in ("name", "title")}
    runs = [(first, last) for first, last in _joined_runs(words, capital) if not _opens(words, first)]
    runs = [(first, last) for first, last in runs if last == len(capital) or words.starts[last] not in starts]
    return [
        words.item(a, b, "name", "", frozenset(words.norms[a:b]))
        for a, b in runs
        if any(_names(words, k) for k in range(a, b)) and not _in_title_case(words, a)
    ]


def _names(words: ReportWords, place: int) -> bool:
    """Return whether a word with a capital can be a name: "I'd" and "The" cannot."""
    return not words.is_stop[place] and not re.match(r"i\W", words.norms[place])


def _in_title_case(words: ReportWords, place: int) -> bool:
    """Return whether most longer words of a line have capitals, as in a headline, where they name nothing."""
    at = words.starts[place]
    line = words.text[words.text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]
    longer = re.findall(r"[^\W\d_]{4,}", line)
    return len(longer) > FEW_WORDS and sum(word[0].isupper() for word in longer) > TITLE_CASE * len(longer)


def _opens(words: ReportWords, place: int) -> bool:
    """Return whether the word opens a sentence or a quotation."""
    between = words.text[words.ends[place - 1] if place else 0 : words.starts[place]]
    return place == 0 or bool(re.search(r"[.!?:;\"“”\n]", between))


def _joined_runs(words: ReportWords, flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and end of every run of flagged words with only blanks between them."""
    for first, last in _runs(flags):
        edges = [first, *(k + 1 for k in range(first, last - 1) if not words.joined(k)), last]
        yield from pairwise(edges)


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and end of every stretch of true flags."""
    edges = np.flatnonzero(np.diff(np.array([False, *flags, False]).astype(int)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
