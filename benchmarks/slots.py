"""Score the slots of the seeds on blocks aligned by hand.

    python benchmarks/slots.py [alignment.csv]

The file has the columns block, doc_a, text_a, doc_b, text_b and relation; in a text "..." stands for words
left out and [...] for a remark. A slot is given to the block with which it shares most, and is false if it
shares nothing with any on both sides. A block is found if the slots given to it hold at least half of its
characters, both texts counted together as in plagdet, and a quarter of either; so a slot that runs two
blocks together finds one of them only.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.edition import open_corpus
from helpers.pages.synopsis import Page
from helpers.place import ROOT

DEFAULT = ROOT.parent / "shared" / "gold" / "seed_alignment.csv"
ENOUGH, EITHER = 0.5, 0.25
Span = tuple[int, int]


class Block(NamedTuple):
    """A block aligned by hand: its name, and the spans of its words in either report."""

    name: str
    doc_a: str
    spans_a: list[Span]
    doc_b: str
    spans_b: list[Span]


def simple(text: str) -> str:
    """Return the text in small letters with plain quotation marks and blanks; its length is kept."""
    return re.sub(r"\s", " ", text.translate(str.maketrans("‘’“”", "''\"\""))).casefold()


def spans(text: str, wanted: str) -> list[Span]:
    """Return where the pieces of a hand-written text stand in the report, in order."""
    found, after = [], 0
    plain = re.sub(r"[\"*]", "'", simple(text))
    for piece in re.split(r"\.\.\.|…|\[[^]]*\]", wanted):
        words = re.findall(r"\w+", simple(piece))
        match = re.compile(r"\W+".join(map(re.escape, words))).search(plain, after) if words else None
        if match:
            found.append(match.span())
            after = match.end()
    return found


def read_blocks(path: Path, texts: dict[str, str]) -> list[Block]:
    """Return the blocks of the file that stand in two reports of the corpus."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    both = frame[frame["doc_a"].isin(texts) & frame["doc_b"].isin(texts)]
    rows = both[["block", "doc_a", "text_a", "doc_b", "text_b"]].itertuples(index=False, name=None)
    return [
        Block(name, a, spans(texts[a], said_a), b, spans(texts[b], said_b))
        for name, a, said_a, b, said_b in rows
    ]


def held(spans: list[Span], stretches: list[Span]) -> float:
    """Return the share of the characters of `spans` that the stretches hold."""
    total = sum(end - start for start, end in spans)
    both = [max(0, min(end, right) - max(start, left)) for start, end in spans for left, right in stretches]
    return sum(both) / total if total else 0.0


def hull(spans: list[Span]) -> list[Span]:
    """Return the one span from the first to the last."""
    return [(spans[0][0], spans[-1][1])] if spans else []


def given(slot: dict[str, Span], blocks: list[Block]) -> int | None:
    """Return the block a slot shares most with on both sides, by the smaller share; None if with none."""
    shares = [
        min(
            held([slot[block.doc_a]], hull(block.spans_a)) if block.doc_a in slot else 0.0,
            held([slot[block.doc_b]], hull(block.spans_b)) if block.doc_b in slot else 0.0,
        )
        for block in blocks
    ]
    return int(np.argmax(shares)) if shares and max(shares) > 0 else None


def load_slots() -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the slots of the chosen corpus and its texts."""
    read = open_corpus()
    return Page(read).slots, dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))


def main() -> None:
    """Print one row per block, then recall and the share of false slots."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not path.is_file():
        print(f"No file {path.name}: give a CSV of blocks aligned by hand.")
        return
    slots, texts = load_slots()
    blocks = read_blocks(path, texts)
    reports = {name for block in blocks for name in (block.doc_a, block.doc_b)}
    shared = slots[slots["doc_id"].isin(reports) & (slots["relation"] != "only here")]
    columns = ["event_id", "slot_id", "doc_id", "start_char", "end_char"]
    stretches: dict[tuple[str, int], dict[str, Span]] = {}
    for event_id, slot_id, doc_id, start, end in shared[columns].itertuples(index=False, name=None):
        stretches.setdefault((event_id, slot_id), {})[doc_id] = (start, end)
    owners = [given(slot, blocks) for slot in stretches.values()]
    print("| block | held in a | in b | of both | slots | found |\n|---|---|---|---|---|---|")
    found = 0
    for number, block in enumerate(blocks):
        own = [slot for slot, owner in zip(stretches.values(), owners, strict=True) if owner == number]
        a = held(block.spans_a, [slot[block.doc_a] for slot in own])
        b = held(block.spans_b, [slot[block.doc_b] for slot in own])
        size_a, size_b = (sum(end - start for start, end in side) for side in (block.spans_a, block.spans_b))
        both = (a * size_a + b * size_b) / max(size_a + size_b, 1)
        good = both >= ENOUGH and min(a, b) >= EITHER
        found += good
        print(f"| {block.name} | {a:.2f} | {b:.2f} | {both:.2f} | {len(own)} | {'yes' if good else 'no'} |")
    false = sum(owner is None for owner in owners)
    print(f"\n{found} of {len(blocks)} blocks found; {false} of {len(owners)} shared slots false.")


if __name__ == "__main__":
    main()
