"""What a table is: exact columns, typed, keyed and described; how one is made and checked."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

__all__ = ["UNKNOWN", "Table", "column", "conform", "empty", "from_rows"]
UNKNOWN = "unknown"


def column(meaning: str, **checks: Any) -> Any:
    """Return a pandera field whose description is the column's line in the data dictionary."""
    return pa.Field(description=meaning, **checks)


class Table(pa.DataFrameModel):
    """A table of the project: exact columns in order, coerced types, a key without duplicates."""

    class Config:
        """What every table shares; `unique`, where a table has it, is its key."""

        strict = True
        ordered = True
        coerce = True


def conform(frame: pd.DataFrame, table: type[Table]) -> pd.DataFrame:
    """Return `frame` as `table`: its columns in order, its types, its key checked.

    Columns the table does not know are dropped. Raises pandera's SchemaErrors, with every
    missing column, wrong value and repeated key at once.
    """
    schema = table.to_schema()
    known = frame[[name for name in schema.columns if name in frame.columns]].reset_index(drop=True)
    # `known` is ours: checked in place, a table of millions of rows is not held twice.
    return schema.validate(known, lazy=True, inplace=True)


def empty(table: type[Table]) -> pd.DataFrame:
    """Return the table without rows, typed."""
    return from_rows([], table)


def from_rows(rows: list[tuple[object, ...]], table: type[Table]) -> pd.DataFrame:
    """Return the table made of `rows`, whose values stand in the order of the table's columns."""
    columns = list(table.to_schema().columns)
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    return conform(pd.DataFrame(dict(zip(columns, map(list, values), strict=True))), table)
