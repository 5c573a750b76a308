"""One broken cell of a list, alone and beside the others: one line with file, row, column, value and mend."""

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import edition
from helpers.place import ROOT
from helpers.text.corpus import CorpusError

# Values that a cell of the column cannot have, in every list that a corpus may keep.
BROKEN = {
    "entities.csv": {
        "entity_id": ["", "Big Name", "a_b", "-"],
        "canonical": ["", "***", "…"],
        "entity_type": ["", "person", "PLANET"],
        "wikidata": ["7", "Q0", "q12"],
    },
    "aliases.csv": {
        "entity_id": ["", "nobody-at-all", "Ann Reed"],
        "alias": ["", "*", "a*b*c*d*e", "-"],
        "kind": ["", "Name", "title"],
        "case": ["", "folded", "exactly"],
        "valid_from": ["yesterday", "2024-13", "2024-02-30", "24"],
        "valid_to": ["tomorrow", "2024-00", "1/2/2024"],
    },
    "spellings.csv": {
        "surface": [""],
        "entity_id": ["", "nobody-at-all"],
        "decision": ["", "yes", "Accepted"],
    },
    "speech_verbs.csv": {
        "lemma": [""],
        "forms": ["", "|", "say||says", "-"],
        "verb_class": ["", "neutrally", "angry"],
        "introduces": ["", "words"],
    },
    "framing_terms.csv": {
        "term_id": [""],
        "pattern": ["", "*", "* *", "a*b*c*d*e", "—"],
        "match": ["", "glob"],
        "case": ["", "folded"],
        "target": [""],
        "decided_by": ["", "me"],
    },
    "voice_overrides.csv": {
        "text_hash": ["", "xyz", "0123456789ABCDEF"],
        "start_char": ["", "-1", "1.5", "one"],
        "end_char": ["", "x", "5", "0"],
        "voice": ["", "loud"],
        "speaker": ["nobody-at-all"],
    },
}
CELLS = [
    (name, column, value)
    for name, columns in BROKEN.items()
    for column, values in columns.items()
    for value in values
]
OVERRIDE = "text_hash,start_char,end_char,voice,speaker,note\n0123456789abcdef,5,9,direct,unknown,\n"


def whole(folder: Path) -> Path:
    """Write the six lists of a corpus, all in order."""
    own = folder / "lexicons"
    shutil.copytree(ROOT / "data" / "lexicons", own)
    (own / "voice_overrides.csv").write_text(OVERRIDE, encoding="utf-8")
    return own


def broken(path: Path, row: int, column: str, value: str) -> int:
    """Put a value into a cell; return the row of the file in which it stands, counted by lines."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    row %= len(rows)
    rows[row][header.index(column)] = value
    # A blank line and one with a line end within a cell come first, so that rows and lines differ.
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        file.write("\n")
        writer.writerows(rows)
    return row + 3


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside the others"])
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cell=st.sampled_from(CELLS), row=st.integers(0, 10**6))
def test_a_broken_cell_is_told_in_one_line(alone, cell, row, tmp_path_factory):
    name, column, value = cell
    folder = tmp_path_factory.mktemp("corpus")
    own = whole(folder)
    line = broken(own / name, row, column, value)
    if alone:
        # Aliases, spellings and speakers are checked against the entities, which stay.
        for path in own.glob("*.csv"):
            if path.name not in (name, "entities.csv"):
                path.unlink()
    with pytest.raises(CorpusError) as caught:
        edition.read_lists(folder)
    told = [p for p in caught.value.problems if (p.file, p.row, p.column) == (name, line, column)]
    assert told, caught.value.problems
    assert told[0].value in (value, "")
    assert len(told[0].mend) > 10
    assert str(told[0]).startswith(f"{name}, row {line}, column {column}: ")
    assert len(str(caught.value).splitlines()) == min(len(caught.value.problems), 101) + 1


def test_the_lists_are_whole_before_a_cell_is_broken(tmp_path):
    whole(tmp_path)
    assert len(edition.read_lists(tmp_path).terms) > 20
