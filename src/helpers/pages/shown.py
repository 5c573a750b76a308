"""What every page is made of: an edition, and its tables with reports by the names of their outlets."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.pages import tables
from helpers.pages.blocks import Block
from helpers.pages.shelf import Shelf
from helpers.pages.tables import Look
from helpers.words import Concordance

__all__ = ["Shown"]


@dataclass(frozen=True)
class Shown:
    """One edition, and how it is shown; every page is one of these."""

    read: Edition = field(default_factory=open_corpus)

    @cached_property
    def shelf(self) -> Shelf:
        """Return the reports by name, with the places of their sentences."""
        return Shelf.of(self.read)

    def table(self, frame: pd.DataFrame, *, first: str = "", **options: Any) -> Block:
        """Return a table as people read it, the columns of `first` first; options as in `tables.table`."""
        return tables.table(frame, look=Look(self.shelf, first), **options)

    def drill(self, frame: pd.DataFrame, *, first: str = "", folds: int = 50, **options: Any) -> Block:
        """Return a table folded by a column; options as in `tables.drill`."""
        return tables.drill(frame, look=Look(self.shelf, first, folds), **options)

    def kwic(self, lines: Concordance, **options: Any) -> Block:
        """Return lines of words in context; options as in `tables.kwic`."""
        return tables.kwic(lines, look=Look(self.shelf), **options)
