"""How much wording the reports of a pair share: by n-grams, runs and windows, quoted and narrated."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers import reuse
from helpers.fingerprints import Hashes, roll, word_hashes
from helpers.schema import UNKNOWN, PairMeasures, conform
from helpers.voices import with_voice

__all__ = ["densest_window", "hash_words", "mark_quoted", "measure_pairs"]

WINDOW, GRAM = 60, 3


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
    quoted = mark_quoted(tokens, voices)
    words = hash_words(tokens)
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


def hash_words(tokens: pd.DataFrame) -> dict[str, Hashes]:
    """Return the hashed words of every report by doc_id, in their order."""
    hashes = word_hashes(tokens["norm"])
    groups = tokens.groupby("doc_id", sort=True).indices
    return {str(doc_id): hashes[rows] for doc_id, rows in groups.items()}


def mark_quoted(tokens: pd.DataFrame, voices: pd.DataFrame | None) -> dict[str, np.ndarray]:
    """Return, by doc_id, whether each word of the report is quoted directly; without `voices` none is."""
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
