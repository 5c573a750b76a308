"""Each page as blocks made from one edition; notebooks run, exported and built into a folder."""

from helpers.edition import open_corpus
from helpers.pages.exports import EXPORTS
from helpers.pages.own import bars, lines, save, show

__all__ = ["EXPORTS", "bars", "lines", "open_corpus", "save", "show"]
