"""The graph of the verdicts: reports, originals that nobody has seen, and the lines between them."""

import math
from typing import NamedTuple

import pandas as pd

from helpers.derivation.groups import connected
from helpers.derivation.tables import Derivations
from helpers.derivation.verdicts import SHARED, WORDED_APART, columns_of
from helpers.pairs import leading_reports
from helpers.text import Documents

__all__ = ["Graph", "layout_graph"]
# In the graph: reports to one unit of a circle's radius.
PER_RADIUS = 6


class Graph(NamedTuple):
    """Reports and unobserved originals with their places, and the lines between them."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def layout_graph(derivations: Derivations, documents: Documents, *, n: int = 40) -> Graph:
    """Return the graph of the verdicts: reports by event, unobserved originals, and lines between them.

    Reports of one event stand on a circle; those that have most of a text in common, worded apart, are joined
    to an open node in their midst, one for each group so connected. Pairs that share phrases, quotations or
    nothing have no line, unless one credits the other. Of more than `n` reports only those of the events
    with the most lines are there.
    """
    credited = derivations["direction"] != "undetermined"
    lines = derivations[derivations["verdict"].isin(SHARED) | credited]
    nodes = _report_nodes(leading_reports(documents, lines, n=n))
    shown = lines[lines["doc_id_a"].isin(nodes["node"]) & lines["doc_id_b"].isin(nodes["node"])]
    place = nodes.set_index("node")[["x", "y"]]
    rows = []
    for a, b, verdict, direction in columns_of(shown, "doc_id_a", "doc_id_b", "verdict", "direction"):
        if verdict != WORDED_APART or direction != "undetermined":
            ends = (b, a) if direction == "b to a" else (a, b)
            rows.append((*ends, verdict, direction != "undetermined"))
    common = shown[(shown["verdict"] == WORDED_APART) & (shown["direction"] == "undetermined")]
    extra = []
    for number, group in enumerate(_joined(common), start=1):
        name = f"original {number}"
        x, y = place.loc[group].mean()
        extra.append((name, "unobserved original", nodes.set_index("node").loc[group[0], "event_id"], x, y))
        rows += [(name, doc_id, WORDED_APART, False) for doc_id in group]
    originals = pd.DataFrame(extra, columns=nodes.columns)
    nodes = pd.concat([nodes, originals], ignore_index=True) if extra else nodes
    return Graph(nodes, pd.DataFrame(rows, columns=["source", "target", "verdict", "arrow"]))


def _report_nodes(documents: Documents) -> pd.DataFrame:
    """Return a node per report: those of one event on a circle, the circles one below the other.

    Events of two reports, which stand one above the other, are two a row.
    """
    events = documents.groupby("event_id")["doc_id"].agg(sorted)
    radius = max(1.0, events.map(len).max() / PER_RADIUS) if len(events) else 1.0
    columns = 2 if len(events) and events.map(len).max() <= 2 else 1
    rows = []
    for number, (event, doc_ids) in enumerate(events.items()):
        line, column = divmod(number, columns)
        middle = (2 * radius + 1) * column, -(2 * radius + 1.5) * line
        for place, doc_id in enumerate(doc_ids):
            angle = math.pi * (0.5 + 2 * place / len(doc_ids))
            x, y = middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
            rows.append((doc_id, "report", event, round(x, 6), round(y, 6)))
    return pd.DataFrame(rows, columns=["node", "kind", "event_id", "x", "y"])


def _joined(pairs: pd.DataFrame) -> list[list[str]]:
    """Return the reports that the pairs connect, group by group."""
    return connected(sorted({*pairs["doc_id_a"], *pairs["doc_id_b"]}), pairs)
