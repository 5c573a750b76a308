"""Subject similarity: hand-computed cosines, the guard, and proposals that nobody is bound by."""

import math

import numpy as np
import pandas as pd
import pytest

from helpers import segmentation, similarity
from helpers.schema import UNKNOWN, Documents, conform

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
    documents = conform(frame, Documents)
    return segmentation.tokenize(segmentation.split_sentences(documents)), documents


def test_cosine_by_hand():
    # terms: a, b, "a b" against a, c, "a c"; idf smoothed: a ln(3/3)+1 = 1, others ln(3/2)+1
    tokens, documents = corpus_of("alpha beta", "alpha gamma")
    rare = math.log(3 / 2) + 1
    expected = 1 / (1 + 2 * rare**2)
    result = similarity.compare_topics(tokens, documents)
    assert result["cosine"].item() == pytest.approx(expected)
    assert result["closeness"].item() == pytest.approx(1)


def test_repeated_words_are_damped_and_function_words_left_out():
    # 1 + ln 2 for a word used twice; "the" and "of" are no words here
    tokens, documents = corpus_of("alpha the alpha", "of alpha")
    one, two = 1.0, 1 + math.log(2)
    pair = (1 + math.log(3 / 2)) * 1.0  # the run "alpha alpha", of the first alone
    expected = one * two / math.hypot(two, pair)
    assert similarity.compare_topics(tokens, documents)["cosine"].item() == pytest.approx(expected)


def test_closeness_is_the_cosine_over_both_means():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD)
    result = similarity.compare_topics(tokens, documents)
    matrix = similarity.similarity_matrix(result)
    means = matrix.mean(axis=1)
    row = result[(result["doc_id_a"] == "0") & (result["doc_id_b"] == "1")]
    assert row["closeness"].item() == pytest.approx(matrix.loc["0", "1"] / math.sqrt(means["0"] * means["1"]))


def test_same_event_pairs_come_first_and_the_guard_is_silent():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD, FOURTH, events=["s", "s", "b", "b"])
    result = similarity.compare_topics(tokens, documents)
    assert result["events"].tolist()[:2] == ["same", "same"]
    assert similarity.outranked(result).empty


def test_the_guard_speaks_when_another_event_is_closer():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD, FOURTH, events=["s", "b", "s", "b"])
    wrong = similarity.outranked(similarity.compare_topics(tokens, documents))
    assert wrong[["doc_id_a", "doc_id_b"]].values.tolist() == [["0", "2"], ["1", "3"]]
    assert (wrong["rival"] > wrong["closeness"]).all()


def test_an_unknown_event_is_neither_same_nor_different():
    tokens, documents = corpus_of(FIRST, SECOND, events=[UNKNOWN, UNKNOWN])
    result = similarity.compare_topics(tokens, documents)
    assert result["events"].tolist() == [UNKNOWN]
    assert similarity.outranked(result).empty


def test_events_are_proposed_by_words():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD, FOURTH)
    proposed = similarity.propose_events(similarity.compare_topics(tokens, documents))
    assert proposed["proposed_event"].tolist() == ["with-0", "with-0", "with-2", "with-2"]
    assert proposed["nearest"].tolist() == ["1", "0", "3", "2"]


def test_reports_days_apart_are_not_proposed_as_one_event():
    days = ["2024-03-01", "2024-03-09T10:00Z"]
    tokens, documents = corpus_of(FIRST, SECOND, published=days)
    result = similarity.compare_topics(tokens, documents)
    assert result["days_apart"].item() == 8
    assert similarity.propose_events(result)["proposed_event"].nunique() == 2


def test_a_month_is_no_day():
    tokens, documents = corpus_of(FIRST, SECOND, published=["2024-03", "2024-03-09"])
    assert np.isnan(similarity.compare_topics(tokens, documents)["days_apart"].item())


def test_matrix_is_symmetric_and_keeps_the_order_asked_for():
    tokens, documents = corpus_of(FIRST, SECOND, THIRD)
    matrix = similarity.similarity_matrix(similarity.compare_topics(tokens, documents), order=["2", "0", "1"])
    assert list(matrix.index) == list(matrix.columns) == ["2", "0", "1"]
    assert np.array_equal(matrix.to_numpy(), matrix.to_numpy().T, equal_nan=True)
    assert np.isnan(np.diag(matrix)).all()


@pytest.mark.parametrize("texts", [(), ("One.",), ("The of and.", "The of."), ("سلام دنیا.", "سلام بر شما.")])
def test_small_and_foreign_corpora(texts):
    tokens, documents = corpus_of(*texts)
    result = similarity.compare_topics(tokens, documents)
    assert len(result) == len(texts) * (len(texts) - 1) // 2
    assert similarity.outranked(result).empty
    similarity.propose_events(result)
