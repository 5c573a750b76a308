"""Agreement of two coders: Krippendorff's alpha of nominal values, with a bootstrap interval."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import pandas as pd

from helpers.framing.tables import CODED_LAYERS, Agreement, AgreementTable, Coded
from helpers.table import from_rows
from helpers.text import Sentences, Tokens, covering

__all__ = ["agreement", "krippendorff_alpha"]
NONE = ""
# Values of a layer that get a row of their own, the commonest: a corpus may name hundreds.
MOST_VALUES = 8
DRAWS, SEED = 1_000, 0
# Sentences below which no interval is drawn from them.
FEWEST = 10


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float:
    """Return Krippendorff's alpha of nominal values (Krippendorff 2004, Content Analysis, chapter 11).

    A unit has the values that coders gave it; those with fewer than two are left out. 1 is perfect
    agreement, 0 what chance gives. NaN where all values are one, for there is nothing to tell apart.

    >>> round(krippendorff_alpha([("a", "b"), ("a", "a"), ("b", "b"), ("b", "b")]), 3)
    0.533
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = {value: at for at, value in enumerate(dict.fromkeys(v for unit in paired for v in unit))}
    sizes = np.zeros(len(values))
    apart = 0.0
    for unit in paired:
        counts = np.zeros(len(values))
        for value in unit:
            counts[values[value]] += 1
        sizes += counts
        apart += (len(unit) ** 2 - float(counts @ counts)) / (len(unit) - 1)
    return float(_alpha(np.array([apart]), sizes[None, :])[0])


def _alpha(apart: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return alpha from the pairs of differing values and the number of each value, row by row."""
    n = sizes.sum(axis=1)
    expected = n * n - (sizes * sizes).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 0, 1 - (n - 1) * apart / expected, np.nan))


def agreement(ours: Coded, second: Coded, tokens: Tokens, sentences: Sentences) -> Agreement:
    """Return the agreement table: per layer, and per value of it, alpha over the words of the reports coded.

    The unit is a word: the value of the span around it, or none. The reports are those of which the second
    coder has a span. The interval holds the middle 95 % of 1,000 draws of whole sentences, with a fixed
    seed; under ten sentences, or where both coders have one value only, there is none.
    """
    both = tokens[tokens["doc_id"].isin(second["doc_id"])].reset_index(drop=True)
    place = sentences[["doc_id", "sentence_id"]].reset_index(names="place")
    cluster = both.merge(place, on=["doc_id", "sentence_id"], how="left")["place"].to_numpy()
    rows: list[tuple[object, ...]] = []
    for layer in CODED_LAYERS:
        a, b = (_values(both, coded[coded["layer"] == layer]) for coded in (ours, second))
        marked = pd.Series([*a[a != NONE], *b[b != NONE]], dtype=object).value_counts().sort_index()
        common = marked.sort_values(ascending=False, kind="stable").index[:MOST_VALUES]
        rows.append((layer, "every value", *_row(a, b, cluster)))
        rows.append((layer, "marked or not", *_row(a != NONE, b != NONE, cluster)))
        rows += [(layer, str(value), *_row(a == value, b == value, cluster)) for value in common]
    return from_rows(rows if len(both) else [], AgreementTable)


def _values(tokens: Tokens, coded: Coded) -> np.ndarray:
    """Return the value of the innermost span around each word, or none."""
    ordered = coded.sort_values(["doc_id", "start_char", "end_char"], ascending=[True, True, False])
    values: np.ndarray = np.array([*ordered["value"], NONE], dtype=object)[covering(tokens, ordered)]
    return values


def _row(a: np.ndarray, b: np.ndarray, cluster: np.ndarray) -> tuple[object, ...]:
    """Return words, words that either coder marked, share of equal words, alpha, interval and outcome."""
    codes = pd.factorize(np.concatenate([a, b]).astype(str))[0]
    first, other = codes[: len(a)], codes[len(a) :]
    groups, at = np.unique(cluster, return_inverse=True)
    sizes = np.zeros((len(groups), int(codes.max(initial=0)) + 1))
    np.add.at(sizes, (at, first), 1)
    np.add.at(sizes, (at, other), 1)
    apart = np.bincount(at, weights=2.0 * (first != other), minlength=len(groups))
    alpha = float(_alpha(apart.sum(keepdims=True), sizes.sum(axis=0, keepdims=True))[0])
    low = high = np.nan
    if len(groups) >= FEWEST and not np.isnan(alpha):
        drawn = np.random.default_rng(SEED).multinomial(
            len(groups), np.full(len(groups), 1 / len(groups)), DRAWS
        )
        low, high = np.nanquantile(_alpha(drawn @ apart, drawn @ sizes), [0.025, 0.975])
    marks = [int((values if values.dtype == bool else values != NONE).sum()) for values in (a, b)]
    outcome = "one value only" if np.isnan(alpha) else "" if len(groups) >= FEWEST else "too few sentences"
    return (len(a), *marks, float((first == other).mean()) if len(a) else np.nan, alpha, low, high, outcome)
