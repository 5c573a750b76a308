"""Spellings: one trap a test, on the forms that one name takes."""

import pandas as pd
import pytest
from samples import named

from helpers import table as schema
from helpers.names import spellings, tables

NO_SPELLINGS = schema.empty(tables.SpellingsTable)


def uses(*surfaces: str) -> pd.DataFrame:
    """Return a table with one use of each surface."""
    return pd.DataFrame({"surface": list(surfaces)})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haniyeh", "Haniya"),
        ("Haniyeh", "Hanyieh"),
        ("Saleh al-Arouri", "Salih al-Aruri"),
        ("HANIYAH, Ismail", "Mr Ismail Haniyeh"),
        ("Alireza Tangsiri", "Ali Reza Tangsiri"),
        ("Nasr al-Din", "Nasreddin"),
        ("Yahya Sinwar", "Yehya al-Sinwar"),
    ],
)
def test_spellings_of_one_name_are_strong(one: str, other: str) -> None:
    assert spellings.spelling_score(one, other) >= spellings.STRONG
    assert spellings.spelling_score(one, other) == spellings.spelling_score(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ismail Haniyeh", "Mohammad Ismail Darwish"),
        ("Hassan Nasrallah", "Mohammad Nasrallah"),
        ("Yahya Sinwar", "Zaher Jabarin"),
        ("Saleh", "Zaher"),
        ("", "Haniyeh"),
        ("1", "2"),
    ],
)
def test_different_persons_are_in_no_band(one: str, other: str) -> None:
    assert spellings.spelling_score(one, other) < spellings.REVIEW


@pytest.mark.parametrize(("one", "other"), [("Mojtaba Khamenei", "Khamenei"), ("Haniyeh", "Ismail Haniyeh")])
def test_a_family_name_alone_is_for_review(one: str, other: str) -> None:
    assert spellings.REVIEW <= spellings.spelling_score(one, other) < spellings.STRONG


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Walid Arden", "Khalid Arden"),
        ("Tom Arden", "Tim Arden"),
        ("Ali Rahmani", "Ali Rahimi"),
        ("Rashid Karim", "Karim Rashid"),
    ],
)
def test_a_part_that_contradicts_is_for_review(one: str, other: str) -> None:
    assert spellings.REVIEW <= spellings.spelling_score(one, other) < spellings.STRONG


def test_the_score_is_the_formula_of_its_docstring() -> None:
    # HN is a code of two letters: .4 + .6 x Indel, and Indel("haniyeh", "haniya") = 10 / 13.
    alike = 0.4 + 0.6 * 10 / 13
    assert spellings.spelling_score("Haniyeh", "Haniya") == pytest.approx(alike)
    assert spellings.spelling_score("Ismail Haniyeh", "Haniya") == pytest.approx(alike / 1.1)
    assert spellings.spelling_score("Ismail Haniyeh", "Haniyeh") == 0.84
    assert spellings.spelling_score("Ismail Haniyeh", "Khaled Haniya") == pytest.approx(alike / 1.5)


def test_a_proposal_has_score_band_reason_and_rivals() -> None:
    known, aliases = named(("a", "Ismail Haniyeh", "Haniyeh"), ("b", "Hani Amin", "Hani"))
    proposals = spellings.propose_spellings(uses("Haniya", "Haniya"), known, aliases, NO_SPELLINGS)
    first = proposals.iloc[0]
    assert (first["surface"], first["n"], first["candidate"], first["entity_id"]) == (
        "Haniya",
        2,
        "Hani",
        "b",
    )
    assert (first["why"], first["rivals"]) == ("haniya ~ hani (sound alike)", "Haniyeh")
    assert proposals["entity_id"].tolist() == ["b", "a"]


def test_spellings_unknown_to_the_authority_are_proposed_for_each_other() -> None:
    empty = schema.empty(tables.EntitiesTable), schema.empty(tables.AliasesTable), NO_SPELLINGS
    proposals = spellings.propose_spellings(uses("Haniyeh", "Haniyeh", "Haniya", "Hanyieh", "Sinwar"), *empty)
    assert proposals[["surface", "candidate"]].to_numpy().tolist() == [
        ["Hanyieh", "Haniyeh"],
        ["Haniya", "Haniyeh"],
        ["Haniya", "Hanyieh"],
    ]


def test_only_the_most_used_spellings_are_compared() -> None:
    empty = schema.empty(tables.EntitiesTable), schema.empty(tables.AliasesTable), NO_SPELLINGS
    names = uses("Haniya", "Haniyeh", "Haniyeh", "Hanyieh", "Hanyieh")
    proposals = spellings.propose_spellings(names, *empty, n=2)
    assert set(proposals["surface"]) | set(proposals["candidate"]) == {"Haniyeh", "Hanyieh"}


def test_what_is_decided_is_not_proposed_again() -> None:
    known, aliases = named(("a", "Ann Haniyeh", ""))
    decided = schema.from_rows([("Haniya", "a", "rejected", "me", "")], tables.SpellingsTable)
    assert spellings.propose_spellings(uses("Haniya"), known, aliases, decided).empty
    shown = spellings.propose_spellings(uses("Haniya"), known, aliases, decided, decided=True)
    assert shown["decision"].tolist() == ["rejected"]


def test_no_names_give_no_proposals() -> None:
    known, aliases = named(("a", "Ann Haniyeh", ""))
    assert spellings.propose_spellings(
        schema.empty(tables.UnknownNamesTable), known, aliases, NO_SPELLINGS
    ).empty


def test_one_form_may_be_near_a_name_that_two_entities_bear() -> None:
    entities, aliases = named(("a", "Karin Holm", "Holme"), ("b", "Lars Holm", "Holme"))
    found = spellings.propose_spellings(uses("Holmé"), entities, aliases, NO_SPELLINGS)
    assert sorted(found.loc[found["candidate"] == "Holme", "entity_id"]) == ["a", "b"]


def test_a_run_too_long_for_a_name_is_not_compared() -> None:
    entities, aliases = named(("poe", "Ada Poe", "Ada Poe"))
    long = "U.S.A. " * 2_000
    found = spellings.propose_spellings(uses(long, "Ada Po"), entities, aliases, NO_SPELLINGS)
    assert found["surface"].tolist() == ["Ada Po"]
