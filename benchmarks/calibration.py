"""What the rule of page 01 flags where there is nothing to find, and what it finds of planted words.

Run as `python benchmarks/calibration.py FOLDER [splits]`, a folder of real reports (reports.jsonl, or a
corpus). Whole reports of one outlet are dealt to two pretended outlets, so that no word truly differs; then
eight words are planted at several times their rate on one side (uses Poisson, rates of reports gamma of
shape 2); and outlet labels are shuffled within events. Beside the page's rule stand those of other tools.
"""

import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from helpers.text import load_documents, split_sentences, tokenize
from helpers.words import (
    Floats,
    chi_squared,
    compare_deals,
    count_matrix,
    count_terms,
    exact_p,
    informative_prior,
    log_odds_z,
    planned_q,
    q_values,
)

Bools = NDArray[np.bool_]
SPLITS, PLANTED, SHAPE, FEWEST = 300, 8, 2.0, 3
SIDES = (2, 3, 5, 8, 10, 25)


class Plant(NamedTuple):
    """Reports a side, the planted words' rate per 1,000, how many times it, and in what share of a side."""

    side: int
    base: float
    times: float
    share: float = 1.0


PLANTS = (Plant(10, 3, 4), Plant(10, 3, 8), Plant(10, 1, 8), Plant(25, 3, 4), Plant(25, 3, 4, 0.5))


def main() -> None:
    """Print the tables."""
    splits = int(sys.argv[2]) if len(sys.argv) > 2 else SPLITS
    documents = read_documents(Path(sys.argv[1]))
    sentences = split_sentences(documents)
    counts = count_terms(tokenize(sentences[sentences["zone"].isin(["headline", "body"])]))
    outlets = {
        str(outlet): np.asarray(count_matrix(counts, ids.tolist())[0].toarray(), dtype=float)
        for outlet, ids in documents.groupby("outlet")["doc_id"]
    }
    print("| reports a side | rule | words tested | any flag in null splits | words flagged on average |")
    print("|---|---|---|---|---|")
    for side in SIDES:
        print_null(outlets, side, splits)
    print("\n| plants | rule | found | false among flagged, on average | splits with a false flag |")
    print("|---|---|---|---|---|")
    for plant in PLANTS:
        print_planted(outlets, plant, max(splits // 3, 10))
    print("\n| planned list, 20 words planted 4 times, 10 a side | found |\n|---|---|")
    print(f"| q of the list | {find_planned(outlets, splits // 3):.2f} |")
    print_strata(documents, counts, max(splits // 3, 10))


def read_documents(folder: Path) -> pd.DataFrame:
    """Return the reports of a folder; of one with reports.jsonl, of that alone."""
    if not (folder / "reports.jsonl").is_file():
        return load_documents(folder)
    with tempfile.TemporaryDirectory() as alone:
        shutil.copy(folder / "reports.jsonl", alone)
        return load_documents(Path(alone))


def rules(counts: Floats, target: Bools) -> dict[str, tuple[Bools, int]]:
    """Return what each rule flags of the words with three uses, and how many it tests."""
    uses = counts.sum(axis=0) >= FEWEST
    every_a, every_b = counts[target].sum(axis=0), counts[~target].sum(axis=0)
    a, b, n_a, n_b = every_a[uses], every_b[uses], every_a.sum(), every_b.sum()
    sizes, m = counts.sum(axis=1), int(uses.sum())
    dealt = compare_deals(counts[:, uses], sizes, target)
    rates = counts[:, uses] / sizes[:, None]
    # Made for words that only some reports of a side use more: how many use one twice as often as all.
    often = counts[:, uses] > 2 * np.outer(sizes, (a + b) / sizes.sum())
    in_reports = compare_deals(often.astype(float), np.ones(len(sizes)), target)
    with np.errstate(all="ignore"):
        welch = scipy.stats.ttest_ind(rates[target], rates[~target], equal_var=False).pvalue
    z = log_odds_z(every_a, every_b, prior=informative_prior(every_a, every_b))[uses]
    return {
        "**reports dealt (page 01)**": (np.nan_to_num(dealt.q, nan=1.0) < 0.05, int(dealt.is_tested.sum())),
        "reports with twice the expected uses, dealt": (
            np.nan_to_num(in_reports.q, nan=1.0) < 0.05,
            int(in_reports.is_tested.sum()),
        ),
        "exact words, BH (page 01 before)": (q_values(exact_p(a, b, n_a, n_b)) < 0.05, m),
        "chi2 with Yates, p < .05 (quanteda)": (chi_squared(a, b, n_a, n_b, yates=True) > 3.84, m),
        "z beyond 1.96, informative prior (Scattertext)": (np.abs(z) > 1.96, m),
        "Welch on rates, BH": (q_values(np.nan_to_num(welch, nan=1.0)) < 0.05, m),
        "999 deals of reports, BH (keyperm)": (q_values(deal_plainly(counts[:, uses], target)) < 0.05, m),
    }


def deal_plainly(counts: Floats, target: Bools, *, n: int = 999) -> Floats:
    """Return the p of the target's share of uses among `n` random deals, with no tail and all words."""
    sides = np.random.default_rng(7).permuted(np.tile(target, (n, 1)), axis=1).astype(float)
    sizes = counts.sum(axis=1)
    excess = counts - np.outer(sizes, counts.sum(axis=0) / sizes.sum())
    seen = np.abs(target.astype(float) @ excess)
    return np.asarray(((np.abs(sides @ excess) >= seen * (1 - 1e-9)).sum(axis=0) + 1) / (n + 1))


def print_null(outlets: dict[str, Floats], side: int, splits: int) -> None:
    """Print what each rule flags between two random sets of reports of one outlet."""
    flags: defaultdict[str, list[int]] = defaultdict(list)
    tested: defaultdict[str, list[int]] = defaultdict(list)
    for counts, _ in draw(outlets, side, splits):
        for rule, (flagged, n) in rules(counts, np.arange(2 * side) < side).items():
            flags[rule].append(int(flagged.sum()))
            tested[rule].append(n)
    for rule, each in flags.items():
        any_flag = np.mean(np.array(each) > 0)
        print(f"| {side} | {rule} | {np.mean(tested[rule]):.0f} | {any_flag:.1%} | {np.mean(each):.2f} |")
    sys.stdout.flush()


def print_planted(outlets: dict[str, Floats], plant: Plant, splits: int) -> None:
    """Print what each rule finds of the planted words, and what else it flags."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    false: defaultdict[str, list[float]] = defaultdict(list)
    for counts, rng in draw(outlets, plant.side, splits):
        sown = np.hstack([counts, sow(counts.sum(axis=1), plant, rng)])
        is_plant = (np.arange(sown.shape[1]) >= counts.shape[1])[sown.sum(axis=0) >= FEWEST]
        for rule, (flagged, _) in rules(sown, np.arange(2 * plant.side) < plant.side).items():
            found[rule].append((flagged & is_plant).sum() / PLANTED)
            false[rule].append((flagged & ~is_plant).sum() / max(flagged.sum(), 1))
    where = "all" if plant.share == 1 else "half"
    name = f"{plant.side} a side, {plant.base:g} per 1,000, {plant.times:g} times in {where}"
    for rule, shares in found.items():
        wrong = np.array(false[rule])
        print(f"| {name} | {rule} | {np.mean(shares):.2f} | {wrong.mean():.3f} | {np.mean(wrong > 0):.1%} |")
    sys.stdout.flush()


def sow(sizes: Floats, plant: Plant, rng: np.random.Generator, *, n: int = PLANTED) -> Floats:
    """Return the uses of `n` planted words in each report."""
    of_target = np.arange(len(sizes)) < round(plant.side * plant.share)
    rate = plant.base / 1000 * np.where(of_target, plant.times, 1.0)
    mixed = rng.gamma(SHAPE, 1 / SHAPE, (len(sizes), n))
    return rng.poisson(sizes[:, None] * rate[:, None] * mixed).astype(float)


def find_planned(outlets: dict[str, Floats], splits: int) -> float:
    """Return the share found of a list of 20 words, all planted at 4 times their rate, 10 reports a side."""
    found = []
    for counts, rng in draw(outlets, 10, splits):
        sizes = counts.sum(axis=1)
        sown = sow(sizes, Plant(10, 3, 4), rng, n=20)
        dealt = compare_deals(sown, sizes, np.arange(20) < 10, every=True)
        found.append(float((planned_q(dealt.p) < 0.05).mean()))
    return float(np.mean(found))


def print_strata(documents: pd.DataFrame, counts: pd.DataFrame, shuffles: int) -> None:
    """Print how often any word is an outlet's habit where labels are shuffled within events."""
    print("\n| events | shuffles with a flag, reports dealt within events |\n|---|---|")
    several = documents[documents.groupby("event_id")["doc_id"].transform("size") > 1]
    for n in (10, several["event_id"].nunique()):
        share = np.mean([flags_shuffled(several, counts, n, i) for i in range(shuffles)])
        print(f"| {n} | {share:.1%} of {shuffles} |", flush=True)


def flags_shuffled(documents: pd.DataFrame, counts: pd.DataFrame, n: int, turn: int) -> bool:
    """Return whether a word is flagged over `n` events, the labels of each shuffled."""
    rng = np.random.default_rng([turn, n])
    events = rng.choice(documents["event_id"].unique(), n, replace=False)
    own = documents[documents["event_id"].isin(events)]
    labels = own.groupby("event_id")["outlet"].transform(lambda names: rng.permutation(names.to_numpy()))
    target = (labels == sorted(labels.unique())[turn % labels.nunique()]).to_numpy()
    matrix = count_matrix(counts, own["doc_id"].tolist())[0].toarray()
    matrix = matrix[:, matrix.sum(axis=0) >= FEWEST]
    dealt = compare_deals(matrix, matrix.sum(axis=1), target, strata=own["event_id"].to_numpy())
    return bool((np.nan_to_num(dealt.q, nan=1.0) < 0.05).any())


def draw(outlets: dict[str, Floats], side: int, splits: int) -> list[tuple[Floats, np.random.Generator]]:
    """Return the counts of `2 * side` random reports of one outlet, the outlets in turn."""
    able = [name for name, counts in outlets.items() if len(counts) >= 2 * side]
    drawn = []
    for i in range(splits if able else 0):
        rng = np.random.default_rng([i, side])
        counts = outlets[able[i % len(able)]]
        counts = counts[rng.permutation(len(counts))[: 2 * side]]
        drawn.append((counts[:, counts.sum(axis=0) > 0], rng))
    return drawn


if __name__ == "__main__":
    main()
