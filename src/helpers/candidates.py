"""From many reports to the few pairs worth comparing: shared runs of words, alike vocabulary, or both."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse
from tqdm import tqdm

from helpers import engines
from helpers.engines import CROWD, DOC_BITS, FEW, HOUSE, MIN_COMMON, MIN_SHARED
from helpers.fingerprints import Hashes, batches, raw_words, roll, word_batches
from helpers.schema import UNKNOWN, Candidates, StockTexts, Stretches, conform, empty, from_rows

__all__ = [
    "WHOLE_EVENT",
    "EventPairs",
    "Found",
    "chosen_path",
    "event_pairs",
    "find_pairs",
    "find_stretches",
    "shared_pairs",
    "stretches",
    "tfidf_pairs",
]

# Words in a shared run; TF-IDF cosine from which two reports are a pair.
SHINGLE, COSINE = 8, 0.5
# Up to so many reports every pair is compared. Up to so many characters the vocabulary is compared too,
# and the join of runs stays in memory: about 16 bytes a character, and 3.
ALL_PAIRS, VOCABULARY, IN_MEMORY = 200, 400_000_000, 4_000_000_000
PATHS = ("all", "memory", "runs", "disk")
# Up to so many reports every pair of an event is set side by side; beyond, so many nearest to each report.
WHOLE_EVENT, NEAREST = 40, 20
# Crowded shingles alone make a pair only where they are so large a share of the shorter report.
STORY = 1 / 3
# Where outlets are unknown: an ending that so many reports have, shared with nothing else, is a footer. It
# is compared from its last code points to at most so many.
ENDINGS, LAST, LONGEST = 4, 40, 2_000
# Texts whose stock wording is reported, packed keys joined at a time (they stay in the processor's cache),
# pairs counted at a time, pairs whose stretches are found at a time.
STOCK = 100
BUCKET, COUNTED, PAIRS_AT_A_TIME = 1 << 17, 1 << 20, 2_000
# Upper bits by which the keys of a batch are parted, and bits that one pass of a sort takes.
PARTED, PASS = 10, 16
# What a report keeps out of the TF-IDF join: its commonest words, up to this length of its unit vector.
SUFFIX = 0.4
# Multiplications that the TF-IDF join may take, and pairs for each text that it may look at; beyond, words
# common to most reports are left out of it.
WORK, PARTNERS, ROWS, VERIFIED = 4_000_000_000, 250, 512, 1 << 10
# Below so many texts no progress is shown.
QUIET = 10_000


# Pairs of texts, each as one number, and how many shingles they share.
_Tally = tuple[np.ndarray, np.ndarray]


class Found(NamedTuple):
    """The pairs worth comparing, the text set aside, the path taken and the figures it was chosen by."""

    pairs: pd.DataFrame
    stock: pd.DataFrame
    path: str
    figures: dict[str, int]


class _Texts(Sequence[str]):
    """Texts in an order of their own, taken from the table one by one: they are not copied."""

    def __init__(self, texts: Sequence[str], order: np.ndarray) -> None:
        self._texts, self._order = texts, order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, k: Any) -> Any:
        return self._texts[self._order[k]]

    def __iter__(self) -> Iterator[str]:
        return map(self._texts.__getitem__, self._order.tolist())


class EventPairs(NamedTuple):
    """Pairs of reports of one event to set side by side, of how many, and the reports of unknown event.

    `near` has the pairs of each event that is too large for all of them to be compared.
    """

    pairs: pd.DataFrame
    near: dict[str, list[tuple[str, str]]]
    n_pairs: int
    n_unknown: int


class _Corpus(NamedTuple):
    """Different texts numbered in the order of their outlets, and the reports that have each text."""

    texts: Sequence[str]
    outlets: np.ndarray
    members: list[list[str]]


class _Shared(NamedTuple):
    """Pairs of texts, how many shingles they share that few have, and how many that a crowd has."""

    a: np.ndarray
    b: np.ndarray
    n_shared: np.ndarray
    n_crowded: np.ndarray


class _Ending(NamedTuple):
    """An ending set aside: a text that has it, the code point it starts at, and how many texts end so."""

    doc: int
    start: int
    n_docs: int


class _Crowd(NamedTuple):
    """Crowded shingles: the packed hash, the first text that has it, and in how many texts and outlets."""

    shingle: Hashes
    leader: np.ndarray
    n_docs: np.ndarray
    n_outlets: np.ndarray


def chosen_path(documents: pd.DataFrame) -> str:
    """Return the path for a corpus of this size: all, memory, runs or disk."""
    if len(documents) <= ALL_PAIRS:
        return "all"
    n_chars = documents["text"].str.len().sum()
    return "memory" if n_chars <= VOCABULARY else "runs" if n_chars <= IN_MEMORY else "disk"


def find_pairs(documents: pd.DataFrame, *, path: str = "", memory: str = "1GB") -> Found:
    """Return the pairs of reports worth comparing, by the path that suits the size of the corpus.

    all: every pair. memory: pairs that share runs of words or have alike vocabulary. runs: the former
    only. disk: as runs, joined by DuckDB within `memory`. Raises ValueError for another path, and
    ModuleNotFoundError where the disk is needed and the extra `large` is not installed.
    """
    path = path or chosen_path(documents)
    if path not in PATHS:
        raise ValueError(f"path must be {', '.join(PATHS)}, not {path!r}")
    figures = {"n_reports": len(documents), "n_chars": int(documents["text"].str.len().sum())}
    if path == "all":
        rows: list[tuple[object, ...]] = [
            (a, b, 0, np.nan, "all") for a, b in combinations(sorted(documents["doc_id"].astype(str)), 2)
        ]
        return Found(from_rows(rows, Candidates), empty(StockTexts), path, figures)
    if path == "disk" and not engines.has_duckdb():
        n_chars = f"{figures['n_chars']:,} characters are joined on disk, which needs DuckDB"
        raise ModuleNotFoundError(f"{n_chars}: pip install 'variorum[large]'")
    corpus = _numbered(documents)
    found, crowd, sizes = _joined(corpus, SHINGLE, memory if path == "disk" else "")
    joined, endings = _without_endings(corpus, found, SHINGLE)
    pairs = _as_candidates(corpus, joined)
    copies = np.array([len(names) for names in corpus.members], dtype=np.int64)
    figures |= {"n_copies": int((copies - 1).sum()), "n_short": int(copies[sizes == 0].sum())}
    figures |= {"n_many_copies": int((copies > CROWD).sum()), "n_terms_left_out": 0}
    figures["n_same_ending"] = len(found.a) - len(joined.a)
    if path == "memory":
        alike, figures["n_terms_left_out"] = _tfidf(corpus, COSINE)
        pairs = _union(pairs, alike)
    return Found(pairs, _stock_texts(corpus, crowd, endings, SHINGLE), path, figures)


def event_pairs(documents: pd.DataFrame) -> EventPairs:
    """Return the pairs of reports of one event to set side by side: doc_id_a, doc_id_b.

    All of an event of up to WHOLE_EVENT reports. Of a larger one those worth comparing (`find_pairs`), of
    these the NEAREST to each report: the ones that share most runs of words, then those of most alike
    vocabulary. No more than NEAREST times the reports. Those of unknown event are taken for one.
    """
    rows: list[tuple[str, str]] = []
    near: dict[str, list[tuple[str, str]]] = {}
    n_pairs = 0
    for event_id, reports in documents.groupby("event_id", sort=True):
        n_pairs += len(reports) * (len(reports) - 1) // 2
        if len(reports) > WHOLE_EVENT:
            path = chosen_path(reports)
            found = find_pairs(reports, path="memory" if path == "all" else path).pairs
            near[str(event_id)] = _nearest(found)
            rows += near[str(event_id)]
        else:
            rows += combinations(sorted(reports["doc_id"].astype(str)), 2)
    pairs = pd.DataFrame(rows, columns=["doc_id_a", "doc_id_b"])
    return EventPairs(pairs, near, n_pairs, int((documents["event_id"] == UNKNOWN).sum()))


def _nearest(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the names of the candidate pairs that are among the NEAREST of either report."""
    both = pd.concat(
        [
            pairs.assign(own=pairs[own], other=pairs[other], row=np.arange(len(pairs)))
            for own, other in (("doc_id_a", "doc_id_b"), ("doc_id_b", "doc_id_a"))
        ]
    )
    order = ["n_shared", "cosine", "other"]
    ranked = both.sort_values(order, ascending=[False, False, True], kind="stable")
    rows = np.unique(ranked.groupby("own").head(NEAREST)["row"])
    return list(zip(*(pairs[name].iloc[rows].tolist() for name in ("doc_id_a", "doc_id_b")), strict=True))


def shared_pairs(
    documents: pd.DataFrame, *, n: int = SHINGLE, memory: str = "", session: Any = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pairs that share runs of `n` words, as candidates, and the stock texts set aside.

    A pair needs three distinct runs that few outlets have, or sixteen that more have, or, of runs that a
    crowd has, a third of the shorter report. Where outlets are unknown, reports that share nothing but an
    ending that four or more have are no pair. Identical texts are collapsed first. With `memory` the join
    is DuckDB's, within so much; with `session` it is Spark's.
    """
    corpus = _numbered(documents)
    found, crowd, _ = _joined(corpus, n, memory, session)
    joined, endings = _without_endings(corpus, found, n)
    return _as_candidates(corpus, joined), _stock_texts(corpus, crowd, endings, n)


def tfidf_pairs(documents: pd.DataFrame, *, cosine: float = COSINE) -> pd.DataFrame:
    """Return the pairs whose TF-IDF vectors of one- and two-word terms have at least this cosine.

    Exact: the pairs of scikit-learn's TfidfVectorizer(ngram_range=(1, 2)). Terms go from the rarest to the
    commonest; a report's commonest ones, up to length s of its unit vector, can add no more than s to any
    cosine, so that only pairs whose other terms give the bound less s are looked at (Bayardo et al. 2007).
    """
    return _tfidf(_numbered(documents), cosine)[0]


def find_stretches(documents: pd.DataFrame, pairs: pd.DataFrame, *, n: int = SHINGLE) -> pd.DataFrame:
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
    return from_rows(rows, Stretches)


def _placed(text: str, islands: np.ndarray, n: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield first and last code point, other text and size in words of the islands of a text."""
    words = raw_words(text)
    _, other, first, last = islands.T
    starts, ends = words.start_char[first], words.end_char[last + n - 1]
    yield from zip(*(x.tolist() for x in (starts, ends, other, last - first + n)), strict=True)


def _numbered(documents: pd.DataFrame) -> _Corpus:
    """Return the different texts in the order of their outlets; an unknown outlet is one of its own."""
    doc_ids = documents["doc_id"].astype(str).to_numpy(object)
    named = documents["outlet"].astype(str).to_numpy(object)
    unknown = named == UNKNOWN
    order = np.lexsort((doc_ids, np.where(unknown, "", named).astype(str), unknown))
    codes = np.where(unknown, np.arange(len(named)) + len(named), pd.factorize(named)[0])[order]
    # Equal 64-bit hashes are taken for equal texts: texts need not be held as Python strings.
    texts = documents["text"].array
    hashes = np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))
    number, different = pd.factorize(hashes[order])
    if len(different) >= 1 << DOC_BITS:
        raise ValueError(f"{len(different):,} different reports; at most {1 << DOC_BITS:,} can be joined")
    first = np.full(len(different), len(texts))
    np.minimum.at(first, number, np.arange(len(texts)))
    members: list[list[str]] = [[] for _ in different]
    for name, text in zip(doc_ids[order].tolist(), number.tolist(), strict=True):
        members[text].append(name)
    return _Corpus(_Texts(texts, order[first]), codes[first], [sorted(names) for names in members])


def _joined(corpus: _Corpus, n: int, memory: str, session: Any = None) -> tuple[_Shared, _Crowd, np.ndarray]:
    """Return the pairs of texts that share runs enough, the crowded runs, and how many runs each text has."""
    if session is not None:
        found, crowd, sizes = _joined_on_cluster(corpus, n, session)
    else:
        found, crowd, sizes = _joined_on_disk(corpus, n, memory) if memory else _joined_in_memory(corpus, n)
    return _worthwhile(found, sizes), crowd, sizes


def _joined_in_memory(corpus: _Corpus, n: int) -> tuple[_Shared, _Crowd, np.ndarray]:
    """Return the pairs of texts that share runs of words, the crowded runs, and how many runs each text has.

    Packed keys (hash, text) are sorted bucket by bucket; equal hashes then stand side by side.
    """
    count = len(corpus.texts)
    parts, sizes = _parted(corpus.texts, n)
    few, common, links = ([_ones([])] for _ in range(3))
    crowds = [_Crowd(*(np.zeros(0, dtype=kind) for kind in ("u8", "i8", "i8", "i8")))]
    for bucket in _buckets(parts, count):
        keys, repeated = _distinct(_in_runs(bucket))
        np.subtract.at(sizes, repeated, 1)
        doc = _docs(keys)
        start, size = _runs(keys >> np.uint64(DOC_BITS))
        n_outlets = _outlets_in(corpus.outlets[doc], start, size)
        crowded = (n_outlets > CROWD) | (size > HOUSE * n_outlets)
        rare, stock = ~crowded & (n_outlets <= FEW), ~crowded & (n_outlets > FEW)
        few = _added(few, _ones(_each_to_each(doc, start[rare], size[rare], count)))
        common = _added(common, _ones(_each_to_each(doc, start[stock], size[stock], count)))
        links = _added(links, _ones([_each_to_first(doc, start[crowded], size[crowded], count)]))
        hashes = keys[start[crowded]] >> np.uint64(DOC_BITS)
        crowds.append(_Crowd(hashes, doc[start[crowded]], size[crowded], n_outlets[crowded]))
    found = _combined(_summed(few), _summed(common), _summed(links), count)
    return found, _Crowd(*map(np.concatenate, zip(*crowds, strict=True))), sizes


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


def _runs(values: Hashes) -> tuple[np.ndarray, np.ndarray]:
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
    row = _spread(start, size)
    end = np.repeat(start + size, size)
    step = 0
    while len(row):
        step += 1
        stay = row + step < end
        row, end = row[stay], end[stay]
        yield doc[row] * count + doc[row + step]


def _each_to_first(doc: np.ndarray, start: np.ndarray, size: np.ndarray, count: int) -> np.ndarray:
    """Return the pairs of the first text of each run with the others, as one number."""
    row = _spread(start, size)
    first = np.repeat(start, size)
    links: np.ndarray = (doc[first] * count + doc[row])[row != first]
    return links


def _ones(parts: Iterable[np.ndarray]) -> _Tally:
    """Return numbers, each counted once wherever it stands."""
    codes = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
    return codes, np.ones(len(codes), dtype=np.int64)


def _added(tallies: list[_Tally], tally: _Tally) -> list[_Tally]:
    """Return the tallies and one more, summed whenever the later ones outgrow the first."""
    tallies = [*tallies, tally]
    later = sum(len(codes) for codes, _ in tallies[1:])
    return [_summed(tallies)] if later > max(len(tallies[0][0]), COUNTED) else tallies


def _summed(tallies: list[_Tally]) -> _Tally:
    """Return the different numbers, in no order, and how often each is there.

    Many are parted by size first, so that the counts of a part stay in the processor's cache.
    """
    codes, counts = (np.concatenate(column) for column in zip(*tallies, strict=True))
    n_parts = min(len(codes) // COUNTED + 1, 1 << 10)
    if n_parts == 1:
        return _grouped(codes, counts)
    part = (codes // (int(codes.max()) // n_parts + 1)).astype(np.uint16)
    order = np.argsort(part, kind="stable")
    codes, counts = codes[order], counts[order]
    edges = np.cumsum(np.bincount(part, minlength=n_parts))[:-1]
    pieces = zip(np.split(codes, edges), np.split(counts, edges), strict=True)
    grouped = [_grouped(*piece) for piece in pieces]
    return np.concatenate([known for known, _ in grouped]), np.concatenate([n for _, n in grouped])


def _grouped(codes: np.ndarray, counts: np.ndarray) -> _Tally:
    """Return the different numbers, in no order, and the sum of the counts of each."""
    table = pa.table({"code": codes, "count": counts})
    summed = table.group_by("code", use_threads=False).aggregate([("count", "sum")])
    return summed["code"].to_numpy(), summed["count_sum"].to_numpy()


def _combined(few: _Tally, common: _Tally, links: _Tally, count: int) -> _Shared:
    """Return the pairs that share enough shingles: how many that no crowd has, and how many that one has."""
    bounds = ((few, MIN_SHARED), (common, MIN_COMMON - MIN_SHARED + 1), (links, MIN_SHARED))
    codes = np.unique(np.concatenate([known[number >= least] for (known, number), least in bounds]))
    columns = []
    for (known, number), _ in bounds:
        place = pd.Index(codes).get_indexer(known)
        column = np.zeros(len(codes), dtype=np.int64)
        column[place[place >= 0]] = number[place >= 0]
        columns.append(column)
    shared = columns[0] + columns[1]
    shared[(columns[0] < MIN_SHARED) & (shared < MIN_COMMON)] = 0
    crowded = np.where(columns[2] < MIN_SHARED, 0, columns[2])
    keep = (shared > 0) | (crowded > 0)
    return _Shared(codes[keep] // count, codes[keep] % count, shared[keep], crowded[keep])


def _worthwhile(found: _Shared, sizes: np.ndarray) -> _Shared:
    """Return the pairs that share runs few others have, or a story: a third of the shorter report."""
    story = found.n_crowded >= STORY * np.minimum(sizes[found.a], sizes[found.b])
    return _Shared(*(column[(found.n_shared > 0) | story] for column in found))


def _without_endings(corpus: _Corpus, found: _Shared, n: int) -> tuple[_Shared, list[_Ending]]:
    """Return the pairs that share more than a footer, and the footers, where outlets are unknown.

    A footer is an ending, to the letter, that a report shares with others and shares nothing else with
    them: with so many that it is no coincidence, and less than makes a story.
    """
    n_reports = sum(map(len, corpus.members))
    unknown = (corpus.outlets[found.a] >= n_reports) | (corpus.outlets[found.b] >= n_reports)
    if not unknown.any():
        return found, []
    last = pd.factorize(np.array([text[-LAST:] for text in corpus.texts], dtype=object))[0]
    looked_at = np.flatnonzero(unknown & (found.n_crowded == 0) & (last[found.a] == last[found.b]))
    length = np.zeros(len(found.a), dtype=np.int64)
    alone = np.zeros(len(found.a), dtype=bool)
    n_runs: dict[str, int] = {}
    for k in looked_at.tolist():
        one, two = corpus.texts[found.a[k]], corpus.texts[found.b[k]]
        length[k] = _same_ending(one, two)
        ending = one[len(one) - length[k] :]
        if ending not in n_runs:
            n_runs[ending] = len(raw_words(ending).hashes) - n + 1
        alone[k] = found.n_shared[k] <= n_runs[ending] and length[k] < STORY * min(len(one), len(two))
    partners = np.bincount(np.concatenate([found.a[alone], found.b[alone]]), minlength=len(corpus.texts))
    alone &= np.minimum(partners[found.a], partners[found.b]) >= ENDINGS - 1
    endings = []
    for which in np.unique(last[found.a[alone]]).tolist():
        mine = np.flatnonzero(alone & (last[found.a] == which))
        docs, start = np.unique(np.concatenate([found.a[mine], found.b[mine]])), int(length[mine].min())
        endings.append(_Ending(int(docs[0]), len(corpus.texts[docs[0]]) - start, len(docs)))
    return _Shared(*(column[~alone] for column in found)), endings


def _same_ending(one: str, two: str) -> int:
    """Return how many of their last code points two texts share, up to LONGEST."""
    low, high = 0, min(len(one), len(two), LONGEST)
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle :] == two[len(two) - middle :]:
            low = middle
        else:
            high = middle - 1
    return low


def _joined_on_disk(corpus: _Corpus, n: int, memory: str) -> tuple[_Shared, _Crowd, np.ndarray]:
    """Return what `_joined_in_memory` does, joined by DuckDB within so much memory."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fingerprints.parquet"
        sizes = engines.write_fingerprints(corpus.texts, corpus.outlets, path, n=n)
        pairs = engines.duckdb_pairs(path, memory=memory)
        crowd = engines.duckdb_pairs(path, memory=memory, sql=engines.CROWD_SQL)
    return *_from_sql(pairs, crowd), sizes


def _joined_on_cluster(corpus: _Corpus, n: int, session: Any) -> tuple[_Shared, _Crowd, np.ndarray]:
    """Return what `_joined_in_memory` does, joined by Spark."""
    columns = [np.arange(len(corpus.texts)), corpus.outlets, list(corpus.texts)]
    types = {"doc": pa.int32(), "outlet": pa.int32(), "text": pa.string()}
    table = pa.table(
        [pa.array(x, type=kind) for x, kind in zip(columns, types.values(), strict=True)], [*types]
    )
    prints = engines.spark_fingerprints(session.createDataFrame(table), n=n).persist()
    pairs, crowd, counts = (
        engines.spark_pairs(prints, sql=sql)
        for sql in (engines.PAIRS_SQL, engines.CROWD_SQL, engines.SIZES_SQL)
    )
    prints.unpersist()
    sizes = np.zeros(len(corpus.texts), dtype=np.int64)
    sizes[counts["doc"].to_numpy()] = counts["n_shingles"].to_numpy()
    return *_from_sql(pairs, crowd), sizes


def _from_sql(pairs: pd.DataFrame, crowd: pd.DataFrame) -> tuple[_Shared, _Crowd]:
    """Return what the SQL found as the join in memory gives it."""
    joined = _Shared(*(pairs[name].to_numpy() for name in _Shared._fields))
    found = _Crowd(*(crowd[name].to_numpy() for name in _Crowd._fields))
    return joined, found._replace(shingle=found.shingle.astype(np.uint64))


def _as_candidates(corpus: _Corpus, joined: _Shared) -> pd.DataFrame:
    """Return the pairs of reports that pairs of texts stand for, and the copies of each text."""
    a, b, k = _named(corpus, joined.a, joined.b)
    shared = (joined.n_shared + joined.n_crowded)[k]
    runs = pd.DataFrame({"doc_id_a": a, "doc_id_b": b, "n_shared": shared})
    runs["found_by"] = np.where(joined.n_shared > 0, "runs", "story")[k]
    return _with_copies(runs.assign(cosine=np.nan), corpus)


def _with_copies(pairs: pd.DataFrame, corpus: _Corpus, *, plain: bool = False) -> pd.DataFrame:
    """Return pairs of reports and the copies of each text as candidates, in order."""
    copies = pd.DataFrame([*_copies(corpus, plain=plain)], columns=["doc_id_a", "doc_id_b"])
    copies = copies.assign(n_shared=0, cosine=1.0 if plain else np.nan)
    copies["found_by"] = "vocabulary" if plain else "copy"
    given = [table for table in (pairs, copies) if len(table)]
    table = pd.concat(given) if given else empty(Candidates)
    return conform(table.sort_values(["doc_id_a", "doc_id_b"]), Candidates)


def _named(corpus: _Corpus, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the reports that pairs of texts stand for, the lesser name first, and the number of the pair.

    A text with more copies than a crowd is stood for by the first.
    """
    members = [names if len(names) <= CROWD else names[:1] for names in corpus.members]
    size = np.array([len(names) for names in members], dtype=np.int64)
    first = np.cumsum(size) - size
    names = np.array([*chain.from_iterable(members)], dtype=object)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.argsort(names, kind="stable")] = np.arange(len(names))
    pair = np.repeat(np.arange(len(a)), size[a] * size[b])
    place = np.arange(len(pair)) - np.searchsorted(pair, pair)
    one = first[a[pair]] + place // size[b[pair]]
    two = first[b[pair]] + place % size[b[pair]]
    one, two = np.where(rank[one] < rank[two], (one, two), (two, one))
    return names[one], names[two], pair


def _copies(corpus: _Corpus, *, plain: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the pairs of reports with the same text; of a crowd, each with the first. A text needs a word."""
    for k, names in enumerate(corpus.members):
        if len(names) > 1 and len(raw_words(corpus.texts[k], plain=plain).hashes):
            yield from combinations(names, 2) if len(names) <= CROWD else ((names[0], x) for x in names[1:])


def _stock_texts(corpus: _Corpus, crowd: _Crowd, endings: list[_Ending], n: int) -> pd.DataFrame:
    """Return endings, and crowded shingles in the texts that lead most of them, the commonest first."""
    leaders, where = np.unique(crowd.leader, return_inverse=True)
    weight = np.bincount(where, crowd.n_docs)
    rows: list[tuple[str, int, int, str, int, int]] = []
    for leader in leaders[np.argsort(-weight, kind="stable")[:STOCK]].tolist():
        mine = _Crowd(*(column[crowd.leader == leader] for column in crowd))
        rows += _stock_rows(corpus.members[leader][0], corpus.texts[leader], mine, n)
    for doc, start, n_docs in sorted(endings, key=lambda ending: -ending.n_docs)[:STOCK]:
        name, text = corpus.members[doc][0], corpus.texts[doc]
        words = raw_words(text).start_char
        start = int(words[words >= start][0])
        rows.append((name, start, len(text), text[start:], n_docs, n_docs))
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    different: dict[tuple[str, int], tuple[object, ...]] = {row[:2]: row for row in reversed(rows)}
    return from_rows([*different.values()][::-1], StockTexts)


def _stock_rows(name: str, text: str, crowd: _Crowd, n: int) -> list[tuple[str, int, int, str, int, int]]:
    """Return the rows of one text: stretches of crowded shingles, and the counts of the commonest of each."""
    words = raw_words(text)
    order = np.argsort(crowd.shingle)
    known = crowd.shingle[order]
    here = roll(words.hashes, n=n) >> np.uint64(DOC_BITS)
    at = np.minimum(np.searchsorted(known, here), len(known) - 1)
    places = np.flatnonzero(known[at] == here)
    rows = []
    for island in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
        which = order[at[island]]
        start, end = int(words.start_char[island[0]]), int(words.end_char[island[-1] + n - 1])
        counts = int(crowd.n_docs[which].max()), int(crowd.n_outlets[which].max())
        rows.append((name, start, end, text[start:end], *counts))
    return rows


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
    row, side = _spread(bounds[ends], size), np.repeat(np.arange(len(ends)), size)
    key = shingle[row] | (side % len(a)).astype(np.uint64)
    order = np.argsort(key)
    start, count = _runs(key[order])
    in_a = np.append(0, np.cumsum(side[order] < len(a)))
    from_a = in_a[start + count] - in_a[start]
    both = (from_a > 0) & (from_a < count)
    hit = np.sort(order[_spread(start[both], count[both])])
    if not len(hit):
        return np.zeros((0, 4), dtype=np.int64)
    first = np.flatnonzero((np.diff(hit, prepend=-2) != 1) | (np.diff(side[hit], prepend=-1) != 0))
    last = np.append(first[1:], len(hit)) - 1
    mine, partner = np.concatenate([a, b]), np.concatenate([b, a])
    who, places = side[hit[first]], position[row[hit]]
    return np.column_stack([mine[who], partner[who], places[first], places[last]])


def _spread(start: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the places of runs one after the other, given their starts and sizes."""
    before = np.cumsum(size) - size
    return np.repeat(start - before, size) + np.arange(size.sum())


def _union(shared: pd.DataFrame, alike: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of both tables; one that both have says so, unless it is a copy."""
    keys = ["doc_id_a", "doc_id_b"]
    table = shared.drop(columns="cosine").merge(alike[[*keys, "cosine"]], on=keys, how="outer")
    table["n_shared"] = table["n_shared"].fillna(0).astype("int64")
    both = table["cosine"].notna() & table["found_by"].isin(["runs", "story"])
    found_by = table["found_by"].where(~both, "both").fillna("vocabulary")
    return conform(table.assign(found_by=found_by), Candidates)


def _tfidf(corpus: _Corpus, bound: float) -> tuple[pd.DataFrame, int]:
    """Return the pairs with at least that cosine, and how many terms were left out to bound the work."""
    vectors = _vectors(corpus)
    work, near = WORK, None
    while near is None:
        heads, n_left_out = _heads(vectors, work)
        near = _near(heads, bound)
        work //= 10
    a, b = near
    cosine = _cosines(vectors, a, b)
    keep = cosine >= bound - 1e-12
    one, two, k = _named(corpus, a[keep], b[keep])
    alike = pd.DataFrame({"doc_id_a": one, "doc_id_b": two, "cosine": cosine[keep][k]})
    pairs = _with_copies(alike.assign(n_shared=0, found_by="vocabulary"), corpus, plain=True)
    return pairs, n_left_out


def _near(heads: sparse.csr_array, bound: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the pairs of heads that may reach the bound; nothing where they are too many to look at."""
    parts, found, n_texts = [np.zeros((0, 2), dtype=np.int64)], 0, heads.shape[0]
    tails = heads.T.tocsr()
    for row in tqdm(range(0, n_texts, ROWS), "vocabulary", disable=n_texts < QUIET):
        block = (heads[row : row + ROWS] @ tails).tocoo()
        keep = (block.data >= bound - SUFFIX - 1e-9) & (block.col > block.row + row)
        parts.append(np.column_stack([block.row[keep] + row, block.col[keep]]))
        found += len(parts[-1])
        if found > PARTNERS * n_texts:
            return None
    a, b = np.concatenate(parts).T
    return a, b


def _vectors(corpus: _Corpus) -> sparse.csr_array:
    """Return the unit TF-IDF vectors of texts; columns go from the rarest term to the commonest.

    Smoothed idf and Euclidean norm, as in scikit-learn. A term of one text counts in its norm only.
    """
    copies = np.array([len(names) for names in corpus.members], dtype=np.float64)
    doc, term, count = _term_counts(corpus.texts)
    first = np.flatnonzero(np.append(True, term[1:] != term[:-1])) if len(term) else term
    n_texts = np.diff(first, append=len(term))
    n_reports = np.add.reduceat(copies[doc], first) if len(term) else copies[:0]
    idf = np.log((1 + copies.sum()) / (1 + n_reports)) + 1
    weight = count * np.repeat(idf, n_texts)
    norm = np.sqrt(np.bincount(doc, weight**2, minlength=len(copies)))
    rare = np.argsort(n_reports[n_texts > 1], kind="stable")
    kept = np.repeat(n_texts > 1, n_texts)
    doc, weight = doc[kept], weight[kept] / norm[doc[kept]]
    columns = np.append(0, np.cumsum(n_texts[n_texts > 1]))
    terms = sparse.csc_array((weight, doc, columns), shape=(len(copies), len(rare)))
    return terms[:, rare].tocsr()


def _term_counts(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return text, term and count, sorted by term, of the words and pairs of neighbouring words of texts."""
    parts = list(word_batches(tqdm(texts, "words", disable=len(texts) < QUIET), plain=True))
    doc = np.concatenate([np.zeros(0, dtype=np.int32), *(part.text.astype(np.int32) for part in parts)])
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *(part.shingle for part in parts)])
    del parts
    codes, words = pd.factorize(hashes)
    del hashes
    beside = np.flatnonzero(doc[1:] == doc[:-1])
    key = np.concatenate([codes + 1, (codes[beside] + 1) * (len(words) + 1) + codes[beside + 1] + 1])
    bits = len(texts).bit_length()
    if bits + 2 * int(len(words) + 1).bit_length() > 63:
        key = np.unique(key, return_inverse=True)[1]
    key <<= bits
    key |= np.concatenate([doc, doc[beside]])
    key.sort()
    start = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else key
    count = np.diff(start, append=len(key))
    key = key[start]
    return key & ((1 << bits) - 1), key >> bits, count


def _heads(vectors: sparse.csr_array, bound: int) -> tuple[sparse.csr_array, int]:
    """Return the vectors without the commonest terms that add up to no more than SUFFIX in length.

    Terms that would take the join beyond so much work are left out too, the commonest first, and counted.
    """
    total = np.append(0, np.cumsum(vectors.data**2))
    rest = np.repeat(total[vectors.indptr[1:]], np.diff(vectors.indptr)) - total[:-1]
    keep = rest > SUFFIX**2
    work = np.cumsum(
        np.sort(np.bincount(vectors.indices[keep], minlength=vectors.shape[1]).astype(float)) ** 2
    )
    n_left_out = int((work > bound).sum())
    if n_left_out:
        uses = np.bincount(vectors.indices[keep], minlength=vectors.shape[1])
        keep &= ~np.isin(vectors.indices, np.argsort(uses, kind="stable")[-n_left_out:])
    rows = np.append(0, np.cumsum(keep))[vectors.indptr]
    heads = sparse.csr_array((vectors.data[keep], vectors.indices[keep], rows), shape=vectors.shape)
    return heads, n_left_out


def _cosines(vectors: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the cosines of pairs of rows."""
    parts = [
        np.asarray(vectors[a[k : k + VERIFIED]].multiply(vectors[b[k : k + VERIFIED]]).sum(axis=1)).ravel()
        for k in range(0, len(a), VERIFIED)
    ]
    return np.concatenate([np.zeros(0), *parts])
