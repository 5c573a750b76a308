"""Statements that two reports share: what one of them quotes and another rewords."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.schema import StatementPairs, from_rows
from helpers.voices import with_text

__all__ = ["pair_statements", "rewordings"]

STEM_LETTERS = 6
TELLING = 100  # a word in more spans of an event than these brings no two of them together
_SIDES = ("doc_id", "start_char", "end_char", "voice", "speaker", "only")


def pair_statements(
    voices: pd.DataFrame,
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    min_tokens: int = 3,
    min_dice: float = 0.25,
) -> pd.DataFrame:
    """Return the statement pairs of each event: spans of two reports that say the same in part.

    Spans are compared by their sets of content words, without a final s and cut to six letters so that
    endings do not count; `dice` is 2 * shared / (words of a + words of b) (Dice 1945), from 0 to 1.
    Each span has at most one partner in each other report, the best first; pairs under either limit
    are left out.
    """
    said = _content_words(voices, tokens)
    told = voices.merge(documents[["doc_id", "event_id"]], on="doc_id").reset_index(drop=True)
    rows: list[tuple[object, ...]] = []
    for event_id, spans in told.groupby("event_id", sort=True):
        bags = [
            said.get(key, {}) for key in spans[["doc_id", "start_char"]].itertuples(index=False, name=None)
        ]
        cells = list(spans.itertuples(index=False))
        for a, b, shared, dice in _partners(spans["doc_id"].tolist(), bags, min_tokens, min_dice):
            sides = [(c.doc_id, c.start_char, c.end_char, c.voice, c.speaker) for c in (cells[a], cells[b])]
            only = (_other_words(bags[a], bags[b]), _other_words(bags[b], bags[a]))
            rows.append((event_id, *sides[0], *sides[1], shared, dice, *only))
    return from_rows(sorted(rows), StatementPairs)


def rewordings(pairs: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
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


def _content_words(voices: pd.DataFrame, tokens: pd.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    """Return for each span its content words by their stems."""
    content = tokens[~tokens["is_stop"]].sort_values(["doc_id", "start_char"])
    words = {
        d: (rows["start_char"].to_numpy(), rows["norm"].tolist()) for d, rows in content.groupby("doc_id")
    }
    bags: dict[tuple[str, int], dict[str, str]] = {}
    for doc_id, start, end in voices[["doc_id", "start_char", "end_char"]].itertuples(index=False, name=None):
        starts, norms = words.get(doc_id, (np.array([]), []))
        low, high = np.searchsorted(starts, [start, end])
        bags[doc_id, start] = {}
        for norm in norms[low:high]:
            bags[doc_id, start].setdefault(norm.removesuffix("s")[:STEM_LETTERS], norm)
    return bags


def _partners(
    doc_ids: Sequence[str], bags: Sequence[Mapping[str, str]], min_tokens: int, min_dice: float
) -> list[tuple[int, int, int, float]]:
    """Return the pairs of spans that are each other's best choice left, with shared words and Dice."""
    holders: dict[str, list[int]] = {}
    for place, bag in enumerate(bags):
        for stem in bag:
            holders.setdefault(stem, []).append(place)
    telling = (places for places in holders.values() if len(places) <= TELLING)
    found = {pair for places in telling for pair in combinations(places, 2)}
    across = [(a, b, len(bags[a].keys() & bags[b].keys())) for a, b in found if doc_ids[a] != doc_ids[b]]
    scored = [(2 * n / (len(bags[a]) + len(bags[b])), n, a, b) for a, b, n in across]
    chosen: list[tuple[int, int, int, float]] = []
    taken: set[tuple[int, str]] = set()
    for dice, n, a, b in sorted(scored, key=lambda row: (-row[0], -row[1], row[2], row[3])):
        sides = {(a, doc_ids[b]), (b, doc_ids[a])}
        if n >= min_tokens and dice >= min_dice and not sides & taken:
            taken |= sides
            chosen.append((a, b, n, dice))
    return chosen


def _other_words(bag: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return the content words of one span that the other has not, in their order."""
    return " ".join(word for stem, word in bag.items() if stem not in other)
