"""Reports of one event side by side: which stretches correspond (slots), and where they differ."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import combinations, groupby, pairwise, permutations
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq
from scipy import sparse

from helpers.schema import (
    DISCREPANCY_KINDS,
    Coverage,
    Discrepancies,
    Marks,
    Readings,
    Slots,
    conform,
    empty,
    from_rows,
)
from helpers.segmentation import STOP_WORDS, covering, normalise
from helpers.stats import CELLS, products_between

__all__ = [
    "align_slots",
    "cut_readings",
    "find_discrepancies",
    "first_slots",
    "mark_words",
    "measure_coverage",
    "most_shared",
    "read_first",
]

ZONES_READ = ("headline", "body")
# Where a sentence may be cut: at marks in any script, and before an English clause.
CUT = re.compile(
    r"[;:—–؛،：；，。、]\s*|[“”«»\"]|(?<=[^\W\d_]{3})[.!?…؟]\s+|"
    r",\s+(?=(?:and|but|while|which|who|because|saying|adding|noting|with|as|in|by|especially|particularly|expressing|according)\b)|\s(?=(?:that|because|which|who)\b)|"
    r"\s(?=and\s+(?:\w+\s+)?(?:said|called|noted|considered|addressed|made|even|will|they|have|was)\b)"
)
CLAUSE_FLOOR, CLAUSE_LONGEST = 4, 60
STEM = 5
# Two clauses are a link above LINK, of which FLOOR is their own likeness; above STRONG a link may join
# stretches of neighbouring sentences too; above FAINT a loose clause joins another, or the slot beside it.
LINK, FLOOR, STRONG, FAINT = 0.2, 0.05, 0.4, 0.15
# A clause that renders two separate ones is cut: each must be this much alike, the words sorted this well; of
# the nearest few.
FUSED, SORTED, SORTED_WORDS, NEAREST = 0.2, 0.85, 3, 5
# What a link gains from the likeness of the clauses before and after it.
NEIGHBOUR = 0.5
# Likeness of a short clause is doubted: the weight of so many average words is added to its norm.
DOUBT = 1.0
# Stretches whose likeness is found at a time.
ROWS = 512
# A loose clause with no more telling words than this belongs to its neighbour.
STUB = 2


# Longer than this, other words are not a substitution but another sentence.
SUBSTITUTED = 6

# Discrepancies.
WORD_COLUMNS = ("token", "norm", "start_char", "end_char", "is_stop")
MENTION_KINDS = {"name": "name", "role": "title", "label": "term", "adjective": "term"}
STEM_SHORT = 4
# Two spellings of a name in one report: at least so alike (rapidfuzz ratio), not the same.
RESPELT = 70
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr
    jun jul aug sept sep oct nov dec""".split()
)
CALENDAR = MONTHS | frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight morning
    afternoon evening midnight noon weekend""".split()
)
NUMBERS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
    thousand thousands million millions billion dozen dozens half several""".split()
)
WEIGHERS = frozenset(
    """last past next first nearly almost about around over under some only exactly roughly approximately
    least most than more less fewer up to another further""".split()
)
NARROWERS = frozenset("especially particularly mainly mostly chiefly notably including primarily".split())

Slot = dict[int, tuple[int, int]]


class _Board(NamedTuple):
    """The slots in the making: report and sentence of each clause, its slot, and the stretches of each slot.

    A slot gives, for each of its reports, its first and its last clause there.
    """

    reports: list[int]
    sentence_ids: list[int]
    slot_of: list[int]
    slots: dict[int, Slot]


def align_slots(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    mentions: pd.DataFrame,
    voices: pd.DataFrame,
    near: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> pd.DataFrame:
    """Return the slots table: stretches of the reports of an event that say the same, or stand alone.

    Clauses are compared by TF-IDF cosine of word stems and of the entities they name; reporting verbs do
    not count. Links are taken strongest first, between all reports at once, as long as no slot holds two
    separate stretches of one report; neighbouring slots of the same sentences are then joined. Every
    clause of headline and body is in exactly one slot. `near` gives for an event too large for it the
    pairs of reports whose clauses are compared, instead of all.
    """
    clauses = _clauses(sentences, tokens, documents)
    if not len(clauses):
        return empty(Slots)
    starts, ends = tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy()
    words = _Tokens(_keys(tokens, mentions, voices), tokens["norm"].to_numpy(object), starts, ends)
    frames = [
        _event_slots(clauses.iloc[rows].reset_index(drop=True), words, (near or {}).get(str(event_id)))
        for event_id, rows in clauses.groupby("event_id", sort=True).indices.items()
    ]
    return conform(pd.concat(frames, ignore_index=True), Slots)


class _Tokens(NamedTuple):
    """All words in their order: what each is compared by, its norm, first and last code point."""

    keys: np.ndarray
    norms: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def _clauses(sentences: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the clauses of the reports' own text: report, event, sentence, and span in rows of `tokens`."""
    read = sentences[sentences["zone"].isin(ZONES_READ)]
    columns = [read[c].to_numpy(object) for c in ("doc_id", "sentence_id", "start_char", "text")]
    groups = tokens.groupby(["doc_id", "sentence_id"], sort=False).indices
    starts = tokens["start_char"].to_numpy()
    rows = [
        (doc_id, sentence_id, int(words[first]), int(words[last - 1]) + 1)
        for doc_id, sentence_id, start, text in zip(*columns, strict=True)
        if (words := groups.get((doc_id, sentence_id))) is not None
        for first, last in _cut(text, starts[words] - start)
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "first", "last"])
    return frame.merge(documents[["doc_id", "event_id"]], on="doc_id")


def _cut(text: str, starts: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield first word and word after the last of each clause of a sentence, words beginning at `starts`."""
    cuts = np.searchsorted(starts, [match.end() for match in CUT.finditer(text)])
    begin, size = 0, len(starts)
    for end in [*sorted(set(cuts.tolist())), size]:
        if (end - begin >= CLAUSE_FLOOR and size - end >= CLAUSE_FLOOR) or (end == size and begin < size):
            edges = np.linspace(begin, end, -(-(end - begin) // CLAUSE_LONGEST) + 1).astype(int).tolist()
            yield from pairwise(edges)
            begin = end


def _keys(tokens: pd.DataFrame, mentions: pd.DataFrame, voices: pd.DataFrame) -> np.ndarray:
    """Return what each word is compared by: the entity it names, else its stem; empty if it tells nothing."""
    keys = tokens["norm"].str[:STEM].to_numpy(object).copy()
    cues = {word for cue in voices["cue"].unique() for word in str(cue).casefold().split()}
    keys[(tokens["is_stop"] | tokens["norm"].isin(cues)).to_numpy(bool)] = ""
    at = covering(tokens, mentions)
    keys[at >= 0] = "@" + mentions["entity_id"].to_numpy(object)[at[at >= 0]]
    return keys


def _event_slots(
    clauses: pd.DataFrame, words: _Tokens, pairs: Sequence[tuple[str, str]] | None
) -> pd.DataFrame:
    """Return the slots of one event; `pairs` are the reports compared, None for all of them."""
    clauses = _unfused(clauses, words.keys, pairs)
    vectors, telling = _vectors(clauses, words.keys)
    reports = clauses["doc_id"].factorize()[0]
    board = _board(reports, clauses["sentence_id"].to_numpy())
    links = _links(_alike(vectors, clauses["doc_id"].tolist(), pairs), reports)
    for score, one, other in links:
        if score >= LINK:
            _join(board, board.slot_of[one], board.slot_of[other], strong=score >= STRONG)
    _join_neighbours(board)
    for _, one, other in links:
        _join_faint(board, one, other)
    _join_flanks(board)
    _absorb_stubs(board, telling)
    return _rows(board, clauses, vectors, words)


def _alike(
    vectors: sparse.csr_array, doc_ids: Sequence[str], pairs: Iterable[tuple[str, str]] | None
) -> sparse.csr_array:
    """Return the cosines of the clauses of different reports; those of other reports than `pairs` are 0.

    Of an event that is large by its reports, so are those too low to make a link; of one that is large by its
    clauses, also those beyond the NEAREST a report of each clause.
    """
    many = len(doc_ids) ** 2 > CELLS
    floor, nearest = FLOOR if many or pairs is not None else 0.0, NEAREST * len({*doc_ids}) if many else 0
    one, other, cosines = products_between(vectors, doc_ids, pairs=pairs, floor=floor, nearest=nearest)
    both = np.concatenate([one, other]), np.concatenate([other, one])
    return sparse.csr_array((np.concatenate([cosines, cosines]), both), shape=(len(doc_ids),) * 2)


def _vectors(clauses: pd.DataFrame, keys: np.ndarray) -> tuple[sparse.csr_array, np.ndarray]:
    """Return a TF-IDF vector per clause, short of unit by its doubt, and its number of telling words."""
    sizes = (clauses["last"] - clauses["first"]).to_numpy()
    places = np.repeat(clauses["first"].to_numpy(), sizes) + _counting(sizes)
    rows, words = np.repeat(np.arange(len(sizes)), sizes), keys[places]
    kept = words != ""
    codes, vocabulary = pd.factorize(words[kept])
    shape = (len(sizes), max(len(vocabulary), 1))
    used = sparse.csr_array((np.ones(len(codes)), (rows[kept], codes)), shape=shape)
    used.data[:] = 1
    idf = np.log((len(sizes) + 1) / np.maximum(np.bincount(used.indices, minlength=shape[1]), 1))
    used.data = idf[used.indices]
    norms = np.bincount(used.nonzero()[0], used.data**2, minlength=len(sizes))
    doubt = DOUBT * float(np.mean(used.data**2)) if used.nnz else 1.0
    return (sparse.diags_array(1 / np.sqrt(norms + doubt)) @ used).tocsr(), np.diff(used.indptr)


def _unfused(
    clauses: pd.DataFrame, keys: np.ndarray, pairs: Sequence[tuple[str, str]] | None
) -> pd.DataFrame:
    """Return the clauses, one that renders two separate clauses of another report cut in two."""
    vectors, telling = _vectors(clauses, keys)
    reports = clauses["doc_id"].tolist()
    likeness = _alike(vectors, reports, pairs)
    spans = list(zip(clauses["first"].tolist(), clauses["last"].tolist(), strict=True))
    words = [keys[first:last].tolist() for first, last in spans]
    cuts = np.zeros(len(spans), dtype=np.int64)
    for clause in np.flatnonzero(telling >= 2 * SORTED_WORDS).tolist():
        start, end = likeness.indptr[clause], likeness.indptr[clause + 1]
        scores, others = likeness.data[start:end], likeness.indices[start:end]
        kept = scores >= FUSED
        found = zip(scores[kept].tolist(), others[kept].tolist(), strict=True)
        near = [other for _, other in nsmallest(NEAREST, found, key=lambda pair: (-pair[0], pair[1]))]
        cuts[clause] = _seam(words, clause, near, reports)
    return _cut_clauses(clauses, cuts)


def _cut_clauses(clauses: pd.DataFrame, cuts: np.ndarray) -> pd.DataFrame:
    """Return the clauses, those with a cut as two: the words before it and the words after."""
    left = clauses.assign(last=np.where(cuts > 0, clauses["first"] + cuts, clauses["last"]))
    right = clauses.assign(first=clauses["first"] + cuts)[cuts > 0]
    return pd.concat([left, right]).sort_values(["doc_id", "first"], kind="stable").reset_index(drop=True)


def _seam(words: list[list[str]], clause: int, near: list[int], reports: list[str]) -> int:
    """Return after how many words a clause goes over from one near clause to another; 0 if never."""
    own = words[clause]
    best, place = SORTED, 0
    for x, y in permutations(near, 2):
        if reports[x] == reports[y] and abs(x - y) > 1:
            only_x, only_y = set(words[x]) - set(words[y]) - {""}, set(words[y]) - set(words[x]) - {""}
            votes = np.array([(word in only_x) - (word in only_y) for word in own])
            cut = int(np.argmax(np.cumsum(votes))) + 1
            sides = int((votes[:cut] > 0).sum()), int((votes[cut:] < 0).sum())
            if min(sides) >= SORTED_WORDS and sum(sides) > best * np.count_nonzero(votes):
                best, place = sum(sides) / np.count_nonzero(votes), cut
    return place


def _counting(sizes: np.ndarray) -> np.ndarray:
    """Return 0, 1, ... up to each size, one after the other."""
    counted: np.ndarray = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return counted


def _links(alike: sparse.csr_array, reports: np.ndarray) -> list[tuple[float, int, int]]:
    """Return the likely links between clauses of different reports: score and both clauses, best first."""
    follows = sparse.diags_array((reports[1:] == reports[:-1]).astype(float), offsets=1, shape=alike.shape)
    around = follows @ alike @ follows.T + follows.T @ alike @ follows
    own = alike.multiply(alike >= FLOOR)
    scores = (own + NEIGHBOUR * around.multiply(own > 0)).tocoo()
    keep = (scores.row < scores.col) & (scores.data >= FAINT)
    found = zip(
        scores.data[keep].round(9).tolist(), scores.row[keep].tolist(), scores.col[keep].tolist(), strict=True
    )
    return sorted(found, key=lambda link: (-link[0], link[1], link[2]))


def _board(reports: np.ndarray, sentence_ids: np.ndarray) -> _Board:
    """Return the board on which every clause is a slot of its own."""
    alone = {clause: {report: (clause, clause)} for clause, report in enumerate(reports.tolist())}
    return _Board(reports.tolist(), sentence_ids.tolist(), list(range(len(reports))), alone)


def _join(board: _Board, one: int, other: int, *, strong: bool = False) -> bool:
    """Make one slot of two where their stretches of each report are neighbours; return whether they were."""
    a, b = board.slots[one], board.slots[other]
    if one == other or not all(_near(board, a[report], b[report], strong) for report in a.keys() & b.keys()):
        return False
    for report, (first, last) in b.items():
        known = a.get(report, (first, last))
        a[report] = first, last = min(first, known[0]), max(last, known[1])
        for clause in range(first, last + 1):
            if board.slot_of[clause] != one:
                board.slots.pop(board.slot_of[clause], None)
                board.slot_of[clause] = one
    return True


def _near(board: _Board, one: tuple[int, int], other: tuple[int, int], strong: bool) -> bool:
    """Return whether two stretches of a report may be one, with a loose clause between at most."""
    (_, left), (right, _) = sorted((one, other))
    between = range(left + 1, right)
    if board.sentence_ids[left] != board.sentence_ids[right]:
        return strong and not between
    return len(between) <= 1 and all(_loose(board, clause) for clause in between)


def _loose(board: _Board, clause: int) -> bool:
    """Return whether nothing in another report corresponds to the clause."""
    return len(board.slots[board.slot_of[clause]]) == 1


def _join_neighbours(board: _Board) -> None:
    """Join slots that follow each other in one sentence of two reports or more."""
    for left in range(len(board.slot_of)):
        for right in range(left + 1, min(left + 3, len(board.slot_of))):
            one, other = board.slot_of[left], board.slot_of[right]
            shared = board.slots[one].keys() & board.slots[other].keys()
            if len(shared) > 1 and _same_order(board, one, other):
                _join(board, one, other)


def _join_faint(board: _Board, one: int, other: int) -> None:
    """Join a faint link of two loose clauses, or of a loose one and a slot with a stretch beside it."""
    a, b = board.slot_of[one], board.slot_of[other]
    loose = [_loose(board, clause) for clause in (one, other)]
    if all(loose) or (any(loose) and board.slots[a].keys() & board.slots[b].keys()):
        _join(board, a, b)


def _join_flanks(board: _Board) -> None:
    """Give loose clauses to a slot that they stand right before, or right after, in two of its reports."""
    for slot in sorted(board.slots):
        for side, step in ((0, -1), (1, 1)):
            edges = [(stretch[side], stretch[side] + step) for stretch in board.slots.get(slot, {}).values()]
            beside = [clause for edge, clause in edges if _same_sentence(board, edge, clause)]
            beside = [clause for clause in beside if _loose(board, clause)]
            for clause in beside if len(beside) > 1 else ():
                _join(board, slot, board.slot_of[clause])


def _same_sentence(board: _Board, one: int, other: int) -> bool:
    """Return whether both clauses exist and stand in one sentence."""
    if not 0 <= min(one, other) <= max(one, other) < len(board.slot_of):
        return False
    places = [(board.reports[clause], board.sentence_ids[clause]) for clause in (one, other)]
    return places[0] == places[1]


def _same_order(board: _Board, one: int, other: int) -> bool:
    """Return whether two slots come in the same order in all the reports they share."""
    a, b = board.slots[one], board.slots[other]
    return len({a[report] < b[report] for report in a.keys() & b.keys()}) == 1


def _absorb_stubs(board: _Board, telling: np.ndarray) -> None:
    """Give loose clauses of a word or two to their neighbour; join other loose ones of a sentence."""
    for left in range(len(board.slot_of) - 1):
        right = left + 1
        loose = [_loose(board, clause) for clause in (left, right)]
        stub = [a and telling[b] <= STUB for a, b in zip(loose, (left, right), strict=True)]
        if _same_sentence(board, left, right) and (all(loose) or any(stub)):
            _join(board, board.slot_of[left], board.slot_of[right])


def _rows(board: _Board, clauses: pd.DataFrame, vectors: sparse.csr_array, words: _Tokens) -> pd.DataFrame:
    """Return the rows of one event's slots, numbered in reading order."""
    order = _reading_order(board)
    firsts, lasts = clauses["first"].to_numpy(), clauses["last"].to_numpy()
    moved = _moved(board, order)
    numbers = {slot: number for number, slot in enumerate(order)}
    rows = []
    for number, slot in enumerate(order):
        stretches = sorted(board.slots[slot].items())
        said = [tuple(words.norms[firsts[a] : lasts[b]]) for _, (a, b) in stretches]
        times = Counter(said)
        for (report, (a, b)), own in zip(stretches, said, strict=True):
            relation = "only here" if len(stretches) == 1 else "same" if times[own] > 1 else "reworded"
            span = int(words.starts[firsts[a]]), int(words.ends[lasts[b] - 1])
            first = a == 0 or board.reports[a - 1] != report
            follows = -1 if first else numbers[board.slot_of[a - 1]]
            rows.append((number, a, b, *span, len(own), relation, (report, slot) in moved, follows))
    names = "slot_id clause last start_char end_char n_tokens relation moved follows".split()
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        doc_id=clauses["doc_id"].to_numpy()[frame["clause"]],
        event_id=clauses["event_id"].iloc[0],
        likeness=_likeness(vectors, frame[["clause", "last"]].to_numpy(), frame["slot_id"].to_numpy()),
    )


def _reading_order(board: _Board) -> list[int]:
    """Return the slots in the order of the first report; what it lacks follows what it follows elsewhere."""
    start = -1
    after: dict[int, int] = {}
    cursor = start
    for clause, slot in enumerate(board.slot_of):
        if clause and board.reports[clause] != board.reports[clause - 1]:
            cursor = start
        if slot not in after:
            after[slot] = after.get(cursor, start)
            after[cursor] = slot
        cursor = slot
    order = []
    slot = after.get(start, start)
    while slot != start:
        order.append(slot)
        slot = after[slot]
    return order


def _moved(board: _Board, order: list[int]) -> set[tuple[int, int]]:
    """Return (report, slot) of the shared slots that stand outside the longest run in reading order."""
    place = {slot: number for number, slot in enumerate(order)}
    shared: dict[int, list[tuple[tuple[int, int], int]]] = {}
    for slot in order:
        for report, stretch in board.slots[slot].items() if len(board.slots[slot]) > 1 else ():
            shared.setdefault(report, []).append((stretch, slot))
    found = set()
    for report, stretches in shared.items():
        slots = [slot for _, slot in sorted(stretches)]
        kept = _increasing([place[slot] for slot in slots])
        found |= {(report, slot) for slot in slots if place[slot] not in kept}
    return found


def _increasing(numbers: list[int]) -> set[int]:
    """Return a longest increasing subsequence of distinct numbers (Schensted 1961)."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _likeness(vectors: sparse.csr_array, spans: np.ndarray, slot: np.ndarray) -> np.ndarray:
    """Return for each stretch its cosine with the nearest other stretch of its slot; 0 if it stands alone.

    `spans` has first and last clause of the stretches, `slot` the slot of each, in rising order.
    """
    sizes = spans[:, 1] - spans[:, 0] + 1
    clauses = np.repeat(spans[:, 0], sizes) + _counting(sizes)
    rows = np.repeat(np.arange(len(spans)), sizes)
    shape = (len(spans), vectors.shape[0])
    sums = sparse.csr_array((np.ones(len(clauses)), (rows, clauses)), shape=shape) @ vectors
    norms = np.sqrt(sums.multiply(sums).sum(axis=1))
    unit = (sparse.diags_array(1 / np.maximum(norms, 1e-6)) @ sums).tocsr()
    nearest = np.zeros(len(spans))
    for first in range(0, len(spans), ROWS):
        low, high = (
            np.searchsorted(slot, slot[first]),
            np.searchsorted(slot, slot[first : first + ROWS][-1], "right"),
        )
        block = (unit[first : first + ROWS] @ unit[low:high].T).tocoo()
        one, other = block.row + first, block.col + low
        kept = (slot[one] == slot[other]) & (one != other)
        np.maximum.at(nearest, one[kept], block.data[kept])
    return np.minimum(nearest, 1.0)


def find_discrepancies(
    slots: pd.DataFrame, documents: pd.DataFrame, tokens: pd.DataFrame, *, mentions: pd.DataFrame
) -> pd.DataFrame:
    """Return the discrepancies table: names, numbers, dates, titles, scopes and terms that differ in a slot.

    They are differences, not errors of one side. Reports that say it in the same words stand together, and
    one that recurs in an event is one row, with its number of slots. A name that one report spells in two
    ways is a row with that report on both sides.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    items = _items(tokens, mentions, texts)
    rows: list[tuple[object, ...]] = [
        (
            *place,
            *_ends(one[0]),
            *_ends(other[0]),
            one[0].kind,
            one[0].text,
            other[0].text,
            *_others(one, other),
        )
        for place, stretches in _shared_slots(slots)
        for one, other in _differing([_within(items, stretch) for stretch in stretches])
    ]
    rows += _switches(slots, items)
    return _counted(rows)


class _Item(NamedTuple):
    """A place in a report that can differ: what kind, where, in which words; comparable under one key."""

    doc_id: str
    start: int
    end: int
    kind: str
    key: str
    text: str
    value: frozenset[str]


def _items(tokens: pd.DataFrame, mentions: pd.DataFrame, texts: dict[str, str]) -> dict[str, list[_Item]]:
    """Return the items of every report, in the order of the text."""
    named = _spans(mentions, ["kind", "entity_id", "surface"])
    found = {}
    for words in _words_of(tokens, texts):
        own = [_mention_item(words.doc_id, *mention) for mention in named.get(words.doc_id, ())]
        own += [*_dates(words), *_numbers(words), *_scopes(words, own), *_either(words)]
        own += _plain_names(words, own)
        found[words.doc_id] = sorted(own, key=lambda item: (item.start, item.end, item.kind))
    return found


class _Words(NamedTuple):
    """The words of one report."""

    doc_id: str
    text: str
    tokens: list[str]
    norms: list[str]
    starts: list[int]
    ends: list[int]
    is_stop: list[bool]

    def item(self, first: int, last: int, kind: str, key: str, value: Iterable[str]) -> _Item:
        """Return the item made of the words from `first` to before `last`."""
        start, end = self.starts[first], self.ends[last - 1]
        return _Item(self.doc_id, start, end, kind, key, self.text[start:end], frozenset(value))

    def joined(self, left: int) -> bool:
        """Return whether only a blank stands between a word and the next."""
        return left + 1 < len(self.norms) and not self.text[self.ends[left] : self.starts[left + 1]].strip()


def _words_of(tokens: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[_Words]:
    """Yield the words of every report, in the order of their names."""
    columns = [tokens[name].tolist() for name in WORD_COLUMNS]
    names = tokens["doc_id"].to_numpy(object)
    edges = [*np.flatnonzero(np.append(True, names[1:] != names[:-1])).tolist(), len(names)]
    reports = {str(names[low]): (low, high) for low, high in pairwise(edges) if low < high}
    for doc_id, (low, high) in sorted(reports.items()):
        yield _Words(doc_id, texts[doc_id], *(column[low:high] for column in columns))


def _mention_item(doc_id: str, start: int, end: int, kind: str, entity_id: str, surface: str) -> _Item:
    """Return the name, title or term by which an entity of the authority is called."""
    return _Item(doc_id, start, end, MENTION_KINDS[kind], entity_id, surface, _telling(kind, surface))


@lru_cache(maxsize=1 << 16)
def _telling(kind: str, surface: str) -> frozenset[str]:
    """Return the telling words of a name; of a title or term their first letters."""
    words = [normalise(word) for word in re.findall(r"[\w'’-]+", surface)]
    telling = frozenset(re.sub(r"'s?$", "", word) for word in words if word not in STOP_WORDS)
    return telling if MENTION_KINDS[kind] == "name" else frozenset(word[:STEM_SHORT] for word in telling)


def _dates(words: _Words) -> Iterator[_Item]:
    """Yield the runs of words of the calendar and the clock, with the numbers beside a month."""
    dated = [norm in CALENDAR for norm in words.norms]
    for place, norm in enumerate(words.norms):
        if norm.isdigit():
            dated[place] = not MONTHS.isdisjoint(words.norms[max(place - 2, 0) : place + 3])
    for first, last in _runs(dated):
        if not set(words.norms[first:last]) <= {"may", "march"}:
            yield words.item(first, last, "date", "", words.norms[first:last])


def _numbers(words: _Words) -> Iterator[_Item]:
    """Yield numbers with the word that weighs them and the thing counted: nearly six months."""
    for place, norm in enumerate(words.norms):
        if (norm in NUMBERS or norm[:1].isdigit()) and words.joined(place):
            counted = words.norms[place + 1]
            first = place
            while (
                first and place - first < 2 and words.norms[first - 1] in WEIGHERS and words.joined(first - 1)
            ):
                first -= 1
            if counted not in STOP_WORDS and counted not in MONTHS and counted not in NUMBERS:
                yield words.item(first, place + 2, "number", counted[:STEM], words.norms[first : place + 1])


def _scopes(words: _Words, named: list[_Item]) -> Iterator[_Item]:
    """Yield what "especially" and its like apply to, up to the end of the first name after it."""
    ends = sorted(item.end for item in named)
    for place, norm in enumerate(words.norms):
        if norm in NARROWERS:
            last = place + 1
            while last < len(words.norms) and last - place < 8 and words.joined(last - 1):
                last += 1
                if words.ends[last - 1] in ends:
                    break
            telling = [w[:STEM] for w in words.norms[place + 1 : last] if w not in STOP_WORDS]
            if telling:
                yield words.item(place, last, "scope", "narrower", telling)


def _either(words: _Words) -> Iterator[_Item]:
    """Yield two words joined by "and" or "or", which differ if one report has the other of the two."""
    for place in range(1, len(words.norms) - 1):
        if words.norms[place] in ("and", "or") and words.joined(place - 1) and words.joined(place):
            key = f"{words.norms[place - 1][:STEM]} {words.norms[place + 1][:STEM]}"
            yield words.item(place - 1, place + 2, "scope", key, [words.norms[place]])


def _plain_names(words: _Words, known: list[_Item]) -> list[_Item]:
    """Return the runs of capitalised words that the authority does not know.

    Those that open a sentence are left out, and so are honorifics: what stands right before a known name.
    """
    taken = [(item.start, item.end) for item in known if item.kind in ("name", "title", "term", "date")]
    capital = [token[:1].isupper() for token in words.tokens]
    for left, right in taken:
        first, last = bisect_right(words.ends, left), bisect_left(words.starts, right)
        capital[first:last] = [False] * (last - first)
    starts = {item.start for item in known if item.kind in ("name", "title")}
    runs = [(first, last) for first, last in _runs(capital) if not _opens(words, first)]
    runs = [(first, last) for first, last in runs if last == len(capital) or words.starts[last] not in starts]
    return [words.item(a, b, "name", "", words.norms[a:b]) for a, b in runs if not all(words.is_stop[a:b])]


def _opens(words: _Words, place: int) -> bool:
    """Return whether the word opens a sentence or a quotation."""
    between = words.text[words.ends[place - 1] if place else 0 : words.starts[place]]
    return place == 0 or bool(re.search(r"[.!?:;\"“”\n]", between))


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and end of every stretch of true flags."""
    edges = np.flatnonzero(np.diff(np.array([False, *flags, False]).astype(int)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


Stretch = tuple[str, int, int]


def _shared_slots(slots: pd.DataFrame) -> Iterator[tuple[tuple[str, int], list[Stretch]]]:
    """Yield every shared slot (event, number) with its stretches."""
    shared = slots[slots["relation"] != "only here"].sort_values(["event_id", "slot_id"], kind="stable")
    columns = (shared[c].tolist() for c in ("event_id", "slot_id", "doc_id", "start_char", "end_char"))
    for place, rows in groupby(zip(*columns, strict=True), key=itemgetter(0, 1)):
        yield place, [(doc_id, start, end) for *_, doc_id, start, end in rows]


def _within(items: dict[str, list[_Item]], stretch: Stretch) -> list[_Item]:
    """Return the items inside a stretch."""
    doc_id, start, end = stretch
    own = items.get(doc_id, [])
    first = bisect_left(own, start, key=attrgetter("start"))
    last = bisect_left(own, end, key=attrgetter("start"))
    return [item for item in own[first:last] if item.end <= end]


def _differing(stretches: list[list[_Item]]) -> Iterator[tuple[list[_Item], list[_Item]]]:
    """Yield, of the stretches of a slot, the items that stand for the same thing and say it differently.

    Items of one kind and key are compared as groups: where any of one side agrees with any of the other,
    there is no discrepancy. Items without a key (dates, unlisted names) are compared if each side has one.
    Either side is a list of the items in the same words, one for each report, in their order.
    """
    groups: dict[tuple[str, str], dict[tuple[str, ...], list[list[_Item]]]] = {}
    for items in stretches:
        own: dict[tuple[str, str], list[_Item]] = {}
        for item in items:
            own.setdefault((item.kind, item.key), []).append(item)
        for key, group in own.items():
            said = tuple(item.text.casefold() for item in group)
            groups.setdefault(key, {}).setdefault(said, []).append(group)
    for (_, name), variants in sorted(groups.items()):
        found: dict[tuple[str, str], tuple[list[_Item], list[_Item]]] = {}
        for (said_a, a), (said_b, b) in combinations(variants.items(), 2):
            if (name or len(a[0]) == len(b[0]) == 1) and not _agree(a[0], b[0]):
                sides = found.setdefault((said_a[0], said_b[0]), ([], []))
                for side, of_reports in zip(sides, (a, b), strict=True):
                    side += [group[0] for group in of_reports]
        yield from found.values()


def _ends(item: _Item) -> tuple[str, int, int]:
    """Return report, first and last code point of an item."""
    return item.doc_id, item.start, item.end


def _others(one: list[_Item], other: list[_Item]) -> Iterator[str]:
    """Yield for either side of a difference the reports that say it, but the first."""
    for side in (one, other):
        yield ", ".join(sorted({item.doc_id for item in side} - {side[0].doc_id}))


def _agree(one: list[_Item], other: list[_Item]) -> bool:
    """Return whether any two say the same; so do a shorter form of a name, title or scope, and initials."""
    return any(
        a.value == b.value
        or (a.kind != "number" and (a.value <= b.value or b.value <= a.value))
        or (a.kind == "name" and (_initials(a.text, b.text) or _initials(b.text, a.text)))
        for a in one
        for b in other
    )


def _initials(short: str, long: str) -> bool:
    """Return whether `short` is made of the capitals that begin the words of `long`."""
    letters = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return len(letters) > 1 and short.replace(".", "") == letters


def _switches(slots: pd.DataFrame, items: dict[str, list[_Item]]) -> list[tuple[object, ...]]:
    """Return the names that one report spells in two ways: first use of the one, first use of the other."""
    stretches = _spans(slots, ["event_id", "slot_id"])
    rows: list[tuple[object, ...]] = []
    for doc_id, own in items.items():
        groups: dict[str, list[_Item]] = {}
        for item in own:
            if item.kind == "name" and item.key:
                groups.setdefault(item.key, []).append(item)
        for group in groups.values():
            a = group[0]
            for b in [b for b in group if _respelt(a, b)][:1]:
                at = [where for start, end, *where in stretches.get(doc_id, ()) if start <= b.start < end]
                rows += [(*where, *_ends(a), *_ends(b), "name", a.text, b.text, "", "") for where in at]
    return rows


def _respelt(one: _Item, other: _Item) -> bool:
    """Return whether a word of one name is a near spelling of a word of the other, which lacks it."""
    pairs = ((a, b) for a in one.value - other.value for b in other.value - one.value)
    return any(len(a) > 3 and a[0] == b[0] and fuzz.ratio(a, b) >= RESPELT for a, b in pairs)


def _counted(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return the table of rows, each difference of an event once, at its first place, with its slots."""
    if not rows:
        return empty(Discrepancies)
    names = [name for name in Discrepancies.to_schema().columns if name != "n_slots"]
    frame = pd.DataFrame(rows, columns=names)
    within = frame["doc_id_a"].where(frame["doc_id_a"] == frame["doc_id_b"], "")
    texts = (frame[name].str.casefold() for name in ("text_a", "text_b"))
    same = [frame["event_id"], within.rename("within"), frame["kind"], *texts]
    frame["n_slots"] = frame.groupby(same)["slot_id"].transform("nunique")
    first = ~pd.concat(same, axis=1).duplicated()
    order = frame["kind"].map({kind: place for place, kind in enumerate(DISCREPANCY_KINDS)})
    ordered = frame[first].assign(order=order).sort_values(["event_id", "order", "slot_id"], kind="stable")
    return conform(ordered, Discrepancies)


def most_shared(slots: pd.DataFrame, *, reports: int = 12) -> pd.DataFrame:
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


def first_slots(slots: pd.DataFrame, *, characters: int = 60_000) -> pd.DataFrame:
    """Return the first slots of the events that have so many code points together, but always the first."""
    ordered = slots.sort_values(["event_id", "slot_id"], kind="stable")
    sizes = (ordered["end_char"] - ordered["start_char"]).groupby([ordered["event_id"], ordered["slot_id"]])
    before = sizes.sum().cumsum().shift(fill_value=0)
    starts = before.reindex(pd.MultiIndex.from_frame(slots[["event_id", "slot_id"]]))
    return slots[starts.to_numpy(np.int64) < characters]


def read_first(discrepancies: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """Return the discrepancies, those of the slots `read` before the others."""
    keys = [pd.MultiIndex.from_frame(table[["event_id", "slot_id"]]) for table in (discrepancies, read)]
    order = np.argsort(~keys[0].isin(keys[1]), kind="stable")
    return discrepancies.iloc[order].reset_index(drop=True)


def mark_words(
    slots: pd.DataFrame, tokens: pd.DataFrame, *, among: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the marks table: the words a stretch shares with its nearest partner, or has others for.

    The partner is the report of the slot with the longest common subsequence of words; a shared function
    word or two amid other words do not count as shared. Words without a counterpart get no mark. Where
    `slots` leaves reports out, `among` is the whole table, in which partners are looked for.
    """
    keys = ["event_id", "slot_id"]
    wanted = slots.loc[slots["relation"] != "only here", [*keys, "doc_id"]]
    shared = (slots if among is None else among).merge(wanted[keys].drop_duplicates(), on=keys)
    read = tokens[tokens["doc_id"].isin(shared["doc_id"].unique())]
    words = {own.doc_id: own for own in _words_of(read, dict.fromkeys(read["doc_id"].unique(), ""))}
    marked = {place: set(doc_ids) for place, doc_ids in wanted.groupby(keys)["doc_id"]}
    rows: list[tuple[object, ...]] = []
    for place, group in shared.groupby(keys):
        spans = zip(*(group[c].tolist() for c in ("doc_id", "start_char", "end_char")), strict=True)
        said = [_said(words[doc_id], start, end) for doc_id, start, end in spans]
        for one in (one for one in said if one.doc_id in marked[place]):
            partner = max(
                (other for other in said if other is not one),
                key=lambda other, own=one: LCSseq.similarity(own.norms, other.norms),  # type: ignore[misc]
            )
            rows += [(*place, *row) for row in _marks(one, partner)]
    return from_rows(rows, Marks)


def _said(words: _Words, start: int, end: int) -> _Words:
    """Return the words of a stretch."""
    a, b = bisect_left(words.starts, start), bisect_left(words.starts, end)
    tokens, norms, is_stop = words.tokens[a:b], words.norms[a:b], words.is_stop[a:b]
    return _Words(words.doc_id, words.text, tokens, norms, words.starts[a:b], words.ends[a:b], is_stop)


def _marks(one: _Words, other: _Words) -> Iterator[tuple[object, ...]]:
    """Yield the marks of a stretch: report, span, mark, the partner and its words there."""
    for mark, (a, b), (c, d) in _blocks(one, other):
        if b > a and (mark == "shared" or (d > c and max(b - a, d - c) <= SUBSTITUTED)):
            there = " ".join(other.tokens[c:d])
            yield one.doc_id, one.starts[a], one.ends[b - 1], mark, other.doc_id, there


def _blocks(one: _Words, other: _Words) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
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
    slots: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    marks: pd.DataFrame,
    discrepancies: pd.DataFrame,
    voices: pd.DataFrame,
) -> pd.DataFrame:
    """Return the readings table: every stretch cut into pieces of one mark and one voice, for the reader.

    A stretch takes in the marks of quotation and the full stops that touch it. A difference's number is
    its place in `discrepancies`, from 1, and stands with the piece that ends it.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    marked = _spans(marks, ["mark", "partner", "partner_words"])
    quoted = _spans(voices[voices["voice"] == "direct"], [])
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
    return from_rows(sorted(rows, key=lambda row: (row[0], row[1], row[2], row[3])), Readings)


def _spans(table: pd.DataFrame, columns: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the spans of a table by report, each with further columns."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for doc_id, *span in zip(
        *(table[c].tolist() for c in ("doc_id", "start_char", "end_char", *columns)), strict=True
    ):
        found.setdefault(doc_id, []).append(tuple(span))
    return found


def _difference_ends(discrepancies: pd.DataFrame) -> dict[tuple[str, str, int], dict[int, str]]:
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


def measure_coverage(slots: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
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
    return conform(frame.assign(n_outside=frame["n_tokens"] - aligned, share=share), Coverage)


def _per_report(rows: pd.DataFrame, documents: pd.DataFrame) -> np.ndarray:
    """Return the sum of n_tokens for every report."""
    sums = rows.groupby("doc_id")["n_tokens"].sum()
    return documents["doc_id"].map(sums).fillna(0).astype(int).to_numpy()
