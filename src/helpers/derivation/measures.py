"""How much wording the reports of a pair share: by n-grams, runs and windows, quoted and narrated."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from tqdm import tqdm

from helpers.derivation.tables import PairMeasures, PairMeasuresTable
from helpers.derivation.tiles import QUIET, compare_pairs, lcs_share, shared_tiles
from helpers.pairs import Hashes, roll, word_hashes
from helpers.table import UNKNOWN, conform
from helpers.text import Documents, Tokens
from helpers.voices import Voices, with_voice

__all__ = [
    "BEYOND_CHANCE",
    "GRAM",
    "WINDOW",
    "count_events",
    "densest_window",
    "hash_words",
    "languages",
    "mark_quoted",
    "measure_pairs",
]
WINDOW, GRAM = 60, 3
GRAMS, NARRATED = (3, 5), 5
# Words of a run that two reports have by more than chance: of 11,025 pairs of different events (BASIL) one
# has a run of ten; of 150 pairs of one event 65 have, all but two of them words that both quote.
BEYOND_CHANCE = 10
# Share of English function words from which a text of unknown language is English: all reports of BASIL and
# NewsWCL50 have .33 or more, 467 of 486 of ECB+ .25 (the rest are lists); of six other languages .09 at most.
ENGLISH = 0.25


class _Report(NamedTuple):
    """A report as it is measured: words, marks of quotation, 3-grams, distinct n-grams, narrated 5-grams."""

    words: Hashes
    quoted: np.ndarray
    rolled: Hashes
    grams: dict[int, Hashes]
    told: Hashes


def measure_pairs(
    tokens: Tokens,
    *,
    documents: Documents | None = None,
    voices: Voices | None = None,
    pairs: pd.DataFrame | None = None,
) -> PairMeasures:
    """Return the measures the verdicts use, one row per pair of reports (all pairs, or those of `pairs`).

    `documents` names the events, so that word runs also found in reports of a third event lose their
    weight in c5_own; without it nothing is taken away. `voices` tells quotation from narration;
    without it all is narration.
    """
    compared = compare_pairs(tokens, pairs=pairs)
    for name in ("c3", "c5", "c8", "tile_share"):
        compared[name] = compared[[f"{name}_a", f"{name}_b"]].max(axis=1)
    compared["clumping"] = (compared["mean_tile"] - 2) / np.sqrt(compared["tile_share"])
    event = (
        dict(zip(documents["doc_id"], documents["event_id"], strict=True)) if documents is not None else {}
    )
    spoken = languages(tokens, documents) if documents is not None else {}
    words, quoted = hash_words(tokens), mark_quoted(tokens, voices)
    known = count_events(words, event, n=5)
    reports = {doc_id: _report(hashes, quoted[doc_id]) for doc_id, hashes in words.items()}
    nothing = _report(np.zeros(0, np.uint64), np.zeros(0, bool))
    extra = []
    ends = compared[["doc_id_a", "doc_id_b"]].itertuples(index=False)
    for a, b in tqdm(ends, "measures", len(compared), disable=len(compared) < QUIET):
        two = reports.get(a, nothing), reports.get(b, nothing)
        events = {event.get(a, UNKNOWN), event.get(b, UNKNOWN)}
        extra.append(
            {
                "events": UNKNOWN if UNKNOWN in events else ("same" if len(events) == 1 else "different"),
                "language": ", ".join(sorted({spoken.get(a, UNKNOWN), spoken.get(b, UNKNOWN)})),
                "n_words": min(len(report.words) for report in two),
                "c5_own": _own(*two, n=5, events=events, known=known),
                "c5_narrated": _narrated(*two),
                "run_narrated": _run_narrated(*two),
                "run_quoted": _run_quoted(*two),
                "lcs_apart": _lcs_apart(*two),
                "window": _closest(*two),
            }
        )
    added = [name for name in PairMeasuresTable.to_schema().columns if name not in compared.columns]
    return conform(compared.join(pd.DataFrame(extra, columns=added)), PairMeasuresTable)


def languages(tokens: Tokens, documents: Documents) -> dict[str, str]:
    """Return the language of every report: as the manifest has it, else English by its function words."""
    given = dict(
        zip(documents["doc_id"], documents["language"].str.split("-").str[0].str.lower(), strict=True)
    )
    if UNKNOWN not in given.values():
        return given
    english = tokens.groupby("doc_id")["is_stop"].mean()
    return {
        doc_id: "en" if code == UNKNOWN and english.get(doc_id, 0.0) >= ENGLISH else code
        for doc_id, code in given.items()
    }


def _report(words: Hashes, quoted: np.ndarray) -> _Report:
    """Return a report as it is measured."""
    rolled = {n: roll(words, n=n) for n in GRAMS}
    told = rolled[NARRATED][~quoted[: len(rolled[NARRATED])]]
    grams = {n: np.unique(hashes) for n, hashes in rolled.items()}
    return _Report(words, quoted, rolled[GRAM], grams, np.unique(told))


def hash_words(tokens: Tokens) -> dict[str, Hashes]:
    """Return the hashed words of every report by doc_id, in their order."""
    hashes = word_hashes(tokens["norm"])
    groups = tokens.groupby("doc_id", sort=True).indices
    return {str(doc_id): hashes[rows] for doc_id, rows in groups.items()}


def mark_quoted(tokens: Tokens, voices: Voices | None) -> dict[str, np.ndarray]:
    """Return, by doc_id, whether each word of the report is quoted directly; without `voices` none is."""
    if voices is None:
        marks = np.zeros(len(tokens), dtype=bool)
    else:
        marks = (with_voice(tokens, voices)["voice"] == "direct").to_numpy(bool)
    return {str(doc_id): marks[rows] for doc_id, rows in tokens.groupby("doc_id", sort=True).indices.items()}


def count_events(words: dict[str, Hashes], event: Mapping[str, str], *, n: int) -> tuple[Hashes, np.ndarray]:
    """Return the n-grams of the reports whose event is known, and the number of events each is found in."""
    by_event: dict[str, list[Hashes]] = {}
    for doc_id, hashes in words.items():
        if event.get(doc_id, UNKNOWN) != UNKNOWN:
            by_event.setdefault(event[doc_id], []).append(roll(hashes, n=n))
    grams = [np.unique(np.concatenate(parts)) for parts in by_event.values()]
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *grams]), return_counts=True)


def _own(a: _Report, b: _Report, *, n: int, events: set[str], known: tuple[Hashes, np.ndarray]) -> float:
    """Return the larger containment of the n-grams that no report of a third event has; NaN for none."""
    grams = a.grams[n], b.grams[n]
    if not len(grams[0]) or not len(grams[1]):
        return float("nan")
    shared = grams[0][_among(*grams)]
    if UNKNOWN not in events:
        shared = shared[known[1][np.searchsorted(known[0], shared)] <= len(events)]
    return len(shared) / min(map(len, grams))


def _among(values: Hashes, known: Hashes) -> np.ndarray:
    """Return which values are among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    found: np.ndarray = known[np.searchsorted(known[:-1], values)] == values
    return found


def _narrated(a: _Report, b: _Report) -> float:
    """Return the larger share of the 5-grams begun outside quotation that the other has; NaN for none."""
    ways = ((a.told, b.grams[NARRATED]), (b.told, a.grams[NARRATED]))
    return max((float(_among(told, grams).mean()) for told, grams in ways if len(told)), default=float("nan"))


def _run_narrated(a: _Report, b: _Report) -> int:
    """Return the most words of one shared run that neither report quotes."""
    told = (
        ~a.quoted[tile.start_a : tile.start_a + tile.length]
        & ~b.quoted[tile.start_b : tile.start_b + tile.length]
        for tile in shared_tiles(a.words, b.words)
    )
    return max((int(words.sum()) for words in told), default=0)


def _run_quoted(a: _Report, b: _Report) -> int:
    """Return the words of the longest shared run that stands inside quotations of both reports."""
    longest = 0
    for tile in shared_tiles(a.words, b.words):
        if tile.length <= longest:
            break
        both = (
            a.quoted[tile.start_a : tile.start_a + tile.length]
            & b.quoted[tile.start_b : tile.start_b + tile.length]
        )
        edges = np.flatnonzero(~np.concatenate([[False], both, [False]]))
        longest = max(longest, int(np.diff(edges).max()) - 1)
    return longest


def _lcs_apart(a: _Report, b: _Report) -> float:
    """Return the longest common subsequence over the mean length, without the runs that both quote.

    What two reports quote of one statement is no wording of theirs. NaN where no words are left.
    """
    kept = np.ones(len(a.words), dtype=bool), np.ones(len(b.words), dtype=bool)
    for tile in shared_tiles(a.words, b.words):
        at = slice(tile.start_a, tile.start_a + tile.length), slice(tile.start_b, tile.start_b + tile.length)
        both = a.quoted[at[0]] & b.quoted[at[1]]
        kept[0][at[0]], kept[1][at[1]] = ~both, ~both
    return lcs_share(a.words[kept[0]], b.words[kept[1]])


def _closest(a: _Report, b: _Report) -> float:
    """Return the larger share of the 3-grams of a window found in the other report; NaN for none."""
    return max(_densest(a.rolled, b.grams[GRAM])[0], _densest(b.rolled, a.grams[GRAM])[0])


def densest_window(a: Hashes, b: Hashes) -> tuple[float, int, int]:
    """Return the share of the densest window of `a`'s 3-grams found in `b`, its first word and its end.

    A window is 60 words, or the report where it is shorter; the share is NaN where there is no 3-gram.
    """
    return _densest(roll(a, n=GRAM), np.unique(roll(b, n=GRAM)))


def _densest(grams: Hashes, others: Hashes) -> tuple[float, int, int]:
    """Return `densest_window` for the 3-grams of one report and the sorted ones of the other."""
    if not len(grams) or not len(others):
        return float("nan"), 0, 0
    width = min(WINDOW - GRAM + 1, len(grams))
    total = np.concatenate([[0], np.cumsum(_among(grams, others))])
    shares = (total[width:] - total[:-width]) / width
    place = int(shares.argmax())
    return float(shares[place]), place, place + width + GRAM - 1
