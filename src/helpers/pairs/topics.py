"""How near reports are by subject: TF-IDF cosine, each pair beside the pairs of other events."""

from functools import partial

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.pairs.tables import Similarities, SimilaritiesTable
from helpers.table import UNKNOWN, conform
from helpers.text import Documents, Tokens

__all__ = [
    "chance_parts",
    "compare_topics",
    "leading_reports",
    "outranked",
    "similarity_matrix",
]
# Log-odds of one event: constant, closeness, closeness of the lead, mean cosine, names. Fitted to pairs of
# drawn corpora of one to 22 events, from half of BASIL 2010-2014 and ECB+ (`benchmarks/events.py --fit`).
WITH_NAMES = (8.43, 1.0, 2.63, 4.87, 9.62)
WITHOUT_NAMES = (16.32, 2.96, 2.55, 6.7)
# Content words of a report that are its lead.
LEAD = 60
# Pairs whose cosines are worked out at a time; groups of reports that a report's mean cosine is taken with.
AT_A_TIME, GROUPS = 4096, 200


def compare_topics(
    tokens: Tokens, documents: Documents, *, n: int = 2, pairs: pd.DataFrame | None = None
) -> Similarities:
    """Return the similarities table: one row per pair (all, or those of `pairs`), the closest first.

    `cosine` is that of TF-IDF over runs of 1 to `n` content words (function words left out, counts
    damped to 1 + ln, inverse document frequency smoothed; Salton and Buckley 1988). `closeness` is the
    cosine over the geometric mean of each report's mean cosine with all others, in `pairs` or not, so that
    a report written in a house's stock phrases is not near to everything (local scaling, Zelnik-Manor and
    Perona 2004); 1 is what the two would show on average. `chance` is that of one event, as fitted to other
    news (`chance_parts`), `events` whether the manifest gives them the same.
    """
    known = documents.sort_values("doc_id", ignore_index=True)
    doc_ids = known["doc_id"].to_numpy(object)
    a, b = _numbered(doc_ids, pairs)
    content = tokens[~tokens["is_stop"].astype(bool)]
    closeness, scale = _closeness(_vectors(content, doc_ids.tolist(), n=n), a, b)
    events = known["event_id"].to_numpy(object)
    day = pd.to_datetime(known["published"].str[:10], format="%Y-%m-%d", errors="coerce").to_numpy()
    columns = {
        "doc_id_a": doc_ids[a],
        "doc_id_b": doc_ids[b],
        "cosine": np.clip(closeness * scale, 0.0, 1.0),
        "closeness": closeness,
        "events": _compared(events[a], events[b]),
        "days_apart": np.abs(day[a] - day[b]) / np.timedelta64(1, "D"),
        "chance": _chance(chance_parts(content, doc_ids.tolist(), a, b)),
    }
    table = conform(pd.DataFrame(columns), SimilaritiesTable)
    return table.sort_values("closeness", ascending=False, kind="stable", ignore_index=True)


def _numbered(doc_ids: np.ndarray, pairs: pd.DataFrame | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of both reports of each pair in `doc_ids`; of every pair where none are given."""
    if pairs is None:
        a, b = np.triu_indices(len(doc_ids), 1)
    else:
        place = pd.Index(doc_ids)
        a, b = (place.get_indexer(pairs[name].astype(str)) for name in ("doc_id_a", "doc_id_b"))
    return a, b


def _compared(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return whether the events of both reports of each pair are the same or different, or unknown."""
    same = np.where(a == b, "same", "different")
    return np.where((a == UNKNOWN) | (b == UNKNOWN), UNKNOWN, same)


def outranked(similarities: Similarities, *, measure: str = "closeness") -> pd.DataFrame:
    """Return the same-event pairs that a pair of two events sharing a report with them outranks.

    One row per such pair: doc_id_a, doc_id_b, `measure`, rival_a, rival_b, rival (its value). No row is
    what a sound measure and a right manifest give; a row says that one of the two is to be doubted.
    """
    across = similarities[similarities["events"] == "different"].sort_values(
        measure, ascending=False, kind="stable", ignore_index=True
    )
    ends = pd.concat([across["doc_id_a"], across["doc_id_b"]])
    best = pd.Series(ends.index, index=ends).groupby(level=0).min()
    own = similarities[similarities["events"] == "same"].reset_index(drop=True)
    near = pd.concat([own[name].map(best) for name in ("doc_id_a", "doc_id_b")], axis=1).min(axis=1)
    rival = across.reindex(near).set_axis(own.index)
    table = own[["doc_id_a", "doc_id_b", measure]].assign(
        rival_a=rival["doc_id_a"], rival_b=rival["doc_id_b"], rival=rival[measure]
    )
    return table[table["rival"] >= table[measure]].reset_index(drop=True)


def similarity_matrix(
    similarities: Similarities, *, measure: str = "cosine", order: list[str] | None = None
) -> pd.DataFrame:
    """Return `measure` as a square table with a row and a column per report; NaN on the diagonal.

    Reports stand in `order`, which may be some of them, or by name. NaN too where a pair was not compared.
    """
    order = order or sorted({*similarities["doc_id_a"], *similarities["doc_id_b"]})
    wanted = similarities["doc_id_a"].isin(order) & similarities["doc_id_b"].isin(order)
    half = similarities[wanted].pivot(index="doc_id_a", columns="doc_id_b", values=measure)
    half = half.reindex(index=order, columns=order).astype(float)
    return half.combine_first(half.T).rename_axis(index=None, columns=None)


def leading_reports(documents: Documents, pairs: pd.DataFrame, *, n: int = 40) -> pd.DataFrame:
    """Return at most `n` of the reports, for a picture: of the events with the most `pairs`, whole ones.

    Of an event that is larger by itself, the reports in most of its pairs. All reports where there are no
    more than `n`.
    """
    if len(documents) <= n:
        return documents
    event = documents.set_index("doc_id")["event_id"]
    ends = [pairs[name].map(event).to_numpy(object) for name in ("doc_id_a", "doc_id_b")]
    inside = pairs[ends[0] == ends[1]]
    count = pd.concat([inside["doc_id_a"], inside["doc_id_b"]]).value_counts()
    table = documents[["doc_id", "event_id"]].assign(count=documents["doc_id"].map(count).fillna(0))
    events = table.groupby("event_id")["count"].agg(["sum", "size"]).reset_index()
    events = events.sort_values(["sum", "event_id"], ascending=[False, True])
    whole = events.loc[events["size"].cumsum() <= n, "event_id"]
    if len(whole):
        return documents[documents["event_id"].isin(whole)]
    largest = table[table["event_id"] == events["event_id"].iloc[0]]
    first = largest.sort_values(["count", "doc_id"], ascending=[False, True])["doc_id"].head(n)
    return documents[documents["doc_id"].isin(first)]


def chance_parts(content: Tokens, doc_ids: list[str], a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """Return what the chance of one event is made of, pair by pair; a and b are places in `doc_ids`.

    The closeness of all words and of the first words of each report, the mean cosine of the two with all
    others, and the cosine of their names, alone and in runs of two; without it where no word has a capital.
    """
    all_words, scale = _closeness(_vectors(content, doc_ids, n=2), a, b)
    lead, _ = _closeness(_vectors(content.groupby("doc_id").head(LEAD), doc_ids, n=1), a, b)
    parts = [np.log(all_words + 0.05), np.log(lead + 0.05), np.log(scale + 0.005)]
    names = _names_among(content)
    if len(names):
        parts.append(np.sqrt(_cosines(_vectors(names, doc_ids, n=2), a, b)))
    return parts


def _chance(parts: list[np.ndarray]) -> np.ndarray:
    """Return the chance that the two reports of a pair are of one event.

    It is rounded: the last digits of a logarithm are not the same on every machine.
    """
    first, *weights = WITH_NAMES if len(parts) == len(WITH_NAMES) - 1 else WITHOUT_NAMES
    odds = first + sum(weight * part for weight, part in zip(weights, parts, strict=True))
    chance: np.ndarray = (1 / (1 + np.exp(-odds))).round(6)
    return chance


def _closeness(vectors: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cosine of each pair over the geometric mean of its reports' mean cosines, and that mean."""
    mean = _means(vectors)
    scale = np.sqrt(mean[a] * mean[b])
    cosine = _cosines(vectors, a, b)
    return np.divide(cosine, scale, out=np.zeros_like(cosine), where=scale > 0), scale


def _names_among(content: Tokens) -> Tokens:
    """Return the words that begin with a capital, and do so mostly wherever they are printed."""
    capital = content["token"].str[0].str.isupper()
    return content[capital & (capital.groupby(content["norm"]).transform("mean") > 0.5)]


def _vectors(content: Tokens, doc_ids: list[str], *, n: int) -> sparse.csr_array:
    """Return the unit TF-IDF vectors of the reports, one row each, in their order."""
    words = content.groupby("doc_id")["norm"].agg(list).to_dict()
    if not words:
        return sparse.csr_array((len(doc_ids), 1))
    # Only here: it takes half a second to load, and the pages that never compare topics import this room too.
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=partial(_runs, n=n), sublinear_tf=True)
    vectors = sparse.csr_array(vectorizer.fit_transform(words.get(doc_id, []) for doc_id in doc_ids))
    # Terms are numbered as they are first met: every row is in order then.
    vectors.indices = pd.factorize(vectors.indices)[0].astype(vectors.indices.dtype)
    vectors.has_sorted_indices = True
    return vectors


def _cosines(vectors: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the cosines of pairs of rows, added up term by term."""
    parts: list[np.ndarray] = [np.zeros(0)]
    for k in range(0, len(a), AT_A_TIME):
        both = vectors[a[k : k + AT_A_TIME]].multiply(vectors[b[k : k + AT_A_TIME]]).tocsr()
        row = np.repeat(np.arange(both.shape[0]), np.diff(both.indptr))
        parts.append(np.bincount(row, both.data, minlength=both.shape[0]))
    return np.concatenate(parts).clip(0.0, 1.0)


def _means(vectors: sparse.csr_array) -> np.ndarray:
    """Return each report's mean cosine with all others.

    Cosines with a sum of vectors are summed cosines: taken with the sums of at most GROUPS groups of
    reports, the work grows with the corpus and not with its square.
    """
    count = vectors.shape[0]
    n_groups = min(count, GROUPS)
    group = np.arange(count) * n_groups // max(count, 1)
    sums = sparse.csr_array((np.ones(count), (group, np.arange(count))), shape=(n_groups, count)) @ vectors
    own = _cosines(vectors, np.arange(count), np.arange(count))
    total: np.ndarray = (
        (vectors @ sums.T).toarray().clip(0.0, np.bincount(group, minlength=n_groups)).sum(axis=1)
    )
    mean: np.ndarray = (total - own) / max(count - 1, 1)
    return mean


def _runs(words: list[str], n: int) -> list[str]:
    """Return every run of 1 to `n` words, joined by blanks."""
    return [" ".join(words[i : i + k]) for k in range(1, n + 1) for i in range(len(words) - k + 1)]
