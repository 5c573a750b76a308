"""Every picture, with names of any length and script: it is drawn, and nothing is complained of."""

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers.derivation.verdicts import COPIED
from helpers.pages import blocks, plots, plots_pairs, plots_words
from helpers.voices.tables import VOICES
from helpers.words.tables import KeynessTable

NAMES = [
    "A",
    "outlet " * 60,
    "<img src=x onerror=alert(1)>" * 4,
    "新华社 北京",
    "خبرگزاری ایران پرس",
    "สำนักข่าว 🗞️",
    "two\nlines\ttabs",
    "\u202eevil\u2066 \0 \ufdd0",
    "$x^2$ \\frac{1}{2} $",
    " ",
    *(f"{k} outlet of the town of {k}" for k in range(6)),
]


def counts(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"name": names}).assign(n=3, direct=1, narration=2)


def keyness(names: list[str]) -> pd.DataFrame:
    table = pd.DataFrame({column: [0] * len(names) for column in KeynessTable.to_schema().columns})
    table = table.assign(term=names, event_id=names, target=names, reference=names[::-1])
    return table.assign(log_ratio=1.0, low=-np.inf, high=2.0, flagged=True, n_target=3, narrated_target=2)


def matrix(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(np.ones((len(names), len(names))), index=names, columns=names)


def class_bands(names: list[str]) -> Axes:
    table = pd.DataFrame({"doc_id_a": names, "doc_id_b": names[::-1], "data_set": names})
    band = {"measure": "c5", "p05": 0.1, "p50": 0.2, "p95": 0.3, "value": 0.15, "n_words": 400}
    return plots_pairs.class_bands(table.assign(reference_class="other events", **band))


def count_bars(names: list[str]) -> Axes:
    return plots.count_bars(counts(names), label="name", value="n")


def coverage_dates(names: list[str]) -> Axes:
    days = pd.Series(pd.date_range("2024-03-26", periods=len(names), tz="UTC"))
    dated = pd.DataFrame({"event": names, "outlet": names[::-1], "day": days})
    return plots.coverage_dates(dated, colours=["black"] * len(names))


def derivation_graph(names: list[str]) -> Axes:
    nodes = pd.DataFrame({"node": names, "event_id": names, "kind": "report", "y": 0.0})
    edges = pd.DataFrame({"source": names[:1], "target": names[-1:], "verdict": COPIED, "arrow": True})
    return plots_pairs.derivation_graph(nodes.assign(x=np.arange(len(names))), edges)


def event_heat(names: list[str]) -> Axes:
    return plots_pairs.event_heat(matrix(names), pd.Series(names, index=names), title="Pairs")


def forest(names: list[str]) -> Axes:
    return plots_words.forest(keyness(names))


def funnel(names: list[str]) -> Axes:
    points = pd.DataFrame({"term": names, "per_million": np.arange(1.0, len(names) + 1)})
    return plots_words.funnel(points.assign(ratio=2.0, low=-1.0, high=1.0, flagged=True))


def heat_table(names: list[str]) -> Axes:
    return plots.heat_table(matrix(names), title="Shares")


def naming_matrix(names: list[str]) -> Axes:
    table = pd.DataFrame({"entity": names, "surface": names[::-1], "doc_id": names, "n": 2})
    return plots.naming_matrix(table)


def slot_ribbon(names: list[str]) -> Axes:
    place = {"slot_id": 1, "start_char": 0, "end_char": 50, "moved": False, "relation": "same"}
    return plots_pairs.slot_ribbon(pd.DataFrame({"event_id": names, "doc_id": names}).assign(**place))


def word_sides(names: list[str]) -> Axes:
    return plots_words.word_sides(keyness(names))


def voice_shares(names: list[str]) -> Axes:
    return plots.voice_shares(pd.DataFrame({"doc_id": names}).assign(voice=VOICES[0], share=0.5))


def voice_stack(names: list[str]) -> Axes:
    return plots.voice_stack(counts(names), label="name", voices=["direct", "narration"], xlabel="uses")


DRAWN: list[Callable[[list[str]], Axes]] = [
    *(class_bands, count_bars, coverage_dates, derivation_graph, event_heat, forest, funnel),
    *(heat_table, naming_matrix, slot_ribbon, voice_shares, voice_stack, word_sides),
]


def test_every_picture_is_tried() -> None:
    drawn = {
        name
        for room in (plots, plots_pairs, plots_words)
        for name in room.__all__
        if "ax" in getattr(getattr(room, name), "__annotations__", {})
    }
    assert {draw.__name__ for draw in DRAWN} == drawn


@pytest.mark.parametrize("names", [NAMES[1:2], NAMES[2:5], NAMES], ids=len)
@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_no_name_takes_the_room_of_the_drawing(draw: Callable[[list[str]], Axes], names: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes = draw(names)
        block = blocks.figure(axes, alt="Names of all kinds.", caption="Names")
    assert "<img" in block.html
    width, height = axes.figure.get_size_inches() * axes.figure.dpi
    drawn = axes.get_window_extent()
    assert drawn.width > 0.25 * width
    assert drawn.height > 0.25 * height
    for legend in filter(None, [axes.get_legend()]):
        edges = legend.get_window_extent().extents
        assert (edges[:2] >= 0).all() and (edges[2:] <= (width, height)).all()


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_picture_of_nothing_is_a_sentence(draw: Callable[[list[str]], Axes]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        block = blocks.figure(draw([]), alt="No names.", caption="Names")
    assert block.text == "Names: nothing to draw. No names."
    assert "<img" not in block.html


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Courier", "Courier"),
        ("x" * 44, "x" * 44),
        ("a" * 30 + "b" * 30, "a" * 29 + "…" + "b" * 14),
        ("新华社", "XinHuaShe"),
        ("two\nlines", "two lines"),
        ("a\u202eb\0", "a\ufffdb\ufffd"),
    ],
)
def test_a_label_is_one_short_line_of_letters_that_can_be_drawn(name: str, label: str) -> None:
    assert count_bars([name]).texts[0].get_text() == label
