"""Candidate pairs: the path follows the size, both ways of finding are joined, bad input stays bounded."""

import pytest
from samples import pairs, reports, words

from helpers.pages import derivation_said
from helpers.pairs import candidates
from helpers.table import UNKNOWN


def test_the_path_follows_the_size(monkeypatch):
    small, large = reports(*["a b c"] * 3), reports(*(words(k, 3) for k in range(201)))
    assert candidates.chosen_path(small) == "all"
    assert candidates.chosen_path(large) == "memory"
    monkeypatch.setattr(candidates, "VOCABULARY", 10)
    assert candidates.chosen_path(large) == "runs"
    monkeypatch.setattr(candidates, "IN_MEMORY", 10)
    assert candidates.chosen_path(large) == "disk"


def test_a_few_reports_are_all_compared():
    found = candidates.find_pairs(reports("one", "two", ""))
    assert pairs(found.pairs) == [("r000", "r001"), ("r000", "r002"), ("r001", "r002")]
    assert set(found.pairs["found_by"]) == {"all"}


def test_both_ways_of_finding_are_joined():
    alike, shared = words(0, 40), words(200, 12)
    documents = reports(
        f"{alike}",
        f"{alike} w999",
        f"{shared} {words(1000, 100)}",
        f"{words(2000, 100)} {shared}",
        "peace talks",
        "peace talks again",
    )
    found = candidates.find_pairs(documents, path="memory")
    assert pairs(found.pairs) == [("r000", "r001"), ("r002", "r003"), ("r004", "r005")]
    assert found.pairs["found_by"].tolist() == ["both", "runs", "vocabulary"]
    assert found.figures["n_short"] == 2
    assert candidates.find_pairs(documents, path="runs").pairs["found_by"].tolist() == ["runs", "runs"]


def test_another_path_is_refused():
    with pytest.raises(ValueError, match="disk, not 'cloud'"):
        candidates.find_pairs(reports("a"), path="cloud")


def test_the_disk_without_duckdb_says_what_to_install(monkeypatch):
    monkeypatch.setattr(candidates, "has_duckdb", lambda: False)
    with pytest.raises(ModuleNotFoundError, match=r"pip install duckdb"):
        candidates.find_pairs(reports("a"), path="disk")


@pytest.mark.parametrize("path", ["all", "memory", "runs"])
@pytest.mark.parametrize("texts", [[], ["word"], ["", " ", "!"], ["和平"] * 3, ["a"] * 3])
def test_next_to_nothing_is_valid(texts, path):
    found = candidates.find_pairs(reports(*texts), path=path)
    assert len(found.pairs) <= 3


@pytest.mark.parametrize(
    "texts",
    [
        [words(0, 60)] * 20_000,
        [""] * 20_000,
        [f"{words(0, 40)} w{100 + k} w{101 + k}" for k in range(5_000)],
        ["la " * 200_000, "la " * 200_001],
    ],
    ids=["identical", "empty", "one footer", "one word"],
)
def test_hostile_corpora_stay_linear(texts):
    found = candidates.find_pairs(reports(*texts), path="memory")
    assert len(found.pairs) < len(texts)


def test_the_path_taken_is_told():
    few = candidates.find_pairs(reports("one", "two"))
    assert derivation_said.candidates_answer(few) == ["2 reports: every pair was compared, 1 pair in all."]
    footer = words(0, 30)
    texts = [f"{words(1000 * k, 60)} {footer}" for k in range(1, 9)] + ["short", "short"]
    found = candidates.find_pairs(reports(*texts, outlets=["One"] * 10), path="memory")
    assert derivation_said.candidates_answer(found) == [
        f"10 reports of {sum(map(len, texts)):,} characters make 45 pairs, too many to compare each: "
        "1 pair with shared runs of words or alike vocabulary was chosen in memory.",
        "Reports that repeat another to the letter: 1.",
        "Reports too short to share a run of words: 2.",
        "Stock texts set aside: 1.",
        "Reports that the commonest stock text stands in: 8.",
    ]


def test_all_pairs_of_a_small_event_and_the_nearest_of_a_large_one():
    large = [f"{words(1000, 30)} {words(40 * (k // 3), 40)} {words(5000 + 9 * k, 9)}" for k in range(60)]
    documents = reports(*large, words(9000, 9), words(9100, 9), words(9200, 9))
    documents["event_id"] = ["large"] * 60 + ["small"] * 2 + [UNKNOWN]
    chosen = candidates.event_pairs(documents)
    assert chosen.n_pairs == 60 * 59 // 2 + 1
    assert chosen.n_unknown == 1
    assert list(chosen.near) == ["large"]
    assert pairs(chosen.pairs) == [*chosen.near["large"], ("r060", "r061")]
    assert len(chosen.near["large"]) <= candidates.NEAREST * 60
    # The two of its own story are nearer to a report than those that share the common words only.
    assert {("r000", "r001"), ("r000", "r002"), ("r001", "r002")} <= set(chosen.near["large"])


def test_a_large_event_without_shared_wording_has_no_near_pairs():
    documents = reports(*(words(100 * k, 20) for k in range(candidates.WHOLE_EVENT + 1)))
    chosen = candidates.event_pairs(documents.assign(event_id="e"))
    assert chosen.near == {"e": []}
    assert len(chosen.pairs) == 0
    assert len(candidates.event_pairs(documents.head(0).assign(event_id="e")).pairs) == 0
