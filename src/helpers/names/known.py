"""What is known of names beforehand: short forms of given names; countries' other names and capitals."""

from functools import cache

from helpers.place import ROOT
from helpers.text import read_cells

__all__ = ["capitals", "countries", "given_name", "is_given_name"]
REFERENCE = ROOT / "data" / "reference"


@cache
def _short() -> dict[str, frozenset[str]]:
    """Return the given names that a short form stands for, in small letters."""
    names: dict[str, set[str]] = {}
    for row in _rows("given_names.csv"):
        for short in row["short"].split("|"):
            names.setdefault(short.casefold(), set()).add(row["name"].casefold())
    return {short: frozenset(full) for short, full in names.items()}


def given_name(one: str, other: str) -> bool:
    """Return whether two given names, in small letters, may be one: a short form and a full one.

    >>> given_name("bob", "robert"), given_name("ann", "robert")
    (True, False)
    """
    short = _short()
    return other in short.get(one, ()) or one in short.get(other, ())


def is_given_name(word: str) -> bool:
    """Return whether a word, in small letters, is one of the given names of data/reference, or short for one.

    >>> is_given_name("bob"), is_given_name("poe")
    (True, False)
    """
    short = _short()
    return word in short or word in _full()


@cache
def _full() -> frozenset[str]:
    """Return the given names that have short forms, in small letters."""
    return frozenset().union(*_short().values())


@cache
def countries() -> dict[str, str]:
    """Return the usual name of each country by its other names, all in small letters and without dots.

    >>> countries()["uk"]
    'united kingdom'
    """
    return {
        _plain(other): _plain(row["country"])
        for row in _rows("countries.csv")
        for other in row["other_names"].split("|")
        if other
    }


@cache
def capitals() -> dict[str, str]:
    """Return the usual name of a country by its capital, in small letters.

    >>> capitals()["ottawa"]
    'canada'
    """
    return {
        _plain(city): _plain(row["country"])
        for row in _rows("countries.csv")
        for city in row["capital"].split("|")
        if city
    }


def _plain(name: str) -> str:
    """Return a name as names are compared."""
    return name.casefold().replace(".", "").replace("-", " ")


def _rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a list in data/reference."""
    return [cells for _, cells in read_cells(REFERENCE / name, ()).rows]
