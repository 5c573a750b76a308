"""Page 00: which reports there are, and what is known of them."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from helpers.names import with_names
from helpers.pages.blocks import Block, details, figure, inert_csv, nothing, say, stack
from helpers.pages.corpus_said import (
    corpus_answer,
    corpus_limits,
    dated_reports,
    dates_alt,
    entries_said,
    versions_said,
)
from helpers.pages.phrases import bars_alt, capped
from helpers.pages.plots import count_bars, coverage_dates
from helpers.pages.readable import languages_said, reading_table
from helpers.pages.shown import Shown
from helpers.pairs import event_groups
from helpers.text import Sizes, Versions, find_versions, longest, sizes

__all__ = ["Page"]
# Reports of the picture that goes with the answer: more fill more than a screen.
REPORTS_DRAWN = 12


@dataclass(frozen=True)
class Page(Shown):
    """The blocks of page 00, made from one edition."""

    @cached_property
    def sizes(self) -> Sizes:
        """Return one row per report: how long it is, and where its characters went."""
        return sizes(self.read.documents, self.read.sentences, self.read.tokens)

    @cached_property
    def versions(self) -> Versions:
        """Return the reports that are a version or a duplicate of an earlier one."""
        return find_versions(pd.concat([self.read.documents, self.read.later], ignore_index=True))

    def points(self) -> list[str]:
        """Return how many reports, events, outlets and words there are, and what is not known."""
        return [
            *corpus_answer(self.read.documents, self.sizes, self.shelf),
            *versions_said(self.versions),
            *languages_said(self.read),
        ]

    def picture(self) -> Block:
        """Return the longest reports as a picture."""
        shown = longest(self.sizes, n=REPORTS_DRAWN)
        named = self.by_name(shown)
        caption = capped("Words of each report", len(shown), len(self.sizes), "report")
        return figure(
            count_bars(named, label="doc_id", value="tokens", colours=self.shelf.colours(shown["doc_id"])),
            alt=bars_alt(named, label="doc_id", value="tokens", noun="words"),
            caption=caption,
        )

    def dates_drawn(self) -> Block:
        """Return when the reports were published, by outlet and event, as a picture."""
        dated = dated_reports(self.read.documents)
        if not len(dated):
            return nothing("No report has a known time of publication, so there is nothing to draw.")
        drawn = dated.assign(
            outlet=[self.shelf.outlet(doc_id) for doc_id in dated["doc_id"]],
            event=dated["event_id"].map(self.shelf.event),
        )
        return figure(
            coverage_dates(drawn, colours=self.shelf.colours(drawn["doc_id"])),
            alt=dates_alt(drawn),
            caption=capped("Each mark is a report", len(drawn), len(self.read.documents), "report"),
        )

    def languages(self) -> Block:
        """Return what each page can read in the languages of these reports."""
        read = reading_table(self.read.documents)
        return self.table(read, caption="What can be read in these languages", n=len(read))

    def manifest(self) -> Block:
        """Return the table of what is known of each report."""
        shown = self.read.documents.drop(columns="text")
        caption = "What is known of each report"
        return self.table(
            shown, caption=caption, first="doc_id outlet published headline language", csv="documents"
        )

    def events(self) -> Block:
        """Return the events, each with its reports and the names that they have in common."""
        names = with_names(self.read.named[["doc_id", "entity_id"]], self.read.lists.entities)
        groups = event_groups(names, self.read.documents)
        labels = self.shelf.labels
        reports = [
            ", ".join(labels.get(doc_id, doc_id) for doc_id in ids.split(", ")) for ids in groups["doc_ids"]
        ]
        told = groups.assign(doc_ids=reports).rename(columns={"n": "n_reports"})
        shown = self.table(told, caption="The events and their reports", csv="events")
        return replace(shown, csv=inert_csv(groups))

    def remarks(self) -> Block:
        """Return the table of what was guessed or passed over."""
        return self.table(self.read.notes, caption="Notes on reading", overflow="reading")

    def versions_told(self) -> Block:
        """Return the reports that are a version or a duplicate of an earlier one."""
        if self.versions.empty:
            return nothing("No report is a later version or a duplicate of another.")
        caption = "Versions and duplicates of an earlier report"
        return self.table(self.versions, caption=caption, csv="versions")

    def origins(self) -> Block:
        """Return where each field of a report was found in its file."""
        if self.read.origins.empty:
            return nothing("The manifest has all that is known of the reports.")
        told = self.table(self.read.origins, caption="Where each field was found", overflow="origins")
        return details("What the files say of their reports", told)

    def folder(self) -> Block:
        """Return what became of every entry of the corpus folder."""
        entries = self.read.entries
        caption = "What became of every file and folder of the corpus"
        return stack([say(entries_said(entries)), self.table(entries, caption=caption, overflow="folder")])

    def lengths(self) -> Block:
        """Return the table of lengths, with every character accounted for."""
        caption = "Length of each report"
        first = "doc_id paragraphs sentences tokens types code_points"
        return self.table(self.sizes, caption=caption, first=first, overflow="sizes")

    def outside_the_body(self) -> Block:
        """Return the table of sentences that are not body."""
        columns = ["doc_id", "zone", "text", "start_char", "end_char"]
        apart = self.read.sentences.loc[self.read.sentences["zone"] != "body", columns]
        return self.table(apart, caption="Sentences outside the body text", overflow="outside-the-body")

    def sentences(self) -> Block:
        """Return every sentence with its place, folded by report."""
        columns = ["doc_id", "sentence_id", "zone", "text", "start_char", "end_char"]
        shown = self.read.sentences[columns]
        return self.drill(shown, by="doc_id", caption="Sentences", n=400, overflow="sentences")

    def limits(self) -> Block:
        """Return what a corpus of this shape leaves open."""
        return say(*corpus_limits(self.read.documents))
