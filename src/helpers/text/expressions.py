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
        char, following = pattern[place], pattern[place + 1 : place + 2]
        if char == "\\":
            if inside and following in ("W", "S"):
                raise re2.error(_NEGATED)
            if following == "u":
                parts.append(f"\\x{{{pattern[place + 2 : place + 6]}}}")
                place += 6
                continue
            parts.append((_INSIDE if inside else _OUTSIDE).get(following, char + following))
            place += 2
            continue
        if char == "[" and not inside:
            inside = True
            # A bracket that comes first in a set is one of its characters.
            first = pattern[place + 1 : place + 3]
            char += "^" if first[:1] == "^" else ""
            char += "\\]" if first.removeprefix("^")[:1] == "]" else ""
            place += len(char.replace("\\", "")) - 1
        elif char == "]":
            inside = False
        parts.append(char)
        place += 1
    return "".join(parts)
