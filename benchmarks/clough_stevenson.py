"""How well shared wording tells cut, light, heavy and no reuse apart (Clough and Stevenson 2011).

Run as `python benchmarks/clough_stevenson.py [folder]`; labels.csv names source, answer, category. One task
is left out at a time: nothing is learnt from answers to the question that is judged.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binomtest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from helpers.derivation import Compared, compare_pairs, containment, densest_window
from helpers.pairs import roll, word_hashes
from helpers.place import ROOT
from helpers.text import tokenize

FOLDER = ROOT / ".." / "shared" / "bench" / "clough_stevenson"
GRAMS = (1, 2, 3, 4, 5)
OURS = ["c1", "c2", "c3", "c5", "lcs", "tile_share", "window"]


def main(folder: Path) -> None:
    """Print accuracy with exact 95 % intervals, two and four classes, and our confusion matrices."""
    labels = folder / "labels.csv"
    if not labels.is_file():
        sys.exit(f"no labels.csv in {folder.name}: nothing measured")
    named = pd.read_csv(labels)
    features = measure(folder, named)
    truths = {
        "two classes": named["category"].where(named["category"] == "non", "reused"),
        "four classes": named["category"],
    }
    print(
        f"{len(named)} answers to {named['source'].nunique()} questions, one question left out at a time.\n"
    )
    print("| method | two classes | 95 % interval | four classes | 95 % interval |\n|---|---|---|---|---|")
    matrices = []
    for name, (columns, model) in models().items():
        cells = []
        for truth in truths.values():
            judged = predicted(features[columns], truth, named["source"], model)
            right = int((judged == truth).sum())
            low, high = binomtest(right, len(named)).proportion_ci(method="exact")
            cells += [f"{right / len(named):.3f}", f"{low:.3f} to {high:.3f}"]
            if name == "this project":
                matrices.append(matrix(truth, judged))
        print(f"| {name} | {' | '.join(cells)} |")
    print("\n" + "\n".join(matrices))


def models() -> dict[str, tuple[list[str], object]]:
    """Return the methods compared: their features and their classifier."""
    ours = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000, class_weight="balanced"))
    stump = DecisionTreeClassifier(max_leaf_nodes=4, random_state=0)
    return {
        "majority (baseline)": (["none"], DecisionTreeClassifier(max_depth=1, random_state=0)),
        "3-gram containment, thresholds (baseline)": (["c3"], stump),
        "3-gram containment, Naive Bayes (baseline)": (["c3"], GaussianNB()),
        "1- to 5-gram containment and LCS, Naive Bayes (baseline)": (
            [*(f"c{n}" for n in GRAMS), "lcs"],
            GaussianNB(),
        ),
        "this project": (OURS, ours),
    }


def measure(folder: Path, named: pd.DataFrame) -> pd.DataFrame:
    """Return the measures of every answer against its source, as shares of the answer."""
    names = sorted({*named["source"], *named["answer"]})
    texts = [(folder / name).read_text("utf-8", errors="replace") for name in names]
    frame = pd.DataFrame({"doc_id": names, "sentence_id": 0, "start_char": 0, "text": texts})
    tokens = tokenize(frame)
    wanted = pd.DataFrame({"doc_id_a": named["answer"], "doc_id_b": named["source"]})
    pairs = compare_pairs(Compared(tokens), pairs=wanted)
    words = {str(name): word_hashes(rows["norm"]) for name, rows in tokens.groupby("doc_id")}
    ends = [(words[a], words[b]) for a, b in zip(named["answer"], named["source"], strict=True)]
    result = pd.DataFrame({"none": np.zeros(len(named)), "tile_share": pairs["tile_share_a"]})
    for n in GRAMS:
        result[f"c{n}"] = [containment(*(np.unique(roll(end, n=n)) for end in two))[0] for two in ends]
    lengths = np.array([(len(a), len(b)) for a, b in ends])
    result["lcs"] = pairs["lcs_share"] * lengths.mean(axis=1) / lengths[:, 0]
    result["window"] = [densest_window(*two)[0] for two in ends]
    return result.fillna(0.0)


def predicted(features: pd.DataFrame, truth: pd.Series, task: pd.Series, model: object) -> np.ndarray:
    """Return what each answer is called by a model that has not seen its task."""
    return np.asarray(cross_val_predict(model, features, truth, groups=task, cv=LeaveOneGroupOut()))


def matrix(truth: pd.Series, judged: np.ndarray) -> str:
    """Return the confusion matrix as a Markdown table: true classes in rows."""
    classes = sorted(set(truth), key=["cut", "light", "heavy", "reused", "non"].index)
    counts = confusion_matrix(truth, judged, labels=classes)
    lines = [f"| true \\ called | {' | '.join(classes)} |", "|---" * (len(classes) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(map(str, row))} |" for name, row in zip(classes, counts, strict=True)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
