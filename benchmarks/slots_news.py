"""Score slots on pairs of stretches of BASIL that one person judged; `slot_labels.csv` has places and labels.

    python benchmarks/slots_news.py folder

The folder holds BASIL's reports (2010 to 2014). Guide: *right*, at least one clause of either says the same
fact, statement or quotation; *half*, the same act or topic with another fact, or a phrase of a fact; *wrong*,
anything else. The set `fit` (twelve events, drawn from all that the clauses' likeness joined before there was
a line) gave the weights in `synopsis/strength.py`; `check` (fifteen others, drawn from slots above the line)
did not. Both were judged in one pass by one person, so no agreement is known.
"""

import json
import sys
import tempfile
from pathlib import Path

import pandas as pd

from helpers.edition import open_corpus
from helpers.pages.synopsis import Page

LABELS = Path(__file__).with_name("slot_labels.csv")


def places(slots: pd.DataFrame, doc_id: str, start: int, end: int) -> set[tuple[str, int]]:
    """Return the shared slots that hold some of a stretch."""
    own = slots[(slots["doc_id"] == doc_id) & (slots["start_char"] < end) & (slots["end_char"] > start)]
    return set(zip(own["event_id"], own["slot_id"], strict=True))


def main() -> None:
    """Print, of the judged pairs, how many stand in one slot, and how many of those are right."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / "reports.jsonl").exists():
        print("Give the folder of BASIL's reports.")
        return
    labels = pd.read_csv(LABELS)
    with tempfile.TemporaryDirectory() as place:
        judged = {*labels["doc_a"], *labels["doc_b"]}
        lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
        chosen = [line for line in lines if json.loads(line)["doc_id"] in judged]
        (Path(place) / "reports.jsonl").write_text("\n".join(chosen) + "\n", "utf-8")
        slots = Page(open_corpus(place)).slots
    shared = slots[slots["relation"] != "only here"]
    rows = labels[["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b"]].itertuples(
        index=False, name=None
    )
    joined = [bool(places(shared, *row[:3]) & places(shared, *row[3:])) for row in rows]
    print(
        "| set | judged | in one slot | right | right or half | right ones in one slot |\n" + "|---" * 6 + "|"
    )
    for name, own in labels.assign(joined=joined).groupby("set", sort=False):
        kept = own[own["joined"]]
        right, all_right = kept["label"].eq("right"), own["label"].eq("right")
        useful = kept["label"].ne("wrong")
        recall = own.loc[all_right, "joined"].mean()
        print(
            f"| {name} | {len(own)} | {len(kept)} | {right.mean():.2f} | {useful.mean():.2f} | {recall:.2f} |"
        )


if __name__ == "__main__":
    main()
