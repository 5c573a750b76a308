"""What a stretch of text ends with, looked for in its last characters alone."""

import re

__all__ = ["REACH", "at_end"]
# Characters from the end in which an ending may begin; an auxiliary, an adverb and blanks have under fifty.
REACH = 400


def at_end(expression: re.Pattern[str], text: str) -> re.Match[str] | None:
    r"""Return the match of an expression that ends in `$`, where it begins in the last REACH characters.

    Tried from every place of a long sentence, such an expression takes time by the square of its length.

    >>> at_end(re.compile(r"the\s+$"), "praised the ").start()
    8
    """
    return expression.search(text, max(0, len(text) - REACH))
