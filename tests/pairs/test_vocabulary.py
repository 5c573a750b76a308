"""Alike vocabulary: exactly the pairs that scikit-learn finds, and bounded work."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import pairs, reports, words
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from helpers.pages import derivation_said
from helpers.pairs import candidates, vocabulary
from helpers.table import UNKNOWN

VOCABULARY = st.sampled_from("the of İstanbul ΟΔΟΣ naïve x_y e\u0301 gaza talks 12 aid no".split())


TEXTS = st.lists(st.lists(VOCABULARY, min_size=1, max_size=14).map(" ".join), min_size=2, max_size=12)


def sklearn_pairs(documents: pd.DataFrame) -> dict[tuple[str, str], float]:
    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(documents["text"])
    cosine, names = cosine_similarity(vectors), documents["doc_id"].tolist()
    a, b = np.nonzero(np.triu(cosine >= vocabulary.COSINE, 1))
    return {(names[i], names[j]): cosine[i, j] for i, j in zip(a, b, strict=True)}


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_the_vocabulary_pairs_are_those_of_scikit_learn(texts):
    documents = reports("anchor words", *texts)
    table = vocabulary.tfidf_pairs(documents)
    assert dict(zip(pairs(table), table["cosine"], strict=True)) == pytest.approx(sklearn_pairs(documents))


def test_the_vocabulary_pairs_do_not_depend_on_the_length_left_out(monkeypatch):
    random = np.random.default_rng(3)
    names = [f"w{k}" for k in range(300)]
    weights = 1 / np.arange(1, 301)
    texts = [" ".join(random.choice(names, 40, p=weights / weights.sum())) for _ in range(60)]
    documents = reports(*texts, *(text + " more" for text in texts[:20]))
    expected = sklearn_pairs(documents)
    assert len(expected) >= 20
    for suffix in (0.0, 0.2, 0.4, 0.49):
        monkeypatch.setattr(vocabulary, "SUFFIX", suffix)
        assert set(pairs(vocabulary.tfidf_pairs(documents))) == expected.keys()


def test_work_without_bound_is_bounded_and_told(monkeypatch):
    documents = reports(*(f"{words(0, 30)} {words(100 + k, 1)}" for k in range(250)))
    monkeypatch.setattr(vocabulary, "WORK", 1_000)
    found = candidates.find_pairs(documents)
    assert found.figures["n_terms_left_out"] > 0
    assert len(found.pairs) >= 249


def test_reports_all_alike_to_each_other_are_bounded_and_told():
    footer = "all rights of this outlet reserved " * 6
    documents = reports(*(f"w{k} w{k + 1} w{k + 2} {footer}" for k in range(1_500)))
    found = candidates.find_pairs(documents.assign(outlet=UNKNOWN), path="memory")
    assert len(found.pairs) < 4 * len(documents)
    told = "Common terms left out to bound the work, so that pairs of alike vocabulary may be missing: "
    assert any(sentence.startswith(told) for sentence in derivation_said.candidates_answer(found))
