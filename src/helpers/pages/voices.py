"""Page 03: who is quoted, and in whose words."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.names import with_names
from helpers.pages.blocks import Block, figure, say
from helpers.pages.phrases import capped, ground
from helpers.pages.plots import heat_table
from helpers.pages.plots import voice_shares as voice_shares_drawn
from helpers.pages.shown import Shown
from helpers.pages.synopsis_said import event_pairs_answer
from helpers.pages.voices_said import (
    rewordings_answer,
    sources_answer,
    speakers_alt,
    voices_alt,
    voices_answer,
    voices_limits,
)
from helpers.text import with_text
from helpers.voices import (
    Sources,
    StatementPairs,
    cue_counts,
    most_spoken,
    pair_statements,
    rewordings,
    rule_counts,
    source_counts,
    speaker_matrix,
    text_hash,
    voice_shares,
)

__all__ = ["Page"]


@dataclass(frozen=True)
class Page(Shown):
    """The blocks of page 03, made from one edition."""

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Return the share of each report's words in each voice."""
        return voice_shares(self.read.tokens, self.read.voices)

    @cached_property
    def speakers(self) -> pd.DataFrame:
        """Return the share of each report's words that each speaker has."""
        shares = voice_shares(self.read.tokens, self.read.voices, by="speaker")
        return with_names(shares, self.read.lists.entities)

    @cached_property
    def statements(self) -> StatementPairs:
        """Return the statements that two reports of an event have."""
        read = self.read
        return pair_statements(read.voices, read.documents, read.tokens, near=read.event_pairs.near)

    @cached_property
    def rewordings(self) -> pd.DataFrame:
        """Return the statements that one report quotes and another rewords."""
        return rewordings(self.statements, self.read.documents)

    @cached_property
    def spans(self) -> pd.DataFrame:
        """Return the spans of speech with their words and their speakers' names."""
        return with_names(with_text(self.read.voices, self.read.documents), self.read.lists.entities)

    def in_short(self) -> Block:
        """Return how much is quoted, how much reworded, and whose speech it is."""
        return say(*voices_answer(self.shares, self.speakers, self.rewordings), *ground(self.read))

    def voices(self) -> Block:
        """Return the share of each voice in each report."""
        wide = self.shares.pivot(index="doc_id", columns="voice", values="share").reset_index()
        caption = "One row per report: share of its words in each voice"
        return self.table(wide, caption=caption, csv="voice-shares")

    def voices_drawn(self) -> Block:
        """Return the share of each voice as a picture."""
        shown = most_spoken(self.shares)
        reports = shown["doc_id"].nunique(), self.shares["doc_id"].nunique()
        caption = capped("Share of each report's words in each voice", *reports, "report")
        return figure(voice_shares_drawn(shown), alt=voices_alt(shown), caption=caption)

    def speakers_drawn(self) -> Block:
        """Return the share of each speaker as a picture."""
        matrix = speaker_matrix(self.speakers)
        caption = "One row per speaker, one column per report; an empty cell: does not speak there"
        caption = capped(caption, len(matrix), self.speakers["speaker"].nunique(), "speaker")
        caption = capped(caption, matrix.shape[1], self.speakers["doc_id"].nunique(), "report")
        return figure(
            heat_table(matrix, title="Share of the report's words"),
            alt=speakers_alt(matrix),
            caption=caption,
        )

    @cached_property
    def sources(self) -> Sources:
        """Return every source with the spans, reports and outlets that have it."""
        return source_counts(self.spans, self.read.documents)

    def sources_in_short(self) -> Block:
        """Return how many sources there are, how many are not named, and how many one outlet has alone."""
        return say(*sources_answer(self.sources, self.read.voices))

    def sources_listed(self) -> Block:
        """Return every source, the one that most reports have first."""
        caption = "One row per source: spans quoted and reworded, reports and outlets that have it"
        return self.table(self.sources, caption=caption, n=25, csv="sources")

    def rules(self) -> Block:
        """Return the rules that named the speakers."""
        caption = "One row per rule: spans it decided, lowest and highest confidence"
        return self.table(rule_counts(self.read.voices), caption=caption)

    def cues(self) -> Block:
        """Return the verbs that introduce speech."""
        caption = "One row per class of verb and report: spans introduced, verbs as printed"
        return self.table(cue_counts(self.read.voices), caption=caption, overflow="verbs")

    def statements_in_short(self) -> Block:
        """Return how many statements two reports have, and in which voices."""
        return say(
            *rewordings_answer(self.statements, self.rewordings),
            *event_pairs_answer(self.read.event_pairs),
        )

    def quoted_and_reworded(self) -> Block:
        """Return the statements that one report quotes and another rewords."""
        columns = ["quoted_in", "quotation", "reworded_in", "rewording", "only_quoted", "only_reworded"]
        caption = "One row per statement quoted in one report and reworded in another, the most alike first"
        return self.table(self.rewordings[columns], caption=caption, n=12, csv="rewordings")

    def flagged(self) -> Block:
        """Return the quotations to look at."""
        columns = ["doc_id", "flag", "text", "speaker", "source", "start_char", "end_char"]
        flagged = self.spans.loc[self.spans["flag"] != "", columns]
        return self.table(flagged, caption="One row per flagged quotation", overflow="flagged")

    def every_span(self) -> Block:
        """Return every span of speech and its place, folded by report."""
        columns = "doc_id voice speaker source cue rule confidence text start_char end_char".split()
        caption = "One row per span of speech"
        return self.drill(self.spans[columns], by="doc_id", caption=caption, n=400, overflow="spans")

    def text_hashes(self) -> Block:
        """Return the key of each report's text in voice_overrides.csv."""
        documents = self.read.documents
        hashes = documents[["doc_id"]].assign(text_hash=documents["text"].map(text_hash))
        caption = "One row per report: the key of its text in voice_overrides.csv"
        return self.table(hashes, caption=caption, overflow="text-hashes")

    def limits(self) -> Block:
        """Return how many spans rest on weak ground."""
        return say(*voices_limits(self.read.voices))
