"""Statements that two reports share: what one of them quotes and another rewords."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.pairs import products_between
from helpers.table import from_rows
from helpers.text import Documents, Tokens, overlaps, with_text
from helpers.voices.tables import StatementPairs, StatementPairsTable, Voices

__all__ = ["pair_statements", "rewordings"]
STEM_LETTERS = 6
_SIDES = ("doc_id", "start_char", "end_char", "voice", "speaker", "only")


def pair_statements(
    voices: Voices,
    documents: Documents,
    tokens: Tokens,
    *,
    near: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    min_tokens: int = 3,
    min_dice: float = 0.25,
) -> StatementPairs:
    """Return the statement pairs of each event: spans of two reports that say the same in part.

    Spans are compared by their sets of content words, without a final s and cut to six letters so that
    endings do not count; `dice` is 2 * shared / (words of a + words of b) (Dice 1945), from 0 to 1.
    Each span has at most one partner in each other report, the best first; pairs under either limit
    are left out. `near` gives for an event too large for it the pairs of reports that are
    compared, instead of all.
    """
    said = _content_words(voices, tokens)
    told = voices.merge(documents[["doc_id", "event_id"]], on="doc_id").reset_index(drop=True)
    rows: list[tuple[object, ...]] = []
    for event_id, spans in told.groupby("event_id", sort=True):
        columns = (spans[name].tolist() for name in _SIDES[:-1])
        cells = list(zip(*columns, strict=True))
        doc_ids = spans["doc_id"].tolist()
        bags = [said.get((doc_id, start), {}) for doc_id, start, *_ in cells]
        found = _alike(doc_ids, bags, (near or {}).get(str(event_id)))
        for a, b, shared, dice in _partners(doc_ids, found, min_tokens, min_dice):
            only = (_other_words(bags[a], bags[b]), _other_words(bags[b], bags[a]))
            rows.append((event_id, *cells[a], *cells[b], shared, dice, *only))
    return from_rows(sorted(rows), StatementPairsTable)


def rewordings(pairs: pd.DataFrame, documents: Documents) -> pd.DataFrame:
    """Return the pairs of which one side is a quotation and the other is reworded, the quotation first.

    Columns: event_id, quoted_in, quotation, reworded_in, rewording, voice, dice, only_quoted,
    only_reworded. The most alike first.
    """
    turned = pairs[(pairs["voice_a"] != "direct") & (pairs["voice_b"] == "direct")]
    swap = {f"{name}_{a}": f"{name}_{b}" for name in _SIDES for a, b in ("ab", "ba")}
    straight = pairs[(pairs["voice_a"] == "direct") & (pairs["voice_b"] != "direct")]
    both = pd.concat([straight, turned.rename(columns=swap)])
    both = both.sort_values(["dice", "doc_id_a", "start_char_a"], ascending=[False, True, True])
    for side, name in (("a", "quotation"), ("b", "rewording")):
        columns = {f"{column}_{side}": column for column in ("doc_id", "start_char", "end_char")}
        both[name] = with_text(both[list(columns)].rename(columns=columns), documents)["text"]
    names = {"doc_id_a": "quoted_in", "doc_id_b": "reworded_in", "voice_b": "voice"}
    both = both.rename(columns=names | {"only_a": "only_quoted", "only_b": "only_reworded"})
    order = "event_id quoted_in quotation reworded_in rewording voice dice only_quoted only_reworded"
    return both[order.split()].reset_index(drop=True)


def _content_words(voices: Voices, tokens: Tokens) -> dict[tuple[str, int], dict[str, str]]:
    """Return for each span its content words by their stems; a rewording has not what is quoted inside it."""
    content = tokens[~tokens["is_stop"]].sort_values(["doc_id", "start_char"])
    quoted = overlaps(content, voices[voices["voice"] == "direct"])
    words = {
        d: (rows["start_char"].to_numpy(), rows["norm"].tolist(), rows["quoted"].tolist())
        for d, rows in content.assign(quoted=quoted).groupby("doc_id")
    }
    bags: dict[tuple[str, int], dict[str, str]] = {}
    columns = ["doc_id", "start_char", "end_char", "voice"]
    for doc_id, start, end, voice in voices[columns].itertuples(index=False, name=None):
        starts, norms, inside = words.get(doc_id, (np.array([]), [], []))
        low, high = np.searchsorted(starts, [start, end])
        bags[doc_id, start] = {}
        for norm, is_quoted in zip(norms[low:high], inside[low:high], strict=True):
            if voice == "direct" or not is_quoted:
                bags[doc_id, start].setdefault(norm.removesuffix("s")[:STEM_LETTERS], norm)
    return bags


def _alike(
    doc_ids: Sequence[str],
    bags: Sequence[Mapping[str, str]],
    pairs: Iterable[tuple[str, str]] | None,
) -> Iterator[tuple[float, int, int, int]]:
    """Yield Dice, shared words and both spans, for the spans of two reports that share a word."""
    stems = {stem: code for code, stem in enumerate(dict.fromkeys(stem for bag in bags for stem in bag))}
    sizes = np.array([len(bag) for bag in bags])
    columns = np.array([stems[stem] for bag in bags for stem in bag], dtype=np.int64)
    edges = np.append(0, np.cumsum(sizes))
    shape = (len(bags), max(len(stems), 1))
    words = sparse.csr_array((np.ones(len(columns)), columns, edges), shape=shape)
    one, other, shared = products_between(words, doc_ids, pairs=pairs)
    dice = 2 * shared / (sizes[one] + sizes[other])
    yield from zip(*(x.tolist() for x in (dice, shared.astype(int), one, other)), strict=True)


def _partners(
    doc_ids: Sequence[str], found: Iterable[tuple[float, int, int, int]], min_tokens: int, min_dice: float
) -> list[tuple[int, int, int, float]]:
    """Return the pairs of spans that are each other's best choice left, with shared words and Dice."""
    scored = [row for row in found if row[0] >= min_dice and row[1] >= min_tokens]
    chosen: list[tuple[int, int, int, float]] = []
    taken: set[tuple[int, str]] = set()
    for dice, n, a, b in sorted(scored, key=lambda row: (-row[0], -row[1], row[2], row[3])):
        sides = {(a, doc_ids[b]), (b, doc_ids[a])}
        if not sides & taken:
            taken |= sides
            chosen.append((a, b, n, dice))
    return chosen


def _other_words(bag: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return the content words of one span that the other has not, in their order."""
    return " ".join(word for stem, word in bag.items() if stem not in other)
