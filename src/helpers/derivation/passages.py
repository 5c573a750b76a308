"""Passages that two reports share, verbatim, reworded or abridged."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.derivation.pair import pair_names, report_words
from helpers.derivation.tables import Passages, PassagesTable
from helpers.derivation.tiles import TILE, shared_tiles
from helpers.pairs import Hashes, roll, word_hashes
from helpers.table import empty, from_rows
from helpers.text import Tokens
from helpers.voices import Voices, with_voice

__all__ = ["align_passages", "find_tiles", "reused_by_voice"]
# Passages. Words are compared by their first letters, a stemmer for every alphabet.
STEM = 5
# A sentence is compared in pieces of at most so many words; one shorter than the floor joins the next.
PIECE, PIECE_FLOOR = 25, 5
# A shared run of so many words is a passage of its own, exact to the word.
VERBATIM = 40
# Two pieces are a seed above this TF-ISF cosine and this share of words in common (Dice).
COSINE, DICE = 0.26, 0.28
# Pieces left out inside a passage, at most and at least; and in one that is abridged. Set on the PAN 2013
# sample (600 pairs): with 24 and a ratio of 3 summaries score .626 and all kinds .921, with these .713, .922.
GAPS, WIDE_GAP = range(4, 1, -1), 60
# Two passages must be as alike as this as wholes.
ALIKE = 0.34
# Abridged: lower seeds, one side so many times the other, no single part holding more of the evidence.
WIDE_COSINE, WIDE_RATIO, WIDE_SEEDS, WIDE_SHARE = 0.25, 2.5, 3, 0.6
# What a word that is not shared costs at the edge of a passage, in the weight of the rarest shared word.
STRAY = 0.4
# Words of the pairs compared in one product, which costs as much for one pair; rows of it held at a time.
TOGETHER, BLOCK = 50_000, 512


class _Side(NamedTuple):
    """One report as passages see it: hashed words and stems, their offsets, and the pieces they form."""

    words: Hashes
    stems: Hashes
    start_char: np.ndarray
    end_char: np.ndarray
    pieces: np.ndarray

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points from word `start` to before word `end`."""
        return int(self.start_char[start]), int(self.end_char[end - 1])


class _Seeds(NamedTuple):
    """Pairs of pieces alike: number in a, number in b, cosine, and share of words in common (Dice)."""

    a: np.ndarray
    b: np.ndarray
    cosine: np.ndarray
    dice: np.ndarray

    def take(self, rows: np.ndarray) -> "_Seeds":
        """Return some of them."""
        return _Seeds(*(column[rows] for column in self))


class _Vectors(NamedTuple):
    """Unit TF-ISF vectors of the pieces of a, then of b, as rows of a sparse array, and its columns."""

    indptr: np.ndarray
    indices: np.ndarray
    data: np.ndarray
    n_words: int


class _Near(NamedTuple):
    """What is alike in a pair: its seeds, the vectors of its pieces, and each word's ISF, 0 to 1."""

    seeds: _Seeds
    vectors: _Vectors
    weights: np.ndarray


class _Match(NamedTuple):
    """Words of a and words of b that form a passage, as half-open spans, and how alike they are."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    score: float
    evidence: float


def align_passages(tokens: Tokens, *, pairs: pd.DataFrame | None = None, min_chars: int = 150) -> Passages:
    """Return the passages table: spans of two reports that say the same, verbatim, rewritten or summarised.

    Shared runs of 40 words come first. The rest grows from pieces of sentences that are alike by TF-ISF
    cosine, joined over small gaps, after Sanchez-Perez, Sidorov and Gelbukh (2014); the edges are then
    moved to the words that are shared. Passages under `min_chars` on either side are left out. Moved
    passages are found; no stretch of report a is in two passages.
    """
    sides = _sides(tokens)
    wanted = combinations(sorted(sides), 2) if pairs is None else pair_names(pairs)
    rows = [
        (a, *sides[a].chars(m.start_a, m.end_a), b, *sides[b].chars(m.start_b, m.end_b), size, kind)
        for some in _by_some(wanted, sides)
        for ((a, b), own), near in zip(some, _near([own for _, own in some]), strict=True)
        for m, kind in _passages(*own, near, min_chars)
        for size in (min(m.end_a - m.start_a, m.end_b - m.start_b),)
    ]
    return from_rows(sorted(rows), PassagesTable) if rows else empty(PassagesTable)


def find_tiles(tokens: Tokens, *, pairs: pd.DataFrame | None = None, min_tokens: int = TILE) -> Passages:
    """Return the passages table of all tiles of at least `min_tokens` words, per pair the longest first."""
    sides = _sides(tokens)
    wanted = combinations(sorted(sides), 2) if pairs is None else pair_names(pairs)
    rows: list[tuple[object, ...]] = [
        (a, *sides[a].chars(i, i + n), b, *sides[b].chars(j, j + n), n, "verbatim")
        for a, b in wanted
        if a in sides and b in sides
        for i, j, n in shared_tiles(sides[a].words, sides[b].words, min_tokens=min_tokens)
    ]
    return from_rows(rows, PassagesTable)


def reused_by_voice(
    tokens: Tokens, voices: Voices, *, pairs: pd.DataFrame | None = None, n: int = TILE
) -> pd.DataFrame:
    """Return, per report, other report and voice, the words and how many stand in a shared n-gram.

    Columns doc_id, other, voice, n_tokens, n_shared, share. A word's voice is that of its first letter.
    Each pair is read both ways.
    """
    spoken = with_voice(tokens, voices)["voice"].to_numpy(object)
    words = report_words(tokens)
    rows_of = {str(doc_id): rows for doc_id, rows in tokens.groupby("doc_id", sort=True).indices.items()}
    wanted = list(combinations(sorted(words), 2)) if pairs is None else list(pair_names(pairs))
    rows = [
        (one, other, voice, int(chosen.sum()), int(hit[chosen].sum()), float(hit[chosen].mean()))
        for one, other in sorted([*wanted, *((b, a) for a, b in wanted)])
        if one in words and other in words
        for hit in [_covered(words[one], words[other], n)]
        for voice in sorted(set(spoken[rows_of[one]]))
        for chosen in [spoken[rows_of[one]] == voice]
    ]
    return pd.DataFrame(rows, columns=["doc_id", "other", "voice", "n_tokens", "n_shared", "share"])


def _covered(a: Hashes, b: Hashes, n: int) -> np.ndarray:
    """Return, for every word of `a`, whether it stands in an n-gram that `b` has too."""
    hit = np.isin(roll(a, n=n), roll(b, n=n))
    covered = np.zeros(len(a), dtype=bool)
    for k in range(n):
        covered[k : k + len(hit)] |= hit
    return covered


def _sides(tokens: Tokens) -> dict[str, _Side]:
    """Return every report as passages see it."""
    words = word_hashes(tokens["norm"])
    stems = word_hashes(tokens["norm"].str.slice(0, STEM))
    columns = [tokens[name].to_numpy() for name in ("start_char", "end_char", "sentence_id")]
    return {
        str(doc_id): _Side(
            words[rows], stems[rows], columns[0][rows], columns[1][rows], _pieces(columns[2][rows])
        )
        for doc_id, rows in tokens.groupby("doc_id", sort=True).indices.items()
    }


def _pieces(sentence_ids: np.ndarray) -> np.ndarray:
    """Return the spans of the pieces in words: sentences, short ones joined, long ones cut."""
    starts = np.flatnonzero(np.diff(sentence_ids, prepend=-1))
    ends = np.append(starts[1:], len(sentence_ids))
    pieces: list[tuple[int, int]] = []
    begin = 0
    for end in ends.tolist():
        if end - begin >= PIECE_FLOOR or end == len(sentence_ids):
            edges = np.linspace(begin, end, max(1, round((end - begin) / PIECE)) + 1).astype(int).tolist()
            pieces += pairwise(edges)
            begin = end
    return np.array(pieces, dtype=np.int64).reshape(-1, 2)


def _passages(a: _Side, b: _Side, near: _Near, min_chars: int) -> list[tuple[_Match, str]]:
    """Return the passages of a pair and their kinds; where two share words of a, the stronger kind stays."""
    exact = [
        _Match(t.start_a, t.start_a + t.length, t.start_b, t.start_b + t.length, 1.0, 0.0)
        for t in shared_tiles(a.words, b.words, min_tokens=VERBATIM)
    ]
    seeds, vectors, weights = near
    narrow = _grown(seeds.take((seeds.cosine > COSINE) & (seeds.dice > DICE)), a, vectors, b)
    wide = _grown(seeds, a, vectors, b, wide=True)
    wide = [match for match in wide if _abridged(match, narrow)]
    narrow = [_refined(match, a, b, weights) for match in narrow]
    kinds = (exact, "verbatim"), (wide, "summarised"), (narrow, "rewritten")
    kept: list[tuple[_Match, str]] = []
    for matches, kind in kinds:
        for match in sorted(matches, key=lambda match: -match.score):
            if _long(match, a, b, min_chars) and not any(_overlap(match, other) for other, _ in kept):
                kept.append((match, kind))
    return kept


def _by_some(
    pairs: Iterable[tuple[str, str]], sides: dict[str, _Side]
) -> Iterator[list[tuple[tuple[str, str], tuple[_Side, _Side]]]]:
    """Yield the pairs with their sides, some at a time; of long reports fewer."""
    some: list[tuple[tuple[str, str], tuple[_Side, _Side]]] = []
    n_words = 0
    for names in pairs:
        if not all(name in sides for name in names):
            continue
        a, b = (sides[name] for name in names)
        some.append((names, (a, b)))
        n_words += len(a.words) + len(b.words)
        if n_words > TOGETHER:
            yield some
            some, n_words = [], 0
    if some:
        yield some


def _near(pairs: Sequence[tuple[_Side, _Side]]) -> Iterator[_Near]:
    """Yield what is alike in each pair: one sparse product for all of them, each with words of its own."""
    found = [np.unique(np.concatenate([a.stems, b.stems]), return_inverse=True) for a, b in pairs]
    sides = [side for pair in pairs for side in pair]
    sizes = np.concatenate([np.diff(side.pieces).ravel() for side in sides])
    n_pieces = np.array([len(a.pieces) + len(b.pieces) for a, b in pairs])
    n_words = np.array([len(vocabulary) for vocabulary, _ in found])
    rows, words = (np.append(0, np.cumsum(numbers)) for numbers in (n_pieces, n_words))
    codes = np.concatenate([code + first for (_, code), first in zip(found, words, strict=False)])
    at = np.repeat(np.arange(len(sizes)), sizes), codes
    counts = sparse.csr_array((np.ones(len(codes)), at), shape=(rows[-1], words[-1]))
    isf = np.log(np.repeat(n_pieces, n_words) / np.bincount(counts.indices, minlength=words[-1]))
    vectors = _unit(counts, isf)
    is_a = np.repeat(np.arange(len(sides)) % 2 == 0, [len(side.pieces) for side in sides])
    seeds = _seeds(counts, vectors, is_a)
    of_a, of_b = (np.append(0, np.cumsum([len(pair[k].pieces) for pair in pairs])) for k in (0, 1))
    cuts = np.searchsorted(seeds.a, of_a)
    for k, (_, code) in enumerate(found):
        one, other, *alike = seeds.take(np.arange(cuts[k], cuts[k + 1]))
        own = isf[words[k] : words[k + 1]]
        weights = own[code] / max(float(own.max(initial=0)), 1e-9)
        starts = vectors.indptr[rows[k] : rows[k + 1] + 1]
        stretch = slice(starts[0], starts[-1])
        own_words = vectors.indices[stretch] - words[k]
        shown = _Vectors(starts - starts[0], own_words, vectors.data[stretch], n_words[k])
        yield _Near(_Seeds(one - of_a[k], other - of_b[k], *alike), shown, weights)


def _unit(counts: sparse.csr_array, isf: np.ndarray) -> sparse.csr_array:
    """Return the unit TF-ISF vectors of pieces, from how often each has each stem."""
    vectors = counts.copy()
    vectors.data = vectors.data * isf[vectors.indices]
    vectors.eliminate_zeros()
    norms = np.sqrt(np.bincount(vectors.nonzero()[0], vectors.data**2, minlength=counts.shape[0]))
    return (sparse.diags_array(1 / np.where(norms > 0, norms, 1)) @ vectors).tocsr()


def _seeds(counts: sparse.csr_array, vectors: sparse.csr_array, is_a: np.ndarray) -> _Seeds:
    """Return the pairs of pieces above the lower thresholds; a block of rows at a time spares memory."""
    types = counts.copy()
    types.data[:] = 1
    rows_a, rows_b = np.flatnonzero(is_a), np.flatnonzero(~is_a)
    size = np.diff(types.indptr)
    found = [_Seeds(*np.zeros((2, 0), dtype=np.int64), *np.zeros((2, 0)))]
    pieces_b, types_b = vectors[rows_b].T.tocsr(), types[rows_b].T.tocsr()
    for row in range(0, len(rows_a), BLOCK):
        own = rows_a[row : row + BLOCK]
        block = (vectors[own] @ pieces_b).tocoo()
        high = block.data > WIDE_COSINE
        if high.any():
            one, other = block.row[high], block.col[high]
            shared = (types[own] @ types_b)[one, other]
            dice = 2 * shared / (size[own[one]] + size[rows_b[other]])
            found.append(_Seeds(one + row, other, block.data[high], dice).take(dice > WIDE_COSINE))
    return _Seeds(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _grown(seeds: _Seeds, a: _Side, vectors: _Vectors, b: _Side, *, wide: bool = False) -> list[_Match]:
    """Return the passages grown from seeds; one too unlike as a whole is tried again with smaller gaps."""
    matches: list[_Match] = []
    todo = [(seeds, gap) for gap in ([WIDE_GAP] if wide else GAPS[:1])]
    while todo:
        some, gap = todo.pop()
        for part in _clusters(some, gap):
            match = _whole(part, a, b, vectors)
            if match.score >= ALIKE:
                if not wide or len(part.a) >= WIDE_SEEDS:
                    matches.append(match)
            elif gap > GAPS[-1]:
                todo.append((part, gap - 1))
    return matches


def _clusters(seeds: _Seeds, gap: int) -> Iterable[_Seeds]:
    """Yield the groups of seeds that leave no more than `gap` pieces out on either side."""
    todo = [seeds] if len(seeds.a) else []
    while todo:
        group = todo.pop()
        parts = _split(group, group.a, gap)
        if len(parts) == 1:
            parts = _split(group, group.b, gap)
        if len(parts) == 1:
            yield group
        else:
            todo += parts


def _split(seeds: _Seeds, places: np.ndarray, gap: int) -> list[_Seeds]:
    """Return the seeds cut wherever more than `gap` pieces lie between them."""
    order = np.argsort(places, kind="stable")
    cuts = np.flatnonzero(np.diff(places[order]) > gap + 1) + 1
    if not len(cuts):
        return [seeds]
    return [seeds.take(rows) for rows in np.split(order, cuts)]


def _whole(seeds: _Seeds, a: _Side, b: _Side, vectors: _Vectors) -> _Match:
    """Return the passage from the first to the last piece of the seeds, scored as a whole."""
    first_a, last_a, first_b, last_b = (
        int(x) for x in (seeds.a.min(), seeds.a.max(), seeds.b.min(), seeds.b.max())
    )
    offset = len(a.pieces)
    left = _summed(vectors, first_a, last_a + 1)
    right = _summed(vectors, first_b + offset, last_b + offset + 1)
    score = float(left @ right / max(np.linalg.norm(left) * np.linalg.norm(right), 1e-12))
    start_a, end_a = int(a.pieces[first_a, 0]), int(a.pieces[last_a, 1])
    start_b, end_b = int(b.pieces[first_b, 0]), int(b.pieces[last_b, 1])
    return _Match(start_a, end_a, start_b, end_b, score, float(seeds.cosine.sum()))


def _summed(vectors: _Vectors, first: int, end: int) -> np.ndarray:
    """Return the sum of rows; many times faster than a slice of a sparse array."""
    stretch = slice(vectors.indptr[first], vectors.indptr[end])
    return np.bincount(vectors.indices[stretch], vectors.data[stretch], minlength=vectors.n_words)


def _abridged(match: _Match, narrow: list[_Match]) -> bool:
    """Return whether a wide match is a passage shortened, and not one of its parts with stray sentences."""
    lengths = sorted((match.end_a - match.start_a, match.end_b - match.start_b))
    parts = [other.evidence for other in narrow if _overlap(match, other)]
    return lengths[1] >= WIDE_RATIO * lengths[0] and max(parts, default=0.0) < WIDE_SHARE * match.evidence


def _refined(match: _Match, a: _Side, b: _Side, weights: np.ndarray) -> _Match:
    """Return the match with its edges moved, by a piece outwards at most, to the words that are shared."""
    inside_a, inside_b = a.stems[match.start_a : match.end_a], b.stems[match.start_b : match.end_b]
    start_a, end_a = _densest(a, match.start_a, match.end_a, inside_b, weights[: len(a.stems)])
    start_b, end_b = _densest(b, match.start_b, match.end_b, inside_a, weights[len(a.stems) :])
    return match._replace(start_a=start_a, end_a=end_a, start_b=start_b, end_b=end_b)


def _densest(side: _Side, start: int, end: int, other: Hashes, weights: np.ndarray) -> tuple[int, int]:
    """Return the stretch around a span that sums highest: shared words add, others cost (Bentley 1984)."""
    first = max(int(np.searchsorted(side.pieces[:, 0], start)) - 1, 0)
    last = min(int(np.searchsorted(side.pieces[:, 1], end)) + 1, len(side.pieces) - 1)
    low, high = int(side.pieces[first, 0]), int(side.pieces[last, 1])
    gain = np.where(np.isin(side.stems[low:high], other), weights[low:high], -STRAY)
    total = np.append(0, np.cumsum(gain))
    stop = int(np.argmax(total - np.minimum.accumulate(total)))
    return low + int(np.argmin(total[: stop + 1])), low + stop


def _long(match: _Match, a: _Side, b: _Side, min_chars: int) -> bool:
    """Return whether both sides have that many characters."""
    spans = (a, match.start_a, match.end_a), (b, match.start_b, match.end_b)
    sizes = [np.diff(side.chars(start, end))[0] if end > start else 0 for side, start, end in spans]
    return bool(min(sizes) >= min_chars)


def _overlap(one: _Match, other: _Match) -> bool:
    """Return whether two matches share words of report a."""
    return one.start_a < other.end_a and other.start_a < one.end_a
