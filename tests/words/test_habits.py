"""What whole reports show besides a test: power, habits, effects, house style, and a list of one's own."""

import math

import numpy as np
import pandas as pd
import pytest

from conftest import cut, make
from helpers.text import CorpusError
from helpers.words import by_report, contrast, counts, habits, house, planned, power

WORDS = [f"w{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(40)]


def corpus(n: int, *, habit: str = "", seed: int = 0) -> pd.DataFrame:
    """Return `n` reports of each of two outlets on one event, those of A with a word of their own."""
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, 150)) + f" {habit}" * 3 * (i % 2 == 0) for i in range(2 * n)]
    return make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))


def counted(documents: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the term counts of reports and their keyness."""
    own = counts.count_terms(cut(documents)[1])
    return own, contrast.keyness(counts.pool_counts(own, documents))


def test_power_grows_with_reports_and_chance_flags_little():
    found = {}
    for n in (3, 8, 12):
        documents = corpus(n)
        own, key = counted(documents)
        found[n] = power.find_power(key, own, documents).iloc[0]
    assert found[3]["n_tested"] == 0
    assert math.isnan(found[3]["ratio"])
    assert math.isnan(found[8]["ratio"]) or found[12]["ratio"] <= found[8]["ratio"]
    assert found[12]["ratio"] <= 4
    assert found[12]["n_tested"] > 20
    assert found[12]["share_flagged"] <= 0.05


def test_a_word_in_all_reports_of_one_outlet_is_a_habit():
    documents = corpus(3, habit="envoy")
    own, _ = counted(documents)
    found = habits.find_habits(own, documents).set_index("term")
    assert found.loc["envoy", ["outlet", "n", "n_reports", "n_others"]].tolist() == ["A", 9, 3, 3]
    # Words of three reports are a habit of one of two outlets in 2 of 20 deals.
    of_three = (own["term"].value_counts() == 3).sum()
    assert habits.expected_habits(own, documents)["e"] == pytest.approx(of_three * 2 / 20)


def test_effects_have_intervals_by_reports_and_by_voice():
    documents = corpus(6, habit="envoy")
    own, key = counted(documents)
    found = habits.find_effects(key[key["term"] == "envoy"], own, own.head(0), documents)
    found = found.set_index("voice")
    assert found.loc["all", "n_target"] == found.loc["told", "n_target"] == 18
    assert found.loc["quoted", "n_target"] == 0
    assert 0 < found.loc["all", "low"] <= found.loc["all", "log_ratio"] <= found.loc["all", "high"]
    few = corpus(4, habit="envoy")
    own, key = counted(few)
    assert habits.find_effects(key, own, own.head(0), few).empty


def test_house_style_is_set_aside_and_not_tested():
    texts = ["Mr Smith of the F.B.I. spoke. " * 3, "Smith of the FBI spoke. " * 3]
    rng = np.random.default_rng(1)
    told = [f"{texts[i % 2]} {' '.join(rng.choice(WORDS, 60))}" for i in range(20)]
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(told)))
    own, key = counted(documents)
    dealt = by_report.deal_reports(key, own, documents).set_index("term")
    assert not dealt.loc[["mr", "fbi", "f.b.i."], "flagged"].any()
    assert dealt.loc[["mr", "fbi", "f.b.i."], "p_reports"].isna().all()
    rows = house.house_style(key).set_index("forms")
    assert rows.loc["f.b.i., fbi", ["n_target", "n_reference"]].tolist() == [30, 30]
    assert rows.loc["mr", ["n_target", "n_reference"]].tolist() == [30, 0]


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        (("honour", "honor"), True),
        (("e-mail", "email"), True),
        (("realised", "realized"), True),
        (("were", "we're"), False),
        (("it", "i.t."), False),
        (("us", "u.s."), False),
        (("war", "wars"), False),
    ],
)
def test_ways_of_writing_one_word(forms, same):
    assert bool(house.house_forms(forms)) is same


def test_a_planned_list_is_tested_where_a_vocabulary_is_not(tmp_path):
    (tmp_path / "planned_terms.csv").write_text("term,note\nEnvoy,asked\nwaa,control\n", encoding="utf-8")
    terms = planned.load_planned_terms(tmp_path)
    assert terms["term"].tolist() == ["envoy", "waa"]
    assert planned.planned_checksum(terms) == planned.planned_checksum(terms[::-1])
    documents = corpus(5, habit="envoy")
    own, key = counted(documents)
    assert not by_report.deal_reports(key, own, documents).set_index("term").loc["waa", "flagged"]
    found = planned.compare_planned(terms, cut(documents)[1], documents).set_index("term")
    assert found.loc["envoy", "p_reports"] == pytest.approx(2 / math.comb(10, 5))
    assert found["flagged"].tolist() == [True, False]


def test_planned_phrases_are_counted(tmp_path):
    documents = make(("1", "e", "A", "A peace plan. The peace plan."), ("2", "e", "B", "Peace, then plan."))
    terms = pd.DataFrame({"term": ["peace plan"], "note": [""]})
    row = planned.compare_planned(terms, cut(documents)[1], documents).iloc[0]
    assert (row["n_target"], row["n_reference"], row["flagged"]) == (2, 0, False)
    assert math.isnan(row["p_reports"])


def test_an_empty_planned_word_is_told(tmp_path):
    (tmp_path / "planned_terms.csv").write_text("term,note\n--,asked\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="holds no word"):
        planned.load_planned_terms(tmp_path)
