"""Where two texts share runs of words: the stretches of each pair, all pairs in one pass."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from tqdm import tqdm

from helpers.pairs.distinct import QUIET
from helpers.pairs.engines import DOC_BITS
from helpers.pairs.fingerprints import batches, raw_words
from helpers.pairs.runs import SHINGLE, equal_runs, spread
from helpers.pairs.tables import Stretches, StretchesTable
from helpers.table import from_rows
from helpers.text import Documents

__all__ = ["find_stretches", "stretches"]
# Pairs whose stretches are found at a time.
PAIRS_AT_A_TIME = 2_000


def find_stretches(documents: Documents, pairs: pd.DataFrame, *, n: int = SHINGLE) -> Stretches:
    """Return the stretches table of candidate pairs: runs of `n` words or more that the other report has too.

    All pairs in one pass, linear in the texts however often they repeat themselves.
    """
    texts = dict(zip(documents["doc_id"].astype(str), documents["text"], strict=True))
    names = sorted({*pairs["doc_id_a"].astype(str), *pairs["doc_id_b"].astype(str)})
    number = {name: k for k, name in enumerate(names)}
    a, b = (pairs[name].map(number).to_numpy(np.int64) for name in ("doc_id_a", "doc_id_b"))
    found = stretches([texts[name] for name in names], a, b, n=n).to_numpy()
    cuts = np.flatnonzero(np.diff(found[:, 0])) + 1
    rows: list[tuple[object, ...]] = [
        (names[doc], start, end, names[other], size)
        for islands in np.split(found, cuts)
        if len(islands)
        for doc in islands[:1, 0].tolist()
        for start, end, other, size in _placed(texts[names[doc]], islands, n)
    ]
    return from_rows(rows, StretchesTable)


def _placed(text: str, islands: np.ndarray, n: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield first and last code point, other text and size in words of the islands of a text."""
    words = raw_words(text)
    _, other, first, last = islands.T
    starts, ends = words.start_char[first], words.end_char[last + n - 1]
    yield from zip(*(x.tolist() for x in (starts, ends, other, last - first + n)), strict=True)


def stretches(texts: Sequence[str], a: np.ndarray, b: np.ndarray, *, n: int) -> pd.DataFrame:
    """Return the islands of shingles that texts `a` share with texts `b`.

    Columns doc, other, first_position, last_position: words of `doc` from 0, where the first and the last
    shingle start.
    """
    parts = [
        _islands(texts, a[k : k + PAIRS_AT_A_TIME], b[k : k + PAIRS_AT_A_TIME], n)
        for k in tqdm(range(0, len(a), PAIRS_AT_A_TIME), "stretches", disable=len(a) < QUIET)
    ]
    columns = ["doc", "other", "first_position", "last_position"]
    rows = np.concatenate([np.zeros((0, 4), dtype=np.int64), *parts])
    return pd.DataFrame(rows, columns=columns).sort_values(columns, ignore_index=True)


def _islands(texts: Sequence[str], a: np.ndarray, b: np.ndarray, n: int) -> np.ndarray:
    """Return the islands of some pairs, both ways, as rows."""
    docs = np.unique(np.concatenate([a, b]))
    parts = list(batches([texts[doc] for doc in docs.tolist()], n=n))
    shingle = np.concatenate([part.shingle for part in parts]) & ~np.uint64((1 << DOC_BITS) - 1)
    position = np.concatenate([part.position for part in parts])
    bounds = np.searchsorted(np.concatenate([part.text for part in parts]), np.arange(len(docs) + 1))
    ends = np.searchsorted(docs, np.concatenate([a, b]))
    size = bounds[ends + 1] - bounds[ends]
    row, side = spread(bounds[ends], size), np.repeat(np.arange(len(ends)), size)
    key = shingle[row] | (side % len(a)).astype(np.uint64)
    order = np.argsort(key)
    start, count = equal_runs(key[order])
    in_a = np.append(0, np.cumsum(side[order] < len(a)))
    from_a = in_a[start + count] - in_a[start]
    both = (from_a > 0) & (from_a < count)
    hit = np.sort(order[spread(start[both], count[both])])
    if not len(hit):
        return np.zeros((0, 4), dtype=np.int64)
    first = np.flatnonzero((np.diff(hit, prepend=-2) != 1) | (np.diff(side[hit], prepend=-1) != 0))
    last = np.append(first[1:], len(hit)) - 1
    mine, partner = np.concatenate([a, b]), np.concatenate([b, a])
    who, places = side[hit[first]], position[row[hit]]
    return np.column_stack([mine[who], partner[who], places[first], places[last]])
