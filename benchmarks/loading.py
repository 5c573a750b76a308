"""Time of loading a folder of reports, as a ratio to a bare loop that reads the same files.

    python benchmarks/loading.py [reports]

Makes that many reports (100,000 unless told) of some 200 words in a temporary folder, as text files, CSV,
JSON Lines and Parquet, and loads each. CPU time of one run; a ratio is of two runs in the same minute.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.text import load_documents

WORDS = (
    "the council of the town said on Tuesday that its bridge would stay closed for repairs until May".split()
)


def made_up(number: int) -> str:
    """Return a report of 20 sentences, none like that of another number."""
    turns = (
        [*WORDS[(number + place) % len(WORDS) :], f"case {number} point {place}."] for place in range(20)
    )
    return "\n".join(" ".join(turn) for turn in turns)


def write_all(folder: Path, n: int) -> None:
    """Write the same `n` reports in four forms, each in a folder of its own."""
    texts = [made_up(number) for number in range(n)]
    for form in ("txt", "csv", "jsonl", "parquet"):
        (folder / form).mkdir()
    for number, text in enumerate(texts):
        (folder / "txt" / f"{number:06d}.txt").write_text(text, encoding="utf-8")
    frame = pd.DataFrame({"doc_id": [f"{number:06d}" for number in range(n)], "text": texts})
    frame.to_csv(folder / "csv" / "reports.csv", index=False)
    frame.to_parquet(folder / "parquet" / "reports.parquet")
    lines = (json.dumps(row) for row in frame.to_dict("records"))
    (folder / "jsonl" / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")


def bare_loop(folder: Path) -> int:
    """Read every file of a folder and do nothing with it."""
    return sum(len(path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir()))


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(arguments: list[str]) -> int:
    """Print the table."""
    n = int(arguments[0]) if arguments else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_all(folder, n)
        load_documents(folder / "parquet")
        bare = cpu_seconds(lambda: bare_loop(folder / "txt"))
        print(f"{n:,} reports; CPU time as a ratio to a bare loop over the text files.\n")
        print("| form | ratio |\n|---|---|")
        print("| bare loop, text files | 1.00 |")
        for form in ("txt", "csv", "jsonl", "parquet"):
            taken = cpu_seconds(lambda form=form: load_documents(folder / form))  # type: ignore[misc]
            print(f"| {form} | {taken / bare:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
