from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import VERBS, mentions, report, told

from helpers.names.tables import MentionsTable
from helpers.table import empty, from_rows
from helpers.text import corpus
from helpers.text.parser import parse
from helpers.text.segmentation import split_sentences, tokenize
from helpers.text.tables import DocumentsTable
from helpers.voices import lists
from helpers.voices.spans import find_voices, text_hash, with_voice
from helpers.voices.tables import VoiceOverridesTable, VoicesTable
from helpers.voices.tallies import most_spoken, speaker_matrix, voice_shares


def test_quotation_inside_reworded_speech_is_a_span_of_its_own() -> None:
    text = "Lovelace said that the mill is a “settled issue” for all."
    assert told(text) == [
        ("indirect", "ada", "the mill is a “settled issue” for all"),
        ("direct", "ada", "“settled issue”"),
    ]


def test_headlines_hold_no_reworded_speech() -> None:
    text = "Lovelace says that the mill will open\n\nThe mill stood still for a long year."
    assert told(text) == []


def test_hits_take_the_innermost_voice() -> None:
    voices = from_rows(
        [
            ("a", 10, 50, "indirect", "x", "", "", "", 1.0, "", "", 0, 0),
            ("a", 20, 30, "direct", "y", "", "", "", 1.0, "", "", 0, 0),
            ("a", 50, 60, "speech_act", "z", "", "", "", 1.0, "", "", 0, 0),
            ("b", 0, 5, "direct", "w", "", "", "", 1.0, "", "", 0, 0),
        ],
        VoicesTable,
    )
    starts = [("a", 9), ("a", 10), ("a", 20), ("a", 29), ("a", 30), ("a", 49), ("a", 50), ("a", 60)]
    hits = pd.DataFrame([*starts, ("b", 4), ("b", 5), ("c", 0)], columns=["doc_id", "start_char"])
    expected = [
        "narration",
        "indirect",
        "direct",
        "direct",
        "indirect",
        "indirect",
        "speech_act",
        "narration",
    ]
    assert with_voice(hits, voices)["voice"].tolist() == [*expected, "direct", "narration", "narration"]
    assert with_voice(hits, voices)["speaker"].tolist() == ["", "x", "y", "y", "x", "x", "z", "", "w", "", ""]


def test_shares_of_words_count_every_voice_of_a_report() -> None:
    text = "Lovelace said that it works. She added: “We go home.” The mill closed."
    documents = report(text)
    sentences = split_sentences(documents)
    voices = find_voices(documents, sentences, VERBS, mentions(documents), parse=parse(documents, sentences))
    shares = voice_shares(tokenize(sentences), voices).set_index("voice")
    # 13 words: 2 reworded ("it works"), 3 quoted ("We go home"), 8 of narration.
    assert shares["n"].to_dict() == {"direct": 3, "indirect": 2, "narration": 8, "speech_act": 0}
    assert shares["share"].sum() == pytest.approx(1.0)
    speakers = voice_shares(tokenize(sentences), voices, by="speaker")
    assert speakers[["speaker", "n"]].to_numpy().tolist() == [["ada", 5]]


def test_overrides_replace_what_they_overlap() -> None:
    text = "Lovelace said that it works. Babbage praised the men."
    documents = report(text)
    given_rows = [
        (text_hash(text), 19, 27, "indirect", "babbage", ""),
        (text_hash("x"), 0, 9, "direct", "ada", ""),
    ]
    overrides = from_rows(list(given_rows), VoiceOverridesTable)
    spans = find_voices(
        documents,
        split_sentences(documents),
        VERBS,
        mentions(documents),
        parse=parse(documents, split_sentences(documents)),
        overrides=overrides,
    )
    assert spans[["start_char", "voice", "speaker", "rule"]].to_numpy().tolist() == [
        [19, "indirect", "babbage", "override"],
        [45, "speech_act", "babbage", "subject"],
    ]


def test_override_to_narration_takes_a_span_away() -> None:
    text = "Lovelace said that it works."
    documents = report(text)
    overrides = from_rows([(text_hash(text), 0, 28, "narration", "unknown", "")], VoiceOverridesTable)
    spans = find_voices(
        documents,
        split_sentences(documents),
        VERBS,
        mentions(documents),
        parse=parse(documents, split_sentences(documents)),
        overrides=overrides,
    )
    assert len(spans) == 0


def test_overrides_file_names_every_wrong_cell(tmp_path: Path) -> None:
    header = "text_hash,start_char,end_char,voice,speaker,note\n"
    (tmp_path / "voice_overrides.csv").write_text(header + f"{'ab' * 8},x,9,direct,ada,\nab,9,3,shout,ada,\n")
    with pytest.raises(corpus.CorpusError) as raised:
        lists.load_voice_overrides(tmp_path)
    places = {(problem.row, problem.column) for problem in raised.value.problems}
    assert places == {(2, "start_char"), (3, "text_hash"), (3, "end_char"), (3, "voice")}


def test_project_ships_no_override() -> None:
    assert len(lists.load_voice_overrides(corpus.ROOT / "data" / "lexicons")) == 0


def test_empty_tables_give_empty_tables() -> None:
    documents = empty(DocumentsTable)
    sentences = split_sentences(documents)
    voices = find_voices(documents, sentences, VERBS, empty(MentionsTable))
    assert len(voices) == 0
    assert len(voice_shares(tokenize(sentences), voices)) == 0
    assert (
        len(find_voices(report("یک"), split_sentences(report("یک")), VERBS.head(0), empty(MentionsTable)))
        == 0
    )


WORDS = st.sampled_from(
    "Lovelace|Babbage|He|they|who|said|praised|saying|according to|was|by|that|the mill|,|.|:|\n|“|”|\"|'|‘|’"
    "|and|“We go,”|called for|—|(|**| |denied|the Guild|[1]|é|漢字".split("|")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_spans_of_any_text_are_inside_sorted_and_apart(text: str) -> None:
    documents = report(text)
    spans = find_voices(
        documents,
        split_sentences(documents),
        VERBS,
        mentions(documents),
        parse=parse(documents, split_sentences(documents)),
    )
    places = list(zip(spans["start_char"], spans["end_char"], spans["voice"], strict=True))
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert places == sorted(places)
    for level in ({"direct"}, {"indirect", "speech_act"}):
        own = [place for place in places if place[2] in level]
        assert all(a[1] <= b[0] for a, b in pairwise(own))


SHARES = pd.DataFrame(
    [
        ("a", "direct", 1),
        ("a", "narration", 99),
        ("b", "direct", 9),
        ("c", "speech_act", 9),
        ("c", "indirect", 1),
    ],
    columns=["doc_id", "voice", "n"],
)


def test_the_reports_with_most_words_of_speech() -> None:
    assert most_spoken(SHARES, n=2)["doc_id"].tolist() == ["b", "c", "c"]
    assert most_spoken(SHARES).equals(SHARES)


def test_the_matrix_has_the_busiest_speakers_and_reports() -> None:
    rows = [("a", "x", 5), ("b", "x", 6), ("c", "y", 9), ("a", "z", 1)]
    speakers = pd.DataFrame(rows, columns=["doc_id", "speaker", "n"]).assign(share=0.5)
    assert speaker_matrix(speakers).shape == (3, 3)
    few = speaker_matrix(speakers, n=2, reports=2)
    assert (few.index.tolist(), few.columns.tolist()) == (["x", "y"], ["b", "c"])
    assert speaker_matrix(speakers.head(0)).empty
