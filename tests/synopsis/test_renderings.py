"""Reports in two languages that tell the same sentence by sentence; small tables worked out by hand."""

import pandas as pd

from helpers.synopsis import find_renderings

DOCUMENTS = pd.DataFrame({"doc_id": ["a", "b", "c"], "language": ["en", "fa-IR", "en"]})
SENTENCES = pd.DataFrame(
    {"doc_id": ["a"] * 5 + ["b"] * 6 + ["c"] * 5, "sentence_id": [*range(5), *range(6), *range(5)]}
)


def meant(*places: int, one: str = "a", other: str = "b", chance: float = 0.9) -> pd.DataFrame:
    """Return sentences 0, 1, ... of one report with their partners in the other."""
    rows = [(one, k, other, place, 0.9, 1.1, chance) for k, place in enumerate(places)]
    names = ["doc_id_a", "sentence_id_a", "doc_id_b", "sentence_id_b", "cosine", "margin", "chance"]
    return pd.DataFrame(rows, columns=names)


def test_most_sentences_in_one_order_may_be_a_rendering() -> None:
    (row,) = find_renderings(meant(0, 1, 3, 4), SENTENCES, DOCUMENTS).to_dict("records")
    assert (row["n_sentences"], row["n_same"], row["share"], row["in_order"]) == (5, 4, 0.8, 1.0)
    assert row["may_render"]


def test_another_order_or_few_sentences_are_none() -> None:
    assert not find_renderings(meant(4, 1, 3, 0), SENTENCES, DOCUMENTS)["may_render"].any()
    assert not find_renderings(meant(0, 1), SENTENCES, DOCUMENTS)["may_render"].any()


def test_only_sure_pairs_of_two_languages_count() -> None:
    assert find_renderings(meant(0, 1, 2, other="c"), SENTENCES, DOCUMENTS).empty
    assert find_renderings(meant(0, 1, 2, 3, chance=0.4), SENTENCES, DOCUMENTS).empty
