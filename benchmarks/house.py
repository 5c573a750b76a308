"""How the house is built, in numbers: `python benchmarks/house.py`; with `--run` also what a report costs.

Functions are measured whole, docstring and all; complexity is McCabe's (1976) with each boolean operator and
each condition of a comprehension counted.
"""

import ast
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from helpers.pages import EXPORTS
from helpers.place import ROOT

HOUSE = ROOT / "src" / "helpers"
FINDERS = ("find_mentions", "find_voices")
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.Assert, ast.With, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every file of the house with its syntax tree."""
    for path in sorted(HOUSE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def functions() -> list[tuple[str, int, int]]:
    """Return every function: its place, its lines, its complexity."""
    return [
        (f"{path.relative_to(HOUSE)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1, complexity(node))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, Function)
    ]


def complexity(function: ast.AST) -> int:
    """Return how many ways lead through a function."""
    ways = 1
    for node in ast.walk(function):
        ways += isinstance(node, BRANCHES)
        ways += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
        ways += len(node.ifs) + 1 if isinstance(node, ast.comprehension) else 0
    return ways


def callers() -> list[str]:
    """Return the files that call the finders of names and voices, their own packages aside."""
    found = []
    for path, tree in trees():
        calls = {node.func.id for node in ast.walk(tree) if _is_call(node)}  # type: ignore[attr-defined]
        if calls & set(FINDERS) and path.parent.name not in ("names", "voices"):
            found.append(path.name)
    return found


def _is_call(node: ast.AST) -> bool:
    """Return whether a node calls a function by its name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def cells(path: Path) -> list[tuple[str, str, list[str]]]:
    """Return kind, source and tags of the cells of a notebook."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(c["cell_type"], "".join(c["source"]), c["metadata"].get("tags", [])) for c in found]


def notebook_rows() -> Iterator[tuple[str, str]]:
    """Yield the measures of the notebooks."""
    heads, sizes, led = [], [], []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        own = cells(path)
        code = [_lines(source) for kind, source, _ in own if kind == "code"]
        answer = next(k for k, (_, _, tags) in enumerate(own) if "in-short" in tags)
        heads.append(sum(_lines(source) for kind, source, _ in own[: answer + 1] if kind == "code"))
        sizes += code
        after = sum(a[0] == "markdown" and b[0] == "code" for a, b in itertools.pairwise(own))
        led.append(after / len(code))
    yield "lines of code up to and with In short, most", str(max(heads))
    yield "code lines in notebooks", str(sum(sizes))
    yield "a cell's lines: median, p90, max", f"{statistics.median(sizes):g}, {p90(sizes):g}, {max(sizes)}"
    yield "code cells after prose, least of a page", f"{min(led):.0%}"


def _lines(source: str) -> int:
    """Return how many lines of a cell hold code."""
    return sum(bool(line.strip()) for line in source.splitlines())


def p90(values: list[int]) -> float:
    """Return the value below which nine tenths are."""
    return statistics.quantiles(values, n=10, method="inclusive")[-1]


def house_rows() -> Iterator[tuple[str, str]]:
    """Yield the measures of the source."""
    whole = functions()
    lengths = [lines for _, lines, _ in whole]
    longest, knotty = max(whole, key=lambda f: f[1]), max(whole, key=lambda f: f[2])
    files = {path: len(path.read_text(encoding="utf-8").splitlines()) for path, _ in trees()}
    yield "callers of the finders of names and voices", f"{len(callers())} ({', '.join(callers())})"
    yield "files over 400 lines", str(sum(lines > 400 for lines in files.values()))
    yield "functions: p90 of lines, longest", f"{p90(lengths):g}, {longest[1]} ({longest[0]})"
    yield "complexity, highest", f"{knotty[2]} ({knotty[0]})"
    yield "CSV files declared", str(len(EXPORTS))


def run_rows() -> Iterator[tuple[str, str]]:
    """Yield CPU and wall seconds of a report of the seeds made anew, and of one where nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a report of the seeds, parse kept", "the same with nothing changed"):
            cpu, wall = _timed([sys.executable, "-m", "helpers.report", "--out", f"{folder}/reports"])
            yield name, f"{cpu:.1f} CPU s, {wall:.1f} s"


def _timed(command: list[str]) -> tuple[float, float]:
    """Return CPU and wall seconds of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, time.perf_counter() - start


def main(arguments: list[str]) -> None:
    """Print one Markdown table."""
    print("| measure | value |\n|---|---|")
    rows = [*notebook_rows(), *house_rows(), *(run_rows() if "--run" in arguments else [])]
    print("\n".join(f"| {name} | {value} |" for name, value in rows))


if __name__ == "__main__":
    main(sys.argv[1:])
