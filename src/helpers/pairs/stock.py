"""Stock text set aside: endings that reports of unknown outlets share, and wording that a crowd has."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.pairs.distinct import Numbered
from helpers.pairs.engines import DOC_BITS
from helpers.pairs.fingerprints import raw_words, roll
from helpers.pairs.runs import STORY, Crowd, Shared
from helpers.pairs.tables import StockTexts, StockTextsTable
from helpers.table import from_rows

__all__ = ["Ending", "stock_texts", "without_endings"]
# Where outlets are unknown: an ending that so many reports have, shared with nothing else, is a footer. It
# is compared from its last code points to at most so many.
ENDINGS, LAST, LONGEST = 4, 40, 2_000
# Texts whose stock wording is reported.
STOCK = 100


class Ending(NamedTuple):
    """An ending set aside: a text that has it, the code point it starts at, and how many texts end so."""

    doc: int
    start: int
    n_docs: int


def without_endings(corpus: Numbered, found: Shared, n: int) -> tuple[Shared, list[Ending]]:
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
        endings.append(Ending(int(docs[0]), len(corpus.texts[docs[0]]) - start, len(docs)))
    return Shared(*(column[~alone] for column in found)), endings


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


def stock_texts(corpus: Numbered, crowd: Crowd, endings: list[Ending], n: int) -> StockTexts:
    """Return endings, and crowded shingles in the texts that lead most of them, the commonest first."""
    leaders, where = np.unique(crowd.leader, return_inverse=True)
    weight = np.bincount(where, crowd.n_docs)
    rows: list[tuple[str, int, int, str, int, int]] = []
    for leader in leaders[np.argsort(-weight, kind="stable")[:STOCK]].tolist():
        mine = Crowd(*(column[crowd.leader == leader] for column in crowd))
        rows += _stock_rows(corpus.members[leader][0], corpus.texts[leader], mine, n)
    for doc, start, n_docs in sorted(endings, key=lambda ending: -ending.n_docs)[:STOCK]:
        name, text = corpus.members[doc][0], corpus.texts[doc]
        words = raw_words(text).start_char
        start = int(words[words >= start][0])
        rows.append((name, start, len(text), text[start:], n_docs, n_docs))
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    different: dict[tuple[str, int], tuple[object, ...]] = {row[:2]: row for row in reversed(rows)}
    return from_rows([*different.values()][::-1], StockTextsTable)


def _stock_rows(name: str, text: str, crowd: Crowd, n: int) -> list[tuple[str, int, int, str, int, int]]:
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
