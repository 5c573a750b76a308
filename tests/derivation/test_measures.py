"""Measures of shared wording by hand: formulas, quoted words, the densest window."""

import math

import pandas as pd
import pytest

from conftest import report_of, told_by
from helpers.derivation import measures as derivation_measures
from helpers.derivation import pair as derivation_pair
from helpers.pairs.fingerprints import word_hashes


def test_formulas_of_a_third_event_lose_their_weight():
    documents, _, tokens, spoken = report_of(
        "one two three four five six seven eight",
        "one two three four five six nine ten",
        "zero one two three four five zero zero",
        events=["e", "e", "f"],
    )
    measures = derivation_measures.measure_pairs(
        derivation_pair.Compared(tokens, spoken), documents=documents
    )
    # of 4 5-grams, 2 are shared; "one two three four five" also stands in the report of event f
    assert measures["c5"].tolist()[0] == 0.5
    assert measures["c5_own"].tolist()[0] == 0.25
    assert measures.loc[1, "c5_own"] == measures.loc[1, "c5"] == 0.25


@pytest.mark.parametrize(
    ("one", "other", "run"),
    [
        ("He said “{}”.", "She read “{}”.", 20),
        ("He said “{}”.", "She wrote {}.", 0),
        ("{} is true.", "So it was: {}.", 0),
    ],
)
def test_a_run_is_quoted_where_both_quote_it(one, other, run):
    words = " ".join(f"word{i}" for i in range(20))
    documents, _, tokens, spoken = report_of(one.format(words), other.format(words))
    row = derivation_measures.measure_pairs(
        derivation_pair.Compared(tokens, spoken), documents=documents
    ).iloc[0]
    assert row["run_quoted"] == run


@pytest.mark.parametrize(
    ("given", "texts", "language"),
    [
        (["fa-IR", "en"], ("سلام", "Hello"), "en, fa"),
        (["unknown", "en-GB"], ("The men said that they were in the house.", "Hello"), "en"),
        (["unknown", "unknown"], ("Die Leute sagten, sie seien im Haus.", "你好世界。"), "unknown"),
    ],
)
def test_the_language_of_a_pair_is_given_or_english_by_its_function_words(given, texts, language):
    documents, _, tokens, _ = report_of(*texts)
    documents = documents.assign(language=given)
    assert derivation_measures.measure_pairs(derivation_pair.Compared(tokens), documents=documents)[
        "language"
    ].tolist() == [language]


def test_quoted_words_are_told_from_narrated_ones():
    words = " ".join(f"word{i}" for i in range(50))
    documents, _, tokens, spoken = report_of(f"He said “{words}”.", f"She read “{words}”.")
    row = derivation_measures.measure_pairs(
        derivation_pair.Compared(tokens, spoken), documents=documents
    ).iloc[0]
    assert row["longest_run"] == 50
    assert row["run_narrated"] == 0
    assert row["c5_narrated"] == 0
    assert derivation_measures.measure_pairs(derivation_pair.Compared(tokens)).iloc[0]["run_narrated"] == 50


def test_the_densest_window_by_hand():
    shared = [f"s{i}" for i in range(60)]
    a = word_hashes([f"a{i}" for i in range(40)] + shared)
    assert derivation_pair.densest_window(a, word_hashes(shared)) == (1.0, 40, 100)
    assert math.isnan(derivation_pair.densest_window(word_hashes(["x"]), a)[0])


def test_chosen_pairs_are_measured_as_all_are():
    texts, events = told_by(3, 3)
    documents, _, tokens, spoken = report_of(*texts, "He said: “No.”", events=[*events, "event 09"])
    whole = derivation_measures.measure_pairs(derivation_pair.Compared(tokens, spoken), documents=documents)
    chosen = whole.iloc[[0, 3, 20, 44]].reset_index(drop=True)
    names = chosen[["doc_id_a", "doc_id_b"]]
    result = derivation_measures.measure_pairs(
        derivation_pair.Compared(tokens, spoken), documents=documents, pairs=names
    )
    pd.testing.assert_frame_equal(result, chosen, check_exact=True)


def test_a_report_without_words_has_its_row():
    documents, _, tokens, spoken = report_of("One two three four.", "…")
    pairs = pd.DataFrame({"doc_id_a": ["0"], "doc_id_b": ["1"]})
    row = derivation_measures.measure_pairs(
        derivation_pair.Compared(tokens, spoken), documents=documents, pairs=pairs
    ).iloc[0]
    assert (row["n_words"], row["longest_run"], row["run_narrated"]) == (0, 0, 0)
    assert math.isnan(row["c5"]) and math.isnan(row["window"])


def test_events_are_counted_by_n_gram():
    words = {name: word_hashes(list(text)) for name, text in {"a": "xyz", "b": "xyzx", "c": "xyz"}.items()}
    grams, counts = derivation_measures.count_events(words, {"a": "e", "b": "e", "c": "f"}, n=3)
    assert sorted(counts.tolist()) == [1, 2]
    assert len(grams) == 2
