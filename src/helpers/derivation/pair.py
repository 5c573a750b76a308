"""Two reports side by side: the runs, n-grams and windows that they share, found once and kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.derivation.tiles import Tile, containment, shared_tiles
from helpers.pairs import Hashes, roll, word_hashes
from helpers.text import Tokens
from helpers.voices import Voices, with_voice

__all__ = [
    "GRAM",
    "GRAMS",
    "WINDOW",
    "Compared",
    "Pair",
    "Worded",
    "among",
    "densest_window",
    "pair_names",
    "report_words",
]
GRAMS = (3, 5, 8)
WINDOW, GRAM, NARRATED = 60, 3, 5
# Reports whose n-grams are kept for the next pair; made again, they cost a tenth of a pair.
KEPT = 1_000


class Worded(NamedTuple):
    """A report as it is compared: words, marks of quotation, 3-grams, distinct n-grams, narrated 5-grams."""

    words: Hashes
    norms: np.ndarray
    quoted: np.ndarray
    rolled: Hashes
    grams: dict[int, Hashes]
    told: Hashes


class Window(NamedTuple):
    """The densest window of a report: the share of its 3-grams that the other has, first word and end."""

    share: float
    first: int
    after: int


class Pair(NamedTuple):
    """What two reports share: a row of starts and length per tile, containment both ways, densest windows."""

    runs: np.ndarray
    containment: dict[int, tuple[float, float]]
    windows: tuple[Window, Window]

    @property
    def tiles(self) -> list[Tile]:
        """Return the tiles, the longest first."""
        return [Tile(*row) for row in self.runs.tolist()]

    def long_tiles(self, min_tokens: int) -> list[Tile]:
        """Return the tiles of so many words or more, the longest first."""
        return [Tile(*row) for row in self.runs[self.runs[:, 2] >= min_tokens].tolist()]

    def turned(self) -> "Pair":
        """Return the pair with a and b exchanged."""
        runs = self.runs[:, [1, 0, 2]]
        order = np.lexsort((runs[:, 1], runs[:, 0], -runs[:, 2]))
        shares = {n: (b, a) for n, (a, b) in self.containment.items()}
        return Pair(runs[order], shares, self.windows[::-1])


@dataclass(frozen=True, eq=False, repr=False)
class Compared:
    """The reports of a corpus as they are compared; each pair of them is looked at once.

    `voices` tells quotation from narration; without it all is narration.
    """

    tokens: Tokens
    voices: Voices | None = None
    _pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)

    @cached_property
    def words(self) -> dict[str, Hashes]:
        """Return the hashed words of every report."""
        return report_words(self.tokens)

    @cached_property
    def norms(self) -> dict[str, np.ndarray]:
        """Return the words of every report as they are compared."""
        norms = self.tokens["norm"].to_numpy(object)
        groups = self.tokens.groupby("doc_id", sort=True).indices
        return {str(doc_id): norms[rows] for doc_id, rows in groups.items()}

    @cached_property
    def quoted(self) -> dict[str, np.ndarray]:
        """Return, by report, whether each word is quoted directly."""
        if self.voices is None:
            return {doc_id: np.zeros(len(words), dtype=bool) for doc_id, words in self.words.items()}
        marks = (with_voice(self.tokens, self.voices)["voice"] == "direct").to_numpy(bool)
        groups = self.tokens.groupby("doc_id", sort=True).indices
        return {str(doc_id): marks[rows] for doc_id, rows in groups.items()}

    @cached_property
    def report(self) -> Callable[[str], Worded]:
        """Return what gives a report as it is compared, by its doc_id; one without words is empty."""
        return lru_cache(KEPT)(self._report)

    def pair(self, a: str, b: str) -> Pair:
        """Return what two reports share."""
        if (a, b) not in self._pairs:
            self._pairs[a, b] = _pair(self.report(a), self.report(b))
        return self._pairs[a, b]

    def wanted(self, pairs: pd.DataFrame | None) -> list[tuple[str, str]]:
        """Return the names of `pairs`; without it, those of all pairs of reports."""
        return list(combinations(sorted(self.words), 2) if pairs is None else pair_names(pairs))

    def _report(self, doc_id: str) -> Worded:
        """Return a report as it is compared."""
        words = self.words.get(doc_id, np.zeros(0, np.uint64))
        quoted = self.quoted.get(doc_id, np.zeros(0, bool))
        rolled = {n: roll(words, n=n) for n in GRAMS}
        told = rolled[NARRATED][~quoted[: len(rolled[NARRATED])]]
        grams = {n: np.unique(hashes) for n, hashes in rolled.items()}
        norms = self.norms.get(doc_id, np.zeros(0, object))
        return Worded(words, norms, quoted, rolled[GRAM], grams, np.unique(told))


def _pair(a: Worded, b: Worded) -> Pair:
    """Return what two reports share."""
    runs = np.array(shared_tiles(a.words, b.words), dtype=np.int32).reshape(-1, len(Tile._fields))
    shares = {n: containment(a.grams[n], b.grams[n]) for n in GRAMS}
    return Pair(runs, shares, (_densest(a.rolled, b.grams[GRAM]), _densest(b.rolled, a.grams[GRAM])))


def report_words(tokens: Tokens) -> dict[str, Hashes]:
    """Return the hashed words of every report by doc_id, in their order."""
    hashes = word_hashes(tokens["norm"])
    groups = tokens.groupby("doc_id", sort=True).indices
    return {str(doc_id): hashes[rows] for doc_id, rows in groups.items()}


def pair_names(pairs: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Return the names of the pairs."""
    return zip(pairs["doc_id_a"].astype(str), pairs["doc_id_b"].astype(str), strict=True)


def among(values: Hashes, known: Hashes) -> np.ndarray:
    """Return which values are among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    found: np.ndarray = known[np.searchsorted(known[:-1], values)] == values
    return found


def densest_window(a: Hashes, b: Hashes) -> Window:
    """Return the share of the densest window of `a`'s 3-grams found in `b`, its first word and its end.

    A window is 60 words, or the report where it is shorter; the share is NaN where there is no 3-gram.
    """
    return _densest(roll(a, n=GRAM), np.unique(roll(b, n=GRAM)))


def _densest(grams: Hashes, others: Hashes) -> Window:
    """Return `densest_window` for the 3-grams of one report and the sorted ones of the other."""
    if not len(grams) or not len(others):
        return Window(float("nan"), 0, 0)
    width = min(WINDOW - GRAM + 1, len(grams))
    total = np.concatenate([[0], np.cumsum(among(grams, others))])
    shares = (total[width:] - total[:-width]) / width
    place = int(shares.argmax())
    return Window(float(shares[place]), place, place + width + GRAM - 1)
