"""How many people something happened to: invented sentences with the right numbers."""

import pandas as pd
import pytest
from samples import report

from helpers.edition import open_corpus
from helpers.pages.shelf import Shelf
from helpers.pages.tolls_said import toll_board, tolls_answer
from helpers.synopsis import compare_tolls, find_tolls
from helpers.text import parse, split_sentences

TOLD = [
    ("The blast killed 14 people and injured at least 30.", ["killed 14", "injured 30 more"]),
    ("Fourteen people died when the roof came down.", ["killed 14"]),
    ("Sixteen miners were killed on Monday.", ["killed miner 16"]),
    ("The death toll rose to 41, the ministry said.", ["killed 41"]),
    ("The flood left 14 dead and hundreds homeless.", ["killed 14"]),
    ("Some 2,300 residents fled their homes.", ["fled or evacuated 2300 about"]),
    ("More than 2,500 people were evacuated.", ["fled or evacuated 2500 more"]),
    ("Police arrested nearly 200 protesters.", ["arrested protester 200 less"]),
    ("There were 24 arrests, a spokesman said.", ["arrested 24"]),
    ("Dozens of people were rescued from the roof.", ["rescued 12 order"]),
    ("More than a dozen people were killed.", ["killed 12 more"]),
    ("No one was hurt.", ["injured 0"]),
    ("There were no injuries.", ["injured 0"]),
    ("The deaths of 49 people shook the town.", ["killed 49"]),
    ("Ambulances took nine people to hospital.", ["taken to hospital 9"]),
    ("Three people are still missing.", ["missing 3"]),
    ("Thousands of students marched through the city.", ["taking part student 1000 order"]),
]
SILENT = [
    "The storm could kill 400 people.",
    "The bomb did not kill 20 people.",
    "The quake of 1999 killed 612 people.",
    "Last year 12 people were killed there.",
    "He was arrested five buildings away.",
    "Two women and three children were killed.",
    "He has the ability to kill 500 people.",
    "The company killed 14 jobs and 81 percent of its plans.",
    "The team was hurt by two late goals.",
    "The law would charge 30 people more.",
    "Profits were hurt by 14 percent.",
    "Flight 370 was missing.",
    "Three players are missing the match.",
]


def tolls(*texts: str) -> pd.DataFrame:
    """Return the tolls of reports of one event."""
    reports = [report(text, doc_id=f"r{k}") for k, text in enumerate(texts)]
    documents = pd.concat(reports, ignore_index=True)
    sentences = split_sentences(documents)
    return find_tolls(parse(documents, sentences), sentences, documents)


def shown(found: pd.DataFrame) -> list[str]:
    """Return what each number counts, how many, and its hedge."""
    columns = (found[name] for name in ("what", "counted", "value", "hedge"))
    told = zip(*columns, strict=True)
    return [
        " ".join([what, *([noun] if noun != "people" else []), f"{value:g}", hedge]).strip()
        for what, noun, value, hedge in told
    ]


@pytest.mark.parametrize(("text", "numbers"), TOLD)
def test_what_happened_to_how_many(text: str, numbers: list[str]) -> None:
    assert shown(tolls(text)) == numbers


@pytest.mark.parametrize("text", SILENT)
def test_what_is_of_another_time_or_not_said_to_be_so_is_no_toll(text: str) -> None:
    assert shown(tolls(text)) == []


def test_a_number_stands_where_it_is_printed() -> None:
    text = "Rain fell. At least 14 people died."
    found = tolls(text).iloc[0]
    assert text[found["start_char"] : found["end_char"]] == found["said"] == "At least 14"
    assert found["sentence_id"] == 1


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [
        (("The fire killed 3 people.", "Three people died."), "same"),
        (("The fire killed at least 3 people.", "Ten people died."), "hedged"),
        (("The fire killed 3 people.", "Ten people died."), "differ"),
        (("About 100 people fled.", "Some 105 people were evacuated."), "hedged"),
    ],
)
def test_two_reports_give_the_same_number_or_another(texts: tuple[str, ...], outcome: str) -> None:
    assert compare_tolls(tolls(*texts))["outcome"].tolist() == [outcome]


def test_miners_are_not_compared_with_people() -> None:
    assert compare_tolls(tolls("Three miners died.", "Four people died.")).empty


def test_the_page_names_who_gives_which_number(tmp_path) -> None:
    for name, number in (("one", "Fourteen"), ("two", "Sixteen"), ("three", "Sixteen")):
        (tmp_path / f"{name}.txt").write_text(f"{number} people died in the fire at Elby.", encoding="utf-8")
    rows = "".join(f"{name},{name}.txt,e,{name.title()} Post\n" for name in ("one", "two", "three"))
    (tmp_path / "documents.csv").write_text("doc_id,file,event_id,outlet\n" + rows, encoding="utf-8")
    read = open_corpus(tmp_path)
    found = find_tolls(read.parse, read.sentences, read.documents)
    shelf = Shelf.of(read)
    told = tolls_answer(found, compare_tolls(found), shelf)
    assert told == [
        "Reports differ in how many people were killed: 14 (One Post) and 16 (Three Post and Two Post)."
    ]
    cell = toll_board(found, compare_tolls(found), shelf)["how many, and who says so"].iloc[0]
    assert 'href="#text/one/s0"' in cell and cell.striptags().startswith("Fourteen: One Post; Sixteen: ")
