"""What nbval does not see: cleared outputs, traces of a machine, logic in cells, pictures without words."""

import ast
import itertools
import json
import re
import statistics

import nbformat
import pytest

from helpers.pages import execution
from helpers.text.corpus import ROOT

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = "00-corpus 01-wording 02-names 03-voices 04-framing 05-derivation 06-synopsis".split()
ADDRESS_OR_PATH = re.compile(r"0x[0-9a-f]{6,}|/(?:home|root|tmp|work|Users|opt)/|[A-Z]:\\\\|localhost:\d")
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)


every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def outputs(path):
    return [output for cell in code_cells(path) for output in cell.outputs]


def html(path):
    return "\n".join(output.data.get("text/html", "") for output in outputs(path) if "data" in output)


def test_the_seven_notebooks_are_there():
    assert [path.stem for path in PATHS] == NAMES


@every_notebook
def test_outputs_are_stored_in_order(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1)), "nbval passes cells without a count unseen"
    silent = [cell.id for cell in code_cells(path) if not cell.outputs and not _is_silent(cell.source)]
    assert not silent


@every_notebook
def test_no_error_no_stream_and_nothing_of_the_machine(path):
    kinds = {output.output_type for output in outputs(path)}
    assert kinds <= {"execute_result", "display_data"}
    assert not ADDRESS_OR_PATH.search(json.dumps(outputs(path)))


@every_notebook
def test_the_file_is_as_make_notebooks_writes_it(path):
    assert path.read_text(encoding="utf-8") == nbformat.writes(execution.tidy(read(path))) + "\n"


@every_notebook
def test_cell_ids_are_readable_and_unique(path):
    ids = [cell.id for cell in read(path).cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in ids)


@every_notebook
def test_title_answer_and_limits(path):
    notebook = read(path)
    title = notebook.metadata.title
    assert title.endswith("?")
    assert notebook.cells[0].source.splitlines()[0] == f"# {title}"
    headings = re.findall(
        r"^## (.+)$", "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown"), re.M
    )
    assert headings[0] == "In short"
    assert headings[-1] == "What this cannot show"
    answers = [c for c in notebook.cells if "in-short" in c.metadata.get("tags", [])]
    assert len(answers) == 1
    assert answers[0].outputs


@every_notebook
def test_cells_call_and_do_not_compute(path):
    lines = [len(cell.source.splitlines()) for cell in code_cells(path)]
    assert max(lines) <= 8
    assert statistics.median(lines) <= 1
    for cell in code_cells(path):
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, LOGIC)], cell.id
        assert not cell.source.rstrip().endswith(";")


@every_notebook
def test_prose_leads_to_code(path):
    cells = read(path).cells
    pairs = [(a.cell_type, b.cell_type) for a, b in itertools.pairwise(cells)]
    led = pairs.count(("markdown", "code"))
    assert led / len(code_cells(path)) >= 0.9


@every_notebook
def test_the_answer_is_three_lines_of_code_away(path):
    cells = read(path).cells
    answer = next(k for k, cell in enumerate(cells) if "in-short" in cell.metadata.get("tags", []))
    code = "\n".join(cell.source for cell in cells[: answer + 1] if cell.cell_type == "code")
    assert len([line for line in code.splitlines() if line.strip()]) <= 4


@every_notebook
def test_a_table_a_picture_and_a_way_down(path):
    page = html(path)
    assert "<table" in page
    assert "<details" in page
    pictures = re.findall(r"<img ([^>]*)>", page)
    assert pictures
    assert all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)


@every_notebook
def test_nothing_from_elsewhere(path):
    page = html(path)
    assert not re.search(r"<(script|style|iframe|link|object|embed)\b", page, re.I)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page, re.I)


def _is_silent(source):
    """Return whether a cell only imports or assigns."""
    last = ast.parse(source).body[-1]
    return isinstance(last, ast.Assign | ast.Import | ast.ImportFrom)
