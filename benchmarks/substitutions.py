"""Score the substitutions that are listed of news on those that one judge read.

    python benchmarks/substitutions.py folder

The folder holds `basil_2010_2014`, `newswcl50_0_4` and `ecb_plus`; places and labels are in
`substitution_labels.csv`. Guide: *right*, both sentences tell the same and the two phrases, whole, stand for
each other in it; *form*, one word in two forms, a number or date in two formats: house style, and left out of
the share; *wrong*, anything else, phrases cut in the middle too. Each pair of phrases of an event was judged
once. The sets `basil`, `newswcl50` and `ecb-0` were read while the rules were made. Of `held out`, sixty of
the 162 pairs of three other quarters of ECB+ (29 events), drawn at random, "when read" is under rules that
were made before any of it was seen; what was mended on it since is in "now". The judge is a language model
that also made the rules.
"""

import sys
import tempfile
from pathlib import Path

import pandas as pd
from differences_news import reports

from helpers.edition import open_corpus
from helpers.words import find_substitutions

LABELS = Path(__file__).with_name("substitution_labels.csv")
PLACES = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b"]


def listed(folder: Path, name: str) -> list[tuple[object, ...]]:
    """Return the places of the pairs of wordings listed of a set."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "reports.jsonl").write_text("\n".join(reports(folder, name)) + "\n", "utf-8")
        found = find_substitutions(open_corpus(place))
    ends = [f"{column}_{side}" for side in "ab" for column in ("doc_id", "start_char", "end_char")]
    return list(found.loc[found["kind"] == "wording", ends].itertuples(index=False, name=None))


def overlap(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether two pairs have characters in common on both sides."""
    a, b = (pd.Series(list(pair), dtype=object) for pair in (one, other))
    return all(a[i] == b[i] and a[i + 1] < b[i + 2] and b[i + 1] < a[i + 2] for i in (0, 3))


def share(labels: list[str]) -> str:
    """Return how many labels are right, of how many without forms."""
    told = [label for label in labels if label != "form"]
    right = sum(label == "right" for label in told)
    return f"{right} of {len(told)} ({right / max(len(told), 1):.2f})"


def main() -> None:
    """Print the share of right ones of each set, when read and now."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / "ecb_plus").exists():
        print("Give the folder that holds basil_2010_2014, newswcl50_0_4 and ecb_plus.")
        return
    labels = pd.read_csv(LABELS)
    print("| set | when read, right | now, right of these | now listed |\n|---|---|---|---|")
    for name, own in labels.groupby("set", sort=False):
        corpora = ["ecb-1", "ecb-2", "ecb-3"] if name == "held out" else [str(name)]
        found = [pair for corpus in corpora for pair in listed(folder, corpus)]
        known = list(zip(own[PLACES].itertuples(index=False, name=None), own["label"], strict=True))
        still = [label for pair, label in known if any(overlap(pair, other) for other in found)]
        print(f"| {name} | {share(own['label'].tolist())} | {share(still)} | {len(found)} |")


if __name__ == "__main__":
    main()
