"""How well events are proposed where they are known: `python benchmarks/events.py [folder] [--fit]`.

The folder holds `ecb_plus` (ECB+: Cybulska and Vossen 2014) and `basil_2010_2014` (BASIL: Fan et al. 2019),
or other parts of them in the same form. The weights of the proposal were fitted, and its line chosen, on the
topics of odd place by name; `--fit` prints both again. Nothing of the data is kept here.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from same_event import load
from sklearn.linear_model import LogisticRegression

from helpers.pairs import chance_parts, compare_topics, propose_events
from helpers.place import ROOT
from helpers.table import UNKNOWN, conform
from helpers.text import DocumentsTable, split_sentences, tokenize

SIZES, DRAWS, SEEDS = (1, 2, 3, 5, 8, 13, 22), 60, (1, 2, 3)
REPORTS = (2, 3, 4, 6)
LINES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main(arguments: list[str]) -> int:
    """Print pair precision and recall of each set, whole and by half; return 1 if there is none."""
    folders = [Path(name) for name in arguments if name != "--fit"]
    sets = read_sets(folders[0] if folders else ROOT.parent / "shared" / "bench")
    if not sets:
        print("Neither ecb_plus nor basil_2010_2014 is in the folder: nothing measured.")
        return 1
    if "--fit" in arguments:
        fit(sets)
        return 0
    print("| set | dates | topics | reports | events | proposed | pair precision | pair recall |")
    print("|" + "---|" * 8)
    for name, documents in sets.items():
        first = first_half(documents)
        parts = {"all": documents, "fitted half": documents[first], "held out": documents[~first]}
        for known in ("none", "given") if (documents["published"] != UNKNOWN).any() else ("none",):
            for part, own in parts.items():
                dated = own if known == "given" else own.assign(published=UNKNOWN)
                print(f"| {name} | {known} | {part} | {scores(dated)} |")
    print("\nFolders of few reports, drawn from the half held out, without dates:\n")
    print("| what the reports are | reports | folders | events all right | pair precision | pair recall |")
    print("|" + "---|" * 6)
    print_few(sets)
    return 0


def print_few(sets: dict[str, pd.DataFrame], seed: int = 7) -> None:
    """Print how often every event of a folder of at most twelve reports is proposed rightly, by kind."""
    rows = []
    for documents in sets.values():
        own = documents[~first_half(documents)].assign(published=UNKNOWN)
        tokens = {str(name): words for name, words in tokenize(split_sentences(own)).groupby("doc_id")}
        for kind, drawn in few(own, seed):
            near = compare_topics(pd.concat([tokens[name] for name in drawn["doc_id"]]), drawn)
            rows.append((kind, "3 to 6" if len(drawn) <= 6 else "7 to 12", *agreement(drawn, near)))
    table = pd.DataFrame(rows, columns=["kind", "reports", "precision", "recall"])
    for (what, reports), own in table.groupby(["kind", "reports"]):
        right = ((own["precision"] == 1) & (own["recall"] == 1)).mean()
        means = f"{own['precision'].mean():.3f} | {own['recall'].mean():.3f}"
        print(f"| {what} | {reports} | {len(own)} | {right:.2f} | {means} |")


def few(documents: pd.DataFrame, seed: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield folders of three to twelve reports of one event, or of two or three, and what they are."""
    chance = random.Random(seed)
    events = documents.groupby("event_id")["doc_id"].agg(list)
    topics: dict[str, list[str]] = {}
    for event in events.index:
        topics.setdefault(event.split("-")[0], []).append(event)
    twins = [own for own in topics.values() if len(own) > 1]
    for kind in ("one event", "two events of one topic", "two events", "three events"):
        for _ in range(DRAWS):
            if kind == "one event":
                chosen = [str(chance.choice(events.index[events.map(len) > 2]))]
            elif kind == "two events of one topic":
                chosen = chance.sample(chance.choice(twins), 2) if twins else []
            else:
                names = chance.sample(sorted(topics), 2 if kind == "two events" else 3)
                chosen = [chance.choice(topics[name]) for name in names]
            sizes = {1: (3, 4, 5, 6, 8, 10), 2: (1, 2, 3, 4, 5)}.get(len(chosen), (1, 2, 3, 4))
            drawn = [
                name
                for event in chosen
                for name in chance.sample(events[event], min(chance.choice(sizes), len(events[event])))
            ]
            if len(drawn) >= 3:
                yield kind, documents[documents["doc_id"].isin(drawn)]


def read_sets(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the documents of each set that is in the folder."""
    sets: dict[str, pd.DataFrame] = {}
    for path in sorted(folder.glob("basil*/reports.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = pd.DataFrame([json.loads(line) for line in lines if line])
        columns = list(DocumentsTable.to_schema().columns)
        sets[path.parent.name] = conform(rows.reindex(columns=columns, fill_value=UNKNOWN), DocumentsTable)
    for place in sorted(folder.glob("ecb_plus*")):
        sets[place.name] = load(place).drop(columns="topic")
    return sets


def first_half(documents: pd.DataFrame) -> "pd.Series[bool]":
    """Return whether each report is of a topic of odd place by name."""
    topics = documents["event_id"].str.split("-").str[0]
    return topics.isin(sorted(topics.unique())[::2])


def scores(documents: pd.DataFrame) -> str:
    """Return reports, events, events proposed, and precision and recall of the pairs put together."""
    near = compare_topics(tokenize(split_sentences(documents)), documents)
    proposed = propose_events(near)["proposed_event"].nunique()
    counts = f"{len(documents)} | {documents['event_id'].nunique()} | {proposed}"
    precision, recall = agreement(documents, near)
    return f"{counts} | {precision:.3f} | {recall:.3f}"


def agreement(documents: pd.DataFrame, near: pd.DataFrame, line: float | None = None) -> tuple[float, float]:
    """Return precision and recall of the pairs put together."""
    found = propose_events(near, line=line).set_index("doc_id")["proposed_event"]
    true, told = documents["event_id"].to_numpy(), found[documents["doc_id"]].to_numpy()
    upper = np.triu_indices(len(true), 1)
    same, put = (np.equal.outer(names, names)[upper] for names in (true, told))
    right = (same & put).sum()
    return right / max(put.sum(), 1), right / max(same.sum(), 1)


def fit(sets: dict[str, pd.DataFrame]) -> None:
    """Print the weights of a logistic regression on the fitted half, and its precision and recall by line."""
    parts: list[tuple[np.ndarray, np.ndarray, int]] = []
    for name, documents in sets.items():
        own = documents[first_half(documents)].sort_values("doc_id").assign(published=UNKNOWN)
        tokens = {str(name): rows for name, rows in tokenize(split_sentences(own)).groupby("doc_id")}
        parts += [pairs_of(drawn, tokens) for seed in SEEDS for drawn in [*draws(own, seed), own]]
        near = compare_topics(pd.concat(tokens.values()), own)
        print(name, {line: tuple(np.round(agreement(own, near, line), 3).tolist()) for line in LINES})
    truth = np.concatenate([same for _, same, _ in parts])
    # A corpus counts by its reports, not by its pairs.
    weight = np.concatenate([np.full(len(same), 1 / size) for _, same, size in parts])
    for name, n in (("WITH_NAMES", 4), ("WITHOUT_NAMES", 3)):
        values = np.concatenate([found[:, :n] for found, _, _ in parts])
        model = LogisticRegression(C=10, max_iter=1000).fit(values, truth, weight / weight.mean())
        print(name, np.round([*model.intercept_, *model.coef_[0]], 2).tolist())


def pairs_of(documents: pd.DataFrame, tokens: dict[str, pd.DataFrame]) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the parts of the chance of all pairs, whether each is of one event, and how many reports."""
    words = pd.concat([tokens[name] for name in documents["doc_id"]])
    events = documents["event_id"].to_numpy()
    upper = np.triu_indices(len(events), 1)
    found = chance_parts(words[~words["is_stop"].astype(bool)], documents["doc_id"].tolist(), *upper)
    return np.column_stack(found), np.equal.outer(events, events)[upper], len(events)


def draws(documents: pd.DataFrame, seed: int) -> Iterator[pd.DataFrame]:
    """Yield corpora of one to 22 events, every other one of both events of its topics where there are two."""
    chance = random.Random(seed)
    events = documents.groupby("event_id")["doc_id"].agg(list)
    events = events[events.map(len) > 1]
    topics = {
        name: [event for event in events.index if event.split("-")[0] == name]
        for name in sorted({event.split("-")[0] for event in events.index})
    }
    twins = [own for own in topics.values() if len(own) > 1]
    for size in SIZES:
        for number in range(DRAWS if size < max(SIZES[-2:]) else DRAWS // 3):
            if size > 1 and number % 2 and size // 2 <= len(twins):
                chosen = [event for own in chance.sample(twins, size // 2) for event in own]
            elif size <= len(events):
                chosen = chance.sample(list(events.index), size)
            else:
                continue
            names = []
            for event in chosen:
                wanted = chance.choice(REPORTS) if len(chosen) > 1 else chance.choice(REPORTS[2:])
                names += chance.sample(events[event], min(wanted, len(events[event])))
            if len(names) >= 4:
                yield documents[documents["doc_id"].isin(names)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
