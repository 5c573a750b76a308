"""Sentences follow their tables, also for other corpora."""

import pandas as pd

from helpers.pages import corpus_said as corpus
from helpers.pages import phrases, wording_said
from helpers.pages import voices_said as voices


def documents(*rows):
    columns = ["doc_id", "event_id", "outlet", "published"]
    return pd.DataFrame(rows, columns=columns)


def sizes(*tokens):
    return pd.DataFrame({"doc_id": range(len(tokens)), "tokens": tokens})


def test_the_answer_counts_reports_outlets_and_gaps():
    table = documents(
        ("000", "e", "Unnamed outlet 1", "unknown"),
        ("001", "e", "The Post", "2024-01-02"),
        ("004", "f", "unknown", "unknown"),
    )
    text = " ".join(corpus.corpus_answer(table, sizes(10, 20, 30)))
    assert "3 reports of 2 events from 2 known outlets, 10 to 30 words long, 60 in all" in text
    assert "named for 1 of 3 reports" in text
    assert "known for 1" in text
    assert "002 and 003 are not among them" in text


def test_one_report_is_singular():
    text = corpus.corpus_answer(documents(("a", "e", "x", "2024")), sizes(10))[0]
    assert text.startswith("1 report of 1 event from 1 outlet")


def test_no_report_is_said():
    assert corpus.corpus_answer(documents(), sizes())[0] == "There is no report."


def test_limits_count_the_confounded_cells():
    rows = [("a", "e", "x", "2024"), ("b", "e", "x", "2024"), ("c", "e", "y", "2024")]
    text = " ".join(corpus.corpus_limits(documents(*rows)))
    assert "1 of 2 pairs of event and outlet" in text
    assert "published" not in text


def test_bars_are_told_each_while_few():
    table = pd.DataFrame({"a": ["x", "y"], "n": [1, 2000]})
    assert phrases.bars_alt(table, label="a", value="n", noun="words") == "Bars of words: y 2,000 and x 1."
    many = pd.DataFrame({"a": list(map(str, range(20))), "n": range(20)})
    assert (
        phrases.bars_alt(many, label="a", value="n", noun="words")
        == "20 bars of words, from 19 19 down to 0 0."
    )


def shares(**reports):
    rows = [
        {"doc_id": doc_id, "voice": voice, "n": 1, "share": share}
        for doc_id, values in reports.items()
        for voice, share in zip(("direct", "indirect", "speech_act", "narration"), values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "voice", "n", "share"])


def spoken(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "speaker", "n"])


def test_the_answer_tells_what_is_quoted_and_what_reworded():
    table = shares(a=(0.5, 0.1, 0.1, 0.3), b=(0.0, 0.25, 0.25, 0.5))
    speakers = spoken(("a", "Ada", 9), ("a", "unknown", 20), ("b", "Ada", 3), ("b", "Bob", 2))
    text = " ".join(voices.voices_answer(table, speakers, pd.DataFrame({"quoted_in": ["a"]})))
    assert "Direct quotation is 50 % (a) and 0 % (b) of the words" in text
    assert "is 20 % (a) and 50 % (b)" in text
    assert "The speaker with the most words is Ada (a and b)" in text
    assert text.endswith("reworded in another: 1 statement.")


def test_many_reports_are_told_by_their_range():
    table = shares(**{name: (place / 10, 0, 0, 1 - place / 10) for place, name in enumerate("abcdefgh")})
    text = voices.voices_answer(table, spoken(), pd.DataFrame())[0]
    assert text == "Direct quotation is between 0 % (a) and 70 % (h) of the words."
    assert voices.voices_alt(table).startswith("One bar per report, cut by voice: direct between 0 % (a)")


def test_a_corpus_without_speech_says_so():
    assert voices.voices_answer(shares(), spoken(), pd.DataFrame()) == ["There is no report."]
    text = " ".join(voices.voices_answer(shares(a=(0, 0, 0, 1)), spoken(), pd.DataFrame()))
    assert "No speaker could be named." in text
    assert "no statements" in text
    spans = pd.DataFrame(columns=["speaker", "confidence", "flag", "rule"])
    assert "No speech was found" in voices.voices_limits(spans)[0]
    pairs = pd.DataFrame(columns=["voice_a", "voice_b", "dice"])
    assert voices.rewordings_answer(pairs, pd.DataFrame()) == [
        "No statement was found in two reports of one event."
    ]
    assert voices.speakers_alt(pd.DataFrame()) == "No cells: nobody speaks in any report."


def test_limits_count_the_weak_spans():
    spans = pd.DataFrame(
        [
            ("unknown", 0.0, "", "none"),
            ("ada", 0.7, "scare", "paragraph"),
            ("ada", 0.95, "unclosed", "name"),
            ("ada", 1.0, "", "override"),
        ],
        columns=["speaker", "confidence", "flag", "rule"],
    )
    text = " ".join(voices.voices_limits(spans))
    assert (
        "Of 4 spans, 1 without a speaker that a rule could name, 1 with one of a confidence under 0.8" in text
    )
    assert "never close: 1;" in text
    assert "three words or fewer: 1;" in text
    assert "set by hand: 1." in text


def test_statements_are_counted_by_the_voices_they_stand_in():
    pairs = pd.DataFrame(
        [("direct", "direct", 1.0), ("direct", "indirect", 0.5), ("indirect", "speech_act", 0.4)],
        columns=["voice_a", "voice_b", "dice"],
    )
    text = voices.rewordings_answer(pairs, pairs.head(1))[0]
    assert (
        "3 statements; 1 quoted in both, 1 quoted in one and reworded in the other, 1 reworded in both"
        in text
    )
    assert text.endswith("With the same content words in both: 1.")


def test_two_phrases_are_named_once_whoever_has_them():
    pairs = [("cuts", "hours"), ("hours", "cuts"), ("cuts", "hours"), ("ferry", "boat")]
    grouped = pd.DataFrame(pairs, columns=["phrase_a", "phrase_b"]).assign(event_id="e")
    told = wording_said.substitution_finding(grouped)[0]
    assert told.endswith("4 wordings differ, among them “cuts” / “hours” and “ferry” / “boat”.")
