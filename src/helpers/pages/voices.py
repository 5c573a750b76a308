"""Page 03: who is quoted, and in whose words."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from helpers.names import with_names
from helpers.pages.blocks import Block, details, figure, inert_csv, say, stack
from helpers.pages.by_source import ByReport
from helpers.pages.phrases import capped
from helpers.pages.plots import VOICE_NAMES, heat_table
from helpers.pages.plots import voice_shares as voice_shares_drawn
from helpers.pages.plots_rates import rule_rates_drawn
from helpers.pages.readable import cannot_tell, told_where
from helpers.pages.synopsis_said import event_pairs_answer
from helpers.pages.voices_said import (
    rewordings_answer,
    rules_alt,
    sources_answer,
    speakers_alt,
    voices_alt,
    voices_answer,
    voices_limits,
)
from helpers.text import with_text
from helpers.voices import (
    FEWEST,
    QUOTED,
    SPEECH,
    VOICES,
    Sources,
    StatementPairs,
    cue_counts,
    load_rule_rates,
    most_spoken,
    named_sources,
    pair_statements,
    rewordings,
    rule_counts,
    source_counts,
    speaker_matrix,
    text_hash,
    voice_shares,
)

__all__ = ["Page"]
# Reports of the picture that goes with the answer: more fill more than a screen.
REPORTS_DRAWN = 12


@told_where(QUOTED, "sources_in_short sources_listed rules limits")
@told_where(SPEECH, "speakers_drawn cues statements_in_short quoted_and_reworded")
@dataclass(frozen=True)
class Page(ByReport):
    """The blocks of page 03, made from one edition."""

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Return the share of each report's words in each voice."""
        shares = voice_shares(self.read.tokens, self.read.voices)
        untold = shares["doc_id"].isin(self.read.unread) & (shares["voice"] != "direct")
        return shares.assign(share=shares["share"].mask(untold))

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

    def points(self) -> list[str]:
        """Return who quotes most and least, who speaks most, and what is quoted here and reworded there."""
        return [
            *voices_answer(
                self.by_name(self.shares), self.by_name(self.speakers), self.rewordings, self.shelf.labels
            ),
            *cannot_tell(SPEECH, self.read.documents),
            *event_pairs_answer(self.read.event_pairs),
        ]

    def picture(self) -> Block:
        """Return the share of each voice as a picture."""
        shown = self.by_name(most_spoken(self.shares, n=REPORTS_DRAWN))
        reports = shown["doc_id"].nunique(), self.shares["doc_id"].nunique()
        caption = capped("Whose words each report has: share of its words", *reports, "report")
        return figure(voice_shares_drawn(shown), alt=voices_alt(shown), caption=caption)

    def voices(self) -> Block:
        """Return the share of each voice in each report."""
        wide = self.shares.pivot(index="doc_id", columns="voice", values="share").reset_index()
        shown = self._with_event(wide).rename(
            columns={voice: f"share {VOICE_NAMES[voice]}" for voice in VOICES}
        )
        named = self.table(shown, caption="Share of each report's words in each voice", csv="voice-shares")
        return replace(named, csv=inert_csv(wide))

    def _with_event(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows of reports with their events, those of one event together."""
        events = self.read.documents.set_index("doc_id")["event_id"]
        return rows.assign(event_id=rows["doc_id"].map(events)).sort_values("event_id", kind="stable")

    def speakers_drawn(self) -> Block:
        """Return the share of each speaker as a picture, and as a table folded under it."""
        matrix = speaker_matrix(self.by_name(self.speakers))
        caption = (
            "Share of the report's words that are each speaker's, in percent; empty: does not speak there"
        )
        caption = capped(caption, len(matrix), self.speakers["speaker"].nunique(), "speaker")
        caption = capped(caption, matrix.shape[1], self.speakers["doc_id"].nunique(), "report")
        drawn = figure(
            heat_table(100 * matrix, title="", digits=0), alt=speakers_alt(matrix), caption=caption
        )
        most = self.speakers.sort_values(["share", "doc_id", "speaker"], ascending=[False, True, True])
        caption = "Words of each speaker, the largest shares first"
        rows = self.table(most, caption=caption, n=60, overflow="speakers")
        return stack([drawn, details("The same as a table", rows)])

    @cached_property
    def sources(self) -> Sources:
        """Return every source with the spans, reports and outlets that have it."""
        return source_counts(self.spans, self.read.documents)

    def sources_in_short(self) -> Block:
        """Return how many sources there are, how many are not named, and how many one outlet has alone."""
        return say(*sources_answer(self.sources, self.read.voices))

    def sources_listed(self) -> Block:
        """Return every source, the one that most reports have first."""
        caption = "Every source, with how often it is quoted and reworded"
        by = ["source", "kind"]
        shown = self.read.dependence.with_sources(self.sources, named_sources(self.spans), by)
        return self.table(shown, caption=caption, n=25, csv="sources")

    def rules(self) -> Block:
        """Return how often each rule that names speakers was right on marked news, and decided here."""
        rates = load_rule_rates()
        drawn = rule_rates_drawn(rates[rates["n"] >= FEWEST])
        caption = "How often each rule named the right source on marked US news, with its 95 % interval"
        picture = figure(drawn, alt=rules_alt(rates[rates["n"] >= FEWEST]), caption=caption)
        caption = "Each rule: how often it decided here, and how often it was right on marked news"
        return stack([picture, self.table(rule_counts(self.read.voices, rates), caption=caption)])

    def cues(self) -> Block:
        """Return the verbs that introduce speech."""
        caption = "Verbs that introduce speech, by class and report"
        return self.table(cue_counts(self.read.voices), caption=caption, overflow="verbs")

    def statements_in_short(self) -> Block:
        """Return how many statements two reports have, and in which voices."""
        return say(*rewordings_answer(self.statements, self.rewordings))

    def quoted_and_reworded(self) -> Block:
        """Return the statements that one report quotes and another rewords."""
        columns = ["quoted_in", "quotation", "reworded_in", "rewording", "only_quoted", "only_reworded"]
        caption = "Quoted in one report and reworded in another, the most alike first"
        first = "quoted_in quotation reworded_in rewording"
        return self.table(self.rewordings[columns], caption=caption, first=first, n=12, csv="rewordings")

    def flagged(self) -> Block:
        """Return the quotations to look at."""
        columns = ["doc_id", "flag", "text", "speaker", "source", "start_char", "end_char"]
        flagged = self.spans.loc[self.spans["flag"] != "", columns]
        first = "doc_id flag text speaker"
        return self.table(flagged, caption="Quotations to look at", first=first, overflow="flagged")

    def every_span(self) -> Block:
        """Return every span of speech and its place, folded by report."""
        columns = "doc_id voice speaker source cue rule confidence text start_char end_char".split()
        caption = "Speech"
        first = "doc_id voice speaker text"
        return self.drill(
            self.spans[columns], by="doc_id", caption=caption, first=first, n=400, overflow="spans"
        )

    def text_hashes(self) -> Block:
        """Return the key of each report's text in voice_overrides.csv."""
        documents = self.read.documents
        hashes = documents[["doc_id"]].assign(text_hash=documents["text"].map(text_hash))
        caption = "The key of each report's text in voice_overrides.csv"
        return self.table(hashes, caption=caption, overflow="text-hashes")

    def limits(self) -> Block:
        """Return how many spans rest on weak ground."""
        return say(*voices_limits(self.read.voices))
