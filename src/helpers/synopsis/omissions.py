"""What most other reports of an event have and one of them lacks: facts, quotations and sources."""

from collections.abc import Iterator, Mapping

import pandas as pd

from helpers.names import Mentions
from helpers.synopsis.clauses import word_keys
from helpers.synopsis.tables import Omissions, OmissionsTable, Slots
from helpers.table import UNKNOWN, from_rows
from helpers.text import Documents, Tokens
from helpers.voices import Voices

__all__ = ["FEWEST_REPORTS", "find_omissions"]
# Of an event of fewer reports there is no "most others".
FEWEST_REPORTS = 3
# A report has a fact in other words if it holds so much of the telling words of the stretch anywhere: nothing
# is called left out on the word of the alignment alone, which misses about a third of the shared facts.
HELD = 0.4
# A report has a fact if a stretch of it is so sure to tell it: of 24 omissions of NewsWCL50 that were read
# five were of facts that fewer reports had, four of them below.
HAVING = 0.6
# A stretch of fewer telling words says too little to be missed.
FEWEST_WORDS = 4


def find_omissions(
    slots: Slots, documents: Documents, tokens: Tokens, *, mentions: Mentions, voices: Voices
) -> Omissions:
    """Return the omissions table: what more than half of an event's other reports have and one lacks.

    A fact or a quotation is a slot; a report lacks it if it has no stretch there and few of the telling
    words of the shortest stretch anywhere. A source is lacking if the report
    does not name it at all; an outlet is no source that its own report lacks.
    """
    keys = pd.Series(word_keys(tokens, mentions, voices), index=tokens.index)
    told = tokens.assign(key=keys)[["doc_id", "start_char", "key"]]
    told = told[told["key"] != ""]
    words = {str(doc_id): own for doc_id, own in told.groupby("doc_id")}
    quoted = voices[voices["voice"] == "direct"]
    outlets = dict(zip(documents["doc_id"], documents["outlet"].str.casefold(), strict=True))
    rows: list[tuple[object, ...]] = []
    for event_id, event in slots.groupby("event_id", sort=True):
        reports = sorted(event["doc_id"].unique())
        if len(reports) >= FEWEST_REPORTS:
            rows += [(event_id, *row) for row in _facts(event, reports, words, quoted)]
            rows += [
                (event_id, *row) for row in _sources(reports, voices, mentions) if not _is_own(row, outlets)
            ]
    return from_rows(rows, OmissionsTable)


def _facts(
    event: Slots, reports: list[str], words: dict[str, pd.DataFrame], quoted: Voices
) -> Iterator[tuple[object, ...]]:
    """Yield the slots that a report lacks: report, kind, source, how many have it, of how many, its place."""
    shared = event[(event["relation"] != "only here") & (event["strength"] >= HAVING)]
    anywhere = event.groupby("slot_id")["doc_id"].agg(set)
    for number, slot in shared.groupby("slot_id", sort=True):
        lacking = sorted(set(reports) - anywhere[number])
        having = slot["doc_id"].nunique()
        if not lacking or not _most(having, len(reports)):
            continue
        first = slot.sort_values(["n_tokens", "doc_id"], kind="stable").iloc[0]
        doc_id, start, end = str(first["doc_id"]), int(first["start_char"]), int(first["end_char"])
        own = words[doc_id]
        telling = set(own["key"][own["start_char"].between(start, end - 1)])
        kind = "quotation" if _is_quoted(quoted, doc_id, start, end) else "fact"
        for report in lacking if len(telling) >= FEWEST_WORDS else ():
            held = telling & set(words[report]["key"]) if report in words else set()
            if len(held) < HELD * len(telling):
                yield report, kind, "", having, len(reports) - 1, doc_id, start, end


def _sources(reports: list[str], voices: Voices, mentions: Mentions) -> Iterator[tuple[object, ...]]:
    """Yield the sources that a report never names, in the form of `_facts`, with their first speech."""
    naming = {str(entity): set(own) for entity, own in mentions.groupby("entity_id")["doc_id"]}
    own = voices[voices["doc_id"].isin(reports) & (voices["speaker"] != UNKNOWN)]
    for speaker, spans in own.groupby("speaker", sort=True):
        having = spans["doc_id"].nunique()
        if _most(having, len(reports)):
            first = spans.sort_values(["doc_id", "start_char"]).iloc[0]
            place = str(first["doc_id"]), int(first["start_char"]), int(first["end_char"])
            having_it = {*spans["doc_id"], *naming.get(str(speaker), ())}
            for report in sorted(set(reports) - having_it):
                yield report, "source", str(speaker), having, len(reports) - 1, *place


def _is_own(row: tuple[object, ...], outlets: Mapping[str, str]) -> bool:
    """Return whether the source that a report lacks is its own outlet."""
    return set(str(row[2]).split("-")) <= set(outlets[str(row[0])].split())


def _most(having: int, reports: int) -> bool:
    """Return whether so many are more than half of an event's other reports, and two at least."""
    return having >= 2 and having > (reports - 1) / 2


def _is_quoted(quoted: Voices, doc_id: str, start: int, end: int) -> bool:
    """Return whether most of a stretch is inside direct quotations."""
    own = quoted[(quoted["doc_id"] == doc_id) & (quoted["start_char"] < end) & (quoted["end_char"] > start)]
    inside = own["end_char"].clip(upper=end) - own["start_char"].clip(lower=start)
    return bool(inside.sum() > (end - start) / 2)
