"""The sentences of page 03."""

import pandas as pd

from helpers.pages.phrases import by_report_shares, counted, leading, listed, percent
from helpers.table import UNKNOWN
from helpers.voices import VOICES, Sources, Voices

__all__ = [
    "rewordings_answer",
    "sources_answer",
    "speakers_alt",
    "voices_alt",
    "voices_answer",
    "voices_limits",
]
SURE = 0.85  # below this confidence a speaker is told as doubtful


def voices_answer(shares: pd.DataFrame, speakers: pd.DataFrame, rewordings: pd.DataFrame) -> list[str]:
    """Return how much is quoted, how much reworded, whose speech it is, and what is told both ways."""
    if shares.empty:
        return ["There is no report."]
    wide = shares.pivot(index="doc_id", columns="voice", values="share")
    reworded = by_report_shares(wide["indirect"] + wide["speech_act"])
    known = speakers[speakers["speaker"] != UNKNOWN]
    first = known.sort_values(["n", "speaker"], ascending=[False, True]).drop_duplicates("doc_id")
    most = leading(first)
    told = "The speaker with the most words is" if len(most) == 1 else "The speakers with the most words are"
    both = counted(len(rewordings), "statement")
    return [
        f"Direct quotation is {by_report_shares(wide['direct'])} of the words.",
        f'Speech in the report\'s own words, told in a clause or as the object of a verb like "honour", '
        f"is {reworded}.",
        f"{told} {listed(most, shown=6)}." if most else "No speaker could be named.",
        f"Quoted in one report of an event and reworded in another: {both}.",
    ]


def voices_alt(shares: pd.DataFrame) -> str:
    """Return the alternative text of the picture of voices: every share while there are few reports."""
    if shares.empty:
        return "No bars: there is no report."
    wide = shares.pivot(index="doc_id", columns="voice", values="share")
    told = [f"{voice.replace('_', ' ')} {by_report_shares(wide[voice])}" for voice in VOICES if voice in wide]
    return f"One bar per report, cut by voice: {'; '.join(told)}."


def speakers_alt(matrix: pd.DataFrame) -> str:
    """Return the alternative text of the picture of speakers: the most heard one of each report."""
    if matrix.empty:
        return "No cells: nobody speaks in any report."
    told = [
        f"{report} {row.idxmax()} ({percent(row.max())})"
        for report, row in matrix.items()
        if row.notna().any()
    ]
    return f"Share of each report's words by speaker. Most words: {listed(told, shown=6)}."


def rewordings_answer(pairs: pd.DataFrame, rewordings: pd.DataFrame) -> list[str]:
    """Return how many statements two reports share, and in which voices they tell them."""
    if pairs.empty:
        return ["No statement was found in two reports of one event."]
    quoted = int(((pairs["voice_a"] == "direct") & (pairs["voice_b"] == "direct")).sum())
    other = len(pairs) - quoted - len(rewordings)
    return [
        f"Found in two reports of one event: {counted(len(pairs), 'statement')}; {quoted:,} quoted in both, "
        f"{len(rewordings):,} quoted in one and reworded in the other, {other:,} reworded in both. "
        f"With the same content words in both: {int((pairs['dice'] == 1).sum()):,}."
    ]


def sources_answer(sources: Sources, voices: Voices) -> list[str]:
    """Return how many sources are named, how many are not, and which of them one outlet has alone."""
    if sources.empty:
        return ["No source of speech was found."]
    named = sources[sources["kind"] == "named"]
    others = sources[sources["kind"] != "named"]
    alone = sources[sources["only_in"] != ""]
    without = int((voices["source"].eq("") & voices["speaker"].eq(UNKNOWN)).sum())
    sentences = [
        f"{counted(len(named), 'source').capitalize()} with a name, {counted(len(others), 'source')} without "
        "one"
        + (
            f" (among them {listed([f'“{words}”' for words in others['source']], shown=4)})."
            if len(others)
            else "."
        )
    ]
    if len(alone):
        sentences.append(f"{len(alone):,} of {len(sources):,} sources are used by one outlet only.")
    if without:
        sentences.append(f"For {counted(without, 'span')} of {len(voices):,} no source was found.")
    return sentences


def voices_limits(spans: pd.DataFrame) -> list[str]:
    """Return how many spans rest on weak ground: no speaker, a doubtful one, a lost mark, few words."""
    if spans.empty:
        return ["No speech was found, which may also mean that the rules do not know how it is marked here."]
    unknown = spans["speaker"] == UNKNOWN
    weak = int(((spans["confidence"] < SURE) & ~unknown).sum())
    unmeasured = int((spans["confidence"].isna() & ~unknown).sum())
    flags = spans["flag"].value_counts()
    return [
        f"Of {counted(len(spans), 'span')}, {int(unknown.sum()):,} without a speaker that a rule could name, "
        f"{weak:,} with one of a confidence under {SURE}, {unmeasured:,} with one by a rule that was not "
        "measured.",
        f"Quotations that never close: {flags.get('unclosed', 0):,}; where such a one ends is a convention. "
        f"Quotations of three words or fewer: {flags.get('scare', 0):,}; they may be names, titles or words "
        "held at arm's length.",
        f"Spans set by hand: {int((spans['rule'] == 'override').sum()):,}.",
    ]
