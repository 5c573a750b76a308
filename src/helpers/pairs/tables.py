"""The tables of pairs worth comparing, of stock texts and of subjects."""

from typing import Annotated

import pandas as pd

from helpers.table import UNKNOWN, Table, column

__all__ = [
    "Candidates",
    "EventGroups",
    "EventProposals",
    "MeantPairs",
    "MeantPairsTable",
    "NearPairs",
    "NearPairsTable",
    "Similarities",
    "StockTexts",
]
FOUND_BY = ("all", "copy", "runs", "story", "vocabulary", "both")


class CandidatesTable(Table):
    """One row per pair of reports found worth comparing, and by what."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    n_shared: int = column("distinct shared runs of words, as far as they were counted", ge=0)
    cosine: float = column("TF-IDF cosine of one- and two-word terms; NaN below the bound", nullable=True)
    found_by: str = column(
        "all: every pair was taken; copy: same text; runs: runs of words that few others have; "
        "story: runs that a crowd has, a third or more of the shorter report; vocabulary: TF-IDF; "
        "both: TF-IDF and one of the two before",
        isin=FOUND_BY,
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


Candidates = Annotated[pd.DataFrame, CandidatesTable]


class StockTextsTable(Table):
    """One row per wording that stands in so many reports that it alone makes no pair of them."""

    doc_id: str = column("first report that has it")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    text: str = column("the wording as printed there")
    n_reports: int = column("different texts that have its commonest run of words", ge=1)
    n_outlets: int = column("outlets that have it", ge=1)

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


StockTexts = Annotated[pd.DataFrame, StockTextsTable]


class SimilaritiesTable(Table):
    """One row per pair of reports, by subject."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    cosine: float = column("TF-IDF cosine of their content words", ge=0, le=1)
    closeness: float = column("cosine over what the two reports show with all others; 1 is average", ge=0)
    events: str = column(
        "whether the manifest gives both one event: same, different or unknown",
        isin=("same", "different", UNKNOWN),
    )
    days_apart: float = column("days between their dates; NaN where a day is not known", nullable=True)
    chance: float = column("chance of one event by all words, first words and names, fitted to other news")

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


Similarities = Annotated[pd.DataFrame, SimilaritiesTable]


class EventProposalsTable(Table):
    """One row per report: the event it would be put under by its words and date. Never accepted silently."""

    doc_id: str = column("report")
    proposed_event: str = column("with- and the first report of the group")
    nearest: str = column("the report nearest to it")
    cosine: float = column("TF-IDF cosine with the nearest")

    class Config:
        """Key."""

        unique = ("doc_id",)


EventProposals = Annotated[pd.DataFrame, EventProposalsTable]


class EventGroupsTable(Table):
    """One row per event: its reports, and what they have in common that others have not."""

    event_id: str = column("event")
    n: int = column("its reports", ge=1)
    doc_ids: str = column("its reports by name")
    names: str = column("words with a capital that most of its reports have, rare ones elsewhere first")
    days: str = column("first and last day of publication, or empty")

    class Config:
        """Key."""

        unique = ("event_id",)


EventGroups = Annotated[pd.DataFrame, EventGroupsTable]


class MeantPairsTable(Table):
    """One row per two sentences of two reports of an event that are each other's nearest by meaning."""

    doc_id_a: str = column("report a")
    sentence_id_a: int = column("sentence of report a", ge=0)
    doc_id_b: str = column("report b")
    sentence_id_b: int = column("sentence of report b", ge=0)
    cosine: float = column("cosine of the sentences' vectors, in thousandths", ge=-1, le=1)
    margin: float = column("cosine over the mean cosine of the nearest few of both", ge=0)
    chance: float = column("how often such a pair tells the same fact, moved to these reports", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("doc_id_a", "sentence_id_a", "doc_id_b")


MeantPairs = Annotated[pd.DataFrame, MeantPairsTable]


class NearPairsTable(Table):
    """One row per two sentences of two English reports of which one is among the other's nearest few."""

    doc_id_a: str = column("report a")
    sentence_id_a: int = column("sentence of report a", ge=0)
    doc_id_b: str = column("report b")
    sentence_id_b: int = column("sentence of report b", ge=0)
    margin: float = column("cosine over the mean cosine of the nearest few of both", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id_a", "sentence_id_a", "doc_id_b", "sentence_id_b")


NearPairs = Annotated[pd.DataFrame, NearPairsTable]
