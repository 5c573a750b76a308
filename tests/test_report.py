"""The exported pages: the same bytes every time, self-contained, linked, and whole or not at all."""

import functools
import json
import os
import re
import shutil
import zipfile

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from conftest import export
from helpers import report
from helpers.pages import building, execution, limit
from helpers.place import PAGES
from helpers.text.corpus import ROOT

LIMIT = 400_000


@functools.cache
def soups(folder):
    """Return the pages of a folder by name, parsed once."""
    return {
        path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in folder.glob("*.html")
    }


# What its user may have set for other programs, each of which once changed a page or stopped a run.
PICTURES = "font.size: 30\naxes.grid: True\nlines.linewidth: 9\n"
SHELL = 'c.InteractiveShell.ast_node_interactivity = "all"\nc.InteractiveShellApp.exec_lines = ["1 / 0"]\n'
STARTUP = 'import pandas\npandas.set_option("display.max_colwidth", 3)\nprint("hostile")\n'
TEMPLATES = ("base/display_priority", "base/null", "report/index.html", "display_priority")
LOOKS = 'c.HTMLExporter.template_name = "basic"\nc.TemplateExporter.exclude_input = True\n'


def hostile(home):
    """Write a home full of settings, and return the environment that points at them."""
    written = {
        ".config/matplotlib/matplotlibrc": PICTURES,
        "matplotlibrc": PICTURES,
        "ipython/profile_default/ipython_config.py": SHELL,
        "ipython/profile_default/ipython_kernel_config.py": SHELL,
        "ipython/profile_default/startup/00-first.py": STARTUP,
        ".jupyter/jupyter_nbconvert_config.py": LOOKS,
        ".jupyter/jupyter_config.py": LOOKS,
        **{f"jupyter/nbconvert/templates/{name}.j2": "no page" for name in TEMPLATES},
    }
    for name, text in written.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return {
        "HOME": str(home),
        "MATPLOTLIBRC": str(home),
        "MPLBACKEND": "nonsense",
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "JUPYTER_PATH": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "jupyter"),
        "PYTHONWARNINGS": "error",
        "PYTHONDEVMODE": "1",
        "PYTHONIOENCODING": "ascii",
        "PYTHONSTARTUP": str(home / "ipython/profile_default/startup/00-first.py"),
        "FORCE_COLOR": "1",
    }


def test_two_exports_are_the_same_bytes_also_elsewhere(pages, tmp_path):
    other = tmp_path / "a folder with spaces" / "reports"
    other.parent.mkdir()
    elsewhere = {
        "PYTHONHASHSEED": "4242",
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "COLUMNS": "40",
        "LANG": "fa_IR",
    }
    export(other, **elsewhere, **hostile(other.parent))
    files = {path.relative_to(pages): path.read_bytes() for path in pages.rglob("*") if path.is_file()}
    again = {path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()}
    assert files.keys() == again.keys()
    assert [name for name in files if files[name] != again[name]] == []


def test_a_page_for_every_notebook_and_an_index(pages):
    names = {f"{name}.html" for name in PAGES}
    assert {path.name for path in pages.glob("*.html")} == names | {"index.html"}


def test_every_page_is_below_its_weight(pages):
    assert {
        path.name: path.stat().st_size for path in pages.glob("*.html") if path.stat().st_size > LIMIT
    } == {}


def test_pages_run_nothing_and_ask_for_nothing(pages):
    for name, soup in soups(pages).items():
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'; img-src data:"), name
        assert not soup.find_all(["script", "link", "iframe", "object", "embed", "base", "form"]), name
        assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in soup.find_all("img")), (
            name
        )
        assert not [tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)], name


def test_every_link_leads_somewhere(pages):
    found = soups(pages)
    for name, soup in found.items():
        for anchor in soup.find_all("a", href=True):
            target, _, fragment = anchor["href"].partition("#")
            assert ".ipynb" not in target, f"{name}: {anchor['href']}"
            page = found.get(target) if target else soup
            if page is None:
                assert (pages / target).is_file(), f"{name}: {anchor['href']}"
            elif fragment:
                assert page.find(id=fragment), f"{name}: {anchor['href']}"


def test_nothing_a_notebook_shows_is_lost_on_the_way(pages):
    for path in [ROOT / "notebooks" / f"{name}.ipynb" for name in PAGES]:
        soup = soups(pages)[f"{path.stem}.html"]
        outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
        shown = [div for div in soup.select("div.output") if div.get_text(strip=True) or div.find("img")]
        # Of a section that has nothing to show, the first output is the line that opens it.
        folded = soup.select("details.nothing > summary")
        assert len(shown) + len(folded) == len(outputs)
        assert {line.get_text() for line in folded} <= {o["data"]["text/plain"] for o in outputs}
        tables = sum(o["data"].get("text/html", "").count("<table") for o in outputs)
        assert len(soup.find_all("table")) == tables


def test_no_page_shows_its_own_markup_as_text(pages):
    for name, soup in soups(pages).items():
        for part in soup.select("td, p, li, caption, figcaption"):
            assert not re.search(r"</?(mark|a|b|td|details)\b", part.get_text()), name


def test_tables_are_captioned_and_their_headings_scoped(pages):
    for name, soup in soups(pages).items():
        for table in soup.find_all("table"):
            assert table.caption, name
            assert table.caption.get_text(strip=True), name
            assert all(
                heading.get("scope") in {"col", "row", "rowgroup"} for heading in table.find_all("th")
            ), name


def test_pictures_have_captions_and_tell_their_finding(pages):
    for name, soup in soups(pages).items():
        for figure in soup.find_all("figure"):
            assert figure.figcaption.get_text(strip=True), name
            assert len(figure.img["alt"]) >= 20, name


def test_the_index_shows_each_question_with_its_answer(pages):
    index = soups(pages)["index.html"]
    questions = index.select("section.question")
    assert len(questions) == len(PAGES)
    for question in questions:
        assert question.h3.get_text().endswith("?")
        assert len(question.select_one(".finding").get_text()) > 40
    assert "001" in index.get_text()


def test_the_contents_list_names_every_section(pages):
    for name, soup in soups(pages).items():
        if name != "index.html":
            listed = [a.get_text() for a in soup.select("#toc a")]
            assert listed == [h.get_text() for h in soup.select(".prose h2, .prose h3")]
            assert listed[0] == "In short"


@pytest.fixture
def own_project(tmp_path, monkeypatch):
    """Return a small notebook folder of its own, and leave the real one alone."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.setattr(report, "NOTEBOOKS", folder)
    monkeypatch.setattr(report, "MINE", tmp_path / "my-notebooks")
    return folder


def write(folder, name, source):
    cell = nbformat.v4.new_code_cell(source, id="only", execution_count=1)
    after = nbformat.v4.new_code_cell("'after'", id="after", execution_count=2)
    notebook = nbformat.v4.new_notebook(cells=[cell, after], metadata={"title": "What?"})
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def test_a_failing_notebook_is_named_and_the_old_pages_stay(own_project, tmp_path):
    out = tmp_path / "reports"
    building.build([write(own_project, "00-corpus", "'first'")], out)
    before = {path.name: path.read_bytes() for path in out.glob("*.html")}
    paths = [write(own_project, "00-corpus", "'second'"), write(own_project, "01-wording", "1 / 0")]
    with pytest.raises(
        execution.PageError, match=r"01-wording\.ipynb stopped at code cell 1 \(only\): ZeroDivisionError"
    ):
        building.build(paths, out)
    assert {path.name: path.read_bytes() for path in out.glob("*.html")} == before
    kept = tmp_path / "reports.unfinished"
    assert sorted(path.name for path in kept.iterdir()) == [
        "00-corpus.html",
        "index.html",
        "log.txt",
        "texts",
    ]
    assert "1 / 0" in (kept / "log.txt").read_text(encoding="utf-8")
    building.build(paths[:1], out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notebooks", "reports"]


def test_a_kernel_that_dies_is_named(own_project, tmp_path):
    with pytest.raises(execution.PageError, match=r"code cell 1 \(only\): the process died"):
        building.build([write(own_project, "00-dies", "import os\nos._exit(1)")], tmp_path / "reports")


def test_the_zip_holds_the_pages_and_is_the_same_bytes(own_project, tmp_path):
    out = tmp_path / "reports"
    building.build([write(own_project, "00-corpus", "'text'")], out)
    first = building.pack(out, ["00-corpus"])
    before = first.read_bytes()
    texts = [f"texts/{name}.html" for name in ("000", "002", "003", "004")]
    assert zipfile.ZipFile(first).namelist() == ["index.html", "00-corpus.html", *texts]
    assert building.pack(out, ["00-corpus"]).read_bytes() == before


def test_a_table_with_a_csv_stays_a_table(own_project, tmp_path):
    source = (
        "import pandas as pd\nfrom helpers.pages import tables as display\n"
        "display.table(pd.DataFrame({'a': ['=1+1', 'x']}), caption='Cells', csv='cells')"
    )
    out = tmp_path / "reports"
    building.build([write(own_project, "00-corpus", source)], out)
    page = BeautifulSoup((out / "00-corpus.html").read_text(encoding="utf-8"), "html.parser")
    assert page.table.td.get_text() == "=1+1"
    assert page.select_one("p.download a")["href"] == "csv/00-corpus-cells.csv"
    assert (out / "csv" / "00-corpus-cells.csv").read_text(encoding="utf-8") == "a\n'=1+1\nx\n"


def test_a_page_made_no_more_is_taken_away(own_project, tmp_path):
    out = tmp_path / "reports"
    paths = [write(own_project, "00-corpus", "'a'"), write(own_project, "01-wording", "'b'")]
    building.build(paths, out)
    (out / "own-corpus").mkdir()
    building.build(paths[:1], out)
    assert sorted(path.name for path in out.iterdir()) == [
        "00-corpus.html",
        "index.html",
        "own-corpus",
        "texts",
    ]


def test_refresh_twice_gives_the_same_bytes(own_project):
    path = write(own_project, "00-corpus", "{'b', 'a'}")
    execution.refresh([path])
    first = path.read_bytes()
    execution.refresh([path])
    assert path.read_bytes() == first
    assert b'"execution_count": 1' in first
    assert not re.search(rb"execution\"|version|iopub", first.replace(b"nbformat", b""))


def test_hostile_text_is_inert(own_project, tmp_path):
    source = """
import pandas as pd
from helpers.pages import blocks as display, tables
x = '<img src=x onerror=alert(1)><script>alert(2)</script>$a$'
display.stack([
    tables.table(pd.DataFrame({x: [x]}), caption=x), display.say(x), display.note(x),
    display.details(x, display.say(x)),
    tables.table(pd.DataFrame({'m': [display.mark(x, kind=x)]}), caption='c'),
])"""
    out = tmp_path / "reports"
    building.build([write(own_project, "00-corpus", source)], out)
    page = BeautifulSoup((out / "00-corpus.html").read_text(encoding="utf-8"), "html.parser")
    assert not page.find_all(["img", "script"])
    assert page.get_text().count("onerror=alert(1)") >= 7
    shutil.rmtree(out)


def forked(folder, name, *sources):
    """Write a notebook with a name of the project's own, which a forked process runs."""
    cells = [nbformat.v4.new_code_cell(s, id=f"cell-{k}") for k, s in enumerate(sources, 1)]
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"title": "What?"}), path)
    return path


FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="no such processes there")


@FORK
def test_forked_shells_and_kernels_give_the_same_outputs(own_project):
    sources = (
        "import warnings\nx = 1\nprint('said', x)",
        "from IPython.display import display, HTML\ndisplay(HTML('<b>b</b>'))\nx + 1",
        "import pandas as pd\npd.DataFrame({'a': [1.5, 2]})",
        "x;",
    )
    names = ("02-names", "07-mine")
    paths = [forked(own_project, name, *sources) for name in names]
    notebooks, failure = execution.run_notebooks(paths)
    assert failure is None
    told = [[c.outputs for c in execution.tidy(notebooks[name]).cells] for name in names]
    assert told[0] == told[1]
    assert [len(outputs) for outputs in told[0]] == [1, 2, 1, 0]


@FORK
def test_a_forked_cell_that_fails_dies_or_never_ends_is_named(own_project, monkeypatch):
    monkeypatch.setattr(execution, "cell_seconds", lambda _: 3)
    fine = forked(own_project, "00-corpus", "1", "2")
    for source, why in {
        "1 / 0": "ZeroDivisionError: division by zero",
        "import os\nos._exit(1)": "the process died",
        "import time\ntime.sleep(60)": "it was stopped after 3 seconds",
        "import time\nfor doc_id in 'r': time.sleep(60)": "it was stopped after 3 seconds, at the report r",
        "import time\ntry:\n    time.sleep(60)\nexcept Exception:\n    time.sleep(9)": "it was stopped after",
        "import signal, time\nsignal.alarm(0)\ntime.sleep(60)": "it was ended after",
    }.items():
        bad = forked(own_project, "03-voices", "1", source)
        notebooks, failure = execution.run_notebooks([fine, bad])
        assert str(failure).startswith("03-voices.ipynb stopped at code cell 2 (cell-2): " + why)
        assert list(notebooks) == ["00-corpus"]
    assert "1 / 0" in execution.run_notebooks([forked(own_project, "03-voices", "1 / 0")])[1].log


def test_a_notebook_of_ones_own_is_a_page_like_the_others(own_project, tmp_path):
    path = forked(own_project, "07-mine", "'mine'")
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata, notebook.cells = {}, [nbformat.v4.new_markdown_cell("# My question?"), *notebook.cells]
    nbformat.write(notebook, path)
    out = tmp_path / "reports"
    building.build([path], out)
    assert "My question?" in (out / "index.html").read_text(encoding="utf-8")
    assert "mine" in (out / "07-mine.html").read_text(encoding="utf-8")


def test_a_notebook_of_ones_own_that_fails_stops_no_other(own_project, tmp_path, capsys):
    mine = tmp_path / "my-notebooks"
    mine.mkdir()
    write(own_project, "00-corpus", "'text'")
    write(mine, "07-mine", "1 / 0")
    (mine / "08-torn.ipynb").write_text("{", encoding="utf-8")
    (mine / "09-list.ipynb").write_text("[]", encoding="utf-8")
    out = tmp_path / "reports"
    for _ in range(2):  # what has no page is told again: this run is not taken for whole
        assert report.main(["--out", str(out)]) == 0
        told = capsys.readouterr()
        assert "1 pages and their index" in told.out
        assert "07-mine.ipynb stopped at code cell 1 (only): ZeroDivisionError" in told.err
        assert "08-torn.ipynb cannot be read as a notebook" in told.err
        assert "09-list.ipynb cannot be read as a notebook" in told.err
        assert told.err.count("It has no page; the others do.") == 3
    assert sorted(path.name for path in out.iterdir()) == ["00-corpus.html", "index.html", "texts"]


def test_what_is_called_otherwise_is_left_alone_with_a_word(own_project, tmp_path, capsys):
    mine = tmp_path / "my-notebooks"
    for folder in (mine / "deeper", mine / ".ipynb_checkpoints"):
        folder.mkdir(parents=True)
        write(folder, "07-hidden", "1 / 0")
    write(own_project, "00-corpus", "'text'")
    write(own_project, "explore", "1 / 0")
    for name in ("00-corpus", "explore", "Untitled", "7-mine"):
        write(mine, name, "1 / 0")
    forked(mine, "07-mine", "'mine'")
    out = tmp_path / "reports"
    assert report.main(["--out", str(out)]) == 0
    told = [
        line.partition(" gets no page")[0]
        for line in capsys.readouterr().err.splitlines()
        if "no page" in line
    ]
    assert told == ["my-notebooks/7-mine.ipynb", "my-notebooks/Untitled.ipynb", "deeper/07-hidden.ipynb"]
    assert {path.name for path in out.glob("*.html")} == {"index.html", "00-corpus.html", "07-mine.html"}


def test_an_old_notebook_without_ids_titles_or_names_is_a_page(own_project, tmp_path):
    mine = tmp_path / "my-notebooks"
    mine.mkdir()
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": ["'old'"]}
    text = json.dumps({"cells": [cell, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    (mine / "07-old.ipynb").write_text(text, encoding="utf-8")
    (mine / "08-bad.ipynb").write_text(text.replace("'old'", "1 / 0"), encoding="utf-8")
    write(own_project, "00-corpus", "'text'")
    out = tmp_path / "reports"
    assert report.main(["--out", str(out)]) == 0
    assert "07-old" in (out / "index.html").read_text(encoding="utf-8")
    assert "old" in (out / "07-old.html").read_text(encoding="utf-8")


def test_nothing_is_run_where_nothing_changed(own_project, tmp_path, monkeypatch, capsys):
    paths = [write(own_project, "00-corpus", "'text'")]
    out = tmp_path / "reports"
    assert report.main(["--out", str(out)]) == 0
    monkeypatch.setattr(building, "run_notebooks", lambda *_: pytest.fail("run again"))
    assert report.main(["--out", str(out)]) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    page = (out / "00-corpus.html").read_bytes()
    for change in ((out / "00-corpus.html").unlink, lambda: (out / "index.html").write_text("edited")):
        monkeypatch.undo()
        change()
        monkeypatch.setattr(report, "NOTEBOOKS", own_project)
        monkeypatch.setattr(report, "MINE", tmp_path / "my-notebooks")
        assert report.main(["--out", str(out)]) == 0
        assert (out / "00-corpus.html").read_bytes() == page
        assert b"edited" not in (out / "index.html").read_bytes()
    assert paths
    monkeypatch.setenv("EVENT", "bridge")
    assert not report.is_made_from(out, report.made_from(report.digest_of_inputs()))


def test_the_limit_of_a_cell_grows_with_the_corpus():
    few, many = (pd.DataFrame({"text": ["word " * 1_000] * n}) for n in (4, 10_000))
    assert limit.cell_seconds(few) == 301
    assert limit.cell_seconds(many) == 3_300


@FORK
def test_finished_pages_stay_where_one_takes_too_long(own_project, monkeypatch, tmp_path):
    monkeypatch.setattr(execution, "cell_seconds", lambda _: 3)
    paths = [
        forked(own_project, "00-corpus", "1"),
        forked(own_project, "01-wording", "while True:\n    pass"),
    ]
    with pytest.raises(
        building.PageError, match=r"01-wording\.ipynb stopped at code cell 1 .* 3 seconds"
    ) as told:
        building.build(paths, tmp_path / "reports")
    assert "1 finished pages" in str(told.value)
    assert (tmp_path / "reports.unfinished" / "00-corpus.html").is_file()
