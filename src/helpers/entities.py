"""Mentions of the entities of the authority file, and the variants by which each is named."""

import pandas as pd

from helpers.lexicon import find_terms
from helpers.schema import Mentions, conform

__all__ = ["find_mentions", "naming_variants"]


def find_mentions(documents: pd.DataFrame, entities: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions table: every use of an alias, the longest one where several fit."""
    hits = find_terms(
        documents, aliases["alias"].tolist(), exact=aliases.loc[aliases["case"] == "exact", "alias"]
    )
    named = hits.merge(aliases.drop_duplicates("alias"), left_on="pattern", right_on="alias")
    named = named.merge(entities, on="entity_id")
    named = named.assign(honorific="", source="authority").sort_values(["doc_id", "start_char"])
    return conform(named, Mentions)


def naming_variants(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per entity, surface and report: entity_id, surface, doc_id, n."""
    grouped = mentions.groupby(["entity_id", "surface", "doc_id"], sort=True)
    return grouped.size().rename("n").reset_index()
