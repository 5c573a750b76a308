"""What a notebook of one's own shows and keeps: the house's look, and files that run nothing."""

import openpyxl
import pandas as pd
import pytest

from helpers.edition import open_corpus
from helpers.pages import own

EIGHT = "tests/texts/eight-reports"


@pytest.fixture
def tables(tmp_path, monkeypatch):
    monkeypatch.setattr(own, "TABLES", tmp_path / "my-tables")
    return tmp_path / "my-tables"


def test_a_table_is_saved_as_excel_and_csv_and_no_cell_is_a_formula(tables):
    frame = pd.DataFrame({"=head": ["=1+1", "plain", "+2"], "n": [1, 2, 3]})
    assert own.save(frame, "words.xlsx").text.startswith("3 rows in ")
    own.save(frame, "words.csv")
    sheet = openpyxl.load_workbook(tables / "words.xlsx").active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [["'=head", "n"], ["'=1+1", 1], ["plain", 2], ["'+2", 3]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert (tables / "words.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "'=1+1,1"


def test_the_same_table_is_the_same_file(tables, monkeypatch):
    frame = open_corpus(EIGHT, "", ()).beside()
    own.save(frame, "a.xlsx")
    first = (tables / "a.xlsx").read_bytes()
    monkeypatch.setattr("openpyxl.writer.excel.datetime", _Later, raising=False)
    own.save(frame, "a.xlsx")
    assert (tables / "a.xlsx").read_bytes() == first
    assert pd.read_excel(tables / "a.xlsx").columns[0] == "term"
    assert [path.name for path in tables.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("name", ["../a.csv", "a/b.xlsx", ".csv", "a.xls", "a", "/tmp/a.csv"])
def test_a_file_is_saved_nowhere_else(tables, name):
    with pytest.raises(ValueError, match=r"ends in \.csv or \.xlsx"):
        own.save(pd.DataFrame({"a": [1]}), name)
    assert not tables.exists()


def test_bars_tell_what_is_wrong_and_what_is_left_out():
    frame = pd.DataFrame({"word": [f"w{k}" for k in range(40)], "n": range(40)})
    assert "30 of 40 rows shown" in own.bars(frame, label="word", value="n", caption="Uses").text
    with pytest.raises(ValueError, match="no column 'words'; there are word, n"):
        own.bars(frame, label="words", value="n", caption="Uses")
    with pytest.raises(ValueError, match="holds no numbers"):
        own.bars(frame, label="n", value="word", caption="Uses")
    assert "nothing to draw" in own.bars(frame.head(0), label="word", value="n", caption="Uses").text


def test_lines_leave_unknown_dates_out_and_say_so():
    read = open_corpus(EIGHT, "", ())
    shown = own.lines(read.over_time("bridge*"), caption="Uses of bridge")
    assert shown.text.splitlines()[0] == "Figure: Uses of bridge (without 1 of unknown date)"
    assert "Radio Ford: most on 2025-03-05" in shown.text
    undated = read.over_time("bridge").assign(date="unknown")
    assert own.lines(undated, caption="Uses").text.endswith(
        "no report has a date, so there is nothing to draw."
    )
    assert "none" in own.lines(read.over_time("zebra"), caption="Zebras").text


class _Later:
    """A clock that is years ahead."""

    class datetime:
        """Stands in for the class of that name."""

        @staticmethod
        def now(*_: object, **__: object):
            return pd.Timestamp("2031-05-06 07:08:09").to_pydatetime()

    timezone = __import__("datetime").timezone
