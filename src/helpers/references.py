"""Pairs of known history: the quantiles kept of them, the lines drawn through them, and a pair's place."""

import math
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import ROOT, CorpusError
from helpers.readers import read_cells
from helpers.schema import (
    REFERENCE_CLASSES,
    ErrorRates,
    Placements,
    ReferenceQuantiles,
    Table,
    conform,
    from_rows,
)

__all__ = ["Lines", "at_length", "load_error_rates", "load_reference", "place_pairs", "verdict_lines"]

HUMAN, MACHINE, *_, TOPIC = REFERENCE_CLASSES
CUTS = ("minimum", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "maximum")
SHARES = np.array([0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1])
SHORTEST = 90
# The smallest factor, in hundredths, with which no language held out had more than 1 % of its independent
# human translations called copies at any length (benchmarks/false_alarms.py).
TRANSFER = 1.05


class Lines(NamedTuple):
    """The lines between the verdicts at one length of text."""

    lower: float
    upper: float
    clumping: float
    topic_c3: float
    topic_c5: float
    lcs_share: float


def load_reference(folder: Path | None = None) -> pd.DataFrame:
    """Return the reference quantiles of data/reference, or of `folder`."""
    return _load("quantiles.csv", ReferenceQuantiles, folder)


def load_error_rates(folder: Path | None = None) -> pd.DataFrame:
    """Return the measured error rates of data/reference, or of `folder`."""
    return _load("error_rates.csv", ErrorRates, folder)


def verdict_lines(reference: pd.DataFrame, *, n_words: int, without: str = "") -> Lines:
    """Return the lines at `n_words` words, drawn without the references of the language `without`.

    `lower`: 95 % of independent human translations, each set with equal weight, have less c5. `upper`: 99 %
    of the strictest single set, human or machine against human, have less. `clumping`: the same for the
    measure that moves least from one language to another, raised by TRANSFER for the languages not seen.
    `lcs_share`: 99 % of every set have more.
    """
    rows = at_length(reference[reference["language"] != without], n_words=n_words)
    translated = rows[rows["reference_class"].isin([HUMAN, MACHINE])]
    by = dict(list(translated.groupby("measure")))
    none = translated.iloc[:0]
    c5, clumping, lcs = (by.get(name, none) for name in ("c5", "clumping", "lcs_share"))
    topic = rows[rows["reference_class"] == TOPIC].set_index("measure")["p99"]
    return Lines(
        lower=_pooled(c5[c5["reference_class"] == HUMAN], 0.95),
        upper=float(c5["p99"].max()),
        clumping=TRANSFER * float(clumping["p99"].max()),
        topic_c3=float(topic.get("c3", np.nan)),
        topic_c5=float(topic.get("c5", np.nan)),
        lcs_share=float(lcs["p01"].min()),
    )


def at_length(reference: pd.DataFrame, *, n_words: int) -> pd.DataFrame:
    """Return the quantiles at `n_words` words, one row per set and measure.

    Between two lengths measured they are interpolated, linearly in the logarithm of the length; outside
    them the nearest length stands.
    """
    keys = ["reference_class", "language", "data_set", "measure"]
    columns = [*CUTS, "n_pairs", "n_distinct"]
    place = math.log(max(n_words, 1))
    rows = []
    for key, group in reference.sort_values("n_words").groupby(keys, sort=True):
        lengths = np.log(group["n_words"].to_numpy(float))
        rows.append((*key, *(np.interp(place, lengths, group[name].to_numpy(float)) for name in columns)))
    return pd.DataFrame(rows, columns=[*keys, *columns])


def place_pairs(measures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return where each pair stands in every reference set, by measure, at the length of its shorter report.

    Pairs too short to judge are left out.
    """
    rows: list[tuple[object, ...]] = []
    longest = int(reference["n_words"].max()) if len(reference) else SHORTEST
    cache: dict[int, list[dict[Hashable, Any]]] = {}
    for pair in measures[measures["n_words"] >= SHORTEST].to_dict("records"):
        n_words = min(int(pair["n_words"]), longest)
        if n_words not in cache:
            sets = at_length(reference, n_words=n_words)
            order = sets["reference_class"].map(REFERENCE_CLASSES.index).sort_values(kind="stable")
            cache[n_words] = sets.loc[order.index].to_dict("records")
        for row in cache[n_words]:
            value = float(pair[row["measure"]])
            if not math.isnan(value):
                band = (row["p05"], row["p50"], row["p95"])
                names = (row["reference_class"], row["language"], row["data_set"], row["measure"])
                ends = (pair["doc_id_a"], pair["doc_id_b"])
                rows.append((*ends, *names, n_words, value, _percentile(value, row), *band))
    return from_rows(rows, Placements)


def _percentile(value: float, row: Mapping[Hashable, float]) -> float:
    """Return the percentage of a set below `value`, between its quantiles linearly."""
    cuts = np.array([row[name] for name in CUTS])
    low, high = (np.interp(value, _rising(cuts, sign), SHARES) for sign in (1, -1))
    if value > cuts[-1]:
        return 100.0
    return float(0.0 if value < cuts[0] else 50 * (low + high))


def _pooled(rows: pd.DataFrame, share: float) -> float:
    """Return the quantile of the sets taken together with equal weight; NaN for none."""
    if not len(rows):
        return float("nan")
    cuts = rows[list(CUTS)].to_numpy(float)
    grid = np.linspace(cuts.min(), cuts.max(), 2001)
    below = np.mean([np.interp(grid, _rising(row, 1), SHARES) for row in cuts], axis=0)
    return float(grid[min(int(np.searchsorted(below, share)), len(grid) - 1)])


def _rising(cuts: np.ndarray, sign: int) -> np.ndarray:
    """Return quantiles made strictly increasing: equal ones are set apart upward (1) or downward (-1)."""
    steps = np.arange(len(cuts)) if sign > 0 else np.arange(len(cuts)) - len(cuts) + 1
    rising: np.ndarray = np.maximum.accumulate(cuts) + steps * 1e-9
    return rising


def _load(name: str, table: type[Table], folder: Path | None) -> pd.DataFrame:
    """Return a table of data/reference; raises CorpusError with every problem of its form."""
    columns = tuple(table.to_schema().columns)
    _, rows, problems, _ = read_cells((folder or ROOT / "data" / "reference") / name, columns)
    if problems:
        raise CorpusError(problems)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=list(columns)), table)
