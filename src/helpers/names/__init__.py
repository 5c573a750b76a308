"""Who and what is named, and how."""

from helpers.names.drafts import draft_names
from helpers.names.introductions import introductions, most_introduced
from helpers.names.lists import load_aliases, load_entities, load_spellings, merged_entities
from helpers.names.mentions import contested_aliases, find_mentions, without_boilerplate
from helpers.names.nested import nested_mentions, with_nested
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
    Introductions,
    IntroductionsTable,
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
    "Introductions",
    "IntroductionsTable",
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
    "introductions",
    "load_aliases",
    "load_entities",
    "load_spellings",
    "merged_entities",
    "most_introduced",
    "most_used",
    "most_varied",
    "naming_variants",
    "nested_mentions",
    "propose_spellings",
    "recognised_names",
    "spelling_score",
    "unused_aliases",
    "with_names",
    "with_nested",
    "without_boilerplate",
    "worklist",
]
