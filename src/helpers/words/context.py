"""Uses of a word or phrase in context (KWIC), and the words it keeps company with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.table import conform
from helpers.text import Documents, Tokens, find_terms, regex_mend, stars_mend, with_sentence
from helpers.voices import with_voice
from helpers.words.counts import find_ngrams, outlet_labels, to_terms
from helpers.words.measures import log_dice
from helpers.words.tables import Collocates, CollocatesTable
from helpers.words.tables_asked import Concordance, ConcordanceTable

if TYPE_CHECKING:
    from helpers.edition import Edition

__all__ = ["concordance", "find_collocates", "find_nodes", "find_uses", "sort_concordance"]
# No eight words of prose are longer; the bound keeps scripts without blanks from filling a cell.
_CHARACTERS_PER_WORD = 20


def find_nodes(tokens: Tokens, node: str | Sequence[str]) -> pd.DataFrame:
    """Return every use of `node`, a word or a phrase of one sentence: doc_id, start_char, end_char.

    Several nodes may be given. Words are compared as counted: capitals and possessive endings do not matter.
    """
    phrases = [to_terms(phrase) for phrase in ([node] if isinstance(node, str) else node)]
    found = [tokens[["doc_id", "start_char", "end_char"]].head(0)]
    for n in sorted({len(words) for words in phrases} - {0}):
        runs = find_ngrams(tokens, n=n)
        found.append(runs[runs["term"].isin([" ".join(words) for words in phrases])].drop(columns="term"))
    return pd.concat(found, ignore_index=True)


def find_uses(read: "Edition", node: str | Sequence[str], *, regex: bool = False) -> pd.DataFrame:
    """Return every use of words, phrases and patterns: doc_id, start_char, end_char.

    Without a star, as `find_nodes`; with one, `*` is any letters ("clos*"). With `regex` each is a regular
    expression (RE2) for at most 100 characters, from a word's edge to a word's edge. Capitals do not matter.
    Raises ValueError with what is wrong with a pattern.
    """
    nodes = [node] if isinstance(node, str) else list(node)
    patterns = nodes if regex else [one for one in nodes if "*" in one]
    for pattern in patterns:
        told = _mend(pattern, regex=regex)
        if told:
            raise ValueError(f"{pattern!r}: {told}")
    found = find_terms(read.documents, patterns, regex=patterns if regex else ())
    plain = find_nodes(read.tokens, [one for one in nodes if one not in patterns])
    return pd.concat([plain, found[plain.columns]], ignore_index=True)


def _mend(pattern: str, *, regex: bool) -> str:
    """Return what is wrong with a pattern, or nothing."""
    told = regex_mend(pattern) if regex else stars_mend(pattern)
    return told if told or pattern.strip("* ") else "holds no letter; write a word"


def find_collocates(
    tokens: Tokens, documents: Documents, node: str, *, window: int = 5, min_n: int = 2
) -> Collocates:
    """Return the collocates table: words within `window` words of the word `node` in its sentence, by outlet.

    Function words are left out, and words fewer than `min_n` times near it; the highest logDice stands first.
    """
    word = " ".join(to_terms(node))
    label = outlet_labels(documents)
    at = np.flatnonzero(tokens["norm"] == word)
    near = np.setdiff1d(_rows_near(tokens, at, window), at)
    beside = tokens.iloc[near[~tokens["is_stop"].to_numpy()[near]]]
    together = _count_by_outlet(beside, label).rename("n_together").reset_index()
    uses = _count_by_outlet(tokens[tokens["norm"].isin(together["norm"])], label).rename("n").reset_index()
    rows = together[together["n_together"] >= min_n].merge(uses, on=["outlet", "norm"])
    of_node = rows["outlet"].map(tokens["doc_id"].iloc[at].map(label).value_counts()).to_numpy(dtype=float)
    # A word may stand twice beside one use of the node: it is together with it no more often than that.
    shared = np.minimum(rows["n_together"], of_node)
    scored = rows.rename(columns={"norm": "term"}).assign(
        node=word, log_dice=log_dice(shared, of_node, rows["n"])
    )
    order = ["outlet", "log_dice", "term"]
    return conform(scored.sort_values(order, ascending=[True, False, True]), CollocatesTable)


def concordance(read: "Edition", hits: pd.DataFrame, *, window: int = 8) -> Concordance:
    """Return the concordance table: each of `hits` (doc_id, start_char, end_char) with `window` words a side.

    Every hit is a row, in the order of the texts; the same span given twice is one row. Blanks of the
    text, line ends among them, are shown as single blanks. `voice` is the voice at the hit's first letter.
    """
    spans = hits[["doc_id", "start_char", "end_char"]].drop_duplicates()
    spans = spans.sort_values(["doc_id", "start_char", "end_char"]).reset_index(drop=True)
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    reach = window * _CHARACTERS_PER_WORD
    columns = (spans[name] for name in ("doc_id", "start_char", "end_char"))
    cells = [
        (
            _last_words(texts[doc_id][max(start - reach, 0) : start], window),
            texts[doc_id][start:end],
            _first_words(texts[doc_id][end : end + reach], window),
        )
        for doc_id, start, end in zip(*columns, strict=True)
    ]
    context = pd.DataFrame(cells, columns=["left", "node", "right"], dtype="str")
    voice = with_voice(spans, read.voices)["voice"]
    # Without a parser what is not quoted may be told by anybody.
    untold = (voice == "narration") & spans["doc_id"].isin(read.unread)
    placed = with_sentence(spans, read.sentences).assign(voice=voice.mask(untold, "not quoted"))
    return conform(pd.concat([placed, context], axis=1), ConcordanceTable)


def sort_concordance(concordance: Concordance, *, by: str = "right") -> pd.DataFrame:
    """Return the rows sorted `by` right, left (from the node outward), node, voice or doc_id."""
    if by == "left":
        key = concordance["left"].map(lambda text: " ".join(reversed(text.casefold().split())))
    else:
        key = concordance[by].str.casefold()
    order = np.argsort(key.to_numpy(dtype=object), kind="stable")
    return concordance.iloc[order].reset_index(drop=True)


def _rows_near(tokens: Tokens, at: NDArray[np.int64], window: int) -> NDArray[np.int64]:
    """Return the rows within `window` words of the rows `at` in the same sentence, themselves included."""
    pairs = np.repeat(at, 2 * window + 1), (at[:, None] + np.arange(-window, window + 1)).ravel()
    here, there = (side[(pairs[1] >= 0) & (pairs[1] < len(tokens))] for side in pairs)
    keys = ["doc_id", "sentence_id"]
    same = (tokens[keys].iloc[here].to_numpy() == tokens[keys].iloc[there].to_numpy()).all(axis=1)
    return np.unique(there[same])


def _count_by_outlet(tokens: Tokens, label: pd.Series) -> pd.Series:
    """Return the uses of each norm in each outlet."""
    outlet = tokens["doc_id"].map(label).rename("outlet")
    return tokens.groupby([outlet, tokens["norm"]], sort=True).size()


def _last_words(text: str, window: int) -> str:
    """Return the last `window` words of `text`."""
    return " ".join(text.split()[-window:]) if window else ""


def _first_words(text: str, window: int) -> str:
    """Return the first `window` words of `text`."""
    return " ".join(text.split()[:window])
