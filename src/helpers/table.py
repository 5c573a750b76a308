"""What a table is: exact columns, typed, keyed and described; how one is made and checked."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
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
    if _holds(known, schema):
        return known
    # `known` is ours: checked in place, a table of millions of rows is not held twice.
    return schema.validate(known, lazy=True, inplace=True)


def _holds(known: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Return whether a table surely has its form: what pandera finds too, in a tenth of its time.

    Where it does not, or where a check is of another kind, pandera decides and says what is wrong.
    """
    if schema.checks or schema.parsers or list(known.columns) != list(schema.columns):
        return False
    if not all(_fits(known[name], own) for name, own in schema.columns.items()):
        return False
    return not schema.unique or not known.duplicated(schema.unique).any()


def _fits(values: "pd.Series[Any]", own: pa.Column) -> bool:
    """Return whether a column has its type, its values and no gap that it may not have."""
    typed = bool(values.dtype == own.dtype.type) and not own.parsers
    if not typed or (own.unique and not values.is_unique) or (not own.nullable and values.hasnans):
        return False
    return all(check.name in _FOUND and _FOUND[check.name](values, check) for check in own.checks)


def _in_range(values: "pd.Series[Any]", check: pa.Check) -> bool:
    """Return whether all numbers are at least, and at most, what a check names; gaps are let be."""
    ends = check.statistics or {}
    least, most = ends.get("min_value"), ends.get("max_value")
    numbers = values.to_numpy()
    low, high = (least is not None and numbers < least), (most is not None and numbers > most)
    return not (np.any(low) or np.any(high))


def _in_list(values: "pd.Series[Any]", check: pa.Check) -> bool:
    """Return whether all values are among those that a check allows; gaps are let be."""
    return set(values.dropna().unique()) <= set((check.statistics or {})["allowed_values"])


_FOUND: dict[str | None, Callable[["pd.Series[Any]", pa.Check], bool]] = {
    "greater_than_or_equal_to": _in_range,
    "less_than_or_equal_to": _in_range,
    "isin": _in_list,
}


def empty(table: type[Table]) -> pd.DataFrame:
    """Return the table without rows, typed."""
    return _empty(table).copy()


@cache
def _empty(table: type[Table]) -> pd.DataFrame:
    """Return the one empty table, for copies of it."""
    return conform(pd.DataFrame({name: [] for name in table.to_schema().columns}), table)


def from_rows(rows: list[tuple[object, ...]], table: type[Table]) -> pd.DataFrame:
    """Return the table made of `rows`, whose values stand in the order of the table's columns."""
    if not rows:
        return empty(table)
    columns = zip(table.to_schema().columns, zip(*rows, strict=True), strict=True)
    return conform(pd.DataFrame({name: list(values) for name, values in columns}), table)
