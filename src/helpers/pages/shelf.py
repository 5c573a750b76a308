"""Reports by the names of their outlets, and where a sentence stands in the report's own page."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from helpers.pages.headings import event_words, time_words
from helpers.pages.phrases import listed
from helpers.pages.proofs import Proofs, rows_of
from helpers.proposed import PROPOSED
from helpers.table import UNKNOWN
from helpers.text import Documents, Sentences
from helpers.words import report_labels

if TYPE_CHECKING:
    from helpers.edition import Edition

__all__ = ["COLOURS", "VOICE_NAMES", "Shelf", "Side", "page_name"]
# Okabe and Ito's palette, darkened where a hue would fail 4.5:1 on white.
COLOURS = ("#0072B2", "#B34700", "#007A5E", "#9A4F7E", "#5F6368")
OWN_COLOURS = len(COLOURS) - 1
SIDES = ("", "_a", "_b", "_having")
# The columns that give a place, and need no column of their own where a link leads there.
PLACES = ("start_char", "end_char", "sentence_id", "token_id", "paragraph_id", "sentence_start")
HEADLINE, FEW_LETTERS = 48, 20
# Reports, and outlets, that a sentence names one by one.
REPORTS_NAMED, OUTLETS_NAMED = 2, 3
# The columns with the words that a report of another column has.
SAID = {"quoted_in": "quotation", "reworded_in": "rewording"}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


# What a voice is called where people read, on every page and in every picture.
VOICE_NAMES = {
    "direct": "quoted",
    "indirect": "reworded",
    "speech_act": "told as an act",
    "narration": "own voice",
    "boilerplate": "in links",
}
# What a class of reporting verbs does, and what a piece of evidence speaks for.
CLASS_NAMES = {
    "approving": "praises",
    "assertive": "asserts",
    "critical": "criticises",
    "directive": "asks for",
    "emphatic": "stresses",
    "factive": "takes as given",
    "neutral": "neutral",
}
FOR_NAMES = {"a to b": "the first came first", "b to a": "the second came first", "nothing": "neither"}
# The columns that name a report where they hold its id.
REPORTS = ("quoted_in", "reworded_in", "report", "other", "first_in", "version_of", "duplicate_of", "before")
# The words that stand for the values of a column.
IN_WORDS = {
    **dict.fromkeys(("voice", "voice_a", "voice_b"), VOICE_NAMES),
    **dict.fromkeys(("verb_class", "verb_class_a", "verb_class_b"), CLASS_NAMES),
    "supports": FOR_NAMES,
}


class Side(NamedTuple):
    """The columns of a table that name a report and its place in it; empty where the table has none."""

    report: str
    start: str
    sentence: str


def page_name(doc_id: str) -> str:
    """Return the name of a report's page; safe as a file's, and another for every report.

    >>> page_name("003"), page_name("A/b")
    ('003', 'A-b-3646f792')
    """
    plain = "".join(char if char.lower() in _PLAIN else "-" for char in doc_id[:60])
    if plain == doc_id and doc_id == doc_id.lower() and doc_id not in ("con", "prn", "aux", "nul"):
        return plain
    return f"{plain}-{hashlib.sha256(doc_id.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _cut(words: str, most: int) -> str:
    """Return words in quotation marks, at most so many letters of them."""
    return f"“{words if len(words) <= most else words[:most].rsplit(' ', 1)[0] + ' …'}”"


def _in_words(told: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its voices, classes of verbs and times of publication in words."""
    for name in told.columns.intersection(list(IN_WORDS)):
        if told[name].isin(list(IN_WORDS[name])).any():
            told[name] = told[name].map(IN_WORDS[name]).fillna(told[name])
    if "published" in told:
        told["published"] = told["published"].map(time_words)
    if "days" in told:
        told["days"] = [
            " to ".join(str(time_words(day)) for day in str(days).split(" to ")) for days in told["days"]
        ]
    return told


class Shelf:
    """The reports of an edition as people read of them: by outlet, each with a page of its own."""

    def __init__(self, documents: Documents, sentences: Sentences, *, read: "Edition | None" = None) -> None:
        self._documents, self._sentences, self._read = documents, sentences, read

    @classmethod
    def of(cls, read: "Edition") -> "Shelf":
        """Return the shelf of an edition."""
        return cls(read.documents, read.sentences, read=read)

    @cached_property
    def labels(self) -> "pd.Series[str]":
        """Return the name of each report among those of its event; of one outlet's, by their headlines."""
        labels, documents = report_labels(self._documents), self._documents.set_index("doc_id")
        outlets, headlines = documents["outlet"], documents["headline"]
        several = labels.eq(outlets + " " + labels.index.to_series()) & headlines.ne(UNKNOWN)
        told = outlets + " (" + headlines.map(lambda words: _cut(words, FEW_LETTERS)) + ")"
        plain = told.where(several, labels)
        again = plain.groupby(documents["event_id"]).transform(lambda own: own.duplicated(keep=False))
        return labels.where(again, plain)

    @cached_property
    def names(self) -> "pd.Series[str]":
        """Return a name for each report that no other has: its outlet, and its event where it needs one."""
        labels = self.labels
        twice = labels.duplicated(keep=False)
        own = self._documents.set_index("doc_id")["event_id"]
        events = own.map(self.event)
        days = events.str.rpartition(", ")[2]
        # A day says enough where every event has its own.
        by_day = days.nunique() == events.nunique() and not (days == events).any()
        told = labels.where(~twice, labels + " (" + (days if by_day else own.map(self.short_event)) + ")")
        return told.where(~told.duplicated(keep=False), labels + " " + labels.index.to_series())

    @cached_property
    def outlets(self) -> list[str]:
        """Return the outlets in order, as colours are given to them."""
        return sorted(set(self._outlet.tolist()))

    @cached_property
    def known_outlets(self) -> list[str]:
        """Return the outlets that are named, the one with most reports first."""
        known = self._documents["outlet"]
        named = known[~known.str.lower().str.startswith(("unnamed", UNKNOWN))]
        return named.value_counts().sort_index().sort_values(ascending=False, kind="stable").index.tolist()

    def language(self, doc_id: object) -> str:
        """Return the language of a report, nothing where it is not known."""
        known = self._languages.get(doc_id, UNKNOWN)
        return "" if known == UNKNOWN else str(known)

    @cached_property
    def _languages(self) -> "pd.Series[str]":
        """Return the language of each report."""
        return self._documents.set_index("doc_id")["language"]

    def colours(self, doc_ids: Iterable[object]) -> list[str]:
        """Return the colour of the outlet of each report: an outlet has the same one on every page."""
        return [self.colour(self.outlet(doc_id)) for doc_id in doc_ids]

    def colour(self, outlet: object) -> str:
        """Return the colour of an outlet; several together, or one that is not known, are grey."""
        known = str(outlet) in self.outlets
        return COLOURS[self.outlets.index(str(outlet)) % OWN_COLOURS] if known else COLOURS[-1]

    def outlet(self, doc_id: object) -> str:
        """Return the outlet of a report."""
        return str(self._outlet.get(doc_id, doc_id))

    def reports(self, doc_ids: Iterable[object]) -> str:
        """Return reports in a few words: by name while they are few, else their number and their outlets."""
        own = self._outlet.reindex(list(dict.fromkeys(doc_ids)))
        if len(own) <= REPORTS_NAMED:
            return listed(self.names.reindex(own.index).tolist())
        if len(own) == len(self._outlet):
            return f"all {len(own):,} reports"
        outlets = sorted(set(own.tolist()))
        if len(outlets) > OUTLETS_NAMED:
            return f"{len(own):,} reports of {len(outlets):,} outlets"
        return f"{len(own):,} reports ({listed(outlets)})"

    def named_in(self, label: str) -> str:
        """Return a bar's label, "words · report", with the report by name."""
        words, mid, doc_id = label.rpartition(" · ")
        return f"{words}{mid}{self.names[doc_id]}" if mid and doc_id in self.names.index else label

    def event(self, event_id: object) -> str:
        """Return an event in words; one whose id says nothing by the headline of its first report."""
        words = event_words(event_id)
        if str(event_id).startswith(PROPOSED):
            return self._by_headline(event_id, HEADLINE) or words
        if any(len(part) > 2 and part.isalpha() for part in words.split()):
            return words
        return self._by_headline(event_id, HEADLINE) or words

    def short_event(self, event_id: object) -> str:
        """Return an event in a few words."""
        words = self.event(event_id)
        return self._by_headline(event_id, FEW_LETTERS) if words.startswith("“") else words

    def event_if_several(self, event_id: object) -> str:
        """Return an event in a few words where the reports are on several, else nothing."""
        return self.short_event(event_id) if self._documents["event_id"].nunique() > 1 else ""

    def _by_headline(self, event_id: object, most: int) -> str:
        """Return the headline of an event's first report in quotation marks, or nothing."""
        headline = self._headlines.get(event_id, "")
        return _cut(headline, most) if headline else ""

    def link(
        self, doc_id: object, start: object = None, sentence: object = None, *, whole: bool = False
    ) -> Markup:
        """Return a report's name as a link to its page, and there to a sentence where one is given.

        The name is that among the reports of its event, or with `whole` the one that no other report has.
        """
        name = (self.names if whole else self.labels).get(doc_id)
        if name is None:
            return Markup("{}").format(doc_id)
        if sentence is None and start is not None:
            sentence = self._sentence_at(doc_id, start)
        place = f"text/{page_name(str(doc_id))}" + ("" if sentence is None else f"/s{sentence}")
        return Markup('<a href="#{}">{}</a>').format(place, name)

    def sides(self, columns: Sequence[object]) -> list[Side]:
        """Return which of the columns name a report, each with the columns of its place."""
        known = set(map(str, columns))
        found = []
        for side in SIDES:
            start, sentence = f"start_char{side}", f"sentence_id{side}"
            if f"doc_id{side}" in known:
                own = (start if start in known else "", sentence if sentence in known else "")
                found.append(Side(f"doc_id{side}", *own))
        return found

    @cached_property
    def _proofs(self) -> Proofs:
        """Return where the words of rows stand."""
        return Proofs(self._documents, self._read, self._outlet.to_dict())

    def opened(self, frame: pd.DataFrame, about: Mapping[str, object]) -> dict[object, list[str]]:
        """Return what the numbers of a table open, by the shown name of their column: anchors, or nothing.

        A number of one report opens the first sentence of that report with the words of its row. In a row
        that names no report, the first number opens the first such sentence of all.
        """
        rows, found = rows_of(frame, about), {}
        numbers = [name for name in frame if pd.api.types.is_numeric_dtype(frame[name])]
        own = [name for name in numbers if self._report_column(name) != name]
        for name in own:
            doc_id = str(name).removeprefix("in ")
            starts = [self._proofs.place(row, doc_id) if row[str(name)] else None for row in rows]
            found[self._report_column(name)] = [self._anchor(doc_id, start) for start in starts]
        first = next((name for name in numbers if name not in own), None)
        if first is not None and not self.sides(frame.columns.tolist()):
            met = [self._proofs.anywhere(row) for row in rows]
            found[first] = [self._anchor(*place) if place else "" for place in met]
        return found

    def _anchor(self, doc_id: object, start: int | None) -> str:
        """Return the anchor of the sentence of a report in which a character stands; nothing without one."""
        sentence = None if start is None else self._sentence_at(doc_id, start)
        return "" if sentence is None else f"text/{page_name(str(doc_id))}/s{sentence}"

    def shown(self, frame: pd.DataFrame, about: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return a table as people read it: reports by name and linked to their sentences, no bare places."""
        told, about = frame.copy(deep=False), about or {}
        whole = "event_id" not in {*frame, *about}
        for report, start, sentence in self.sides(frame.columns.tolist()):
            if sentence or start:
                places: Iterable[object] = frame[sentence or start]
            else:
                rows = zip(rows_of(frame, about), frame[report], strict=True)
                places = [self._proofs.place(row, doc_id) for row, doc_id in rows]
            kind = "sentence" if sentence else "start"
            pairs = zip(frame[report], places, strict=True)
            links = [self.link(doc_id, whole=whole, **{kind: place}) for doc_id, place in pairs]
            told[report] = pd.Series(links, index=frame.index, dtype=object)
        for name in told.columns.intersection(list(REPORTS)):
            if told[name].isin(["", *self.labels.index]).all():
                told[name] = self._linked(frame, name, about, whole=whole)
        told = _in_words(told)
        bare = {f"{place}{side}" for place in PLACES for side in SIDES}
        return told.drop(columns=told.columns.intersection(list(bare))).rename(columns=self._report_column)

    def _linked(
        self, frame: pd.DataFrame, name: str, about: Mapping[str, object], *, whole: bool
    ) -> "pd.Series[Any]":
        """Return the reports of a column by name, each a link to where the words of its row stand."""
        words = SAID.get(name, "")
        rows = [{words: row[words]} if words in row else row for row in rows_of(frame, about)]
        places = [self._proofs.place(row, doc_id) for row, doc_id in zip(rows, frame[name], strict=True)]
        pairs = zip(frame[name], places, strict=True)
        links = [self.link(doc_id, start, whole=whole) for doc_id, start in pairs]
        return pd.Series(links, index=frame.index, dtype=object)

    def _report_column(self, name: object) -> object:
        """Return the heading of a column of one report's numbers by the report's name."""
        doc_id = str(name).removeprefix("in ")
        return f"in {self.names[doc_id]}" if doc_id != name and doc_id in self.names.index else name

    def _sentence_at(self, doc_id: object, start: object) -> int | None:
        """Return the number of the sentence of a report in which a character stands."""
        starts, numbers = self._starts.get(doc_id, ([], []))
        if not starts or pd.isna(start):  # type: ignore[call-overload]
            return None
        return numbers[max(bisect_right(starts, int(start)) - 1, 0)]  # type: ignore[call-overload]

    @cached_property
    def _starts(self) -> dict[object, tuple[list[int], list[int]]]:
        """Return the first characters and the numbers of each report's sentences, in order."""
        ordered = self._sentences.sort_values(["doc_id", "start_char"], kind="stable")
        return {
            doc_id: (own["start_char"].tolist(), own["sentence_id"].tolist())
            for doc_id, own in ordered.groupby("doc_id", sort=False)
        }

    @cached_property
    def _outlet(self) -> "pd.Series[str]":
        """Return the outlet of each report; without one, the report's own name."""
        known = self._documents.set_index("doc_id")["outlet"]
        return known.where(known != UNKNOWN, self.labels.reindex(known.index))

    @cached_property
    def _headlines(self) -> dict[object, str]:
        """Return the first headline known of each event."""
        known = self._documents[self._documents["headline"] != UNKNOWN]
        return dict(known.drop_duplicates("event_id")[["event_id", "headline"]].itertuples(index=False))
