import pandas as pd

from helpers.pages.choices_said import choices_answer
from helpers.pages.headings import heading
from helpers.pages.tables import table
from helpers.table import empty, from_rows
from helpers.words import AlternationsTable

NONE = float("nan")


def rows(*cells: tuple[object, ...]) -> pd.DataFrame:
    return from_rows(list(cells), AlternationsTable)


def test_who_uses_which_is_said_with_counts() -> None:
    row = ("e", "wording", "Elby News", "protesters", "Oster Post", "rioters", 10, 1, 9, 0, 1, 1, NONE, NONE)
    assert choices_answer(rows(row)) == [
        "Elby News writes “protesters” 10 times and “rioters” once; Oster Post writes “rioters” 9 times and "
        "never “protesters”.",
        "The reports are too few for a test: this describes these texts, not the outlets' habits.",
    ]


def test_a_test_is_told_with_the_reports_behind_it() -> None:
    row = (
        "e",
        "wording",
        "Elby News",
        "protesters",
        "Oster Post",
        "rioters",
        4,
        0,
        4,
        0,
        4,
        4,
        0.0286,
        0.0286,
    )
    assert choices_answer(rows(row))[0].endswith("over 8 reports).")
    assert choices_answer(rows(row, ("f", *row[1:])))[0].endswith("over 8 reports, q 0.03).")
    assert len(choices_answer(rows(row))) == 1


def test_no_choice_is_said() -> None:
    assert choices_answer(empty(AlternationsTable)) == [
        "No two outlets choose between two ways of saying one thing, each its own at least twice."
    ]


def test_columns_of_tests_that_were_not_made_are_not_shown() -> None:
    tested = pd.DataFrame({"term": ["quay", "ferry"], "p_value": [0.01, 0.2], "q_value": [0.02, 0.2]})
    assert "corrected p (q)" in table(tested, caption="Words").html
    one = tested.assign(p_value=[0.01, None], q_value=[0.01, None])
    assert "corrected p (q)" not in table(one, caption="Words").html
    none = table(tested.assign(p_value=None, q_value=None), caption="Words", csv="words")
    assert "q_value" in none.csv and heading("p_value") not in none.html
