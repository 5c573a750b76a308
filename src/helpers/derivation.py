"""What shared wording supports: evidence, place among pairs of known history, verdict, direction."""

import math
import re
from collections.abc import Hashable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from helpers import reuse
from helpers.corpus import ROOT, CorpusError, read_cells
from helpers.fingerprints import Hashes, roll, word_hashes
from helpers.schema import (
    REFERENCE_CLASSES,
    UNKNOWN,
    VERDICTS,
    Derivations,
    ErrorRates,
    Evidence,
    PairMeasures,
    Placements,
    ReferenceQuantiles,
    Table,
    conform,
    from_rows,
)
from helpers.similarity import CLOSENESS_LINE, COSINE_FLOOR
from helpers.voices import with_voice

__all__ = [
    "Graph",
    "Lines",
    "at_length",
    "by_pair",
    "called",
    "densest_window",
    "gather_evidence",
    "judge_pairs",
    "layout_graph",
    "load_error_rates",
    "load_reference",
    "measure_pairs",
    "place_pairs",
    "verdict_lines",
]

HUMAN, MACHINE, TWO_MACHINES, EDITED, HEAVILY, TOPIC = REFERENCE_CLASSES
VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED, SEPARATE, TOPIC_ONLY, TOO_SHORT = VERDICTS
MEASURES = (
    "c3",
    "c5",
    "c8",
    "longest_run",
    "order_kept",
    "tile_share",
    "mean_tile",
    "clumping",
    "lcs_share",
    "window",
)
CUTS = ("minimum", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "maximum")
SHARES = np.array([0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1])
SHORTEST = 90
VERBATIM_C8, VERBATIM_RUN = 0.5, 40
ORDER_KEPT, FEWEST_TILES = 0.8, 5
# The smallest factor, in hundredths, with which no language held out had more than 1 % of its independent
# human translations called copies at any length (benchmarks/false_alarms.py).
TRANSFER = 1.05
WINDOW, GRAM = 60, 3
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
CREDITED = (VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED)


class Lines(NamedTuple):
    """The lines between the verdicts at one length of text."""

    lower: float
    upper: float
    clumping: float
    topic_c3: float
    topic_c5: float
    lcs_share: float


class Graph(NamedTuple):
    """Reports and unobserved originals with their places, and the lines between them."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def load_reference(folder: Path | None = None) -> pd.DataFrame:
    """Return the reference quantiles of data/reference, or of `folder`."""
    return _load("quantiles.csv", ReferenceQuantiles, folder)


def load_error_rates(folder: Path | None = None) -> pd.DataFrame:
    """Return the measured error rates of data/reference, or of `folder`."""
    return _load("error_rates.csv", ErrorRates, folder)


def measure_pairs(
    tokens: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    voices: pd.DataFrame | None = None,
    pairs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the measures the verdicts use, one row per pair of reports (all pairs, or those of `pairs`).

    `documents` names the events, so that word runs also found in reports of a third event lose their
    weight in c3_own and c5_own; without it nothing is taken away. `voices` tells quotation from narration;
    without it all is narration.
    """
    compared = reuse.compare_pairs(tokens, pairs=pairs)
    for name in ("c3", "c5", "c8", "tile_share"):
        compared[name] = compared[[f"{name}_a", f"{name}_b"]].max(axis=1)
    compared["clumping"] = (compared["mean_tile"] - 2) / np.sqrt(compared["tile_share"])
    sizes = tokens.groupby("doc_id").size().to_dict()
    event = (
        dict(zip(documents["doc_id"], documents["event_id"], strict=True)) if documents is not None else {}
    )
    quoted = _quoted(tokens, voices)
    words = _hashes(tokens)
    known = {n: _event_counts(words, event, n=n) for n in (3, 5)}
    nothing = np.zeros(0, dtype=np.uint64)
    extra = []
    for a, b in zip(compared["doc_id_a"], compared["doc_id_b"], strict=True):
        two = words.get(a, nothing), words.get(b, nothing)
        marks = quoted.get(a, np.zeros(0, bool)), quoted.get(b, np.zeros(0, bool))
        events = {event.get(a, UNKNOWN), event.get(b, UNKNOWN)}
        extra.append(
            {
                "events": UNKNOWN if UNKNOWN in events else ("same" if len(events) == 1 else "different"),
                "n_words": min(sizes.get(a, 0), sizes.get(b, 0)),
                "c3_own": _own(*two, n=3, events=events, known=known[3]),
                "c5_own": _own(*two, n=5, events=events, known=known[5]),
                "c5_narrated": _narrated(*two, *marks, n=5),
                "run_narrated": _run_narrated(*two, *marks),
                "window": _closest(*two),
            }
        )
    columns = ["events", "n_words", "c3_own", "c5_own", "c5_narrated", "run_narrated", "window"]
    return conform(compared.join(pd.DataFrame(extra, columns=columns)), PairMeasures)


def verdict_lines(reference: pd.DataFrame, *, n_words: int, without: str = "") -> Lines:
    """Return the lines at `n_words` words, drawn without the references of the language `without`.

    `lower`: 95 % of independent human translations, each set with equal weight, have less c5. `upper`: 99 %
    of the strictest single set, human or machine against human, have less. `clumping`: the same for the
    measure that moves least from one language to another, raised by TRANSFER for the languages not seen.
    `lcs_share`: 99 % of every set have more.
    """
    rows = at_length(reference[reference["language"] != without], n_words=n_words)
    translated = rows[rows["reference_class"].isin([HUMAN, MACHINE])]
    by = dict(list(translated.groupby("measure")))
    none = translated.iloc[:0]
    c5, clumping, lcs = (by.get(name, none) for name in ("c5", "clumping", "lcs_share"))
    topic = rows[rows["reference_class"] == TOPIC].set_index("measure")["p99"]
    return Lines(
        lower=_pooled(c5[c5["reference_class"] == HUMAN], 0.95),
        upper=float(c5["p99"].max()),
        clumping=TRANSFER * float(clumping["p99"].max()),
        topic_c3=float(topic.get("c3", np.nan)),
        topic_c5=float(topic.get("c5", np.nan)),
        lcs_share=float(lcs["p01"].min()),
    )


def at_length(reference: pd.DataFrame, *, n_words: int) -> pd.DataFrame:
    """Return the quantiles at `n_words` words, one row per set and measure.

    Between two lengths measured they are interpolated, linearly in the logarithm of the length; outside
    them the nearest length stands.
    """
    keys = ["reference_class", "language", "data_set", "measure"]
    columns = [*CUTS, "n_pairs", "n_distinct"]
    place = math.log(max(n_words, 1))
    rows = []
    for key, group in reference.sort_values("n_words").groupby(keys, sort=True):
        lengths = np.log(group["n_words"].to_numpy(float))
        rows.append((*key, *(np.interp(place, lengths, group[name].to_numpy(float)) for name in columns)))
    return pd.DataFrame(rows, columns=[*keys, *columns])


def called(measures: pd.DataFrame, lines: Lines) -> pd.Series:
    """Return, per row of the pair measures, what its wording alone is called: a copy, undecided or neither.

    The values are VERBATIM, COPIED, UNDECIDED or an empty string.
    """
    verbatim = (measures["c8"] > VERBATIM_C8) | (measures["run_narrated"] > VERBATIM_RUN)
    wording = (measures["c5_own"] > lines.upper) & (measures["c5_narrated"] > lines.lower)
    copied = wording & (measures["clumping"] > lines.clumping)
    names = np.select([verbatim, copied, measures["c5"] > lines.lower], [VERBATIM, COPIED, UNDECIDED], "")
    return pd.Series(names, index=measures.index, dtype=object)


def place_pairs(measures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return where each pair stands in every reference set, by measure, at the length of its shorter report.

    Pairs too short to judge are left out.
    """
    rows: list[tuple[object, ...]] = []
    longest = int(reference["n_words"].max()) if len(reference) else SHORTEST
    cache: dict[int, list[dict[Hashable, Any]]] = {}
    for pair in measures[measures["n_words"] >= SHORTEST].to_dict("records"):
        n_words = min(int(pair["n_words"]), longest)
        if n_words not in cache:
            sets = at_length(reference, n_words=n_words)
            order = sets["reference_class"].map(REFERENCE_CLASSES.index).sort_values(kind="stable")
            cache[n_words] = sets.loc[order.index].to_dict("records")
        for row in cache[n_words]:
            value = float(pair[row["measure"]])
            if not math.isnan(value):
                band = (row["p05"], row["p50"], row["p95"])
                names = (row["reference_class"], row["language"], row["data_set"], row["measure"])
                ends = (pair["doc_id_a"], pair["doc_id_b"])
                rows.append((*ends, *names, n_words, value, _percentile(value, row), *band))
    return from_rows(rows, Placements)


def by_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of pairs with the pair named in its first column instead of two doc_ids."""
    names = table["doc_id_a"] + " and " + table["doc_id_b"]
    rest = table.drop(columns=["doc_id_a", "doc_id_b"])
    rest.insert(0, "pair", names)
    return rest


def judge_pairs(
    measures: pd.DataFrame,
    evidence: pd.DataFrame,
    similarities: pd.DataFrame,
    reference: pd.DataFrame,
    error_rates: pd.DataFrame,
) -> pd.DataFrame:
    """Return the derivations table: a verdict and, where outside evidence allows one, a direction per pair.

    Lines come from the strictest reference class at the length of the shorter report; containment and
    length never give a direction. Rows are in the order of the verdicts, copies first.
    """
    subject = similarities.set_index(["doc_id_a", "doc_id_b"])
    placed = place_pairs(measures, reference[reference["measure"] == "c5"])
    found = dict(list(evidence.groupby(["doc_id_a", "doc_id_b"])))
    cache: dict[int, Lines] = {}
    rows: list[tuple[object, ...]] = []
    verdicts: list[str] = []
    for row in range(len(measures)):
        pair = measures.iloc[[row]]
        key, n_words = (pair["doc_id_a"].item(), pair["doc_id_b"].item()), int(pair["n_words"].item())
        lines = cache.setdefault(n_words, verdict_lines(reference, n_words=n_words))
        near = subject.loc[key] if key in subject.index else None
        verdict = _verdict(pair, lines, _one_event(pair["events"].item(), near))
        own = found.get(key, evidence.iloc[:0])
        direction, grounds = _direction(own, verdict)
        place = placed[(placed["doc_id_a"] == key[0]) & (placed["doc_id_b"] == key[1])]
        numbers = (pair[name].item() for name in ("events", "n_words", "c5", "c5_own", "clumping"))
        told = (_told(pair, lines, grounds), _places(place), _alarms(error_rates, n_words))
        drawn = (lines.lower, lines.upper, lines.clumping)
        rows.append((*key, *numbers, *drawn, verdict, direction, *told))
        verdicts.append(verdict)
    order = sorted(range(len(rows)), key=lambda row: (VERDICTS.index(verdicts[row]), rows[row][:2]))
    return from_rows([rows[row] for row in order], Derivations)


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


def layout_graph(derivations: pd.DataFrame, documents: pd.DataFrame) -> Graph:
    """Return the graph of the verdicts: reports by event, unobserved originals, and lines between them.

    Reports of one event stand on a circle; reports of a common original are joined to an open node in
    their midst, one for each group so connected. Pairs about one topic only, reported separately or too
    short have no line.
    """
    nodes = _report_nodes(documents)
    place = nodes.set_index("node")[["x", "y"]]
    rows = []
    for pair in derivations.to_dict("records"):
        if pair["verdict"] in (VERBATIM, COPIED, UNDECIDED):
            ends = (pair["doc_id_a"], pair["doc_id_b"])
            ends = ends[::-1] if pair["direction"] == "b to a" else ends
            rows.append((*ends, pair["verdict"], pair["direction"] != "undetermined"))
    common = derivations[derivations["verdict"].isin([TRANSLATED, SUMMARISED])]
    extra = []
    for number, group in enumerate(_groups(common), start=1):
        name = f"original {number}"
        x, y = place.loc[group].mean()
        extra.append((name, "unobserved original", nodes.set_index("node").loc[group[0], "event_id"], x, y))
        for doc_id in group:
            verdicts = common.loc[(common["doc_id_a"] == doc_id) | (common["doc_id_b"] == doc_id), "verdict"]
            rows.append((name, doc_id, min(verdicts, key=VERDICTS.index), False))
    originals = pd.DataFrame(extra, columns=nodes.columns)
    nodes = pd.concat([nodes, originals], ignore_index=True) if extra else nodes
    return Graph(nodes, pd.DataFrame(rows, columns=["source", "target", "verdict", "arrow"]))


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
    sentences: list["_Sentence"]

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


WHOLE = (0, 0)


def _sides(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
) -> dict[str, _Side]:
    """Return every report with its own rows of the tables."""
    words, quoted = _hashes(tokens), _quoted(tokens, voices)
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


def _verdict(pair: pd.DataFrame, lines: Lines, one_event: bool) -> str:
    """Return the verdict on a one-row pair."""
    value = pair.iloc[0]
    if value["n_words"] < SHORTEST:
        return TOO_SHORT
    name = str(called(pair, lines).iloc[0])
    if name in (VERBATIM, COPIED):
        return name
    if not one_event:
        return TOPIC_ONLY
    if name:
        return name
    ordered = value["order_kept"] >= ORDER_KEPT and value["n_tiles"] >= FEWEST_TILES
    if not ordered or not (value["c3_own"] > lines.topic_c3 and value["c5_own"] > lines.topic_c5):
        return SEPARATE
    return SUMMARISED if value["lcs_share"] < lines.lcs_share else TRANSLATED


def _one_event(events: str, near: pd.Series | None) -> bool:
    """Return whether a pair counts as being about one event; where the manifest is silent, by its words."""
    if events != UNKNOWN:
        return events == "same"
    return near is not None and bool(near["closeness"] >= CLOSENESS_LINE and near["cosine"] >= COSINE_FLOOR)


def _direction(evidence: pd.DataFrame, verdict: str) -> tuple[str, list[str]]:
    """Return the direction and the kinds of evidence for it; undetermined unless all of it agrees.

    A credit line counts for every verdict of shared wording, the rest only where one of the two is called
    a copy: a trace of abridging may as well come from an original nobody has seen.
    """
    arrows = evidence[evidence["supports"].isin(["a to b", "b to a"])]
    if verdict not in (VERBATIM, COPIED):
        arrows = arrows[(arrows["kind"] == "credit line") & (verdict in CREDITED)]
    ways = sorted(set(arrows["supports"]))
    kinds = sorted(set(arrows["kind"]))
    return (ways[0], kinds) if len(ways) == 1 else ("undetermined", kinds)


def _told(pair: pd.DataFrame, lines: Lines, grounds: list[str]) -> str:
    """Return the evidence of a pair in a sentence."""
    value = pair.iloc[0]
    if value["n_words"] < SHORTEST:
        return f"{value['n_words']} words on the shorter side; under {SHORTEST} nothing is judged."
    parts = [
        f"c5 {value['c5']:.3f} ({value['c5_own']:.3f} without formulas) against lines of "
        f"{lines.lower:.3f} and {lines.upper:.3f}",
        f"clumping {value['clumping']:.2f} against {lines.clumping:.2f}",
        f"longest run {value['longest_run']} words",
        f"order kept {value['order_kept']:.2f} over {value['n_tiles']} tiles",
        f"common subsequence {value['lcs_share']:.2f} against {lines.lcs_share:.2f}",
    ]
    end = f"; for direction: {', '.join(grounds)}" if grounds else "; no outside evidence of direction"
    return "; ".join(parts).replace("nan", "n/a") + end + "."


def _places(placed: pd.DataFrame) -> str:
    """Return the percentiles of c5 in every named set, as text."""
    parts = []
    for name in REFERENCE_CLASSES:
        rows = placed[placed["reference_class"] == name].sort_values("data_set")
        values = ", ".join(
            f"{data_set} {value:.0f}"
            for data_set, value in zip(rows["data_set"], rows["percentile"], strict=True)
        )
        parts += [f"{name}: {values}"] if values else []
    return "; ".join(parts)


def _alarms(error_rates: pd.DataFrame, n_words: int) -> str:
    """Return how often independent human translations of that length were called copies, as text."""
    rows = error_rates[error_rates["reference_class"] == HUMAN].sort_values("language")
    if not len(rows) or n_words < SHORTEST:
        return "not measured at this length"
    lengths = rows["n_words"].unique()
    nearest = lengths[np.abs(np.log(lengths / n_words)).argmin()]
    rates = [
        f"{language} {copied:.1%} of {n_pairs} ({distinct:.0f} without overlap)"
        for language, copied, n_pairs, distinct in zip(
            *(
                rows.loc[rows["n_words"] == nearest, name]
                for name in ("language", "copied", "n_pairs", "n_distinct")
            ),
            strict=True,
        )
    ]
    return f"at {nearest} words, each language judged by the others: {', '.join(rates)}"


def _percentile(value: float, row: Mapping[Hashable, float]) -> float:
    """Return the percentage of a set below `value`, between its quantiles linearly."""
    cuts = np.array([row[name] for name in CUTS])
    low, high = (np.interp(value, _rising(cuts, sign), SHARES) for sign in (1, -1))
    if value > cuts[-1]:
        return 100.0
    return float(0.0 if value < cuts[0] else 50 * (low + high))


def _pooled(rows: pd.DataFrame, share: float) -> float:
    """Return the quantile of the sets taken together with equal weight; NaN for none."""
    if not len(rows):
        return float("nan")
    cuts = rows[list(CUTS)].to_numpy(float)
    grid = np.linspace(cuts.min(), cuts.max(), 2001)
    below = np.mean([np.interp(grid, _rising(row, 1), SHARES) for row in cuts], axis=0)
    return float(grid[min(int(np.searchsorted(below, share)), len(grid) - 1)])


def _rising(cuts: np.ndarray, sign: int) -> np.ndarray:
    """Return quantiles made strictly increasing: equal ones are set apart upward (1) or downward (-1)."""
    steps = np.arange(len(cuts)) if sign > 0 else np.arange(len(cuts)) - len(cuts) + 1
    rising: np.ndarray = np.maximum.accumulate(cuts) + steps * 1e-9
    return rising


def _hashes(tokens: pd.DataFrame) -> dict[str, Hashes]:
    """Return the hashed words of every report, in order."""
    hashes = word_hashes(tokens["norm"])
    groups = tokens.groupby("doc_id", sort=True).indices
    return {str(doc_id): hashes[rows] for doc_id, rows in groups.items()}


def _quoted(tokens: pd.DataFrame, voices: pd.DataFrame | None) -> dict[str, np.ndarray]:
    """Return, for every word of every report, whether it is quoted directly."""
    if voices is None:
        marks = np.zeros(len(tokens), dtype=bool)
    else:
        marks = (with_voice(tokens, voices)["voice"] == "direct").to_numpy(bool)
    return {str(doc_id): marks[rows] for doc_id, rows in tokens.groupby("doc_id", sort=True).indices.items()}


def _event_counts(words: dict[str, Hashes], event: Mapping[str, str], *, n: int) -> tuple[Hashes, np.ndarray]:
    """Return the n-grams of the reports whose event is known, and the number of events each is found in."""
    by_event: dict[str, list[Hashes]] = {}
    for doc_id, hashes in words.items():
        if event.get(doc_id, UNKNOWN) != UNKNOWN:
            by_event.setdefault(event[doc_id], []).append(roll(hashes, n=n))
    grams = [np.unique(np.concatenate(parts)) for parts in by_event.values()]
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *grams]), return_counts=True)


def _own(a: Hashes, b: Hashes, *, n: int, events: set[str], known: tuple[Hashes, np.ndarray]) -> float:
    """Return the larger containment of the n-grams that no report of a third event has; NaN for none."""
    grams = np.unique(roll(a, n=n)), np.unique(roll(b, n=n))
    if not len(grams[0]) or not len(grams[1]):
        return float("nan")
    shared = np.intersect1d(*grams, assume_unique=True)
    if UNKNOWN not in events:
        shared = shared[known[1][np.searchsorted(known[0], shared)] <= len(events)]
    return len(shared) / min(map(len, grams))


def _narrated(a: Hashes, b: Hashes, quoted_a: np.ndarray, quoted_b: np.ndarray, *, n: int) -> float:
    """Return the larger share of the n-grams begun outside quotation that the other has; NaN for none."""
    shares = []
    for one, other, marks in ((a, b, quoted_a), (b, a, quoted_b)):
        grams = roll(one, n=n)
        told = np.unique(grams[~marks[: len(grams)]])
        if len(told):
            shares.append(float(np.isin(told, roll(other, n=n)).mean()))
    return max(shares, default=float("nan"))


def _run_narrated(a: Hashes, b: Hashes, quoted_a: np.ndarray, quoted_b: np.ndarray) -> int:
    """Return the most words of one shared run that neither report quotes."""
    tiles = reuse.shared_tiles(a, b)
    told = (
        ~quoted_a[tile.start_a : tile.start_a + tile.length]
        & ~quoted_b[tile.start_b : tile.start_b + tile.length]
        for tile in tiles
    )
    return max((int(words.sum()) for words in told), default=0)


def _closest(a: Hashes, b: Hashes) -> float:
    """Return the larger share of the 3-grams of a window found in the other report; NaN for none."""
    return max(densest_window(a, b)[0], densest_window(b, a)[0])


def densest_window(a: Hashes, b: Hashes) -> tuple[float, int, int]:
    """Return the share of the densest window of `a`'s 3-grams found in `b`, its first word and its end.

    A window is 60 words, or the report where it is shorter; the share is NaN where there is no 3-gram.
    """
    grams, others = roll(a, n=GRAM), roll(b, n=GRAM)
    if not len(grams) or not len(others):
        return float("nan"), 0, 0
    width = min(WINDOW - GRAM + 1, len(grams))
    total = np.concatenate([[0], np.cumsum(np.isin(grams, others))])
    shares = (total[width:] - total[:-width]) / width
    place = int(shares.argmax())
    return float(shares[place]), place, place + width + GRAM - 1


def _report_nodes(documents: pd.DataFrame) -> pd.DataFrame:
    """Return a node per report: those of one event on a circle, the circles side by side."""
    rows = []
    for column, (event, doc_ids) in enumerate(documents.groupby("event_id")["doc_id"].agg(sorted).items()):
        for place, doc_id in enumerate(doc_ids):
            angle = math.pi * (0.5 + 2 * place / len(doc_ids))
            x, y = 3.0 * column + math.cos(angle), math.sin(angle)
            rows.append((doc_id, "report", event, round(x, 6), round(y, 6)))
    return pd.DataFrame(rows, columns=["node", "kind", "event_id", "x", "y"])


def _groups(pairs: pd.DataFrame) -> list[list[str]]:
    """Return the reports that the pairs connect, group by group."""
    groups: list[set[str]] = []
    for a, b in zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True):
        touched = [group for group in groups if group & {a, b}]
        groups = [group for group in groups if group not in touched] + [{a, b}.union(*touched)]
    return sorted(map(sorted, groups))


def _load(name: str, table: type[Table], folder: Path | None) -> pd.DataFrame:
    """Return a table of data/reference; raises CorpusError with every problem of its form."""
    columns = tuple(table.to_schema().columns)
    rows, problems = read_cells((folder or ROOT / "data" / "reference") / name, columns)
    if problems:
        raise CorpusError(problems)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=list(columns)), table)
