"""Two sequences side by side: what both have, in order, and what stands in its place."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

from rapidfuzz.distance import Levenshtein

__all__ = ["edits"]
# Pairs of members up to which blocks are matched: two sentences of 1,000 words. Beyond, where one word comes
# over and over (a long address), difflib took 4.4 CPU seconds for two of 5,700 words, least edits .01.
MATCHED = 1_000_000
Edit = tuple[str, int, int, int, int]


def edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Return kind (equal, replace, delete, insert), begin and end in `old`, and in `new`, of each stretch.

    By Ratcliff and Obershelp's longest matching blocks, as difflib has them; of sequences that are longer
    than MATCHED allows, by least edits (Levenshtein 1966), whose time grows by a sixty-fourth of the square.

    >>> edits(["a", "b", "c"], ["a", "x", "c"])[1]
    ('replace', 1, 2, 1, 2)
    """
    if len(old) * len(new) <= MATCHED:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found: list[Edit] = []
    steps = Levenshtein.opcodes(old, new).as_list()
    for same, run in groupby(steps, key=lambda step: step[0] == "equal"):
        first, *rest = run
        _, a_from, a_to, b_from, b_to = first
        if rest:
            a_to, b_to = rest[-1][2], rest[-1][4]
        kind = "replace" if a_from < a_to and b_from < b_to else "delete" if a_from < a_to else "insert"
        found.append(("equal" if same else kind, a_from, a_to, b_from, b_to))
    return found
