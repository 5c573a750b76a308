"""Spans of speech: which words are quoted, reworded or narrated, and who is speaking."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.attribution import attribute
from helpers.quotations import HIDDEN, hide_quotations, quote_spans
from helpers.schema import VOICES, Voices, conform, from_rows
from helpers.speakers import Name, Speaker, cut_units
from helpers.speech import Cue, find_cues, find_reports

__all__ = [
    "cue_counts",
    "find_voices",
    "most_spoken",
    "rule_counts",
    "speaker_matrix",
    "text_hash",
    "voice_shares",
    "with_names",
    "with_text",
    "with_voice",
]

_SPEAKERS = ("PERSON", "ORG", "GROUP", "GPE", "NORP")


def find_voices(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    verbs: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    overrides: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the voices table of `documents`: direct, indirect and speech-act spans with their speakers.

    `verbs` is the table of speech_verbs.csv, `mentions` that of `entities.find_mentions`. A direct span
    may stand inside an indirect one; spans of reworded speech never overlap each other, nor do direct ones.
    A row of `overrides` (text_hash, start_char, end_char, voice, speaker) replaces every span it overlaps.
    """
    cues, names = _by_report(find_cues(documents, verbs)), _by_report(_speaking(mentions))
    cuts = _by_report(
        sentences.loc[sentences["zone"] == "body", ["doc_id", "paragraph_id", "start_char", "end_char"]]
    )
    rows = [
        (doc_id, *row)
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for row in _spans(
            text,
            cuts.get(doc_id, []),
            [Cue(*cue) for cue in cues.get(doc_id, [])],
            [Name(*name) for name in names.get(doc_id, [])],
        )
    ]
    found = from_rows(sorted(rows), Voices)
    return found if overrides is None else _overridden(found, documents, overrides)


def with_voice(hits: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Return `hits` (doc_id, start_char) with the voice and speaker each stands in; else narration.

    Where spans are nested the innermost, the one that begins last, is taken.
    """
    names = np.array(["narration", *voices["voice"]], dtype=object)
    speakers = np.array(["", *voices["speaker"]], dtype=object)
    at = _innermost(hits, voices) + 1
    return hits.assign(voice=names[at], speaker=speakers[at])


def with_text(spans: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return `spans` (doc_id, start_char, end_char) with the column text: the words as printed."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    places = zip(spans["doc_id"], spans["start_char"], spans["end_char"], strict=True)
    return spans.assign(text=pd.Series([texts[d][a:b] for d, a, b in places], index=spans.index, dtype="str"))


def with_names(table: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with canonical names in place of the entity ids of its column speaker."""
    names = dict(zip(entities["entity_id"], entities["canonical"], strict=True))
    return table.assign(speaker=[names.get(speaker, speaker) for speaker in table["speaker"]])


def voice_shares(tokens: pd.DataFrame, voices: pd.DataFrame, *, by: str = "voice") -> pd.DataFrame:
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


def cue_counts(voices: pd.DataFrame) -> pd.DataFrame:
    """Return one row per class of verb and report: verb_class, doc_id, n spans it introduces, cues."""
    cued = voices[voices["verb_class"] != ""].assign(cue=voices["cue"].str.casefold())
    groups = cued.groupby(["verb_class", "doc_id"], sort=True)
    result = groups["cue"].agg(n="size", cues=_tally)
    return result.reset_index().astype({"n": "int64", "cues": "str"})


def rule_counts(voices: pd.DataFrame) -> pd.DataFrame:
    """Return one row per rule that named a speaker: rule, n spans, lowest and highest confidence."""
    result = voices.groupby("rule")["confidence"].agg(n="size", lowest="min", highest="max").reset_index()
    return result.sort_values(["n", "rule"], ascending=[False, True]).reset_index(drop=True)


def text_hash(text: str) -> str:
    """Return the key of a report's text in voice_overrides.csv: 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _speaking(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions that may name a speaker: doc_id, start_char, end_char, entity_id, entity_type."""
    able = mentions["entity_type"].isin(_SPEAKERS) & (mentions["kind"] != "adjective")
    columns = ["doc_id", "start_char", "end_char", "entity_id", "entity_type"]
    return mentions.loc[able, columns].sort_values(["doc_id", "start_char"])


def _by_report(table: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each report, without its doc_id."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for doc_id, *row in table.itertuples(index=False, name=None):
        rows.setdefault(doc_id, []).append(tuple(row))
    return rows


def _spans(
    text: str, cuts: Sequence[tuple[int, int, int]], cues: Sequence[Cue], names: Sequence[Name]
) -> Iterator[tuple[object, ...]]:
    """Yield the spans of one report: start, end, voice, speaker, cue, verb_class, rule, confidence, flag."""
    quotes = quote_spans(text)
    masked = hide_quotations(text, quotes)
    units = cut_units(text, masked, cuts, quotes, names)
    reports = find_reports(units, [cue for cue in cues if masked[cue.start] != HIDDEN])
    taken = {quote.start for quote in quotes}
    for quote, speaker, cue in attribute(units, reports, quotes, masked, names):
        yield *quote[:2], "direct", *_cells(speaker, cue), quote.flag
    for report in (report for found in reports for report in found):
        for voice, start, end in report.content:
            if start not in taken:
                yield start, end, voice, *_cells(report.clause.speaker, report.clause.cue), ""


def _cells(speaker: Speaker, cue: Cue | None) -> tuple[str, str, str, str, float]:
    """Return speaker, cue, verb_class, rule and confidence as they stand in the table."""
    words, verb_class = (cue.text, cue.verb_class) if cue else ("", "")
    return speaker.entity, words, verb_class, speaker.rule, round(speaker.confidence, 2)


def _overridden(found: pd.DataFrame, documents: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    """Return the spans with those of `overrides` in place of what they overlap."""
    names = {
        text_hash(text): doc_id for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
    }
    rows = overrides.assign(doc_id=overrides["text_hash"].map(names)).dropna(subset=["doc_id"])
    clash = found.reset_index().merge(rows, on="doc_id", suffixes=("", "_given"))
    clash = clash[
        (clash["start_char"] < clash["end_char_given"]) & (clash["start_char_given"] < clash["end_char"])
    ]
    given = rows[rows["voice"] != "narration"].assign(
        cue="", verb_class="", rule="override", confidence=1.0, flag=""
    )
    kept = found[~found.index.isin(clash["index"])]
    return conform(pd.concat([kept, given]).sort_values(["doc_id", "start_char"]), Voices)


def _innermost(hits: pd.DataFrame, voices: pd.DataFrame) -> np.ndarray:
    """Return for each hit the row of the innermost span it stands in, or -1."""
    places = {doc_id: i for i, doc_id in enumerate(sorted(set(hits["doc_id"]) | set(voices["doc_id"])))}
    result = np.full(len(hits), -1, dtype=np.int64)
    if voices.empty:
        return result
    hit_docs = hits["doc_id"].map(places).to_numpy(np.int64)
    span_docs = voices["doc_id"].map(places).to_numpy(np.int64)
    starts, ends = voices["start_char"].to_numpy(np.int64), voices["end_char"].to_numpy(np.int64)
    at = hits["start_char"].to_numpy(np.int64)
    # One number line: every report gets a stretch of its own, longer than any offset.
    width = int(max([0, *ends, *at])) + 1
    order = np.lexsort((-ends, starts + span_docs * width))
    lines = (starts + span_docs * width)[order], (ends + span_docs * width)[order]
    parent = _enclosing(*lines)
    points = at + hit_docs * width
    row = np.searchsorted(lines[0], points, side="right") - 1
    while (outside := (row >= 0) & (points >= lines[1][row])).any():
        row[outside] = parent[row[outside]]
    result[row >= 0] = order[row[row >= 0]]
    return result


def _enclosing(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return for each span, sorted by start, the row of the span around it, or -1."""
    parent = np.full(len(starts), -1, dtype=np.int64)
    open_spans: list[int] = []
    for row, start in enumerate(starts):
        while open_spans and ends[open_spans[-1]] <= start:
            open_spans.pop()
        parent[row] = open_spans[-1] if open_spans else -1
        open_spans.append(row)
    return parent


def _tally(words: pd.Series) -> str:
    """Return words with their counts, the most frequent first."""
    counts = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{word} {n}" if n > 1 else word for word, n in counts)
