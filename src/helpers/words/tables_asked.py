"""Tables that answer what a person asks of words."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "Concordance",
    "ConcordanceTable",
    "DatedUses",
    "DatedUsesTable",
    "WordForms",
    "WordFormsTable",
]


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


class DatedUsesTable(Table):
    """One row per date, event and outlet: the uses of what was asked for, none as well."""

    date: str = column("day of publication as far as it is known, YYYY-MM-DD, YYYY-MM or YYYY; else unknown")
    event_id: str = column("event")
    outlet: str = column("outlet")
    n: int = column("uses", ge=0)
    n_words: int = column("words of the outlet's reports of that date", ge=0)
    rate: float = column("uses per 1,000 words", ge=0)

    class Config:
        """Key."""

        unique = ("date", "event_id", "outlet")


DatedUses = Annotated[pd.DataFrame, DatedUsesTable]


class WordFormsTable(Table):
    """One row per word and comparison of which one side has a form, the other side another."""

    event_id: str = column("event, or unknown")
    target: str = column("outlet whose forms are forms_target")
    reference: str = column("outlet compared with, or how many others are pooled")
    lemma: str = column("dictionary form that the forms share")
    forms_target: str = column("forms in the target with their uses, the most used first")
    forms_reference: str = column("forms in the reference with their uses, the most used first")
    n_target: int = column("uses of all forms in the target", ge=0)
    n_reference: int = column("uses of all forms in the reference", ge=0)

    class Config:
        """Key."""

        unique = ("event_id", "target", "lemma")


WordForms = Annotated[pd.DataFrame, WordFormsTable]
