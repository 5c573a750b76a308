"""Verdicts: a case per verdict, no arrow without grounds, whole corpora, and the page's sentences."""

import math

import numpy as np
import pandas as pd
import pytest

from conftest import pair_of, reference_of, report_of
from helpers import derivation, findings, overlap, plots, references, similarity, traces
from helpers.corpus import load_documents
from helpers.schema import (
    REFERENCE_CLASSES,
    UNKNOWN,
    VERDICTS,
    ErrorRates,
    Evidence,
    Mentions,
    Similarities,
    empty,
    from_rows,
)

HUMAN, MACHINE, *_, TOPIC = REFERENCE_CLASSES
VERBATIM, COPIED, UNDECIDED, TRANSLATED, SUMMARISED, SEPARATE, TOPIC_ONLY, TOO_SHORT = VERDICTS


def whole_reference():
    """Return one set per class and measure whose lines can be read off: c5 lines at .19 and .297."""
    tops = {HUMAN: 0.2, MACHINE: 0.3, TOPIC: 0.02}
    sets = [(kind, "xx", "c5", 500, top) for kind, top in tops.items()]
    sets += [(TOPIC, "en", "c3", 500, 0.05), (HUMAN, "xx", "clumping", 500, 5.0)]
    return reference_of(*sets, (HUMAN, "xx", "lcs_share", 500, 40.0))


def judged(measures, evidence=None, similarities=None):
    evidence = empty(Evidence) if evidence is None else evidence
    similarities = empty(Similarities) if similarities is None else similarities
    return derivation.judge_pairs(
        measures, evidence, similarities, whole_reference(), empty(ErrorRates)
    ).iloc[0]


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"n_words": 89, "c8": 1.0}, TOO_SHORT),
        ({"c8": 0.51}, VERBATIM),
        ({"run_narrated": 41}, VERBATIM),
        ({"longest_run": 41}, SEPARATE),  # quoted by both: no copying
        ({"c5": 0.4, "c5_own": 0.4, "c5_narrated": 0.4, "clumping": 6.0}, COPIED),
        ({"c5": 0.4, "c5_own": 0.4, "c5_narrated": 0.4, "clumping": 5.0}, UNDECIDED),
        ({"c5": 0.4, "c5_own": 0.2, "c5_narrated": 0.4, "clumping": 6.0}, UNDECIDED),
        ({"c5": 0.4, "c5_own": 0.4, "c5_narrated": 0.1, "clumping": 6.0}, UNDECIDED),
        ({"c5": 0.2, "c5_own": 0.2}, UNDECIDED),
        ({"c5": 0.1, "c5_own": 0.1, "c3_own": 0.2, "order_kept": 0.9}, TRANSLATED),
        ({"c5": 0.1, "c5_own": 0.1, "c3_own": 0.2, "order_kept": 0.9, "lcs_share": 0.3}, SUMMARISED),
        ({"c5": 0.1, "c5_own": 0.1, "c3_own": 0.2, "order_kept": 0.7}, SEPARATE),
        ({"c5": 0.1, "c5_own": 0.0, "c3_own": 0.0, "order_kept": 0.9}, SEPARATE),
        ({"c5": 0.1, "c5_own": 0.1, "c3_own": 0.2, "order_kept": 1.0, "n_tiles": 4}, SEPARATE),
        ({"c5": 0.2, "c5_own": 0.2, "events": "different", "order_kept": 0.9}, TOPIC_ONLY),
        ({"c8": 0.6, "events": "different"}, VERBATIM),
        ({"events": UNKNOWN}, TOPIC_ONLY),
    ],
)
def test_verdicts(values, verdict):
    assert judged(pair_of(**values))["verdict"] == verdict


def test_without_a_manifest_closeness_decides_on_one_event():
    near = from_rows([("a", "b", 0.3, 1.2, UNKNOWN, math.nan)], Similarities)
    assert judged(pair_of(events=UNKNOWN), similarities=near)["verdict"] == SEPARATE


def arrow(kind, supports):
    return from_rows(
        [("a", "b", kind, supports, math.nan, 0, 0, 0, 0, "", "", "")],
        Evidence,
    )


def test_no_evidence_no_arrow_however_uneven_the_pair():
    for pair in (pair_of(c8=1.0), pair_of(c8=0.6, tile_share=1.0), pair_of(run_narrated=60)):
        assert judged(pair)["direction"] == "undetermined"


@pytest.mark.parametrize("way", ["a to b", "b to a"])
@pytest.mark.parametrize("kind", ["earlier time", "inherited error", "dangling reference", "credit line"])
def test_outside_evidence_gives_a_copy_its_arrow(kind, way):
    assert judged(pair_of(c8=0.6), arrow(kind, way))["direction"] == way


def test_a_common_original_gets_an_arrow_from_a_credit_line_alone():
    pair = pair_of(c5=0.2)
    assert judged(pair, arrow("dangling reference", "a to b"))["direction"] == "undetermined"
    assert judged(pair, arrow("earlier time", "a to b"))["direction"] == "undetermined"
    assert judged(pair, arrow("credit line", "a to b"))["direction"] == "a to b"


def test_evidence_for_both_directions_is_evidence_for_none():
    both = pd.concat([arrow("earlier time", "a to b"), arrow("credit line", "b to a")])
    assert judged(pair_of(c8=0.6), both)["direction"] == "undetermined"


def test_a_topic_has_no_direction():
    assert judged(pair_of(events="different"), arrow("credit line", "a to b"))["direction"] == "undetermined"


def test_a_pair_is_named_in_one_column():
    named = derivation.by_pair(arrow("tiles", "shared wording"))
    assert named.columns[0] == "pair"
    assert named["pair"].tolist() == ["a and b"]
    assert not {"doc_id_a", "doc_id_b"} & set(named.columns)


def test_an_unobserved_original_joins_what_it_explains():
    documents, *_ = report_of("One.", "Two.", "Three.", "Four.")
    rows = [("0", "1", TRANSLATED), ("1", "2", SUMMARISED), ("0", "2", SEPARATE), ("0", "3", COPIED)]
    table = pd.DataFrame(rows, columns=["doc_id_a", "doc_id_b", "verdict"]).assign(direction="undetermined")
    table.loc[3, "direction"] = "b to a"
    nodes, edges = derivation.layout_graph(table, documents)
    assert nodes["kind"].tolist() == ["report"] * 4 + ["unobserved original"]
    assert edges[["source", "target", "arrow"]].values.tolist() == [
        ["3", "0", True],
        ["original 1", "0", False],
        ["original 1", "1", False],
        ["original 1", "2", False],
    ]
    assert set(edges.iloc[1:3]["verdict"]) == {TRANSLATED}


def everything(*texts, **options):
    documents, sentences, tokens, spoken = report_of(*texts, **options)
    measures = overlap.measure_pairs(tokens, documents=documents, voices=spoken)
    evidence = traces.gather_evidence(measures, documents, sentences, tokens, spoken, empty(Mentions))
    near = similarity.compare_topics(tokens, documents)
    reference, rates = references.load_reference(), references.load_error_rates()
    return derivation.judge_pairs(measures, evidence, near, reference, rates), documents


@pytest.mark.parametrize("texts", [(), ("One report.",), ("One.", "۱"), ("سلام دنیا.", "你好世界。", "ok")])
def test_small_and_foreign_corpora(texts):
    derivations, documents = everything(*texts)
    assert len(derivations) == len(texts) * (len(texts) - 1) // 2
    assert set(derivations["verdict"]) <= {TOO_SHORT}
    assert len(derivation.layout_graph(derivations, documents).nodes) == len(texts)


def test_a_copy_is_a_copy_and_two_subjects_are_two():
    one = ". ".join(" ".join(f"w{i}{j}" for j in range(9)) for i in range(20))
    other = ". ".join(" ".join(f"v{i}{j}" for j in range(9)) for i in range(20))
    derivations, _ = everything(one, one, other)
    assert derivations["verdict"].tolist() == [VERBATIM, SEPARATE, SEPARATE]
    assert set(derivations["direction"]) == {"undetermined"}


def test_the_seeds_draw_no_arrow_and_two_events_share_only_their_topic():
    documents = load_documents()
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    events = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    derivations, _ = everything(*texts.values(), events=list(events.values()))
    assert set(derivations["direction"]) == {"undetermined"}
    across = derivations[derivations["events"] == "different"]
    assert set(across["verdict"]) == {TOPIC_ONLY}
    own = derivations[derivations["events"] == "same"]["verdict"].tolist()
    assert own == [UNDECIDED, SUMMARISED]


def test_the_answer_names_verdicts_and_counts_arrows():
    pairs = pd.concat([pair_of(c8=0.6), pair_of(doc_id_b="c", events="different")], ignore_index=True)
    evidence = arrow("earlier time", "b to a")
    table = derivation.judge_pairs(pairs, evidence, empty(Similarities), whole_reference(), empty(ErrorRates))
    told = " ".join(findings.derivation_answer(table, empty(Similarities)))
    assert "a and b: verbatim; if one is from the other, a is from b." in told
    assert "1 pair of reports of two events, the control: topic only (1)." in told
    assert "Arrows drawn: 1 of 2 pairs." in told


def test_the_answer_warns_when_another_event_is_closer():
    rows = [("a", "b", 0.2, 0.8, "same", math.nan), ("a", "c", 0.3, 1.1, "different", math.nan)]
    told = findings.event_guard(from_rows(rows, Similarities))
    assert told[0].startswith("Warning: a and c, of two events, are closer (1.10) than a and b")


def test_limits_name_the_languages_and_the_floor_of_a_permutation_test():
    across = pd.concat([pair_of(events="different"), pair_of(doc_id_b="c", events="different")])
    rates = references.load_error_rates()
    told = " ".join(findings.derivation_limits(across, references.load_reference(), rates))
    assert "Nothing here was calibrated on Persian" in told
    assert "Czech, Estonian, German and Russian" in told
    assert "below 0.33" in told


def test_the_graph_draws_a_report_an_original_and_an_arrow():
    nodes = pd.DataFrame(
        [("a", "report", "e", 0.0, 1.0), ("b", "report", "e", 0.0, -1.0), ("o", "unobserved", "e", 0.0, 0.0)],
        columns=["node", "kind", "event_id", "x", "y"],
    )
    edges = pd.DataFrame([("a", "b", COPIED, True)], columns=["source", "target", "verdict", "arrow"])
    ax = plots.derivation_graph(nodes, edges)
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("?") == 1
    assert {"a", "b", "e"} <= set(texts)
    assert sum(text.arrow_patch is not None for text in ax.texts) == 1
    plain = plots.derivation_graph(nodes, edges.assign(arrow=False))
    assert all(text.arrow_patch is None for text in plain.texts)


def test_bands_and_frames_are_drawn_from_their_tables():
    placed = references.place_pairs(pair_of(c5=0.05), reference_of((HUMAN, "aa", "c5", 500, 0.2)))
    bar = plots.class_bands(placed).patches[0]
    assert (bar.get_x(), bar.get_width()) == (pytest.approx(0.01), pytest.approx(0.18))
    matrix = pd.DataFrame(np.eye(3), index=list("abc"), columns=list("abc"))
    events = pd.Series({"a": "e", "b": "e", "c": UNKNOWN})
    frames = plots.event_heat(matrix, events, title="").patches
    assert [(frame.get_x(), frame.get_width()) for frame in frames] == [(-0.5, 2)]
    plots.class_bands(placed.iloc[:0])
