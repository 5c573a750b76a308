"""How evenly a word is spread over reports, and how rich in words and long in sentences each is."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.table import from_rows
from helpers.text import Documents, Tokens
from helpers.words.counts import outlet_labels
from helpers.words.dealing import jackknife_interval
from helpers.words.measures import (
    HDD_DRAW,
    MTLD_FACTOR,
    automated_readability,
    count_letters,
    dispersion,
    hdd,
    lix,
    mattr,
    mtld,
    yule_k,
)
from helpers.words.tables import Diversity, DiversityTable, Spread, SpreadTable

__all__ = ["measure_diversity", "measure_spread"]


# The measures' ends; ARI is a line through two means and has none.
SHARE, POSITIVE = (0.0, 1.0), (0.0, np.inf)
ENDS = {"MATTR": SHARE, "HD-D": SHARE, "MTLD": POSITIVE, "Yule's K": POSITIVE, "LIX": POSITIVE}
# LIX was tried on newspapers of these languages (Bjornsson 1983); ARI was fitted to English schoolbooks.
MADE_FOR = {"LIX": frozenset("da de en es fi fr it no nb nn pt ru sv".split()), "ARI": frozenset(["en"])}


class _Words(NamedTuple):
    """The words of a report: a number for each different one, its letters, and the sentence it stands in."""

    kind: NDArray[Any]
    letters: NDArray[Any]
    sentence: NDArray[Any]


def measure_spread(
    tokens: Tokens, documents: Documents, terms: list[str], *, parts: int = 10, min_n: int = 3
) -> Spread:
    """Return the spread table of `terms`: Gries' DP over each report cut into `parts` equal runs.

    Outlets with fewer than `min_n` uses of a term have no row for it.
    """
    report, doc_ids = pd.factorize(tokens["doc_id"], sort=True)
    place = tokens.groupby(report).cumcount().to_numpy()
    part = report * parts + place * parts // np.bincount(report)[report]
    sizes = np.bincount(part, minlength=len(doc_ids) * parts)
    uses = {
        term: np.bincount(part[tokens["norm"] == term], minlength=len(sizes)) for term in dict.fromkeys(terms)
    }
    known = pd.DataFrame(
        {"event_id": documents.set_index("doc_id")["event_id"], "outlet": outlet_labels(documents)}
    )
    of_outlet = known.loc[np.repeat(doc_ids, parts)].assign(part=np.arange(len(sizes)))[sizes > 0]
    rows: list[tuple[object, ...]] = []
    for (event, outlet), own in of_outlet.groupby(["event_id", "outlet"], sort=True)["part"]:
        for term, counts in uses.items():
            used = counts[own]
            if used.sum() >= min_n:
                dp = dispersion(used, sizes[own])
                rows.append((event, outlet, term, used.sum(), len(own), (used > 0).sum(), dp))
    return from_rows(rows, SpreadTable)


def measure_diversity(
    tokens: Tokens, documents: Documents | None = None, *, window: int = 50, blocks: int = 10
) -> Diversity:
    """Return the diversity table: richness of words and length of sentences of each report.

    Intervals leave out one of `blocks` runs of sentences at a time. They tell how far the measure depends
    on single passages of this report, not how other reports would be. With `documents` an index of reading
    has no value for reports in a language that it was not made for.
    """
    kind, norms = pd.factorize(tokens["norm"])
    letters = count_letters(norms)[kind]
    sentence_id = tokens["sentence_id"].to_numpy()
    language = {} if documents is None else documents.set_index("doc_id")["language"].to_dict()
    rows: list[tuple[object, ...]] = []
    for doc_id, at in tokens.groupby("doc_id", sort=True).indices.items():
        words = _Words(kind[at], letters[at], pd.factorize(sentence_id[at])[0])
        whole = _diversity(words, window)
        without = [_diversity(rest, window) for rest in _without_blocks(words, blocks)]
        for measure, (value, reason) in whole.items():
            name = measure.partition(",")[0]
            code = language.get(doc_id, "")
            if code and code.partition("-")[0] not in MADE_FOR.get(name, code.partition("-")[0]):
                rows.append((doc_id, measure, np.nan, np.nan, np.nan, f"not made for language {code}"))
                continue
            left = [part[measure][0] for part in without]
            ends = jackknife_interval(value, left, ends=ENDS.get(name, (-np.inf, np.inf)))
            rows.append((doc_id, measure, value, *ends, reason))
    return from_rows(rows, DiversityTable)


def _without_blocks(words: _Words, blocks: int) -> Iterator[_Words]:
    """Yield the words of a report without each of its `blocks` runs of sentences."""
    n = words.sentence.max() + 1
    block = words.sentence * min(blocks, n) // n
    for left_out in np.unique(block):
        yield _Words(*(column[block != left_out] for column in words))


def _diversity(words: _Words, window: int) -> dict[str, tuple[float, str]]:
    """Return each measure of a report's words with the reason where it is missing."""
    kinds, n = words.kind.tolist(), len(np.unique(words.sentence))
    long, short = len(kinds) >= window, f"under {window} words"
    measures = {
        f"MATTR, window {window}": (mattr(kinds, window=window), short),
        f"HD-D, draw {HDD_DRAW}": (hdd(kinds), f"under {HDD_DRAW} words"),
        f"MTLD, factor {MTLD_FACTOR}": (
            mtld(kinds) if long else np.nan,
            "no word is repeated" if long else short,
        ),
        "Yule's K": (yule_k(kinds) if long else np.nan, short),
        "LIX": (lix(words.letters, n) if long else np.nan, short),
        "ARI": (automated_readability(words.letters, n) if long else np.nan, short),
    }
    return {name: (value, reason if np.isnan(value) else "") for name, (value, reason) in measures.items()}
