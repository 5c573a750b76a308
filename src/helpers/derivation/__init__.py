"""What shared wording supports: measures, evidence and verdicts."""

from helpers.derivation.calibration import load_error_rates, load_reference, verdict_lines
from helpers.derivation.evidence import gather_evidence
from helpers.derivation.measures import densest_window, measure_pairs
from helpers.derivation.passages import VERBATIM, align_passages, find_tiles
from helpers.derivation.tables import (
    REFERENCE_CLASSES,
    VERDICTS,
    Derivations,
    ErrorRates,
    ErrorRatesTable,
    PairMeasures,
    Placements,
    ReferenceQuantiles,
    ReferenceQuantilesTable,
)
from helpers.derivation.tiles import TILE, compare_pairs, containment, shared_tiles
from helpers.derivation.verdicts import COPIED, UNDECIDED, called, judge_pairs

__all__ = [
    "COPIED",
    "REFERENCE_CLASSES",
    "TILE",
    "UNDECIDED",
    "VERBATIM",
    "VERDICTS",
    "Derivations",
    "ErrorRates",
    "ErrorRatesTable",
    "PairMeasures",
    "Placements",
    "ReferenceQuantiles",
    "ReferenceQuantilesTable",
    "align_passages",
    "called",
    "compare_pairs",
    "containment",
    "densest_window",
    "find_tiles",
    "gather_evidence",
    "judge_pairs",
    "load_error_rates",
    "load_reference",
    "measure_pairs",
    "shared_tiles",
    "verdict_lines",
]
