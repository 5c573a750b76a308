"""What reports say of their source: told in the verdict's row, and an arrow only by name or time."""

import pytest

from conftest import report_of
from helpers.derivation.dependence import Dependence
from helpers.names.tables import MentionsTable
from helpers.table import empty

STORY = (
    "The ferry to the outer islands will not sail before Thursday, because ice has closed the fairway "
    "west of the lighthouse and the only breaker in the district lies in dock with a bent propeller. "
    "Eleven lorries with food wait on the quay. The shop on the largest island has bread for two "
    "days, its owner said over the radio on Monday, and the doctor asked that nobody climb on roofs "
    "until help can come. A plane might land on the frozen bay if the wind drops, but the pilots want "
    "to see the runway marked with spruce twigs first, as their fathers did in the great winter, and "
    "the school children were sent out to cut them."
)
HERE, THERE = "Harbour Gazette", "Coast Radio"


def row_of(a, b, *, published=None, urls=None):
    documents, *tables = report_of(a, b, outlets=[HERE, THERE], published=published)
    if urls:
        documents["url"] = urls
    return Dependence(documents, *tables, empty(MentionsTable)).derivations.iloc[0]


@pytest.mark.parametrize(
    ("a", "b", "direction", "found"),
    [
        (STORY, f"By Ann Lee, {HERE}\n\n{STORY}", "a to b", "credit line: Coast Radio: “Harbour Gazette”"),
        (STORY, f"{STORY}\n\n(c) 2025 {HERE}", "a to b", "credit line: Coast Radio: “Harbour Gazette”"),
        (
            STORY,
            f"{STORY}\n\nCorrection: An earlier version of this {HERE} report named the wrong bay.",
            "a to b",
            "inherited correction: Coast Radio: “Correction: An earlier version",
        ),
        (
            f"By Ann Lee\n\n{STORY}",
            f"By ANN LEE and Tom Fox\n\n{STORY}",
            "undetermined",
            "one author: Ann Lee",
        ),
        (
            STORY,
            f"{STORY}\n\nThis story has been updated.",
            "undetermined",
            "later addition: Coast Radio: “This story has been updated.”",
        ),
        (
            f"Updated at 14:05\n\n{STORY}",
            STORY,
            "undetermined",
            "later addition: Harbour Gazette: “Updated at 14:05”",
        ),
        (f"By Staff Writer\n\n{STORY}", f"By Staff Writer\n\n{STORY}", "undetermined", "nothing"),
        (f"{STORY}\n\n© 2025 Reuters", f"{STORY}\n\n© 2025 Reuters", "undetermined", "agency"),
    ],
)
def test_what_a_report_says_of_its_source_is_told(a, b, direction, found):
    row = row_of(a, b)
    assert (row["direction"], row["verdict"]) == (direction, "most of the text, word for word")
    assert found in row["found"]
    assert "one publisher" not in row["found"]


def test_an_addition_dates_the_other_version_of_one_address():
    urls = ["https://x.example/ice", "https://x.example/ice/amp"]
    row = row_of(STORY, f"{STORY}\n\nThis story has been updated.", urls=urls)
    assert (row["direction"], row["explanation"]) == (
        "a to b",
        "Coast Radio is a later version of Harbour Gazette",
    )


@pytest.mark.parametrize(
    ("published", "direction"),
    [
        (["2025-03-01T10:00+03:30", "2025-03-01T08:00Z"], "a to b"),  # 06:30 and 08:00 in UTC
        (["2025-03-01T10:00", "2025-03-01T08:00"], "undetermined"),  # no zone: hours tell nothing
        (["2025-03-02", "2025-03-01"], "undetermined"),  # a day apart may be hours
        (["2025-03-04", "2025-03-01"], "b to a"),
    ],
)
def test_times_draw_an_arrow_as_precisely_as_they_are_known(published, direction):
    assert row_of(STORY, STORY, published=published)["direction"] == direction


def test_both_corrected_in_their_own_words_is_no_inheritance():
    row = row_of(
        f"{STORY}\n\nCorrection: The ferry was called Aurora here at first.",
        f"{STORY}\n\nCorrection: We had the number of lorries wrong.",
    )
    assert row["found"] == "nothing"
