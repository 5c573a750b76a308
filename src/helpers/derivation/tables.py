"""The tables of shared wording, reference sets, evidence and verdicts."""

from typing import Annotated

import pandas as pd

from helpers.table import UNKNOWN, Table, column

__all__ = [
    "REFERENCE_CLASSES",
    "VERDICTS",
    "Derivations",
    "ErrorRates",
    "Evidence",
    "PairMeasures",
    "Pairs",
    "Passages",
    "Placements",
    "ReferenceQuantiles",
    "SourceCounts",
    "SourceGroups",
]
REUSE_TYPES = ("verbatim", "rewritten", "summarised")
REFERENCE_CLASSES = (
    "independent human translations",
    "machine against human translation",
    "two machine translations",
    "edited copies",
    "heavily edited copies",
    "same topic, other event",
    "independent reports of one event",
    "agency copies with edits",
)
VERDICTS = (
    "most of the text, word for word",
    "most of the text, worded apart",
    "passages",
    "phrases and quotations only",
    "no shared wording found",
    "too short to judge",
    "cannot tell",
)
DIRECTIONS = ("a to b", "b to a", "undetermined")
EVIDENCE_KINDS = (
    "containment",
    "longest run",
    "tiles",
    "order kept",
    "common subsequence",
    "closest window",
    "quoted overlap",
    "narrated overlap",
    "formula",
    "other spelling",
    "other version",
    "other words in quotation",
    "shared rare error",
    "seam",
    "inherited error",
    "dangling reference",
    "credit line",
    "agency",
    "press release",
    "translation named",
    "one address",
    "one publisher",
    "one author",
    "inherited correction",
    "later addition",
    "earlier time",
    "earlier date",
)
EVIDENCE_FOR = ("shared wording", "separate rendering", "dependence", "a to b", "b to a", "nothing")


class PairsTable(Table):
    """One row per unordered pair of reports."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    c3_a: float = column(
        "share of the distinct word 3-grams of a that the other has too; NaN where a has none", nullable=True
    )
    c3_b: float = column(
        "share of the distinct word 3-grams of b that the other has too; NaN where b has none", nullable=True
    )
    c5_a: float = column(
        "share of the distinct word 5-grams of a that the other has too; NaN where a has none", nullable=True
    )
    c5_b: float = column(
        "share of the distinct word 5-grams of b that the other has too; NaN where b has none", nullable=True
    )
    c8_a: float = column(
        "share of the distinct word 8-grams of a that the other has too; NaN where a has none", nullable=True
    )
    c8_b: float = column(
        "share of the distinct word 8-grams of b that the other has too; NaN where b has none", nullable=True
    )
    longest_run: int = column("tokens in the longest shared run")
    order_kept: float = column(
        "share of pairs of shared tiles in the same order; NaN under two tiles", nullable=True
    )
    n_tiles: int = column("tiles: shared runs of three words or more, no word in two of them", ge=0)
    tile_share_a: float = column("share of the words of a in tiles; NaN without words", nullable=True)
    tile_share_b: float = column("share of the words of b in tiles; NaN without words", nullable=True)
    mean_tile: float = column("mean length of the tiles in words; NaN without tiles", nullable=True)
    lcs_share: float = column(
        "longest common subsequence of words over the mean length; NaN without words", nullable=True
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


Pairs = Annotated[pd.DataFrame, PairsTable]


class PassagesTable(Table):
    """One row per pair of aligned passages."""

    doc_id_a: str = column("report a")
    start_char_a: int = column("first code point in the text of report a", ge=0)
    end_char_a: int = column("code point after the last one in the text of report a", ge=0)
    doc_id_b: str = column("report b")
    start_char_b: int = column("first code point in the text of report b", ge=0)
    end_char_b: int = column("code point after the last one in the text of report b", ge=0)
    n_tokens: int = column("tokens of the shorter side")
    reuse_type: str = column("reuse: " + ", ".join(REUSE_TYPES), isin=REUSE_TYPES)

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b", "start_char_b")


Passages = Annotated[pd.DataFrame, PassagesTable]


class PairMeasuresTable(Table):
    """One row per pair of reports: its shared wording as the verdicts and reference classes measure it."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    events: str = column(
        "whether the manifest gives both one event: same, different or unknown",
        isin=("same", "different", UNKNOWN),
    )
    language: str = column("language of both, both languages with a comma between, or unknown")
    n_words: int = column("words of the shorter report", ge=0)
    c3: float = column("larger of c3_a and c3_b", nullable=True)
    c5: float = column("larger of c5_a and c5_b", nullable=True)
    c8: float = column("larger of c8_a and c8_b", nullable=True)
    c5_own: float = column("c5 without the 5-grams that reports of other events have too", nullable=True)
    c5_narrated: float = column("c5 of the words outside direct quotation", nullable=True)
    longest_run: int = column("words in the longest shared run", ge=0)
    run_narrated: int = column("most words outside quotation in one shared run", ge=0)
    run_quoted: int = column("words of the longest shared run inside quotations of both", ge=0)
    order_kept: float = column("share of pairs of tiles in the same order; NaN under two", nullable=True)
    n_tiles: int = column("shared runs of three words or more, no word in two of them", ge=0)
    mean_tile: float = column("mean length of the tiles in words; NaN without tiles", nullable=True)
    tile_share: float = column("share of words in tiles, the larger of both sides", nullable=True)
    clumping: float = column(
        "mean_tile over two words, divided by the root of tile_share: how long the runs are for their share",
        nullable=True,
    )
    lcs_share: float = column("longest common subsequence over the mean length", nullable=True)
    lcs_apart: float = column("the same without the runs that both reports quote", nullable=True)
    letters_apart: float = column("the same of letters instead of words", nullable=True)
    letters_rest: float = column(
        "letters_apart without all shared runs of eight words or more too; NaN where nothing is left",
        nullable=True,
    )
    run_share: float = column(
        "share of the words of one report in shared runs of five words or more, the larger of both, without "
        "what both quote",
        ge=0,
        le=1,
    )
    share_a: float = column("share of the words of a in shared runs of five words or more", ge=0, le=1)
    share_b: float = column("share of the words of b in shared runs of five words or more", ge=0, le=1)
    dense: float = column(
        "largest share of 60 words in a row in shared runs of five words or more that neither quotes",
        ge=0,
        le=1,
    )
    window: float = column(
        "largest share of the 3-grams of 60 words in a row found in the other report", nullable=True
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


PairMeasures = Annotated[pd.DataFrame, PairMeasuresTable]


class ReferenceQuantilesTable(Table):
    """One row per reference class, set, measure and length: where pairs of known history stand."""

    reference_class: str = column(
        "what is known of the pairs: " + "; ".join(REFERENCE_CLASSES), isin=REFERENCE_CLASSES
    )
    language: str = column("language translated from, or en")
    data_set: str = column("corpus the pairs are from; data/reference/README.md names the source")
    measure: str = column("column of the pairs table; c3, c5 and c8 are the larger of both directions")
    n_words: int = column("words per side", ge=1)
    n_pairs: int = column("pairs measured; they overlap where the corpus is small", ge=1)
    n_distinct: float = column("how many pairs of that length the corpus holds without overlap", ge=0)
    minimum: float = column("smallest value")
    p01: float = column("value below which 1 % of the pairs stand")
    p05: float = column("5 %")
    p10: float = column("10 %")
    p25: float = column("25 %")
    p50: float = column("median")
    p75: float = column("75 %")
    p90: float = column("90 %")
    p95: float = column("95 %")
    p99: float = column("99 %")
    maximum: float = column("largest value")

    class Config:
        """Key."""

        unique = ("reference_class", "data_set", "measure", "n_words")


ReferenceQuantiles = Annotated[pd.DataFrame, ReferenceQuantilesTable]


class ErrorRatesTable(Table):
    """One row per reference set and length: how often it gets each verdict."""

    reference_class: str = column("what is known of the pairs")
    language: str = column("language translated from, or en")
    data_set: str = column("corpus the pairs are from")
    n_words: int = column("words per side", ge=1)
    n_pairs: int = column("pairs judged", ge=1)
    n_distinct: float = column("how many pairs of that length the corpus holds without overlap", ge=0)
    word_for_word: float = column(
        "share called most of the text, word for word, by lines drawn without this language or set",
        ge=0,
        le=1,
    )
    worded_apart: float = column("share called most of the text, worded apart, by the same lines", ge=0, le=1)
    passages: float = column("share with passages", ge=0, le=1)
    phrases: float = column("share with phrases and quotations only", ge=0, le=1)
    nothing: float = column("share with no shared wording found", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("reference_class", "data_set", "n_words")


ErrorRates = Annotated[pd.DataFrame, ErrorRatesTable]


class PlacementsTable(Table):
    """One row per pair of reports, reference set and measure: the pair's place in the set."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    reference_class: str = column("what is known of the reference pairs")
    language: str = column("language translated from, or en")
    data_set: str = column("corpus the reference pairs are from")
    measure: str = column("measure compared")
    n_words: int = column("length compared at: that of the shorter report, 650 at most", ge=1)
    value: float = column("the pair's value")
    percentile: float = column("percentage of the reference pairs below it", ge=0, le=100)
    p05: float = column("lower end of the set's band: 5 % stand below")
    p50: float = column("the set's median")
    p95: float = column("upper end of the set's band: 5 % stand above")

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b", "data_set", "reference_class", "measure")


Placements = Annotated[pd.DataFrame, PlacementsTable]


class EvidenceTable(Table):
    """One row per piece of evidence on a pair; an empty span says that there is none on that side."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    kind: str = column("what was found: " + ", ".join(EVIDENCE_KINDS), isin=EVIDENCE_KINDS)
    supports: str = column("what it speaks for: " + ", ".join(EVIDENCE_FOR), isin=EVIDENCE_FOR)
    value: float = column("its measure, or NaN where it is not a number", nullable=True)
    start_char_a: int = column("first code point in the text of report a", ge=0)
    end_char_a: int = column("code point after the last one in the text of report a", ge=0)
    start_char_b: int = column("first code point in the text of report b", ge=0)
    end_char_b: int = column("code point after the last one in the text of report b", ge=0)
    text_a: str = column("words of a")
    text_b: str = column("words of b")
    note: str = column("why it counts, in a few words")


Evidence = Annotated[pd.DataFrame, EvidenceTable]


class DerivationsTable(Table):
    """One row per pair judged: the wording shared, what explains it, and how often such a verdict errs."""

    doc_id_a: str = column("report a")
    doc_id_b: str = column("report b")
    events: str = column("whether the manifest gives both one event: same, different or unknown")
    language: str = column("language of both, both languages with a comma between, or unknown")
    n_words: int = column("words of the shorter report", ge=0)
    verdict: str = column("wording that both share: " + "; ".join(VERDICTS), isin=VERDICTS)
    share_a: float = column("share of the words of a in shared runs of five words or more", ge=0, le=1)
    share_b: float = column("share of the words of b in shared runs of five words or more", ge=0, le=1)
    close_to: str = column(
        "the verdict if every line were a tenth lower or higher; empty where it is the same"
    )
    translated: bool = column("whether a text speaks of a translation, or other languages are here")
    explanation: str = column("what explains it, where something found supports that")
    direction: str = column("a to b, b to a, or undetermined", isin=DIRECTIONS)
    found: str = column("every piece of evidence on who depends on whom, whether it draws an arrow or not")
    error: str = column("how often such a verdict was wrong on pairs of known history of that length")
    evidence: str = column("the measures behind the verdict in a sentence")
    percentiles: str = column("place of c5 in each named reference set")

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


Derivations = Annotated[pd.DataFrame, DerivationsTable]


class SourceGroupsTable(Table):
    """One row per report: the reports that rest on one text with it."""

    event_id: str = column("event, or unknown")
    doc_id: str = column("report")
    group: str = column("first report of its group, by time and then by name; its own name if it is alone")
    n_reports: int = column("reports of the group", ge=1)
    explanation: str = column("what explains the text they share; empty for a report alone")

    class Config:
        """Key."""

        unique = ("doc_id",)


SourceGroups = Annotated[pd.DataFrame, SourceGroupsTable]


class SourceCountsTable(Table):
    """One row per event: how many reports remain when those that rest on one text are counted once."""

    event_id: str = column("event, or unknown")
    n_reports: int = column("reports", ge=1)
    n_sources: int = column("reports when those of one group are counted once", ge=1)
    largest: int = column("reports of the largest group", ge=1)
    n_apart: int = column(
        "reports of which no two share passages; more than n_sources where a report is merged from several",
        ge=1,
    )
    n_unjudged: int = column("pairs of its reports that could not be judged; they join nothing", ge=0)

    class Config:
        """Key."""

        unique = ("event_id",)


SourceCounts = Annotated[pd.DataFrame, SourceCountsTable]
