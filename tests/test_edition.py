"""What a person asks an edition: patterns, dates, outlets, a term of one's own; and what is not there."""

import pytest

from helpers import asking, edition
from helpers.text.corpus import CorpusError

EIGHT = "tests/texts/eight-reports"


@pytest.fixture(scope="module")
def read():
    return edition.open_corpus(EIGHT, "", ())


def test_stars_and_expressions_find_what_words_find_and_more(read):
    words = {form: len(read.kwic(form)) for form in ("close", "closed", "closing", "closure", "closures")}
    assert len(read.kwic("clos*")) >= sum(words.values()) > words["close"]
    assert read.kwic("clos(e|ed|ing|ures?)", regex=True).equals(read.kwic([*words]))
    # Words, patterns and phrases in one call; the same span once.
    both = read.kwic(["bridge", "bridg*", "quay street"])
    assert not both.duplicated(["doc_id", "start_char"]).any()
    assert {"bridge", "quay street"} <= set(both["node"].str.lower())


@pytest.mark.parametrize("node", ["*", "a*b*c*d*e", "..."])
def test_a_pattern_that_finds_anything_or_nothing_is_told(read, node):
    if "*" in node:
        with pytest.raises(ValueError, match=r"stars|holds no letter"):
            read.kwic(node)
    else:
        assert read.kwic(node).empty


def test_an_expression_that_cannot_be_searched_for_is_told(read):
    with pytest.raises(ValueError, match="refers back to a group"):
        read.kwic(r"(a)\1", regex=True)


def test_uses_over_time_count_every_report_once(read):
    dated = read.over_time("bridge*")
    assert dated["n"].sum() == len(read.kwic("bridge*"))
    assert dated["n_words"].sum() == len(read.tokens)
    # Known days in order, the report without a date last, and outlets without a use with 0.
    assert dated["date"].tolist() == sorted(dated["date"], key=lambda date: (date == "unknown", date))
    assert dated["date"].iloc[-1] == "unknown"
    assert (dated["n"] == 0).any()


def test_outlets_stand_beside_each_other(read):
    outlets = ["Eastbank Gazette", "Radio Ford", "Valley Online"]
    counts, rates = read.beside(*outlets), read.beside(*outlets, per=1000)
    assert counts.columns.tolist() == outlets
    assert counts.index.equals(rates.index)
    assert "the" not in counts.index
    spread = rates.max(axis=1) - rates.min(axis=1)
    assert spread.is_monotonic_decreasing
    documents = read.documents.set_index("doc_id")["outlet"]
    hours = read.words.loc[read.words["norm"] == "hours", "doc_id"].map(documents).value_counts()
    assert counts.loc["hours"].tolist() == [hours.get(outlet, 0) for outlet in outlets]
    with pytest.raises(ValueError, match="did you mean 'Radio Ford'"):
        read.beside("Radio Fort", "Valley Online")


def test_a_term_of_ones_own_is_counted_and_the_list_stays(read):
    before = read.terms()
    added = read.with_term("bakery", "Hanna's bakery")
    own = added.terms(target="Hanna's bakery")
    assert own["n"].sum() == len(read.kwic("bakery"))
    assert read.terms().equals(before)
    assert added.voices is read.voices
    with pytest.raises(ValueError, match="holds no word"):
        read.with_term("*", "anyone")


def test_an_edition_of_some_outlets_alone(read, monkeypatch):
    names = ("Eastbank Gazette", "Radio Ford")
    own = edition.open_corpus(EIGHT, "", names)
    assert sorted(own.documents["outlet"].unique()) == sorted(names)
    monkeypatch.setenv("OUTLETS", "Eastbank Gazette | Radio Ford")
    assert edition.open_corpus(EIGHT, "").documents.equals(own.documents)
    assert len(edition.open_corpus(EIGHT, "", ()).documents) == len(read.documents)
    with pytest.raises(CorpusError, match="no such outlet; did you mean 'Radio Ford'"):
        edition.open_corpus(EIGHT, "", ["Radio Fort"])


def test_who_is_not_there_is_told_with_the_nearest(read):
    for ask, near in {
        lambda: read.shared(
            "bridge-courier", "bridge-gazete"
        ): "no report 'bridge-gazete'; did you mean 'bridge-gazette'",
        lambda: read.keyness("Radio", "Radio Ford"): "no outlet 'Radio'",
        lambda: read.quotes(voice="directly"): "did you mean 'direct'",
        lambda: read.names("Old Mill Bridg"): "did you mean 'Old Mill Bridge'",
        lambda: read.terms(target="nobody at all"): "no target",
    }.items():
        with pytest.raises(ValueError, match=near):
            ask()
    assert asking.suggestion("x", [f"outlet {n}" for n in range(12)]).endswith("and 4 more")


def test_every_question_shows_an_example(read):
    asked = [
        name for name in dir(edition.Edition) if callable(getattr(edition.Edition, name)) and name[0] != "_"
    ]
    assert {"kwic", "quotes", "keyness", "shared", "names", "over_time", "beside", "terms", "with_term"} <= {
        *asked
    }
    shown = [name for name in asked if ">>>" not in (getattr(edition.Edition, name).__doc__ or "")]
    assert shown == ["prepare"]
