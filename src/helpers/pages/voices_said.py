"""The sentences of page 03."""

import pandas as pd
from markupsafe import Markup

from helpers.pages.blocks import counted_in, link
from helpers.pages.phrases import begun, by_report_shares, counted, leading, listed, percent
from helpers.pages.plots import VOICE_NAMES
from helpers.table import UNKNOWN
from helpers.voices import VOICES, RuleRates, Sources, Voices

__all__ = [
    "rewordings_answer",
    "rules_alt",
    "sources_answer",
    "speakers_alt",
    "voices_alt",
    "voices_answer",
    "voices_limits",
]
SURE = 0.8  # below this confidence a speaker is told as doubtful


def voices_answer(
    shares: pd.DataFrame, speakers: pd.DataFrame, rewordings: pd.DataFrame, labels: "pd.Series[str]"
) -> list[str]:
    """Return who quotes most and least, who speaks most, and what is quoted here and reworded there.

    `shares` and `speakers` have reports by name; `labels` gives the names of the reports of `rewordings`.
    """
    if shares.empty:
        return ["There is no report."]
    wide = shares.pivot(index="doc_id", columns="voice", values="share")
    sentences = [counted_in(_most_and_least(wide["direct"]), "voice-shares")]
    if wide["indirect"].isna().all():
        return sentences
    known = speakers[speakers["speaker"] != UNKNOWN]
    order = known.sort_values(["n", "speaker"], ascending=[False, True])
    first = order.drop_duplicates("doc_id")
    if len(first):
        top = first.sort_values(["share", "doc_id"], ascending=[False, True]).iloc[0]
        loudest = (
            f"Nobody speaks more in one report than {top['speaker']}: {percent(top['share'])} of the words "
            f"of {top['doc_id']}."
        )
        sentences.append(counted_in(loudest, "speakers"))
    else:
        sentences.append("No speaker could be named.")
    sentences += _quoted_here(rewordings, labels)
    reworded = by_report_shares(wide["indirect"] + wide["speech_act"])
    sentences.append(f"Speech in the report's own words is {reworded} of the words.")
    if len(first) > 1:
        most = leading(first)
        if len(most) == 1:
            sentences.append(f"In each report {first['speaker'].iloc[0]} speaks most.")
        else:
            sentences.append(f"In each report these speak most: {listed(most, shown=6)}.")
    return sentences


def _most_and_least(direct: "pd.Series[float]") -> str:
    """Return which report quotes most of its words, and which least."""
    order = direct.sort_values(kind="stable")
    low, high = order.index[0], order.index[-1]
    if len(order) == 1:
        return f"{percent(order.iloc[0])} of the words of {low} are quoted."
    if percent(order.iloc[0]) == percent(order.iloc[-1]):
        return f"Quotations are {percent(order.iloc[0])} of the words of each report."
    return (
        f"Quotations are {percent(order.iloc[0])} of the words of {low}, the least, and "
        f"{percent(order.iloc[-1])} of those of {high}, the most."
    )


def _quoted_here(rewordings: pd.DataFrame, labels: "pd.Series[str]") -> list[str]:
    """Return how many statements one report quotes and another rewords, with the most alike."""
    if rewordings.empty:
        return ["No statement was found that one report quotes and another rewords."]
    n = len(rewordings)
    row = rewordings.iloc[0]
    number = link(f"{n:,}", "#rewordings")
    quoted, reworded = labels[row["quoted_in"]], labels[row["reworded_in"]]
    verb = "statement is" if n == 1 else "statements are"
    return [
        Markup("{} {} quoted in one report and reworded in another, as by {} and {}.").format(
            number, verb, quoted, reworded
        )
    ]


def voices_alt(shares: pd.DataFrame) -> str:
    """Return the alternative text of the picture of voices: every share while there are few reports."""
    if shares.empty:
        return "No bars: there is no report."
    wide = shares.pivot(index="doc_id", columns="voice", values="share")
    told = [
        f"{VOICE_NAMES[voice]} {by_report_shares(wide[voice])}"
        for voice in VOICES
        if voice in wide and wide[voice].notna().any()
    ]
    return f"{_most_and_least(wide['direct'])} In all: {'; '.join(told)}."


def speakers_alt(matrix: pd.DataFrame) -> str:
    """Return the alternative text of the picture of speakers: the most heard one of each report."""
    if matrix.empty:
        return "No cells: nobody speaks in any report."
    told = [
        f"{report} {row.idxmax()} ({percent(row.max())})"
        for report, row in matrix.items()
        if row.notna().any()
    ]
    return f"Who has most words in each report: {listed(told, shown=6)}."


def rules_alt(rates: RuleRates) -> str:
    """Return the picture of the rules in words: each with its share, interval and number of cases."""
    rows = rates.sort_values(["speech", "n"], ascending=[True, False])
    columns = (rows[name] for name in ("rule", "speech", "share", "n", "low", "high"))
    told = [
        f"{rule} ({speech}): right in {share:.0%} of {n:,} cases, interval {low:.0%} to {high:.0%}"
        for rule, speech, share, n, low, high in zip(*columns, strict=True)
    ]
    return f"One dot with an interval per rule. {'; '.join(told)}."


def rewordings_answer(pairs: pd.DataFrame, rewordings: pd.DataFrame) -> list[str]:
    """Return how many statements two reports share, and in which voices they tell them."""
    if pairs.empty:
        return ["No statement was found in two reports of one event."]
    quoted = int(((pairs["voice_a"] == "direct") & (pairs["voice_b"] == "direct")).sum())
    other = len(pairs) - quoted - len(rewordings)
    same = int((pairs["dice"] == 1).sum())
    alike = f"In {same:,} of them" if same else "In none of them"
    return [
        f"{begun(counted(len(pairs), 'statement'))} {'is' if len(pairs) == 1 else 'are'} in two reports of "
        f"one event: {quoted:,} quoted in both, {len(rewordings):,} quoted in one and reworded in the other, "
        f"{other:,} reworded in both.",
        f"{alike} both reports have the same content words.",
    ]


def sources_answer(sources: Sources, voices: Voices) -> list[str]:
    """Return how many sources are named, how many are not, and which of them one outlet has alone."""
    if sources.empty:
        return ["No source of speech was found."]
    named = sources[sources["kind"] == "named"]
    others, written = (sources[sources["kind"] == kind] for kind in ("not named", "as written"))
    alone = sources[sources["only_in"] != ""]
    without = int((voices["source"].eq("") & voices["speaker"].eq(UNKNOWN)).sum())
    sentences = []
    if len(named) or len(others):
        among = f" (among them {listed([f'“{words}”' for words in others['source']], shown=4)})"
        without_name = f"{counted(len(others), 'source')} without one{among if len(others) else ''}"
        sentences.append(f"{begun(counted(len(named), 'source'))} with a name, {without_name}.")
    if len(written):
        sentences.append(
            f"{begun(counted(len(written), 'source'))} as written, in languages without a parser: verbs of "
            "speech and word order tell who says a quotation."
        )
    if len(alone):
        verb = "is" if len(alone) == 1 else "are"
        sentences.append(
            f"{len(alone):,} of {len(sources) - len(written):,} sources {verb} used by one outlet only."
        )
    if without:
        sentences.append(f"For {without:,} of {counted(len(voices), 'piece')} of speech no source was found.")
    return sentences


def voices_limits(spans: pd.DataFrame) -> list[str]:
    """Return how many spans rest on weak ground: no speaker, a doubtful one, a lost mark, few words."""
    if spans.empty:
        return ["No speech was found, which may also mean that the rules do not know how it is marked here."]
    unknown = spans["speaker"] == UNKNOWN
    unmeasured = int((spans["confidence"].isna() & ~unknown).sum())
    weak = int(((spans["confidence"] < SURE) & ~unknown).sum())
    flags = spans["flag"].value_counts()
    n_scare, n_open = int(flags.get("scare", 0)), int(flags.get("unclosed", 0))
    by_hand = int((spans["rule"] == "override").sum())
    closes = "closes" if n_open == 1 else "close"
    return [
        f"The speaker is not known for {int(unknown.sum()):,} of {counted(len(spans), 'piece')} of speech. "
        f"For {weak or 'none'}, the rule that named the speaker was right less often than {SURE:.0%}; for "
        f"{unmeasured or 'none'}, it was never measured.",
        *(
            [f"{begun(counted(n_open, 'quotation'))} never {closes}, so the end is a guess."]
            if n_open
            else []
        ),
        *(
            [
                f"{begun(counted(n_scare, 'quotation'))} of three words or fewer may be names, titles, or "
                "words that the report does not want to make its own."
            ]
            if n_scare
            else []
        ),
        f"A person corrected {counted(by_hand, 'piece')} of speech by hand."
        if by_hand
        else "Nobody has corrected them by hand.",
    ]
