"""Who depends on whom in one corpus: the tables of this package, each made once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.derivation.calibration import load_error_rates, load_reference
from helpers.derivation.collation import collate_tei
from helpers.derivation.evidence import find_traces, find_wording
from helpers.derivation.groups import count_sources, counted_once, group_reports
from helpers.derivation.measures import measure_pairs
from helpers.derivation.pair import Compared
from helpers.derivation.stemma import Stemma, build_stemma, newick
from helpers.derivation.tables import (
    Derivations,
    ErrorRates,
    Evidence,
    PairMeasures,
    ReferenceQuantiles,
    SourceCounts,
    SourceGroups,
)
from helpers.derivation.verdicts import judge_pairs
from helpers.names import Mentions
from helpers.pairs import Found, find_pairs
from helpers.text import Documents, Sentences, Tokens
from helpers.voices import Voices
from helpers.words import report_labels

__all__ = ["Dependence"]
# Reports of a group from which a tree says anything, and up to which one is drawn.
FEWEST, MOST = 4, 40


@dataclass(frozen=True, eq=False, repr=False)
class Dependence:
    """The pairs of a corpus with their verdicts, its reports by the text they rest on, and stemmas."""

    documents: Documents
    sentences: Sentences
    tokens: Tokens
    voices: Voices
    mentions: Mentions

    @cached_property
    def compared(self) -> Compared:
        """Return the reports side by side; what a pair shares is found once."""
        return Compared(self.tokens, self.voices)

    @cached_property
    def found(self) -> Found:
        """Return the pairs of reports worth comparing."""
        return find_pairs(self.documents)

    @cached_property
    def measures(self) -> PairMeasures:
        """Return the shared wording of each pair compared."""
        return measure_pairs(self.compared, documents=self.documents, pairs=self.found.pairs)

    @cached_property
    def traces(self) -> Evidence:
        """Return the evidence for separate rendering, dependence or direction on each pair compared."""
        return find_traces(self.measures, *self._searched)

    def evidence(self, some: PairMeasures) -> Evidence:
        """Return all that was found on some of the pairs: the wording they share, then the other evidence."""
        wording = find_wording(some, *self._searched)
        return some[["doc_id_a", "doc_id_b"]].merge(pd.concat([wording, self.traces], ignore_index=True))

    @property
    def _searched(self) -> tuple[Compared, Documents, Sentences, Mentions]:
        """Return what evidence is looked for in."""
        return self.compared, self.documents, self.sentences, self.mentions

    @cached_property
    def references(self) -> tuple[ReferenceQuantiles, ErrorRates]:
        """Return the pairs of known history, and how often they are judged wrongly."""
        return load_reference(), load_error_rates()

    @cached_property
    def derivations(self) -> Derivations:
        """Return the verdict of each pair compared."""
        names = {str(doc_id): str(name) for doc_id, name in report_labels(self.documents).items()}
        return judge_pairs(self.measures, self.traces, *self.references, names=names)

    @cached_property
    def groups(self) -> SourceGroups:
        """Return every report with the group of reports that rest on one text with it."""
        return group_reports(self.derivations, self.documents)

    @cached_property
    def sources(self) -> SourceCounts:
        """Return, per event, how many reports remain when those that rest on one text are counted once."""
        return count_sources(self.groups, self.derivations)

    def with_sources(self, table: pd.DataFrame, uses: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
        """Return a table of one row per value of `by` with the column n_sources after reports.

        `uses` has a row for each use, with its report in doc_id; see `counted_once`.
        """
        counts = counted_once(uses, self.groups, by)
        named = pd.MultiIndex.from_frame(table[list(by)]) if len(by) > 1 else pd.Index(table[by[0]])
        place = list(table.columns).index("reports") + 1
        result = table.copy()
        result.insert(place, "n_sources", counts.reindex(named).fillna(0).to_numpy(int))
        return result

    @cached_property
    def stemmas(self) -> dict[str, Stemma]:
        """Return the stemma of each group of four to forty reports that rest on one text, by its first."""
        sizes = self.groups[self.groups["n_reports"] >= FEWEST].groupby("group")["doc_id"].agg(list)
        return {
            str(first): build_stemma(self.tokens, names)
            for first, names in sizes.items()
            if len(names) <= MOST
        }

    def newick(self, event: str) -> str:
        """Return the stemma of an event's reports in Newick form; without supported branches, a star.

        Raises KeyError for an event without reports.
        """
        return newick(build_stemma(self.tokens, self._reports_of(event)))

    def tei(self, event: str) -> str:
        """Return an event's reports collated word by word as TEI parallel segmentation.

        Raises KeyError for an event without reports.
        """
        return collate_tei(self.tokens, self.documents, self._reports_of(event))

    def _reports_of(self, event: str) -> list[str]:
        """Return the reports of an event."""
        names: list[str] = self.documents.loc[self.documents["event_id"] == event, "doc_id"].tolist()
        if not names:
            raise KeyError(f"no report of an event {event!r}")
        return names
