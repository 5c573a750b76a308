import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.table import empty, from_rows
from helpers.text.segmentation import longest, normalise, paragraph_spans, sizes, split_sentences, tokenize
from helpers.text.spans import covering, overlaps
from helpers.text.tables import DocumentsTable

BODY = "The council met on Monday and agreed on the plan."


def report(text: str, *, headline: str = "unknown", language: str = "en") -> pd.DataFrame:
    row = ("a", text, "e", "unknown", "unknown", headline, language, "unknown", "unknown")
    return from_rows([row], DocumentsTable)


def zones(text: str, *, headline: str = "unknown") -> list[tuple[str, str]]:
    sentences = split_sentences(report(text, headline=headline))
    return list(zip(sentences["zone"], sentences["text"], strict=True))


def words(text: str) -> list[str]:
    return tokenize(split_sentences(report(text)))["token"].tolist()


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("By Ann Lee", "byline"),
        ("By Ann Lee and Tom Arden", "byline"),
        ("By the sea, a council meets", "headline"),
        ("By 2030, no council", "headline"),
    ],
)
def test_a_first_line_that_names_who_wrote_is_no_headline(line: str, zone: str) -> None:
    assert zones(f"{line}\n\n{BODY}") == [(zone, line), ("body", BODY)]


@pytest.mark.parametrize(
    "headline",
    [
        "Council meets in the capital",
        "## Council meets - 26 /Mar/ 2024",
        "**Council meets**",
        "Will it meet?",
    ],
)
def test_short_first_line_is_the_headline(headline: str) -> None:
    assert zones(f"{headline}\n\n{BODY}") == [("headline", headline), ("body", BODY)]


def test_headline_of_the_manifest_is_found_wherever_it_stands() -> None:
    text = f"{BODY}\n\nIt met at last, and agreed.\n\n{BODY}"
    assert [zone for zone, _ in zones(text, headline="It met at last, and agreed.")] == [
        "body",
        "headline",
        "body",
    ]


def test_report_of_one_line_is_body() -> None:
    assert zones("Council meets in the capital") == [("body", "Council meets in the capital")]


def test_first_line_that_is_a_sentence_is_body() -> None:
    assert [zone for zone, _ in zones(f"{BODY}\n\n{BODY}")] == ["body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "By Staff, Agencies",
        "From our correspondent",
        "8 February 2025",
        "Published: 8 Feb 2025 10:15",
        "2025-02-08",
    ],
)
def test_lines_below_the_headline_that_name_author_or_time(line: str) -> None:
    assert [zone for zone, _ in zones(f"Council meets\n\n{line}\n\n{BODY}")] == ["headline", "byline", "body"]


@pytest.mark.parametrize(
    "dateline",
    [
        "Tehran (IP) -",
        "GAZA CITY, Gaza Strip (AP) —",
        "LONDON/PARIS, May 3 (Reuters) -",
        "WASHINGTON —",
        "TEHRAN, Feb. 8 --",
        "(Reuters) -",
        "Tehran, IRNA –",
    ],
)
def test_dateline_is_cut_from_the_first_paragraph(dateline: str) -> None:
    assert zones(f"{dateline} {BODY}\n\n{BODY}") == [("dateline", dateline), ("body", BODY), ("body", BODY)]


@pytest.mark.parametrize(
    "text", ["Paris - the city - is old.", "He left (again) - and came back.", "A plan: to go."]
)
def test_dashes_and_colons_that_follow_no_place(text: str) -> None:
    assert [zone for zone, _ in zones(f"{text}\n\n{BODY}")] == ["body", "body"]


def test_links_at_the_end_are_boilerplate() -> None:
    text = f"{BODY}\n\n{BODY}\n\nRead more:\n\nOther council meets\n\nCopyright 2024 The Post"
    assert [zone for zone, _ in zones(text)] == ["body", "body", *["boilerplate"] * 3]


def test_report_goes_on_after_links_in_its_middle() -> None:
    text = f"{BODY}\n\nRead more: Other council meets\n\n{BODY}"
    assert [zone for zone, _ in zones(text)] == ["body", "boilerplate", "body"]


def test_every_letter_stands_in_a_sentence() -> None:
    text = "Headline here\n\nGAZA (AP) — One. Two? **“Three!”**\n\nRead more:\n\nx"
    sentences = split_sentences(report(text))
    covered = set()
    for start, end in zip(sentences["start_char"], sentences["end_char"], strict=True):
        covered |= set(range(start, end))
    assert all(place in covered for place, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gaza’s people and the groups' aim", ["Gaza", "people", "and", "the", "groups", "aim"]),
        ("the U.S. paid 1,000.50 dollars", ["the", "U.S.", "paid", "1,000.50", "dollars"]),
        ("al-Arouri isn’t **here**", ["al-Arouri", "isn’t", "here"]),
        ("Iran\u00a0Press", ["Iran", "Press"]),
        ("漢字 です", ["漢字", "です"]),
        ("می‌رود", ["می‌رود"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_counted_forms() -> None:
    assert [normalise(word) for word in ("HONOUR", "Gaza’s", "al‑Quds", "ﬁve")] == [
        "honour",
        "gaza's",
        "al-quds",
        "five",
    ]


def test_paragraphs_without_a_word_are_none() -> None:
    assert list(paragraph_spans("\n\n ** \n a b \n\n---")) == [(8, 11)]


def test_empty_corpus_has_empty_tables() -> None:
    sentences = split_sentences(empty(DocumentsTable))
    tokens = tokenize(sentences)
    assert len(sentences) == len(tokens) == len(sizes(empty(DocumentsTable), sentences, tokens)) == 0


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aB .!?\n“”\"'*#-—:(1é漢\u00a0\u2028\u200c", max_size=80))
def test_offsets_give_back_the_words(text: str) -> None:
    sentences = split_sentences(report(text))
    tokens = tokenize(sentences)
    places = zip(sentences["start_char"], sentences["end_char"], sentences["text"], strict=True)
    assert all(text[start:end] == words for start, end, words in places)
    spans = zip(tokens["start_char"], tokens["end_char"], tokens["token"], strict=True)
    assert all(text[start:end] == word for start, end, word in spans)
    starts = sentences["start_char"].tolist()
    assert starts == sorted(starts)
    assert (sentences["end_char"].to_numpy()[:-1] <= sentences["start_char"].to_numpy()[1:]).all()


def test_spans_are_compared_within_their_report() -> None:
    columns = ["doc_id", "start_char", "end_char"]
    spans = pd.DataFrame([("b", 5, 9), ("a", 0, 3), ("b", 0, 5)], columns=columns)
    table = pd.DataFrame([("a", 2, 4), ("a", 3, 9), ("b", 4, 5), ("c", 0, 9), ("b", 8, 9)], columns=columns)
    assert overlaps(table, spans).tolist() == [True, False, True, False, True]
    assert covering(table, spans).tolist() == [1, -1, 2, -1, 0]
    assert overlaps(table, spans.head(0)).tolist() == [False] * 5
    assert covering(table, spans.head(0)).tolist() == [-1] * 5
    assert len(overlaps(table.head(0), spans)) == len(covering(table.head(0), spans)) == 0


def test_the_longest_reports_keep_their_order() -> None:
    table = pd.DataFrame({"doc_id": list("abcd"), "tokens": [3, 9, 3, 5]})
    assert longest(table, n=3)["doc_id"].tolist() == ["a", "b", "d"]
    assert longest(table)["doc_id"].tolist() == list("abcd")


def test_a_time_of_day_and_a_turn_are_no_headline() -> None:
    live = zones("10:42 am\nThe quay is closed.\n10:55 am\nIt is open.")
    assert [zone for zone, _ in live] == ["byline", "body", "byline", "body"]
    turns = zones("Q: Will the quay open?\nA: It will.\nQ: Surely?\nA: Surely.")
    assert {zone for zone, _ in turns} == {"body"}


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("A woman walks past the quay on Monday. (AP Photo/Jane Roe)", "caption"),
        ("Photo: Jane Roe", "caption"),
        ("The mayor in Oldtown. Photograph: Jane Roe/Getty Images", "caption"),
        ("The mayor speaks on Tuesday. JANE ROE/AFP", "caption"),
        ("Jane Roe via Getty Images", "caption"),
        ("She told AFP/Reuters that the quay was safe.", "body"),
        ("“The quay is safe,” she told the AP.", "body"),
        ("The photo (by her brother) was sold on Monday.", "body"),
        ("Credit: where it is due, she said so openly, and it took her ten long years to do it.", "body"),
    ],
)
def test_the_words_under_a_picture_are_a_zone_of_their_own(line, zone):
    documents = report(f"The quay is shut\n\nThe quay was shut on Monday.\n\n{line}\n\nIt opens in May.")
    sentences = split_sentences(documents)
    own = sentences[sentences["paragraph_id"] == 2]
    assert set(own["zone"]) == {zone}


def test_the_head_of_a_text_file_is_no_body() -> None:
    head = ["Court blocks the sale", "By Marta Quill", "The Dunmore Herald", "12 May 2026"]
    text = "\n".join([*head, "DUNMORE (RWA) — A judge blocked the sale on Tuesday. It was late."])
    documents = report(text, headline=head[0]).assign(outlet="The Dunmore Herald")
    zones = split_sentences(documents)["zone"].tolist()
    assert zones == ["headline", "byline", "byline", "byline", "dateline", "body", "body"]
    assert split_sentences(documents.assign(outlet="unknown"))["zone"].tolist()[2] == "body"
