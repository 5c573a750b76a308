"""Concordance: every use, in the words of the source."""

from samples import edition_of, report

from helpers import table as schema
from helpers.edition import Edition
from helpers.text import tables
from helpers.words import context


def _read(text: str) -> Edition:
    return edition_of(report(text))


def test_every_use_is_a_row_and_offsets_give_back_the_node() -> None:
    text = 'A **Cat** sat.\n\nThe cat’s mat. He said: "My cat is here." No cats came.'
    read = _read(text)
    rows = context.concordance(read, context.find_nodes(read.tokens, "CAT"))
    assert rows["node"].tolist() == ["Cat", "cat", "cat"]
    assert [text[s:e] for s, e in zip(rows["start_char"], rows["end_char"], strict=True)] == [*rows["node"]]
    assert rows["voice"].tolist() == ["narration", "narration", "direct"]
    assert rows["sentence_id"].tolist() == [0, 1, 2]


def test_window_counts_words_and_line_ends_become_blanks() -> None:
    read = _read("one two three.\n\nfour five six seven.")
    hits = context.find_nodes(read.tokens, "four")
    rows = context.concordance(read, hits, window=2)
    assert rows[["left", "right"]].to_numpy().tolist() == [["two three.", "five six"]]


def test_phrase_must_stand_in_one_sentence() -> None:
    read = _read("He saw Gaza. People came. Gaza people stood.")
    assert len(context.find_nodes(read.tokens, "gaza people")) == 1


def test_node_without_a_word_and_empty_tables_give_no_rows() -> None:
    read = _read("One word.")
    assert len(context.find_nodes(read.tokens, "?!")) == 0
    hits = context.find_nodes(schema.empty(tables.TokensTable), "a b")
    assert len(context.concordance(edition_of(schema.empty(tables.DocumentsTable)), hits)) == 0


def test_text_without_blanks_does_not_fill_the_cell() -> None:
    read = _read("日" * 2000 + "猫" + "本" * 2000)
    hits = context.find_nodes(read.tokens, "猫")
    row = context.concordance(read, hits, window=8).iloc[0]
    assert (len(row["left"]), row["node"], len(row["right"])) == (160, "猫", 160)


def test_sorted_by_the_word_before_the_node() -> None:
    read = _read("a zebra cat ran. An ape cat sat. b mouse cat hid.")
    rows = context.concordance(read, context.find_nodes(read.tokens, "cat"), window=2)
    assert context.sort_concordance(rows, by="left")["left"].tolist() == ["An ape", "b mouse", "a zebra"]
