"""Titles in quotation marks: of programmes, books, songs and campaigns, which nobody says."""

import re
from collections.abc import Container

__all__ = ["is_title"]
# Words that titles write small.
SMALL = frozenset("a an the of and or nor but for to in on at by with from as is it vs if".split())
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
LONGEST = 12
# What somebody or something is called is a label, and stays a quotation.
LABELS = frozenset(
    "called calls calling dubbed nicknamed labeled labelled branded termed deemed known as so-called".split()
)
# What says, besides the listed verbs, that words are somebody's: "chants of", "a sign reading".
UTTERED = frozenset(
    """chant chants chanting chanted shout shouts shouting shouted yell yells yelling yelled sign signs read
    reads reading saying words word phrase slogan term tweet tweets tweeted wrote write writes""".split()
)
# What calls a work by its title.
KINDS = frozenset(
    """album article ballad blog book column comedy documentary drama editorial episode exhibition feature
    film game headline memoir movie musical newsletter novel painting play podcast poem program programme
    report series show sitcom single song soundtrack special star thriller titled entitled video
    host""".split()
)
# What stands before the title of a programme or a book: "on", "host of", "an interview with".
PLACING = frozenset("on of from in with to".split())
NEAR = 3


def is_title(text: str, start: int, end: int, verbs: Container[str] = ()) -> bool:
    """Return whether the quotation at `start` to `end` is a title: every word in capitals but the small ones.

    It is one where a kind of work is named beside it ("her book, “The Quay”", also one word alone), or
    where two words or more follow a preposition or a possessive, as in "on “Ferry on Air”" and "Elby TV's
    “Quay Today”". What is left stays a quotation: "a “War on Roses”" may be somebody's words. So does
    what reports speech (`verbs`, the first words of the listed forms) or says what somebody is called.
    The rule was made on 210 US reports (PolNeAR, development part), and narrowed on 150 others (BASIL,
    2010 to 2014), where two of 38 that it took without the preposition were somebody's words; of the 27
    it takes there now none is, one is a slogan.

    >>> said = "Doe said on “Ferry on Air” that “Very sorry” is no answer."
    >>> is_title(said, 12, 26), is_title(said, 32, 44)
    (True, False)
    """
    words = WORD.findall(text[start + 1 : end - 1])
    if not _written_as_title(words):
        return False
    lead = text[max(0, start - 60) : start]
    before = [word.casefold() for word in WORD.findall(lead)][-NEAR:]
    after = WORD.match(text[end : end + 30].lstrip(" "))
    named = bool(KINDS & set(before)) or (after is not None and after.group().casefold() in KINDS)
    if not before or not _ends_in_word(lead, comma=named):
        return False
    if before[-1] in verbs or (set(before) & (UTTERED | LABELS) and not named):
        return False
    placed = before[-1] in PLACING or before[-1].endswith(("'s", "’s"))
    return named or (placed and len(words) > 1 and text[end - 2] not in "?!")


def _written_as_title(words: list[str]) -> bool:
    """Return whether words are few, all different, and in capitals but the small ones after the first."""
    if not 0 < len(words) <= LONGEST or len({word.casefold() for word in words}) < len(words):
        return False
    return words[0][0].isupper() and all(w[0].isupper() or w[0].isdigit() or w in SMALL for w in words)


def _ends_in_word(lead: str, *, comma: bool) -> bool:
    """Return whether a word stands right before a quotation in its sentence, or a comma where one may."""
    bare = lead.rstrip(" \xa0")
    return bool(bare) and (bare[-1].isalnum() or (comma and bare[-1] == ","))
