"""The differences as they are told: in a sentence, in a table, and as quotations side by side."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from helpers.differing import ANNOUNCED, LIKELY, spelt_alike
from helpers.pages.bidi import attributes, isolated
from helpers.pages.blocks import PLAIN, Block, inert_csv, mark, plain, safe
from helpers.pages.shelf import Shelf
from helpers.pages.tables import ROWS_SHOWN, Look, table
from helpers.synopsis import Differences

__all__ = ["announced", "apart", "are_likely", "difference_rows", "difference_table", "quotations", "said"]
LEFT_OUT = "(leaves it out)"
# Reports named on one side of a difference.
REPORTS_NAMED = 3
# Characters of a quotation on either side of the words that differ.
AROUND = 70
Side = dict[Any, Any]


def are_likely(differences: Differences) -> "pd.Series[bool]":
    """Return which differences are of a class of which LIKELY or more were real, or that was not judged."""
    likely: pd.Series[bool] = differences["real"].fillna(LIKELY).ge(LIKELY)
    return likely


def announced(differences: Differences, *, kinds: Sequence[str] = (), per_event: int = 0) -> Differences:
    """Return the differences between two reports that are sure enough to lead with, of some kinds or all.

    Two forms of one word are not told there. With `per_event`, at most so many of each event.
    """
    between = are_likely(differences) & (differences["doc_id_a"] != differences["doc_id_b"])
    sure = differences[between & (differences["sure"] >= ANNOUNCED) & (differences["kind"] != "omitted")]
    chosen = sure[sure["kind"].isin(kinds)] if kinds else sure
    forms = [spelt_alike(a, b) for a, b in zip(chosen["text_a"], chosen["text_b"], strict=True)]
    chosen = chosen[~np.array(forms, dtype=bool)]
    return chosen.groupby("event_id", sort=False).head(per_event) if per_event else chosen


def apart(differences: Differences) -> Differences:
    """Return the differences, in their order, without those that repeat the words of one before them."""
    met: set[tuple[object, object]] = set()
    kept = []
    for row in differences.to_dict("records"):
        places = {(row[f"doc_id_{side}"], row[f"start_char_{side}"]) for side in "ab"}
        kept.append(met.isdisjoint(places))
        met |= places
    return differences[np.array(kept, dtype=bool)]


def said(
    differences: Differences, shelf: Shelf, *, n: int = 3, page: str = "06-synopsis.ipynb"
) -> list[Markup]:
    """Return the first differences in words, each leading to its row: “a” in one, “b” in the other."""
    told = []
    for number, row in list(zip(differences.index, differences.to_dict("records"), strict=True))[:n]:
        pair = Markup("“{}” ({}), “{}” ({})").format(
            safe(_short(row["text_a"])),
            safe(shelf.labels[row["doc_id_a"]]),
            safe(_short(row["text_b"])),
            safe(shelf.labels[row["doc_id_b"]]),
        )
        told.append(Markup('<a href="{}#difference-{}">{}</a>').format(page, number + 1, pair))
    return told


def _short(text: str, *, most: int = 48) -> str:
    """Return words in one line, the end of many left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def difference_rows(differences: Differences, shelf: Shelf) -> pd.DataFrame:
    """Return differences as rows for reading: kind, who says what on either side, in how many places.

    Columns: number (its place in the whole table), event_id, kind, one_says, other_says, n_slots, share_real.
    """
    rows = differences.to_dict("records")
    return pd.DataFrame(
        {
            "number": differences.index + 1,
            "event_id": differences["event_id"].to_numpy(),
            "kind": differences["kind"].to_numpy(),
            "one_says": pd.Series([_side(row, "a", shelf) for row in rows], dtype=object),
            "other_says": pd.Series([_side(row, "b", shelf) for row in rows], dtype=object),
            "n_slots": differences["n_slots"].to_numpy(),
            "share_real": differences["real"].to_numpy(),
        }
    )


def _side(row: Side, side: str, shelf: Shelf) -> Markup:
    """Return who says what on one side of a difference, with a link to the sentence; of many the first."""
    others = str(row[f"others_{side}"])
    names = [shelf.labels[name] for name in others.split(", ") if name in shelf.labels.index]
    more = f", {', '.join(names[: REPORTS_NAMED - 1])}" if names else ""
    more += f" and {len(names) - REPORTS_NAMED + 1:,} more" if len(names) >= REPORTS_NAMED else ""
    link = shelf.link(row[f"doc_id_{side}"], row[f"start_char_{side}"])
    words = row[f"text_{side}"] or LEFT_OUT
    told = (
        safe(words) if words.isascii() else Markup("<bdi{}>{}</bdi>").format(attributes(words), safe(words))
    )
    return Markup("{}{}: {}").format(link, safe(more), told)


def difference_table(
    differences: Differences,
    shelf: Shelf,
    *,
    caption: str,
    anchor: Callable[[int], Markup] | None = None,
    n: int = ROWS_SHOWN,
    csv: str = "",
) -> Block:
    """Return differences as a table; `anchor` makes the cell of a row's number from it.

    Of those that are only possible a column has the share of their class that was real. The file beside it,
    of the name `csv`, has the same rows.
    """
    rows, likely = difference_rows(differences, shelf), bool(are_likely(differences).all())
    numbers = [anchor(k) if anchor else _number(k) for k in rows["number"]]
    shown = rows.assign(number=pd.Series(numbers, dtype=object)).rename(columns={"number": "no."})
    first = "no. kind one_says other_says n_slots" + ("" if likely else " share_real")
    shown = shown.drop(columns="share_real") if likely else shown
    block = table(shown, caption=caption, n=n, csv=csv, look=Look(shelf, first))
    return block if not csv else Block(block.html, block.text, inert_csv(differences), csv)


def _number(number: int) -> Markup:
    """Return the number of a difference as a link to its row on page 06."""
    return Markup('<a href="06-synopsis.ipynb#difference-{0}">{0}</a>').format(number)


def quotations(differences: Differences, shelf: Shelf, texts: dict[str, str]) -> Block:
    """Return differences as quotations side by side, the words that differ marked."""
    items, plain = [], []
    for row in differences.to_dict("records"):
        sides = [_quotation(row, side, shelf, texts[row[f"doc_id_{side}"]]) for side in "ab"]
        head = f"{row['kind']}, {shelf.event(row['event_id'])}"
        item = Markup('<li><span class="kind">{}</span><div class="sides">{}</div></li>')
        items.append(item.format(safe(head), Markup("").join(sides)))
        plain.append(f"{head}: {' / '.join(str(side.striptags()) for side in sides)}")
    html = Markup('<ul class="pairs {}">{}</ul>').format(PLAIN, Markup("\n").join(items))
    return Block(html, "\n".join(plain))


def _quotation(row: Side, side: str, shelf: Shelf, text: str) -> Markup:
    """Return the words of one side in their sentence, under the outlet's name."""
    start, end = row[f"start_char_{side}"], row[f"end_char_{side}"]
    left, right = text[:start].rpartition("\n")[2][-AROUND:], text[end:].partition("\n")[0][:AROUND]
    before = left if len(left) < AROUND else "… " + left.partition(" ")[2]
    after = right if len(right) < AROUND else right.rpartition(" ")[0] + " …"
    words = Markup("{}{}{}").format(safe(_bare(before)), mark(_bare(text[start:end])), safe(_bare(after)))
    link = shelf.link(row[f"doc_id_{side}"], start)
    told = Markup("<span{}>{}</span>").format(
        attributes(plain(words), shelf.language(row[f"doc_id_{side}"])), words
    )
    return Markup('<p class="side"><small>{}</small><br>{}</p>').format(isolated(link), told)


def _bare(text: str) -> str:
    """Return text without the marks of Markdown."""
    return text.replace("**", "")
