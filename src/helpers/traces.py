"""Traces of who depends on whom: each find on a pair of reports, with its place in both."""

import math
import re
from collections.abc import Hashable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from helpers import reuse
from helpers.fingerprints import Hashes, roll
from helpers.overlap import GRAM, WINDOW, densest_window, hash_words, mark_quoted
from helpers.schema import UNKNOWN, Evidence, from_rows

__all__ = ["gather_evidence"]

TILES_SHOWN, TILE_SHOWN = 5, 6
SPELLING, VERSION = 75, 0.6
SAME_QUOTATION, NEARLY_VERBATIM, QUOTATION = 0.4, 0.9, 8
INHERITED = 5
VERSE = re.compile(
    r"\b(?:verses?|ayah?|surahs?|sura|scriptures?|psalms?|gospel|proverbs?)\b[^.“‘\"'\n]{0,40}"
    r"(?:“(?P<double>[^“”\n]{15,400})”|‘(?P<single>(?:[^‘’\n]|’(?=\w)){15,400})’"
    r"|\"(?P<plain>[^\"\n]{15,400})\"|'(?P<straight>(?:[^'\n]|'(?=\w)){15,400})')",
    re.I,
)
AGENCY = re.compile(
    r"\b(?:Agencies|agency reports?|news agency|wire services?|Reuters|Associated Press"
    r"|AFP|Xinhua|TASS|dpa)\b"
)
CREDIT_CUE = re.compile(
    r"\b(?:according to|reported|reports|citing|cited|quoting|quoted by|via|source|courtesy of|told)\b",
    re.I,
)
PRONOUN = re.compile(r"\W*(?:He|She|They)\b")
WHOLE = (0, 0)


class _Sentence(NamedTuple):
    """A sentence of a report."""

    paragraph_id: int
    zone: str
    start: int
    end: int
    text: str


class _Side(NamedTuple):
    """A report as evidence is looked for in it."""

    doc_id: str
    text: str
    outlet: str
    published: str
    event_id: str
    start: np.ndarray
    end: np.ndarray
    norms: list[str]
    words: Hashes
    quoted: np.ndarray
    voices: pd.DataFrame
    mentions: pd.DataFrame
    sentences: list[_Sentence]

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Return the characters from word `first` to before word `after`."""
        return (int(self.start[first]), int(self.end[after - 1])) if after > first else (0, 0)


class _Find(NamedTuple):
    """Something found on a pair: what, for what it speaks, its value, its span in a and in b, and why."""

    kind: str
    supports: str
    value: float
    a: tuple[int, int]
    b: tuple[int, int]
    note: str


def gather_evidence(
    measures: pd.DataFrame,
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """Return the evidence on every pair of `measures`, each row with its place in both reports.

    An empty span stands for the whole report, or for nothing on that side, as the note says. Pairs of two
    events have only the rows that measure shared wording.
    """
    sides = _sides(documents, tokens, voices, mentions, sentences)
    rows: list[tuple[object, ...]] = []
    for pair in measures.to_dict("records"):
        if pair["doc_id_a"] in sides and pair["doc_id_b"] in sides:
            a, b = sides[pair["doc_id_a"]], sides[pair["doc_id_b"]]
            finds = [*_measured(pair, a, b), *_runs(a, b), *_windows(a, b), *_voiced(a, b)]
            if pair["events"] != "different":
                finds += [
                    *_formulas(a, b, sides),
                    *_spellings(a, b),
                    *_versions(a, b),
                    *_quotations(a, b),
                    *_rare(a, b, sides),
                ]
                finds += [*_one_sided(a, b), *_turned(_one_sided(b, a)), *_earlier(a, b)]
            rows += [_row(find, a, b) for find in finds]
    return from_rows(rows, Evidence)


def _sides(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
) -> dict[str, _Side]:
    """Return every report with its own rows of the tables."""
    words, quoted = hash_words(tokens), mark_quoted(tokens, voices)
    tables = [table.groupby("doc_id") for table in (tokens, voices, mentions, sentences)]
    own = [{str(name): rows for name, rows in table} for table in tables]
    columns = ("doc_id", "text", "outlet", "published", "event_id")
    sides = {}
    for doc_id, text, outlet, published, event_id in zip(*(documents[name] for name in columns), strict=True):
        rows = own[0].get(doc_id, tokens.iloc[:0])
        said = own[3].get(doc_id, sentences.iloc[:0])
        parts = ("paragraph_id", "zone", "start_char", "end_char", "text")
        sides[doc_id] = _Side(
            doc_id=doc_id,
            text=text,
            outlet=outlet,
            published=published,
            event_id=event_id,
            start=rows["start_char"].to_numpy(int),
            end=rows["end_char"].to_numpy(int),
            norms=rows["norm"].tolist(),
            words=words.get(doc_id, np.zeros(0, np.uint64)),
            quoted=quoted.get(doc_id, np.zeros(0, bool)),
            voices=own[1].get(doc_id, voices.iloc[:0]),
            mentions=own[2].get(doc_id, mentions.iloc[:0]),
            sentences=[_Sentence(*values) for values in zip(*(said[part] for part in parts), strict=True)],
        )
    return sides


def _row(find: _Find, a: _Side, b: _Side) -> tuple[object, ...]:
    """Return a find as a row of the evidence table."""
    words = a.text[slice(*find.a)], b.text[slice(*find.b)]
    return (a.doc_id, b.doc_id, find.kind, find.supports, find.value, *find.a, *find.b, *words, find.note)


def _turned(finds: Iterator[_Find]) -> Iterator[_Find]:
    """Yield finds made with a and b exchanged."""
    other = {"a to b": "b to a", "b to a": "a to b"}
    for find in finds:
        yield find._replace(supports=other.get(find.supports, find.supports), a=find.b, b=find.a)


def _measured(pair: Mapping[Hashable, float], a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield the measures of the whole reports, containment both ways."""
    for n in reuse.GRAMS:
        grams = np.unique(roll(a.words, n=n)), np.unique(roll(b.words, n=n))
        for share, end in zip(reuse.containment(*grams), ("a", "b"), strict=True):
            note = f"share of the distinct {n}-grams of {end} that the other has"
            yield _Find("containment", "shared wording", share, WHOLE, WHOLE, note)
    order = f"share of the pairs of {pair['n_tiles']} tiles in the same order; one half is chance"
    yield _Find("order kept", "shared wording", pair["order_kept"], WHOLE, WHOLE, order)
    lcs = "longest common subsequence over the mean length"
    yield _Find("common subsequence", "shared wording", pair["lcs_share"], WHOLE, WHOLE, lcs)


def _runs(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield the longest runs of words that both share."""
    for place, tile in enumerate(reuse.shared_tiles(a.words, b.words)[:TILES_SHOWN]):
        if tile.length >= TILE_SHOWN or place == 0:
            span_a = a.span(tile.start_a, tile.start_a + tile.length)
            span_b = b.span(tile.start_b, tile.start_b + tile.length)
            kind = "tiles" if place else "longest run"
            note = "words in the same order, one after another"
            yield _Find(kind, "shared wording", tile.length, span_a, span_b, note)


def _formulas(a: _Side, b: _Side, sides: Mapping[str, _Side]) -> Iterator[_Find]:
    """Yield the longest shared runs that reports of other events have too, each once."""
    known = {a.event_id, b.event_id, UNKNOWN}
    others = [roll(side.words, n=GRAM) for side in sides.values() if side.event_id not in known]
    elsewhere = np.unique(np.concatenate([np.zeros(0, np.uint64), *others]))
    seen: set[str] = set()
    for tile in reuse.shared_tiles(a.words, b.words):
        run = a.words[tile.start_a : tile.start_a + tile.length]
        words = " ".join(a.norms[tile.start_a : tile.start_a + tile.length])
        if len(seen) < TILES_SHOWN and words not in seen and np.isin(roll(run, n=GRAM), elsewhere).all():
            seen.add(words)
            span_a = a.span(tile.start_a, tile.start_a + tile.length)
            span_b = b.span(tile.start_b, tile.start_b + tile.length)
            note = "words also found in reports of other events; they weigh nothing"
            yield _Find("formula", "nothing", tile.length, span_a, span_b, note)


def _windows(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield the 60 words of either report whose 3-grams are found most in the other."""
    share_a, first_a, after_a = densest_window(a.words, b.words)
    share_b, first_b, after_b = densest_window(b.words, a.words)
    if share_a > 0:
        spans = a.span(first_a, after_a), b.span(first_b, after_b)
        note = f"densest {WINDOW} words of each; the larger share of 3-grams there that the other has"
        yield _Find("closest window", "shared wording", max(share_a, share_b), *spans, note)


def _voiced(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield the share of the words in shared 3-grams, quoted and narrated."""
    for side, other, end in ((a, b, "a"), (b, a, "b")):
        grams = roll(side.words, n=GRAM)
        hit, marks = np.isin(grams, roll(other.words, n=GRAM)), side.quoted[: len(grams)]
        for kind, here in (("quoted overlap", marks), ("narrated overlap", ~marks)):
            if here.any():
                note = f"share of the {int(here.sum())} 3-grams of {end} begun there that the other has"
                yield _Find(kind, "shared wording", float(hit[here].mean()), WHOLE, WHOLE, note)


def _names(side: _Side) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Return, per entity, every word of its names with the places it is written at."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    named = side.mentions[side.mentions["kind"] == "name"]
    for entity, start, surface in zip(named["entity_id"], named["start_char"], named["surface"], strict=True):
        for word in re.finditer(r"\S{4,}", surface):
            span = (start + word.start(), start + word.end())
            found.setdefault(entity, {}).setdefault(word.group().casefold(), []).append(span)
    return found


def _variants(one: str, other: str) -> bool:
    """Return whether two words are spellings of one name: alike past the article, none within the other."""
    one, other = (re.sub("^a[lnrstz]-", "", word) for word in (one, other))
    return one not in other and other not in one and fuzz.ratio(one, other) >= SPELLING


def _spellings(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield entities of which each report prefers its own spelling."""
    names_a, names_b = _names(a), _names(b)
    for entity in sorted(names_a.keys() & names_b.keys()):
        words_a, words_b = names_a[entity], names_b[entity]
        for one, other in product(sorted(words_a), sorted(words_b)):
            kept = (
                len(words_a[one]) > len(words_a.get(other, [])),
                len(words_b[other]) > len(words_b.get(one, [])),
            )
            if _variants(one, other) and all(kept):
                uses = f"{len(words_a[one])} and {len(words_b[other])} uses"
                spans = words_a[one][0], words_b[other][0]
                yield _Find("other spelling", "separate rendering", math.nan, *spans, f"{entity}: {uses}")


def _versions(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield verses quoted by both, in other words: two translations of the verse were used."""
    for one, other in product(_verses(a), _verses(b)):
        share = _alike(*(_words_in(side, span) for side, span in ((a, one), (b, other))))
        if share < VERSION:
            note = "a verse quoted by both; share of words in common order"
            yield _Find("other version", "separate rendering", share, one, other, note)


def _verses(side: _Side) -> list[tuple[int, int]]:
    """Return the quotations that a word for scripture introduces."""
    return [match.span(match.lastgroup or 0) for match in VERSE.finditer(side.text)]


def _quotations(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield the same quotation in other words: who copies keeps what stands between quotation marks."""
    quoted = [
        [(span, words) for span in _direct(side) if len(words := _words_in(side, span)) >= QUOTATION]
        for side in (a, b)
    ]
    alike = np.array([[_alike(x, y) for _, y in quoted[1]] for _, x in quoted[0]]).reshape(
        len(quoted[0]), len(quoted[1])
    )
    for row, column in np.argwhere(alike >= SAME_QUOTATION).tolist():
        share = float(alike[row, column])
        if share < NEARLY_VERBATIM and share == alike[row].max() == alike[:, column].max():
            spans = quoted[0][row][0], quoted[1][column][0]
            note = "one statement quoted by both; share of words in common order"
            yield _Find("other words in quotation", "separate rendering", share, *spans, note)


def _direct(side: _Side) -> list[tuple[int, int]]:
    """Return the spans quoted directly."""
    direct = side.voices[side.voices["voice"] == "direct"]
    return list(zip(direct["start_char"], direct["end_char"], strict=True))


def _words_in(side: _Side, span: tuple[int, int]) -> list[str]:
    """Return the words within a span of characters."""
    first, after = np.searchsorted(side.start, span)
    return side.norms[int(first) : int(after)]


def _alike(one: list[str], other: list[str]) -> float:
    """Return twice the longest common subsequence over the words of both, 0 to 1."""
    total = len(one) + len(other)
    return 2 * LCSseq.similarity(one, other) / total if total else 0.0


def _rare(a: _Side, b: _Side, sides: Mapping[str, _Side]) -> Iterator[_Find]:
    """Yield slips both make and no other report does: a name's odd spelling, a word set twice."""
    slips_a, slips_b = _slips(a), _slips(b)
    elsewhere = {
        slip for side in sides.values() if side.doc_id not in (a.doc_id, b.doc_id) for slip in _slips(side)
    }
    for slip in sorted(slips_a.keys() & slips_b.keys() - elsewhere):
        yield _Find("shared rare error", "dependence", math.nan, slips_a[slip], slips_b[slip], slip)


def _slips(side: _Side) -> dict[str, tuple[int, int]]:
    """Return the slips of a report and their first place: odd spellings of a name, words set twice."""
    slips = {f"{odd} for {usual}": spans[0] for usual, odd, spans in _odd_spellings(side)}
    for place in np.flatnonzero(side.words[1:] == side.words[:-1]).tolist():
        span = side.span(place, place + 2)
        if side.text[slice(*span)].split() == side.text[slice(*span)].split()[:2]:
            slips.setdefault(f"{side.norms[place]} set twice", span)
    return slips


def _odd_spellings(side: _Side) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Yield the usual and the rarer spelling of a name within one report, and the rarer one's places."""
    for words in _names(side).values():
        for usual, odd in product(sorted(words), sorted(words)):
            if len(words[usual]) > len(words[odd]) and _variants(usual, odd):
                yield usual, odd, words[odd]


def _one_sided(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield what in a alone speaks of a source: seams, inherited spellings, orphan pronouns, credits."""
    usual_in_b = {word for words in _names(b).values() for word in words}
    shared = reuse.shared_tiles(a.words, b.words, min_tokens=INHERITED)
    inside = [a.span(tile.start_a, tile.start_a + tile.length) for tile in shared]
    for usual, odd, spans in _odd_spellings(a):
        note = f"{odd} for {usual}: a slip, or two sources in one report"
        yield _Find("seam", "dependence", float(len(spans)), spans[0], WHOLE, note)
        held = [span for span in spans if any(start <= span[0] < end for start, end in inside)]
        if held and odd in usual_in_b and usual not in usual_in_b:
            note = f"{odd} for {usual}, within words shared with the report that spells it so throughout"
            yield _Find("inherited error", "b to a", math.nan, held[0], WHOLE, note)
    yield from _orphans(a, b)
    yield from _credits(a, b)


def _orphans(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield sentences of a that begin with he, she or they and name nobody before, where b names someone."""
    tiles = reuse.shared_tiles(a.words, b.words, min_tokens=INHERITED)
    names_a, names_b = (_named(side) for side in (a, b))
    begins = {one.paragraph_id: one.start for one in reversed(a.sentences)}
    for one in a.sentences:
        if one.zone == "body" and PRONOUN.match(one.text):
            since = begins.get(one.paragraph_id - 1, begins[one.paragraph_id])
            partner = _partner(tiles, a, b, (one.start, one.end))
            orphan = not any(since <= place < one.start for place in names_a)
            if orphan and any(partner[0] <= place < partner[1] for place in names_b):
                note = "begins with a pronoun, names nobody before; the other report names someone here"
                yield _Find("dangling reference", "b to a", math.nan, (one.start, one.end), partner, note)


def _named(side: _Side) -> list[int]:
    """Return where persons and groups are mentioned."""
    who = side.mentions["entity_type"].isin(["PERSON", "ORG", "GROUP", "NORP"])
    return side.mentions.loc[who, "start_char"].tolist()


def _partner(tiles: list[reuse.Tile], a: _Side, b: _Side, span: tuple[int, int]) -> tuple[int, int]:
    """Return the sentence of b that shares a tile with the span of a, or an empty span."""
    for tile in tiles:
        if span[0] <= a.start[tile.start_a] < span[1]:
            place = b.start[tile.start_b]
            return next(((one.start, one.end) for one in b.sentences if one.start <= place < one.end), WHOLE)
    return WHOLE


def _credits(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield the credit lines of a: to b's outlet, or to a source outside the corpus."""
    outlet = b.outlet if b.outlet not in (UNKNOWN, a.outlet) else ""
    sources = [("dependence", AGENCY, "names a source that is not among the reports")]
    if outlet:
        finder = re.compile(rf"\b{re.escape(outlet)}\b")
        sources.append(("b to a", finder, "names the other report's outlet"))
    for one, (supports, finder, note) in product(a.sentences, sources):
        found = finder.search(one.text)
        if found and (one.zone in ("byline", "dateline") or CREDIT_CUE.search(one.text)):
            span = (one.start + found.start(), one.start + found.end())
            yield _Find("credit line", supports, math.nan, span, WHOLE, note)


def _earlier(a: _Side, b: _Side) -> Iterator[_Find]:
    """Yield which report is earlier, if their times, as precisely as they are known, do not overlap."""
    first, second = _period(a.published), _period(b.published)
    if first is None or second is None:
        return
    for early, late, way in ((first, second, "a to b"), (second, first, "b to a")):
        if early[1] <= late[0]:
            hours = (late[0] - early[1]).total_seconds() / 3600
            note = f"published {a.published} and {b.published}; at least these hours apart"
            yield _Find("earlier time", way, hours, WHOLE, WHOLE, note)


def _period(published: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last moment a report may be from, in UTC; a month has 31 days, a year 366.

    Without a zone it may be from anywhere on Earth.
    """
    stamp = pd.to_datetime(published, errors="coerce", format="ISO8601")
    if pd.isna(stamp):
        return None
    days = {4: 366, 7: 31, 10: 1}.get(len(published), 0)
    zoned = stamp.tzinfo is not None
    length = pd.Timedelta(days=days, minutes=0 if days else 1)
    start = stamp.tz_convert("UTC") if zoned else stamp.tz_localize("UTC") - pd.Timedelta(hours=14)
    return start, start + length + pd.Timedelta(hours=0 if zoned else 26)
