"""How often the verdicts call independent translations copies, and how many edited copies they catch.

Run as `python benchmarks/false_alarms.py [folder ...]`; folders as for reference_classes.py. Every set is
judged twice: by the lines of data/reference, and by lines drawn without any reference of its own language.
"""

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import reference_classes
from reference_classes import EDITED, HEAVILY, HUMAN, MACHINE, TWO_MACHINES
from scipy.stats import binomtest

from helpers.derivation import (
    COPIED,
    UNDECIDED,
    VERBATIM,
    called,
    gather_evidence,
    judge_pairs,
    load_error_rates,
    load_reference,
    measure_pairs,
    verdict_lines,
)
from helpers.names import MentionsTable
from helpers.pairs import compare_topics
from helpers.table import UNKNOWN, conform, empty
from helpers.text import DocumentsTable, SentencesTable, split_sentences, tokenize
from helpers.voices import VoicesTable, find_voices

FOLDERS = reference_classes.FOLDERS[:2]
KINDS = (HUMAN, MACHINE, TWO_MACHINES, EDITED, HEAVILY)
COPIES = (VERBATIM, COPIED)


def main(folders: list[Path]) -> None:
    """Print, per set and length, the share called copied by both sets of lines, and the arrows drawn."""
    measures = reference_classes.measure(folders)
    reference = load_reference()
    print("Called verbatim or copied. Stretches overlap where a set is small; the 95 % interval takes as its")
    print("number the stretches without overlap. `held out`: lines drawn without the set's own language.\n")
    print("| class | data set | words | pairs | called copied | 95 % interval | held out | undecided |")
    print("|---|---|---|---|---|---|---|---|")
    rows = [row for kind in KINDS for row in judged(measures, reference, kind)]
    for row in rows:
        low, high = interval(row["copied"], row["distinct"])
        print(
            f"| {row['kind']} | {row['data_set']} | {row['n_words']} | {row['n_pairs']} "
            f"| {row['copied']:.3f} | {low:.3f} to {high:.3f} | {row['held_out']:.3f} "
            f"| {row['undecided']:.3f} |"
        )
    print("\n" + "\n".join(summary(pd.DataFrame(rows))))
    print(f"\nArrows drawn on whole sets of this folder: {arrows(folders)}.")


def judged(measures: pd.DataFrame, reference: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    """Return the shares called copied and undecided of every set of a class, by length."""
    own = measures[measures["reference_class"] == kind]
    rows: list[dict[str, Any]] = []
    for (data_set, language, n_words), group in own.groupby(["data_set", "language", "n_words"]):
        length = int(group["n_words"].iloc[0])
        names = called(group, verdict_lines(reference, n_words=length))
        without = verdict_lines(reference, n_words=length, without=str(language))
        rows.append(
            {
                "kind": kind,
                "data_set": data_set,
                "n_words": n_words,
                "n_pairs": len(group),
                "distinct": float(group["n_distinct"].iloc[0]),
                "copied": float(names.isin(COPIES).mean()),
                "undecided": float((names == UNDECIDED).mean()),
                "held_out": float(called(group, without).isin(COPIES).mean()),
            }
        )
    return rows


def interval(share: float, n: float) -> tuple[float, float]:
    """Return the exact 95 % interval of a share of `n`."""
    count = max(int(n), 1)
    low, high = binomtest(round(share * count), count).proportion_ci(method="exact")
    return float(low), float(high)


def summary(rows: pd.DataFrame) -> list[str]:
    """Return the worst and mean rates of the classes that the project sets itself a target for."""
    lines = []
    for kind, what in ((HUMAN, "worst false alarm"), (MACHINE, "worst false alarm")):
        own = rows[rows["kind"] == kind]
        if len(own):
            lines.append(f"- {kind}: {what} {own['copied'].max():.1%}, held out {own['held_out'].max():.1%}.")
    for kind in (EDITED, HEAVILY, TWO_MACHINES):
        own = rows[(rows["kind"] == kind) & (rows["n_words"] == rows["n_words"].max())]
        if len(own):
            share = (own["copied"] * own["distinct"]).sum() / own["distinct"].sum()
            words = own["n_words"].iloc[0]
            lines.append(
                f"- {kind} at {words} words: {share:.1%} called copied (sets by size), "
                f"{own['copied'].mean():.1%} (sets alike), worst set {own['copied'].min():.1%}."
            )
    return lines


def arrows(folders: list[Path]) -> str:
    """Return how many directions the whole of the project gives on the sets, each way round."""
    reference, rates = load_reference(), load_error_rates()
    drawn = pairs = 0
    for folder in folders:
        for aligned in reference_classes.read_sets(folder):
            for a, b in aligned.sides[:2]:
                for one, other in ((a, b), (b, a)):
                    documents = texts([one, other])
                    derivations = judge(documents, reference, rates)
                    pairs += len(derivations)
                    drawn += int((derivations["direction"] != "undetermined").sum())
    return f"{drawn} on {pairs} pairs"


def texts(sides: list[reference_classes.Segments]) -> pd.DataFrame:
    """Return both sides as reports of one event without time, outlet or headline."""
    frame = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "text": ["\n".join(" ".join(words) + "." for words in side[:60]) for side in sides],
            "event_id": "one",
            "language": "en",
        }
    )
    return conform(
        frame.assign(**dict.fromkeys(("outlet", "published", "headline", "url", "outlet_evidence"), UNKNOWN)),
        DocumentsTable,
    )


def judge(documents: pd.DataFrame, reference: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return the derivations of a corpus, as the notebook makes them."""
    sentences = conform(split_sentences(documents), SentencesTable)
    tokens = tokenize(sentences)
    found = conform(find_voices(documents, sentences, NO_VERBS, empty(MentionsTable)), VoicesTable)
    measures = measure_pairs(tokens, documents=documents, voices=found)
    evidence = gather_evidence(measures, documents, sentences, tokens, found, empty(MentionsTable))
    near = compare_topics(tokens, documents)
    return judge_pairs(measures, evidence, near, reference, rates)


NO_VERBS = pd.DataFrame(columns=["lemma", "forms", "verb_class", "introduces"], dtype="str")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or list(FOLDERS))
