"""Spread and richness of words, and texts too short for them."""

import pytest

from conftest import cut, make
from helpers import table as schema
from helpers.text import tables
from helpers.words import richness


def test_spread_over_tenths_of_the_report():
    documents = make(("1", "e", "A", " ".join(["war"] * 10 + ["so"] * 90)))
    row = richness.measure_spread(cut(documents)[1], documents, ["war"]).iloc[0]
    assert (row["n"], row["n_parts"], row["n_parts_used"], row["dp"]) == (10, 10, 1, pytest.approx(0.9))


def test_short_texts_have_no_diversity_and_say_why(seeds):
    documents = make(("1", "e", "A", "Too short for this."))
    rows = richness.measure_diversity(cut(documents)[1])
    assert rows["value"].isna().all()
    assert (rows["reason"].str.len() > 0).all()
    long = richness.measure_diversity(seeds[2])
    assert (long["low"] < long["value"]).all()
    assert (long["value"] < long["high"]).all()


def test_no_interval_has_an_impossible_end():
    # Two halves, one of one word and one of ever new ones: the plain jackknife goes below zero and above one.
    old = " ".join(f"{'so ' * 9}so." for _ in range(5))
    new = " ".join(" ".join(f"w{chr(97 + i)}{chr(97 + k)}" for k in range(10)) + "." for i in range(5))
    rows = richness.measure_diversity(cut(make(("1", "e", "A", f"{old} {new}")))[1]).set_index("measure")
    assert (rows["low"].dropna().drop("ARI", errors="ignore") >= 0).all()
    shares = rows[rows.index.str.contains("MATTR|HD-D")]
    assert (shares["high"].dropna() <= 1).all()
    assert rows["low"].notna().sum() >= 4


@pytest.mark.parametrize(
    ("language", "missing"), [("en", []), ("sv", ["ARI"]), ("fa", ["ARI", "LIX"]), ("en-GB", [])]
)
def test_indices_of_reading_are_for_the_languages_they_were_made_for(seeds, language, missing):
    documents = seeds[0].assign(language=language)
    rows = richness.measure_diversity(seeds[2], documents)
    without = rows[rows["value"].isna()]
    assert sorted(without["measure"].unique()) == missing
    assert without["reason"].str.contains(language).all()


def test_every_function_takes_empty_tables():
    empty = schema.empty
    documents = empty(tables.DocumentsTable)
    tokens = empty(tables.TokensTable)
    assert richness.measure_spread(tokens, documents, ["x"]).empty
    assert richness.measure_diversity(tokens).empty
