"""Candidate pairs: what is shared is found, what is stock is set aside, and bad input stays bounded."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from helpers import candidates, findings, fingerprints
from helpers.schema import UNKNOWN


def reports(*texts: str, outlets: list[str] | None = None) -> pd.DataFrame:
    """Return documents r000, r001, ... each of an outlet of its own unless told."""
    names = [f"r{k:03}" for k in range(len(texts))]
    return pd.DataFrame({"doc_id": names, "text": texts, "outlet": outlets or names}, dtype=object)


def words(first: int, count: int) -> str:
    """Return so many different words; other numbers give other words."""
    return " ".join(f"w{k}" for k in range(first, first + count))


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["doc_id_a"], table["doc_id_b"], strict=True))


def test_three_shared_runs_of_eight_words_make_a_pair_and_two_do_not():
    ten, nine = words(0, 10), words(50, 9)
    documents = reports(
        f"{ten} {words(100, 20)}",
        f"{words(200, 20)} {ten}",
        f"{nine} {words(300, 20)}",
        f"{words(400, 9)} {nine}",
    )
    table, stock = candidates.shared_pairs(documents)
    assert pairs(table) == [("r000", "r001")]
    assert table.loc[0, ["n_shared", "found_by"]].tolist() == [3, "runs"]
    assert stock.empty


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
    assert told in findings.candidates_answer(found)


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
    texts = [f"{story} {words(1000 * k, 10)}" for k in range(1, candidates.CROWD + 11)]
    table, stock = candidates.shared_pairs(reports(*texts))
    assert set(table["found_by"]) == {"story"}
    assert pairs(table) == [("r000", f"r{k:03}") for k in range(1, len(texts))]
    assert stock["n_outlets"].tolist() == [len(texts)]


def test_copies_are_linked_each_to_each_and_a_crowd_of_them_to_the_first():
    text = words(0, 40)
    few = candidates.shared_pairs(reports(text, text, text))[0]
    assert pairs(few) == [("r000", "r001"), ("r000", "r002"), ("r001", "r002")]
    many = candidates.shared_pairs(reports(*[text] * (candidates.CROWD + 1)))[0]
    assert pairs(many) == [("r000", f"r{k:03}") for k in range(1, candidates.CROWD + 1)]
    assert set(few["found_by"]) | set(many["found_by"]) == {"copy"}


def test_copies_of_a_text_stand_with_what_it_shares():
    text = words(0, 40)
    table = candidates.shared_pairs(reports(text, text, f"{text} {words(100, 30)}"))[0]
    assert pairs(table) == [("r000", "r001"), ("r000", "r002"), ("r001", "r002")]
    assert table["found_by"].tolist() == ["copy", "runs", "runs"]


def test_hashes_that_collide_add_pairs_and_lose_none(monkeypatch):
    documents = reports(*(words(100 * k, 20) for k in range(6)), words(0, 20) + " more")
    true = set(pairs(candidates.shared_pairs(documents)[0]))
    monkeypatch.setattr(
        candidates,
        "batches",
        lambda texts, n: (
            part._replace(shingle=part.shingle >> np.uint64(57) << np.uint64(57))
            for part in fingerprints.batches(texts, n=n)
        ),
    )
    found = set(pairs(candidates.shared_pairs(documents)[0]))
    assert true and true <= found


def test_buckets_do_not_change_what_is_found(monkeypatch):
    shared = [words(0, 60), words(500, 60), words(900, 60)]
    documents = reports(*(f"{shared[k % 3]} {words(1000 * (k + 2), 40)}" for k in range(30)))
    whole = candidates.shared_pairs(documents)[0]
    monkeypatch.setattr(candidates, "BUCKET", 64)
    monkeypatch.setattr(candidates, "COUNTED", 100)
    pd.testing.assert_frame_equal(candidates.shared_pairs(documents)[0], whole)
    assert len(whole) == 3 * 45


def sklearn_pairs(documents: pd.DataFrame) -> dict[tuple[str, str], float]:
    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(documents["text"])
    cosine, names = cosine_similarity(vectors), documents["doc_id"].tolist()
    a, b = np.nonzero(np.triu(cosine >= candidates.COSINE, 1))
    return {(names[i], names[j]): cosine[i, j] for i, j in zip(a, b, strict=True)}


VOCABULARY = st.sampled_from("the of İstanbul ΟΔΟΣ naïve x_y e\u0301 gaza talks 12 aid no".split())
TEXTS = st.lists(st.lists(VOCABULARY, min_size=1, max_size=14).map(" ".join), min_size=2, max_size=12)


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_the_vocabulary_pairs_are_those_of_scikit_learn(texts):
    documents = reports("anchor words", *texts)
    table = candidates.tfidf_pairs(documents)
    assert dict(zip(pairs(table), table["cosine"], strict=True)) == pytest.approx(sklearn_pairs(documents))


def test_the_vocabulary_pairs_do_not_depend_on_the_length_left_out(monkeypatch):
    random = np.random.default_rng(3)
    vocabulary = [f"w{k}" for k in range(300)]
    weights = 1 / np.arange(1, 301)
    texts = [" ".join(random.choice(vocabulary, 40, p=weights / weights.sum())) for _ in range(60)]
    documents = reports(*texts, *(text + " more" for text in texts[:20]))
    expected = sklearn_pairs(documents)
    assert len(expected) >= 20
    for suffix in (0.0, 0.2, 0.4, 0.49):
        monkeypatch.setattr(candidates, "SUFFIX", suffix)
        assert set(pairs(candidates.tfidf_pairs(documents))) == expected.keys()


def test_work_without_bound_is_bounded_and_told(monkeypatch):
    documents = reports(*(f"{words(0, 30)} {words(100 + k, 1)}" for k in range(250)))
    monkeypatch.setattr(candidates, "WORK", 1_000)
    found = candidates.find_pairs(documents)
    assert found.figures["n_terms_left_out"] > 0
    assert len(found.pairs) >= 249


def test_reports_all_alike_to_each_other_are_bounded_and_told():
    footer = "all rights of this outlet reserved " * 6
    documents = reports(*(f"w{k} w{k + 1} w{k + 2} {footer}" for k in range(1_500)))
    found = candidates.find_pairs(documents.assign(outlet=UNKNOWN), path="memory")
    assert len(found.pairs) < 4 * len(documents)
    told = "Common terms left out to bound the work, so that pairs of alike vocabulary may be missing: "
    assert any(sentence.startswith(told) for sentence in findings.candidates_answer(found))


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
    monkeypatch.setattr(candidates.engines, "has_duckdb", lambda: False)
    with pytest.raises(ModuleNotFoundError, match=r"variorum\[large\]"):
        candidates.find_pairs(reports("a"), path="disk")


@pytest.mark.parametrize("path", ["all", "memory", "runs"])
@pytest.mark.parametrize("texts", [[], ["word"], ["", " ", "!"], ["和平"] * 3, ["a"] * 3])
def test_next_to_nothing_is_valid(texts, path):
    found = candidates.find_pairs(reports(*texts), path=path)
    assert len(found.pairs) <= 3
    assert candidates.find_stretches(reports(*texts), found.pairs).empty


def test_empty_reports_are_no_copies_of_each_other():
    found = candidates.find_pairs(reports(*[""] * 300), path="memory")
    assert found.pairs.empty
    assert found.figures["n_short"] == 300


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


def test_stretches_are_the_runs_that_the_other_report_has_too():
    head, tail = words(0, 12), words(100, 9)
    documents = reports(f"Lead. {head}, {words(200, 5)} {tail}.", f"{tail} {words(300, 5)} {head}")
    table = candidates.find_stretches(documents, pd.DataFrame({"doc_id_a": ["r000"], "doc_id_b": ["r001"]}))
    cut = [
        documents.set_index("doc_id")["text"][row.doc_id][row.start_char : row.end_char]
        for row in table.itertuples()
    ]
    assert cut == [head, tail, tail, head]
    assert table["n_words"].tolist() == [12, 9, 9, 12]
    assert table["other"].tolist() == ["r001", "r001", "r000", "r000"]


def test_stretches_of_many_pairs_are_those_of_each(monkeypatch):
    shared = [words(0, 20), words(500, 30)]
    documents = reports(*(f"{shared[k % 2]} {words(1000 * (k + 2), 9)} {shared[0]}" for k in range(6)))
    wanted = candidates.find_pairs(documents).pairs
    whole = candidates.find_stretches(documents, wanted)
    monkeypatch.setattr(candidates, "PAIRS_AT_A_TIME", 2)
    pd.testing.assert_frame_equal(candidates.find_stretches(documents, wanted), whole)
    alone = pd.concat([candidates.find_stretches(documents, wanted[k : k + 1]) for k in range(len(wanted))])
    keys = ["doc_id", "other", "start_char"]
    pd.testing.assert_frame_equal(
        alone.sort_values(keys, ignore_index=True), whole.sort_values(keys, ignore_index=True)
    )


def test_wording_repeated_without_end_is_one_stretch():
    documents = reports("la " * 3_000, "x " + "la " * 3_000)
    table = candidates.find_stretches(documents, pd.DataFrame({"doc_id_a": ["r000"], "doc_id_b": ["r001"]}))
    assert table["n_words"].tolist() == [3_000, 3_000]


def test_the_path_taken_is_told():
    few = candidates.find_pairs(reports("one", "two"))
    assert findings.candidates_answer(few) == ["2 reports: every pair was compared, 1 pair in all."]
    footer = words(0, 30)
    texts = [f"{words(1000 * k, 60)} {footer}" for k in range(1, 9)] + ["short", "short"]
    found = candidates.find_pairs(reports(*texts, outlets=["One"] * 10), path="memory")
    assert findings.candidates_answer(found) == [
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
