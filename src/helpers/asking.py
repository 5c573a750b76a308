"""What helps a person who asks an edition: the names that are there, and what was read, as a table."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import pandas as pd
from markupsafe import Markup

from helpers.framing import FramingHits, FramingTerms, FramingTermsTable, count_by_voice, with_label
from helpers.names import Entities, with_names
from helpers.table import conform
from helpers.text import CorpusError, Documents, Problem, stars_mend
from helpers.words import outlet_labels

__all__ = ["as_html", "known", "known_all", "only_outlets", "suggestion", "terms_counted", "with_row"]
NAMES_TOLD, ROWS_SHOWN = 8, 60
# No mathematics is ever meant: JupyterLab must leave dollar signs alone.
PLAIN = "tex2jax_ignore mathjax_ignore"


def suggestion(value: str, names: Sequence[str]) -> str:
    """Return the nearest name, or one of which the value is a part, and the first of those that are there.

    >>> suggestion("Iran Pres", ["Iran Press", "Radio Ford"])
    "did you mean 'Iran Press'? There are Iran Press, Radio Ford"
    >>> suggestion("ford", ["Iran Press", "Radio Ford"])
    "did you mean 'Radio Ford'? There are Iran Press, Radio Ford"
    """
    small = {name.casefold(): name for name in reversed(names)}
    parts = [name for name in names if f" {value.casefold()} " in f" {name.casefold()} "]
    near = parts or [small[name] for name in get_close_matches(value.casefold(), list(small), n=1)]
    hint = f"did you mean {near[0]!r}? There" if near else "there"
    more = f" and {len(names) - NAMES_TOLD:,} more" if len(names) > NAMES_TOLD else ""
    return f"{hint} are {', '.join(names[:NAMES_TOLD])}{more}"


def known(value: str, noun: str, names: Sequence[str], *, found: bool) -> None:
    """Raise ValueError where a name was not found, with the nearest and the first of those that are there."""
    if not found:
        raise ValueError(f"no {noun} {value!r}; {suggestion(value, names)}")


def known_all(values: Iterable[str], noun: str, names: Iterable[str]) -> None:
    """Raise ValueError for the first of `values` that is none of `names`."""
    there = sorted(set(names))
    for value in values:
        known(value, noun, there, found=value in there)


def only_outlets(documents: Documents, outlets: Sequence[str]) -> Documents:
    """Return the reports of the outlets, or all where none is named; raise CorpusError for an unknown one."""
    labels = outlet_labels(documents)
    there = sorted(labels.unique())
    unknown = [name for name in outlets if name not in there]
    if unknown:
        told = (f"no such outlet; {suggestion(name, there)}" for name in unknown)
        raise CorpusError(Problem("OUTLETS", None, "outlet", *row) for row in zip(unknown, told, strict=True))
    return documents[labels.isin(list(outlets)).to_numpy()].reset_index(drop=True) if outlets else documents


def terms_counted(hits: FramingHits, entities: Entities, *, target: str = "") -> pd.DataFrame:
    """Return the uses of listed terms by label, target and report, in each voice; of one target if named."""
    shown = with_names(with_label(hits), entities)
    if target:
        own = (shown["target"] == target) | (hits["target"] == target)
        known(target, "target", shown["target"].value_counts().index.tolist(), found=bool(own.any()))
        shown = shown[own]
    return count_by_voice(shown, by=("label", "target", "doc_id"))


def with_row(terms: FramingTerms, pattern: str, target: str) -> FramingTerms:
    """Return the list of framing terms with one more row: a word or phrase, `*` any ending, and its target.

    Raises ValueError for a pattern without a letter or with too many stars.
    """
    told = stars_mend(pattern) if any(char.isalnum() for char in pattern) else "holds no word; write the term"
    if told:
        raise ValueError(f"{pattern!r}: {told}")
    row = dict.fromkeys(FramingTermsTable.to_schema().columns, "")
    row |= {"term_id": f"asked: {pattern}", "pattern": pattern, "match": "phrase", "case": "fold"}
    row |= {"family": "label", "target": target, "decided_by": "list", "source": "added by hand"}
    others = terms[terms["pattern"].str.casefold() != pattern.casefold()]
    return conform(pd.concat([others, pd.DataFrame([row])], ignore_index=True), FramingTermsTable)


def as_html(table: pd.DataFrame, sentence: str) -> str:
    """Return a sentence and the first rows of a table as HTML in which every cell is text."""
    head = Markup("").join(Markup("<th>{}</th>").format(name) for name in table.columns)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in table.head(ROWS_SHOWN).itertuples(index=False, name=None)
    )
    drawn = Markup('<p class="{0}">{1}</p><table class="{0}"><thead><tr>{2}</tr></thead>{3}</table>')
    return str(drawn.format(PLAIN, sentence, head, rows))
