"""Whole reports dealt: against enumeration by hand, and what the rule flags by chance."""

import math
from itertools import combinations

import numpy as np
import pytest

from helpers.words import by_deals, dealing, rates, scores

HALF = np.arange(20) < 10


def by_hand(counts: np.ndarray, sizes: np.ndarray, target: np.ndarray) -> float:
    """Return the p of one word by going through every deal."""
    expected = sizes * counts.sum() / sizes.sum()
    measure = np.sqrt(counts) + np.sqrt(counts + 1) - np.sqrt(4 * expected + 1)
    middle = measure.mean() * target.sum()
    far = [
        abs(measure[list(own)].sum() - middle) for own in combinations(range(len(target)), int(target.sum()))
    ]
    return float(np.mean(np.array(far) >= abs(measure[target].sum() - middle) * (1 - 1e-9)))


@pytest.mark.parametrize("n_target", [3, 4, 5])
def test_every_deal_is_counted_as_by_hand(n_target):
    rng = np.random.default_rng(n_target)
    counts, sizes = rng.poisson(2, (10, 4)), rng.integers(100, 900, 10)
    target = np.arange(10) < n_target
    expected = [by_hand(word, sizes, target) for word in counts.T.astype(float)]
    assert by_deals.permutation_p(counts, sizes, target) == pytest.approx(expected)


def test_deals_within_events_are_counted_as_by_hand():
    counts = np.array([[3], [0], [1], [4], [1], [0]])
    target, events = np.array([1, 0, 0, 1, 0, 0], bool), np.array(list("aaabbb"))
    assert dealing.deal_sides(target, events).sides.shape == (9, 6)
    assert by_deals.permutation_p(counts, np.full(6, 100), target, strata=events) == pytest.approx([1 / 9])


def test_the_fitted_tail_follows_every_deal(monkeypatch):
    rng = np.random.default_rng(2)
    sizes = rng.integers(300, 900, 20)
    rate = np.where(HALF, 5.0, 1.0)[:, None] * sizes[:, None] / 600
    counts = rng.poisson(rate * rng.gamma(2, 0.5, (20, 60)))
    exact = by_deals.permutation_p(counts, sizes, HALF)
    monkeypatch.setattr(dealing, "MOST_LISTED", 100)
    fitted = by_deals.permutation_p(counts, sizes, HALF)
    gap = np.log10(fitted / exact)[(exact < 0.001) & (exact > 2e-5)]
    assert len(gap) > 10
    assert abs(np.median(gap)) < 0.2
    assert np.abs(gap).max() < 1


@pytest.mark.parametrize("n", [12, 16, 24])
def test_no_order_of_reports_bounds_p(n):
    # With a fixed seed the observed deal or its mirror may be among the random ones, whatever the order.
    counts = np.r_[np.full(n, 9), np.full(n, 1)][:, None] + np.arange(2 * n)[:, None] % 3
    for target in (np.arange(2 * n) < n, np.arange(2 * n) % 2 == 0):
        order = np.argsort(~target, kind="stable")
        p = by_deals.permutation_p(counts[np.argsort(order)], np.full(2 * n, 100), target, n=999)
        assert dealing.smallest_p(n, n) <= p[0] < 1e-4


def test_a_burst_in_one_report_is_nothing():
    counts = np.zeros((20, 2))
    counts[0, 0] = 40
    counts[:10, 1] = 4
    burst, steady = by_deals.permutation_p(counts, np.full(20, 100), HALF)
    assert rates.exact_p(40, 0, 1000, 1000) < 1e-9
    assert burst > 0.5
    assert steady < 0.001


def test_short_reports_on_one_side_are_no_difference():
    rng = np.random.default_rng(4)
    target = np.arange(60) < 30
    sizes = np.where(target, 150, 900)
    counts = rng.poisson(sizes[:, None] * 0.003, (60, 400))
    assert (by_deals.permutation_p(counts, sizes, target, n=999) < 0.05).mean() < 0.09


def test_the_level_is_kept_by_p_and_by_flags():
    rng = np.random.default_rng(5)
    counts = rng.poisson(60, (24, 400))
    sizes, target = np.full(24, 500), np.arange(24) % 2 == 0
    p = by_deals.permutation_p(counts, sizes, target, n=499)
    shares = [(p <= level).mean() for level in (0.05, 0.2, 0.5)]
    assert shares == pytest.approx([0.05, 0.2, 0.5], abs=0.06)
    # One common burst moves all words together: the gate still lets in no more than one deal in twenty.
    flags = []
    for _ in range(80):
        moved = rng.poisson(20 * rng.gamma(2, 0.5, 16)[:, None], (16, 40))
        flags.append((by_deals.compare_deals(moved, np.full(16, 500), np.arange(16) < 8).q < 0.05).any())
    assert np.mean(flags) <= 0.1


def test_words_in_too_few_reports_are_not_tested():
    counts = np.zeros((20, 3))
    counts[:4, 0], counts[:10, 1], counts[:, 2] = 1, 3, 5
    smallest = dealing.fewest_deals(counts, HALF)
    assert smallest[0] == pytest.approx(2 * math.comb(16, 6) / math.comb(20, 10))
    assert smallest[1] == pytest.approx(2 / math.comb(20, 10))
    tested = by_deals.compare_deals(counts, np.full(20, 100), HALF)
    assert tested.is_tested.tolist() == [False, True, True]
    assert np.isnan(tested.q[0])


def test_three_reports_a_side_are_never_tested():
    counts = np.array([[9, 0]] * 3 + [[0, 9]] * 3)
    tested = by_deals.compare_deals(counts, np.full(6, 100), np.arange(6) < 3, every=True)
    assert not tested.is_tested.any()


def test_one_line_for_all_words_is_counted_as_by_hand():
    # Two words of one spread, 3 against 4 reports: 35 deals; the distance of each is its common distance too.
    counts = np.array([[5, 0], [5, 0], [5, 5], [0, 5], [0, 0], [0, 0], [0, 5]])
    target, sizes = np.arange(7) < 3, np.full(7, 100)
    measure = np.sqrt(counts) + np.sqrt(counts + 1.0)
    sums = np.array([measure[list(own)].sum(axis=0) for own in combinations(range(7), 3)])
    far, seen = (
        np.abs(sums - 3 * measure.mean(axis=0)),
        np.abs(measure[:3].sum(axis=0) - 3 * measure.mean(axis=0)),
    )
    carried = [float((far >= one - 1e-9).sum()) / 35 for one in seen]
    q = by_deals.compare_deals(counts, sizes, target, every=True).q
    gate = np.mean(far.max(axis=1) >= seen[0] - 1e-9)
    assert carried[0] < carried[1] / 2
    assert q[0] == pytest.approx(max(carried[0], dealing.MARGIN * gate))
    assert q[1] == pytest.approx(min(max(carried[1] / 2, dealing.MARGIN), 1.0))


def test_one_report_against_many_is_not_tested():
    counts = np.zeros((31, 2))
    counts[0] = 9
    assert not by_deals.compare_deals(counts, np.full(31, 100), np.arange(31) < 1).is_tested.any()


def test_many_reports_are_dealt_fewer_times_and_taken_as_normal(monkeypatch):
    rng = np.random.default_rng(6)
    counts = rng.poisson(0.5, (2_000, 30))
    target = np.arange(2_000) % 2 == 0
    monkeypatch.setattr(by_deals, "WORK", 1)
    few = by_deals.permutation_p(counts, np.full(2_000, 100), target)
    monkeypatch.undo()
    many = by_deals.permutation_p(counts, np.full(2_000, 100), target)
    assert few == pytest.approx(many, abs=0.12)


@pytest.mark.parametrize("cells", [100, 4_000_000])
def test_sparse_counts_and_whole_ones_give_the_same(monkeypatch, cells):
    rng = np.random.default_rng(8)
    counts, sizes = rng.poisson(1, (24, 9)), rng.integers(100, 400, 24)
    plain = by_deals.permutation_p(counts, sizes, np.arange(24) < 12, n=999)
    monkeypatch.setattr(scores, "CELLS", cells)
    assert by_deals.permutation_p(counts, sizes, np.arange(24) < 12, n=999) == pytest.approx(plain)
