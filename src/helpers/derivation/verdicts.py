"""What shared wording supports: a verdict on the wording, what explains it, and how often that errs."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.derivation.calibration import SHORTEST, Lines, percentiles, verdict_lines
from helpers.derivation.errors import error_of
from helpers.derivation.explanations import explain
from helpers.derivation.measures import BEYOND_CHANCE, PASSAGE_RUN
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
from helpers.table import conform

__all__ = [
    "CANNOT_TELL",
    "NEARLY_ALL",
    "NOTHING",
    "PASSAGES",
    "PHRASES",
    "SHARED",
    "TOO_SHORT",
    "WORDED_APART",
    "WORD_FOR_WORD",
    "by_pair",
    "called",
    "columns_of",
    "judge_pairs",
]
WORD_FOR_WORD, WORDED_APART, PASSAGES, PHRASES, NOTHING, TOO_SHORT, CANNOT_TELL = VERDICTS
SHARED = (WORD_FOR_WORD, WORDED_APART, PASSAGES)
# The language that every reference text is in, whatever it was translated from.
MEASURED = "en"
# Of all 8-grams of a report, the share from which it is in the other word for word.
VERBATIM_C8 = 0.5
# Of the words of a report, the share in shared runs of five or more from which they are most of it.
MOST = 0.5
# Share of 60 words in a row in shared runs of five or more that neither quotes. Of 198 pairs of independent
# reports (BASIL, NewsWCL50) .33 is the most; of 18 pairs of ECB+ above .35 that were read, 16 share the words
# of one official statement, and two formulas of a court or a fire service.
DENSE = 0.4
# Words in common order below which alike letters say nothing: lists of figures have these without words. No
# pair of independent human translations of 90 words or more has less than .28 (data/reference).
FEWEST_WORDS = 0.2
# Of the words of a report, the share in shared runs from which nearly all of it is in the other.
NEARLY_ALL = 0.9
# Verdicts that would be others with every line moved by this share of it are told as near the line.
NEAR = 0.1


def called(measures: PairMeasures, lines: Lines | pd.DataFrame, *, by: float = 1.0) -> pd.Series:
    """Return, per row of the pair measures, what wording is shared, one of the first five verdicts.

    `lines` are those of one length, or a table with a row of them for each pair. Shared runs that are less
    than half of the shorter report are passages, unless the rest of both is worded alike too. Every line is
    multiplied by `by`.
    """
    lines = Lines(*(getattr(lines, name) * by for name in Lines._fields))
    letters = measures["letters_apart"].where(measures["lcs_apart"] > FEWEST_WORDS * by)
    much = (measures["lcs_apart"] > lines.apart) | (letters > lines.letters)
    whole = (measures["lcs_apart"] > lines.whole) | (letters > lines.letters_whole)
    parallel = measures["letters_rest"] > lines.letters
    bulk = measures["run_share"] > MOST * by
    wording = (measures["c5_own"] > lines.upper) & (measures["c5_narrated"] > lines.lower)
    copied = (measures["c8"] > VERBATIM_C8 * by) | (wording & (measures["clumping"] > lines.clumping))
    phrases = (measures["c5"] > lines.lower) | (measures["longest_run"] >= BEYOND_CHANCE * by)
    cases = {
        WORD_FOR_WORD: copied & (bulk | (much & parallel)),
        WORDED_APART: whole & parallel,
        PASSAGES: much | (measures["run_narrated"] >= PASSAGE_RUN * by) | (measures["dense"] > DENSE * by),
        PHRASES: phrases,
    }
    names = np.select([case.to_numpy(bool) for case in cases.values()], list(cases), NOTHING)
    return pd.Series(names, index=measures.index, dtype=object)


def _close_to(measures: PairMeasures, lines: pd.DataFrame, verdict: pd.Series) -> pd.Series:
    """Return the verdict with every line a tenth lower, or else higher; empty where it is the same."""
    more, less = (called(measures, lines, by=1 + sign * NEAR) for sign in (-1, 1))
    other = more.where(more != verdict, less)
    return other.where((other != verdict) & verdict.isin(VERDICTS[:5]), "")


def by_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of pairs with the pair named in its first column instead of two doc_ids."""
    names = table["doc_id_a"] + " and " + table["doc_id_b"]
    rest = table.drop(columns=["doc_id_a", "doc_id_b"])
    rest.insert(0, "pair", names)
    return rest


def judge_pairs(
    measures: PairMeasures,
    evidence: Evidence,
    reference: ReferenceQuantiles,
    error_rates: ErrorRates,
    *,
    names: Mapping[str, str] | None = None,
) -> Derivations:
    """Return the derivations table: per pair the wording shared, what explains it, and a direction if any.

    Lines come from the strictest reference class at the length of the shorter report; containment and
    length never give a direction. Sentences call the reports by their `names`, else by doc_id. Under 90
    words, and outside English, nothing is judged. Rows are in the order of the verdicts, most shared wording
    first.
    """
    table = measures.reset_index(drop=True)
    lines = _lines(table["n_words"], reference)
    unmeasured, short = table["language"] != MEASURED, table["n_words"] < SHORTEST
    table["verdict"] = called(table, lines).mask(short, TOO_SHORT).mask(unmeasured, CANNOT_TELL)
    table["close_to"] = _close_to(table, lines, table["verdict"])
    explained = explain(table, evidence, names)
    table = table.assign(**{name: explained[name] for name in explained.columns})
    kinds = table[["verdict", "n_words", "language", "translated"]].drop_duplicates()
    errors = {row: error_of(*row, rates=error_rates) for row in columns_of(kinds, *kinds.columns)}
    table["error"] = [errors[row] for row in columns_of(table, *kinds.columns)]
    table["evidence"] = _told(table, lines)
    places = percentiles(table, reference, measure="c5")
    ours = places[[name for name in places.columns if "translation" not in name[0]]]
    table["percentiles"] = np.where(table["translated"], _places(places), _places(ours))
    table["rank"] = table["verdict"].map(VERDICTS.index)
    return conform(table.sort_values(["rank", "doc_id_a", "doc_id_b"]), DerivationsTable)


def _lines(n_words: pd.Series, reference: ReferenceQuantiles) -> pd.DataFrame:
    """Return the lines at each length, a row for each; beyond the lengths measured they do not change."""
    known = reference["n_words"] if len(reference) else pd.Series([SHORTEST])
    length = n_words.clip(known.min(), known.max())
    drawn = {size: verdict_lines(reference, n_words=size) for size in length.unique().tolist()}
    rows = [drawn[size] for size in length.tolist()]
    return pd.DataFrame(rows, index=n_words.index, columns=Lines._fields)


def columns_of(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield these columns of every row."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def _told(table: pd.DataFrame, lines: pd.DataFrame) -> list[str]:
    """Return the measures of each pair in a sentence."""
    form = (
        "words in common order, without what both quote, {lcs_apart:.2f} against {apart:.2f} and "
        "{whole:.2f}, letters {letters_apart:.2f} against {letters:.2f} and {letters_whole:.2f}, "
        "without runs of eight words too {letters_rest:.2f}; {run_share:.0%} of the words of one in "
        "shared runs of five, of its densest 60 {dense:.0%} against {DENSE:.0%}; longest shared run "
        "{longest_run} words, {run_narrated} of one outside quotations, {run_quoted} within quotations "
        "of both; runs of five words {c5:.3f} ({c5_own:.3f} without formulas) against {lower:.3f} and "
        "{upper:.3f}; clumping {clumping:.2f} against {clumping_line:.2f}."
    )
    told = []
    names = [name for name in table.columns if f"{{{name}" in form] + ["n_words"]
    rows = zip(columns_of(table, *names), columns_of(lines, *Lines._fields), strict=True)
    for measured, drawn in rows:
        value = dict(zip(names, measured, strict=True))
        line = dict(zip(Lines._fields, drawn, strict=True))
        line["clumping_line"] = line.pop("clumping")
        short = f"{value['n_words']} words on the shorter side; under {SHORTEST} nothing is judged."
        judged = value["n_words"] >= SHORTEST
        told.append(form.format(**value, **line, DENSE=DENSE).replace("nan", "n/a") if judged else short)
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
