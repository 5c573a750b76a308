"""The sentences of page 04."""

import pandas as pd
from markupsafe import Markup

from helpers.pages.blocks import counted_in
from helpers.pages.phrases import agree, begun, counted, listed
from helpers.pages.shelf import Shelf
from helpers.pages.telling import announced, said
from helpers.synopsis import Differences

__all__ = ["framing_answer", "framing_limits", "framing_outcome", "terms_answer"]


def terms_answer(terms: Differences, shelf: Shelf) -> list[Markup]:
    """Return the first terms that stand for each other where two reports tell the same."""
    first = said(announced(terms, per_event=2), shelf, n=2)
    told = Markup("Where two reports tell the same, they use other terms: {}.")
    return [told.format(Markup("; ").join(first))] if first else []


def framing_answer(
    terms: pd.DataFrame, hits: pd.DataFrame, labels: pd.DataFrame, own: pd.DataFrame
) -> list[str]:
    """Return what the most labelled target is called where, in whose voice, and how many terms are used.

    `hits` and `labels` have reports by name.
    """
    if terms.empty:
        return ["There is no list of framing terms for these reports, so none is counted."]
    if hits.empty:
        return [f"None of the {counted(terms['term_id'].nunique(), 'listed term')} is used in these reports."]
    unknown = int((hits["target"] == "unresolved").sum())
    sentences = []
    pure = labels[labels["family"] == "label"]
    target = str(pure["target"].value_counts().sort_index().idxmax()) if len(pure) else ""
    if target:
        sentences += _label_sentences(pure, target)
    known = terms["term_id"].nunique()
    sentences.append(
        f"{hits['term_id'].nunique():,} of {counted(known, 'listed term')} "
        f"{agree(known, 'is')} used, {len(hits):,} times in {counted(hits['doc_id'].nunique(), 'report')}; "
        f"for {unknown:,} of these uses the target is not clear."
    )
    few = int((own["outcome"] != "").sum())
    sentences.append(
        f"In {few:,} of {counted(len(own), 'case')} a report has too few terms for a target to compare its "
        "own voice with its quotations."
    )
    return sentences


def _label_sentences(labels: pd.DataFrame, target: str, *, most: int = 4) -> list[str]:
    """Return what `target` is called most often in each report, and how often in the report's own voice.

    More reports than `most` are told as one.
    """
    own = labels[labels["target"] == target]
    own = own if own["doc_id"].nunique() <= most else own.assign(doc_id="all reports")
    parts, voices = [], []
    for doc_id, rows in own.groupby("doc_id"):
        counts = rows["label"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        top = counts.index[counts == counts.iloc[0]]
        names = listed([f"“{name}”" for name in top], shown=2)
        parts.append(f"{names} in {doc_id}")
        narrated = (rows["voice"] == "narration") & (rows["zone"] != "boilerplate")
        voices.append(f"{int(narrated.sum()):,} of {len(rows):,} in {doc_id}")
    told = (
        f"{target} has the most labels: mostly {listed(parts)}.",
        f"Of these labels, the reports use in their own voice {listed(voices)}.",
    )
    return [counted_in(sentence, "framing-labels") for sentence in told]


def framing_outcome(compared: pd.DataFrame, left_out: pd.DataFrame, shelf: Shelf) -> list[str]:
    """Return how many comparisons of reports the counts support, and how many hang on a single term."""
    outcomes = compared["outcome"]
    clear = int(outcomes.str.startswith("most in").sum())
    told = ("not told apart", "too few to compare", "one report")
    level, few, single = (int((outcomes == outcome).sum()) for outcome in told)
    hanging = left_out[left_out["changed"]].drop_duplicates(["event_id", "target"])
    return [
        f"{begun(counted(len(compared), 'target'))} can be looked at, event by event. For {clear:,}, one "
        f"report uses clearly more terms than the others; for {level:,}, it may be chance; for {few:,}, "
        f"there are too few uses, and for {single:,}, only one report.",
        f"Without one of the terms, {len(hanging):,} of these results would change"
        + (f": {listed(_hanging(hanging, shelf), shown=4)}." if len(hanging) else "."),
    ]


def _hanging(rows: pd.DataFrame, shelf: Shelf) -> list[str]:
    """Return target, event and term of outcomes that hang on one term."""
    columns = (rows[name] for name in ("target", "event_id", "term_id"))
    return [
        f"{target} ({shelf.event(event)}) without “{term}”"
        for target, event, term in zip(*columns, strict=True)
    ]


def framing_limits(hits: pd.DataFrame, doubts: pd.DataFrame) -> list[str]:
    """Return how far the hits, their targets and their voices can be trusted."""
    if hits.empty:
        return ["No use was found, so nothing can be said of framing terms here."]
    near = int((hits["rule"] == "sentence").sum())
    fixed = int(hits["rule"].isin(["list", "scope"]).sum())
    unknown = int((hits["speaker"] == "unknown").sum())
    return [
        f"For {fixed:,} of {counted(len(hits), 'use')} the list alone says who is meant. For {near:,} the "
        "target is the only one in the sentence, which may be chance.",
        f"The speaker is unknown for {unknown:,}. "
        + (
            f"{begun(counted(len(doubts), 'use'))} {agree(len(doubts), 'is')} marked as doubtful, and shown."
            if len(doubts)
            else "No use is marked as doubtful."
        ),
    ]
