"""Which reports are about the same event: TF-IDF cosine, each pair beside the pairs of other events."""

from itertools import combinations

import numpy as np
import pandas as pd
import scipy

from helpers.schema import UNKNOWN, EventProposals, Similarities, from_rows

__all__ = ["compare_topics", "outranked", "propose_events", "similarity_matrix"]

# A same-event report is seldom more than this many days younger than another.
DAYS = 3.0
# Chosen on draws of two and four reports of one or two events (benchmarks/same_event.py prints the result).
CLOSENESS_LINE, COSINE_FLOOR = 0.75, 0.04


def compare_topics(tokens: pd.DataFrame, documents: pd.DataFrame, *, n: int = 2) -> pd.DataFrame:
    """Return the similarities table: one row per pair of reports, the closest first.

    `cosine` is that of TF-IDF over runs of 1 to `n` content words (function words left out, counts
    damped to 1 + ln, inverse document frequency smoothed; Salton and Buckley 1988). `closeness` is the
    cosine over the geometric mean of each report's mean cosine with all others, so that a report written
    in a house's stock phrases is not near to everything (local scaling, Zelnik-Manor and Perona 2004);
    1 is what the two would show on average. `events` says whether the manifest gives the two the same event.
    """
    doc_ids = sorted(documents["doc_id"])
    cosine = _cosines(tokens, doc_ids, n=n)
    closeness = _local(cosine)
    event = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    day = dict(zip(documents["doc_id"], map(_day, documents["published"]), strict=True))
    rows: list[tuple[object, ...]] = [
        (a, b, cosine[i, j], closeness[i, j], _events(event[a], event[b]), abs(day[a] - day[b]))
        for (i, a), (j, b) in combinations(enumerate(doc_ids), 2)
    ]
    return from_rows(rows, Similarities).sort_values(
        "closeness", ascending=False, kind="stable", ignore_index=True
    )


def outranked(similarities: pd.DataFrame, *, measure: str = "closeness") -> pd.DataFrame:
    """Return the same-event pairs that a pair of two events sharing a report with them outranks.

    One row per such pair: doc_id_a, doc_id_b, `measure`, rival_a, rival_b, rival (its value). No row is
    what a sound measure and a right manifest give; a row says that one of the two is to be doubted.
    """
    columns = ["doc_id_a", "doc_id_b", measure, "rival_a", "rival_b", "rival"]
    across = similarities[similarities["events"] == "different"]
    rows = []
    for pair in similarities[similarities["events"] == "same"].to_dict("records"):
        both = [pair["doc_id_a"], pair["doc_id_b"]]
        near = across[across["doc_id_a"].isin(both) | across["doc_id_b"].isin(both)]
        for rival in near.nlargest(1, measure).to_dict("records"):
            if rival[measure] >= pair[measure]:
                names = (rival["doc_id_a"], rival["doc_id_b"])
                rows.append((*both, pair[measure], *names, rival[measure]))
    return pd.DataFrame(rows, columns=columns)


def propose_events(similarities: pd.DataFrame, *, line: float = CLOSENESS_LINE) -> pd.DataFrame:
    """Return a proposed event for every report: groups whose mean closeness is at least `line`.

    Average linkage (Sokal and Michener 1958). Pairs of next to no cosine, or known to be more than three
    days apart, count as not close. A proposal only: it is accepted by writing event_id into the manifest,
    nowhere else.
    """
    doc_ids = sorted({*similarities["doc_id_a"], *similarities["doc_id_b"]})
    if not doc_ids:
        return from_rows([], EventProposals)
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
    return from_rows(rows, EventProposals)


def similarity_matrix(
    similarities: pd.DataFrame, *, measure: str = "cosine", order: list[str] | None = None
) -> pd.DataFrame:
    """Return `measure` as a square table with a row and a column per report; NaN on the diagonal.

    Reports stand in `order`, or by name.
    """
    order = order or sorted({*similarities["doc_id_a"], *similarities["doc_id_b"]})
    half = similarities.pivot(index="doc_id_a", columns="doc_id_b", values=measure)
    half = half.reindex(index=order, columns=order).astype(float)
    return half.combine_first(half.T).rename_axis(index=None, columns=None)


def _cosines(tokens: pd.DataFrame, doc_ids: list[str], *, n: int) -> np.ndarray:
    """Return the matrix of TF-IDF cosines of the reports, in their order."""
    words = tokens[~tokens["is_stop"].astype(bool)].groupby("doc_id")["norm"].agg(list).to_dict()
    bags = [_runs(words.get(doc_id, []), n) for doc_id in doc_ids]
    if not any(bags):
        return np.zeros((len(bags), len(bags)))
    # Only here: it takes half a second to load, and the pages that never compare topics import this room too.
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(bags)
    return np.asarray((vectors @ vectors.T).toarray()).clip(0.0, 1.0)


def _runs(words: list[str], n: int) -> list[str]:
    """Return every run of 1 to `n` words, joined by blanks."""
    return [" ".join(words[i : i + k]) for k in range(1, n + 1) for i in range(len(words) - k + 1)]


def _local(cosine: np.ndarray) -> np.ndarray:
    """Return the cosines over the geometric mean of both reports' means; 0 where a mean is 0."""
    mean = (cosine.sum(axis=1) - np.diag(cosine)) / max(len(cosine) - 1, 1)
    scale = np.sqrt(np.outer(mean, mean))
    closeness: np.ndarray = np.divide(cosine, scale, out=np.zeros_like(cosine), where=scale > 0)
    return closeness


def _events(a: str, b: str) -> str:
    """Return same, different or unknown."""
    if UNKNOWN in (a, b):
        return UNKNOWN
    return "same" if a == b else "different"


def _day(published: str) -> float:
    """Return the day of an ISO 8601 date as a number; NaN where the day is not known."""
    day = pd.to_datetime(published[:10], format="%Y-%m-%d", errors="coerce")
    return float("nan") if pd.isna(day) else float(day.toordinal())
