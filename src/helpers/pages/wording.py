"""Page 01: which words set the reports apart."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from helpers.pages.alone import without_partner
from helpers.pages.blocks import Block, details, figure, note, nothing, say, stack
from helpers.pages.by_source import sides_by_source
from helpers.pages.choices_said import choices_answer
from helpers.pages.compared_words import DRAWN, ComparedWords
from helpers.pages.phrases import capped, counted, listed
from helpers.pages.plots import heat_table
from helpers.pages.plots_words import forest, funnel, word_sides
from helpers.pages.telling import announced, difference_table, quotations
from helpers.pages.wording_said import (
    Chosen,
    forest_alt,
    funnel_alt,
    lockword_finding,
    matrix_alt,
    of_comparisons,
    sides_alt,
    stratified_finding,
    wording_answer,
    wording_limits,
    wording_support,
    words_tested,
    zone_finding,
)
from helpers.pages.wording_tests_said import habit_finding, planned_finding, tests_of
from helpers.place import chosen_word
from helpers.synopsis import Differences
from helpers.text import read_as
from helpers.words import (
    DESCRIBED,
    FEWEST_DRAWN,
    Alternations,
    Habits,
    Planned,
    PooledCounts,
    Power,
    Substitutions,
    compare_planned,
    concordance,
    count_signs,
    count_terms,
    expected_habits,
    find_alternations,
    find_collocates,
    find_effects,
    find_habits,
    find_nodes,
    find_power,
    find_substitutions,
    find_uses,
    funnel_points,
    house_style,
    lockwords,
    measure_diversity,
    measure_spread,
    other_measures,
    ranked,
    rate_matrix,
    sort_concordance,
    strongest,
    top_terms,
)

__all__ = ["Page"]
# The kinds of difference that are told here, and how many of them.
WORDINGS = ("wording", "term")
WORDINGS_SHOWN, SENTENCES_SHOWN = 60, 6
MEASURES = ["log_ratio", "reports_target", "reports_reference"]
COUNTS = ["target", "reference", "term", "n_target", "n_reference", "rate_target", "rate_reference"]
WORDS_FIRST = "term target n_target reference n_reference log_ratio"
# Rows of the keyness file, and words of a picture of all comparisons.
MOST_WORDS, DRAWN_IN_ALL = 100_000, 24


@dataclass(frozen=True)
class Page(ComparedWords):
    """The blocks of page 01, made from one edition."""

    # The word to look at, `*` any letters; where none is named, the strongest are looked at.
    word: str | None = field(default_factory=chosen_word)

    @cached_property
    def asked(self) -> str:
        """Return the word that a person asked for, here or by WORD=, or nothing."""
        return self.word.strip() if self.word else chosen_word()

    @cached_property
    def without_exception(self) -> Habits:
        """Return the words in all reports of an outlet and in none of the others."""
        return find_habits(self.counts, self.read.compared)

    @cached_property
    def power(self) -> Power:
        """Return what each comparison could find, and what it flags by chance."""
        return find_power(self.keyness, self.counts, self.read.compared)

    @cached_property
    def compared_planned(self) -> Planned:
        """Return the words of the user's own list, tested on their own."""
        return compare_planned(self.read.lists.planned, self.read.words, self.read.compared)

    @cached_property
    def substitutions(self) -> Substitutions:
        """Return the words that stand in each other's place in aligned sentences."""
        return find_substitutions(self.read)

    @cached_property
    def alone(self) -> pd.DataFrame:
        """Return the sentences near no sentence of another outlet."""
        return without_partner(self.read)

    @cached_property
    def of_one_language(self) -> PooledCounts:
        """Return the uses of each word in the events of the language that the strongest word is of."""
        documents = self.read.compared
        own = documents["event_id"].isin(self.chosen.strongest["event_id"])
        languages = documents["language"].map(read_as)
        events = documents.loc[languages.isin(languages[own]), "event_id"]
        return self.pooled[self.pooled["event_id"].isin(events)]

    @cached_property
    def chosen(self) -> Chosen:
        """Return the words of content that differ most, the strongest row, and its event's words."""
        rows = top_terms(self.telling, n=4, total=12, without=self.stopped)
        first = strongest(rows)
        of_event = rows["event_id"].isin(first["event_id"])
        return Chosen(rows, first, rows.loc[of_event, "term"].unique().tolist()[:6])

    @cached_property
    def wordings(self) -> Differences:
        """Return the differences of wording and terms, numbered as on page 06."""
        found = self.read.differences
        return found[found["kind"].isin(WORDINGS)]

    @cached_property
    def alternations(self) -> Alternations:
        """Return the choices of outlets between two ways of saying one thing."""
        return find_alternations(self.read, self.substitutions)

    def points(self) -> list[str]:
        """Return the choices of outlets, the surest other wordings, the strongest words, and how sure."""
        telling = self.telling[~self.telling["term"].isin(self.persons)]
        said = wording_answer(self.keyness, telling, self.wordings, self.power, self.shelf)
        first, *more = choices_answer(self.alternations, event=self.shelf.event_if_several)
        return said if self.alternations.empty else [first, *said, *more]

    def choices(self) -> Block:
        """Return which of two ways of saying one thing each outlet uses."""
        caption = "Which of two ways of saying one thing each side uses"
        first = "outlet_a variant_a n_a outlet_b variant_b n_b"
        return self.table(self.alternations, caption=caption, first=first, csv="choices")

    def picture(self) -> Block | None:
        """Return the strongest words of the largest comparison, on either side, as a picture."""
        rows = self._drawn_first
        if not len(rows):
            return None
        first = rows.iloc[0]
        colours = [self.shelf.colour(first[side]) for side in ("target", "reference")]
        caption = (
            f"Uses in {first['target']} (left) and {first['reference']} (right), "
            f"{self.shelf.event(first['event_id'])}. Hatched: inside quotations."
        )
        return figure(word_sides(rows, colours=colours), alt=sides_alt(rows), caption=caption)

    @cached_property
    def _drawn_first(self) -> pd.DataFrame:
        """Return the words of content of one comparison, those that differ most."""
        telling = self.telling[~self.telling["term"].isin(self.stopped)]
        # The picture is of the event whose choice is told first, where there is one.
        chosen = self.alternations["event_id"].head(1)
        own = telling[telling["event_id"].isin(chosen)] if len(chosen) else telling
        first = strongest(own if len(own) else telling)
        same = telling["event_id"].isin(first["event_id"]) & telling["target"].isin(first["target"])
        return top_terms(telling[same], n=DRAWN)

    def support(self) -> Block:
        """Return how many reports stand behind the comparisons, and how often chance would flag words."""
        return say(*wording_support(self.read.compared, self.keyness, self.power, self.shelf.event))

    def zones(self) -> Block:
        """Return which parts of the pages are left out."""
        return note(" ".join(zone_finding(self.read.sentences, self.read.body)))

    def replacements(self) -> Block:
        """Return the table of wordings that stand for each other."""
        caption = "The same told in other words, the surest first"
        return difference_table(self.wordings, self.shelf, caption=caption, n=WORDINGS_SHOWN)

    def replacement_sentences(self) -> Block:
        """Return the sentences of the first of them side by side."""
        first = announced(self.wordings, per_event=4).head(SENTENCES_SHOWN)
        if not len(first):
            return nothing("No wording is sure enough to be set side by side here.")
        texts = dict(zip(self.read.documents["doc_id"], self.read.documents["text"], strict=True))
        return quotations(first, self.shelf, texts)

    def replacement_places(self) -> Block:
        """Return every pair of phrases that stand for each other in two nearest sentences."""
        n = counted(len(self.substitutions), "pair").capitalize()
        told = f"{n} of phrases that take each other's place in two sentences alike"
        if self.substitutions.empty:
            return nothing(f"{told}.")
        caption = "Of sixty such pairs of other news four in five were right"
        first = "doc_id_a phrase_a doc_id_b phrase_b cosine"
        listed = self.table(self.substitutions, caption=caption, first=first, n=10, csv="substitutions")
        return details(told, listed)

    def only_in_one(self) -> Block:
        """Return the sentences that one outlet has alone."""
        shown = self.alone.drop(columns=["start_char", "end_char"])
        told = {"caption": "Sentences like no sentence of another outlet", "first": "doc_id text nearest"}
        return self.table(shown, **told, n=20, csv="only-in")

    def top_words(self) -> Block:
        """Return the strongest words of each comparison; p and q only where something could be flagged."""
        caption = "The strongest words of each comparison, at most eight"
        caption = of_comparisons(caption, self.top, self.keyness)
        top = self.top[["event_id", *COUNTS, *MEASURES, *tests_of(self.keyness)]]
        shown = sides_by_source(top, self.counts, self.read)
        return self.table(shown, caption=caption, first=WORDS_FIRST, n=24)

    def all_words(self) -> Block:
        """Return every word compared, folded."""
        rows = strongest(self.keyness, n=MOST_WORDS)
        shown = self.table(
            ranked(rows)[DESCRIBED.split()],
            caption="Every word of every comparison, the strongest first",
            first=WORDS_FIRST,
            n=20,
            csv="keyness",
        )
        return details(words_tested(rows, self.keyness), shown)

    def planned(self) -> Block:
        """Return what is said of the words fixed before looking."""
        told = planned_finding(self.read.lists.planned, self.compared_planned, self.shelf.event)
        return say(*told) if len(self.read.lists.planned) else nothing(told[0])

    def planned_words(self) -> Block:
        """Return the words fixed before looking, with their own tests."""
        return self.table(self.compared_planned, caption="The words fixed before looking", csv="planned")

    def house_style(self) -> Block:
        """Return the words of house style, which are not tested, and words in different forms."""
        style = house_style(self.keyness, count_signs(self.read.body, self.read.compared))
        spelt = self.table(style, caption="Titles, and words spelt in several ways", n=20)
        caption = "Words in other forms on either side"
        return stack([spelt, self.table(self.forms, caption=caption, n=20, csv="word-forms")])

    def habits(self) -> Block:
        """Return what is said of words without exception."""
        expected = expected_habits(self.counts, self.read.compared)
        told = habit_finding(self.without_exception, expected, self.shelf.event)
        return nothing(told[0]) if self.without_exception.empty else say(*told)

    def habit_words(self) -> Block:
        """Return the words in all reports of an outlet and in none of the others."""
        caption = "Words in all reports of an outlet and in no other"
        return self.table(self.without_exception, caption=caption, n=20, csv="habits")

    def effects(self) -> Block:
        """Return how different the rates of the strongest words are, with intervals by reports."""
        quoted = count_terms(self.read.words[self.is_quoted])
        found = find_effects(self.top, self.counts, quoted, self.read.compared)
        if found.empty:
            return nothing(
                f"No comparison has {FEWEST_DRAWN} reports a side: no interval by reports is given."
            )
        return self.table(
            found, caption="How much more often, with intervals by reports", n=24, csv="effects"
        )

    def top_words_drawn(self) -> Block:
        """Return the ratios of the strongest words as a picture."""
        drawn = top_terms(self.telling, n=DRAWN, total=DRAWN_IN_ALL, without=self.stopped)
        caption = of_comparisons("How many times as often each side uses a word", drawn, self.keyness)
        return figure(forest(drawn, event=self.shelf.event), alt=forest_alt(drawn), caption=caption)

    def by_reports(self) -> Block:
        """Return frequency and ratio of every word, where there are enough reports to deal."""
        points = funnel_points(self.keyness)
        if not len(points):
            return nothing("No comparison has reports enough for a test: there is nothing to draw.")
        return figure(funnel(points), alt=funnel_alt(points), caption="Frequency and ratio of every word")

    def over_events(self) -> Block:
        """Return what outlets do over several events."""
        return say(*stratified_finding(self.stratified))

    def over_events_words(self) -> Block:
        """Return the words of lowest p of each outlet over several events."""
        best = top_terms(self.stratified, n=DRAWN, total=DRAWN_IN_ALL)
        caption = "The words of each outlet that differ most from all others, event by event"
        shown = best[[*COUNTS[:5], *MEASURES, *tests_of(self.stratified)]]
        caption = of_comparisons(caption, best, self.stratified)
        return self.table(shown, caption=caption, first=WORDS_FIRST)

    def rates_drawn(self) -> Block:
        """Return the rates of the chosen words in every outlet as a picture."""
        rows, pooled = self.chosen.rows, self.of_one_language
        terms = rows.loc[rows["event_id"].isin(pooled["event_id"]), "term"].unique().tolist()
        matrix = rate_matrix(pooled, terms)
        outlets = matrix.shape[1], pooled["outlet"].nunique()
        return figure(
            heat_table(matrix, title="uses per 1,000 words"),
            alt=matrix_alt(matrix),
            caption=capped("Uses of the strongest words per 1,000 words", *outlets, "outlet"),
        )

    def other_formulas(self) -> Block:
        """Return the measures of other programs for the words of lowest p."""
        measured = other_measures(self.top, self.pooled)
        shown = self.table(measured, caption="The same words by other formulas", csv="other-measures")
        return details("G2, chi2, Fisher and log-odds z of the same words", shown)

    def same_rate(self) -> Block:
        """Return the words shown to be as frequent on both sides."""
        return say(*lockword_finding(lockwords(self.keyness), self.keyness))

    def company(self) -> Block:
        """Return the words near the strongest word."""
        node = self.asked or self.chosen.strongest["term"].str.cat()
        found = find_collocates(self.read.words, self.read.compared, node)
        return self.table(found, caption=f"Two or more times near “{node}”", n=20)

    def spread(self) -> Block:
        """Return how evenly the strongest words are spread."""
        spread = measure_spread(self.read.words, self.read.compared, self.chosen.terms)
        return self.table(spread, caption="How evenly the words are spread")

    def richness(self) -> Block:
        """Return the richness of words of each report."""
        measured = measure_diversity(self.read.words, self.read.compared)
        first = "doc_id measure value low high"
        return self.table(measured, first=first, caption="Richness of words, by report")

    def in_context(self) -> Block:
        """Return every use of the chosen words in its context."""
        words = self.chosen.rows["term"].unique().tolist()
        hits = find_uses(self.read, self.asked) if self.asked else find_nodes(self.read.words, words)
        lines = concordance(self.read, hits)
        ordered = sort_concordance(lines, by="node")
        shown = self.kwic(ordered, caption="Words in context", n=300, csv="concordance")
        return details(f"{len(lines):,} uses of {self.asked or listed(words)}", shown)

    def limits(self) -> Block:
        """Return what counts of words leave open here."""
        return say(*wording_limits(self.read.compared, self.alone, self.read.alignments))
