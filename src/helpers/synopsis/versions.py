"""Versions of one report: the sentences that a later one leaves out, adds or puts differently."""

from itertools import zip_longest

import pandas as pd
from rapidfuzz.fuzz import ratio

from helpers.synopsis.tables import VersionChanges, VersionChangesTable
from helpers.table import from_rows
from helpers.text import Documents, Sentences, edits, later_versions, normalise, split_sentences

__all__ = ["version_changes"]
# Of the letters of two sentences so many in 100 are in common, in order, where one is the other changed.
CHANGED = 60
OWN_ZONES = ("headline", "body", "note")
_Sentence = tuple[str, int, int]


def version_changes(documents: Documents, later: Documents) -> VersionChanges:
    """Return the version_changes table: what each of the `later` versions changes in the one before it.

    Sentences are compared in order (`text.edits`); one that takes the place of another is changed where they
    are alike by CHANGED, else left out and added.
    """
    every = pd.concat([documents, later], ignore_index=True)
    sentences = _by_report(split_sentences(every[every["doc_id"].isin(_concerned(every))]))
    rows: list[tuple[object, ...]] = []
    for version, before in _chains(every):
        for kind, old, new in _changes(sentences.get(before, []), sentences.get(version, [])):
            rows.append((version, before, kind, *(old or ("", 0, 0)), *(new or ("", 0, 0))))
    return from_rows(rows, VersionChangesTable)


def _concerned(documents: Documents) -> set[str]:
    """Return the reports that have versions, and these."""
    versions = later_versions(documents)
    return {*versions, *versions.values()}


def _chains(documents: Documents) -> list[tuple[str, str]]:
    """Return each later version with the version right before it."""
    last: dict[str, str] = {}
    found = []
    for version, first in later_versions(documents).items():
        found.append((version, last.get(first, first)))
        last[first] = version
    return found


def _by_report(sentences: Sentences) -> dict[str, list[_Sentence]]:
    """Return the text, start and end of the sentences of each report."""
    own = sentences[sentences["zone"].isin(OWN_ZONES)]
    found: dict[str, list[_Sentence]] = {}
    for doc_id, *sentence in zip(
        *(own[c] for c in ("doc_id", "text", "start_char", "end_char")), strict=True
    ):
        found.setdefault(str(doc_id), []).append((str(sentence[0]), int(sentence[1]), int(sentence[2])))
    return found


def _changes(
    before: list[_Sentence], after: list[_Sentence]
) -> list[tuple[str, _Sentence | None, _Sentence | None]]:
    """Return kind, old and new sentence of each change, in order."""
    old, new = ([" ".join(normalise(text).split()) for text, _, _ in side] for side in (before, after))
    found: list[tuple[str, _Sentence | None, _Sentence | None]] = []
    for kind, a, b, c, d in edits(old, new):
        if kind == "equal":
            continue
        for left, right in zip_longest(before[a:b], after[c:d]):
            if left and right and ratio(left[0], right[0]) >= CHANGED:
                found.append(("changed", left, right))
                continue
            found += [("left out", left, None)] if left else []
            found += [("added", None, right)] if right else []
    return found
