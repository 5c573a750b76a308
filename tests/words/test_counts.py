"""Words counted: by token and by text, and in runs that stay in their sentence."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import cut, make, pool
from helpers import table as schema
from helpers.text import segmentation, tables
from helpers.words import counts as words_counts
from helpers.words import tables as words_tables


def test_counts_and_rates_by_hand():
    documents = make(("a", "e", "x", "The cat saw the dog. The dog ran."))
    counts = words_counts.count_terms(cut(documents)[1]).set_index("term")
    assert counts["n"].to_dict() == {"cat": 1, "dog": 2, "ran": 1, "saw": 1, "the": 3}
    assert counts.loc["the", "rate"] == 375


def test_runs_of_words_stay_in_their_sentence():
    documents = make(("a", "e", "x", "One two. Three four five."))
    assert words_counts.count_terms(cut(documents)[1], n=2)["term"].tolist() == [
        "four five",
        "one two",
        "three four",
    ]
    with pytest.raises(ValueError, match="at least one word"):
        words_counts.count_terms(cut(documents)[1], n=0)


def test_a_report_of_an_unknown_outlet_stands_for_itself():
    documents = make(("a", "e", "unknown", "x"), ("b", "e", "unknown", "y"), ("c", "e", "Z", "z"))
    assert words_counts.outlet_labels(documents).nunique() == 3


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("aBé ’'-.,1日本\n\u00a0\u200d\u0301“”*ß"), min_size=1, max_size=40),
        min_size=1,
        max_size=6,
    )
)
def test_counting_texts_is_counting_tokens(texts):
    documents = make(*((str(i), "e", "xy"[i % 2], text) for i, text in enumerate(texts)))
    sentences = segmentation.split_sentences(documents)
    by_tokens = words_counts.pool_counts(
        words_counts.count_terms(segmentation.tokenize(sentences)), documents
    )
    pd.testing.assert_frame_equal(words_counts.count_texts(sentences, documents), by_tokens)


def test_counting_texts_over_several_batches(monkeypatch):
    monkeypatch.setattr(words_counts, "_BATCH", 2)
    documents = make(*((str(i), "e", "xy"[i % 2], f"word w{i % 3}, (Gaza’s) well-known") for i in range(7)))
    pd.testing.assert_frame_equal(words_counts.count_texts(documents, documents), pool(documents))


def test_rates_of_a_matrix_by_hand():
    documents = make(("1", "e", "A", "war " * 3 + "so"), ("2", "e", "B", "so so"))
    matrix = words_counts.rate_matrix(pool(documents), ["war", "none", "war"])
    assert matrix.to_dict() == {"A": {"war": 750.0, "none": 0.0}, "B": {"war": 0.0, "none": 0.0}}


def test_every_function_takes_empty_tables():
    empty = schema.empty
    documents = empty(tables.DocumentsTable)
    sentences = empty(tables.SentencesTable)
    pooled = empty(words_tables.PooledCountsTable)
    assert words_counts.pool_counts(empty(words_tables.TermCountsTable), documents).empty
    assert words_counts.count_texts(sentences, documents).empty
    assert words_counts.rate_matrix(pooled, []).empty
