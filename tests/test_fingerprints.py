"""Shingles: the same everywhere, never across reports, of any script."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from helpers import fingerprints


def tokens(**texts: str) -> pd.DataFrame:
    rows = [(doc_id, word) for doc_id, text in texts.items() for word in text.split()]
    return pd.DataFrame(rows, columns=["doc_id", "norm"])


def test_a_shingle_is_every_run_of_n_words_with_its_place():
    table = fingerprints.shingles(tokens(a="the cat sat", b="on the cat"), n=2)
    assert list(zip(table["doc_id"], table["position"], strict=True)) == [
        ("a", 0),
        ("a", 1),
        ("b", 0),
        ("b", 1),
    ]
    assert table["shingle"][0] == table["shingle"][3]  # "the cat" in both
    assert table["shingle"].nunique() == 3


def test_the_order_of_the_words_counts():
    table = fingerprints.shingles(tokens(a="dog bites man", b="man bites dog"), n=3)
    assert table["shingle"].nunique() == 2


def test_no_shingle_crosses_from_one_report_to_the_next():
    assert fingerprints.shingles(tokens(a="one two", b="three"), n=2)["doc_id"].tolist() == ["a"]


@pytest.mark.parametrize("n", [1, 3, 8])
def test_texts_too_short_or_absent_give_the_empty_table(n: int):
    assert len(fingerprints.shingles(tokens(a="word"), n=n)) == (n == 1)
    assert len(fingerprints.shingles(tokens(), n=n)) == 0


def test_n_below_one_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        fingerprints.shingles(tokens(a="word"), n=0)


def test_any_script_gives_shingles_of_its_own():
    table = fingerprints.shingles(
        tokens(a="غزة فلسطين", b="加沙 和平", c="नमस्ते दुनिया", d="e\u0301t\u00e9 ete"), n=2
    )
    assert table["shingle"].nunique() == 4


def test_hashes_do_not_change_from_one_process_to_the_next():
    code = "from helpers.fingerprints import *; print(roll(word_hashes(['a', 'ب', '加']), n=3)[0])"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    here = fingerprints.roll(fingerprints.word_hashes(["a", "ب", "加"]), n=3)
    assert found == {f"{here[0]}\n".encode()}
    assert here.dtype == np.uint64
