"""Texts as hashed runs of words (shingles): what every search for shared wording consumes."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

__all__ = [
    "Batch",
    "Hashes",
    "Words",
    "batches",
    "raw_words",
    "roll",
    "word_batches",
    "word_hashes",
]
Hashes = np.ndarray[tuple[int], np.dtype[np.uint64]]
# Any odd multiplier keeps all 64 bits; this one is 2**64 divided by the golden ratio.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
# Code points hashed at a time (they stay in the processor's cache), and code points of reports joined.
PIECE, BATCH = 1 << 16, 1 << 21
# Written without spaces (Thai, kana, ideographs): each of their letters is a word, as in segmentation.
ALONE = ((0xE01, 0xE30), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
ALONE_ASTRAL = 0x20000


class Words(NamedTuple):
    """The words of a text: their hashes, and their code points from start to before end."""

    hashes: Hashes
    start_char: np.ndarray
    end_char: np.ndarray


class Batch(NamedTuple):
    """Shingles of some texts in a row: number of the text, place of the first word, and hash."""

    text: np.ndarray
    position: np.ndarray
    shingle: Hashes


def word_hashes(norms: Sequence[str] | pd.Series) -> Hashes:
    """Return the 64-bit hash of every word, the same in every process and on every machine."""
    codes, words = pd.factorize(norms if isinstance(norms, pd.Series) else np.asarray(norms, dtype=object))
    return pd.util.hash_array(np.asarray(words, dtype=object), categorize=False)[codes]


def roll(words: Hashes, *, n: int) -> Hashes:
    """Return the hash of each run of `n` words, in order; empty where there are fewer.

    A polynomial in the words' hashes (Karp and Rabin 1987), its bits mixed.
    """
    return _mixed(_polynomial(words, n).copy())


def raw_words(text: str, *, plain: bool = False) -> Words:
    """Return the words of a raw text of any script: runs of letters, digits and their marks, case folded.

    Composed and decomposed letters (NFC, NFD) are the same word; apostrophes and hyphens divide words.
    With `plain` the words are scikit-learn's: two or more letters, digits or underscores, lower case,
    and the offsets are those of `text.lower()`.
    """
    if plain:
        return _found(text.lower(), plain=True)
    found = _found(text)
    return found._replace(hashes=_found(_composed(text)).hashes)


def batches(texts: Iterable[str], *, n: int) -> Iterator[Batch]:
    """Yield the shingles of `n` words of many texts, some texts at a time; a text is never divided.

    This is what every engine consumes, so that all of them find the same. Raises ValueError for n < 1.
    """
    if n < 1:
        raise ValueError(f"n must be 1 or more, not {n}")
    for part in word_batches(texts):
        hashes = roll(part.shingle, n=n)
        inside = np.flatnonzero(part.text[: len(hashes)] == part.text[n - 1 :][: len(hashes)])
        yield Batch(part.text[inside], part.position[inside], hashes[inside])


def word_batches(texts: Iterable[str], *, plain: bool = False) -> Iterator[Batch]:
    """Yield the single words of many texts, some texts at a time; `plain` as in `raw_words`."""
    first = 0
    for group in _groups(text.lower() for text in texts) if plain else _groups(map(_composed, texts)):
        found = _found("\n".join(group), plain=plain)
        edges = np.cumsum([0, *(len(text) + 1 for text in group)])
        bounds = np.searchsorted(found.start_char, edges)
        text = np.repeat(np.arange(len(group)), np.diff(bounds))
        yield Batch(text + first, np.arange(len(text)) - bounds[text], found.hashes)
        first += len(group)


def _polynomial(words: Hashes, n: int) -> Hashes:
    """Return the polynomial in each run of `n` words, from those of half as many."""
    if n == 1 or len(words) < n:
        return words[: max(len(words) - n + 1, 0)]
    half = _polynomial(words, n // 2)
    total = half[: len(words) - n // 2 * 2 + 1] * np.uint64(pow(int(_MULTIPLIER), n // 2, 1 << 64))
    total += half[n // 2 :]
    if n % 2:
        total = total[:-1] * _MULTIPLIER
        total += words[n - 1 :]
    return total


def _mixed(total: Hashes) -> Hashes:
    """Return numbers with their bits mixed (SplitMix64, Steele et al. 2014), in place."""
    for shift, factor in zip((30, 27), _MIX, strict=True):
        total ^= total >> np.uint64(shift)
        total *= factor
    total ^= total >> np.uint64(31)
    return total


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in lists, each little longer than a batch."""
    group: list[str] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text)
        if size >= BATCH:
            yield group
            group, size = [], 0
    if group:
        yield group


def _composed(text: str) -> str:
    """Return the text with letters and marks composed (NFC), unless that changes how many words it has."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return composed if len(_found(composed).hashes) == len(_found(text).hashes) else text


def _found(text: str, *, plain: bool = False) -> Words:
    """Return the words of a text, hashed piece by piece; a piece ends where a word does."""
    parts, start = [], 0
    while start < len(text):
        end = _cut(text, start, plain)
        part = _piece(text[start:end], plain)
        parts.append(Words(part.hashes, part.start_char + start, part.end_char + start))
        start = end
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Words(nothing.astype(np.uint64), nothing, nothing)
    return Words(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _cut(text: str, start: int, plain: bool) -> int:
    """Return where the piece from `start` ends: at its last blank, else after the word that runs on.

    A word longer than a piece is divided.
    """
    end = start + PIECE
    if end >= len(text):
        return len(text)
    blank = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    if blank > start:
        return blank
    kinds = _alphabet(plain)[1]
    last = min(end + PIECE, len(text))
    return next((place for place in range(end, last) if not kinds[ord(text[place])]), last)


def _piece(text: str, plain: bool) -> Words:
    """Return the words of a short text.

    A word's hash is the sum of its letters' hashes times powers of an odd number, so that one running
    sum gives all words at once; dividing by the first power makes it the same at every place.
    """
    letters, kinds = _alphabet(plain)
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places = codes.astype(np.intp)
    kind = np.zeros(len(codes) + 2, dtype=np.uint8)
    kinds.take(places, out=kind[1:-1], mode="clip")
    inside = kind > 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    start_char, end_char = edges[::2], edges[1::2]
    if (kind == 3).any():
        before, here = kind[:-1], kind[1:]
        apart = np.flatnonzero((here > 0) & (before > 0) & ((here == 3) | ((before == 3) & (here != 2))))
        start_char, end_char = np.union1d(start_char, apart), np.union1d(end_char, apart)
    if plain:
        long = end_char - start_char > 1
        start_char, end_char = start_char[long], end_char[long]
    powers, inverses = _powers()
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    hashes = letters.take(places, mode="clip")
    hashes *= powers[: len(codes)]
    np.cumsum(hashes, out=sums[1:])
    return Words((sums[end_char] - sums[start_char]) * inverses[start_char], start_char, end_char)


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """Return the powers of the multiplier and of its inverse, modulo 2**64, as many as a piece needs."""
    inverse = np.uint64(pow(int(_MULTIPLIER), -1, 1 << 64))
    tables = []
    for factor in (_MULTIPLIER, inverse):
        table = np.full(2 * PIECE + 1, factor, dtype=np.uint64)
        table[0] = 1
        tables.append(np.multiply.accumulate(table))
    return tables[0], tables[1]


@cache
def _alphabet(plain: bool) -> tuple[Hashes, np.ndarray]:
    """Return, by code point, a hash (0 outside words) and a kind: 0 none, 1 letter, 2 mark, 3 alone."""
    codes = np.arange(0x110000, dtype=np.uint32)
    kinds = np.strings.isalnum(codes.view("U1")).astype(np.uint8)
    folded = codes.copy()
    if plain:
        kinds[ord("_")] = 1
    else:
        for code in range(0x300, 0xFFFF):
            if unicodedata.category(chr(code)) in ("Mn", "Mc"):
                kinds[code] = 2
        for first, last in ALONE:
            kinds[first : last + 1] *= np.where(kinds[first : last + 1] == 1, 3, 1).astype(np.uint8)
        kinds[ALONE_ASTRAL:0x40000] *= 3
        cased = np.strings.isupper(codes.view("U1")) | np.strings.islower(codes.view("U1"))
        for code in np.flatnonzero(cased).tolist():
            folded[code] = _fold(chr(code))
    hashes = _mixed(folded.astype(np.uint64) + np.uint64(1)) | np.uint64(1)
    return np.where(kinds > 0, hashes, np.uint64(0)), kinds


def _fold(letter: str) -> int:
    """Return the code point of a letter case-folded; of one that folds to several, its lower case's first."""
    folded = letter.casefold()
    return ord(folded if len(folded) == 1 else letter.lower()[0])
