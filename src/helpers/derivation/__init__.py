"""What shared wording supports: measures, evidence and verdicts."""

from helpers.derivation.calibration import load_error_rates, load_reference, place_pairs, verdict_lines
from helpers.derivation.collation import collate_tei
from helpers.derivation.dependence import Dependence
from helpers.derivation.errors import error_of, exact_interval, language_name
from helpers.derivation.evidence import find_traces, find_wording
from helpers.derivation.graph import Graph, layout_graph
from helpers.derivation.groups import count_sources, counted_once, group_reports
from helpers.derivation.measures import compare_pairs, measure_pairs
from helpers.derivation.pair import Compared, densest_window
from helpers.derivation.passages import VERBATIM, align_passages, find_tiles, reused_by_voice
from helpers.derivation.reads import READS, VERDICTS_GIVEN
from helpers.derivation.stemma import Stemma, build_stemma, newick
from helpers.derivation.tables import (
    REFERENCE_CLASSES,
    VERDICTS,
    Derivations,
    DerivationsTable,
    ErrorRates,
    ErrorRatesTable,
    Evidence,
    EvidenceTable,
    PairMeasures,
    PairMeasuresTable,
    PassagesTable,
    Placements,
    PlacementsTable,
    ReferenceQuantiles,
    ReferenceQuantilesTable,
    SourceCounts,
    SourceCountsTable,
    SourceGroups,
    SourceGroupsTable,
)
from helpers.derivation.tiles import TILE, containment, shared_tiles
from helpers.derivation.verdicts import NEARLY_ALL, SHARED, by_pair, called, judge_pairs

__all__ = [
    "NEARLY_ALL",
    "READS",
    "REFERENCE_CLASSES",
    "SHARED",
    "TILE",
    "VERBATIM",
    "VERDICTS",
    "VERDICTS_GIVEN",
    "Compared",
    "Dependence",
    "Derivations",
    "DerivationsTable",
    "ErrorRates",
    "ErrorRatesTable",
    "Evidence",
    "EvidenceTable",
    "Graph",
    "PairMeasures",
    "PairMeasuresTable",
    "PassagesTable",
    "Placements",
    "PlacementsTable",
    "ReferenceQuantiles",
    "ReferenceQuantilesTable",
    "SourceCounts",
    "SourceCountsTable",
    "SourceGroups",
    "SourceGroupsTable",
    "Stemma",
    "align_passages",
    "build_stemma",
    "by_pair",
    "called",
    "collate_tei",
    "compare_pairs",
    "containment",
    "count_sources",
    "counted_once",
    "densest_window",
    "error_of",
    "exact_interval",
    "find_tiles",
    "find_traces",
    "find_wording",
    "group_reports",
    "judge_pairs",
    "language_name",
    "layout_graph",
    "load_error_rates",
    "load_reference",
    "measure_pairs",
    "newick",
    "place_pairs",
    "reused_by_voice",
    "shared_tiles",
    "verdict_lines",
]
