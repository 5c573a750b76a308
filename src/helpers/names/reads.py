"""What names can be read in."""

from helpers.text import Reads, is_parsed

__all__ = ["FOUND", "READS"]
FOUND = Reads("02 names", "names that no list has", frozenset({"en"}), is_parsed, "a parser")
READS = (FOUND, Reads("02 names", "names of a list", frozenset({"en"}), lambda _: True, ""))
