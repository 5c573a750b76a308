"""What speech can be read in."""

from helpers.text import LANGUAGES_GIVEN, Reads, is_parsed
from helpers.voices.orders import has_order

__all__ = ["QUOTED", "READS", "SPEECH"]
SPEECH = Reads("03 voices", "what is told in other words", frozenset({"en"}), is_parsed, "a parser")
QUOTED = Reads(
    "03 voices",
    "who says a quotation",
    frozenset({"en"}),
    lambda language: is_parsed(language) or has_order(language),
    "a parser, or its verbs of speech and their places",
)
READS = (Reads("03 voices", "direct quotations", LANGUAGES_GIVEN, lambda _: True, ""), QUOTED, SPEECH)
