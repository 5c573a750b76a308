"""Which reports may be of one event, proposed from their words, names and dates."""

import numpy as np
import scipy

from helpers.pairs.tables import EventProposals, EventProposalsTable, Similarities
from helpers.pairs.topics import CLOSENESS_LINE, COSINE_FLOOR, similarity_matrix
from helpers.table import from_rows

__all__ = ["CHANCE_LINE", "propose_events"]
# A same-event report is seldom more than this many days younger than another.
DAYS = 3.0
# Mean chance from which groups are one event; `benchmarks/events.py --fit` shows others on the fitted half.
CHANCE_LINE = 0.5
# Of so few reports the line of closeness is right more often: it was chosen on two and four.
FEW = 6


def propose_events(similarities: Similarities, *, line: float = CHANCE_LINE) -> EventProposals:
    """Return a proposed event for every report: groups whose mean chance of one event is at least `line`.

    Average linkage (Sokal and Michener 1958); of at most FEW reports by closeness in the place of the chance.
    Pairs known to be more than three days apart are taken for two events. A proposal only: it is accepted
    by writing event_id into the manifest, nowhere else. It takes every pair: without one there is no mean,
    and no proposal.
    """
    doc_ids = sorted({*similarities["doc_id_a"], *similarities["doc_id_b"]})
    if not doc_ids or len(similarities) < len(doc_ids) * (len(doc_ids) - 1) // 2:
        return from_rows([], EventProposalsTable)
    far = similarities["days_apart"] > DAYS
    if few := len(doc_ids) <= FEW:
        near = similarities["closeness"].mask(far | (similarities["cosine"] < COSINE_FLOOR), 0.0)
    else:
        near = similarities["chance"].mask(far, 0.0)
    matrix = similarity_matrix(similarities.assign(near=near), measure="near").to_numpy()
    half, least = matrix[np.triu_indices(len(doc_ids), 1)], CLOSENESS_LINE if few else line
    top = half.max(initial=0.0) + least
    links = scipy.cluster.hierarchy.linkage(top - half, "average")
    groups = scipy.cluster.hierarchy.fcluster(links, top - least, criterion="distance").tolist()
    first = {group: doc_id for doc_id, group in reversed(list(zip(doc_ids, groups, strict=True)))}
    cosines = similarity_matrix(similarities).to_numpy(copy=True)
    np.fill_diagonal(cosines, -1.0)
    nearest = cosines.argmax(axis=1)
    rows: list[tuple[object, ...]] = [
        (doc_id, f"with-{first[group]}", doc_ids[place], cosines[row, place])
        for row, (doc_id, group, place) in enumerate(zip(doc_ids, groups, nearest, strict=True))
    ]
    return from_rows(rows, EventProposalsTable)
