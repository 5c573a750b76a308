"""Reports that rest on one text, and how many independent ones an event has."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.derivation.tables import (
    Derivations,
    SourceCounts,
    SourceCountsTable,
    SourceGroups,
    SourceGroupsTable,
)
from helpers.derivation.verdicts import CANNOT_TELL, SHARED, TOO_SHORT, columns_of
from helpers.table import from_rows
from helpers.text import Documents

__all__ = ["connected", "count_sources", "counted_once", "group_reports"]


def group_reports(derivations: Derivations, documents: Documents) -> SourceGroups:
    """Return every report with the group it is in: reports joined by shared passages or more, or by versions.

    A group's name is its first report by time, then by name. Reports of two events are never joined. What is
    joined rests on one text in part or whole; it may hold reporting of its own beside it.
    """
    joined = derivations["verdict"].isin(SHARED) & (derivations["events"] != "different")
    groups = connected(documents["doc_id"].tolist(), derivations[joined])
    known = documents.set_index("doc_id")[["event_id", "published"]].astype(str)
    why = _explained(derivations[joined])
    rows = []
    for group in groups:
        first = min(group, key=lambda name: (known.loc[name, "published"], name))
        told = "; ".join(_once({text for name in group for text in why.get(name, [])})) if group[1:] else ""
        rows += [(known.loc[name, "event_id"], name, first, len(group), told) for name in group]
    return from_rows(sorted(rows), SourceGroupsTable)


def _once(texts: set[str]) -> list[str]:
    """Return explanations, sorted, without those of one report that others of the group have as "both".

    >>> _once({"both credit Reuters: perhaps its text", "The Sun credits Reuters: perhaps its text"})
    ['both credit Reuters: perhaps its text']
    """
    both = tuple(
        text.replace("both credit ", " credits ", 1) for text in texts if text.startswith("both credit")
    )
    return sorted(text for text in texts if not (both and text.endswith(both)))


def count_sources(groups: SourceGroups, derivations: Derivations) -> SourceCounts:
    """Return, per event, how many reports remain when those that rest on one text are counted once.

    A report merged from two joins them: n_apart counts reports of which no two share passages, chosen from
    those that share with the fewest. Pairs that could not be judged join nothing.
    """
    unsaid = derivations[derivations["verdict"].isin([TOO_SHORT, CANNOT_TELL])]
    event = dict(zip(groups["doc_id"], groups["event_id"], strict=True))
    ends = unsaid[["doc_id_a", "doc_id_b"]].apply(lambda names: names.map(event))
    within = ends.loc[ends["doc_id_a"] == ends["doc_id_b"], "doc_id_a"].value_counts()
    shared = derivations["verdict"].isin(SHARED) & (derivations["events"] != "different")
    apart = _apart(groups["doc_id"].tolist(), derivations[shared])
    n_apart = groups[groups["doc_id"].isin(apart)].groupby("event_id").size()
    counted = groups.groupby("event_id").agg(
        n_reports=("doc_id", "size"), n_sources=("group", "nunique"), largest=("n_reports", "max")
    )
    rows = [
        (name, *row, max(int(n_apart.get(name, 0)), 1), int(within.get(name, 0)))
        for name, row in zip(counted.index, counted.itertuples(index=False, name=None), strict=True)
    ]
    return from_rows(rows, SourceCountsTable)


def _apart(names: Sequence[str], pairs: Derivations) -> set[str]:
    """Return reports of which no pair is one of `pairs`, those in the fewest pairs first."""
    near: dict[str, set[str]] = {name: set() for name in names}
    for a, b in columns_of(pairs, "doc_id_a", "doc_id_b"):
        near[a].add(b)
        near[b].add(a)
    chosen: set[str] = set()
    for name in sorted(names, key=lambda name: (len(near[name]), name)):
        if not near[name] & chosen:
            chosen.add(name)
    return chosen


def counted_once(uses: pd.DataFrame, groups: SourceGroups, by: Sequence[str]) -> pd.Series:
    """Return how many reports each value of `by` is in, those that rest on one text counted once.

    `uses` has a row for each use, with its report in doc_id. It is the most sources there can be: a report
    that shares no text with the others here may have its matter from them all the same.

    >>> groups = pd.DataFrame({"doc_id": ["a", "b", "c"], "group": ["a", "a", "c"]})
    >>> uses = pd.DataFrame({"doc_id": ["a", "b", "c", "c"], "term": ["quay", "quay", "quay", "pier"]})
    >>> counted_once(uses, groups, ["term"]).to_dict()
    {'pier': 1, 'quay': 2}
    """
    group = dict(zip(groups["doc_id"], groups["group"], strict=True))
    named = uses.assign(n_sources=[group.get(name, name) for name in uses["doc_id"]])
    counts: pd.Series = named.groupby(list(by))["n_sources"].nunique()
    return counts


def connected(names: list[str], pairs: pd.DataFrame) -> list[list[str]]:
    """Return the names in groups that the pairs connect, sorted.

    >>> connected(["a", "b", "c"], pd.DataFrame({"doc_id_a": ["a"], "doc_id_b": ["c"]}))
    [['a', 'c'], ['b']]
    """
    names = sorted(names)
    a, b = (pd.Index(names).get_indexer(pd.Index(pairs[name])) for name in ("doc_id_a", "doc_id_b"))
    known = (a >= 0) & (b >= 0)
    links = sparse.coo_array(
        (np.ones(int(known.sum())), (a[known], b[known])), shape=(len(names), len(names))
    )
    labels = sparse.csgraph.connected_components(links, directed=False)[1] if names else []
    groups: dict[int, list[str]] = {}
    for name, label in zip(names, labels, strict=True):
        groups.setdefault(label, []).append(name)
    return sorted(groups.values())


def _explained(pairs: Derivations) -> dict[str, list[str]]:
    """Return, per report, what explains the text that it shares."""
    told: dict[str, list[str]] = {}
    for a, b, explanation in columns_of(pairs, "doc_id_a", "doc_id_b", "explanation"):
        for name in (a, b):
            told.setdefault(name, []).append(explanation)
    return told
