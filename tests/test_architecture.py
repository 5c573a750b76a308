"""The house: imports go downward only, and few rooms may touch files, pictures or notebooks."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from helpers.corpus import ROOT

ORDER = (
    "schema readers corpus segmentation lexicon stats quotations speakers speech attribution voices "
    "statements entities spellings framing wording contrast alignment richness concordance "
    "fingerprints similarity reuse engines copies runs stock vocabulary stretches candidates synopsis "
    "references overlap traces derivation findings plots display execution report"
).split()
MAY_IMPORT = {
    "matplotlib": {"plots"},
    "sklearn": {"similarity"},
    "nbconvert": {"report"},
    "nbclient": {"execution"},
    "IPython": {"display"},
    "duckdb": {"engines"},
    "pyspark": {"engines"},
}
MAY_OPEN_FILES = {"readers", "corpus", "lexicon", "engines", "execution", "report"}
OPENERS = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "read_csv",
    "read_parquet",
    "read_json",
    "ParquetWriter",
}
ROOMS = sorted((ROOT / "src" / "helpers").glob("[!_]*.py"))


def imports(path: Path) -> set[str]:
    """Return the modules a file imports, `helpers.x` written as such."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "helpers":
            found |= {f"helpers.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def opened(path: Path) -> set[str]:
    """Return the calls of a file that open another."""
    calls = [n.func for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    names = {f.id if isinstance(f, ast.Name) else getattr(f, "attr", "") for f in calls}
    return names & OPENERS


def test_every_room_has_its_place_in_the_order():
    assert {path.stem for path in ROOMS} <= set(ORDER)
    assert len(ROOMS) > 8


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_imports_go_downward_only(path):
    used = {name.split(".")[1] for name in imports(path) if name.startswith("helpers.")}
    above = {name for name in used if ORDER.index(name) >= ORDER.index(path.stem)}
    assert not above


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_only_their_own_room_imports_heavy_libraries(path):
    packages = {name.split(".")[0] for name in imports(path)}
    assert not {name for name in packages & MAY_IMPORT.keys() if path.stem not in MAY_IMPORT[name]}


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_only_few_rooms_open_files(path):
    assert path.stem in MAY_OPEN_FILES or not opened(path)


def test_the_checks_can_fail(tmp_path):
    bad = tmp_path / "schema.py"
    bad.write_text("import matplotlib.pyplot\nfrom helpers import report\nopen('x').read()\n")
    assert imports(bad) == {"matplotlib.pyplot", "helpers.report"}
    assert opened(bad) == {"open"}


def test_there_is_no_drawer_for_odds_and_ends():
    assert not [
        p for p in ROOT.joinpath("src").rglob("*.py") if p.stem in {"utils", "common", "misc", "tools"}
    ]
    assert not (ROOT / "data" / "processed").exists()


def test_every_import_is_listed_and_every_listed_package_pinned():
    names = {
        "bs4": "beautifulsoup4",
        "sklearn": "scikit-learn",
        "IPython": "ipython",
        "charset_normalizer": "charset-normalizer",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {
        re.split(r"[\[<>=]", name)[0]
        for many in project.get("optional-dependencies", {}).values()
        for name in many
    }
    listed = {re.split(r"[\[<>=]", name)[0] for name in project["dependencies"]}
    files = [*ROOMS, *(ROOT / "tests").glob("*.py"), ROOT / "conftest.py"]
    used = {name.split(".")[0] for path in files for name in imports(path)} - set(sys.stdlib_module_names)
    outside = {
        names.get(name, name) for name in used if name not in {"helpers", "conftest", "samples", "__future__"}
    }
    assert outside <= listed | extras
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert pins[-1] == "-e ."
    assert all("==" in line for line in pins[:-1])
    assert listed <= {line.partition("==")[0] for line in pins}
