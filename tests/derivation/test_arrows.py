"""Which way a text went, on invented stories: none for a misleading name or time."""

import tomllib
from pathlib import Path

import pytest

from conftest import report_of
from helpers.derivation.dependence import Dependence
from helpers.derivation.tables import VERDICTS
from helpers.names.tables import MentionsTable
from helpers.table import UNKNOWN, empty

STORIES = tomllib.loads((Path(__file__).parent / "arrows.toml").read_text("utf-8"))
ANY_OF = {"passages or more": VERDICTS[:3], "phrases or nothing": VERDICTS[3:5]}


@pytest.mark.parametrize("name", STORIES)
def test_an_arrow_is_drawn_only_where_a_text_or_a_time_names_the_other(name):
    story = STORIES[name]
    texts = [
        report["text"].replace("{body}", story.get("body", "").strip()).strip() for report in story["reports"]
    ]
    documents, *tables = report_of(
        *texts,
        outlets=[report["outlet"] for report in story["reports"]],
        published=[report.get("published", UNKNOWN) for report in story["reports"]],
    )
    documents["url"] = [report.get("url", UNKNOWN) for report in story["reports"]]
    (row,) = Dependence(documents, *tables, empty(MentionsTable)).derivations.to_dict("records")
    assert row["direction"] == story["direction"], row["found"]
    assert row["verdict"] in ANY_OF.get(story["verdict"], [story["verdict"]])
    for words in story.get("explained", []):
        assert words in row["explanation"]
