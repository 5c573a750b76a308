"""Evidence of who depends on whom: each find on a pair of reports, with its place in both."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq
from tqdm import tqdm

from helpers.derivation.credits import finder, names_report, other_name
from helpers.derivation.measures import BEYOND_CHANCE, count_events
from helpers.derivation.pair import GRAM, GRAMS, WINDOW, Compared, Pair
from helpers.derivation.tables import Evidence, EvidenceTable, PairMeasures
from helpers.derivation.tiles import QUIET, Tile
from helpers.derivation.witness import (
    NEARLY_VERBATIM,
    SAME_QUOTATION,
    VERSION,
    Witness,
    are_variants,
    witnesses,
)
from helpers.names import Mentions
from helpers.pairs import Hashes, roll
from helpers.table import UNKNOWN, from_rows
from helpers.text import Documents, Sentences

__all__ = ["find_traces", "find_wording"]
TILES_SHOWN, TILE_SHOWN = 5, 6
INHERITED = 5
AGENCY = re.compile(r"\b(?:Agencies|agency reports?|news agency|wire services?)\b")
WHOLE = (0, 0)
# Letters of a date: 2025-07-23.
DAY = 10


class _Find(NamedTuple):
    """Something found on a pair: what, for what it speaks, its value, its span in a and in b, and why."""

    kind: str
    supports: str
    value: float
    a: tuple[int, int]
    b: tuple[int, int]
    note: str


class _Case(NamedTuple):
    """Two reports as evidence is looked for in them, what they share, and their measures."""

    a: Witness
    b: Witness
    pair: Pair
    measured: Any

    def turned(self) -> "_Case":
        """Return the case with a and b exchanged."""
        return self._replace(a=self.b, b=self.a, pair=self.pair.turned())


def find_wording(
    measures: PairMeasures,
    compared: Compared,
    documents: Documents,
    sentences: Sentences,
    mentions: Mentions,
) -> Evidence:
    """Return the wording that every pair of `measures` shares, each row with its place in both reports.

    An empty span stands for the whole report. Pairs of two events have no formulas.
    """
    events = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    known = count_events(compared.words, events, n=GRAM)

    def find(case: _Case) -> Iterator[_Find]:
        yield from _measured(case)
        yield from _runs(case)
        yield from _windows(case)
        yield from _voiced(case.a, case.b)
        if case.measured.events != "different":
            yield from _formulas(case, known)

    return _found(measures, compared, witnesses(compared, documents, sentences, mentions), find)


def find_traces(
    measures: PairMeasures,
    compared: Compared,
    documents: Documents,
    sentences: Sentences,
    mentions: Mentions,
) -> Evidence:
    """Return the evidence for separate rendering, dependence or direction on every pair of `measures`.

    An empty span stands for the whole report, or for nothing on that side, as the note says. Pairs of two
    events have none.
    """
    sides = witnesses(compared, documents, sentences, mentions)
    slips = Counter(slip for side in sides.values() for slip in side.slips)
    own = measures[measures["events"] != "different"]
    return _found(own, compared, sides, lambda case: _traces(case, slips))


def _found(
    measures: PairMeasures,
    compared: Compared,
    sides: Mapping[str, Witness],
    find: Callable[[_Case], Iterator[_Find]],
) -> Evidence:
    """Return what `find` yields on every pair, as the evidence table."""
    pairs: Iterator[Any] = measures.itertuples(index=False)
    rows = [
        _row(found, sides[row.doc_id_a], sides[row.doc_id_b])
        for row in tqdm(pairs, "evidence", len(measures), disable=len(measures) < QUIET)
        if row.doc_id_a in sides and row.doc_id_b in sides
        for pair in [compared.pair(row.doc_id_a, row.doc_id_b)]
        for found in find(_Case(sides[row.doc_id_a], sides[row.doc_id_b], pair, row))
    ]
    return from_rows(rows, EvidenceTable)


def _traces(case: _Case, slips: Mapping[str, int]) -> Iterator[_Find]:
    """Yield what speaks for separate rendering, for dependence or for a direction."""
    a, b = case.a, case.b
    yield from _spellings(a, b)
    yield from _versions(a, b)
    yield from _quotations(a, b)
    yield from _rare(a, b, slips)
    yield from _one_sided(case)
    yield from _turned(_one_sided(case.turned()))
    yield from _earlier(a, b)
    yield from _sources(case)


def _row(find: _Find, a: Witness, b: Witness) -> tuple[object, ...]:
    """Return a find as a row of the evidence table."""
    words = a.text[slice(*find.a)], b.text[slice(*find.b)]
    return (a.doc_id, b.doc_id, find.kind, find.supports, find.value, *find.a, *find.b, *words, find.note)


def _turned(finds: Iterator[_Find]) -> Iterator[_Find]:
    """Yield finds made with a and b exchanged."""
    other = {"a to b": "b to a", "b to a": "a to b"}
    for find in finds:
        yield find._replace(supports=other.get(find.supports, find.supports), a=find.b, b=find.a)


def _measured(case: _Case) -> Iterator[_Find]:
    """Yield the measures of the whole reports, containment both ways."""
    pair = case.measured
    for n in GRAMS:
        for share, end in zip(case.pair.containment[n], ("a", "b"), strict=True):
            note = f"share of the distinct {n}-grams of {end} that the other has"
            yield _Find("containment", "shared wording", share, WHOLE, WHOLE, note)
    order = f"share of the pairs of {pair.n_tiles} tiles in the same order; one half is chance"
    yield _Find("order kept", "shared wording", pair.order_kept, WHOLE, WHOLE, order)
    lcs = "longest common subsequence over the mean length"
    yield _Find("common subsequence", "shared wording", pair.lcs_share, WHOLE, WHOLE, lcs)


def _runs(case: _Case) -> Iterator[_Find]:
    """Yield the longest runs of words that both share."""
    a, b, pair, _ = case
    for place, tile in enumerate(pair.tiles[:TILES_SHOWN]):
        if tile.length >= TILE_SHOWN or place == 0:
            span_a = a.span(tile.start_a, tile.start_a + tile.length)
            span_b = b.span(tile.start_b, tile.start_b + tile.length)
            kind = "tiles" if place else "longest run"
            note = "words in the same order, one after another"
            yield _Find(kind, "shared wording", tile.length, span_a, span_b, note)


def _formulas(case: _Case, known: tuple[Hashes, np.ndarray]) -> Iterator[_Find]:
    """Yield the longest shared runs that reports of other events have too, each once.

    `known` are the 3-grams of the reports whose event is known, and the number of events each is found in.
    """
    a, b, pair, _ = case
    own = len({a.event_id, b.event_id} - {UNKNOWN})
    seen: set[str] = set()
    for tile in pair.tiles:
        run = slice(tile.start_a, tile.start_a + tile.length)
        words = " ".join(a.norms[run])
        if len(seen) < TILES_SHOWN and words not in seen and _elsewhere(a.words[run], known, own):
            seen.add(words)
            span_a = a.span(tile.start_a, tile.start_a + tile.length)
            span_b = b.span(tile.start_b, tile.start_b + tile.length)
            note = "words also found in reports of other events; they weigh nothing"
            yield _Find("formula", "nothing", tile.length, span_a, span_b, note)


def _elsewhere(run: Hashes, known: tuple[Hashes, np.ndarray], own: int) -> bool:
    """Return whether all 3-grams of a run are found in more than its own number of events."""
    grams, n_events = known
    wanted = roll(run, n=GRAM)
    at = np.searchsorted(grams[:-1], wanted)
    return bool(len(grams)) and bool(((grams[at] == wanted) & (n_events[at] > own)).all())


def _windows(case: _Case) -> Iterator[_Find]:
    """Yield the 60 words of either report whose 3-grams are found most in the other."""
    a, b, pair, _ = case
    (share_a, first_a, after_a), (share_b, first_b, after_b) = pair.windows
    if share_a > 0:
        spans = a.span(first_a, after_a), b.span(first_b, after_b)
        note = f"densest {WINDOW} words of each; the larger share of 3-grams there that the other has"
        yield _Find("closest window", "shared wording", max(share_a, share_b), *spans, note)


def _voiced(a: Witness, b: Witness) -> Iterator[_Find]:
    """Yield the share of the words in shared 3-grams, quoted and narrated."""
    for side, other, end in ((a, b, "a"), (b, a, "b")):
        grams = roll(side.words, n=GRAM)
        hit, marks = np.isin(grams, roll(other.words, n=GRAM)), side.quoted[: len(grams)]
        for kind, here in (("quoted overlap", marks), ("narrated overlap", ~marks)):
            if here.any():
                note = f"share of the {int(here.sum())} 3-grams of {end} begun there that the other has"
                yield _Find(kind, "shared wording", float(hit[here].mean()), WHOLE, WHOLE, note)


def _spellings(a: Witness, b: Witness) -> Iterator[_Find]:
    """Yield entities of which each report prefers its own spelling."""
    for entity in sorted(a.names.keys() & b.names.keys()):
        words_a, words_b = a.names[entity], b.names[entity]
        for one, other in product(sorted(words_a), sorted(words_b)):
            kept = (
                len(words_a[one]) > len(words_a.get(other, [])),
                len(words_b[other]) > len(words_b.get(one, [])),
            )
            if all(kept) and are_variants(one, other):
                uses = f"{len(words_a[one])} and {len(words_b[other])} uses"
                spans = words_a[one][0], words_b[other][0]
                yield _Find("other spelling", "separate rendering", math.nan, *spans, f"{entity}: {uses}")


def _versions(a: Witness, b: Witness) -> Iterator[_Find]:
    """Yield verses quoted by both, in other words: two translations of the verse were used."""
    for one, other in product(a.verses, b.verses):
        share = _alike(a.words_in(one), b.words_in(other))
        if share < VERSION:
            note = "a verse quoted by both; share of words in common order"
            yield _Find("other version", "separate rendering", share, one, other, note)


def _quotations(a: Witness, b: Witness) -> Iterator[_Find]:
    """Yield the same quotation in other words: who copies keeps what stands between quotation marks."""
    alike = np.array([[_alike(x, y) for _, y in b.quotations] for _, x in a.quotations])
    alike = alike.reshape(len(a.quotations), len(b.quotations))
    for row, column in np.argwhere(alike >= SAME_QUOTATION).tolist():
        share = float(alike[row, column])
        one, other = a.quotations[row][1], b.quotations[column][1]
        held = LCSseq.similarity(one, other) / min(len(one), len(other))
        nearest = share == alike[row].max() == alike[:, column].max()
        if nearest and max(share, held) < NEARLY_VERBATIM:
            spans = a.quotations[row][0], b.quotations[column][0]
            note = "one statement quoted by both; share of words in common order"
            yield _Find("other words in quotation", "separate rendering", share, *spans, note)


def _alike(one: list[str], other: list[str]) -> float:
    """Return twice the longest common subsequence over the words of both, 0 to 1."""
    total = len(one) + len(other)
    return 2 * LCSseq.similarity(one, other) / total if total else 0.0


def _rare(a: Witness, b: Witness, slips: Mapping[str, int]) -> Iterator[_Find]:
    """Yield slips both make and no other report does: a name's odd spelling, a word set twice."""
    for slip in sorted(a.slips.keys() & b.slips.keys()):
        if slips[slip] == 2:
            yield _Find("shared rare error", "dependence", math.nan, a.slips[slip], b.slips[slip], slip)


def _one_sided(case: _Case) -> Iterator[_Find]:
    """Yield what in a alone speaks of a source: seams, inherited spellings, orphan pronouns, credits."""
    a, b, pair, _ = case
    shared = pair.long_tiles(INHERITED)
    inside = [a.span(tile.start_a, tile.start_a + tile.length) for tile in shared]
    for usual, odd, spans in a.odd_spellings:
        note = f"{odd} for {usual}: a slip, or two sources in one report"
        yield _Find("seam", "dependence", float(len(spans)), spans[0], WHOLE, note)
        held = [span for span in spans if any(start <= span[0] < end for start, end in inside)]
        if held and odd in b.name_words and usual not in b.name_words:
            note = f"{odd} for {usual}, within words shared with the report that spells it so throughout"
            yield _Find("inherited error", "b to a", math.nan, held[0], WHOLE, note)
    for one in a.orphans:
        partner = _partner(shared, a, b, (one.start, one.end))
        if any(partner[0] <= place < partner[1] for place in b.people):
            note = "begins with a pronoun, names nobody before; the other report names someone here"
            yield _Find("dangling reference", "b to a", math.nan, (one.start, one.end), partner, note)
    yield from _credits(a, b)


def _partner(tiles: list[Tile], a: Witness, b: Witness, span: tuple[int, int]) -> tuple[int, int]:
    """Return the sentence of b that shares a tile with the span of a, or an empty span."""
    for tile in tiles:
        if span[0] <= a.start[tile.start_a] < span[1]:
            place = b.start[tile.start_b]
            return next(((one.start, one.end) for one in b.sentences if one.start <= place < one.end), WHOLE)
    return WHOLE


def _credits(a: Witness, b: Witness) -> Iterator[_Find]:
    """Yield the credit lines of a: to b's outlet, or to agencies that it does not name."""
    for one in a.crediting:
        if found := AGENCY.search(one.text):
            span = (one.start + found.start(), one.start + found.end())
            note = "names a source that is not among the reports"
            yield _Find("credit line", "dependence", math.nan, span, WHOLE, note)
    outlet = b.outlet if b.outlet not in (UNKNOWN, a.outlet) else ""
    for one in a.sentences if outlet and outlet in a.text else ():
        found = finder(outlet).search(one.text)
        around = (one.text[: found.start()], one.text[found.end() :]) if found else ("", "")
        if found and (one in a.crediting or names_report(*around)):
            span = (one.start + found.start(), one.start + found.end())
            if other := other_name(*around):
                yield _Find("credit line", "nothing", math.nan, span, WHOLE, other)
            else:
                note = "names the other report's outlet"
                yield _Find("credit line", "b to a", math.nan, span, WHOLE, note)


def _sources(case: _Case) -> Iterator[_Find]:
    """Yield the agencies that either credits, a translation that it names, and one address of both."""
    a, b, _, _ = case
    for name, (span, whole) in sorted(a.agencies.items()):
        yield _Find("agency", "dependence" if whole else "nothing", math.nan, span, WHOLE, name)
    for name, (span, whole) in sorted(b.agencies.items()):
        yield _Find("agency", "dependence" if whole else "nothing", math.nan, WHOLE, span, name)
    yield from _releases(case)
    yield from _turned(_releases(case.turned()))
    note = "speaks of a translation"
    if a.translation:
        yield _Find("translation named", "separate rendering", math.nan, a.translation, WHOLE, note)
    if b.translation:
        yield _Find("translation named", "separate rendering", math.nan, WHOLE, b.translation, note)
    if a.address and a.address == b.address:
        way = next((find.supports for find in _earlier(a, b)), "dependence")
        yield _Find("one address", way, math.nan, WHOLE, WHOLE, "versions of one page")


def _releases(case: _Case) -> Iterator[_Find]:
    """Yield whether a is a press release, or names one next to words that b has too outside quotations.

    Where what both have names it too, it is a report on the statement that both have.
    """
    a, b, _, _ = case
    if a.release:
        yield _Find("press release", "dependence", math.nan, WHOLE, WHOLE, f"{a.doc_id}: {a.release}")
    runs = _told_runs(case) if a.releases else []
    beside = [(words, near) for words, near in a.releases if _meets(runs, near) and not _meets(runs, words)]
    for words, _ in beside[:1]:
        note = "named next to words that both have outside quotations"
        yield _Find("press release", "dependence", math.nan, words, WHOLE, note)
    for _, near in beside if b.release and b.outlet not in (UNKNOWN, a.outlet) else ():
        if found := finder(b.outlet).search(a.text, *near):
            note = "names who handed out the other text, and a statement"
            yield _Find("credit line", "b to a", math.nan, found.span(), WHOLE, note)
            return


def _meets(spans: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Return whether any of the spans has a character of `span`."""
    return any(start < span[1] and span[0] < end for start, end in spans)


def _told_runs(case: _Case) -> list[tuple[int, int]]:
    """Return where a has words of b in a run that is more than a phrase, without those that both quote."""
    a, b, pair, _ = case
    spans = []
    for i, j, length in pair.long_tiles(BEYOND_CHANCE):
        told = ~(a.quoted[i : i + length] & b.quoted[j : j + length])
        if told.sum() >= BEYOND_CHANCE:
            spans.append(a.span(i, i + length))
    return spans


def _earlier(a: Witness, b: Witness) -> Iterator[_Find]:
    """Yield which report is earlier, if their times, as precisely as they are known, do not overlap."""
    first, second = a.period, b.period
    if first is None or second is None:
        return
    for early, late, way in ((first, second, "a to b"), (second, first, "b to a")):
        if early[1] <= late[0]:
            hours = (late[0] - early[1]).total_seconds() / 3600
            note = f"published {a.published} and {b.published}; at least {hours:.1f} hours apart"
            yield _Find("earlier time", way, hours, WHOLE, WHOLE, note)
            return
    days = a.published[:DAY], b.published[:DAY]
    if days[0] != days[1] and min(map(len, days)) == DAY:
        way = "a to b" if days[0] < days[1] else "b to a"
        note = f"published {a.published} and {b.published}, zones not known"
        yield _Find("earlier date", way, math.nan, WHOLE, WHOLE, note)
