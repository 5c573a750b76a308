"""Names inside longer names, and how each report introduces a person."""

import pytest

from helpers.edition import open_corpus
from helpers.names import introductions, nested_mentions
from helpers.pages import names

ENTITIES = (
    "entity_id,canonical,entity_type,wikidata\nelby,Elby,GPE,\nann-poe,Ann Poe,PERSON,\n"
    "roads-bureau,Roads Bureau,ORG,\n"
)
ALIASES = (
    "entity_id,alias,kind,case,valid_from,valid_to,scope,note\n"
    "roads-bureau,Roads Bureau of Elby,name,exact,,,,\n"
    "ann-poe,head of the Roads Bureau of Elby,role,fold,,,,\n"
)


def corpus(folder, *texts, lists=False):
    """Return the edition of texts that are reports of one event, with the small lists or without."""
    rows = ["file,event_id,outlet"]
    for number, text in enumerate(texts):
        (folder / f"r{number}.txt").write_text(text, encoding="utf-8")
        rows.append(f"r{number}.txt,talks,Outlet {number}")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    if lists:
        (folder / "lexicons").mkdir()
        (folder / "lexicons" / "entities.csv").write_text(ENTITIES, encoding="utf-8")
        (folder / "lexicons" / "aliases.csv").write_text(ALIASES, encoding="utf-8")
    return open_corpus(folder)


def test_names_inside_longer_ones_are_counted_apart(tmp_path):
    read = corpus(tmp_path, "The head of the Roads Bureau of Elby spoke in Elby.\n", lists=True)
    own = (read.documents, read.lists.entities, read.lists.aliases)
    assert read.named["entity_id"].tolist() == ["ann-poe", "elby"]
    found = nested_mentions(*own, read.named)
    assert found[["surface", "entity_id"]].to_numpy().tolist() == [
        ["Roads Bureau of Elby", "roads-bureau"],
        ["Elby", "elby"],
    ]
    text = read.documents["text"].item()
    assert text[found["start_char"].iloc[1] : found["end_char"].iloc[1]] == "Elby"
    told = names.Page(read).entities().text
    assert "inside longer names" in told
    assert "Roads Bureau" in told


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Former mayor Ann Poe said the bridge was safe.", "role before", "Former mayor"),
        ("Ann Poe, a lawyer from Norvale, said the bridge was safe.", "apposition", "a lawyer from Norvale"),
        ("The city's mayor, Ann Poe, said the bridge was safe.", "name added", "The city's mayor"),
        ("Mr. Ned Roe said the bridge was safe.", "title", ""),
        ("Ann Poe said the bridge was safe.", "none", ""),
    ],
)
def test_a_person_is_introduced_by_the_words_around_the_first_name(tmp_path, text, kind, words):
    read = corpus(tmp_path, f"{text}\n\nAnn Poe, a liar, left. Ned Roe, a friend, left too.\n")
    first = "ned-roe" if "Ned" in text else "ann-poe"
    found = introductions(read.parse, read.named, read.sentences, read.documents).set_index("entity_id")
    row = found.loc[first]
    assert (row["kind"], row["description"]) == (kind, words)
    assert read.documents["text"].item()[row["start_char"] : row["end_char"]] == words


def test_page_02_sets_the_introductions_of_outlets_side_by_side(tmp_path):
    read = corpus(tmp_path, "Former mayor Ann Poe said no.\n", "Ann Poe, a lawyer, said no.\n")
    told = names.Page(read).introduced().text
    assert "Outlet 0" in told
    assert "Former mayor" in told
    assert "a lawyer" in told


@pytest.mark.parametrize("text", ["Roads closed.\n", "12 34.\n"])
def test_a_report_that_names_nobody_has_no_introductions(tmp_path, text):
    page = names.Page(corpus(tmp_path, text))
    assert page.introduced().text.endswith(": none.")
    assert page.entities().text
