"""Bytes in, text out: which encoding a file is in, and what of that is a guess."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import charset_normalizer
from charset_normalizer.constant import IANA_SUPPORTED

from helpers.text.problems import Refused, without_surrogates

__all__ = ["control_mend", "decode", "decode_list", "is_utf_8"]
# Bytes of a text among which one stray byte is allowed.
STRAY = 500
# Code points of a text among which one control character is allowed: of a text read in a wrong encoding,
# and of what is no text, one in ten is one.
CONTROLLED = 100
# Characters judged where an encoding is told by what it makes of a text.
JUDGED = 4_096
ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"(\xb5/\xfd": "zstd",
    b"\xfd7zXZ": "xz",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"%PDF-": "PDF",
    b"\xd0\xcf\x11\xe0": "old Word or Excel",
}
_PACKED = tuple(ARCHIVES)
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_META_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,80}encoding)\s*+=\s*+[\"']?\s*+([\w.:-]{2,30})", re.IGNORECASE
)
# Names that pages give to a part of an encoding and mean the whole (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# What texts are written in, by the same standard; other encodings are read where a page declares them.
_GUESSED = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859_2 iso8859_5 iso8859_6 iso8859_7 "
    "koi8_r koi8_u cp866 mac_roman cp874 gb18030 big5 cp932 euc_jp cp949"
).split()
_USUAL = "cp1252"
# What letters of other alphabets become in it: signs in the midst of a word.
_SIGN_IN_WORD = re.compile(
    r"[^\W\d_][\u00a1-\u00a9\u00ab-\u00ac\u00ae-\u00b6\u00b8\u00b9\u00bb-\u00bf][^\W\d_]"
)
# Control characters but tabs, line ends and page ends.
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r"})
_ESCAPED = re.compile(rb"\x1b\$[@B]|\x1b\$\([DO]")
_FAMILIAR = frozenset(" \n\t\r.,;:!?()-'\"0123456789“”‘’«»–—…、。，：；？！「」（）·،؛؟।۔")
_TOGETHER = dict.fromkeys(
    ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"), "CJK"
)


def decode(raw: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text that bytes hold, line ends normalised, and a note of what is a guess or looks wrong.

    `declared` is the encoding that what brought the bytes says they are in. Raises Refused where they
    hold no text that can be told.
    """
    if raw.startswith(_PACKED):
        kind = next(kind for start, kind in ARCHIVES.items() if raw.startswith(start))
        raise Refused(f"a {kind} file by its first bytes; unpack it and save its text")
    if raw.isascii() and not _has_controls(raw):
        return _line_ends(raw.decode("ascii")), ""
    text, note = _marked(raw) or _plain(raw, declared)
    told = control_mend(text)
    if told:
        raise Refused(told)
    if controls := _CONTROL.findall(text):
        line = text.count("\n", 0, text.index(controls[0])) + 1
        s = "" if len(controls) == 1 else "s"
        kinds = "NUL" if set(controls) == {"\0"} else "control"
        told = f"{len(controls):,} {kinds} character{s} in it, the first in line {line:,}"
        note = f"{note}; {told}" if note else told
    return _line_ends(text), note


def _line_ends(text: str) -> str:
    """Return a text whose lines end in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _has_controls(raw: bytes) -> bool:
    """Return whether one of the bytes is a control character."""
    return len(raw.translate(None, _CONTROLS)) < len(raw)


def decode_list(raw: bytes) -> str:
    """Return the text of a list: UTF-8, or what the mark at its beginning says. Raises Refused otherwise."""
    marked = _marked(raw)
    try:
        text = marked[0] if marked else raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"not UTF-8 (byte {error.start:,}); save it as UTF-8") from error
    told = control_mend(text)
    if told:
        raise Refused(told)
    return text


def is_utf_8(raw: bytes) -> bool:
    """Return whether bytes begin with no mark of a wider encoding than UTF-8."""
    return not raw.startswith(tuple(mark for mark, _ in _MARKS))


def control_mend(text: str) -> str:
    """Return what to do about a text with more control characters than a text has, or nothing."""
    n = len(_CONTROL.findall(text))
    if n <= max(1, len(text) // CONTROLLED):
        return ""
    told = f"{n:,} of its {len(text):,} characters are control characters"
    return f"{told}: no text, or of an unknown encoding; save it as UTF-8"


def _marked(raw: bytes) -> tuple[str, str] | None:
    """Return the text of bytes that begin with the mark of an encoding, without it; else None."""
    if raw.startswith(codecs.BOM_UTF8):
        try:
            return raw.decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            return None
    name = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if not name:
        return None
    try:
        return raw.decode(name), ""
    except UnicodeDecodeError as error:
        raise Refused(f"begins as {name.upper()} but is not; save it as UTF-8") from error


def _plain(raw: bytes, declared: str) -> tuple[str, str]:
    """Return the text of bytes without a mark, and a note where its encoding is a guess."""
    if _has_controls(raw) and (found := _escaped(raw) or _wide(raw)):
        return found[0], f"not UTF-8; read as {found[1]}, which is a guess"
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        text, note = _nearly(raw)
    if not note:
        text, encoding, told = _guess(raw, declared)
        note = f"not UTF-8; read as {encoding}, {told}"
    return text, note


def _escaped(raw: bytes) -> tuple[str, str] | None:
    """Return the text of Japanese mail and old pages, whose character sets change by escapes; or None."""
    if not _ESCAPED.search(raw):
        return None
    try:
        return raw.decode("iso2022_jp_2"), "iso-2022-jp"
    except UnicodeDecodeError:
        return None


def _wide(raw: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-16 or UTF-32 without a mark, and its name; None where neither makes sense.

    Of the readings that make sense the one with the most blanks and stops is taken.
    """
    found = []
    for name in _WIDE:
        text = raw[: 4 * JUDGED].decode(name, errors="replace")[:JUDGED]
        if sense := _sense(text):
            found.append((sense, name))
    if not found:
        return None
    name = max(found)[1]
    return raw.decode(name, errors="replace"), name


def _sense(text: str) -> float:
    """Return the share of blanks and stops in a text that may be one: nearly all letters of one script.

    0 where more than one code point in 200 is none of a text, or letters are of several scripts.
    """
    if not text:
        return 0
    odd = sum(
        unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r" for char in text
    )
    odd += text.count("\ufffd")
    familiar = sum(char in _FAMILIAR for char in text) / len(text)
    if odd > max(1, len(text) / 200) or familiar < 0.01:
        return 0
    scripts = Counter(_scripts(text))
    latin, letters = scripts.pop("LATIN", 0), sum(scripts.values())
    one = max(scripts.values(), default=0)
    return familiar if latin + one >= 0.95 * (latin + letters) > 0 else 0


def _scripts(text: str) -> Iterator[str]:
    """Yield the script of every letter and mark, by its name in Unicode; those of East Asia are one."""
    for char in text:
        if unicodedata.category(char)[0] in "LM":
            first = unicodedata.name(char, "").partition(" ")[0]
            yield _TOGETHER.get(first, first)


def _nearly(raw: bytes) -> tuple[str, str]:
    """Return a text that is UTF-8 but for few stray bytes, each shown as U+FFFD, and a note; else no note.

    Nearly UTF-8 is a text with more whole characters of several bytes than stray bytes, and with at most
    one stray byte in STRAY, or with three times as many: of another encoding, hardly any such run of bytes
    is UTF-8 by chance.
    """
    text = raw.decode("utf-8-sig", errors="replace")
    stray = text.count("\ufffd") - raw.count("\ufffd".encode())
    whole = sum(ord(char) > 127 for char in text) - stray
    if whole <= stray or (stray > max(len(raw) // STRAY, 1) and whole < 3 * stray):
        return text, ""
    first = text.find("\ufffd")
    line = text.count("\n", 0, first) + 1
    bytes_ = "byte that is" if stray == 1 else "bytes that are"
    return text, f"{stray:,} {bytes_} not UTF-8, shown as \ufffd; the first stands in line {line:,}"


def _declared(raw: bytes, declared: str) -> tuple[str, str] | None:
    """Return the text and the encoding that a page or what brought it declares; None where it is in none."""
    own = _META_CHARSET.search(raw[:4096])
    for name in filter(None, (declared, own.group(1).decode("ascii") if own else "")):
        try:
            known = codecs.lookup(name).name
            meant = _MEANT.get(known, known)
            # Python decodes more than the encodings of texts: escapes, host names, archives.
            if meant.replace("-", "_") in IANA_SUPPORTED and not meant.startswith("utf"):
                return _whole(raw, meant), name
        except (ValueError, LookupError):
            continue
    return None


def _guess(raw: bytes, declared: str) -> tuple[str, str, str]:
    """Return text, encoding and how it is known: as the page declares, else the likeliest."""
    if found := _declared(raw, declared):
        return *found, "as it declares"
    matches = list(charset_normalizer.from_bytes(raw, cp_isolation=_GUESSED, enable_fallback=False))
    if not matches:
        raise Refused("neither UTF-8 nor an encoding that can be told; save the report as UTF-8")
    best = matches[0]
    alike = [m for m in matches if m.chaos <= best.chaos + 0.01 and m.coherence >= best.coherence - 0.05]
    usual = any(m.encoding == _USUAL for m in alike) and not _SIGN_IN_WORD.search(_whole(raw, _USUAL))
    encoding = _USUAL if usual else best.encoding
    return _whole(raw, encoding), encoding, "which is a guess"


def _whole(raw: bytes, encoding: str) -> str:
    """Return bytes as text; the five that Windows-1252 leaves open are controls, as in browsers."""
    if encoding == _USUAL:
        return raw.decode(encoding, errors="variorum-c1")
    return without_surrogates(raw.decode(encoding))


def _c1(error: UnicodeError) -> tuple[str, int]:
    """Return the control character that a byte without a meaning stands for."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("variorum-c1", _c1)
