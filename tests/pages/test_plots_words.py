"""Pictures of wording: each label stands at the numbers of its own row of the table."""

import math

import numpy as np
import pandas as pd
import pytest

from helpers import table as schema
from helpers.pages import plots, plots_words, wording_said
from helpers.text import tables
from helpers.words import by_report, contrast
from helpers.words import counts as words_counts
from helpers.words.tables import KeynessTable, PooledCountsTable


@pytest.fixture(scope="module")
def keyness():
    rows = [
        (event, outlet, term, n, 1)
        for event, outlet, counts in (
            ("one", "A", {"war": 9, "peace": 2, "so": 30, "only": 5}),
            ("one", "B", {"war": 3, "peace": 8, "so": 30, "other": 6}),
            ("two", "A", {"war": 4, "peace": 4, "so": 40}),
            ("two", "C", {"war": 1, "peace": 7, "so": 40}),
        )
        for term, n in counts.items()
    ]
    pooled = schema.conform(
        pd.DataFrame(rows, columns=list(PooledCountsTable.to_schema().columns)), PooledCountsTable
    )
    return contrast.keyness(pooled, quoted=pooled[pooled["term"] == "war"])


def texts_at(ax):
    """Return the texts of a picture by the height they stand at."""
    return {round(text.get_position()[1], 6): text.get_text() for text in ax.texts}


def test_every_label_of_the_forest_stands_at_its_rows_numbers(keyness):
    top = contrast.top_terms(keyness)
    ax = plots_words.forest(top, reach=5.0)
    labels = dict(zip(ax.get_yticks(), (t.get_text() for t in ax.get_yticklabels()), strict=True))
    assert list(labels.values()) == top["term"].tolist()
    marks = {line.get_ydata()[0]: line for line in ax.lines if line.get_marker() in ("o", "s")}
    bars = {line.get_ydata()[0]: line.get_xdata() for line in ax.lines if len(set(line.get_xdata())) == 2}
    for place, (_, row) in zip(labels, top.iterrows(), strict=True):
        mark = marks[place]
        assert mark.get_xdata()[0] == pytest.approx(np.clip(row["log_ratio"], -4.75, 4.75))
        assert mark.get_marker() == ("o" if row["log_ratio"] > 0 else "s")
        assert (mark.get_markerfacecolor() != "white") == row["flagged"]
        assert bars[place] == pytest.approx(np.clip([row["low"], row["high"]], -5, 5))
        counts = texts_at(ax)[place].split(" : ")
        assert [int(n) for n in counts] == [row["n_target"], row["n_reference"]]


def test_the_forest_names_each_outlet_on_its_side(keyness):
    ax = plots_words.forest(contrast.top_terms(keyness))
    sides = {text.get_text(): text.get_position()[0] for text in ax.texts if "◀" in text.get_text()}
    assert sides == {"◀ B": -5, "◀ C": -5}
    assert {text.get_position()[0] for text in ax.texts if text.get_text() == "A ▶"} == {5}


def test_a_flagged_mark_is_filled():
    row = {name: [0] for name in KeynessTable.to_schema().columns}
    row |= {"event_id": ["e"], "target": ["A"], "reference": ["B"], "term": ["war"], "log_ratio": [math.inf]}
    table = pd.DataFrame(row | {"low": [1.0], "high": [math.inf], "flagged": [True], "n_target": [9]})
    mark = next(line for line in plots_words.forest(table).lines if line.get_marker() == "o")
    assert mark.get_markerfacecolor() == plots.BLUE


def test_every_bar_of_the_sides_has_its_rows_counts(keyness):
    rows = keyness[(keyness["term"] == "war") & (keyness["event_id"] == "one")]
    ax = plots_words.word_sides(rows, colours=["#111111", "#222222"])
    solid = [bar.get_width() for bar in ax.patches if not bar.get_hatch()]
    hatched = [bar.get_width() for bar in ax.patches if bar.get_hatch()]
    assert solid == [0, 0]
    assert hatched == pytest.approx([-9, 3])
    told = [text.get_text().strip() for text in ax.texts]
    assert told == ["war", "9", "3", "A", "B"]
    colours = {text.get_text().strip(): text.get_color() for text in ax.texts}
    assert (colours["A"], colours["B"]) == ("#111111", "#222222")


def test_every_name_of_the_funnel_points_to_its_word():
    points = pd.DataFrame(
        {
            "term": ["war", "peace", "so"],
            "per_million": [100.0, 900.0, 5000.0],
            "ratio": [2.5, -1.5, 0.1],
            "low": [-1.0, -0.5, -0.2],
            "high": [1.0, 0.5, 0.2],
            "flagged": [True, True, False],
        }
    )
    ax = plots_words.funnel(points)
    named = {text.get_text(): text.xy for text in ax.texts}
    assert named == {"war": (100.0, 2.5), "peace": (900.0, -1.5)}


def test_the_band_of_the_funnel_comes_from_the_counts():
    rng = np.random.default_rng(2)
    names = [*tables.DocumentsTable.to_schema().columns]
    texts = [" ".join(rng.choice(list("abcdefgh"), 80)) + " envoy" * 6 * (i % 2) for i in range(16)]
    documents = pd.DataFrame([dict.fromkeys(names, "e") | {"doc_id": f"{i:02}"} for i in range(16)])
    documents = documents.assign(outlet=["AB"[i % 2] for i in range(16)], text=texts)
    tokens = pd.DataFrame(
        [(f"{i:02}", 0, word) for i, text in enumerate(texts) for word in text.split()],
        columns=["doc_id", "sentence_id", "norm"],
    ).assign(start_char=0, end_char=1)
    counts = words_counts.count_terms(tokens)
    rows = by_report.deal_reports(
        contrast.keyness(words_counts.pool_counts(counts, documents)), counts, documents
    )
    points = by_report.funnel_points(rows).set_index("term")
    assert points.loc["envoy", "flagged"]
    assert points.loc["envoy", "per_million"] == pytest.approx(1e6 * 48 / (16 * 80 + 48))
    assert points.loc["envoy", "ratio"] < points.loc["envoy", "low"] < 0


def test_alternative_texts_tell_the_numbers(keyness):
    top = contrast.top_terms(keyness)
    assert "“only”, 5 in A, 0 in B" in wording_said.forest_alt(top)
    assert "“war” 9 and 3" in wording_said.sides_alt(keyness[keyness["term"] == "war"])
    assert "war 1.50" in wording_said.matrix_alt(pd.DataFrame({"A": [1.5]}, index=["war"]))


def test_empty_tables_are_drawn():
    empty = schema.empty(KeynessTable)
    for ax, alt in (
        (plots_words.forest(empty), wording_said.forest_alt(empty)),
        (
            plots_words.funnel(by_report.funnel_points(empty)),
            wording_said.funnel_alt(by_report.funnel_points(empty)),
        ),
    ):
        ax.figure.canvas.draw()
        assert len(alt) > 15
