"""Small texts and their people: what the tests of several rooms share."""

import re

import pandas as pd

from helpers import corpus, lexicon
from helpers.schema import Aliases, Documents, Entities, Mentions, from_rows
from helpers.segmentation import split_sentences
from helpers.voices import find_voices

ALL_VERBS = lexicon.load_speech_verbs(corpus.ROOT / "data" / "lexicons")
LEMMAS = "say add tell praise honour deny call highlight reject report claim feel".split()
PHRASES = ("express gratitude", "call for", "refer to", "according to")
VERBS = ALL_VERBS[ALL_VERBS["lemma"].isin([*LEMMAS, *PHRASES])]
PEOPLE = {
    "Ada Lovelace": ("ada", "PERSON"),
    "Lovelace": ("ada", "PERSON"),
    "head of the Mills": ("ada", "PERSON"),
    "Babbage": ("babbage", "PERSON"),
    "Charles Babbage": ("babbage", "PERSON"),
    "the Mayor": ("babbage", "PERSON"),
    "Guild": ("guild", "ORG"),
}


def report(text: str, doc_id: str = "a", event_id: str = "e") -> pd.DataFrame:
    unknown = ("unknown",) * 2
    return from_rows([(doc_id, text, event_id, *unknown, "unknown", "en", *unknown)], Documents)


def mentions(documents: pd.DataFrame) -> pd.DataFrame:
    names = sorted(PEOPLE, key=lambda name: -len(name))
    rows = [
        (doc_id, m.start(), m.end(), m.group(), *PEOPLE[m.group()], "name", "", "authority")
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for m in re.finditer("|".join(names), text)
    ]
    return from_rows(rows, Mentions)


def find(text: str) -> pd.DataFrame:
    documents = report(text)
    return find_voices(documents, split_sentences(documents), VERBS, mentions(documents))


def told(text: str) -> list[tuple[str, str, str]]:
    """Return voice, speaker and words of every span."""
    spans = find(text)
    columns = ("voice", "speaker", "start_char", "end_char")
    return [(v, s, text[a:b]) for v, s, a, b in zip(*(spans[c] for c in columns), strict=True)]


def named(*rows: tuple[str, str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return an authority of persons: entity_id, canonical name and an alias of each."""
    known = [(entity_id, name, "PERSON", "") for entity_id, name, _ in rows]
    aliases = [(entity_id, alias, "name", "exact", "", "", "", "") for entity_id, _, alias in rows if alias]
    return from_rows(list(known), Entities), from_rows(list(aliases), Aliases)
