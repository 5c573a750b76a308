"""Time and memory of counting and comparing words, beside scikit-learn's CountVectorizer with numpy.

Run as `python benchmarks/wording_speed.py [documents] [seed]`; 100,000 documents are 20 million tokens. Both
runs count every word of the same generated texts by outlet and score it, each in a process of its own. The
first also deals whole reports to the two outlets, as page 01 does: those are the only tests that it prints.
CPU seconds include the imports and leave out reading the texts; memory is the peak of the process.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

WORDS_PER_DOCUMENT, TYPES, PLANTED = 200, 50_000, 200
RUNS = ("helpers, reports dealt", "helpers, counts alone", "CountVectorizer", "scattertext")


def generate(n_documents: int, *, seed: int = 1) -> list[str]:
    """Return texts of words in Zipf and Mandelbrot's proportions; every other text doubles 200 of them."""
    rng = np.random.default_rng(seed)
    weights = 1 / (np.arange(TYPES) + 2.7)
    doubled = weights.copy()
    doubled[rng.choice(np.arange(50, 5000), PLANTED, replace=False)] *= 2
    words = np.array([_word(rank) for rank in range(TYPES)], dtype=object)
    texts = []
    for number in range(n_documents):
        share = doubled if number % 2 else weights
        ends = np.cumsum(share) / share.sum()
        drawn = words[np.searchsorted(ends, rng.random(WORDS_PER_DOCUMENT))]
        texts.append(" ".join(drawn))
    return texts


def _word(rank: int) -> str:
    """Return a word of two or more letters for a rank; no two ranks share one."""
    letters = ""
    rest = rank + 26
    while rest:
        rest, letter = divmod(rest, 26)
        letters += chr(97 + letter)
    return letters


def deal_with_helpers(texts: list[str]) -> int:
    """Return how many words are flagged where whole reports are dealt, with the measures of the counts."""
    from helpers.words import keyness_of_texts

    documents = _as_documents(texts)
    return int(keyness_of_texts(documents, documents)["flagged"].sum())


def count_with_helpers(texts: list[str]) -> int:
    """Return how many words the exact p of words flags: counts, p and intervals, log-odds z, q-values."""
    from helpers.words import count_texts, keyness

    documents = _as_documents(texts)
    return int(keyness(count_texts(documents, documents))["flagged"].sum())


def _as_documents(texts: list[str]) -> Any:
    """Return the texts as reports of two outlets in turn, of one event."""
    import pandas as pd  # its import is time of those that need it

    names = [f"{number:06d}" for number in range(len(texts))]
    # The texts stay the objects they are, as they do for the other counters.
    documents = pd.DataFrame({"doc_id": names, "text": pd.Series(texts, dtype=object), "event_id": "one"})
    return documents.assign(outlet=np.where(np.arange(len(texts)) % 2, "b", "a"))


def count_with_sklearn(texts: list[str]) -> int:
    """Return how many words have a log-odds z beyond 1.96, flat prior 0.01."""
    from sklearn.feature_extraction.text import CountVectorizer

    matrix = CountVectorizer().fit_transform(texts)
    b = np.arange(len(texts)) % 2 == 1
    y = np.asarray(matrix[np.flatnonzero(~b)].sum(axis=0)).ravel() + 0.01
    x = np.asarray(matrix[np.flatnonzero(b)].sum(axis=0)).ravel() + 0.01
    gap = np.log(x / (x.sum() - x)) - np.log(y / (y.sum() - y))
    return int((np.abs(gap / np.sqrt(1 / x + 1 / y)) > 1.96).sum())


def count_with_scattertext(texts: list[str]) -> int:
    """Return how many words scattertext scores beyond 1.96 on the same texts."""
    import pandas as pd
    import scattertext  # type: ignore[import-not-found]

    frame = pd.DataFrame({"text": texts, "outlet": ["b" if n % 2 else "a" for n in range(len(texts))]})
    frame["parse"] = frame["text"].map(scattertext.whitespace_nlp_with_sentences)
    corpus = scattertext.CorpusFromParsedDocuments(frame, category_col="outlet", parsed_col="parse").build()
    frequencies = corpus.get_unigram_corpus().get_term_freq_df("")
    scores = scattertext.LogOddsRatioUninformativeDirichletPrior().get_scores(*frequencies.to_numpy().T)
    return int((np.abs(scores) > 1.96).sum())


COUNTERS = dict(
    zip(
        RUNS,
        (deal_with_helpers, count_with_helpers, count_with_sklearn, count_with_scattertext),
        strict=True,
    )
)


def run(name: str, path: Path) -> dict[str, float]:
    """Return CPU seconds, wall seconds, peak megabytes and flagged words of one counter, in this process."""
    idle = time.process_time()
    texts = path.read_text(encoding="utf-8").splitlines()
    began, reading = time.perf_counter(), time.process_time()
    flagged = COUNTERS[name](texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = time.process_time() - reading + idle
    return {"cpu": cpu, "wall": time.perf_counter() - began, "megabytes": peak, "flagged": flagged}


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.txt"
        path.write_text("\n".join(generate(size, seed=seed)), encoding="utf-8")
        results = {name: _measure(name, path) for name in RUNS}
    base = results["CountVectorizer"]
    assert base is not None
    print(f"{size:,} documents, {size * WORDS_PER_DOCUMENT:,} tokens\n")
    print("| counter | CPU s | wall s | peak MB | words flagged | CPU, CountVectorizer = 1 | MB, same |")
    print("|---|---|---|---|---|---|---|")
    for name, seen in results.items():
        if seen is None:
            print(f"| {name} | not installed | | | | | |")
            continue
        ratios = seen["cpu"] / base["cpu"], seen["megabytes"] / base["megabytes"]
        cells = (f"{seen[key]:,.1f}" for key in ("cpu", "wall", "megabytes"))
        print(
            f"| {name} | {' | '.join(cells)} | {seen['flagged']:,.0f} | {ratios[0]:.2f} | {ratios[1]:.2f} |"
        )


def _measure(name: str, path: Path) -> dict[str, float] | None:
    """Return the figures of one counter run in a process of its own, or None where it is not installed."""
    result = subprocess.run(
        [sys.executable, __file__, "--run", name, str(path)], capture_output=True, text=True
    )
    if "ModuleNotFoundError: No module named 'scattertext'" in result.stderr:
        return None
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    return dict(json.loads(result.stdout))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
