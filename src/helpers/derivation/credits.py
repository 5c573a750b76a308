"""Credit lines: whether an outlet's name in one credits its report."""

import re
from functools import cache

__all__ = ["finder", "is_spoken", "names_earlier", "names_report", "other_name"]
# Who speaks on a programme of the other outlet does not credit its report; a longer name is another outlet.
SPEAKS = frozenset("told said interview interviewed appeared appearing appearance spoke speaking".split())
NO_PART = frozenset("The A An According By From In On Via Source Sources Courtesy But And".split())
LONGER = re.compile(
    r" (?:TV|Television|Radio|Magazine|Group|Online|Business|Sports?|World|Podcast|podcast|newsletter)\b"
)
# A programme of the outlet, on which somebody spoke.
PROGRAMME = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ ){0,3}(?:[Ss]how|[Pp]rogram(?:me)?s?|[Pp]odcasts?|[Bb]ulletin|[Bb]roadcasts?)\b"
)
# Right before the name: it is where somebody spoke, and need not have written of it.
SPOKEN = re.compile(
    r"\b(?:told|interview (?:with|to|for|on)|disclosed to|spoke to|speaking to) (?:the )?$", re.I
)
# The year of what is credited: at the head of the sentence, with the verb, or beside the noun.
YEAR = re.compile(
    r"^\W*(?:(?:as|already|back|early|late) )*(?:in|since) (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b"
    r"|\b(?:reported|revealed|wrote|published|disclosed)(?: (?:already|back|first))* in "
    r"(?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d) (?:[a-z]+ )?(?:report|article|investigation|story|interview|series)\b",
    re.I,
)
# What stands right before an outlet's name, or after it, where its report is meant.
BEFORE = re.compile(
    r"\b(?:told|interview with|per|disclosed to|appeared in"
    r"|(?:obtained|seen|uncovered|broken|disclosed|revealed|published|reviewed) (?:by|in)"
    r"|exclusively (?:by|in|to)|originally (?:by|in|on|for)) (?:the )?$",
    re.I,
)
AFTER = re.compile(
    r"^,? (?:(?:has|had|first|exclusively|also|later|which) )*"
    r"(?:revealed|disclosed|broke|published|uncovered|obtained|has seen|first had)\b"
)


@cache
def finder(name: str) -> re.Pattern[str]:
    """Return what finds a name that stands by itself."""
    return re.compile(rf"\b{re.escape(name)}\b")


def names_report(before: str, after: str) -> bool:
    """Return whether an outlet's name between these words means its report, as a source of what is told.

    >>> names_report("She told the ", " that it rained."), names_report("A van of the ", " came.")
    (True, False)
    """
    alone = not (before + after).strip(" ()[]—–-.")
    return alone or bool(BEFORE.search(before) or AFTER.match(after))


def other_name(before: str, after: str) -> str:
    """Return why an outlet's name between these words is no credit line of its report; empty if it is one."""
    words = [word.strip("“”\"',.:;()") for word in before.split()]
    if [word for word in words[-2:] if word != "the"][-1:] == ["on"] and SPEAKS & set(words):
        return "names a programme of the other outlet, not its report"
    within = len(words) > 1 and words[-1][:1].isupper() and before[-1:] == " " and words[-1] not in NO_PART
    if (within and before.rstrip()[-1:].isalnum()) or LONGER.match(after):
        return "part of a longer name"
    if PROGRAMME.match(after):
        return "names a programme of the other outlet, not its report"
    return ""


def is_spoken(before: str) -> bool:
    """Return whether somebody spoke to the outlet named after these words.

    >>> is_spoken("as the minister told the "), is_spoken("as reported by the ")
    (True, False)
    """
    return bool(SPOKEN.search(before))


def names_earlier(text: str, published: str) -> bool:
    """Return whether a sentence credits a report of a year before the other one was published.

    >>> names_earlier("In 2017 the Anchor reported rust.", "2025-08-19"), names_earlier("In 2017", "unknown")
    (True, False)
    """
    year = YEAR.search(text) if published[:4].isdigit() else None
    return year is not None and int(year[year.lastindex or 0]) < int(published[:4])
