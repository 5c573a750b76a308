"""The same fact in several reports: slots and differences."""

from helpers.synopsis.slots import align_slots

__all__ = ["align_slots"]
