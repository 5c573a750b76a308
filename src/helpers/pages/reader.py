"""The reports of an event side by side, slot by slot, and the table of their differences."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup

from helpers.pages.bidi import attributes
from helpers.pages.blocks import PLAIN, Block, details, inert_csv, note, safe, say, stack
from helpers.pages.phrases import listed, shortened
from helpers.pages.shelf import Shelf
from helpers.pages.tables import ROWS_SHOWN, Look, table
from helpers.synopsis import RELATIONS, Differences, Omissions, Readings, Slots

__all__ = ["difference_anchor", "omission_table", "slot_board", "synopsis_reader"]
# Code points of a slot's words in the board.
SHOWN_OF_SLOT = 120
COLUMNS_SHOWN = 3
# Parts in a row that single reports have: from so many on they are folded.
FOLDED = 2
# See-through, so that the shade stands under the ink of a light page and of a dark one.
_QUOTED, _CHANGED = "background:rgba(0,114,178,.17)", "font-weight:600"
_RULE, _TIGHT = "border-top:1px solid rgba(128,128,128,.5);padding:.4em 0", "margin:.1em 0"
_ABSENT = "nothing like it found"
_COLUMN = (
    "display:inline-block;vertical-align:top;width:{}%;min-width:16rem;max-width:100%;padding:0 1rem 0 0"
)


class _Named(NamedTuple):
    """The names of reports and events in the reader."""

    labels: "pd.Series[str]"
    event: Callable[[object], str]


def synopsis_reader(
    slots: Slots,
    readings: Readings,
    labels: "pd.Series[str]",
    *,
    event: Callable[[object], str] = str,
    overflow: str = "",
) -> Block:
    """Return the reports of the events side by side, slot by slot, as far as `readings` has them.

    Several slots in a row that single reports have are folded; `event` gives an event in words.
    Shared words are underlined, words that the partner has others for are bold and marked, direct
    quotations are shaded, differences carry their number in the table of differences and link there; what has
    no counterpart keeps its place. Columns stand below each other where the page is narrow. With
    `overflow`, a name, the exported page has `slots` beside it as a file where some are left out.
    """
    pieces = dict(list(readings.groupby(["event_id", "slot_id", "doc_id"])))
    whole = slots[["event_id", "slot_id"]].drop_duplicates()["event_id"].value_counts()
    read = slots.merge(readings[["event_id", "slot_id", "doc_id"]].drop_duplicates())
    blocks, n_read = [_reader_key()], 0
    for event_id, rows in read.groupby("event_id", sort=True):
        reports = sorted(rows["doc_id"].unique())
        heading = Markup('<h3 class="{}">{}</h3>').format(PLAIN, safe(event(event_id)))
        blocks.append(Block(heading, event(event_id)))
        groups = [own for _, own in rows.groupby("slot_id", sort=True)]
        for alone, run in groupby(groups, key=_is_alone):
            blocks += _run(list(run), reports, pieces, _Named(labels, event), alone=alone)
        n_read += len(groups)
        if len(groups) < whole[event_id]:
            blocks.append(note(f"{len(groups):,} of {whole[event_id]:,} parts shown."))
    if read["event_id"].nunique() < len(whole):
        blocks.append(note(f"{read['event_id'].nunique():,} of {len(whole):,} events shown."))
    if not len(slots):
        return say("There is no report to set side by side.")
    if not overflow or len(read) == len(slots):
        return stack(blocks)
    return replace(stack(blocks), csv=inert_csv(slots), csv_name=overflow, overflow=True)


def difference_anchor(differences: Differences, read: pd.DataFrame) -> Callable[[int], Markup]:
    """Return a function from a difference's number to its anchor, a link to its slot if that is `read`."""
    linked = set(zip(read["event_id"], read["slot_id"], strict=True))
    places = list(zip(differences["event_id"], differences["slot_id"], strict=True))

    def anchor(number: int) -> Markup:
        place = places[number - 1]
        if place not in linked:
            return Markup('<a id="difference-{0}">{0}</a>').format(number)
        return Markup('<a id="difference-{0}" href="#{1}">{0}</a>').format(number, _slot_anchor(*place))

    return anchor


def omission_table(
    omissions: Omissions,
    shelf: Shelf,
    entities: Mapping[str, str],
    *,
    n: int = ROWS_SHOWN,
    csv: str = "",
) -> Block:
    """Return the omissions with the words of a report that has them, those that most reports have first.

    `omissions` has the column text_having; `entities` gives the names of sources.
    """
    found = omissions.sort_values(["n_having", "event_id"], ascending=[False, True], kind="stable")
    columns = ("n_having", "n_others", "doc_id_having", "text_having")
    having = zip(*(found[name].tolist() for name in columns), strict=True)
    starts = found["start_char_having"].tolist()
    told = [
        (f"{n} of {others}", Markup("{}: {}").format(shelf.link(doc_id, start), safe(text)))
        for (n, others, doc_id, text), start in zip(having, starts, strict=True)
    ]
    frame = pd.DataFrame(
        {
            "missing in": found["doc_id"].map(shelf.labels).to_numpy(),
            "what": found["kind"].to_numpy(),
            "source": [entities.get(name, name) for name in found["speaker"]],
            "others that have it": [count for count, _ in told],
            "for example": pd.Series([words for _, words in told], dtype=object),
            "event_id": found["event_id"].to_numpy(),
        }
    )
    caption = "Facts, quotations and sources that most other reports of the event have"
    return table(frame, caption=caption, n=n, csv=csv, look=Look(shelf))


def slot_board(slots: Slots, labels: "pd.Series[str]") -> pd.DataFrame:
    """Return the shared slots of the event with most reports: a row each, and a column for every report.

    `slots` has the column text, of which the shortest stretch is shown. ● is a report that has the slot, ○
    one that has it elsewhere in its order.
    """
    shared = slots[slots["relation"] != "only here"]
    reports = shared.groupby("event_id")["doc_id"].nunique()
    if not len(reports):
        return pd.DataFrame()
    own = shared[shared["event_id"] == reports.index[int(reports.to_numpy().argmax())]]
    elsewhere = own.groupby(["slot_id", "doc_id"])["moved"].all()
    marks = elsewhere.map({True: "○", False: "●"}).unstack()
    shortest = (
        own.sort_values("n_tokens", kind="stable").drop_duplicates("slot_id").set_index("slot_id")["text"]
    )
    board: pd.DataFrame = marks.fillna("").rename(columns=lambda doc_id: f"in {labels[doc_id]}")
    board.insert(0, "part", [shortened(words, most=SHOWN_OF_SLOT) for words in shortest.reindex(board.index)])
    board.insert(1, "reports", marks.notna().sum(axis=1))
    return board.sort_values("reports", ascending=False, kind="stable").reset_index(drop=True)


def _slot_anchor(event_id: object, slot_id: object) -> str:
    """Return the anchor of a slot; the event's name goes in as a checksum, for it may hold anything."""
    return f"slot-{zlib.crc32(str(event_id).encode('utf-8', 'replace')):08x}-{slot_id}"


def _reader_key() -> Block:
    """Return the key to the marks of the reader."""
    html = Markup(
        '<p class="remark {}"><small>Key: <u>shared words</u>; <mark style="{}">other words than the '
        'other report has</mark>; no mark: only there; <span style="{}">shaded: direct quotation</span>; '
        "[number]: a difference in the table above.</small></p>"
    ).format(PLAIN, _CHANGED, _QUOTED)
    return Block(html, str(html.striptags()))


def _is_alone(rows: pd.DataFrame) -> bool:
    """Return whether the slot of these rows is in one report only."""
    return bool((rows["relation"] == "only here").all())


def _run(
    slots: Sequence[pd.DataFrame],
    reports: Sequence[str],
    pieces: dict[tuple[object, ...], pd.DataFrame],
    named: _Named,
    *,
    alone: bool,
) -> list[Block]:
    """Return slots in a row; several that single reports have as one fold, without those that lack them."""
    folded = alone and len(slots) >= FOLDED
    if not folded:
        return [_slot(rows, reports, pieces, named) for rows in slots]
    drawn = [_alone(rows, pieces, named) for rows in slots]
    counts = pd.concat(slots)["doc_id"].map(named.labels).value_counts(sort=False)
    told = listed([f"{n:,} in {name}" for name, n in counts.items()])
    return [details(f"{len(slots):,} parts in one report only: {told}", stack(drawn))]


def _alone(rows: pd.DataFrame, pieces: dict[tuple[object, ...], pd.DataFrame], named: _Named) -> Block:
    """Return a slot that one report alone has, inside a fold."""
    event_id, slot_id, doc_id = (rows[name].iloc[0] for name in ("event_id", "slot_id", "doc_id"))
    content = _readings(pieces[event_id, slot_id, doc_id], rows.sort_values("start_char"))
    html = Markup('<div class="slot {}" id="{}" style="{}"><small><b>{}</b>, part {}</small>{}</div>')
    anchor, name = _slot_anchor(event_id, slot_id), named.labels[doc_id]
    return Block(
        html.format(PLAIN, anchor, _RULE, safe(name), slot_id, content.html),
        f"[{slot_id}] {name}: {content.text}",
    )


def _slot(
    rows: pd.DataFrame,
    reports: Sequence[str],
    pieces: dict[tuple[object, ...], pd.DataFrame],
    named: _Named,
) -> Block:
    """Return one slot: a column for each report that has it, and on few reports for those that lack it."""
    event_id, slot_id = rows["event_id"].iloc[0], rows["slot_id"].iloc[0]
    relation = max(rows["relation"], key=RELATIONS.index)
    present = {str(name): own.sort_values("start_char") for name, own in rows.groupby("doc_id")}
    labels = named.labels
    names = [name for name in reports if name in present or len(reports) <= COLUMNS_SHOWN]
    style = _COLUMN.format(96 // min(len(names), COLUMNS_SHOWN))
    columns = []
    for name in names:
        content = Block(Markup('<p class="absent" style="{}">{}</p>').format(_TIGHT, _ABSENT), _ABSENT)
        where = Markup("")
        if name in present:
            content = _readings(pieces[event_id, slot_id, name], present[name])
            where = _where(event_id, present[name])
        html = Markup(
            '<div class="stretch" style="{}"><p style="{}"><small><b>{}</b>{}</small></p>{}</div>'
        ).format(style, _TIGHT, safe(labels[name]), where, content.html)
        columns.append(Block(html, f"{labels[name]} {where.striptags()}".rstrip() + f": {content.text}"))
    html = Markup(
        '<section class="slot {0}" id="{1}" aria-label="{7}, part {2}, {3}" style="{4}">'
        '<p style="{5}"><small>part {2}, {3}</small></p>\n<div class="stretches">{6}</div>\n</section>'
    )
    anchor = _slot_anchor(event_id, slot_id)
    body = stack(columns)
    return Block(
        html.format(PLAIN, anchor, slot_id, relation, _RULE, _TIGHT, body.html, safe(named.event(event_id))),
        f"[{slot_id}] {relation}\n{body.text}",
    )


def _where(event_id: object, own: pd.DataFrame) -> Markup:
    """Return where a report's moved stretches stand, with links; nothing for one in its place."""
    told = Markup("")
    for moved, follows in zip(own["moved"], own["follows"], strict=True):
        also = "also" if len(own) > 1 else "in another place:"
        if moved and follows < 0:
            told += Markup(" · {} opens the report").format(also)
        elif moved:
            told += Markup(' · {} after <a href="#{}">part {}</a>').format(
                also, _slot_anchor(event_id, follows), follows
            )
    return told


def _readings(pieces: pd.DataFrame, own: pd.DataFrame) -> Block:
    """Return the words of a report's stretches in a slot, a paragraph each."""
    between = (own["end_char"].to_numpy()[:-1] + own["start_char"].to_numpy()[1:]) // 2
    numbers = np.searchsorted(between, pieces["start_char"].to_numpy())
    return stack([_reading(pieces[numbers == number]) for number in range(len(own))])


def _reading(pieces: pd.DataFrame) -> Block:
    """Return the words of a stretch with their marks."""
    columns = ["quoted", "text", "mark", "partner", "partner_words", "differences"]
    parts = [_marked(*row) for row in pieces[columns].astype(object).itertuples(index=False, name=None)]
    words = "".join(pieces["text"]).strip()
    html = Markup('<p{} style="{}">{}</p>').format(attributes(words), _TIGHT, Markup("").join(parts))
    return Block(html, words)


def _marked(quoted: bool, text: str, mark: str, partner: str, words: str, differences: str) -> Markup:
    """Return one piece of text with its mark, its shade and the numbers of the differences that end there."""
    html = safe(text.replace("**", ""))
    if mark == "shared":
        html = Markup("<u>{}</u>").format(html)
    if mark == "changed":
        html = Markup('<mark style="{}" title="{}: {}">{}</mark>').format(
            _CHANGED, safe(partner), safe(words), html
        )
    if quoted:
        html = Markup('<span class="quoted" style="{}">{}</span>').format(_QUOTED, html)
    number = Markup('<a href="#difference-{0}" aria-label="difference {0}"><small>[{0}]</small></a>')
    return html + Markup("").join(number.format(k) for k in differences.split())
