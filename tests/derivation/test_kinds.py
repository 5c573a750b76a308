"""Ten kinds of dependence as invented reports: the wording shared, what explains it, and which way."""

import tomllib
from pathlib import Path

import pytest

from conftest import report_of
from helpers.derivation.dependence import Dependence
from helpers.names.tables import MentionsTable
from helpers.table import UNKNOWN, empty

KINDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text("utf-8"))
NAMED = [(name, place) for name, case in KINDS.items() for place in range(len(case["pairs"]))]


def dependence_of(name):
    reports = KINDS[name]["reports"]
    documents, *tables = report_of(
        *(report["text"].strip() for report in reports),
        outlets=[report["outlet"] for report in reports],
        published=[report.get("published", UNKNOWN) for report in reports],
    )
    documents["url"] = [report.get("url", UNKNOWN) for report in reports]
    return Dependence(documents, *tables, empty(MentionsTable))


@pytest.mark.parametrize(("name", "place"), NAMED)
def test_each_kind_gets_what_is_right_of_it(name, place):
    wanted = KINDS[name]["pairs"][place]
    found = dependence_of(name).derivations.set_index(["doc_id_a", "doc_id_b"])
    row = found.loc[(wanted.get("a", "0"), wanted.get("b", "1"))]
    assert (row["verdict"], row["direction"]) == (wanted["verdict"], wanted["direction"])
    assert [words for words in wanted["explained"] if words not in row["explanation"]] == []
    assert [words for words in wanted["not_explained"] if words in row["explanation"]] == []
    assert [words for words in wanted["found"] if words not in row["found"]] == []
    assert "%" in row["error"] or "not measured" in row["error"]
