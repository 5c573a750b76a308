"""Framing terms: what is found, for whom, in whose voice."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import framing, lexicon, schema
from helpers.corpus import CorpusError


def documents(*texts: str, event_id: str = "e1") -> pd.DataFrame:
    rows = [(f"d{i}", text, event_id, *["unknown"] * 4, "unknown", "") for i, text in enumerate(texts)]
    return schema.from_rows(list(rows), schema.Documents)


def terms(*rows: tuple[str, ...]) -> pd.DataFrame:
    """Rows of pattern, match, target, decided_by, scope."""
    full = [
        (
            row[0].casefold(),
            row[0],
            row[1],
            "exact" if row[0][0].isupper() else "fold",
            "label",
            *row[2:],
            "",
            "",
            "",
        )
        for row in rows
    ]
    return schema.from_rows(list(full), schema.FramingTerms)


def mentions(text: str, *pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [
        ("d0", text.index(name), text.index(name) + len(name), name, entity, "GPE", "name", "", "authority")
        for name, entity in pairs
    ]
    return schema.from_rows(list(rows), schema.Mentions)


def find(text: str, rows: pd.DataFrame, *pairs: tuple[str, str], event_id: str = "e1") -> pd.DataFrame:
    table = documents(text, event_id=event_id)
    return framing.find_framing_terms(table, rows, schema.empty(schema.Voices), mentions(text, *pairs))


PLOY = (("ploy", "word", "north", "mention", ""), ("ploy", "word", "south", "mention", ""))


def test_a_term_with_one_target_takes_it_from_the_list() -> None:
    hits = find("The brutes came.", terms(("brute*", "word", "north", "list", "")))
    assert hits[["surface", "target", "rule"]].values.tolist() == [["brutes", "north", "list"]]


@pytest.mark.parametrize(
    ("text", "pairs", "expected"),
    [
        ("It was a ploy.", [], ("unresolved", "unresolved")),
        ("Norland said it was a ploy.", [("Norland", "north")], ("north", "sentence")),
        (
            "Norland said Sudia lied in a ploy.",
            [("Norland", "north"), ("Sudia", "south")],
            ("unresolved",) * 2,
        ),
        ("Norland hated Sudia’s ploy.", [("Norland", "north"), ("Sudia", "south")], ("south", "attached")),
        (
            "Norland saw the ploy of the Sudia.",
            [("Norland", "north"), ("Sudia", "south")],
            ("south", "attached"),
        ),
        ("Norland spoke. It was a ploy.", [("Norland", "north")], ("unresolved", "unresolved")),
        ("Norland’s ploy of Sudia.", [("Norland", "north"), ("Sudia", "south")], ("unresolved",) * 2),
    ],
)
def test_a_term_with_two_targets_needs_a_mention(
    text: str, pairs: list[tuple[str, str]], expected: tuple[str, str]
) -> None:
    hit = find(text, terms(*PLOY), *pairs).iloc[0]
    assert (hit["target"], hit["rule"]) == expected


@pytest.mark.parametrize(("event", "expected"), [("e1", "north"), ("e2", "south"), ("e3", "unresolved")])
def test_a_scope_decides_and_elsewhere_nothing_is_guessed(event: str, expected: str) -> None:
    rows = terms(("foe", "word", "north", "list", "e1"), ("foe", "word", "south", "list", "e2"))
    assert find("The foe fled.", rows, event_id=event)["target"].tolist() == [expected]


def test_the_longest_term_wins_and_a_whole_word_is_asked_for() -> None:
    rows = terms(("foul crime", "phrase", "north", "list", ""), ("crime", "word", "north", "list", ""))
    assert find("A foul crime in Crimea, a crime.", rows)["surface"].tolist() == ["foul crime", "crime"]


def test_capitals_matter_where_the_row_says_so() -> None:
    rows = terms(("Front(?: line)?", "regex", "north", "list", ""))
    assert find("The Front line, the front, the Front.", rows)["surface"].tolist() == ["Front line", "Front"]


def test_no_reports_and_no_terms_give_the_empty_table() -> None:
    none = schema.empty(schema.Voices), schema.empty(schema.Mentions)
    assert framing.find_framing_terms(documents(), terms(*PLOY), *none).empty
    assert framing.find_framing_terms(documents("A word."), terms(), *none).empty


@pytest.mark.parametrize(
    ("pattern", "mend"),
    [("a)|(?:b", "not a regular"), ("(", "not a regular"), ("a(?i)b", "not a regular"), ("*", "no word")],
)
def test_a_regular_expression_that_cannot_be_used_is_named(pattern: str, mend: str, tmp_path: Path) -> None:
    frame = terms(("ok", "word", "north", "list", ""), (pattern, "regex", "north", "list", ""))
    frame.to_csv(f"{tmp_path}/framing_terms.csv", index=False)
    with pytest.raises(CorpusError, match=f"row 3, column pattern.*{mend}"):
        lexicon.load_framing_terms(tmp_path)
