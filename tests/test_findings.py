"""Sentences follow their tables, also for other corpora."""

import pandas as pd

from helpers import findings


def documents(*rows):
    columns = ["doc_id", "event_id", "outlet", "published"]
    return pd.DataFrame(rows, columns=columns)


def sizes(*tokens):
    return pd.DataFrame({"doc_id": range(len(tokens)), "tokens": tokens})


def test_the_answer_counts_reports_outlets_and_gaps():
    table = documents(
        ("000", "e", "Unnamed outlet 1", "unknown"),
        ("001", "e", "The Post", "2024-01-02"),
        ("004", "f", "unknown", "unknown"),
    )
    text = " ".join(findings.corpus_answer(table, sizes(10, 20, 30)))
    assert "3 reports of 2 events from 3 outlets, 10 to 30 words long, 60 in all" in text
    assert "named for 1 of 3 reports" in text
    assert "known for 1" in text
    assert "002 and 003 are not among them" in text


def test_one_report_is_singular():
    text = findings.corpus_answer(documents(("a", "e", "x", "2024")), sizes(10))[0]
    assert text.startswith("1 report of 1 event from 1 outlet")


def test_no_report_is_said():
    assert findings.corpus_answer(documents(), sizes())[0] == "There is no report."


def test_limits_count_the_confounded_cells():
    rows = [("a", "e", "x", "2024"), ("b", "e", "x", "2024"), ("c", "e", "y", "2024")]
    text = " ".join(findings.corpus_limits(documents(*rows)))
    assert "1 of 2 pairs of event and outlet" in text
    assert "published" not in text


def test_bars_are_told_each_while_few():
    table = pd.DataFrame({"a": ["x", "y"], "n": [1, 2000]})
    assert findings.bars_alt(table, label="a", value="n", noun="words") == "Bars of words: y 2,000 and x 1."
    many = pd.DataFrame({"a": list(map(str, range(20))), "n": range(20)})
    assert (
        findings.bars_alt(many, label="a", value="n", noun="words")
        == "20 bars of words, from 19 19 down to 0 0."
    )
