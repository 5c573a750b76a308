"""The sentences of page 05."""

from collections import Counter
from itertools import combinations

import pandas as pd

from helpers.derivation import (
    SHARED,
    VERDICTS,
    Derivations,
    ErrorRates,
    PairMeasures,
    Placements,
    ReferenceQuantiles,
    exact_interval,
    language_name,
)
from helpers.pages.blocks import counted_in
from helpers.pages.derivation_pair_said import pair_said
from helpers.pages.phrases import capped, counted, listed, were
from helpers.pages.plots_pairs import NUMBERED
from helpers.pairs import Found, Similarities, outranked
from helpers.table import UNKNOWN
from helpers.text import Documents

__all__ = [
    "PHRASES",
    "bands_alt",
    "candidates_answer",
    "derivation_answer",
    "derivation_limits",
    "derivation_settle",
    "event_guard",
    "event_proposal",
    "graph_alt",
    "graph_caption",
    "pairs_left_out",
    "similarity_alt",
    "similarity_caption",
]
# The verdicts below those that share much.
PHRASES, NOT_FOUND = VERDICTS[VERDICTS.index(SHARED[-1]) + 1], "no shared wording found"
MUCH = ["word_for_word", "worded_apart", "passages"]
# Classes with a verdict they should (or should not) get, and how that is told.
TOLD = (
    ("independent reports of one event", MUCH, "were said to share passages or more, by mistake"),
    ("agency copies with edits", MUCH, "were found to share passages or more"),
    ("independent human translations", ["word_for_word"], "were called word for word, by mistake"),
    ("machine against human translation", ["word_for_word"], "were called word for word, by mistake"),
    ("edited copies", ["word_for_word"], "were called word for word; the rest were called worded apart"),
    ("two machine translations", ["word_for_word"], "were called word for word (a blind spot)"),
    ("heavily edited copies", ["word_for_word"], "were called word for word (a blind spot)"),
)


def pairs_left_out(documents: Documents, measures: PairMeasures, first: pd.DataFrame) -> list[str]:
    """Return how many pairs of one event were not compared, and of how many the evidence is gathered in full.

    `measures` are the pairs compared, `first` those written out. Nothing where both are all pairs.
    """
    sizes = documents.loc[documents["event_id"] != UNKNOWN, "event_id"].value_counts()
    total = int((sizes * (sizes - 1) // 2).sum())
    missing = total - int((measures["events"] == "same").sum())
    sentences = []
    if missing:
        sentences.append(
            f"{missing:,} of {counted(total, 'pair')} of one event {were(missing)} not chosen and "
            f"{'has' if missing == 1 else 'have'} no row below: that is no verdict on them."
        )
    if len(first) < len(measures):
        sentences.append(
            "Verdicts, directions and their traces are for every pair compared; the place in every set and "
            f"measure, and the evidence piece by piece, for the first {len(first):,} of "
            f"{counted(len(measures), 'pair')} in the order of the verdicts."
        )
    return sentences


def derivation_answer(
    derivations: Derivations, similarities: Similarities, found: Found, *, proposed: bool = False
) -> list[str]:
    """Return what wording reports share and what explains it, as far as the evidence goes.

    `proposed` says that no person put the reports under their events. Where not every pair was compared,
    those of two events are no control: they were chosen for being alike.
    """
    if derivations.empty:
        return ["There is no pair of reports to compare."]
    own = derivations[derivations["events"] != "different"]
    told = own[own["verdict"].isin(SHARED) | (own["direction"] != "undetermined")]
    sentences = [pair_said(row) for row in told.head(8).to_dict("records")]
    rest = own.drop(told.index[:8])
    if len(rest):
        lead = "Of the other" if len(told) else "Of"
        sentences.append(f"{lead} {counted(len(rest), 'pair')} of reports on one event, {_kinds(rest)}.")
    across = derivations[derivations["events"] == "different"]
    if len(across):
        pairs = counted(len(across), "pair")
        role = "the control" if found.path == "all" else "chosen for being alike and so no control"
        sentences.append(f"Of {pairs} of reports on two events, {role}, {_kinds(across)}.")
    arrows = int((derivations["direction"] != "undetermined").sum())
    sentences.append(
        f"Who took from whom is known for {arrows:,} of {counted(len(derivations), 'pair')}."
        if arrows
        else "For no pair do these texts show who took from whom."
    )
    counted_here = [counted_in(sentence, "derivations") for sentence in sentences]
    return counted_here + event_guard(similarities, chosen=found.path != "all", proposed=proposed)


def _kinds(rows: Derivations) -> str:
    """Return the verdicts of pairs with their numbers; why nothing is said, where it is not."""
    unsaid = rows["verdict"].isin(["cannot tell", "too short to judge"])
    names = rows["verdict"].where(~unsaid, rows["explanation"])
    counts = Counter(names.sort_values().tolist())
    order = sorted(counts.items(), key=lambda kind: _rank(kind[0]))
    told = {NOT_FOUND: "in {} no shared wording was found"}
    share = dict.fromkeys((*SHARED, PHRASES), "{} share {}")
    count = {n: "all" if n == len(rows) > 1 else f"{n:,}" for _, n in order}
    return listed(
        [{**share, **told}.get(name, "{} cannot be judged ({})").format(count[n], name) for name, n in order]
    )


def _rank(verdict: str) -> int:
    """Return the place of a verdict, the most shared wording first."""
    return VERDICTS.index(verdict) if verdict in VERDICTS else len(VERDICTS)


def event_guard(
    similarities: Similarities, *, chosen: bool = False, proposed: bool = False, most: int = 8
) -> list[str]:
    """Return whether any pair of two events outranks a same-event pair that shares a report with it.

    Of such pairs the first `most` are told one by one; `chosen` says that not every pair was compared.
    `proposed` events were drawn by this same closeness, which is no control of itself: only reports that are
    closer to one of another event than to all of their own are told.
    """
    events = set(similarities["events"])
    if not {"same", "different"} <= events:
        return ["There is no pair of two events, or none of one: the ranking by subject has no control."]
    if proposed:
        return _loose(similarities)
    wrong = outranked(similarities)
    if wrong.empty:
        compared = " that was compared" if chosen else ""
        return [
            f"No two reports of two events{compared} are closer in subject than either is to the reports of "
            "its own event."
        ]
    more = len(wrong) - most
    return [
        f"{row['rival_a']} and {row['rival_b']} are of two events and closer in subject "
        f"({row['rival']:.2f}) than {row['doc_id_a']} and {row['doc_id_b']}, which are of one "
        f"({row['closeness']:.2f}): check their events in documents.csv."
        for row in wrong.head(most).to_dict("records")
    ] + ([f"So it is with {counted(more, 'more same-event pair')}."] if more > 0 else [])


def _loose(similarities: Similarities) -> list[str]:
    """Return the reports that are closer to one of another proposed event than to any of their own."""
    turned = similarities.rename(columns={"doc_id_a": "doc_id_b", "doc_id_b": "doc_id_a"})
    both = pd.concat([similarities, turned]).dropna(subset=["closeness"])
    nearest = both.groupby(["doc_id_a", "events"])["closeness"].max().unstack("events")
    loose = nearest.index[nearest["different"] > nearest["same"]].tolist()
    told = "Events are proposed by closeness in subject, so that closeness is no check of them."
    if not loose:
        return [told]
    return [told, f"Closer to a report of another event than to any of its own: {listed(loose)}."]


def _agreement(known: pd.DataFrame) -> str:
    """Return on how many pairs of reports the proposal and the manifest agree."""
    pairs = [
        (a["event_id"] == b["event_id"], a["proposed_event"] == b["proposed_event"])
        for a, b in combinations(known.to_dict("records"), 2)
    ]
    agree = sum(told == seen for told, seen in pairs)
    return f"Proposal and manifest agree on {agree:,} of {counted(len(pairs), 'pair')}; the manifest is used."


def event_proposal(documents: Documents, proposals: pd.DataFrame) -> list[str]:
    """Return how the events proposed by words and dates compare with the manifest; nothing is accepted."""
    if len(documents) < 2:
        return ["There are too few reports to propose events."]
    unknown = counted(int((documents["event_id"] == UNKNOWN).sum()), "report")
    if len(proposals) < len(documents):
        sentences = [
            "No events are proposed: a proposal rests on the closeness of all reports it puts together, and "
            "not every pair was compared."
        ]
        if unknown != "no reports":
            sentences.append(
                f"{unknown} without an event: until event_id is written into documents.csv a pair counts as "
                "one event only by its closeness, and the line for that was chosen on two to four reports."
            )
        return sentences
    both = documents[["doc_id", "event_id"]].merge(proposals, on="doc_id")
    known = both[both["event_id"] != UNKNOWN]
    groups = both["proposed_event"].nunique()
    sentences = [f"By their words and dates alone the reports would be put under {counted(groups, 'event')}."]
    if len(known):
        sentences.append(_agreement(known))
    if len(known) < len(both):
        sentences.append(
            f"{unknown} without an event: write event_id into "
            "documents.csv to accept the proposal. Until then a pair counts as one event only by its "
            "closeness."
        )
    return sentences


def derivation_settle(derivations: Derivations, documents: Documents) -> list[str]:
    """Return what would settle the pairs that share much and are not explained."""
    rows = derivations[derivations["verdict"].isin(SHARED) & (derivations["direction"] == "undetermined")]
    rows = rows[rows["events"] != "different"]
    if rows.empty:
        return ["No pair is left open in a way that more evidence about it would settle."]
    pairs = listed([f"{row['doc_id_a']} with {row['doc_id_b']}" for row in rows.to_dict("records")])
    sentences = [f"Open: {pairs}."]
    ends = {*rows["doc_id_a"], *rows["doc_id_b"]}
    missing = documents[documents["doc_id"].isin(ends) & (documents["published"] == UNKNOWN)]["doc_id"]
    if len(missing):
        sentences.append(
            f"The time of publication of {listed(list(missing))}: it would rule out one of two directions."
        )
    sentences.append(
        "The text that both may rest on, as its author, an agency or a press office gave it out: wording "
        "that both add to it cannot come from it."
    )
    sentences.append("A third report of the same event with the same rare wording or the same slip.")
    return sentences


def derivation_limits(
    derivations: Derivations,
    reference: ReferenceQuantiles,
    error_rates: ErrorRates,
    found: Found,
    *,
    translations: bool = True,
) -> list[str]:
    """Return what the reference classes and their error rates leave open, with their numbers.

    Without `translations` none is possible here, and their classes are left out.
    """
    translated = reference[reference["reference_class"].str.contains("translation")]
    languages = sorted({language_name(code) for code in translated["language"]})
    others = f"translations from {listed(languages)}" if translations else "texts that people edited"
    sentences = [
        "All reference texts are in English: US news of one event by independent outlets, edits of such news "
        f"made by a program, and {others}. Pairs in any other language are not judged."
    ]
    for kind, columns, told in TOLD:
        own = translations or "translation" not in kind
        rows = error_rates[(error_rates["reference_class"] == kind) & own]
        rows = rows[rows["n_words"] == rows["n_words"].max()]
        if len(rows):
            sentences.append(_rates(rows, rows[columns].sum(axis=1), kind, told))
    across = int((derivations["events"] == "different").sum())
    if found.path != "all":
        sentences.append(
            "Pairs of two events were compared only where they are alike: they are no sample of such pairs, "
            "and no permutation test can rest on them."
        )
    elif across:
        sentences.append(
            f"With {counted(across, 'pair')} of two events, no permutation test of this corpus can give a p "
            f"below {1 / (across + 1):{'.2f' if across < 100 else '.1g'}}."
        )
    return sentences


def _rates(rows: ErrorRates, shares: pd.Series, kind: str, told: str) -> str:
    """Return the shares of the sets of a class, lowest to highest, with the interval of the two."""
    low, high = float(shares.min()), float(shares.max())
    sizes = rows["n_distinct"]
    least = exact_interval(low, float(sizes.iloc[int(shares.argmin())]))[0]
    most = exact_interval(high, float(sizes.iloc[int(shares.argmax())]))[1]
    share = f"{low:.1%}" if low == high else f"{low:.1%} to {high:.1%}"
    return (
        f"Of {kind} of {rows['n_words'].iloc[0]} words, {share} by data set {told} (95 %: {least:.0%} to "
        f"{most:.0%})."
    )


def similarity_alt(similarities: Similarities, matrix: pd.DataFrame) -> str:
    """Return the alternative text of the heat map: its closest pairs and whether they are of one event."""
    ends = similarities["doc_id_a"].isin(matrix.index) & similarities["doc_id_b"].isin(matrix.index)
    shown = [
        f"{row['doc_id_a']} and {row['doc_id_b']} {row['cosine']:.2f} ({row['events']} event)"
        for row in similarities[ends]
        .sort_values("cosine", ascending=False, kind="stable")
        .head(8)
        .to_dict("records")
    ]
    return f"Heat map of cosines, highest first: {listed(shown)}." if shown else "Empty heat map: no pairs."


def similarity_caption(matrix: pd.DataFrame, documents: Documents) -> str:
    """Return the caption of the heat map: which pairs it shows."""
    blank = int(matrix.isna().to_numpy().sum()) > len(matrix)
    pairs = "of the pairs compared, grey where a pair was not" if blank else "of every pair"
    caption = f"TF-IDF cosine {pairs}; frames hold the pairs of one event"
    if len(matrix) > NUMBERED:
        caption += "; the columns are in the order of the rows"
    return capped(caption, len(matrix), len(documents), "report")


def bands_alt(placements: Placements, *, measure: str = "c5") -> str:
    """Return the alternative text of the bands: each pair's percentile in every set."""
    rows = placements[placements["measure"] == measure]
    told = [
        f"{a} and {b}, {group['value'].iloc[0]:.3f}, is above "
        + listed(
            [f"{row['percentile']:.0f} % of {row['data_set']}" for row in group.to_dict("records")], shown=20
        )
        for (a, b), group in rows.groupby(["doc_id_a", "doc_id_b"], sort=False)
    ]
    return (
        f"Bands of {measure}: {'; '.join(told)}." if told else f"No bands of {measure}: no pair long enough."
    )


def graph_alt(nodes: pd.DataFrame, edges: pd.DataFrame, *, most: int = 60) -> str:
    """Return the alternative text of the graph: its nodes and its lines, the first `most` one by one."""
    reports = int((nodes["kind"] == "report").sum()) if len(nodes) else 0
    unseen = len(nodes) - reports
    lines = [
        f"{row['source']} to {row['target']}: {row['verdict']}{', arrow' if row['arrow'] else ''}"
        for row in edges.to_dict("records")
    ]
    if len(lines) > most:
        lines = [*lines[:most], f"and {len(lines) - most:,} more"]
    return f"Graph of {counted(reports, 'report')} and {counted(unseen, 'unobserved original')}. " + (
        f"Lines: {'; '.join(lines)}." if lines else "No lines."
    )


def graph_caption(nodes: pd.DataFrame, documents: Documents) -> str:
    """Return the caption of the graph: which reports it shows."""
    caption = "Reports by event, unobserved originals (?) and the lines between them"
    return capped(caption, int((nodes["kind"] == "report").sum()), len(documents), "report")


def candidates_answer(found: Found) -> list[str]:
    """Return by which path the pairs of reports were chosen, why, and what was set aside on the way."""
    figures, n_pairs = found.figures, len(found.pairs)
    n = counted(figures["n_reports"], "report")
    if found.path == "all":
        return [f"{n.capitalize()}: every pair was compared, {counted(n_pairs, 'pair')} in all."]
    total = figures["n_reports"] * (figures["n_reports"] - 1) // 2
    ways = "shared runs of words" + (" or alike vocabulary" if found.path == "memory" else "")
    where = "on disk" if found.path == "disk" else "in memory"
    sentences = [
        f"{n.capitalize()} of {figures['n_chars']:,} characters make {total:,} pairs, too many to compare "
        f"each: {counted(n_pairs, 'pair')} with {ways} {'was' if n_pairs == 1 else 'were'} chosen {where}."
    ]
    if found.path != "memory":
        sentences.append(
            "The corpus is too large to compare vocabulary; reports that share no run are not seen."
        )
    return sentences + _set_aside(found)


def _set_aside(found: Found) -> list[str]:
    """Return what the choice of pairs left out or simplified, one sentence each."""
    stories = int((found.pairs["found_by"] == "story").sum())
    widest = int(found.stock["n_reports"].max()) if len(found.stock) else 0
    told = {
        "Reports that repeat another to the letter": found.figures["n_copies"],
        "Texts with so many copies that each is linked to the first only": found.figures["n_many_copies"],
        "Reports too short to share a run of words": found.figures["n_short"],
        "Stock texts set aside": len(found.stock),
        "Reports that the commonest stock text stands in": widest,
        "Pairs that share nothing but an ending that several reports have, their outlets unknown": (
            found.figures["n_same_ending"]
        ),
        "Pairs that link a story many outlets carry to one of its carriers": stories,
        "Common terms left out to bound the work, so that pairs of alike vocabulary may be missing": (
            found.figures["n_terms_left_out"]
        ),
    }
    return [f"{label}: {count:,}." for label, count in told.items() if count]
