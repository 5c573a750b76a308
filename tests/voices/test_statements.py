import pandas as pd
import pytest
from samples import VERBS, mentions, report

from helpers.table import empty
from helpers.text.parser import parse
from helpers.text.segmentation import split_sentences, tokenize
from helpers.text.tables import DocumentsTable
from helpers.voices.spans import find_voices
from helpers.voices.statements import pair_statements, rewordings
from helpers.voices.tables import VoicesTable


def test_statements_quoted_in_one_report_and_reworded_in_another() -> None:
    quoted_text = "Lovelace said: “The old mill will never close its great doors.”"
    reworded_text = "Lovelace said that the old mill would never shut its great doors."
    other_event = report("Lovelace said: “The old mill will never close its great doors.”", "c", "f")
    documents = pd.concat([report(quoted_text, "a"), report(reworded_text, "b"), other_event])
    sentences = split_sentences(documents)
    voices = find_voices(documents, sentences, VERBS, mentions(documents), parse=parse(documents, sentences))
    pairs = pair_statements(voices, documents, tokenize(sentences))
    assert pairs[["doc_id_a", "voice_a", "doc_id_b", "voice_b"]].to_numpy().tolist() == [
        ["a", "direct", "b", "indirect"]
    ]
    # old, mill, never, great, doors are shared; close and shut are not: 2 * 5 / (6 + 6).
    assert pairs["n_shared"].tolist() == [5]
    assert pairs["dice"].tolist() == pytest.approx([10 / 12])
    assert pairs[["only_a", "only_b"]].to_numpy().tolist() == [["close", "shut"]]


def test_no_statements_give_no_pairs() -> None:
    documents = empty(DocumentsTable)
    pairs = pair_statements(empty(VoicesTable), documents, tokenize(split_sentences(documents)))
    assert len(pairs) == len(rewordings(pairs, documents)) == 0


def test_a_statement_in_very_many_reports_is_still_found_and_near_pairs_bound_the_search() -> None:
    text = "Lovelace said: “The old mill will never close its great doors.”"
    documents = pd.concat([report(text, f"r{k:03}") for k in range(120)], ignore_index=True)
    sentences = split_sentences(documents)
    voices = find_voices(documents, sentences, VERBS, mentions(documents), parse=parse(documents, sentences))
    tokens = tokenize(sentences)
    assert len(pair_statements(voices, documents, tokens)) == 120 * 119 // 2
    near = {"e": [("r001", "r000"), ("r005", "r119")]}
    pairs = pair_statements(voices, documents, tokens, near=near)
    assert pairs[["doc_id_a", "doc_id_b"]].to_numpy().tolist() == [["r000", "r001"], ["r005", "r119"]]
    assert len(pair_statements(voices, documents, tokens, near={"e": []})) == 0
