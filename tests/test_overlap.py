"""Measures of shared wording by hand: formulas, quoted words, the densest window."""

import math

from conftest import report_of
from helpers import overlap
from helpers.fingerprints import word_hashes


def test_formulas_of_a_third_event_lose_their_weight():
    documents, _, tokens, spoken = report_of(
        "one two three four five six",
        "one two three four nine ten",
        "zero one two three zero zero",
        events=["e", "e", "f"],
    )
    measures = overlap.measure_pairs(tokens, documents=documents, voices=spoken)
    # of 4 3-grams, 2 are shared; "one two three" also stands in the report of event f
    assert measures["c3"].tolist()[0] == 0.5
    assert measures["c3_own"].tolist()[0] == 0.25
    assert measures.loc[1, "c3_own"] == measures.loc[1, "c3"] == 0.25


def test_quoted_words_are_told_from_narrated_ones():
    words = " ".join(f"word{i}" for i in range(50))
    documents, _, tokens, spoken = report_of(f"He said “{words}”.", f"She read “{words}”.")
    row = overlap.measure_pairs(tokens, documents=documents, voices=spoken).iloc[0]
    assert row["longest_run"] == 50
    assert row["run_narrated"] == 0
    assert row["c5_narrated"] == 0
    assert overlap.measure_pairs(tokens).iloc[0]["run_narrated"] == 50


def test_the_densest_window_by_hand():
    shared = [f"s{i}" for i in range(60)]
    a = word_hashes([f"a{i}" for i in range(40)] + shared)
    assert overlap.densest_window(a, word_hashes(shared)) == (1.0, 40, 100)
    assert math.isnan(overlap.densest_window(word_hashes(["x"]), a)[0])
