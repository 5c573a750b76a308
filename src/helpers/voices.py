"""Spans of speech: which words are quoted, reworded or narrated, and who is speaking."""

import re

import numpy as np
import pandas as pd

from helpers.schema import Voices, conform

__all__ = ["find_voices", "with_voice"]

QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?")


def find_voices(
    documents: pd.DataFrame, sentences: pd.DataFrame, verbs: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """Return the voices table; here only direct quotations, marks included."""
    rows = [
        (doc_id, match.start(), match.end())
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for match in QUOTED.finditer(text)
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char"]).assign(
        voice="direct", speaker="unknown", cue="", verb_class="", rule="none", confidence=0.0, flag=""
    )
    return conform(frame, Voices)


def with_voice(hits: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Return `hits` (doc_id, start_char) with the voice and speaker each stands in; else narration."""
    result = hits.assign(voice="narration", speaker="")
    voice, speaker = result["voice"].to_numpy(object), result["speaker"].to_numpy(object)
    for doc_id, spans in voices.groupby("doc_id"):
        spans = spans.sort_values("start_char")
        rows = np.flatnonzero(hits["doc_id"].to_numpy(object) == doc_id)
        starts = hits["start_char"].to_numpy()[rows]
        at = np.searchsorted(spans["start_char"].to_numpy(), starts, side="right") - 1
        inside = (at >= 0) & (starts < spans["end_char"].to_numpy()[at])
        voice[rows[inside]] = spans["voice"].to_numpy(object)[at[inside]]
        speaker[rows[inside]] = spans["speaker"].to_numpy(object)[at[inside]]
    return result.assign(voice=voice, speaker=speaker)
