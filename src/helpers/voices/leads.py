"""Quotations without marks: the paragraph that a line such as "The Post reports:" leads into."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["led_paragraphs"]
# How a line ends that gives the word to somebody: with a verb of speech, and at most where or to whom.
LEAD = re.compile(
    r"\b(?:adds|added|continues|continued|explains|explained|posted|reads|read|reports|reported|says|said"
    r"|states|stated|tweeted|writes|wrote|told(?: [\w.'’-]+){1,6})"
    r"(?: (?:at|by|during|in|on|to|via)(?: [\w.'’-]+){1,8})?"
    r"(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?:\s*$"
)
LONGEST_LEAD = 300
FEWEST_WORDS = 6
# What a paragraph without marks begins with that is somebody's words, and no list, link or heading.
PROSE = re.compile(r"(?:…|\.\.\.)?\s?[^\W\d_][^\n]*[.!?…]\s*$")


def led_paragraphs(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    r"""Yield the paragraphs of prose behind a line that ends in a verb of speech and a colon.

    >>> said = "The Post reports:\n\nThe quay is closed until the end of May.\n\nIt rains."
    >>> [said[start:end] for start, end in led_paragraphs(said, [(0, 17), (19, 60), (62, 71)])]
    ['The quay is closed until the end of May.']
    """
    for (first, last), (start, end) in pairwise(paragraphs):
        lead, words = text[first:last], text[start:end]
        if len(lead) > LONGEST_LEAD or not LEAD.search(lead):
            continue
        if PROSE.match(words) and len(words.split()) >= FEWEST_WORDS and not words.rstrip().endswith(":"):
            yield start, start + len(words.rstrip())
