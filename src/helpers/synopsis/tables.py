"""The tables of slots, their marks and readings, and of differences."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "DISCREPANCY_KINDS",
    "RELATIONS",
    "Coverage",
    "Differences",
    "DifferencesTable",
    "Discrepancies",
    "Marks",
    "Omissions",
    "Readings",
    "Renderings",
    "RenderingsTable",
    "Slots",
    "TollComparisons",
    "TollComparisonsTable",
    "Tolls",
    "TollsTable",
    "VersionChanges",
    "VersionChangesTable",
]
DISCREPANCY_KINDS = ("name", "number", "hedge", "date", "title", "scope", "term", "cause", "omitted")
DIFFERENCE_KINDS = (*DISCREPANCY_KINDS, "wording")
OMISSION_KINDS = ("fact", "quotation", "source")
WORD_MARKS = ("shared", "changed")
RELATIONS = ("same", "near-verbatim", "reworded", "same fact", "only here")


class SlotsTable(Table):
    """One row per stretch of a report in a slot: what the reports of an event say in the same place."""

    event_id: str = column("event")
    slot_id: int = column("slot of the event, in reading order from 0", ge=0)
    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    n_tokens: int = column("words of the stretch", ge=1)
    relation: str = column("relation to the slot's other reports: " + ", ".join(RELATIONS), isin=RELATIONS)
    moved: bool = column("true if it stands elsewhere than the order of the other slots has it")
    follows: int = column("slot that stands before it in its own report; -1 at the start", ge=-1)
    strength: float = column(
        "estimated chance that its surest partner tells the same fact, from judged pairs of English news; 0 "
        "if alone",
        ge=0,
        le=1,
    )

    class Config:
        """Key."""

        unique = ("event_id", "slot_id", "doc_id", "start_char")


Slots = Annotated[pd.DataFrame, SlotsTable]


class MarksTable(Table):
    """One row per run of words of a shared slot that its nearest partner shares, or has others for."""

    event_id: str = column("event")
    slot_id: int = column("slot of the event", ge=0)
    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    mark: str = column("mark: " + ", ".join(WORD_MARKS), isin=WORD_MARKS)
    partner: str = column("report compared with: the one of the slot that shares most words")
    partner_words: str = column("the partner's words there")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Marks = Annotated[pd.DataFrame, MarksTable]


class ReadingsTable(Table):
    """One row per piece of a slot as it is read: the pieces of a stretch in order give its text."""

    event_id: str = column("event")
    slot_id: int = column("slot of the event", ge=0)
    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    text: str = column("documents.text[start_char:end_char]")
    quoted: bool = column("true inside a direct quotation")
    mark: str = column("shared, changed, or empty")
    partner: str = column("report compared with, or empty")
    partner_words: str = column("the partner's words there, or empty")
    differences: str = column("numbers of the discrepancies whose words end here, or empty")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Readings = Annotated[pd.DataFrame, ReadingsTable]


class CoverageTable(Table):
    """One row per report: how many of its words the slots of its event hold, shared or not."""

    event_id: str = column("event")
    doc_id: str = column("report")
    n_tokens: int = column("words of the report", ge=0)
    n_shared: int = column("words in slots that another report has too", ge=0)
    n_only_here: int = column("words in slots of this report alone", ge=0)
    n_outside: int = column("words of bylines and boilerplate, which are not aligned", ge=0)
    n_moved: int = column("words in shared slots that stand elsewhere", ge=0)
    share: float = column("n_shared over the words aligned; NaN without any", nullable=True)

    class Config:
        """Key."""

        unique = ("doc_id",)


Coverage = Annotated[pd.DataFrame, CoverageTable]


class OmissionsTable(Table):
    """One row per fact, quotation or source that most other reports of an event have and a report lacks."""

    event_id: str = column("event")
    doc_id: str = column("report that lacks it")
    kind: str = column("kind: " + ", ".join(OMISSION_KINDS), isin=OMISSION_KINDS)
    speaker: str = column("entity_id of the source, empty for facts and quotations")
    n_having: int = column("other reports of the event that have it", ge=2)
    n_others: int = column("other reports of the event", ge=2)
    doc_id_having: str = column("report in which it can be read")
    start_char_having: int = column("first code point there, in documents.text, from 0", ge=0)
    end_char_having: int = column("code point after the last one there", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "kind", "speaker", "doc_id_having", "start_char_having")


Omissions = Annotated[pd.DataFrame, OmissionsTable]


class DiscrepanciesTable(Table):
    """One row per difference between two reports of an event, or within one report (a spelling switch)."""

    event_id: str = column("event")
    slot_id: int = column("slot of the event in which it stands first", ge=0)
    doc_id_a: str = column("report a")
    start_char_a: int = column("first code point in the text of report a", ge=0)
    end_char_a: int = column("code point after the last one in the text of report a", ge=0)
    doc_id_b: str = column("report b; the same as a where one report spells a name in two ways")
    start_char_b: int = column("first code point in the text of report b", ge=0)
    end_char_b: int = column("code point after the last one in the text of report b", ge=0)
    kind: str = column("kind: " + ", ".join(DISCREPANCY_KINDS), isin=DISCREPANCY_KINDS)
    text_a: str = column("words of a")
    text_b: str = column("words of b; empty for what b leaves out, whose stretch is then its place")
    others_a: str = column("reports of the slot with the words of a, besides a, joined by commas")
    others_b: str = column("reports of the slot with the words of b, besides b, joined by commas")
    n_slots: int = column("slots of the event in which reports differ so", ge=1)

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b", "start_char_b", "kind")


Discrepancies = Annotated[pd.DataFrame, DiscrepanciesTable]


class DifferencesTable(Table):
    """One row per difference of any kind between reports of an event, the surest and most telling first."""

    event_id: str = column("event")
    slot_id: int = column("slot of the event in which both sides stand", ge=0)
    doc_id_a: str = column("report a")
    start_char_a: int = column("first code point in the text of report a", ge=0)
    end_char_a: int = column("code point after the last one in the text of report a", ge=0)
    doc_id_b: str = column("report b; the same as a where one report spells a name in two ways")
    start_char_b: int = column("first code point in the text of report b", ge=0)
    end_char_b: int = column("code point after the last one in the text of report b", ge=0)
    kind: str = column("kind: " + ", ".join(DIFFERENCE_KINDS), isin=DIFFERENCE_KINDS)
    text_a: str = column("words of a")
    text_b: str = column("words of b; empty for what b leaves out")
    others_a: str = column("other reports of the slot with the words of a, joined by commas")
    others_b: str = column("other reports of the slot with the words of b, joined by commas")
    n_slots: int = column("places of the event in which reports differ so", ge=1)
    sure: float = column(
        "how sure it is that both sides tell the same: the strength of the slot and, for a wording, the "
        "likeness of the two sentences; 0 to 1",
        ge=0,
        le=1,
    )
    real: float = column(
        "share of the differences of its class that were real where they were judged, in English news; NaN "
        "where too few were",
        ge=0,
        le=1,
        nullable=True,
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "end_char_a", "doc_id_b", "start_char_b", "kind")


Differences = Annotated[pd.DataFrame, DifferencesTable]


class RenderingsTable(Table):
    """One row per pair of reports of an event in two languages that have sentences of one meaning."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    n_sentences: int = column("sentences of the shorter report", ge=1)
    n_same: int = column("sentences that surely mean the same in both", ge=1)
    share: float = column("share of the shorter report's sentences that do", ge=0)
    in_order: float = column("share of these that stand in one order in both", ge=0, le=1)
    may_render: bool = column("whether one may render the other, or both one original")

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


Renderings = Annotated[pd.DataFrame, RenderingsTable]


class VersionChangesTable(Table):
    """One row per sentence that a later version of a report leaves out, adds or changes."""

    doc_id: str = column("the later version")
    before: str = column("the version before it")
    kind: str = column("changed, left out or added", isin=("changed", "left out", "added"))
    text_before: str = column("the sentence as it was; empty where it is added")
    start_char_before: int = column("its first code point in the text of the version before, from 0", ge=0)
    end_char_before: int = column("code point after its last one there", ge=0)
    text_after: str = column("the sentence as it is; empty where it is left out")
    start_char_after: int = column("its first code point in the text of the later version, from 0", ge=0)
    end_char_after: int = column("code point after its last one there", ge=0)


VersionChanges = Annotated[pd.DataFrame, VersionChangesTable]


class TollsTable(Table):
    """One row per number of people that a report says something happened to."""

    event_id: str = column("event")
    doc_id: str = column("report")
    sentence_id: int = column("sentence in the report, from 0", ge=0)
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    what: str = column("what happened to them")
    counted: str = column("who is counted: people, or a noun such as miner")
    said: str = column("the number as printed, with its hedge")
    value: float = column("the number", ge=0)
    hedge: str = column("how it is hedged: less (nearly), more (over), about, order (hundreds), empty: not")


Tolls = Annotated[pd.DataFrame, TollsTable]
OUTCOMES = ("differ", "hedged", "same")


class TollComparisonsTable(Table):
    """One row per event and what happened to whom, where two reports or more give a number."""

    event_id: str = column("event")
    what: str = column("what happened to them")
    counted: str = column("who is counted: people, or a noun such as miner")
    n_reports: int = column("reports that give a number", ge=2)
    lowest: float = column("lowest first number of a report", ge=0)
    highest: float = column("highest first number of a report", ge=0)
    outcome: str = column("differ; hedged: all can be true of one count; same", isin=OUTCOMES)

    class Config:
        """Key."""

        unique = ("event_id", "what", "counted")


TollComparisons = Annotated[pd.DataFrame, TollComparisonsTable]
