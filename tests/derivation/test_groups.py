"""Groups that rest on one text, independent sources, stemmas and collations."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from conftest import report_of
from helpers.derivation import (
    VERDICTS,
    Dependence,
    SourceCountsTable,
    build_stemma,
    collate_tei,
    count_sources,
    group_reports,
    newick,
)
from helpers.names import MentionsTable
from helpers.pages.derivation_groups_said import sources_answer, stemmas_said
from helpers.table import UNKNOWN, empty, from_rows

WORD_FOR_WORD, WORDED_APART, PASSAGES, PHRASES, NOTHING, TOO_SHORT, CANNOT_TELL = VERDICTS
TEI = "{http://www.tei-c.org/ns/1.0}"


def judged(*rows, events="same"):
    columns = ["doc_id_a", "doc_id_b", "verdict"]
    return pd.DataFrame(rows, columns=columns).assign(events=events, explanation="not explained")


def test_reports_joined_by_passages_count_once():
    documents, *_ = report_of(*["Text."] * 5, published=["2024-01-03", "2024-01-02", *["unknown"] * 3])
    pairs = judged(
        ("0", "1", PASSAGES), ("1", "2", WORD_FOR_WORD), ("2", "3", PHRASES), ("3", "4", CANNOT_TELL)
    )
    groups = group_reports(pairs, documents)
    assert groups["group"].tolist() == ["1", "1", "1", "3", "4"]
    assert groups["n_reports"].tolist() == [3, 3, 3, 1, 1]
    assert groups["explanation"].tolist() == ["not explained"] * 3 + [""] * 2
    sources = count_sources(groups, pairs)
    assert sources.values.tolist() == [["one", 5, 3, 3, 4, 1]]
    told = " ".join(sources_answer(sources))
    assert "5 reports of 1 event: counted once where they rest on one text, they are 3 to 4." in told
    assert "One: 5 reports, 3 to 4 counted once." in told
    assert "The larger number counts reports of which no two share passages" in told
    assert "1 pair of one event could not be judged" in told


def test_reports_of_two_events_are_never_joined():
    documents, *_ = report_of("Text.", "Text.", events=["e", "f"])
    groups = group_reports(judged(("0", "1", WORD_FOR_WORD), events="different"), documents)
    assert groups["group"].tolist() == ["0", "1"]


def test_no_report_has_no_source():
    documents, *_ = report_of()
    groups = group_reports(judged(), documents)
    assert count_sources(groups, judged()).empty
    assert sources_answer(count_sources(groups, judged())) == ["There is no report."]


def versions(n=30):
    """Return four texts: two share one rendering of each sentence, the others another."""
    lines = [[f"{side}{place}x{k}" for k in range(8)] for side in "pq" for place in range(n)]
    one, other = (". ".join(" ".join(line).capitalize() for line in part) for part in (lines[:n], lines[n:]))
    return [one + ". End of a.", one + ". End of b.", other + ". End of c.", other + ". End of d."]


def test_a_stemma_keeps_the_branch_that_all_sentences_show():
    _, _, tokens, _ = report_of(*versions())
    stemma = build_stemma(tokens, ["3", "1", "0", "2"])
    assert stemma.branches == ((frozenset("23"), 1.0),)
    assert newick(stemma) == "('0','1',('2','3')1.00);"
    assert stemmas_said({"0": stemma}) == ["The group of 0, 4 reports: ('0','1',('2','3')1.00);"]


def test_a_branch_below_the_line_is_told_as_likely_and_not_drawn():
    _, _, tokens, _ = report_of(*versions())
    stemma = build_stemma(tokens, list("0123"), support=1.01)
    assert (stemma.branches, stemma.likely) == ((), ((frozenset("23"), 1.0),))
    assert stemmas_said({"0": stemma}) == [
        "The group of 0, 4 reports: no branch is told from chance; 100% of the trees put 0 and 1 together, "
        "which chance does too."
    ]


def test_reports_without_an_event_are_no_event():
    sources = from_rows([(UNKNOWN, 3, 2, 2, 2, 0)], SourceCountsTable)
    assert sources_answer(sources)[0].startswith(
        "3 reports whose events are not known: counted once where they rest on one text"
    )


def test_without_shared_words_or_under_four_reports_there_is_no_branch():
    texts = [" ".join(f"{side}{k}" for k in range(60)) + "." for side in "abcd"]
    _, _, tokens, _ = report_of(*texts)
    stemma = build_stemma(tokens, list("0123"))
    assert newick(stemma) == "('0','1','2','3');"
    assert build_stemma(tokens, ["0", "1", "2"]).branches == ()
    assert build_stemma(tokens.head(0), list("0123")).branches == ()
    assert stemmas_said({}) == [
        "No four reports rest on one text: a tree of fewer has only one form and says nothing."
    ]


def test_names_are_quoted_as_newick_wants_them():
    _, _, tokens, _ = report_of("A.", "B.")
    tokens = tokens.assign(doc_id=tokens["doc_id"].replace({"0": "it's"}))
    assert newick(build_stemma(tokens, ["it's", "1"])) == "('1','it''s');"


@pytest.mark.parametrize(
    ("texts", "entries"),
    [
        (("The old quay is shut.", "The old quay was shut."), [["is"], ["was"]]),
        (("The quay is shut.", "The old quay is shut."), [[], ["old"]]),
        (("The quay & pier.", "the QUAY & pier."), []),
    ],
)
def test_a_collation_gives_every_report_back(texts, entries):
    documents, _, tokens, _ = report_of(*texts)
    root = ElementTree.fromstring(collate_tei(tokens, documents, ["0", "1"]))
    assert len(root.findall(f".//{TEI}witness")) == 2
    readings = [(one.text or "").split() for one in root.findall(f".//{TEI}rdg")]
    assert readings == entries
    for place in range(2):
        words = []
        paragraph = root.find(f".//{TEI}p/..{TEI}p") or root.find(f".//{TEI}body/{TEI}p")
        words += (paragraph.text or "").split()
        for entry in paragraph:
            own = [one for one in entry if f"#w{place}" in one.attrib["wit"].split()]
            words += (own[0].text or "").split() + (entry.tail or "").split()
        expected = tokens.loc[tokens["doc_id"] == str(place), "token"].str.casefold().tolist()
        assert [word.casefold() for word in words] == expected


def test_the_tables_of_a_corpus_hang_together():
    texts = versions()
    read = Dependence(*report_of(*texts), empty(MentionsTable))
    assert read.sources[["n_reports", "n_sources"]].values.tolist() == [[4, 2]]
    assert read.newick("one") == "('0','1',('2','3')1.00);"
    assert read.stemmas == {}
    with pytest.raises(KeyError, match="no report of an event 'two'"):
        read.tei("two")
