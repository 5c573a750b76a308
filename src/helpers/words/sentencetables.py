"""The tables of words in their sentences: alignment, substitutions, alternations and context."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "Alignments",
    "Alternations",
    "AlternationsTable",
    "Collocates",
    "Concordance",
    "Substitutions",
]


class AlignmentsTable(Table):
    """One row per pair of sentences that are each other's nearest in two reports of an event."""

    event_id: str = column("event, or unknown")
    doc_id_a: str = column("report a")
    sentence_id_a: int = column("sentence of report a", ge=0)
    doc_id_b: str = column("report b")
    sentence_id_b: int = column("sentence of report b", ge=0)
    cosine: float = column("TF-IDF cosine of the two sentences", ge=0, le=1.000001)

    class Config:
        """Key."""

        unique = ("doc_id_a", "sentence_id_a", "doc_id_b")


Alignments = Annotated[pd.DataFrame, AlignmentsTable]


class SubstitutionsTable(Table):
    """One row per place where one report has other words than its partner in an aligned sentence."""

    event_id: str = column("event, or unknown")
    doc_id_a: str = column("report a")
    sentence_id_a: int = column("sentence of report a", ge=0)
    phrase_a: str = column("words of a, as printed")
    doc_id_b: str = column("report b")
    sentence_id_b: int = column("sentence of report b", ge=0)
    phrase_b: str = column("words of b, as printed")
    kind: str = column(
        "wording, or spelling where the two words are near alike", isin=("wording", "spelling")
    )
    cosine: float = column("TF-IDF cosine of the two sentences", ge=0, le=1.000001)
    start_char_a: int = column("first code point of phrase_a in the text of report a", ge=0)
    end_char_a: int = column("code point after the last one of phrase_a", ge=0)
    start_char_b: int = column("first code point of phrase_b in the text of report b", ge=0)
    end_char_b: int = column("code point after the last one of phrase_b", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b", "start_char_b")


Substitutions = Annotated[pd.DataFrame, SubstitutionsTable]


class AlternationsTable(Table):
    """One row per pair of variants and pair of outlets of an event that choose differently between them."""

    event_id: str = column("event, or unknown")
    kind: str = column(
        "wording, where one stands for the other in aligned sentences, or name of one entity",
        isin=("wording", "name"),
    )
    outlet_a: str = column("an outlet, or report of unknown outlet")
    variant_a: str = column("what it uses, in small letters as counted; singular and plural with a stroke")
    outlet_b: str = column("another outlet, or report of unknown outlet")
    variant_b: str = column("what that one uses, as counted")
    n_a: int = column("uses of variant_a in the event's reports of outlet_a", ge=2)
    other_a: int = column("uses of variant_b there", ge=0)
    n_b: int = column("uses of variant_b in the event's reports of outlet_b", ge=2)
    other_b: int = column("uses of variant_a there", ge=0)
    reports_a: int = column("reports of outlet_a, of all events, that use one variant more", ge=0)
    reports_b: int = column("reports of outlet_b, of all events, that use one variant more", ge=0)
    p_value: float = column(
        "Fisher's exact p of these reports; empty below four a side", ge=0, le=1.000001, nullable=True
    )
    q_value: float = column("Benjamini and Hochberg's over the rows tested", ge=0, le=1.000001, nullable=True)

    class Config:
        """Key."""

        unique = ("event_id", "outlet_a", "variant_a", "outlet_b", "variant_b")


Alternations = Annotated[pd.DataFrame, AlternationsTable]


class CollocatesTable(Table):
    """One row per word that stands near a node, and outlet."""

    outlet: str = column("outlet")
    node: str = column("word asked for")
    term: str = column("word near it")
    n_together: int = column("uses of the word within the window of the node", ge=1)
    n: int = column("uses of the word in the outlet's reports", ge=1)
    log_dice: float = column("logDice (Rychly 2008), at most 14", le=14)

    class Config:
        """Key."""

        unique = ("outlet", "node", "term")


Collocates = Annotated[pd.DataFrame, CollocatesTable]


class ConcordanceTable(Table):
    """One row per use of a node word or phrase, in context."""

    doc_id: str = column("report")
    sentence_id: int = column("sentence in the report, from 0")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    left: str = column("text before the node")
    node: str = column("the node as printed")
    right: str = column("text after the node")
    voice: str = column("voice the node stands in")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char", "end_char")


Concordance = Annotated[pd.DataFrame, ConcordanceTable]
