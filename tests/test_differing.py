"""Wordings that differ: only words in one role of one act, of invented reports."""

import json
from pathlib import Path

import pytest

from helpers.edition import open_corpus

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
