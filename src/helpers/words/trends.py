"""Uses of a word by outlet: over time, and several outlets beside each other."""

import numpy as np
import pandas as pd

from helpers.table import UNKNOWN, conform
from helpers.text import STOP_WORDS, Documents, Tokens
from helpers.words.counts import outlet_labels
from helpers.words.tables import PooledCounts
from helpers.words.tables_asked import DatedUses, DatedUsesTable

__all__ = ["by_outlet", "uses_by_date"]
# Letters of a date that name a day: 2025-03-04.
DAY = 10


def uses_by_date(hits: pd.DataFrame, tokens: Tokens, documents: Documents) -> DatedUses:
    """Return the dated_uses table: how often each outlet has `hits` (a row per use, with doc_id), by date.

    Earlier dates first, an unknown one last; a date without a use has a row with 0.
    """
    dates = documents["published"].str[:DAY].where(documents["published"] != UNKNOWN, UNKNOWN)
    reports = pd.DataFrame(
        {
            "date": dates.to_numpy(),
            "event_id": documents["event_id"].to_numpy(),
            "outlet": outlet_labels(documents).to_numpy(),
            "n": documents["doc_id"].map(hits["doc_id"].value_counts()).fillna(0).astype("int64").to_numpy(),
            "n_words": documents["doc_id"].map(tokens["doc_id"].value_counts()).fillna(0).to_numpy("int64"),
        }
    )
    keys = ["date", "event_id", "outlet"]
    table = reports.groupby(keys, as_index=False)[["n", "n_words"]].sum()
    table = table.assign(
        rate=1000 * table["n"] / np.maximum(table["n_words"], 1), late=table["date"] == UNKNOWN
    )
    return conform(table.sort_values(["late", *keys]), DatedUsesTable)


def by_outlet(pooled: PooledCounts, *, per: int = 0, min_n: int = 2) -> pd.DataFrame:
    """Return words as rows and outlets as columns, those first whose rates are furthest apart.

    Of one outlet, the commonest come first. The numbers are uses, or with `per` uses per so many words; the
    events are added up. Function words are left out, and words used fewer than `min_n` times in all.
    """
    uses = pooled.pivot_table(index="term", columns="outlet", values="n", aggfunc="sum", fill_value=0)
    sizes = uses.sum()
    shown = uses[(uses.sum(axis=1) >= min_n) & ~uses.index.isin(sorted(STOP_WORDS))]
    rates = shown / sizes
    least = rates.min(axis=1) if rates.shape[1] > 1 else 0
    apart = (rates.max(axis=1) - least).rename("apart").reset_index()
    order = apart.sort_values(["apart", "term"], ascending=[False, True])["term"]
    return ((per * rates) if per else shown).loc[order]
