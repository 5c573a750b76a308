"""The tables of the authority file, of mentions and of naming variants."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "ENTITY_TYPES",
    "Aliases",
    "ContestedAliases",
    "DifferingNames",
    "Entities",
    "Introductions",
    "Mentions",
    "NamingVariants",
    "OtherScripts",
    "Recognised",
    "SpellingProposals",
    "Spellings",
    "UnknownNames",
]
ENTITY_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "NORP", "GROUP", "TOPIC", "RELIGION")
ALIAS_KINDS = ("name", "adjective", "role", "label")


class EntitiesTable(Table):
    """One row per person, place, organisation or event of the authority file."""

    entity_id: str = column("neutral id, lower case with hyphens")
    canonical: str = column("neutral name shown on the pages")
    entity_type: str = column(
        "PERSON, ORG, GPE, LOC, FAC, EVENT, NORP, GROUP, TOPIC or RELIGION", isin=ENTITY_TYPES
    )
    wikidata: str = column("Wikidata item where it is certain, else empty")

    class Config:
        """Key."""

        unique = ("entity_id",)


Entities = Annotated[pd.DataFrame, EntitiesTable]


class AliasesTable(Table):
    """One row per form by which an entity is named, with the limits of its use."""

    entity_id: str = column("entity named")
    alias: str = column("the form as written")
    kind: str = column("name, adjective, role or label", isin=ALIAS_KINDS)
    case: str = column("exact: capitals must match; fold: they need not", isin=("exact", "fold"))
    valid_from: str = column("ISO date from which the form names this entity, else empty")
    valid_to: str = column("ISO date until which it does, else empty")
    scope: str = column("event_id or doc_id the form is limited to, else empty")
    note: str = column("why, in a few words")

    class Config:
        """Key."""

        unique = ("entity_id", "alias", "kind", "valid_from", "scope")


Aliases = Annotated[pd.DataFrame, AliasesTable]


class SpellingsTable(Table):
    """One row per spelling that was proposed for an entity, with the reader's decision."""

    surface: str = column("the spelling as printed")
    entity_id: str = column("entity it was proposed for")
    decision: str = column(
        "accepted: it counts as a name from then on; rejected: it is not proposed again",
        isin=("accepted", "rejected"),
    )
    decided_by: str = column("who decided")
    note: str = column("why, in a few words")

    class Config:
        """Key."""

        unique = ("surface", "entity_id")


Spellings = Annotated[pd.DataFrame, SpellingsTable]


class MentionsTable(Table):
    """One row per mention of an entity; overlaps are resolved, the longest wins."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    surface: str = column("the words as printed, without a possessive ending")
    entity_id: str = column("entity named")
    entity_type: str = column("its type")
    kind: str = column("name, adjective, role or label")
    honorific: str = column("title printed before the mention, or empty")
    source: str = column("authority, or model for an optional recogniser")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Mentions = Annotated[pd.DataFrame, MentionsTable]


class RecognisedTable(Table):
    """One row per name that a parser recognises; who bears it is not yet decided."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    surface: str = column("the words as printed, without article, title or possessive ending; blanks single")
    entity_type: str = column("type that the recogniser gives it here", isin=ENTITY_TYPES)
    acts: bool = column("whether it acts, owns or is dealt with in its sentence, as a government does")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Recognised = Annotated[pd.DataFrame, RecognisedTable]


class IntroductionsTable(Table):
    """One row per person and report that names them: how the first mention in the body introduces them."""

    entity_id: str = column("person named")
    doc_id: str = column("report")
    surface: str = column("the name as first printed")
    honorific: str = column("title printed before it, or empty")
    kind: str = column(
        "role before the name; apposition behind it; name added to a noun; title alone; or none",
        isin=("role before", "apposition", "name added", "title", "none"),
    )
    description: str = column("the words that introduce the person, or empty")
    start_char: int = column("first code point of these words in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)

    class Config:
        """Key."""

        unique = ("entity_id", "doc_id")


Introductions = Annotated[pd.DataFrame, IntroductionsTable]


class ContestedAliasesTable(Table):
    """One row per alias left out of a report and entity it might name there."""

    doc_id: str = column("report")
    alias: str = column("the form as listed")
    entity_id: str = column("one of the entities it might name")
    valid_from: str = column("ISO date from which it names this entity, else empty")
    valid_to: str = column("ISO date until which it does, else empty")

    class Config:
        """Key."""

        unique = ("doc_id", "alias", "entity_id", "valid_from")


ContestedAliases = Annotated[pd.DataFrame, ContestedAliasesTable]


class NamingVariantsTable(Table):
    """One row per entity, form by which it is named, and report."""

    entity_id: str = column("entity named")
    surface: str = column("the form in its commonest capitals, its blanks made single")
    kind: str = column("name, adjective, role or label")
    doc_id: str = column("report")
    n: int = column("uses", ge=1)

    class Config:
        """Key."""

        unique = ("entity_id", "surface", "kind", "doc_id")


NamingVariants = Annotated[pd.DataFrame, NamingVariantsTable]


class DifferingNamesTable(Table):
    """One row per entity and report of an event in which some two reports share no name of the entity."""

    event_id: str = column("event")
    entity_id: str = column("entity named")
    entity_type: str = column("its type")
    doc_id: str = column("report of the event that names it")
    names: str = column("its names and labels there, each with its uses")
    n: int = column("uses", ge=1)

    class Config:
        """Key."""

        unique = ("event_id", "entity_id", "doc_id")


DifferingNames = Annotated[pd.DataFrame, DifferingNamesTable]


class UnknownNamesTable(Table):
    """One row per capitalised span that the authority does not know; never counted as a mention."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    surface: str = column("the words as printed")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


UnknownNames = Annotated[pd.DataFrame, UnknownNamesTable]


class SpellingProposalsTable(Table):
    """One row per spelling and the entity or other spelling it may stand for; proposed, never merged."""

    surface: str = column("the spelling as printed")
    n: int = column("its uses", ge=1)
    candidate: str = column("the name it is like")
    entity_id: str = column("entity of that name, or empty for another unknown spelling")
    score: float = column("likeness of the two names, from 0 to 1", ge=0, le=1)
    band: str = column("strong (.85 and over) or review (.75 to .85)", isin=("strong", "review"))
    why: str = column("the parts that agree and those that do not")
    rivals: str = column("other candidates in a band, best first")
    decision: str = column("accepted or rejected in spellings.csv, or empty")

    class Config:
        """Key."""

        unique = ("surface", "candidate", "entity_id")


SpellingProposals = Annotated[pd.DataFrame, SpellingProposalsTable]


class OtherScriptsTable(Table):
    """One row per stretch of a report and the name, in another script, that it may write; never merged."""

    event_id: str = column("event whose reports have the name")
    doc_id: str = column("report in the other script")
    surface: str = column("the stretch as printed")
    n: int = column("its uses in the report", ge=1)
    entity_id: str = column("entity of the name")
    candidate: str = column("the name it is like")
    score: float = column("likeness of the two, from 0 to 1, by the letters that sound", ge=0, le=1)
    start_char: int = column("first code point of its first use in documents.text, from 0", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "surface", "entity_id")


OtherScripts = Annotated[pd.DataFrame, OtherScriptsTable]
