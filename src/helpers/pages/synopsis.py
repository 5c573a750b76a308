"""Page 06: where the reports say the same thing differently."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from helpers.derivation import align_passages, find_tiles, reused_by_voice
from helpers.edition import Edition, open_corpus
from helpers.pages.blocks import Block, details, figure, note, say, stack, table
from helpers.pages.phrases import capped, ground
from helpers.pages.plots_pairs import slot_ribbon
from helpers.pages.reader import discrepancy_table, omission_table, slot_board, synopsis_reader
from helpers.pages.synopsis_said import (
    event_pairs_answer,
    omissions_answer,
    ribbon_alt,
    synopsis_answer,
    synopsis_limits,
)
from helpers.synopsis import (
    Compared,
    Coverage,
    Discrepancies,
    Omissions,
    Slots,
    align_slots,
    cut_readings,
    find_discrepancies,
    find_omissions,
    first_slots,
    mark_words,
    measure_coverage,
    most_shared,
    read_first,
)
from helpers.text import with_text
from helpers.words import report_labels

__all__ = ["Page"]
# Differences in the table, and those that the reader marks.
DIFFERENCES = 100
# Omissions, and slots beside outlets, in their tables.
OMISSIONS, SLOTS = 25, 25


@dataclass(frozen=True)
class Page:
    """The blocks of page 06, made from one edition."""

    read: Edition = field(default_factory=open_corpus)

    @cached_property
    def slots(self) -> Slots:
        """Return the clauses of each event's reports in their slots."""
        read = self.read
        return align_slots(
            read.documents,
            read.sentences,
            read.tokens,
            mentions=read.mentions,
            voices=read.voices,
            compared=Compared(read.event_pairs.near, read.meant),
        )

    @cached_property
    def shown(self) -> Slots:
        """Return the slots of the picture's reports."""
        return most_shared(self.slots)

    @cached_property
    def first(self) -> Slots:
        """Return those of them that a page holds."""
        return first_slots(self.shown)

    @cached_property
    def differences(self) -> Discrepancies:
        """Return the differences, those of the reader first."""
        read = self.read
        found = find_discrepancies(
            self.slots, read.documents, read.tokens, mentions=read.mentions, parse=read.parse
        )
        return read_first(found, self.first)

    @cached_property
    def coverage(self) -> Coverage:
        """Return how much of each report corresponds to others."""
        return measure_coverage(self.slots, self.read.tokens, self.read.documents)

    def in_short(self) -> Block:
        """Return how much of each event's reports corresponds, and what differs."""
        return say(
            *synopsis_answer(self.slots, self.coverage, self.differences, self.names),
            *omissions_answer(self.omissions, self.slots),
            *event_pairs_answer(self.read.event_pairs),
            *ground(self.read),
        )

    def ribbon_drawn(self) -> Block:
        """Return the slots of the reports as a picture."""
        caption = "Slots of each report: filled, shared; cross-hatched, shared and moved; empty, only here"
        caption = capped(caption, len(self.first), len(self.shown), "block")
        reports = self.first["doc_id"].nunique(), self.slots["doc_id"].nunique()
        caption = capped(caption, *reports, "report")
        return figure(slot_ribbon(self.first), alt=ribbon_alt(self.first), caption=caption)

    def where_they_differ(self) -> Block:
        """Return the differences, with the slots they are found in."""
        return discrepancy_table(
            self.differences,
            self.first,
            self.names,
            caption="One row per difference, with the slots it is found in",
            n=DIFFERENCES,
            csv="differences",
        )

    @cached_property
    def omissions(self) -> Omissions:
        """Return what most other reports of an event have and one lacks."""
        read = self.read
        return find_omissions(
            self.slots, read.documents, read.tokens, mentions=read.mentions, voices=read.voices
        )

    @cached_property
    def names(self) -> "pd.Series[str]":
        """Return the name of each report: its outlet, with its id where the event has two of that outlet."""
        return report_labels(self.read.documents)

    def left_out(self) -> Block:
        """Return what most other reports of an event have and one lacks."""
        entities = dict(
            zip(self.read.lists.entities["entity_id"], self.read.lists.entities["canonical"], strict=True)
        )
        listed = with_text(self.omissions, self.read.documents, sides=("_having",))
        return stack(
            [
                say(*omissions_answer(self.omissions, self.slots)),
                omission_table(listed, self.names, entities, n=OMISSIONS, csv="omissions"),
            ]
        )

    def slots_by_outlet(self) -> Block:
        """Return the shared slots as rows and the reports of the largest event as columns."""
        board = slot_board(with_text(self.slots, self.read.documents), self.names)
        caption = "One row per shared slot: ● the report has it, ○ it has it elsewhere in its order"
        return table(board, caption=caption, n=SLOTS, overflow="slots-by-outlet")

    def side_by_side(self) -> Block:
        """Return the reports beside each other, slot by slot."""
        read = self.read
        marks = mark_words(self.first, read.tokens, among=self.slots)
        listed = self.differences.head(DIFFERENCES)
        readings = cut_readings(
            self.first, read.documents, marks=marks, discrepancies=listed, voices=read.voices
        )
        return synopsis_reader(with_text(self.slots, read.documents), readings, self.names, overflow="slots")

    def words_covered(self) -> Block:
        """Return how much of each report corresponds."""
        return table(self.coverage, caption="One row per report: words of it", csv="coverage")

    def shared_by_voice(self) -> Block:
        """Return how much of each voice is shared."""
        read = self.read
        shares = reused_by_voice(read.tokens, read.voices, pairs=read.event_pairs.pairs)
        caption = "One row per report, other report and voice"
        return table(shares, caption=caption, csv="reuse-by-voice")

    def longest_runs(self) -> Block:
        """Return the longest runs of words that two reports share."""
        tiles = find_tiles(self.read.tokens, pairs=self.read.event_pairs.pairs, min_tokens=5)
        runs: pd.DataFrame = with_text(tiles, self.read.documents, sides=("_a", "_b"))
        columns = ["doc_id_a", "doc_id_b", "n_tokens", "text_a", "start_char_a", "start_char_b"]
        longest = runs.sort_values("n_tokens", ascending=False, kind="stable")[columns]
        caption = "One row per shared run of five words or more"
        return table(longest, caption=caption, n=12, csv="shared-runs")

    def passages(self) -> Block:
        """Return the passages that a search made for long texts finds."""
        passages = align_passages(self.read.tokens, pairs=self.read.event_pairs.pairs)
        shown = table(passages, caption="One row per pair of passages", overflow="passages")
        return details(f"Passages found: {len(passages):,}", shown)

    def limits(self) -> Block:
        """Return what the slots leave open here."""
        return note(" ".join(synopsis_limits(self.slots, self.coverage)))
