"""Spans of reports: which one covers a place, which overlap, the words they hold, and rows by report."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.text.tables import Documents, Sentences

__all__ = ["by_report", "covering", "overlaps", "with_sentence", "with_text"]


def covering(table: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Return for each row of `table` which row of `spans`, counted from 0, covers its start_char; else -1.

    Both have doc_id and start_char, the spans end_char too. Spans may be nested: the innermost, the one
    that begins last, is taken.

    >>> words = pd.DataFrame({"doc_id": ["a", "a", "b"], "start_char": [1, 6, 1]})
    >>> spans = pd.DataFrame({"doc_id": ["a", "a"], "start_char": [0, 5], "end_char": [9, 7]})
    >>> covering(words, spans).tolist()
    [0, 1, -1]
    """
    if not len(spans):
        return np.full(len(table), -1, dtype=np.int64)
    own, others = _on_one_line(table, spans)
    starts, ends = (others + spans[name].to_numpy(np.int64) for name in ("start_char", "end_char"))
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    points = own + table["start_char"].to_numpy(np.int64)
    row = np.searchsorted(starts, points, side="right") - 1
    parent = _enclosing(starts, ends)
    while (outside := (row >= 0) & (points >= ends[row])).any():
        row[outside] = parent[row[outside]]
    return np.where(row >= 0, order[row], -1)


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


def with_text(spans: pd.DataFrame, documents: Documents, *, sides: Sequence[str] = ("",)) -> pd.DataFrame:
    """Return `spans` (doc_id, start_char, end_char) with the column text: the words as printed.

    A table of pairs names its `sides`, as "_a" and "_b": its columns end so, and the new ones too.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    added = {}
    for side in sides:
        places = zip(*(spans[f"{name}{side}"] for name in ("doc_id", "start_char", "end_char")), strict=True)
        words = [texts[doc_id][start:end] for doc_id, start, end in places]
        added[f"text{side}"] = pd.Series(words, index=spans.index, dtype="str")
    return spans.assign(**added)


def with_sentence(table: pd.DataFrame, sentences: Sentences) -> pd.DataFrame:
    """Return `table` (doc_id, start_char) with the sentence_id and zone of the sentence each row is in.

    What stands in no sentence has the sentence_id -1 and the zone body.
    """
    at = covering(table, sentences)
    ids = np.append(sentences["sentence_id"].to_numpy(), -1)[at]
    zones = np.append(sentences["zone"].to_numpy(object), "body")[at]
    return table.reset_index(drop=True).assign(sentence_id=ids, zone=zones)


def by_report(table: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return these columns of the rows of each report, in their order.

    >>> by_report(pd.DataFrame({"doc_id": ["a", "b", "a"], "n": [1, 2, 3]}), ["n"])
    {'a': [(1,), (3,)], 'b': [(2,)]}
    """
    rows: dict[str, list[tuple[Any, ...]]] = {}
    cells = (table[name].tolist() for name in ("doc_id", *columns))
    for doc_id, *row in zip(*cells, strict=True):
        rows.setdefault(doc_id, []).append(tuple(row))
    return rows


def _on_one_line(table: pd.DataFrame, spans: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return what to add to the offsets of either table so that each report has a stretch of its own."""
    codes = pd.factorize(pd.concat([table["doc_id"], spans["doc_id"]]))[0].astype(np.int64)
    ends = (
        frame[name].max() for frame in (table, spans) for name in ("start_char", "end_char") if name in frame
    )
    width = int(max((end for end in ends if not pd.isna(end)), default=0)) + 1
    return codes[: len(table)] * width, codes[len(table) :] * width


def _enclosing(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return for each span, sorted by start, the row of the span around it, or -1."""
    parent = np.full(len(starts), -1, dtype=np.int64)
    if (ends[:-1] <= starts[1:]).all():
        return parent
    open_spans: list[int] = []
    for row, start in enumerate(starts):
        while open_spans and ends[open_spans[-1]] <= start:
            open_spans.pop()
        parent[row] = open_spans[-1] if open_spans else -1
        open_spans.append(row)
    return parent
