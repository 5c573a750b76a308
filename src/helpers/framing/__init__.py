"""What things are called: listed terms, their targets and voices."""

from helpers.framing.lists import load_framing_terms
from helpers.framing.uses import UNRESOLVED, find_framing_terms

__all__ = ["UNRESOLVED", "find_framing_terms", "load_framing_terms"]
