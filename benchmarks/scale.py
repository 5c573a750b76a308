"""How many reports, how fast, in how much memory: our joins beside their peers on the same invented reports.

`python benchmarks/scale.py reuse 10000` measures the join of shared runs, `vocabulary 10000` that of TF-IDF,
`boilerplate 1000 10000` what stock texts do to both, `growth 1000 10000` the exponent
between sizes (of TF-IDF: `growth-vocabulary`),
`spill 100000` DuckDB under a memory limit, `cluster 1000` Spark on a master with two workers on loopback, and
`hostile` bad input. Each prints a Markdown table. Every method runs in a process of its own; CPU is that of
the process and its children, and `ratio` is CPU over ours, both without what a process takes that only
starts and loads the reports. A peer that is not installed is named and left out. Recall is of the known
derivations, precision of related pairs. Corpora are kept in the system's folder for temporary files. Where
pyspark stands in a folder of its own (pandera imports what it finds), SCALE_SPARK names it.
"""

import argparse
import hashlib
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.machinery import PathFinder
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import generate
import numpy as np
import pandas as pd

from helpers.pairs import (
    COSINE,
    SHINGLE,
    Shared,
    as_candidates,
    batches,
    duckdb_pairs,
    find_pairs,
    join_in_memory,
    number_texts,
    shared_pairs,
    spark_fingerprints,
    spark_pairs,
    spark_session,
    tfidf_pairs,
    without_endings,
    worthwhile,
    write_fingerprints,
)

WIRE, DF_CAP, MEMORY = 80, 50, "512MB"
# Up to so many reports the plain way of boilerplate fits into memory.
CAPPED = 20_000
TIME_OUT = int(os.environ.get("SCALE_TIMEOUT", "900"))
SPARK = os.environ.get("SCALE_SPARK", "")
CORPORA = Path(tempfile.gettempdir()) / "variorum-corpora"


class Run(NamedTuple):
    """What one method cost, and what it found; `note` says why there is nothing."""

    cpu: float
    wall: float
    peak: float
    pairs: pd.DataFrame
    note: str = ""


def ours(documents: pd.DataFrame) -> pd.DataFrame:
    """Join in memory, stock texts set aside."""
    return shared_pairs(documents)[0]


def ours_both(documents: pd.DataFrame) -> pd.DataFrame:
    """Both joins, as a page calls them."""
    return find_pairs(documents, path="memory").pairs


def ours_on_disk(documents: pd.DataFrame) -> pd.DataFrame:
    """Join on disk within a memory limit."""
    return shared_pairs(documents, memory=MEMORY)[0]


def shingle_rows(documents: pd.DataFrame) -> pd.DataFrame:
    """Return our fingerprints as a table of report and shingle, which the peers' joins begin with."""
    parts = [
        np.unique(np.column_stack([part.text.astype(np.uint64), part.shingle]), axis=0)
        if len(part.text) < 1_000
        else distinct(part.text, part.shingle)
        for part in batches(documents["text"], n=SHINGLE)
    ]
    rows = np.concatenate(parts)
    return pd.DataFrame({"doc": rows[:, 0].astype(np.int64), "h": rows[:, 1].view(np.int64)})


def distinct(text: np.ndarray, shingle: np.ndarray) -> np.ndarray:
    """Return the different rows of text and shingle."""
    order = np.lexsort((shingle, text))
    rows = np.column_stack([text.astype(np.uint64), shingle])[order]
    kept: np.ndarray = rows[np.append(True, (rows[1:] != rows[:-1]).any(axis=1))]
    return kept


def named(documents: pd.DataFrame, a: Any, b: Any) -> pd.DataFrame:
    """Return numbered pairs by name."""
    names = documents["doc_id"].to_numpy(object)
    return pd.DataFrame({"doc_id_a": names[np.asarray(a, int)], "doc_id_b": names[np.asarray(b, int)]})


def duckdb_join(documents: pd.DataFrame) -> pd.DataFrame:
    """Join our fingerprints with DuckDB, in memory."""
    import duckdb

    rows = shingle_rows(documents)
    found = duckdb.execute(
        f"""WITH few AS (
            SELECT doc, h FROM rows QUALIFY COUNT(*) OVER (PARTITION BY h) BETWEEN 2 AND {DF_CAP}
        )
        SELECT x.doc AS a, y.doc AS b FROM few x JOIN few y ON x.h = y.h AND x.doc < y.doc
        GROUP BY ALL HAVING COUNT(*) >= 3"""
    ).df()
    del rows
    return named(documents, found["a"], found["b"])


def polars_join(documents: pd.DataFrame) -> pd.DataFrame:
    """Join our fingerprints with Polars, in memory."""
    import polars as pl

    rows = shingle_rows(documents)
    table = pl.DataFrame({name: rows[name].to_numpy() for name in rows}).lazy()
    few = table.filter(pl.len().over("h").is_between(2, DF_CAP))
    pairs = few.join(few, on="h").filter(pl.col("doc") < pl.col("doc_right"))
    found = pairs.group_by("doc", "doc_right").len().filter(pl.col("len") >= 3).collect()
    return named(documents, found["doc"].to_numpy(), found["doc_right"].to_numpy())


def datasketch_lsh(documents: pd.DataFrame) -> pd.DataFrame:
    """Find pairs with datasketch's MinHash LSH, 128 permutations, threshold .3."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.3, num_perm=128)
    rows = shingle_rows(documents)
    prints, found = [], []
    for doc, shingles in rows.groupby("doc")["h"]:
        prints.append((doc, MinHash(num_perm=128, hashfunc=lambda value: value & 0xFFFFFFFF)))
        prints[-1][1].update_batch(shingles.tolist())
    for doc, sketch in prints:
        found += [(other, doc) for other in index.query(sketch)]
        index.insert(doc, sketch)
    a, b = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return named(documents, a, b)


def spark_local(documents: pd.DataFrame) -> pd.DataFrame:
    """Run our SQL on Spark, local[2]."""
    return on_spark(documents, "local[2]")


def on_spark(documents: pd.DataFrame, master: str) -> pd.DataFrame:
    """Run our SQL on Spark and return its pairs, filtered as ours are."""
    corpus = number_texts(documents)
    session = spark_session(master, spark_sql_shuffle_partitions="8", spark_driver_host="127.0.0.1")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "texts.parquet")
        numbers = np.arange(len(corpus.texts), dtype=np.int32)
        table = {"doc": numbers, "outlet": corpus.outlets.astype(np.int32), "text": list(corpus.texts)}
        pd.DataFrame(table).to_parquet(path)
        prints = spark_fingerprints(session.read.parquet(path).repartition(8), n=SHINGLE)
        found = spark_pairs(prints)
    stop(session)
    sizes = join_in_memory(corpus, SHINGLE)[2]
    kept = worthwhile(Shared(*(found[name].to_numpy() for name in found)), sizes)
    return as_candidates(corpus, without_endings(corpus, kept, SHINGLE)[0])


def stop(session: Any) -> None:
    """Stop Spark and wait for its Java process, so that its CPU is counted."""
    java = session.sparkContext._gateway.proc
    session.stop()
    java.stdin.close()
    java.wait()


def ours_vocabulary(documents: pd.DataFrame) -> pd.DataFrame:
    """Join TF-IDF vectors exactly."""
    return tfidf_pairs(documents)


def sklearn_topn(documents: pd.DataFrame) -> pd.DataFrame:
    """Vectorise with scikit-learn and multiply with sparse_dot_topn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(documents["text"])
    limit = {"top_n": 1000, "threshold": COSINE, "sort": False}
    found = sp_matmul_topn(vectors, vectors.T.tocsr(), **limit).tocoo()
    above = found.row < found.col
    return named(documents, found.row[above], found.col[above])


def sklearn_blocks(documents: pd.DataFrame) -> pd.DataFrame:
    """Vectorise with scikit-learn and multiply block by block with SciPy."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(documents["text"]).tocsr()
    turned, parts = vectors.T.tocsr(), []
    for row in range(0, vectors.shape[0], 500):
        block = (vectors[row : row + 500] @ turned).tocoo()
        keep = (block.data >= COSINE) & (block.col > block.row + row)
        parts.append(np.column_stack([block.row[keep] + row, block.col[keep]]))
    a, b = np.concatenate(parts).T
    return named(documents, a, b)


def start_and_load(documents: pd.DataFrame) -> pd.DataFrame:
    """Do nothing: what the imports and loading the reports cost."""
    return named(documents, [], [])


def xxhash_pass(folder: Path) -> tuple[float, float]:
    """Hash the bytes of the reports once with xxhash: the least that reading them costs. CPU s, and MB."""
    from xxhash import xxh3_64_intdigest

    texts = [text.encode() for text in pd.read_parquet(folder / "documents.parquet")["text"]]
    start = time.process_time()
    for text in texts:
        xxh3_64_intdigest(text)
    return time.process_time() - start, sum(map(len, texts)) / 1e6


METHODS: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], str]] = {
    "runs, in memory": (ours, "numpy"),
    "runs, on disk": (ours_on_disk, "duckdb"),
    "both joins": (ours_both, "numpy"),
    "DuckDB join": (duckdb_join, "duckdb"),
    "Polars join": (polars_join, "polars"),
    "datasketch LSH": (datasketch_lsh, "datasketch"),
    "Spark local[2]": (spark_local, "pyspark"),
    "vocabulary": (ours_vocabulary, "numpy"),
    "scikit-learn + sparse_dot_topn": (sklearn_topn, "sparse_dot_topn"),
    "scikit-learn + SciPy blocks": (sklearn_blocks, "sklearn"),
    "start and load only": (start_and_load, "numpy"),
}
REUSE = (
    "runs, in memory",
    "DuckDB join",
    "Polars join",
    "datasketch LSH",
    "Spark local[2]",
)
VOCABULARY = ("vocabulary", "scikit-learn + sparse_dot_topn", "scikit-learn + SciPy blocks")


def measure(method: str, folder: Path) -> Run:
    """Run one method in a process of its own and return what it cost."""
    nothing = pd.DataFrame({"doc_id_a": [], "doc_id_b": []})
    needed = METHODS[method][1]
    added, inherited = [SPARK] if needed == "pyspark" else [], [os.environ.get("PYTHONPATH", "")]
    if PathFinder.find_spec(needed, [*filter(None, added), *sys.path]) is None:
        return Run(0, 0, 0, nothing, f"{needed} is not installed")
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "pairs.parquet"
        start = time.monotonic()
        command = [sys.executable, "-W", "ignore", __file__, "run", method, str(folder), str(out)]
        settings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [*added, *inherited]))}
        process = subprocess.Popen(
            ["timeout", str(TIME_OUT), *command], stderr=subprocess.DEVNULL, env=settings
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall, cpu = time.monotonic() - start, used.ru_utime + used.ru_stime
        if process.returncode:
            why = f"stopped after {TIME_OUT} s" if process.returncode == 124 else "failed"
            return Run(cpu, wall, 0, nothing, why)
        pairs = pd.read_parquet(out)
    return Run(cpu, wall, pairs.attrs["peak"], pairs)


def peak() -> float:
    """Return the most memory this process has held, in MB; rusage would count its parent's too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


def corpus(count: int, *, wire: int = 0, seed: int = 7) -> Path:
    """Return the folder of a corpus, written where it is not there yet."""
    made = hashlib.sha256(Path(generate.__file__).read_bytes()).hexdigest()[:8]
    folder = CORPORA / f"{made}-{count}-{wire}-{seed}"
    if not folder.exists():
        unfinished = folder.with_suffix(".new")
        generate.write(unfinished, count, seed=seed, wire=wire)
        unfinished.rename(folder)
    return folder


def quality(pairs: pd.DataFrame, truth: pd.DataFrame) -> tuple[float, float]:
    """Return the recall of known pairs and the precision by related ones; NaN where there are none."""
    found = set(zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True))
    known = truth[truth["known"]]
    expected = set(zip(known["doc_id_a"], known["doc_id_b"], strict=True))
    related = set(zip(truth["doc_id_a"], truth["doc_id_b"], strict=True))
    recall = len(expected & found) / len(expected) if expected else math.nan
    return recall, len(related & found) / len(found) if found else math.nan


def compare(count: int, methods: tuple[str, ...], seed: int) -> Iterator[str]:
    """Yield a table of methods on one corpus."""
    yield "| method | reports | CPU s | ratio | wall s | peak MB | pairs | recall | precision |"
    yield "|---|---|---|---|---|---|---|---|---|"
    folder = corpus(count, seed=seed)
    truth = pd.read_parquet(folder / "truth.parquet")
    first, idle = 0.0, measure("start and load only", folder)
    yield f"| start and load only | {count:,} | {idle.cpu:.1f} | | {idle.wall:.1f} | {idle.peak:,.0f} | | | |"
    for method in methods:
        run = measure(method, folder)
        cpu = max(run.cpu - idle.cpu, 0.01)
        first = first or cpu
        if run.note:
            yield f"| {method} | {count:,} | {run.note} | | | | | | |"
            continue
        recall, precision = quality(run.pairs, truth)
        yield (
            f"| {method} | {count:,} | {cpu:.1f} | {cpu / first:.2f} | {run.wall:.1f} "
            f"| {run.peak:,.0f} | {len(run.pairs):,} | {recall:.4f} | {precision:.4f} |"
        )


def limit(count: int, seed: int) -> Iterator[str]:
    """Yield what one pass of xxhash over the bytes costs, the reports in memory."""
    cpu, size = xxhash_pass(corpus(count, seed=seed))
    yield f"| xxhash over {size:,.0f} MB, already loaded | {count:,} | {cpu:.3f} | | | | | | |"


def boilerplate(counts: list[int], seed: int) -> Iterator[str]:
    """Yield what footers, stock phrases and a wire story do, with outlets known and unknown."""
    yield "| reports | outlets | join | pairs | recall | precision | carriers linked |"
    yield "|---|---|---|---|---|---|---|"
    for count in counts:
        folder = corpus(count, wire=WIRE, seed=seed)
        documents, truth = (pd.read_parquet(folder / f"{name}.parquet") for name in ("documents", "truth"))
        carriers = documents.loc[documents["kind"] == "wire", "doc_id"]
        other = truth[~truth["doc_id_a"].isin(carriers)]
        for outlets in ("known", "unknown"):
            given = documents if outlets == "known" else documents.assign(outlet="unknown")
            joins = {"runs": ours} | ({"cap of 50 reports": capped} if count <= CAPPED else {})
            for label, join in joins.items():
                pairs = join(given)
                linked = pairs[pairs["doc_id_a"].isin(carriers) & pairs["doc_id_b"].isin(carriers)]
                reached = len({*linked["doc_id_a"], *linked["doc_id_b"]})
                recall, _ = quality(pairs, other)
                precision = quality(pairs, truth)[1]
                yield (
                    f"| {count:,} | {outlets} | {label} | {len(pairs):,} | {recall:.4f} | {precision:.4f} "
                    f"| {reached} of {len(carriers)} |"
                )


def capped(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with three shared shingles that stand in at most 50 reports: the plain way."""
    rows = shingle_rows(documents)
    n = rows.groupby("h")["doc"].transform("size")
    few = rows[(n > 1) & (n <= DF_CAP)]
    joined = few.merge(few, on="h")
    counts = joined[joined["doc_x"] < joined["doc_y"]].groupby(["doc_x", "doc_y"]).size()
    found = counts[counts >= 3].reset_index()
    return named(documents, found["doc_x"], found["doc_y"])


def growth(counts: list[int], methods: tuple[str, ...], seed: int) -> Iterator[str]:
    """Yield CPU and peak memory by size, and the exponent from each size to the next, start-up taken off."""
    yield "| join | reports | CPU s | wall s | peak MB | of it start and load | exponent |"
    yield "|---|---|---|---|---|---|---|"
    for method in methods:
        before: tuple[int, float] | None = None
        for count in counts:
            folder = corpus(count, seed=seed)
            run, idle = measure(method, folder), measure("start and load only", folder)
            cpu = max(run.cpu - idle.cpu, 1e-3)
            power = math.log(cpu / before[1]) / math.log(count / before[0]) if before else math.nan
            before = count, cpu
            shown = "" if math.isnan(power) else f"{power:.2f}"
            yield (
                f"| {method} | {count:,} | {run.note or f'{cpu:.1f}'} | {run.wall:.1f} | {run.peak:,.0f} "
                f"| {idle.peak:,.0f} | {shown} |"
            )


def spill(count: int, seed: int) -> Iterator[str]:
    """Yield what DuckDB needs for the join within a memory limit, beside the join in memory."""
    yield "| join | reports | CPU s | wall s | spilled MB | peak of the process MB | same pairs |"
    yield "|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = pd.read_parquet(corpus(count, seed=seed) / "documents.parquet")
        numbered = number_texts(documents)
        prints = folder / "fingerprints.parquet"
        write_fingerprints(numbered.texts, numbered.outlets, prints, n=SHINGLE)
        expected = pd.DataFrame(join_in_memory(numbered, SHINGLE)[0]._asdict())
        start = time.monotonic()
        process = subprocess.Popen([sys.executable, __file__, "join", str(prints), str(folder / "j.parquet")])
        spilled = 0
        while process.poll() is None:
            files = [path for path in folder.glob("spill/**/*") if path.is_file()]
            spilled = max(spilled, sum(path.stat().st_size for path in files if path.exists()))
            time.sleep(0.05)
        found = pd.read_parquet(folder / "j.parquet")
        cpu, most = found.attrs["cpu"], found.attrs["peak"]
        same = np.array_equal(found.to_numpy(), expected.to_numpy())
        wall = time.monotonic() - start
        yield (
            f"| DuckDB, limit {MEMORY} | {count:,} | {cpu:.1f} | {wall:.1f} | {spilled / 1e6:,.0f} "
            f"| {most:,.0f} | {'yes' if same else 'NO'} |"
        )


def join(prints: Path, out: Path) -> None:
    """Join a fingerprint file within the memory limit and store the pairs, with what the process used."""
    import resource

    os.environ["TMPDIR"] = str(out.parent / "spill")
    (out.parent / "spill").mkdir()
    tempfile.tempdir = None
    found = duckdb_pairs(prints, memory=MEMORY)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found.attrs = {"cpu": used.ru_utime + used.ru_stime, "peak": peak()}
    found.to_parquet(out)


def cluster(count: int, seed: int) -> Iterator[str]:
    """Yield the pairs from a standalone master with two workers on loopback, beside ours."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    settings = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> None:
        command = [str(home / "bin" / "spark-class"), *arguments]
        started.append(
            subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )

    yield "| engine | reports | wall s | pairs | same as in memory |"
    yield "|---|---|---|---|---|"
    documents, _ = generate.make(count, seed=seed)
    expected = ours(documents)
    try:
        start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port))
        time.sleep(10)
        for _ in range(2):
            worker = ("org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", "1g")
            start(*worker, "--host", "127.0.0.1", "--work-dir", tempfile.mkdtemp(), master)
        time.sleep(10)
        begun = time.monotonic()
        found = on_spark(documents, master)
        same = found.equals(expected)
        yield (
            f"| Spark, master and two workers | {count:,} | {time.monotonic() - begun:.0f} | {len(found):,} "
            f"| {'yes' if same else 'NO'} |"
        )
    finally:
        for process in started:
            process.terminate()


def hostile() -> Iterator[str]:
    """Yield what bad input costs."""
    story, footer = ("peace talks went on in the capital " * 60), ("all rights of this outlet reserved " * 6)
    cases = {
        "100,000 identical reports": [story] * 100_000,
        "100,000 empty reports": [""] * 100_000,
        "one report of 50 MB": [
            " ".join(f"w{k}" for k in range(6_500_000)),
            "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11",
        ],
        "50 MB without a blank": ["x" * 50_000_000, "y"],
        "20,000 reports, the same footer": [f"w{k} w{k + 1} w{k + 2} {footer}" for k in range(20_000)],
    }
    yield "| input | CPU s | pairs | what is said |"
    yield "|---|---|---|---|"
    for name, texts in cases.items():
        names = [f"r{k:06}" for k in range(len(texts))]
        documents = pd.DataFrame({"doc_id": names, "text": texts, "outlet": "unknown"})
        start = time.process_time()
        found = find_pairs(documents, path="memory")
        told = ", ".join(
            f"{key} {value:,}" for key, value in found.figures.items() if key[2:] not in ("chars",)
        )
        yield f"| {name} | {time.process_time() - start:.1f} | {len(found.pairs):,} | {told} |"


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command")
    parser.add_argument("rest", nargs="*")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    rest, seed = options.rest, options.seed
    if options.command == "run":
        folder = Path(rest[1])
        found = METHODS[rest[0]][0](pd.read_parquet(folder / "documents.parquet"))
        pairs = found[["doc_id_a", "doc_id_b"]].astype(str)
        pairs.attrs = {"peak": peak()}
        pairs.to_parquet(rest[2])
        return
    if options.command == "join":
        join(Path(rest[0]), Path(rest[1]))
        return
    counts = [int(number) for number in rest]
    commands: dict[str, Callable[[], Iterator[str]]] = {
        "reuse": lambda: chain(compare(counts[0], REUSE, seed), limit(counts[0], seed)),
        "vocabulary": lambda: compare(counts[0], VOCABULARY, seed),
        "both": lambda: compare(counts[0], ("both joins",), seed),
        "boilerplate": lambda: boilerplate(counts, seed),
        "growth": lambda: growth(counts, REUSE[:1], seed),
        "growth-vocabulary": lambda: growth(counts, VOCABULARY[:1], seed),
        "spill": lambda: spill(counts[0], seed),
        "cluster": lambda: cluster(counts[0], seed),
        "hostile": hostile,
    }
    for line in commands[options.command]():
        print(line, flush=True)


if __name__ == "__main__":
    main()
