"""Comparisons within events worked out by hand, and the null that keeps them honest."""

import math

import numpy as np
import pytest

from conftest import cut, make, pool
from helpers import table as schema
from helpers.names import tables as names_tables
from helpers.text import tables
from helpers.voices import spans
from helpers.voices import tables as voices_tables
from helpers.words import (
    by_report,
    contrast,
    habits,
    house,
    planned,
    power,
    rates,
    stratified,
)
from helpers.words import (
    counts as words_counts,
)
from helpers.words import (
    tables as words_tables,
)


def test_keyness_by_hand():
    documents = make(("1", "e", "A", "war " * 8 + "peace " * 2), ("2", "e", "B", "war " * 2 + "peace " * 8))
    row = contrast.keyness(pool(documents)).set_index("term").loc["war"]
    assert (row["target"], row["reference"], row["n_target"], row["n_reference"]) == ("A", "B", 8, 2)
    assert (row["rate_target"], row["log_ratio"]) == (800, 2)
    assert row["p_value"] == pytest.approx(2 * sum(math.comb(10, k) for k in (0, 1, 2)) / 2**10)
    assert row["q_value"] == pytest.approx(row["p_value"])
    assert row["low"] < 2 < row["high"]


def test_quoted_and_narrated_uses_add_up():
    documents = make(("1", "e", "A", 'He said: "war war now." The war went on.'), ("2", "e", "B", "No war."))
    sentences, tokens = cut(documents)
    spoken = spans.find_voices(
        documents,
        sentences,
        schema.empty(voices_tables.SpeechVerbsTable),
        schema.empty(names_tables.MentionsTable),
    )
    inside = spans.with_voice(tokens, spoken)["voice"] == "direct"
    quoted = words_counts.pool_counts(words_counts.count_terms(tokens[inside]), documents)
    row = contrast.keyness(pool(documents), quoted=quoted).set_index("term").loc["war"]
    assert (row["quoted_target"], row["narrated_target"]) == (2, 1)
    assert (row["quoted_reference"], row["narrated_reference"]) == (0, 1)


def test_events_are_never_pooled():
    documents = make(
        ("1", "e1", "A", "war war war war"),
        ("2", "e2", "B", "peace peace peace peace"),
        ("3", "e3", "B", "x"),
    )
    assert contrast.keyness(pool(documents)).empty


def test_two_outlets_are_compared_once_and_three_each_with_the_rest():
    documents = make(
        *((name, "e", name, "war " * n + "peace peace") for name, n in (("A", 3), ("B", 1), ("C", 2)))
    )
    rows = contrast.keyness(pool(documents))
    assert rows.groupby("target")["reference"].first().to_dict() == dict.fromkeys(
        "ABC", "the other 2 outlets"
    )
    of_a = rows[(rows["target"] == "A") & (rows["term"] == "war")].iloc[0]
    assert (of_a["n_target"], of_a["n_reference"], of_a["reports_reference"]) == (3, 3, 2)


def test_strata_follow_the_outlet_over_its_events():
    documents = make(
        ("1", "e1", "A", "war " * 9 + "so " * 9), ("2", "e1", "B", "war " * 3 + "so " * 15),
        ("3", "e2", "A", "war " * 8 + "so " * 10), ("4", "e2", "C", "war " * 2 + "so " * 16),
    )  # fmt: skip
    rows = stratified.stratified_keyness(pool(documents))
    assert rows["target"].unique().tolist() == ["A"]
    row = rows.set_index("term").loc["war"]
    assert (row["event_id"], row["n_target"], row["n_reference"]) == ("2 events, stratified", 17, 5)
    assert row["log_ratio"] == pytest.approx(math.log2(17 / 5))
    assert row["p_value"] == pytest.approx(rates.exact_p(17, 5, 1, 1), rel=1e-9)
    assert math.isnan(row["z"])


def test_a_word_of_every_report_of_a_side_is_flagged_and_too_few_reports_are_not_dealt():
    rng = np.random.default_rng(3)
    texts = [" ".join(rng.choice(["war", "peace", "so", "on"], 60)) for _ in range(16)]
    texts = [text + " envoy" * 5 * (i % 2) for i, text in enumerate(texts)]
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))
    counts = words_counts.count_terms(cut(documents)[1])
    pooled = words_counts.pool_counts(counts, documents)
    rows = by_report.deal_reports(contrast.keyness(pooled), counts, documents).set_index("term")
    assert rows.loc["envoy", "flagged"]
    assert rows.loc["envoy", "p_reports"] == pytest.approx(2 / math.comb(16, 8))
    assert rows["flagged"].sum() == 1
    few = by_report.deal_reports(contrast.keyness(pooled), counts, documents.head(3))
    assert few["p_reports"].isna().all()
    assert contrast.keyness(pooled)["flagged"].any()
    assert not few["flagged"].any()


def test_a_habit_over_events_is_flagged_and_a_burst_in_one_report_is_not():
    documents = make(
        *(
            (
                f"{e}-{o}",
                f"e{e}",
                o,
                f"story{e} " * 9 + "on and on " * 20 + ("envoy " * 4 if o == "A" else "so "),
            )
            for e in range(12)
            for o in "ABC"
        )
    )
    first = documents["doc_id"] == "3-A"
    documents["text"] = documents["text"].where(~first, documents["text"] + " quake" * 30)
    counts = words_counts.count_terms(cut(documents)[1])
    pooled = words_counts.pool_counts(counts, documents)
    plain = stratified.stratified_keyness(pooled).set_index(["target", "term"])
    dealt = by_report.deal_within_events(plain.reset_index(), counts, documents)
    dealt = dealt.set_index(["target", "term"])
    assert plain.loc[("A", "quake"), "flagged"]
    assert not dealt.loc[("A", "quake"), "flagged"]
    assert dealt.loc[("A", "envoy"), "flagged"]
    assert not dealt.loc[("B", "story3"), "flagged"]


def test_a_burst_in_one_report_is_flagged_by_words_and_not_by_reports():
    texts = ["so on and so forth " * 8 for _ in range(16)]
    texts[1] += "quake " * 30
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))
    counts = words_counts.count_terms(cut(documents)[1])
    plain = contrast.keyness(words_counts.pool_counts(counts, documents)).set_index("term")
    dealt = by_report.deal_reports(plain.reset_index(), counts, documents).set_index("term")
    assert plain.loc["quake", "flagged"]
    assert not dealt.loc["quake", "flagged"]


def test_lockwords_need_a_narrow_interval():
    documents = make(("1", "e", "A", "the " * 60 + "cat " * 3), ("2", "e", "B", "the " * 60 + "cat " * 3))
    assert contrast.lockwords(contrast.keyness(pool(documents)))["term"].tolist() == ["the"]


def test_other_measures_name_their_variant_and_agree_with_stats():
    documents = make(("1", "e", "A", "war " * 8 + "so " * 2), ("2", "e", "B", "war " * 2 + "so " * 8))
    pooled = pool(documents)
    row = contrast.other_measures(contrast.keyness(pooled), pooled).set_index("term").loc["war"]
    assert row["G2, 2 cells"] == pytest.approx(float(rates.log_likelihood(8, 2, 10, 10, cells=2)))
    assert row["Fisher p"] == pytest.approx(rates.fisher_p(8, 2, 10, 10))
    assert row["z, 2 terms, flat prior 0.05"] > row["z, 4 terms, flat prior 0.05"] > 0


def test_every_function_takes_empty_tables():
    empty = schema.empty
    documents = empty(tables.DocumentsTable)
    tokens = empty(tables.TokensTable)
    pooled = empty(words_tables.PooledCountsTable)
    scored = empty(words_tables.KeynessTable)
    assert contrast.keyness(pooled).empty
    assert stratified.stratified_keyness(pooled).empty
    assert by_report.deal_reports(scored, empty(words_tables.TermCountsTable), documents).empty
    assert contrast.lockwords(scored).empty
    assert contrast.top_terms(scored).empty
    assert by_report.funnel_points(scored).empty
    assert contrast.other_measures(scored, pooled).empty
    counts = empty(words_tables.TermCountsTable)
    assert by_report.deal_within_events(scored, counts, documents).empty
    assert power.find_power(scored, counts, documents).empty
    assert habits.find_habits(counts, documents).empty
    assert habits.find_effects(scored, counts, counts, documents).empty
    assert house.house_style(scored).empty
    assert planned.compare_planned(empty(words_tables.PlannedTermsTable), tokens, documents).empty
