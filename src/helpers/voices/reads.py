"""What speech can be read in."""

from helpers.text import LANGUAGES_GIVEN, Reads, is_parsed

__all__ = ["READS", "SPEECH"]
SPEECH = Reads(
    "03 voices", "who speaks, and what they tell in other words", frozenset({"en"}), is_parsed, "a parser"
)
READS = (Reads("03 voices", "direct quotations", LANGUAGES_GIVEN, lambda _: True, ""), SPEECH)
