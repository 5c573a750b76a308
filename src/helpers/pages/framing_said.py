"""The sentences of page 04."""

import pandas as pd

from helpers.pages.phrases import agree, counted, listed

__all__ = ["framing_answer", "framing_limits", "framing_outcome"]


def framing_answer(
    terms: pd.DataFrame, hits: pd.DataFrame, labels: pd.DataFrame, own: pd.DataFrame, changed: pd.DataFrame
) -> list[str]:
    """Return which terms are used, what the most labelled target is called where, and in whose voice."""
    if terms.empty:
        return ["No list of framing terms is kept for these reports, so none is looked for."]
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
        f"Of {counted(len(own), 'pair')} of target and report, {few:,} {agree(few, 'has')} too few uses to "
        "compare the report's own voice with what it ascribes to speakers."
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


def _label_sentences(labels: pd.DataFrame, target: str, *, most: int = 6) -> list[str]:
    """Return what `target` is called most often in each report, and how often in the report's own voice.

    More reports than `most` are told as one.
    """
    own = labels[labels["target"] == target]
    own = own if own["doc_id"].nunique() <= most else own.assign(doc_id="all reports")
    parts, voices = [], []
    for doc_id, rows in own.groupby("doc_id"):
        counts = rows["label"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        top = counts.index[counts == counts.iloc[0]]
        names = listed([f"“{name}”" for name in top], shown=3)
        each = " each" if len(top) > 1 else ""
        parts.append(f"{names} in {doc_id} ({counts.iloc[0]:,}{each} of {len(rows):,})")
        narrated = (rows["voice"] == "narration") & (rows["zone"] != "boilerplate")
        voices.append(f"{int(narrated.sum()):,} of {len(rows):,} in {doc_id}")
    return [
        f"Most labels are for {target}; the commonest ones are {listed(parts)}.",
        f"In the report's own voice, ascribed to no speaker, stand {listed(voices)}.",
    ]


def framing_outcome(compared: pd.DataFrame, left_out: pd.DataFrame) -> list[str]:
    """Return how many comparisons of reports the counts support, and how many hang on a single term."""
    if compared.empty:
        return ["There is nothing to compare."]
    outcomes = compared["outcome"]
    clear = int(outcomes.str.startswith("most in").sum())
    told = ("not told apart", "too few to compare", "one report")
    level, few, single = (int((outcomes == outcome).sum()) for outcome in told)
    hanging = left_out[left_out["changed"]].drop_duplicates(["event_id", "target"])
    return [
        f"Of {counted(len(compared), 'comparison')} (an event and a target each), {clear:,} "
        f"{agree(clear, 'puts')} one report above the others, {level:,} {agree(level, 'does')} not tell "
        f"the reports apart, {few:,} {agree(few, 'has')} too few uses to compare, and {single:,} "
        f"{agree(single, 'has')} a single report.",
        f"Leaving out one term at a time changes the outcome of {len(hanging):,} of them"
        + (f": {listed(_hanging(hanging), shown=4)}." if len(hanging) else "."),
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
        f"The speaker is unknown for {unknown:,}. "
        + (
            f"{counted(len(doubts), 'use').capitalize()} {agree(len(doubts), 'is')} marked as doubtful and "
            "shown in context above."
            if len(doubts)
            else "No use is marked as doubtful."
        ),
    ]
