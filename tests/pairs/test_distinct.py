"""Copies of a text stand for each other, and a crowd of them for the first."""

from samples import pairs, reports, words

from helpers.pairs import candidates, engines


def test_copies_are_linked_each_to_each_and_a_crowd_of_them_to_the_first():
    text = words(0, 40)
    few = candidates.shared_pairs(reports(text, text, text))[0]
    assert pairs(few) == [("r000", "r001"), ("r000", "r002"), ("r001", "r002")]
    many = candidates.shared_pairs(reports(*[text] * (engines.CROWD + 1)))[0]
    assert pairs(many) == [("r000", f"r{k:03}") for k in range(1, engines.CROWD + 1)]
    assert set(few["found_by"]) | set(many["found_by"]) == {"copy"}


def test_copies_of_a_text_stand_with_what_it_shares():
    text = words(0, 40)
    table = candidates.shared_pairs(reports(text, text, f"{text} {words(100, 30)}"))[0]
    assert pairs(table) == [("r000", "r001"), ("r000", "r002"), ("r001", "r002")]
    assert table["found_by"].tolist() == ["copy", "runs", "runs"]


def test_empty_reports_are_no_copies_of_each_other():
    found = candidates.find_pairs(reports(*[""] * 300), path="memory")
    assert found.pairs.empty
    assert found.figures["n_short"] == 300
