"""Each page as blocks: sentences, tables and pictures made from the tables of the rooms."""

from helpers.pages.blocks import link, note, table
from helpers.pages.execution import PageError, refresh, run_notebooks

__all__ = ["PageError", "link", "note", "refresh", "run_notebooks", "table"]
