"""JupyterLab itself, driven in headless Chromium: opened untrusted, then Run All. In CI only.

The page is asked through JupyterLab's own application object, not through what happens to be drawn:
outputs are cleared before the run, so that stored ones cannot pass for new. Other corpora are run as well:
after Run All the page is trusted, so that what is not escaped would act.
"""

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from helpers import lab
from helpers.place import PAGES
from helpers.text.corpus import ROOT

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(not os.environ.get("CI"), reason="drives JupyterLab for a minute or two: in CI only"),
]
NOTEBOOKS = [ROOT / "notebooks" / f"{name}.ipynb" for name in PAGES]
TOKEN = "test"
RUN_ALL = """async () => {
  const w = jupyterapp.shell.currentWidget;
  await w.context.ready; await w.sessionContext.ready; await w.sessionContext.session.kernel.info;
  await jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
  await jupyterapp.commands.execute('notebook:run-all-cells');
  return w.context.model.toJSON();
}"""
SHOWN = """() => {
  const outputs = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
  const images = [...outputs.querySelectorAll('.jp-OutputArea-output figure img')];
  return {
    trusted: jupyterapp.shell.currentWidget.content.model.cells.get(0) !== null &&
      [...jupyterapp.shell.currentWidget.content.model.cells].some(c => c.type === 'code' && c.trusted),
    drawn: images.filter(i => i.complete && i.naturalWidth > 50).length,
    tables: outputs.querySelectorAll('.jp-OutputArea-output table').length,
  };
}"""


ACTED = """() => ({
  marks: document.querySelectorAll('.jp-OutputArea-output :is(script, iframe, [onerror], [src="x"])').length,
  formulas: document.querySelectorAll('.jp-OutputArea-output :is(mjx-container, .MathJax)').length,
  shown: document.querySelectorAll('.jp-OutputArea-output').length,
})"""
# All pages of the seeds run above; of the others, those that show most of what a report says.
OTHERS = [
    *(("hostile", name) for name in ("01-wording", "03-voices", "06-synopsis")),
    *(("eight", name) for name in ("04-framing", "05-derivation")),
]


@contextlib.contextmanager
def started(home, **environment):
    """Start a JupyterLab of its own on copies of the notebooks, as `make lab` does; give its address."""
    lab.copy_notebooks(ROOT / "notebooks", home / "my-notebooks")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        name: str(home / name.lower())
        for name in (
            "JUPYTER_DATA_DIR",
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "IPYTHONDIR",
        )
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
        *(f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", "--ServerApp.ip=127.0.0.1"),
        *(f"--notebook-dir={home}", f"--LabApp.app_settings_dir={ROOT / 'templates' / 'lab'}"),
        f"--config={ROOT / 'templates' / 'lab' / 'jupyter_server_config.py'}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = (home / "log").open("w")
    server = subprocess.Popen(command, env=os.environ | own | environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5)
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail((home / "log").read_text()[-2000:])
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Return the address of a JupyterLab on the seeds."""
    with started(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser, address):
    """Return one page of the browser, and what it asked for elsewhere and said."""
    with opened(browser, address) as window:
        yield window


@pytest.fixture(scope="module")
def others(browser, tmp_path_factory, corpus_folder):
    """Return a function from a corpus to the address of a JupyterLab on it, started once, and a page."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def start(corpus):
            home = tmp_path_factory.mktemp("lab")
            here = stack.enter_context(started(home, CORPUS=str(corpus_folder(corpus))))
            return here, stack.enter_context(opened(browser, here))

        yield start


@contextlib.contextmanager
def opened(browser, lab):
    """Open a page of the browser; give it, and the list of what it asked for elsewhere and said aloud."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    own = (lab, "data:", "blob:", lab.replace("http", "ws"))
    said = []
    page.on("request", lambda request: None if request.url.startswith(own) else said.append(request.url))
    page.on("dialog", lambda dialog: answered(dialog, said))
    yield page, said
    context.close()


def stored(path):
    """Return how many pictures and tables a notebook's stored outputs hold."""
    cells = nbformat.read(path, as_version=4).cells
    pages = [o["data"].get("text/html", "") for c in cells for o in c.get("outputs", []) if "data" in o]
    return sum(p.count("<figure") for p in pages), sum(p.count("<table") for p in pages)


def answered(dialog, said):
    """Let the browser leave an unsaved notebook; record every other dialog."""
    if dialog.type == "beforeunload":
        dialog.accept()
    else:
        said.append(dialog.message)
        dialog.dismiss()


def go(page, lab, name):
    """Open a notebook and wait until it is drawn."""
    page.goto(f"{lab}/lab/tree/my-notebooks/{name}?token={TOKEN}&reset")
    page.wait_for_function(
        "() => window.jupyterapp && jupyterapp.shell.currentWidget && jupyterapp.shell.currentWidget.context"
        f" && jupyterapp.shell.currentWidget.context.path === 'my-notebooks/{name}'"
        " && document.querySelectorAll('.jp-OutputArea-output').length > 3",
        timeout=90_000,
    )


def run(page):
    """Run all cells of the open notebook, check that each ran quietly, and return their outputs."""
    code = [cell for cell in page.evaluate(RUN_ALL)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} <= {"execute_result", "display_data"}
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".Toastify__toast").count() == 0
    return outputs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opened_untrusted_shows_all_and_runs_clean(window, address, path):
    page, said = window
    go(page, address, path.name)
    figures, tables = stored(path)
    page.wait_for_function(f"() => ({SHOWN})().drawn >= {figures}", timeout=90_000)
    shown = page.evaluate(SHOWN)
    assert shown == {"trusted": False, "drawn": figures, "tables": tables}
    kept = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
    assert [text(o) for o in run(page)] == [text(o) for o in kept]
    assert said == []


@pytest.mark.parametrize(("corpus", "name"), OTHERS)
def test_a_notebook_runs_clean_on_another_corpus_and_nothing_in_it_acts(others, corpus, name):
    here, (page, said) = others(corpus)
    go(page, here, f"{name}.ipynb")
    outputs = run(page)
    page.wait_for_timeout(500)
    acted = page.evaluate(ACTED)
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    assert (acted["marks"], acted["formulas"]) == (0, 0)
    assert acted["shown"] > 3
    # Where nothing of a page is to be told, what is hostile stands in its tables only.
    assert any("onerror" in str(output["data"]) for output in outputs) == (corpus == "hostile")
    assert said == []


SAVED = """async (path) => {
  const response = await fetch('/api/contents/' + path + '?token=test', {method: 'PUT', headers: {
    'X-XSRFToken': (document.cookie.match(/_xsrf=([^;]*)/) || [])[1] || ''}, body: JSON.stringify(
    {type: 'notebook', format: 'json', content: {cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5}})});
  return response.status;
}"""


def test_the_projects_notebooks_are_not_listed_and_never_saved_over(window, address, tmp_path_factory):
    page, _ = window
    go(page, address, "00-corpus.ipynb")
    listed = page.evaluate("fetch('/api/contents/?token=test').then(r => r.json())")["content"]
    assert [entry["name"] for entry in listed if entry["type"] == "directory"].count("my-notebooks") == 1
    assert "notebooks" not in {entry["name"] for entry in listed}
    assert page.evaluate(SAVED, "notebooks/00-corpus.ipynb") == 403
    assert page.evaluate(SAVED, "my-notebooks/new.ipynb") == 201


def text(output):
    """Return an output's plain text as one string."""
    plain = output["data"]["text/plain"]
    return plain if isinstance(plain, str) else "".join(plain)
