"""What shared wording supports: measures, evidence and verdicts."""

from helpers.derivation.calibration import load_error_rates, load_reference, place_pairs, verdict_lines
from helpers.derivation.evidence import find_traces, gather_evidence
from helpers.derivation.graph import layout_graph
from helpers.derivation.measures import densest_window, measure_pairs
from helpers.derivation.passages import VERBATIM, align_passages, find_tiles, reused_by_voice
from helpers.derivation.reads import READS, VERDICTS_GIVEN
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
)
from helpers.derivation.tiles import TILE, compare_pairs, containment, shared_tiles
from helpers.derivation.verdicts import COPIED, SHARED, UNDECIDED, by_pair, called, judge_pairs

__all__ = [
    "COPIED",
    "READS",
    "REFERENCE_CLASSES",
    "SHARED",
    "TILE",
    "UNDECIDED",
    "VERBATIM",
    "VERDICTS",
    "VERDICTS_GIVEN",
    "Derivations",
    "DerivationsTable",
    "ErrorRates",
    "ErrorRatesTable",
    "Evidence",
    "EvidenceTable",
    "PairMeasures",
    "PairMeasuresTable",
    "PassagesTable",
    "Placements",
    "PlacementsTable",
    "ReferenceQuantiles",
    "ReferenceQuantilesTable",
    "align_passages",
    "by_pair",
    "called",
    "compare_pairs",
    "containment",
    "densest_window",
    "find_tiles",
    "find_traces",
    "gather_evidence",
    "judge_pairs",
    "layout_graph",
    "load_error_rates",
    "load_reference",
    "measure_pairs",
    "place_pairs",
    "reused_by_voice",
    "shared_tiles",
    "verdict_lines",
]
