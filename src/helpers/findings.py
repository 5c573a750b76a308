"""The computed sentences of each page: what its tables say, and what they cannot."""

from collections.abc import Sequence

import pandas as pd

from helpers.corpus import missing_numbers
from helpers.schema import UNKNOWN

__all__ = [
    "bars_alt",
    "corpus_answer",
    "corpus_limits",
    "counted",
    "framing_answer",
    "framing_limits",
    "framing_outcome",
    "listed",
    "voice_alt",
]


def counted(n: int, noun: str, *, plural: str = "") -> str:
    """Return a number with its noun: "1 report", "4 reports", "no event".

    >>> counted(1, "report"), counted(2, "entity", plural="entities"), counted(0, "event")
    ('1 report', '2 entities', 'no events')
    """
    name = noun if n == 1 else plural or noun + "s"
    return f"{n:,} {name}" if n else f"no {name}"


def listed(words: Sequence[str], *, shown: int = 12) -> str:
    """Return words as a list in a sentence; past `shown`, how many more there are.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed(["a", "b", "c"], shown=1)
    ('a', 'a and b', 'a, b and c', 'a and 2 more')
    """
    words = list(words)
    if len(words) > shown:
        words = [*words[:shown], f"{len(words) - shown:,} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def corpus_answer(documents: pd.DataFrame, sizes: pd.DataFrame) -> list[str]:
    """Return what there is: reports, events, outlets, words, and what is not known of them."""
    events = documents["event_id"].nunique()
    unnamed = documents["outlet"].str.lower().str.startswith(("unnamed", UNKNOWN))
    words = sizes["tokens"]
    sentences = [
        f"{counted(len(documents), 'report')} of {counted(events, 'event')} from "
        f"{counted(documents['outlet'].nunique(), 'outlet')}, "
        f"{words.min():,} to {words.max():,} words long, {words.sum():,} in all."
        if len(documents)
        else "There is no report.",
        f"The outlet is named for {len(documents) - unnamed.sum():,} of {len(documents):,} reports; "
        f"the time of publication is known for {(documents['published'] != UNKNOWN).sum():,}.",
    ]
    missing = missing_numbers(documents)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        sentences.append(f"The files are numbered, and {listed(missing)} {verb} not among them.")
    return sentences


def corpus_limits(documents: pd.DataFrame) -> list[str]:
    """Return what a corpus of this shape leaves open."""
    cells = documents.groupby(["event_id", "outlet"]).size()
    singles = int((cells == 1).sum())
    sentences = [
        f"{singles:,} of {counted(len(cells), 'pair')} of event and outlet "
        f"{'has' if len(cells) == 1 else 'have'} a single report: there, outlet, event and report cannot be "
        "told apart, and a difference between two reports is not a difference between two outlets."
    ]
    if (documents["published"] == UNKNOWN).any():
        sentences.append("Without times of publication nothing here can say which report came first.")
    return sentences


def bars_alt(table: pd.DataFrame, *, label: str, value: str, noun: str) -> str:
    """Return the alternative text of a bar picture: every bar while there are few, else the extremes."""
    ordered = table.sort_values(value, ascending=False, kind="stable")
    if ordered.empty:
        return f"No bars: no {noun}."
    bars = [f"{name} {number:,}" for name, number in zip(ordered[label], ordered[value], strict=True)]
    if len(bars) <= 12:
        return f"Bars of {noun}: {listed(bars)}."
    return f"{len(bars):,} bars of {noun}, from {bars[0]} down to {bars[-1]}."


def framing_answer(
    terms: pd.DataFrame, hits: pd.DataFrame, labels: pd.DataFrame, own: pd.DataFrame, changed: pd.DataFrame
) -> list[str]:
    """Return which terms are used, what the most labelled target is called where, and in whose voice."""
    if hits.empty:
        return [f"None of the {counted(terms['term_id'].nunique(), 'listed term')} is used in these reports."]
    unknown = int((hits["target"] == "unresolved").sum())
    sentences = [
        f"{counted(len(hits), 'use')} of {hits['term_id'].nunique():,} of the "
        f"{counted(terms['term_id'].nunique(), 'listed term')} in "
        f"{counted(hits['doc_id'].nunique(), 'report')}; "
        f"for {unknown:,} of them the context does not tell the target."
    ]
    pure = labels[labels["family"] == "label"]
    target = str(pure["target"].value_counts().sort_index().idxmax()) if len(pure) else ""
    if target:
        sentences += _label_sentences(pure, target)
    enough = own[own["outcome"] == ""]
    few = len(own) - len(enough)
    sentences.append(
        f"Of {counted(len(own), 'pair')} of target and report, {few:,} have too few uses to compare "
        f"the report's own voice with what it ascribes to speakers."
    )
    clear = changed[(changed["words_a"] != "") & (changed["words_b"] != "")]
    if len(clear):
        named = set(pure.loc[pure["target"] == target, "label"])
        fits = clear["words_a"].isin(named).astype(int) + clear["words_b"].isin(named).astype(int)
        example = clear.iloc[int(fits.to_numpy().argmax())]
        sentences.append(
            f"In {counted(len(clear), 'pair')} of nearest sentences two reports have different terms for one "
            f"target, as “{example['words_a']}” in {example['doc_id_a']} and “{example['words_b']}” in "
            f"{example['doc_id_b']}."
        )
    return sentences


def _label_sentences(labels: pd.DataFrame, target: str, *, shown: int = 4) -> list[str]:
    """Return what `target` is called most often in each report, and how often in the report's own voice."""
    own = labels[labels["target"] == target]
    parts, voices = [], []
    for doc_id, rows in own.groupby("doc_id"):
        counts = rows["label"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        top = counts.index[counts == counts.iloc[0]]
        names = listed([f"“{name}”" for name in top], shown=3)
        parts.append(
            f"{names} in {doc_id} ({counts.iloc[0]:,}{' each' if len(top) > 1 else ''} of {len(rows):,})"
        )
        narrated = (rows["voice"] == "narration") & (rows["zone"] != "boilerplate")
        voices.append(f"{int(narrated.sum()):,} of {len(rows):,} in {doc_id}")
    return [
        f"Most labels are for {target}; its commonest ones are {listed(parts, shown=shown)}.",
        f"In the report's own voice, ascribed to no speaker, stand {listed(voices, shown=shown)}.",
    ]


def framing_outcome(compared: pd.DataFrame, left_out: pd.DataFrame) -> list[str]:
    """Return how many comparisons of reports the counts support, and how many hang on a single term."""
    if compared.empty:
        return ["There is nothing to compare."]
    outcomes = compared["outcome"]
    clear = int(outcomes.str.startswith("most in").sum())
    hanging = left_out[left_out["changed"]].drop_duplicates(["event_id", "target"])
    return [
        f"Of {counted(len(compared), 'comparison')} (an event and a target each), {clear:,} put one report "
        f"above the others, {int((outcomes == 'not told apart').sum()):,} do not tell the reports apart, "
        f"{int((outcomes == 'too few to compare').sum()):,} have too few uses to compare, and "
        f"{int((outcomes == 'one report').sum()):,} have a single report.",
        f"Leaving out one term at a time changes the outcome of {len(hanging):,} of them"
        + (f": {listed(_hanging(hanging))}." if len(hanging) else "."),
    ]


def _hanging(rows: pd.DataFrame) -> list[str]:
    """Return target, event and term of outcomes that hang on one term."""
    columns = (rows[name] for name in ("target", "event_id", "term_id"))
    return [f"{target} in {event} (without `{term}`)" for target, event, term in zip(*columns, strict=True)]


def framing_limits(hits: pd.DataFrame, doubts: pd.DataFrame) -> list[str]:
    """Return how far the hits, their targets and their voices can be trusted."""
    if hits.empty:
        return ["No use was found, so nothing can be said of framing terms here."]
    near = int((hits["rule"] == "sentence").sum())
    fixed = int(hits["rule"].isin(["list", "scope"]).sum())
    unknown = int((hits["speaker"] == "unknown").sum())
    return [
        f"For {fixed:,} of {counted(len(hits), 'use')} the target is what the list says, whatever the "
        f"sentence; for {near:,} it is the only one of several that it mentions, which can be chance.",
        f"The speaker is unknown for {unknown:,}. {counted(len(doubts), 'use').capitalize()} "
        f"{'is' if len(doubts) == 1 else 'are'} marked as doubtful and shown in context above.",
    ]


def voice_alt(counts: pd.DataFrame, *, label: str, voices: Sequence[str]) -> str:
    """Return the alternative text of stacked bars: every bar with its voices."""
    if counts.empty:
        return "No bars: no label is used in these reports."
    bars = [
        f"{row[label]} {', '.join(f'{row[v]} {v}'.replace('_', ' ') for v in voices if row[v])}"
        for _, row in counts.iterrows()
    ]
    return f"Bars of uses by voice: {listed(bars, shown=20)}."
