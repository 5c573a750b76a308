"""What framing can be read in."""

from helpers.text import Reads, is_parsed

__all__ = ["READS", "UNLISTED"]
UNLISTED = Reads(
    "04 framing", "labels, acts and stances without a list", frozenset({"en"}), is_parsed, "a parser"
)
READS = (Reads("04 framing", "terms of a list", frozenset({"en"}), lambda _: True, ""), UNLISTED)
