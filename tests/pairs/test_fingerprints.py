"""Shingles: the same everywhere, never across reports, of any script."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from helpers.pairs import fingerprints


def shingles(n: int, **texts: str) -> pd.DataFrame:
    """Return the shingles of texts: doc_id, position, shingle."""
    names = list(texts)
    parts = [
        pd.DataFrame({"text": part.text, "position": part.position, "shingle": part.shingle})
        for part in fingerprints.batches(texts.values(), n=n)
    ]
    if not parts:
        return pd.DataFrame({"doc_id": [], "position": [], "shingle": []})
    table = pd.concat(parts, ignore_index=True)
    return table.assign(doc_id=[names[place] for place in table["text"]])


def test_a_shingle_is_every_run_of_n_words_with_its_place():
    table = shingles(2, a="the cat sat", b="on the cat")
    assert list(zip(table["doc_id"], table["position"], strict=True)) == [
        ("a", 0),
        ("a", 1),
        ("b", 0),
        ("b", 1),
    ]
    assert table["shingle"][0] == table["shingle"][3]  # "the cat" in both
    assert table["shingle"].nunique() == 3


def test_the_order_of_the_words_counts():
    table = shingles(3, a="dog bites man", b="man bites dog")
    assert table["shingle"].nunique() == 2


def test_no_shingle_crosses_from_one_report_to_the_next():
    assert shingles(2, a="one two", b="three")["doc_id"].tolist() == ["a"]


@pytest.mark.parametrize("n", [1, 3, 8])
def test_texts_too_short_or_absent_give_the_empty_table(n: int):
    assert len(shingles(n, a="word")) == (n == 1)
    assert len(shingles(n)) == 0


def test_n_below_one_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        shingles(0, a="word")


def test_any_script_gives_shingles_of_its_own():
    table = shingles(2, a="غزة فلسطين", b="加沙 和平", c="नमस्ते दुनिया", d="e\u0301t\u00e9 ete")
    # Chinese is cut into characters: four of them give three runs of two.
    assert table["shingle"].nunique() == 1 + 3 + 1 + 1


def test_hashes_do_not_change_from_one_process_to_the_next():
    code = "from helpers.pairs.fingerprints import *; print(roll(word_hashes(['a', 'ب', '加']), n=3)[0])"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    here = fingerprints.roll(fingerprints.word_hashes(["a", "ب", "加"]), n=3)
    assert found == {f"{here[0]}\n".encode()}
    assert here.dtype == np.uint64


def found(text: str, **options: bool) -> list[str]:
    words = fingerprints.raw_words(text, **options)
    text = text.lower() if options.get("plain") else text
    spans = zip(words.start_char.tolist(), words.end_char.tolist(), strict=True)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's a re-run, 3.5 days", ["It", "s", "a", "re", "run", "3", "5", "days"]),
        ("«éte» e\u0301te\u0301", ["éte", "e\u0301te\u0301"]),
        ("फ़िल्म _x_", ["फ़िल्म", "x"]),
        ("和平a กิน", ["和", "平", "a", "กิ", "น"]),
        ("\u0301 — …", ["\u0301"]),
        ("", []),
    ],
)
def test_the_words_of_a_raw_text_of_any_script(text, words):
    assert found(text) == words


def test_case_and_composition_do_not_change_a_word():
    hashes = fingerprints.raw_words("ÉTÉ été e\u0301te\u0301 ete ΟΔΟΣ οδος οδοσ \U00010400 \U00010428").hashes
    assert len(set(hashes[:3])) == 1
    assert len({hashes[0], hashes[3]}) == 2
    assert len(set(hashes[4:7])) == 1
    assert hashes[7] == hashes[8]


def test_a_composition_that_changes_the_number_of_words_is_not_made():
    # U+0338 after a sign of less than makes one sign that is no letter.
    text = "a <\u0338 b e\u0301"
    assert len(fingerprints.raw_words(text).hashes) == len(found(text)) == 4


def test_plain_words_are_those_of_scikit_learn():
    text = "A naïve_word, İstanbul’s 12 ΟΔΟΣ. e\u0301te\u0301 x"
    assert found(text, plain=True) == CountVectorizer().build_analyzer()(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_plain_words_are_those_of_scikit_learn_for_any_text(text):
    assert found(text, plain=True) == CountVectorizer().build_analyzer()(text)


@pytest.fixture
def small_pieces(monkeypatch):
    """Hash 16 code points at a time, and join texts up to 40."""
    fingerprints._powers.cache_clear()
    monkeypatch.setattr(fingerprints, "PIECE", 16)
    monkeypatch.setattr(fingerprints, "BATCH", 40)
    yield
    fingerprints._powers.cache_clear()


TEXTS = [
    "the naïve cat sat on the mat " * 4,
    "",
    "和平和平和平和平和平和平 e\u0301t",
    "On The Mat!",
    "cat",
] * 3


def test_a_text_cut_in_pieces_gives_the_same_words(request):
    whole = [fingerprints.raw_words(text) for text in TEXTS]
    request.getfixturevalue("small_pieces")
    cut = [fingerprints.raw_words(text) for text in TEXTS]
    for one, two in zip(whole, cut, strict=True):
        assert all((left == right).all() for left, right in zip(one, two, strict=True))


def test_a_word_without_end_is_divided_and_nothing_is_lost(small_pieces):
    words = fingerprints.raw_words("x" * 100)
    assert words.start_char[0] == 0 and words.end_char[-1] == 100
    assert (words.start_char[1:] == words.end_char[:-1]).all()


def test_batches_number_texts_and_places_however_they_are_joined(request):
    texts = {f"r{k:02}": text for k, text in enumerate(TEXTS)}
    whole = shingles(2, **texts)
    request.getfixturevalue("small_pieces")
    pd.testing.assert_frame_equal(shingles(2, **texts), whole)
    # 28 words, no run over the edge of a report, and single words alone give none.
    assert (whole["doc_id"] == "r00").sum() == 27
    assert whole.loc[whole["doc_id"] == "r03", "position"].tolist() == [0, 1]
    assert not whole["doc_id"].isin(["r01", "r04"]).any()
    the_mat = whole.loc[(whole["doc_id"] == "r03") & (whole["position"] == 1), "shingle"].item()
    assert (whole["shingle"] == the_mat).sum() == 3 * 5


def test_no_text_gives_no_shingle():
    assert shingles(8).empty
    with pytest.raises(ValueError, match="1 or more"):
        next(fingerprints.batches(["a"], n=0))
