"""Pairs of known history: the quantiles kept of them, the lines drawn through them, and a pair's place."""

import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.derivation.tables import (
    REFERENCE_CLASSES,
    ErrorRatesTable,
    PairMeasures,
    Placements,
    PlacementsTable,
    ReferenceQuantiles,
    ReferenceQuantilesTable,
)
from helpers.place import ROOT, folder_path
from helpers.table import Table, conform
from helpers.text import CorpusError, read_cells

__all__ = [
    "AGENCY",
    "EDITED",
    "HUMAN",
    "MACHINE",
    "NEWS",
    "SHORTEST",
    "Lines",
    "at_length",
    "load_error_rates",
    "load_reference",
    "percentiles",
    "place_pairs",
    "verdict_lines",
]
HUMAN, MACHINE, _, EDITED, _, TOPIC, NEWS, AGENCY = REFERENCE_CLASSES
CUTS = ("minimum", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "maximum")
BAND = ("p05", "p50", "p95")
SET = ["reference_class", "language", "data_set", "measure"]
SHARES = np.array([0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1])
SHORTEST = 90
APART, LETTERS = "lcs_apart", "letters_apart"
# The smallest factor, in hundredths, with which no language held out had more than 1 % of its independent
# translations, by people or by a person and a machine, called copies at any length (false_alarms.py).
TRANSFER = 1.15


class Lines(NamedTuple):
    """The lines between the verdicts at one length of text."""

    lower: float
    upper: float
    clumping: float
    apart: float
    whole: float
    letters: float
    letters_whole: float


class _Placed(NamedTuple):
    """Where pairs stand: the sets, the length of each pair, and by pair and set its place and the band."""

    sets: pd.DataFrame
    n_words: np.ndarray
    value: np.ndarray
    percentile: np.ndarray
    band: np.ndarray


def load_reference(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the reference quantiles of data/reference, or of `folder`."""
    return _load("quantiles.csv", ReferenceQuantilesTable, folder)


def load_error_rates(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the measured error rates of data/reference, or of `folder`."""
    return _load("error_rates.csv", ErrorRatesTable, folder)


def verdict_lines(reference: ReferenceQuantiles, *, n_words: int, without: str = "") -> Lines:
    """Return the lines at `n_words` words, drawn without the references of the language or set `without`.

    `lower`: 95 % of independent human translations, each set with equal weight, have less c5. `upper`: 99 %
    of the strictest single set, human or machine against human, have less. `clumping`: the same for the
    measure that moves least from one language to another, raised by TRANSFER for the languages not seen.
    `apart`: the middle of the gap between independent reports of one event (99 % of the strictest set have
    less lcs_apart) and independent human translations (99 % of every set have more). `whole`: the latter,
    and `apart` at least. `letters` and `letters_whole`: the same of letters_apart.
    """
    kept = reference[(reference["language"] != without) & (reference["data_set"] != without)]
    rows = at_length(kept, n_words=n_words)
    translated = rows[rows["reference_class"].isin([HUMAN, MACHINE])]
    by = dict(list(translated.groupby("measure")))
    none = translated.iloc[:0]
    c5, clumping = (by.get(name, none) for name in ("c5", "clumping"))
    (apart, whole), (letters, letters_whole) = (_gap(rows, measure) for measure in (APART, LETTERS))
    return Lines(
        lower=_pooled(c5[c5["reference_class"] == HUMAN], 0.95),
        upper=float(c5["p99"].max()),
        clumping=TRANSFER * float(clumping["p99"].max()),
        apart=apart,
        whole=max(apart, whole),
        letters=letters,
        letters_whole=max(letters, letters_whole),
    )


def _gap(rows: pd.DataFrame, measure: str) -> tuple[float, float]:
    """Return the middle and the end of the gap between news most alike and translations least alike.

    NaN where there is no set of either.
    """
    own = rows[rows["measure"] == measure]
    news, translated = (own[own["reference_class"] == kind] for kind in (NEWS, HUMAN))
    end = float(translated["p01"].min())
    return (float(news["p99"].max()) + end) / 2, end


def at_length(reference: ReferenceQuantiles, *, n_words: int) -> pd.DataFrame:
    """Return the quantiles at `n_words` words, one row per set and measure.

    Between two lengths measured they are interpolated, linearly in the logarithm of the length; outside
    them the nearest length stands.
    """
    columns = [*CUTS, "n_pairs", "n_distinct"]
    table = reference.sort_values([*SET, "n_words"], ignore_index=True)
    lengths, values = np.log(table["n_words"].to_numpy(float)), table[columns].to_numpy(float)
    first = np.flatnonzero(~table.duplicated(SET))
    last = np.append(first[1:], len(table))[: len(first)] - 1
    place = math.log(max(n_words, 1))
    below = first - 1 + np.add.reduceat((lengths <= place).astype(int), first)
    low, high = np.maximum(below, first), np.clip(below + 1, first, last)
    span = np.where(high > low, lengths[high] - lengths[low], 1.0)
    slope = (values[high] - values[low]) / span[:, None]
    rows = pd.DataFrame(slope * (place - lengths[low])[:, None] + values[low], columns=columns)
    return pd.concat([table.loc[first, SET].reset_index(drop=True), rows], axis=1)


def place_pairs(measures: PairMeasures, reference: ReferenceQuantiles) -> Placements:
    """Return where each pair stands in every reference set, by measure, at the length of its shorter report.

    Pairs too short to judge are left out.
    """
    placed = _place(measures, reference)
    pair, which = np.nonzero(~np.isnan(placed.percentile))
    columns = {name: measures[name].to_numpy(object)[pair] for name in ("doc_id_a", "doc_id_b")}
    columns |= {name: placed.sets[name].to_numpy(object)[which] for name in SET}
    columns |= {"n_words": placed.n_words[pair], "value": placed.value[pair, which]}
    columns |= {"percentile": placed.percentile[pair, which]}
    columns |= {name: placed.band[pair, which, k] for k, name in enumerate(BAND)}
    return conform(pd.DataFrame(columns), PlacementsTable)


def percentiles(measures: PairMeasures, reference: ReferenceQuantiles, *, measure: str) -> pd.DataFrame:
    """Return the percentage of every set below each pair: a row per pair, a column per class and data set.

    NaN for a pair too short to judge, or without the measure.
    """
    placed = _place(measures, reference[reference["measure"] == measure])
    names = pd.MultiIndex.from_frame(placed.sets[["reference_class", "data_set"]])
    return pd.DataFrame(placed.percentile, index=measures.index, columns=names)


def _place(measures: PairMeasures, reference: ReferenceQuantiles) -> _Placed:
    """Return where pairs stand; of one length, all are placed at once."""
    n_words = measures["n_words"].to_numpy(int)
    lengths = np.minimum(n_words, reference["n_words"].max() if len(reference) else SHORTEST)
    sets = at_length(reference, n_words=SHORTEST)[SET]
    order = sets["reference_class"].map(REFERENCE_CLASSES.index).sort_values(kind="stable").index
    value = measures[sets.loc[order, "measure"]].to_numpy(float)
    percentile, band = np.full(value.shape, np.nan), np.full((*value.shape, len(BAND)), np.nan)
    for length, rows in pd.Series(lengths)[n_words >= SHORTEST].groupby(lengths[n_words >= SHORTEST]):
        at = at_length(reference, n_words=int(length)).loc[order]
        band[rows.index] = at[list(BAND)].to_numpy(float)
        percentile[rows.index] = _percentiles(value[rows.index], at[list(CUTS)].to_numpy(float))
    return _Placed(sets.loc[order], lengths, value, percentile, band)


def _percentiles(value: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Return the percentage of each set below each value, between its quantiles linearly.

    `value` has a row per pair and a column per set, `cuts` a row per set.
    """
    low, high = (_shares(value, _rising(cuts, sign)) for sign in (1, -1))
    return np.select([value > cuts[:, -1], value < cuts[:, 0]], [100.0, 0.0], 50 * (low + high))


def _shares(value: np.ndarray, rising: np.ndarray) -> np.ndarray:
    """Return the share of each set at each value: `np.interp` of SHARES, of all sets at once."""
    shares, sets = np.array(SHARES, dtype=float), np.arange(len(rising))
    least = np.clip((value[:, :, None] >= rising).sum(axis=2) - 1, 0, len(shares) - 2)
    left = rising[sets, least]
    slope = (shares[least + 1] - shares[least]) / (rising[sets, least + 1] - left)
    between = np.where(value == left, shares[least], slope * (value - left) + shares[least])
    ends = [value <= rising[:, 0], value >= rising[:, -1]]
    return np.select(ends, [shares[0], shares[-1]], between)


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
    n = cuts.shape[-1]
    steps = np.arange(n) if sign > 0 else np.arange(n) - n + 1
    rising: np.ndarray = np.maximum.accumulate(cuts, axis=-1) + steps * 1e-9
    return rising


def _load(name: str, table: type[Table], folder: str | Path | None) -> pd.DataFrame:
    """Return a table of data/reference; raises CorpusError with every problem of its form."""
    columns = tuple(table.to_schema().columns)
    _, rows, problems, _ = read_cells(folder_path(folder or ROOT / "data" / "reference") / name, columns)
    if problems:
        raise CorpusError(problems)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=list(columns)), table)
