"""Score the alignment of passages on a folder in the form of the PAN text-alignment corpora.

    python benchmarks/plagdet.py [folder]

The folder holds `src/` and `susp/` with the texts, and one folder per kind with an XML file per pair that
lists the true cases. Scores are those of Potthast, Stein, Barrón-Cedeño and Rosso (2010): precision and
recall by characters, averaged over detections and cases; granularity; and plagdet, which joins them.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.derivation import align_passages
from helpers.place import ROOT
from helpers.text import split_sentences, tokenize

DEFAULT = ROOT.parent / "shared" / "bench" / "pan13_train_sample"


class Case(NamedTuple):
    """A passage: kind and names of its pair, then its span in either text."""

    kind: str
    susp: str
    src: str
    start_a: int
    end_a: int
    start_b: int
    end_b: int

    def span_a(self) -> tuple[int, int]:
        """Return the span in the suspicious text."""
        return self.start_a, self.end_a

    def span_b(self) -> tuple[int, int]:
        """Return the span in the source text."""
        return self.start_b, self.end_b


def read_pairs(folder: Path) -> Iterator[tuple[str, str, str, list[Case]]]:
    """Yield kind, suspicious text, source text and true cases of every pair that has an XML file."""
    for path in sorted(folder.glob("*/*.xml")):
        names = re.fullmatch(r"(susp.+)-(source-.+|src-.+)", path.stem)
        if names:
            susp, src = f"{names[1]}.txt", f"{names[2]}.txt"
            features = ElementTree.parse(path).getroot().iter("feature")
            cases = [
                case(path.parent.name, susp, src, f.attrib) for f in features if "source_offset" in f.attrib
            ]
            yield path.parent.name, susp, src, cases


def case(kind: str, susp: str, src: str, values: dict[str, str]) -> Case:
    """Return the case that a feature of the XML describes."""
    keys = ("this_offset", "this_length", "source_offset", "source_length")
    a, n, b, m = (int(values[key]) for key in keys)
    return Case(kind, susp, src, a, a + n, b, b + m)


def detect(folder: Path, kind: str, susp: str, src: str) -> list[Case]:
    """Return what the alignment finds in one pair; lines are unwrapped, which moves no offset."""
    texts = [
        (folder / part / name).read_bytes().decode("utf-8-sig")
        for part, name in (("susp", susp), ("src", src))
    ]
    documents = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "text": [text.replace("\n", " ") for text in texts],
            "headline": "",
            "language": "en",
            "outlet": "unknown",
        }
    )
    found = align_passages(tokenize(split_sentences(documents)))
    columns = ["start_char_a", "end_char_a", "start_char_b", "end_char_b"]
    return [Case(kind, susp, src, *row) for row in found[columns].itertuples(index=False)]


def touching(one: Case, others: list[Case]) -> list[Case]:
    """Return the others that share characters with `one` in both texts."""
    return [
        other
        for other in others
        if min(one.end_a, other.end_a) > max(one.start_a, other.start_a)
        and min(one.end_b, other.end_b) > max(one.start_b, other.start_b)
    ]


def covered(one: Case, others: list[Case]) -> float:
    """Return the share of the characters of `one`, both texts together, that the others cover."""
    total = 0
    for side in (Case.span_a, Case.span_b):
        start, end = side(one)
        marks = np.zeros(end - start, dtype=bool)
        for low, high in map(side, others):
            marks[max(low - start, 0) : max(high - start, 0)] = True
        total += int(marks.sum())
    return total / (one.end_a - one.start_a + one.end_b - one.start_b)


def scores(cases: list[Case], found: list[Case]) -> dict[str, float]:
    """Return precision, recall, granularity and plagdet."""
    by_pair: dict[tuple[str, ...], tuple[list[Case], list[Case]]] = {}
    for side, rows in enumerate((cases, found)):
        for pair, group in groupby(sorted(rows), key=lambda row: row[:3]):
            by_pair.setdefault(pair, ([], []))[side].extend(group)
    recall, precision, pieces = [], [], []
    for true, detected in by_pair.values():
        hits = [touching(one, detected) for one in true]
        recall += [covered(one, hit) for one, hit in zip(true, hits, strict=True)]
        pieces += [len(hit) for hit in hits if hit]
        precision += [covered(one, touching(one, true)) for one in detected]
    r, p, granularity = mean(recall, 0.0), mean(precision, 0.0), mean(pieces, 1.0)
    f1 = 2 * r * p / (r + p) if r + p else 0.0
    return {"plagdet": f1 / np.log2(1 + granularity), "recall": r, "precision": p, "granularity": granularity}


def mean(values: list[float] | list[int], default: float) -> float:
    """Return the mean, or the default for no values."""
    return float(np.mean(values)) if values else default


def main() -> None:
    """Print the scores per kind and over all, and the clean pairs in which a passage was found."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    pairs = list(read_pairs(folder)) if folder.is_dir() else []
    if not pairs:
        print(
            f"No pairs in {folder.name}: give a folder with src/, susp/ and one folder of XML files per kind."
        )
        return
    found = {(kind, susp, src): detect(folder, kind, susp, src) for kind, susp, src, _ in pairs}
    print("| kind | pairs | plagdet | recall | precision | granularity |\n|---|---|---|---|---|---|")
    kinds = sorted({kind for kind, *_ in pairs})
    clean = [found[pair[:3]] for pair in pairs if not pair[3]]
    for name, chosen in [*((kind, {kind}) for kind in kinds), ("all", set(kinds))]:
        cases = [case for kind, _, _, some in pairs if kind in chosen for case in some]
        detections = [case for key, some in found.items() if key[0] in chosen for case in some]
        if cases:
            numbers = " | ".join(f"{value:.4f}" for value in scores(cases, detections).values())
            print(f"| {name} | {sum(pair[0] in chosen for pair in pairs)} | {numbers} |")
    print(f"\nA passage was found in {sum(map(bool, clean))} of {len(clean)} pairs without a case.")


if __name__ == "__main__":
    main()
