"""Reports cut into clauses, and how alike clauses are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.names import Mentions
from helpers.pairs import CELLS, products_between
from helpers.text import Documents, Sentences, Tokens, covering, read_as, sentence_spans
from helpers.voices import Voices

__all__ = [
    "FAINT",
    "FLOOR",
    "LINK",
    "STEM",
    "STRONG",
    "TokenArrays",
    "clause_likeness",
    "clause_vectors",
    "counting",
    "cut_clauses",
    "cut_fused",
    "word_keys",
]
ENGLISH = "en"
ZONES_READ = ("headline", "body")
# Where a sentence may be cut: at marks in any script, and before an English clause.
CUT = re.compile(
    r"[;:—–؛،：；，。、]\s*|[“”«»\"]|"
    r",\s+(?=(?:and|but|while|which|who|because|saying|adding|noting|with|as|in|by|especially|particularly|expressing|according)\b)|\s(?=(?:that|because|which|who)\b)|"
    r"\s(?=and\s+(?:\w+\s+)?(?:said|called|noted|considered|addressed|made|even|will|they|have|was)\b)"
)
_STOP_WITHIN = re.compile(r"[.!?…؟]\W{0,6}\s")
_NO_MARKS = str.maketrans(dict.fromkeys('“”«»"', " "))
CLAUSE_FLOOR, CLAUSE_LONGEST = 4, 60
STEM = 5
# Two clauses are a link above LINK, of which FLOOR is their own likeness; above STRONG a link may join
# stretches of neighbouring sentences too; above FAINT a loose clause joins another, or the slot beside it.
LINK, FLOOR, STRONG, FAINT = 0.2, 0.05, 0.4, 0.15
# A clause that renders two separate ones is cut: each must be this much alike, the words sorted this well; of
# the nearest few.
FUSED, SORTED, SORTED_WORDS, NEAREST = 0.2, 0.85, 3, 5
# Likeness of a short clause is doubted: the weight of so many average words is added to its norm.
DOUBT = 1.0


class TokenArrays(NamedTuple):
    """All words in their order: what each is compared by, its norm, first and last code point."""

    keys: np.ndarray
    norms: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def cut_clauses(sentences: Sentences, tokens: Tokens, documents: Documents) -> pd.DataFrame:
    """Return the clauses of the reports' own text: report, event, sentence, and span in rows of `tokens`."""
    read = sentences[sentences["zone"].isin(ZONES_READ)]
    columns = [read[c].to_numpy(object) for c in ("doc_id", "sentence_id", "start_char", "text")]
    groups = tokens.groupby(["doc_id", "sentence_id"], sort=False).indices
    starts = tokens["start_char"].to_numpy()
    rows = [
        (doc_id, sentence_id, int(words[first]), int(words[last - 1]) + 1)
        for doc_id, sentence_id, start, text in zip(*columns, strict=True)
        if (words := groups.get((doc_id, sentence_id))) is not None
        for first, last in _cut(text, starts[words] - start)
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "first", "last"])
    # The lines that words must pass were measured in English.
    known = documents[["doc_id", "event_id"]].assign(measured=documents["language"].map(read_as) == ENGLISH)
    return frame.merge(known, on="doc_id")


def _cut(text: str, starts: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield first word and word after the last of each clause of a sentence, words beginning at `starts`."""
    cuts = np.searchsorted(starts, [*(match.end() for match in CUT.finditer(text)), *_sentences_within(text)])
    begin, size = 0, len(starts)
    for end in [*sorted(set(cuts.tolist())), size]:
        if (end - begin >= CLAUSE_FLOOR and size - end >= CLAUSE_FLOOR) or (end == size and begin < size):
            edges = np.linspace(begin, end, -(-(end - begin) // CLAUSE_LONGEST) + 1).astype(int).tolist()
            yield from pairwise(edges)
            begin = end


def _sentences_within(text: str) -> list[int]:
    """Return where sentences begin inside a sentence, as in a quotation of several."""
    if not _STOP_WITHIN.search(text):
        return []
    return [start for start, _ in sentence_spans(text.translate(_NO_MARKS))][1:]


def word_keys(tokens: Tokens, mentions: Mentions, voices: Voices) -> np.ndarray:
    """Return what each word is compared by: the entity it names, else its stem; empty if it tells nothing."""
    keys = tokens["norm"].str[:STEM].to_numpy(object).copy()
    cues = {word for cue in voices["cue"].unique() for word in str(cue).casefold().split()}
    keys[(tokens["is_stop"] | tokens["norm"].isin(cues)).to_numpy(bool)] = ""
    at = covering(tokens, mentions)
    keys[at >= 0] = "@" + mentions["entity_id"].to_numpy(object)[at[at >= 0]]
    return keys


def clause_likeness(
    vectors: sparse.csr_array, doc_ids: Sequence[str], pairs: Iterable[tuple[str, str]] | None
) -> sparse.csr_array:
    """Return the cosines of the clauses of different reports; those of other reports than `pairs` are 0.

    Of an event that is large by its reports, so are those too low to make a link; of one that is large by its
    clauses, also those beyond the NEAREST a report of each clause.
    """
    many = len(doc_ids) ** 2 > CELLS
    floor, nearest = FLOOR if many or pairs is not None else 0.0, NEAREST * len({*doc_ids}) if many else 0
    one, other, cosines = products_between(vectors, doc_ids, pairs=pairs, floor=floor, nearest=nearest)
    both = np.concatenate([one, other]), np.concatenate([other, one])
    return sparse.csr_array((np.concatenate([cosines, cosines]), both), shape=(len(doc_ids),) * 2)


def clause_vectors(clauses: pd.DataFrame, keys: np.ndarray) -> tuple[sparse.csr_array, np.ndarray]:
    """Return a TF-IDF vector per clause, short of unit by its doubt, and its number of telling words."""
    sizes = (clauses["last"] - clauses["first"]).to_numpy()
    places = np.repeat(clauses["first"].to_numpy(), sizes) + counting(sizes)
    rows, words = np.repeat(np.arange(len(sizes)), sizes), keys[places]
    kept = words != ""
    codes, vocabulary = pd.factorize(words[kept])
    shape = (len(sizes), max(len(vocabulary), 1))
    used = sparse.csr_array((np.ones(len(codes)), (rows[kept], codes)), shape=shape)
    used.data[:] = 1
    idf = np.log((len(sizes) + 1) / np.maximum(np.bincount(used.indices, minlength=shape[1]), 1))
    used.data = idf[used.indices]
    norms = np.bincount(used.nonzero()[0], used.data**2, minlength=len(sizes))
    doubt = DOUBT * float(np.mean(used.data**2)) if used.nnz else 1.0
    return (sparse.diags_array(1 / np.sqrt(norms + doubt)) @ used).tocsr(), np.diff(used.indptr)


def cut_fused(
    clauses: pd.DataFrame, keys: np.ndarray, pairs: Sequence[tuple[str, str]] | None
) -> pd.DataFrame:
    """Return the clauses, one that renders two separate clauses of another report cut in two."""
    vectors, telling = clause_vectors(clauses, keys)
    reports = clauses["doc_id"].tolist()
    likeness = clause_likeness(vectors, reports, pairs)
    spans = list(zip(clauses["first"].tolist(), clauses["last"].tolist(), strict=True))
    words = [keys[first:last].tolist() for first, last in spans]
    cuts = np.zeros(len(spans), dtype=np.int64)
    for clause in np.flatnonzero(telling >= 2 * SORTED_WORDS).tolist():
        start, end = likeness.indptr[clause], likeness.indptr[clause + 1]
        scores, others = likeness.data[start:end], likeness.indices[start:end]
        kept = scores >= FUSED
        found = zip(scores[kept].tolist(), others[kept].tolist(), strict=True)
        near = [other for _, other in nsmallest(NEAREST, found, key=lambda pair: (-pair[0], pair[1]))]
        cuts[clause] = _seam(words, clause, near, reports)
    return _cut_at(clauses, cuts)


def _cut_at(clauses: pd.DataFrame, cuts: np.ndarray) -> pd.DataFrame:
    """Return the clauses, those with a cut as two: the words before it and the words after."""
    left = clauses.assign(last=np.where(cuts > 0, clauses["first"] + cuts, clauses["last"]))
    right = clauses.assign(first=clauses["first"] + cuts)[cuts > 0]
    return pd.concat([left, right]).sort_values(["doc_id", "first"], kind="stable").reset_index(drop=True)


def _seam(words: list[list[str]], clause: int, near: list[int], reports: list[str]) -> int:
    """Return after how many words a clause goes over from one near clause to another; 0 if never."""
    own = words[clause]
    best, place = SORTED, 0
    for x, y in permutations(near, 2):
        if reports[x] == reports[y] and abs(x - y) > 1:
            only_x, only_y = set(words[x]) - set(words[y]) - {""}, set(words[y]) - set(words[x]) - {""}
            votes = np.array([(word in only_x) - (word in only_y) for word in own])
            cut = int(np.argmax(np.cumsum(votes))) + 1
            sides = int((votes[:cut] > 0).sum()), int((votes[cut:] < 0).sum())
            if min(sides) >= SORTED_WORDS and sum(sides) > best * np.count_nonzero(votes):
                best, place = sum(sides) / np.count_nonzero(votes), cut
    return place


def counting(sizes: np.ndarray) -> np.ndarray:
    """Return 0, 1, ... up to each size, one after the other."""
    counted: np.ndarray = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return counted
