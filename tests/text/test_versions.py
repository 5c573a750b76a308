"""One report kept twice, later versions of one address, and one text of two outlets."""

import pandas as pd
import pytest

from helpers.pages.corpus_said import versions_said
from helpers.table import UNKNOWN
from helpers.text import DocumentsTable, find_versions
from helpers.text.versions import address_key

TEXT = " ".join(f"Sentence {k} of the report tells of the quay and of word{k} alone." for k in range(30))
OTHER = " ".join(f"Line {k} is of another kind and names thing{k} and place{k}." for k in range(30))


def documents(*rows: dict[str, str]) -> pd.DataFrame:
    names = list(DocumentsTable.to_schema().columns)
    return pd.DataFrame([dict.fromkeys(names, UNKNOWN) | row for row in rows], columns=names)


def told(*rows: dict[str, str]) -> dict[str, tuple[str, str]]:
    table = find_versions(documents(*rows))
    return {row.doc_id: (row.version_of, row.duplicate_of) for row in table.itertuples()}


@pytest.mark.parametrize(
    "url",
    [
        "http://www.x.example/news/a/",
        "https://amp.x.example/news/a",
        "https://x.example/news/a/amp/",
        "https://x.example/amp/news/a.html",
        "https://m.x.example/news/a?utm_source=t&fbclid=1#top",
        "https://x.example/news/a?outputType=amp",
    ],
)
def test_forms_of_one_address_are_one(url: str) -> None:
    assert address_key(url) == address_key("https://x.example/news/a") == "x.example/news/a"
    assert address_key("https://x.example/news/a?id=2") != address_key("https://x.example/news/a?id=1")


def test_a_later_text_of_one_address_is_a_version_by_time() -> None:
    url = "https://x.example/a"
    first = {"doc_id": "z", "url": url, "published": "2025-03-04", "text": TEXT}
    later = {"doc_id": "a", "url": f"{url}/amp", "published": "2025-03-05", "text": OTHER}
    assert told(later, first) == {"a": ("z", "")}
    assert told(later | {"text": TEXT}, first) == {"a": ("", "z")}


def test_texts_nearly_one_are_duplicates_wherever_they_stand() -> None:
    near = TEXT.replace("word7", "changed")
    rows = [
        {"doc_id": d, "outlet": o, "text": t}
        for d, o, t in (("a", "O", TEXT), ("b", "P", near), ("c", "O", OTHER))
    ]
    assert told(*rows) == {"b": ("", "a")}
    assert "another outlet" in find_versions(documents(*rows))["note"].iloc[0]
    assert told(rows[0], rows[2]) == {}
    half = {"doc_id": "d", "text": TEXT[: len(TEXT) // 2] + OTHER}
    assert told(rows[0], half) == {}


def test_page_00_says_so() -> None:
    assert versions_said(find_versions(documents())) == []
    rows = [{"doc_id": name, "text": TEXT} for name in "abc"]
    [said] = versions_said(find_versions(documents(*rows)))
    assert said.startswith("There are 2 duplicates of a report's text")
