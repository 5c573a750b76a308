"""Concordance: every use, in the words of the source."""

import pandas as pd

from helpers import table as schema
from helpers.names import tables as names_tables
from helpers.text import segmentation, tables
from helpers.voices import spans
from helpers.voices import tables as voices_tables
from helpers.words import context


def _tables(text: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    names = [*tables.DocumentsTable.to_schema().columns]
    row = dict.fromkeys(names, "unknown") | {"doc_id": "a", "text": text}
    documents = schema.conform(pd.DataFrame([row]), tables.DocumentsTable)
    sentences = segmentation.split_sentences(documents)
    spoken = spans.find_voices(
        documents,
        sentences,
        schema.empty(voices_tables.SpeechVerbsTable),
        schema.empty(names_tables.MentionsTable),
    )
    return documents, sentences, segmentation.tokenize(sentences), spoken


def test_every_use_is_a_row_and_offsets_give_back_the_node() -> None:
    text = 'A **Cat** sat.\n\nThe cat’s mat. He said: "My cat is here." No cats came.'
    documents, sentences, tokens, spoken = _tables(text)
    rows = context.concordance(documents, sentences, context.find_nodes(tokens, "CAT"), spoken)
    assert rows["node"].tolist() == ["Cat", "cat", "cat"]
    assert [text[s:e] for s, e in zip(rows["start_char"], rows["end_char"], strict=True)] == [*rows["node"]]
    assert rows["voice"].tolist() == ["narration", "narration", "direct"]
    assert rows["sentence_id"].tolist() == [0, 1, 2]


def test_window_counts_words_and_line_ends_become_blanks() -> None:
    documents, sentences, tokens, spoken = _tables("one two three.\n\nfour five six seven.")
    hits = context.find_nodes(tokens, "four")
    rows = context.concordance(documents, sentences, hits, spoken, window=2)
    assert rows[["left", "right"]].to_numpy().tolist() == [["two three.", "five six"]]


def test_phrase_must_stand_in_one_sentence() -> None:
    _, _, tokens, _ = _tables("He saw Gaza. People came. Gaza people stood.")
    assert len(context.find_nodes(tokens, "gaza people")) == 1


def test_node_without_a_word_and_empty_tables_give_no_rows() -> None:
    _, _, tokens, _ = _tables("One word.")
    assert len(context.find_nodes(tokens, "?!")) == 0
    hits = context.find_nodes(schema.empty(tables.TokensTable), "a b")
    documents, sentences = schema.empty(tables.DocumentsTable), schema.empty(tables.SentencesTable)
    assert len(context.concordance(documents, sentences, hits, schema.empty(voices_tables.VoicesTable))) == 0


def test_text_without_blanks_does_not_fill_the_cell() -> None:
    documents, sentences, tokens, spoken = _tables("日" * 2000 + "猫" + "本" * 2000)
    hits = context.find_nodes(tokens, "猫")
    row = context.concordance(documents, sentences, hits, spoken, window=8).iloc[0]
    assert (len(row["left"]), row["node"], len(row["right"])) == (160, "猫", 160)


def test_sorted_by_the_word_before_the_node() -> None:
    documents, sentences, tokens, spoken = _tables("a zebra cat ran. An ape cat sat. b mouse cat hid.")
    rows = context.concordance(documents, sentences, context.find_nodes(tokens, "cat"), spoken, window=2)
    assert context.sort_concordance(rows, by="left")["left"].tolist() == ["An ape", "b mouse", "a zebra"]
