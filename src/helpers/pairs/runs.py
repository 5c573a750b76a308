"""Which texts share runs of words: fingerprints joined in memory, on disk or on a cluster."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from tqdm import tqdm

from helpers.pairs.distinct import QUIET, Numbered
from helpers.pairs.engines import (
    CROWD,
    CROWD_SQL,
    DOC_BITS,
    FEW,
    HOUSE,
    MIN_COMMON,
    MIN_SHARED,
    PAIRS_SQL,
    SIZES_SQL,
    duckdb_pairs,
    spark_fingerprints,
    spark_pairs,
    write_fingerprints,
)
from helpers.pairs.fingerprints import Hashes, batches

__all__ = [
    "SHINGLE",
    "STORY",
    "Crowd",
    "Shared",
    "equal_runs",
    "join_in_memory",
    "join_runs",
    "spread",
    "worthwhile",
]
# Words in a shared run.
SHINGLE = 8
# Crowded shingles alone make a pair only where they are so large a share of the shorter report.
STORY = 1 / 3
# Packed keys joined at a time (they stay in the processor's cache).
BUCKET = 1 << 17
# Runs of words for each part in which pairs are counted; pairs that may wait to be counted in a part, and how
# many times as many as those that are.
RUNS_A_PART, COUNTED, OFTEN = 1 << 22, 1 << 17, 8
# Upper bits by which the keys of a batch are parted, and bits that one pass of a sort takes.
PARTED, PASS = 10, 16


class Shared(NamedTuple):
    """Pairs of texts, how many shingles they share that few have, and how many that a crowd has."""

    a: np.ndarray
    b: np.ndarray
    n_shared: np.ndarray
    n_crowded: np.ndarray


class Crowd(NamedTuple):
    """Crowded shingles: the packed hash, the first text that has it, and in how many texts and outlets."""

    shingle: Hashes
    leader: np.ndarray
    n_docs: np.ndarray
    n_outlets: np.ndarray


class _Tally(NamedTuple):
    """Pairs of texts, each as one number, how many shingles each shares, and pairs not counted yet."""

    codes: np.ndarray
    counts: np.ndarray
    waiting: tuple[np.ndarray, ...] = ()
    n_waiting: int = 0


_NONE = _Tally(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def join_runs(corpus: Numbered, n: int, memory: str, session: Any = None) -> tuple[Shared, Crowd, np.ndarray]:
    """Return the pairs of texts that share runs enough, the crowded runs, and how many runs each text has."""
    if session is not None:
        found, crowd, sizes = _join_on_cluster(corpus, n, session)
    else:
        found, crowd, sizes = _join_on_disk(corpus, n, memory) if memory else join_in_memory(corpus, n)
    return worthwhile(found, sizes), crowd, sizes


def worthwhile(found: Shared, sizes: np.ndarray) -> Shared:
    """Return the pairs that share runs few others have, or a story: a third of the shorter report."""
    story = found.n_crowded >= STORY * np.minimum(sizes[found.a], sizes[found.b])
    return Shared(*(column[(found.n_shared > 0) | story] for column in found))


def join_in_memory(corpus: Numbered, n: int) -> tuple[Shared, Crowd, np.ndarray]:
    """Return the pairs of texts that share runs of words, the crowded runs, and how many runs each text has.

    Packed keys (hash, text) are sorted bucket by bucket; equal hashes then stand side by side.
    """
    count = len(corpus.texts)
    parts, sizes = _parted(corpus.texts, n)
    n_parts = min(int(sizes.sum()) // RUNS_A_PART + 1, 1 << 8)
    few, common, links = ([_NONE] * n_parts for _ in range(3))
    crowds = [Crowd(*(np.zeros(0, dtype=kind) for kind in ("u8", "i8", "i8", "i8")))]
    for bucket in _buckets(parts, count):
        keys, repeated = _distinct(_in_runs(bucket))
        np.subtract.at(sizes, repeated, 1)
        doc = _docs(keys)
        start, size = equal_runs(keys >> np.uint64(DOC_BITS))
        n_outlets = _outlets_in(corpus.outlets[doc], start, size)
        crowded = (n_outlets > CROWD) | (size > HOUSE * n_outlets)
        rare, stock = ~crowded & (n_outlets <= FEW), ~crowded & (n_outlets > FEW)
        few = _added(few, _each_to_each(doc, start[rare], size[rare], count), count)
        common = _added(common, _each_to_each(doc, start[stock], size[stock], count), count)
        links = _added(links, [_each_to_first(doc, start[crowded], size[crowded], count)], count)
        hashes = keys[start[crowded]] >> np.uint64(DOC_BITS)
        crowds.append(Crowd(hashes, doc[start[crowded]], size[crowded], n_outlets[crowded]))
    summed = (map(_summed, tallies) for tallies in (few, common, links))
    found = Shared(*map(np.concatenate, zip(*map(_combined, *summed, repeat(count)), strict=True)))
    return found, Crowd(*map(np.concatenate, zip(*crowds, strict=True))), sizes


def _join_on_disk(corpus: Numbered, n: int, memory: str) -> tuple[Shared, Crowd, np.ndarray]:
    """Return what `join_in_memory` does, joined by DuckDB within so much memory."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fingerprints.parquet"
        sizes = write_fingerprints(corpus.texts, corpus.outlets, path, n=n)
        pairs = duckdb_pairs(path, memory=memory)
        crowd = duckdb_pairs(path, memory=memory, sql=CROWD_SQL)
    return *_from_sql(pairs, crowd), sizes


def _join_on_cluster(corpus: Numbered, n: int, session: Any) -> tuple[Shared, Crowd, np.ndarray]:
    """Return what `join_in_memory` does, joined by Spark."""
    columns = [np.arange(len(corpus.texts)), corpus.outlets, list(corpus.texts)]
    types = {"doc": pa.int32(), "outlet": pa.int32(), "text": pa.string()}
    table = pa.table(
        [pa.array(x, type=kind) for x, kind in zip(columns, types.values(), strict=True)], [*types]
    )
    prints = spark_fingerprints(session.createDataFrame(table), n=n).persist()
    pairs, crowd, counts = (spark_pairs(prints, sql=sql) for sql in (PAIRS_SQL, CROWD_SQL, SIZES_SQL))
    prints.unpersist()
    sizes = np.zeros(len(corpus.texts), dtype=np.int64)
    sizes[counts["doc"].to_numpy()] = counts["n_shingles"].to_numpy()
    return *_from_sql(pairs, crowd), sizes


def _from_sql(pairs: pd.DataFrame, crowd: pd.DataFrame) -> tuple[Shared, Crowd]:
    """Return what the SQL found as the join in memory gives it."""
    joined = Shared(*(pairs[name].to_numpy() for name in Shared._fields))
    found = Crowd(*(crowd[name].to_numpy() for name in Crowd._fields))
    return joined, found._replace(shingle=found.shingle.astype(np.uint64))


def _parted(texts: Sequence[str], n: int) -> tuple[list[tuple[Hashes, np.ndarray]], np.ndarray]:
    """Return the packed keys batch by batch, and how many runs of words each text has, repeated ones too.

    The keys of a batch stand by their upper bits, then by text; beside them is where each value begins.
    """
    sizes = np.zeros(len(texts), dtype=np.int64)
    parts = []
    for part in batches(tqdm(texts, "fingerprints", disable=len(texts) < QUIET), n=n):
        keys = part.shingle >> np.uint64(DOC_BITS) << np.uint64(DOC_BITS) | part.text.astype(np.uint64)
        upper = (keys >> np.uint64(64 - PARTED)).astype(np.uint16)
        bounds = np.append(0, np.cumsum(np.bincount(upper, minlength=1 << PARTED)))
        parts.append((keys[np.argsort(upper, kind="stable")], bounds))
        for first in part.text[:1].tolist():
            mine = np.bincount(part.text - first)
            sizes[first : first + len(mine)] += mine
    return parts, sizes


def _buckets(parts: list[tuple[Hashes, np.ndarray]], n_texts: int) -> Iterator[Hashes]:
    """Yield all packed keys, sorted, in stretches that hold every key of a hash.

    A radix sort: keys are in order of their texts already, and few bits of the hash are left to order.
    Its cost does not hang on the processor, as that of numpy's comparison sort does.
    """
    total = sum(len(keys) for keys, _ in parts)
    bits = min((total // BUCKET).bit_length(), PARTED)
    step = 1 << (PARTED - bits)
    for k in tqdm(range(0, 1 << PARTED, step), "join", disable=n_texts < QUIET):
        pieces = [keys[bounds[k] : bounds[k + step]] for keys, bounds in parts]
        bucket = np.concatenate([np.zeros(0, dtype=np.uint64), *pieces])
        for low in range(DOC_BITS, 64 - bits, PASS):
            bucket = bucket[np.argsort((bucket >> np.uint64(low)).astype(np.uint16), kind="stable")]
        yield bucket


def _in_runs(keys: Hashes) -> Hashes:
    """Return the keys whose hash stands beside them too, given sorted keys."""
    same = (keys[1:] ^ keys[:-1]) < np.uint64(1 << DOC_BITS)
    beside = np.zeros(len(keys), dtype=bool)
    beside[1:] = same
    beside[:-1] |= same
    return keys[np.flatnonzero(beside)]


def _distinct(keys: Hashes) -> tuple[Hashes, np.ndarray]:
    """Return sorted keys without those that repeat the one before, and the texts of these."""
    again = np.zeros(len(keys), dtype=bool)
    again[1:] = keys[1:] == keys[:-1]
    return keys[~again], _docs(keys[again])


def _docs(keys: Hashes) -> np.ndarray:
    """Return the numbers of the texts of packed keys."""
    return (keys & np.uint64((1 << DOC_BITS) - 1)).astype(np.int64)


def equal_runs(values: Hashes) -> tuple[np.ndarray, np.ndarray]:
    """Return start and size of the runs of two or more equal values, given sorted values."""
    start = (
        np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.zeros(0, np.int64)
    )
    size = np.diff(start, append=len(values))
    return start[size > 1], size[size > 1]


def _outlets_in(outlets: np.ndarray, start: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return how many outlets each run has, given the outlet of every row; texts are in their order."""
    changes = np.cumsum(np.append(0, outlets[1:] != outlets[:-1]))
    if not len(start):
        return size
    n_outlets: np.ndarray = changes[start + size - 1] - changes[start] + 1
    return n_outlets


def _each_to_each(doc: np.ndarray, start: np.ndarray, size: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """Yield the pairs of texts of each run as one number, first those that stand side by side in it."""
    row = spread(start, size)
    end = np.repeat(start + size, size)
    step = 0
    while len(row):
        step += 1
        stay = row + step < end
        row, end = row[stay], end[stay]
        yield doc[row] * count + doc[row + step]


def _each_to_first(doc: np.ndarray, start: np.ndarray, size: np.ndarray, count: int) -> np.ndarray:
    """Return the pairs of the first text of each run with the others, as one number."""
    row = spread(start, size)
    first = np.repeat(start, size)
    links: np.ndarray = (doc[first] * count + doc[row])[row != first]
    return links


def _added(tallies: list[_Tally], pairs: Iterable[np.ndarray], count: int) -> list[_Tally]:
    """Return the tallies, one for each stretch of first texts, with pairs that wait to be counted in them.

    A tally is summed once many pairs wait. It and they stay in the processor's cache then, and most pairs
    come again and again: summed more often, those counted would be counted over each time.
    """
    codes = np.concatenate([np.zeros(0, dtype=np.int64), *pairs])
    part = (codes // (count * count // len(tallies) + 1)).astype(np.uint8)
    edges = np.cumsum(np.bincount(part, minlength=len(tallies)))[:-1]
    pieces = np.split(codes[np.argsort(part, kind="stable")], edges)
    return [_waiting(tally, piece) for tally, piece in zip(tallies, pieces, strict=True)]


def _waiting(tally: _Tally, codes: np.ndarray) -> _Tally:
    """Return the tally with more pairs waiting, or summed where they are many."""
    more = tally._replace(waiting=(*tally.waiting, codes), n_waiting=tally.n_waiting + len(codes))
    return _summed(more) if more.n_waiting > max(OFTEN * len(tally.codes), COUNTED) else more


def _summed(tally: _Tally) -> _Tally:
    """Return the tally with none waiting: the different pairs, in no order, and how often each is there."""
    codes = np.concatenate([tally.codes, *tally.waiting])
    counts = np.ones(len(codes), dtype=np.int64)
    counts[: len(tally.codes)] = tally.counts
    table = pa.table({"code": codes, "count": counts})
    summed = table.group_by("code", use_threads=False).aggregate([("count", "sum")])
    return _Tally(summed["code"].to_numpy(), summed["count_sum"].to_numpy())


def _combined(few: _Tally, common: _Tally, links: _Tally, count: int) -> Shared:
    """Return the pairs that share enough shingles: how many that no crowd has, and how many that one has."""
    bounds = ((few, MIN_SHARED), (common, MIN_COMMON - MIN_SHARED + 1), (links, MIN_SHARED))
    codes = np.unique(np.concatenate([tally.codes[tally.counts >= least] for tally, least in bounds]))
    columns = []
    for tally, _ in bounds:
        place = pd.Index(codes).get_indexer(tally.codes)
        column = np.zeros(len(codes), dtype=np.int64)
        column[place[place >= 0]] = tally.counts[place >= 0]
        columns.append(column)
    shared = columns[0] + columns[1]
    shared[(columns[0] < MIN_SHARED) & (shared < MIN_COMMON)] = 0
    crowded = np.where(columns[2] < MIN_SHARED, 0, columns[2])
    keep = (shared > 0) | (crowded > 0)
    return Shared(codes[keep] // count, codes[keep] % count, shared[keep], crowded[keep])


def spread(start: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the places of runs one after the other, given their starts and sizes."""
    before = np.cumsum(size) - size
    return np.repeat(start - before, size) + np.arange(size.sum())
