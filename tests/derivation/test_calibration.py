"""Pairs of known history: lines and percentiles by hand, and what the references kept here promise."""

import itertools

import numpy as np
import pandas as pd
import pytest

from conftest import pair_of, reference_of
from helpers.derivation import calibration
from helpers.derivation.tables import REFERENCE_CLASSES

HUMAN, MACHINE, TWO_MACHINES, EDITED, HEAVILY, _, NEWS, AGENCY = REFERENCE_CLASSES


def test_lines_by_hand():
    reference = reference_of(
        (HUMAN, "aa", "c5", 500, 0.1),
        (HUMAN, "bb", "c5", 500, 0.2),
        (MACHINE, "bb", "c5", 500, 0.3),
        (HUMAN, "bb", "clumping", 500, 4.0),
    )
    lines = calibration.verdict_lines(reference, n_words=500)
    # half of .95 * 2 - 1 = .9 of the wider set: both sets together have 95 % below .18
    assert lines.lower == pytest.approx(0.18, abs=0.001)
    assert lines.upper == pytest.approx(0.297)
    assert lines.clumping == pytest.approx(calibration.TRANSFER * 3.96)


def test_a_language_held_out_draws_no_line():
    reference = reference_of((HUMAN, "aa", "c5", 500, 0.1), (HUMAN, "bb", "c5", 500, 0.2))
    assert calibration.verdict_lines(reference, n_words=500, without="bb").upper == pytest.approx(0.099)


@pytest.mark.parametrize(("words", "top"), [(90, 0.4), (180, 0.3), (360, 0.2), (50, 0.4), (900, 0.2)])
def test_between_lengths_the_logarithm_is_interpolated(words, top):
    reference = reference_of((HUMAN, "aa", "c5", 90, 0.4), (HUMAN, "aa", "c5", 360, 0.2))
    assert calibration.at_length(reference, n_words=words)["maximum"].item() == pytest.approx(top)


def test_percentiles_by_hand():
    placed = calibration.place_pairs(pair_of(c5=0.05), reference_of((HUMAN, "aa", "c5", 500, 0.2)))
    assert placed["percentile"].item() == pytest.approx(25)
    assert placed[["p05", "p95"]].values.tolist() == [[pytest.approx(0.01), pytest.approx(0.19)]]


def test_percentiles_of_ties_and_beyond_the_ends():
    flat = reference_of((HUMAN, "aa", "c5", 500, 0.0))
    assert calibration.place_pairs(pair_of(c5=0.0), flat)["percentile"].item() == pytest.approx(50, abs=1)
    assert calibration.place_pairs(pair_of(c5=0.1), flat)["percentile"].item() == 100


def test_references_hold_every_class_at_every_length():
    reference = calibration.load_reference()
    assert set(reference["reference_class"]) == set(REFERENCE_CLASSES)
    assert {90, 180, 370, 650} <= set(reference["n_words"])
    cuts = reference[list(calibration.CUTS)].to_numpy()
    assert (np.diff(cuts, axis=1) >= 0).all()


def test_measured_rates_keep_their_promises_and_name_the_blind_spots():
    rates = calibration.load_error_rates().set_index("reference_class")
    assert (rates.loc[[HUMAN, MACHINE], "word_for_word"] <= 0.01).all()
    longest = rates[rates["n_words"] == 650].groupby("reference_class")["word_for_word"].mean()
    assert longest[EDITED] >= 0.85
    assert longest[TWO_MACHINES] > 0.5, "two machine translations look like a copy, and the pages say so"
    assert longest[HEAVILY] < 0.05, "copies edited heavily are missed, and the pages say so"
    assert (rates.loc[EDITED, ["phrases", "nothing"]].sum(axis=1) == 0).all()


def test_independent_news_is_seldom_said_to_share_a_text_and_agency_copies_mostly():
    rates = calibration.load_error_rates()
    much = rates[["word_for_word", "worded_apart", "passages"]].sum(axis=1)
    long = rates["n_words"] >= 370
    assert (much[(rates["reference_class"] == NEWS) & long] <= 0.03).all()
    assert (much[(rates["reference_class"] == AGENCY) & long] >= 0.9).all()


def test_the_line_of_common_order_is_amid_news_and_translations():
    sets = [(NEWS, "en", "lcs_apart", 90, 0.2), (NEWS, "en", "lcs_apart", 360, 0.1)]
    sets += [(HUMAN, "xx", "lcs_apart", words, 40.0) for words in (90, 360)]
    lines = [calibration.verdict_lines(reference_of(*sets), n_words=words).apart for words in (90, 360, 900)]
    assert lines == pytest.approx([(0.198 + 0.4) / 2, (0.099 + 0.4) / 2, (0.099 + 0.4) / 2])
    assert calibration.verdict_lines(reference_of(*sets), n_words=90).whole == pytest.approx(0.4)
    without = calibration.verdict_lines(reference_of(*sets), n_words=90, without="xx").apart
    assert np.isnan(without)


def test_upper_lines_stay_above_lower_ones():
    reference = calibration.load_reference()
    lines = [calibration.verdict_lines(reference, n_words=words) for words in (90, 180, 370, 650)]
    assert all(line.lower < line.upper for line in lines)
    assert all(one.upper > other.upper for one, other in itertools.pairwise(lines))


def test_percentiles_are_those_of_the_placements():
    reference = calibration.load_reference()
    pairs = [pair_of(doc_id_b=f"b{n}", n_words=n, c5=n / 3000) for n in (89, 90, 101, 400, 649, 651, 3000)]
    measures = pd.concat([*pairs, pair_of(doc_id_b="c", c5=np.nan)], ignore_index=True)
    wide = calibration.percentiles(measures, reference, measure="c5")
    assert wide.isna().all(axis=1).tolist() == [True, *[False] * 6, True]
    placed = calibration.place_pairs(measures, reference[reference["measure"] == "c5"])
    assert placed["doc_id_b"].nunique() == 6
    for row in placed.to_dict("records"):
        at = measures.index[measures["doc_id_b"] == row["doc_id_b"]].item()
        assert wide.loc[at, (row["reference_class"], row["data_set"])] == row["percentile"]


def test_pairs_are_placed_together_as_each_alone():
    reference = calibration.load_reference()
    pairs = [pair_of(doc_id_b=f"b{n}", n_words=n, c5=n / 2000, c3=0.2) for n in (90, 200, 200, 700)]
    pairs[2]["doc_id_b"] = "b"
    alone = [calibration.place_pairs(pair, reference) for pair in pairs]
    together = calibration.place_pairs(pd.concat(pairs, ignore_index=True), reference)
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True), check_exact=True)
    assert together["n_words"].unique().tolist() == [90, 200, 650]
