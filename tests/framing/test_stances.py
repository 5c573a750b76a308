"""Stances: classes of reporting verbs and hedges, and the same statement put in two ways."""

import pandas as pd
from samples import ALL_VERBS, edition_of, report

from helpers.framing import find_stances, find_targets, stance_counts, stances_changed
from helpers.framing import tables as framing_tables
from helpers.framing.uses import find_framing_terms
from helpers.names import tables as names_tables
from helpers.table import empty, from_rows
from helpers.voices import VoicesTable, pair_statements

CLAIM = "The mayor claimed that the old bridge could be safe for heavy lorries."
NOTE = "The mayor noted that the old bridge is safe for heavy lorries."


def read_of(*texts):
    parts = [
        report(text, doc_id).assign(outlet=f"o{doc_id}") for text, doc_id in zip(texts, "ab", strict=False)
    ]
    documents = pd.concat(parts, ignore_index=True)
    return edition_of(documents, verbs=ALL_VERBS)


def test_the_class_of_the_verb_and_the_hedges_of_a_span():
    read = read_of(CLAIM)
    found = find_stances(read.voices, read.tokens)
    assert found[["cue", "verb_class", "hedges", "n_hedges"]].to_numpy().tolist() == [
        ["claimed", "assertive", "could", 1]
    ]


def test_reports_are_counted_by_class_and_few_are_said_to_be_few():
    read = read_of(CLAIM, NOTE)
    counts = stance_counts(find_stances(read.voices, read.tokens)).set_index("doc_id")
    assert counts.loc["a", ["assertive", "factive", "hedged", "n"]].tolist() == [1, 0, 1, 1]
    assert counts.loc["b", ["assertive", "factive", "hedged", "n"]].tolist() == [0, 1, 0, 1]
    assert set(counts["outcome"]) == {"too few to compare"}
    assert stance_counts(empty(framing_tables.StancesTable)).empty


def test_one_statement_with_two_verbs_stands_side_by_side():
    read = read_of(CLAIM, NOTE)
    statements = pair_statements(read.voices, read.documents, read.tokens)
    changed = stances_changed(statements, find_stances(read.voices, read.tokens))
    assert changed[["verb_class_a", "hedges_a", "verb_class_b", "hedges_b"]].to_numpy().tolist() == [
        ["assertive", "could", "factive", ""]
    ]


def test_the_grammar_tells_which_of_two_targets_a_listed_term_has():
    text = "Norvale was brutal and Elby was calm."
    documents = report(text)
    rows = [
        ("a", text.index(n), text.index(n) + len(n), n, n.lower(), "GPE", "name", "", "authority")
        for n in ("Norvale", "Elby")
    ]
    known = from_rows(rows, names_tables.MentionsTable)
    terms = [
        ("brutal", "brutal", "word", "fold", "label", target, "mention", "", "", "", "")
        for target in ("norvale", "elby")
    ]
    listed = from_rows(terms, framing_tables.FramingTermsTable)
    parse = edition_of(documents, mentions=known).parse
    voices = empty(VoicesTable)
    plain = find_framing_terms(documents, listed, voices, known)
    told = find_framing_terms(documents, listed, voices, known, parse=parse)
    assert plain["target"].tolist() == ["unresolved"]
    assert told[["target", "rule"]].to_numpy().tolist() == [["norvale", "grammar"]]


def test_places_that_no_parser_reads_have_no_target():
    documents = report("Norvale launched a raid.")
    parse = edition_of(documents).parse.head(0)
    places = pd.DataFrame({"doc_id": ["a"], "start_char": [0], "end_char": [7]})
    found = find_targets(places, documents, parse, empty(names_tables.MentionsTable))
    assert found.to_numpy().tolist() == [["", ""]]
