"""Page 06: where the reports say the same thing differently."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
from markupsafe import Markup

from helpers.derivation import align_passages, find_tiles, reused_by_voice
from helpers.pages.blocks import Block, details, figure, inert_csv, note, nothing, say, stack
from helpers.pages.phrases import begun, capped, counted
from helpers.pages.plots_pairs import slot_ribbon
from helpers.pages.readable import cannot, cannot_tell, told_where
from helpers.pages.reader import difference_anchor, omission_table, slot_board, synopsis_reader
from helpers.pages.renderings_said import beside_each_other, renderings_said
from helpers.pages.shown import Shown
from helpers.pages.synopsis_said import (
    event_pairs_answer,
    omissions_answer,
    ribbon_alt,
    synopsis_answer,
    synopsis_limits,
)
from helpers.pages.telling import are_likely, difference_table
from helpers.pages.tolls_said import toll_board, tolls_answer
from helpers.synopsis import (
    LACKING,
    TOLLS,
    VALUES,
    Coverage,
    Differences,
    Omissions,
    Renderings,
    Slots,
    TollComparisons,
    Tolls,
    compare_tolls,
    cut_readings,
    find_omissions,
    find_renderings,
    find_tolls,
    first_slots,
    mark_words,
    measure_coverage,
    most_shared,
    version_changes,
)
from helpers.text import with_text
from helpers.voices import SPEECH

__all__ = ["Page"]
# Reports of the picture that goes with the answer: more fill more than a screen.
REPORTS_DRAWN = 6
# Differences in the table, and those that the reader marks.
DIFFERENCES = 100
# Omissions, and slots beside outlets, in their tables.
OMISSIONS, SLOTS = 25, 25


@told_where(LACKING, "left_out")
@told_where(SPEECH, "shared_by_voice")
@told_where(TOLLS, "numbers_of_people")
@dataclass(frozen=True)
class Page(Shown):
    """The blocks of page 06, made from one edition."""

    @cached_property
    def shown(self) -> Slots:
        """Return the slots of the picture's reports."""
        return most_shared(self.slots)

    @cached_property
    def first(self) -> Slots:
        """Return those of them that a page holds."""
        return first_slots(self.shown)

    @cached_property
    def slots(self) -> Slots:
        """Return the clauses of each event's reports in their slots."""
        return self.read.slots

    @cached_property
    def differences(self) -> Differences:
        """Return the differences, the surest and most telling first."""
        return self.read.differences

    @cached_property
    def coverage(self) -> Coverage:
        """Return how much of each report corresponds to others."""
        return measure_coverage(self.slots, self.read.tokens, self.read.documents)

    def points(self) -> list[str]:
        """Return what differs, how much of each event's reports corresponds, and what one report lacks."""
        told = synopsis_answer(
            self.slots, self.coverage, self.differences, self.shelf, unread=bool(len(self.read.unread))
        )
        return [
            *told[:2],
            *tolls_answer(self.tolls, self.toll_comparisons, self.shelf),
            *told[2:],
            *self.lacking(),
            *event_pairs_answer(self.read.event_pairs),
        ]

    def picture(self) -> Block:
        """Return the parts of the reports that tell the same as a picture."""
        caption = "Filled: in both. Cross-hatched: in both, but in another place. Empty: only there."
        chosen = most_shared(self.slots, reports=REPORTS_DRAWN)
        first = first_slots(chosen)
        caption = capped(caption, len(first), len(chosen), "part")
        reports = first["doc_id"].nunique(), self.slots["doc_id"].nunique()
        caption = capped(caption, *reports, "report")
        drawn = self.by_name(first)
        return figure(slot_ribbon(drawn), alt=ribbon_alt(drawn), caption=caption)

    def where_they_differ(self) -> Block:
        """Return the differences, with the slots they are found in; those of doubtful classes folded."""
        found, likely = self.differences, are_likely(self.differences)
        anchor = difference_anchor(found, self.first)
        caption = "What differs where two reports tell the same, the surest and most telling first"
        shown = difference_table(found[likely], self.shelf, caption=caption, anchor=anchor, n=DIFFERENCES)
        caption = "Possible differences: of such ones, so many were real where they were judged"
        possible = difference_table(found[~likely], self.shelf, caption=caption, anchor=anchor, n=DIFFERENCES)
        n = int((~likely).sum())
        both = stack([shown, *([details(counted(n, "possible difference"), possible)] if n else [])])
        html = Markup('<div id="differences">{}</div>').format(both.html)
        return replace(both, html=html, csv=inert_csv(found), csv_name="differences")

    @cached_property
    def tolls(self) -> Tolls:
        """Return how many people each report says something happened to."""
        read = self.read
        return find_tolls(read.parse, read.sentences, read.documents)

    @cached_property
    def toll_comparisons(self) -> TollComparisons:
        """Return what two reports of an event or more give such a number of."""
        return compare_tolls(self.tolls)

    def numbers_of_people(self) -> Block:
        """Return how many people were killed, hurt, arrested or driven out, as each report has it."""
        caption = "How many people, by the first number of each report"
        board = toll_board(self.tolls, self.toll_comparisons, self.shelf)
        return replace(self.table(board, caption=caption, csv="tolls"), csv=inert_csv(self.tolls))

    @cached_property
    def omissions(self) -> Omissions:
        """Return what most other reports of an event have and one lacks."""
        read = self.read
        return find_omissions(
            self.of_read, read.documents, read.tokens, mentions=read.mentions, voices=read.voices
        )

    @cached_property
    def of_read(self) -> Slots:
        """Return the slots of the reports that a parser reads, under events of one language each."""
        read = self.read
        events = dict(zip(read.compared["doc_id"], read.compared["event_id"], strict=True))
        own = self.slots[~self.slots["doc_id"].isin(read.unread)]
        return own.assign(event_id=own["doc_id"].map(events).astype("str"))

    @cached_property
    def renderings(self) -> Renderings:
        """Return how much reports in two languages tell alike, sentence by sentence."""
        read = self.read
        return find_renderings(read.meaning.meant, read.body, read.documents)

    def across_languages(self) -> Block:
        """Return the reports in two languages that tell the same, with their sentences beside each other."""
        told = say(*renderings_said(self.renderings, self.read, self.shelf.names))
        if self.renderings.empty:
            return told
        caption = "Reports of an event in two languages: sentences that mean the same, and their order"
        pairs = self.table(
            self.renderings, caption=caption, first="doc_id_a doc_id_b n_same n_sentences share in_order"
        )
        beside = self.drill(
            beside_each_other(self.read),
            by="pair",
            caption="Sentences that mean the same",
            n=60,
            overflow="renderings",
        )
        return stack([told, pairs, beside])

    def versions(self) -> Block:
        """Return what each later version of a report changes in the one before it."""
        later = self.read.later
        if later.empty:
            return nothing("No report is here in several versions.")
        changes = version_changes(self.read.documents, later)
        told = say(
            f"{begun(counted(len(later), 'report'))} with the address of an earlier one: a later version, "
            "beside it here and counted nowhere else."
        )
        caption = "What a later version leaves out, adds or changes"
        first = "doc_id kind text_before text_after"
        return stack([told, self.table(changes, caption=caption, first=first, n=60, csv="version-changes")])

    def lacking(self) -> list[str]:
        """Return what one report lacks, and of which reports it cannot be told."""
        documents = self.read.documents
        told = [] if cannot(LACKING, documents) else omissions_answer(self.omissions, self.of_read)
        return [*told, *cannot_tell(LACKING, documents), *cannot_tell(VALUES, documents)]

    def left_out(self) -> Block:
        """Return what most other reports of an event have and one lacks."""
        entities = dict(
            zip(self.read.lists.entities["entity_id"], self.read.lists.entities["canonical"], strict=True)
        )
        listed = with_text(self.omissions, self.read.documents, sides=("_having",))
        return omission_table(listed, self.shelf, entities, n=OMISSIONS, csv="omissions")

    def slots_by_outlet(self) -> Block:
        """Return the shared slots as rows and the reports of the largest event as columns."""
        board = slot_board(with_text(self.slots, self.read.documents), self.shelf.labels)
        caption = "Shared parts of the event with most reports: ● has it, ○ has it in another place"
        return self.table(board, caption=caption, n=SLOTS, overflow="slots-by-outlet")

    def side_by_side(self) -> Block:
        """Return the reports beside each other, slot by slot."""
        read = self.read
        marks = mark_words(self.first, read.tokens, among=self.slots)
        listed = self.differences.head(DIFFERENCES)
        readings = cut_readings(
            self.first, read.documents, marks=marks, discrepancies=listed, voices=read.voices
        )
        return synopsis_reader(
            with_text(self.slots, read.documents),
            readings,
            self.shelf.labels,
            event=self.shelf.event,
            overflow="slots",
        )

    def words_covered(self) -> Block:
        """Return how much of each report corresponds."""
        return self.table(
            self.coverage,
            caption="How many words of each report are shared, and how many are only there",
            first="doc_id n_tokens n_shared n_moved n_only_here share",
            csv="coverage",
        )

    def shared_by_voice(self) -> Block:
        """Return how much of each voice is shared."""
        read = self.read
        shares = reused_by_voice(read.tokens, read.voices, pairs=read.event_pairs.pairs)
        caption = "Share of each voice's words that the other report has too"
        return self.table(shares, caption=caption, csv="reuse-by-voice")

    def longest_runs(self) -> Block:
        """Return the longest runs of words that two reports share."""
        tiles = find_tiles(self.read.tokens, pairs=self.read.event_pairs.pairs, min_tokens=5)
        runs: pd.DataFrame = with_text(tiles, self.read.documents, sides=("_a", "_b"))
        columns = ["doc_id_a", "doc_id_b", "n_tokens", "text_a", "start_char_a", "start_char_b"]
        longest = runs.sort_values("n_tokens", ascending=False, kind="stable")[columns]
        caption = "The longest runs of words that two reports share"
        return self.table(longest, caption=caption, n=12, csv="shared-runs")

    def passages(self) -> Block:
        """Return the passages that a search made for long texts finds."""
        passages = align_passages(self.read.tokens, pairs=self.read.event_pairs.pairs)
        shown = self.table(passages, caption="Pairs of passages", overflow="passages")
        return details(f"{counted(len(passages), 'pair')} of passages", shown)

    def limits(self) -> Block:
        """Return what the slots leave open here."""
        return note(" ".join(synopsis_limits(self.slots, self.coverage)))
