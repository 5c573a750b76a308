"""Sentences follow their tables, also for other corpora."""

import pandas as pd

from helpers.pages import corpus_said as corpus
from helpers.pages import phrases, telling
from helpers.pages import voices_said as voices
from helpers.pages.shelf import Shelf


def documents(*rows):
    columns = ["doc_id", "event_id", "outlet", "published"]
    return pd.DataFrame(rows, columns=columns)


def shelf(table):
    known = table.assign(headline="unknown", day="")
    return Shelf(known, pd.DataFrame(columns=["doc_id", "start_char", "sentence_id"]))


def sizes(*tokens):
    return pd.DataFrame({"doc_id": range(len(tokens)), "tokens": tokens})


def test_the_answer_counts_reports_outlets_and_gaps():
    table = documents(
        ("000", "e", "Unnamed outlet 1", "unknown"),
        ("001", "e", "The Post", "2024-01-02"),
        ("004", "f", "unknown", "unknown"),
    )
    text = " ".join(corpus.corpus_answer(table, sizes(10, 20, 30), shelf(table)))
    assert "3 reports on 2 events from 2 known outlets: 60 words." in text
    assert "Only 1 of 3 reports names its outlet (The Post); 1 have a time of publication." in text
    assert "002 and 003 are missing" in text


def test_one_report_is_singular():
    text = corpus.corpus_answer(
        documents(("a", "e", "x", "2024")), sizes(10), shelf(documents(("a", "e", "x", "2024")))
    )[0]
    assert text.startswith("1 report on 1 event from 1 outlet")


def test_no_report_is_said():
    assert corpus.corpus_answer(documents(), sizes(), shelf(documents()))[0] == "There is no report."


def test_limits_count_the_confounded_cells():
    rows = [("a", "e", "x", "2024"), ("b", "e", "x", "2024"), ("c", "e", "y", "2024")]
    text = " ".join(corpus.corpus_limits(documents(*rows)))
    assert "In 1 of 2 cases an outlet has only one report" in text
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
    return pd.DataFrame(rows, columns=["doc_id", "speaker", "n"]).assign(share=lambda t: t["n"] / 20)


LABELS = pd.Series({"a": "Courier", "b": "Gazette"})


def test_the_answer_tells_what_is_quoted_and_what_reworded():
    table = shares(a=(0.5, 0.1, 0.1, 0.3), b=(0.0, 0.25, 0.25, 0.5))
    speakers = spoken(("a", "Ada", 9), ("a", "unknown", 20), ("b", "Ada", 3), ("b", "Bob", 2))
    both = pd.DataFrame({"quoted_in": ["a"], "reworded_in": ["b"]})
    text = " ".join(map(str, voices.voices_answer(table, speakers, both, LABELS)))
    assert "Quotations are 0 % of the words of b, the least, and 50 % of those of a, the most." in text
    assert "is 20 % (a) and 50 % (b)" in text
    assert "Nobody speaks more in one report than Ada: 45 % of the words of a." in text
    assert "statement is quoted in one report and reworded in another, as by Courier and Gazette." in text


def test_many_reports_are_told_by_their_range():
    table = shares(**{name: (place / 10, 0, 0, 1 - place / 10) for place, name in enumerate("abcdefgh")})
    text = voices.voices_answer(table, spoken(), pd.DataFrame(), LABELS)[0]
    assert text == "Quotations are 0 % of the words of a, the least, and 70 % of those of h, the most."
    assert "quoted between 0 % (a) and 70 % (h)" in voices.voices_alt(table)


def test_a_corpus_without_speech_says_so():
    assert voices.voices_answer(shares(), spoken(), pd.DataFrame(), LABELS) == ["There is no report."]
    told = voices.voices_answer(shares(a=(0, 0, 0, 1)), spoken(), pd.DataFrame(), LABELS)
    assert "0 % of the words of a are quoted. No speaker could be named. No statement was found" in " ".join(
        told
    )
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
    assert "The speaker is not known for 1 of 4 pieces of speech. For 1, the rule that named the" in text
    assert "right less often than 80%; for none, it was never measured." in text
    assert "1 quotation never closes, so the end is a guess." in text
    assert "1 quotation of three words or fewer" in text
    assert "corrected 1 piece of speech" in text


def test_statements_are_counted_by_the_voices_they_stand_in():
    pairs = pd.DataFrame(
        [("direct", "direct", 1.0), ("direct", "indirect", 0.5), ("indirect", "speech_act", 0.4)],
        columns=["voice_a", "voice_b", "dice"],
    )
    text = " ".join(voices.rewordings_answer(pairs, pairs.head(1)))
    assert "1 quoted in both, 1 quoted in one and reworded in the other, 1 reworded in both" in text
    assert text.endswith("In 1 of them both reports have the same content words.")


def test_a_difference_that_is_not_sure_is_not_announced():
    rows = pd.DataFrame(
        [
            ("e", "a", "b", "wording", 0.9, 0.9),
            ("e", "a", "b", "wording", 0.5, 0.9),
            ("e", "a", "a", "name", 1.0, 0.9),
            ("e", "a", "b", "number", 1.0, 0.5),
            ("e", "a", "b", "title", 1.0, None),
        ],
        columns=["event_id", "doc_id_a", "doc_id_b", "kind", "sure", "real"],
    ).assign(text_a="ferry", text_b=["boat", "ship", "ferries", "raft", "barge"])
    assert telling.announced(rows).index.tolist() == [0, 4]
    assert telling.are_likely(rows).tolist() == [True, True, True, False, True]
    assert telling.announced(rows, kinds=["name"]).empty


def test_an_answer_fits_a_screen():
    told, rest = phrases.brief(["a" * 300, "b" * 300, "c" * 100, "d", "e"])
    assert [text[0] for text in told] == ["a", "c", "d"]
    assert [text[0] for text in rest] == ["b", "e"]
