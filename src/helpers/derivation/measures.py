"""How much wording the reports of a pair share: by n-grams, runs and windows, quoted and narrated."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from tqdm import tqdm

from helpers.derivation.pair import GRAMS, WINDOW, Compared, Pair, Worded, among, pair_names
from helpers.derivation.tables import PairMeasures, PairMeasuresTable, Pairs, PairsTable
from helpers.derivation.tiles import QUIET, lcs_share, letters_share, order_kept
from helpers.pairs import Hashes, roll
from helpers.table import UNKNOWN, conform, from_rows
from helpers.text import Documents, Tokens

__all__ = ["BEYOND_CHANCE", "PASSAGE_RUN", "compare_pairs", "count_events", "languages", "measure_pairs"]
# Runs of so many words are looked for in other events, and outside quotations.
OWN = 5
# Words of a run that two reports have by more than chance: of 11,025 pairs of different events (BASIL) one
# has a run of ten; of 150 pairs of one event 65 have, all but two of them words that both quote.
BEYOND_CHANCE = 10
# Words of a run without which translations of one text are still worded alike (the letters in one order of
# 99 % of Czech ones are .56 of 180 words and more) and separate reports with a passage in common are not
# (95 % of agency copies, the rest of them another outlet's, .51 and less).
BEYOND_PHRASES = 8
# Words outside quotations in one shared run. Of 196 pairs of independent reports of one event (BASIL,
# NewsWCL50) one has 15 (a sentence on who somebody is), none more; of 22 pairs of ECB+ drawn and read,
# runs of 16 and more were press text, and under that half were names of offices and prizes.
PASSAGE_RUN = 16
# Share of English function words from which a text of unknown language is English: all reports of BASIL and
# NewsWCL50 have .33 or more, 467 of 486 of ECB+ .25 (the rest are lists); of six other languages .09 at most.
ENGLISH = 0.25


def compare_pairs(compared: Compared, *, pairs: pd.DataFrame | None = None) -> Pairs:
    """Return the pairs table: how much wording each pair of reports shares, and in what order.

    `pairs` names the pairs wanted in doc_id_a and doc_id_b; without it all pairs of reports are compared.
    """
    wanted = compared.wanted(pairs)
    rows = [
        (a, b, *_measures(compared.pair(a, b), compared.report(a), compared.report(b)))
        for a, b in tqdm(wanted, "shared wording", disable=len(wanted) < QUIET)
    ]
    return from_rows(rows, PairsTable)


def measure_pairs(
    compared: Compared, *, documents: Documents | None = None, pairs: pd.DataFrame | None = None
) -> PairMeasures:
    """Return the measures the verdicts use, one row per pair of reports (all pairs, or those of `pairs`).

    `documents` names the events, so that word runs also found in reports of a third event lose their
    weight in c5_own; without it nothing is taken away.
    """
    table = compare_pairs(compared, pairs=pairs)
    for name in ("c3", "c5", "c8", "tile_share"):
        table[name] = table[[f"{name}_a", f"{name}_b"]].max(axis=1)
    table["clumping"] = (table["mean_tile"] - 2) / np.sqrt(table["tile_share"])
    known = _known(compared, documents)
    ends = list(pair_names(table))
    extra = [_further(compared, known, a, b) for a, b in tqdm(ends, "measures", disable=len(ends) < QUIET)]
    added = [name for name in PairMeasuresTable.to_schema().columns if name not in table.columns]
    return conform(table.join(pd.DataFrame(extra, columns=added)), PairMeasuresTable)


class _Known(NamedTuple):
    """What is known of all reports: event and language of each, and in how many events each 5-gram is."""

    event: Mapping[str, str]
    language: Mapping[str, str]
    grams: Hashes
    n_events: np.ndarray


def _known(compared: Compared, documents: Documents | None) -> _Known:
    """Return what is known of all reports."""
    if documents is None:
        return _Known({}, {}, *count_events(compared.words, {}, n=OWN))
    event = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    spoken = languages(compared.tokens, documents)
    return _Known(event, spoken, *count_events(compared.words, event, n=OWN))


def _further(compared: Compared, known: _Known, a: str, b: str) -> dict[str, object]:
    """Return the measures of a pair that need its events, its quotations or its windows."""
    pair, two = compared.pair(a, b), (compared.report(a), compared.report(b))
    events = {known.event.get(end, UNKNOWN) for end in (a, b)}
    return {
        "events": UNKNOWN if UNKNOWN in events else ("same" if len(events) == 1 else "different"),
        "language": ", ".join(sorted({known.language.get(end, UNKNOWN) for end in (a, b)})),
        "n_words": min(len(report.words) for report in two),
        "c5_own": _own(*two, events=events, known=known),
        "c5_narrated": _narrated(*two),
        "run_narrated": _run_narrated(pair, *two),
        "run_quoted": _run_quoted(pair, *two),
        **_apart(pair, *two),
        **_held(pair, *two),
        "dense": _dense(pair, *two),
        "window": max(window.share for window in pair.windows),
    }


def _measures(pair: Pair, a: Worded, b: Worded) -> tuple[float, ...]:
    """Return the columns of one pair, in the order of the pairs table."""
    tiles, n_a, n_b = pair.tiles, len(a.words), len(b.words)
    covered = sum(tile.length for tile in tiles)
    return (
        *(share for n in GRAMS for share in pair.containment[n]),
        tiles[0].length if tiles else _short_run(a.words, b.words),
        order_kept(tiles),
        len(tiles),
        covered / n_a if n_a else np.nan,
        covered / n_b if n_b else np.nan,
        covered / len(tiles) if tiles else np.nan,
        lcs_share(a.words, b.words),
    )


def _short_run(a: Hashes, b: Hashes) -> int:
    """Return the length of the longest shared run of two texts that share no tile: 0, 1 or 2."""
    return max((n for n in (1, 2) if np.isin(roll(a, n=n), roll(b, n=n)).any()), default=0)


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


def count_events(words: dict[str, Hashes], event: Mapping[str, str], *, n: int) -> tuple[Hashes, np.ndarray]:
    """Return the n-grams of the reports whose event is known, and the number of events each is found in."""
    by_event: dict[str, list[Hashes]] = {}
    for doc_id, hashes in words.items():
        if event.get(doc_id, UNKNOWN) != UNKNOWN:
            by_event.setdefault(event[doc_id], []).append(roll(hashes, n=n))
    grams = [np.unique(np.concatenate(parts)) for parts in by_event.values()]
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *grams]), return_counts=True)


def _own(a: Worded, b: Worded, *, events: set[str], known: _Known) -> float:
    """Return the larger containment of the 5-grams that no report of a third event has; NaN for none."""
    grams = a.grams[OWN], b.grams[OWN]
    if not len(grams[0]) or not len(grams[1]):
        return float("nan")
    shared = grams[0][among(*grams)]
    if UNKNOWN not in events:
        shared = shared[known.n_events[np.searchsorted(known.grams, shared)] <= len(events)]
    return len(shared) / min(map(len, grams))


def _narrated(a: Worded, b: Worded) -> float:
    """Return the larger share of the 5-grams begun outside quotation that the other has; NaN for none."""
    ways = ((a.told, b.grams[OWN]), (b.told, a.grams[OWN]))
    return max((float(among(told, grams).mean()) for told, grams in ways if len(told)), default=float("nan"))


def _run_narrated(pair: Pair, a: Worded, b: Worded) -> int:
    """Return the most words of one shared run that neither report quotes."""
    told = (
        ~a.quoted[tile.start_a : tile.start_a + tile.length]
        & ~b.quoted[tile.start_b : tile.start_b + tile.length]
        for tile in pair.tiles
    )
    return max((int(words.sum()) for words in told), default=0)


def _held(pair: Pair, a: Worded, b: Worded) -> dict[str, float]:
    """Return share_a and share_b, the share of the words of each that are in shared runs; 0 without words."""
    held = sum(tile.length for tile in pair.long_tiles(OWN))
    return {f"share_{side}": held / max(len(report.words), 1) for side, report in (("a", a), ("b", b))}


def _dense(pair: Pair, a: Worded, b: Worded) -> float:
    """Return the largest share of a window's words in shared runs of five or more that neither quotes."""
    best = 0
    held = np.zeros(len(a.words), dtype=int), np.zeros(len(b.words), dtype=int)
    for i, j, length in pair.long_tiles(OWN):
        told = ~a.quoted[i : i + length] & ~b.quoted[j : j + length]
        held[0][i : i + length] = held[1][j : j + length] = told
    for words in held:
        total = np.concatenate([[0], np.cumsum(words)])
        wide = total[WINDOW:] - total[:-WINDOW]
        best = max(best, int(wide.max(initial=0)))
    return best / WINDOW


def _run_quoted(pair: Pair, a: Worded, b: Worded) -> int:
    """Return the words of the longest shared run that stands inside quotations of both reports."""
    longest = 0
    for tile in pair.tiles:
        if tile.length <= longest:
            break
        both = (
            a.quoted[tile.start_a : tile.start_a + tile.length]
            & b.quoted[tile.start_b : tile.start_b + tile.length]
        )
        edges = np.flatnonzero(~np.concatenate([[False], both, [False]]))
        longest = max(longest, int(np.diff(edges).max()) - 1)
    return longest


def _apart(pair: Pair, a: Worded, b: Worded) -> dict[str, float]:
    """Return lcs_apart, letters_apart, letters_rest and run_share.

    What two reports quote of one statement is no wording of theirs; NaN where no words are left.
    """
    kept = np.ones(len(a.words), dtype=bool), np.ones(len(b.words), dtype=bool)
    for tile in pair.tiles:
        at = slice(tile.start_a, tile.start_a + tile.length), slice(tile.start_b, tile.start_b + tile.length)
        both = a.quoted[at[0]] & b.quoted[at[1]]
        kept[0][at[0]], kept[1][at[1]] = ~both, ~both
    words = lcs_share(a.words[kept[0]], b.words[kept[1]])
    letters = letters_share(a.norms[kept[0]], b.norms[kept[1]])
    own = [int(side.sum()) for side in kept]
    left = []
    for shortest in (BEYOND_PHRASES, OWN):
        for tile in pair.long_tiles(shortest):
            kept[0][tile.start_a : tile.start_a + tile.length] = False
            kept[1][tile.start_b : tile.start_b + tile.length] = False
        left.append([side.copy() for side in kept])
    rest = letters_share(a.norms[left[0][0]], b.norms[left[0][1]])
    shares = [1 - int(side.sum()) / n for side, n in zip(left[1], own, strict=True) if n]
    return {
        "lcs_apart": words,
        "letters_apart": letters,
        "letters_rest": rest,
        "run_share": max(shares, default=0.0),
    }
