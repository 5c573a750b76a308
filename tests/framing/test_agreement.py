"""Agreement of two coders: the published examples of alpha, and spans out and in again."""

import math

import pandas as pd
import pytest

from helpers import coding
from helpers.edition import open_corpus
from helpers.framing import agreement, krippendorff_alpha
from helpers.text import CorpusError

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2007, 2011), sections A, B and C.
BINARY = ["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]
NOMINAL = ["a a b b d c c c e d d a", "b a b b b c c c e d d d"]
MISSING = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
TEXT = "Mayor Ann Poe of Norvale spoke. “We will wait,” Poe said. Tom Arden left.\nHe\nwas calm.\n"


@pytest.mark.parametrize(("rows", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)])
def test_alpha_is_that_of_the_published_examples(rows, alpha):
    units = [[value for value in unit if value != "."] for unit in zip(*map(str.split, rows), strict=True)]
    assert round(krippendorff_alpha(units), 3) == alpha


def test_one_value_alone_has_no_alpha():
    assert math.isnan(krippendorff_alpha([("a", "a"), ("a", "a")]))
    assert krippendorff_alpha([("a", "a"), ("b", "b")]) == 1


@pytest.fixture
def folder(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(TEXT * 6, encoding="utf-8")
    return tmp_path


def agreed(folder):
    read = open_corpus(folder, "")
    second = coding.read_second(folder, read.documents)
    return agreement(coding.coded_spans(read), second, read.tokens, read.sentences)


def test_the_same_spans_agree_wholly_by_csv_and_by_brat(folder, capsys):
    assert agreed(folder).empty
    assert coding.main([str(folder)]) == 0
    assert "spans written" in capsys.readouterr().out
    place = folder / "lexicons" / "coding"
    (place / "second.csv").write_bytes((place / "spans.csv").read_bytes())
    table = agreed(folder)
    whole = table[table["category"] == "every value"].set_index("layer")
    assert whole.loc["voice", ["alpha", "low", "high"]].tolist() == [1, 1, 1]
    assert whole.loc["framing", "outcome"] == "one value only"
    assert len(open_corpus(folder, "").documents) == 2, "what is coded is no report"
    (place / "second.csv").unlink()
    (place / "brat").rename(place / "second")
    again = agreed(folder)
    pd.testing.assert_frame_equal(table, again)


def test_brat_files_give_back_their_words(folder):
    coding.write_coding(folder)
    place = folder / "lexicons" / "coding" / "brat"
    text = (place / "one.txt").read_text(encoding="utf-8")
    lines = [line for line in (place / "one.ann").read_text(encoding="utf-8").splitlines() if line[0] == "T"]
    assert lines
    for line in lines:
        _, where, words = line.split("\t")
        parts = [part.split() for part in where.partition(" ")[2].split(";")]
        assert " ".join(text[int(a) : int(b)] for a, b in parts) == words


def test_other_spans_agree_less(folder):
    coding.write_coding(folder)
    place = folder / "lexicons" / "coding"
    spans = pd.read_csv(place / "spans.csv")
    voices = spans[spans["layer"] == "voice"]
    pd.concat([spans[spans["layer"] != "voice"], voices.iloc[::2]]).to_csv(place / "second.csv", index=False)
    row = agreed(folder).set_index(["layer", "category"]).loc[("voice", "every value")]
    assert row["low"] < row["alpha"] < 1
    assert row["low"] <= row["alpha"] <= row["high"]
    assert row["second"] < row["ours"]


def test_what_is_wrong_with_a_second_coding_is_told(folder):
    place = folder / "lexicons" / "coding"
    place.mkdir(parents=True)
    rows = "one,0,5,tone,x\nnone,0,5,voice,direct\none,5,x,voice,direct\n"
    rows = "doc_id,start_char,end_char,layer,value\n" + rows
    (place / "second.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(CorpusError) as told:
        agreed(folder)
    assert "write one of voice" in str(told.value)
    assert "no such report" in str(told.value)
    assert "no place in this report" in str(told.value)


def test_a_corpus_has_to_be_named(capsys):
    assert coding.main([]) == 2
    assert "make coding" in capsys.readouterr().err
