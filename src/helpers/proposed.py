"""Events proposed where no report has one."""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.pairs import chosen_path, compare_topics, propose_events
from helpers.table import UNKNOWN
from helpers.text import Corpus, Documents, narrow_to_event, read_corpus, split_sentences, tokenize

__all__ = ["PROPOSED", "read_proposed", "undecided", "with_proposed_events"]
# Reports from which events are proposed: of fewer there is no common closeness to measure by.
FEWEST_PROPOSED = 4
PROPOSED = "proposed-"


def with_proposed_events(documents: Documents) -> Documents:
    """Return the reports under the events that words, names and dates propose, where none is decided.

    An event that `make corpus` wrote as proposed is not decided. Of under four reports, and of too many to
    compare pair by pair, nothing is proposed. An event is called after its first report: proposed-a. Without
    dates, precision and recall of pairs are .92 and .91 on ECB+ and 1 and 1 on BASIL (benchmarks/events.py).
    """
    unknown = documents["event_id"] == UNKNOWN
    open_ = (unknown | undecided(documents)).all() and unknown.any()
    if len(documents) < FEWEST_PROPOSED or not open_ or chosen_path(documents) != "all":
        return documents
    tokens = tokenize(split_sentences(documents))
    found = propose_events(compare_topics(tokens, documents)).set_index("doc_id")["proposed_event"]
    names = PROPOSED + documents["doc_id"].map(found).str.removeprefix("with-")
    return documents.assign(event_id=names.astype("str"))


def read_proposed(folder: Path | None, event: str, checksum: str) -> tuple[Corpus, bool]:
    """Return what is read of a folder, narrowed to an event, given or proposed, and whether any is proposed.

    A folder whose checksum is as before is not read again.
    """
    corpus, proposed = _read_whole(folder, checksum)
    return (corpus if corpus.problems else narrow_to_event(corpus, event)), proposed


@lru_cache(maxsize=1)
def _read_whole(folder: Path | None, _: str) -> tuple[Corpus, bool]:
    """Return what is read of a folder under given or proposed events, and whether any is proposed."""
    corpus = read_corpus(folder, event="")
    documents = with_proposed_events(corpus.documents)
    return corpus._replace(documents=documents), bool(undecided(documents).any())


def undecided(documents: Documents) -> "pd.Series[bool]":
    """Return whether the event of each report is a proposed one: proposed- and the name of a report."""
    return documents["event_id"].isin(list(PROPOSED + documents["doc_id"]))
