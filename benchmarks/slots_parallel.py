"""Score slots on made-up events of three reports whose sentences are known to correspond.

    python benchmarks/slots_parallel.py [folder]

The folder holds `ref-1.en`, `ref-2.en` and `mt.en`, three English versions of the same sentences, one to a
line (MLQE-PE, CC0). An event is thirty sentences; each report drops a fifth of them by chance, and the
second report has its first ten moved to the end. A pair of stretches is right if both hold the same
sentence. No names are listed and no voices are known here, so this is the hardest case.
"""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.names import MentionsTable
from helpers.place import ROOT
from helpers.synopsis import align_slots
from helpers.table import empty
from helpers.text import DocumentsTable, split_sentences, tokenize
from helpers.voices import VoicesTable

DEFAULT = ROOT.parent / "shared" / "bench" / "mlqe_pe"
VERSIONS = ("ref-1.en", "ref-2.en", "mt.en")
EVENTS, SENTENCES, STEP = 15, 30, 60


def reports(versions: list[list[str]], start: int, rng: np.random.Generator) -> list[list[int]]:
    """Return, for each version, the numbers of the sentences it has, in its order."""
    kept = [[k for k in range(start, start + SENTENCES) if rng.random() > 0.2] for _ in versions]
    kept[1] = kept[1][10:] + kept[1][:10]
    return kept


def table(versions: list[list[str]], kept: list[list[int]]) -> pd.DataFrame:
    """Return the documents table of one event."""
    columns = list(DocumentsTable.to_schema().columns)
    texts = ["\n\n".join(version[k] for k in own) for version, own in zip(versions, kept, strict=True)]
    values = {"event_id": "e", "language": "en", "doc_id": [str(n) for n in range(len(texts))], "text": texts}
    return pd.DataFrame({name: values.get(name, "unknown") for name in columns})


def sentences_in(
    versions: list[list[str]], kept: list[list[int]], report: int, span: tuple[int, int]
) -> set[int]:
    """Return the numbers of the sentences that a stretch overlaps."""
    starts = np.cumsum([0, *(len(versions[report][k]) + 2 for k in kept[report])])
    first, last = np.searchsorted(starts, [span[0], span[1] - 1], side="right") - 1
    return set(kept[report][first : last + 1])


def score(versions: list[list[str]], kept: list[list[int]]) -> tuple[int, int, int, int]:
    """Return sentence pairs found and to find, and pairs of stretches that are false and in all."""
    documents = table(versions, kept)
    sentences = split_sentences(documents).assign(zone="body")
    slots = align_slots(
        documents,
        sentences,
        tokenize(sentences),
        mentions=empty(MentionsTable),
        voices=empty(VoicesTable),
    )
    found: set[tuple[int, int, int]] = set()
    false = total = 0
    for _, group in slots.groupby("slot_id"):
        rows = zip(*(group[c].tolist() for c in ("doc_id", "start_char", "end_char")), strict=True)
        held = [(int(d), sentences_in(versions, kept, int(d), (start, end))) for d, start, end in rows]
        for (a, in_a), (b, in_b) in combinations(sorted(held, key=lambda pair: pair[0]), 2):
            found |= {(a, b, number) for number in in_a & in_b}
            false, total = false + (not in_a & in_b), total + 1
    true = sum(len(set(kept[a]) & set(kept[b])) for a, b in combinations(range(len(kept)), 2))
    return len(found), true, false, total


def main() -> None:
    """Print recall of corresponding sentences and the share of false pairs of stretches."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not all((folder / name).is_file() for name in VERSIONS):
        print(f"{folder.name} does not hold {', '.join(VERSIONS)}.")
        return
    versions = [(folder / name).read_text(encoding="utf-8").splitlines() for name in VERSIONS]
    rng = np.random.default_rng(0)
    totals = np.sum(
        [score(versions, reports(versions, k * STEP, rng)) for k in range(EVENTS)], axis=0, dtype=int
    ).tolist()
    print("| corresponding sentences | found | recall | pairs of stretches | false | share |")
    print("|---|---|---|---|---|---|")
    found, true, false, total = totals
    print(f"| {true} | {found} | {found / true:.3f} | {total} | {false} | {false / total:.3f} |")


if __name__ == "__main__":
    main()
