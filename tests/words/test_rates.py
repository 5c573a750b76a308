"""Statistics against published worked examples, to the digits printed there."""

import json
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy import stats as scipy_stats

from helpers.pairs import products as pairs_products
from helpers.text.corpus import ROOT
from helpers.words import dealing, measures, rates, strata

ORACLES = json.loads((ROOT / "tests" / "texts" / "wording_oracles.json").read_text(encoding="utf-8"))


def rows(name: str) -> list[list[object]]:
    return [[row, ORACLES[name].get("n_a"), ORACLES[name].get("n_b")] for row in ORACLES[name]["rows"]]


@pytest.mark.parametrize(("row", "n_a", "n_b"), rows("evert_2022"), ids=lambda x: str(x)[:14])
def test_four_cells_log_ratio_and_lrc_as_evert(row, n_a, n_b):
    _, a, b, g2, ratio, lrc = row
    assert rates.log_likelihood(a, b, n_a, n_b) == pytest.approx(g2, rel=1e-12)
    assert rates.log_ratio(a, b, n_a, n_b, plus=0.5) == pytest.approx(ratio, rel=1e-12)
    found = rates.conservative_log_ratio(a, b, n_a, n_b, n_tested=ORACLES["evert_2022"]["m"])
    assert found == pytest.approx(lrc, rel=1e-12, abs=1e-12)


def test_the_manual_page_of_corpora():
    assert rates.log_likelihood(7, 2, 1000, 1000) == pytest.approx(2.95449418450847, rel=1e-12)
    assert rates.log_ratio(7, 2, 1000, 1000, plus=0.5) == pytest.approx(1.58496250072116, rel=1e-12)
    assert rates.conservative_log_ratio(7, 2, 1000, 1000) == 0
    # Its one-sided "positive LRC" is the lower end of the interval of twice the error.
    assert rates.rate_ratio_interval(7, 2, 1000, 1000, error=0.1)[0] == pytest.approx(-0.287417917616436)


@pytest.mark.parametrize(("row", "n_a", "n_b"), rows("keynessmeasures"), ids=lambda x: str(x)[:14])
def test_two_cells_and_plain_log_ratio_as_keynessmeasures(row, n_a, n_b):
    _, a, b, g2, ratio = row
    assert rates.log_likelihood(a, b, n_a, n_b, cells=2) == pytest.approx(g2, abs=5e-5)
    expected = math.inf if ratio is None else pytest.approx(ratio, abs=5e-7)
    assert rates.log_ratio(a, b, n_a, n_b) == expected


@pytest.mark.parametrize(("row", "n_a", "n_b"), rows("rayson_2002"), ids=lambda x: str(x)[:14])
def test_two_cells_as_rayson(row, n_a, n_b):
    _, a, b, g2 = row
    assert round(float(rates.log_likelihood(a, b, 1e6, 1e6, cells=2))) == g2


def test_dunning_1993():
    assert rates.log_likelihood(10, 3, 10, 31767) == pytest.approx(167.23, abs=0.005)
    assert rates.chi_squared(3, 0, 3, 31774) == pytest.approx(31777)


@pytest.mark.parametrize(("row", "n_a", "n_b"), rows("quanteda_chi2"), ids=lambda x: str(x)[:14])
def test_chi_squared_as_quanteda(row, n_a, n_b):
    _, a, b, chi2 = row
    assert rates.chi_squared(a, b, n_a, n_b) == pytest.approx(abs(chi2), rel=3e-7)


@pytest.mark.parametrize(("row", "n_a", "n_b"), rows("quanteda_yates"), ids=lambda x: str(x)[:14])
def test_yates_as_quanteda(row, n_a, n_b):
    _, a, b, chi2 = row
    assert rates.chi_squared(a, b, n_a, n_b, yates=True) == pytest.approx(chi2, abs=6e-6)


def test_fisher_and_yates_of_pedersen_1996():
    found = [rates.fisher_p(1, 3, 4, 4, alternative=side) for side in ("two-sided", "less", "greater")]
    assert found == pytest.approx([0.486, 0.243, 0.986], abs=5e-4)
    assert rates.chi_squared(1, 3, 4, 4, yates=True) == pytest.approx(0.5)


def test_yates_takes_no_more_than_the_gap():
    assert rates.chi_squared(5, 5, 100, 100, yates=True) == 0


def test_log_odds_as_fightin_words():
    first = "the quick brown fox jumps over the lazy pig".split()
    second = "the lazy purple pig jumps over the lazier donkey".split()
    words = sorted({*first, *second})
    a, b = [first.count(word) for word in words], [second.count(word) for word in words]
    z = dict(zip(words, rates.log_odds_z(a, b, prior=0.05), strict=True))
    assert z["brown"] == pytest.approx(0.6894227886807968, rel=1e-12)
    assert z["donkey"] == pytest.approx(-0.6894227886807968, rel=1e-12)
    assert z["the"] == 0
    four = dict(zip(words, rates.log_odds_z(a, b, prior=0.05, terms=4), strict=True))
    assert four["brown"] == pytest.approx(0.685784445131469, rel=1e-12)


def test_informative_prior_follows_the_pooled_counts():
    assert rates.informative_prior([3, 0], [1, 4], total=10).tolist() == [5, 5]
    assert rates.informative_prior([0], [0]).tolist() == [0]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 500), st.integers(1, 500))
def test_exact_p_is_the_binomial_test_of_scipy(a, b, n_a, n_b):
    expected = scipy_stats.binomtest(a, a + b, n_a / (n_a + n_b)).pvalue if a + b else 1.0
    assert rates.exact_p(a, b, n_a, n_b) == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 500), st.integers(1, 500))
def test_interval_is_clopper_and_pearsons(a, b, n_a, n_b):
    low, high = rates.rate_ratio_interval(a, b, n_a, n_b)
    if a + b == 0:
        assert (low, high) == (-math.inf, math.inf)
        return
    ends = scipy_stats.binomtest(a, a + b).proportion_ci(method="exact")
    for found, share in ((low, ends.low), (high, ends.high)):
        odds = math.inf if share == 1 else share / (1 - share)
        expected = math.log2(odds * n_b / n_a) if 0 < odds < math.inf else (math.inf if odds else -math.inf)
        assert found == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 300), st.integers(1, 300))
def test_one_stratum_is_no_stratum(a, b, n_a, n_b):
    assert strata.stratified_p([a], [b], [n_a], [n_b]) == pytest.approx(
        float(rates.exact_p(a, b, n_a, n_b)), abs=1e-9
    )
    if a + b:
        expected = [float(end) for end in rates.rate_ratio_interval(a, b, n_a, n_b)]
        assert strata.stratified_interval([a], [b], [n_a], [n_b]) == pytest.approx(expected, abs=1e-8)
        ratio = float(rates.log_ratio(a, b, n_a, n_b))
        assert strata.mantel_haenszel([a], [b], [n_a], [n_b]) == pytest.approx(ratio)


def test_strata_undo_a_confounded_ratio():
    # Same rate on both sides in each event, but the target reports mostly on the event that has the word.
    a, b, n_a, n_b = [90, 1], [10, 9], [900, 100], [100, 900]
    assert rates.log_ratio(sum(a), sum(b), sum(n_a), sum(n_b)) > 2
    assert strata.mantel_haenszel(a, b, n_a, n_b) == pytest.approx(0)
    low, high = strata.stratified_interval(a, b, n_a, n_b)
    assert low < 0 < high
    assert strata.stratified_p(a, b, n_a, n_b) > 0.5


def test_many_uses_pass_smoothly_from_exact_to_normal():
    exact = np.ravel(strata.stratified_interval([990, 10], [890, 20], [1000, 50], [1000, 60]))
    normal = np.ravel(strata.stratified_interval([1090, 10], [980, 20], [1101, 50], [1101, 60]))
    assert normal == pytest.approx(exact, abs=0.02)
    p = strata.stratified_p([1090, 10], [980, 20], [1101, 50], [1101, 60])
    assert p == pytest.approx(strata.stratified_p([990, 10], [890, 20], [1000, 50], [1000, 60]), rel=0.4)


def test_smallest_p_by_counting_deals():
    found = [dealing.smallest_p(n, n) for n in (1, 2, 3, 4, 5, 8, 9)]
    assert found == pytest.approx([1, 1 / 3, 0.1, 0.0286, 0.0079, 0.00016, 0.00004], abs=5e-5)
    assert dealing.smallest_p(1, 2) == pytest.approx(1 / 3)
    assert dealing.smallest_p(0, 3) == 1


def test_no_difference_band_holds_equal_words_and_narrows():
    low, high = rates.no_difference_band([10, 1000], 1e5, 1e5, n_tested=100)
    assert low[0] < low[1] < 0 < high[1] < high[0]
    assert high == pytest.approx(-low)


def test_q_values_by_hand():
    assert rates.q_values([0.01, 0.02, 0.3]).tolist() == pytest.approx([0.03, 0.03, 0.3])
    assert rates.q_values([]).size == 0


def test_log_dice_of_rychly_2008():
    assert measures.log_dice([10], 10, [10])[0] == 14
    assert measures.log_dice([5], 10, [10])[0] == 13


def test_dispersion_of_gries_2008():
    assert measures.dispersion([1, 2, 3, 4, 5], [10] * 5) == pytest.approx(0.2)
    assert measures.dispersion([2, 1, 0], [1, 1, 1]) == pytest.approx(1 / 3)
    assert measures.dispersion([2, 1, 0], [1, 1, 1], normed=True) == pytest.approx(0.5)
    case = ORACLES["dispersion"]
    assert measures.dispersion(case["counts"], case["sizes"]) == pytest.approx(case["DP"], abs=5e-8)
    assert math.isnan(measures.dispersion([0, 0], [1, 1]))


def test_diversity_as_lexical_diversity():
    case = ORACLES["lexical_diversity"]
    words = [str(number) for number in case["types"]]
    assert measures.mattr(words) == pytest.approx(case["mattr_50"], rel=1e-12)
    assert measures.hdd(words) == pytest.approx(case["hdd_42"], rel=1e-12)
    assert measures.mtld(words) == pytest.approx(case["mtld"], rel=1e-12)


@pytest.mark.parametrize(("window", "expected"), [(2, 5 / 6), (3, 2 / 3), (4, 0.5)])
def test_mattr_of_quanteda(window, expected):
    assert measures.mattr("one one two one one two one".split(), window=window) == pytest.approx(expected)


@given(st.lists(st.sampled_from("abcde"), max_size=30), st.integers(1, 8))
def test_mattr_is_the_mean_over_all_windows(words, window):
    shares = [len(set(words[i : i + window])) / window for i in range(len(words) - window + 1)]
    expected = np.mean(shares) if shares else np.nan
    assert measures.mattr(words, window=window) == pytest.approx(expected, nan_ok=True)


def test_mtld_of_wordless_and_without_repetition():
    assert measures.mtld("This is a sentence .".split() * 20) == pytest.approx(100 / 14)
    assert math.isnan(measures.mtld([str(number) for number in range(50)]))


def test_yules_k_of_quanteda():
    assert measures.yule_k("a b c d d e e f f f".split()) == pytest.approx(1000)
    assert measures.yule_k("a b c d d e e f f f g g g g".split()) == pytest.approx(1122.449, abs=5e-4)


def test_lix_and_ari_by_hand():
    # 10 words, 2 sentences, 1 word over 6 letters, 40 letters: 10/2 + 100/10; 4.71*4 + 0.5*5 - 21.43.
    words = "the sun had gone down and the evening was cold".split()
    letters = measures.count_letters(words)
    assert letters.sum() == 37
    assert measures.lix(letters, 2) == pytest.approx(15)
    assert measures.automated_readability(letters, 2) == pytest.approx(4.71 * 3.7 + 0.5 * 5 - 21.43)
    assert math.isnan(measures.lix([], 0))


@pytest.mark.parametrize("measure", [measures.mattr, measures.hdd, measures.mtld, measures.yule_k])
def test_texts_too_short_give_no_number(measure):
    assert math.isnan(measure([]))


def test_jackknife_of_a_mean_is_the_t_interval():
    values = np.array([1.0, 2.0, 4.0, 5.0])
    without = [np.delete(values, i).mean() for i in range(4)]
    low, high = dealing.jackknife_interval(3.0, without)
    spread = scipy_stats.t.isf(0.025, 3) * values.std(ddof=1) / 2
    assert (low, high) == pytest.approx((3 - spread, 3 + spread))
    assert math.isnan(dealing.jackknife_interval(3.0, [1.0, math.nan, 2.0])[0])


@pytest.mark.parametrize("cells", [1 << 24, 30, 1])
def test_products_between_groups_are_those_of_the_whole(monkeypatch, cells):
    monkeypatch.setattr(pairs_products, "CELLS", cells)
    numbers = np.random.default_rng(0).integers(0, 3, (9, 5)).astype(float)
    groups = list("aaabbccdd")
    rows, columns, products = pairs_products.products_between(sparse.csr_array(numbers), groups)
    expected = {
        (i, j): float(numbers[i] @ numbers[j])
        for i in range(9)
        for j in range(i + 1, 9)
        if groups[i] != groups[j] and numbers[i] @ numbers[j] > 0
    }
    assert dict(zip(zip(rows.tolist(), columns.tolist(), strict=True), products, strict=True)) == expected
    pairs = [("c", "a"), ("a", "d"), ("a", "c"), ("b", "b"), ("a", "absent")]
    few = pairs_products.products_between(sparse.csr_array(numbers), groups, pairs=pairs, floor=2.0)
    wanted = {
        place: product
        for place, product in expected.items()
        if (groups[place[0]], groups[place[1]]) in {("a", "c"), ("a", "d")} and product >= 2
    }
    assert dict(zip(zip(few[0].tolist(), few[1].tolist(), strict=True), few[2], strict=True)) == wanted


def test_products_between_keep_the_nearest_of_each_row():
    vectors = sparse.csr_array(np.array([[2.0, 1.0], [1.0, 3.0], [5.0, 0.0], [4.0, 4.0], [0.0, 1.0]]))
    every = pairs_products.products_between(vectors, list("aabbb"))
    near = pairs_products.products_between(vectors, list("aabbb"), nearest=2)
    assert len(every[0]) == 6
    kept = dict(zip(zip(*(part.tolist() for part in near[:2]), strict=True), near[2], strict=True))
    assert kept == {(0, 3): 12.0, (0, 2): 10.0, (1, 3): 16.0, (1, 2): 5.0}


def test_products_between_a_very_large_group_and_a_small_one_take_little_memory():
    rows = sparse.csr_array(np.random.default_rng(1).random((12_000, 3)))
    tracemalloc.start()
    one, other, _ = pairs_products.products_between(rows, ["large"] * 11_999 + ["small"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(one) == 11_999 and set(other.tolist()) == {11_999}
    # All rows beside all: 144 million products.
    assert peak < 300e6


def test_products_between_no_groups_are_none():
    nothing = sparse.csr_array((0, 3))
    assert [len(part) for part in pairs_products.products_between(nothing, [], pairs=[("a", "b")])] == [
        0,
        0,
        0,
    ]
    assert [len(part) for part in pairs_products.products_between(nothing, [])] == [0, 0, 0]
