"""Slots, differences and the reader: small reports worked out by hand, and reports that are hardly text."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import table as schema
from helpers.names import tables as names_tables
from helpers.pages import plots_pairs, reader
from helpers.pages import synopsis_said as synopsis
from helpers.synopsis import Grammar, causes, differences, omissions, reading
from helpers.synopsis import slots as synopsis_slots
from helpers.text import parser, segmentation
from helpers.text import tables as text_tables
from helpers.voices import tables as voices_tables

LONG = "The ministers of seven coastal countries signed a fishing agreement in Lisbon"


# Reports called by their own ids.
LABELS = pd.Series({f"r{k}": f"r{k}" for k in range(9)})


def documents(*texts: str, event_id: str = "e") -> pd.DataFrame:
    columns = list(text_tables.DocumentsTable.to_schema().columns)
    rows = [
        (f"r{k}", text, event_id, *["unknown"] * 3, "en", "unknown", "unknown")
        for k, text in enumerate(texts)
    ]
    return schema.conform(pd.DataFrame(rows, columns=columns), text_tables.DocumentsTable)


def mentions_of(table: pd.DataFrame, *names: tuple[str, str, str]) -> pd.DataFrame:
    """Return mentions of (surface, entity_id, kind) wherever they stand."""
    rows = [
        (doc_id, found.start(), found.end(), found.group(), entity_id, "PERSON", kind, "", "authority")
        for doc_id, text in zip(table["doc_id"], table["text"], strict=True)
        for surface, entity_id, kind in names
        for found in re.finditer(rf"\b{surface}\b", text)
    ]
    return (
        schema.from_rows(rows, names_tables.MentionsTable)
        if rows
        else schema.empty(names_tables.MentionsTable)
    )


def read(table: pd.DataFrame, *names: tuple[str, str, str], zone: str = "") -> dict[str, pd.DataFrame]:
    """Return every table of the page for these reports."""
    sentences = segmentation.split_sentences(table)
    sentences = sentences.assign(zone=zone) if zone else sentences
    tokens = segmentation.tokenize(sentences)
    mentions, voices = mentions_of(table, *names), schema.empty(voices_tables.VoicesTable)
    slots = synopsis_slots.align_slots(table, sentences, tokens, mentions=mentions, voices=voices)
    parsed = parser.parse(table, sentences)
    found = differences.find_discrepancies(slots, table, tokens, mentions=mentions, parse=parsed)
    marks = reading.mark_words(slots, tokens)
    readings = reading.cut_readings(slots, table, marks=marks, discrepancies=found, voices=voices)
    coverage = reading.measure_coverage(slots, tokens, table)
    return {
        "slots": slots, "differences": found, "marks": marks, "readings": readings, "coverage": coverage
    }  # fmt: skip


def said(table: pd.DataFrame, slots: pd.DataFrame) -> list[dict[str, str]]:
    """Return the words of every slot by report."""
    texts = dict(zip(table["doc_id"], table["text"], strict=True))
    return [
        {row.doc_id: texts[row.doc_id][row.start_char : row.end_char] for row in group.itertuples()}
        for _, group in slots.groupby("slot_id")
    ]


FIRST = (
    f"{LONG}. Catches of sardine will be halved. Small boats under twelve metres are exempt from the quota."
)
SECOND = (
    "Small boats of less than twelve metres are exempt from quotas. In Lisbon ministers of seven "
    "countries on the coast signed an agreement about fishing. Green groups welcomed the decision."
)


def test_sentences_reworded_and_moved_share_a_slot_and_the_rest_stands_alone():
    table = documents(FIRST, SECOND)
    slots = read(table, zone="body")["slots"]
    shared = [slot for slot in said(table, slots) if len(slot) == 2]
    assert [(slot["r0"][:12], slot["r1"][:12]) for slot in shared] == [
        ("The minister", "In Lisbon mi"),
        ("Small boats ", "Small boats "),
    ]
    alone = [slot for slot in said(table, slots) if len(slot) == 1]
    assert {"r0": "Catches of sardine will be halved"} in alone
    assert {"r1": "Green groups welcomed the decision"} in alone
    assert len(alone) == 2
    assert slots.loc[slots["moved"], "doc_id"].tolist() == ["r1"]


def test_slots_go_across_all_reports_of_an_event():
    third = "On Monday seven coastal countries signed the fishing agreement in Lisbon, the ministers said."
    table = documents(FIRST, SECOND, third)
    slots = said(table, read(table, zone="body")["slots"])
    assert sum(len(slot) == 3 for slot in slots) == 1


def test_reports_of_different_events_never_share_a_slot():
    table = documents(LONG, LONG).assign(event_id=["e", "f"])
    assert (read(table, zone="body")["slots"]["relation"] == "only here").all()


def test_a_sentence_that_runs_two_together_is_cut_where_it_goes_over():
    one = (
        "Rivera thanked the harbour workers and fishermen for their support. A report on sardine was "
        "presented in between by somebody else. The patience shown by coastal villages for six long "
        "months was exemplary."
    )
    other = (
        "Rivera thanked fishermen and harbour workers for support the exemplary patience of coastal "
        "villages during six months."
    )
    table = documents(one, other)
    slots = said(table, read(table, zone="body")["slots"])
    pairs = [slot["r1"] for slot in slots if len(slot) == 2]
    assert [words.split()[-1] for words in pairs] == ["support", "months"]


@pytest.mark.parametrize(
    ("one", "other", "kind", "text_a", "text_b"),
    [
        (
            "The fishing agreement of Lisbon has been in force for the last six months in the harbours.",
            "The fishing agreement of Lisbon has been in force for nearly six months in the harbours.",
            "hedge",
            "last six months",
            "nearly six months",
        ),
        (
            "The ministers welcomed the support of the islands, especially that of the northern islands.",
            "The ministers welcomed the support of the islands, especially the southern harbours.",
            "scope",
            "especially that of the northern islands",
            "especially the southern harbours",
        ),
        (
            "Thousands of boats were lost or damaged in the storm off Lisbon, the ministers said.",
            "Thousands of boats were lost and damaged in the storm off Lisbon, the ministers said.",
            "scope",
            "lost or damaged",
            "lost and damaged",
        ),
        (
            "The ministers signed the fishing agreement in the harbour on Monday morning.",
            "The ministers signed the fishing agreement in the harbour on Friday.",
            "date",
            "Monday morning",
            "Friday",
        ),
        (
            "The storm that the fishermen call Black Wednesday sank seven boats of the harbour.",
            "The storm that the fishermen call Great Flood sank seven boats of the harbour.",
            "name",
            "Black",
            "Great Flood",
        ),
    ],
)
def test_differences_without_any_listed_name(one: str, other: str, kind: str, text_a: str, text_b: str):
    found = read(documents(one, other), zone="body")["differences"]
    found = found[found["kind"] == kind]
    assert found[["text_a", "text_b"]].to_numpy().tolist() == [[text_a, text_b]]


def test_names_titles_and_terms_of_listed_entities():
    names = [
        ("Ana Rivera", "rivera", "name"),
        ("Rivera", "rivera", "name"),
        ("Rivero", "rivera", "name"),
        ("head of the Fishing Board", "rivera", "role"),
        ("chair of the Fleet Council", "rivera", "role"),
        ("coastal league", "league", "label"),
        ("harbour cartel", "league", "label"),
    ]
    one = (
        "Ana Rivera, head of the Fishing Board, thanked the coastal league for signing the treaty in Lisbon."
    )
    other = "Rivero, chair of the Fleet Council, thanked the harbour cartel for signing the treaty in Lisbon."
    found = read(documents(one, other), *names, zone="body")["differences"]
    assert found[["kind", "text_a", "text_b"]].to_numpy().tolist() == [
        ["name", "Ana Rivera", "Rivero"],
        ["title", "head of the Fishing Board", "chair of the Fleet Council"],
        ["term", "coastal league", "harbour cartel"],
    ]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Rivera", "Ana Rivera"),
        ("UN", "United Nations"),
        ("Kim Sol-ra", "Kim Sol Ra"),
    ],
)
def test_a_shorter_form_or_initials_are_no_difference(short: str, long: str):
    one, other = (f"The fishing agreement was signed by {name} in the harbour." for name in (short, long))
    names = [(short, "x", "name"), (long, "x", "name")]
    assert len(read(documents(one, other), *names, zone="body")["differences"]) == 0


def test_one_report_that_spells_a_name_in_two_ways_is_told():
    names = [("Rivera", "rivera", "name"), ("Riviera", "rivera", "name")]
    table = documents("Rivera signed the agreement in Lisbon. Later Riviera left the harbour by boat.")
    found = read(table, *names, zone="body")["differences"].iloc[0]
    assert (found["doc_id_a"], found["doc_id_b"]) == ("r0", "r0")
    assert (found["text_a"], found["text_b"]) == ("Rivera", "Riviera")


def test_marks_tell_shared_words_from_replaced_ones():
    one = "The boats sank in the northern harbour during a sudden storm on Monday."
    other = "The boats sank in the southern harbour during a sudden storm on Monday."
    table = documents(one, other)
    marks = read(table, zone="body")["marks"]
    own = marks[marks["doc_id"] == "r0"]
    pieces = [(one[row.start_char : row.end_char], row.mark, row.partner_words) for row in own.itertuples()]
    assert pieces == [
        ("The boats sank in the", "shared", "The boats sank in the"),
        ("northern", "changed", "southern"),
        ("harbour during a sudden storm on Monday", "shared", "harbour during a sudden storm on Monday"),
    ]


ODD = [
    "word",
    "** __ ** ...",
    "la " * 2000,
    "غزة مدينة على الساحل. هنا يعيش كثير من الناس منذ زمن طويل.",
    "加沙是一座沿海城市。很多人住在那里。",
    "नमस्ते दुनिया। यह एक छोटा वाक्य है।",
    "e\u0301te\u0301 " * 50,
    " ".join(f"w{i % 997}" for i in range(6_000)),
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_reports_are_all_accounted_for(text: str):
    table = documents(text, text, FIRST)
    tables = read(table, zone="body")
    coverage = tables["coverage"]
    assert coverage["doc_id"].tolist() == ["r0", "r1", "r2"]
    assert (
        coverage["n_shared"] + coverage["n_only_here"] + coverage["n_outside"] == coverage["n_tokens"]
    ).all()
    assert (coverage["n_outside"] == 0).all()
    reader.synopsis_reader(tables["slots"], tables["readings"], LABELS)


def test_no_report_and_one_report_give_valid_tables_and_sentences():
    for table in (documents(), documents(FIRST)):
        tables = read(table, zone="body")
        assert len(tables["differences"]) == 0
        assert synopsis.ribbon_alt(tables["slots"])
        assert synopsis.synopsis_answer(tables["slots"], tables["coverage"], tables["differences"], LABELS)
        assert synopsis.synopsis_limits(tables["slots"], tables["coverage"])
        assert reader.synopsis_reader(tables["slots"], tables["readings"], LABELS).text
        plots_pairs.slot_ribbon(tables["slots"])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LONG.split()), min_size=1, max_size=30), min_size=2, max_size=4))
def test_slots_cover_every_word_once_and_readings_give_the_text_back(reports: list[list[str]]):
    table = documents(*(" ".join(words) + "." for words in reports))
    tables = read(table, zone="body")
    assert (tables["coverage"]["n_outside"] == 0).all()
    for doc_id, text in zip(table["doc_id"], table["text"], strict=True):
        own = tables["slots"][tables["slots"]["doc_id"] == doc_id].sort_values("start_char")
        assert (own["start_char"].iloc[1:].to_numpy() >= own["end_char"].iloc[:-1].to_numpy()).all()
        pieces = tables["readings"][tables["readings"]["doc_id"] == doc_id]
        assert all(text[row.start_char : row.end_char] == row.text for row in pieces.itertuples())
        assert "".join(pieces.sort_values("start_char")["text"]).split() == text.split()


def test_the_reader_escapes_the_reports_and_links_the_differences():
    hostile = "The <script>alert(1)</script> boats sank in the harbour on Monday."
    table = documents(hostile, hostile.replace("Monday", "Friday"), event_id='e"><b>')
    tables = read(table, zone="body")
    html = reader.synopsis_reader(tables["slots"], tables["readings"], LABELS).html
    anchor = reader.difference_anchor(tables["differences"], tables["slots"])
    html += html[:0].join(anchor(number) for number in range(1, len(tables["differences"]) + 1))
    assert "<script" not in html
    assert "<b>e" not in html
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', html))


def test_the_reader_keeps_what_stands_alone_in_its_place_and_links_what_moved():
    tables = read(documents(FIRST, SECOND), zone="body")
    block = reader.synopsis_reader(tables["slots"], tables["readings"], LABELS)
    assert re.search(r"<summary[^>]*>2 parts in one report only: 1 in r\d and 1 in r\d<", block.html)
    assert re.search(r"r1 · in another place: (opens the report|after part \d)", block.text)
    first = tables["readings"][tables["readings"]["slot_id"] == tables["readings"]["slot_id"].min()]
    few = reader.synopsis_reader(tables["slots"], first, LABELS, overflow="slots")
    assert "1 of 4 parts" in few.text
    assert few.csv_name == "slots"


def test_a_report_set_aside_still_lends_its_words_to_the_marks():
    table = documents(FIRST, FIRST.replace("Monday", "Friday"))
    tokens = segmentation.tokenize(segmentation.split_sentences(table))
    slots = read(table, zone="body")["slots"]
    own = slots[slots["doc_id"] == "r0"]
    marks = reading.mark_words(slots, tokens)
    expected = marks[marks["doc_id"] == "r0"].reset_index(drop=True)
    assert len(expected)
    pd.testing.assert_frame_equal(reading.mark_words(own, tokens, among=slots), expected)


FORMATS = (
    (
        "Divers counted 3,248 cracks in the eastern wall of the quay.",
        "Divers counted 3248 cracks in the eastern wall of the quay.",
    ),
    (
        "The ferry returns to the old quay on Aug. 2 after the repairs.",
        "The ferry returns to the old quay on August 2nd after the repairs.",
    ),
    (
        "The repairs of the wall will take 2 days, the board said.",
        "The repairs of the wall will take two days, the board said.",
    ),
    (
        "The board lost 1.5 million crowns in the closure of the quay.",
        "The board lost 1,500,000 crowns in the closure of the quay.",
    ),
    (
        "The board lost $700bn in the closure of the old quay.",
        "The board lost 700 billion dollars in the closure of the old quay.",
    ),
    (
        "Some 40% of the boats of the old quay were lost in the storm.",
        "Some 40 percent of the boats of the old quay were lost in the storm.",
    ),
    (
        "The harbour board said the ferry had left the old quay at 6 p.m. with cargo.",
        "The harbour board said the ferry had left the old quay at 6:00 p.m. with cargo.",
    ),
    (
        "The board offered the old ferry company 90 million euros over seven years for the quay.",
        "The board offered the old ferry company 90 million euros for the quay, seven years.",
    ),
    (
        "Thieves took pearls worth 85 million euros (74 million pounds) from the harbour museum.",
        "Thieves took pearls worth 85 million euros (108 million dollars) from the harbour museum.",
    ),
    (
        "The captain gave the old harbour a two in three chance of winning the ferry line.",
        "The captain gave the old harbour a two-in-three chance of winning the ferry line.",
    ),
    (
        "March 3, 2025\n\nThe harbour board closed the old quay after divers had found cracks in its piers.",
        "March 5, 2025\n\nThe harbour board closed the old quay after divers had found cracks in its piers.",
    ),
    (
        "Two of its piers in the old harbour had cracks after the storm.",
        "Two piers in the old harbour had cracks after the storm.",
    ),
)


@pytest.mark.parametrize(("one", "other"), FORMATS)
def test_one_value_in_two_formats_is_no_difference(one: str, other: str):
    assert len(read(documents(one, other), zone="body")["differences"]) == 0


@pytest.mark.parametrize(("published", "expected"), [("2025-03-04", 0), ("2025-03-06", 0), ("unknown", 0)])
def test_a_weekday_and_its_date_are_no_difference(published: str, expected: int):
    texts = [
        f"The harbour board closed the old quay on {day} after divers had found cracks."
        for day in ("Monday", "March 3")
    ]
    table = documents(*texts).assign(published=published)
    assert len(read(table, zone="body")["differences"]) == expected


def test_a_weekday_that_is_not_the_date_is_a_difference():
    texts = [
        f"The harbour board closed the old quay on {day} after divers had found cracks."
        for day in ("Friday", "March 3")
    ]
    table = documents(*texts).assign(published="2025-03-04")
    assert read(table, zone="body")["differences"]["kind"].tolist() == ["date"]


def test_numbers_that_differ_are_told_with_what_they_count_and_rounded_ones_are_not():
    text = "The work on the old bridge of the harbour had cost {} euros, the board said."
    found = read(documents(text.format("48 million"), text.format("52 million")), zone="body")["differences"]
    assert found[["kind", "text_a", "text_b"]].to_numpy().tolist() == [
        ["number", "48 million euros", "52 million euros"]
    ]
    rounded = read(documents(text.format("48 million"), text.format("nearly 50 million")), zone="body")
    assert len(rounded["differences"]) == 0


def test_hundreds_are_not_sixty_but_may_be_three_hundred():
    text = "{} people protested outside the town hall with books in their hands."
    sixty = read(documents(text.format("About 60"), text.format("Hundreds of")), zone="body")["differences"]
    assert sixty["kind"].tolist() == ["number"]
    many = read(documents(text.format("Some 300"), text.format("Hundreds of")), zone="body")["differences"]
    assert len(many) == 0


def test_what_one_side_leaves_out_is_of_its_own_kind_unless_it_says_so_elsewhere():
    text = "The council closed the old bridge {}after engineers found cracks in the piers."
    with_date, without = text.format("on Tuesday "), text.format("")
    found = read(documents(with_date, without), zone="body")["differences"]
    assert found[["kind", "text_a", "text_b"]].to_numpy().tolist() == [["omitted", "Tuesday", ""]]
    elsewhere = documents(with_date, f"{without} The engineers had come on Tuesday.")
    assert len(read(elsewhere, zone="body")["differences"]) == 0


def test_what_is_left_out_belongs_to_what_both_tell():
    text = "The council closed the old bridge after engineers found cracks in the piers{}."
    with_aside = text.format(", said a baker who had lived there for eleven years")
    found = read(documents(with_aside, text.format("")), zone="body")["differences"]
    assert found["kind"].tolist() == []


def test_two_dates_of_two_acts_are_no_difference():
    one = "The chairman sent an invitation to the meeting of the harbour board Saturday night."
    other = "The chairman will open the meeting of the harbour board on Monday evening."
    assert len(read(documents(one, other), zone="body")["differences"]) == 0


OTHER_THINGS = (
    (
        "The quake was centred 75 miles north of Lisbon, the office said.",
        "The quake was centred 20 miles north of Porto, the office said.",
    ),
    (
        "The storm sank three fishing boats in the old harbour on Monday.",
        "The storm sank two other boats in the old harbour on Monday.",
    ),
    (
        "The new ferry tickets of the harbour company start at $1, 199 for a year.",
        "The new ferry tickets of the harbour company start at $2, 199 for a year.",
    ),
    (
        "The harbour board said on Friday that divers had found cracks in the old quay.",
        "The harbour board said on Monday that divers had found cracks in the old quay.",
    ),
)


@pytest.mark.parametrize(("one", "other"), OTHER_THINGS)
def test_numbers_and_dates_of_two_things_are_no_difference(one: str, other: str):
    kinds = read(documents(one, other), zone="body")["differences"]["kind"]
    assert not {"number", "date"} & {*kinds}


def test_two_parts_of_one_full_name_are_no_difference():
    names = [("(?:Ana )?Rivera", "rivera", "name"), ("Ana(?! R)", "rivera", "name")]
    one = "Rivera signed the fishing agreement of seven countries in Lisbon. Ana Rivera left by boat."
    other = "Ana signed the fishing agreement of seven countries in Lisbon. She left."
    assert len(read(documents(one, other), *names, zone="body")["differences"]) == 0


def test_two_sentences_with_little_in_common_share_no_slot():
    one = "Romney joined several other Republicans on Tuesday in calling on the candidate to step aside."
    other = "But the candidate had vowed to remain in the race, Romney knew, in an interview on Tuesday."
    assert (read(documents(one, other), zone="body")["slots"]["relation"] == "only here").all()


THREE = (
    "The council closed the old bridge after engineers found cracks in the piers. "
    "Mayor Reed thanked the firefighters for a long night of work.",
    "The council closed the old bridge after engineers found cracks in its piers. "
    "Reed thanked the firefighters for the long night of work.",
    "The council closed the old bridge after engineers found cracks in two piers. "
    "A bakery on the east bank lost customers.",
)


def test_what_most_others_have_and_one_lacks():
    table = documents(*THREE)
    names = [("Reed", "reed", "name")]
    sentences = segmentation.split_sentences(table).assign(zone="body")
    tokens = segmentation.tokenize(sentences)
    speech = [
        ("r0", 0, 20, "indirect", "reed", "said", "", "subject", 0.9, "", "Reed", 0, 4),
        ("r1", 0, 20, "indirect", "reed", "said", "", "subject", 0.9, "", "Reed", 0, 4),
    ]
    voices = schema.from_rows(speech, voices_tables.VoicesTable)
    slots = read(table, *names, zone="body")["slots"]
    found = omissions.find_omissions(slots, table, tokens, mentions=mentions_of(table, *names), voices=voices)
    assert found[["doc_id", "kind", "speaker", "n_having", "n_others"]].to_numpy().tolist() == [
        ["r2", "fact", "", 2, 2],
        ["r2", "source", "reed", 2, 2],
    ]
    doubtful = slots.assign(strength=slots["strength"].where(slots["doc_id"] != "r1", 0.5))
    given = {"mentions": mentions_of(table, *names), "voices": voices}
    assert omissions.find_omissions(doubtful, table, tokens, **given)["kind"].tolist() == ["source"]
    two = documents(*THREE[:2])
    slots = read(two, zone="body")["slots"]
    assert len(omissions.find_omissions(slots, two, tokens, mentions=mentions_of(two), voices=voices)) == 0


def test_the_board_of_slots_has_a_column_for_each_report():
    table = documents(*THREE)
    slots = read(table, zone="body")["slots"]
    texts = dict(zip(table["doc_id"], table["text"], strict=True))
    shown = slots.assign(
        text=[
            texts[d][a:b]
            for d, a, b in zip(slots["doc_id"], slots["start_char"], slots["end_char"], strict=True)
        ]
    )
    board = reader.slot_board(shown, LABELS)
    assert board.columns.tolist() == ["part", "reports", "in r0", "in r1", "in r2"]
    assert board["reports"].tolist() == [3, 2]
    assert board.iloc[1, 2:].tolist() == ["●", "●", ""]


@pytest.mark.parametrize(("verb", "differ"), [("replace", 1), ("sell", 0)])
def test_numbers_of_one_act_differ_in_a_slot_of_one_fact_only(verb: str, differ: int) -> None:
    first = "The company had promised to replace 19 ageing vessels if the deal went through"
    second = f"It argued at trial that the deal would allow it to {verb} 17 ageing vessels by 2030"
    table = documents(f"{first}. Nobody was hurt.", f"{second}. It will appeal.")
    sentences = segmentation.split_sentences(table)
    rows = [
        ("e", 0, "r0", 0, len(first), "same fact", False, 0.5),
        ("e", 0, "r1", 0, len(second), "same fact", False, 0.5),
    ]
    columns = ["event_id", "slot_id", "doc_id", "start_char", "end_char", "relation", "moved", "strength"]
    found = differences.find_discrepancies(
        pd.DataFrame(rows, columns=columns),
        table,
        segmentation.tokenize(sentences),
        mentions=mentions_of(table),
        parse=parser.parse(table, sentences),
    )
    told = [["number", "19 ageing vessels", "17 ageing vessels"]] * differ
    assert found[["kind", "text_a", "text_b"]].values.tolist() == told


def doers(text: str) -> dict[str, str]:
    """Return the doers and causes of a report by their keys."""
    table = documents(text)
    parsed = parser.parse(table, segmentation.split_sentences(table))
    return {item.key: item.text for item in causes.find_causes(parsed, {"r0": text})["r0"]}


@pytest.mark.parametrize(
    ("text", "key", "noun"),
    [
        ("Two students were killed by police on Monday.", "kill student NOUN", "police"),
        ("Police killed two students on Monday.", "kill student NOUN", "Police"),
        ("The match was postponed because of heavy snow.", "because postpone NOUN", "heavy snow"),
        ("The match was postponed due to a strike.", "because postpone NOUN", "strike"),
    ],
)
def test_doers_and_causes_are_read_in_both_voices(text: str, key: str, noun: str):
    assert doers(text)[key] == noun


def test_times_and_those_who_only_say_something_are_no_doers():
    assert doers("The bridge will be closed by Friday. The mayor said nothing.") == {}


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("police", "masked protesters", True),
        ("armed police", "police officers and police", False),
        ("protesters", "protestors", False),
    ],
)
def test_another_doer_of_one_act_is_a_possible_difference(one: str, other: str, differs: bool):
    text = "Two students of the college in Arden were killed by {} during the march on Monday evening."
    table = documents(text.format(one), text.format(other))
    found = read(table, zone="body")["differences"]
    causes_found = found[found["kind"] == "cause"]
    assert (len(causes_found) == 1) == differs
    if differs:
        row = causes_found.iloc[0]
        assert (row["text_a"], row["text_b"]) == (one, other)
        assert re.fullmatch("r[01]", row["doc_id_a"])


def test_a_clause_and_a_phrase_cut_at_a_comma_are_no_wordings():
    table = documents(
        "People waited on the pier.", "People fled. The family's collie, named Fenn, was found."
    )
    parsed = parser.parse(table, segmentation.split_sentences(table))
    places = [
        (doc_id, table["text"][k].index(words), table["text"][k].index(words) + len(words))
        for k, doc_id, words in (
            (0, "r0", "waited"), (1, "r1", "People fled"), (0, "r0", "pier"), (1, "r1", "collie, named")
        )
    ]  # fmt: skip
    of_parse = Grammar(parsed)
    assert not of_parse.in_one_role(places[0], places[1])
    assert not of_parse.in_one_role(places[2], places[3])
