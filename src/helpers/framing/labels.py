"""What each entity is called beyond its name in each report, and how often."""

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from helpers.framing.descriptions import described
from helpers.framing.doers import doers
from helpers.framing.happenings import HAPPENING, happenings
from helpers.framing.naming import Found, direct_labels
from helpers.framing.reading import Reading, readings
from helpers.framing.tables import Labels, LabelsTable
from helpers.framing.targets import STANDING
from helpers.framing.uses import count_by_voice
from helpers.names import Mentions
from helpers.table import conform
from helpers.text import Documents, Parse, Sentences, with_sentence
from helpers.voices import Voices, with_voice
from helpers.words import outlet_labels

__all__ = ["find_labels", "label_counts"]
# Nouns of rule and arms that stand for whose they are: "the Elby government".
RULE = frozenset(
    "army authority force government leadership military ministry regime side state troop".split()
)
# "Southern Elby" is a part of Elby, and not what Elby is called.
_PARTS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern mainland upper lower downtown inner outer".split()
)
COLUMNS = ["doc_id", "start_char", "end_char", "surface", "label", "head", "entity_id", "kind", "name_start"]


def find_labels(
    documents: Documents, parse: Parse, mentions: Mentions, voices: Voices, *, sentences: Sentences
) -> Labels:
    """Return the labels table: every phrase that says what an entity is, beside or in the place of its name.

    Reports that no parser reads have no rows. A label in boilerplate is left out.
    """
    rows = [_row(reading, found) for reading, found in _found(documents, parse, mentions)]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "scare"])
    # A sum ("1,237 delegates") or a tag of the web is no name for anybody.
    table = table[table["label"].str[:1].str.isalpha().astype(bool)]
    table = table[~table["label"].isin(_PARTS)]
    table = table.drop_duplicates(["doc_id", "start_char", "entity_id"]).sort_values(
        ["doc_id", "start_char", "entity_id"]
    )
    table = with_voice(with_sentence(table, sentences), voices)
    table["outlet"] = table["doc_id"].map(outlet_labels(documents))
    return conform(table[table["zone"] != "boilerplate"], LabelsTable)


def _found(documents: Documents, parse: Parse, mentions: Mentions) -> Iterator[tuple[Reading, Found]]:
    """Yield the labels of all reports: those beside a name, those in its place, and those of happenings."""
    read = sorted(readings(documents, parse, mentions), key=lambda reading: reading.event_id)
    for _, group in groupby(read, key=lambda reading: reading.event_id):
        own = list(group)
        known = doers(own)
        reports = [(reading, list(direct_labels(reading, known))) for reading in own]
        for reading, found in reports:
            yield from ((reading, label) for label in found)
        yield from described(reports, known)
        yield from happenings(own)


def _row(reading: Reading, found: Found) -> tuple[object, ...]:
    """Return the row of a label, without its voice."""
    tokens = reading.tree.tokens
    surface = reading.words(found.first, found.last)
    return (
        reading.doc_id,
        tokens[found.first].start,
        tokens[found.last].end,
        surface,
        _plain(reading, found.first, found.last),
        tokens[found.head].lemma,
        found.entity,
        found.kind,
        found.name_start,
        reading.scare(found.first, found.last),
    )


def _plain(reading: Reading, first: int, last: int) -> str:
    """Return a label as it is counted: small, blanks single, without articles and owners before it."""
    words = [
        reading.text[token.start : token.end].casefold()
        for token in reading.tree.tokens[first : last + 1]
        if token.pos not in ("PUNCT", "SPACE")
    ]
    return " ".join(" ".join(words).replace(" '", "'").replace(" ’", "’").split())


def label_counts(labels: Labels) -> pd.DataFrame:
    """Return the uses of each label per entity and report, in each voice; the most labelled entity first.

    Columns: entity_id, theirs (whether the label is of its people or of what is its, not of itself), label,
    kinds, doc_id, outlet, the voices, boilerplate (always 0) and n. What is called itself stands first, then
    whose people are called what, then happenings.
    """
    told = labels.assign(theirs=_theirs(labels))
    by = ["entity_id", "theirs", "label"]
    kinds = told.groupby(by)["kind"].agg(lambda own: ", ".join(sorted(set(own))))
    counts = count_by_voice(told, by=[*by, "doc_id", "outlet"])
    counts.insert(3, "kinds", kinds.reindex(pd.MultiIndex.from_frame(counts[by])).to_numpy(object))
    counts["kinds"] = counts["kinds"].astype("str")
    counts["whole"] = counts.groupby(["entity_id", "theirs"])["n"].transform("sum")
    counts["happens"] = counts["entity_id"].str.startswith(HAPPENING)
    order = ["happens", "theirs", "whole", "entity_id", "n", "label", "doc_id"]
    down = [True, True, False, True, False, True, True]
    return counts.sort_values(order, ascending=down, ignore_index=True).drop(columns=["whole", "happens"])


def _theirs(labels: Labels) -> list[bool]:
    """Return which labels are of an entity's people, "the Elby delegates", and not of itself.

    A description with the noun of such a label is of them too, unless the noun is of its rule or army.
    """
    columns = ("entity_id", "head", "kind")
    rows = list(zip(*(labels[name] for name in columns), strict=True))
    people = {(entity, head) for entity, head, kind in rows if kind == "belonging" and head not in RULE}
    return [kind in STANDING and (entity, head) in people for entity, head, kind in rows]
