"""A run that is killed leaves none of its processes behind."""

import os
import select
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import nbformat
import pytest

from helpers.pages import execution

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="pages are made in kernels where fork is not")
# More than a pipe holds, so that a process that nobody reads waits.
LONG = "import time; time.sleep(1); print('x' * 1_000_000)"


def begin(folder: Path) -> None:
    """Start two notebooks side by side, as a run does, and read neither."""
    cells = [nbformat.v4.new_code_cell(LONG) for _ in range(2)]
    notebooks = {name: nbformat.v4.new_notebook(cells=cells) for name in ("a", "b")}
    first = execution._forked(notebooks, folder / "a.ipynb", 60)
    execution._forked(notebooks, folder / "b.ipynb", 60, [first.results])
    time.sleep(600)


def test_the_processes_of_a_killed_run_end(tmp_path):
    held, alive = os.pipe()
    run = get_context("fork").Process(target=begin, args=(tmp_path,))
    run.start()
    os.close(alive)
    time.sleep(0.5)
    assert not select.select([held], [], [], 0)[0]
    os.kill(run.pid, signal.SIGKILL)
    run.join()
    # Its last holder gone, the pipe is at its end.
    ready = select.select([held], [], [], 30)[0]
    os.close(held)
    assert ready
