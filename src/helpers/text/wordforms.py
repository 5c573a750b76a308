"""What a word is in any script, and the form in which it is counted."""

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["POSSESSIVE", "TOKEN", "is_word", "normalise", "word_spans", "words_in"]


def _marks() -> str:
    """Return the combining marks of the basic plane, which belong to the letter before them."""
    return "".join(chr(i) for i in range(0x300, 0xFFFF) if unicodedata.category(chr(i)) in ("Mn", "Mc"))


_MARKS = re.escape(_marks())
_LETTER = rf"[^\W_][{_MARKS}\u200c\u200d]*"
# Scripts written without spaces: a run of them is several words, which ICU's dictionaries cut.
_UNSPACED = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
# Hebrew abbreviations hold a mark before their last letter; one straight mark elsewhere ends a word.
_GERSHAYIM = r"(?:[\u05d0-\u05ea]+[\u05f4\"][\u05d0-\u05ea](?![\u05d0-\u05ea]))"
TOKEN = re.compile(
    rf"{_UNSPACED}+|{_GERSHAYIM}|(?:[^\W\d_]\.){{2,}}|\d+(?:[.,:٫٬]\d+)*(?!\w)|"
    rf"(?:(?!{_UNSPACED}){_LETTER})+(?:[-‐‑'’ʼ׳](?:(?!{_UNSPACED}){_LETTER})+)*"
)
POSSESSIVE = re.compile(r"(?<=\w)['’ʼ][sS]$")
_STRAIGHT = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "׳": "'", "״": '"', "İ": "i", "ـ": None}
)
_IS_UNSPACED = re.compile(_UNSPACED)
_KANA, _THAI = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u0e00-\u0e7f]")


def is_word(text: str) -> bool:
    """Return whether there is a letter or a digit in `text`."""
    return any(char.isalnum() for char in text)


def normalise(word: str) -> str:
    """Return the form a word is counted in: NFKC, case-folded, straight apostrophes and hyphens.

    >>> normalise("Gaza’s"), normalise("HONOUR"), normalise("İZMİR")
    ("gaza's", 'honour', 'izmir')
    """
    return unicodedata.normalize("NFKC", word.translate(_STRAIGHT)).casefold()


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every word of `text`; runs of a script without blanks are cut by ICU.

    >>> [text[a:b] for text in ("三年ぶりに再開通", "大桥星期五通车。") for a, b in word_spans(text)]
    ['三年', 'ぶり', 'に', '再開', '通', '大', '桥', '星期五', '通车']
    """
    for match in TOKEN.finditer(text):
        if match.end() - match.start() > 1 and _IS_UNSPACED.match(text, match.start()):
            for left, right in _cut(match.group()):
                yield match.start() + left, match.start() + right
        elif is_word(match.group()):
            yield match.span()


def words_in(text: str) -> list[str]:
    """Return the words of `text` in order, as they are written.

    >>> words_in("Il n'a pas dit « non ».")
    ['Il', "n'a", 'pas', 'dit', 'non']
    """
    return [text[start:end] for start, end in word_spans(text)]


def _cut(run: str) -> list[tuple[int, int]]:
    """Return the words of a run of letters without blanks, without the marks between them."""
    locale = "th" if _THAI.search(run) else "ja" if _KANA.search(run) else "zh"
    return [(left, right) for left, right in _segments(locale, run) if is_word(run[left:right])]


def _segments(locale: str, run: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of ICU's words; the library is loaded where a text has such a script."""
    from icu4py.breakers import WordBreaker

    place = 0
    for piece in WordBreaker(run, locale):
        yield place, place + len(piece)
        place += len(piece)
