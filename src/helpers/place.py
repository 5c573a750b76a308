"""Where the project and the chosen corpus stand; light, for whoever only has to look."""

import os
from pathlib import Path

__all__ = ["PAGES", "ROOT", "chosen_corpus", "chosen_word", "folder_path"]
# The project's own pages; a notebook of another name is its user's.
PAGES = ("00-corpus", "01-wording", "02-names", "03-voices", "04-framing", "05-derivation", "06-synopsis")


def _find_root() -> Path:
    """Return the project's folder: upward from here, else from this file."""
    for start in (Path.cwd(), Path(__file__).resolve()):
        for folder in (start, *start.parents):
            if (folder / "pyproject.toml").is_file() and (folder / "notebooks").is_dir():
                return folder
    return Path.cwd()


ROOT = _find_root()


def chosen_corpus() -> Path | None:
    """Return the folder named by the environment variable CORPUS, or None for the four seeds."""
    name = os.environ.get("CORPUS", "").strip()
    if not name:
        return None
    path = Path(name).expanduser()
    # A notebook's kernel is in the folder of its notebook.
    return path.absolute() if path.exists() and not (ROOT / path).exists() else ROOT / path


def chosen_word() -> str:
    """Return the word named by the environment variable WORD, or nothing."""
    return os.environ.get("WORD", "").strip()


def folder_path(folder: str | Path) -> Path:
    """Return a folder as a path: as it stands from here, or else from the project's folder.

    >>> folder_path("seeds").is_dir()
    True
    """
    path = Path(folder).expanduser()
    return path if path.exists() else ROOT / path
