"""Nearest sentences in which two reports have other terms for one target."""

from collections import Counter

import pandas as pd

from helpers.framing.tables import FramingHits
from helpers.framing.uses import UNRESOLVED
from helpers.text import Sentences, with_sentence
from helpers.words import Alignments

__all__ = ["changed_terms"]


def changed_terms(hits: FramingHits, alignments: Alignments, sentences: Sentences) -> pd.DataFrame:
    """Return the aligned sentences in which two reports apply different words to the same target.

    Columns: target, doc_id_a, words_a, doc_id_b, words_b (the words that the other side lacks), cosine,
    sentence_a, sentence_b, and where these start: start_char_a, start_char_b. Rows with words on both
    sides come first.
    """
    pairs = alignments.reset_index(names="pair")
    a, b = (_words_inside(pairs, hits, sentences, side) for side in "ab")
    table = a.merge(b, on=["pair", "target"], how="outer").merge(pairs, on="pair")
    both = [_differing(*row) for row in zip(table["words_a"], table["words_b"], strict=True)]
    table[["words_a", "words_b"]] = pd.DataFrame(both, columns=["words_a", "words_b"], dtype="str")
    for side in "ab":
        text = sentences[["doc_id", "sentence_id", "text", "start_char"]].set_axis(
            [f"{name}_{side}" for name in ("doc_id", "sentence_id", "sentence", "start_char")], axis=1
        )
        table = table.merge(text, on=[f"doc_id_{side}", f"sentence_id_{side}"])
    table["one_sided"] = (table["words_a"] == "") | (table["words_b"] == "")
    order = ["one_sided", "doc_id_a", "doc_id_b", "start_char_a", "target"]
    table = table[(table["words_a"] != "") | (table["words_b"] != "")].sort_values(order, ignore_index=True)
    shown = ["target", "doc_id_a", "words_a", "doc_id_b", "words_b", "cosine", "sentence_a", "sentence_b"]
    return table[[*shown, "start_char_a", "start_char_b"]]


def _words_inside(pairs: pd.DataFrame, hits: FramingHits, sentences: Sentences, side: str) -> pd.DataFrame:
    """Return the words per target, as a list, that stand in the sentence of one side of each pair."""
    told = with_sentence(hits[hits["target"] != UNRESOLVED], sentences)
    place = {f"doc_id_{side}": "doc_id", f"sentence_id_{side}": "sentence_id"}
    inside = pairs[["pair", *place]].rename(columns=place).merge(told, on=["doc_id", "sentence_id"])
    return inside.groupby(["pair", "target"])["surface"].agg(list).rename(f"words_{side}").reset_index()


def _differing(words_a: object, words_b: object) -> tuple[str, str]:
    """Return the words of either list that the other has not, or not as often, capitals apart."""
    a, b = ([str(word) for word in words] if isinstance(words, list) else [] for words in (words_a, words_b))
    return _lacking(a, b), _lacking(b, a)


def _lacking(words: list[str], others: list[str]) -> str:
    """Return the words without one for each of the others."""
    left = Counter(word.casefold() for word in others)
    kept = []
    for word in words:
        if left[word.casefold()]:
            left[word.casefold()] -= 1
        else:
            kept.append(word)
    return " · ".join(kept)
