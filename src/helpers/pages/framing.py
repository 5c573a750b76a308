"""Page 04: which framing terms each report uses, for whom, and in whose voice."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.framing import (
    UNLISTED,
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
from helpers.pages.blocks import Block, details, figure, note, nothing, say
from helpers.pages.framing_found import Found
from helpers.pages.framing_found_said import called_answer
from helpers.pages.framing_said import framing_answer, framing_limits, framing_outcome, terms_answer
from helpers.pages.phrases import counted, voice_alt
from helpers.pages.plots import voice_stack
from helpers.pages.readable import told_where
from helpers.pages.telling import difference_table
from helpers.text import covering
from helpers.words import concordance

__all__ = ["Page"]
# Bars of the first picture.
FIRST_BARS = 8
KINDS = ["direct", "indirect", "speech_act", "narration", "boilerplate"]


@told_where(UNLISTED, "own_voice how_firm comparisons without_a_term")
@told_where(
    UNLISTED,
    "points picture terms labels_drawn labels_counted words_in_labels who_labels who_labels_how "
    "terms_changed terms_changed_sentences doubtful doubtful_in_context in_context limits",
    unless=lambda read: len(read.lists.terms) > 0,
)
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
        """Return the labels and, beside them, the plain names of the same targets, as page 02 counts them.

        A label inside a longer name, and one in links to other pages, is left to the doubtful uses.
        """
        read, found = self.read, self.found
        around = covering(found, read.mentions)
        ends = read.mentions[["start_char", "end_char"]].to_numpy()
        size = (found["end_char"] - found["start_char"]).to_numpy()
        longer = (around >= 0) & ((ends[around, 1] - ends[around, 0]) > size) if len(ends) else around >= 0
        own = found[~longer & (found["zone"] != "boilerplate").to_numpy()].reset_index(drop=True)
        return self._named(labels_and_names(own, read.named, read.voices, sentences=read.sentences))

    @cached_property
    def own(self) -> pd.DataFrame:
        """Return the share of each report's own voice in the uses for each target."""
        return own_voice(self.hits[~self.found["doc_id"].isin(self.read.unread).to_numpy()])

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

    def points(self) -> list[str]:
        """Return which terms differ, what the most labelled target is called, and in whose voice."""
        found = self.read.differences
        terms = found[found["kind"] == "term"]
        hits, labels = self.by_name(self.hits), self.by_name(self.labels)
        called = called_answer(self.called_counted, self.shelf)
        listed = framing_answer(self.read.lists.terms, hits, labels, self.own)
        first = terms_answer(terms, self.shelf)
        return [*first, *listed, *called] if len(hits) else [*first, *called, *listed]

    def picture(self) -> Block:
        """Return what the most labelled target is called, as a picture: by the list, or without one."""
        return self.labels_drawn() if len(self.most_labelled) else self.called_drawn()

    def terms(self) -> Block:
        """Return the list of terms with their uses."""
        listed = self._named(term_uses(self.read.lists.terms, self.found))
        caption = "Each term"
        return self.drill(listed, by="family", caption=caption, overflow="framing-list")

    def labels_drawn(self) -> Block:
        """Return the labels of the most labelled target as a picture."""
        drawn = self.most_labelled.head(FIRST_BARS)
        target = drawn["target"].iloc[0] if len(drawn) else "the target"
        named = drawn.assign(bar=[self.shelf.named_in(bar) for bar in drawn["bar"]]) if len(drawn) else drawn
        return figure(
            voice_stack(named, label="bar", voices=KINDS, xlabel=""),
            alt=voice_alt(named, label="bar", voices=KINDS),
            caption=f"What {target} is called, by report and voice",
        )

    def labels_counted(self) -> Block:
        """Return every label and name, folded by target."""
        counts = count_by_voice(self.labels, by=["target", "label", "family", "doc_id"])
        caption = "Labels and names"
        return self.drill(counts, by="target", caption=caption, overflow="framing-labels")

    def words_in_labels(self) -> Block:
        """Return the words of the labels of the most labelled target."""
        own = self.labels[self.labels["target"].isin(self.most_labelled["target"])]
        caption = "Words of the labels, by report and voice"
        return self.table(label_words(own), caption=caption, csv="framing-label-words")

    def who_labels(self) -> Block:
        """Return which speaker applies terms to which target."""
        counts = count_by_voice(self.hits, by=["speaker", "target", "doc_id"])
        caption = "Who uses how many terms for whom"
        return self.table(counts, caption=caption, n=25, csv="framing-speakers")

    def who_labels_how(self) -> Block:
        """Return the terms of each speaker, folded by speaker."""
        counts = count_by_voice(with_label(self.hits), by=["speaker", "target", "label"])
        return self.drill(counts, by="speaker", caption="Terms")

    def own_voice(self) -> Block:
        """Return the share of each report's own voice."""
        return self.table(
            self.own,
            caption="Whose words the terms are",
            first="target doc_id n own share_own outcome",
            n=20,
            csv="framing-own-voice",
        )

    def terms_changed(self) -> Block:
        """Return the terms that differ where two reports tell the same, numbered as on page 06."""
        found = self.read.differences
        terms = found[found["kind"] == "term"]
        return difference_table(terms, self.shelf, caption="Other terms for the same, the surest first")

    def terms_changed_sentences(self) -> Block:
        """Return the nearest sentences of which one has a term for a target that the other lacks."""
        columns = ["sentence_a", "sentence_b", "start_char_a", "start_char_b"]
        shown = self.changed.drop(columns=columns[:2])
        caption = "Nearest sentences with other terms for one target"
        first = "target doc_id_a words_a doc_id_b words_b cosine"
        listed = self.table(shown, caption=caption, first=first, n=20, csv="framing-changed")
        pairs = counted(len(shown), "pair")
        return details(f"{pairs} of nearest sentences with other terms", listed) if len(shown) else listed

    def how_firm(self) -> Block:
        """Return how many comparisons the counts support, and how many hang on a single term."""
        if self._compared.empty:
            return nothing("There is nothing to compare.")
        compared, left_out = self._compared, leave_one_out(self.hits, self.read.tokens, self.read.documents)
        return say(*framing_outcome(compared, left_out, self.shelf))

    def comparisons(self) -> Block:
        """Return the comparison of the reports of each event."""
        caption = "Reports of each event compared"
        first = "event_id target most rate_most least rate_least outcome"
        return self.table(self._compared, caption=caption, first=first, n=20, csv="framing-compared")

    def without_a_term(self) -> Block:
        """Return what the share in the report's own voice is without each term."""
        caption = "Share in the report's own voice without a term"
        return self.table(share_without(self.hits), caption=caption, n=20, csv="framing-without")

    def doubtful(self) -> Block:
        """Return the doubtful uses, folded by reason."""
        columns = ["reason", "doc_id", "surface", "target", "rule", "start_char", "end_char"]
        shown = self._named(self.doubts)[columns]
        return self.drill(shown, by="reason", caption="Doubtful uses", overflow="framing-doubts")

    def doubtful_in_context(self) -> Block:
        """Return the doubtful uses in context."""
        lines = concordance(self.read, self.doubts)
        shown = self.kwic(lines, caption="Doubtful uses", overflow="framing-doubt-lines")
        return details("The doubtful uses in context", shown) if len(lines) else shown

    def in_context(self) -> Block:
        """Return every use in context."""
        lines = concordance(self.read, self.found)
        shown = self.kwic(lines, caption="Uses of framing terms", n=50, overflow="framing-uses")
        return details(f"{counted(len(lines), 'use')} in context", shown) if len(lines) else shown

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
