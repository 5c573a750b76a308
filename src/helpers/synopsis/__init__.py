"""The same fact in several reports: slots and differences."""

from helpers.synopsis.differences import find_discrepancies
from helpers.synopsis.reading import (
    cut_readings,
    first_slots,
    mark_words,
    measure_coverage,
    most_shared,
    read_first,
)
from helpers.synopsis.slots import align_slots
from helpers.synopsis.tables import (
    RELATIONS,
    Coverage,
    CoverageTable,
    Discrepancies,
    DiscrepanciesTable,
    Readings,
    Slots,
    SlotsTable,
)

__all__ = [
    "RELATIONS",
    "Coverage",
    "CoverageTable",
    "Discrepancies",
    "DiscrepanciesTable",
    "Readings",
    "Slots",
    "SlotsTable",
    "align_slots",
    "cut_readings",
    "find_discrepancies",
    "first_slots",
    "mark_words",
    "measure_coverage",
    "most_shared",
    "read_first",
]
