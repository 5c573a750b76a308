"""What a CSV file beside a page is, and the columns that several of them share."""

from typing import NamedTuple

from helpers.table import Table
from helpers.voices import VOICES

__all__ = [
    "BY_VOICE",
    "COUNTED_ONCE",
    "EACH_REPORT",
    "LINE",
    "NAMED",
    "PAIR",
    "SPREAD",
    "Export",
    "of",
    "without",
]
# A column of this name stands for one column per report.
EACH_REPORT = "in <report>"
COUNTED_ONCE = {"n_sources": "its reports, those that rest on one text (page 05) counted once"}
SPREAD = {
    "uses": "uses in all reports",
    "reports": "reports that use it",
    **COUNTED_ONCE,
    EACH_REPORT: "uses in that report; over twelve reports have no columns of their own",
}
BY_VOICE = {voice: f"uses in the voice {voice.replace('_', ' ')}" for voice in VOICES} | {
    "boilerplate": "uses in links to other pages",
    "n": "uses in all",
}
NAMED = {
    "entity": "name of the entity",
    "target": "who or what the term is applied to, by name",
    "speaker": "name of the speaker, unknown, or the report itself",
}
LINE = {
    "report": "report",
    "left": "text before the node",
    "node": "the node as printed",
    "right": "text after the node",
    "voice": "voice the node stands in",
    "characters": "first code point in documents.text and the one after the last, counted from 0",
}
PAIR = {"pair": "the two reports"}


class Export(NamedTuple):
    """A CSV file: the page it stands beside, what a row is, and its columns with their meanings."""

    page: str
    row: str
    columns: dict[str, str]


def of(table: type[Table], names: str = "", **more: str) -> dict[str, str]:
    """Return columns with their meanings: those of `table` (all where none are named), and `more`."""
    own = {name: str(column.description) for name, column in table.to_schema().columns.items()}
    return {name: more.get(name) or own[name] for name in names.split() or own}


def without(table: type[Table], *names: str) -> dict[str, str]:
    """Return the columns of a table but some."""
    return {name: meaning for name, meaning in of(table).items() if name not in names}
