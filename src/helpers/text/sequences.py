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
        return [*SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]
    found: list[Edit] = []
    for same, run in groupby(Levenshtein.opcodes(old, new), key=lambda step: step.tag == "equal"):
        steps = list(run)
        first, last = steps[0], steps[-1]
        gone, come = first.src_start < last.src_end, first.dest_start < last.dest_end
        kind = "replace" if gone and come else "delete" if gone else "insert"
        places = first.src_start, last.src_end, first.dest_start, last.dest_end
        found.append(("equal" if same else kind, *places))
    return found
