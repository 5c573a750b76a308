"""Word files (.docx): their paragraphs in order, each once."""

import io
import zipfile
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from helpers.text.problems import Refused

__all__ = ["word_text"]
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is there a second time: a box as older programs draw it, and words at the place they were moved from.
_COPIES = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_WORD}moveFrom",
)
_SIGNS = {f"{_WORD}{name}": sign for name, sign in (("tab", "\t"), ("br", "\n"), ("cr", "\n"))}
_SIGNS[f"{_WORD}noBreakHyphen"] = "\u2011"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


class _Body:
    """The paragraphs of a part as its tags begin and end; those of a box follow the one it hangs on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[list[str]] = []
        self._inside: list[str] = []
        self._copies = 0

    def begin(self, tag: str) -> None:
        """Take the beginning of an element."""
        if tag in _COPIES:
            self._copies += 1
        elif tag == f"{_WORD}p" and not self._copies:
            self._open.append([])

    def end(self, tag: str, text: str) -> None:
        """Take the end of an element, with the text in it."""
        if tag in _COPIES:
            self._copies -= 1
        elif self._copies or not self._open:
            return
        elif tag == f"{_WORD}p":
            self._close("".join(self._open.pop()))
        elif tag == f"{_WORD}t" or tag in _SIGNS:
            self._open[-1].append(_SIGNS.get(tag, text))

    def _close(self, line: str) -> None:
        """Take a paragraph that is whole, after which an empty line comes."""
        if self._open:
            self._inside += [line, ""]
        else:
            self.lines += [line, "", *self._inside]
            self._inside = []


def word_text(path: Path, largest: int) -> tuple[str, str]:
    """Return the paragraphs of a Word file, one a line, an empty one between, and what was not read.

    Raises Refused where a part unpacks to more than `largest` bytes; what zipfile and ElementTree raise
    where the file is broken.
    """
    with zipfile.ZipFile(path) as archive:
        lines = _lines(archive, "word/document.xml", largest)
        notes = [name for name in _NOTES if name in archive.namelist()]
        left = any(line.strip() for name in notes for line in _lines(archive, name, largest))
    return "\n".join(lines), "its footnotes were not read" if left else ""


def _lines(archive: zipfile.ZipFile, name: str, largest: int) -> list[str]:
    """Return the paragraphs of a part of a Word file."""
    part = archive.getinfo(name)
    if part.file_size > largest:
        raise Refused(f"larger than {largest >> 20} MB when unpacked; cut it into several")
    raw = archive.read(part)
    if b"<!DOCTYPE" in raw[:4096]:
        raise Refused("not a Word file that can be read; save it as .txt")
    return _paragraphs(io.BytesIO(raw))


def _paragraphs(file: IO[bytes]) -> list[str]:
    """Return the paragraphs of an open part; elements are let go as they end, whatever their depth."""
    body = _Body()
    for event, node in ElementTree.iterparse(file, events=("start", "end")):
        if event == "start":
            body.begin(node.tag)
        else:
            body.end(node.tag, node.text or "")
            node.clear()
    return body.lines
