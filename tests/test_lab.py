"""JupyterLab itself, driven in headless Chromium: opened untrusted, then Run All. In CI only.

The page is asked through JupyterLab's own application object, not through what happens to be drawn:
outputs are cleared before the run, so that stored ones cannot pass for new.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from helpers.corpus import ROOT

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(not os.environ.get("CI"), reason="drives JupyterLab for a minute or two: in CI only"),
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
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


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return the address of a JupyterLab of its own on a copy of the notebooks, as `make lab` starts it."""
    home = tmp_path_factory.mktemp("lab")
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
        *(f"--notebook-dir={home / 'notebooks'}", f"--LabApp.app_settings_dir={ROOT / 'templates' / 'lab'}"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = (home / "log").open("w")
    server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
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
def window(browser, lab):
    """Return one page of the browser, and the addresses it asked for."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()


def stored(path):
    """Return how many pictures and tables a notebook's stored outputs hold."""
    cells = nbformat.read(path, as_version=4).cells
    pages = [o["data"].get("text/html", "") for c in cells for o in c.get("outputs", []) if "data" in o]
    return sum(p.count("<figure") for p in pages), sum(p.count("<table") for p in pages)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opened_untrusted_shows_all_and_runs_clean(window, lab, path):
    page, asked = window
    page.goto(f"{lab}/lab/tree/{path.name}?token={TOKEN}&reset")
    page.wait_for_function(
        "() => window.jupyterapp && jupyterapp.shell.currentWidget && jupyterapp.shell.currentWidget.context"
        f" && jupyterapp.shell.currentWidget.context.path === '{path.name}'"
        " && document.querySelectorAll('.jp-OutputArea-output').length > 3",
        timeout=90_000,
    )
    figures, tables = stored(path)
    page.wait_for_function(f"() => ({SHOWN})().drawn >= {figures}", timeout=30_000)
    shown = page.evaluate(SHOWN)
    assert shown == {"trusted": False, "drawn": figures, "tables": tables}

    model = page.evaluate(RUN_ALL)
    code = [cell for cell in model["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} <= {"execute_result", "display_data"}
    kept = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
    assert [text(o) for o in outputs] == [text(o) for o in kept]
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".Toastify__toast").count() == 0
    assert [
        url for url in asked if not url.startswith((lab, "data:", "blob:", lab.replace("http", "ws")))
    ] == []


def text(output):
    """Return an output's plain text as one string."""
    plain = output["data"]["text/plain"]
    return plain if isinstance(plain, str) else "".join(plain)
