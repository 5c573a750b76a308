"""Page 05: which reports derive from each other."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.derivation import (
    SHARED,
    VERDICTS,
    VERDICTS_GIVEN,
    Derivations,
    ErrorRates,
    Evidence,
    Graph,
    PairMeasures,
    Placements,
    ReferenceQuantiles,
    by_pair,
    layout_graph,
    place_pairs,
)
from helpers.pages.blocks import Block, details, figure, inert_csv, note, say, stack
from helpers.pages.derivation_groups_said import sources_answer, stemmas_said
from helpers.pages.derivation_said import (
    PHRASES,
    bands_alt,
    candidates_answer,
    derivation_answer,
    derivation_limits,
    derivation_settle,
    event_proposal,
    graph_alt,
    graph_caption,
    pairs_left_out,
    similarity_alt,
    similarity_caption,
)
from helpers.pages.phrases import counted, ground
from helpers.pages.plots_pairs import class_bands, derivation_graph, event_heat
from helpers.pages.readable import cannot_tell, told_where
from helpers.pages.shown import Shown
from helpers.pages.tables import ROWS_SHOWN
from helpers.pairs import (
    Found,
    Similarities,
    compare_topics,
    leading_reports,
    propose_events,
    similarity_matrix,
)
from helpers.table import UNKNOWN

__all__ = ["Page"]
# Pairs whose evidence is gathered and printed: those of the first verdicts.
FIRST = 1_000
# Placements of a pair, and pairs with placements, that are printed; the file has all.
PLACED, PAIRS_PLACED = 20, 4
# Pairs of two events among the similarities, and pairs whose shared wording is printed.
CONTROLS, PAIRS_FOLDED = 5, 8
NOT_SHOWN = "are only in the file"
VERDICT_COLUMNS = [
    *("doc_id_a", "doc_id_b", "verdict", "share_a", "share_b", "explanation", "direction"),
    *("close_to", "error", "found"),
]
PLACES = ["start_char_a", "end_char_a", "start_char_b", "end_char_b"]


@told_where(
    VERDICTS_GIVEN,
    "points picture pairs similarities_drawn similarities_listed proposed_events shared_wording bands_drawn "
    "placements pieces wording verdicts percentiles graph_drawn sources_counted sources groups stemmas "
    "would_settle limits",
)
@dataclass(frozen=True)
class Page(Shown):
    """The blocks of page 05, made from one edition."""

    @property
    def found(self) -> Found:
        """Return the pairs of reports worth comparing."""
        return self.read.dependence.found

    @cached_property
    def similarities(self) -> Similarities:
        """Return the TF-IDF cosine and closeness of each pair."""
        return compare_topics(self.read.tokens, self.read.documents, pairs=self.found.pairs)

    @cached_property
    def one_event(self) -> pd.DataFrame:
        """Return the pairs that are not known to be of different events."""
        known = self.similarities["events"] != "different"
        return self.similarities.loc[known, ["doc_id_a", "doc_id_b"]]

    @property
    def measures(self) -> PairMeasures:
        """Return the shared wording of each pair."""
        return self.read.dependence.measures

    @property
    def traces(self) -> Evidence:
        """Return the evidence for separate rendering, dependence or direction."""
        return self.read.dependence.traces

    @property
    def references(self) -> tuple[ReferenceQuantiles, ErrorRates]:
        """Return the pairs of known history, and how often they are judged wrongly."""
        return self.read.dependence.references

    @property
    def derivations(self) -> Derivations:
        """Return the verdict of each pair."""
        return self.read.dependence.derivations

    @cached_property
    def first(self) -> pd.DataFrame:
        """Return the measures of the pairs of the first verdicts."""
        return self.measures.merge(self.derivations[["doc_id_a", "doc_id_b"]].head(FIRST))

    @cached_property
    def evidence(self) -> Evidence:
        """Return the wording that the first pairs share."""
        return self.read.dependence.evidence(self.first)

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Return the cosines of the leading reports as a matrix."""
        return similarity_matrix(self.similarities, order=self.leading["doc_id"].tolist())

    @cached_property
    def leading(self) -> pd.DataFrame:
        """Return the reports that the picture of cosines shows, by event."""
        chosen = leading_reports(self.read.documents, self.similarities)
        return chosen.sort_values(["event_id", "doc_id"])

    def points(self) -> list[str]:
        """Return what the shared wording supports, and what cannot be told."""
        shown = self.by_name(self.derivations), self.by_name(self.similarities)
        told = derivation_answer(*shown, self.found, proposed=self.read.proposed)
        return [*told, *cannot_tell(VERDICTS_GIVEN, self.read.documents)]

    def picture(self) -> Block | None:
        """Return the graph of verdicts, where two reports share passages or more."""
        return self.graph_drawn() if len(self._graph.edges) else None

    @cached_property
    def _graph(self) -> Graph:
        """Return the reports, unobserved originals and the lines between them."""
        return layout_graph(self.derivations, self.read.documents)

    def pairs(self) -> Block:
        """Return which pairs are compared."""
        left_out = pairs_left_out(self.read.documents, self.measures, self.first)
        return say(*candidates_answer(self.found), *left_out)

    def similarities_drawn(self) -> Block:
        """Return the cosines of the leading reports as a picture."""
        names = self.shelf.names.to_dict()
        events = self.leading.set_index("doc_id")["event_id"].rename(index=names)
        told = {event: self.shelf.short_event(event) for event in events if event != UNKNOWN}
        # Two events of one short name are two frames.
        events = events.replace(told if len(set(told.values())) == len(told) else {})
        named = self.matrix.rename(index=names, columns=names)
        return figure(
            event_heat(named, events, title="likeness of content words (TF-IDF cosine)"),
            alt=similarity_alt(self.similarities, self.matrix),
            caption=similarity_caption(self.matrix, self.read.documents),
        )

    def similarities_listed(self) -> Block:
        """Return the cosine and closeness of each pair."""
        caption = "How near each two reports are in subject"
        first = "doc_id_a doc_id_b cosine closeness events"
        # Those of one event, and the nearest of two events to hold against them.
        n = min(len(self.one_event) + CONTROLS, ROWS_SHOWN)
        return self.table(self.similarities, caption=caption, first=first, n=n, csv="similarities")

    def proposed_events(self) -> Block:
        """Return the events that words and dates propose."""
        if self.read.proposed:
            return say(*ground(self.read))
        return say(*event_proposal(self.read.documents, propose_events(self.similarities)))

    def shared_wording(self) -> Block:
        """Return the measures of each pair."""
        less = ["c5_narrated", "mean_tile", "tile_share", "window"]
        caption = "How much wording each two reports share"
        first = "doc_id_a doc_id_b n_words c5 lcs_apart run_quoted"
        shown = self.measures.sort_values("c5", ascending=False, kind="stable").drop(columns=less)
        return self._without_controls(shown, list(shown.columns), caption, first, csv="measures")

    def bands_drawn(self) -> Block:
        """Return where the closest pairs stand among pairs of known history as a picture."""
        closest = self._placed(self.measures.merge(self.one_event.head(2)))
        caption = (
            "Shared runs of five words (c5) of the closest pairs, at most two, inside the reference bands"
        )
        drawn = class_bands(self.by_name(closest), measure="c5")
        return figure(drawn, alt=bands_alt(self.by_name(closest), measure="c5"), caption=caption)

    def _placed(self, measures: PairMeasures) -> Placements:
        """Return where pairs stand; among translations only those that may be some."""
        placed = place_pairs(measures, self.references[0])
        may_be = self.derivations.loc[self.derivations["translated"], ["doc_id_a", "doc_id_b"]]
        ends = pd.MultiIndex.from_frame(placed[["doc_id_a", "doc_id_b"]])
        own = ends.isin(pd.MultiIndex.from_frame(may_be))
        translations = placed["reference_class"].str.contains("translation")
        return placed[own | ~translations].reset_index(drop=True)

    def placements(self) -> Block:
        """Return where each pair stands by every measure, folded by pair."""
        placed = self._placed(self.first.merge(self.one_event))
        caption = "Where the pair stands in each set of known history"
        shown = by_pair(self.by_name(placed)).join(placed[["doc_id_a", "doc_id_b"]])
        return self.drill(
            shown, by="pair", caption=caption, n=PLACED, folds=PAIRS_PLACED, overflow="placements"
        )

    def pieces(self) -> Block:
        """Return the evidence for separate rendering, dependence or direction."""
        caption = "Evidence for separate rendering, dependence or direction"
        return self.table(self.traces, caption=caption, overflow="traces")

    def wording(self) -> Block:
        """Return the wording that pairs share, folded by pair."""
        caption = "The wording that the pair shares"
        ends = self.evidence[["doc_id_a", "doc_id_b"]]
        shown = by_pair(self.by_name(self.evidence)).join(ends)
        first = "kind supports text_a text_b doc_id_a doc_id_b"
        folds = min(max(len(self.one_event), 1), PAIRS_FOLDED)
        return self.drill(
            shown, by="pair", caption=caption, first=first, n=60, folds=folds, overflow="evidence"
        )

    def verdicts(self) -> Block:
        """Return the verdict of each pair and what it rests on."""
        shared = self.derivations["verdict"].isin(VERDICTS[:4])
        much = shared | (self.derivations["direction"] != "undetermined")
        less = ~much & (self.derivations["events"] != "different")
        caption = "What each two reports share, and what explains it"
        if not much.any():
            return self._pairs_listed(self.derivations, caption, csv="derivations")
        told = [self._pairs_listed(self.derivations[much], caption, csv="derivations")]
        if less.any():
            name = "Pairs of one event without shared wording, or not judged"
            listed = self._pairs_listed(self.derivations[less], name)
            told.append(details(f"{name} ({int(less.sum()):,})", listed))
        if not (much | less).all():
            left = counted(int((~much & ~less).sum()), "pair")
            told.append(note(f"{left} of reports on two events, without shared wording, {NOT_SHOWN}."))
        ordered = pd.concat([self.derivations[much], self.derivations[~much]])
        return replace(stack(told), csv=inert_csv(ordered[VERDICT_COLUMNS]), csv_name="derivations")

    def _pairs_listed(self, pairs: Derivations, caption: str, **options: Any) -> Block:
        """Return pairs with their verdicts as a table."""
        # Six columns: where a direction is known it is told at first, else how much of each report is shared.
        known = bool((pairs["direction"] != "undetermined").any())
        told = ["explanation", "direction"] if known else VERDICT_COLUMNS[3:6]
        first = " ".join([*VERDICT_COLUMNS[:3], *told])
        return self.table(pairs[VERDICT_COLUMNS], caption=caption, first=first, **options)

    def _without_controls(
        self, pairs: pd.DataFrame, columns: list[str], caption: str, first: str, *, csv: str
    ) -> Block:
        """Return pairs as a table without those of two events that share no wording; the file has them."""
        one, verdict = self.derivations["events"] != "different", self.derivations["verdict"]
        kept = self.derivations[one | verdict.isin([*SHARED, PHRASES])]
        own = pairs.merge(kept[["doc_id_a", "doc_id_b"]])
        if own.empty:
            return self.table(pairs[columns], caption=caption, first=first, csv=csv)
        told = self.table(own[columns], caption=caption, first=first, csv=csv)
        if len(own) == len(pairs):
            return told
        n = counted(len(pairs) - len(own), "pair")
        left = note(f"{n} of reports on two events, without shared wording or not judged, {NOT_SHOWN}.")
        return replace(stack([told, left]), csv=inert_csv(pairs[columns]), csv_name=csv)

    def percentiles(self) -> Block:
        """Return the place of each pair in every named set, folded."""
        columns = ["doc_id_a", "doc_id_b", "evidence", "percentiles"]
        caption = "Measures against their lines, and the percentage of each set below c5"
        shown = self.table(self.derivations[columns], caption=caption, n=PLACED, overflow="percentiles")
        return details("Measures against their lines, and percentiles in every named set", shown)

    def graph_drawn(self) -> Block:
        """Return the graph of verdicts as a picture."""
        graph = self._graph
        names = self.shelf.names
        ends = {end: graph.edges[end].replace(names) for end in ("source", "target")}
        edges = graph.edges.assign(**ends)
        events = graph.nodes["event_id"].map(self.shelf.event)
        nodes = graph.nodes.assign(node=graph.nodes["node"].replace(names), event_id=events)
        nodes["label"] = graph.nodes["node"].replace(self.shelf.labels)
        return figure(
            derivation_graph(nodes, edges),
            alt=graph_alt(nodes, edges),
            caption=graph_caption(nodes, self.read.documents),
        )

    def sources_counted(self) -> Block:
        """Return how many independent sources each event has."""
        return say(*sources_answer(self.read.dependence.sources, self.shelf.event))

    def sources(self) -> Block:
        """Return the reports and independent sources of each event."""
        caption = "Reports of each event, and how many remain when those of one text are counted once"
        return self.table(self.read.dependence.sources, caption=caption, csv="independent-sources")

    def groups(self) -> Block:
        """Return the reports that rest on one text with another, folded."""
        groups = self.read.dependence.groups
        groups = groups.assign(group=groups["group"].map(self.shelf.names).fillna(groups["group"]))
        caption = "Reports that rest on one text with another"
        listed = self.table(groups[groups["n_reports"] > 1], caption=caption, overflow="source-groups")
        return details("The reports of each group, and what explains the text they share", listed)

    def stemmas(self) -> Block:
        """Return the tree of each group of four reports or more."""
        return say(*stemmas_said(self.read.dependence.stemmas))

    def would_settle(self) -> Block:
        """Return what evidence would settle the open pairs."""
        shown = self.by_name(self.derivations), self.by_name(self.read.documents)
        return say(*derivation_settle(*shown))

    def limits(self) -> Block:
        """Return what the verdicts leave open here."""
        possible = bool(self.derivations["translated"].any())
        told = derivation_limits(self.derivations, *self.references, self.found, translations=possible)
        return say(*told)
