"""What shared wording supports: a verdict, a direction where outside evidence allows one, and the graph."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.references import HUMAN, SHORTEST, Lines, percentiles, verdict_lines
from helpers.schema import REFERENCE_CLASSES, UNKNOWN, VERDICTS, Derivations, conform
from helpers.similarity import CLOSENESS_LINE, COSINE_FLOOR, leading_reports

__all__ = ["Graph", "by_pair", "called", "judge_pairs", "layout_graph"]

VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED, SEPARATE, TOPIC_ONLY, TOO_SHORT = VERDICTS
VERBATIM_C8, VERBATIM_RUN = 0.5, 40
ORDER_KEPT, FEWEST_TILES = 0.8, 5
# In the graph: reports to one unit of a circle's radius, and units that circles side by side may take.
PER_RADIUS, WIDTH = 6, 14
CREDITED = (VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED)


class Graph(NamedTuple):
    """Reports and unobserved originals with their places, and the lines between them."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def called(measures: pd.DataFrame, lines: Lines | pd.DataFrame) -> pd.Series:
    """Return, per row of the pair measures, what its wording alone is called: a copy, undecided or neither.

    The values are VERBATIM, COPIED, UNDECIDED or an empty string. `lines` are those of one length, or a
    table with a row of them for each pair.
    """
    verbatim = (measures["c8"] > VERBATIM_C8) | (measures["run_narrated"] > VERBATIM_RUN)
    wording = (measures["c5_own"] > lines.upper) & (measures["c5_narrated"] > lines.lower)
    copied = wording & (measures["clumping"] > lines.clumping)
    names = np.select([verbatim, copied, measures["c5"] > lines.lower], [VERBATIM, COPIED, UNDECIDED], "")
    return pd.Series(names, index=measures.index, dtype=object)


def by_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of pairs with the pair named in its first column instead of two doc_ids."""
    names = table["doc_id_a"] + " and " + table["doc_id_b"]
    rest = table.drop(columns=["doc_id_a", "doc_id_b"])
    rest.insert(0, "pair", names)
    return rest


def judge_pairs(
    measures: pd.DataFrame,
    evidence: pd.DataFrame,
    similarities: pd.DataFrame,
    reference: pd.DataFrame,
    error_rates: pd.DataFrame,
) -> pd.DataFrame:
    """Return the derivations table: a verdict and, where outside evidence allows one, a direction per pair.

    Lines come from the strictest reference class at the length of the shorter report; containment and
    length never give a direction. Rows are in the order of the verdicts, copies first.
    """
    table = measures.reset_index(drop=True)
    lines = _lines(table["n_words"], reference)
    drawn = ["lower_line", "upper_line", "clumping_line", "lcs_line"]
    table[drawn] = lines[["lower", "upper", "clumping", "lcs_share"]]
    table["verdict"] = _verdicts(table, lines, _one_event(table, similarities))
    directions = _directions(evidence, table)
    table["direction"] = [direction for direction, _ in directions]
    table["evidence"] = _told(table, [kinds for _, kinds in directions])
    table["percentiles"] = _places(percentiles(table, reference, measure="c5"))
    alarms = {n_words: _alarms(error_rates, n_words) for n_words in table["n_words"].unique().tolist()}
    table["false_alarms"] = table["n_words"].map(alarms)
    table["rank"] = table["verdict"].map(VERDICTS.index)
    return conform(table.sort_values(["rank", "doc_id_a", "doc_id_b"]), Derivations)


def layout_graph(derivations: pd.DataFrame, documents: pd.DataFrame, *, n: int = 40) -> Graph:
    """Return the graph of the verdicts: reports by event, unobserved originals, and lines between them.

    Reports of one event stand on a circle; reports of a common original are joined to an open node in
    their midst, one for each group so connected. Pairs about one topic only, reported separately or too
    short have no line. Of more than `n` reports only those of the events with the most lines are there.
    """
    lines = derivations[derivations["verdict"].isin(CREDITED)]
    nodes = _report_nodes(leading_reports(documents, lines, n=n))
    shown = lines[lines["doc_id_a"].isin(nodes["node"]) & lines["doc_id_b"].isin(nodes["node"])]
    place = nodes.set_index("node")[["x", "y"]]
    rows = []
    for a, b, verdict, direction in _rows(shown, "doc_id_a", "doc_id_b", "verdict", "direction"):
        if verdict in (VERBATIM, COPIED, UNDECIDED):
            ends = (b, a) if direction == "b to a" else (a, b)
            rows.append((*ends, verdict, direction != "undetermined"))
    common = shown[shown["verdict"].isin([TRANSLATED, SUMMARISED])]
    strongest: dict[str, str] = {}
    for a, b, verdict in _rows(common, "doc_id_a", "doc_id_b", "verdict"):
        for doc_id in (a, b):
            strongest[doc_id] = min(strongest.get(doc_id, verdict), verdict, key=VERDICTS.index)
    extra = []
    for number, group in enumerate(_groups(common), start=1):
        name = f"original {number}"
        x, y = place.loc[group].mean()
        extra.append((name, "unobserved original", nodes.set_index("node").loc[group[0], "event_id"], x, y))
        rows += [(name, doc_id, strongest[doc_id], False) for doc_id in group]
    originals = pd.DataFrame(extra, columns=nodes.columns)
    nodes = pd.concat([nodes, originals], ignore_index=True) if extra else nodes
    return Graph(nodes, pd.DataFrame(rows, columns=["source", "target", "verdict", "arrow"]))


def _lines(n_words: pd.Series, reference: pd.DataFrame) -> pd.DataFrame:
    """Return the lines at each length, a row for each; beyond the lengths measured they do not change."""
    known = reference["n_words"] if len(reference) else pd.Series([SHORTEST])
    length = n_words.clip(known.min(), known.max())
    drawn = {size: verdict_lines(reference, n_words=size) for size in length.unique().tolist()}
    rows = [drawn[size] for size in length.tolist()]
    return pd.DataFrame(rows, index=n_words.index, columns=Lines._fields)


def _one_event(measures: pd.DataFrame, similarities: pd.DataFrame) -> pd.Series:
    """Return whether pairs count as being about one event; where the manifest is silent, by their words."""
    keys = ["doc_id_a", "doc_id_b"]
    near = measures[keys].merge(similarities[[*keys, "closeness", "cosine"]], on=keys, how="left")
    close = (near["closeness"] >= CLOSENESS_LINE) & (near["cosine"] >= COSINE_FLOOR)
    return close.where(measures["events"] == UNKNOWN, measures["events"] == "same")


def _verdicts(measures: pd.DataFrame, lines: pd.DataFrame, one_event: pd.Series) -> np.ndarray:
    """Return the verdicts on pairs, each by its own lines."""
    name = called(measures, lines)
    ordered = (measures["order_kept"] >= ORDER_KEPT) & (measures["n_tiles"] >= FEWEST_TILES)
    own = (measures["c3_own"] > lines["topic_c3"]) & (measures["c5_own"] > lines["topic_c5"])
    cases = {
        TOO_SHORT: measures["n_words"] < SHORTEST,
        VERBATIM: name == VERBATIM,
        COPIED: name == COPIED,
        TOPIC_ONLY: ~one_event,
        UNDECIDED: name == UNDECIDED,
        SEPARATE: ~(ordered & own),
        SUMMARISED: measures["lcs_share"] < lines["lcs_share"],
    }
    return np.select([case.to_numpy(bool) for case in cases.values()], list(cases), TRANSLATED)


def _directions(evidence: pd.DataFrame, table: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return per pair the direction and the kinds of evidence for it; undetermined unless all of it agrees.

    A credit line counts for every verdict of shared wording, the rest only where one of the two is called
    a copy: a trace of abridging may as well come from an original nobody has seen.
    """
    arrows = evidence[evidence["supports"].isin(["a to b", "b to a"])]
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for a, b, kind, way in _rows(arrows, "doc_id_a", "doc_id_b", "kind", "supports"):
        found.setdefault((a, b), set()).add((kind, way))
    directions = []
    for a, b, verdict in _rows(table, "doc_id_a", "doc_id_b", "verdict"):
        finds = {
            (kind, way)
            for kind, way in found.get((a, b), set())
            if verdict in (VERBATIM, COPIED) or (kind == "credit line" and verdict in CREDITED)
        }
        ways = {way for _, way in finds}
        directions.append((ways.pop() if len(ways) == 1 else "undetermined", sorted({k for k, _ in finds})))
    return directions


def _rows(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield these columns of every row."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def _told(table: pd.DataFrame, grounds: list[list[str]]) -> list[str]:
    """Return the evidence of each pair in a sentence."""
    names = ["n_words", "c5", "c5_own", "lower_line", "upper_line", "clumping", "clumping_line"]
    names += ["longest_run", "order_kept", "n_tiles", "lcs_share", "lcs_line"]
    form = (
        "c5 {c5:.3f} ({c5_own:.3f} without formulas) against lines of {lower_line:.3f} and {upper_line:.3f}; "
        "clumping {clumping:.2f} against {clumping_line:.2f}; longest run {longest_run} words; "
        "order kept {order_kept:.2f} over {n_tiles} tiles; "
        "common subsequence {lcs_share:.2f} against {lcs_line:.2f}"
    )
    told = []
    for row, kinds in zip(_rows(table, *names), grounds, strict=True):
        value = dict(zip(names, row, strict=True))
        end = f"; for direction: {', '.join(kinds)}." if kinds else "; no outside evidence of direction."
        short = f"{value['n_words']} words on the shorter side; under {SHORTEST} nothing is judged."
        judged = value["n_words"] >= SHORTEST
        told.append(form.format(**value).replace("nan", "n/a") + end if judged else short)
    return told


def _places(places: pd.DataFrame) -> list[str]:
    """Return the percentiles of each pair in every named set, as text."""
    sets: list[Any] = sorted(
        places.columns.tolist(), key=lambda names: (REFERENCE_CLASSES.index(names[0]), names[1])
    )
    parts = {kind: ", ".join(f"{name} {{:.0f}}" for of, name in sets if of == kind) for kind, _ in sets}
    form = "; ".join(f"{kind}: {named}" for kind, named in parts.items())
    rows = places[sets].to_numpy(float)
    placed = ~np.isnan(rows).any(axis=1)
    return [form.format(*row) if known else "" for row, known in zip(rows.tolist(), placed, strict=True)]


def _alarms(error_rates: pd.DataFrame, n_words: int) -> str:
    """Return how often independent human translations of that length were called copies, as text."""
    rows = error_rates[error_rates["reference_class"] == HUMAN].sort_values("language")
    if not len(rows) or n_words < SHORTEST:
        return "not measured at this length"
    lengths = rows["n_words"].unique()
    nearest = lengths[np.abs(np.log(lengths / n_words)).argmin()]
    rates = [
        f"{language} {copied:.1%} of {n_pairs} ({distinct:.0f} without overlap)"
        for language, copied, n_pairs, distinct in zip(
            *(
                rows.loc[rows["n_words"] == nearest, name]
                for name in ("language", "copied", "n_pairs", "n_distinct")
            ),
            strict=True,
        )
    ]
    return f"at {nearest} words, each language judged by the others: {', '.join(rates)}"


def _report_nodes(documents: pd.DataFrame) -> pd.DataFrame:
    """Return a node per report: those of one event on a circle, the circles in rows, all of one size."""
    events = documents.groupby("event_id")["doc_id"].agg(sorted)
    radius = max(1.0, events.map(len).max() / PER_RADIUS) if len(events) else 1.0
    columns = max(1, int(WIDTH / (2 * radius + 1)))
    rows = []
    for number, (event, doc_ids) in enumerate(events.items()):
        line, column = divmod(number, columns)
        middle = (2 * radius + 1) * column, -(2 * radius + 1.5) * line
        for place, doc_id in enumerate(doc_ids):
            angle = math.pi * (0.5 + 2 * place / len(doc_ids))
            x, y = middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
            rows.append((doc_id, "report", event, round(x, 6), round(y, 6)))
    return pd.DataFrame(rows, columns=["node", "kind", "event_id", "x", "y"])


def _groups(pairs: pd.DataFrame) -> list[list[str]]:
    """Return the reports that the pairs connect, group by group."""
    names = sorted({*pairs["doc_id_a"], *pairs["doc_id_b"]})
    a, b = (pd.Index(names).get_indexer(pairs[name]) for name in ("doc_id_a", "doc_id_b"))
    links = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(len(names), len(names)))
    labels = sparse.csgraph.connected_components(links, directed=False)[1] if names else []
    groups: dict[int, list[str]] = {}
    for name, label in zip(names, labels, strict=True):
        groups.setdefault(label, []).append(name)
    return sorted(groups.values())
