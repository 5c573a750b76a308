"""Which texts have alike vocabulary: an exact join of TF-IDF vectors, the rarest terms first."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from tqdm import tqdm

from helpers.pairs.distinct import QUIET, Numbered, name_pairs, number_texts, with_copies
from helpers.pairs.fingerprints import word_batches
from helpers.text import Documents

__all__ = ["COSINE", "alike_pairs", "tfidf_pairs"]
# TF-IDF cosine from which two reports are a pair.
COSINE = 0.5
# What a report keeps out of the join: its commonest words, up to this length of its unit vector.
SUFFIX = 0.4
# Multiplications that the join may take, and pairs for each text that it may look at; beyond, words common to
# most reports are left out of it. Rows multiplied and pairs verified at a time.
WORK, PARTNERS, ROWS, VERIFIED = 4_000_000_000, 250, 512, 1 << 10


def tfidf_pairs(documents: Documents, *, cosine: float = COSINE) -> pd.DataFrame:
    """Return the pairs whose TF-IDF vectors of one- and two-word terms have at least this cosine.

    Exact: the pairs of scikit-learn's TfidfVectorizer(ngram_range=(1, 2)). Terms go from the rarest to the
    commonest; a report's commonest ones, up to length s of its unit vector, can add no more than s to any
    cosine, so that only pairs whose other terms give the bound less s are looked at (Bayardo et al. 2007).
    """
    return alike_pairs(number_texts(documents), cosine)[0]


def alike_pairs(corpus: Numbered, bound: float) -> tuple[pd.DataFrame, int]:
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
    one, two, k = name_pairs(corpus, a[keep], b[keep])
    alike = pd.DataFrame({"doc_id_a": one, "doc_id_b": two, "cosine": cosine[keep][k]})
    pairs = with_copies(alike.assign(n_shared=0, found_by="vocabulary"), corpus, plain=True)
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


def _vectors(corpus: Numbered) -> sparse.csr_array:
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
