"""Different texts numbered in the order of their outlets, and back to the reports that have them."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.pairs.engines import CROWD, DOC_BITS
from helpers.pairs.fingerprints import raw_words
from helpers.pairs.tables import Candidates, CandidatesTable
from helpers.table import UNKNOWN, conform, empty
from helpers.text import Documents

__all__ = ["QUIET", "Numbered", "name_pairs", "number_texts", "with_copies"]
# Below so many texts no search shows its progress.
QUIET = 10_000


class Numbered(NamedTuple):
    """Different texts numbered in the order of their outlets, and the reports that have each text."""

    texts: Sequence[str]
    outlets: np.ndarray
    members: list[list[str]]


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


def number_texts(documents: Documents) -> Numbered:
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
    return Numbered(_Texts(texts, order[first]), codes[first], [sorted(names) for names in members])


def name_pairs(corpus: Numbered, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
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


def with_copies(pairs: pd.DataFrame, corpus: Numbered, *, plain: bool = False) -> Candidates:
    """Return pairs of reports and the copies of each text as candidates, in order."""
    copies = pd.DataFrame([*_copies(corpus, plain=plain)], columns=["doc_id_a", "doc_id_b"])
    copies = copies.assign(n_shared=0, cosine=1.0 if plain else np.nan)
    copies["found_by"] = "vocabulary" if plain else "copy"
    given = [table for table in (pairs, copies) if len(table)]
    table = pd.concat(given) if given else empty(CandidatesTable)
    return conform(table.sort_values(["doc_id_a", "doc_id_b"]), CandidatesTable)


def _copies(corpus: Numbered, *, plain: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the pairs of reports with the same text; of a crowd, each with the first. A text needs a word."""
    for k, names in enumerate(corpus.members):
        if len(names) > 1 and len(raw_words(corpus.texts[k], plain=plain).hashes):
            yield from combinations(names, 2) if len(names) <= CROWD else ((names[0], x) for x in names[1:])
