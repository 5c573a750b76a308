"""Fingerprints on disk and the plain SQL that joins them, the same on DuckDB and on Spark."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module, util
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.pairs.fingerprints import Batch, batches

__all__ = [
    "CROWD",
    "CROWD_SQL",
    "DOC_BITS",
    "FEW",
    "HOUSE",
    "MIN_COMMON",
    "MIN_SHARED",
    "PAIRS_SQL",
    "SIZES_SQL",
    "duckdb_pairs",
    "fingerprint_tables",
    "has_duckdb",
    "spark_fingerprints",
    "spark_pairs",
    "spark_session",
    "write_fingerprints",
]
# A packed key is the upper bits of a shingle's hash and the number of its report.
DOC_BITS = 24
# A pair needs so many distinct shingles in common: single hashes may collide, three do not. Shingles that
# stand in more than FEW outlets may be a stock phrase; it takes as many as a run of 23 words has.
MIN_SHARED, MIN_COMMON, FEW = 3, 16, 10
# A shingle is crowded in more outlets than this, or in more reports an outlet: then it is stock text
# or a story that everybody carries, and its reports are linked to the first of them, not each to each.
CROWD, HOUSE = 50, 3
COLUMNS = pa.schema(
    [
        ("doc", pa.int32()),
        ("outlet", pa.int32()),
        ("position", pa.int32()),
        ("shingle", pa.int64()),
        ("first_use", pa.bool_()),
    ]
)
# doc numbers go up by outlet, so that a new outlet is a row whose neighbour before has another.
_COUNTED_SQL = """
marked AS (
    SELECT doc, shingle,
           CASE WHEN LAG(outlet) OVER (PARTITION BY shingle ORDER BY doc) = outlet THEN 0 ELSE 1 END AS opens
    FROM fingerprints WHERE first_use
),
counted AS (
    SELECT doc, shingle,
           COUNT(*) OVER (PARTITION BY shingle) AS n_docs,
           SUM(opens) OVER (PARTITION BY shingle) AS n_outlets,
           MIN(doc) OVER (PARTITION BY shingle) AS leader
    FROM marked
)"""
_CROWDED = f"(n_outlets > {CROWD} OR n_docs > {HOUSE} * n_outlets)"
PAIRS_SQL = f"""
WITH {_COUNTED_SQL.strip()},
joinable AS (
    SELECT doc, shingle, CASE WHEN n_outlets <= {FEW} THEN 1 ELSE 0 END AS few FROM counted
    WHERE n_docs > 1 AND NOT {_CROWDED}
),
pairs AS (
    SELECT x.doc AS a, y.doc AS b, COUNT(*) AS n_shared, 0 AS n_crowded
    FROM joinable x JOIN joinable y ON x.shingle = y.shingle AND x.doc < y.doc
    GROUP BY x.doc, y.doc HAVING SUM(x.few) >= {MIN_SHARED} OR COUNT(*) >= {MIN_COMMON}
    UNION ALL
    SELECT leader AS a, doc AS b, 0 AS n_shared, COUNT(*) AS n_crowded FROM counted
    WHERE doc <> leader AND {_CROWDED}
    GROUP BY leader, doc HAVING COUNT(*) >= {MIN_SHARED}
)
SELECT CAST(a AS BIGINT) AS a, CAST(b AS BIGINT) AS b,
       CAST(SUM(n_shared) AS BIGINT) AS n_shared, CAST(SUM(n_crowded) AS BIGINT) AS n_crowded
FROM pairs GROUP BY a, b ORDER BY a, b
"""
CROWD_SQL = f"""
WITH {_COUNTED_SQL.strip()}
SELECT shingle, CAST(MIN(leader) AS BIGINT) AS leader, CAST(MIN(n_docs) AS BIGINT) AS n_docs,
       CAST(MIN(n_outlets) AS BIGINT) AS n_outlets
FROM counted WHERE {_CROWDED} GROUP BY shingle ORDER BY shingle
"""
SIZES_SQL = """
SELECT CAST(doc AS BIGINT) AS doc, COUNT(*) AS n_shingles FROM fingerprints WHERE first_use
GROUP BY doc ORDER BY doc
"""


def has_duckdb() -> bool:
    """Return whether the extra `large` is installed."""
    return util.find_spec("duckdb") is not None


def fingerprint_tables(
    texts: Iterable[str], outlets: np.ndarray, *, n: int, first: int = 0
) -> Iterator[pa.Table]:
    """Yield the fingerprints of texts as Arrow tables: doc, outlet, position, shingle, first_use.

    `doc` is the number of the text from `first`, and `outlets` the outlet's number by doc. The shingle is
    cut to the bits that the join in memory keeps, so that every engine sees the same.
    """
    for part in batches(texts, n=n):
        shingle = (part.shingle >> np.uint64(DOC_BITS)).astype(np.int64)
        columns = [part.text + first, outlets[part.text], part.position, shingle, _first_uses(part)]
        yield pa.table([pa.array(x, type=f.type) for x, f in zip(columns, COLUMNS, strict=True)], COLUMNS)


def write_fingerprints(texts: Iterable[str], outlets: np.ndarray, path: Path, *, n: int) -> np.ndarray:
    """Write the fingerprints of texts to a parquet file, a batch at a time; return how many each text has."""
    sizes = np.zeros(len(outlets), dtype=np.int64)
    with pq.ParquetWriter(path, COLUMNS, compression="zstd") as writer:
        for table in fingerprint_tables(texts, outlets, n=n):
            writer.write_table(table)
            first = table.column("first_use").to_numpy()
            sizes += np.bincount(table.column("doc").to_numpy()[first], minlength=len(sizes))
    return sizes


def duckdb_pairs(path: Path, *, memory: str = "1GB", sql: str = PAIRS_SQL) -> pd.DataFrame:
    """Return what `sql` finds in a fingerprint file, on DuckDB within so much memory; the rest goes to disk.

    Raises ModuleNotFoundError without the extra `large`.
    """
    duckdb = import_module("duckdb")
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{memory}'; SET preserve_insertion_order = false")
        connection.execute("SET temp_directory = ?", [spill])
        connection.read_parquet(str(path)).create_view("fingerprints")
        found: pd.DataFrame = connection.execute(sql).df()
    return found


def spark_session(master: str = "local[2]", **settings: str) -> Any:
    """Return a Spark session on `master`: local, or spark://host:port of a cluster.

    The workers run this Python unless PYSPARK_PYTHON names theirs. `settings` are Spark's own, with _ for
    the dots. Raises ModuleNotFoundError without the extra `spark`.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = import_module("pyspark.sql").SparkSession.builder.master(master).appName("variorum")
    for name, value in ({"spark_ui_enabled": "false"} | settings).items():
        builder = builder.config(name.replace("_", "."), value)
    return builder.getOrCreate()


def spark_fingerprints(documents: Any, *, n: int) -> Any:
    """Return the fingerprints, as a Spark table, of a Spark table with doc, outlet and text.

    `doc` must number the reports from 0 in the order of their outlets. The workers need this package.
    """

    def fingerprint(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part in parts:
            docs = part.column("doc").to_numpy(zero_copy_only=False)
            outlets = part.column("outlet").to_numpy(zero_copy_only=False)
            for table in fingerprint_tables(part.column("text").to_pylist(), outlets, n=n):
                numbers = pa.array(docs[table.column("doc").to_numpy()], type=pa.int32())
                yield from table.set_column(0, COLUMNS.field("doc"), numbers).to_batches()

    types = "doc INT, outlet INT, position INT, shingle BIGINT, first_use BOOLEAN"
    return documents.select("doc", "outlet", "text").mapInArrow(fingerprint, types)


def spark_pairs(fingerprints: Any, *, sql: str = PAIRS_SQL) -> pd.DataFrame:
    """Return what `sql` finds in fingerprints, on Spark."""
    fingerprints.createOrReplaceTempView("fingerprints")
    found: pd.DataFrame = fingerprints.sparkSession.sql(sql).toArrow().to_pandas()
    return found


def _first_uses(part: Batch) -> np.ndarray:
    """Return whether each shingle stands at its first place in its text."""
    key = (part.shingle >> np.uint64(DOC_BITS) << np.uint64(DOC_BITS)) | part.text.astype(np.uint64)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.ones(len(order), dtype=bool)
    first[order[1:]] = ordered[1:] != ordered[:-1]
    return first
