"""Page 01: which words set the reports apart."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.pages.blocks import Block, details, drill, figure, kwic, note, say, table
from helpers.pages.phrases import capped, ground, listed
from helpers.pages.plots import heat_table
from helpers.pages.plots_words import barcode, forest, funnel, voice_bars
from helpers.pages.wording_said import (
    barcode_alt,
    forest_alt,
    funnel_alt,
    lockword_finding,
    matrix_alt,
    of_comparisons,
    stratified_finding,
    voice_bars_alt,
    wording_answer,
    wording_limits,
    wording_support,
    words_tested,
    zone_finding,
)
from helpers.pages.wording_tests_said import habit_finding, planned_finding, tests_of
from helpers.text import read_as, stop_words
from helpers.voices import with_voice
from helpers.words import (
    DESCRIBED,
    FEWEST_DRAWN,
    Habits,
    Keyness,
    Planned,
    PooledCounts,
    Power,
    Substitutions,
    TermCounts,
    commonest,
    compare_planned,
    concordance,
    count_terms,
    count_texts,
    deal_reports,
    deal_within_events,
    expected_habits,
    find_collocates,
    find_effects,
    find_habits,
    find_nodes,
    find_power,
    find_substitutions,
    find_unpartnered,
    funnel_points,
    group_substitutions,
    house_style,
    keyness,
    lockwords,
    measure_diversity,
    measure_spread,
    most_using,
    other_measures,
    place_quotations,
    place_terms,
    pool_counts,
    ranked,
    rate_matrix,
    report_labels,
    sort_concordance,
    stratified_keyness,
    strongest,
    top_terms,
    with_headings,
)

__all__ = ["Page"]
MEASURES = ["log_ratio", "reports_target", "reports_reference"]
COUNTS = ["target", "reference", "term", "n_target", "n_reference", "rate_target", "rate_reference"]
# Rows of the keyness file, and words of a picture of each comparison and of all.
MOST_WORDS, DRAWN, DRAWN_IN_ALL = 100_000, 8, 24


class _Chosen(NamedTuple):
    """The words that the pictures show."""

    rows: pd.DataFrame
    strongest: pd.DataFrame
    terms: list[str]


@dataclass(frozen=True)
class Page:
    """The blocks of page 01, made from one edition."""

    read: Edition = field(default_factory=open_corpus)

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
    def without_exception(self) -> Habits:
        """Return the words in all reports of an outlet and in none of the others."""
        return find_habits(self.counts, self.read.compared)

    @cached_property
    def keyness(self) -> Keyness:
        """Return the words of each comparison with their tests, by words and by reports."""
        tested = keyness(self.pooled, quoted=self.quoted)
        return deal_reports(tested, self.counts, self.read.compared)

    @cached_property
    def counts(self) -> TermCounts:
        """Return the uses of each word in each report."""
        return count_terms(self.read.words)

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
    def replaced(self) -> pd.DataFrame:
        """Return the substitutions grouped by phrase."""
        own = (self.read.body, self.read.compared)
        return group_substitutions(self.substitutions, *own, self.keyness)

    @cached_property
    def alone(self) -> pd.DataFrame:
        """Return the sentences near no sentence of another outlet."""
        return find_unpartnered(self.read.body, self.read.words, self.read.compared)

    @cached_property
    def stratified(self) -> Keyness:
        """Return each outlet against all others, event by event."""
        plain = stratified_keyness(self.pooled, quoted=self.quoted)
        return deal_within_events(plain, self.counts, self.read.compared)

    @cached_property
    def stopped(self) -> frozenset[str]:
        """Return the words of grammar of the languages that the reports are in."""
        languages = self.read.documents["language"].map(read_as).unique()
        return frozenset[str]().union(*map(stop_words, languages))

    @cached_property
    def of_one_language(self) -> PooledCounts:
        """Return the uses of each word in the events of the language that the strongest word is of."""
        documents = self.read.compared
        own = documents["event_id"].isin(self.chosen.strongest["event_id"])
        languages = documents["language"].map(read_as)
        events = documents.loc[languages.isin(languages[own]), "event_id"]
        return self.pooled[self.pooled["event_id"].isin(events)]

    @cached_property
    def chosen(self) -> _Chosen:
        """Return the words of content that differ most, the strongest row, and its event's words."""
        rows = top_terms(self.keyness, n=4, total=12, without=self.stopped)
        first = strongest(rows)
        of_event = rows["event_id"].isin(first["event_id"])
        return _Chosen(rows, first, rows.loc[of_event, "term"].unique().tolist()[:6])

    def in_short(self) -> Block:
        """Return the substitutions and the words of lowest p."""
        told = wording_answer(self.keyness, self.replaced, self.power)
        return say(*told, *ground(self.read))

    def support(self) -> Block:
        """Return how many reports stand behind the comparisons, and how often chance would flag words."""
        return say(*wording_support(self.read.compared, self.keyness, self.power))

    def zones(self) -> Block:
        """Return which parts of the pages are left out."""
        return note(" ".join(zone_finding(self.read.sentences, self.read.body)))

    def replacements(self) -> Block:
        """Return the table of substitutions."""
        shown = commonest(self.replaced, n=60).drop(columns=["sentence_a", "sentence_b"])
        caption = "One row per substitution: the most frequent first, then by p of the words"
        caption = capped(caption, len(shown), len(self.replaced), "substitution")
        return table(shown, caption=caption, n=60)

    def replacement_sentences(self) -> Block:
        """Return the sentences that the substitutions were found in."""
        shown = commonest(self.replaced, n=60)
        both = shown.assign(substitution=shown["phrase_a"] + " / " + shown["phrase_b"])
        columns = ["substitution", "outlet_a", "sentence_a", "outlet_b", "sentence_b", "cosine"]
        return drill(both[columns], by="substitution", caption="Both sentences", shown=80)

    def replacement_places(self) -> Block:
        """Return the place of every substitution."""
        n = len(self.substitutions)
        return details(
            f"Where each of the {n:,} substitutions stands, spelling and inflection among them",
            table(self.substitutions, caption="One row per place", n=10, csv="substitutions"),
        )

    def only_in_one(self) -> Block:
        """Return the sentences that one outlet has alone."""
        shown = self.alone.drop(columns=["start_char", "end_char"])
        return table(shown, caption="One row per sentence without partner", csv="only-in")

    def top_words(self) -> Block:
        """Return the strongest words of each comparison; p and q only where something could be flagged."""
        top = top_terms(self.keyness, n=DRAWN)
        caption = "The strongest words of each comparison, at most eight"
        shown = with_headings(top[["event_id", *COUNTS, *MEASURES, *tests_of(self.keyness)]])
        return table(shown, caption=of_comparisons(caption, top, self.keyness))

    def all_words(self) -> Block:
        """Return every word compared, folded."""
        rows = strongest(self.keyness, n=MOST_WORDS)
        shown = table(
            ranked(rows)[DESCRIBED.split()], caption="One row per word of a comparison", n=20, csv="keyness"
        )
        return details(words_tested(rows, self.keyness), shown)

    def planned(self) -> Block:
        """Return what is said of the words fixed before looking."""
        return say(*planned_finding(self.read.lists.planned, self.compared_planned))

    def planned_words(self) -> Block:
        """Return the words fixed before looking, with their own tests."""
        return table(self.compared_planned, caption="One row per planned word and comparison", csv="planned")

    def house_style(self) -> Block:
        """Return the words of house style, which are not tested."""
        return table(
            house_style(self.keyness), caption="One row per title or word spelt in several ways", n=20
        )

    def habits(self) -> Block:
        """Return what is said of words without exception."""
        expected = expected_habits(self.counts, self.read.compared)
        return say(*habit_finding(self.without_exception, expected))

    def habit_words(self) -> Block:
        """Return the words in all reports of an outlet and in none of the others."""
        caption = "One row per word in all reports of an outlet and in no other"
        return table(self.without_exception, caption=caption, n=20, csv="habits")

    def effects(self) -> Block:
        """Return how different the rates of the strongest words are, with intervals by reports."""
        quoted = count_terms(self.read.words[self.is_quoted])
        top = top_terms(self.keyness, n=DRAWN)
        found = find_effects(top, self.counts, quoted, self.read.compared)
        if found.empty:
            return say(f"No comparison has {FEWEST_DRAWN} reports a side: no interval by reports is given.")
        return table(found, caption="One row per word and voice, intervals by reports", n=24, csv="effects")

    def top_words_drawn(self) -> Block:
        """Return the ratios of the words of lowest p as a picture."""
        drawn = top_terms(self.keyness, n=DRAWN, total=DRAWN_IN_ALL)
        caption = (
            "Ratio of rates and counts (right-hand outlet : left-hand outlet); bars take uses as independent"
        )
        caption = of_comparisons(caption, drawn, self.keyness)
        return figure(forest(drawn), alt=forest_alt(drawn), caption=caption)

    def by_reports(self) -> Block:
        """Return frequency and ratio of every word, where there are enough reports to deal."""
        points = funnel_points(self.keyness)
        if not len(points):
            return say("No comparison has reports enough for a test: there is nothing to draw.")
        return figure(funnel(points), alt=funnel_alt(points), caption="Frequency and ratio of every word")

    def over_events(self) -> Block:
        """Return what outlets do over several events."""
        return say(*stratified_finding(self.stratified))

    def over_events_words(self) -> Block:
        """Return the words of lowest p of each outlet over several events."""
        best = top_terms(self.stratified, n=DRAWN, total=DRAWN_IN_ALL)
        caption = "The strongest words of each outlet against all others, stratified by event"
        shown = with_headings(best[[*COUNTS[:5], *MEASURES, *tests_of(self.stratified)]])
        return table(shown, caption=of_comparisons(caption, best, self.stratified))

    def rates_drawn(self) -> Block:
        """Return the rates of the chosen words in every outlet as a picture."""
        rows, pooled = self.chosen.rows, self.of_one_language
        terms = rows.loc[rows["event_id"].isin(pooled["event_id"]), "term"].unique().tolist()
        matrix = rate_matrix(pooled, terms)
        outlets = matrix.shape[1], pooled["outlet"].nunique()
        return figure(
            heat_table(matrix, title="uses per 1,000 words"),
            alt=matrix_alt(matrix),
            caption=capped("Words of content of lowest p, by outlet", *outlets, "outlet"),
        )

    def other_formulas(self) -> Block:
        """Return the measures of other programs for the words of lowest p."""
        measured = other_measures(top_terms(self.keyness, n=DRAWN), self.pooled)
        shown = table(measured, caption="One row per word", csv="other-measures")
        return details("G2, chi2, Fisher and log-odds z of the same words", shown)

    def quoted_or_told(self) -> Block:
        """Return quoted and narrated uses of the chosen words as a picture."""
        caption = "Narrated (solid) and directly quoted uses (hatched) of the words of content of lowest p"
        caption = of_comparisons(caption, self.chosen.rows, self.keyness)
        return figure(voice_bars(self.chosen.rows), alt=voice_bars_alt(self.chosen.rows), caption=caption)

    def places_drawn(self) -> Block:
        """Return where the strongest words stand in the reports as a picture."""
        documents, tokens = self.read.compared, self.read.words
        of_event = documents[documents["event_id"].isin(self.chosen.strongest["event_id"])]
        names = report_labels(most_using(of_event, tokens, self.chosen.terms))
        places = place_terms(tokens[tokens["doc_id"].isin(names.index)], documents, self.chosen.terms)
        quotations = place_quotations(self.read.voices, documents)
        return figure(
            barcode(places, quotations, names),
            alt=barcode_alt(places, names),
            caption=capped("A stroke per use, by place in the report", len(names), len(of_event), "report"),
        )

    def same_rate(self) -> Block:
        """Return the words shown to be as frequent on both sides."""
        return say(*lockword_finding(lockwords(self.keyness), self.keyness))

    def company(self) -> Block:
        """Return the words near the strongest word."""
        node = self.chosen.strongest["term"].str.cat()
        found = find_collocates(self.read.words, self.read.compared, node)
        return table(found, caption=f"Two or more times near “{node}”", n=20)

    def spread(self) -> Block:
        """Return how evenly the strongest words are spread."""
        spread = measure_spread(self.read.words, self.read.compared, self.chosen.terms)
        return table(spread, caption="One row per word and outlet")

    def richness(self) -> Block:
        """Return the richness of words of each report."""
        measured = measure_diversity(self.read.words, self.read.compared)
        return table(measured, caption="One row per report and measure")

    def in_context(self) -> Block:
        """Return every use of the chosen words in its context."""
        words = self.chosen.rows["term"].unique().tolist()
        lines = concordance(self.read, find_nodes(self.read.words, words))
        ordered = sort_concordance(lines, by="node")
        shown = kwic(ordered, caption="Words in context", n=300, csv="concordance")
        return details(f"{len(lines):,} uses of {listed(words)}", shown)

    def limits(self) -> Block:
        """Return what counts of words leave open here."""
        return say(*wording_limits(self.read.compared, self.alone, self.read.alignments))
