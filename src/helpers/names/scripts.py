"""Names that reports of one event write in different scripts: which stretch may be which name."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

import pandas as pd
from anyascii import anyascii

from helpers.names.tables import Mentions, OtherScripts, OtherScriptsTable, Spellings
from helpers.table import UNKNOWN, from_rows
from helpers.text import Documents, Tokens, overlaps

__all__ = ["FEWEST_CONSONANTS", "LIKE", "consonants_of", "names_in_other_scripts", "script_likeness"]
# Names of cities in 14 languages against the English ones (`benchmarks/scripts.py`, from the Unicode CLDR):
# .7 finds .82 to .91 of them (Chinese .44, Greek .64, Korean .68, Japanese .73), and takes one other city in
# a thousand to 2,600 for the same; shorter names are like too many others.
LIKE, FEWEST_CONSONANTS = 0.7, 4
# A name is written in as many parts, one more or one fewer; run together it has at most so many signs.
PARTS_APART, MOST_SIGNS = 1, 20
_VOWELS, _GLIDES = frozenset("aeiou"), frozenset("wyvh")
_ALIKE = tuple(map(frozenset, ("bpfvw", "dt", "kgqcxhj", "szcj", "lr", "mn")))
_PAIRS_OF_LETTERS = {
    "kh": "k",
    "gh": "g",
    "sh": "s",
    "ch": "c",
    "th": "t",
    "ph": "f",
    "zh": "z",
    "ts": "s",
    "dh": "d",
}
_DIGRAPH = re.compile("|".join(_PAIRS_OF_LETTERS))
# Foreign names are never in hiragana.
_UNSPACED = frozenset(("CJK", "KATAKANA", "KATAKANA-HIRAGANA", "THAI"))
_JOINTS = frozenset(("", " ", "-", "‐", "‑", "·", "・", "‧", "\u200c", "＝", "="))


def script_likeness(a: str, b: str) -> float:
    """Return how alike two names of different scripts are, from 0 to 1, by the letters that sound.

    Both are made Latin (anyascii). The cost of turning one into the other is a weighted edit distance
    after Editex (Zobel and Dart 1996, "Phonetic string matching"): letters of one group cost little, vowels
    and glides, which some scripts do not write, hardly anything; it is divided by the consonants of the
    longer name. Freeman, Condon and Ackerman 2006 match Arabic and English names in the same way.

    >>> round(script_likeness("Karin Holm", "Карин Хольм"), 2), script_likeness("Karin Holm", "Давид") < 0.5
    (0.94, True)
    """
    one, other = _letters(a), _letters(b)
    if not one or not other:
        return 0.0
    return round(max(0.0, 1 - _distance(one, other) / max(_consonants(one), _consonants(other))), 3)


def consonants_of(name: str) -> float:
    """Return how many consonants a name has once it is made Latin; glides, which may be vowels, count half.

    >>> consonants_of("Karin Holm"), consonants_of("هولم")
    (5.5, 3.0)
    """
    return _consonants(_letters(name))


def names_in_other_scripts(
    mentions: Mentions, tokens: Tokens, documents: Documents, spellings: Spellings
) -> OtherScripts:
    """Return the other_scripts table: stretches that may write a name which the event has in another script.

    Looked for are the names of people, places and bodies that a report of the event has in one script, in
    its reports in others. Nothing is merged: a proposal counts once it is accepted in spellings.csv.
    """
    names = mentions[mentions["kind"] == "name"]
    events = documents[documents["event_id"] != UNKNOWN].set_index("doc_id")["event_id"]
    decided = set(zip(spellings["surface"], spellings["entity_id"], strict=True))
    unnamed = tokens[~overlaps(tokens, mentions)]
    words = dict(iter(unnamed.groupby("doc_id", sort=True)))
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    rows: list[tuple[object, ...]] = []
    for event_id, own in events.groupby(events, sort=True):
        known = _names_by_script(names[names["doc_id"].isin(own.index)])
        if not known or len({_script(texts[doc_id]) for doc_id in own.index}) < 2:
            continue
        for doc_id in sorted(own.index):
            script = _script(texts[doc_id])
            foreign = [name for other, found in known.items() if other != script for name in found]
            found = _found(texts[doc_id], words.get(doc_id), script, foreign)
            rows += [(event_id, doc_id, *row) for row in found if (row[0], row[2]) not in decided]
    return from_rows(rows, OtherScriptsTable)


def _names_by_script(names: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Return the names and their entities by the script they are written in, those long enough to be told."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for surface, entity_id in zip(names["surface"], names["entity_id"], strict=True):
        if consonants_of(surface) >= FEWEST_CONSONANTS:
            found[_script(surface)].add((" ".join(surface.split()), entity_id))
    return {script: sorted(own) for script, own in sorted(found.items())}


def _found(
    text: str, words: Tokens | None, script: str, names: list[tuple[str, str]]
) -> list[tuple[object, ...]]:
    """Return surface, uses, entity, name, likeness and first place of each stretch like a name."""
    if words is None or not names:
        return []
    spans = [
        (start, end)
        for start, end in zip(words["start_char"].tolist(), words["end_char"].tolist(), strict=True)
        if _is_of(_script(text[start:end]), script) and not text[start].islower()
    ]
    likest: list[tuple[float, int, int, str, str]] = []
    for name, entity_id in names:
        for start, end in _stretches(text, spans, script, len(name.split())):
            likeness = script_likeness(name, text[start:end])
            if likeness >= LIKE:
                likest.append((likeness, start, end, name, entity_id))
    return _once(text, likest)


def _once(text: str, likest: list[tuple[float, int, int, str, str]]) -> list[tuple[object, ...]]:
    """Return a row per surface and entity; of stretches that overlap the one with most in common stays."""
    taken: list[tuple[int, int]] = []
    uses: Counter[tuple[str, str]] = Counter()
    best: dict[tuple[str, str], tuple[float, str, int]] = {}
    for likeness, start, end, name, entity_id in sorted(likest, key=_in_common):
        if not any(start < right and left < end for left, right in taken):
            taken.append((start, end))
            key = (" ".join(text[start:end].split()), entity_id)
            uses[key] += 1
            best.setdefault(key, (likeness, name, start))
    return [
        (surface, uses[surface, entity_id], entity_id, name, likeness, start)
        for (surface, entity_id), (likeness, name, start) in best.items()
    ]


def _is_of(word: str, script: str) -> bool:
    """Return whether a word's script is one in which a text in `script` writes foreign names."""
    unspaced = script in _UNSPACED or script == "HIRAGANA"
    return word in _UNSPACED if unspaced else word == script


def _in_common(found: tuple[float, int, int, str, str]) -> tuple[object, ...]:
    """Return the order in which stretches are taken: by the consonants in common with a name."""
    likeness, start, end, name, entity_id = found
    return -likeness * consonants_of(name), start, -end, name, entity_id


def _stretches(text: str, spans: list[tuple[int, int]], script: str, parts: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of neighbouring words that a name of so many parts may be written in."""
    joined = [text[one[1] : other[0]] in _JOINTS for one, other in pairwise(spans)]
    unspaced = _is_of("CJK", script)
    most = MOST_SIGNS if unspaced else parts + PARTS_APART
    for first, (start, _) in enumerate(spans):
        for last in range(first, min(first + most, len(spans))):
            if last > first and not joined[last - 1]:
                break
            end = spans[last][1]
            enough = end - start <= MOST_SIGNS if unspaced else last - first + 1 >= parts - PARTS_APART
            if enough:
                yield start, end


@cache
def _letters(name: str) -> str:
    """Return a name in Latin letters, each sound in one, none doubled.

    >>> _letters("Хольм"), _letters("卡琳")
    ('kolm', 'kalin')
    """
    plain = re.sub("[^a-z]", "", anyascii(name).lower())
    return re.sub(r"(.)\1+", r"\1", _DIGRAPH.sub(lambda found: _PAIRS_OF_LETTERS[found[0]], plain))


def _consonants(letters: str) -> float:
    """Return the consonants of a run of Latin letters."""
    return max(1.0, sum(0.5 if c in _GLIDES else c not in _VOWELS for c in letters))


@cache
def _change(a: str, b: str) -> float:
    """Return what it costs to write one letter for another."""
    if a == b:
        return 0.0
    if a in _VOWELS and b in _VOWELS:
        return 0.1
    if (a in _VOWELS and b in "wyv") or (b in _VOWELS and a in "wyv"):
        return 0.15
    return 0.35 if any(a in group and b in group for group in _ALIKE) else 1.2


def _left_out(letter: str) -> float:
    """Return what it costs to leave a letter out."""
    return 0.12 if letter in _VOWELS else 0.25 if letter in _GLIDES else 1.0


@lru_cache(maxsize=1 << 16)
def _distance(a: str, b: str) -> float:
    """Return the least cost of turning one run of letters into another."""
    before = [0.0]
    for letter in b:
        before.append(before[-1] + _left_out(letter))
    for one in a:
        row = [before[0] + _left_out(one)]
        for place, other in enumerate(b):
            row.append(
                min(
                    before[place] + _change(one, other),
                    before[place + 1] + _left_out(one),
                    row[place] + _left_out(other),
                )
            )
        before = row
    return before[-1]


@cache
def _script(text: str) -> str:
    """Return the script most letters of a text are in, by the first word of their Unicode names.

    >>> _script("Хольм"), _script("Holm"), _script("カリン")
    ('CYRILLIC', 'LATIN', 'KATAKANA')
    """
    counts = Counter(
        unicodedata.name(char, "NONE").partition(" ")[0] for char in text[:2_000] if char.isalpha()
    )
    return min(counts, key=lambda name: (-counts[name], name)) if counts else ""
