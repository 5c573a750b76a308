"""The sentences of page 01."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from helpers.pages.blocks import counted_in, link
from helpers.pages.phrases import begun, capped, counted, largest, listed, p_value, were
from helpers.pages.shelf import Shelf
from helpers.pages.telling import announced, said
from helpers.pages.wording_tests_said import power_finding
from helpers.synopsis import Differences
from helpers.text import STOP_WORDS, Documents, Sentences
from helpers.words import (
    MOST_COMPARED,
    MOST_REPORTS,
    MOST_STRATIFIED,
    Alignments,
    Keyness,
    Power,
    house_forms,
    outlet_labels,
    ranked,
    smallest_p,
)

__all__ = [
    "Chosen",
    "forest_alt",
    "funnel_alt",
    "lockword_finding",
    "matrix_alt",
    "of_comparisons",
    "sides_alt",
    "stratified_finding",
    "substitution_finding",
    "wording_answer",
    "wording_limits",
    "wording_support",
    "words_tested",
    "zone_finding",
]


class Chosen(NamedTuple):
    """The words that the pictures show."""

    rows: pd.DataFrame
    strongest: pd.DataFrame
    terms: list[str]


# Events whose strongest word the answer tells, and the exact p of two texts below which it is told.
EVENTS_TOLD, TOLD_BELOW = 2, 0.05


def of_comparisons(caption: str, shown: pd.DataFrame, keyness: Keyness) -> str:
    """Return the caption of rows of `keyness`; where it has more comparisons, with how many are shown."""
    keys = ["event_id", "target"]
    part, whole = (len(rows[keys].drop_duplicates()) for rows in (shown, keyness))
    return capped(caption, part, whole, "comparison")


def words_tested(shown: pd.DataFrame, keyness: Keyness) -> str:
    """Return how many words were compared and, of more than are listed, how many are."""
    n = f"{len(keyness):,} words compared"
    which = f"All {n}" if len(shown) == len(keyness) else f"The {len(shown):,} strongest of {n}"
    return f"{which}, with quoted and narrated uses and reports"


def wording_support(
    documents: Documents, keyness: Keyness, power: Power, told_of: Callable[[Hashable], str]
) -> list[str]:
    """Return what the corpus can support: reports a side, smallest p, what could be found, false flags.

    `told_of` gives an event in words.
    """
    sizes = documents.groupby([documents["event_id"], outlet_labels(documents).to_numpy()]).size()
    is_told = sizes.index.isin(largest(documents["event_id"].value_counts()), level=0)
    alike: dict[str, list[str]] = {}
    for event, own in sizes[is_told].groupby(level=0, sort=True):
        alike.setdefault(_side_sizes(own.droplevel(0)), []).append(told_of(event))
    sentences = [
        f"{begun(listed(own) if len(own) <= EVENTS_TOLD else f'each of {len(own):,} events')}: {told}"
        for told, own in alike.items()
    ]
    rest = sizes[~is_told]
    if len(rest):
        best = {
            event: 1.0 if len(own) < 2 else min(smallest_p(n, sum(own) - n) for n in own)
            for event, own in rest.groupby(level=0).agg(list).items()
        }
        single, able = sum(rest.groupby(level=0).size() < 2), sum(p <= 0.05 for p in best.values())
        sentences.append(
            f"{counted(len(best), 'more event')}, none with more reports: {single:,} of a single outlet, "
            f"nothing to compare; in {able:,} the smallest p with reports as the unit is .05 or less."
        )
    sentences.append(f"Words with three or more uses in a comparison: {len(keyness):,}.")
    return sentences + power_finding(power, told_of)


def _side_sizes(sizes: pd.Series) -> str:
    """Return how many reports each outlet has of an event, and what p they can reach."""
    if len(sizes) < 2:
        return f"only {listed(list(sizes.index))} reports on it; nothing to compare."
    counts = [f"{counted(int(n), 'report')} of {name}" for name, n in sizes.items()]
    best = min(smallest_p(int(n), int(sizes.sum() - n)) for n in sizes)
    return f"{listed(counts, shown=6)}. {_enough(best)}"


def zone_finding(sentences: Sentences, kept: pd.DataFrame) -> list[str]:
    """Return which zones of the reports are counted and how many sentences of the others are left out."""
    left_out = (
        sentences.loc[~sentences["zone"].isin(kept["zone"].unique()), "zone"].value_counts().sort_index()
    )
    parts = [f"{n:,} of {zone}" for zone, n in left_out.items()]
    return [
        f"Counted are the words of {listed(sorted(kept['zone'].unique()))}: {len(kept):,} of "
        f"{counted(len(sentences), 'sentence')}. Left out: {listed(parts) or 'nothing'}."
    ]


def wording_answer(
    keyness: Keyness, telling: Keyness, wordings: Differences, power: Power, shelf: Shelf
) -> list[str]:
    """Return the answer of the wording page: other wordings, then the strongest words, then how sure.

    `telling` has the rows of `keyness` that may tell of a choice of words.
    """
    return [
        *substitution_finding(wordings, shelf),
        *_first_words(telling, shelf),
        _how_sure(keyness, power),
        *_tested(keyness, power, shelf),
    ]


def _first_words(keyness: Keyness, shelf: Shelf) -> list[str]:
    """Return the strongest difference of each of few events, or of all, in one sentence.

    One that two texts of their lengths would show by chance more often than TOLD_BELOW is not told.
    """
    sizes = keyness["event_id"].value_counts()
    if len(sizes) <= EVENTS_TOLD:
        rows = [_strongest(keyness[keyness["event_id"] == event]) for event in largest(sizes, n=EVENTS_TOLD)]
    else:
        rows = [_strongest(keyness)]
    told = [
        f"{_term(first)} ({shelf.event(first['event_id'])})"
        for first in rows
        if first["p_value"] < TOLD_BELOW
    ]
    return [f"The word that differs most: {'; '.join(told)}."] if told else []


def _how_sure(keyness: Keyness, power: Power) -> str:
    """Return whether the reports can show that an outlet prefers a word."""
    flagged = int(keyness["flagged"].sum())
    if keyness.empty:
        return "No event has two outlets with enough words to compare."
    if flagged:
        verb = "differs" if flagged == 1 else "differ"
        return f"{counted(flagged, 'word').capitalize()} {verb} by more than chance, report by report."
    if not keyness["p_reports"].notna().any():
        return "There are too few reports to tell a habit of an outlet from the words of one text."
    return "No word differs by more than chance, report by report, so no habit of an outlet is shown."


def _tested(keyness: Keyness, power: Power, shelf: Shelf) -> list[str]:
    """Return what was compared in each of the largest events, and with what outcome."""
    sizes = keyness["event_id"].value_counts()
    told = largest(sizes)
    sentences = []
    for event, rows in keyness[keyness["event_id"].isin(told)].groupby("event_id", sort=True):
        n_tested = int(rows["p_reports"].notna().sum())
        outcome = "too few reports for a test"
        if n_tested:
            found = int(rows["flagged"].sum())
            outcome = f"{n_tested:,} tested, {found or 'none'} flagged"
            best = power.loc[power["event_id"] == event, "ratio"].min()
            if not found and pd.notna(best):
                outcome += f"; {best:g} times as many uses would have been found"
        told_of = f"{begun(shelf.event(event))}: {counted(len(rows), 'word')} compared, {outcome}."
        sentences.append(counted_in(told_of, "keyness"))
    if len(sizes) > len(told):
        rest = keyness[~keyness["event_id"].isin(told)]
        sentences.append(
            f"{begun(counted(len(sizes) - len(told), 'more event'))}: {len(rest):,} words compared, "
            f"{int(rest['flagged'].sum()):,} flagged."
        )
    return sentences


def _strongest(rows: Keyness) -> pd.Series:
    """Return the strongest difference; titles and function words only where there is nothing else."""
    ordered = ranked(rows)
    telling = ordered[~ordered["term"].isin({*STOP_WORDS, *house_forms(ordered["term"])})]
    return (telling if len(telling) else ordered).iloc[0]


def substitution_finding(wordings: Differences, shelf: Shelf) -> list[str]:
    """Return the surest of the wordings that stand for each other, and how many there are."""
    if wordings.empty:
        return ["No two sentences were found that tell the same in other words."]
    sure = announced(wordings, per_event=2)
    first = said(sure, shelf, n=3)
    number = link(f"{len(wordings):,}", "#The-same-told-in-other-words")
    one = len(wordings) == 1
    if not first:
        return [
            Markup("{} {} may tell the same in other words; none is sure.").format(
                number, "pair of phrases" if one else "pairs of phrases"
            )
        ]
    return [
        Markup("Where two reports tell the same, {} {}: {}.").format(
            number, "wording differs" if one else "wordings differ, among them", Markup("; ").join(first)
        )
    ]


def stratified_finding(stratified: pd.DataFrame) -> list[str]:
    """Return what holds over several events, or why that cannot be asked."""
    if stratified.empty:
        return ["No outlet shares two events with others, so nothing can be compared over several events."]
    sizes = stratified["target"].value_counts()
    told = largest(sizes)
    sentences = []
    for (event, target), rows in stratified[stratified["target"].isin(told)].groupby(
        ["event_id", "target"], sort=True
    ):
        first, flagged = _strongest(rows), int(rows["flagged"].sum())
        n_tested = int(rows["p_reports"].notna().sum())
        differs = "differs" if flagged < 2 else "differ"
        outcome = f"{flagged or 'none'} of {counted(n_tested, 'word')} tested {differs} by more than chance"
        if not n_tested:
            outcome = "too few reports for a test"
        sentences.append(
            f"Over {str(event).partition(', ')[0]}, {target} against all others: {outcome}. The widest gap: "
            f"{_term(first)}."
        )
    if len(sizes) > len(told):
        rest = stratified[~stratified["target"].isin(told)]
        with_flag = rest.loc[rest["flagged"], "target"].nunique()
        sentences.append(
            f"{counted(len(sizes) - len(told), 'more outlet')}: {int(rest['flagged'].sum()):,} of "
            f"{len(rest):,} words differ by more than chance, in {with_flag:,} of them."
        )
    return sentences


def lockword_finding(locked: pd.DataFrame, keyness: Keyness) -> list[str]:
    """Return which words are shown to be as frequent on both sides, and in how many comparisons."""
    if keyness.empty:
        return ["No words were compared."]
    if locked.empty:
        return [
            f"Of {counted(len(keyness), 'word')}, for none is the interval narrow enough to call it the same."
        ]
    times = locked["term"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    names = [f"“{term}”" + (f" ({n:,} times)" if n > 1 else "") for term, n in times.items()]
    return [
        f"If each use is taken as independent, {len(locked):,} of {counted(len(keyness), 'comparison')} of a "
        f"word {were(len(locked))} between half and double: {listed(names)}. For the others the counts "
        "cannot tell."
    ]


def wording_limits(documents: Documents, alone: pd.DataFrame, alignments: Alignments) -> list[str]:
    """Return what the comparison of wording leaves open for this corpus."""
    sizes = documents.groupby([documents["event_id"], outlet_labels(documents).to_numpy()]).size()
    single = int((sizes == 1).sum())
    sentences = [
        f"{single:,} of {counted(len(sizes), 'pair')} of event and outlet "
        f"{'is' if single == 1 else 'are'} a single report: there the words are one text's, not an outlet's.",
        f"Of the sentences, {counted(len(alignments), 'pair')} {were(len(alignments))} aligned and "
        f"{counted(len(alone), 'sentence')} found no partner; what one report tells in two sentences and "
        "another in one is aligned with the nearer half only.",
    ]
    reports, outlets = documents["event_id"].value_counts(), sizes.groupby(level=0).size()
    left_out = int((reports - MOST_REPORTS).clip(lower=0).sum())
    if left_out:
        sentences.append(
            f"Of an event of more than {MOST_REPORTS} reports, the sentences of {MOST_REPORTS} are aligned, "
            f"the longest of every outlet first: {counted(left_out, 'report')} {were(left_out)} left out."
        )
    if outlets.max() > MOST_COMPARED:
        n = int((outlets > MOST_COMPARED).sum())
        sentences.append(
            f"Of {counted(n, 'event')} with more than {MOST_COMPARED} outlets, the {MOST_COMPARED} with the "
            "most words were compared with the rest."
        )
    shared = sizes[sizes.index.get_level_values(0).isin(outlets.index[outlets > 1])].groupby(level=1).size()
    if (shared > 1).sum() > MOST_STRATIFIED:
        sentences.append(
            f"{int((shared > 1).sum()):,} outlets share several events with others; the {MOST_STRATIFIED} "
            "with the most words were compared over them."
        )
    return sentences


def forest_alt(top: pd.DataFrame) -> str:
    """Return the alternative text of the forest of ratios."""
    if top.empty:
        return "No ratios: no words are compared."
    terms = [_term(row) for _, row in ranked(top).head(6).iterrows()]
    flagged = int(top["flagged"].sum())
    return (
        f"Ratios of {counted(len(top), 'word')} with intervals, {flagged or 'none'} of them flagged "
        f"after correction. Strongest: {'; '.join(terms)}."
    )


def matrix_alt(matrix: pd.DataFrame, *, noun: str = "uses per 1,000 words") -> str:
    """Return the alternative text of a matrix of rates: every row, the outlets in order."""
    rows = [
        f"{term} {', '.join(f'{rate:.2f}' for rate in rates)}"
        for term, rates in zip(matrix.index, matrix.to_numpy(dtype=float), strict=True)
    ]
    return f"{noun} in {listed([str(name) for name in matrix.columns])}: {'; '.join(rows) or 'no words'}."


def sides_alt(rows: pd.DataFrame) -> str:
    """Return the alternative text of the words on either side: the first in a sentence, then the counts."""
    first = rows.iloc[0]
    parts = [f"“{row.term}” {row.n_target:,} and {row.n_reference:,}" for row in rows.itertuples(index=False)]
    sides = f"{first['target']} and {first['reference']}"
    return f"{_term(first)} is the widest gap. Uses in {sides}: {'; '.join(parts)}."


def funnel_alt(points: pd.DataFrame) -> str:
    """Return the alternative text of the funnel."""
    flagged = points[points["flagged"]].sort_values("per_million", ascending=False)["term"].tolist()
    return (
        f"{counted(len(points), 'word')} by frequency and ratio; {counted(len(flagged), 'word')} flagged"
        f"{': ' + listed(flagged) if flagged else ''}."
    )


def _term(row: pd.Series) -> str:
    """Return a row of keyness in words, with its counts and, where it is flagged, how sure it is."""
    sure = ""
    if row["flagged"]:
        sure = f" (p over reports {p_value(row['p_reports'])}, q {p_value(row['q_reports'])})"
    counts = f"{row['n_target']:,} in {row['target']}, {row['n_reference']:,} in {row['reference']}"
    return f"“{row['term']}”, {counts}{sure}"


def _enough(p: float) -> str:
    """Return what the smallest p of whole reports dealt at random means for a claim about outlets."""
    if p > 0.05:
        often = "in every deal" if p > 0.995 else f"in {100 * p:.0f} of 100 deals or more"
        return (
            f"Dealt to the sides at random, so few reports are as far apart {often}: they cannot show a "
            "habit of an outlet, only that texts differ."
        )
    return f"Dealt to the sides at random, the smallest p that these reports can reach is {p_value(p)}."
