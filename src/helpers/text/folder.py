"""A folder's entries, each accounted for: read, or not read and why."""

import difflib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from helpers.text.manifest import COLUMNS, FETCHED, MANIFEST, OUTLETS, PAGES, TABLES, TEXTS
from helpers.text.packed import HOLDERS
from helpers.text.problems import Note, Problem, mend, without_surrogates

__all__ = ["LISTS", "Entry", "Walked", "entries_read", "has_changed", "walk"]
# The lists that a corpus may have in its lexicons/.
LISTS = (
    "aliases.csv",
    "entities.csv",
    "framing_terms.csv",
    "planned_terms.csv",
    "speech_verbs.csv",
    "spellings.csv",
    "voice_overrides.csv",
)
LEXICONS, CODING = "lexicons", "coding"
_USES = {
    MANIFEST: "the manifest",
    OUTLETS: "the list of outlets",
    COLUMNS: "the list of columns",
    FETCHED: "what happened to each address that was fetched; no report",
}
_TO_READ, _LOOKED_INTO = "a report", "looked into"
_NOT_READ = "not read; save the report's text as .txt to have it read"


class Entry(NamedTuple):
    """A file or folder of the corpus, or a folder with all in it, and what became of it."""

    entry: str
    kind: str
    entries: int
    reports: int
    use: str


class Walked(NamedTuple):
    """The report files of a folder by relative name, what is in the way, remarks, and every entry."""

    files: dict[str, str]
    problems: list[Problem]
    notes: list[Note]
    entries: list[Entry]


def walk(folder: Path) -> Walked:
    """Return the report files of `folder` by relative name, in order, and what became of every entry.

    Hidden files, lexicons/, the manifest and the resources of a saved page are no reports. A link that
    leads out of the folder, or to a folder, is refused, in lexicons/ too. The entries that the rows of
    `entries` count add up to those of the folder and all folders in it.
    """
    found = Walked({}, [], [], [])
    root = os.path.realpath(folder)
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            name = prefix.rstrip("/") or folder.name
            found.problems.append(Problem(without_surrogates(name), None, "", "", mend(error)))
            continue
        pages = {entry.name.rpartition(".")[0] for entry in entries if entry.name.lower().endswith(PAGES)}
        for entry in entries:
            refused = "" if entry.name.startswith(".") else _entry_mend(entry, root)
            if not _taken(entry, prefix, pages, found, refused):
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
    return found._replace(files=dict(sorted(found.files.items())), entries=sorted(found.entries))


def has_changed(folder: Path, entries: Iterable[Entry]) -> bool:
    """Return whether files came or went since a folder was walked; hidden ones aside."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    looked = [""]
    for entry, _, _, _, use in entries:
        place, _, name = entry.removesuffix("/").rpartition("/")
        known[place].add(name)
        looked += [entry[:-1]] if use == _LOOKED_INTO else []
    return any(_shown(folder / place) != {n for n in known[place] if n[:1] != "."} for place in looked)


def _shown(folder: Path) -> set[str]:
    """Return the names in a folder as they are shown, hidden ones aside; none where it cannot be read."""
    try:
        return {without_surrogates(one.name) for one in os.scandir(folder) if one.name[:1] != "."}
    except OSError:
        return set()


def _taken(entry: os.DirEntry[str], prefix: str, pages: set[str], found: Walked, told: str) -> str:
    """Add an entry to what was `found`, and return its use: empty for a folder to look into.

    `told` is what to do about it, where it is refused.
    """
    name = prefix + entry.name
    if told:
        found.problems.append(Problem(without_surrogates(name), None, "", "", told))
    use, note = (told, "") if told else _use(entry, prefix, pages)
    if note:
        found.notes.append(Note(name + ("/" if entry.is_dir() else ""), note))
    shown = without_surrogates(name)
    if use == _TO_READ:
        found.files[name] = entry.path
        found.entries.append(Entry(shown, _kind(entry), 1, 0, use))
        return use
    is_folder = entry.is_dir(follow_symlinks=False)
    skipped = os.walk(entry.path) if is_folder and use else ()
    inside = sum(len(folders) + len(names) for _, folders, names in skipped)
    shown += "/" if is_folder else ""
    found.entries.append(Entry(shown, _kind(entry), 1 + inside, 0, use or _LOOKED_INTO))
    return use


def entries_read(entries: Iterable[Entry], reports: Counter[str]) -> list[Entry]:
    """Return the entries with how many reports were read from each."""
    return [
        Entry(name, kind, inside, reports[name], _read_as(name, reports[name]) if use == _TO_READ else use)
        for name, kind, inside, _, use in entries
    ]


def _read_as(name: str, n: int) -> str:
    """Return what a file was read as that holds so many reports."""
    if not n:
        return "read; no report in it"
    if name.lower().endswith(TABLES):
        return "a table of reports"
    return _TO_READ if n == 1 else "several reports"


def _use(entry: os.DirEntry[str], prefix: str, pages: set[str]) -> tuple[str, str]:
    """Return what an entry is used for, or why it is not, and a remark; no use for a folder to look into."""
    if entry.name.startswith("."):
        return "not read; its name begins with a dot", ""
    if prefix == f"{LEXICONS}/":
        return _list_use(entry)
    if not prefix and entry.name in _USES:
        return _USES[entry.name], ""
    if entry.is_dir():
        remark = "not read; the resources of the saved page beside it" if _is_of_page(entry, pages) else ""
        return remark, remark
    if entry.name.lower().endswith((*TEXTS, *PAGES, *TABLES, *HOLDERS)):
        return _TO_READ, ""
    return _NOT_READ, _NOT_READ


def _list_use(entry: os.DirEntry[str]) -> tuple[str, str]:
    """Return what an entry of lexicons/ is used for, or why it is not, and a remark."""
    if entry.is_file() and entry.name in LISTS:
        return "a list", ""
    if entry.is_dir() and entry.name == CODING:
        return "what a second person codes", ""
    near = difflib.get_close_matches(entry.name.lower(), LISTS, n=1)
    told = f"not read; {f'did you mean {near[0]}?' if near else 'no list has this name'}"
    return told, told


def _kind(entry: os.DirEntry[str]) -> str:
    """Return what an entry is: a file, a folder, a link, or another thing."""
    if entry.is_file(follow_symlinks=False):
        return "file"
    return "link" if entry.is_symlink() else "folder" if entry.is_dir() else "other"


def _is_of_page(entry: os.DirEntry[str], pages: set[str]) -> bool:
    """Return whether a folder holds the resources of a saved page: so named, and no report of its own."""
    if not entry.name.endswith("_files") or entry.name.removesuffix("_files") not in pages:
        return False
    try:
        return not any(path.name.lower().endswith((*TEXTS, *TABLES)) for path in Path(entry.path).iterdir())
    except OSError:
        return False


def _entry_mend(entry: os.DirEntry[str], root: str) -> str:
    """Return what to do about an entry of a folder that cannot be read, or nothing."""
    if without_surrogates(entry.name) != entry.name:
        return "its name is not UTF-8; rename it"
    try:
        if entry.is_file(follow_symlinks=False):
            return ""
        if entry.is_symlink():
            if not Path(os.path.realpath(entry.path)).is_relative_to(root):
                return "a link that leads out of the corpus folder; put the file itself there"
            if entry.is_dir():
                return "a link to a folder; put the reports themselves there"
        return "" if entry.is_file() or entry.is_dir() else "not a file; take it away"
    except OSError as error:
        return mend(error)
