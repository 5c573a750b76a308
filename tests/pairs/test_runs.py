"""Shared runs of words: what makes a pair, whatever the buckets and however hashes collide."""

import numpy as np
import pandas as pd
from samples import pairs, reports, words

from helpers.pairs import candidates, fingerprints, runs


def test_three_shared_runs_of_eight_words_make_a_pair_and_two_do_not():
    ten, nine = words(0, 10), words(50, 9)
    documents = reports(
        f"{ten} {words(100, 20)}",
        f"{words(200, 20)} {ten}",
        f"{nine} {words(300, 20)}",
        f"{words(400, 9)} {nine}",
    )
    table, stock = candidates.shared_pairs(documents)
    assert pairs(table) == [("r000", "r001")]
    assert table.loc[0, ["n_shared", "found_by"]].tolist() == [3, "runs"]
    assert stock.empty


def test_hashes_that_collide_add_pairs_and_lose_none(monkeypatch):
    documents = reports(*(words(100 * k, 20) for k in range(6)), words(0, 20) + " more")
    true = set(pairs(candidates.shared_pairs(documents)[0]))
    monkeypatch.setattr(
        fingerprints,
        "batches",
        lambda texts, n: (
            part._replace(shingle=part.shingle >> np.uint64(57) << np.uint64(57))
            for part in fingerprints.batches(texts, n=n)
        ),
    )
    found = set(pairs(candidates.shared_pairs(documents)[0]))
    assert true and true <= found


def test_buckets_do_not_change_what_is_found(monkeypatch):
    shared = [words(0, 60), words(500, 60), words(900, 60)]
    documents = reports(*(f"{shared[k % 3]} {words(1000 * (k + 2), 40)}" for k in range(30)))
    whole = candidates.shared_pairs(documents)[0]
    monkeypatch.setattr(runs, "BUCKET", 64)
    monkeypatch.setattr(runs, "COUNTED", 100)
    pd.testing.assert_frame_equal(candidates.shared_pairs(documents)[0], whole)
    assert len(whole) == 3 * 45
