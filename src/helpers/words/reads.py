"""What the counts of words can be read in."""

from helpers.text import LANGUAGES_GIVEN, Reads
from helpers.words.richness import MADE_FOR

__all__ = ["READS"]
READS = (
    Reads(
        "01 wording", "words that set outlets apart, within a language", LANGUAGES_GIVEN, lambda _: True, ""
    ),
    Reads(
        "01 wording",
        "how hard a text is to read (LIX)",
        frozenset(),
        MADE_FOR["LIX"].__contains__,
        "an index made for that language",
    ),
)
