"""Whether the stemma finds which two of four versions belong together, and abstains where none do (MLQE-PE).

Run as `python benchmarks/stemmas.py [folder] [quartets]`. The folder holds src.LL with ref-1.en and ref-2.en,
and post-edits with their sources (NAME.src, .mt, .pe). Of a machine translation, its post-edit and two human
translations the first two belong together. Of random quartets, each sentence's versions are dealt anew.
"""

import random
import re
import sys
from pathlib import Path

import pandas as pd
from reference_classes import lines_of

from helpers.derivation import build_stemma
from helpers.place import ROOT
from helpers.text import tokenize

FOLDER = ROOT / ".." / "shared" / "bench" / "mlqe_pe"
SIZES = (5, 10, 20, 40)
NAMES = ("machine", "post-edit", "human 1", "human 2")
PAIR = frozenset(NAMES[:2])


def main(folder: Path, quartets: int) -> None:
    """Print, per number of sentences, how many quartets get the right tree, a wrong one, or none."""
    rows = read_quartets(folder)
    if not rows:
        sys.exit(f"no versions of one text in {folder.name}: nothing measured")
    print(f"{len(rows)} sentences in four versions; {quartets} quartets of sentences in a row.\n")
    print("| sentences | right | wrong | abstained | best tree right | random: abstained |")
    print("|---|---|---|---|---|---|")
    for size in SIZES:
        chance = random.Random(size)
        right = wrong = best = random_kept = 0
        for _ in range(quartets):
            start = chance.randrange(len(rows) - size)
            part = rows[start : start + size]
            found = sides(part)
            best += sides(part, support=0.0)[:1] == [True]
            right += found == [True]
            wrong += found == [False]
            random_kept += bool(sides([chance.sample(row, 4) for row in part]))
        kept = quartets - random_kept
        print(f"| {size} | {right} | {wrong} | {quartets - right - wrong} | {best} | {kept} |", flush=True)


def read_quartets(folder: Path) -> list[list[str]]:
    """Return the versions of every sentence that has all four, in the order of NAMES."""
    source = next(iter(sorted(folder.glob("src.*"))), None)
    humans = [folder / "ref-1.en", folder / "ref-2.en"]
    if source is None or not all(path.is_file() for path in humans):
        return []
    edited: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*.src")):
        parts = [lines_of(path.with_suffix(ending)) for ending in (".src", ".mt", ".pe")]
        edited |= {bare(line): (machine, post) for line, machine, post in zip(*parts, strict=True)}
    rows = zip(lines_of(source), *(lines_of(path) for path in humans), strict=True)
    return [[*edited[bare(line)], one, other] for line, one, other in rows if bare(line) in edited]


def bare(line: str) -> str:
    """Return the letters of a sentence: the same one is cut into words in one file and not in the other."""
    return re.sub(r"\W", "", line).lower()


def sides(rows: list[list[str]], **options: float) -> list[bool]:
    """Return for each branch, the best first, whether it sets the first two versions apart."""
    frame = pd.DataFrame(
        [(name, place, 0, row[k]) for k, name in enumerate(NAMES) for place, row in enumerate(rows)],
        columns=["doc_id", "sentence_id", "start_char", "text"],
    )
    stemma = build_stemma(tokenize(frame), NAMES, **options)
    branches = sorted(stemma.branches, key=lambda branch: -branch[1])
    return [split in (PAIR, frozenset(NAMES) - PAIR) for split, _ in branches]


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else FOLDER, int(given[1]) if len(given) > 1 else 100)
