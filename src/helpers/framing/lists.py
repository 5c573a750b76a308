"""The list of framing terms, and what is wrong with its patterns."""

from pathlib import Path

import pandas as pd

from helpers.framing.tables import FramingTerms, FramingTermsTable
from helpers.names import EntitiesTable
from helpers.text import (
    Problem,
    checked,
    find_terms,
    list_cells,
    list_path,
    load_list,
    regex_mend,
    stars_mend,
)

__all__ = ["load_framing_terms", "neutrality_problems"]


def load_framing_terms(folder: Path | None = None) -> pd.DataFrame:
    """Return the framing terms, one row per term and target; a term without a target is refused.

    A row whose status is draft waits for a person's decision and is left out, as a rejected one is.
    """
    terms = load_list("framing_terms.csv", FramingTermsTable, folder, drafts=False)
    problems = [
        Problem("framing_terms.csv", row, "target", "", f"{term} has none; say whom the term is applied to")
        for row, (term, target) in enumerate(zip(terms["term_id"], terms["target"], strict=True), start=2)
        if not target
    ]
    return checked(terms, problems + _pattern_problems(terms))


def _pattern_problems(terms: FramingTerms) -> list[Problem]:
    """Return what is wrong with the patterns: none, two terms with one, an expression that is none."""
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    columns = (terms[name] for name in ("term_id", "pattern", "match"))
    for row, (term, pattern, match) in enumerate(zip(*columns, strict=True), start=2):
        mend = "" if pattern.strip("* ") else "holds no word; write the term"
        mend = mend or (regex_mend(pattern) if match == "regex" else stars_mend(pattern))
        if owner.setdefault(pattern, term) != term:
            mend = f"already the pattern of {owner[pattern]}; give both rows one term_id"
        if mend:
            problems.append(Problem("framing_terms.csv", row, "pattern", pattern, mend))
    return problems


def neutrality_problems(folder: Path | None = None) -> list[Problem]:
    """Return the canonical names in which a framing term kept beside them is found.

    Where one list is the corpus's own and the other the project's, neither was made with the other in mind.
    """
    names, kept = (list_path(name, folder) for name in ("entities.csv", "framing_terms.csv"))
    if not kept.is_file() or kept.parent != names.parent:
        return []
    terms = [
        cells for _, cells in list_cells("framing_terms.csv", FramingTermsTable, folder, drafts=False)[0]
    ]
    regex = [cells["pattern"] for cells in terms if cells["match"] == "regex"]
    usable = [p for p in (cells["pattern"] for cells in terms) if p not in regex or not regex_mend(p)]
    rows = list_cells("entities.csv", EntitiesTable, folder)[0]
    texts = pd.DataFrame(
        {"doc_id": [row for row, _ in rows], "text": [cells["canonical"] for _, cells in rows]}
    )
    hits = find_terms(texts, usable, regex=[pattern for pattern in usable if pattern in regex])
    return [
        Problem(
            "entities.csv", row, "canonical", surface, f"is the framing term {pattern}; name it neutrally"
        )
        for row, surface, pattern in zip(hits["doc_id"], hits["surface"], hits["pattern"], strict=True)
    ]
