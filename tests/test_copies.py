"""The copies to play in: fresh while nobody changed them, then kept; the notebooks themselves stay."""

import runpy

import pytest
from traitlets.config import Config

from helpers import lab
from helpers.place import ROOT


@pytest.fixture
def folders(tmp_path):
    ours = tmp_path / "notebooks"
    ours.mkdir()
    for name in ("00-corpus", "explore"):
        (ours / f"{name}.ipynb").write_text(f"{name} as it was", encoding="utf-8")
    return ours, tmp_path / "my-notebooks"


def test_copies_follow_the_notebooks_until_someone_changes_them(folders):
    ours, mine = folders
    assert lab.copy_notebooks(ours, mine) == []
    (mine / "explore.ipynb").write_text("mine", encoding="utf-8")
    (mine / "07-own.ipynb").write_text("mine too", encoding="utf-8")
    for path in ours.iterdir():
        path.write_text("new", encoding="utf-8")
    assert lab.copy_notebooks(ours, mine) == ["explore.ipynb"]
    texts = {path.name: path.read_text(encoding="utf-8") for path in mine.glob("*.ipynb")}
    assert texts == {"00-corpus.ipynb": "new", "explore.ipynb": "mine", "07-own.ipynb": "mine too"}
    (mine / "explore.ipynb").unlink()
    assert lab.copy_notebooks(ours, mine) == []
    assert (mine / "explore.ipynb").read_text(encoding="utf-8") == "new"
    assert {path.read_text(encoding="utf-8") for path in ours.iterdir()} == {"new"}


@pytest.mark.parametrize("record", ["", "[]", "{"])
def test_without_a_record_a_changed_copy_is_kept(folders, record):
    ours, mine = folders
    lab.copy_notebooks(ours, mine)
    (mine / lab.RECORD).write_text(record, encoding="utf-8")
    (ours / "explore.ipynb").write_text("new", encoding="utf-8")
    assert lab.copy_notebooks(ours, mine) == ["explore.ipynb"]


def test_what_was_kept_is_told(folders, monkeypatch, capsys):
    ours, mine = folders
    monkeypatch.setattr(lab, "NOTEBOOKS", ours)
    monkeypatch.setattr(lab, "MINE", mine)
    assert lab.main() == 0
    assert capsys.readouterr().out.startswith("Start with my-notebooks/explore.ipynb")
    (mine / "explore.ipynb").write_text("mine", encoding="utf-8")
    assert lab.main() == 0
    assert "explore.ipynb is changed and was kept" in capsys.readouterr().out
    monkeypatch.setattr(lab, "MINE", ours / "explore.ipynb")
    assert lab.main() == 1
    assert "cannot be written" in capsys.readouterr().err


def test_jupyterlab_saves_no_notebook_of_the_projects():
    given = Config()
    path = ROOT / "templates" / "lab" / "jupyter_server_config.py"
    keep = runpy.run_path(str(path), init_globals={"get_config": lambda: given})["keep_ours"]
    assert given.ContentsManager.pre_save_hook is keep
    for place in ("notebooks/00-corpus.ipynb", "/notebooks/explore.ipynb", "notebooks/deeper/x.ipynb"):
        with pytest.raises(keep.__globals__["HTTPError"], match="save it as my-notebooks/"):
            keep({"type": "notebook"}, place)
    for place in ("my-notebooks/00-corpus.ipynb", "my-corpus/notebooks/x.ipynb", "x.ipynb"):
        keep({"type": "notebook"}, place)
    keep({"type": "file"}, "notebooks/notes.txt")
