"""Small texts and their people, and small corpora: what the tests of several rooms share."""

import random
import re
from pathlib import Path

import pandas as pd

from helpers.edition import Edition, Lists
from helpers.framing.tables import FramingTermsTable
from helpers.names.tables import AliasesTable, EntitiesTable, MentionsTable, SpellingsTable
from helpers.table import empty, from_rows
from helpers.text import corpus, parser
from helpers.text.segmentation import split_sentences
from helpers.text.tables import DocumentsTable, NotesTable
from helpers.voices import lists
from helpers.voices.spans import find_voices
from helpers.voices.tables import SpeechVerbsTable, VoiceOverridesTable
from helpers.words.tables import PlannedTermsTable

ALL_VERBS = lists.load_speech_verbs(corpus.ROOT / "data" / "lexicons")
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
    return from_rows([(doc_id, text, event_id, *unknown, "unknown", "en", *unknown)], DocumentsTable)


def mentions(documents: pd.DataFrame) -> pd.DataFrame:
    names = sorted(PEOPLE, key=lambda name: -len(name))
    rows = [
        (doc_id, m.start(), m.end(), m.group(), *PEOPLE[m.group()], "name", "", "authority")
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for m in re.finditer("|".join(names), text)
    ]
    return from_rows(rows, MentionsTable)


def find(text: str, verbs: pd.DataFrame | None = None) -> pd.DataFrame:
    documents = report(text)
    sentences = split_sentences(documents)
    return find_voices(
        documents,
        sentences,
        VERBS if verbs is None else verbs,
        mentions(documents),
        parse=parser.parse(documents, sentences),
    )


def told(text: str) -> list[tuple[str, str, str]]:
    """Return voice, speaker and words of every span."""
    spans = find(text)
    columns = ("voice", "speaker", "start_char", "end_char")
    return [(v, s, text[a:b]) for v, s, a, b in zip(*(spans[c] for c in columns), strict=True)]


def named(*rows: tuple[str, str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return an authority of persons: entity_id, canonical name and an alias of each."""
    known = [(entity_id, name, "PERSON", "") for entity_id, name, _ in rows]
    aliases = [(entity_id, alias, "name", "exact", "", "", "", "") for entity_id, _, alias in rows if alias]
    return from_rows(list(known), EntitiesTable), from_rows(list(aliases), AliasesTable)


LIST_TABLES = (
    EntitiesTable,
    AliasesTable,
    SpellingsTable,
    SpeechVerbsTable,
    FramingTermsTable,
    VoiceOverridesTable,
    PlannedTermsTable,
)
PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>"
HOSTILE = f"""{PAYLOAD} ${{7*7}} $x^2$ \u202eevil\u202c =HYPERLINK("http://example.org")

By {PAYLOAD}

The minister said: "{PAYLOAD} is <b>bold</b>." \\frac{{1}}{{2}} {PAYLOAD} was told in the town.
"""
HEADER = "doc_id,file,event_id,outlet,published,headline,language,url,outlet_evidence\n"


def eight(folder: Path) -> Path:
    """Return the eight reports that the README shows."""
    return corpus.ROOT / "tests" / "texts" / "eight-reports"


def alone(folder: Path) -> Path:
    """Write one report, of which nothing is known."""
    (folder / "one.txt").write_text("A bridge was closed. The mayor said it is safe.\n", encoding="utf-8")
    return folder


def hostile(folder: Path) -> Path:
    """Write three reports that carry markup, mathematics, formulas and controls in every place there is."""
    folder = folder / f"{PAYLOAD.replace('/', '')} $x$ \u202e"
    folder.mkdir()
    rows = [
        f'"{PAYLOAD}{n}",{n}.txt,"{PAYLOAD}","=1+{n}",unknown,"{PAYLOAD}",en,"javascript:alert(3)","{PAYLOAD}"\n'
        for n in "abc"
    ]
    (folder / "documents.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    for n in "abc":
        (folder / f"{n}.txt").write_text(HOSTILE.replace("town", f"town of {n}"), encoding="utf-8")
    return folder


STOCK = [
    a + b + c for a in "Ba Ke Li Mo Du".split() for b in "rin tas vel nok".split() for c in "er an is".split()
]


def many(folder: Path) -> Path:
    """Write forty events of two reports each, from twelve outlets, without a date: invented words."""
    chance = random.Random(0)
    rows = []
    for n in range(40):
        words = [chance.choice(STOCK).lower() for _ in range(60)]
        told = [
            f"The {' '.join(words[:9])} was closed.",
            f"Mayor {chance.choice(STOCK)} said that the {' '.join(words[9:20])} is safe.",
            f"\u201cWe have {' '.join(words[20:35])},\u201d she told reporters.",
            f"Critics called it {' '.join(words[35:45])}, and left.",
            f"The council praised {' '.join(words[45:])}.",
        ]
        for side in range(2):
            name = f"e{n:02d}-{side}"
            kept = told[side : side + 4]
            (folder / f"{name}.txt").write_text("\n\n".join(kept) + "\n", encoding="utf-8")
            rows.append(f"{name},{name}.txt,event-{n:02d},Outlet {(n + side * 5) % 12},,,en,,\n")
    (folder / "documents.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder


CORPORA = {make.__name__: make for make in (eight, alone, hostile, many)}


def reports(*texts: str, outlets: list[str] | None = None) -> pd.DataFrame:
    """Return documents r000, r001, ... each of an outlet of its own unless told."""
    names = [f"r{k:03}" for k in range(len(texts))]
    return pd.DataFrame({"doc_id": names, "text": texts, "outlet": outlets or names}, dtype=object)


def words(first: int, count: int) -> str:
    """Return so many different words; other numbers give other words."""
    return " ".join(f"w{k}" for k in range(first, first + count))


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["doc_id_a"], table["doc_id_b"], strict=True))


def edition_of(documents: pd.DataFrame, **tables: pd.DataFrame) -> Edition:
    """Return an edition of `documents` without lists, in which `tables` stand in the place of its own.

    Those of `lists` (entities, aliases, spellings, verbs, terms, overrides) replace the empty ones.
    """
    blank = dict(zip(Lists._fields, map(empty, LIST_TABLES), strict=True))
    lists = Lists(**blank | {name: tables.pop(name) for name in Lists._fields if name in tables})
    read = Edition("samples", documents, empty(NotesTable), lists)
    vars(read).update(tables)
    return read
