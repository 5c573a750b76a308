"""Reports of an event in two languages that tell the same sentence by sentence, in one order."""

from bisect import bisect_left

from helpers.pairs import SURE, MeantPairs
from helpers.synopsis.tables import Renderings, RenderingsTable
from helpers.table import from_rows
from helpers.text import Documents, Sentences, read_as

__all__ = ["find_renderings"]
# Above both, a report may render another. Blocks of 20 Estonian sentences (MLQE-PE, 1,000 in all) are so
# beside their translations and never beside another block's; of one invented story in twelve languages 130 of
# 132 translations are, and none of 132 separate reports of the event (`benchmarks/languages.py`).
MOST, IN_ORDER = 0.7, 0.9


def find_renderings(meant: MeantPairs, sentences: Sentences, documents: Documents) -> Renderings:
    """Return the renderings table: how much two reports in different languages tell alike, and in what order.

    Counted are the sentences of headline and body of the shorter report, and those of them that surely mean
    the same as one of the other.
    """
    languages = documents.set_index("doc_id")["language"].map(read_as).to_dict()
    sizes = sentences.groupby("doc_id").size().to_dict()
    rows: list[tuple[object, ...]] = []
    sure = meant[meant["chance"] >= SURE]
    for (a, b), own in sure.groupby(["doc_id_a", "doc_id_b"], sort=True):
        if languages[str(a)] != languages[str(b)]:
            shorter = min(sizes[str(a)], sizes[str(b)])
            places = own.sort_values("sentence_id_a")["sentence_id_b"].tolist()
            share, order = len(own) / shorter, _increasing(places) / len(own)
            rows.append((a, b, shorter, len(own), share, order, share >= MOST and order >= IN_ORDER))
    return from_rows(rows, RenderingsTable)


def _increasing(places: list[int]) -> int:
    """Return the length of the longest increasing run of places, with gaps.

    >>> _increasing([0, 3, 1, 2, 5])
    4
    """
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)
