"""A find on a pair of reports, and the two reports that it is looked for in."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq

from helpers.derivation.pair import Pair
from helpers.derivation.witness import Witness

__all__ = ["WHOLE", "Case", "Find", "alike", "turned"]
# The span of a whole report, or of nothing on that side.
WHOLE = (0, 0)


class Find(NamedTuple):
    """Something found on a pair: what, for what it speaks, its value, its span in a and in b, and why."""

    kind: str
    supports: str
    value: float
    a: tuple[int, int]
    b: tuple[int, int]
    note: str


class Case(NamedTuple):
    """Two reports as evidence is looked for in them, what they share, and their measures."""

    a: Witness
    b: Witness
    pair: Pair
    measured: Any

    def turned(self) -> "Case":
        """Return the case with a and b exchanged."""
        return self._replace(a=self.b, b=self.a, pair=self.pair.turned())


def turned(finds: Iterator[Find]) -> Iterator[Find]:
    """Yield finds made with a and b exchanged."""
    other = {"a to b": "b to a", "b to a": "a to b"}
    for find in finds:
        yield find._replace(supports=other.get(find.supports, find.supports), a=find.b, b=find.a)


def alike(one: list[str], other: list[str]) -> float:
    """Return twice the longest common subsequence over the words of both, 0 to 1."""
    total = len(one) + len(other)
    return 2 * LCSseq.similarity(one, other) / total if total else 0.0
