"""Who and what is named, and how."""

from helpers.names.lists import load_aliases, load_entities, load_spellings
from helpers.names.mentions import find_mentions, without_boilerplate
from helpers.names.spellings import REVIEW, STRONG, spelling_score
from helpers.names.tables import (
    ENTITY_TYPES,
    Aliases,
    AliasesTable,
    Entities,
    EntitiesTable,
    Mentions,
    MentionsTable,
    NamingVariants,
    Spellings,
    UnknownNames,
)
from helpers.names.variants import naming_variants, with_names

__all__ = [
    "ENTITY_TYPES",
    "REVIEW",
    "STRONG",
    "Aliases",
    "AliasesTable",
    "Entities",
    "EntitiesTable",
    "Mentions",
    "MentionsTable",
    "NamingVariants",
    "Spellings",
    "UnknownNames",
    "find_mentions",
    "load_aliases",
    "load_entities",
    "load_spellings",
    "naming_variants",
    "spelling_score",
    "with_names",
    "without_boilerplate",
]
