"""What every page is made of: an edition, and its tables with reports by the names of their outlets."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.pages import tables
from helpers.pages.blocks import Block, answer, say
from helpers.pages.phrases import brief, ground
from helpers.pages.shelf import Shelf
from helpers.pages.tables import Look
from helpers.words import Concordance

__all__ = ["Shown"]
REPORTS = ("doc_id", "doc_id_a", "doc_id_b")


@dataclass(frozen=True)
class Shown:
    """One edition, and how it is shown; every page is one of these."""

    read: Edition = field(default_factory=open_corpus)

    @cached_property
    def shelf(self) -> Shelf:
        """Return the reports by name, with the places of their sentences."""
        return Shelf.of(self.read)

    @cached_property
    def told(self) -> tuple[list[str], list[str]]:
        """Return the sentences of the answer, and those that the first screen has no room for."""
        return brief(self.points())

    def points(self) -> list[str]:
        """Return all that the page has to say at first, the most important first."""
        return []

    def picture(self) -> Block | None:
        """Return the picture that shows the answer."""
        return None

    def in_short(self) -> Block:
        """Return the answer: three sentences at most, and the picture that shows it."""
        return answer(self.told[0], self.picture())

    def further(self) -> Block:
        """Return what else there is to say at first, and what it rests on."""
        told = [*self.told[1], *self.by_source(), *ground(self.read)]
        return say(*(told or ["The lines above say it all."]))

    def by_source(self) -> list[str]:
        """Return how many independent sources the reports are, on the pages that count reports."""
        return []

    def by_name(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table with reports by name in the place of ids, for pictures and sentences."""
        names = [name for name in REPORTS if name in frame]
        return frame.assign(**{name: frame[name].map(self.shelf.names).fillna(frame[name]) for name in names})

    def table(self, frame: pd.DataFrame, *, first: str = "", **options: Any) -> Block:
        """Return a table as people read it, the columns of `first` first; options as in `tables.table`."""
        return tables.table(frame, look=Look(self.shelf, first), **options)

    def drill(self, frame: pd.DataFrame, *, first: str = "", folds: int = 50, **options: Any) -> Block:
        """Return a table folded by a column; options as in `tables.drill`."""
        return tables.drill(frame, look=Look(self.shelf, first, folds), **options)

    def kwic(self, lines: Concordance, **options: Any) -> Block:
        """Return lines of words in context; options as in `tables.kwic`."""
        return tables.kwic(lines, look=Look(self.shelf), **options)
