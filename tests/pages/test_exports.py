"""Every CSV file beside the pages is declared, column for column, and stands in the data dictionary."""

import csv

import pytest

from helpers.pages.exports import EXPORTS, undeclared
from helpers.place import ROOT

DICTIONARY = (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def columns(folder):
    """Return the heading of every CSV file of a folder of pages, by the name it is declared under."""
    found = {}
    for path in sorted((folder / "csv").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.split("-", 2)[2]] = next(csv.reader(file))
    return found


def test_every_file_of_the_seeds_is_declared(pages):
    found = columns(pages)
    assert len(found) > 20
    assert {
        name: undeclared(name, heading) for name, heading in found.items() if undeclared(name, heading)
    } == {}


@pytest.mark.parametrize("corpus", ["eight", "alone", "hostile"])
def test_every_file_of_another_corpus_is_declared(corpus_pages, corpus):
    found = columns(corpus_pages(corpus))
    assert found
    assert {
        name: undeclared(name, heading) for name, heading in found.items() if undeclared(name, heading)
    } == {}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_dictionary_has_every_column(name):
    section = DICTIONARY.partition(f"## {EXPORTS[name].page}-{name}.csv")[2].partition("\n## ")[0]
    assert all(f"| {column} |" in section for column in EXPORTS[name].columns)


def test_a_column_too_many_or_too_few_is_found():
    assert (
        undeclared(
            "entities",
            ["entity", "uses", "reports", "n_sources", "inside longer names", "in 000", "in the other"],
        )
        == []
    )
    assert undeclared("entities", ["entity", "uses", "share"]) == [
        *("share", "reports", "n_sources", "inside longer names")
    ]
    assert undeclared("nowhere", ["a"]) == ["a"]
