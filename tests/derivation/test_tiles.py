"""Shared wording: measures worked out by hand, moved blocks, and input that once made tilers explode."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.derivation import passages
from helpers.derivation import tiles as derivation_tiles
from helpers.derivation.measures import compare_pairs
from helpers.derivation.pair import Compared
from helpers.derivation.tiles import Tile
from helpers.pairs.fingerprints import Hashes, word_hashes


def tokens(**texts: str) -> pd.DataFrame:
    rows = [(doc_id, word) for doc_id, text in texts.items() for word in text.split()]
    return pd.DataFrame(rows, columns=["doc_id", "norm"])


def compared(frame: pd.DataFrame, **options: pd.DataFrame) -> pd.DataFrame:
    return compare_pairs(Compared(frame), **options)


def words(text: str) -> Hashes:
    return word_hashes(text.split())


def test_measures_of_a_pair_worked_out_by_hand():
    pair = compared(tokens(a="a b c d x e f g", b="e f g a b c d y y")).iloc[0]
    # 3-grams of a: abc bcd cdx dxe xef efg; of b: efg fga gab abc bcd cdy dyy; shared: abc bcd efg
    assert pair["c3_a"] == 3 / 6
    assert pair["c3_b"] == 3 / 7
    assert pair["c5_a"] == 0
    assert pair["longest_run"] == 4
    assert pair["n_tiles"] == 2
    assert pair["order_kept"] == 0  # the two tiles changed places
    assert pair["tile_share_a"] == 7 / 8
    assert pair["tile_share_b"] == 7 / 9
    assert pair["mean_tile"] == 3.5
    assert pair["lcs_share"] == 2 * 4 / 17


def test_containment_is_not_symmetric():
    pair = compared(tokens(a="a b c", b="a b c d e")).iloc[0]
    assert (pair["c3_a"], pair["c3_b"]) == (1, 1 / 3)
    assert np.isnan(pair["c5_a"])
    assert pair["c5_b"] == 0


def test_only_the_pairs_asked_for_are_compared():
    texts = tokens(a="x", b="x", c="x")
    assert len(compared(texts)) == 3
    wanted = pd.DataFrame({"doc_id_a": ["c"], "doc_id_b": ["a"]})
    found = compared(texts, pairs=wanted)
    assert found[["doc_id_a", "doc_id_b"]].to_numpy().tolist() == [["c", "a"]]


def test_a_report_without_words_is_still_a_row():
    wanted = pd.DataFrame({"doc_id_a": ["a"], "doc_id_b": ["empty"]})
    pair = compared(tokens(a="one two three"), pairs=wanted).iloc[0]
    assert pair["c3_a"] == 0
    assert pair["longest_run"] == 0
    assert np.isnan(pair["tile_share_b"])


def test_no_report_gives_the_empty_table():
    assert len(compared(tokens())) == 0
    assert len(compared(tokens(a="alone"))) == 0


@pytest.mark.parametrize(
    ("a", "b", "run"), [("x y", "y z", 1), ("x y z", "q x y", 2), ("x", "y", 0), ("a b c d", "b c d", 3)]
)
def test_the_longest_run_is_exact_below_a_tile_too(a: str, b: str, run: int):
    assert compared(tokens(a=a, b=b))["longest_run"][0] == run


def test_a_moved_block_is_found():
    tiles = derivation_tiles.shared_tiles(words("a b c d e f"), words("d e f a b c"))
    assert sorted(tiles) == [Tile(0, 3, 3), Tile(3, 0, 3)]


def test_what_a_longer_tile_leaves_is_tried_again():
    # "c d e f" wins; of the run "a b c d" only "a b" is left, which is no tile of three.
    tiles = derivation_tiles.shared_tiles(words("a b c d e f"), words("x a b c d y c d e f"))
    assert tiles[0].length == 4
    assert sum(tile.length for tile in tiles) == 4


def test_order_kept_is_the_share_of_pairs_in_order():
    assert derivation_tiles.order_kept([Tile(0, 0, 3), Tile(5, 9, 3), Tile(9, 5, 3)]) == 2 / 3
    assert np.isnan(derivation_tiles.order_kept([Tile(0, 0, 3)]))


def test_one_word_two_thousand_times_is_one_tile():
    la = words("la " * 2000)
    assert derivation_tiles.shared_tiles(la, la) == [Tile(0, 0, 2000)]
    assert derivation_tiles.shared_tiles(la, words("la " * 7)) == [Tile(0, 0, 7)]


def test_a_paragraph_repeated_fifty_times_is_covered():
    paragraph = words(" ".join(f"w{i}" for i in range(100)))
    tiles = derivation_tiles.shared_tiles(np.tile(paragraph, 50), np.tile(np.roll(paragraph, 30), 50))
    assert sum(tile.length for tile in tiles) >= 0.99 * 5000


def test_a_run_goes_on_through_a_crowded_shingle():
    filler = "a b c " * 30
    text = f"{filler} p q r a b c s t u"
    tiles = derivation_tiles.shared_tiles(words("z z " + text), words("y " + text))
    assert tiles[0].length == len(text.split())


@given(st.lists(st.sampled_from("abc"), max_size=40), st.lists(st.sampled_from("abc"), max_size=40))
def test_tiles_hold_the_same_words_and_share_none(a: list[str], b: list[str]):
    tiles = derivation_tiles.shared_tiles(word_hashes(a), word_hashes(b))
    for tile in tiles:
        assert a[tile.start_a : tile.start_a + tile.length] == b[tile.start_b : tile.start_b + tile.length]
    for starts in ([(t.start_a, t.length) for t in tiles], [(t.start_b, t.length) for t in tiles]):
        ends = [start + length for start, length in sorted(starts)]
        assert all(end <= start for end, (start, _) in zip(ends, sorted(starts)[1:], strict=False))


def report(*sentences: str, doc_id: str = "a") -> pd.DataFrame:
    """Return the tokens of a report, with offsets into its sentences joined by spaces."""
    rows, start = [], 0
    for sentence_id, sentence in enumerate(sentences):
        for word in sentence.split():
            rows.append((doc_id, sentence_id, word.casefold(), start, start + len(word)))
            start += len(word) + 1
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "norm", "start_char", "end_char"])


NEWS = (
    "The ministers of seven coastal countries signed a fishing agreement on Monday in Lisbon",
    "Catches of sardine will be halved until the stocks recover according to the new rules",
    "Small boats under twelve metres are exempt from the quota during the winter season",
    "Environmental groups welcomed the decision but asked for stricter controls in harbours",
)
OTHER = tuple(
    " ".join(f"{word}{i}" for word in "lorem ipsum dolor sit amet elit sed".split()) for i in range(40)
)


def test_a_long_shared_run_is_a_verbatim_passage_exact_to_the_word():
    a = report(*OTHER[:9], *NEWS, *OTHER[9:15])
    b = report(*OTHER[20:24], *NEWS, *OTHER[24:30], doc_id="b")
    found = passages.align_passages(pd.concat([a, b])).iloc[0]
    assert found["reuse_type"] == "verbatim"
    assert found["n_tokens"] == sum(len(sentence.split()) for sentence in NEWS)
    assert found["start_char_a"] == a.loc[a["norm"] == "the", "start_char"].iloc[0]
    assert found["end_char_b"] == b.loc[b["norm"] == "harbours", "end_char"].iloc[0]


def test_a_reworded_passage_is_found_where_it_was_moved_to():
    reworded = (
        "On Monday ministers from seven countries on the coast signed an agreement about fishing in Lisbon",
        "The new rules halve the catch of sardines until stocks have recovered",
        "In the winter season the quota exempts small boats of less than twelve metres",
    )
    a = report(*NEWS[:3], *OTHER[:20])
    b = report(*OTHER[20:40], *reworded, doc_id="b")
    found = passages.align_passages(pd.concat([a, b]))
    assert found["reuse_type"].tolist() == ["rewritten"]
    assert found["end_char_a"][0] <= a.loc[a["norm"] == "season", "end_char"].iloc[0]
    assert found["start_char_b"][0] >= b.loc[b["norm"] == "on", "start_char"].iloc[0]


def test_texts_on_different_things_share_no_passage():
    assert len(passages.align_passages(pd.concat([report(*NEWS), report(*OTHER[:20], doc_id="b")]))) == 0


@pytest.mark.parametrize(
    "text", ["word", "la " * 2000, "سلام بر غزه " * 60, "加 沙 和 平 " * 90, "x " * 30_000]
)
def test_odd_texts_do_not_break_the_alignment(text: str):
    same = passages.align_passages(pd.concat([report(text), report(text, doc_id="b")]))
    assert len(same) == (len(text) > 150)
    assert len(passages.align_passages(pd.concat([report(text), report(*NEWS, doc_id="b")]))) == 0


def test_a_pair_named_but_absent_has_no_passage():
    wanted = pd.DataFrame({"doc_id_a": ["a"], "doc_id_b": ["nobody"]})
    assert len(passages.align_passages(report(*NEWS), pairs=wanted)) == 0
    assert len(passages.align_passages(report())) == 0


def test_words_reused_are_counted_by_voice():
    # a: one two three | "four five six" quoted; b has "one two three" only.
    a, b = report("one two three four five six"), report("one two three", doc_id="b")
    voices = pd.DataFrame(
        {"doc_id": ["a"], "start_char": [14], "end_char": [27], "voice": ["direct"], "speaker": ["unknown"]}
    )
    found = passages.reused_by_voice(pd.concat([a, b]), voices).set_index(["doc_id", "voice"])
    assert found.loc[("a", "direct"), ["n_tokens", "n_shared"]].tolist() == [3, 0]
    assert found.loc[("a", "narration"), "share"] == 1
    assert found.loc[("b", "narration"), "share"] == 1
