"""What two reports' shared wording supports: evidence, place among pairs of known history, verdict, direction."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import ROOT, CorpusError, read_cells
from helpers.fingerprints import roll, word_hashes
from helpers.schema import REFERENCE_CLASSES, ErrorRates, ReferenceQuantiles, Table, conform

HUMAN, MACHINE, TWO_MACHINES, EDITED, HEAVILY, TOPIC = REFERENCE_CLASSES
MEASURES = ("c3", "c5", "c8", "longest_run", "order_kept", "tile_share", "mean_tile", "lcs_share", "window")
CUTS = ("minimum", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "maximum")
SHARES = np.array([0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1])
SHORTEST, LONGEST = 90, 650
VERBATIM_C8, VERBATIM_RUN = 0.5, 40
WINDOW, GRAM = 60, 3


class Lines(NamedTuple):
    """The lines between the verdicts at one length."""

    lower: float
    upper: float
    topic_c3: float
    topic_c5: float
    lcs_share: float
    upper_set: str


def load_reference(folder: Path | None = None) -> pd.DataFrame:
    """Return the reference quantiles of data/reference, or of `folder`."""
    return _load("quantiles.csv", ReferenceQuantiles, folder)


def load_error_rates(folder: Path | None = None) -> pd.DataFrame:
    """Return the measured error rates of data/reference, or of `folder`."""
    return _load("error_rates.csv", ErrorRates, folder)


def with_larger(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return `pairs` with c3, c5, c8 and tile_share: the larger of both directions."""
    names = ("c3", "c5", "c8", "tile_share")
    return pairs.assign(**{name: pairs[[f"{name}_a", f"{name}_b"]].max(axis=1) for name in names})


def with_window(pairs: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return `pairs` with window: the largest share of the 3-grams of 60 words in a row found in the other.

    NaN where a report has fewer than three words.
    """
    grams = _gram_hashes(tokens)
    nothing = np.zeros(0, dtype=np.uint64)
    ends = zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True)
    values = [
        max(_window(a, b)[0], _window(b, a)[0])
        for a, b in ((grams.get(a, nothing), grams.get(b, nothing)) for a, b in ends)
    ]
    return pairs.assign(window=np.array(values, dtype=float))


def verdict_lines(reference: pd.DataFrame, *, n_words: int, without: str = "") -> Lines:
    """Return the lines at `n_words` words, drawn without the language `without`.

    `lower` is the 95 % quantile of all independent human translations taken together, each set with equal
    weight; `upper` the 99 % quantile of the strictest single set, human or machine against human. Between
    them neither copying nor separate translation is claimed.
    """
    rows = at_length(reference[reference["language"] != without], n_words=n_words)
    c5 = rows[(rows["measure"] == "c5") & rows["reference_class"].isin([HUMAN, MACHINE])]
    human = c5[c5["reference_class"] == HUMAN]
    strictest = c5.nlargest(1, "p99")
    topic = rows[rows["reference_class"] == TOPIC].set_index("measure")["p99"]
    lcs = rows[(rows["measure"] == "lcs_share") & rows["reference_class"].isin([HUMAN, MACHINE])]
    return Lines(
        lower=_pooled(human, 0.95),
        upper=float(strictest["p99"].max()),
        topic_c3=float(topic.get("c3", np.nan)),
        topic_c5=float(topic.get("c5", np.nan)),
        lcs_share=float(lcs["p01"].min()),
        upper_set=", ".join(strictest["data_set"]),
    )


def at_length(reference: pd.DataFrame, *, n_words: int) -> pd.DataFrame:
    """Return the quantiles at `n_words` words: one row per set and measure, between two lengths interpolated.

    Linear in the logarithm of the length; outside the lengths measured the nearest one stands.
    """
    keys = ["reference_class", "language", "data_set", "measure"]
    columns = [*CUTS, "n_pairs", "n_distinct"]
    rows = []
    for key, group in reference.groupby(keys, sort=True):
        group = group.sort_values("n_words")
        lengths = np.log(group["n_words"].to_numpy(float))
        rows.append((*key, *(np.interp(np.log(n_words), lengths, group[name].to_numpy(float)) for name in columns)))
    return pd.DataFrame(rows, columns=[*keys, *columns])


def called(pairs: pd.DataFrame, lines: Lines) -> tuple[float, float]:
    """Return the share of `pairs` called verbatim or copied, and the share left undecided."""
    verbatim = (pairs["c8"] > VERBATIM_C8) | (pairs["longest_run"] > VERBATIM_RUN)
    copied = verbatim | (pairs["c5"] > lines.upper)
    undecided = ~copied & (pairs["c5"] > lines.lower)
    return float(copied.mean()), float(undecided.mean())


def _pooled(rows: pd.DataFrame, share: float) -> float:
    """Return the quantile of the sets taken together with equal weight; NaN for none."""
    if not len(rows):
        return float("nan")
    cuts = rows[list(CUTS)].to_numpy(float)
    grid = np.linspace(cuts.min(), cuts.max(), 2001)
    below = np.mean([np.interp(grid, _rising(row), SHARES) for row in cuts], axis=0)
    return float(grid[np.searchsorted(below, share)])


def _rising(cuts: np.ndarray) -> np.ndarray:
    """Return quantiles made strictly increasing, so that a place among them is defined."""
    rising: np.ndarray = np.maximum.accumulate(cuts) + np.arange(len(cuts)) * 1e-9
    return rising


def _gram_hashes(tokens: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the hashes of every report's 3-grams, in order."""
    hashes = word_hashes(tokens["norm"])
    groups = tokens.groupby("doc_id", sort=True).indices
    return {str(doc_id): roll(hashes[rows], n=GRAM) for doc_id, rows in groups.items()}


def _window(a: np.ndarray, b: np.ndarray) -> tuple[float, int]:
    """Return the share of the densest window of `a`'s 3-grams found in `b`, and its place; NaN for none."""
    if not len(a) or not len(b):
        return float("nan"), 0
    width = min(WINDOW - GRAM + 1, len(a))
    total = np.concatenate([[0], np.cumsum(np.isin(a, b))])
    shares = (total[width:] - total[:-width]) / width
    return float(shares.max()), int(shares.argmax())


def _load(name: str, table: type[Table], folder: Path | None) -> pd.DataFrame:
    """Return a table of data/reference; raises CorpusError with every problem of its form."""
    columns = tuple(table.to_schema().columns)
    rows, problems = read_cells((folder or ROOT / "data" / "reference") / name, columns)
    if problems:
        raise CorpusError(problems)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=list(columns)), table)
