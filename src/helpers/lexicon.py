"""User-kept CSVs of names, framing terms and speech verbs, and the one finder that looks for them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.corpus import ROOT, CorpusError, Problem, chosen_corpus, read_cells
from helpers.schema import Aliases, Entities, FramingTerms, SpeechVerbs, Table, conform

__all__ = ["find_terms", "load_aliases", "load_entities", "load_framing_terms", "load_speech_verbs"]

_BLANKS = r"[^\S\n\u2028\u2029]+"
_LETTER = r"[^\W_]"
# A capital straight after a small letter also starts a word: pages glue a name to the next ("PressIran").
_GLUED = "(?-i:(?<=[a-z])(?=[A-Z]))"
_START = re.compile(rf"(?<!{_LETTER})(?=\S)|{_GLUED}")
_END = rf"(?:(?!{_LETTER}|[\u0300-\u036f])|{_GLUED})"


def load_entities(folder: Path | None = None) -> pd.DataFrame:
    """Return the authority file's entities; a canonical name that holds a framing term is refused."""
    entities = _load("entities.csv", Entities, folder)
    return _checked(entities, _not_neutral(entities, folder))


def _not_neutral(entities: pd.DataFrame, folder: Path | None) -> list[Problem]:
    """Return the canonical names in which a framing term is found; none where no terms are kept."""
    if not _lexicon_path("framing_terms.csv", folder).is_file():
        return []
    terms = load_framing_terms(folder)
    names = pd.DataFrame({"doc_id": range(2, len(entities) + 2), "text": entities["canonical"]})
    hits = find_terms(names, terms["pattern"], regex=terms.loc[terms["match"] == "regex", "pattern"])
    return [
        Problem("entities.csv", row, "canonical", entities["canonical"][row - 2], mend)
        for row, mend in zip(hits["doc_id"], "holds the framing term " + hits["pattern"], strict=True)
    ]


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
    return _checked(terms, problems + _pattern_problems(terms))


def _pattern_problems(terms: pd.DataFrame) -> list[Problem]:
    """Return what is wrong with the patterns: none, two terms with one, an expression that is none."""
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    columns = (terms[name] for name in ("term_id", "pattern", "match"))
    for row, (term, pattern, match) in enumerate(zip(*columns, strict=True), start=2):
        mend = "" if pattern.strip("* ") else "holds no word; write the term"
        if match == "regex":
            mend = mend or _regex_mend(pattern)
        if owner.setdefault(pattern, term) != term:
            mend = f"already the pattern of {owner[pattern]}; give both rows one term_id"
        if mend:
            problems.append(Problem("framing_terms.csv", row, "pattern", pattern, mend))
    return problems


def _regex_mend(pattern: str) -> str:
    """Return what is wrong with a regular expression, or nothing."""
    try:
        re.compile(pattern)
        re.compile(f"(?:{pattern})")
    except re.error as error:
        return f"not a regular expression ({error.msg}); mend it"
    return ""


def load_speech_verbs(folder: Path | None = None) -> pd.DataFrame:
    """Return the reporting verbs with their forms and classes."""
    return _load("speech_verbs.csv", SpeechVerbs, folder)


class _Matcher(NamedTuple):
    """A pattern and the expression that finds it."""

    pattern: str
    expression: re.Pattern[str]


def find_terms(
    documents: pd.DataFrame, patterns: Iterable[str], *, exact: Iterable[str] = (), regex: Iterable[str] = ()
) -> pd.DataFrame:
    """Return every use of `patterns` in `documents`, without overlap: the leftmost, there the longest.

    One row per use: doc_id, start_char, end_char, surface, pattern. A pattern begins and ends at a
    word's edge; a possessive ending stays outside. In a plain pattern a blank matches any blanks of
    the line, an apostrophe or hyphen any of its kind, and `*` any letters ("martyr*"). Patterns in
    `regex` are regular expressions as they stand. Capitals matter only for the patterns in `exact`.
    """
    index, anywhere = _index(sorted(set(patterns)), exact=frozenset(exact), regex=frozenset(regex))
    rows = [
        (doc_id, start, end, text[start:end], pattern)
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for start, end, pattern in _spans(text, index, anywhere)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char", "surface", "pattern"])


def _index(
    patterns: list[str], *, exact: frozenset[str], regex: frozenset[str]
) -> tuple[dict[str, list[_Matcher]], list[_Matcher]]:
    """Return the matchers by the first letters of what they find, and those that may begin anyhow."""
    index: dict[str, list[_Matcher]] = {}
    anywhere: list[_Matcher] = []
    for pattern in sorted(patterns, key=lambda name: (name not in exact, name)):
        body = f"(?:{pattern})" if pattern in regex else _plain(pattern)
        matcher = _Matcher(pattern, re.compile(body + _END, re.NOFLAG if pattern in exact else re.IGNORECASE))
        fixed = pattern not in regex and "*" not in pattern[:2]
        (index.setdefault(_key(pattern), []) if fixed else anywhere).append(matcher)
    return index, anywhere


def _key(text: str, start: int = 0) -> str:
    """Return the first two letters at `start`, or the first where the second is none."""
    first, second = text[start : start + 1].lower(), text[start + 1 : start + 2].lower()
    return first + second if second.isalnum() else first


def _plain(pattern: str) -> str:
    """Return the regular expression of a pattern that is not one itself."""
    kinds = {"'": "['’ʼ‘]", "’": "['’ʼ‘]", "-": "[-‐‑]", "*": r"\w*"}
    words = ("".join(kinds.get(char, re.escape(char)) for char in word) for word in pattern.split())
    return _BLANKS.join(words)


def _spans(
    text: str, index: dict[str, list[_Matcher]], anywhere: list[_Matcher]
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and pattern of each use in `text`; at one start the longest wins."""
    after = 0
    for place in _START.finditer(text):
        start = end = place.start()
        if start < after:
            continue
        found = ""
        for pattern, expression in (*index.get(_key(text, start), ()), *anywhere):
            match = expression.match(text, start)
            if match and match.end() > end:
                end, found = match.end(), pattern
        if end > start:
            yield start, end, found
            after = end


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
