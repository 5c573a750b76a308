"""A collation of reports as TEI parallel segmentation, for the tools of textual scholars."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from rapidfuzz.distance import LCSseq

from helpers.derivation.pair import report_words
from helpers.text import Documents, Tokens

__all__ = ["collate_tei"]
HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'


class _Column(NamedTuple):
    """A place of the collation: the hashed word that was there first, and each witness's word by number."""

    word: int
    places: dict[str, int]


def collate_tei(tokens: Tokens, documents: Documents, doc_ids: Sequence[str]) -> str:
    """Return the reports collated word by word as TEI P5 with apparatus entries in parallel segmentation.

    Words are aligned in common order, one report after the other to what is there; moved passages are not
    aligned. Words count as the same in small letters, and are given as each report prints them. Readings that
    agree stand in one `rdg`.
    """
    names = sorted(doc_ids)
    own = tokens[tokens["doc_id"].isin(names)]
    hashes = report_words(own)
    columns: list[_Column] = []
    for name in names:
        columns = _added(columns, name, hashes.get(name, np.zeros(0, np.uint64)).tolist())
    printed = {name: own.loc[own["doc_id"] == name, "token"].tolist() for name in names}
    norms = {name: own.loc[own["doc_id"] == name, "norm"].tolist() for name in names}
    titles = documents.set_index("doc_id")["outlet"]
    witnesses = "".join(
        f"<witness xml:id={_identifier(place)}>{escape(f'{name}, {titles[name]}')}</witness>"
        for place, name in enumerate(names)
    )
    body = " ".join(
        _segment(list(segment), names, printed, norms)
        for _, segment in groupby(columns, key=lambda column: len(column.places) == len(names))
    )
    return (
        f"{HEAD}<teiHeader><fileDesc><titleStmt><title>Collation</title></titleStmt>"
        "<publicationStmt><p>Made by Variorum</p></publicationStmt>"
        f"<sourceDesc><listWit>{witnesses}</listWit></sourceDesc></fileDesc><encodingDesc>"
        '<variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc></teiHeader>'
        f"<text><body><p>{body}</p></body></text></TEI>\n"
    )


def _added(columns: list[_Column], name: str, words: list[int]) -> list[_Column]:
    """Return the columns with a witness's words set into them, or between them."""
    result: list[_Column] = []
    for step in LCSseq.opcodes([column.word for column in columns], words):
        old = columns[step.src_start : step.src_end]
        if step.tag == "equal":
            places = range(step.dest_start, step.dest_end)
            result += [
                column._replace(places=column.places | {name: place})
                for column, place in zip(old, places, strict=True)
            ]
        else:
            result += old
            result += [
                _Column(words[place], {name: place}) for place in range(step.dest_start, step.dest_end)
            ]
    return result


def _segment(
    columns: list[_Column], names: list[str], printed: dict[str, list[str]], norms: dict[str, list[str]]
) -> str:
    """Return a run of columns: plain where all witnesses have them, else an entry with each reading."""
    if len(columns[0].places) == len(names):
        return escape(" ".join(printed[names[0]][column.places[names[0]]] for column in columns))
    readings: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        places = [column.places[name] for column in columns if name in column.places]
        readings.setdefault(tuple(norms[name][place] for place in places), []).append(name)
    entries = []
    for _, here in sorted(readings.items(), key=lambda reading: reading[1]):
        places = [column.places[here[0]] for column in columns if here[0] in column.places]
        words = escape(" ".join(printed[here[0]][place] for place in places))
        entries.append(f"<rdg wit={_pointers(here, names)}>{words}</rdg>")
    return f"<app>{''.join(entries)}</app>"


def _identifier(place: int) -> str:
    """Return a witness's identifier; a report's name may hold what XML forbids there."""
    return quoteattr(f"w{place}")


def _pointers(some: list[str], names: list[str]) -> str:
    """Return pointers to witnesses."""
    return quoteattr(" ".join(f"#w{names.index(name)}" for name in some))
