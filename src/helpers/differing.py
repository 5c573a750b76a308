"""All that differs between the reports of an event, in one table: the surest and most telling first."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz

from helpers.framing import changed_terms, find_framing_terms
from helpers.synopsis import DATED, DifferencesTable, Grammar, Slots, find_discrepancies, is_number, quantity
from helpers.table import UNKNOWN, from_rows
from helpers.text import by_report
from helpers.words import find_substitutions

if TYPE_CHECKING:
    from helpers.edition import Edition
    from helpers.synopsis import Differences

__all__ = ["ANNOUNCED", "LIKELY", "find_differences", "spelt_alike"]
# Sentences as alike as this are sure to tell the same; of less alike ones a wording is as much less sure.
SURE_LIKENESS = 0.6
# A wording that is less sure than this is listed and not announced: its sentences may tell other things.
ANNOUNCED = 0.75
# Of the judged differences of a class how many were real, one of each added: benchmarks/differences_news.py;
# scopes, titles and terms have too few that were judged.
REAL = {
    "name": 27 / 28, "name in one report": 2 / 4, "number": 17 / 18, "number of two acts": 3 / 10,
    "number of one fact": 13 / 19, "date": 2 / 5, "hedge": 10 / 11, "omitted": 43 / 59, "wording": 146 / 154,
    "cause": 9 / 15,
}  # fmt: skip
# Differences of a class of which fewer were real are listed apart, as possible ones.
LIKELY = 0.85
# How telling a kind of difference is beside a name or a term, and one of spelling, or within one report.
TELLING = {"number": 1.1, "date": 1.1, "wording": 0.8, "hedge": 0.7, "scope": 0.6, "omitted": 0.3}
SPELLING, WITHIN_ONE = 0.5, 0.3
# Words so alike (rapidfuzz ratio) are forms of one; what recurs tells more, up to so many places.
ALIKE, RECURS, RECURS_UP_TO = 60, 0.1, 4


# Units of measure and currencies, which two reports may have converted.
MEASURES = re.compile(
    r"(?:\b|\d)(?:k?m|cm|kg|kilomet(?:re|er)s?|met(?:re|er)s?|miles?|f[eo]{2}t|inch(?:es)?|yards?|pounds?|acres?|hectares?|mph|kph"
    r"|dollars?|usd|euros?|eur|gbp|rupees?|yen)\b"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ORDINALS = dict(zip(_ORDINALS, "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split(), strict=True))
TOLD = ("kind", "text_a", "text_b", "others_a", "others_b", "n_slots")


class _Side(NamedTuple):
    """One side of a difference: its report and where its words stand there."""

    doc_id: str
    start: int
    end: int


class _Found(NamedTuple):
    """A difference with how sure it is."""

    event_id: str
    slot_id: int
    a: _Side
    b: _Side
    kind: str
    text_a: str
    text_b: str
    others_a: str
    others_b: str
    n_slots: int
    sure: float
    real: float | None

    @property
    def rank(self) -> float:
        """How sure and how telling it is."""
        recurring = 1 + RECURS * (min(self.n_slots, RECURS_UP_TO) - 1)
        telling = (self.real or LIKELY) * TELLING.get(self.kind, 1.0) * recurring
        if self.a.doc_id == self.b.doc_id:
            return self.sure * telling * WITHIN_ONE
        alike = self.kind in ("name", "term", "wording") and spelt_alike(self.text_a, self.text_b)
        return self.sure * telling * (SPELLING if alike else 1.0)

    @property
    def row(self) -> tuple[object, ...]:
        """The row of the table."""
        return (self.event_id, self.slot_id, *self.a, *self.b, *self[4:])


class _Places:
    """The slots of the reports, by where their stretches stand."""

    def __init__(self, slots: Slots) -> None:
        shared = slots[slots["relation"] != "only here"].sort_values(["doc_id", "start_char"], kind="stable")
        self._of = by_report(shared, ["start_char", "end_char", "slot_id"])
        self._starts = {doc_id: [row[0] for row in rows] for doc_id, rows in self._of.items()}
        loose = shared[shared["relation"] == "same fact"]
        self._loose = by_report(loose, ["start_char", "end_char"])
        surest = shared.groupby(["event_id", "slot_id"])["strength"].max()
        self.strength: dict[Any, float] = surest.to_dict()

    def slot(self, side: _Side) -> int | None:
        """Return the slot in which words stand, or None."""
        place = bisect_right(self._starts.get(side.doc_id, []), side.start) - 1
        if place < 0:
            return None
        _, end, slot_id = self._of[side.doc_id][place]
        return int(slot_id) if side.end <= end else None

    def loose(self, *sides: _Side) -> bool:
        """Return whether one of these sides is only about the same fact as the others of its slot."""
        return any(
            start <= side.start < end for side in sides for start, end in self._loose.get(side.doc_id, ())
        )

    def common(self, a: _Side, b: _Side) -> int | None:
        """Return the slot in which both sides stand, or None."""
        slot = self.slot(a)
        return slot if slot is not None and slot == self.slot(b) else None


def find_differences(read: "Edition") -> "Differences":
    """Return the differences table of an edition: names, numbers, dates, titles, terms and wordings.

    Every difference stands in a slot, where two reports tell the same. A wording is a phrase that stands for
    another in two nearest sentences; of those only the ones inside one slot are kept. A listed framing term
    in the place of another is of kind term. Where two finders saw the same words, the first named here has
    them. First are the rows of a class of which LIKELY or more were real where they were judged; both parts
    are ordered by how sure it is that both sides tell the same, times how telling their kind is.
    """
    places = _Places(read.slots)
    found: list[_Found] = []
    taken: dict[tuple[str, str], list[tuple[_Side, _Side]]] = {}
    for one in (*_discrepancies(read, places), *_terms(read, places), *_wordings(read, places)):
        pair = taken.setdefault((one.a.doc_id, one.b.doc_id), [])
        if any(_overlap(one.a, a) and _overlap(one.b, b) for a, b in pair) and one.kind != "omitted":
            continue
        pair.append((one.a, one.b))
        found.append(one)
    ordered = sorted(
        _once(found),
        key=lambda one: (
            (one.real or LIKELY) < LIKELY,
            -round(one.rank, 2),
            one.event_id,
            one.slot_id,
            one.a,
        ),
    )
    return from_rows([one.row for one in ordered], DifferencesTable)


def spelt_alike(one: str, other: str) -> bool:
    """Return whether two names or phrases are forms of one: as many words, each much like the other's.

    >>> spelt_alike("Ismail Haniyeh", "Ismail Haniya"), spelt_alike("bridge", "ferry")
    (True, False)
    """
    a, b = (re.split(r"[\s-]+", text.casefold()) for text in (one, other))
    return len(a) == len(b) and all(
        x[:1] == y[:1] and fuzz.ratio(x, y) >= ALIKE for x, y in zip(a, b, strict=True)
    )


def _overlap(one: _Side, other: _Side) -> bool:
    """Return whether two stretches of a report have characters in common."""
    return one.start < other.end and other.start < one.end


def _same_value(one: str, other: str) -> bool:
    """Return whether two phrases are one number in words and in digits, or one word and its short form.

    >>> _same_value("1 in 3", "one-in-three"), _same_value("telephone", "phone"), _same_value("boat", "ship")
    (True, True, False)
    """
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    letters = [re.sub(r"\W", "", phrase) for phrase in (short, long)]
    initials = "".join(word[0] for word in long.split())
    if letters[1].startswith(letters[0]) or letters[0].startswith(letters[1]):
        return True
    return _in_digits(one) == _in_digits(other) or long.endswith(short) or short.replace(".", "") == initials


def _counts(phrase: str) -> bool:
    """Return whether a phrase holds a number, which is compared as one."""
    words = re.split(r"[\s-]+", phrase.casefold())
    return any(is_number(word) or re.search(r"\d", word) for word in words)


def _measured(phrase: str) -> bool:
    """Return whether a phrase holds a unit of measure: 30 miles and 48km may be one length."""
    return bool(MEASURES.search(phrase.casefold()))


def _in_digits(phrase: str) -> list[str]:
    """Return the words of a phrase, numbers in digits."""
    words = re.split(r"[\s-]+", phrase.casefold().replace("per cent", "percent"))
    return [f"{quantity([word]):g}" if is_number(word) else ORDINALS.get(word, word) for word in words]


def _cut_quotation(phrase: str) -> bool:
    """Return whether a phrase runs over the beginning or the end of a quotation."""
    return phrase.count("“") != phrase.count("”") or phrase.count('"') % 2 == 1


class _Speakers:
    """Who says what stands in quotation marks."""

    def __init__(self, read: "Edition") -> None:
        known = read.voices[(read.voices["voice"] == "direct") & (read.voices["speaker"] != UNKNOWN)]
        self._of = by_report(known, ["start_char", "end_char", "speaker"])

    def differ(self, a: _Side, b: _Side) -> bool:
        """Return whether the two sides are said by two known speakers."""
        one, other = self._speaker(a), self._speaker(b)
        return one != other and "" not in (one, other)

    def _speaker(self, side: _Side) -> str:
        """Return who says the words of a side, empty where nobody known does."""
        return next(
            (who for start, end, who in self._of.get(side.doc_id, ()) if start <= side.start < end), ""
        )


def _once(found: list[_Found]) -> list[_Found]:
    """Return each wording of an event once, at its surest place, with all its reports and slots."""
    groups: dict[tuple[object, ...], list[_Found]] = {}
    for place, one in enumerate(found):
        said = frozenset((one.text_a.casefold(), one.text_b.casefold()))
        key = (one.event_id, one.kind, said) if one.kind == "wording" else (place,)
        groups.setdefault(key, []).append(one)
    return [group[0] if len(group) == 1 else _together(group) for group in groups.values()]


def _together(group: list[_Found]) -> _Found:
    """Return a wording found in several places at its surest one, with the other reports that say so."""
    surest = max(group, key=lambda one: one.sure)
    sides: dict[str, set[str]] = {}
    for one in group:
        for side, text in ((one.a, one.text_a), (one.b, one.text_b)):
            sides.setdefault(text.casefold(), set()).add(side.doc_id)
    others = (
        ", ".join(sorted(sides[text.casefold()] - {side.doc_id}))
        for side, text in ((surest.a, surest.text_a), (surest.b, surest.text_b))
    )
    others_a, others_b = others
    return surest._replace(others_a=others_a, others_b=others_b, n_slots=len({one.slot_id for one in group}))


def _discrepancies(read: "Edition", places: _Places) -> Iterator[_Found]:
    """Yield what differs in a slot by what it says."""
    own = (read.documents, read.tokens)
    table = find_discrepancies(read.slots, *own, mentions=read.mentions, parse=read.parse)
    grammar = Grammar(read.parse)
    for row in table.to_dict("records"):
        a, b = (_Side(row[f"doc_id_{s}"], row[f"start_char_{s}"], row[f"end_char_{s}"]) for s in "ab")
        kind, text_a, text_b, others_a, others_b, n_slots = (row[name] for name in TOLD)
        sure = places.strength.get((row["event_id"], row["slot_id"]), 0.0)
        said = (text_a, text_b, others_a, others_b)
        loose = places.loose(a, b)
        real = REAL.get(_class(grammar, kind, a, b, loose=loose))
        yield _Found(row["event_id"], row["slot_id"], a, b, kind, *said, n_slots, sure, real)


def _class(grammar: Grammar, kind: str, a: _Side, b: _Side, *, loose: bool) -> str:
    """Return the class of a difference, of which a share was real where they were judged.

    `loose` are those of slots that are only about the same fact: 12 of 17 judged ones were real.
    """
    if kind == "name" and a.doc_id == b.doc_id:
        return "name in one report"
    if loose and kind in ("number", "hedge"):
        return "number of one fact"
    return "number of two acts" if kind == "number" and not grammar.one_act(a, b) else kind


def _terms(read: "Edition", places: _Places) -> Iterator[_Found]:
    """Yield the listed terms of which one sentence has one and its nearest another, for one target."""
    if read.lists.terms.empty:
        return
    lists = (read.documents, read.lists.terms, read.voices, read.mentions)
    hits = find_framing_terms(*lists, sentences=read.sentences, parse=read.parse)
    changed = changed_terms(hits, read.alignments, read.sentences)
    known = by_report(hits, ["start_char", "end_char", "surface", "target"])
    events = dict(zip(read.documents["doc_id"], read.documents["event_id"], strict=True))
    for row in changed.to_dict("records"):
        a, b = (_term_side(row, side, known) for side in "ab")
        slot = places.common(a, b) if a and b else None
        if a and b and slot is not None:
            event = events[a.doc_id]
            sure = places.strength[event, slot] * min(1.0, row["cosine"] / SURE_LIKENESS)
            yield _Found(event, slot, a, b, "term", row["words_a"], row["words_b"], "", "", 1, sure, None)


def _term_side(row: dict[Any, Any], side: str, known: dict[str, list[tuple[Any, ...]]]) -> _Side | None:
    """Return where the one term of a side stands; None where there are several, or none."""
    doc_id, words = row[f"doc_id_{side}"], row[f"words_{side}"]
    start = row[f"start_char_{side}"]
    end = start + len(row[f"sentence_{side}"])
    for first, last, surface, target in known.get(doc_id, []):
        if surface == words and target == row["target"] and start <= first < end:
            return _Side(doc_id, first, last)
    return None


def _wordings(read: "Edition", places: _Places) -> Iterator[_Found]:
    """Yield the phrases that stand for another in two nearest sentences, inside one slot."""
    table = find_substitutions(read)
    # Sentences are aligned within a language, and slots hold all languages of an event.
    events = dict(zip(read.documents["doc_id"], read.documents["event_id"], strict=True))
    grammar, speakers = Grammar(read.parse), _Speakers(read)
    for row in table[table["kind"] == "wording"].to_dict("records"):
        a, b = (_Side(row[f"doc_id_{s}"], row[f"start_char_{s}"], row[f"end_char_{s}"]) for s in "ab")
        slot = places.common(a, b)
        said = row["phrase_a"], row["phrase_b"]
        # Two dates in words may be of one day; those that are not are found as dates, and numbers as numbers.
        dates = any(DATED & set(re.findall(r"\w+", phrase.casefold())) for phrase in said)
        numbers = any(map(_counts, said)) or all(map(_measured, said))
        if (
            slot is None
            or dates
            or numbers
            or _same_value(*said)
            or any(map(_cut_quotation, said))
            or speakers.differ(a, b)
        ):
            continue
        if grammar.in_one_role(a, b):
            event = events[a.doc_id]
            sure = places.strength[event, slot] * min(1.0, row["cosine"] / SURE_LIKENESS)
            yield _Found(event, slot, a, b, "wording", *said, "", "", 1, sure, REAL["wording"])
