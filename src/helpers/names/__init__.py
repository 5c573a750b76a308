"""Who and what is named, and how."""

from helpers.names.drafts import draft_names
from helpers.names.lists import load_aliases, load_entities, load_spellings
from helpers.names.mentions import contested_aliases, find_mentions, without_boilerplate
from helpers.names.reads import FOUND, READS
from helpers.names.recognised import recognised_names
from helpers.names.spellings import REVIEW, STRONG, propose_spellings, spelling_score
from helpers.names.tables import (
    ENTITY_TYPES,
    Aliases,
    AliasesTable,
    DifferingNames,
    DifferingNamesTable,
    Entities,
    EntitiesTable,
    Mentions,
    MentionsTable,
    NamingVariants,
    Recognised,
    SpellingProposals,
    SpellingProposalsTable,
    Spellings,
    UnknownNames,
)
from helpers.names.unknown import find_unknown_names, worklist
from helpers.names.variants import (
    across_reports,
    contested_mentions,
    differing_names,
    honorifics,
    most_used,
    most_varied,
    naming_variants,
    unused_aliases,
    with_names,
)

__all__ = [
    "ENTITY_TYPES",
    "FOUND",
    "READS",
    "REVIEW",
    "STRONG",
    "Aliases",
    "AliasesTable",
    "DifferingNames",
    "DifferingNamesTable",
    "Entities",
    "EntitiesTable",
    "Mentions",
    "MentionsTable",
    "NamingVariants",
    "Recognised",
    "SpellingProposals",
    "SpellingProposalsTable",
    "Spellings",
    "UnknownNames",
    "across_reports",
    "contested_aliases",
    "contested_mentions",
    "differing_names",
    "draft_names",
    "find_mentions",
    "find_unknown_names",
    "honorifics",
    "load_aliases",
    "load_entities",
    "load_spellings",
    "most_used",
    "most_varied",
    "naming_variants",
    "propose_spellings",
    "recognised_names",
    "spelling_score",
    "unused_aliases",
    "with_names",
    "without_boilerplate",
    "worklist",
]
