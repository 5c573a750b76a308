"""Wording: counts, comparisons within events, substitutions, and the null that keeps them honest."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import corpus, entities, lexicon, schema, segmentation, stats, voices, wording


def make(*rows):
    """Return documents of (doc_id, event_id, outlet, text)."""
    names = [*schema.Documents.to_schema().columns]
    known = [dict(zip(("doc_id", "event_id", "outlet", "text"), row, strict=True)) for row in rows]
    blank = dict.fromkeys(names, "unknown")
    return schema.conform(pd.DataFrame([blank | row for row in known], columns=names), schema.Documents)


def cut(documents):
    sentences = segmentation.split_sentences(documents)
    sentences = sentences[sentences["zone"].isin(["headline", "body"])]
    return sentences, segmentation.tokenize(sentences)


def pool(documents):
    return wording.pool_counts(wording.count_terms(cut(documents)[1]), documents)


@pytest.fixture(scope="module")
def seeds():
    documents = corpus.load_documents()
    return documents, *cut(documents)


def test_counts_and_rates_by_hand():
    documents = make(("a", "e", "x", "The cat saw the dog. The dog ran."))
    counts = wording.count_terms(cut(documents)[1]).set_index("term")
    assert counts["n"].to_dict() == {"cat": 1, "dog": 2, "ran": 1, "saw": 1, "the": 3}
    assert counts.loc["the", "rate"] == 375


def test_runs_of_words_stay_in_their_sentence():
    documents = make(("a", "e", "x", "One two. Three four five."))
    assert wording.count_terms(cut(documents)[1], n=2)["term"].tolist() == [
        "four five",
        "one two",
        "three four",
    ]
    with pytest.raises(ValueError, match="at least one word"):
        wording.count_terms(cut(documents)[1], n=0)


def test_a_report_of_an_unknown_outlet_stands_for_itself():
    documents = make(("a", "e", "unknown", "x"), ("b", "e", "unknown", "y"), ("c", "e", "Z", "z"))
    assert wording.outlet_labels(documents).nunique() == 3


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("aBé ’'-.,1日本\n\u00a0\u200d\u0301“”*ß"), min_size=1, max_size=40),
        min_size=1,
        max_size=6,
    )
)
def test_counting_texts_is_counting_tokens(texts):
    documents = make(*((str(i), "e", "xy"[i % 2], text) for i, text in enumerate(texts)))
    sentences = segmentation.split_sentences(documents)
    by_tokens = wording.pool_counts(wording.count_terms(segmentation.tokenize(sentences)), documents)
    pd.testing.assert_frame_equal(wording.count_texts(sentences, documents), by_tokens)


def test_counting_texts_over_several_batches(monkeypatch):
    monkeypatch.setattr(wording, "_BATCH", 2)
    documents = make(*((str(i), "e", "xy"[i % 2], f"word w{i % 3}, (Gaza’s) well-known") for i in range(7)))
    pd.testing.assert_frame_equal(wording.count_texts(documents, documents), pool(documents))


def test_keyness_by_hand():
    documents = make(("1", "e", "A", "war " * 8 + "peace " * 2), ("2", "e", "B", "war " * 2 + "peace " * 8))
    row = wording.keyness(pool(documents)).set_index("term").loc["war"]
    assert (row["target"], row["reference"], row["n_target"], row["n_reference"]) == ("A", "B", 8, 2)
    assert (row["rate_target"], row["log_ratio"]) == (800, 2)
    assert row["p_value"] == pytest.approx(2 * sum(math.comb(10, k) for k in (0, 1, 2)) / 2**10)
    assert row["q_value"] == pytest.approx(row["p_value"])
    assert row["low"] < 2 < row["high"]


def test_quoted_and_narrated_uses_add_up():
    documents = make(("1", "e", "A", 'He said: "war war now." The war went on.'), ("2", "e", "B", "No war."))
    sentences, tokens = cut(documents)
    spoken = voices.find_voices(
        documents, sentences, schema.empty(schema.SpeechVerbs), schema.empty(schema.Mentions)
    )
    inside = voices.with_voice(tokens, spoken)["voice"] == "direct"
    quoted = wording.pool_counts(wording.count_terms(tokens[inside]), documents)
    row = wording.keyness(pool(documents), quoted=quoted).set_index("term").loc["war"]
    assert (row["quoted_target"], row["narrated_target"]) == (2, 1)
    assert (row["quoted_reference"], row["narrated_reference"]) == (0, 1)


def test_events_are_never_pooled():
    documents = make(
        ("1", "e1", "A", "war war war war"),
        ("2", "e2", "B", "peace peace peace peace"),
        ("3", "e3", "B", "x"),
    )
    assert wording.keyness(pool(documents)).empty


def test_two_outlets_are_compared_once_and_three_each_with_the_rest():
    documents = make(
        *((name, "e", name, "war " * n + "peace peace") for name, n in (("A", 3), ("B", 1), ("C", 2)))
    )
    rows = wording.keyness(pool(documents))
    assert rows.groupby("target")["reference"].first().to_dict() == dict.fromkeys(
        "ABC", "the other 2 outlets"
    )
    of_a = rows[(rows["target"] == "A") & (rows["term"] == "war")].iloc[0]
    assert (of_a["n_target"], of_a["n_reference"], of_a["reports_reference"]) == (3, 3, 2)


def test_strata_follow_the_outlet_over_its_events():
    documents = make(
        ("1", "e1", "A", "war " * 9 + "so " * 9), ("2", "e1", "B", "war " * 3 + "so " * 15),
        ("3", "e2", "A", "war " * 8 + "so " * 10), ("4", "e2", "C", "war " * 2 + "so " * 16),
    )  # fmt: skip
    rows = wording.stratified_keyness(pool(documents))
    assert rows["target"].unique().tolist() == ["A"]
    row = rows.set_index("term").loc["war"]
    assert (row["event_id"], row["n_target"], row["n_reference"]) == ("2 events, stratified", 17, 5)
    assert row["log_ratio"] == pytest.approx(math.log2(17 / 5))
    assert row["p_value"] == pytest.approx(stats.exact_p(17, 5, 1, 1), rel=1e-9)
    assert math.isnan(row["z"])


def test_reports_are_dealt_only_where_there_are_eight_a_side():
    rng = np.random.default_rng(3)
    texts = [" ".join(rng.choice(["war", "peace", "so", "on"], 60)) for _ in range(16)]
    texts = [text + " envoy" * 5 * (i % 2) for i, text in enumerate(texts)]
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))
    counts = wording.count_terms(cut(documents)[1])
    pooled = wording.pool_counts(counts, documents)
    rows = wording.deal_reports(wording.keyness(pooled), counts, documents).set_index("term")
    assert rows.loc["envoy", "flagged"]
    assert rows.loc["envoy", "p_reports"] == pytest.approx(1e-3, abs=9.9e-4)
    assert rows["flagged"].sum() == 1
    few = documents.head(15)
    assert wording.deal_reports(wording.keyness(pooled), counts, few)["p_reports"].isna().all()


def test_a_burst_in_one_report_is_flagged_by_words_and_not_by_reports():
    texts = ["so on and so forth " * 8 for _ in range(16)]
    texts[1] += "quake " * 30
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))
    counts = wording.count_terms(cut(documents)[1])
    plain = wording.keyness(wording.pool_counts(counts, documents)).set_index("term")
    dealt = wording.deal_reports(plain.reset_index(), counts, documents).set_index("term")
    assert plain.loc["quake", "flagged"]
    assert not dealt.loc["quake", "flagged"]


def test_at_most_two_in_a_hundred_random_splits_flag_a_word(seeds):
    documents, _, tokens = seeds
    halves = wording.split_halves(tokens, documents, n=200)
    assert (halves["n_splits"] == 200).all()
    assert (halves["n_tested"] > 50).all()
    assert (halves["share_flagged"] <= 0.02).all()


def test_the_null_can_fail():
    # Sentences that repeat one word twenty times are no independent words: the null must show it.
    text = " ".join(
        f"{' '.join([word] * 20).capitalize()}." for word in "ab cd ef gh ij kl mn op qr st".split()
    )
    documents = make(("1", "e", "A", text), ("2", "e", "B", text))
    assert wording.split_halves(cut(documents)[1], documents)["share_flagged"].iloc[0] > 0.5


def test_substitutions_of_the_seeds(seeds):
    documents, sentences, tokens = seeds
    verbs = lexicon.load_speech_verbs(corpus.ROOT / "data" / "lexicons")
    named = entities.find_mentions(documents, lexicon.load_entities(), lexicon.load_aliases())
    aligned = wording.align_sentences(sentences, tokens, documents)
    found = wording.find_substitutions(aligned, documents, tokens, verbs=verbs, mentions=named)
    pairs = set(zip(found["phrase_a"].str.casefold(), found["phrase_b"].str.casefold(), strict=True))
    assert {
        ("zionist", "israeli"),
        ("propaganda", "publicity"),
        ("belief", "faith"),
        ("strategic objectives", "goals"),
        ("desires", "will"),
    } <= pairs
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    for side in "ab":
        columns = (found[f"{name}_{side}"] for name in ("doc_id", "start_char", "end_char", "phrase"))
        for doc_id, start, end, phrase in zip(*columns, strict=True):
            assert texts[doc_id][start:end] == phrase


def replaced(first, second, **options):
    documents = make(("a", "e", "A", first), ("b", "e", "B", second))
    sentences, tokens = cut(documents)
    aligned = wording.align_sentences(sentences, tokens, documents)
    found = wording.find_substitutions(aligned, documents, tokens, **options)
    return list(zip(found["phrase_a"], found["phrase_b"], found["kind"], strict=True))


def test_function_words_at_the_ends_are_left_out():
    first, second = (
        "The envoys met in a large hall of the town.",
        "The envoys met in the big room of the town.",
    )
    assert replaced(first, second) == [("large hall", "big room", "wording")]


def test_another_spelling_is_kept_apart():
    first, second = "They honour the old treaty of peace.", "They honor the old treaty of peace."
    assert replaced(first, second) == [("honour", "honor", "spelling")]


def test_verbs_of_speech_are_no_substitution():
    first, second = "Lind said the talks went well.", "Lind stated the talks went well."
    assert replaced(first, second) == [("said", "stated", "wording")]
    assert replaced(first, second, verbs=pd.DataFrame({"forms": ["said|says", "stated"]})) == []


def test_names_and_their_titles_are_no_substitution():
    first, second = "Envoys the talks went well.", "Minister Lind the talks went well."
    assert replaced(first, second) == [("Envoys", "Minister Lind", "wording")]
    name = {"doc_id": "b", "start_char": 9, "end_char": 13, "kind": "name", "honorific": "Minister"}
    assert replaced(first, second, mentions=pd.DataFrame([name])) == []


def test_moved_words_were_not_replaced():
    first = "The treaty ended the war and the envoys left the hall."
    second = "The envoys ended the war and the treaty left the hall."
    assert replaced(first, second) == []


def test_reports_of_one_outlet_are_not_aligned():
    documents = make(("a", "e", "A", "The envoys met."), ("b", "e", "A", "The envoys met."))
    assert wording.align_sentences(*cut(documents), documents).empty


def test_sentences_told_by_one_alone():
    documents = make(
        ("a", "e", "A", "The envoys met in Oslo today. Rain fell on every roof."),
        ("b", "e", "B", "The envoys met in Oslo. Prices rose by half."),
    )
    alone = wording.find_unpartnered(*cut(documents), documents)
    assert alone["text"].tolist() == ["Rain fell on every roof.", "Prices rose by half."]
    assert (alone["nearest"] < 0.3).all()


def test_grouped_substitutions_put_first_what_differs_in_the_whole_reports(seeds):
    documents, sentences, tokens = seeds
    aligned = wording.align_sentences(sentences, tokens, documents)
    found = wording.find_substitutions(aligned, documents, tokens)
    keyness = wording.keyness(wording.pool_counts(wording.count_terms(tokens), documents))
    rows = wording.group_substitutions(found, sentences, documents, keyness)
    first = rows[rows["event_id"] == "meeting-2024-03-26"].head(4)
    assert ("zionist", "israeli") in set(zip(first["phrase_a"], first["phrase_b"], strict=True))
    assert (rows["n"].sum(), set(rows.columns) >= {"sentence_a", "sentence_b"}) == (
        (found["kind"] == "wording").sum(),
        True,
    )


def test_lockwords_need_a_narrow_interval():
    documents = make(("1", "e", "A", "the " * 60 + "cat " * 3), ("2", "e", "B", "the " * 60 + "cat " * 3))
    assert wording.lockwords(wording.keyness(pool(documents)))["term"].tolist() == ["the"]


def test_rates_of_a_matrix_by_hand():
    documents = make(("1", "e", "A", "war " * 3 + "so"), ("2", "e", "B", "so so"))
    matrix = wording.rate_matrix(pool(documents), ["war", "none", "war"])
    assert matrix.to_dict() == {"A": {"war": 750.0, "none": 0.0}, "B": {"war": 0.0, "none": 0.0}}


def test_spread_over_tenths_of_the_report():
    documents = make(("1", "e", "A", " ".join(["war"] * 10 + ["so"] * 90)))
    row = wording.measure_spread(cut(documents)[1], documents, ["war"]).iloc[0]
    assert (row["n"], row["n_parts"], row["n_parts_used"], row["dp"]) == (10, 10, 1, pytest.approx(0.9))


def test_short_texts_have_no_diversity_and_say_why(seeds):
    documents = make(("1", "e", "A", "Too short for this."))
    rows = wording.measure_diversity(cut(documents)[1])
    assert rows["value"].isna().all()
    assert (rows["reason"].str.len() > 0).all()
    long = wording.measure_diversity(seeds[2])
    assert (long["low"] < long["value"]).all()
    assert (long["value"] < long["high"]).all()


def test_other_measures_name_their_variant_and_agree_with_stats():
    documents = make(("1", "e", "A", "war " * 8 + "so " * 2), ("2", "e", "B", "war " * 2 + "so " * 8))
    pooled = pool(documents)
    row = wording.other_measures(wording.keyness(pooled), pooled).set_index("term").loc["war"]
    assert row["G2, 2 cells"] == pytest.approx(float(stats.log_likelihood(8, 2, 10, 10, cells=2)))
    assert row["Fisher p"] == pytest.approx(stats.fisher_p(8, 2, 10, 10))
    assert row["z, 2 terms, flat prior 0.05"] > row["z, 4 terms, flat prior 0.05"] > 0


def test_every_function_takes_empty_tables():
    empty = schema.empty
    documents, sentences, tokens = (
        empty(table) for table in (schema.Documents, schema.Sentences, schema.Tokens)
    )
    pooled, scored = empty(schema.PooledCounts), empty(schema.Keyness)
    assert wording.pool_counts(empty(schema.TermCounts), documents).empty
    assert wording.count_texts(sentences, documents).empty
    assert wording.keyness(pooled).empty
    assert wording.stratified_keyness(pooled).empty
    assert wording.deal_reports(scored, empty(schema.TermCounts), documents).empty
    assert wording.lockwords(scored).empty
    assert wording.top_terms(scored).empty
    assert wording.funnel_points(scored).empty
    assert wording.other_measures(scored, pooled).empty
    assert wording.rate_matrix(pooled, []).empty
    assert wording.split_halves(tokens, documents).empty
    assert wording.measure_spread(tokens, documents, ["x"]).empty
    assert wording.measure_diversity(tokens).empty
    assert wording.align_sentences(sentences, tokens, documents).empty
    assert wording.find_unpartnered(sentences, tokens, documents).empty
    substitutions = wording.find_substitutions(empty(schema.Alignments), documents, tokens)
    assert wording.group_substitutions(substitutions, sentences, documents, scored).empty
    assert wording.place_terms(tokens, documents, []).empty
    assert wording.place_quotations(empty(schema.Voices), documents).empty
