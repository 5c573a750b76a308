"""The sentence that a row of a table rests on: where its words, or who it is about, are first met."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from helpers.text import Documents

if TYPE_CHECKING:
    from helpers.edition import Edition

__all__ = ["Proofs", "rows_of"]
# Columns whose words stand in a report as they are, the most telling first.
WORDS = "surface label word term phrase form pattern lockword honorific cue quotation rewording".split()
# Columns that name a person, body or place by its id or its canonical name.
WHO = ("entity_id", "entity", "target", "speaker")
# Columns that narrow down whose reports are meant.
OUTLETS = ("outlet", "target")
# Reports that are searched for one row without a report of its own.
SEARCHED = 400
# Letters of a long quotation that are looked for.
LETTERS = 200


class Proofs:
    """Where in the reports the words of a row stand; searched only for the rows that are printed."""

    def __init__(self, documents: Documents, read: "Edition | None", outlets: Mapping[object, str]) -> None:
        self._read, self._outlets = read, outlets
        self._texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
        self._events = documents.groupby("event_id", sort=False)["doc_id"].agg(list).to_dict()
        self._found: dict[tuple[object, str], int | None] = {}

    def place(self, row: Mapping[str, object], doc_id: object) -> int | None:
        """Return the first character in a report of what the row is about, or None."""
        for column in WORDS:
            if (words := row.get(column)) and isinstance(words, str):
                return self._first(doc_id, words)
        for column in WHO:
            if (start := self._named.get((row.get(column), doc_id))) is not None:
                return start
        return None

    def anywhere(self, row: Mapping[str, object]) -> tuple[object, int] | None:
        """Return the first report, of those that a row can be about, and the place in it; or None."""
        for doc_id in self._scope(row):
            if (start := self.place(row, doc_id)) is not None:
                return doc_id, start
        return None

    def _scope(self, row: Mapping[str, object]) -> Iterable[object]:
        """Return the reports that a row can be about."""
        own = self._events.get(row.get("event_id"), list(self._texts))
        wanted = {row.get(column) for column in OUTLETS}
        theirs = [doc_id for doc_id in own if self._outlets.get(doc_id) in wanted]
        return (theirs or own)[:SEARCHED]

    def _first(self, doc_id: object, words: str) -> int | None:
        """Return the first character of whole words in a report, small or capital."""
        if (doc_id, words) not in self._found:
            looked_for = r"\s+".join(map(re.escape, words[:LETTERS].split()))
            end = r"(?!\w)" if len(words) <= LETTERS else ""
            met = re.search(rf"(?<!\w){looked_for}{end}", str(self._texts.get(doc_id, "")), re.IGNORECASE)
            self._found[doc_id, words] = met.start() if met and looked_for else None
        return self._found[doc_id, words]

    @cached_property
    def _named(self) -> dict[tuple[object, object], int]:
        """Return the first place of each person, body and place in each report, by id and by name."""
        if self._read is None:
            return {}
        named = self._read.named.sort_values("start_char", kind="stable")
        first = named.drop_duplicates(["entity_id", "doc_id"])
        names = dict(
            zip(self._read.lists.entities["entity_id"], self._read.lists.entities["canonical"], strict=True)
        )
        places: dict[tuple[object, object], int] = {}
        for entity, doc_id, start in zip(
            first["entity_id"], first["doc_id"], first["start_char"], strict=True
        ):
            places[entity, doc_id] = int(start)
            places.setdefault((names.get(entity, entity), doc_id), int(start))
        return places


def rows_of(frame: pd.DataFrame, about: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the rows of a table as records, each with what its fold is about."""
    names = list(map(str, frame.columns))
    return [
        {**about, **dict(zip(names, row, strict=True))} for row in frame.itertuples(index=False, name=None)
    ]
