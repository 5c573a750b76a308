"""How evenly a word is spread over reports, and how rich in words and long in sentences each is."""

import numpy as np
import pandas as pd

from helpers import stats
from helpers.schema import Diversity, Spread, conform
from helpers.wording import outlet_labels

__all__ = [
    "measure_diversity",
    "measure_spread",
]


def measure_spread(
    tokens: pd.DataFrame, documents: pd.DataFrame, terms: list[str], *, parts: int = 10, min_n: int = 3
) -> pd.DataFrame:
    """Return the spread table of `terms`: Gries' DP over each report cut into `parts` equal runs.

    Outlets with fewer than `min_n` uses of a term have no row for it.
    """
    place = tokens.groupby("doc_id").cumcount()
    size = tokens.groupby("doc_id")["norm"].transform("size")
    part = tokens["doc_id"].astype(object) + "/" + (place * parts // size).astype(str).astype(object)
    cut = tokens[["doc_id", "norm"]].assign(
        part=part,
        event_id=tokens["doc_id"].map(documents.set_index("doc_id")["event_id"]),
        outlet=tokens["doc_id"].map(outlet_labels(documents)),
    )
    rows = []
    for (event, outlet), words in cut.groupby(["event_id", "outlet"], sort=True):
        sizes = words.groupby("part", sort=True).size()
        for term in dict.fromkeys(terms):
            uses = words.loc[words["norm"] == term, "part"].value_counts().reindex(sizes.index, fill_value=0)
            if uses.sum() >= min_n:
                dp = stats.dispersion(uses.to_numpy(), sizes.to_numpy())
                rows.append((event, outlet, term, uses.sum(), len(sizes), (uses > 0).sum(), dp))
    return conform(pd.DataFrame(rows, columns=list(Spread.to_schema().columns)), Spread)


def measure_diversity(tokens: pd.DataFrame, *, window: int = 50, blocks: int = 10) -> pd.DataFrame:
    """Return the diversity table: richness of words and length of sentences of each report.

    Intervals leave out one of `blocks` runs of sentences at a time. They tell how far the measure depends
    on single passages of this report, not how other reports would be.
    """
    rows = []
    for doc_id, words in tokens.groupby("doc_id", sort=True):
        block = pd.factorize(words["sentence_id"])[0]
        block = block * min(blocks, block.max() + 1) // (block.max() + 1)
        whole = _diversity(words, window)
        without = [_diversity(words[block != left_out], window) for left_out in np.unique(block)]
        for measure, (value, reason) in whole.items():
            ends = stats.jackknife_interval(value, [part[measure][0] for part in without])
            rows.append((doc_id, measure, value, *ends, reason))
    return conform(pd.DataFrame(rows, columns=list(Diversity.to_schema().columns)), Diversity)


def _diversity(words: pd.DataFrame, window: int) -> dict[str, tuple[float, str]]:
    """Return each measure of a report's words with the reason where it is missing."""
    norms, n = words["norm"].tolist(), words["sentence_id"].nunique()
    short = f"under {window} words"
    measures = {
        f"MATTR, window {window}": (stats.mattr(norms, window=window), short),
        f"HD-D, draw {stats.HDD_DRAW}": (stats.hdd(norms), f"under {stats.HDD_DRAW} words"),
        f"MTLD, factor {stats.MTLD_FACTOR}": (
            stats.mtld(norms) if len(norms) >= window else np.nan,
            short if len(norms) < window else "no word is repeated",
        ),
        "Yule's K": (stats.yule_k(norms) if len(norms) >= window else np.nan, short),
        "LIX": (stats.lix(norms, n) if len(norms) >= window else np.nan, short),
        "ARI": (stats.automated_readability(norms, n) if len(norms) >= window else np.nan, short),
    }
    return {name: (value, reason if np.isnan(value) else "") for name, (value, reason) in measures.items()}
