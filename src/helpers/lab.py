"""Copies of the notebooks to play in, for `make lab`: `python -m helpers.lab`. The project's own are kept."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from helpers.place import ROOT

__all__ = ["copy_notebooks", "main"]
NOTEBOOKS, MINE = ROOT / "notebooks", ROOT / "my-notebooks"
# What was copied, by name: the checksum of each copy as it was made.
RECORD = ".copies.json"
START = "explore.ipynb"


def main() -> int:
    """Make the copies, and say where they are; return 0, or 1 where they cannot be written."""
    try:
        changed = copy_notebooks(NOTEBOOKS, MINE)
    except OSError as error:
        print(f"my-notebooks/ cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"Start with {MINE.name}/{START}; what you change in {MINE.name}/ is yours and stays.")
    if changed:
        told = "is changed and was kept" if len(changed) == 1 else "are changed and were kept"
        print(f"{', '.join(changed)} {told}; delete a copy to have it fresh.")
    return 0


def copy_notebooks(notebooks: Path, mine: Path) -> list[str]:
    """Copy the notebooks into the folder `mine`; return the names of copies that were changed since.

    A copy that nobody changed is replaced by the notebook as it is now; a changed one is kept.
    """
    mine.mkdir(exist_ok=True)
    made, changed = _recorded(mine), []
    for path in sorted(notebooks.glob("*.ipynb")):
        copy = mine / path.name
        if copy.exists() and _checksum(copy) not in (made.get(path.name), _checksum(path)):
            changed.append(path.name)
            continue
        shutil.copyfile(path, copy)
        made[path.name] = _checksum(copy)
    (mine / RECORD).write_text(
        json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )
    return changed


def _recorded(mine: Path) -> dict[str, str]:
    """Return the checksums of the copies as they were made, or nothing."""
    try:
        made = json.loads((mine / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def _checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
