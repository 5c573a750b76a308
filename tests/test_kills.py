"""A run killed by `kill -9` at any moment: whole pages of one state, and after the next run nothing else.

Three kills of a run of two pages; all seven and as many as are wanted by
`KILLS=50 python -m pytest -s tests/test_kills.py`.
"""

import multiprocessing
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from test_interruption import files

from helpers import report
from helpers.place import ROOT

KILLS = int(os.environ.get("KILLS", "3"))
PAGES = "0*" if "KILLS" in os.environ else "0[02]*"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no such processes there")
TEXTS = (
    "The old bridge was closed on Monday, said Ada Poe.",
    "The new bridge was opened on Friday, said Ada Poe.",
)


def run(folder: str, out: str) -> None:
    """Make the pages as the command does, in a session of its own."""
    os.setsid()
    os.environ["CORPUS"] = folder
    report.NOTEBOOKS = report.MINE = Path(folder).with_name("notebooks")
    with Path(folder).with_name("said").open("w", encoding="utf-8") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        os._exit(report.run(["--out", out]))


@pytest.fixture(scope="module")
def started():
    """Return a function that starts a run, forked from a process that has imported all of it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["helpers.report", "helpers.pages.building", "test_kills"])

    def start(folder: Path, out: Path) -> multiprocessing.Process:
        process = context.Process(target=run, args=(str(folder), str(out)))
        process.start()
        return process

    return start


def is_gone(session: int) -> bool:
    """Return whether no process of a session is left, within a minute."""
    for _ in range(600):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def pages_of(out: Path) -> dict[str, bytes]:
    """Return the files of a folder of pages but for what they were made from, which is written last."""
    return {name: text for name, text in files(out).items() if not name.startswith(report.RECORD)}


def told(folder: Path, text: str) -> None:
    """Write a corpus of one report."""
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(text, encoding="utf-8")


def test_a_run_that_is_killed_leaves_whole_pages_and_nothing_else(tmp_path, started):
    corpus, out = tmp_path / "corpus", tmp_path / "out" / "pages"
    (tmp_path / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob(f"{PAGES}.ipynb"):
        shutil.copy(path, tmp_path / "notebooks")
    whole, seconds = [], []
    for text in TEXTS:
        told(corpus, text)
        start = time.monotonic()
        process = started(corpus, out)
        process.join()
        seconds.append(time.monotonic() - start)
        assert process.exitcode == 0, (tmp_path / "said").read_text(encoding="utf-8")
        whole.append(pages_of(out))
    assert whole[0].keys() == whole[1].keys()
    assert whole[0] != whole[1]
    chance, shortest, killed, seen = random.Random(7), min(seconds), 0, set()
    for number in range(9 * KILLS):
        told(corpus, TEXTS[number % 2])
        process, start = started(corpus, out), time.monotonic()
        # In order from the first moment to the last, so that few kills too meet all stages.
        process.join(shortest * (killed + chance.random()) / KILLS)
        if process.exitcode is None:
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        killed += process.exitcode != 0
        shortest = shortest if process.exitcode else min(shortest, time.monotonic() - start)
        assert is_gone(process.pid), "a process of the run goes on"
        stood = pages_of(out if out.exists() else out.with_name("pages.old"))
        assert stood in whole, "pages of two states, or some of them, stand together"
        seen.add(whole.index(stood))
        if killed == KILLS:
            break
    told(corpus, TEXTS[0])
    process = started(corpus, out)
    process.join()
    assert process.exitcode == 0
    assert files(out).keys() == {*whole[0], report.RECORD}
    assert pages_of(out) == whole[0]
    assert sorted(path.name for path in out.parent.iterdir()) == ["pages"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "notebooks", "out", "said"]
    assert killed == KILLS
    print(f"{killed} of {number + 1} runs killed, states seen: {len(seen)}")
