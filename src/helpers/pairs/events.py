"""Which reports may be of one event, proposed from their words, names and dates."""

import numpy as np
import pandas as pd
import scipy

from helpers.pairs.tables import (
    EventGroups,
    EventGroupsTable,
    EventProposals,
    EventProposalsTable,
    Similarities,
)
from helpers.pairs.topics import similarity_matrix
from helpers.table import from_rows
from helpers.text import Documents

__all__ = ["CHANCE_LINE", "event_groups", "propose_events"]
# A same-event report is seldom more than this many days younger than another.
DAYS = 3.0
# Mean chance from which groups are one event; `benchmarks/events.py --fit` shows others on the fitted half.
CHANCE_LINE = 0.5
# A folder of so few reports is mostly of one event, and words that all share then count little: the chance
# from which they are one is lower. Chosen on the fitted half of ECB+ and BASIL (`benchmarks/events.py`).
FEW, LINE_OF_FEW = 12, 0.2


def propose_events(similarities: Similarities, *, line: float | None = None) -> EventProposals:
    """Return a proposed event for every report: groups whose mean chance of one event is at least `line`.

    Average linkage (Sokal and Michener 1958). The line is CHANCE_LINE, of at most FEW reports LINE_OF_FEW.
    Pairs known to be more than three days apart are taken for two events. A proposal only: it is accepted
    by writing event_id into the manifest, nowhere else. It takes every pair: without one there is no mean,
    and no proposal.
    """
    doc_ids = sorted({*similarities["doc_id_a"], *similarities["doc_id_b"]})
    if not doc_ids or len(similarities) < len(doc_ids) * (len(doc_ids) - 1) // 2:
        return from_rows([], EventProposalsTable)
    least = line if line is not None else LINE_OF_FEW if len(doc_ids) <= FEW else CHANCE_LINE
    near = similarities["chance"].mask(similarities["days_apart"] > DAYS, 0.0)
    matrix = similarity_matrix(similarities.assign(near=near), measure="near").to_numpy()
    half = matrix[np.triu_indices(len(doc_ids), 1)]
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


def event_groups(names: pd.DataFrame, documents: Documents, *, n: int = 8) -> EventGroups:
    """Return the event_groups table: of each event its reports, and up to `n` names that hold it together.

    `names` has a row per use, with doc_id and entity, who or what is named. A name is counted once a report;
    those of most reports of the event come by how few others have them.
    """
    names = names[["doc_id", "entity"]].drop_duplicates()
    events = documents.set_index("doc_id")["event_id"]
    names = names.assign(event_id=names["doc_id"].map(events))
    everywhere = names["entity"].value_counts()
    rows: list[tuple[object, ...]] = []
    for event, own in documents.groupby("event_id", sort=True):
        here = names[names["event_id"] == event]
        count = here["entity"].value_counts()
        table = pd.DataFrame({"here": count, "rest": everywhere[count.index] - count})
        table = table[2 * table["here"] > len(own)].rename_axis("entity").reset_index()
        ranked = table.sort_values(["rest", "here", "entity"], ascending=[True, False, True])["entity"].head(
            n
        )
        days = sorted(day[:10] for day in own["published"] if day[:1].isdigit())
        span = " to ".join(dict.fromkeys([days[0], days[-1]])) if days else ""
        shown = ", ".join(ranked) if len(own) > 1 else ""
        rows.append((event, len(own), ", ".join(own["doc_id"]), shown, span))
    rows.sort(key=lambda row: (-len(str(row[2]).split(", ")), str(row[0])))
    return from_rows(rows, EventGroupsTable)
