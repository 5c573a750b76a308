"""Which reports are about the same event: TF-IDF cosine, each pair beside the pairs of other events."""

from functools import partial

import numpy as np
import pandas as pd
import scipy
from scipy import sparse

from helpers.pairs.tables import EventProposals, EventProposalsTable, Similarities, SimilaritiesTable
from helpers.table import UNKNOWN, conform, from_rows
from helpers.text import Documents, Tokens

__all__ = [
    "CLOSENESS_LINE",
    "COSINE_FLOOR",
    "compare_topics",
    "leading_reports",
    "outranked",
    "propose_events",
    "similarity_matrix",
]
# A same-event report is seldom more than this many days younger than another.
DAYS = 3.0
# Chosen on draws of two and four reports of one or two events (benchmarks/same_event.py prints the result).
CLOSENESS_LINE, COSINE_FLOOR = 0.75, 0.04
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
    Perona 2004); 1 is what the two would show on average. `events` says whether the manifest gives the two
    the same event.
    """
    known = documents.sort_values("doc_id", ignore_index=True)
    doc_ids = known["doc_id"].to_numpy(object)
    a, b = _numbered(doc_ids, pairs)
    vectors = _vectors(tokens, doc_ids.tolist(), n=n)
    cosine, mean = _cosines(vectors, a, b), _means(vectors)
    scale = np.sqrt(mean[a] * mean[b])
    events = known["event_id"].to_numpy(object)
    day = pd.to_datetime(known["published"].str[:10], format="%Y-%m-%d", errors="coerce").to_numpy()
    columns = {
        "doc_id_a": doc_ids[a],
        "doc_id_b": doc_ids[b],
        "cosine": cosine,
        "closeness": np.divide(cosine, scale, out=np.zeros_like(cosine), where=scale > 0),
        "events": _compared(events[a], events[b]),
        "days_apart": np.abs(day[a] - day[b]) / np.timedelta64(1, "D"),
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


def propose_events(similarities: Similarities, *, line: float = CLOSENESS_LINE) -> EventProposals:
    """Return a proposed event for every report: groups whose mean closeness is at least `line`.

    Average linkage (Sokal and Michener 1958). Pairs of next to no cosine, or known to be more than three
    days apart, count as not close. A proposal only: it is accepted by writing event_id into the manifest,
    nowhere else. It takes every pair: without one there is no mean, and no proposal.
    """
    doc_ids = sorted({*similarities["doc_id_a"], *similarities["doc_id_b"]})
    if not doc_ids or len(similarities) < len(doc_ids) * (len(doc_ids) - 1) // 2:
        return from_rows([], EventProposalsTable)
    far = (similarities["days_apart"] > DAYS) | (similarities["cosine"] < COSINE_FLOOR)
    near = similarities.assign(closeness=similarities["closeness"].mask(far, 0.0))
    matrix = similarity_matrix(near, measure="closeness").to_numpy(copy=True)
    top = matrix[np.triu_indices(len(doc_ids), 1)].max() + line
    links = scipy.cluster.hierarchy.linkage(top - matrix[np.triu_indices(len(doc_ids), 1)], "average")
    groups = scipy.cluster.hierarchy.fcluster(links, top - line, criterion="distance").tolist()
    first = {group: doc_id for doc_id, group in reversed(list(zip(doc_ids, groups, strict=True)))}
    cosines = similarity_matrix(similarities).to_numpy(copy=True)
    np.fill_diagonal(cosines, -1.0)
    nearest = cosines.argmax(axis=1)
    rows: list[tuple[object, ...]] = [
        (doc_id, f"with-{first[group]}", doc_ids[place], cosines[row, place])
        for row, (doc_id, group, place) in enumerate(zip(doc_ids, groups, nearest, strict=True))
    ]
    return from_rows(rows, EventProposalsTable)


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


def _vectors(tokens: Tokens, doc_ids: list[str], *, n: int) -> sparse.csr_array:
    """Return the unit TF-IDF vectors of the reports, one row each, in their order."""
    words = tokens[~tokens["is_stop"].astype(bool)].groupby("doc_id")["norm"].agg(list).to_dict()
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
