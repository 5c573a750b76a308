"""The sentences of page 01 on tests: what they could find, the reader's own list, words without exception."""

from collections.abc import Callable, Hashable

import pandas as pd

from helpers.pages.phrases import TOLD, begun, counted, largest, listed
from helpers.words import Habits, Keyness, Planned, PlannedTerms, Power, planned_checksum

__all__ = ["habit_finding", "planned_finding", "power_finding", "tests_of"]


def tests_of(keyness: Keyness) -> list[str]:
    """Return the columns of a test; none where no word could be flagged."""
    return ["p_reports", "q_reports", "flagged"] if keyness["p_reports"].notna().any() else []


def power_finding(power: Power, told_of: Callable[[Hashable], str]) -> list[str]:
    """Return how strong a difference the comparisons could find, and what they flag by chance."""
    able = power[power["n_tested"] > 0]
    judged = power[power["is_judged"]]
    if power.empty:
        return []
    if able.empty:
        return [
            "No word is tested: with so few reports, no word of so many could pass, however wide its gap. "
            "A short list of words, written down before you look, asks less (lexicons/planned_terms.csv)."
        ]
    told = able.nlargest(TOLD, "n_tested").sort_values(["event_id", "target"])
    sentences = [_judged(row, told_of(row["event_id"])) for _, row in told.iterrows()]
    if len(judged) > len(told):
        sentences.append(f"Of {len(judged):,} comparisons judged, {len(able):,} have a word to test.")
    if len(judged) < len(power):
        sentences.append(f"{len(power) - len(judged):,} smaller comparisons were not judged so.")
    return sentences


def planned_finding(terms: PlannedTerms, planned: Planned, told_of: Callable[[Hashable], str]) -> list[str]:
    """Return which list was fixed before looking, and what of it is flagged."""
    if terms.empty:
        return [
            "No such list was written. It goes into lexicons/planned_terms.csv, with the columns term and "
            "note. A short list asks less of each word than a whole vocabulary does."
        ]
    sentences = [f"{counted(len(terms), 'planned term')}, list {planned_checksum(terms)}."]
    tested = planned[planned["q_planned"].notna()]
    if tested.empty:
        return [*sentences, "The reports are too few for any test: the counts describe these texts."]
    flagged = tested[tested["flagged"]]
    names = [
        f"“{row.term}” ({row.target}, {told_of(row.event_id)})" for row in flagged.itertuples(index=False)
    ]
    return [*sentences, f"Of {counted(len(tested), 'test')}, flagged: {listed(names) or 'none'}."]


def habit_finding(
    habits: Habits, expected: dict[str, float], told_of: Callable[[Hashable], str]
) -> list[str]:
    """Return how many words are in all reports of an outlet and in no other, and what chance would give."""
    if habits.empty:
        return ["No word is in all of two or more reports of an outlet and in none of the others."]
    sizes = habits["event_id"].value_counts()
    sentences = [
        f"{begun(told_of(event))}: {counted(len(rows), 'word')}, where dealing the reports at random would "
        f"give {expected[str(event)]:.2g}; {listed([_habit(row) for _, row in rows.head(4).iterrows()])}."
        for event, rows in habits[habits["event_id"].isin(largest(sizes))].groupby("event_id", sort=True)
    ]
    if len(sizes) > len(sentences):
        sentences.append(f"See the table for {counted(len(sizes) - len(sentences), 'more event')}.")
    return sentences


def _judged(row: pd.Series, event: str) -> str:
    """Return what one comparison could find, and what it flags by chance."""
    sides = f"{row['n_target']:,} and {counted(int(row['n_reference']), 'report')}"
    return (
        f"{begun(event)}, {row['target']} against the others ({sides}): "
        f"{counted(int(row['n_tested']), 'word')} can be flagged at all and so are tested. "
        f"{_strength(row['ratio'])} In random deals of these reports any word is flagged in "
        f"{row['share_flagged']:.1%} of the deals, {row['mean_flagged']:.2g} words on average."
    )


def _strength(ratio: float) -> str:
    """Return the ratio that would be found, in words."""
    if pd.isna(ratio):
        return "A word used 32 times as often in all reports of a side would still be missed too often."
    return f"A word used {ratio:g} times as often in all reports of a side would be found in 8 of 10 cases."


def _habit(row: pd.Series) -> str:
    """Return a habit in words."""
    return (
        f"“{row['term']}” in all {row['n_reports']} of {row['outlet']}, in none of {row['n_others']} others"
    )
