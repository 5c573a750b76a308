"""Every regular expression of the package ends: time grows no faster than the text, times its logarithm."""

import re
import time
from collections.abc import Callable

import pytest
from expressions import pumped, used

from helpers.names import mentions
from helpers.pages import opening
from helpers.synopsis import foreign
from helpers.text import agencies, finder, segmentation
from helpers.voices import orders

# The first size is for what doubles with each character.
SIZES = (20, 400, 1_250, 5_000)
# Code points before a name in which its title is looked for.
REACH = 60
# Seconds under which a growth is not told from the clock's own.
LEAST = 0.004
# Four times the text takes 4.7 times as long by N log N, 16 times by the square.
GROWTH = 8
USED, MADE = used()
# Expressions made from data, and one made so, with its use.
FROM_DATA = {
    "derivation.evidence": (re.compile(rf"\b{re.escape('Iran Press')}\b"), "search"),
    "pages.opening": (re.compile("|".join([re.escape("Iran Press"), opening._NO_COUNT])), "search"),
    "pages.proofs": (re.compile(r"(?<!\w)the\s+quay\s+was\s+shut(?!\w)", re.IGNORECASE), "search"),
    "derivation.credits": (re.compile(rf"\b{re.escape('Iran Press')}\b"), "search"),
    "names.mentions": (mentions._title_expression(mentions.HONORIFICS), "at_end"),
    "synopsis.foreign": (foreign._number_expression("de"), "finditer"),
    "text.segmentation": (segmentation._titled("fr"), "at_end"),
    "voices.orders": (orders._verb("fr", "before"), "search"),
    "text.agencies": (agencies._KNOWN[0][1], "search"),
    "text.localised": (re.compile(r"\b(?:Dienstag|2024)(?!\w)"), "sub"),
    "text.finder": (finder._expression(finder._Matcher("U*s war-time a* k*d", False, False)), "match"),
}
CALLS: dict[str, Callable[[re.Pattern, str | bytes], object]] = {
    "match": lambda expression, text: expression.match(text),
    "fullmatch": lambda expression, text: expression.fullmatch(text),
    "search": lambda expression, text: expression.search(text),
    "at_end": lambda expression, text: expression.search(text, max(0, len(text) - REACH)),
}


def seconds(expression: re.Pattern, method: str, text: str) -> float:
    call = CALLS.get(method, lambda expression, text: sum(1 for _ in expression.finditer(text)))
    given = text.encode("latin-1", "replace") if isinstance(expression.pattern, bytes) else text
    start = time.process_time()
    call(expression, given)
    return time.process_time() - start


def grows(expression: re.Pattern, method: str, shorter: str, longer: str) -> bool:
    """Return whether the longer string takes more than its share of time; an outlier is measured again."""
    for _ in range(4):
        long = seconds(expression, method, longer)
        if long < LEAST or long < GROWTH * seconds(expression, method, shorter):
            return False
    return True


def worst(expression: re.Pattern, method: str) -> str:
    """Return the begin of a string that takes the expression too long, or nothing."""
    for least, small, middle, large in pumped(expression, SIZES):
        if seconds(expression, method, least) > LEAST and seconds(expression, method, least) > LEAST:
            return repr(least)
        if grows(expression, method, small, middle) or grows(expression, method, middle, large):
            return repr(large[:60])
    return ""


def test_all_expressions_are_looked_at():
    assert len(USED) > 100
    assert {place.partition(":")[0] for place in MADE} <= set(FROM_DATA)


@pytest.mark.parametrize("one", USED, ids=lambda one: f"{one.place}-{one.method}".encode("ascii", "replace"))
def test_an_expression_takes_time_in_proportion(one):
    assert not worst(one.expression, one.method)


@pytest.mark.parametrize("place", FROM_DATA)
def test_an_expression_made_from_data_takes_time_in_proportion(place):
    assert not worst(*FROM_DATA[place])


def test_what_nests_a_star_in_a_star_is_found():
    assert worst(re.compile(r"\s+x$"), "search")
    assert worst(re.compile(r"(?:[A-Z]+|\d)*!"), "match")
