"""The join on disk and on a cluster: the same pairs and stock as in memory, to the digest."""

import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from helpers.pairs import candidates, distinct, engines, runs

duckdb_only = pytest.mark.skipif(not engines.has_duckdb(), reason="the extra `large` is not installed")
spark_only = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="the extra `spark` or Java is not installed",
)


def words(first: int, count: int) -> str:
    return " ".join(f"w{k}" for k in range(first, first + count))


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    """Return reports with passages, footers, a phrase of many outlets, a story of a crowd, and copies."""
    random = np.random.default_rng(11)
    passages = [words(10_000 * k, 25) for k in range(1, 9)]
    texts = [
        f"{passages[k % 8]} {words(100_000 + 100 * k, 40)} {passages[draw]} é {words(7, 12)}"
        for k, draw in enumerate(random.integers(8, size=60).tolist())
    ]
    texts += [f"{words(500_000 + 100 * k, 30)} {words(900_000, 20)}" for k in range(12)]
    texts += [f"{words(800_000, 50)} {words(600_000 + 100 * k, 8)}" for k in range(56)]
    texts += ["la " * 300, "la " * 400, "", "too short", texts[0], texts[0]]
    outlets = (
        [f"o{k:03}" for k in range(60)] + ["same"] * 12 + [f"o{k:03}" for k in range(56)] + ["unknown"] * 6
    )
    names = [f"r{k:03}" for k in random.permutation(len(texts))]
    return pd.DataFrame({"doc_id": names, "text": texts, "outlet": outlets})


@pytest.fixture(scope="module")
def corpus(documents):
    return distinct.number_texts(documents)


@pytest.fixture(scope="module")
def fingerprints(corpus, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("engines") / "fingerprints.parquet"
    engines.write_fingerprints(corpus.texts, corpus.outlets, path, n=8)
    return path


@pytest.fixture(scope="module")
def in_memory(corpus) -> pd.DataFrame:
    found = runs.join_in_memory(corpus, 8)[0]
    return pd.DataFrame(found._asdict())


def digest(table: pd.DataFrame) -> str:
    """Return the digest of a table of whole numbers: its columns' names, its rows in order."""
    return hashlib.sha256(",".join(table.columns).encode() + table.to_numpy(np.int64).tobytes()).hexdigest()


def test_the_fingerprint_file_says_how_many_runs_a_text_has(corpus, fingerprints):
    table = pq.read_table(fingerprints).to_pandas()
    expected = runs.join_in_memory(corpus, 8)[2]
    assert (
        table[table["first_use"]].groupby("doc")["shingle"].nunique().to_numpy() == expected[expected > 0]
    ).all()
    assert len(table[table["doc"] == list(corpus.texts).index("la " * 300)]) == 293
    assert expected[list(corpus.texts).index("la " * 300)] == 1
    assert expected[list(corpus.texts).index("too short")] == 0


def test_the_sample_has_all_that_makes_a_difference(corpus, in_memory):
    crowd = runs.join_in_memory(corpus, 8)[1]
    assert (in_memory["n_shared"] > 0).any() and (in_memory["n_crowded"] > 0).any()
    assert (crowd.n_outlets > engines.CROWD).any() and (crowd.n_outlets == 1).any()


@duckdb_only
def test_duckdb_finds_the_pairs_that_numpy_finds(fingerprints, in_memory):
    assert digest(engines.duckdb_pairs(fingerprints)) == digest(in_memory)


@duckdb_only
def test_the_disk_gives_the_tables_that_memory_gives(documents):
    disk, memory = (candidates.find_pairs(documents, path=path) for path in ("disk", "runs"))
    pd.testing.assert_frame_equal(disk.pairs, memory.pairs)
    pd.testing.assert_frame_equal(disk.stock, memory.stock)
    assert disk.figures == memory.figures


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a standalone master with two workers on loopback; give its address once both are there."""
    home = Path(import_module("pyspark").__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here, log = ("--host", "127.0.0.1", "--webui-port", "0"), folder / "log"
    deploy, master = "org.apache.spark.deploy", f"spark://127.0.0.1:{port}"
    commands = [[f"{deploy}.master.Master", *here, "--port", str(port)]]
    worker = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder), master)
    commands += [[f"{deploy}.worker.Worker", *here, *worker]] * 2
    with log.open("wb") as lines, ExitStack() as started:
        for command in commands:
            process = subprocess.Popen(
                [str(home / "bin" / "spark-class"), *command],
                env=os.environ | {"SPARK_HOME": str(home)},
                stdout=lines,
                stderr=lines,
            )
            started.callback(process.wait)
            started.callback(process.terminate)
        until = time.monotonic() + 120
        while log.read_text(encoding="utf-8", errors="replace").count("Registering worker") < 2:
            assert time.monotonic() < until, log.read_text(encoding="utf-8", errors="replace")
            time.sleep(0.2)
        yield master


@pytest.fixture(scope="module", params=["local[2]", "master and two workers"])
def spark(request, tmp_path_factory):
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with ExitStack() as open_:
        local = request.param == "local[2]"
        folder = tmp_path_factory.mktemp("spark")
        master = request.param if local else open_.enter_context(cluster(folder))
        settings = {"spark_sql_shuffle_partitions": "2", "spark_driver_host": "127.0.0.1"}
        session = engines.spark_session(master, **settings, spark_executor_memory="512m")
        open_.callback(session.stop)
        yield session


@spark_only
def test_spark_finds_what_numpy_finds(spark, corpus, in_memory):
    rows = zip(range(len(corpus.texts)), corpus.outlets.tolist(), list(corpus.texts), strict=True)
    reports = spark.createDataFrame([*rows], "doc INT, outlet INT, text STRING")
    prints = engines.spark_fingerprints(reports, n=8).cache()
    assert digest(engines.spark_pairs(prints)) == digest(in_memory)


@spark_only
def test_spark_gives_the_tables_that_memory_gives(spark, documents):
    for found, expected in zip(
        candidates.shared_pairs(documents, session=spark), candidates.shared_pairs(documents), strict=True
    ):
        pd.testing.assert_frame_equal(found, expected)
