"""Names, numbers, dates, titles, scopes and terms that differ within a slot."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, groupby, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from helpers.names import Mentions
from helpers.synopsis.clauses import STEM
from helpers.synopsis.tables import DISCREPANCY_KINDS, Discrepancies, DiscrepanciesTable, Slots
from helpers.table import conform, empty
from helpers.text import STOP_WORDS, Documents, Tokens, by_report, normalise

__all__ = ["ReportWords", "find_discrepancies", "words_of"]
# Discrepancies.
PLACE = ("start_char", "end_char")
WORD_COLUMNS = ("token", "norm", "start_char", "end_char", "is_stop")
MENTION_KINDS = {"name": "name", "role": "title", "label": "term", "adjective": "term"}
STEM_SHORT = 4
# Two spellings of a name in one report: at least so alike (rapidfuzz ratio), not the same.
RESPELT = 70
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr
    jun jul aug sept sep oct nov dec""".split()
)
CALENDAR = MONTHS | frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight morning
    afternoon evening midnight noon weekend""".split()
)
NUMBERS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
    thousand thousands million millions billion dozen dozens half several""".split()
)
WEIGHERS = frozenset(
    """last past next first nearly almost about around over under some only exactly roughly approximately
    least most than more less fewer up to another further""".split()
)
NARROWERS = frozenset("especially particularly mainly mostly chiefly notably including primarily".split())


def find_discrepancies(
    slots: Slots, documents: Documents, tokens: Tokens, *, mentions: Mentions
) -> pd.DataFrame:
    """Return the discrepancies table: names, numbers, dates, titles, scopes and terms that differ in a slot.

    They are differences, not errors of one side. Reports that say it in the same words stand together, and
    one that recurs in an event is one row, with its number of slots. A name that one report spells in two
    ways is a row with that report on both sides.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    items = _items(tokens, mentions, texts)
    rows: list[tuple[object, ...]] = [
        (
            *place,
            *_ends(one[0]),
            *_ends(other[0]),
            one[0].kind,
            one[0].text,
            other[0].text,
            *_others(one, other),
        )
        for place, stretches in _shared_slots(slots)
        for one, other in _differing([_within(items, stretch) for stretch in stretches])
    ]
    rows += _switches(slots, items)
    return _counted(rows)


class _Item(NamedTuple):
    """A place in a report that can differ: what kind, where, in which words; comparable under one key."""

    doc_id: str
    start: int
    end: int
    kind: str
    key: str
    text: str
    value: frozenset[str]


def _items(tokens: Tokens, mentions: Mentions, texts: dict[str, str]) -> dict[str, list[_Item]]:
    """Return the items of every report, in the order of the text."""
    named = by_report(mentions, [*PLACE, "kind", "entity_id", "surface"])
    found = {}
    for words in words_of(tokens, texts):
        own = [_mention_item(words.doc_id, *mention) for mention in named.get(words.doc_id, ())]
        own += [*_dates(words), *_numbers(words), *_scopes(words, own), *_either(words)]
        own += _plain_names(words, own)
        found[words.doc_id] = sorted(own, key=lambda item: (item.start, item.end, item.kind))
    return found


class ReportWords(NamedTuple):
    """The words of one report."""

    doc_id: str
    text: str
    tokens: list[str]
    norms: list[str]
    starts: list[int]
    ends: list[int]
    is_stop: list[bool]

    def item(self, first: int, last: int, kind: str, key: str, value: Iterable[str]) -> _Item:
        """Return the item made of the words from `first` to before `last`."""
        start, end = self.starts[first], self.ends[last - 1]
        return _Item(self.doc_id, start, end, kind, key, self.text[start:end], frozenset(value))

    def joined(self, left: int) -> bool:
        """Return whether only a blank stands between a word and the next."""
        return left + 1 < len(self.norms) and not self.text[self.ends[left] : self.starts[left + 1]].strip()


def words_of(tokens: Tokens, texts: Mapping[str, str]) -> Iterator[ReportWords]:
    """Yield the words of every report, in the order of their names."""
    columns = [tokens[name].tolist() for name in WORD_COLUMNS]
    names = tokens["doc_id"].to_numpy(object)
    edges = [*np.flatnonzero(np.append(True, names[1:] != names[:-1])).tolist(), len(names)]
    reports = {str(names[low]): (low, high) for low, high in pairwise(edges) if low < high}
    for doc_id, (low, high) in sorted(reports.items()):
        yield ReportWords(doc_id, texts[doc_id], *(column[low:high] for column in columns))


def _mention_item(doc_id: str, start: int, end: int, kind: str, entity_id: str, surface: str) -> _Item:
    """Return the name, title or term by which an entity of the authority is called."""
    return _Item(doc_id, start, end, MENTION_KINDS[kind], entity_id, surface, _telling(kind, surface))


@lru_cache(maxsize=1 << 16)
def _telling(kind: str, surface: str) -> frozenset[str]:
    """Return the telling words of a name; of a title or term their first letters."""
    words = [normalise(word) for word in re.findall(r"[\w'’-]+", surface)]
    telling = frozenset(re.sub(r"'s?$", "", word) for word in words if word not in STOP_WORDS)
    return telling if MENTION_KINDS[kind] == "name" else frozenset(word[:STEM_SHORT] for word in telling)


def _dates(words: ReportWords) -> Iterator[_Item]:
    """Yield the runs of words of the calendar and the clock, with the numbers beside a month."""
    dated = [norm in CALENDAR for norm in words.norms]
    for place, norm in enumerate(words.norms):
        if norm.isdigit():
            dated[place] = not MONTHS.isdisjoint(words.norms[max(place - 2, 0) : place + 3])
    for first, last in _runs(dated):
        if not set(words.norms[first:last]) <= {"may", "march"}:
            yield words.item(first, last, "date", "", words.norms[first:last])


def _numbers(words: ReportWords) -> Iterator[_Item]:
    """Yield numbers with the word that weighs them and the thing counted: nearly six months."""
    for place, norm in enumerate(words.norms):
        if (norm in NUMBERS or norm[:1].isdigit()) and words.joined(place):
            counted = words.norms[place + 1]
            first = place
            while (
                first and place - first < 2 and words.norms[first - 1] in WEIGHERS and words.joined(first - 1)
            ):
                first -= 1
            if counted not in STOP_WORDS and counted not in MONTHS and counted not in NUMBERS:
                yield words.item(first, place + 2, "number", counted[:STEM], words.norms[first : place + 1])


def _scopes(words: ReportWords, named: list[_Item]) -> Iterator[_Item]:
    """Yield what "especially" and its like apply to, up to the end of the first name after it."""
    ends = sorted(item.end for item in named)
    for place, norm in enumerate(words.norms):
        if norm in NARROWERS:
            last = place + 1
            while last < len(words.norms) and last - place < 8 and words.joined(last - 1):
                last += 1
                if words.ends[last - 1] in ends:
                    break
            telling = [w[:STEM] for w in words.norms[place + 1 : last] if w not in STOP_WORDS]
            if telling:
                yield words.item(place, last, "scope", "narrower", telling)


def _either(words: ReportWords) -> Iterator[_Item]:
    """Yield two words joined by "and" or "or", which differ if one report has the other of the two."""
    for place in range(1, len(words.norms) - 1):
        if words.norms[place] in ("and", "or") and words.joined(place - 1) and words.joined(place):
            key = f"{words.norms[place - 1][:STEM]} {words.norms[place + 1][:STEM]}"
            yield words.item(place - 1, place + 2, "scope", key, [words.norms[place]])


def _plain_names(words: ReportWords, known: list[_Item]) -> list[_Item]:
    """Return the runs of capitalised words that the authority does not know.

    Those that open a sentence are left out, and so are honorifics: what stands right before a known name.
    """
    taken = [(item.start, item.end) for item in known if item.kind in ("name", "title", "term", "date")]
    capital = [token[:1].isupper() for token in words.tokens]
    for left, right in taken:
        first, last = bisect_right(words.ends, left), bisect_left(words.starts, right)
        capital[first:last] = [False] * (last - first)
    starts = {item.start for item in known if item.kind in ("name", "title")}
    runs = [(first, last) for first, last in _runs(capital) if not _opens(words, first)]
    runs = [(first, last) for first, last in runs if last == len(capital) or words.starts[last] not in starts]
    return [words.item(a, b, "name", "", words.norms[a:b]) for a, b in runs if not all(words.is_stop[a:b])]


def _opens(words: ReportWords, place: int) -> bool:
    """Return whether the word opens a sentence or a quotation."""
    between = words.text[words.ends[place - 1] if place else 0 : words.starts[place]]
    return place == 0 or bool(re.search(r"[.!?:;\"“”\n]", between))


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and end of every stretch of true flags."""
    edges = np.flatnonzero(np.diff(np.array([False, *flags, False]).astype(int)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


Stretch = tuple[str, int, int]


def _shared_slots(slots: Slots) -> Iterator[tuple[tuple[str, int], list[Stretch]]]:
    """Yield every shared slot (event, number) with its stretches."""
    shared = slots[slots["relation"] != "only here"].sort_values(["event_id", "slot_id"], kind="stable")
    columns = (shared[c].tolist() for c in ("event_id", "slot_id", "doc_id", "start_char", "end_char"))
    for place, rows in groupby(zip(*columns, strict=True), key=itemgetter(0, 1)):
        yield place, [(doc_id, start, end) for *_, doc_id, start, end in rows]


def _within(items: dict[str, list[_Item]], stretch: Stretch) -> list[_Item]:
    """Return the items inside a stretch."""
    doc_id, start, end = stretch
    own = items.get(doc_id, [])
    first = bisect_left(own, start, key=attrgetter("start"))
    last = bisect_left(own, end, key=attrgetter("start"))
    return [item for item in own[first:last] if item.end <= end]


def _differing(stretches: list[list[_Item]]) -> Iterator[tuple[list[_Item], list[_Item]]]:
    """Yield, of the stretches of a slot, the items that stand for the same thing and say it differently.

    Items of one kind and key are compared as groups: where any of one side agrees with any of the other,
    there is no discrepancy. Items without a key (dates, unlisted names) are compared if each side has one.
    Either side is a list of the items in the same words, one for each report, in their order.
    """
    groups: dict[tuple[str, str], dict[tuple[str, ...], list[list[_Item]]]] = {}
    for items in stretches:
        own: dict[tuple[str, str], list[_Item]] = {}
        for item in items:
            own.setdefault((item.kind, item.key), []).append(item)
        for key, group in own.items():
            said = tuple(item.text.casefold() for item in group)
            groups.setdefault(key, {}).setdefault(said, []).append(group)
    for (_, name), variants in sorted(groups.items()):
        found: dict[tuple[str, str], tuple[list[_Item], list[_Item]]] = {}
        for (said_a, a), (said_b, b) in combinations(variants.items(), 2):
            if (name or len(a[0]) == len(b[0]) == 1) and not _agree(a[0], b[0]):
                sides = found.setdefault((said_a[0], said_b[0]), ([], []))
                for side, of_reports in zip(sides, (a, b), strict=True):
                    side += [group[0] for group in of_reports]
        yield from found.values()


def _ends(item: _Item) -> tuple[str, int, int]:
    """Return report, first and last code point of an item."""
    return item.doc_id, item.start, item.end


def _others(one: list[_Item], other: list[_Item]) -> Iterator[str]:
    """Yield for either side of a difference the reports that say it, but the first."""
    for side in (one, other):
        yield ", ".join(sorted({item.doc_id for item in side} - {side[0].doc_id}))


def _agree(one: list[_Item], other: list[_Item]) -> bool:
    """Return whether any two say the same; so do a shorter form of a name, title or scope, and initials."""
    return any(
        a.value == b.value
        or (a.kind != "number" and (a.value <= b.value or b.value <= a.value))
        or (a.kind == "name" and (_initials(a.text, b.text) or _initials(b.text, a.text)))
        for a in one
        for b in other
    )


def _initials(short: str, long: str) -> bool:
    """Return whether `short` is made of the capitals that begin the words of `long`."""
    letters = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return len(letters) > 1 and short.replace(".", "") == letters


def _switches(slots: Slots, items: dict[str, list[_Item]]) -> list[tuple[object, ...]]:
    """Return the names that one report spells in two ways: first use of the one, first use of the other."""
    stretches = by_report(slots, [*PLACE, "event_id", "slot_id"])
    rows: list[tuple[object, ...]] = []
    for doc_id, own in items.items():
        groups: dict[str, list[_Item]] = {}
        for item in own:
            if item.kind == "name" and item.key:
                groups.setdefault(item.key, []).append(item)
        for group in groups.values():
            a = group[0]
            for b in [b for b in group if _respelt(a, b)][:1]:
                at = [where for start, end, *where in stretches.get(doc_id, ()) if start <= b.start < end]
                rows += [(*where, *_ends(a), *_ends(b), "name", a.text, b.text, "", "") for where in at]
    return rows


def _respelt(one: _Item, other: _Item) -> bool:
    """Return whether a word of one name is a near spelling of a word of the other, which lacks it."""
    pairs = ((a, b) for a in one.value - other.value for b in other.value - one.value)
    return any(len(a) > 3 and a[0] == b[0] and fuzz.ratio(a, b) >= RESPELT for a, b in pairs)


def _counted(rows: list[tuple[object, ...]]) -> Discrepancies:
    """Return the table of rows, each difference of an event once, at its first place, with its slots."""
    if not rows:
        return empty(DiscrepanciesTable)
    names = [name for name in DiscrepanciesTable.to_schema().columns if name != "n_slots"]
    frame = pd.DataFrame(rows, columns=names)
    within = frame["doc_id_a"].where(frame["doc_id_a"] == frame["doc_id_b"], "")
    texts = (frame[name].str.casefold() for name in ("text_a", "text_b"))
    same = [frame["event_id"], within.rename("within"), frame["kind"], *texts]
    frame["n_slots"] = frame.groupby(same)["slot_id"].transform("nunique")
    first = ~pd.concat(same, axis=1).duplicated()
    order = frame["kind"].map({kind: place for place, kind in enumerate(DISCREPANCY_KINDS)})
    ordered = frame[first].assign(order=order).sort_values(["event_id", "order", "slot_id"], kind="stable")
    return conform(ordered, DiscrepanciesTable)
