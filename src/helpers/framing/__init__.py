"""What things are called: listed terms, their targets and voices."""

from helpers.framing.lists import load_framing_terms, neutrality_problems
from helpers.framing.tables import FramingTerms
from helpers.framing.uses import UNRESOLVED, find_framing_terms

__all__ = ["UNRESOLVED", "FramingTerms", "find_framing_terms", "load_framing_terms", "neutrality_problems"]
