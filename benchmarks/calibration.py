"""How often rules for keywords flag words where there is nothing to find.

Run as `python benchmarks/calibration.py [corpus folder]` (the four seeds without one). The pooled sentences
of each event are dealt to two halves at random, 200 times, so that no word truly differs; the table has the
words flagged per split and the share of splits with any. The rule of the notebook stands first.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.text import load_documents, split_sentences, tokenize
from helpers.words import (
    Floats,
    conservative_log_ratio,
    exact_p,
    informative_prior,
    log_likelihood,
    log_odds_z,
    q_values,
)

SPLITS = 200


def main() -> None:
    """Print the table."""
    documents = load_documents(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    sentences = split_sentences(documents)
    tokens = tokenize(sentences[sentences["zone"].isin(["headline", "body"])])
    print("| event | words tested | rule | flagged per split | splits with a flag |")
    print("|---|---|---|---|---|")
    for event, ids in documents.groupby("event_id")["doc_id"]:
        flagged, n_tested = flag_halves(tokens[tokens["doc_id"].isin(ids)])
        for rule, counts in flagged.items():
            share = np.mean(np.array(counts) > 0)
            print(f"| {event} | {n_tested} | {rule} | {np.mean(counts):.2f} | {share:.1%} |")


def flag_halves(tokens: pd.DataFrame, *, seed: int = 0) -> tuple[dict[str, list[int]], int]:
    """Return for every rule the words flagged in each split, and how many words were tested."""
    counts = (
        tokens.groupby(["doc_id", "sentence_id", "norm"]).size().unstack(fill_value=0).to_numpy(dtype=float)
    )
    tested = counts.sum(axis=0) >= 3
    rng = np.random.default_rng(seed)
    half = np.arange(len(counts)) < len(counts) // 2
    flagged: dict[str, list[int]] = {}
    for _ in range(SPLITS):
        side = rng.permuted(half)
        for rule, hits in rules(counts[side], counts[~side], tested, rng).items():
            flagged.setdefault(rule, []).append(int(hits.sum()))
    return flagged, int(tested.sum())


def rules(one: Floats, other: Floats, tested: Floats, rng: np.random.Generator) -> dict[str, Floats]:
    """Return what each rule flags between two sets of sentences (rows) x words (columns)."""
    every_a, every_b = one.sum(axis=0), other.sum(axis=0)
    a, b, n_a, n_b = every_a[tested], every_b[tested], every_a.sum(), every_b.sum()
    p, g2 = exact_p(a, b, n_a, n_b), log_likelihood(a, b, n_a, n_b)
    prior = informative_prior(every_a, every_b)
    return {
        "**BH q < .05 on exact p**": q_values(p) < 0.05,
        "LRC not 0 (Bonferroni)": conservative_log_ratio(a, b, n_a, n_b, n_tested=len(p)) != 0,
        "exact p < .05": p < 0.05,
        "G2 (4 cells) > 3.84": g2 > 3.84,
        "G2 (4 cells) > 6.63": g2 > 6.63,
        "G2 (4 cells) > 10.83": g2 > 10.83,
        "z beyond 1.96, informative prior 500": np.abs(log_odds_z(every_a, every_b, prior=prior))[tested]
        > 1.96,
        "z beyond 1.96, flat prior 0.1": np.abs(log_odds_z(every_a, every_b, prior=0.1))[tested] > 1.96,
        "95 % sentence bootstrap without 0": bootstrap(one[:, tested], other[:, tested], rng),
    }


def bootstrap(one: Floats, other: Floats, rng: np.random.Generator, *, n: int = 200) -> Floats:
    """Return where the percentile interval of the log ratio over resampled sentences leaves out 0."""
    drawn = []
    for rows in (one, other):
        weights = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=n)
        uses = weights @ rows + 0.5
        drawn.append(np.log2(uses / uses.sum(axis=1, keepdims=True)))
    low, high = np.percentile(drawn[0] - drawn[1], [2.5, 97.5], axis=0)
    return np.asarray((low > 0) | (high < 0))


if __name__ == "__main__":
    main()
