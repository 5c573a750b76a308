"""Counts by independent source, beside the counts of reports on pages 01 to 04."""

from dataclasses import dataclass

import pandas as pd

from helpers.derivation import counted_once
from helpers.edition import Edition
from helpers.pages.phrases import counted
from helpers.pages.shown import Shown
from helpers.words import TermCounts, outlet_labels

__all__ = ["ByReport", "sides_by_source"]


@dataclass(frozen=True)
class ByReport(Shown):
    """A page that counts reports, and says how many independent sources they are."""

    def by_source(self) -> list[str]:
        """Return how many independent sources the reports are at most."""
        return _sources_told(self.read)


def _sources_told(read: Edition) -> list[str]:
    """Return how many independent sources the reports are at most, and where that could not be judged."""
    sources = read.dependence.sources
    reports, left = int(sources["n_reports"].sum()), int(sources["n_sources"].sum())
    unjudged = int(sources["n_unjudged"].sum())
    if reports < 2:
        return []
    sentences = [
        f"The {counted(reports, 'report')} are at most {counted(left, 'independent source')}: those that "
        "rest on one text are counted once (page 05)."
        if left < reports
        else f"No two of the {counted(reports, 'report')} were found to rest on one text (page 05)."
    ]
    if unjudged:
        sentences.append(f"Whether {counted(unjudged, 'pair')} of them rest on one text could not be judged.")
    return sentences


def sides_by_source(shown: pd.DataFrame, counts: TermCounts, read: Edition) -> pd.DataFrame:
    """Return words of two outlets with how many independent sources the reports of each side are.

    `shown` has event_id, target, reference, term and the reports of both sides, `counts` the uses by report.
    """
    labels = outlet_labels(read.compared)
    uses = counts.loc[counts["term"].isin(shown["term"]), ["doc_id", "term"]].merge(
        read.compared[["doc_id", "event_id"]], on="doc_id"
    )
    uses = uses.assign(outlet=uses["doc_id"].map(labels))
    rows = shown[["event_id", "target", "reference", "term"]].reset_index(drop=True).reset_index(names="row")
    rows = rows.merge(uses, on=["event_id", "term"])
    # A side is an outlet, or all but the other side.
    named = rows["reference"].isin(set(labels))
    others = rows["outlet"].where(named, rows["reference"]).where(rows["outlet"] != rows["target"])
    sides = {"target": rows["outlet"] == rows["target"], "reference": others == rows["reference"]}
    result = shown.copy()
    for side, own in sides.items():
        once = counted_once(rows[own], read.dependence.groups, ["row"])
        place = list(result.columns).index(f"reports_{side}") + 1
        result.insert(place, f"sources_{side}", once.reindex(range(len(shown)), fill_value=0).to_numpy(int))
    return result
