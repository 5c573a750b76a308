"""Capitalised words that the authority file does not know."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.names.mentions import HONORIFICS
from helpers.names.tables import Mentions, UnknownNames, UnknownNamesTable
from helpers.table import from_rows
from helpers.text import STOP_WORDS, Sentences, Tokens, overlaps

__all__ = ["find_unknown_names", "worklist"]
_ARTICLE = re.compile(r"^(?:[ae]l|a[nrstzd]h?)[-‐‑]", re.IGNORECASE)
_LINKS = frozenset("of the al el bin ibn ben bint de del der van von da di".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NO_NAME = STOP_WORDS | _CALENDAR | {word.casefold() for title in HONORIFICS for word in title.split()}


def find_unknown_names(sentences: Sentences, tokens: Tokens, mentions: Mentions) -> UnknownNames:
    """Return the unknown_names table: runs of capitalised words that overlap no mention.

    A run never crosses a sentence, a function word, a title, a day or a month. A word that opens a
    sentence or quotation is left out if it is elsewhere printed with a small letter, or stands alone and
    never has its capital elsewhere. Headlines in capitals and scripts without capitals give no names.
    """
    columns = (sentences[name] for name in ("doc_id", "sentence_id", "start_char", "text"))
    texts = {
        (doc_id, sentence_id): (begin, text)
        for doc_id, sentence_id, begin, text in zip(*columns, strict=True)
    }
    words = tokens.assign(
        known=overlaps(tokens, mentions),
        capital=tokens["token"].map({w: _has_capital(w) for w in tokens["token"].unique()}).astype(bool),
    )
    fits = words["capital"] & ~words["known"] & ~words["norm"].isin(_NO_NAME)
    alike = words[words["capital"] & words["norm"].isin(words.loc[fits, "norm"].unique())]
    rows = zip(*(alike[name] for name in ("doc_id", "sentence_id", "start_char", "norm")), strict=True)
    inner = {norm for *place, start, norm in rows if not _opens(*texts[tuple(place)], start)}
    small = set(words.loc[~words["capital"], "norm"])
    return from_rows(
        list(_unknown(words[_in_marked_sentence(words, fits)], texts, small, inner)), UnknownNamesTable
    )


def worklist(unknown: UnknownNames) -> pd.DataFrame:
    """Return one row per unknown name: surface, uses, reports, and the place of the first use."""
    grouped = unknown.groupby("surface", sort=False)
    table = grouped.agg(
        uses=("doc_id", "size"),
        reports=("doc_id", "nunique"),
        first_in=("doc_id", "first"),
        start_char=("start_char", "first"),
        end_char=("end_char", "first"),
    )
    return table.sort_values(["uses", "surface"], ascending=[False, True]).reset_index()


class _Word(NamedTuple):
    """A token as the search for unknown names sees it."""

    token: str
    norm: str
    start: int
    end: int
    known: bool
    capital: bool
    opens: bool
    joined: bool


def _has_capital(token: str) -> bool:
    """Return whether a word begins with a capital, an Arabic article aside."""
    return _ARTICLE.sub("", token)[:1].isupper()


def _opens(begin: int, text: str, start: int) -> bool:
    """Return whether the word at `start` opens a quotation or a sentence, that of the text from `begin`."""
    return text[: start - begin].rstrip("“\"'‘*([ ")[-1:] in ("", ".", "!", "?", ":", ",", "”")


def _in_marked_sentence(words: pd.DataFrame, marked: "pd.Series[bool]") -> np.ndarray:
    """Return for each word whether a word of its sentence is marked."""
    ids = words.groupby(["doc_id", "sentence_id"], sort=False).ngroup().to_numpy()
    inside: np.ndarray = np.isin(ids, ids[marked.to_numpy(bool)])
    return inside


def _unknown(
    words: pd.DataFrame, texts: dict[tuple[str, int], tuple[int, str]], small: set[str], inner: set[str]
) -> Iterator[tuple[object, ...]]:
    """Yield report, start, end and words of the runs of unknown capitalised words."""
    columns = ["doc_id", "sentence_id", "token", "norm", "start_char", "end_char", "known", "capital"]
    rows = zip(*(words[name].tolist() for name in columns), strict=True)
    for place, found in groupby(rows, key=itemgetter(0, 1)):
        begin, text = texts[place]
        for run in _runs(list(_words(found, begin, text)), small):
            if len(run) > 1 or not run[0].opens or run[0].norm in inner:
                start, end = run[0].start, run[-1].end
                yield place[0], start, end, text[start - begin : end - begin]


def _words(rows: Iterable[tuple[Any, ...]], begin: int, text: str) -> Iterator[_Word]:
    """Yield the tokens of a sentence: capitalised or not, first of a sentence or not, joined by a blank."""
    before = -1
    for _, _, token, norm, start, end, known, capital in rows:
        joined = before >= 0 and text[before - begin : start - begin].isspace()
        opens = capital and _opens(begin, text, start)
        yield _Word(token, norm, start, end, known, capital, opens, joined)
        before = end


def _runs(words: list[_Word], small: set[str]) -> Iterator[list[_Word]]:
    """Yield the runs of unknown capitalised words of a sentence that is no headline in capitals."""
    if _in_capitals(words):
        return
    run: list[_Word] = []
    for word in words:
        if run and word.joined and (_fits(word) or word.token in _LINKS):
            run.append(word)
            continue
        yield from _ended(run)
        run = [word] if _fits(word) and not (word.opens and word.norm in small) else []
    yield from _ended(run)


def _in_capitals(words: list[_Word]) -> bool:
    """Return whether most longer words of a sentence have a capital, as in a headline."""
    capital = [word.capital for word in words if len(word.token) > 3 and word.token.isalpha()]
    return len(capital) > 4 and sum(capital) > 0.75 * len(capital)


def _fits(word: _Word) -> bool:
    """Return whether a word can be of an unknown name."""
    return word.capital and not word.known and word.norm not in _NO_NAME


def _ended(run: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the run without the links ("of", "al") at its end, if there is one."""
    while run and run[-1].token in _LINKS:
        run = run[:-1]
    if run:
        yield run
