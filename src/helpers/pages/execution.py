"""Notebooks run side by side where memory allows, and stored so that a rerun gives the same bytes."""

import asyncio
import copy
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from helpers.pairs import chosen_path
from helpers.text import load_documents

__all__ = ["PageError", "refresh", "run_notebooks", "tidy"]
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


class PageError(RuntimeError):
    """A notebook stopped; the message says where and why, `log` is the whole of what Python said."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


def refresh(paths: Sequence[Path]) -> None:
    """Run the notebooks and store them in place, tidied; raise PageError and store none if one fails."""
    notebooks, failure = run_notebooks(paths)
    if failure:
        raise failure
    for path, notebook in zip(paths, notebooks.values(), strict=True):
        aside = path.with_suffix(".new")
        aside.write_text(nbformat.writes(tidy(notebook)) + "\n", encoding="utf-8", newline="\n")
        aside.replace(path)


def run_notebooks(paths: Sequence[Path]) -> tuple[dict[str, NotebookNode], PageError | None]:
    """Return the notebooks that ran to their end, by name, and the failure of the first that did not."""
    notebooks = {path.stem: _cleared(nbformat.read(path, as_version=4)) for path in paths}
    cells = sum(cell.cell_type == "code" for notebook in notebooks.values() for cell in notebook.cells)
    with tqdm(total=cells, unit="cell", desc="notebooks", file=sys.stderr, leave=False) as bar:
        results = asyncio.run(_run_all(notebooks, [path.parent for path in paths], bar))
    failures = {name: result for name, result in zip(notebooks, results, strict=True) if result}
    finished = {name: notebook for name, notebook in notebooks.items() if name not in failures}
    return finished, next(iter(failures.values()), None)


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without times, versions and other traces of the machine that ran it."""
    tidied = copy.deepcopy(notebook)
    tidied.metadata = {
        "kernelspec": KERNELSPEC,
        "language_info": {"name": "python"},
        "title": notebook.metadata.title,
    }
    for cell in tidied.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    nbformat.validate(tidied)
    return tidied


def _cleared(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without its stored outputs, so that none can pass for new."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


async def _run_all(
    notebooks: dict[str, NotebookNode], folders: Sequence[Path], bar: "tqdm[Any]"
) -> list[PageError | None]:
    """Execute every notebook in place, several at a time."""
    room = asyncio.Semaphore(_kernels())

    async def run(name: str, folder: Path) -> PageError | None:
        async with room:
            bar.set_postfix_str(name)
            return await _run(name, notebooks[name], folder, bar.update)

    return await asyncio.gather(*map(run, notebooks, folders))


def _kernels() -> int:
    """Return how many kernels run at a time: one more than there are processors; of many reports one.

    Each reads the whole corpus: side by side, seven would hold gigabytes.
    """
    return (os.cpu_count() or 1) + 1 if chosen_path(load_documents()) == "all" else 1


async def _run(
    name: str, notebook: NotebookNode, folder: Path, advance: Callable[[], object]
) -> PageError | None:
    """Execute one notebook in its own kernel, in the folder it stands in; return its failure."""
    client = NotebookClient(
        notebook,
        timeout=None,
        record_timing=False,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        on_cell_executed=lambda **_: advance(),
    )
    try:
        # The kernel's own remarks on its start are not the reader's business; a failing cell is told below.
        await client.async_execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        return PageError(
            f"{name}.ipynb stopped at {_last_cell(notebook)}: {error.ename}: {error.evalue}", str(error)
        )
    except DeadKernelError as error:
        mend = "the kernel died, as it does when memory runs out; try fewer reports"
        return PageError(f"{name}.ipynb stopped at {_last_cell(notebook)}: {mend}", str(error))
    return None


def _last_cell(notebook: NotebookNode) -> str:
    """Return the number and the name of the last code cell that was begun."""
    begun = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count is not None]
    return f"code cell {len(begun)} ({begun[-1].id})" if begun else "its first cell"
