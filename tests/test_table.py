"""Every table: its empty form, its key, its errors all at once."""

import numpy as np
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from helpers import dictionary
from helpers import table as schema
from helpers.text.corpus import ROOT
from helpers.words import tables


@pytest.mark.parametrize("table", dictionary.TABLES, ids=lambda table: table.__name__)
def test_the_empty_table_is_valid_and_typed(table):
    frame = schema.empty(table)
    assert frame.empty
    assert list(frame.columns) == list(table.to_schema().columns)
    assert not any(pd.api.types.is_object_dtype(dtype) for dtype in frame.dtypes)


@pytest.mark.parametrize("table", dictionary.TABLES, ids=lambda table: table.__name__)
def test_every_table_and_column_says_what_it_means(table):
    assert "one row per" in table.__doc__.lower()
    assert all(column.description for column in table.to_schema().columns.values())


def test_conform_orders_columns_and_drops_strangers():
    frame = pd.DataFrame({"rate": [1], "n": [2], "stranger": [3], "term": ["x"], "doc_id": ["a"]})
    result = schema.conform(frame, tables.TermCountsTable)
    assert list(result.columns) == ["doc_id", "term", "n", "rate"]
    assert result["rate"].dtype == float


def test_all_violations_are_told_at_once():
    frame = pd.DataFrame({"doc_id": ["a", "a"], "term": ["x", "x"], "n": [0, 1], "rate": [-1.0, 1.0]})
    with pytest.raises(SchemaErrors) as caught:
        schema.conform(frame, tables.TermCountsTable)
    checks = " ".join(caught.value.failure_cases["check"].astype(str))
    assert "greater_than_or_equal_to(1)" in checks
    assert "greater_than_or_equal_to(0)" in checks
    assert "multiple_fields_uniqueness" in checks


class Kinds(schema.Table):
    """One row per thing, with a column of every type and check."""

    name: str = schema.column("its name", unique=True)
    kind: str = schema.column("its kind", isin=["one", "other"])
    n: int = schema.column("how many", ge=1)
    share: float = schema.column("how much of all", ge=0, le=1, nullable=True)
    kept: bool = schema.column("whether it is kept")

    class Config(schema.Table.Config):
        """One row per kind and number."""

        unique = ["kind", "n"]  # noqa: RUF012


GOOD = {
    "name": ["a", "b"],
    "kind": ["one", "other"],
    "n": [1, 1],
    "share": [np.nan, 1.0],
    "kept": [True, False],
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ["a", "a"]},
        {"name": ["a", None]},
        {"kind": ["one", "third"]},
        {"kind": ["one", "one"]},
        {"n": [0, 1]},
        {"share": [-0.1, 1.0]},
        {"share": [0.0, np.inf]},
    ],
    ids=str,
)
def test_what_is_taken_at_once_is_what_pandera_takes(wrong):
    taken = schema.conform(pd.DataFrame(GOOD), Kinds)
    pd.testing.assert_frame_equal(taken, Kinds.to_schema().validate(pd.DataFrame(GOOD), lazy=True))
    with pytest.raises(SchemaErrors):
        schema.conform(pd.DataFrame(GOOD | wrong), Kinds)


def test_a_table_in_its_form_is_not_checked_twice(monkeypatch):
    called = []
    monkeypatch.setattr(type(Kinds.to_schema()), "validate", lambda *_, **__: called.append(1))
    schema.conform(pd.DataFrame(GOOD), Kinds)
    assert not called


def test_the_data_dictionary_is_the_one_the_schemas_give():
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == dictionary.data_dictionary()
