"""The sentences and rows on reports in several languages that tell the same."""

import pandas as pd

from helpers.edition import Edition
from helpers.pages.phrases import counted, listed
from helpers.pairs import SURE
from helpers.synopsis import Renderings
from helpers.text import read_as, several_languages

__all__ = ["beside_each_other", "renderings_said"]
TOLD = 4


def renderings_said(renderings: Renderings, read: Edition, names: "pd.Series[str]") -> list[str]:
    """Return which reports in two languages tell the same, and what that does not show."""
    if not several_languages(read.documents):
        return ["No event is told in two languages here."]
    if read.meaning.why_not:
        return [f"Sentences in two languages are not compared: {read.meaning.why_not}."]
    close = renderings[renderings["may_render"]]
    if close.empty:
        return ["No report tells most of what a report in another language tells, in its order."]
    told = [
        f"{names[a]} and {names[b]} ({same:,} of {counted(size, 'sentence')})"
        for a, b, same, size in zip(
            *(close[name].tolist() for name in ("doc_id_a", "doc_id_b", "n_same", "n_sentences")), strict=True
        )
    ]
    return [
        f"These tell most of the same sentences in one order: {listed(told, shown=TOLD)}.",
        "One may render the other, or both may render an original that is not here; which one came first "
        "cannot be told from the sentences. In a test with one invented story in twelve languages, 130 of "
        "132 pairs of translations looked so, and none of 132 pairs of separate reports.",
    ]


def beside_each_other(read: Edition) -> pd.DataFrame:
    """Return the sentences of reports in two languages that surely mean the same, in the order of the first.

    Columns: pair, text_a, text_b, chance.
    """
    languages = read.documents.set_index("doc_id")["language"].map(read_as)
    meant = read.meaning.meant
    sure = meant[meant["chance"] >= SURE]
    sure = sure[sure["doc_id_a"].map(languages).ne(sure["doc_id_b"].map(languages))]
    texts = read.body.set_index(["doc_id", "sentence_id"])["text"]
    ordered = sure.sort_values(["doc_id_a", "doc_id_b", "sentence_id_a"])
    sides = {
        f"text_{side}": texts.reindex(
            pd.MultiIndex.from_frame(ordered[[f"doc_id_{side}", f"sentence_id_{side}"]])
        ).to_numpy()
        for side in "ab"
    }
    pair = ordered["doc_id_a"] + " and " + ordered["doc_id_b"]
    return pd.DataFrame({"pair": pair.to_numpy(), **sides, "chance": ordered["chance"].to_numpy()})
