"""Score slots on pairs of stretches of BASIL that were judged, and on facts that two reports share.

    python benchmarks/slots_news.py folder

The folder holds BASIL's reports (2010 to 2014); the guide is `slots_guide.md`. `slot_labels.csv` has 200
pairs of 27 events with two labels. The set `fit` (twelve events, drawn from all that the clauses' likeness
joined before there was a line) gave the weights in `synopsis/strength.py`; `check` (fifteen others, from
slots above the line) did not. The second pass had another order and did not see the first; both judges are
language models. `shared_facts.csv` has 154 facts, as pairs of sentences, that two reports tell: of one
pair of each of the 21 events with the shortest reports that no label is from; one pair shares none.
"""

import json
import sys
import tempfile
from pathlib import Path

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from helpers.edition import open_corpus
from helpers.pages.synopsis import Page

LABELS = Path(__file__).with_name("slot_labels.csv")
FACTS = Path(__file__).with_name("shared_facts.csv")
ENDS = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b"]


def places(slots: pd.DataFrame, doc_id: str, start: int, end: int) -> set[tuple[str, int]]:
    """Return the shared slots that hold some of a stretch."""
    own = slots[(slots["doc_id"] == doc_id) & (slots["start_char"] < end) & (slots["end_char"] > start)]
    return set(zip(own["event_id"], own["slot_id"], strict=True))


def slots_of(folder: Path, reports: set[str]) -> pd.DataFrame:
    """Return the shared slots of some reports."""
    with tempfile.TemporaryDirectory() as place:
        lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
        chosen = [line for line in lines if json.loads(line)["doc_id"] in reports]
        (Path(place) / "reports.jsonl").write_text("\n".join(chosen) + "\n", "utf-8")
        slots = Page(open_corpus(place)).slots
    return slots[slots["relation"] != "only here"]


def in_one(folder: Path, pairs: pd.DataFrame) -> pd.Series:
    """Return which pairs of stretches stand in one slot."""
    shared = slots_of(folder, {*pairs["doc_a"], *pairs["doc_b"]})
    rows = pairs[ENDS].itertuples(index=False, name=None)
    return pd.Series([bool(places(shared, *row[:3]) & places(shared, *row[3:])) for row in rows], dtype=bool)


def main() -> None:
    """Print the agreement, of the judged pairs in one slot how many are right, and the facts in one slot."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / "reports.jsonl").exists():
        print("Give the folder of BASIL's reports.")
        return
    labels = pd.read_csv(LABELS)
    for told, one, other in (
        ("right, half or wrong", labels["label"], labels["second"]),
        ("right or not", labels["label"].eq("right"), labels["second"].eq("right")),
    ):
        kappa, alike = cohen_kappa_score(one, other), one.eq(other).mean()
        print(f"{len(labels)} judged twice, {told}: {alike:.2f} alike, Cohen's kappa {kappa:.2f}")
    print("\n| set | judged | in one slot | right | right or half | second pass | right ones in one slot |")
    print("|---" * 7 + "|")
    for name, own in labels.assign(joined=in_one(folder, labels)).groupby("set", sort=False):
        kept = own[own["joined"]]
        first, second = (
            f"{kept[column].eq('right').mean():.2f} | {kept[column].ne('wrong').mean():.2f}"
            for column in ("label", "second")
        )
        recall = own.loc[own["label"].eq("right"), "joined"].mean()
        print(
            f"| {name} | {len(own)} | {len(kept)} | {first} | {second.replace(' | ', ', ')} | {recall:.2f} |"
        )
    facts = in_one(folder, pd.read_csv(FACTS))
    print(f"\n{facts.sum()} of {len(facts)} shared facts stand in one slot ({facts.mean():.2f}).")


if __name__ == "__main__":
    main()
