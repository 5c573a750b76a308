"""Who and what is named, and how."""

from helpers.names.lists import load_aliases, load_entities
from helpers.names.mentions import find_mentions
from helpers.names.spellings import REVIEW, STRONG, spelling_score
from helpers.names.tables import (
    ENTITY_TYPES,
    AliasesTable,
    Entities,
    EntitiesTable,
    Mentions,
    MentionsTable,
    NamingVariants,
    UnknownNames,
)

__all__ = [
    "ENTITY_TYPES",
    "REVIEW",
    "STRONG",
    "AliasesTable",
    "Entities",
    "EntitiesTable",
    "Mentions",
    "MentionsTable",
    "NamingVariants",
    "UnknownNames",
    "find_mentions",
    "load_aliases",
    "load_entities",
    "spelling_score",
]
