"""Words of speech counted: by voice, by speaker, by verb and by rule."""

from collections import Counter

import pandas as pd

from helpers.table import UNKNOWN, conform
from helpers.text import Documents, Tokens
from helpers.voices.reliability import FEWEST
from helpers.voices.spans import with_voice
from helpers.voices.tables import VOICES, RuleRates, Sources, SourcesTable, Voices

__all__ = [
    "cue_counts",
    "most_spoken",
    "named_sources",
    "rule_counts",
    "source_counts",
    "speaker_matrix",
    "voice_shares",
]
NAMED, NOT_NAMED, AS_WRITTEN = "named", "not named", "as written"
PRONOUNS = frozenset("i you he she it we they this that these those who which one".split())


def voice_shares(tokens: Tokens, voices: Voices, *, by: str = "voice") -> pd.DataFrame:
    """Return one row per report and voice (or speaker): doc_id, the column `by`, n words, share.

    Shares are of all tokens of a report, from 0 to 1. With `by="voice"` every voice has a row.
    """
    told = with_voice(tokens, voices)
    told = told if by == "voice" else told[told["voice"] != "narration"]
    counts = told.groupby(["doc_id", by], sort=True).size()
    if by == "voice" and len(told):
        every = pd.MultiIndex.from_product([sorted(set(tokens["doc_id"])), VOICES], names=["doc_id", by])
        counts = counts.reindex(every, fill_value=0)
    result = counts.rename("n").reset_index()
    total = result["doc_id"].map(tokens["doc_id"].value_counts()).astype(float)
    return result.assign(share=result["n"].astype(float) / total)


def most_spoken(shares: pd.DataFrame, *, n: int = 40) -> pd.DataFrame:
    """Return the rows of `voice_shares` of the `n` reports with most words of speech, in their order."""
    spoken = shares["n"].where(shares["voice"] != "narration", 0).groupby(shares["doc_id"]).sum()
    most = spoken.sort_values(ascending=False, kind="stable").index[:n]
    return shares[shares["doc_id"].isin(most)]


def speaker_matrix(speakers: pd.DataFrame, *, n: int = 24, reports: int = 12) -> pd.DataFrame:
    """Return the shares of `speakers` (doc_id, speaker, n, share): a row per speaker, a column per report.

    Of the speakers the `n` with most words, of the reports those in which these have most.
    """
    words = speakers.groupby("speaker")["n"].sum().sort_values(ascending=False, kind="stable")
    chosen = speakers[speakers["speaker"].isin(words.index[:n])]
    spoken = chosen.groupby("doc_id")["n"].sum().sort_values(ascending=False, kind="stable")
    chosen = chosen[chosen["doc_id"].isin(spoken.index[:reports])]
    return chosen.pivot(index="speaker", columns="doc_id", values="share")


def cue_counts(voices: Voices) -> pd.DataFrame:
    """Return one row per class of verb and report: verb_class, doc_id, n spans it introduces, cues."""
    cued = voices[voices["verb_class"] != ""].assign(cue=voices["cue"].str.casefold())
    groups = cued.groupby(["verb_class", "doc_id"], sort=True)
    result = groups["cue"].agg(n="size", cues=_tally)
    return result.reset_index().astype({"n": "int64", "cues": "str"})


def rule_counts(voices: Voices, rates: RuleRates) -> pd.DataFrame:
    """Return a row per rule and kind (quoted, reworded): rule, kind, n spans, share_right, low, high, cases.

    `share_right` is how often the rule named the annotated source in `cases` of other news, `low` and `high`
    the ends of its 95 % interval; NaN where that was not measured, or in too few cases.
    """
    kinds = voices["voice"].map(lambda voice: "quoted" if voice == "direct" else "reworded")
    groups = voices.assign(kind=kinds.astype("str")).groupby(["rule", "kind"])
    spans = groups.size().rename("n").reset_index()
    names = {"speech": "kind", "share": "share_right", "n": "cases"}
    known = rates[rates["n"] >= FEWEST].drop(columns="right").rename(columns=names)
    result = spans.merge(known, on=["rule", "kind"], how="left").astype({"cases": "Int64"})
    return result.sort_values(["n", "rule", "kind"], ascending=[False, True, True]).reset_index(drop=True)


def named_sources(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the spans that have a source, with its name or words in `source` and what that is in `kind`.

    See `source_counts`. Words that differ in small and capital letters only are one source, in the form that
    most spans have, a small letter first.
    """
    known = spans["speaker"] != UNKNOWN
    ordered = spans["rule"] == "order"
    words = spans["source"].str.replace(r"(?i)^(?:the|an?) ", "", regex=True)
    words = spans["source"].where(ordered, _as_written(words))
    kind = ordered.map({True: AS_WRITTEN, False: NOT_NAMED}).where(~known, NAMED)
    kept = spans.assign(source=spans["speaker"].where(known, words), kind=kind)
    return kept[known | ~words.str.casefold().isin(PRONOUNS | {""})]


def _as_written(words: pd.Series) -> pd.Series:
    """Return words in their commonest form, whatever their case; of two as common that in small letters."""
    forms: dict[str, Counter[str]] = {}
    for word in words:
        forms.setdefault(word.casefold(), Counter())[word] += 1
    shown = {key: max(own, key=lambda word: (own[word], word)) for key, own in forms.items()}
    return words.str.casefold().map(shown).astype("str")


def source_counts(spans: pd.DataFrame, documents: Documents) -> Sources:
    """Return the sources table: every source with the spans, reports and outlets that have it.

    `spans` are voices with names in the place of ids. A speaker whom a mention names is one source under
    that name (named); one whom only common words name ("a senior official") has these words (not named);
    where no parser tells names from nouns they are as written, and one person may be several. He, she and
    they whose person is not known, and spans without a source, are left out. `only_in` is the outlet that
    alone has the source, where the reports are of two outlets or more.
    """
    kept = named_sources(spans).merge(documents[["doc_id", "outlet"]], on="doc_id")
    kept = kept.assign(direct=kept["voice"] == "direct", reworded=kept["voice"] != "direct")
    grouped = kept.groupby(["source", "kind"], sort=True)
    table = grouped.agg(
        direct=("direct", "sum"),
        reworded=("reworded", "sum"),
        reports=("doc_id", "nunique"),
        outlets=("outlet", "nunique"),
        only_in=("outlet", "first"),
    ).reset_index()
    alone = (table["outlets"] == 1) & (documents["outlet"].nunique() > 1) & (table["kind"] != AS_WRITTEN)
    table["only_in"] = table["only_in"].where(alone, "").astype("str")
    order = ["reports", "direct", "reworded", "source"]
    return conform(table.sort_values(order, ascending=[False, False, False, True]), SourcesTable)


def _tally(words: pd.Series) -> str:
    """Return words with their counts, the most frequent first."""
    counts = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{word} {n}" if n > 1 else word for word, n in counts)
