"""The list of framing terms, and what is wrong with its patterns."""

from pathlib import Path

import pandas as pd

from helpers.framing.tables import FramingTermsTable
from helpers.names import EntitiesTable
from helpers.text import (
    CorpusError,
    Problem,
    Row,
    find_terms,
    list_cells,
    list_frame,
    list_path,
    regex_mend,
    stars_mend,
)

__all__ = ["load_framing_terms", "neutrality_problems"]


def load_framing_terms(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the framing terms, one row per term and target; a term without a target is refused.

    A row whose status is draft waits for a person's decision and is left out, as a rejected one is.
    """
    rows, problems = list_cells("framing_terms.csv", FramingTermsTable, folder, drafts=False)
    for row, cells in rows:
        if not cells["target"]:
            mend = f"{cells['term_id']} has none; say whom the term is applied to"
            problems.append(Problem("framing_terms.csv", row, "target", "", mend))
    problems += _pattern_problems(rows)
    if problems:
        raise CorpusError(problems)
    return list_frame(rows, FramingTermsTable)


def _pattern_problems(rows: list[Row]) -> list[Problem]:
    """Return what is wrong with the patterns: none, two terms with one, an expression that is none."""
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    for row, cells in rows:
        term, pattern = cells["term_id"], cells["pattern"]
        mend = _pattern_mend(cells)
        if owner.setdefault(pattern, term) != term:
            mend = f"already the pattern of {owner[pattern]}; give both rows one term_id"
        if mend:
            problems.append(Problem("framing_terms.csv", row, "pattern", pattern, mend))
    return problems


def _pattern_mend(cells: dict[str, str]) -> str:
    """Return what is wrong with the pattern of a row, or nothing."""
    pattern = cells["pattern"]
    if cells["match"] == "regex":
        return regex_mend(pattern) if pattern.strip("* ") else "holds no word; write the term"
    words = any(char.isalnum() for char in pattern)
    return stars_mend(pattern) if words else "holds no word; write the term"


def neutrality_problems(folder: str | Path | None = None) -> list[Problem]:
    """Return the canonical names in which a framing term kept beside them is found.

    Where one list is the corpus's own and the other the project's, neither was made with the other in mind.
    """
    names, kept = (list_path(name, folder) for name in ("entities.csv", "framing_terms.csv"))
    if not kept.is_file() or kept.parent != names.parent:
        return []
    terms = [
        cells for _, cells in list_cells("framing_terms.csv", FramingTermsTable, folder, drafts=False)[0]
    ]
    terms = [cells for cells in terms if not _pattern_mend(cells)]
    regex = {cells["pattern"] for cells in terms if cells["match"] == "regex"}
    rows = list_cells("entities.csv", EntitiesTable, folder)[0]
    texts = pd.DataFrame(
        {"doc_id": [row for row, _ in rows], "text": [cells["canonical"] for _, cells in rows]}
    )
    hits = find_terms(texts, [cells["pattern"] for cells in terms], regex=regex)
    return [
        Problem(
            "entities.csv", row, "canonical", surface, f"is the framing term {pattern}; name it neutrally"
        )
        for row, surface, pattern in zip(hits["doc_id"], hits["surface"], hits["pattern"], strict=True)
    ]
