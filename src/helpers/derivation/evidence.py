"""Evidence of who depends on whom: each find on a pair of reports, with its place in both."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

import numpy as np
from rapidfuzz.distance import LCSseq
from tqdm import tqdm

from helpers.derivation.finds import WHOLE, Case, Find, alike, turned
from helpers.derivation.measures import count_events
from helpers.derivation.pair import GRAM, GRAMS, WINDOW, Compared
from helpers.derivation.sourcing import find_sources
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

    def find(case: Case) -> Iterator[Find]:
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
    find: Callable[[Case], Iterator[Find]],
) -> Evidence:
    """Return what `find` yields on every pair, as the evidence table."""
    pairs: Iterator[Any] = measures.itertuples(index=False)
    rows = [
        _row(found, sides[row.doc_id_a], sides[row.doc_id_b])
        for row in tqdm(pairs, "evidence", len(measures), disable=len(measures) < QUIET)
        if row.doc_id_a in sides and row.doc_id_b in sides
        for pair in [compared.pair(row.doc_id_a, row.doc_id_b)]
        for found in find(Case(sides[row.doc_id_a], sides[row.doc_id_b], pair, row))
    ]
    return from_rows(rows, EvidenceTable)


def _traces(case: Case, slips: Mapping[str, int]) -> Iterator[Find]:
    """Yield what speaks for separate rendering, for dependence or for a direction."""
    a, b = case.a, case.b
    yield from _spellings(a, b)
    yield from _versions(a, b)
    yield from _quotations(a, b)
    yield from _rare(a, b, slips)
    yield from _one_sided(case)
    yield from turned(_one_sided(case.turned()))
    yield from find_sources(case)


def _row(find: Find, a: Witness, b: Witness) -> tuple[object, ...]:
    """Return a find as a row of the evidence table."""
    words = a.text[slice(*find.a)], b.text[slice(*find.b)]
    return (a.doc_id, b.doc_id, find.kind, find.supports, find.value, *find.a, *find.b, *words, find.note)


def _measured(case: Case) -> Iterator[Find]:
    """Yield the measures of the whole reports, containment both ways."""
    pair = case.measured
    for n in GRAMS:
        for share, end in zip(case.pair.containment[n], ("a", "b"), strict=True):
            note = f"share of the distinct {n}-grams of {end} that the other has"
            yield Find("containment", "shared wording", share, WHOLE, WHOLE, note)
    order = f"share of the pairs of {pair.n_tiles} tiles in the same order; one half is chance"
    yield Find("order kept", "shared wording", pair.order_kept, WHOLE, WHOLE, order)
    lcs = "longest common subsequence over the mean length"
    yield Find("common subsequence", "shared wording", pair.lcs_share, WHOLE, WHOLE, lcs)


def _runs(case: Case) -> Iterator[Find]:
    """Yield the longest runs of words that both share."""
    a, b, pair, _ = case
    for place, tile in enumerate(pair.tiles[:TILES_SHOWN]):
        if tile.length >= TILE_SHOWN or place == 0:
            span_a = a.span(tile.start_a, tile.start_a + tile.length)
            span_b = b.span(tile.start_b, tile.start_b + tile.length)
            kind = "tiles" if place else "longest run"
            note = "words in the same order, one after another"
            yield Find(kind, "shared wording", tile.length, span_a, span_b, note)


def _formulas(case: Case, known: tuple[Hashes, np.ndarray]) -> Iterator[Find]:
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
            yield Find("formula", "nothing", tile.length, span_a, span_b, note)


def _elsewhere(run: Hashes, known: tuple[Hashes, np.ndarray], own: int) -> bool:
    """Return whether all 3-grams of a run are found in more than its own number of events."""
    grams, n_events = known
    wanted = roll(run, n=GRAM)
    at = np.searchsorted(grams[:-1], wanted)
    return bool(len(grams)) and bool(((grams[at] == wanted) & (n_events[at] > own)).all())


def _windows(case: Case) -> Iterator[Find]:
    """Yield the 60 words of either report whose 3-grams are found most in the other."""
    a, b, pair, _ = case
    (share_a, first_a, after_a), (share_b, first_b, after_b) = pair.windows
    if share_a > 0:
        spans = a.span(first_a, after_a), b.span(first_b, after_b)
        note = f"densest {WINDOW} words of each; the larger share of 3-grams there that the other has"
        yield Find("closest window", "shared wording", max(share_a, share_b), *spans, note)


def _voiced(a: Witness, b: Witness) -> Iterator[Find]:
    """Yield the share of the words in shared 3-grams, quoted and narrated."""
    for side, other, end in ((a, b, "a"), (b, a, "b")):
        grams = roll(side.words, n=GRAM)
        hit, marks = np.isin(grams, roll(other.words, n=GRAM)), side.quoted[: len(grams)]
        for kind, here in (("quoted overlap", marks), ("narrated overlap", ~marks)):
            if here.any():
                note = f"share of the {int(here.sum())} 3-grams of {end} begun there that the other has"
                yield Find(kind, "shared wording", float(hit[here].mean()), WHOLE, WHOLE, note)


def _spellings(a: Witness, b: Witness) -> Iterator[Find]:
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
                yield Find("other spelling", "separate rendering", math.nan, *spans, f"{entity}: {uses}")


def _versions(a: Witness, b: Witness) -> Iterator[Find]:
    """Yield verses quoted by both, in other words: two translations of the verse were used."""
    for one, other in product(a.verses, b.verses):
        share = alike(a.words_in(one), b.words_in(other))
        if share < VERSION:
            note = "a verse quoted by both; share of words in common order"
            yield Find("other version", "separate rendering", share, one, other, note)


def _quotations(a: Witness, b: Witness) -> Iterator[Find]:
    """Yield the same quotation in other words: who copies keeps what stands between quotation marks."""
    shares = np.array([[alike(x, y) for _, y in b.quotations] for _, x in a.quotations])
    shares = shares.reshape(len(a.quotations), len(b.quotations))
    for row, column in np.argwhere(shares >= SAME_QUOTATION).tolist():
        share = float(shares[row, column])
        one, other = a.quotations[row][1], b.quotations[column][1]
        held = LCSseq.similarity(one, other) / min(len(one), len(other))
        nearest = share == shares[row].max() == shares[:, column].max()
        if nearest and max(share, held) < NEARLY_VERBATIM:
            spans = a.quotations[row][0], b.quotations[column][0]
            note = "one statement quoted by both; share of words in common order"
            yield Find("other words in quotation", "separate rendering", share, *spans, note)


def _rare(a: Witness, b: Witness, slips: Mapping[str, int]) -> Iterator[Find]:
    """Yield slips both make and no other report does: a name's odd spelling, a word set twice."""
    for slip in sorted(a.slips.keys() & b.slips.keys()):
        if slips[slip] == 2:
            yield Find("shared rare error", "dependence", math.nan, a.slips[slip], b.slips[slip], slip)


def _one_sided(case: Case) -> Iterator[Find]:
    """Yield what in a alone speaks of a source: seams, inherited spellings, orphan pronouns, credits."""
    a, b, pair, _ = case
    shared = pair.long_tiles(INHERITED)
    inside = [a.span(tile.start_a, tile.start_a + tile.length) for tile in shared]
    for usual, odd, spans in a.odd_spellings:
        note = f"{odd} for {usual}: a slip, or two sources in one report"
        yield Find("seam", "dependence", float(len(spans)), spans[0], WHOLE, note)
        held = [span for span in spans if any(start <= span[0] < end for start, end in inside)]
        if held and odd in b.name_words and usual not in b.name_words:
            note = f"{odd} for {usual}, within words shared with the report that spells it so throughout"
            yield Find("inherited error", "b to a", math.nan, held[0], WHOLE, note)
    for one in a.orphans:
        partner = _partner(shared, a, b, (one.start, one.end))
        if any(partner[0] <= place < partner[1] for place in b.people):
            note = "begins with a pronoun, names nobody before; the other report names someone here"
            yield Find("dangling reference", "b to a", math.nan, (one.start, one.end), partner, note)


def _partner(tiles: list[Tile], a: Witness, b: Witness, span: tuple[int, int]) -> tuple[int, int]:
    """Return the sentence of b that shares a tile with the span of a, or an empty span."""
    for tile in tiles:
        if span[0] <= a.start[tile.start_a] < span[1]:
            place = b.start[tile.start_b]
            return next(((one.start, one.end) for one in b.sentences if one.start <= place < one.end), WHOLE)
    return WHOLE
