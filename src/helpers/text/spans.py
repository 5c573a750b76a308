"""Spans of reports: which one covers a place, which overlap, the words they hold, and rows by report."""

from typing import Any

import numpy as np
import pandas as pd

from helpers.text.tables import Documents, Sentences
from helpers.voices import Voices

__all__ = ["by_report", "covering", "innermost", "overlaps", "with_sentence", "with_text"]


def overlaps(table: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Return for each row of `table` whether a row of `spans`, which do not overlap each other, does.

    Both have doc_id, start_char, end_char.
    """
    own, others = _on_one_line(table, spans)
    order = np.argsort(others + spans["start_char"].to_numpy(), kind="stable")
    starts, ends = ((others + spans[name].to_numpy())[order] for name in ("start_char", "end_char"))
    last = np.searchsorted(starts, own + table["end_char"].to_numpy()) - 1
    reach = np.append(ends, -1)[last]
    result: np.ndarray = reach > own + table["start_char"].to_numpy()
    return result


def covering(table: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Return for each row of `table` which row of `spans`, counted from 0, covers its start_char; else -1.

    The spans (doc_id, start_char, end_char) do not overlap each other.
    """
    own, others = _on_one_line(table, spans)
    order = np.argsort(others + spans["start_char"].to_numpy(), kind="stable")
    starts, ends = ((others + spans[name].to_numpy())[order] for name in ("start_char", "end_char"))
    points = own + table["start_char"].to_numpy()
    last = np.searchsorted(starts, points, side="right") - 1
    inside = (last >= 0) & (np.append(ends, -1)[last] > points)
    return np.where(inside, np.append(order, -1)[last], -1)


def _on_one_line(table: pd.DataFrame, spans: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return what to add to the offsets of either table so that each report has a stretch of its own."""
    codes = pd.factorize(pd.concat([table["doc_id"], spans["doc_id"]]))[0].astype(np.int64)
    longest_end = max((int(frame["end_char"].max()) for frame in (table, spans) if len(frame)), default=0)
    return codes[: len(table)] * (longest_end + 1), codes[len(table) :] * (longest_end + 1)


def with_text(spans: pd.DataFrame, documents: Documents) -> pd.DataFrame:
    """Return `spans` (doc_id, start_char, end_char) with the column text: the words as printed."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    places = zip(spans["doc_id"], spans["start_char"], spans["end_char"], strict=True)
    return spans.assign(text=pd.Series([texts[d][a:b] for d, a, b in places], index=spans.index, dtype="str"))


def by_report(table: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each report, without its doc_id."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for doc_id, *row in table.itertuples(index=False, name=None):
        rows.setdefault(doc_id, []).append(tuple(row))
    return rows


def innermost(hits: pd.DataFrame, voices: Voices) -> np.ndarray:
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


def with_sentence(table: pd.DataFrame, sentences: Sentences) -> pd.DataFrame:
    """Return `table` (doc_id, start_char) with the sentence_id and zone of the sentence each row is in."""
    result = table.reset_index(drop=True)
    ids, zones = np.full(len(result), -1), np.full(len(result), "body", dtype=object)
    rows = {doc_id: np.asarray(at) for doc_id, at in result.groupby("doc_id").indices.items()}
    for doc_id, own in sentences[sentences["doc_id"].isin(list(rows))].groupby("doc_id"):
        at = rows[doc_id]
        place = np.searchsorted(own["start_char"], result["start_char"].to_numpy()[at], side="right") - 1
        at, place = at[place >= 0], place[place >= 0]
        ids[at], zones[at] = own["sentence_id"].to_numpy()[place], own["zone"].to_numpy(object)[place]
    return result.assign(sentence_id=ids, zone=zones)
