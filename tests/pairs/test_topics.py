"""Subject similarity: hand-computed cosines, the guard, and proposals that nobody is bound by."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from conftest import told_by
from helpers.pairs import topics
from helpers.pairs.events import propose_events
from helpers.pairs.tables import SimilaritiesTable
from helpers.table import UNKNOWN, conform, from_rows
from helpers.text import segmentation
from helpers.text.tables import DocumentsTable

FIRST = "Storm hits coast. Harbour closed after storm damage."
SECOND = "Coast storm closes harbour. Storm damage reported."
THIRD = "Parliament passes budget. Budget vote was narrow."
FOURTH = "Narrow vote: parliament passes the budget."


def corpus_of(*texts, events=None, published=None):
    n = len(texts)
    frame = pd.DataFrame(
        {
            "doc_id": [f"{i}" for i in range(n)],
            "text": list(texts),
            "event_id": events or [UNKNOWN] * n,
            "published": published or [UNKNOWN] * n,
        }
    ).assign(outlet=UNKNOWN, headline=UNKNOWN, language="en", url=UNKNOWN, outlet_evidence=UNKNOWN)
    documents = conform(frame, DocumentsTable)
    return segmentation.tokenize(segmentation.split_sentences(documents)), documents


def test_cosine_by_hand():
    # terms: a, b, "a b" against a, c, "a c"; idf smoothed: a ln(3/3)+1 = 1, others ln(3/2)+1
    tokens, documents = corpus_of("alpha beta", "alpha gamma")
    rare = math.log(3 / 2) + 1
    expected = 1 / (1 + 2 * rare**2)
    result = topics.compare_topics(tokens, documents)
    assert result["cosine"].item() == pytest.approx(expected)
    assert result["closeness"].item() == pytest.approx(1)


def test_repeated_words_are_damped_and_function_words_left_out():
    # 1 + ln 2 for a word used twice; "the" and "of" are no words here
    tokens, documents = corpus_of("alpha the alpha", "of alpha")
    one, two = 1.0, 1 + math.log(2)
    pair = (1 + math.log(3 / 2)) * 1.0  # the run "alpha alpha", of the first alone
    expected = one * two / math.hypot(two, pair)
    assert topics.compare_topics(tokens, documents)["cosine"].item() == pytest.approx(expected)


def test_closeness_is_the_cosine_over_both_means():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD)
    result = topics.compare_topics(tokens, documents)
    matrix = topics.similarity_matrix(result)
    means = matrix.mean(axis=1)
    row = result[(result["doc_id_a"] == "0") & (result["doc_id_b"] == "1")]
    assert row["closeness"].item() == pytest.approx(matrix.loc["0", "1"] / math.sqrt(means["0"] * means["1"]))


def test_same_event_pairs_come_first_and_the_guard_is_silent():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD, FOURTH, events=["s", "s", "b", "b"])
    result = topics.compare_topics(tokens, documents)
    assert result["events"].tolist()[:2] == ["same", "same"]
    assert topics.outranked(result).empty


def test_the_guard_speaks_when_another_event_is_closer():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD, FOURTH, events=["s", "b", "s", "b"])
    wrong = topics.outranked(topics.compare_topics(tokens, documents))
    assert wrong[["doc_id_a", "doc_id_b"]].values.tolist() == [["0", "2"], ["1", "3"]]
    assert (wrong["rival"] > wrong["closeness"]).all()


def test_an_unknown_event_is_neither_same_nor_different():
    tokens, documents = corpus_of(FIRST, SECOND, events=[UNKNOWN, UNKNOWN])
    result = topics.compare_topics(tokens, documents)
    assert result["events"].tolist() == [UNKNOWN]
    assert topics.outranked(result).empty


def test_events_are_proposed_by_words():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD, FOURTH)
    proposed = propose_events(topics.compare_topics(tokens, documents))
    assert proposed["proposed_event"].tolist() == ["with-0", "with-0", "with-2", "with-2"]
    assert proposed["nearest"].tolist() == ["1", "0", "3", "2"]


def test_reports_days_apart_are_not_proposed_as_one_event():
    days = ["2024-03-01", "2024-03-09T10:00Z"]
    tokens, documents = corpus_of(FIRST, SECOND, published=days)
    result = topics.compare_topics(tokens, documents)
    assert result["days_apart"].item() == 8
    assert propose_events(result)["proposed_event"].nunique() == 2


def test_a_month_is_no_day():
    tokens, documents = corpus_of(FIRST, SECOND, published=["2024-03", "2024-03-09"])
    assert np.isnan(topics.compare_topics(tokens, documents)["days_apart"].item())


def test_matrix_is_symmetric_and_keeps_the_order_asked_for():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD)
    matrix = topics.similarity_matrix(topics.compare_topics(tokens, documents), order=["2", "0", "1"])
    assert list(matrix.index) == list(matrix.columns) == ["2", "0", "1"]
    assert np.array_equal(matrix.to_numpy(), matrix.to_numpy().T, equal_nan=True)
    assert np.isnan(np.diag(matrix)).all()


@pytest.mark.parametrize("texts", [(), ("One.",), ("The of and.", "The of."), ("سلام دنیا.", "سلام بر شما.")])
def test_small_and_foreign_corpora(texts):
    tokens, documents = corpus_of(*texts)
    result = topics.compare_topics(tokens, documents)
    assert len(result) == len(texts) * (len(texts) - 1) // 2
    assert topics.outranked(result).empty
    propose_events(result)


def many():
    """Return the tokens and documents of twelve reports of four events, one without words."""
    texts, events = told_by(4, 3)
    return corpus_of(*texts[:-1], "The of and.", events=events)


def by_name(table):
    return table.sort_values(["doc_id_a", "doc_id_b"], ignore_index=True)


@pytest.mark.parametrize("at_a_time", [1, 4096])
def test_chosen_pairs_are_compared_as_all_are(monkeypatch, at_a_time):
    monkeypatch.setattr(topics, "AT_A_TIME", at_a_time)
    tokens, documents = many()
    whole = by_name(topics.compare_topics(tokens, documents))
    chosen = whole.iloc[[0, 5, 17, 40, 65]]
    result = topics.compare_topics(tokens, documents, pairs=chosen[["doc_id_a", "doc_id_b"]])
    assert result["closeness"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(by_name(result), chosen.reset_index(drop=True), check_exact=True)
    assert topics.compare_topics(tokens, documents, pairs=chosen.iloc[:0]).empty


def test_means_are_the_same_with_sums_of_reports_as_with_each(monkeypatch):
    tokens, documents = many()
    whole = topics.compare_topics(tokens, documents)
    monkeypatch.setattr(topics, "GROUPS", 3)
    assert topics.compare_topics(tokens, documents)["closeness"].to_numpy() == pytest.approx(
        whole["closeness"].to_numpy()
    )


def test_what_was_not_compared_is_a_gap_and_makes_no_proposal():
    tokens, documents = many()
    whole = topics.compare_topics(tokens, documents)
    part = whole[(whole["doc_id_a"] != "0") | (whole["doc_id_b"] != "1")]
    matrix = topics.similarity_matrix(part, order=["0", "1", "2"])
    assert np.isnan(matrix.loc["0", "1"]) and np.isnan(matrix.loc["1", "0"])
    assert matrix.loc["0", "2"] > 0
    assert len(propose_events(whole)) == len(documents)
    assert propose_events(part).empty


def rivals(similarities, measure="closeness"):
    """Return `outranked` as it reads: every same-event pair against every pair of two events."""
    rows = []
    for pair in similarities[similarities["events"] == "same"].to_dict("records"):
        both = {pair["doc_id_a"], pair["doc_id_b"]}
        near = [
            row
            for row in similarities[similarities["events"] == "different"].to_dict("records")
            if both & {row["doc_id_a"], row["doc_id_b"]}
        ]
        best = max(near, key=lambda row: row[measure], default=None)
        if best and best[measure] >= pair[measure]:
            names = (best["doc_id_a"], best["doc_id_b"])
            rows.append((pair["doc_id_a"], pair["doc_id_b"], pair[measure], *names, best[measure]))
    return rows


@pytest.mark.parametrize("measure", ["closeness", "cosine"])
def test_the_guard_finds_the_first_of_the_closest_rivals(measure):
    generator = np.random.default_rng(7)
    rows = [
        (a, b, value / 10, value, events, math.nan, 0.0)
        for (a, b), value, events in zip(
            itertools.combinations("abcdefghij", 2),
            generator.integers(0, 6, 45).tolist(),
            generator.choice(["same", "different", UNKNOWN], 45).tolist(),
            strict=True,
        )
    ]
    table = from_rows(rows, SimilaritiesTable)
    found = topics.outranked(table, measure=measure)
    assert len(found) > 5
    assert list(found.itertuples(index=False, name=None)) == rivals(table, measure)


def leading(documents, pairs, n):
    frame = pd.DataFrame(pairs, columns=["doc_id_a", "doc_id_b"])
    return topics.leading_reports(documents, frame, n=n)["doc_id"].tolist()


def test_a_picture_leads_with_whole_events_that_have_the_most_pairs():
    _, documents = corpus_of(*["Text."] * 7, events=["e", "e", "f", "f", "f", "g", "g"])
    pairs = [("2", "3"), ("2", "4"), ("5", "6"), ("0", "2"), ("1", "3"), ("1", "4")]
    assert leading(documents, pairs, 7) == list("0123456")
    assert leading(documents, pairs, 5) == list("23456")
    assert leading(documents, pairs, 4) == list("234")
    assert leading(documents, pairs, 2) == ["2", "3"]
    assert leading(documents, [], 2) == ["0", "1"]
