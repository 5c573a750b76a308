"""Blocks of page 04 that need no list: what the reports themselves call whom."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.framing import HAPPENING, find_labels, label_counts
from helpers.names import with_names
from helpers.pages.blocks import Block, drill, figure
from helpers.pages.phrases import voice_alt
from helpers.pages.plots import voice_stack

__all__ = ["Found"]
VOICES_DRAWN = ["direct", "indirect", "speech_act", "narration"]
BARS = 20


@dataclass(frozen=True)
class Found:
    """The blocks of page 04 on what the reports of one edition call whom, without any list."""

    read: Edition = field(default_factory=open_corpus)

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
        return counts.assign(entity=shown)

    def called_drawn(self) -> Block:
        """Return the labels of the entity that is called most things, as a picture."""
        counts = self.called_counted
        first = counts[counts["entity"] == counts["entity"].iloc[0]] if len(counts) else counts
        first = first.head(BARS).assign(bar=lambda rows: rows["label"] + " · " + rows["doc_id"])
        return figure(
            voice_stack(first, label="bar", voices=VOICES_DRAWN, xlabel="uses"),
            alt=voice_alt(first, label="bar", voices=VOICES_DRAWN),
            caption="What the most labelled entity is called beyond its name: uses by report and voice",
        )

    def called_table(self) -> Block:
        """Return every label of every entity, folded by entity."""
        counts = self.called_counted.drop(columns=["outlet", "boilerplate"])
        caption = "One row per label and report"
        return drill(counts, by="entity", caption=caption, overflow="framing-called")
