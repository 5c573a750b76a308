"""What shared wording supports: a verdict, a direction where outside evidence allows one, and the graph."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.references import HUMAN, SHORTEST, Lines, place_pairs, verdict_lines
from helpers.schema import REFERENCE_CLASSES, UNKNOWN, VERDICTS, Derivations, from_rows
from helpers.similarity import CLOSENESS_LINE, COSINE_FLOOR

__all__ = ["Graph", "by_pair", "called", "judge_pairs", "layout_graph"]

VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED, SEPARATE, TOPIC_ONLY, TOO_SHORT = VERDICTS
VERBATIM_C8, VERBATIM_RUN = 0.5, 40
ORDER_KEPT, FEWEST_TILES = 0.8, 5
CREDITED = (VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED)


class Graph(NamedTuple):
    """Reports and unobserved originals with their places, and the lines between them."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def called(measures: pd.DataFrame, lines: Lines) -> pd.Series:
    """Return, per row of the pair measures, what its wording alone is called: a copy, undecided or neither.

    The values are VERBATIM, COPIED, UNDECIDED or an empty string.
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
    subject = similarities.set_index(["doc_id_a", "doc_id_b"])
    placed = place_pairs(measures, reference[reference["measure"] == "c5"])
    found = dict(list(evidence.groupby(["doc_id_a", "doc_id_b"])))
    cache: dict[int, Lines] = {}
    rows: list[tuple[object, ...]] = []
    verdicts: list[str] = []
    for row in range(len(measures)):
        pair = measures.iloc[[row]]
        key, n_words = (pair["doc_id_a"].item(), pair["doc_id_b"].item()), int(pair["n_words"].item())
        lines = cache.setdefault(n_words, verdict_lines(reference, n_words=n_words))
        near = subject.loc[key] if key in subject.index else None
        verdict = _verdict(pair, lines, _one_event(pair["events"].item(), near))
        own = found.get(key, evidence.iloc[:0])
        direction, grounds = _direction(own, verdict)
        place = placed[(placed["doc_id_a"] == key[0]) & (placed["doc_id_b"] == key[1])]
        numbers = (pair[name].item() for name in ("events", "n_words", "c5", "c5_own", "clumping"))
        told = (_told(pair, lines, grounds), _places(place), _alarms(error_rates, n_words))
        drawn = (lines.lower, lines.upper, lines.clumping)
        rows.append((*key, *numbers, *drawn, verdict, direction, *told))
        verdicts.append(verdict)
    order = sorted(range(len(rows)), key=lambda row: (VERDICTS.index(verdicts[row]), rows[row][:2]))
    return from_rows([rows[row] for row in order], Derivations)


def layout_graph(derivations: pd.DataFrame, documents: pd.DataFrame) -> Graph:
    """Return the graph of the verdicts: reports by event, unobserved originals, and lines between them.

    Reports of one event stand on a circle; reports of a common original are joined to an open node in
    their midst, one for each group so connected. Pairs about one topic only, reported separately or too
    short have no line.
    """
    nodes = _report_nodes(documents)
    place = nodes.set_index("node")[["x", "y"]]
    rows = []
    for pair in derivations.to_dict("records"):
        if pair["verdict"] in (VERBATIM, COPIED, UNDECIDED):
            ends = (pair["doc_id_a"], pair["doc_id_b"])
            ends = ends[::-1] if pair["direction"] == "b to a" else ends
            rows.append((*ends, pair["verdict"], pair["direction"] != "undetermined"))
    common = derivations[derivations["verdict"].isin([TRANSLATED, SUMMARISED])]
    extra = []
    for number, group in enumerate(_groups(common), start=1):
        name = f"original {number}"
        x, y = place.loc[group].mean()
        extra.append((name, "unobserved original", nodes.set_index("node").loc[group[0], "event_id"], x, y))
        for doc_id in group:
            verdicts = common.loc[(common["doc_id_a"] == doc_id) | (common["doc_id_b"] == doc_id), "verdict"]
            rows.append((name, doc_id, min(verdicts, key=VERDICTS.index), False))
    originals = pd.DataFrame(extra, columns=nodes.columns)
    nodes = pd.concat([nodes, originals], ignore_index=True) if extra else nodes
    return Graph(nodes, pd.DataFrame(rows, columns=["source", "target", "verdict", "arrow"]))


def _verdict(pair: pd.DataFrame, lines: Lines, one_event: bool) -> str:
    """Return the verdict on a one-row pair."""
    value = pair.iloc[0]
    if value["n_words"] < SHORTEST:
        return TOO_SHORT
    name = str(called(pair, lines).iloc[0])
    if name in (VERBATIM, COPIED):
        return name
    if not one_event:
        return TOPIC_ONLY
    if name:
        return name
    ordered = value["order_kept"] >= ORDER_KEPT and value["n_tiles"] >= FEWEST_TILES
    if not ordered or not (value["c3_own"] > lines.topic_c3 and value["c5_own"] > lines.topic_c5):
        return SEPARATE
    return SUMMARISED if value["lcs_share"] < lines.lcs_share else TRANSLATED


def _one_event(events: str, near: pd.Series | None) -> bool:
    """Return whether a pair counts as being about one event; where the manifest is silent, by its words."""
    if events != UNKNOWN:
        return events == "same"
    return near is not None and bool(near["closeness"] >= CLOSENESS_LINE and near["cosine"] >= COSINE_FLOOR)


def _direction(evidence: pd.DataFrame, verdict: str) -> tuple[str, list[str]]:
    """Return the direction and the kinds of evidence for it; undetermined unless all of it agrees.

    A credit line counts for every verdict of shared wording, the rest only where one of the two is called
    a copy: a trace of abridging may as well come from an original nobody has seen.
    """
    arrows = evidence[evidence["supports"].isin(["a to b", "b to a"])]
    if verdict not in (VERBATIM, COPIED):
        arrows = arrows[(arrows["kind"] == "credit line") & (verdict in CREDITED)]
    ways = sorted(set(arrows["supports"]))
    kinds = sorted(set(arrows["kind"]))
    return (ways[0], kinds) if len(ways) == 1 else ("undetermined", kinds)


def _told(pair: pd.DataFrame, lines: Lines, grounds: list[str]) -> str:
    """Return the evidence of a pair in a sentence."""
    value = pair.iloc[0]
    if value["n_words"] < SHORTEST:
        return f"{value['n_words']} words on the shorter side; under {SHORTEST} nothing is judged."
    parts = [
        f"c5 {value['c5']:.3f} ({value['c5_own']:.3f} without formulas) against lines of "
        f"{lines.lower:.3f} and {lines.upper:.3f}",
        f"clumping {value['clumping']:.2f} against {lines.clumping:.2f}",
        f"longest run {value['longest_run']} words",
        f"order kept {value['order_kept']:.2f} over {value['n_tiles']} tiles",
        f"common subsequence {value['lcs_share']:.2f} against {lines.lcs_share:.2f}",
    ]
    end = f"; for direction: {', '.join(grounds)}" if grounds else "; no outside evidence of direction"
    return "; ".join(parts).replace("nan", "n/a") + end + "."


def _places(placed: pd.DataFrame) -> str:
    """Return the percentiles of c5 in every named set, as text."""
    parts = []
    for name in REFERENCE_CLASSES:
        rows = placed[placed["reference_class"] == name].sort_values("data_set")
        values = ", ".join(
            f"{data_set} {value:.0f}"
            for data_set, value in zip(rows["data_set"], rows["percentile"], strict=True)
        )
        parts += [f"{name}: {values}"] if values else []
    return "; ".join(parts)


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
    """Return a node per report: those of one event on a circle, the circles side by side."""
    rows = []
    for column, (event, doc_ids) in enumerate(documents.groupby("event_id")["doc_id"].agg(sorted).items()):
        for place, doc_id in enumerate(doc_ids):
            angle = math.pi * (0.5 + 2 * place / len(doc_ids))
            x, y = 3.0 * column + math.cos(angle), math.sin(angle)
            rows.append((doc_id, "report", event, round(x, 6), round(y, 6)))
    return pd.DataFrame(rows, columns=["node", "kind", "event_id", "x", "y"])


def _groups(pairs: pd.DataFrame) -> list[list[str]]:
    """Return the reports that the pairs connect, group by group."""
    groups: list[set[str]] = []
    for a, b in zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True):
        touched = [group for group in groups if group & {a, b}]
        groups = [group for group in groups if group not in touched] + [{a, b}.union(*touched)]
    return sorted(map(sorted, groups))
