"""Users' regular expressions, by an engine whose time grows with the text alone (RE2)."""

from functools import cache
from typing import Any

import re2

__all__ = ["regex_mend", "use_end"]
# Bytes that an expression and its search may take.
LARGEST = 12 << 20
# What RE2 does not do, by how its message begins or by what it names.
_LACKS = {
    "invalid perl operator: (?<": "looks behind; leave it out, for a use begins and ends at a word's edge",
    "invalid perl operator: (?=": "looks ahead; leave it out, for a use begins and ends at a word's edge",
    "invalid perl operator: (?!": "looks ahead; leave it out, for a use begins and ends at a word's edge",
    "invalid perl operator: (?>": "has an atomic group; write (?:...)",
    "invalid perl operator": "has a group that cannot be searched for; write (?:...)",
    "invalid named capture": "has a group that cannot be searched for; write (?:...)",
    "bad repetition operator": "repeats a repetition; take one out",
    "invalid repetition size": "repeats more than 1,000 times; take out repetitions",
    "pattern too large": "is too large to be searched for; take out repetitions",
}
# Classes of ASCII in RE2, of all scripts here: what stands inside a set, and outside where that differs.
_NEGATED = rb"has \W or \S inside [...]; write the characters themselves"
_WORD, _BLANK = r"\p{L}\p{M}\p{N}_", r"\s\x{1c}-\x{1f}\x{85}\p{Z}"
_INSIDE = {"w": _WORD, "d": r"\p{Nd}", "s": _BLANK, "D": r"\P{Nd}"}
_OUTSIDE = {"w": f"[{_WORD}]", "W": f"[^{_WORD}]", "d": r"\p{Nd}", "D": r"\P{Nd}"}
_OUTSIDE |= {"s": f"[{_BLANK}]", "S": f"[^{_BLANK}]", "Z": r"\z"}


def regex_mend(pattern: str) -> str:
    r"""Return what is wrong with a regular expression, or nothing.

    >>> regex_mend("victor(?:y|ies)"), regex_mend("(a+)+"), regex_mend(r"(a)\1")
    ('', '', 'refers back to a group; write the words out')
    """
    if "\0" in pattern:
        return "not a regular expression (it holds a NUL character); mend it"
    try:
        _compiled(pattern, exact=True)
    except re2.error as error:
        told = str(error.args[0], "utf-8", "replace")
        if error.args[0] == _NEGATED:
            return told
    else:
        return ""
    if told.startswith("invalid escape sequence: \\") and told[-1:].isdigit():
        return "refers back to a group; write the words out"
    lacks = next((mend for start, mend in _LACKS.items() if told.startswith(start)), "")
    return lacks or f"not a regular expression ({told}); mend it"


def use_end(pattern: str, text: str, ends: list[int], *, exact: bool) -> int:
    """Return the last of `ends` (places in `text`, rising) up to which `text` is one use, or 0.

    A search for the longest use, then one for each place in it, last first: each takes time by the length
    of `text` at most.
    """
    compiled = _compiled(pattern, exact=exact)
    whole = compiled.match(text)
    if not whole:
        return 0
    fits = (end for end in reversed(ends) if end <= whole.end() and compiled.fullmatch(text[:end]))
    return next(fits, 0)


@cache
def _compiled(pattern: str, *, exact: bool) -> Any:
    """Return the expression, its classes of letters, digits and blanks those of all scripts."""
    options = re2.Options()
    options.log_errors = False
    options.longest_match = True
    options.never_capture = True
    options.max_mem = LARGEST
    options.case_sensitive = exact
    return re2.compile(_of_all_scripts(pattern), options)


def _of_all_scripts(pattern: str) -> str:
    r"""Return an expression in whose classes the letters of all scripts count.

    >>> _of_all_scripts(r"\d[\d.]")
    '\\p{Nd}[\\p{Nd}.]'
    """
    parts, inside, place = [], False, 0
    while place < len(pattern):
        part, length = pattern[place], 1
        if part == "\\":
            part, length = _escape(pattern[place : place + 6], inside=inside)
        elif part == "[" and not inside:
            inside = True
            part, length = _set_start(pattern[place : place + 3])
        elif part == "]":
            inside = False
        parts.append(part)
        place += length
    return "".join(parts)


def _escape(ahead: str, *, inside: bool) -> tuple[str, int]:
    """Return the escape that a text begins with as RE2 has it, in a set or not, and its length."""
    following = ahead[1:2]
    if inside and following in ("W", "S"):
        raise re2.error(_NEGATED)
    if following == "u":
        return f"\\x{{{ahead[2:6]}}}", 6
    return (_INSIDE if inside else _OUTSIDE).get(following, ahead[:2]), 2


def _set_start(ahead: str) -> tuple[str, int]:
    """Return how a set begins, and the length: a bracket that comes first in it is one of its characters."""
    start = "[^" if ahead[1:2] == "^" else "["
    bracket = ahead[len(start) :][:1] == "]"
    return start + ("\\]" if bracket else ""), len(start) + bracket
