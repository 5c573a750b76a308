"""All seven pages of invented corpora of growing size: `python benchmarks/pages.py [100 1000 10000]`.

Prints, for every page, the CPU seconds and the peak memory of making it from documents.parquet, what it
weighs, and how both grow; last the whole of `python -m helpers.report`. Growth is the CPU time, less that of
one report, over that of the size before; `N log N` is what that would be. Memory is that of all processes
together, so that pages they share count more than once.

The reports are those of generate.py. A third of their sentences are given to a speaker, quoted or reported,
and some get a label; the invented names and labels are the corpus's own lexicons. Which sentence gets what
hangs on its checksum, so that a sentence carried by two reports stays the same in both.
"""

import argparse
import math
import os
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import psutil
from generate import make

from helpers.edition import open_corpus
from helpers.pages.execution import run_notebooks
from helpers.pages.export import page_files
from helpers.place import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
FORMS = (
    '"{said}," {name} said.',
    '{name} told reporters: "{said}."',
    "{name} said that {said}.",
    "According to {name}, {said}.",
)
SYLLABLES = ("Bar", "del", "Kor", "min", "Tal", "ves", "Nor", "gan", "Sul", "rik")
PEOPLE, PARTIES, SPEAKERS, VOICED, LABELLED = 200, 20, 6, 3, 10


class Run(NamedTuple):
    """What a command cost, and the kilobytes of pages and tables it wrote."""

    cpu: float
    wall: float
    peak: float
    html: float
    csv: float


def person(number: int) -> tuple[str, str]:
    """Return the first and last name of an invented person."""
    one, two, three = (SYLLABLES[number // 10**k % 10].lower() for k in range(3))
    return (one + three).capitalize(), (two + one + three + "ov").capitalize()


def party(number: int) -> tuple[str, str]:
    """Return the name of an invented party and a label for it."""
    stem = (SYLLABLES[number % 10] + SYLLABLES[number // 10 + 3].lower()).capitalize()
    return f"{stem} Party", f"{stem} faction"


def speak(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents with the speakers and labels of their events."""

    def voiced(sentence: str, event: int) -> str:
        key = zlib.crc32(sentence.encode())
        words = sentence.rstrip(".")
        if key % LABELLED == 0:
            words += " against the " + party((event + key // LABELLED % 3) % PARTIES)[key % 4 > 0]
        if key % VOICED:
            return words + "."
        name = " ".join(person((7 * event + key // 16 % SPEAKERS) % PEOPLE)[key % 2 :])
        form = FORMS[key // VOICED % len(FORMS)]
        return form.format(said=words if '"' in form else words[:1].lower() + words[1:], name=name)

    events = pd.factorize(documents["event_id"])[0].tolist()
    texts = [
        re.sub(r"[^\s.][^.\n]*\.", lambda found, event=event: voiced(found[0], event), text)  # type: ignore[misc]
        for text, event in zip(documents["text"], events, strict=True)
    ]
    return documents.assign(text=texts)


def lexicons() -> dict[str, pd.DataFrame]:
    """Return the lexicons of the invented people and parties, by file name."""
    entities, aliases, terms = [], [], []
    for number in range(PEOPLE):
        first, last = person(number)
        entities.append((f"person-{number:03}", f"{first} {last}", "PERSON", ""))
        aliases += [(f"person-{number:03}", name, "name", "exact") for name in (f"{first} {last}", last)]
    for number in range(PARTIES):
        name, label = party(number)
        entities.append((f"party-{number:03}", name, "ORG", ""))
        aliases.append((f"party-{number:03}", name, "name", "exact"))
        terms.append((f"faction-{number:03}", label, "phrase", "fold", "label", f"party-{number:03}", "list"))
    return {
        "entities": pd.DataFrame(entities, columns=["entity_id", "canonical", "entity_type", "wikidata"]),
        "aliases": pd.DataFrame(aliases, columns=["entity_id", "alias", "kind", "case"]).assign(
            valid_from="", valid_to="", scope="", note=""
        ),
        "framing_terms": pd.DataFrame(
            terms, columns=["term_id", "pattern", "match", "case", "family", "target", "decided_by"]
        ).assign(scope="", role="", note="", source="invented"),
    }


def corpus(count: int, folder: Path) -> Path:
    """Write a corpus of so many reports; return its folder."""
    (folder / "lexicons").mkdir(parents=True)
    speak(make(count)[0]).drop(columns="kind").to_parquet(folder / "documents.parquet")
    for name, table in lexicons().items():
        table.to_csv(folder / "lexicons" / f"{name}.csv", index=False)
    return folder


def measure(command: list[str], folder: Path, out: Path) -> Run:
    """Run a command on the corpus in `folder` that writes into `out`; raise SystemExit where it fails."""
    settings = os.environ | {"CORPUS": str(folder)}
    start, peak = time.monotonic(), 0
    with subprocess.Popen(
        [sys.executable, *command], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        tree = psutil.Process(process.pid)
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            peak = max(peak, held(tree))
            time.sleep(0.1)
        said = process.stderr.read().decode() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said}")
    sizes = [sum(path.stat().st_size for path in out.rglob(f"*.{kind}")) / 1e3 for kind in ("html", "csv")]
    return Run(used.ru_utime + used.ru_stime, time.monotonic() - start, peak / 1e6, *sizes)


def held(tree: psutil.Process) -> int:
    """Return the bytes that a process and those it started hold."""
    total = 0
    for process in (tree, *tree.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def one_page(notebook: str, out: Path) -> None:
    """Make one page with its tables, as `make report` does."""
    path = ROOT / "notebooks" / f"{notebook}.ipynb"
    notebooks, failure = run_notebooks([path])
    if failure:
        raise failure
    files = page_files(notebooks, open_corpus())
    for name, text in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")


def rows(counts: list[int]) -> Iterator[str]:
    """Yield the table, a row per page and size."""
    yield "| page | reports | CPU s | growth | N log N | wall s | peak MB | page KB | CSV KB |"
    yield "|---|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpora = {count: corpus(count, folder / f"reports-{count}") for count in (1, *counts)}
        for page in [*(path.stem for path in NOTEBOOKS), "all pages"]:
            least, before = 0.0, 0.0
            for last, count in zip((0, 1, *counts), corpora, strict=False):
                out = folder / f"out-{page}-{count}"
                alone = [__file__, "--page", page, "--out", str(out)]
                command = ["-m", "helpers.report", "--out", str(out)] if page == "all pages" else alone
                run = measure(command, corpora[count], out)
                cpu = run.cpu - least
                growth = cpu / before if before else math.nan
                expected = count * math.log(count) / (last * math.log(last)) if last > 1 else math.nan
                least, before = (run.cpu, 0.0) if count == 1 else (least, max(cpu, 0.1))
                told = ("" if math.isnan(value) else f"{value:.1f}" for value in (growth, expected))
                yield (
                    f"| {page} | {count:,} | {run.cpu:.1f} | {' | '.join(told)} | {run.wall:.1f} "
                    f"| {run.peak:,.0f} | {run.html:,.0f} | {run.csv:,.0f} |"
                )


def main() -> None:
    """Print the table, or make one page in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", nargs="*", type=int, default=[100, 1000, 10000])
    parser.add_argument("--page", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.page:
        one_page(options.page, options.out)
        return
    for row in rows(options.counts):
        print(row, flush=True)


if __name__ == "__main__":
    main()
