"""What reports can be set side by side in."""

from helpers.synopsis.locales import writing_of
from helpers.text import LANGUAGES_GIVEN, Reads, is_parsed

__all__ = ["LACKING", "READS", "TOLLS", "VALUES"]
VALUES = Reads(
    "06 synopsis",
    "numbers and dates that differ",
    LANGUAGES_GIVEN,
    lambda language: writing_of(language) is not None,
    "words for numbers and dates",
)
SCOPES = Reads(
    "06 synopsis", "scopes, and names that no list has", frozenset({"en"}), {"en"}.__contains__, "rules"
)
LACKING = Reads("06 synopsis", "what one report lacks", frozenset({"en"}), is_parsed, "a parser")
TOLLS = Reads("06 synopsis", "how many people were hurt", frozenset({"en"}), {"en"}.__contains__, "rules")
READS = (
    Reads("06 synopsis", "parts that tell the same", LANGUAGES_GIVEN, lambda _: True, ""),
    VALUES,
    SCOPES,
    LACKING,
    TOLLS,
)
