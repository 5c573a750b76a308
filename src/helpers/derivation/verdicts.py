"""What shared wording supports: a verdict, and a direction where outside evidence allows one."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from helpers.derivation.calibration import HUMAN, SHORTEST, Lines, percentiles, verdict_lines
from helpers.derivation.tables import (
    REFERENCE_CLASSES,
    VERDICTS,
    Derivations,
    DerivationsTable,
    ErrorRates,
    Evidence,
    PairMeasures,
    ReferenceQuantiles,
)
from helpers.pairs import CLOSENESS_LINE, COSINE_FLOOR, Similarities
from helpers.table import UNKNOWN, conform

__all__ = [
    "COPIED",
    "SHARED",
    "SUMMARISED",
    "TRANSLATED",
    "UNDECIDED",
    "VERBATIM",
    "by_pair",
    "called",
    "columns_of",
    "judge_pairs",
]
VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED, QUOTED, PHRASES, SEPARATE, TOPIC_ONLY, TOO_SHORT = (
    VERDICTS
)
VERBATIM_C8, VERBATIM_RUN = 0.5, 40
# Share of words in common order, quotations of both aside, above which wording is more than chance. Of 300
# pairs of independent reports of one event (BASIL) the largest is .304; of two translations of one text
# (cs, de, he 2022 and 2023) 99.5 % and more are above at every length from 90 words.
COMMON_ORIGINAL = 0.32
# Words of a run that two reports have by more than chance: of 11,025 pairs of different events (BASIL) one
# has a run of ten; of 150 pairs of one event 65 have, all but two of them words that both quote.
BEYOND_CHANCE = 10
SHARED = (VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED)
CREDITED = (*SHARED, QUOTED, PHRASES, SEPARATE)


def called(measures: PairMeasures, lines: Lines | pd.DataFrame) -> pd.Series:
    """Return, per row of the pair measures, what its wording alone is called: a copy, undecided or neither.

    The values are VERBATIM, COPIED, UNDECIDED or an empty string. `lines` are those of one length, or a
    table with a row of them for each pair.
    """
    verbatim = (measures["c8"] > VERBATIM_C8) | (measures["run_narrated"] > VERBATIM_RUN)
    wording = (measures["c5_own"] > lines.upper) & (measures["c5_narrated"] > lines.lower)
    copied = wording & (measures["clumping"] > lines.clumping)
    undecided = (measures["c5"] > lines.lower) & (measures["lcs_apart"] > COMMON_ORIGINAL)
    names = np.select([verbatim, copied, undecided], [VERBATIM, COPIED, UNDECIDED], "")
    return pd.Series(names, index=measures.index, dtype=object)


def by_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of pairs with the pair named in its first column instead of two doc_ids."""
    names = table["doc_id_a"] + " and " + table["doc_id_b"]
    rest = table.drop(columns=["doc_id_a", "doc_id_b"])
    rest.insert(0, "pair", names)
    return rest


def judge_pairs(
    measures: PairMeasures,
    evidence: Evidence,
    similarities: Similarities,
    reference: ReferenceQuantiles,
    error_rates: ErrorRates,
) -> Derivations:
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
    return conform(table.sort_values(["rank", "doc_id_a", "doc_id_b"]), DerivationsTable)


def _lines(n_words: pd.Series, reference: ReferenceQuantiles) -> pd.DataFrame:
    """Return the lines at each length, a row for each; beyond the lengths measured they do not change."""
    known = reference["n_words"] if len(reference) else pd.Series([SHORTEST])
    length = n_words.clip(known.min(), known.max())
    drawn = {size: verdict_lines(reference, n_words=size) for size in length.unique().tolist()}
    rows = [drawn[size] for size in length.tolist()]
    return pd.DataFrame(rows, index=n_words.index, columns=Lines._fields)


def _one_event(measures: PairMeasures, similarities: Similarities) -> pd.Series:
    """Return whether pairs count as being about one event; where the manifest is silent, by their words."""
    keys = ["doc_id_a", "doc_id_b"]
    near = measures[keys].merge(similarities[[*keys, "closeness", "cosine"]], on=keys, how="left")
    close = (near["closeness"] >= CLOSENESS_LINE) & (near["cosine"] >= COSINE_FLOOR)
    return close.where(measures["events"] == UNKNOWN, measures["events"] == "same")


def _verdicts(measures: PairMeasures, lines: pd.DataFrame, one_event: pd.Series) -> np.ndarray:
    """Return the verdicts on pairs, each by its own lines."""
    name = called(measures, lines)
    apart = ~(measures["lcs_apart"] > COMMON_ORIGINAL)
    quoting = apart & (measures["run_quoted"] >= BEYOND_CHANCE) & (measures["run_narrated"] < BEYOND_CHANCE)
    phrases = apart & ((measures["c5"] > lines["lower"]) | (measures["longest_run"] >= BEYOND_CHANCE))
    cases = {
        TOO_SHORT: measures["n_words"] < SHORTEST,
        VERBATIM: name == VERBATIM,
        COPIED: name == COPIED,
        TOPIC_ONLY: ~one_event,
        UNDECIDED: name == UNDECIDED,
        QUOTED: quoting,
        PHRASES: phrases,
        SEPARATE: apart,
        SUMMARISED: measures["lcs_share"] < lines["lcs_share"],
    }
    return np.select([case.to_numpy(bool) for case in cases.values()], list(cases), TRANSLATED)


def _directions(evidence: Evidence, table: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return per pair the direction and the kinds of evidence for it; undetermined unless all of it agrees.

    A credit line counts for every verdict on one event, the rest only where one of the two is called a copy:
    a trace of abridging may as well come from an original nobody has seen. Times that say the contrary leave
    it undetermined.
    """
    arrows = evidence[evidence["supports"].isin(["a to b", "b to a"])]
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for a, b, kind, way in columns_of(arrows, "doc_id_a", "doc_id_b", "kind", "supports"):
        found.setdefault((a, b), set()).add((kind, way))
    directions = []
    for a, b, verdict in columns_of(table, "doc_id_a", "doc_id_b", "verdict"):
        finds = {
            (kind, way)
            for kind, way in found.get((a, b), set())
            if verdict in (VERBATIM, COPIED) or (kind == "credit line" and verdict in CREDITED)
        }
        # What is known to be later cannot be the source, whatever its words say.
        ways = {way for _, way in finds}
        ways |= {way for kind, way in found.get((a, b), set()) if kind == "earlier time" and ways}
        directions.append((ways.pop() if len(ways) == 1 else "undetermined", sorted({k for k, _ in finds})))
    return directions


def columns_of(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield these columns of every row."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def _told(table: pd.DataFrame, grounds: list[list[str]]) -> list[str]:
    """Return the evidence of each pair in a sentence."""
    names = ["n_words", "c5", "c5_own", "lower_line", "upper_line", "clumping", "clumping_line"]
    names += ["longest_run", "order_kept", "n_tiles", "lcs_share", "lcs_line", "lcs_apart"]
    form = (
        "c5 {c5:.3f} ({c5_own:.3f} without formulas) against lines of {lower_line:.3f} and {upper_line:.3f}; "
        "clumping {clumping:.2f} against {clumping_line:.2f}; longest run {longest_run} words; "
        "order kept {order_kept:.2f} over {n_tiles} tiles; "
        "common subsequence {lcs_share:.2f} against {lcs_line:.2f}, and {lcs_apart:.2f} without what both "
        f"quote against {COMMON_ORIGINAL}"
    )
    told = []
    for row, kinds in zip(columns_of(table, *names), grounds, strict=True):
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


def _alarms(error_rates: ErrorRates, n_words: int) -> str:
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
