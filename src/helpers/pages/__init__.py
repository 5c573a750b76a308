"""Each page as blocks made from one edition; notebooks run, exported and built into a folder."""

from helpers.pages.exports import EXPORTS

__all__ = ["EXPORTS"]
