"""Mentions inside longer ones: Elby in "the mayor of Elby", counted apart."""

import pandas as pd

from helpers.names.mentions import find_mentions
from helpers.names.tables import Aliases, Entities, Mentions, MentionsTable
from helpers.table import conform
from helpers.text import Documents

__all__ = ["nested_mentions", "with_nested"]


def nested_mentions(
    documents: Documents, entities: Entities, aliases: Aliases, mentions: Mentions
) -> Mentions:
    """Return the mentions inside a longer one of another entity, which the mentions table leaves out.

    They are looked for in each of `mentions` without its first word, and without its last; then in those.
    """
    parts = [mentions.iloc[:0]]
    level = mentions
    while len(level := _inside(documents, entities, aliases, level)):
        parts.append(level)
    found = pd.concat(parts).drop_duplicates(["doc_id", "start_char", "entity_id"])
    # Two nested mentions that begin together are kept as the shorter: the longer one holds it.
    found = found.sort_values(["doc_id", "start_char", "end_char"]).drop_duplicates(["doc_id", "start_char"])
    return conform(found, MentionsTable)


def with_nested(counts: pd.DataFrame, nested: Mentions) -> pd.DataFrame:
    """Return counts (a row per entity_id, with uses and reports) with the nested mentions in a column.

    Entities that are named only inside longer names stand behind the others, with no uses of their own.
    """
    inside = nested["entity_id"].value_counts()
    only = sorted(set(inside.index) - set(counts["entity_id"]))
    rows = pd.concat([counts, pd.DataFrame({"entity_id": only})], ignore_index=True)
    numbers = [name for name in counts.columns if name != "entity_id"]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    place = list(rows.columns).index("reports") + 1
    rows.insert(place, "inside longer names", rows["entity_id"].map(inside).fillna(0).astype("int64"))
    return rows


def _inside(documents: Documents, entities: Entities, aliases: Aliases, mentions: Mentions) -> pd.DataFrame:
    """Return the mentions of other entities inside `mentions`, of those the ones in no longer one."""
    several = mentions[mentions["surface"].str.contains(r"\s")]
    columns = ("start_char", "end_char", "entity_id")
    spans = {
        str(name): list(zip(*(own[column] for column in columns), strict=True))
        for name, own in several.groupby("doc_id")
    }
    within = documents[documents["doc_id"].isin(list(spans))]
    found = pd.concat(
        find_mentions(within.assign(text=_only(within, spans, side)), entities, aliases)
        for side in ("first", "last")
    )
    found = found.sort_values(["doc_id", "start_char", "end_char"], ascending=[True, True, False])
    before = found.groupby("doc_id")["end_char"].transform(lambda end: end.cummax().shift(fill_value=-1))
    found = found[found["end_char"] > before]
    owners = {
        (doc_id, place): entity_id
        for doc_id, own in spans.items()
        for start, end, entity_id in own
        for place in range(start, end)
    }
    places = zip(found["doc_id"], found["start_char"], found["entity_id"], strict=True)
    return found[[owners.get((doc_id, start)) != entity_id for doc_id, start, entity_id in places]]


def _only(documents: Documents, spans: dict[str, list[tuple[int, int, str]]], left_out: str) -> list[str]:
    """Return the texts with line ends for all that is outside the spans, and for their first or last word."""
    texts = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        parts, done = [], 0
        for start, end, _ in spans[doc_id]:
            words = text[start:end].split()
            first, last = (len(words[0]), 0) if left_out == "first" else (0, len(words[-1]))
            parts += ["\n" * (start + first - done), text[start + first : end - last]]
            done = end - last
        texts.append("".join(parts) + "\n" * (len(text) - done))
    return texts
