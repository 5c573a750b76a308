"""Slots as they are read: which first, with shared and changed words marked, and how much they hold."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from helpers.synopsis.items import PLACE, ReportWords, words_of
from helpers.synopsis.tables import (
    Coverage,
    CoverageTable,
    Discrepancies,
    Marks,
    MarksTable,
    Readings,
    ReadingsTable,
    Slots,
)
from helpers.table import conform, from_rows
from helpers.text import Documents, Tokens, by_report
from helpers.voices import Voices

__all__ = ["cut_readings", "first_slots", "mark_words", "measure_coverage", "most_shared"]
# Longer than this, other words are not a substitution but another sentence.
SUBSTITUTED = 6


def most_shared(slots: Slots, *, reports: int = 12) -> pd.DataFrame:
    """Return the slots of whole events, those with most shared slots first, with `reports` reports at most.

    Of an event that alone has more, the reports with most shared slots.
    """
    shared = slots["relation"] != "only here"
    events = slots.assign(shared=shared).groupby("event_id")
    table = pd.DataFrame({"n": events["shared"].sum(), "reports": events["doc_id"].nunique()})
    table["slots"] = slots[shared].groupby("event_id")["slot_id"].nunique()
    ranked = table.fillna(0).sort_values("slots", ascending=False, kind="stable")
    whole = ranked.index[ranked["reports"].cumsum() <= reports]
    if len(whole) or slots.empty:
        return slots[slots["event_id"].isin(whole)]
    own = slots[slots["event_id"].isin(ranked.index[:1])]
    counts = own["relation"].ne("only here").groupby(own["doc_id"]).sum()
    return own[own["doc_id"].isin(counts.sort_values(ascending=False, kind="stable").index[:reports])]


def first_slots(slots: Slots, *, characters: int = 60_000) -> pd.DataFrame:
    """Return the first slots of the events that have so many code points together, but always the first."""
    ordered = slots.sort_values(["event_id", "slot_id"], kind="stable")
    sizes = (ordered["end_char"] - ordered["start_char"]).groupby([ordered["event_id"], ordered["slot_id"]])
    before = sizes.sum().cumsum().shift(fill_value=0)
    starts = before.reindex(pd.MultiIndex.from_frame(slots[["event_id", "slot_id"]]))
    return slots[starts.to_numpy(np.int64) < characters]


def mark_words(slots: Slots, tokens: Tokens, *, among: pd.DataFrame | None = None) -> Marks:
    """Return the marks table: the words a stretch shares with its nearest partner, or has others for.

    The partner is the report of the slot with the longest common subsequence of words; a shared function
    word or two amid other words do not count as shared. Words without a counterpart get no mark. Where
    `slots` leaves reports out, `among` is the whole table, in which partners are looked for.
    """
    keys = ["event_id", "slot_id"]
    wanted = slots.loc[slots["relation"] != "only here", [*keys, "doc_id"]]
    shared = (slots if among is None else among).merge(wanted[keys].drop_duplicates(), on=keys)
    read = tokens[tokens["doc_id"].isin(shared["doc_id"].unique())]
    words = {own.doc_id: own for own in words_of(read, dict.fromkeys(read["doc_id"].unique(), ""))}
    marked = {place: set(doc_ids) for place, doc_ids in wanted.groupby(keys)["doc_id"]}
    rows: list[tuple[object, ...]] = []
    for place, group in shared.groupby(keys):
        spans = zip(*(group[c].tolist() for c in ("doc_id", "start_char", "end_char")), strict=True)
        said = [_said(words[doc_id], start, end) for doc_id, start, end in spans]
        for one in (one for one in said if one.doc_id in marked[place]):
            partner = max(
                (other for other in said if other.doc_id != one.doc_id),
                key=lambda other, own=one: LCSseq.similarity(own.norms, other.norms),  # type: ignore[misc]
            )
            rows += [(*place, *row) for row in _marks(one, partner)]
    return from_rows(rows, MarksTable)


def _said(words: ReportWords, start: int, end: int) -> ReportWords:
    """Return the words of a stretch."""
    a, b = bisect_left(words.starts, start), bisect_left(words.starts, end)
    tokens, norms, is_stop = words.tokens[a:b], words.norms[a:b], words.is_stop[a:b]
    return ReportWords(words.doc_id, words.text, tokens, norms, words.starts[a:b], words.ends[a:b], is_stop)


def _marks(one: ReportWords, other: ReportWords) -> Iterator[tuple[object, ...]]:
    """Yield the marks of a stretch: report, span, mark, the partner and its words there."""
    for mark, (a, b), (c, d) in _blocks(one, other):
        if b > a and (mark == "shared" or (d > c and max(b - a, d - c) <= SUBSTITUTED)):
            there = " ".join(other.tokens[c:d])
            yield one.doc_id, one.starts[a], one.ends[b - 1], mark, other.doc_id, there


def _blocks(one: ReportWords, other: ReportWords) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Yield shared and changed blocks in order; each is a span of words in either stretch, perhaps empty."""
    changed_a, changed_b = 0, 0
    for code in LCSseq.opcodes(one.norms, other.norms):
        size = code.src_end - code.src_start
        if code.tag != "equal" or (size <= 2 and all(one.is_stop[code.src_start : code.src_end])):
            continue
        yield "changed", (changed_a, code.src_start), (changed_b, code.dest_start)
        yield "shared", (code.src_start, code.src_end), (code.dest_start, code.dest_end)
        changed_a, changed_b = code.src_end, code.dest_end
    yield "changed", (changed_a, len(one.norms)), (changed_b, len(other.norms))


def cut_readings(
    slots: Slots,
    documents: Documents,
    *,
    marks: Marks,
    discrepancies: Discrepancies,
    voices: Voices,
) -> Readings:
    """Return the readings table: every stretch cut into pieces of one mark and one voice, for the reader.

    A stretch takes in the marks of quotation and the full stops that touch it. A difference's number is
    its place in `discrepancies`, from 1, and stands with the piece that ends it.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    marked = by_report(marks, [*PLACE, "mark", "partner", "partner_words"])
    quoted = by_report(voices[voices["voice"] == "direct"], PLACE)
    ends = _difference_ends(discrepancies)
    columns = ("doc_id", "start_char", "end_char", "event_id", "slot_id")
    rows: list[tuple[object, ...]] = []
    before = ("", 0)
    for doc_id, start, end, event_id, slot_id in sorted(
        zip(*(slots[c].tolist() for c in columns), strict=True)
    ):
        low, high = _with_points(texts[doc_id], start, end)
        low = max(low, before[1]) if before[0] == doc_id else low
        before = doc_id, high
        inside = [span for span in marked.get(doc_id, ()) if low <= span[0] and span[1] <= high]
        speech = [span for span in quoted.get(doc_id, ()) if span[0] < high and low < span[1]]
        numbers = ends.get((doc_id, event_id, slot_id), {})
        edges = {low, high, *(edge for span in (*inside, *speech) for edge in span[:2]), *numbers}
        for left, right in pairwise(sorted(edge for edge in edges if low <= edge <= high)):
            mark = next((span[2:] for span in inside if span[0] <= left < span[1]), ("", "", ""))
            voiced = any(span[0] <= left < span[1] for span in speech)
            text = texts[doc_id][left:right]
            rows.append((event_id, slot_id, doc_id, left, right, text, voiced, *mark, numbers.get(right, "")))
    return from_rows(sorted(rows, key=lambda row: (row[0], row[1], row[2], row[3])), ReadingsTable)


def _difference_ends(discrepancies: Discrepancies) -> dict[tuple[str, str, int], dict[int, str]]:
    """Return the numbers of the differences by report, event and slot, and by the end of their words."""
    found: dict[tuple[str, str, int], dict[int, str]] = {}
    names = ("event_id", "slot_id", "doc_id_a", "end_char_a", "doc_id_b", "end_char_b")
    rows = zip(*(discrepancies[name].tolist() for name in names), strict=True)
    for number, (event_id, slot_id, a, end_a, b, end_b) in enumerate(rows, start=1):
        for doc_id, end in ((a, end_a), (b, end_b)):
            own = found.setdefault((doc_id, event_id, slot_id), {})
            own[end] = f"{own.get(end, '')} {number}".strip()
    return found


def _with_points(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the marks that touch it, up to a blank: quotation marks before, points after."""
    while start and not (text[start - 1].isalnum() or text[start - 1].isspace()):
        start -= 1
    while end < len(text) and not (text[end].isalnum() or text[end].isspace()):
        end += 1
    return start, end


def measure_coverage(slots: Slots, tokens: Tokens, documents: Documents) -> Coverage:
    """Return the coverage table: how many words of each report its slots hold; no report is left out."""
    sums = {
        "n_shared": slots[slots["relation"] != "only here"],
        "n_only_here": slots[slots["relation"] == "only here"],
        "n_moved": slots[slots["moved"]],
    }
    frame = documents[["event_id", "doc_id"]].assign(
        n_tokens=_per_report(tokens.assign(n_tokens=1), documents)
    )
    for name, rows in sums.items():
        frame[name] = _per_report(rows, documents)
    aligned = frame["n_shared"] + frame["n_only_here"]
    share = frame["n_shared"] / aligned.where(aligned > 0)
    return conform(frame.assign(n_outside=frame["n_tokens"] - aligned, share=share), CoverageTable)


def _per_report(rows: pd.DataFrame, documents: Documents) -> np.ndarray:
    """Return the sum of n_tokens for every report."""
    sums = rows.groupby("doc_id")["n_tokens"].sum()
    return documents["doc_id"].map(sums).fillna(0).astype(int).to_numpy()
