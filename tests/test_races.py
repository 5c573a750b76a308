"""Two runs at once for the same pages: one writes them, the other says so in a line; nothing is left over."""

import multiprocessing
import os
import sys
import time
from pathlib import Path

import pytest
from test_interruption import files, finished, notebooks

from helpers import report
from helpers.edition import open_corpus
from helpers.pages import building

ROUNDS = int(os.environ.get("ROUNDS", "10"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no such processes there")


def started(folder: Path, number: int, round_: int, barrier) -> multiprocessing.Process:
    """Start a run of its own that writes the pages when the other is ready too."""

    def run() -> None:
        report.NOTEBOOKS, report.made_from = (
            folder / f"notebooks-{number}",
            lambda *_: f"run {number} {round_}",
        )
        building.run_notebooks = lambda paths: (time.sleep(0.05), finished(paths))[1]
        with (folder / f"said-{number}").open("w", encoding="utf-8") as sys.stderr:
            barrier.wait()
            code = report.run(["--out", str(folder / "reports")])
        os._exit(code)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def test_two_runs_at_once_leave_the_pages_of_one(tmp_path: Path) -> None:
    for number in (0, 1):
        notebooks(tmp_path / f"notebooks-{number}", f"run {number}")
    # Read once, before the processes are forked that need it.
    open_corpus()
    refused = 0
    for round_ in range(ROUNDS):
        barrier = multiprocessing.get_context("fork").Barrier(2)
        runs = [started(tmp_path, number, round_, barrier) for number in (0, 1)]
        for run in runs:
            run.join(60)
        codes = sorted(run.exitcode for run in runs)
        said = "".join((tmp_path / f"said-{number}").read_text(encoding="utf-8") for number in (0, 1))
        assert codes in ([0, 0], [0, 1]), said
        assert "Traceback" not in said
        assert ("Another run is writing" in said) == (codes == [0, 1])
        refused += codes == [0, 1]
        made = report._recorded(tmp_path / "reports")["made_from"]
        assert report.is_made_from(tmp_path / "reports", made)
        pages = {name: text for name, text in files(tmp_path / "reports").items() if name[:1] == "0"}
        assert len(pages) == 3
        assert {made.encode()[:5] in text for text in pages.values()} == {True}
        kept = {"notebooks-0", "notebooks-1", "said-0", "said-1", "reports"}
        assert {path.name for path in tmp_path.iterdir()} == kept
    print(f"{refused} of {ROUNDS} rounds refused")
