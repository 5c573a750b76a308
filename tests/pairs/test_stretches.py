"""Stretches: the runs of words that each report of a pair has from the other."""

import pandas as pd
from samples import reports, words

from helpers.pairs import candidates, stretches


def test_stretches_are_the_runs_that_the_other_report_has_too():
    head, tail = words(0, 12), words(100, 9)
    documents = reports(f"Lead. {head}, {words(200, 5)} {tail}.", f"{tail} {words(300, 5)} {head}")
    table = stretches.find_stretches(documents, pd.DataFrame({"doc_id_a": ["r000"], "doc_id_b": ["r001"]}))
    cut = [
        documents.set_index("doc_id")["text"][row.doc_id][row.start_char : row.end_char]
        for row in table.itertuples()
    ]
    assert cut == [head, tail, tail, head]
    assert table["n_words"].tolist() == [12, 9, 9, 12]
    assert table["other"].tolist() == ["r001", "r001", "r000", "r000"]


def test_stretches_of_many_pairs_are_those_of_each(monkeypatch):
    shared = [words(0, 20), words(500, 30)]
    documents = reports(*(f"{shared[k % 2]} {words(1000 * (k + 2), 9)} {shared[0]}" for k in range(6)))
    wanted = candidates.find_pairs(documents).pairs
    whole = stretches.find_stretches(documents, wanted)
    monkeypatch.setattr(stretches, "PAIRS_AT_A_TIME", 2)
    pd.testing.assert_frame_equal(stretches.find_stretches(documents, wanted), whole)
    alone = pd.concat([stretches.find_stretches(documents, wanted[k : k + 1]) for k in range(len(wanted))])
    keys = ["doc_id", "other", "start_char"]
    pd.testing.assert_frame_equal(
        alone.sort_values(keys, ignore_index=True), whole.sort_values(keys, ignore_index=True)
    )


def test_wording_repeated_without_end_is_one_stretch():
    documents = reports("la " * 3_000, "x " + "la " * 3_000)
    table = stretches.find_stretches(documents, pd.DataFrame({"doc_id_a": ["r000"], "doc_id_b": ["r001"]}))
    assert table["n_words"].tolist() == [3_000, 3_000]
