"""Keyness of an outlet over the events it shares with others."""

from collections import defaultdict

import numpy as np
import pandas as pd

from helpers.words.contrast import (
    SIGNIFICANT,
    Array,
    Batch,
    Comparison,
    Event,
    count_events,
    keyness_table,
    two_sides,
)
from helpers.words.strata import mantel_haenszel, stratified_interval, stratified_p
from helpers.words.tables import PooledCounts

__all__ = ["MOST_STRATIFIED", "stratified_keyness"]
MOST_STRATIFIED = 100
RAREST = 50_000  # words of the events, to one use


def stratified_keyness(
    pooled_counts: PooledCounts,
    *,
    quoted: PooledCounts | None = None,
    min_n: int = 3,
    n_outlets: int = MOST_STRATIFIED,
) -> pd.DataFrame:
    """Return the keyness of every outlet over the events it shares with others, stratified by event.

    The ratio is Mantel and Haenszel's; p and interval are exact, given the uses in each event. Outlets with
    fewer than two such events have no rows; of more than `n_outlets`, those with the most words have. Terms
    with fewer than `min_n` uses in the events, or fewer than one in 50,000 words, are not tested.
    """
    terms, events = count_events(pooled_counts, quoted)
    shared: defaultdict[str, list[tuple[Event, int]]] = defaultdict(list)
    for event in events:
        for place, name in enumerate(event.outlets if len(event.outlets) > 1 else []):
            shared[name].append((event, place))
    words = {
        name: sum(event.sizes[place] for event, place in strata)
        for name, strata in shared.items()
        if len(strata) > 1
    }
    chosen = sorted(sorted(words, key=lambda name: (-words[name], name))[:n_outlets])
    return keyness_table((_stratified(shared[name], min_n) for name in chosen), terms)


def _stratified(strata: list[tuple[Event, int]], min_n: int) -> Batch:
    """Return the comparison of one outlet with all others over its events, and its measures."""
    sides = [two_sides(event, place) for event, place in strata]
    cells = np.concatenate(sides, axis=1)
    number, word = np.unique(np.concatenate([event.terms for event, _ in strata]), return_inverse=True)
    totals = np.stack([np.bincount(word, weights=row) for row in cells])
    uses = totals[0] + totals[1]
    tested = uses >= max(min_n, uses.sum() // RAREST)
    sizes = np.array([side[:2].sum(axis=1) for side in sides], dtype=float)
    n_a, n_b = np.repeat(sizes, [side.shape[1] for side in sides], axis=0)[tested[word]].T
    word, (a, b) = (np.cumsum(tested) - 1)[word[tested[word]]], cells[:2, tested[word]]
    low, high = stratified_interval(a, b, n_a, n_b, word=word)
    scores = {
        "log_ratio": mantel_haenszel(a, b, n_a, n_b, word=word),
        "low": low,
        "high": high,
        "p_value": stratified_p(a, b, n_a, n_b, word=word),
        "lrc": _stratified_lrc(low, high, (a, b, n_a, n_b), word),
        "z": np.full(len(low), np.nan),
    }
    names = f"{len(strata)} events, stratified", strata[0][0].outlets[strata[0][1]], "all other outlets"
    sizes_of = float(sizes[:, 0].sum()), float(sizes[:, 1].sum())
    counts = totals[:, tested].astype(np.int64)
    return [Comparison(names, sizes_of, number[tested], counts, scores["z"])], scores


def _stratified_lrc(low: Array, high: Array, cells: tuple[Array, ...], word: Array) -> Array:
    """Return the end of the stricter interval nearer to 0, or 0 where that lies within."""
    sure = (low > 0) | (high < 0)
    lrc, at = np.zeros(len(low)), sure[word]
    renumbered = (np.cumsum(sure) - 1)[word[at]]
    ends = stratified_interval(
        *(cell[at] for cell in cells), word=renumbered, error=SIGNIFICANT / max(len(low), 1)
    )
    lrc[sure] = np.maximum(ends[0], 0.0) + np.minimum(ends[1], 0.0)
    return lrc
