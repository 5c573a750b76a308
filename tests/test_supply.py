"""Whatever is installed has the hash that stands in requirements.txt."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.place import ROOT

HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def test_every_pin_is_exact_and_has_hashes() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert len(pins) > 100
    assert all(re.fullmatch(r"[a-z0-9._-]+==[^ ;]+( ; .+)? \\", lines[number]) for number in pins)
    for start, end in zip(pins, [*pins[1:], len(lines)], strict=True):
        hashes = lines[start + 1 : end]
        assert hashes
        assert all(HASH.fullmatch(line) for line in hashes)
        assert [line.endswith("\\") for line in hashes] == [True] * (len(hashes) - 1) + [False]


@pytest.mark.parametrize("works", [True, False])
def test_nothing_is_installed_without_its_hash(tmp_path: Path, works: bool) -> None:
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    failing = "" if works else 'case "$*" in *uv*) exit 1;; esac\n'
    python.write_text(f'#!/bin/sh\necho "$@" >> calls\n{failing}')
    python.chmod(0o755)
    subprocess.run(["make", "-s", ".venv/.ready"], cwd=tmp_path, capture_output=True, check=True)
    calls = (tmp_path / "calls").read_text().splitlines()
    installed = [call for call in calls if "install" in call]
    assert len(installed) == 3
    assert all("--require-hashes" in call for call in installed[:-1])
    assert installed[-1].endswith("--no-deps --no-build-isolation -e .")
    uv, others = ((tmp_path / ".venv" / f"{name}.txt").read_text() for name in ("uv", "others"))
    assert uv.startswith("uv==")
    assert len(re.findall("^[a-z]", uv, re.MULTILINE)) == 1
    assert sorted((uv + others).splitlines()) == sorted((ROOT / "requirements.txt").read_text().splitlines())
