"""The README: its findings are the notebooks' own, its commands and places exist."""

import itertools
import re

from test_architecture import FLOORS

from helpers.pages import building, export
from helpers.place import PAGES
from helpers.text.corpus import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_findings_are_what_the_notebooks_print():
    between = README.partition(building.MARKS[0])[2].partition(building.MARKS[1])[0].strip()
    assert between == export.answers([ROOT / "notebooks" / f"{name}.ipynb" for name in PAGES])
    assert len(between) > 1000


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
