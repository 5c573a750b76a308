"""Spellings: how alike two names are, and which of them may be one; proposed, never merged."""

import re
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import pandas as pd
from anyascii import anyascii
from doublemetaphone import doublemetaphone
from rapidfuzz.distance import Indel

from helpers.names.mentions import known_forms
from helpers.names.tables import Aliases, Entities, SpellingProposals, SpellingProposalsTable, Spellings
from helpers.table import conform

__all__ = ["propose_spellings", "spelling_score"]
# Bands of spelling_score as measured by benchmarks/names.py; they are no probabilities.
STRONG, REVIEW = 0.85, 0.75
# A run of more letters is no name: its parts beside each other's take time by their square.
LONGEST = 100
_ONE_OF_SEVERAL = 0.84
_FLOOR = 0.67
_NO_PART = frozenset(
    "al el ul as ash at an ad ar az bin ibn ben bint the of de von van la le da di y i e mr mrs ms dr haj "
    "hajj haji hajji sheikh shaykh imam sayyed sayyid seyed seyyed syed ayatollah mullah martyr martyrs "
    "hafiz maulana mawlawi maulvi qari general commander colonel engineer".split()
)


def spelling_score(a: str, b: str) -> float:
    """Return how alike two spellings of a name are, from 0 to 1; the order of their parts is free.

    Titles and particles are dropped and letters made Latin. Each part of one name is paired with the
    part of the other, or with two of its parts written together, that sounds (Double Metaphone, Philips
    2000) and looks (share of letters kept) most like it. The score is the sum of these likenesses over
    their number, .4 for every part the shorter name has left, and .1 for every part of the longer one;
    one part alone, a family name, is never surer than .84, nor are names of which a part contradicts: one
    that by itself would not be strong (brothers), or parts in another order (Karim Rashid, Rashid Karim).

    >>> round(spelling_score("Ismail Haniyeh", "Haniya, Ismail"), 2), spelling_score("Hassan", "Yahya")
    (0.93, 0.0)
    """
    pairs, left_a, left_b = _align(a, b)
    fewer, more = sorted((left_a, left_b))
    if not pairs:
        return 0.0
    score = sum(pair[0] for pair in pairs) / (len(pairs) + 0.4 * fewer + 0.1 * more)
    doubtful = (len(pairs) == 1 and more) or _contradict(pairs)
    return min(score, _ONE_OF_SEVERAL) if doubtful else score


def propose_spellings(
    names: pd.DataFrame,
    entities: Entities,
    aliases: Aliases,
    spellings: Spellings,
    *,
    decided: bool = False,
    n: int = 500,
) -> SpellingProposals:
    """Return the spelling_proposals table: known names, and other unknown ones, that `names` are like.

    `names` has a row per use, with its surface; the `n` most used are compared. Nothing is merged: a
    proposal counts once it is accepted in spellings.csv. Those already in it come back, with the
    decision, where `decided` is true.
    """
    counts = names["surface"].str.split().str.join(" ").value_counts().sort_index()
    counts = counts[counts.index.str.len() <= LONGEST]
    counts = counts.sort_values(ascending=False, kind="stable").head(n)
    known = _names_known(entities, aliases, spellings)
    found = _with_decision(_alike(counts, known), spellings)
    found = found[decided | (found["decision"] == "")]
    return _explained(found.sort_values(["score", "surface", "candidate"], ascending=[False, True, True]))


def _explained(found: pd.DataFrame) -> SpellingProposals:
    """Return pairs of spellings with how strong each is, why, and what else the name is like."""
    pairs = list(zip(found["surface"], found["candidate"], strict=True))
    return conform(
        found.assign(
            band=["strong" if score >= STRONG else "review" for score in found["score"]],
            why=[_why(a, b) for a, b in pairs],
            rivals=[", ".join(c for s, c in pairs if s == a and c != b) for a, b in pairs],
        ),
        SpellingProposalsTable,
    )


def _alike(counts: pd.Series, known: list[tuple[str, str]]) -> pd.DataFrame:
    """Return, per name, the names that it is like, with their ids and how alike they are."""
    rows = [
        (surface, n, *found)
        for surface, n in counts.items()
        for found in _candidates(str(surface), known, counts)
    ]
    return pd.DataFrame(rows, columns=["surface", "n", "candidate", "entity_id", "score"])


def _with_decision(found: pd.DataFrame, spellings: Spellings) -> pd.DataFrame:
    """Return the proposals with what spellings.csv decides of them; empty where it does not."""
    decisions = spellings[["surface", "entity_id", "decision"]]
    both = found.merge(decisions, how="left", on=["surface", "entity_id"])
    return both.assign(decision=both["decision"].fillna(""))


class _Part(NamedTuple):
    """A part of a name, or two written together: its letters, its places as bits, how it sounds."""

    letters: str
    places: int
    sounds: frozenset[str]


@lru_cache(maxsize=1 << 16)
def _parts(name: str) -> tuple[tuple[_Part, ...], tuple[_Part, ...]]:
    """Return the parts of a name, and the pairs of neighbours joined; "B, A" is read as "A B"."""
    last, _, first = name.partition(",")
    letters = re.sub(r"['`]", "", anyascii(f"{first} {last}").lower())
    words = re.findall(r"[a-z]+", letters)
    words = [word for word in words if word not in _NO_PART and len(word) > 1] or words
    joined = [one + other for one, other in pairwise(words)]
    return (
        tuple(_Part(word, 1 << place, _sounds(word)) for place, word in enumerate(words)),
        tuple(_Part(word, 3 << place, _sounds(word)) for place, word in enumerate(joined)),
    )


def _sounds(word: str) -> frozenset[str]:
    """Return the Double Metaphone codes of a word that have two letters or more."""
    return frozenset(code for code in doublemetaphone(word) if len(code) > 1)


def _likeness(one: _Part, other: _Part) -> float:
    """Return how alike two parts are, from 0 to 1; 0 under the floor below which letters agree by chance."""
    letters = Indel.normalized_similarity(one.letters, other.letters)
    shared = one.sounds & other.sounds
    if shared:
        base = 0.7 if max(map(len, shared)) > 2 else 0.4
        letters = base + (1 - base) * letters
    return letters if letters >= _FLOOR else 0.0


def _align(a: str, b: str) -> tuple[list[tuple[float, _Part, _Part]], int, int]:
    """Return the pairs of parts, the most alike first, and how many parts of either name are left."""
    (ones, twos), (others, doubles) = _parts(a), _parts(b)
    pairs = [(_likeness(one, other), one, other) for one in ones for other in others]
    for singles, joined, turned in ((ones, doubles, False), (others, twos, True)):
        for one in singles:
            for two in joined:
                if one.letters[0] == two.letters[0]:
                    score = _likeness(one, two)
                    pairs.append((score, two, one) if turned else (score, one, two))
    pairs.sort(key=itemgetter(0), reverse=True)
    chosen, used_a, used_b = [], 0, 0
    for score, one, other in pairs:
        if score and not (used_a & one.places or used_b & other.places):
            chosen.append((score, one, other))
            used_a, used_b = used_a | one.places, used_b | other.places
    return chosen, len(ones) - used_a.bit_count(), len(others) - used_b.bit_count()


def _contradict(pairs: list[tuple[float, _Part, _Part]]) -> bool:
    """Return whether a pair of parts is no sure spelling, or the pairs stand in another order."""
    places = sorted((one.places, other.places) for _, one, other in pairs)
    swapped = any(before[1] > after[1] for before, after in pairwise(places))
    return swapped or any(score < STRONG for score, _, _ in pairs)


def _names_known(entities: Entities, aliases: Aliases, spellings: Spellings) -> list[tuple[str, str]]:
    """Return the names of the authority with their entities, accepted spellings left out."""
    forms = known_forms(entities, aliases)
    forms = forms[forms["kind"] == "name"][["alias", "entity_id"]].drop_duplicates()
    accepted = set(zip(spellings["surface"], spellings["entity_id"], strict=True))
    return [
        pair for pair in sorted(zip(forms["alias"], forms["entity_id"], strict=True)) if pair not in accepted
    ]


def _candidates(
    surface: str, known: list[tuple[str, str]], counts: "pd.Series[int]"
) -> list[tuple[str, str, float]]:
    """Return candidate, entity and score: an entity's likest name, and unknown names met more often."""
    best: dict[str, tuple[float, str]] = {}
    for name, entity_id in known:
        score = spelling_score(surface, name)
        if name != surface and score >= REVIEW:
            best[entity_id] = max(best.get(entity_id, (0.0, "")), (score, name))
    found = [(name, entity_id, score) for entity_id, (score, name) in sorted(best.items())]
    rank = (counts[surface], surface)
    taken = {name for name, _, _ in found} | {surface}
    for other, n in counts.items():
        if (
            other not in taken
            and (n, other) > rank
            and (score := spelling_score(surface, str(other))) >= REVIEW
        ):
            found.append((str(other), "", score))
    return found


def _why(a: str, b: str) -> str:
    """Return in words which parts of two names agree, and which have no partner."""
    pairs, _, _ = _align(a, b)
    agree = [
        one.letters
        if one.letters == other.letters
        else f"{one.letters} ~ {other.letters}" + (" (sound alike)" if one.sounds & other.sounds else "")
        for _, one, other in pairs
    ]
    used = (sum(one.places for _, one, _ in pairs), sum(other.places for _, _, other in pairs))
    left = [
        f"{part.letters} only in {name}"
        for name, places in zip((a, b), used, strict=True)
        for part in _parts(name)[0]
        if not part.places & places
    ]
    return "; ".join(agree + left)
