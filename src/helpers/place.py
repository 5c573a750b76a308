"""Where the project and the chosen corpus stand; light, for whoever only has to look."""

import io
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

__all__ = ["PAGES", "ROOT", "chosen_corpus", "chosen_word", "commanded", "folder_path", "settle"]
# The project's own pages; a notebook of another name is its user's.
PAGES = ("00-corpus", "01-wording", "02-names", "03-voices", "04-framing", "05-derivation", "06-synopsis")
# Settings that would change a picture, or turn a remark into an error.
UNWANTED = ("MPLBACKEND", "MATPLOTLIBRC", "PYTHONWARNINGS", "PYTHONDEVMODE", "PYTHONSTARTUP", "PYTHONINSPECT")


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


def settle() -> None:
    """Let no setting of whoever runs a command change what it makes: warnings, backends, the form of output.

    Called by the commands alone, before they import what reads such settings.
    """
    for name in UNWANTED:
        os.environ.pop(name, None)
    # What Python does when nobody asks for more.
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name that the terminal cannot show is no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")


def commanded(main: Callable[[], int], stopped: str = "Stopped.") -> int:
    """Run a command, settled, and return its exit code; a stop by hand (Ctrl-C) is one line and 130."""
    settle()
    try:
        return main()
    except KeyboardInterrupt:
        print(f"\n{stopped}", file=sys.stderr)
        return 130
