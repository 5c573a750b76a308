"""The lists of reporting verbs and of spans set by hand."""

import re
from pathlib import Path

import pandas as pd

from helpers.names import EntitiesTable
from helpers.table import UNKNOWN
from helpers.text import CorpusError, Problem, list_cells, list_frame, list_path, load_list
from helpers.voices.tables import SpeechVerbsTable, VoiceOverridesTable

__all__ = ["load_speech_verbs", "load_voice_overrides"]


def load_speech_verbs(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the reporting verbs with their forms and classes: those of `folder`, or else the project's."""
    own = list_path("speech_verbs.csv", folder).is_file()
    return load_list("speech_verbs.csv", SpeechVerbsTable, folder if own else None)


def load_voice_overrides(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the stretches whose voice or speaker the reader sets by hand; offsets must be whole numbers."""
    name, numbers = "voice_overrides.csv", ("start_char", "end_char")
    rows, problems = list_cells(name, VoiceOverridesTable, folder)
    known = {cells["entity_id"] for _, cells in list_cells("entities.csv", EntitiesTable, folder)[0]}
    for row, cells in rows:
        wrong = [column for column in numbers if not re.fullmatch(r"[0-9]{1,12}", cells[column])]
        mend = "not a whole number; copy the offset from the table of spans"
        problems += [Problem(name, row, column, cells[column], mend) for column in wrong]
        if not re.fullmatch("[0-9a-f]{16}", cells["text_hash"]):
            mend = "not the key of a text; copy it from the table of spans"
            problems.append(Problem(name, row, "text_hash", cells["text_hash"], mend))
        if known and cells["speaker"] not in {"", UNKNOWN} | known:
            mend = "not in entities.csv; add it there, or write unknown"
            problems.append(Problem(name, row, "speaker", cells["speaker"], mend))
        if not wrong and int(cells["start_char"]) >= int(cells["end_char"]):
            mend = "not after start_char; give the span's first and last offset"
            problems.append(Problem(name, row, "end_char", cells["end_char"], mend))
    if problems:
        raise CorpusError(problems)
    return list_frame(rows, VoiceOverridesTable)
