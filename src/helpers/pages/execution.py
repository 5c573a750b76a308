"""Notebooks run: the project's own in processes forked from one that holds the edition, others in kernels."""

import asyncio
import copy
import gc
import io
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple, cast

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm
from traitlets import Type
from traitlets.config import Config

from helpers.edition import open_corpus
from helpers.pages.limit import TooLong, cell_seconds, limited
from helpers.place import PAGES

__all__ = ["PageError", "refresh", "run_notebooks", "tidy"]
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
# A cell that does not stop by itself at its limit is ended after so many times as long, and so many seconds:
# a busy machine may not come to stopping it at once.
PATIENCE, SLACK = 1.25, 5
DIED = "the process died, as it does when memory runs out; try fewer reports"
ENDED = "it was ended after {:,.0f} seconds"


class PageError(RuntimeError):
    """A notebook stopped; the message says where and why, `log` is the whole of what Python said."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


class _Done(NamedTuple):
    """A cell that has run: its number among the code cells, its outputs, its error and the trace of it."""

    number: int
    outputs: list[NotebookNode]
    error: str
    trace: str


class _Hook(DisplayHook):
    """Takes a cell's result as a kernel sends it, instead of printing it."""

    def write_output_prompt(self) -> None:
        """Print nothing."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Keep the result in all its forms."""
        own = {"data": format_dict, "metadata": md_dict or {}, "execution_count": self.prompt_count}
        cast(_Shell, self.shell).shown.append(nbformat.v4.new_output("execute_result", **own))

    def finish_displayhook(self) -> None:
        """Print nothing."""


class _Publisher(DisplayPublisher):
    """Takes what a cell displays as a kernel sends it."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        """Keep what is displayed in all its forms."""
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})
        cast(_Shell, self.shell).shown.append(output)


class _Shell(InteractiveShell):
    """A shell that keeps the outputs of the cell it runs."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    shown: list[NotebookNode]


class _Child(NamedTuple):
    """A forked process that runs a notebook: the seconds of a cell, and when its last one began."""

    name: str
    process: Any
    results: Connection
    seconds: float
    since: list[float]


def refresh(paths: Sequence[Path]) -> None:
    """Run the notebooks and store them in place, tidied; raise PageError and store none if one fails."""
    notebooks, failure = run_notebooks(paths)
    if failure:
        raise failure
    for path, notebook in zip(paths, notebooks.values(), strict=True):
        aside = path.with_suffix(".new")
        aside.write_text(nbformat.writes(tidy(notebook)) + "\n", encoding="utf-8", newline="\n")
        aside.replace(path)


def _prepare(forked: Sequence[Path], seconds: float) -> None:
    """Import what the notebooks need and make the tables they share, before their processes are forked."""
    for path in forked:
        import_module(f"helpers.pages.{path.stem.partition('-')[2]}")
    # What takes too long here does so again in the cell that asks for it, which is then named.
    with suppress(TooLong), limited(seconds):
        _ = open_corpus().prepare().dependence.groups


def run_notebooks(paths: Sequence[Path]) -> tuple[dict[str, NotebookNode], PageError | None]:
    """Return the notebooks that ran to their end, by name, and the failure of the first that did not."""
    notebooks = {path.stem: _cleared(nbformat.read(path, as_version=4)) for path in paths}
    # A notebook of another name is its user's, and may need all that a kernel has.
    forked = [path for path in paths if path.stem in PAGES and hasattr(os, "fork")]
    tqdm.monitor_interval = 0  # a thread of its own would be copied half
    failures: dict[str, PageError] = {}
    seconds = cell_seconds(open_corpus().documents)
    cells = sum(len(_code_cells(notebook)) for notebook in notebooks.values())
    with tqdm(total=cells, unit="cell", desc="notebooks", file=sys.stderr, leave=False) as bar:
        if forked:
            _prepare(forked, seconds)
            failures |= _run_forked(notebooks, forked, bar, seconds)
        for path in (path for path in paths if path not in forked):
            if failure := asyncio.run(_run_kernel(path, notebooks[path.stem], bar, seconds)):
                failures[path.stem] = failure
    finished = {name: notebook for name, notebook in notebooks.items() if name not in failures}
    return finished, next((failures[name] for name in notebooks if name in failures), None)


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without times, versions and other traces of the machine that ran it."""
    tidied = copy.deepcopy(notebook)
    title = {"title": notebook.metadata.title} if "title" in notebook.metadata else {}
    tidied.metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}} | title
    for cell in tidied.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    nbformat.validate(tidied)
    return tidied


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that hold code, in their order; an empty one is no cell to run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def _cleared(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without its stored outputs, so that none can pass for new."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _stopped(name: str, cells: Sequence[NotebookNode], number: int, why: str, log: str = "") -> PageError:
    """Return the failure of a notebook in its code cell `number`, from 1."""
    place = (
        f"code cell {number} ({cells[number - 1].get('id', 'no id')})"
        if 0 < number <= len(cells)
        else "its first cell"
    )
    return PageError(f"{name}.ipynb stopped at {place}: {why}", log)


def _run_forked(
    notebooks: dict[str, NotebookNode], paths: Sequence[Path], bar: "tqdm[Any]", seconds: float
) -> dict[str, PageError]:
    """Run notebooks in place, as many at a time as there are processors; return the failures by name.

    The tables of the edition are shared: memory is copied only where a process writes (copy-on-write).
    """
    failures: dict[str, PageError] = {}
    waiting, running = list(paths), dict[Connection, _Child]()
    gc.collect()
    gc.freeze()  # so that the collector does not write to what is shared
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            child = _forked(notebooks, waiting.pop(0), seconds, running)
            running[child.results] = child
        ready = wait(list(running), timeout=max(1, min(map(_left, running.values()))))
        for results, child in list(running.items()):
            failure = None
            if results in ready:
                bar.set_postfix_str(child.name)
                failure = _received(child, notebooks[child.name], bar)
            elif _left(child) <= 0:
                failure = _ended(child, notebooks)
            if failure:
                failures[child.name] = failure
            if child.results.closed:
                del running[results]
    gc.unfreeze()
    return failures


def _left(child: _Child) -> float:
    """Return the seconds that a child's cell has left before it is ended from outside."""
    return child.since[0] + PATIENCE * child.seconds + SLACK - time.monotonic()


def _forked(
    notebooks: dict[str, NotebookNode], path: Path, seconds: float, others: Iterable[Connection] = ()
) -> _Child:
    """Return a new process that runs a notebook and sends each cell's outputs; `others` are read here too."""
    results, send = get_context("fork").Pipe(duplex=False)
    sources = [cell.source for cell in _code_cells(notebooks[path.stem])]
    given = (sources, path.parent, send, seconds, [*others, results])
    process = get_context("fork").Process(target=_run_cells, args=given, daemon=True)
    with warnings.catch_warnings():
        # The libraries' threads are idle here, and none of them is used by the child.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    send.close()
    return _Child(path.stem, process, results, seconds, [time.monotonic()])


def _run_cells(
    sources: Sequence[str], folder: Path, send: Connection, seconds: float, read_elsewhere: list[Connection]
) -> None:
    """Run cells in a shell of this process, and send what each gave; stop at the first that fails."""
    # Where a process of the run holds these, one whose run was killed would wait for ever to be read.
    for results in read_elsewhere:
        results.close()
    os.chdir(folder)
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = _Shell.instance(config=config)
    for number, source in enumerate(sources, start=1):
        shell.shown = []
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()) as warned:
            error = _run_cell(shell, source, seconds)
        streams = {"stdout": said.getvalue(), "stderr": warned.getvalue()}
        outputs = [
            nbformat.v4.new_output("stream", name=name, text=text) for name, text in streams.items() if text
        ]
        why = (
            str(error) if isinstance(error, TooLong) else f"{type(error).__name__}: {error}" if error else ""
        )
        try:
            send.send(_Done(number, [*outputs, *shell.shown], why, "".join(streams.values())))
        except BrokenPipeError:
            return
        if error:
            break
    send.close()


def _run_cell(shell: _Shell, source: str, seconds: float) -> BaseException | None:
    """Run one cell within its limit; return its error, or None."""
    try:
        with limited(seconds):
            result = shell.run_cell(source, store_history=True)
    except TooLong as error:  # where the shell itself was at work
        return error
    failed: BaseException | None = result.error_before_exec or result.error_in_exec
    return failed


def _received(child: _Child, notebook: NotebookNode, bar: "tqdm[Any]") -> PageError | None:
    """Put what a child sent into its notebook; return its failure, and close what has ended."""
    cells = _code_cells(notebook)
    begun = sum(cell.execution_count is not None for cell in cells)
    try:
        done: _Done = child.results.recv()
    except EOFError:
        child.results.close()
        child.process.join()
        whole = begun == len(cells) and not child.process.exitcode
        return None if whole else _stopped(child.name, cells, begun + 1, DIED)
    child.since[0] = time.monotonic()
    cell = cells[done.number - 1]
    cell.execution_count = done.number
    cell.outputs = done.outputs
    bar.update()
    if not done.error:
        return None
    child.results.close()
    child.process.join()
    return _stopped(child.name, cells, done.number, done.error, done.trace)


def _ended(child: _Child, notebooks: dict[str, NotebookNode]) -> PageError:
    """Stop a child whose cell takes too long, and return its failure."""
    child.process.kill()
    child.process.join()
    child.results.close()
    cells = _code_cells(notebooks[child.name])
    begun = sum(cell.execution_count is not None for cell in cells)
    return _stopped(child.name, cells, begun + 1, ENDED.format(PATIENCE * child.seconds + SLACK))


async def _run_kernel(path: Path, notebook: NotebookNode, bar: "tqdm[Any]", seconds: int) -> PageError | None:
    """Execute one notebook in a kernel, in the folder it stands in; return its failure."""
    bar.set_postfix_str(path.stem)
    told: Callable[..., object] = lambda **_: bar.update()  # noqa: E731
    client = NotebookClient(
        notebook,
        timeout=seconds,
        record_timing=False,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=told,
    )
    why, log = "", ""
    try:
        # The kernel's own remarks on its start are not the reader's business; a failing cell is told below.
        await client.async_execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        why, log = f"{error.ename}: {error.evalue}", str(error)
    except (DeadKernelError, CellTimeoutError) as error:
        why, log = ENDED.format(seconds) if isinstance(error, CellTimeoutError) else DIED, str(error)
    if not why:
        return None
    cells = _code_cells(notebook)
    begun = sum(cell.execution_count is not None for cell in cells)
    return _stopped(path.stem, cells, begun, why, log)
