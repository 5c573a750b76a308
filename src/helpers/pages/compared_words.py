"""The words of an edition, compared as page 01 shows them."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.pages.by_source import ByReport
from helpers.text import normalise, read_as, stop_words, words_in
from helpers.voices import with_voice
from helpers.words import (
    Keyness,
    PooledCounts,
    TermCounts,
    WordForms,
    choices,
    count_terms,
    count_texts,
    deal_reports,
    deal_within_events,
    different_forms,
    house_forms,
    keyness,
    pool_counts,
    stratified_keyness,
    top_terms,
    word_families,
)

__all__ = ["DRAWN", "ComparedWords"]
# Words of a comparison that are drawn or listed.
DRAWN = 8


@dataclass(frozen=True)
class ComparedWords(ByReport):
    """The counts and comparisons behind page 01, each made when first asked for."""

    @cached_property
    def pooled(self) -> PooledCounts:
        """Return the uses of each word by event and outlet."""
        return count_texts(self.read.body, self.read.compared)

    @cached_property
    def quoted(self) -> PooledCounts:
        """Return the uses of each word inside direct quotations, by event and outlet."""
        return pool_counts(count_terms(self.read.words[self.is_quoted]), self.read.compared)

    @cached_property
    def is_quoted(self) -> pd.Series:
        """Return which words stand inside direct quotations."""
        return with_voice(self.read.words, self.read.voices)["voice"] == "direct"

    @cached_property
    def keyness(self) -> Keyness:
        """Return the words of each comparison with their tests, by words and by reports."""
        plain = keyness(self.pooled, quoted=self.quoted)
        return deal_reports(plain, self.counts, self.read.compared, families=self.families)

    @cached_property
    def families(self) -> dict[str, str]:
        """Return the lemma of each word that has several forms."""
        return word_families(self.read.words, self.read.parse)

    @cached_property
    def forms(self) -> WordForms:
        """Return the words of which the sides of a comparison have different forms."""
        return different_forms(self.keyness, self.pooled, self.families)

    @cached_property
    def telling(self) -> Keyness:
        """Return the words that may tell of a choice: no house style, no other form of the same word."""
        return choices(self.keyness, self.forms, self.families)

    @cached_property
    def top(self) -> pd.DataFrame:
        """Return the strongest words of each comparison."""
        return top_terms(self.telling, n=DRAWN)

    @cached_property
    def counts(self) -> TermCounts:
        """Return the uses of each word in each report."""
        return count_terms(self.read.words)

    @cached_property
    def stratified(self) -> Keyness:
        """Return each outlet against all others, event by event."""
        plain = stratified_keyness(self.pooled, quoted=self.quoted)
        return deal_within_events(plain, self.counts, self.read.compared)

    @cached_property
    def stopped(self) -> frozenset[str]:
        """Return words of grammar in the languages of the reports, of house style, and of persons' names."""
        languages = self.read.documents["language"].map(read_as).unique()
        house = frozenset(house_forms(self.keyness["term"]))
        return house.union(self.persons, *map(stop_words, languages))

    @cached_property
    def persons(self) -> frozenset[str]:
        """Return the words of persons' names: who is named how often is told on page 02."""
        named = self.read.named
        own = named[(named["entity_type"] == "PERSON") & (named["kind"] == "name")]
        return frozenset(normalise(word) for name in own["surface"].unique() for word in words_in(name))
