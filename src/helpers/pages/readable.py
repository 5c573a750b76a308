"""What a page may print: where no report is in a language that is read, it says so and gives no number."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

import pandas as pd

from helpers import derivation, framing, names, synopsis, text, voices, words
from helpers.edition import Edition
from helpers.pages.blocks import say
from helpers.text import CANNOT, Documents, Reads, in_languages, several_languages

__all__ = ["READS", "cannot", "cannot_tell", "languages_said", "reading_table", "told_where", "unread_by"]
READS: tuple[Reads, ...] = (
    *text.READS,
    *words.READS,
    *names.READS,
    *voices.READS,
    *framing.READS,
    *derivation.READS,
    *synopsis.READS,
)


def unread_by(reads: Reads, documents: Documents) -> Documents:
    """Return the reports in languages that are not read."""
    return documents[documents["language"].map(reads.status) == CANNOT]


def cannot(reads: Reads, documents: Documents) -> bool:
    """Return whether there are reports, and none of them is in a language that is read."""
    return 0 < len(documents) == len(unread_by(reads, documents))


def cannot_tell(reads: Reads, documents: Documents) -> list[str]:
    """Return a sentence on the reports in languages that are not read; nothing where there are none."""
    without = unread_by(reads, documents)
    if without.empty:
        return []
    told = in_languages(without["language"])
    return [f"Cannot tell {reads.what}: not measured in {told}; that needs {reads.lacks}."]


def told_where(reads: Reads, methods: str, *, unless: Callable[[Edition], bool] | None = None) -> Any:
    """Return a decorator of a page: its `methods` say "cannot tell" where none of its reports is read.

    `unless` names another way in which the page can tell all the same, such as a list.
    """

    def decorate(page: Any) -> Any:
        for name in methods.split():
            own = page.__dict__.get(name)
            told = _guarded(reads, own if own is not None else getattr(page, name), unless)
            setattr(page, name, told)
            if isinstance(told, cached_property):
                told.__set_name__(page, name)
        return page

    return decorate


def _guarded(reads: Reads, method: Any, unless: Callable[[Edition], bool] | None) -> Any:
    """Return a method that says "cannot tell" where no report is read."""
    listing, drawn = method.__name__ == "points", method.__name__ == "picture"

    @wraps(method)
    def guarded(page: Any) -> Any:
        documents = page.read.documents
        if cannot(reads, documents) and not (unless and unless(page.read)):
            told = cannot_tell(reads, documents)
            return told if listing else None if drawn else say(*told)
        return method(page)

    return guarded


def reading_table(documents: Documents) -> pd.DataFrame:
    """Return a row for each thing that rooms read and a column for each language of the reports."""
    codes = sorted({text.read_as(code) for code in documents["language"]})
    rows = [
        {"page": reads.room, "reads": reads.what}
        | {text.language_name(code): _status(reads, code) for code in codes}
        for reads in READS
    ]
    return pd.DataFrame(rows)


def _status(reads: Reads, code: str) -> str:
    """Return how a thing is read in a language, in words."""
    status = reads.status(code)
    return {"works": "works, not measured", CANNOT: f"cannot tell; needs {reads.lacks}"}.get(status, status)


def languages_said(read: Edition) -> list[str]:
    """Return the languages: those detected, and events in several, whose words are compared within each."""
    told = []
    detected = text.detected_languages(read.origins)
    detected = detected[detected.index.isin(read.documents["doc_id"])]
    if len(detected):
        reports = "1 report does" if len(detected) == 1 else f"{len(detected):,} reports do"
        told.append(
            f"{reports} not say in which language; the words are {in_languages(detected)} (detected)."
        )
    several = several_languages(read.documents)
    if several:
        named = " and ".join([", ".join(several[:-1]), several[-1]])
        told.append(
            f"An event is told in {named}. Words are compared within each language only"
            + (", and sentences across languages by what they mean." if not read.meaning.why_not else ".")
        )
    return told
