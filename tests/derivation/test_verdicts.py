"""Verdicts: a case per verdict, no arrow without grounds, whole corpora, and the page's sentences."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from conftest import pair_of, reference_of, report_of, told_by
from helpers.derivation import (
    calibration,
    errors,
    graph,
    verdicts,
)
from helpers.derivation.dependence import Dependence
from helpers.derivation.tables import REFERENCE_CLASSES, VERDICTS, ErrorRatesTable, EvidenceTable
from helpers.names.tables import MentionsTable
from helpers.pages import derivation_said, plots_pairs
from helpers.pairs import candidates, propose_events, topics
from helpers.pairs.tables import SimilaritiesTable
from helpers.table import UNKNOWN, empty, from_rows
from helpers.text.corpus import load_documents

HUMAN, MACHINE, _, _, _, TOPIC, NEWS, AGENCY = REFERENCE_CLASSES
WORD_FOR_WORD, WORDED_APART, PASSAGES, PHRASES, NOTHING, TOO_SHORT, CANNOT_TELL = VERDICTS


def whole_reference():
    """Return one set per class and measure: lines of c5 at .19 and .297, of both lcs_apart at .297."""
    tops = {HUMAN: 0.2, MACHINE: 0.3, TOPIC: 0.02}
    sets = [(kind, "xx", "c5", 500, top) for kind, top in tops.items()]
    sets += [(TOPIC, "en", "c3", 500, 0.05), (HUMAN, "xx", "clumping", 500, 5.0)]
    news = (NEWS, "en", "lcs_apart", 500, 0.2)
    sets += [(NEWS, "en", "letters_apart", 500, 0.2), (HUMAN, "xx", "letters_apart", 500, 39.6)]
    return reference_of(*sets, news, (HUMAN, "xx", "lcs_apart", 500, 39.6))


CLOSE = {"c5": 0.4, "c5_own": 0.4, "c5_narrated": 0.4, "lcs_apart": 0.5, "letters_rest": 0.5}


def judged(measures, evidence=None):
    evidence = empty(EvidenceTable) if evidence is None else evidence
    return verdicts.judge_pairs(measures, evidence, whole_reference(), empty(ErrorRatesTable)).iloc[0]


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"n_words": 89, "c8": 1.0}, TOO_SHORT),
        ({"language": "fa", "c8": 1.0}, CANNOT_TELL),
        ({"language": "de, en", "c8": 1.0}, CANNOT_TELL),
        ({"language": UNKNOWN, "n_words": 20}, CANNOT_TELL),
        ({"c8": 0.51, "lcs_apart": 0.5, "letters_rest": 0.5}, WORD_FOR_WORD),
        ({"c8": 0.51, "run_share": 0.51}, WORD_FOR_WORD),  # a brief cut from a long report
        ({"c8": 0.51, "lcs_apart": 0.5, "run_share": 0.5}, PASSAGES),  # and the rest is another story
        ({"c8": 0.51, "lcs_apart": 0.2, "longest_run": 80, "run_quoted": 80}, PHRASES),  # quoted by both
        ({**CLOSE, "clumping": 6.0}, WORD_FOR_WORD),
        ({**CLOSE, "clumping": 5.0}, WORDED_APART),
        ({**CLOSE, "c5_own": 0.2, "clumping": 6.0}, WORDED_APART),
        ({"lcs_apart": 0.397, "letters_rest": 0.298}, WORDED_APART),
        ({"lcs_apart": 0.21, "letters_apart": 0.397, "letters_rest": 0.298}, WORDED_APART),
        ({"lcs_apart": 0.2, "letters_apart": 0.9, "letters_rest": 0.9}, NOTHING),  # two lists of figures
        ({"lcs_apart": 0.397, "letters_rest": 0.296}, PASSAGES),
        ({"lcs_apart": 0.21, "letters_apart": 0.298}, PASSAGES),
        ({"dense": 0.41}, PASSAGES),
        ({"dense": 0.4}, NOTHING),
        ({"lcs_apart": 0.395}, PASSAGES),
        ({"lcs_apart": 0.298}, PASSAGES),
        ({"lcs_apart": 0.296}, NOTHING),
        ({"lcs_apart": math.nan}, NOTHING),
        ({"run_narrated": 16, "longest_run": 16}, PASSAGES),
        ({"run_narrated": 15, "longest_run": 15}, PHRASES),
        ({"longest_run": 9}, NOTHING),
        ({"c5": 0.2}, PHRASES),
        ({"order_kept": 1.0}, NOTHING),
        (
            {"events": "different", "run_narrated": 20, "longest_run": 20},
            PASSAGES,
        ),  # a control worth the name
    ],
)
def test_verdicts(values, verdict):
    assert judged(pair_of(**values))["verdict"] == verdict


def piece(kind, supports, *, a="", b="", note=""):
    return from_rows([("a", "b", kind, supports, math.nan, 0, 0, 0, 0, a, b, note)], EvidenceTable)


ALIKE = {"c8": 0.6, "lcs_apart": 0.8, "run_share": 0.8}


def test_no_evidence_no_arrow_however_uneven_the_pair():
    for pair in (pair_of(**ALIKE), pair_of(**ALIKE, tile_share=1.0), pair_of(run_narrated=60)):
        row = judged(pair)
        assert (row["direction"], row["explanation"], row["found"]) == (
            "undetermined",
            "not explained by these texts",
            "nothing",
        )


@pytest.mark.parametrize("way", ["a to b", "b to a"])
@pytest.mark.parametrize("kind", ["earlier time", "one address", "credit line"])
def test_what_names_or_dates_the_other_gives_a_copy_its_arrow(kind, way):
    assert judged(pair_of(**ALIKE), piece(kind, way))["direction"] == way


@pytest.mark.parametrize("kind", ["inherited error", "dangling reference", "earlier date"])
def test_what_neither_names_nor_dates_the_other_is_told_and_draws_nothing(kind):
    row = judged(pair_of(**ALIKE), piece(kind, "a to b", note="seen"))
    assert row["direction"] == "undetermined"
    assert row["found"] == f"{kind}: seen"


def test_a_time_gives_no_arrow_where_the_text_may_be_an_agencys_or_is_not_the_same():
    time = piece("earlier time", "a to b")
    agency = piece("agency", "dependence", a="(AP)", note="Associated Press")
    assert judged(pair_of(**ALIKE), pd.concat([time, agency]))["direction"] == "undetermined"
    assert judged(pair_of(lcs_apart=0.5), time)["direction"] == "undetermined"
    assert judged(pair_of(), time)["direction"] == "undetermined"


def test_a_credit_line_counts_without_shared_wording_and_a_contrary_date_takes_it_away():
    credit = piece("credit line", "a to b")
    row = judged(pair_of(), credit)
    assert (row["verdict"], row["direction"], row["explanation"]) == (NOTHING, "a to b", "b credits a")
    for kind in ("earlier time", "earlier date"):
        contrary = pd.concat([credit, piece(kind, "b to a")])
        assert judged(pair_of(), contrary)["direction"] == "undetermined"


def test_sentences_call_reports_by_their_names():
    credit = piece("credit line", "a to b", b="Post")
    tables = pair_of(**ALIKE), credit, whole_reference(), empty(ErrorRatesTable)
    (row,) = verdicts.judge_pairs(*tables, names={"a": "The Post", "b": "The Sun"}).to_dict("records")
    assert row["explanation"].startswith("The Sun ") and row["explanation"].endswith("credits The Post")
    assert "The Sun: “Post”" in row["found"]


def test_evidence_for_both_directions_is_evidence_for_none():
    both = pd.concat([piece("credit line", "a to b"), piece("credit line", "b to a")])
    assert judged(pair_of(**ALIKE), both)["direction"] == "undetermined"


def test_two_events_have_no_direction():
    row = judged(pair_of(events="different"), piece("credit line", "a to b"))
    assert (row["direction"], row["explanation"]) == ("undetermined", "two events")


def agency(**sides):
    return [piece("agency", "dependence", note="Reuters", **{side: words}) for side, words in sides.items()]


@pytest.mark.parametrize(
    ("values", "pieces", "explanation"),
    [
        ({"run_quoted": 41, "longest_run": 41}, [], "both quote one statement (41 words in a row)"),
        (ALIKE, agency(a="(Reuters)", b="Reuters"), "both credit Reuters: perhaps its text"),
        (ALIKE, agency(b="Reuters"), "b credits Reuters: perhaps its text"),
        ({}, agency(a="(Reuters)", b="Reuters"), "nothing to explain"),
        (
            ALIKE,
            [piece("agency", "nothing", note="Reuters", b="according to Reuters")],
            "not explained by these texts",
        ),
        (
            ALIKE,
            [piece("press release", "dependence", b="press release")],
            "b names a statement at shared words (“press release”): perhaps its words; "
            "the rest not explained by these texts",
        ),
        (ALIKE, [piece("press release", "dependence", note="a: it says so")], "a is a press release"),
        ({}, [piece("press release", "dependence", b="press release")], "nothing to explain"),
        ({"lcs_apart": 0.5}, [], "not explained by these texts"),
        (
            {"lcs_apart": 0.5, "run_quoted": 12},
            [],
            "both quote one statement (12 words in a row); the rest not explained by these texts",
        ),
        (
            {"lcs_apart": 0.5, "letters_rest": 0.5},
            [piece("translation named", "separate rendering", a="translated from")],
            "a translation is named: perhaps renderings of one text",
        ),
        (
            {"longest_run": 88, **ALIKE},
            [piece("credit line", "a to b", b="Post")],
            "b quotes and credits a",
        ),
        (ALIKE, [piece("one address", "b to a")], "a is a later version of b"),
        ({"language": "fa"}, [], "not measured in Persian"),
        ({"language": "de, en"}, [], "not measured between German and English"),
        ({"language": UNKNOWN}, [], "the language is not known"),
    ],
)
def test_explanations_name_what_was_found(values, pieces, explanation):
    found = pd.concat(pieces) if pieces else None
    assert judged(pair_of(**values), found)["explanation"] == explanation


@pytest.mark.parametrize(
    ("verdict", "words", "language", "told"),
    [
        (WORD_FOR_WORD, 650, "en", "in English, at 650 words: independent reports of one event 0."),
        (WORDED_APART, 370, "en", "at 370 words: independent reports of one event "),
        (NOTHING, 180, "en", "agency copies with edits "),
        (NOTHING, 5000, "en", "not measured at 5,000 words"),
        (TOO_SHORT, 20, "en", "not measured at this length"),
        (CANNOT_TELL, 400, "fa", "not measured in Persian"),
    ],
)
def test_every_verdict_has_its_error_or_abstains(verdict, words, language, told):
    assert told in errors.error_of(verdict, words, language, rates=calibration.load_error_rates())


def test_of_translations_only_what_may_be_one_is_told():
    rates = calibration.load_error_rates()
    assert "translation" not in errors.error_of(WORD_FOR_WORD, 650, "en", rates=rates)
    assert "independent human translations 0." in errors.error_of(WORD_FOR_WORD, 650, "en", True, rates=rates)


def test_a_pair_is_named_in_one_column():
    named = verdicts.by_pair(piece("tiles", "shared wording"))
    assert named.columns[0] == "pair"
    assert named["pair"].tolist() == ["a and b"]
    assert not {"doc_id_a", "doc_id_b"} & set(named.columns)


def test_an_unobserved_original_joins_what_it_explains():
    documents, *_ = report_of("One.", "Two.", "Three.", "Four.")
    rows = [
        ("0", "1", WORDED_APART),
        ("1", "2", WORDED_APART),
        ("0", "2", NOTHING),
        ("0", "3", WORD_FOR_WORD),
    ]
    table = pd.DataFrame(rows, columns=["doc_id_a", "doc_id_b", "verdict"]).assign(direction="undetermined")
    table.loc[3, "direction"] = "b to a"
    nodes, edges = graph.layout_graph(table, documents)
    assert nodes["kind"].tolist() == ["report"] * 4 + ["unobserved original"]
    assert edges[["source", "target", "arrow"]].values.tolist() == [
        ["3", "0", True],
        ["original 1", "0", False],
        ["original 1", "1", False],
        ["original 1", "2", False],
    ]
    assert set(edges.iloc[1:3]["verdict"]) == {WORDED_APART}


def everything(*texts, **options):
    documents, sentences, tokens, spoken = report_of(*texts, **options)
    own = Dependence(documents, sentences, tokens, spoken, empty(MentionsTable))
    measures, evidence = own.measures, own.evidence(own.measures)
    reference, rates = calibration.load_reference(), calibration.load_error_rates()
    return verdicts.judge_pairs(measures, evidence, reference, rates), documents


@pytest.mark.parametrize("texts", [(), ("One report.",), ("One.", "۱"), ("سلام دنیا.", "你好世界。", "ok")])
def test_small_and_foreign_corpora(texts):
    derivations, documents = everything(*texts)
    assert len(derivations) == len(texts) * (len(texts) - 1) // 2
    assert set(derivations["verdict"]) <= {TOO_SHORT}
    assert len(graph.layout_graph(derivations, documents).nodes) == len(texts)


def test_a_copy_is_a_copy_and_two_subjects_are_two():
    one = ". ".join(" ".join(f"w{i}{j}" for j in range(9)) for i in range(20))
    chance = np.random.default_rng(7)
    words = ("".join(chance.choice(list("abcdefghijklm"), 4)) for _ in range(180))
    derivations, _ = everything(one, one, " ".join(words))
    assert derivations["verdict"].tolist() == [WORD_FOR_WORD, NOTHING, NOTHING]
    assert set(derivations["direction"]) == {"undetermined"}


def test_the_seeds_draw_no_arrow_and_two_events_share_only_their_topic():
    documents = load_documents()
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    events = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    derivations, _ = everything(*texts.values(), events=list(events.values()))
    assert set(derivations["direction"]) == {"undetermined"}
    across = derivations[derivations["events"] == "different"]
    assert set(across["verdict"]) == {NOTHING}
    own = derivations[derivations["events"] == "same"]["verdict"].tolist()
    assert own == [WORDED_APART, PASSAGES]


def test_the_answer_names_verdicts_and_counts_arrows():
    alike = pair_of(**ALIKE, share_a=0.62, share_b=0.97)
    pairs = pd.concat([alike, pair_of(doc_id_b="c", events="different")], ignore_index=True)
    evidence = piece("earlier time", "b to a")
    table = verdicts.judge_pairs(pairs, evidence, whole_reference(), empty(ErrorRatesTable))
    every = candidates.find_pairs(report_of("One.")[0])
    told = " ".join(derivation_said.derivation_answer(table, empty(SimilaritiesTable), every))
    assert (
        "a (62% of its words) and b (97%) share most of the text, word for word; nearly all of b is in a: "
        "b is the earlier one (an arrow from b to a)." in told
    )
    assert "Of 1 pair of reports on two events, the control, in 1 no shared wording was found." in told
    assert "Who took from whom is known for 1 of 2 pairs." in told


@pytest.mark.parametrize(
    ("values", "close_to"),
    [
        ({"run_narrated": 16}, PHRASES),  # 16 words are the line, and a run of ten is more than chance
        ({"run_narrated": 60}, ""),
        ({"c8": 0.52, "run_share": 0.52, "run_narrated": 60}, PASSAGES),
        ({"run_narrated": 15}, PASSAGES),
        ({"longest_run": 9, "run_narrated": 3}, PHRASES),
        ({}, ""),
        ({"n_words": 80, "run_narrated": 16}, ""),
    ],
)
def test_a_verdict_near_a_line_names_the_one_beyond_it(values, close_to):
    row = judged(pair_of(**({"longest_run": 16, "c5": 0.1} | values if values else {})))
    assert row["close_to"] == close_to


def test_limits_and_places_name_translations_only_where_one_is_possible():
    rates, reference = calibration.load_error_rates(), calibration.load_reference()
    every = candidates.find_pairs(report_of("One.")[0])
    told = derivation_said.derivation_limits(pair_of(), reference, rates, every, translations=False)
    assert "translation" not in " ".join(told)
    assert "were called word for word; the rest" in " ".join(told)


def test_the_answer_warns_when_another_event_is_closer():
    rows = [("a", "b", 0.2, 0.8, "same", math.nan, 0.0), ("a", "c", 0.3, 1.1, "different", math.nan, 0.0)]
    told = derivation_said.event_guard(from_rows(rows, SimilaritiesTable))
    assert told[0].startswith("a and c are of two events and closer in subject (1.10) than a and b")


def test_proposed_events_are_no_control_and_only_loose_reports_are_told():
    rows = [("a", "b", 0.2, 0.8, "same", math.nan, 0.0), ("a", "c", 0.3, 1.1, "different", math.nan, 0.0)]
    alone = derivation_said.event_guard(from_rows(rows, SimilaritiesTable), proposed=True)
    assert alone[1] == "Closer to a report of another event than to any of its own: a."
    rows[1] = ("a", "c", 0.1, 0.7, "different", math.nan, 0.0)
    told = derivation_said.event_guard(from_rows(rows, SimilaritiesTable), proposed=True)
    assert told == ["Events are proposed by closeness in subject, so that closeness is no check of them."]


def test_limits_name_the_languages_and_the_floor_of_a_permutation_test():
    across = pd.concat([pair_of(events="different"), pair_of(doc_id_b="c", events="different")])
    rates = calibration.load_error_rates()
    every = candidates.find_pairs(report_of("One.")[0])
    told = " ".join(derivation_said.derivation_limits(across, calibration.load_reference(), rates, every))
    assert "Pairs in any other language are not judged." in told
    assert "Czech, Estonian, German and Russian" in told
    assert "below 0.33" in told


def test_the_graph_draws_a_report_an_original_and_an_arrow():
    nodes = pd.DataFrame(
        [("a", "report", "e", 0.0, 1.0), ("b", "report", "e", 0.0, -1.0), ("o", "unobserved", "e", 0.0, 0.0)],
        columns=["node", "kind", "event_id", "x", "y"],
    )
    edges = pd.DataFrame([("a", "b", WORD_FOR_WORD, True)], columns=["source", "target", "verdict", "arrow"])
    ax = plots_pairs.derivation_graph(nodes, edges)
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("?") == 1
    assert {"a", "b", "e"} <= set(texts)
    assert sum(text.arrow_patch is not None for text in ax.texts) == 1
    plain = plots_pairs.derivation_graph(nodes, edges.assign(arrow=False))
    assert all(text.arrow_patch is None for text in plain.texts)


def test_bands_and_frames_are_drawn_from_their_tables():
    placed = calibration.place_pairs(pair_of(c5=0.05), reference_of((HUMAN, "aa", "c5", 500, 0.2)))
    bar = plots_pairs.class_bands(placed).patches[0]
    assert (bar.get_x(), bar.get_width()) == (pytest.approx(0.01), pytest.approx(0.18))
    matrix = pd.DataFrame(np.eye(3), index=list("abc"), columns=list("abc"))
    events = pd.Series({"a": "e", "b": "e", "c": UNKNOWN})
    frames = plots_pairs.event_heat(matrix, events, title="").patches
    assert [(frame.get_x(), frame.get_width()) for frame in frames] == [(-0.5, 2)]
    plots_pairs.class_bands(placed.iloc[:0])


def test_pairs_are_judged_together_as_each_alone():
    generator = np.random.default_rng(3)
    pairs = [
        pair_of(
            doc_id_b=f"b{k:02}",
            events=str(generator.choice(["same", "same", "different", UNKNOWN])),
            n_words=int(generator.choice([40, 90, 150, 500, 2000])),
            **{
                name: float(generator.choice([0.05, 0.2, 0.25, 0.4]))
                for name in ("c5", "c5_own", "c5_narrated")
            },
            lcs_apart=float(generator.choice([0.1, 0.6])),
            c8=float(generator.choice([0.1, 0.1, 0.1, 0.6])),
            clumping=float(generator.choice([4.0, 8.0])),
            order_kept=float(generator.choice([0.5, 0.9])),
            lcs_share=float(generator.choice([0.1, 0.6])),
        )
        for k in range(40)
    ]
    ways = [piece(kind, way) for kind in ("credit line", "earlier time") for way in ("a to b", "b to a")]
    evidence = pd.concat([ways[k % 4].assign(doc_id_b=f"b{k:02}") for k in range(40)], ignore_index=True)
    tables = calibration.load_reference(), calibration.load_error_rates()
    alone = [verdicts.judge_pairs(pair, evidence, *tables) for pair in pairs]
    together = verdicts.judge_pairs(pd.concat(pairs, ignore_index=True), evidence, *tables)
    order = pd.concat(alone).assign(rank=lambda table: table["verdict"].map(VERDICTS.index))
    order = order.sort_values(["rank", "doc_id_b"]).drop(columns="rank").reset_index(drop=True)
    pd.testing.assert_frame_equal(together, order, check_exact=True)
    assert together["verdict"].nunique() >= 4
    assert together["direction"].nunique() == 3


def lines_of(*rows):
    """Return judged pairs of (a, b, verdict)."""
    table = pd.DataFrame(rows, columns=["doc_id_a", "doc_id_b", "verdict"])
    return table.assign(direction="undetermined")


def test_a_large_graph_shows_the_events_with_the_most_lines():
    documents, *_ = report_of(*["Text."] * 9, events=list("eeefffggg"))
    table = lines_of(
        ("3", "4", WORD_FOR_WORD), ("4", "5", PASSAGES), ("6", "7", WORD_FOR_WORD), ("0", "1", NOTHING)
    )
    nodes, edges = graph.layout_graph(table, documents, n=6)
    assert nodes["event_id"].unique().tolist() == ["f", "g"]
    assert edges[["source", "target"]].values.tolist() == [["3", "4"], ["4", "5"], ["6", "7"]]
    assert graph.layout_graph(table, documents, n=5).nodes["node"].tolist() == ["3", "4", "5"]
    assert derivation_said.graph_caption(nodes, documents).endswith("(6 of 9 reports shown)")
    whole = graph.layout_graph(table, documents)
    assert "shown" not in derivation_said.graph_caption(whole.nodes, documents)


def test_circles_grow_with_their_reports_and_stand_in_rows():
    documents, *_ = report_of(*["Text."] * 36, events=[f"e{k % 3}" for k in range(36)])
    nodes = graph.layout_graph(lines_of(), documents).nodes
    places = nodes[["x", "y"]].to_numpy()
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)[np.triu_indices(36, 1)]
    assert apart.min() > 0.99
    assert nodes.groupby("event_id")["y"].mean().round(6).nunique() == 3


def test_the_alternative_text_of_a_graph_tells_the_first_lines_only():
    nodes = pd.DataFrame([("a", "report"), ("b", "report")], columns=["node", "kind"])
    edges = pd.DataFrame(
        [("a", "b", WORD_FOR_WORD, False)] * 5, columns=["source", "target", "verdict", "arrow"]
    )
    assert derivation_said.graph_alt(nodes, edges).count("a to b") == 5
    told = derivation_said.graph_alt(nodes, edges, most=2)
    assert told.count("a to b") == 2
    assert "and 3 more" in told


def test_long_names_stand_below_their_nodes():
    columns = ["node", "kind", "event_id", "x", "y"]
    nodes = pd.DataFrame(
        [("a", "report", "e", 0.0, 0.0), ("a long name", "report", "e", 1.0, 0.0)], columns=columns
    )
    edges = pd.DataFrame(columns=["source", "target", "verdict", "arrow"])
    texts = {text.get_text(): text for text in plots_pairs.derivation_graph(nodes, edges).texts}
    assert texts["a"].get_color() == "white"
    assert texts["a long name"].get_color() == "black"


@pytest.mark.parametrize(("size", "numbers"), [(12, 12 * 12), (13, 0)])
def test_numbers_are_printed_for_few_reports_only(size, numbers):
    names = [f"r{k:02}" for k in range(size)]
    matrix = pd.DataFrame(np.full((size, size), 0.25), index=names, columns=names)
    ax = plots_pairs.event_heat(matrix, pd.Series("e", index=names), title="")
    assert [text.get_text() for text in ax.texts].count("0.25") == numbers
    assert [(frame.get_x(), frame.get_width()) for frame in ax.patches] == [(-0.5, size)]


def test_the_heat_map_says_what_it_leaves_out():
    documents, *_ = report_of(*["Text."] * 3)
    whole = pd.DataFrame([[np.nan, 0.2], [0.2, np.nan]], index=list("01"), columns=list("01"))
    assert derivation_said.similarity_caption(whole, documents[:2]).startswith(
        "TF-IDF cosine of every pair; frames"
    )
    caption = derivation_said.similarity_caption(whole.mask(whole > 0), documents)
    assert "grey where a pair was not" in caption
    assert caption.endswith("(2 of 3 reports shown)")
    rows = [("0", "1", 0.2, 1.0, "same", math.nan, 0.0), ("0", "2", 0.3, 1.0, "same", math.nan, 0.0)]
    told = derivation_said.similarity_alt(from_rows(rows, SimilaritiesTable), whole)
    assert "0 and 1 0.20" in told
    assert "0.30" not in told


def test_the_warnings_of_the_guard_are_told_one_by_one_up_to_a_number():
    rows = [("a", f"b{k}", 0.2, 0.8, "same", math.nan, 0.0) for k in range(5)]
    rows.append(("a", "c", 0.3, 1.1, "different", math.nan, 0.0))
    told = derivation_said.event_guard(from_rows(rows, SimilaritiesTable), most=3)
    assert sum(sentence.startswith("a and c are of two events") for sentence in told) == 3
    assert told[-1] == "So it is with 2 more same-event pairs."


def page(*texts, n=1000, **options):
    """Return what the page on derivation computes, by its names there."""
    documents, sentences, tokens, spoken = report_of(*texts, **options)
    own = Dependence(documents, sentences, tokens, spoken, empty(MentionsTable))
    found, measures, derivations = own.found, own.measures, own.derivations
    reference, rates = own.references
    near = topics.compare_topics(tokens, documents, pairs=found.pairs)
    first = measures.merge(derivations[["doc_id_a", "doc_id_b"]].head(n))
    return SimpleNamespace(**locals())


@pytest.fixture(scope="module")
def three_hundred():
    """Return the page of 300 reports: of 75 events, a third of which share no wording."""
    texts, events = told_by(50, 4)
    apart, others = told_by(25, 4, shared=0, word="apart")
    return page(*texts, *apart, events=events + [f"other {name}" for name in others], n=100)


def test_of_many_reports_only_alike_pairs_are_judged(three_hundred):
    assert three_hundred.found.path == "memory"
    assert len(three_hundred.derivations) == 50 * 6
    assert set(three_hundred.derivations["events"]) == {"same"}
    assert set(three_hundred.derivations["doc_id_a"]) <= set(map(str, range(200)))


def test_of_many_reports_what_is_left_out_is_told(three_hundred):
    page = three_hundred
    told = " ".join(derivation_said.candidates_answer(page.found))
    assert "300 reports" in told and "44,850 pairs, too many to compare each: 300 pairs" in told
    told = derivation_said.pairs_left_out(page.documents, page.measures, page.first)
    assert (
        told[0]
        == "150 of 450 pairs of one event were not chosen and have no row below: that is no verdict on them."
    )
    assert "for the first 100 of 300 pairs in the order of the verdicts." in told[1]
    assert (
        "not every pair was compared"
        in derivation_said.event_proposal(page.documents, propose_events(page.near))[0]
    )
    limits = " ".join(
        derivation_said.derivation_limits(page.derivations, page.reference, page.rates, page.found)
    )
    assert "no sample of such pairs" in limits
    assert "give a p below" not in limits


def test_of_many_reports_two_events_are_no_control(three_hundred):
    across = three_hundred.derivations.assign(events="different")
    told = " ".join(derivation_said.derivation_answer(across, three_hundred.near, three_hundred.found))
    assert "300 pairs of reports on two events, chosen for being alike and so no control, all share" in told
    assert "the control," not in told


def test_many_reports_without_events_are_judged_by_closeness_and_that_is_told():
    texts, _ = told_by(67, 3)
    without = page(*texts, events=[UNKNOWN] * len(texts))
    assert set(without.derivations["events"]) == {UNKNOWN}
    assert derivation_said.pairs_left_out(without.documents, without.measures, without.measures) == []
    told = derivation_said.event_proposal(without.documents, propose_events(without.near))
    assert "201 reports without an event" in told[1]
    nodes = graph.layout_graph(without.derivations, without.documents, n=40).nodes
    assert (nodes["kind"] == "report").sum() == 40


def test_of_few_reports_nothing_is_left_out():
    texts, events = told_by(3, 2)
    few = page(*texts, events=events)
    assert len(few.derivations) == 15
    assert derivation_said.pairs_left_out(few.documents, few.measures, few.first) == []
    assert "the control," in " ".join(derivation_said.derivation_answer(few.derivations, few.near, few.found))


def test_one_report_has_a_page():
    one = page("One report.")
    assert one.derivations.empty
    assert derivation_said.derivation_answer(one.derivations, one.near, one.found) == [
        "There is no pair of reports to compare."
    ]
    assert derivation_said.event_proposal(one.documents, propose_events(one.near)) == [
        "There are too few reports to propose events."
    ]
    matrix = topics.similarity_matrix(one.near, order=["0"])
    assert "shown" not in derivation_said.similarity_caption(matrix, one.documents)
