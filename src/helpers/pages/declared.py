"""What a CSV file beside a page is: the page, what a row is, and its columns with their meanings."""

from typing import NamedTuple

from helpers.table import Table

__all__ = ["EACH_REPORT", "PAIR", "Export", "columns_of", "without"]
# A column of this name stands for one column per report.
EACH_REPORT = "in <report>"
PAIR = {"pair": "the two reports"}


class Export(NamedTuple):
    """A CSV file: the page it stands beside, what a row is, and its columns with their meanings."""

    page: str
    row: str
    columns: dict[str, str]


def columns_of(table: type[Table], names: str = "", **more: str) -> dict[str, str]:
    """Return columns with their meanings: those of `table` (all where none are named), and `more`."""
    own = {name: str(column.description) for name, column in table.to_schema().columns.items()}
    return {name: more.get(name) or own[name] for name in names.split() or own}


def without(table: type[Table], *names: str) -> dict[str, str]:
    """Return the columns of a table but some."""
    return {name: meaning for name, meaning in columns_of(table).items() if name not in names}
