"""Page 00: which reports there are, and what is known of them."""

from dataclasses import dataclass
from functools import cached_property

from helpers.pages.blocks import Block, details, figure, say, stack
from helpers.pages.corpus_said import corpus_answer, corpus_limits, versions_said
from helpers.pages.phrases import bars_alt, capped, ground
from helpers.pages.plots import count_bars
from helpers.pages.shown import Shown
from helpers.text import Sizes, Versions, find_versions, longest, sizes

__all__ = ["Page"]


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
        return find_versions(self.read.documents)

    def in_short(self) -> Block:
        """Return how many reports, events, outlets and words there are."""
        same = versions_said(self.versions)
        return say(*corpus_answer(self.read.documents, self.sizes), *same, *ground(self.read))

    def manifest(self) -> Block:
        """Return the table of what is known of each report."""
        shown = self.read.documents.drop(columns="text")
        return self.table(shown, caption="One row per report, as the manifest has it", csv="documents")

    def remarks(self) -> Block:
        """Return the table of what was guessed or passed over, and what the files say of themselves."""
        notes = self.table(self.read.notes, caption="One row per remark on reading", overflow="reading")
        more = []
        if len(self.versions):
            more.append(
                self.table(self.versions, caption="One row per version or duplicate of an earlier report")
            )
        if len(self.read.origins):
            told = self.table(self.read.origins, caption="One row per field, with where it was found")
            more.append(details("What the files say of their reports", told))
        return stack([notes, *more]) if more else notes

    def lengths(self) -> Block:
        """Return the table of lengths, with every character accounted for."""
        caption = "One row per report: paragraphs, sentences, tokens, types, and where the code points went"
        return self.table(self.sizes, caption=caption, overflow="sizes")

    def lengths_drawn(self) -> Block:
        """Return the picture of the longest reports."""
        shown = longest(self.sizes)
        return figure(
            count_bars(shown, label="doc_id", value="tokens", xlabel="words"),
            alt=bars_alt(shown, label="doc_id", value="tokens", noun="words"),
            caption=capped("Length of each report in words", len(shown), len(self.sizes), "report"),
        )

    def outside_the_body(self) -> Block:
        """Return the table of sentences that are not body."""
        columns = ["doc_id", "zone", "text", "start_char", "end_char"]
        apart = self.read.sentences.loc[self.read.sentences["zone"] != "body", columns]
        return self.table(apart, caption="One row per sentence outside the body", overflow="outside-the-body")

    def sentences(self) -> Block:
        """Return every sentence with its place, folded by report."""
        columns = ["doc_id", "sentence_id", "zone", "text", "start_char", "end_char"]
        shown = self.read.sentences[columns]
        return self.drill(shown, by="doc_id", caption="One row per sentence", n=400, overflow="sentences")

    def limits(self) -> Block:
        """Return what a corpus of this shape leaves open."""
        return say(*corpus_limits(self.read.documents))
