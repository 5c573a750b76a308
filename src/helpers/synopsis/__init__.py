"""The same fact in several reports: slots and differences."""

from helpers.synopsis.differences import find_discrepancies
from helpers.synopsis.grammar import Grammar
from helpers.synopsis.omissions import FEWEST_REPORTS, find_omissions
from helpers.synopsis.reading import (
    cut_readings,
    first_slots,
    mark_words,
    measure_coverage,
    most_shared,
)
from helpers.synopsis.reads import LACKING, READS, TOLLS, VALUES
from helpers.synopsis.renderings import find_renderings
from helpers.synopsis.slots import Compared, align_slots
from helpers.synopsis.tables import (
    RELATIONS,
    Coverage,
    CoverageTable,
    Differences,
    DifferencesTable,
    Discrepancies,
    DiscrepanciesTable,
    Omissions,
    OmissionsTable,
    Readings,
    Renderings,
    RenderingsTable,
    Slots,
    SlotsTable,
    TollComparisons,
    Tolls,
    TollsTable,
    VersionChanges,
    VersionChangesTable,
)
from helpers.synopsis.tolls import compare_tolls, find_tolls, first_tolls
from helpers.synopsis.values import DATED, is_number, quantity
from helpers.synopsis.versions import version_changes

__all__ = [
    "DATED",
    "FEWEST_REPORTS",
    "LACKING",
    "READS",
    "RELATIONS",
    "TOLLS",
    "VALUES",
    "Compared",
    "Coverage",
    "CoverageTable",
    "Differences",
    "DifferencesTable",
    "Discrepancies",
    "DiscrepanciesTable",
    "Grammar",
    "Omissions",
    "OmissionsTable",
    "Readings",
    "Renderings",
    "RenderingsTable",
    "Slots",
    "SlotsTable",
    "TollComparisons",
    "Tolls",
    "TollsTable",
    "VersionChanges",
    "VersionChangesTable",
    "align_slots",
    "compare_tolls",
    "cut_readings",
    "find_discrepancies",
    "find_omissions",
    "find_renderings",
    "find_tolls",
    "first_slots",
    "first_tolls",
    "is_number",
    "mark_words",
    "measure_coverage",
    "most_shared",
    "quantity",
    "version_changes",
]
