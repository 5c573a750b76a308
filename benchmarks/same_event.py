"""Do both same-event pairs of four reports on one topic rank first? On ECB+ (Cybulska and Vossen 2014).

Run as `python benchmarks/same_event.py [folder]`; its .jsonl files hold id, topic, sub, sents.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binomtest, mannwhitneyu
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers.pairs import compare_topics, propose_events
from helpers.place import ROOT
from helpers.table import UNKNOWN, conform
from helpers.text import DocumentsTable, split_sentences, tokenize

FOLDER = ROOT / ".." / "shared" / "bench" / "ecb_plus"
DRAWS, SEED = 1000, 1


def main(folder: Path) -> None:
    """Print how often both same-event pairs rank first, by measure, with exact 95 % intervals."""
    documents = load(folder)
    words = tokenize(split_sentences(documents))
    tokens = {str(name): rows for name, rows in words.groupby("doc_id")}
    scored, one = (scored_draws(drawn, tokens) for drawn in (draws(documents), draws_of_one(documents)))
    print(f"{documents['doc_id'].nunique()} reports, {documents['topic'].nunique()} topics; {DRAWS} draws of")
    print("two reports of each of two events of one topic; inverse document frequency from the four alone.\n")
    print("| measure | both pairs first | 95 % interval | AUC of all pairs |\n|---|---|---|---|")
    for measure in ("default", "cosine", "closeness"):
        right = [fully_right(rows, measure) for _, rows in scored.groupby("draw")]
        low, high = binomtest(sum(right), len(right)).proportion_ci(method="exact")
        area = auc(scored, measure)
        print(f"| {NAMES[measure]} | {np.mean(right):.3f} | {low:.3f} to {high:.3f} | {area:.3f} |")
    print("\n| what the four are | events proposed rightly | 95 % interval |\n|---|---|---|")
    for name, pairs in (("two events of one topic", scored), ("one event", one)):
        right = [rightly_proposed(rows) for _, rows in pairs.groupby("draw")]
        low, high = binomtest(sum(right), len(right)).proportion_ci(method="exact")
        print(f"| {name} | {np.mean(right):.3f} | {low:.3f} to {high:.3f} |")


NAMES = {
    "default": "default TF-IDF, words 1-2 (baseline)",
    "cosine": "content words 1-2, damped",
    "closeness": "the same, scaled to each report's mean",
}


def load(folder: Path) -> pd.DataFrame:
    """Return the documents of the folder, with topic; its event is the topic's sub."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        sys.exit(f"no .jsonl file in {folder.name}: nothing measured")
    lines = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line]
    frame = pd.DataFrame(
        {
            "doc_id": [line["id"] for line in lines],
            "text": ["\n".join(line["sents"]) for line in lines],
            "event_id": [f"{line['topic']}-{line['sub']}" for line in lines],
            "language": "en",
        }
    ).drop_duplicates("doc_id")
    frame = frame.assign(
        **dict.fromkeys(("outlet", "published", "headline", "url", "outlet_evidence"), UNKNOWN)
    )
    documents = conform(frame.sort_values("doc_id"), DocumentsTable)
    return documents.assign(topic=documents["event_id"].str.rsplit("-", n=1).str[0])


def scored_draws(drawn: Iterator[pd.DataFrame], tokens: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the similarities of all draws, numbered."""
    return pd.concat(
        score(four, pd.concat([tokens[name] for name in four["doc_id"]])).assign(draw=number)
        for number, four in enumerate(drawn)
    )


def draws(documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield four reports at a time: a topic of two events, two reports of each."""
    events = documents.groupby("event_id")["doc_id"].agg(list)
    events = events[events.map(len) > 1]
    topics = events.groupby(events.index.str.rsplit("-", n=1).str[0]).agg(list)
    topics = topics[topics.map(len) > 1]
    chance = random.Random(SEED)
    for _ in range(DRAWS):
        two = chance.sample(topics.iloc[chance.randrange(len(topics))], 2)
        names = [name for event in two for name in chance.sample(event, 2)]
        yield documents[documents["doc_id"].isin(names)]


def draws_of_one(documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield four reports of one event at a time."""
    events = documents.groupby("event_id")["doc_id"].agg(list)
    events = events[events.map(len) > 3]
    chance = random.Random(SEED)
    for _ in range(DRAWS // 4):
        names = chance.sample(events.iloc[chance.randrange(len(events))], 4)
        yield documents[documents["doc_id"].isin(names)]


def rightly_proposed(pairs: pd.DataFrame) -> bool:
    """Return whether the proposal puts two reports together where, and only where, they share an event."""
    proposed = propose_events(pairs).set_index("doc_id")["proposed_event"]
    together = proposed[pairs["doc_id_a"]].to_numpy() == proposed[pairs["doc_id_b"]].to_numpy()
    return bool((together == (pairs["events"] == "same").to_numpy()).all())


def score(documents: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return the similarities of the four, with the default cosine beside."""
    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(documents["text"])
    cosine = pd.DataFrame((vectors @ vectors.T).toarray(), documents["doc_id"], documents["doc_id"])
    pairs = compare_topics(tokens, documents)
    ends = zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True)
    return pairs.assign(default=[cosine.loc[a, b] for a, b in ends])


def fully_right(pairs: pd.DataFrame, measure: str) -> bool:
    """Return whether both same-event pairs are above all four others."""
    same = pairs["events"] == "same"
    return bool(pairs.loc[same, measure].min() > pairs.loc[~same, measure].max())


def auc(pairs: pd.DataFrame, measure: str) -> float:
    """Return the probability that a same-event pair is above a pair of two events."""
    same = pairs["events"] == "same"
    result = mannwhitneyu(pairs.loc[same, measure], pairs.loc[~same, measure])
    return float(result.statistic) / (same.sum() * (~same).sum())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
