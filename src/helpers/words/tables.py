"""The tables of counts, keyness, alignment and context."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "Alignments",
    "Alternations",
    "AlternationsTable",
    "Collocates",
    "Diversity",
    "Effects",
    "Habits",
    "HouseStyle",
    "Keyness",
    "Planned",
    "PlannedTerms",
    "PooledCounts",
    "Power",
    "Spread",
    "Substitutions",
    "TermCounts",
]


class TermCountsTable(Table):
    """One row per term and report."""

    doc_id: str = column("report")
    term: str = column("norm, or norms joined by a space")
    n: int = column("uses", ge=1)
    rate: float = column("uses per 1,000 tokens of the report", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "term")


TermCounts = Annotated[pd.DataFrame, TermCountsTable]


class PooledCountsTable(Table):
    """One row per term, outlet and event: the counts that are compared."""

    event_id: str = column("event, or unknown")
    outlet: str = column("outlet; a report of an unknown outlet stands for itself")
    term: str = column("norm, or norms joined by a space")
    n: int = column("uses", ge=1)
    n_reports: int = column("reports that use it", ge=1)

    class Config:
        """Key."""

        unique = ("event_id", "outlet", "term")


PooledCounts = Annotated[pd.DataFrame, PooledCountsTable]


class KeynessTable(Table):
    """One row per term compared between a target outlet and a reference, within an event."""

    event_id: str = column("event, or how many events were stratified")
    target: str = column("outlet whose uses are n_target")
    reference: str = column("outlet compared with, or how many others are pooled")
    term: str = column("term")
    n_target: int = column("uses in the target", ge=0)
    n_reference: int = column("uses in the reference", ge=0)
    rate_target: float = column("uses per 1,000 tokens in the target")
    rate_reference: float = column("uses per 1,000 tokens in the reference")
    log_ratio: float = column("log2 of the ratio of the rates; infinite where one count is 0")
    low: float = column("lower end of its exact (Clopper-Pearson) 95 % interval")
    high: float = column("upper end of its exact (Clopper-Pearson) 95 % interval")
    p_value: float = column("exact two-sided p of equal rates, words taken as independent", ge=0, le=1)
    q_value: float = column("p after Benjamini and Hochberg over the terms of the comparison", ge=0, le=1)
    lrc: float = column("conservative log ratio (Evert 2022), Bonferroni over the terms of the comparison")
    z: float = column(
        "log-odds z, 2-term variance, informative prior (Monroe and others 2008); NaN if stratified",
        nullable=True,
    )
    p_reports: float = column(
        "p when whole reports are dealt; NaN for words that could not be flagged whatever happened",
        nullable=True,
        ge=0,
        le=1,
    )
    q_reports: float = column(
        "words that a deal carries as far, per word seen so far; at least 1.5 times the share of deals "
        "with so low a q",
        nullable=True,
        ge=0,
        le=1,
    )
    flagged: bool = column("q_reports < .05; on pages never without it: see by_report.deal_reports")
    quoted_target: int = column("uses of the target inside direct quotations", ge=0)
    narrated_target: int = column("uses of the target outside direct quotations", ge=0)
    quoted_reference: int = column("uses of the reference inside direct quotations", ge=0)
    narrated_reference: int = column("uses of the reference outside direct quotations", ge=0)
    reports_target: int = column("reports of the target that use it", ge=0)
    reports_reference: int = column("reports of the reference that use it", ge=0)

    class Config:
        """Key."""

        unique = ("event_id", "target", "term")


Keyness = Annotated[pd.DataFrame, KeynessTable]


class DiversityTable(Table):
    """One row per report and measure of its vocabulary or its sentences."""

    doc_id: str = column("report")
    measure: str = column("name of the measure, with its window, draw or factor")
    value: float = column("the measure; NaN where the text is too short for it", nullable=True)
    low: float = column("lower end of its 95 % block jackknife interval", nullable=True)
    high: float = column("upper end of its 95 % block jackknife interval", nullable=True)
    reason: str = column("why a value is missing, else empty")

    class Config:
        """Key."""

        unique = ("doc_id", "measure")


Diversity = Annotated[pd.DataFrame, DiversityTable]


class SpreadTable(Table):
    """One row per term and outlet: how evenly its uses are spread over the parts of the reports."""

    event_id: str = column("event, or unknown")
    outlet: str = column("outlet")
    term: str = column("term")
    n: int = column("uses", ge=1)
    n_parts: int = column("parts the reports are cut into", ge=1)
    n_parts_used: int = column("parts that use it", ge=1)
    dp: float = column("Gries' DP (2008): 0 even, near 1 all in one small part", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("event_id", "outlet", "term")


Spread = Annotated[pd.DataFrame, SpreadTable]


class PowerTable(Table):
    """One row per comparison of whole reports: what it could find, and what it flags by chance."""

    event_id: str = column("event, or unknown")
    target: str = column("outlet compared with the others of the event")
    n_target: int = column("reports of the target", ge=0)
    n_reference: int = column("reports of the others", ge=0)
    smallest_p: float = column("smallest p that dealing these reports can reach", ge=0, le=1)
    n_tested: int = column("words that can be flagged at all, and so are tested", ge=0)
    mean_flagged: float = column("words flagged in a random deal of the reports, on average", nullable=True)
    share_flagged: float = column("share of random deals with any word flagged", nullable=True, ge=0, le=1)
    ratio: float = column(
        "least ratio of rates that is found in 80 % of plants; NaN where none up to 32 is", nullable=True
    )
    is_judged: bool = column("false for smaller comparisons of a large corpus: nothing was planted")

    class Config:
        """Key."""

        unique = ("event_id", "target")


Power = Annotated[pd.DataFrame, PowerTable]


class HouseStyleTable(Table):
    """One row per word of house style and comparison: not tested, for it is a rule and no choice."""

    event_id: str = column("event, or unknown")
    target: str = column("outlet whose uses are n_target")
    reference: str = column("outlet compared with, or how many others are pooled")
    forms: str = column("the title, or the ways in which the word is written")
    n_target: int = column("uses in the target", ge=0)
    n_reference: int = column("uses in the reference", ge=0)
    reports_target: int = column("reports of the target that use the commonest form", ge=0)
    reports_reference: int = column("reports of the reference that use the commonest form", ge=0)

    class Config:
        """Key."""

        unique = ("event_id", "target", "forms")


HouseStyle = Annotated[pd.DataFrame, HouseStyleTable]


class PlannedTermsTable(Table):
    """One row per word that was fixed before looking, to be tested on its own."""

    term: str = column("word or words, as counted: small letters")
    note: str = column("why it is asked")

    class Config:
        """Key."""

        unique = ("term",)


PlannedTerms = Annotated[pd.DataFrame, PlannedTermsTable]


class PlannedTable(Table):
    """One row per planned word and comparison."""

    event_id: str = column("event, or how many events were stratified")
    target: str = column("outlet compared with the others")
    term: str = column("word or words of the list")
    n_target: int = column("uses in the target", ge=0)
    n_reference: int = column("uses in the others", ge=0)
    reports_target: int = column("reports of the target that use it", ge=0)
    reports_reference: int = column("reports of the others that use it", ge=0)
    log_ratio: float = column("log2 of the ratio of the rates, half a use added to each side")
    p_reports: float = column(
        "p when whole reports are dealt; NaN where too few for any", nullable=True, ge=0, le=1
    )
    q_planned: float = column(
        "false discovery rate of the list alone (Benjamini, Krieger and Yekutieli 2006)",
        nullable=True,
        ge=0,
        le=1,
    )
    flagged: bool = column("q_planned < .05")

    class Config:
        """Key."""

        unique = ("event_id", "target", "term")


Planned = Annotated[pd.DataFrame, PlannedTable]


class HabitsTable(Table):
    """One row per word that all reports of an outlet use and none of the others does."""

    event_id: str = column("event, or unknown")
    outlet: str = column("outlet whose reports all use it")
    term: str = column("word")
    n: int = column("uses", ge=1)
    n_reports: int = column("reports of the outlet, all of which use it", ge=2)
    n_others: int = column("reports of the others, none of which uses it", ge=1)

    class Config:
        """Key."""

        unique = ("event_id", "outlet", "term")


Habits = Annotated[pd.DataFrame, HabitsTable]


class EffectsTable(Table):
    """One row per word and voice: how different the rates are, with an interval by reports."""

    event_id: str = column("event, or unknown")
    target: str = column("outlet compared with the others of the event")
    term: str = column("word")
    voice: str = column(
        "all uses, those in direct quotations, or those outside", isin=("all", "quoted", "told")
    )
    n_target: int = column("uses in the target", ge=0)
    n_reference: int = column("uses in the reference", ge=0)
    log_ratio: float = column("log2 of the ratio of the rates, half a use added to each side")
    low: float = column("lower end of its 95 % interval: 1,999 bootstrap draws of reports (Efron 1979)")
    high: float = column("upper end of that interval")

    class Config:
        """Key."""

        unique = ("event_id", "target", "term", "voice")


Effects = Annotated[pd.DataFrame, EffectsTable]


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
        "wording, or spelling where they are forms of one, or house style", isin=("wording", "spelling")
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
    variant_a: str = column(
        "what it uses, as it is printed most; singular and plural together where both are met"
    )
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
