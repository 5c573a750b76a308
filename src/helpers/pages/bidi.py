"""Text in two directions and many languages, so that a browser shows and reads it in its own order."""

import re
import unicodedata

from markupsafe import Markup

from helpers.text import is_right_to_left, read_as

__all__ = ["attributes", "is_mirrored", "isolated"]
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_ANY = re.compile(f"[{_RTL}]")
# What stands in our quotation marks, or a run of a script from right to left: no mark of an English sentence
# is part of it, nor a last Latin digit.
_RUN = re.compile(rf"(?<=“)[^“”]+(?=”)|[{_RTL}](?:[{_RTL}\s\u200c\u200d\d«»‹›\-–٪%]*[{_RTL}])?")
_TAGS = re.compile(r"(<[^<>]*>)")
# Scripts that one language of the twelve has alone, or letters that tell two languages apart.
_SCRIPTS = (
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("fa", re.compile(r"[پچژگکی\u06f0-\u06f9]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)


def is_mirrored(text: str) -> bool:
    """Return whether the first letter of a text is of a script from right to left.

    >>> is_mirrored("«پل» 3"), is_mirrored("3 in روزنامه")
    (True, False)
    """
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def isolated(html: Markup) -> Markup:
    """Return the HTML of a sentence, each run of a script from right to left apart from what is around it.

    >>> isolated(Markup("“پل”, 3 in X"))
    Markup('“<bdi lang="fa">پل</bdi>”, 3 in X')
    """
    if html.isascii():
        return html
    parts = _TAGS.split(str(html))
    return Markup("".join(part if part.startswith("<") else _RUN.sub(_apart, part) for part in parts))


def _apart(run: re.Match[str]) -> str:
    """Return a run as an element of its own."""
    if not _ANY.search(run.group()):
        return run.group()
    return f'<bdi lang="{_by_script(run.group()) or "ar"}">{run.group()}</bdi>'


def attributes(text: str, language: str = "") -> Markup:
    """Return the attributes that tell the direction and language of a quoted text; none for plain English.

    Without its `language` only a script that one language has alone tells it.

    >>> attributes("پل لارن"), attributes("Brücke", "de"), attributes("bridge")
    (Markup(' dir="rtl" lang="fa"'), Markup(' lang="de"'), Markup(''))
    """
    if text.isascii() and not language:
        return Markup("")
    code = read_as(language) if language else _by_script(text)
    mirrored = is_mirrored(text) or (bool(language) and is_right_to_left(language))
    side = ' dir="rtl"' if mirrored else ' dir="ltr"' if _ANY.search(text) else ""
    told = (
        f' lang="{code}"'
        if re.fullmatch(r"[a-z]{2,3}", code) and code != "en" and (mirrored or not side)
        else ""
    )
    return Markup(side + told)


def _by_script(text: str) -> str:
    """Return the language that a script tells, or nothing."""
    return next((code for code, letters in _SCRIPTS if letters.search(text)), "")
