"""Page 04: which framing terms each report uses, for whom, and in whose voice."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.framing import (
    FramingHits,
    changed_terms,
    compare_reports,
    count_by_voice,
    doubtful_hits,
    find_framing_terms,
    label_words,
    labels_and_names,
    leave_one_out,
    most_labelled,
    own_voice,
    share_without,
    term_uses,
    with_label,
)
from helpers.names import with_names
from helpers.pages.blocks import Block, details, figure, note, say
from helpers.pages.framing_found import Found
from helpers.pages.framing_found_said import called_answer
from helpers.pages.framing_said import framing_answer, framing_limits, framing_outcome
from helpers.pages.phrases import ground, voice_alt
from helpers.pages.plots import voice_stack
from helpers.words import concordance

__all__ = ["Page"]
KINDS = ["direct", "indirect", "speech_act", "narration", "boilerplate"]


@dataclass(frozen=True)
class Page(Found):
    """The blocks of page 04, made from one edition."""

    @cached_property
    def found(self) -> FramingHits:
        """Return every use of a listed term, with its target and voice."""
        read = self.read
        lists = (read.documents, read.lists.terms, read.voices, read.mentions)
        return find_framing_terms(*lists, sentences=read.sentences, parse=read.parse)

    @cached_property
    def hits(self) -> pd.DataFrame:
        """Return the uses with names in the place of ids."""
        return self._named(self.found)

    @cached_property
    def labels(self) -> pd.DataFrame:
        """Return the labels and, beside them, the plain names of the same targets."""
        read = self.read
        both = labels_and_names(self.found, read.mentions, read.voices, sentences=read.sentences)
        return self._named(both)

    @cached_property
    def own(self) -> pd.DataFrame:
        """Return the share of each report's own voice in the uses for each target."""
        return own_voice(self.hits)

    @cached_property
    def changed(self) -> pd.DataFrame:
        """Return the terms that only one of two nearest sentences has."""
        return self._named(changed_terms(self.found, self.read.alignments, self.read.sentences))

    @cached_property
    def most_labelled(self) -> pd.DataFrame:
        """Return the labels and names of the target that bears most labels."""
        return most_labelled(self.labels)

    @cached_property
    def doubts(self) -> pd.DataFrame:
        """Return the uses that may be false, with the reason."""
        return doubtful_hits(self.found, self.read.mentions)

    def in_short(self) -> Block:
        """Return which terms are used, what the most labelled target is called, and in whose voice."""
        told = framing_answer(self.read.lists.terms, self.hits, self.labels, self.own, self.changed)
        return say(*called_answer(self.called_counted), *told, *ground(self.read))

    def terms(self) -> Block:
        """Return the list of terms with their uses."""
        listed = self._named(term_uses(self.read.lists.terms, self.found))
        caption = "One row per term and target, with its uses in these reports"
        return self.drill(listed, by="family", caption=caption, overflow="framing-list")

    def labels_drawn(self) -> Block:
        """Return the labels of the most labelled target as a picture."""
        return figure(
            voice_stack(self.most_labelled, label="bar", voices=KINDS, xlabel="uses"),
            alt=voice_alt(self.most_labelled, label="bar", voices=KINDS),
            caption="The labels and names of the target that bears most labels: uses by report and voice",
        )

    def labels_counted(self) -> Block:
        """Return every label and name, folded by target."""
        counts = count_by_voice(self.labels, by=["target", "label", "family", "doc_id"])
        caption = "One row per label or name and report"
        return self.drill(counts, by="target", caption=caption, overflow="framing-labels")

    def words_in_labels(self) -> Block:
        """Return the words of the labels of the most labelled target."""
        own = self.labels[self.labels["target"].isin(self.most_labelled["target"])]
        caption = "One row per word and report: uses by voice"
        return self.table(label_words(own), caption=caption, csv="framing-label-words")

    def who_labels(self) -> Block:
        """Return which speaker applies terms to which target."""
        counts = count_by_voice(self.hits, by=["speaker", "target", "doc_id"])
        caption = "One row per speaker, target and report"
        return self.table(counts, caption=caption, n=25, csv="framing-speakers")

    def who_labels_how(self) -> Block:
        """Return the terms of each speaker, folded by speaker."""
        counts = count_by_voice(with_label(self.hits), by=["speaker", "target", "label"])
        return self.drill(counts, by="speaker", caption="One row per target and term of this speaker")

    def own_voice(self) -> Block:
        """Return the share of each report's own voice."""
        return self.table(self.own, caption="One row per target and report", n=20, csv="framing-own-voice")

    def terms_changed(self) -> Block:
        """Return the terms that two nearest sentences do not share."""
        columns = ["sentence_a", "sentence_b", "start_char_a", "start_char_b"]
        shown = self.changed.drop(columns=columns)
        caption = "One row per pair of sentences and target"
        return self.table(shown, caption=caption, n=20, csv="framing-changed")

    def terms_changed_sentences(self) -> Block:
        """Return both sentences of each such pair, folded by the reports."""
        changed = self.changed.assign(reports=self.changed["doc_id_a"] + " and " + self.changed["doc_id_b"])
        return self.drill(
            changed.drop(columns=["doc_id_a", "doc_id_b", "cosine"]),
            by="reports",
            caption="One row per pair of sentences and target",
            n=20,
            folds=8,
            overflow="framing-changed-sentences",
        )

    def how_firm(self) -> Block:
        """Return how many comparisons the counts support, and how many hang on a single term."""
        compared, left_out = self._compared, leave_one_out(self.hits, self.read.tokens, self.read.documents)
        return say(*framing_outcome(compared, left_out))

    def comparisons(self) -> Block:
        """Return the comparison of the reports of each event."""
        caption = "One row per event and target"
        return self.table(self._compared, caption=caption, n=20, csv="framing-compared")

    def without_a_term(self) -> Block:
        """Return what the share in the report's own voice is without each term."""
        caption = "One row per target and report with five uses or more"
        return self.table(share_without(self.hits), caption=caption, n=20, csv="framing-without")

    def doubtful(self) -> Block:
        """Return the doubtful uses, folded by reason."""
        columns = ["reason", "doc_id", "surface", "target", "rule", "start_char", "end_char"]
        shown = self._named(self.doubts)[columns]
        return self.drill(shown, by="reason", caption="One row per doubtful use", overflow="framing-doubts")

    def doubtful_in_context(self) -> Block:
        """Return the doubtful uses in context."""
        lines = concordance(self.read, self.doubts)
        shown = self.kwic(lines, caption="Doubtful uses", overflow="framing-doubt-lines")
        return details("The doubtful uses in context", shown)

    def in_context(self) -> Block:
        """Return every use in context."""
        lines = concordance(self.read, self.found)
        shown = self.kwic(lines, caption="Uses of framing terms", n=50, overflow="framing-uses")
        return details(f"All {len(lines):,} uses in context", shown)

    def limits(self) -> Block:
        """Return how far the uses, their targets and their voices can be trusted."""
        return note(" ".join(framing_limits(self.hits, self.doubts)))

    @cached_property
    def _compared(self) -> pd.DataFrame:
        """Return the comparison of the reports of each event and target."""
        return compare_reports(self.hits, self.read.tokens, self.read.documents)

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows with names in the place of ids."""
        return with_names(rows, self.read.lists.entities)
