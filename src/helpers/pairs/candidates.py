"""From many reports to the few pairs worth comparing: shared runs of words, alike vocabulary, or both."""

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.pairs.distinct import Numbered, name_pairs, number_texts, with_copies
from helpers.pairs.engines import CROWD, has_duckdb
from helpers.pairs.runs import SHINGLE, Shared, join_runs
from helpers.pairs.stock import stock_texts, without_endings
from helpers.pairs.tables import Candidates, CandidatesTable, StockTextsTable
from helpers.pairs.vocabulary import COSINE, alike_pairs
from helpers.table import UNKNOWN, conform, empty, from_rows
from helpers.text import Documents

__all__ = [
    "NEAREST",
    "WHOLE_EVENT",
    "EventPairs",
    "Found",
    "as_candidates",
    "chosen_path",
    "event_pairs",
    "find_pairs",
    "shared_pairs",
]
# Up to so many reports every pair is compared. Up to so many characters the vocabulary is compared too,
# and the join of runs stays in memory: about 16 bytes a character, and 3.
ALL_PAIRS, VOCABULARY, IN_MEMORY = 200, 400_000_000, 4_000_000_000
PATHS = ("all", "memory", "runs", "disk")
# Up to so many reports every pair of an event is set side by side; beyond, so many nearest to each report.
WHOLE_EVENT, NEAREST = 40, 20


class Found(NamedTuple):
    """The pairs worth comparing, the text set aside, the path taken and the figures it was chosen by."""

    pairs: pd.DataFrame
    stock: pd.DataFrame
    path: str
    figures: dict[str, int]


class EventPairs(NamedTuple):
    """Pairs of reports of one event to set side by side, of how many, and the reports of unknown event.

    `near` has the pairs of each event that is too large for all of them to be compared.
    """

    pairs: pd.DataFrame
    near: dict[str, list[tuple[str, str]]]
    n_pairs: int
    n_unknown: int


def chosen_path(documents: Documents) -> str:
    """Return the path for a corpus of this size: all, memory, runs or disk."""
    if len(documents) <= ALL_PAIRS:
        return "all"
    n_chars = documents["text"].str.len().sum()
    return "memory" if n_chars <= VOCABULARY else "runs" if n_chars <= IN_MEMORY else "disk"


def find_pairs(documents: Documents, *, path: str = "", memory: str = "1GB") -> Found:
    """Return the pairs of reports worth comparing, by the path that suits the size of the corpus.

    all: every pair. memory: pairs that share runs of words or have alike vocabulary. runs: the former
    only. disk: as runs, joined by DuckDB within `memory`. Raises ValueError for another path, and
    ModuleNotFoundError where the disk is needed and the extra `large` is not installed.
    """
    path = path or chosen_path(documents)
    if path not in PATHS:
        raise ValueError(f"path must be {', '.join(PATHS)}, not {path!r}")
    figures = {"n_reports": len(documents), "n_chars": int(documents["text"].str.len().sum())}
    if path == "all":
        return Found(_every_pair(documents), empty(StockTextsTable), path, figures)
    if path == "disk" and not has_duckdb():
        n_chars = f"{figures['n_chars']:,} characters are joined on disk, which needs DuckDB"
        raise ModuleNotFoundError(f"{n_chars}: .venv/bin/python -m pip install duckdb")
    corpus = number_texts(documents)
    found, crowd, sizes = join_runs(corpus, SHINGLE, memory if path == "disk" else "")
    joined, endings = without_endings(corpus, found, SHINGLE)
    pairs = as_candidates(corpus, joined)
    copies = np.array([len(names) for names in corpus.members], dtype=np.int64)
    figures |= {"n_copies": int((copies - 1).sum()), "n_short": int(copies[sizes == 0].sum())}
    figures |= {"n_many_copies": int((copies > CROWD).sum()), "n_terms_left_out": 0}
    figures["n_same_ending"] = len(found.a) - len(joined.a)
    if path == "memory":
        alike, figures["n_terms_left_out"] = alike_pairs(corpus, COSINE)
        pairs = _union(pairs, alike)
    return Found(pairs, stock_texts(corpus, crowd, endings, SHINGLE), path, figures)


def _every_pair(documents: Documents) -> Candidates:
    """Return all pairs of reports, by name."""
    pairs = combinations(sorted(documents["doc_id"].astype(str)), 2)
    rows: list[tuple[object, ...]] = [(a, b, 0, np.nan, "all") for a, b in pairs]
    return from_rows(rows, CandidatesTable)


def event_pairs(documents: Documents) -> EventPairs:
    """Return the pairs of reports of one event to set side by side: doc_id_a, doc_id_b.

    All of an event of up to WHOLE_EVENT reports. Of a larger one those worth comparing (`find_pairs`), of
    these the NEAREST to each report: the ones that share most runs of words, then those of most alike
    vocabulary. No more than NEAREST times the reports. Those of unknown event are taken for one.
    """
    rows: list[tuple[str, str]] = []
    near: dict[str, list[tuple[str, str]]] = {}
    n_pairs = 0
    for event_id, reports in documents.groupby("event_id", sort=True):
        n_pairs += len(reports) * (len(reports) - 1) // 2
        if len(reports) > WHOLE_EVENT:
            path = chosen_path(reports)
            found = find_pairs(reports, path="memory" if path == "all" else path).pairs
            near[str(event_id)] = _nearest(found)
            rows += near[str(event_id)]
        else:
            rows += combinations(sorted(reports["doc_id"].astype(str)), 2)
    pairs = pd.DataFrame(rows, columns=["doc_id_a", "doc_id_b"])
    return EventPairs(pairs, near, n_pairs, int((documents["event_id"] == UNKNOWN).sum()))


def _nearest(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the names of the candidate pairs that are among the NEAREST of either report."""
    both = pd.concat(
        [
            pairs.assign(own=pairs[own], other=pairs[other], row=np.arange(len(pairs)))
            for own, other in (("doc_id_a", "doc_id_b"), ("doc_id_b", "doc_id_a"))
        ]
    )
    order = ["n_shared", "cosine", "other"]
    ranked = both.sort_values(order, ascending=[False, False, True], kind="stable")
    rows = np.unique(ranked.groupby("own").head(NEAREST)["row"])
    return list(zip(*(pairs[name].iloc[rows].tolist() for name in ("doc_id_a", "doc_id_b")), strict=True))


def shared_pairs(
    documents: Documents, *, n: int = SHINGLE, memory: str = "", session: Any = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pairs that share runs of `n` words, as candidates, and the stock texts set aside.

    A pair needs three distinct runs that few outlets have, or sixteen that more have, or, of runs that a
    crowd has, a third of the shorter report. Where outlets are unknown, reports that share nothing but an
    ending that four or more have are no pair. Identical texts are collapsed first. With `memory` the join
    is DuckDB's, within so much; with `session` it is Spark's.
    """
    corpus = number_texts(documents)
    found, crowd, _ = join_runs(corpus, n, memory, session)
    joined, endings = without_endings(corpus, found, n)
    return as_candidates(corpus, joined), stock_texts(corpus, crowd, endings, n)


def as_candidates(corpus: Numbered, joined: Shared) -> pd.DataFrame:
    """Return the pairs of reports that pairs of texts stand for, and the copies of each text."""
    a, b, k = name_pairs(corpus, joined.a, joined.b)
    shared = (joined.n_shared + joined.n_crowded)[k]
    runs = pd.DataFrame({"doc_id_a": a, "doc_id_b": b, "n_shared": shared})
    runs["found_by"] = np.where(joined.n_shared > 0, "runs", "story")[k]
    return with_copies(runs.assign(cosine=np.nan), corpus)


def _union(shared: pd.DataFrame, alike: pd.DataFrame) -> Candidates:
    """Return the pairs of both tables; one that both have says so, unless it is a copy."""
    keys = ["doc_id_a", "doc_id_b"]
    table = shared.drop(columns="cosine").merge(alike[[*keys, "cosine"]], on=keys, how="outer")
    table["n_shared"] = table["n_shared"].fillna(0).astype("int64")
    both = table["cosine"].notna() & table["found_by"].isin(["runs", "story"])
    found_by = table["found_by"].where(~both, "both").fillna("vocabulary")
    return conform(table.assign(found_by=found_by), CandidatesTable)
