"""Two sequences side by side: nothing is lost, and a word that comes over and over takes no time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.text import edits, sequences

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@pytest.mark.parametrize("most", [0, 10**6], ids=["least edits", "blocks"])
@given(old=WORDS, new=WORDS)
def test_every_stretch_is_told_once_and_what_is_equal_is(most, old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "MATCHED", most)
        found = edits(old, new)
    assert [word for _, a, b, _, _ in found for word in old[a:b]] == old
    assert [word for _, _, _, a, b in found for word in new[a:b]] == new
    for kind, a, b, c, d in found:
        told = (
            "equal"
            if old[a:b] == new[c:d]
            else "replace"
            if a < b and c < d
            else "delete"
            if a < b
            else "insert"
        )
        assert kind == told
    # A stretch that differs is one, so that the words beside it are those that both have.
    assert all((one[0] == "equal") != (other[0] == "equal") for one, other in pairwise(found))


def test_a_word_that_comes_over_and_over_takes_no_time():
    old = "http example org a b c d".split() * 3_000
    start = time.process_time()
    found = edits(old, ["the", *old, "x"])
    assert time.process_time() - start < 1
    assert [kind for kind, *_ in found] == ["insert", "equal", "insert"]
