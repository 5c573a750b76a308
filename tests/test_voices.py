import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import corpus, lexicon
from helpers.schema import Documents, Mentions, VoiceOverrides, Voices, empty, from_rows
from helpers.segmentation import split_sentences, tokenize
from helpers.voices import (
    find_voices,
    pair_statements,
    quote_spans,
    text_hash,
    voice_shares,
    with_voice,
)

ALL_VERBS = lexicon.load_speech_verbs(corpus.ROOT / "data" / "lexicons")
LEMMAS = "say add tell praise honour deny call highlight reject report claim feel".split()
PHRASES = ("express gratitude", "call for", "refer to", "according to")
VERBS = ALL_VERBS[ALL_VERBS["lemma"].isin([*LEMMAS, *PHRASES])]
PEOPLE = {
    "Ada Lovelace": ("ada", "PERSON"),
    "Lovelace": ("ada", "PERSON"),
    "head of the Mills": ("ada", "PERSON"),
    "Babbage": ("babbage", "PERSON"),
    "Charles Babbage": ("babbage", "PERSON"),
    "the Mayor": ("babbage", "PERSON"),
    "Guild": ("guild", "ORG"),
}


def report(text: str, doc_id: str = "a", event_id: str = "e") -> pd.DataFrame:
    unknown = ("unknown",) * 2
    return from_rows([(doc_id, text, event_id, *unknown, "unknown", "en", *unknown)], Documents)


def mentions(documents: pd.DataFrame) -> pd.DataFrame:
    names = sorted(PEOPLE, key=lambda name: -len(name))
    rows = [
        (doc_id, m.start(), m.end(), m.group(), *PEOPLE[m.group()], "name", "", "authority")
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for m in re.finditer("|".join(names), text)
    ]
    return from_rows(rows, Mentions)


def find(text: str) -> pd.DataFrame:
    documents = report(text)
    return find_voices(documents, split_sentences(documents), VERBS, mentions(documents))


def told(text: str) -> list[tuple[str, str, str]]:
    """Return voice, speaker and words of every span."""
    spans = find(text)
    columns = ("voice", "speaker", "start_char", "end_char")
    return [(v, s, text[a:b]) for v, s, a, b in zip(*(spans[c] for c in columns), strict=True)]


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quote_spans(text)]


def flags(text: str) -> list[str]:
    return [quote.flag for quote in quote_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “We will stay as long as needed.” Then he left.", ["“We will stay as long as needed.”"]),
        ('"We go," he said, "and we stay there."', ['"We go,"', '"and we stay there."']),
        ("He said, **“We will not hesitate to go.”**", ["“We will not hesitate to go.”"]),
        ("Er sagte: „Wir gehen heute nach Hause.“ Dann ging er.", ["„Wir gehen heute nach Hause.“"]),
        ("Er sagte: „Wir gehen heute nach Hause.” Dann ging er.", ["„Wir gehen heute nach Hause.”"]),
        ("Il a dit : « Nous partons demain matin. » Puis rien.", ["« Nous partons demain matin. »"]),
        ("Er sagte: »Wir gehen heute nach Hause.« Dann ging er.", ["»Wir gehen heute nach Hause.«"]),
        ("Han sa: ”Vi går hem i dag.” Sedan gick han.", ["”Vi går hem i dag.”"]),
        ("``We go home tonight,'' he said.", ["``We go home tonight,''"]),
        ("‘‘We go home tonight,’’ he said.", ["‘‘We go home tonight,’’"]),
        ('Patrick said : " It is true . " He left .', ['" It is true . "']),
        (
            "“She told me ‘go home now, please,’ and I went.”",
            ["“She told me ‘go home now, please,’ and I went.”"],
        ),
        (
            "“It reads: “No one may enter.” That is all,” he said.",
            ["“It reads: “No one may enter.” That is all,”"],
        ),
        (
            "\"He cites: 'How often has a small group won.'\"",
            ["\"He cites: 'How often has a small group won.'\""],
        ),
        ("‘We are not going to give in,’ she said.", ["‘We are not going to give in,’"]),
        ("'We aren't going to give in,' she said.", ["'We aren't going to give in,'"]),
        ("‘The workers’ strike will go on,’ he said.", ["‘The workers’ strike will go on,’"]),
        ("‘He told me “no” and left the room,’ she said.", ["‘He told me “no” and left the room,’"]),
        ("He was “tired.” “For us it is over,” she said.", ["“tired.”", "“For us it is over,”"]),
        ('She called it "the end."He left.', ['"the end."']),
        ("They said the “end”—and no more—was near.", ["“end”"]),
        ('"I—" he began. "I cannot say it."', ['"I—"', '"I cannot say it."']),
    ],
)
def test_quotation_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the ‘Operation Sword of Al-Quds’ has begun",
        "music of the '90s and the '80s, rock 'n' roll",
        "He is 6'2\" tall, she is 5' 4\" tall.",
        'A 12" record and a 40" screen.',
        "the workers' and the teachers' unions' demands, 'tis said",
        "It’s the players’ choice, isn’t it?",
    ],
)
def test_marks_that_are_no_speech(text: str) -> None:
    assert quoted(text) == []


def test_inches_inside_a_quotation_do_not_end_it() -> None:
    assert quoted('"He is 6\'2" tall and fast," she said.') == ['"He is 6\'2" tall and fast,"']


def test_paragraphs_that_reopen_go_on_and_are_not_unclosed() -> None:
    text = "He said: “We go.\n\n“We stay.\n\n“We rest.”\n\nHe left."
    assert quoted(text) == ["“We go.", "“We stay.", "“We rest.”"]
    assert [quote.continues for quote in quote_spans(text)] == [False, True, True]
    assert flags(text) == ["scare"] * 3


def test_paragraphs_that_do_not_reopen_go_on_to_the_closing_mark() -> None:
    text = 'He said: "We go home now.\nNobody stays here now.\nAll of us rest." He left.'
    assert quoted(text) == ['"We go home now.', "Nobody stays here now.", 'All of us rest."']


def test_unclosed_quotation_ends_with_its_paragraph_and_is_flagged() -> None:
    text = "He said: “We will not go back.\n\nShe left the room."
    assert quoted(text) == ["“We will not go back."]
    assert flags(text) == ["unclosed"]


def test_long_unclosed_quotation_ends_with_its_sentence() -> None:
    text = "He said: “We will not go back. " + "She walked on and on. " * 60
    assert quoted(text) == ["“We will not go back."]


def test_lost_mark_after_a_nested_quotation_is_flagged_though_the_next_paragraph_opens() -> None:
    text = "He said: “The verse says: “How many!” [2:249].\n\n“You won the day,” he said."
    assert quoted(text) == ["“The verse says: “How many!” [2:249].", "“You won the day,”"]
    assert flags(text) == ["unclosed", ""]


def test_scare_quotes_are_flagged() -> None:
    assert flags("He lauded them for “performing excellently” today.") == ["scare"]


HOSTILE = st.text(alphabet="ab .,\n\"'“”‘’«»„`*19—(", max_size=60)


@given(HOSTILE)
def test_quotations_are_inside_sorted_and_apart(text: str) -> None:
    quotes = quote_spans(text)
    assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a clause is indirect, a noun phrase is a speech act
        ("Lovelace said that the engine works.", [("indirect", "ada", "the engine works")]),
        ("Lovelace said the engine is ready.", [("indirect", "ada", "the engine is ready")]),
        ("Lovelace praised the men of the mill.", [("speech_act", "ada", "the men of the mill")]),
        ("Lovelace honored the memory of the dead.", [("speech_act", "ada", "the memory of the dead")]),
        ("Lovelace denied the charge.", [("speech_act", "ada", "the charge")]),
        ("Lovelace denied that she knew.", [("indirect", "ada", "she knew")]),
        ("Lovelace called the engine a great work.", [("indirect", "ada", "the engine a great work")]),
        ("Lovelace highlighted the need for coal.", [("indirect", "ada", "the need for coal")]),
        ("Lovelace called for calm.", [("speech_act", "ada", "calm")]),
        (
            "Lovelace expressed gratitude for the help.",
            [("speech_act", "ada", "gratitude for the help")],
        ),
        # one subject, several verbs
        (
            "Lovelace praised the men and said that the mill will open.",
            [("speech_act", "ada", "the men"), ("indirect", "ada", "the mill will open")],
        ),
        (
            "Lovelace said the mill is old, adding that it will close.",
            [("indirect", "ada", "the mill is old"), ("indirect", "ada", "it will close")],
        ),
        ("Lovelace, for her part, praised the men.", [("speech_act", "ada", "the men")]),
        ("Ada Lovelace, a writer of note, said that it works.", [("indirect", "ada", "it works")]),
        # speech before its verb
        ("The mill will open soon, Lovelace said.", [("indirect", "ada", "The mill will open soon")]),
        ("The mill will be open soon, said Lovelace.", [("indirect", "ada", "The mill will be open soon")]),
        (
            "The mill will be open soon, police said Friday.",
            [("indirect", "unknown", "The mill will be open soon")],
        ),
        # others
        ("According to Lovelace, the mill is old.", [("indirect", "ada", "the mill is old")]),
        ("The mill is old, according to Lovelace.", [("indirect", "ada", "The mill is old")]),
        ("The plan was rejected by the Guild on Monday.", [("speech_act", "guild", "The plan")]),
        ("A man told the Guild that the mill burned.", [("indirect", "unknown", "the mill burned")]),
        (
            "While Lovelace praised it, Babbage denied it.",
            [("speech_act", "ada", "it"), ("speech_act", "babbage", "it")],
        ),
        ("The mill, Lovelace said, is close to ruin.", [("indirect", "ada", "is close to ruin")]),
        ("It was reported that the mill burned.", [("indirect", "unknown", "the mill burned")]),
        (
            "Referring to coal, Lovelace said that it ends.",
            [("speech_act", "ada", "coal"), ("indirect", "ada", "it ends")],
        ),
        ("Lovelace told reporters on Monday that it works.", [("indirect", "ada", "it works")]),
    ],
)
def test_reworded_speech(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The report on the mill was long.",
        "Lovelace refused to praise the men.",
        "Lovelace would not say that it works.",
        "The claim of the Guild was old.",
        "The mill, praised by many, burned.",
        "Haniyeh and Sayyed Ali Felt met the men.",
    ],
)
def test_verbs_that_report_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ("Lovelace said, “We will go home now.”", "ada", "name"),
        ("Mr Charles Babbage, the old man, said: “We will go home now.”", "babbage", "apposition"),
        ("Meeting the Guild, Lovelace told the men: “We will go home now.”", "ada", "name"),
        ("At the end of talks with Babbage, Ms Lovelace said, “We will go home now.”", "ada", "name"),
        ("“We will go home now,” Lovelace said.", "ada", "name"),
        ("“We will go home now,” said Ada Lovelace, head of the Mills.", "ada", "inverted"),
        ("“We will go home now,” said a man who knows Babbage.", "unknown", "none"),
        ("Lovelace met Babbage. She said: “We will go home now.”", "ada", "pronoun"),
        ("Lovelace praised the men, saying, “We will go home now.”", "ada", "shared subject"),
        ("Lovelace said it is over. “We will go home now.”", "ada", "paragraph"),
        ("Lovelace, Babbage and others said: “We will go home now.”", "unknown", "none"),
        ("Lovelace and Babbage said: “We will go home now.”", "unknown", "several"),
        ("The brother of Babbage said: “We will go home now.”", "unknown", "none"),
        ("Lovelace: “We will go home now.”", "ada", "colon"),
        ("“Will we go home now?” Lovelace said. The mill closed.", "ada", "name"),
        ("“We will go home now,” Lovelace's office said in a note.", "unknown", "none"),
        ("A man of the Guild said: “We will go home now.”", "unknown", "none"),
        ("Lovelace met Babbage, who said: “We will go home now.”", "babbage", "name"),
        ("Lovelace, whose mill has closed, said: “We will go home now.”", "ada", "apposition"),
        ("She said: “We will go home now.”", "unknown", "none"),
    ],
)
def test_speakers_and_the_rules_that_name_them(text: str, speaker: str, rule: str) -> None:
    direct = find(text).query("voice == 'direct'")
    assert list(zip(direct["speaker"], direct["rule"], strict=True)) == [(speaker, rule)]
    assert (direct["confidence"] > 0).tolist() == [speaker != "unknown"]


def test_said_in_a_note_reports_no_clause() -> None:
    assert [voice for voice, *_ in told("“We will go home now,” Lovelace's office said in a note.")] == [
        "direct"
    ]


def test_quotations_of_a_text_cut_into_tokens() -> None:
    assert quoted('" We go home , " she said , and left .') == ['" We go home , "']
    assert quoted('He will live on , " she said . He left .') == []


def test_quotation_with_its_speaker_in_the_middle() -> None:
    direct = find("“We go home now,” Lovelace said, “and we all stay there.”")
    assert direct["speaker"].tolist() == ["ada", "ada"]


def test_quotation_that_goes_on_in_the_next_paragraph_keeps_its_speaker() -> None:
    direct = find("Lovelace said: “We go home now.\n\n“We all stay there.”")
    assert direct["speaker"].tolist() == ["ada", "ada"]
    assert direct["rule"].tolist() == ["name", "continued"]


def test_pronoun_is_left_alone_when_its_name_is_far() -> None:
    text = "Lovelace said it is over. " + "The mill is old. " * 6 + "She said: “We will go home now.”"
    assert find(text).query("voice == 'direct'")["speaker"].tolist() == ["unknown"]


def test_pronoun_of_a_thing_is_no_person() -> None:
    assert find("The Guild met. He said: “We will go home now.”")["speaker"].tolist() == ["unknown"]


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
            ("a", 10, 50, "indirect", "x", "", "", "", 1.0, ""),
            ("a", 20, 30, "direct", "y", "", "", "", 1.0, ""),
            ("a", 50, 60, "speech_act", "z", "", "", "", 1.0, ""),
            ("b", 0, 5, "direct", "w", "", "", "", 1.0, ""),
        ],
        Voices,
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
    voices = find_voices(documents, sentences, VERBS, mentions(documents))
    shares = voice_shares(tokenize(sentences), voices).set_index("voice")
    # 13 words: 2 reworded ("it works"), 3 quoted ("We go home"), 8 of narration.
    assert shares["n"].to_dict() == {"direct": 3, "indirect": 2, "narration": 8, "speech_act": 0}
    assert shares["share"].sum() == pytest.approx(1.0)
    speakers = voice_shares(tokenize(sentences), voices, by="speaker")
    assert speakers[["speaker", "n"]].to_numpy().tolist() == [["ada", 5]]


def test_statements_quoted_in_one_report_and_reworded_in_another() -> None:
    quoted_text = "Lovelace said: “The old mill will never close its great doors.”"
    reworded_text = "Lovelace said that the old mill would never shut its great doors."
    other_event = report("Lovelace said: “The old mill will never close its great doors.”", "c", "f")
    documents = pd.concat([report(quoted_text, "a"), report(reworded_text, "b"), other_event])
    sentences = split_sentences(documents)
    voices = find_voices(documents, sentences, VERBS, mentions(documents))
    pairs = pair_statements(voices, documents, tokenize(sentences))
    assert pairs[["doc_id_a", "voice_a", "doc_id_b", "voice_b"]].to_numpy().tolist() == [
        ["a", "direct", "b", "indirect"]
    ]
    # old, mill, never, great, doors are shared; close and shut are not: 2 * 5 / (6 + 6).
    assert pairs["n_shared"].tolist() == [5]
    assert pairs["dice"].tolist() == pytest.approx([10 / 12])
    assert pairs[["only_a", "only_b"]].to_numpy().tolist() == [["close", "shut"]]


def test_overrides_replace_what_they_overlap() -> None:
    text = "Lovelace said that it works. Babbage praised the men."
    documents = report(text)
    given_rows = [
        (text_hash(text), 19, 27, "indirect", "babbage", ""),
        (text_hash("x"), 0, 9, "direct", "ada", ""),
    ]
    overrides = from_rows(list(given_rows), VoiceOverrides)
    spans = find_voices(
        documents, split_sentences(documents), VERBS, mentions(documents), overrides=overrides
    )
    assert spans[["start_char", "voice", "speaker", "rule"]].to_numpy().tolist() == [
        [19, "indirect", "babbage", "override"],
        [45, "speech_act", "babbage", "name"],
    ]


def test_override_to_narration_takes_a_span_away() -> None:
    text = "Lovelace said that it works."
    documents = report(text)
    overrides = from_rows([(text_hash(text), 0, 28, "narration", "unknown", "")], VoiceOverrides)
    spans = find_voices(
        documents, split_sentences(documents), VERBS, mentions(documents), overrides=overrides
    )
    assert len(spans) == 0


def test_overrides_file_names_every_wrong_cell(tmp_path: Path) -> None:
    header = "text_hash,start_char,end_char,voice,speaker,note\n"
    (tmp_path / "voice_overrides.csv").write_text(header + "ab,x,9,direct,ada,\nab,9,3,shout,ada,\n")
    with pytest.raises(corpus.CorpusError) as raised:
        lexicon.load_voice_overrides(tmp_path)
    places = {(problem.row, problem.column) for problem in raised.value.problems}
    assert places == {(2, "start_char"), (3, "end_char"), (3, "voice")}


def test_project_ships_no_override() -> None:
    assert len(lexicon.load_voice_overrides(corpus.ROOT / "data" / "lexicons")) == 0


def test_every_form_belongs_to_one_verb() -> None:
    forms = ALL_VERBS["forms"].str.split("|").explode()
    assert forms[forms.duplicated()].tolist() == []
    assert not forms.str.strip().eq("").any()


def test_empty_tables_give_empty_tables() -> None:
    documents = empty(Documents)
    sentences = split_sentences(documents)
    voices = find_voices(documents, sentences, VERBS, empty(Mentions))
    assert len(voices) == len(pair_statements(voices, documents, tokenize(sentences))) == 0
    assert len(voice_shares(tokenize(sentences), voices)) == 0
    assert len(find_voices(report("یک"), split_sentences(report("یک")), VERBS.head(0), empty(Mentions))) == 0


WORDS = st.sampled_from(
    "Lovelace|Babbage|He|they|who|said|praised|saying|according to|was|by|that|the mill|,|.|:|\n|“|”|\"|'|‘|’"
    "|and|“We go,”|called for|—|(|**| |denied|the Guild|[1]|é|漢字".split("|")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_spans_of_any_text_are_inside_sorted_and_apart(text: str) -> None:
    documents = report(text)
    spans = find_voices(documents, split_sentences(documents), VERBS, mentions(documents))
    places = list(zip(spans["start_char"], spans["end_char"], spans["voice"], strict=True))
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert places == sorted(places)
    for level in ({"direct"}, {"indirect", "speech_act"}):
        own = [place for place in places if place[2] in level]
        assert all(a[1] <= b[0] for a, b in pairwise(own))
