"""Stock text: footers and phrases are set aside, and what they alone connect is no pair."""

import pandas as pd
from samples import pairs, reports, words

from helpers.pages import derivation_said
from helpers.pairs import candidates, engines
from helpers.table import UNKNOWN


def test_a_footer_of_one_outlet_is_stock_and_makes_no_pair():
    footer = words(0, 30)
    documents = reports(*(f"{words(1000 * k, 60)} {footer}" for k in range(1, 9)), outlets=["One"] * 8)
    table, stock = candidates.shared_pairs(documents)
    assert table.empty
    assert stock[["text", "n_reports", "n_outlets"]].to_numpy().tolist() == [[footer, 8, 1]]
    start, end = stock.loc[0, ["start_char", "end_char"]]
    assert documents["text"][0][start:end] == footer


def test_the_same_wording_in_eight_outlets_is_no_footer():
    quote = words(0, 30)
    documents = reports(*(f"{words(1000 * k, 60)} {quote}" for k in range(1, 9)))
    assert len(candidates.shared_pairs(documents)[0]) == 8 * 7 / 2


def test_without_outlets_every_report_is_its_own():
    documents = reports(*(f"{words(0, 30)} {words(1000 * k, 60)}" for k in range(1, 9)))
    assert len(candidates.shared_pairs(documents.assign(outlet=UNKNOWN))[0]) == 28


def ending_alike(count: int, *, body: int = 100) -> pd.DataFrame:
    """Return so many reports of unknown outlets that share their last 20 words and nothing else."""
    documents = reports(*(f"{words(1000 * k, body)}. {words(0, 20)}" for k in range(1, count + 1)))
    return documents.assign(outlet=UNKNOWN)


def test_without_outlets_an_ending_of_four_reports_that_share_nothing_else_is_stock():
    table, stock = candidates.shared_pairs(ending_alike(4))
    assert table.empty
    assert stock[["text", "n_reports", "n_outlets"]].to_numpy().tolist() == [[words(0, 20), 4, 4]]
    found = candidates.find_pairs(ending_alike(4), path="runs")
    assert found.figures["n_same_ending"] == 6
    told = "Pairs that share nothing but an ending that several reports have, their outlets unknown: 6."
    assert told in derivation_said.candidates_answer(found)


def test_an_ending_of_few_reports_or_of_known_outlets_or_a_story_is_no_stock():
    assert len(candidates.shared_pairs(ending_alike(3))[0]) == 3
    known = ending_alike(4).assign(outlet=["a", "b", "c", "d"])
    assert len(candidates.shared_pairs(known)[0]) == 6
    assert len(candidates.shared_pairs(ending_alike(4, body=15))[0]) == 6


def test_reports_with_a_stock_ending_that_share_more_stay_a_pair():
    documents = ending_alike(6)
    passage = words(90_000, 12)
    documents["text"] = [f"{passage} {text}" if k < 2 else text for k, text in enumerate(documents["text"])]
    assert pairs(candidates.shared_pairs(documents)[0]) == [("r000", "r001")]


def test_without_outlets_a_story_of_many_carriers_stays_linked():
    story = [words(100 * k, 40) for k in range(6)]
    texts = [" ".join([*story[:k], words(10_000 * (k + 1), 3), *story[k:]]) for k in range(6)]
    documents = reports(*texts).assign(outlet=UNKNOWN)
    assert len(candidates.shared_pairs(documents)[0]) == 15


def test_a_phrase_of_many_outlets_makes_no_pair_but_a_long_passage_does():
    phrase, passage = words(0, 14), words(0, 23)
    short = [f"{words(1000 * k, 60)} {phrase}" for k in range(1, 13)]
    long = [f"{words(1000 * k, 60)} {passage}" for k in range(1, 13)]
    assert candidates.shared_pairs(reports(*short))[0].empty
    assert len(candidates.shared_pairs(reports(*long))[0]) == 12 * 11 / 2


def test_a_story_of_more_outlets_than_a_crowd_is_linked_to_one_of_them():
    story = words(0, 60)
    texts = [f"{story} {words(1000 * k, 10)}" for k in range(1, engines.CROWD + 11)]
    table, stock = candidates.shared_pairs(reports(*texts))
    assert set(table["found_by"]) == {"story"}
    assert pairs(table) == [("r000", f"r{k:03}") for k in range(1, len(texts))]
    assert stock["n_outlets"].tolist() == [len(texts)]
