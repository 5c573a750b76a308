"""How often a number of people is read rightly: `python benchmarks/tolls.py [folder]`.

The numbers found in ECB+ (Cybulska and Vossen 2014), on which the rules were written, and in the texts of
PolNeAR (Newell et al. 2018), read once after that. tolls_judged.csv holds places, and whether the sentence
says just that of so many; the texts stay where they are. A number that nobody judged is only counted.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
from scipy.stats import binomtest

from helpers.place import ROOT
from helpers.synopsis import find_tolls
from helpers.table import UNKNOWN, conform
from helpers.text import DocumentsTable, parse, split_sentences

JUDGED = Path(__file__).with_name("tolls_judged.csv")


def main(arguments: list[str]) -> int:
    """Print how many of the numbers found were judged right, by set; return 1 where no set is there."""
    folder = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "bench"
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = {
            (row["set"], row["doc_id"], row["start_char"], row["what"]): row for row in csv.DictReader(file)
        }
    sets = {name: documents for name, documents in read_sets(folder).items() if len(documents)}
    print("| set | reports | numbers found | judged | right | 95 % interval |\n|---|---|---|---|---|---|")
    for name, documents in sets.items():
        sentences = split_sentences(documents)
        found = find_tolls(parse(documents, sentences), sentences, documents)
        places = zip(found["doc_id"], found["start_char"].astype(str), found["what"], strict=True)
        told = Counter(judged.get((name, *place), {}).get("right", "") for place in places)
        n = told["1"] + told["0"]
        low, high = binomtest(told["1"], n).proportion_ci(method="exact") if n else (0.0, 1.0)
        share = f"{told['1'] / n:.3f} | {low:.2f} to {high:.2f}" if n else "n/a | n/a"
        print(f"| {name} | {len(documents)} | {len(found)} | {n} | {share} |")
    return 0 if sets else 1


def read_sets(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the reports of each set that is in the folder."""
    ecb = [
        (line["id"], "\n".join(line["sents"]))
        for path in sorted(folder.glob("ecb_plus*/*.jsonl"))
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]
    polnear = [
        (path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("polnear*/text/*.txt"))
    ]
    return {"ecb_plus": _documents(ecb), "polnear": _documents(polnear)}


def _documents(texts: list[tuple[str, str]]) -> pd.DataFrame:
    """Return the documents table of texts by name."""
    frame = pd.DataFrame(texts, columns=["doc_id", "text"], dtype=object).drop_duplicates("doc_id")
    columns = list(DocumentsTable.to_schema().columns)
    return conform(frame.reindex(columns=columns, fill_value=UNKNOWN).assign(language="en"), DocumentsTable)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
