"""Tables that answer what a person asks of words."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = ["DatedUses", "DatedUsesTable"]


class DatedUsesTable(Table):
    """One row per date, event and outlet: the uses of what was asked for, none as well."""

    date: str = column("day of publication as far as it is known, YYYY-MM-DD, YYYY-MM or YYYY; else unknown")
    event_id: str = column("event")
    outlet: str = column("outlet")
    n: int = column("uses", ge=0)
    n_words: int = column("words of the outlet's reports of that date", ge=0)
    rate: float = column("uses per 1,000 words", ge=0)

    class Config:
        """Key."""

        unique = ("date", "event_id", "outlet")


DatedUses = Annotated[pd.DataFrame, DatedUsesTable]
