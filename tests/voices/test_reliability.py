"""How often rules were right: the file, the benchmark that writes it, and what the pages print of it."""

import importlib
import re
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from samples import find

from helpers.pages.plots_rates import rule_rates_drawn
from helpers.pages.voices_said import rules_alt
from helpers.place import ROOT
from helpers.text import CorpusError
from helpers.voices import FEWEST, load_rule_rates, rule_counts


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT / "benchmarks")])
    return importlib.import_module("sources")


def test_the_file_has_the_form_that_the_benchmark_writes(tmp_path: Path, sources) -> None:
    tallies = {
        "direct": Counter(right=9, wrong=9),
        "rule direct, subject": Counter(right=30, wrong=10, none=5),
        "rule direct, none": Counter(none=7),
    }
    written = sources.rates_of({"quoted": tallies, "reworded": {}})
    assert list(written.columns) == list(
        pd.read_csv(ROOT / "data" / "reference" / "source_rules.csv").columns
    )
    written.to_csv(tmp_path / "source_rules.csv", index=False)
    (row,) = load_rule_rates(tmp_path).to_dict("records")
    assert (row["speech"], row["rule"], row["right"], row["n"], row["share"]) == (
        "quoted",
        "subject",
        30,
        40,
        0.75,
    )
    assert row["low"] < row["share"] < row["high"]


def test_the_file_says_what_the_benchmarks_print() -> None:
    printed = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    kinds = {"quoted": "direct", "reworded": "reworded"}
    for row in load_rule_rates().to_dict("records"):
        found = re.search(
            rf"\| rule {kinds[row['speech']]}, {row['rule']}, source right / wrong / none \| (\S+) ", printed
        )
        assert found and float(found[1]) == pytest.approx(row["share"], abs=0.0006)


def test_a_file_that_is_not_there_is_a_problem_of_the_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"source_rules\.csv"):
        load_rule_rates(tmp_path)


def test_intervals_are_exact(tmp_path: Path) -> None:
    rows = "speech,rule,right,n\nquoted,one,0,10\nquoted,two,5,10\nquoted,three,10,10\n"
    (tmp_path / "source_rules.csv").write_text(rows, "utf-8")
    ends = load_rule_rates(tmp_path)[["low", "high"]].to_numpy().ravel().tolist()
    # Clopper and Pearson 1934, as R's binom.test prints them.
    assert ends == pytest.approx([0, 0.3085, 0.1871, 0.8129, 0.6915, 1], abs=0.0001)


def test_a_confidence_is_a_measured_share_or_empty() -> None:
    spans = find("Lovelace said that the mill is old. Doe and Roe said: “It is a very fine old mill.”")
    rates = load_rule_rates().set_index(["speech", "rule"])
    reworded, quoted = spans.to_dict("records")
    assert reworded["confidence"] == round(rates.loc[("reworded", "subject"), "share"], 2)
    assert quoted["rule"] == "several" and rates.loc[("quoted", "several"), "n"] < FEWEST
    assert pd.isna(quoted["confidence"])
    told = rule_counts(spans, load_rule_rates()).set_index(["rule", "kind"])
    assert told.loc[("subject", "reworded"), "cases"] == rates.loc[("reworded", "subject"), "n"]
    assert pd.isna(told.loc[("several", "quoted"), "share_right"])


def test_the_picture_says_each_rule_in_words_too() -> None:
    rates = load_rule_rates()
    shown = rates[rates["n"] >= FEWEST]
    ax = rule_rates_drawn(shown)
    drawn = [label.get_text() for label in ax.get_yticklabels()]
    assert sorted(drawn) == sorted(f"{row.rule}, {row.speech}" for row in shown.itertuples())
    assert all(f"{row.n:,} cases" in rules_alt(shown) for row in shown.itertuples())
