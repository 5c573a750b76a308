"""Checksums of files: what may have changed is read again."""

import os
from pathlib import Path

import pytest

from helpers.text import digests


def test_a_file_changed_in_place_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the same size nor the same time of change set back passes for the same words."""
    monkeypatch.setattr(digests, "AT_REST", -1)
    path = tmp_path / "a.txt"
    path.write_text("one", encoding="utf-8")
    first, before = digests.file_digest(str(path)), path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_text("two", encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert digests.file_digest(str(path)) != first
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_at_rest_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before is known; a file just written is read each time."""
    path, read = tmp_path / "a.txt", []
    path.write_text("one", encoding="utf-8")
    whole = digests.hashlib.file_digest
    monkeypatch.setattr(
        digests.hashlib, "file_digest", lambda file, name: read.append(name) or whole(file, name)
    )
    assert digests.file_digest(str(path)) == digests.file_digest(str(path))
    assert len(read) == 2
    monkeypatch.setattr(digests, "AT_REST", -1)
    assert digests.file_digest(str(path)) == digests.file_digest(str(path))
    assert len(read) == 3


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe, a folder and nothing all give the same words."""
    os.mkfifo(tmp_path / "pipe")
    told = {digests.file_digest(str(tmp_path / name)) for name in ("pipe", "", "none")}
    assert told == {b"cannot be read"}
