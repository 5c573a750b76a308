"""Wordings that differ: only words in one role of one act, of invented reports."""

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers import differing
from helpers.edition import open_corpus
from helpers.pages.synopsis import Page
from helpers.synopsis import Grammar
from helpers.table import empty
from helpers.text.tables import ParseTable

KINDS_OF_SLOTS = ("reworded", "same", "same fact")
TEXT = "The harbour board closed the old quay on Monday. {} The divers had found many cracks in its piers."


def wordings(folder: Path, one: str, other: str) -> list[tuple[str, str]]:
    """Return the wordings that are listed of two reports."""
    rows = [
        {"doc_id": name, "event_id": "e", "outlet": name, "language": "en", "text": TEXT.format(sentence)}
        for name, sentence in (("a", one), ("b", other))
    ]
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    found = open_corpus(folder).differences
    kept = found[found["kind"] == "wording"]
    return list(zip(kept["text_a"], kept["text_b"], strict=True))


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            "The mayor warned that the repair would delay the ferries to the islands.",
            "The mayor warned that the repair would stop the ferries to the islands.",
            [("delay", "stop")],
        ),
        (
            "The mayor said there was a 1 in 3 chance that the ferries would stop this winter.",
            "The mayor said there was a one-in-three chance that the ferries would stop this winter.",
            [],
        ),
        (
            "The mayor said that if he was the nominee the ferries to the islands would go on.",
            "The mayor said that if he was nominated the ferries to the islands would go on.",
            [],
        ),
        (
            "The mayor warned that the second repair would delay the ferries to the islands.",
            "The mayor warned that the long repair would delay the ferries to the islands.",
            [],
        ),
        (
            "The storm brought down the old bridge to the islands on Monday.",
            "The storm toppled the old bridge to the islands on Monday.",
            [("brought down", "toppled")],
        ),
        (
            "The mayor told the islanders that they would have ferries again by the summer.",
            "The mayor told the islanders that we would have ferries again by the summer.",
            [],
        ),
    ],
)
def test_wordings_are_words_in_one_role(
    tmp_path: Path, one: str, other: str, told: list[tuple[str, str]]
) -> None:
    assert wordings(tmp_path, one, other) == told


def test_a_number_of_a_slot_of_one_fact_only_is_possible_and_not_likely() -> None:
    columns = ["event_id", "slot_id", "doc_id", "start_char", "end_char", "relation", "strength"]
    rows = [
        ("e", k, name, 10 * k, 10 * k + 9, told, 0.5)
        for k, told in enumerate(KINDS_OF_SLOTS)
        for name in "ab"
    ]
    places = differing._Places(pd.DataFrame(rows, columns=columns))
    of_slot = [
        [differing._Side(name, 10 * k, 10 * k + 5) for name in "ab"] for k, _ in enumerate(KINDS_OF_SLOTS)
    ]
    assert [places.loose(*sides) for sides in of_slot] == [False, False, True]
    sides = of_slot[0]
    grammar = Grammar(empty(ParseTable))
    for kind in ("number", "hedge"):
        assert differing.REAL[differing._class(grammar, kind, *sides, loose=True)] < differing.LIKELY
    assert differing._class(grammar, "hedge", *sides, loose=False) == "hedge"


@pytest.mark.parametrize("language", ["es", "en"])
def test_titles_and_wordings_without_a_parser_are_not_said_to_be_alike(tmp_path: Path, language: str) -> None:
    texts = {
        "es": "El puerto de Lugo quedó cerrado el martes por el temporal.",
        "en": "The port of Lugo was closed on Tuesday by the storm.",
    }
    rows = [
        {"doc_id": name, "event_id": "e", "outlet": name, "language": language, "text": texts[language]}
        for name in "ab"
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    told = Page(open_corpus(tmp_path)).points()[0]
    read = language == "en"
    assert told.startswith("No name, number, date, title or" if read else "No name, number or date was")
    assert ("languages without a parser" in told) != read
