"""User-kept CSVs of names, framing terms and speech verbs, and the one finder that looks for them."""

import math
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus import ROOT, CorpusError, chosen_corpus
from helpers.readers import Problem, Row, read_cells
from helpers.schema import (
    Aliases,
    Entities,
    FramingTerms,
    SpeechVerbs,
    Spellings,
    Table,
    VoiceOverrides,
    conform,
)
from helpers.segmentation import STOP_WORDS

__all__ = [
    "find_terms",
    "load_aliases",
    "load_entities",
    "load_framing_terms",
    "load_speech_verbs",
    "load_spellings",
    "load_voice_overrides",
]

_AUTHORITY = ("entities.csv", "aliases.csv", "spellings.csv")
_OPTIONAL = ("aliases.csv", "spellings.csv", "voice_overrides.csv")
_SHORT = 5
# How long a use may be, and in how many ways a pattern may match one stretch so long: a search must end.
LONGEST, MOST_WAYS, MOST_STARS = 100, 2 * 10**6, 3
_BLANKS = r"[^\S\n\u2028\u2029]+"
_LETTER = r"[^\W_]"
_INITIALS = re.compile("[A-Z]{2,4}")
_OPENING = re.compile("[A-Za-z]{4}")
# The letters of other alphabets that match an ASCII one where capitals do not matter.
_AS_ASCII = str.maketrans("ıİſ\u212a", "iisk")
# A capital straight after a small letter also starts a word: pages glue a name to the next ("PressIran").
_GLUED = "(?-i:(?<=[a-z])(?=[A-Z]))"
_START = re.compile(rf"(?<!{_LETTER})(?=\S)|{_GLUED}")
_END = rf"(?:(?!{_LETTER}|[\u0300-\u036f])|{_GLUED})"


def load_entities(folder: Path | None = None) -> pd.DataFrame:
    """Return the authority file's entities; a canonical name that holds a framing term is refused.

    Entities, aliases and spellings are one authority: whatever is wrong in any of them is told at once.
    """
    return _authority(folder)[0]


def load_aliases(folder: Path | None = None) -> pd.DataFrame:
    """Return the forms by which entities are named, the accepted spellings among them (as exact names)."""
    _, aliases, spellings = _authority(folder)
    accepted = spellings[spellings["decision"] == "accepted"].rename(columns={"surface": "alias"})
    accepted = accepted.assign(kind="name", case="exact", valid_from="", valid_to="", scope="")
    return conform(pd.concat([aliases, accepted.assign(note="accepted spelling")]), Aliases)


def load_spellings(folder: Path | None = None) -> pd.DataFrame:
    """Return the spellings that were proposed and accepted or rejected; none where no file is kept."""
    return _authority(folder)[2]


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
        mend = mend or (_regex_mend(pattern) if match == "regex" else _stars_mend(pattern))
        if owner.setdefault(pattern, term) != term:
            mend = f"already the pattern of {owner[pattern]}; give both rows one term_id"
        if mend:
            problems.append(Problem("framing_terms.csv", row, "pattern", pattern, mend))
    return problems


def _stars_mend(pattern: str) -> str:
    """Return what is wrong with the stars of a plain pattern, or nothing."""
    return f"more than {MOST_STARS} stars; write several terms" if pattern.count("*") > MOST_STARS else ""


def _regex_mend(pattern: str) -> str:
    """Return what is wrong with a regular expression, or nothing."""
    try:
        re.compile(pattern)
        re.compile(f"(?:{pattern})")
        ways = _ways(_parser.parse(pattern))
    except (re.error, RecursionError, OverflowError) as error:
        return f"not a regular expression ({getattr(error, 'msg', 'nested too deep')}); mend it"
    if ways > MOST_WAYS:
        return (
            "could match in too many ways to be searched for; take out repetitions, above all within others"
        )
    return ""


def _ways(sequence: Iterable[tuple[Any, Any]]) -> float:
    """Return a bound on the ways in which a parsed expression can match a stretch of LONGEST characters.

    A search that fails tries them all: alternatives add up, what follows each other multiplies, and a
    repetition counts every number of times it may repeat.
    """
    ways = 1.0
    for kind, value in sequence:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, body = value
            inner = _ways(body)
            times = range(min(least, LONGEST), min(most, LONGEST) + 1)
            ways *= sum(inner**n if n * math.log2(inner) < 64 else math.inf for n in times)
        elif kind is op.BRANCH:
            ways *= sum(map(_ways, value[1]))
        elif kind is op.GROUPREF_EXISTS:
            ways *= sum(_ways(part) for part in value[1:] if part is not None)
        elif kind in (op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT):
            ways *= _ways(value[-1])
        elif kind is op.ATOMIC_GROUP:
            ways *= _ways(value)
    return ways


def load_speech_verbs(folder: Path | None = None) -> pd.DataFrame:
    """Return the reporting verbs with their forms and classes."""
    return _load("speech_verbs.csv", SpeechVerbs, folder)


def load_voice_overrides(folder: Path | None = None) -> pd.DataFrame:
    """Return the stretches whose voice or speaker the reader sets by hand; offsets must be whole numbers."""
    name, numbers = "voice_overrides.csv", ("start_char", "end_char")
    rows, problems = _cells(name, VoiceOverrides, folder)
    for row, cells in rows:
        wrong = [column for column in numbers if not re.fullmatch(r"[0-9]{1,12}", cells[column])]
        mend = "not a whole number; copy the offset from the table of spans"
        problems += [Problem(name, row, column, cells[column], mend) for column in wrong]
        if not wrong and int(cells["start_char"]) >= int(cells["end_char"]):
            mend = "not after start_char; give the span's first and last offset"
            problems.append(Problem(name, row, "end_char", cells["end_char"], mend))
    if problems:
        raise CorpusError(problems)
    return _frame(rows, VoiceOverrides)


class _Matcher(NamedTuple):
    """A pattern, whether its capitals count, and whether it is a regular expression."""

    pattern: str
    exact: bool
    regex: bool


def find_terms(
    documents: pd.DataFrame, patterns: Iterable[str], *, exact: Iterable[str] = (), regex: Iterable[str] = ()
) -> pd.DataFrame:
    """Return every use of `patterns` in `documents`, without overlap: the leftmost, there the longest.

    One row per use: doc_id, start_char, end_char, surface, pattern. A pattern begins and ends at a
    word's edge; a possessive ending stays outside. In a plain pattern a blank matches any blanks of
    the line, an apostrophe or hyphen any of its kind, and `*` any letters ("martyr*"). Patterns in
    `regex` are regular expressions as they stand, for uses of at most 100 characters. Capitals matter only
    for the patterns in `exact`, which may still be printed all in capitals.
    """
    index, anywhere = _index(frozenset(patterns), exact=frozenset(exact), regex=frozenset(regex))
    rows = [
        (doc_id, start, end, text[start:end], pattern)
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for start, end, pattern in _spans(text, index, anywhere)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char", "surface", "pattern"])


@lru_cache(maxsize=8)
def _index(
    patterns: frozenset[str], *, exact: frozenset[str], regex: frozenset[str]
) -> tuple[dict[str, list[_Matcher]], list[_Matcher]]:
    """Return the matchers by the first letters of what they find, and those that may begin anyhow.

    Under four letters stand also the matchers that the first two of them call for.
    """
    index: dict[str, list[_Matcher]] = {}
    anywhere: list[_Matcher] = []
    for pattern in patterns:
        matcher = _Matcher(pattern, pattern in exact, pattern in regex)
        if pattern in regex or "*" in pattern[:2]:
            anywhere.append(matcher)
        else:
            for key in _keys(pattern):
                index.setdefault(key, []).append(matcher)
    longer = {key: [*found, *index.get(key[:2], ())] for key, found in index.items() if len(key) > 2}
    ordered = {key: sorted(found, key=_order) for key, found in (index | longer).items()}
    return ordered, sorted(anywhere, key=_order)


def _order(matcher: _Matcher) -> tuple[bool, str]:
    """Return what patterns are tried by: those whose capitals count come first."""
    return not matcher.exact, matcher.pattern


@cache
def _expression(matcher: _Matcher) -> re.Pattern[str]:
    """Return the expression that finds a pattern, made when a text first calls for it."""
    pattern = matcher.pattern
    body = f"(?:{pattern})" if matcher.regex else f"(?:{_plain(pattern)}|{_plain(pattern.upper())})"
    return re.compile(body + _END, re.NOFLAG if matcher.exact else re.IGNORECASE)


def _keys(pattern: str) -> set[str]:
    """Return the first letters of what a plain pattern finds: four where it begins with so many."""
    small = _small(pattern)
    if _INITIALS.fullmatch(pattern):
        return {_key(small, 0), small[:1]}
    return {small[:4] if _OPENING.match(small) else _key(small, 0)}


def _small(text: str) -> str:
    """Return a text in small letters; it keeps its length, for the one letter that grows is exchanged."""
    return text.translate(_AS_ASCII).lower()


def _key(small: str, start: int) -> str:
    """Return the first two letters at `start` of a text in small letters, or the first if that is all."""
    return small[start : start + 2] if small[start + 1 : start + 2].isalnum() else small[start : start + 1]


def _plain(pattern: str) -> str:
    """Return the regular expression of a pattern that is not one itself.

    Initials may be dotted ("US", "U.S."), and an Arabic article may be capitalised or not.
    """
    if _INITIALS.fullmatch(pattern):
        return f"(?:{pattern}|{''.join(char + r'[.]' for char in pattern)})"
    kinds = {"'": "['’ʼ‘]", "’": "['’ʼ‘]", "-": "[-‐‑]", "*": rf"\w{{0,{LONGEST}}}"}
    words = ("".join(kinds.get(char, re.escape(char)) for char in word) for word in pattern.split())
    return _BLANKS.join(re.sub(r"^([AaEe][Ll])(?=\[)", r"(?i:\1)", word) for word in words)


def _spans(
    text: str, index: dict[str, list[_Matcher]], anywhere: list[_Matcher]
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and pattern of each use in `text`; at one start the longest wins."""
    after = 0
    small = _small(text)
    for place in _START.finditer(text):
        start = end = place.start()
        if start < after:
            continue
        found = ""
        known = index.get(small[start : start + 4]) or index.get(_key(small, start), [])
        for matcher in (*known, *anywhere):
            # One character more than a use may have, for what must not follow it.
            stop = start + LONGEST + 1 if matcher.regex else len(text)
            match = _expression(matcher).match(text, start, stop)
            if match and end < match.end() and (match.end() < stop or stop >= len(text)):
                end, found = match.end(), matcher.pattern
        if end > start:
            yield start, end, found
            after = end


def _authority(folder: Path | None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return entities, aliases and spellings, or raise CorpusError with all that is wrong in the three."""
    entities, of_entities = _cells("entities.csv", Entities, folder)
    aliases, of_aliases = _cells("aliases.csv", Aliases, folder)
    spellings, of_spellings = _cells("spellings.csv", Spellings, folder)
    # Without a readable list of entities every alias would be blamed for the list's one mistake.
    whole = not any(problem.column == "" or problem.row == 1 for problem in of_entities)
    known = {cells["entity_id"] for _, cells in entities}
    problems = [*of_entities, *of_aliases, *of_spellings]
    problems += _entity_problems(entities) + _not_neutral(entities, folder) + _alias_problems(aliases)
    if whole:
        problems += _unknown_entities("aliases.csv", aliases, known)
        problems += _unknown_entities("spellings.csv", spellings, known)
    problems += _rival_problems(entities, aliases, spellings)
    if problems:
        raise CorpusError(problems)
    return _frame(entities, Entities), _frame(aliases, Aliases), _frame(spellings, Spellings)


def _entity_problems(rows: list[Row]) -> list[Problem]:
    """Return the ids and Wikidata items that are not well formed."""
    problems = []
    for row, cells in rows:
        if not re.fullmatch(r"[^\W_A-Z]+(-[^\W_A-Z]+)*", cells["entity_id"]):
            mend = "write small letters, digits and hyphens"
            problems.append(Problem("entities.csv", row, "entity_id", cells["entity_id"], mend))
        if cells["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", cells["wikidata"]):
            mend = "not an item; write Q and its number, or leave it empty"
            problems.append(Problem("entities.csv", row, "wikidata", cells["wikidata"], mend))
    return problems


def _not_neutral(rows: list[Row], folder: Path | None) -> list[Problem]:
    """Return the canonical names in which a framing term kept beside them is found.

    Where one list is the corpus's own and the other the project's, neither was made with the other in mind.
    """
    names, kept = (_lexicon_path(name, folder) for name in ("entities.csv", "framing_terms.csv"))
    if not kept.is_file() or kept.parent != names.parent:
        return []
    terms = _frame(_cells("framing_terms.csv", FramingTerms, folder)[0], FramingTerms)
    usable = (
        match != "regex" or not _regex_mend(p)
        for p, match in zip(terms["pattern"], terms["match"], strict=True)
    )
    terms = terms[list(usable)]
    texts = pd.DataFrame(
        {"doc_id": [row for row, _ in rows], "text": [cells["canonical"] for _, cells in rows]}
    )
    hits = find_terms(texts, terms["pattern"], regex=terms.loc[terms["match"] == "regex", "pattern"])
    return [
        Problem(
            "entities.csv", row, "canonical", surface, f"is the framing term {pattern}; name it neutrally"
        )
        for row, surface, pattern in zip(hits["doc_id"], hits["surface"], hits["pattern"], strict=True)
    ]


def _alias_problems(rows: list[Row]) -> list[Problem]:
    """Return the dates that are none or in the wrong order, and short words whose capitals do not count."""
    problems = []
    for row, cells in rows:
        first, last, alias = cells["valid_from"], cells["valid_to"], cells["alias"]
        for column in ("valid_from", "valid_to"):
            if cells[column] and not re.fullmatch(r"\d{4}(-\d{2}){0,2}", cells[column]):
                mend = "not a date; write 2024-03-26, 2024-03 or 2024"
                problems.append(Problem("aliases.csv", row, column, cells[column], mend))
        if first and last and first > last + "~":
            mend = f"before valid_from ({first}); swap them"
            problems.append(Problem("aliases.csv", row, "valid_to", last, mend))
        if _stars_mend(alias):
            problems.append(Problem("aliases.csv", row, "alias", alias, _stars_mend(alias)))
        common = len(alias) < _SHORT or alias.casefold() in STOP_WORDS
        if cells["case"] == "fold" and common and alias.lower() != alias.upper():
            mend = f"{alias!r} would also be found as {alias.lower()!r}; write exact"
            problems.append(Problem("aliases.csv", row, "case", "fold", mend))
    return problems


def _unknown_entities(name: str, rows: list[Row], known: set[str]) -> list[Problem]:
    """Return the rows of an entity that is not in entities.csv, with the nearest that is."""
    problems = []
    for row, cells in rows:
        if cells["entity_id"] not in known:
            near = get_close_matches(cells["entity_id"], sorted(known), n=1)
            mend = f"not in entities.csv; {f'did you mean {near[0]}?' if near else 'add it there'}"
            problems.append(Problem(name, row, "entity_id", cells["entity_id"], mend))
    return problems


def _rival_problems(entities: list[Row], aliases: list[Row], spellings: list[Row]) -> list[Problem]:
    """Return the aliases that name two entities at the same time and in the same scope."""
    bare = dict.fromkeys(("valid_from", "valid_to", "scope"), "")
    names = [(0, bare | {"entity_id": c["entity_id"], "alias": c["canonical"]}) for _, c in entities]
    names += [
        (row, bare | {"entity_id": c["entity_id"], "alias": c["surface"]})
        for row, c in spellings
        if c["decision"] == "accepted"
    ]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row, cells in [*aliases, *names]:
        groups.setdefault((" ".join(cells["alias"].split()).casefold(), cells["scope"]), []).append(
            (row, cells)
        )
    return [
        Problem("aliases.csv", row, "alias", one["alias"], _rival(other["entity_id"], line))
        for rows in groups.values()
        for (row, one), (line, other) in combinations(rows, 2)
        if one["entity_id"] != other["entity_id"] and _at_one_time(one, other)
    ]


def _rival(entity_id: str, row: int) -> str:
    """Return the mend for an alias another entity has too."""
    place = f"row {row}" if row else "its canonical name"
    return f"also names {entity_id} ({place}); give dates or a scope that keep them apart"


def _at_one_time(one: dict[str, str], other: dict[str, str]) -> bool:
    """Return whether the dates of two rows overlap."""
    return all(
        not a["valid_to"] or b["valid_from"] <= a["valid_to"] + "~" for a, b in ((one, other), (other, one))
    )


def _load(name: str, table: type[Table], folder: Path | None) -> pd.DataFrame:
    """Return the CSV `name` of `folder`, of the chosen corpus's lexicons, or of data/lexicons."""
    rows, problems = _cells(name, table, folder)
    if problems:
        raise CorpusError(problems)
    return _frame(rows, table)


def _cells(name: str, table: type[Table], folder: Path | None) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a CSV as (row number, cells), and what is wrong with them on their own."""
    path = _lexicon_path(name, folder)
    if name in _OPTIONAL and not path.is_file():
        return [], []
    schema = table.to_schema()
    _, rows, problems, _ = read_cells(path, tuple(schema.columns))
    allowed = {c: _allowed(column) for c, column in schema.columns.items()}
    seen: dict[tuple[str, ...], int] = {}
    for row, cells in rows:
        for column, values in allowed.items():
            if values and cells[column] not in values:
                mend = "write one of " + ", ".join(sorted(values))
                problems.append(Problem(name, row, column, cells[column], mend))
        key = tuple(cells[column] for column in schema.unique)
        problems += [Problem(name, row, schema.unique[0], "", "empty; fill it")] if not key[0] else []
        if seen.setdefault(key, row) != row:
            mend = f"same as row {seen[key]} ({', '.join(schema.unique)}); delete one"
            problems.append(Problem(name, row, schema.unique[0], key[0], mend))
    return rows, problems


def _allowed(column: Any) -> frozenset[str]:
    """Return the values a column may have, or none where it may have any."""
    told = (check.statistics.get("allowed_values") for check in column.checks)
    return frozenset(next((values for values in told if values), ()))


def _frame(rows: list[Row], table: type[Table]) -> pd.DataFrame:
    """Return rows of cells as the table."""
    columns = list(table.to_schema().columns)
    return conform(pd.DataFrame([cells for _, cells in rows], columns=columns, dtype="str"), table)


def _lexicon_path(name: str, folder: Path | None) -> Path:
    """Return where the CSV is: the given folder, the corpus's own lexicons, or the project's.

    A corpus that keeps one file of the authority keeps them all: another's aliases fit no entity of it.
    """
    corpus = chosen_corpus()
    own = corpus / "lexicons" if corpus else None
    together = _AUTHORITY if name in _AUTHORITY else (name,)
    if folder is not None:
        return folder / name
    if own is not None and any((own / member).is_file() for member in together):
        return own / name
    return ROOT / "data" / "lexicons" / name


def _checked(table: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Return the table, or raise CorpusError with the problems."""
    if problems:
        raise CorpusError(problems)
    return table
