"""How many people were killed, hurt, arrested or driven out, as page 06 tells it."""

import pandas as pd
from markupsafe import Markup

from helpers.pages.blocks import counted_in
from helpers.pages.phrases import listed
from helpers.pages.shelf import Shelf
from helpers.synopsis import TollComparisons, Tolls, first_tolls

__all__ = ["toll_board", "tolls_answer"]
OUTCOMES = {"differ": "differ", "hedged": "can all be true", "same": "the same"}
# Reports named beside a number.
REPORTS = 4


def toll_board(tolls: Tolls, comparisons: TollComparisons, shelf: Shelf) -> pd.DataFrame:
    """Return the comparisons with each number and the reports that give it, as links to the sentence."""
    rows = [
        (row["event_id"], _what(row), _numbers(own, shelf), row["n_reports"], OUTCOMES[row["outcome"]])
        for row, own in _with_first(tolls, comparisons)
    ]
    columns = ["event_id", "what happened", "how many, and who says so", "reports", "the numbers"]
    # Links are kept as they are: a column of text would lose what marks them as such.
    return pd.DataFrame(rows, columns=columns, dtype=object)


def tolls_answer(tolls: Tolls, comparisons: TollComparisons, shelf: Shelf) -> list[str]:
    """Return the numbers of people in which most reports differ; nothing where none do."""
    differing = comparisons[comparisons["outcome"] == "differ"]
    for row, own in _with_first(tolls, differing.head(1)):
        by_number = own.groupby("value", sort=True)["doc_id"].agg(list)
        told = [
            f"{value:,.0f} ({listed(sorted(str(shelf.names[name]) for name in names), shown=2)})"
            for value, names in by_number.items()
        ]
        return [counted_in(f"Reports differ in how many people were {_what(row)}: {listed(told)}.", "tolls")]
    return []


def _with_first(tolls: Tolls, comparisons: TollComparisons) -> list[tuple[pd.Series, Tolls]]:
    """Return each comparison with the first number of each of its reports."""
    key = ["event_id", "what", "counted"]
    groups = dict(list(first_tolls(tolls).groupby(key)))
    keys = zip(*(comparisons[name] for name in key), strict=True)
    return [(row, groups[key]) for key, (_, row) in zip(keys, comparisons.iterrows(), strict=True)]


def _what(row: pd.Series) -> str:
    """Return what happened, and to whom, where not to people in general."""
    return str(row["what"]) + ("" if row["counted"] == "people" else f" (counted: {row['counted']})")


def _numbers(own: Tolls, shelf: Shelf) -> Markup:
    """Return each number as printed, with links to the reports that give it."""
    parts = []
    for _, group in own.sort_values(["value", "said", "doc_id"]).groupby(["value", "said"], sort=False):
        places = zip(group["doc_id"], group["start_char"], strict=True)
        links = [shelf.link(doc_id, start) for doc_id, start in places]
        more = f" and {len(links) - REPORTS:,} more" if len(links) > REPORTS else ""
        said = str(group["said"].iloc[0])
        parts.append(Markup("{}: {}{}").format(said, Markup(", ").join(links[:REPORTS]), more))
    return Markup("; ").join(parts)
