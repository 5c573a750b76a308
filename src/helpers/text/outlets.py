"""Outlets in several spellings: proposed as one, counted as one only where outlets.csv says so."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from helpers.table import UNKNOWN
from helpers.text.manifest import OUTLETS, Report
from helpers.text.outletkeys import outlet_key
from helpers.text.problems import Note, Problem, composed
from helpers.text.readers import read_cells

__all__ = ["OUTLET_COLUMNS", "load_outlets", "propose_outlets", "with_outlets"]
OUTLET_COLUMNS = ("outlet", "aliases", "country", "note")


def propose_outlets(names: Iterable[str], known: Iterable[str] = ()) -> list[tuple[str, list[str]]]:
    """Return outlets that are perhaps one: the spelling most used, and the others.

    `names` has one for each report; those `known` have a row of their own in outlets.csv, and are two where
    both have one. Of spellings used equally, one that is neither a domain nor all capitals comes first.

    >>> propose_outlets(["EL UNIVERSAL", "El Universal", "Radio Ford"])
    [('El Universal', ['EL UNIVERSAL'])]
    """
    counts = Counter(name for name in names if name and name != UNKNOWN)
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        alike[outlet_key(name) or name].append(name)
    own = set(known)
    proposed = []
    for spellings in alike.values():
        ranked = sorted(
            spellings, key=lambda n: (n not in own, -counts[n], "." in n, n.isupper() or n.islower(), n)
        )
        others = [name for name in ranked[1:] if name not in own]
        proposed += [(ranked[0], others)] if others else []
    return sorted(proposed)


def load_outlets(path: Path, problems: list[Problem]) -> tuple[dict[str, str], list[str]]:
    """Return the outlet of each alias in outlets.csv, and the outlets with a row."""
    if not path.exists():
        return {}, []
    table = read_cells(path, ("outlet", "aliases"))
    problems += table.problems
    aliases: dict[str, str] = {}
    rows = [(row, {name: composed(cell) for name, cell in cells.items()}) for row, cells in table.rows]
    names = [cells["outlet"] for _, cells in rows]
    own = set(names)
    for row, cells in rows:
        if not cells["outlet"]:
            problems.append(Problem(path.name, row, "outlet", "", "empty; name the outlet"))
        for alias in filter(None, map(str.strip, re.split("[|;]", cells["aliases"]))):
            other = aliases.setdefault(alias, cells["outlet"])
            if other != cells["outlet"]:
                told = f"already an alias of {other}; delete one"
                problems.append(Problem(path.name, row, "aliases", alias, told))
            elif alias in own and alias != cells["outlet"]:
                told = "has a row of its own too; delete that row or this alias"
                problems.append(Problem(path.name, row, "aliases", alias, told))
    return aliases, names


def with_outlets(
    reports: list[Report], known: tuple[dict[str, str], list[str]], notes: list[Note]
) -> list[Report]:
    """Return the reports with the outlets of outlets.csv, and remark on outlets that may be one."""
    aliases, names = known
    changed = []
    for report in reports:
        written = report.cells.get("outlet", "")
        outlet = aliases.get(written, written)
        if outlet != written:
            told = f"{report.cells.get('outlet_evidence', '')} Written {written}; one by {OUTLETS}.".strip()
            report = report._replace(cells=report.cells | {"outlet": outlet, "outlet_evidence": told})
        changed.append(report)
    for outlet, others in propose_outlets((r.cells.get("outlet", "") for r in changed), names):
        told = (
            f"{outlet} and {', '.join(others)} are perhaps one outlet, and are counted apart; "
            f"to count them as one, write the others under aliases"
        )
        notes.append(Note(OUTLETS, told))
    return changed
