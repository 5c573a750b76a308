"""The authority file: entities, their aliases and decided spellings, checked together."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from helpers.names.tables import Aliases, AliasesTable, EntitiesTable, SpellingsTable
from helpers.table import conform
from helpers.text import (
    STOP_WORDS,
    CorpusError,
    Problem,
    Row,
    is_date,
    list_cells,
    list_frame,
    rejected,
    stars_mend,
)

__all__ = ["load_aliases", "load_entities", "load_spellings", "merged_entities"]
_SHORT = 5
# Unknown ids for which the nearest known one is looked up, and rows of one alias each is compared with.
MOST_HINTS, MOST_RIVALS = 20, 50


def load_entities(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the authority file's entities.

    Entities, aliases and spellings are one authority: whatever is wrong in any of them is told at once.
    """
    return _authority(folder)[0]


def load_aliases(folder: str | Path | None = None) -> Aliases:
    """Return the forms by which entities are named, the accepted spellings among them (as exact names)."""
    _, aliases, spellings = _authority(folder)
    accepted = spellings[spellings["decision"] == "accepted"].rename(columns={"surface": "alias"})
    accepted = accepted.assign(kind="name", case="exact", valid_from="", valid_to="", scope="")
    return conform(pd.concat([aliases, accepted.assign(note="accepted spelling")]), AliasesTable)


def load_spellings(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the spellings that were proposed and accepted or rejected; none where no file is kept."""
    return _authority(folder)[2]


def merged_entities(folder: str | Path | None = None) -> dict[str, str]:
    """Return the drafted entities that a person merged, each with the entity it is now.

    A drafted entity is merged where its canonical name is given to another entity in aliases.csv, which is
    one cell changed; its other forms follow.
    """
    entities, _ = list_cells("entities.csv", EntitiesTable, folder)
    aliases, _ = list_cells("aliases.csv", AliasesTable, folder)
    return _merged(entities, aliases)


def _merged(entities: list[Row], aliases: list[Row]) -> dict[str, str]:
    """Return the drafted entities whose canonical name is another's alias, each with that one."""
    owners: dict[str, set[str]] = {}
    for _, cells in aliases:
        if not cells["scope"]:
            owners.setdefault(_plain(cells["alias"]), set()).add(cells["entity_id"])
    known = {cells["entity_id"] for _, cells in entities}
    into: dict[str, str] = {}
    for _, cells in entities:
        own = owners.get(_plain(cells["canonical"]), set())
        is_draft = cells.get("status", "").strip().lower() == "draft"
        if is_draft and len(own) == 1 and own <= known - {cells["entity_id"]}:
            (into[cells["entity_id"]],) = own
    return _followed(into)


def _followed(into: dict[str, str]) -> dict[str, str]:
    """Return for each the last that it leads to; two that lead to each other are left out.

    The check of rivals tells of those.
    """
    merged = {}
    for entity_id in into:
        seen, last = {entity_id}, into[entity_id]
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        if last not in seen:
            merged[entity_id] = last
    return merged


def _given(rows: list[Row], merged: dict[str, str], key: tuple[str, ...]) -> list[Row]:
    """Return rows of forms under the entities that they are now; of two alike the first."""
    moved = [
        (row, cells | {"entity_id": merged.get(cells["entity_id"], cells["entity_id"])})
        for row, cells in rows
    ]
    first: dict[tuple[str, ...], Row] = {}
    for row, cells in moved:
        first.setdefault(tuple(cells[column] for column in key), (row, cells))
    return list(first.values()) if merged else rows


def _plain(name: str) -> str:
    """Return a name as names are compared here."""
    return " ".join(name.split()).casefold()


def _authority(folder: str | Path | None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return entities, aliases and spellings, or raise CorpusError with all that is wrong in the three."""
    entities, of_entities = list_cells("entities.csv", EntitiesTable, folder)
    aliases, of_aliases = list_cells("aliases.csv", AliasesTable, folder)
    spellings, of_spellings = list_cells("spellings.csv", SpellingsTable, folder)
    gone = rejected("entities.csv", "entity_id", folder)
    aliases = [(row, cells) for row, cells in aliases if cells["entity_id"] not in gone]
    merged = _merged(entities, aliases)
    entities = [(row, cells) for row, cells in entities if cells["entity_id"] not in merged]
    aliases = _given(aliases, merged, AliasesTable.Config.unique)
    spellings = _given(spellings, merged, SpellingsTable.Config.unique)
    # Without a readable list of entities every alias would be blamed for the list's one mistake.
    whole = not any(problem.column == "" or problem.row == 1 for problem in of_entities)
    known = {cells["entity_id"] for _, cells in entities}
    problems = [*of_entities, *of_aliases, *of_spellings]
    problems += _entity_problems(entities) + _alias_problems(aliases)
    if whole:
        problems += _unknown_entities("aliases.csv", aliases, known)
        problems += _unknown_entities("spellings.csv", spellings, known)
    problems += _rival_problems(entities, aliases, spellings)
    if problems:
        raise CorpusError(problems)
    return (
        list_frame(entities, EntitiesTable),
        list_frame(aliases, AliasesTable),
        list_frame(spellings, SpellingsTable),
    )


def _entity_problems(rows: list[Row]) -> list[Problem]:
    """Return the ids and Wikidata items that are not well formed."""
    problems = []
    for row, cells in rows:
        if not re.fullmatch(r"[^\W_A-Z]+(-[^\W_A-Z]+)*", cells["entity_id"]):
            mend = "write small letters, digits and hyphens"
            problems.append(Problem("entities.csv", row, "entity_id", cells["entity_id"], mend))
        if cells["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", cells["wikidata"]):
            mend = "not an item; write Q and its number, or leave it empty"
            problems.append(Problem("entities.csv", row, "wikidata", cells["wikidata"], mend))
    return problems


def _date_problems(row: int, first: str, last: str) -> Iterator[Problem]:
    """Yield the dates of an alias that are none, or in the wrong order."""
    for column, day in (("valid_from", first), ("valid_to", last)):
        if day and not _is_day(day):
            mend = "not a date; write 2024-03-26, 2024-03 or 2024"
            yield Problem("aliases.csv", row, column, day, mend)
    if first and last and first > last + "~":
        yield Problem("aliases.csv", row, "valid_to", last, f"before valid_from ({first}); swap them")


def _alias_problems(rows: list[Row]) -> list[Problem]:
    """Return the dates that are none or in the wrong order, and short words whose capitals do not count."""
    problems: list[Problem] = []
    for row, cells in rows:
        alias = cells["alias"]
        problems += _date_problems(row, cells["valid_from"], cells["valid_to"])
        if stars_mend(alias):
            problems.append(Problem("aliases.csv", row, "alias", alias, stars_mend(alias)))
        common = len(alias) < _SHORT or alias.casefold() in STOP_WORDS
        if cells["case"] == "fold" and common and alias.lower() != alias.upper():
            mend = f"{alias!r} would also be found as {alias.lower()!r}; write exact"
            problems.append(Problem("aliases.csv", row, "case", "fold", mend))
    return problems


def _is_day(text: str) -> bool:
    """Return whether a text is a year, a month or a day of the calendar."""
    shaped = re.fullmatch(r"\d{4}(-\d{2}){0,2}", text)
    return shaped is not None and is_date(text if "-" in text else f"{text}-01")


def _unknown_entities(name: str, rows: list[Row], known: set[str]) -> list[Problem]:
    """Return the rows of an entity that is not in entities.csv, with the nearest that is."""
    problems = []
    names, hints = sorted(known), dict[str, list[str]]()
    for row, cells in rows:
        if cells["entity_id"] not in known:
            unknown = cells["entity_id"]
            if unknown not in hints and len(hints) < MOST_HINTS:
                hints[unknown] = get_close_matches(unknown, names, n=1)
            near = hints.get(unknown)
            mend = f"not in entities.csv; {f'did you mean {near[0]}?' if near else 'add it there'}"
            problems.append(Problem(name, row, "entity_id", cells["entity_id"], mend))
    return problems


def _rival_problems(entities: list[Row], aliases: list[Row], spellings: list[Row]) -> list[Problem]:
    """Return the aliases that name two entities at the same time and in the same scope."""
    bare = dict.fromkeys(("valid_from", "valid_to", "scope"), "")
    names = [(0, bare | {"entity_id": c["entity_id"], "alias": c["canonical"]}) for _, c in entities]
    names += [
        (row, bare | {"entity_id": c["entity_id"], "alias": c["surface"]})
        for row, c in spellings
        if c["decision"] == "accepted"
    ]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row, cells in [*aliases, *names]:
        groups.setdefault((" ".join(cells["alias"].split()).casefold(), cells["scope"]), []).append(
            (row, cells)
        )
    return [
        Problem("aliases.csv", row, "alias", one["alias"], _rival(other["entity_id"], line))
        for rows in groups.values()
        for place, (row, one) in enumerate(rows)
        for line, other in rows[place + 1 : place + 1 + MOST_RIVALS]
        if one["entity_id"] != other["entity_id"] and _at_one_time(one, other)
    ]


def _rival(entity_id: str, row: int) -> str:
    """Return the mend for an alias another entity has too."""
    place = f"row {row}" if row else "its canonical name"
    return f"also names {entity_id} ({place}); give dates or a scope that keep them apart"


def _at_one_time(one: dict[str, str], other: dict[str, str]) -> bool:
    """Return whether the dates of two rows overlap."""
    return all(
        not a["valid_to"] or b["valid_from"] <= a["valid_to"] + "~" for a, b in ((one, other), (other, one))
    )
