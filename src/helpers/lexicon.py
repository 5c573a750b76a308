"""User-kept CSVs of names, framing terms and speech verbs, and the one finder that looks for them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from helpers.corpus import ROOT, CorpusError, Problem, chosen_corpus, read_cells
from helpers.schema import Aliases, Entities, FramingTerms, SpeechVerbs, Table, conform

__all__ = ["find_terms", "load_aliases", "load_entities", "load_framing_terms", "load_speech_verbs"]

_APOSTROPHES = "['’ʼ‘]"
# A capital straight after a small letter also starts a word: pages glue a name to the next ("PressIran").
_BEFORE = r"(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z]))"
_AFTER = r"(?:(?![^\W_])|(?<=[a-z])(?=[A-Z]))"


def load_entities(folder: Path | None = None) -> pd.DataFrame:
    """Return the authority file's entities; a canonical name that is a framing term is refused."""
    entities = _load("entities.csv", Entities, folder)
    terms = {pattern.casefold() for pattern in load_framing_terms(folder)["pattern"]}
    problems = [
        Problem("entities.csv", row, "canonical", name, "is a framing term; write a neutral name")
        for row, name in enumerate(entities["canonical"], start=2)
        if name.casefold() in terms
    ]
    return _checked(entities, problems)


def load_aliases(folder: Path | None = None) -> pd.DataFrame:
    """Return the forms by which entities are named; each must belong to an entity of the authority file."""
    aliases = _load("aliases.csv", Aliases, folder)
    known = set(load_entities(folder)["entity_id"])
    problems = [
        Problem("aliases.csv", row, "entity_id", name, "not in entities.csv; add it there or mend the id")
        for row, name in enumerate(aliases["entity_id"], start=2)
        if name not in known
    ]
    return _checked(aliases, problems)


def load_framing_terms(folder: Path | None = None) -> pd.DataFrame:
    """Return the framing terms, one row per term and target; a term without a target is refused."""
    terms = _load("framing_terms.csv", FramingTerms, folder)
    problems = [
        Problem("framing_terms.csv", row, "target", "", f"{term} has none; say whom the term is applied to")
        for row, (term, target) in enumerate(zip(terms["term_id"], terms["target"], strict=True), start=2)
        if not target
    ]
    return _checked(terms, problems)


def load_speech_verbs(folder: Path | None = None) -> pd.DataFrame:
    """Return the reporting verbs with their forms and classes."""
    return _load("speech_verbs.csv", SpeechVerbs, folder)


def find_terms(
    documents: pd.DataFrame, patterns: Sequence[str], *, exact: Iterable[str] = ()
) -> pd.DataFrame:
    """Return every use of `patterns` in `documents`, longest first, without overlap.

    One row per use: doc_id, start_char, end_char, surface, pattern. A blank in a pattern matches any
    blanks, a straight apostrophe any apostrophe; capitals matter only for the patterns in `exact`.
    """
    exact = frozenset(exact)
    columns = ["doc_id", "start_char", "end_char", "surface", "pattern"]
    if not patterns:
        return pd.DataFrame(columns=columns)
    longest_first = sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
    pieces = (_expression(pattern, exact=pattern in exact) for pattern in longest_first)
    finder = re.compile(f"{_BEFORE}(?:{'|'.join(f'({piece})' for piece in pieces)}){_AFTER}")
    rows = [
        (doc_id, match.start(), match.end(), match.group(), longest_first[(match.lastindex or 1) - 1])
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for match in finder.finditer(text)
    ]
    return pd.DataFrame(rows, columns=columns)


def _expression(pattern: str, *, exact: bool) -> str:
    """Return the regular expression of a plain pattern."""
    words = (re.sub("'|’", _APOSTROPHES.replace("\\", ""), re.escape(word)) for word in pattern.split())
    body = r"\s+".join(words)
    return body if exact else f"(?i:{body})"


def _load(name: str, table: type[Table], folder: Path | None) -> pd.DataFrame:
    """Return the CSV `name` of `folder`, of the chosen corpus's lexicons, or of data/lexicons."""
    columns = tuple(table.to_schema().columns)
    rows, problems = read_cells(_lexicon_path(name, folder), columns)
    schema = table.to_schema()
    for row, cells in rows:
        for column in columns:
            allowed = next((c.statistics["allowed_values"] for c in schema.columns[column].checks), None)
            if allowed and cells[column] not in allowed:
                mend = "write one of " + ", ".join(sorted(allowed))
                problems.append(Problem(name, row, column, cells[column], mend))
    if problems:
        raise CorpusError(problems)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=list(columns), dtype="str"), table)


def _lexicon_path(name: str, folder: Path | None) -> Path:
    """Return where the CSV is: the given folder, the corpus's own lexicons, or the project's."""
    corpus = chosen_corpus()
    own = (corpus / "lexicons" / name) if corpus else None
    if folder is not None:
        return folder / name
    return own if own is not None and own.is_file() else ROOT / "data" / "lexicons" / name


def _checked(table: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Return the table, or raise CorpusError with the problems."""
    if problems:
        raise CorpusError(problems)
    return table
