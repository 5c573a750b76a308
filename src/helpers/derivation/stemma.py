"""A stemma: the tree of reports of one event by shared runs of words, with the support of each branch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import sparse

from helpers.derivation.pair import report_words
from helpers.pairs import Hashes, roll
from helpers.text import Tokens

__all__ = ["Stemma", "build_stemma", "newick"]
GRAM = 3
REPEATS, SEED = 200, 7
NONE = np.zeros(0, np.uint64)
TIE = 1e-9
# Share of bootstrap trees that must have a branch. Of random quartets, in which each sentence's four versions
# were dealt anew, five in a hundred have a branch with it (benchmarks/stemmas.py). Deals of the
# versions anew, which err as seldom, find no more true ones, by 3-grams, letters or common subsequences.
SUPPORT = 0.95
# Branches of more trees than this are always of one tree; those below SUPPORT are told as likely.
LIKELY = 0.5

Split = frozenset[str]


class Stemma(NamedTuple):
    """The reports, and the branches kept: the reports on the side without the first, and the support.

    `likely` are the branches of most trees whose support is too low to keep them.
    """

    names: tuple[str, ...]
    branches: tuple[tuple[Split, float], ...]
    likely: tuple[tuple[Split, float], ...] = ()


class _Sentences(NamedTuple):
    """The sentences: report and slot of each, its 3-grams, and how many of them each report has."""

    report: np.ndarray
    slot: np.ndarray
    size: np.ndarray
    held: np.ndarray


def build_stemma(tokens: Tokens, doc_ids: Sequence[str], *, support: float = SUPPORT) -> Stemma:
    """Return the stemma of reports by neighbour joining (Saitou and Nei 1987) on shared 3-grams.

    Support is the share of trees made of slots drawn again with return (Felsenstein 1985); a slot is the
    sentences of several reports that share most with each other. Branches with less than `support` are
    dissolved: without any, all reports hang on one node, and nothing is said. The tree has no root: it does
    not say who was first.
    """
    names = sorted(doc_ids)
    if len(names) < 4:
        return Stemma(tuple(names), ())
    read = _sentences(tokens[tokens["doc_id"].isin(names)], names)
    chance = np.random.default_rng(SEED)
    n_slots = int(read.slot.max(initial=-1)) + 1
    counts: Counter[Split] = Counter()
    for _ in range(REPEATS if n_slots else 0):
        drawn = chance.multinomial(n_slots, np.full(n_slots, 1 / n_slots))
        apart = _distances(read, drawn[read.slot], len(names))
        # Ties fall to chance, and not each time the same way.
        loose = chance.random(apart.shape) * TIE
        counts.update(_splits(apart + loose + loose.T, names))
    found = sorted(counts.items(), key=lambda one: (len(one[0]), sorted(one[0])))
    kept = tuple((split, n / REPEATS) for split, n in found if n >= support * REPEATS)
    likely = tuple((split, n / REPEATS) for split, n in found if support > n / REPEATS > LIKELY)
    return Stemma(tuple(names), kept, likely)


def newick(stemma: Stemma) -> str:
    """Return the stemma in Newick form; unobserved nodes bear the support of the branch above them.

    >>> newick(Stemma(("a", "b", "c", "d"), ((frozenset("cd"), 0.97),)))
    "('a','b',('c','d')0.97);"
    """

    def written(names: Iterable[str], branches: list[tuple[Split, float]]) -> str:
        left, parts = set(names), []
        for split, support in sorted(branches, key=lambda one: -len(one[0])):
            if split <= left and len(split) < len(set(names)):
                inner = [one for one in branches if one[0] < split]
                parts.append((min(split), f"{written(split, inner)}{support:.2f}"))
                left -= split
        parts += [(name, _quoted(name)) for name in left]
        return f"({','.join(text for _, text in sorted(parts))})"

    return f"{written(stemma.names, list(stemma.branches))};"


def _quoted(name: str) -> str:
    """Return a name as Newick quotes it."""
    return "'" + name.replace("'", "''") + "'"


def _sentences(tokens: Tokens, names: Sequence[str]) -> _Sentences:
    """Return the sentences of the reports that have a 3-gram, with their slots."""
    words = report_words(tokens)
    parts: list[Hashes] = []
    report: list[int] = []
    for place, name in enumerate(names):
        own = tokens.loc[tokens["doc_id"] == name, "sentence_id"].to_numpy(int)
        cuts = np.flatnonzero(np.diff(own)) + 1
        grams = [np.unique(roll(part, n=GRAM)) for part in np.split(words.get(name, NONE), cuts)]
        parts += [part for part in grams if len(part)]
        report += [place] * sum(len(part) > 0 for part in grams)
    known, codes = np.unique(np.concatenate([NONE, *parts]), return_inverse=True)
    sizes = np.array([len(part) for part in parts], dtype=int)
    rows = np.repeat(np.arange(len(parts)), sizes)
    has = sparse.csr_array((np.ones(len(codes)), (rows, codes)), shape=(len(parts), len(known)))
    of = sparse.csr_array(
        (np.ones(len(parts)), (report, np.arange(len(parts)))), shape=(len(names), len(parts))
    )
    held = (has @ ((of @ has) > 0).T.astype(float)).toarray()
    return _Sentences(np.array(report, dtype=int), _slots(has, np.array(report)), sizes, held)


def _slots(has: sparse.csr_array, report: np.ndarray) -> np.ndarray:
    """Return the slot of each sentence: those of two reports that share most with each other are one."""
    shared = (has @ has.T).toarray()
    links = np.zeros(shared.shape, dtype=bool)
    for one, other in combinations(np.unique(report), 2):
        rows, columns = np.flatnonzero(report == one), np.flatnonzero(report == other)
        block = shared[np.ix_(rows, columns)]
        best = block.argmax(axis=1)
        mutual = (block.argmax(axis=0)[best] == np.arange(len(rows))) & (block.max(axis=1) > 0)
        links[rows[mutual], columns[best[mutual]]] = True
    slots: np.ndarray = sparse.csgraph.connected_components(sparse.csr_array(links), directed=False)[1]
    return slots


def _distances(read: _Sentences, weights: np.ndarray, n: int) -> np.ndarray:
    """Return one minus the mean of both containments of every pair, the sentences weighted."""
    held, sizes = np.zeros((n, n)), np.zeros(n)
    np.add.at(held, read.report, weights[:, None] * read.held)
    np.add.at(sizes, read.report, weights * read.size)
    one_way = held / np.maximum(sizes, 1)[:, None]
    apart: np.ndarray = 1 - (one_way + one_way.T) / 2
    np.fill_diagonal(apart, 0.0)
    return apart


def _splits(distances: np.ndarray, names: Sequence[str]) -> set[Split]:
    """Return the inner branches of the neighbour-joining tree, each as its side without the first report."""
    clusters = [frozenset([name]) for name in names]
    matrix, found = distances, set()
    everything = frozenset(names)
    while len(clusters) > 3:
        n, total = len(clusters), matrix.sum(axis=1)
        joined = (n - 2) * matrix - total[:, None] - total[None, :]
        joined[np.tril_indices(n)] = np.inf
        i, j = np.unravel_index(int(joined.argmin()), joined.shape)
        union = clusters[i] | clusters[j]
        found.add(everything - union if names[0] in union else union)
        row = (matrix[i] + matrix[j] - matrix[i, j]) / 2
        keep = [place for place in range(n) if place not in (i, j)]
        matrix = np.block(
            [[matrix[np.ix_(keep, keep)], row[keep][:, None]], [row[keep][None, :], np.zeros((1, 1))]]
        )
        clusters = [*(clusters[place] for place in keep), union]
    return found
