"""Page 02: by what names people, parties and places are called."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.names import (
    FOUND,
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
    introductions,
    most_introduced,
    most_used,
    most_varied,
    names_in_other_scripts,
    naming_variants,
    nested_mentions,
    propose_spellings,
    unused_aliases,
    with_names,
    with_nested,
    worklist,
)
from helpers.pages.blocks import Block, details, figure, say
from helpers.pages.by_source import ByReport
from helpers.pages.names_said import names_answer, names_limits, naming_alt, worklist_answer
from helpers.pages.phrases import capped
from helpers.pages.plots import naming_matrix
from helpers.pages.readable import told_where
from helpers.pages.tables import COLUMNS_SHOWN
from helpers.words import concordance, outlet_labels

__all__ = ["Page"]
# The kinds of difference that are told here; entities in the picture.
NAMES = ("name", "title")
ENTITIES_DRAWN = 2


@told_where(FOUND, "not_listed spellings")
@told_where(
    FOUND,
    "points picture entities forms without_common_name without_common_name_in_context titles_borne "
    "places limits",
    unless=lambda read: len(read.lists.entities) > 0,
)
@dataclass(frozen=True)
class Page(ByReport):
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

    def points(self) -> list[str]:
        """Return the names that differ, who has most names, whose title differs, and what is undecided."""
        found = self.read.differences
        own = found[found["kind"].isin(NAMES)]
        told = (
            self.by_name(self.varied),
            self.by_name(self._named(self.differing)),
            self.titles,
        )
        return [
            *names_answer(self.read.documents, self.read.named, own, self.shelf, *told),
            *worklist_answer(self.unknown, self.proposals),
        ]

    def picture(self) -> Block | None:
        """Return the names of the most variously named entities of one event as a picture."""
        shown = most_used(self._of_one_event)
        if not len(shown):
            return None
        event = self.shelf.event(self._event)
        drawn = shown.assign(doc_id=shown["doc_id"].map(self.shelf.labels))
        reports = shown["doc_id"].nunique(), self._of_one_event["doc_id"].nunique()
        caption = capped(f"How often each report uses a name, {event}", *reports, "report")
        return figure(naming_matrix(drawn), alt=naming_alt(drawn), caption=caption)

    @cached_property
    def _event(self) -> str:
        """Return the event whose reports have most names for one entity in common."""
        events = self.read.documents.set_index("doc_id")["event_id"]
        names = self.variants.assign(event_id=self.variants["doc_id"].map(events))
        counts = names.groupby(["event_id", "entity_id"])["surface"].nunique().groupby("event_id").max()
        several = self.read.documents.groupby("event_id").size()
        known = counts[counts.index.isin(several.index[several > 1])]
        return str((known if len(known) else counts).idxmax()) if len(counts) else ""

    @cached_property
    def _of_one_event(self) -> pd.DataFrame:
        """Return the names of that event's most variously named entities."""
        own = self.read.documents.loc[self.read.documents["event_id"] == self._event, "doc_id"]
        return self._named(most_varied(self.variants[self.variants["doc_id"].isin(own)], n=ENTITIES_DRAWN))

    def entities(self) -> Block:
        """Return the uses of each entity, by any name."""
        counts = self.variants.groupby(["entity_id", "doc_id"])["n"].sum().reset_index()
        lists = self.read.lists
        inside = nested_mentions(self.read.documents, lists.entities, lists.aliases, self.read.named)
        rows = with_nested(self._across(counts, "entity_id"), inside)
        shown = self._named(rows)
        caption = "How often each is named, by any name"
        first = self._first(shown, "entity|uses|inside longer names")
        return self.table(shown, caption=caption, first=first, n=15, csv="entities")

    def _across(self, counts: pd.DataFrame, *by: str) -> pd.DataFrame:
        """Return counts by report with a row per value of `by`, and how many independent sources it is in."""
        table = across_reports(counts, self.read.documents, by=by)
        return self.read.dependence.with_sources(table, counts, by)

    def _first(self, shown: pd.DataFrame, names: str) -> str:
        """Return the columns to show first: those named, and the reports' own while they are few."""
        own = [name for name in shown if str(name).startswith("in ")]
        wanted = names.split("|") if "|" in names else names.split()
        return "|".join([*wanted, *map(str, own)]) if len(wanted) + len(own) <= COLUMNS_SHOWN else names

    def forms(self) -> Block:
        """Return every form of every entity, folded by entity."""
        forms = self._across(self.variants, "entity_id", "surface", "kind")
        return self.drill(
            self._named(forms),
            by="entity",
            caption="Each name",
            first="surface kind uses reports n_sources",
            overflow="forms",
        )

    def without_common_name(self) -> Block:
        """Return the entities for which two reports have no name in common."""
        shown = self._named(self.differing)
        return self.table(
            shown, caption="Names that two reports do not share", first="entity doc_id names n", csv="names"
        )

    def without_common_name_in_context(self) -> Block:
        """Return each of these names in its context."""
        contested = contested_mentions(self.read.named, self.differing)
        lines = contested[["entity_id", "doc_id", "start_char"]].merge(concordance(self.read, contested))
        shown = self._named(lines).drop(columns="sentence_id")
        return self.drill(shown, by="entity", caption="Each use", overflow="names-in-context")

    def titles_borne(self) -> Block:
        """Return the titles printed before each person's name."""
        shown = self._across(self.titles, "entity", "honorific")
        first = self._first(shown, "entity honorific")
        return self.table(shown, caption="Titles before names", first=first, n=25, csv="titles")

    def introduced(self) -> Block:
        """Return how each report introduces each person at the first mention."""
        read = self.read
        found = introductions(read.parse, read.named, read.sentences, read.documents)
        found = found.assign(
            outlet=found["doc_id"].map(
                dict(zip(read.documents["doc_id"], outlet_labels(read.documents), strict=True))
            )
        )
        shown = self._named(most_introduced(found))[
            ["entity", "outlet", "doc_id", "surface", "honorific", "kind", "description"]
        ]
        caption = "How each report introduces a person"
        first = "entity doc_id surface honorific description"
        return self.table(shown, caption=caption, first=first, n=25, csv="introductions")

    def not_listed(self) -> Block:
        """Return the capitalised words that the authority does not know."""
        caption = "Capitalised words that are on no list"
        return self.table(worklist(self.unknown), caption=caption, csv="worklist")

    def spellings(self) -> Block:
        """Return the spellings to decide."""
        caption = "Each form, and the name it is like"
        return self.table(self.proposals, caption=caption, csv="proposals")

    def spellings_decided(self) -> Block:
        """Return the spellings that were decided, with their scores."""
        lists = self.read.lists
        seen = self.read.mentions[self.read.mentions["surface"].isin(lists.spellings["surface"])]
        own = (lists.entities, lists.aliases, lists.spellings)
        scored = propose_spellings(seen, *own, decided=True)
        caption = "Spellings that were decided"
        return self.table(scored[scored["decision"] != ""], caption=caption, overflow="decided")

    def other_scripts(self) -> Block:
        """Return the stretches that may be a name which another report of the event has in another script."""
        read = self.read
        given = (read.named, read.tokens, read.documents, read.lists.spellings)
        found = self._named(names_in_other_scripts(*given))
        caption = "Stretches that may write a name of another script"
        first = "doc_id surface entity candidate score n"
        return self.table(found, caption=caption, first=first, n=25, csv="other-scripts")

    def places(self) -> Block:
        """Return every mention and its place, folded by report."""
        shown = self._named(self.read.named).drop(columns=["source", "entity_type"])
        return self.drill(shown, by="doc_id", caption="Each name", n=400, overflow="mentions")

    def limits(self) -> Block:
        """Return what the counts of names leave open here."""
        read = self.read
        contested = contested_aliases(read.documents, read.lists.entities, read.lists.aliases)
        n_boilerplate = len(read.mentions) - len(read.named)
        return say(*names_limits(read.named, self.variants, contested, n_boilerplate=n_boilerplate))

    def unused(self) -> Block:
        """Return the listed forms that no report uses."""
        forms = unused_aliases(self.read.mentions, self.read.lists.aliases).drop(columns=["case", "note"])
        shown = self.table(forms, caption="Listed forms", overflow="unused")
        return details("Listed forms without a mention", shown)

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows with names in the place of ids."""
        return with_names(rows, self.read.lists.entities)
