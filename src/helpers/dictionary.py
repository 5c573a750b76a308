"""The data dictionary, collected from the tables of all packages: `python -m helpers.dictionary`."""

import numpy as np
import pandera.pandas as pa

# Imported for the tables that each declares; the order is that of the packages.
from helpers import derivation, framing, names, pairs, synopsis, text, voices, words
from helpers.pages import EXPORTS
from helpers.table import Table

__all__ = ["TABLES", "data_dictionary"]

PACKAGES = (text, pairs, names, voices, words, framing, derivation, synopsis)
TABLES: tuple[type[Table], ...] = tuple(
    table
    for package in PACKAGES
    for table in Table.__subclasses__()
    if table.__module__.startswith(f"{package.__name__}.tables")
)


def data_dictionary() -> str:
    """Return the Markdown data dictionary of all tables, as kept in data/README.md.

    >>> data_dictionary().splitlines()[0]
    '# Data dictionary'
    """
    lines = ["# Data dictionary", "", "Generated from the tables of `src/helpers` by `make dictionary`."]
    for table in TABLES:
        columns = table.to_schema().columns
        lines += ["", f"## {table.__name__.removesuffix('Table')}", "", str(table.__doc__)]
        lines += ["", "| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| {name} | {_type_name(column)} | {column.description} |" for name, column in columns.items()
        ]
    lines += ["", "# Files beside the pages", "", "The CSV files that a page links to, in `reports/csv`."]
    for name, export in EXPORTS.items():
        lines += ["", f"## {export.page}-{name}.csv", "", f"One row per {export.row.removeprefix('a ')}."]
        lines += ["", "| column | meaning |", "|---|---|"]
        lines += [f"| {column} | {meaning} |" for column, meaning in export.columns.items()]
    return "\n".join(lines) + "\n"


def _type_name(column: pa.Column) -> str:
    """Return the short name of a column's type: str, int, float or bool."""
    kind = np.dtype(object) if "str" in str(column.dtype) else np.dtype(str(column.dtype))
    return {"O": "str", "i": "int", "u": "int", "f": "float", "b": "bool"}[kind.kind]


if __name__ == "__main__":
    print(data_dictionary(), end="")
