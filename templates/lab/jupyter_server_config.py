"""JupyterLab as `make lab` opens it: at the project, whose own notebooks are never saved over."""

from pathlib import PurePosixPath

from tornado.web import HTTPError

c = get_config()  # noqa: F821 - given by Jupyter


def keep_ours(model, path, **_):
    """Refuse to save a notebook of the project's; its copy in my-notebooks/ is there to be changed."""
    place = PurePosixPath(path.strip("/"))
    if model["type"] == "notebook" and place.parts[:1] == ("notebooks",):
        told = f"The project's notebooks are kept as they are: save it as my-notebooks/{place.name} instead."
        raise HTTPError(403, told, reason=told)


c.ContentsManager.pre_save_hook = keep_ours
# Those that are never saved over are not listed; what is in my-notebooks/ is a copy of them.
c.ContentsManager.hide_globs = [
    "__pycache__",
    "*.py[co]",
    "*.egg-info",
    ".*",
    "*~",
    "node_modules",
    "notebooks",
]
