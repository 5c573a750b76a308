"""Counts by independent source on pages 01 to 04: one count, made by the verdicts of page 05."""

import pandas as pd
import pytest

from helpers import edition
from helpers.pages import framing, names, voices, wording
from helpers.pages.by_source import sides_by_source
from helpers.voices import named_sources
from helpers.words import top_terms

COPY = (
    "The harbour board closed the old quay on Monday after divers had found cracks in its eastern wall."
    " Ships were told to leave by noon, and the ferry to the island now starts from the northern pier. "
    "The board will meet on Tuesday to decide about the repairs, for which it has set aside two million"
    " crowns. Anna Doe, who runs the ferry, said the longer way costs three hundred crowns a day. A "
    "lawyer of the board answered that the contract says nothing of fuel. Fishermen moved their boats "
    "to the basin behind the hall. The quay was built in 1911 and was last repaired in 1987, after a "
    "storm had torn away the lamps."
)
APART = (
    "Anna Doe did not sleep that week. Her ferry, she said, burns more than she earns since the quay "
    "was shut, and nobody in the town hall picks up the telephone. We met her at dawn with coffee and "
    "cold hands. She has four children, a dog and a mortgage. On the pier gulls fought over bread while"
    " trucks waited with engines running. A schoolboy counted them and reached nineteen. Behind the "
    "glass of his cabin a watchman read an old novel, his radio crackling. Nothing here looked like a "
    "plan. In the bakery people spoke of little else, and most of them blamed the winter, some the "
    "mayor, two the moon."
)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quay")
    rows = [("a", "Post", COPY), ("b", "Radio", COPY), ("c", "Ledger", APART)]
    table = pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]).assign(event_id="quay", language="en")
    table.to_csv(folder / "reports.csv", index=False)
    return edition.open_corpus(folder)


def test_each_page_says_how_many_sources_there_are(read):
    told = (
        "The 3 reports are at most 2 independent sources: those that rest on one text are counted once "
        "(page 05)."
    )
    for page in (wording, names, voices, framing):
        assert page.Page(read).by_source() == [told]


def test_words_of_a_side_are_counted_by_source(read):
    page = wording.Page(read)
    top = top_terms(page.keyness, n=50)
    shown = sides_by_source(top, page.counts, read)
    both = shown[(shown["target"] == "Ledger") & (shown["reports_reference"] == 2)]
    assert len(both) and set(both["sources_reference"]) == {1}
    assert (shown["sources_target"] <= shown["reports_target"]).all()
    assert (shown["sources_reference"] <= shown["reports_reference"]).all()
    used = shown["reports_reference"] > 0
    assert (shown.loc[used, "sources_reference"] > 0).all()


def test_names_sources_and_labels_are_counted_by_source(read):
    uses = pd.DataFrame({"doc_id": list("abc"), "entity_id": "doe", "n": 1})
    row = names.Page(read)._across(uses, "entity_id").iloc[0]
    assert (row["reports"], row["n_sources"]) == (3, 2)
    counts = pd.DataFrame({"doc_id": list("ab"), "entity": "Doe", "label": "owner"})
    labels = framing.Page(read)._with_reports(counts)
    assert set(zip(labels["reports"], labels["n_sources"], strict=True)) == {(2, 1)}
    page, by = voices.Page(read), ["source", "kind"]
    spoken = read.dependence.with_sources(page.sources, named_sources(page.spans), by)
    both = spoken[spoken["reports"] == 2]
    assert len(both) and set(both["n_sources"]) == {1}
