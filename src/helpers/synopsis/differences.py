"""Names, numbers, dates, titles, scopes and terms that differ within a slot, compared by what they say."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby, permutations, product
from operator import attrgetter, itemgetter
from typing import NamedTuple

import pandas as pd

from helpers.names import Mentions
from helpers.synopsis.agreement import agree, only_hedged, respelt
from helpers.synopsis.causes import with_causes
from helpers.synopsis.grammar import Grammar
from helpers.synopsis.items import PLACE, UNSAID, Item, find_items
from helpers.synopsis.tables import DISCREPANCY_KINDS, Discrepancies, DiscrepanciesTable, Slots
from helpers.synopsis.values import Quantity
from helpers.table import conform, empty
from helpers.text import Documents, Parse, Tokens, by_report

__all__ = ["find_discrepancies"]
# The slots whose stretches are so alike that a number or date that only one of them gives is left out.
ALIKE = ("same", "near-verbatim", "reworded")
GIVEN = ("number", "date")
NAMED = ("name", "title", "term", "cause")
REPLACED = ("name", "number")
COUNTED = ("number", "hedge")
# One sum in two currencies is no difference; a number in digits that was not read may be the one left out.
MONEY = frozenset("$ € £ ¥".split())
LENGTHS = frozenset("mile kilom kilometer km".split())
UNREAD = re.compile(r"\d")
# After a span of time, or before another: which time is meant. Two of them may be of one day.
RELATIVE = frozenset("ago earlier early later late before after last previous previously".split())
# Acts of telling: each report tells of its own, announced on Friday, reported on Saturday, updated on Sunday.
SAID = frozenset(
    "say announce report indicate state declare confirm disclose reveal tell admit acknowledge write "
    "update post publish edit issue release".split()
)


class _Stretch(NamedTuple):
    """A stretch of a slot: its report, its place, how it relates to the others, what can differ in it."""

    doc_id: str
    start: int
    end: int
    relation: str
    items: list[Item]


Place = tuple[str, int]
Row = tuple[object, ...]


def find_discrepancies(
    slots: Slots, documents: Documents, tokens: Tokens, *, mentions: Mentions, parse: Parse
) -> Discrepancies:
    """Return the discrepancies table: what differs in a slot by what it says, whatever its form.

    They are differences, not errors of one side. Numbers are compared by their value and what they count,
    dates with the day of publication, names through their entities; names of two entities, and numbers of two
    things, only in the same place between the same words. Numbers, dates and scopes are compared where the
    stretches share wording. A number told with another hedge is of kind hedge; a number or date of a shared
    stretch that the other report gives nowhere is of kind omitted. Reports that say it in the same words are
    together, and one that recurs in an event is one row, with its number of slots. A name that one report
    spells in two ways is a row with that report on both sides.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    items = with_causes(find_items(tokens, mentions, parse, documents), parse, texts)
    grammar = Grammar(parse)
    known = _full_names(items)
    rows: list[Row] = []
    for place, stretches in _shared_slots(slots, items):
        found = [*_differing(stretches, known), *_replaced(stretches)]
        rows += [
            _row(place, kind, one, other)
            for kind, one, other in found
            if _one_thing(grammar, kind, one, other)
            and (kind not in COUNTED or _is_alike(stretches, one, other) or _of_one_act(grammar, one, other))
        ]
        rows += _omitted(place, stretches, items, grammar, texts)
    rows += _switches(slots, items, texts)
    return _counted(rows)


def _row(place: Place, kind: str, one: list[Item], other: list[Item]) -> Row:
    """Return a difference as a row of the table."""
    a, b = one[0], other[0]
    return (
        *place,
        a.doc_id,
        a.start,
        a.end,
        b.doc_id,
        b.start,
        b.end,
        kind,
        a.text,
        b.text,
        *_others(one, other),
    )


def _shared_slots(slots: Slots, items: Mapping[str, list[Item]]) -> Iterator[tuple[Place, list[_Stretch]]]:
    """Yield every shared slot (event, number) with its stretches."""
    shared = slots[slots["relation"] != "only here"].sort_values(["event_id", "slot_id"], kind="stable")
    names = ("event_id", "slot_id", "doc_id", "start_char", "end_char", "relation")
    columns = (shared[name].tolist() for name in names)
    for place, rows in groupby(zip(*columns, strict=True), key=itemgetter(0, 1)):
        yield (
            place,
            [
                _Stretch(doc_id, start, end, relation, _within(items.get(doc_id, []), start, end))
                for _, _, doc_id, start, end, relation in rows
            ],
        )


def _within(own: list[Item], start: int, end: int) -> list[Item]:
    """Return the items inside a stretch."""
    first = bisect_left(own, start, key=attrgetter("start"))
    last = bisect_left(own, end, key=attrgetter("start"))
    return [item for item in own[first:last] if item.end <= end]


def _full_names(items: Mapping[str, list[Item]]) -> dict[str, set[frozenset[str]]]:
    """Return by entity the names of several words that it has in the reports."""
    found: dict[str, set[frozenset[str]]] = {}
    for own in items.values():
        for item in own:
            if item.kind == "name" and item.key and isinstance(item.value, frozenset) and len(item.value) > 1:
                found.setdefault(item.key, set()).add(item.value)
    return found


def _differing(
    stretches: Sequence[_Stretch], full: Mapping[str, set[frozenset[str]]]
) -> Iterator[tuple[str, list[Item], list[Item]]]:
    """Yield kind and sides of the items of a slot that are of the same thing and say it differently.

    Items of one kind and key are compared as groups: where any of one side agrees with any of the other,
    there is no difference. Dates, which have no key, are compared if each side has one. Either side is a list
    of the items in the same words, one for each report, in their order.
    """
    for (kind, key), variants in sorted(_variants(stretches).items()):
        found: dict[tuple[str, str, str], tuple[list[Item], list[Item]]] = {}
        for (said_a, a), (said_b, b) in combinations(variants.items(), 2):
            differs = (
                _difference(kind, a[0], b[0], full.get(key, set()))
                if key or len(a[0]) == len(b[0]) == 1
                else ""
            )
            if differs:
                sides = found.setdefault((differs, said_a[0], said_b[0]), ([], []))
                for side, of_reports in zip(sides, (a, b), strict=True):
                    side += [group[0] for group in of_reports]
        yield from ((differs, *sides) for (differs, _, _), sides in found.items())


def _replaced(stretches: Sequence[_Stretch]) -> Iterator[tuple[str, list[Item], list[Item]]]:
    """Yield kind and sides of names and numbers in whose place another report has another, of another key.

    A name or number that the other report has too, elsewhere in its stretch, is not replaced.
    """
    alike = [stretch for stretch in stretches if stretch.relation in ALIKE]
    for one, other in combinations(alike, 2):
        if one.doc_id != other.doc_id:
            pairs = product(_free(one, other), _free(other, one))
            yield from ((a.kind, [a], [b]) for a, b in pairs if _is_replaced(a, b))


def _is_replaced(one: Item, other: Item) -> bool:
    """Return whether two items, not of one thing, are in one place and say different things."""
    same_thing = one.key == other.key != ""
    return (
        one.kind == other.kind
        and not same_thing
        and not {one.key, other.key} <= MONEY
        and not {one.key, other.key} <= LENGTHS
        and _same_place(one, other)
        and not agree(one, other, set())
    )


def _free(one: _Stretch, other: _Stretch) -> list[Item]:
    """Return the names and numbers of a stretch whose thing, or whose words, the other does not have."""
    keys = {(item.kind, item.key) for item in other.items if item.key}
    values = {item.value for item in other.items}
    return [
        item
        for item in one.items
        if item.kind in REPLACED and (item.kind, item.key) not in keys and item.value not in values
    ]


def _variants(
    stretches: Sequence[_Stretch],
) -> dict[tuple[str, str], dict[tuple[str, ...], list[list[Item]]]]:
    """Return by kind and key what the stretches say, and the items of each report that says so."""
    found: dict[tuple[str, str], dict[tuple[str, ...], list[list[Item]]]] = {}
    own: dict[tuple[str, str, str], list[Item]] = {}
    for stretch in stretches:
        for item in stretch.items:
            if item.key if item.kind in NAMED or item.kind == "number" else stretch.relation in ALIKE:
                own.setdefault((item.doc_id, item.kind, item.key), []).append(item)
    for (_, kind, key), group in own.items():
        said = tuple(item.text.casefold() for item in group)
        found.setdefault((kind, key), {}).setdefault(said, []).append(group)
    return found


def _difference(kind: str, one: list[Item], other: list[Item], full: set[frozenset[str]]) -> str:
    """Return the kind of the difference between two sides, empty if any two of them agree."""
    agreeing = [(a.value, b.value) for a in one for b in other if agree(a, b, full)]
    if not agreeing:
        return kind
    return "hedge" if all(only_hedged(*values) for values in agreeing) else ""


def _same_place(one: Item, other: Item) -> bool:
    """Return whether two words before or after both items are the same, or one on each side."""
    before = [a == b != "" for a, b in zip(one.before, other.before, strict=True)]
    after = [a == b != "" for a, b in zip(one.after, other.after, strict=True)]
    return all(before) or all(after) or (before[-1] and after[0])


def _others(one: list[Item], other: list[Item]) -> Iterator[str]:
    """Yield for either side of a difference the reports that say it, but the first."""
    for side in (one, other):
        yield ", ".join(sorted({item.doc_id for item in side} - {side[0].doc_id}))


def _one_thing(grammar: Grammar, kind: str, one: list[Item], other: list[Item]) -> bool:
    """Return whether two sides are told of one thing, as far as the parse says."""
    if kind == "date":
        return _one_act(grammar, one[0], other[0])
    if kind == "name":
        return grammar.one_where(_place(one[0]), _place(other[0]))
    if kind not in ("number", "hedge"):
        return True
    sides = [{grammar.governor(_place(item)) for item in side} for side in (one, other)]
    alone = one[0].key not in UNSAID or bool(sides[0] & sides[1])
    return alone and grammar.one_count(_place(one[0]), _place(other[0]))


def _is_alike(stretches: Sequence[_Stretch], one: list[Item], other: list[Item]) -> bool:
    """Return whether the stretches of two sides share wording, and not only a fact."""
    return all(
        stretch.relation in ALIKE
        for stretch, item in product(stretches, (one[0], other[0]))
        if stretch.doc_id == item.doc_id and stretch.start <= item.start < stretch.end
    )


def _of_one_act(grammar: Grammar, one: list[Item], other: list[Item]) -> bool:
    """Return whether two numbers depend on one telling verb or noun: "replace 17 vessels", "replace 19"."""
    return grammar.one_act(_place(one[0]), _place(other[0]))


def _one_act(grammar: Grammar, one: Item, other: Item) -> bool:
    """Return whether two dates are told of one act: of the same verb, and that not one of telling.

    A date on a line of its own is of no act. In a report that no model read, acts are not known.
    """
    if not (grammar.reads(one.doc_id) and grammar.reads(other.doc_id)):
        return True
    acts = {grammar.governor(_place(item)) for item in (one, other)}
    return len(acts) == 1 and not acts & {"", *SAID}


def _omitted(
    place: Place,
    stretches: Sequence[_Stretch],
    items: Mapping[str, list[Item]],
    grammar: Grammar,
    texts: Mapping[str, str],
) -> Iterator[Row]:
    """Yield the numbers and dates of a shared stretch that another report gives nowhere.

    What they belong to, the verb or the thing counted with what that depends on, the other stretch has too.
    """
    alike = [stretch for stretch in stretches if stretch.relation in ALIKE]
    for one, other in permutations(alike, 2):
        if one.doc_id == other.doc_id:
            continue
        has = {item.kind for item in other.items}
        unread = _unread_numbers(other, texts[other.doc_id])
        lemmas = grammar.lemmas(other.doc_id, other.start, other.end)
        for item in one.items:
            if item.kind not in GIVEN or item.kind in has or (unread and item.kind == "number"):
                continue
            if not _given(item, items[other.doc_id]) and _may_be_left_out(grammar, item, lemmas):
                there = other.doc_id, other.start, other.end
                yield (*place, item.doc_id, item.start, item.end, *there, "omitted", item.text, "", "", "")


def _may_be_left_out(grammar: Grammar, item: Item, lemmas: set[str]) -> bool:
    """Return whether a stretch with these words tells what a number or date belongs to, and not in words."""
    if _said_when(grammar, item) or _both(item, lemmas):
        return False
    relative = item.kind == "number" and item.after[0] in RELATIVE
    return not (relative and lemmas & RELATIVE) and grammar.belongs(_place(item), lemmas)


def _said_when(grammar: Grammar, item: Item) -> bool:
    """Return whether a date is of an act of telling."""
    return item.kind == "date" and grammar.act(*_place(item)) in SAID


def _both(item: Item, lemmas: set[str]) -> bool:
    """Return whether a stretch of these words says "both" for the two of a number."""
    return isinstance(item.value, Quantity) and item.value.value == len("ab") and "both" in lemmas


def _unread_numbers(stretch: _Stretch, text: str) -> bool:
    """Return whether a stretch has digits outside of its items."""
    taken = [(item.start, item.end) for item in stretch.items]
    return any(
        not any(start <= match.start() + stretch.start < end for start, end in taken)
        for match in UNREAD.finditer(text[stretch.start : stretch.end])
    )


def _place(item: Item) -> tuple[str, int, int]:
    """Return where an item stands."""
    return item.doc_id, item.start, item.end


def _given(item: Item, report: list[Item]) -> bool:
    """Return whether a report gives the value of an item anywhere."""
    return any(other.kind == item.kind and agree(item, other, set()) for other in report)


def _switches(slots: Slots, items: dict[str, list[Item]], texts: Mapping[str, str]) -> list[Row]:
    """Return the names that one report spells in two ways: first use of the one, first use of the other."""

    def beside(one: Item, other: Item) -> bool:
        low, high = min(one.end, other.end), max(one.start, other.start)
        return not re.search(r"[.!?\n]", texts[one.doc_id][low:high])

    stretches = by_report(slots, [*PLACE, "event_id", "slot_id"])
    rows: list[Row] = []
    for doc_id, own in items.items():
        groups: dict[str, list[Item]] = {}
        for item in own:
            if item.kind == "name" and item.key:
                groups.setdefault(item.key, []).append(item)
        for group in groups.values():
            a = group[0]
            # Two names in one sentence are two people: Erica Garner, the daughter of Eric Garner.
            for b in [b for b in group if respelt(a, b) and not beside(a, b)][:1]:
                at = [where for start, end, *where in stretches.get(doc_id, ()) if start <= b.start < end]
                ends = (doc_id, a.start, a.end, doc_id, b.start, b.end)
                rows += [(*where, *ends, "name", a.text, b.text, "", "") for where in at]
    return rows


def _counted(rows: list[Row]) -> Discrepancies:
    """Return the table of rows, each difference of an event once, at its first place, with its slots."""
    if not rows:
        return empty(DiscrepanciesTable)
    names = [name for name in DiscrepanciesTable.to_schema().columns if name != "n_slots"]
    frame = pd.DataFrame(rows, columns=names)
    within = frame["doc_id_a"].where(frame["doc_id_a"] == frame["doc_id_b"], "")
    left_out = frame["doc_id_b"].where(frame["kind"] == "omitted", "")
    texts = (frame[name].str.casefold() for name in ("text_a", "text_b"))
    same = [frame["event_id"], within.rename("within"), left_out.rename("left out"), frame["kind"], *texts]
    frame["n_slots"] = frame.groupby(same)["slot_id"].transform("nunique")
    first = ~pd.concat(same, axis=1).duplicated()
    order = frame["kind"].map({kind: place for place, kind in enumerate(DISCREPANCY_KINDS)})
    ordered = frame[first].assign(order=order).sort_values(["event_id", "order", "slot_id"], kind="stable")
    return conform(ordered, DiscrepanciesTable)
