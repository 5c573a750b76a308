"""Page 02: by what names people, parties and places are called."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.names import (
    DifferingNames,
    NamingVariants,
    SpellingProposals,
    UnknownNames,
    across_reports,
    contested_aliases,
    contested_mentions,
    differing_names,
    find_unknown_names,
    honorifics,
    most_used,
    most_varied,
    naming_variants,
    propose_spellings,
    unused_aliases,
    with_names,
    worklist,
)
from helpers.pages.blocks import Block, details, figure, say
from helpers.pages.names_said import names_answer, names_limits, naming_alt, worklist_answer
from helpers.pages.phrases import capped, ground
from helpers.pages.plots import naming_matrix
from helpers.pages.shown import Shown
from helpers.words import concordance

__all__ = ["Page"]


@dataclass(frozen=True)
class Page(Shown):
    """The blocks of page 02, made from one edition."""

    @cached_property
    def variants(self) -> NamingVariants:
        """Return how often each report names each entity by each form."""
        return naming_variants(self.read.named)

    @cached_property
    def differing(self) -> DifferingNames:
        """Return the entities for which two reports of an event have no name in common."""
        return differing_names(self.read.named, self.read.documents)

    @cached_property
    def titles(self) -> pd.DataFrame:
        """Return how often each person is named with and without each title."""
        return self._named(honorifics(self.read.named))

    @cached_property
    def varied(self) -> pd.DataFrame:
        """Return the names of the most variously named entities."""
        return self._named(most_varied(self.variants, n=4))

    @cached_property
    def unknown(self) -> UnknownNames:
        """Return the capitalised words outside every mention."""
        return find_unknown_names(self.read.sentences, self.read.tokens, self.read.mentions)

    @cached_property
    def proposals(self) -> SpellingProposals:
        """Return the spellings proposed and not decided."""
        lists = self.read.lists
        return propose_spellings(self.unknown, lists.entities, lists.aliases, lists.spellings)

    def in_short(self) -> Block:
        """Return who is named how often, by how many names, and what is left to decide."""
        told = (self.varied, self._named(self.differing), self.titles)
        return say(
            *names_answer(self.read.documents, self.read.named, *told),
            *worklist_answer(self.unknown, self.proposals),
            *ground(self.read),
        )

    def entities(self) -> Block:
        """Return the uses of each entity, by any name."""
        counts = self.variants.groupby(["entity_id", "doc_id"])["n"].sum().reset_index()
        shown = self._named(across_reports(counts, self.read.documents, by=["entity_id"]))
        return self.table(
            shown, caption="One row per entity: its mentions, by any form", n=15, csv="entities"
        )

    def names_drawn(self) -> Block:
        """Return the names of the most variously named entities as a picture."""
        shown = most_used(self.varied)
        reports = shown["doc_id"].nunique(), self.varied["doc_id"].nunique()
        caption = "Names and labels of the most variously named entities, per report"
        return figure(
            naming_matrix(shown), alt=naming_alt(shown), caption=capped(caption, *reports, "report")
        )

    def forms(self) -> Block:
        """Return every form of every entity, folded by entity."""
        forms = across_reports(self.variants, self.read.documents, by=["entity_id", "surface", "kind"])
        return self.drill(self._named(forms), by="entity", caption="One row per form", overflow="forms")

    def without_common_name(self) -> Block:
        """Return the entities for which two reports have no name in common."""
        shown = self._named(self.differing)
        return self.table(shown, caption="One row per event, entity and report", csv="names")

    def without_common_name_in_context(self) -> Block:
        """Return each of these names in its context."""
        contested = contested_mentions(self.read.named, self.differing)
        lines = contested[["entity_id", "doc_id", "start_char"]].merge(concordance(self.read, contested))
        shown = self._named(lines).drop(columns="sentence_id")
        return self.drill(shown, by="entity", caption="One row per use", overflow="names-in-context")

    def titles_borne(self) -> Block:
        """Return the titles printed before each person's name."""
        shown = across_reports(self.titles, self.read.documents, by=["entity", "honorific"])
        return self.table(shown, caption="One row per person and title", n=25, csv="titles")

    def not_listed(self) -> Block:
        """Return the capitalised words that the authority does not know."""
        caption = "One row per unknown form, with its first place"
        return self.table(worklist(self.unknown), caption=caption, csv="worklist")

    def spellings(self) -> Block:
        """Return the spellings to decide."""
        caption = "One row per unknown form and the name it is like"
        return self.table(self.proposals, caption=caption, csv="proposals")

    def spellings_decided(self) -> Block:
        """Return the spellings that were decided, with their scores."""
        lists = self.read.lists
        seen = self.read.mentions[self.read.mentions["surface"].isin(lists.spellings["surface"])]
        own = (lists.entities, lists.aliases, lists.spellings)
        scored = propose_spellings(seen, *own, decided=True)
        caption = "One row per spelling decided: what the score says of it"
        return self.table(scored[scored["decision"] != ""], caption=caption, overflow="decided")

    def places(self) -> Block:
        """Return every mention and its place, folded by report."""
        shown = self._named(self.read.named).drop(columns=["source", "entity_type"])
        return self.drill(shown, by="doc_id", caption="One row per mention", n=400, overflow="mentions")

    def limits(self) -> Block:
        """Return what the counts of names leave open here."""
        read = self.read
        contested = contested_aliases(read.documents, read.lists.entities, read.lists.aliases)
        n_boilerplate = len(read.mentions) - len(read.named)
        return say(*names_limits(read.named, self.variants, contested, n_boilerplate=n_boilerplate))

    def unused(self) -> Block:
        """Return the listed forms that no report uses."""
        forms = unused_aliases(self.read.mentions, self.read.lists.aliases).drop(columns=["case", "note"])
        shown = self.table(forms, caption="One row per form", overflow="unused")
        return details("Listed forms without a mention", shown)

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows with names in the place of ids."""
        return with_names(rows, self.read.lists.entities)
