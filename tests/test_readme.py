"""The README: its findings are the notebooks' own, its commands and places exist."""

import itertools
import re
import tomllib

from test_architecture import FLOORS

from helpers import picture as picture_room
from helpers.pages import building, export
from helpers.place import PAGES
from helpers.text.corpus import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_findings_are_what_the_notebooks_print():
    between = README.partition(building.MARKS[0])[2].partition(building.MARKS[1])[0].strip()
    assert between == export.answers([ROOT / "notebooks" / f"{name}.ipynb" for name in PAGES])
    assert len(between) > 1000


def test_a_reader_is_through_in_five_minutes_and_has_seen_a_page():
    assert len(README.split()) <= 1200
    picture = re.search(r"!\[([^]]{20,})\]\(([^)]+)\)", README)
    path = ROOT / picture[2]
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < picture_room.HEAVIEST
    assert path == picture_room.PICTURE


def test_the_picture_says_what_it_needs(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(picture_room, "ROOT", tmp_path)
    assert picture_room.main() == 1
    assert "make report first" in capsys.readouterr().err
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "06-synopsis.html").write_text("<p>Page</p>", encoding="utf-8")
    monkeypatch.setattr(picture_room.shutil, "which", lambda _: None)
    assert picture_room.main() == 1
    assert "needs a Chromium" in capsys.readouterr().err


def test_the_picture_is_a_page_as_a_browser_shows_it(tmp_path, chromium):
    (tmp_path / "page.html").write_text("<h1>A page</h1>", encoding="utf-8")
    picture_room.draw(tmp_path / "page.html", tmp_path / "deeper" / "page.png", chromium)
    header = (tmp_path / "deeper" / "page.png").read_bytes()[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == (
        picture_room.WIDTH,
        picture_room.HEIGHT,
    )


def test_one_version_is_told_everywhere():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {told}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^## ([0-9.]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[0] == told


def test_every_method_change_is_dated():
    changes = (
        (ROOT / "CHANGELOG.md")
        .read_text(encoding="utf-8")
        .partition("### Method changes")[2]
        .partition("\n## ")[0]
    )
    items = re.findall(r"^- (.*)$", changes, re.M)
    assert items
    assert [item for item in items if not re.match(r"2026-\d\d-\d\d: ", item)] == []
    dates = [item[:10] for item in items]
    assert dates == sorted(dates, reverse=True)


def test_every_make_target_named_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"`?make ([a-z]+)", README)) - {"the"}
    assert {"report", "test", "lab"} <= named <= targets


def test_every_place_named_exists():
    places = re.findall(r"`((?:[a-z.]+/)+[a-zA-Z.]*)`", README)
    assert [p for p in places if p != "reports/" and not (ROOT / p).exists() and "my-corpus" not in p] == []


def test_the_packages_are_named_in_their_order():
    text = README.partition("in the order of their imports")[2].partition("`DECISIONS.md`")[0]
    assert re.findall(r"`([a-z]+)`", text) == [*itertools.chain(*FLOORS[2:8]), "pages"]
