"""Blocks of page 04 that need no list: what the reports themselves call whom."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.coding import coded_spans, read_second
from helpers.framing import (
    FIRST,
    HAPPENING,
    UNLISTED,
    agency_changed,
    agency_counts,
    agreement,
    find_act_words,
    find_agency,
    find_candidates,
    find_labels,
    find_marked,
    find_stances,
    label_counts,
    stance_counts,
    stances_changed,
)
from helpers.names import with_names
from helpers.pages.blocks import Block, figure, say
from helpers.pages.by_source import ByReport
from helpers.pages.framing_found_said import (
    act_words_answer,
    acts_answer,
    agreement_answer,
    candidates_answer,
    stances_answer,
)
from helpers.pages.phrases import voice_alt
from helpers.pages.plots import voice_stack
from helpers.pages.readable import told_where
from helpers.voices import pair_statements

__all__ = ["Found"]
VOICES_DRAWN = ["direct", "indirect", "speech_act", "narration"]
BARS, CALLED = 12, 10
# Candidates of an event, and events with candidates, that are printed; the file has all.
WORDS, EVENTS = 10, 12
# Before the name of whose people a label is.
THEIRS = "those of "
# Entities whose acts are drawn: those with most.
ACTORS = 4
ROLES = {
    "acts": "acts",
    "named": "is acted on, by whom is told",
    "left_out": "is acted on, by whom is not told",
}


@told_where(
    UNLISTED,
    "called_drawn called_table marked_table acts_in_short acts_drawn acts_table acts_told acts_changed "
    "act_words_in_short act_words_table "
    "candidates_in_short candidates_table stances_in_short stances_drawn stances_table stances_changed",
)
@dataclass(frozen=True)
class Found(ByReport):
    """The blocks of page 04 on what the reports of one edition call whom, without any list."""

    @cached_property
    def called(self) -> pd.DataFrame:
        """Return what each entity is called beyond its name."""
        read = self.read
        return find_labels(read.documents, read.parse, read.named, read.voices, sentences=read.sentences)

    @cached_property
    def called_counted(self) -> pd.DataFrame:
        """Return the uses of each such label per report, with names in the place of ids."""
        counts = with_names(label_counts(self.called), self.read.lists.entities)
        shown = counts["entity"].str.removeprefix(HAPPENING)
        return counts.assign(entity=shown.where(~counts["theirs"], THEIRS + shown))

    def called_drawn(self) -> Block:
        """Return the labels of the entity that is called most things, as a picture."""
        counts = self.called_counted
        first = counts[counts["entity"] == counts["entity"].iloc[0]] if len(counts) else counts
        first = self.by_name(first.head(CALLED)).assign(
            bar=lambda rows: rows["label"] + " · " + rows["doc_id"]
        )
        who = first["entity"].iloc[0] if len(first) else "anybody"
        return figure(
            voice_stack(first, label="bar", voices=VOICES_DRAWN, xlabel=""),
            alt=voice_alt(first, label="bar", voices=VOICES_DRAWN),
            caption=f"What {who} is called beyond the name, by report and voice",
        )

    def called_table(self) -> Block:
        """Return every label of every entity, folded by entity."""
        counts = self._with_reports(self.called_counted.drop(columns=["theirs", "outlet", "boilerplate"]))
        caption = "Labels"
        return self.drill(counts, by="entity", caption=caption, folds=12, overflow="framing-called")

    def marked_table(self) -> Block:
        """Return the few words in quotation marks that are no speech, those said of somebody first."""
        read = self.read
        args = (read.documents, read.parse, read.named, read.voices, self.called)
        marked = with_names(find_marked(*args, sentences=read.sentences), read.lists.entities)
        # Those of whom the grammar tells stand first; then those without a speaker.
        order = marked.assign(open=marked["target"] == "", named=marked["speaker"] != "unknown")
        shown = order.sort_values(["open", "named", "doc_id", "start_char"], ignore_index=True)
        caption = "A few words in quotation marks"
        first = "words target doc_id speaker"
        return self.table(
            shown.drop(columns=["open", "named", "zone", "outlet"]),
            caption=caption,
            first=first,
            n=15,
            csv="framing-marked",
        )

    def _with_reports(self, counts: pd.DataFrame) -> pd.DataFrame:
        """Return the uses of labels per report with how many reports, and sources, have each label."""
        by = ["entity", "label"]
        reports = counts.groupby(by)["doc_id"].nunique().rename("reports").reset_index()
        reports = self.read.dependence.with_sources(reports, counts, by)
        return counts.merge(reports, on=by, how="left")

    @cached_property
    def acts(self) -> pd.DataFrame:
        """Return who acts and who is acted on."""
        read = self.read
        args = (read.documents, read.parse, read.named, read.voices, self.called)
        return find_agency(*args, sentences=read.sentences)

    @cached_property
    def acts_counted(self) -> pd.DataFrame:
        """Return how often each entity acts and is acted on in each report."""
        return with_names(agency_counts(self.acts), self.read.lists.entities)

    def acts_in_short(self) -> Block:
        """Return how many acts are told without who acts, and for whom the reports differ most."""
        return say(*acts_answer(self.by_name(self.acts), self.acts_counted))

    def acts_drawn(self) -> Block:
        """Return how often the entities with most acts act and are acted on, as a picture."""
        counts = self.acts_counted
        first = counts[counts["entity"].isin(counts["entity"].drop_duplicates().head(ACTORS))].head(BARS)
        named = first["acted_on"] - first["left_out"]
        named_first = self.by_name(first)
        bars = named_first.assign(bar=named_first["entity"] + " · " + named_first["doc_id"], named=named)
        bars = bars.rename(columns=ROLES)
        roles = list(ROLES.values())
        return figure(
            voice_stack(bars, label="bar", voices=roles, xlabel=""),
            alt=voice_alt(bars, label="bar", voices=roles),
            caption="How often each acts, and is acted on",
        )

    def acts_table(self) -> Block:
        """Return who acts and is acted on, folded by entity."""
        caption = "Acts"
        return self.drill(
            self.acts_counted, by="entity", caption=caption, folds=10, overflow="framing-agency"
        )

    def acts_told(self) -> Block:
        """Return every act with its place."""
        shown = with_names(self.acts.drop(columns=["zone", "speaker"]), self.read.lists.entities)
        without = shown["form"].isin(["passive without agent", "happening"])
        ordered = shown.assign(without=~without).sort_values(["without", "doc_id", "start_char"])
        caption = "Every act, those without an actor first"
        first = "doc_id verb agent patient form voice"
        return self.table(
            ordered.drop(columns="without"), caption=caption, first=first, n=15, csv="framing-acts"
        )

    def acts_changed(self) -> Block:
        """Return the nearest sentences of two outlets that tell an act in different forms."""
        changed = agency_changed(self.acts, self.read.alignments, self.read.sentences)
        shown = with_names(changed, self.read.lists.entities)
        caption = "The same act told in two forms"
        return self.table(shown, caption=caption, n=12, csv="framing-agency-changed")

    @cached_property
    def act_words(self) -> pd.DataFrame:
        """Return the words that only some outlets have for what is done to one, and in one place."""
        read, speech = self.read, set(self.read.lists.verbs["lemma"])
        args = (self.acts, read.documents, read.parse, read.alignments)
        found = find_act_words(*args, leave_out=speech)
        return with_names(found, read.lists.entities)

    def act_words_in_short(self) -> Block:
        """Return how many such words there are, and the first of each event."""
        return say(*act_words_answer(self.act_words, self.shelf))

    def act_words_table(self) -> Block:
        """Return these words, folded by event, those of most reports first."""
        caption = "Words for one target that not every outlet has"
        first = "word target reports told_in used_by instead"
        return self.drill(
            self.act_words, by="event_id", caption=caption, first=first, n=FIRST, overflow="framing-act-words"
        )

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Return the words that may belong on a list, the likeliest of each event first."""
        return find_candidates(self.read, self.called)

    def candidates_in_short(self) -> Block:
        """Return the first candidates of each event, and how many there are."""
        shown = with_names(self.candidates, self.read.lists.entities)
        return say(*candidates_answer(shown, self.shelf))

    def candidates_table(self) -> Block:
        """Return the first candidates of each event, folded by event; the file has all."""
        shown = with_names(self.candidates, self.read.lists.entities)
        caption = "Words"
        first = "pattern target used_by uses"
        return self.drill(
            shown,
            by="event_id",
            caption=caption,
            first=first,
            n=WORDS,
            folds=EVENTS,
            overflow="framing-candidates",
        )

    @cached_property
    def stances(self) -> pd.DataFrame:
        """Return each span of speech with the class of its verb and its hedges."""
        return find_stances(self.read.voices, self.read.tokens)

    def stances_in_short(self) -> Block:
        """Return in which report the verbs keep most distance, and where most is hedged."""
        return say(*stances_answer(self.by_name(stance_counts(self.stances))))

    def stances_drawn(self) -> Block:
        """Return the classes of the reporting verbs of each report, as a picture."""
        counts = stance_counts(self.stances).head(BARS)
        praise, blame = "praising or stressing", "criticising or asking for"
        firm, given = "asserting", "taking as given"
        bars = self.by_name(counts).assign(
            **{
                praise: counts["approving"] + counts["emphatic"],
                blame: counts["critical"] + counts["directive"],
                firm: counts["assertive"],
                given: counts["factive"],
            }
        )
        voices = ["neutral", firm, given, praise, blame]
        return figure(
            voice_stack(bars, label="doc_id", voices=voices, xlabel=""),
            alt=voice_alt(bars, label="doc_id", voices=voices),
            caption="Verbs that introduce speech, by class",
        )

    def stances_table(self) -> Block:
        """Return the classes of verbs and the hedges of each report."""
        caption = "Classes of verbs, and hedges, in each report"
        return self.table(
            stance_counts(self.stances),
            caption=caption,
            first="doc_id n neutral assertive factive share_hedged",
            csv="framing-stances",
        )

    def stances_changed(self) -> Block:
        """Return the statements that two reports put with verbs of other classes, or only one hedges."""
        read = self.read
        statements = pair_statements(read.voices, read.documents, read.tokens, near=read.event_pairs.near)
        changed = stances_changed(statements, self.stances)
        caption = "The same statement with another verb or hedge"
        return self.table(changed, caption=caption, n=15, csv="framing-stances-changed")

    @cached_property
    def agreed(self) -> pd.DataFrame:
        """Return how far a second coder of this corpus agrees with the pages; no rows without one."""
        read = self.read
        second = read_second(read.folder, read.documents)
        return agreement(coded_spans(read), second, read.tokens, read.sentences)

    def agreement_in_short(self) -> Block:
        """Return the agreement of two coders on each layer, or that there is no second one."""
        return say(*agreement_answer(self.agreed))

    def agreement_table(self) -> Block:
        """Return the agreement of two coders on each layer and value."""
        caption = "How far two people agree, by layer and value"
        return self.table(self.agreed, caption=caption, csv="framing-agreement" if len(self.agreed) else "")
