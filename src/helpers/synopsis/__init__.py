"""The same fact in several reports: slots and differences."""

from helpers.synopsis.slots import align_slots
from helpers.synopsis.tables import Coverage, Discrepancies, Readings, Slots

__all__ = ["Coverage", "Discrepancies", "Readings", "Slots", "align_slots"]
