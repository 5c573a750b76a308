"""Sentences of different outlets that say the same, and the words that stand there for others."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from scipy import sparse

from helpers.schema import Alignments, Substitutions, conform, from_rows
from helpers.segmentation import normalise
from helpers.stats import CELLS
from helpers.wording import outlet_labels, to_terms

__all__ = [
    "align_sentences",
    "commonest",
    "find_substitutions",
    "find_unpartnered",
    "group_substitutions",
]

Array = NDArray[Any]
MIN_COSINE = 0.30
MOST_REPORTS = 40  # of an event: each is compared with each, and the pairs grow with the square
LONGEST_PHRASE = 4
ALIKE = 0.8


class _Report(NamedTuple):
    """A report among those of its event: its outlet, its sentences, and their rows among all sentences."""

    doc_id: str
    outlet: str
    sentence_ids: list[int]
    rows: range


class _Nearest(NamedTuple):
    """Another report: its sentence nearest to each of a report's own, theirs to each of its, and the cosines.

    The cosines are those of the own sentences.
    """

    other: _Report
    own: Array
    back: Array
    cosine: Array


class _Word(NamedTuple):
    """A word of a sentence: as counted, whether it is a function word, frames speech or names, and where."""

    norm: str
    is_stop: bool
    is_frame: bool
    start_char: int
    end_char: int

    @property
    def is_light(self) -> bool:
        """Whether the word alone says nothing that could be put otherwise."""
        return self.is_stop or self.is_frame


def align_sentences(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    min_cosine: float = MIN_COSINE,
    n_reports: int = MOST_REPORTS,
) -> pd.DataFrame:
    """Return the alignments table: sentences of two reports of an event that are each other's nearest.

    Near is the cosine of their TF-IDF vectors (smoothed idf over the event's sentences), at least
    `min_cosine`. Only pairs of reports of different outlets are aligned; of an event of more than `n_reports`
    only so many reports are, the longest of each outlet first, then the second of each, and so on.
    """
    rows: list[tuple[object, ...]] = []
    for event, report, nearest in _nearest_sentences(sentences, tokens, documents, n_reports):
        for other, own, back, cosine in nearest:
            if other.doc_id < report.doc_id:
                continue
            mutual = back[own] == np.arange(len(own))
            for i in np.flatnonzero(mutual & (cosine >= min_cosine)).tolist():
                ids = report.doc_id, report.sentence_ids[i], other.doc_id, other.sentence_ids[own[i]]
                rows.append((event, *ids, float(cosine[i])))
    return from_rows(rows, Alignments)


def find_unpartnered(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    min_cosine: float = MIN_COSINE,
    n_reports: int = MOST_REPORTS,
) -> pd.DataFrame:
    """Return the sentences that come near none of the event's other outlets, with the cosine of the nearest.

    Columns: event_id, outlet, doc_id, sentence_id, start_char, end_char, text, nearest. The reports are those
    of `align_sentences`.
    """
    alone = []
    for event, report, nearest in _nearest_sentences(sentences, tokens, documents, n_reports):
        cosine = np.max([near.cosine for near in nearest], axis=0)
        for i in np.flatnonzero(cosine < min_cosine).tolist():
            alone.append((event, report.outlet, report.doc_id, report.sentence_ids[i], float(cosine[i])))
    found = pd.DataFrame(alone, columns=["event_id", "outlet", "doc_id", "sentence_id", "nearest"])
    found = found.astype(
        {"event_id": "str", "outlet": "str", "doc_id": "str", "sentence_id": "int64", "nearest": "float64"}
    )
    shown = found.merge(sentences, on=["doc_id", "sentence_id"])
    columns = ["event_id", "outlet", "doc_id", "sentence_id", "start_char", "end_char", "text", "nearest"]
    return shown.sort_values(["event_id", "doc_id", "sentence_id"])[columns].reset_index(drop=True)


def find_substitutions(
    alignments: pd.DataFrame,
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    verbs: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    max_words: int = LONGEST_PHRASE,
) -> pd.DataFrame:
    """Return the substitutions table: words that stand where the partner sentence has others.

    Within each alignment the tokens are compared by least edits; a replacement has at most `max_words` on a
    side. It loses function words, reporting verbs (`verbs`) and names (`mentions`) at its ends; where nothing
    else is left on a side it is dropped, unless one function word stands for one other word. So is one
    whose words the other sentence has elsewhere: they were moved, not replaced.
    """
    marked = _with_grammar(tokens, verbs, mentions)
    of_report = marked.groupby("doc_id").indices
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    rows = []
    for _, pairs in alignments.groupby("event_id", sort=False):
        ids = sorted({*pairs["doc_id_a"], *pairs["doc_id_b"]} & of_report.keys())
        words = _words_by_sentence(marked.iloc[np.concatenate([of_report[doc_id] for doc_id in ids])])
        columns = (pairs[name] for name in Alignments.to_schema().columns)
        for event, doc_a, id_a, doc_b, id_b, cosine in zip(*columns, strict=True):
            for span_a, span_b in _replacements(words[doc_a, id_a], words[doc_b, id_b], max_words):
                ends_a, ends_b = _ends(span_a), _ends(span_b)
                phrase_a, phrase_b = texts[doc_a][slice(*ends_a)], texts[doc_b][slice(*ends_b)]
                kind = "spelling" if _alike(span_a, span_b) else "wording"
                row = (event, doc_a, id_a, phrase_a, doc_b, id_b, phrase_b, kind, cosine, *ends_a, *ends_b)
                rows.append(row)
    return conform(pd.DataFrame(rows, columns=list(Substitutions.to_schema().columns)), Substitutions)


def group_substitutions(
    substitutions: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    keyness: pd.DataFrame,
    *,
    kind: str = "wording",
) -> pd.DataFrame:
    """Return the substitutions of one `kind` for reading, with both sentences.

    Columns: event_id, outlet_a, phrase_a, outlet_b, phrase_b, n, p_words (the lowest exact p that `keyness`
    has for one of the words in the event), cosine (the best), sentence_a, sentence_b. The most frequent
    stand first, then those whose words differ most in the whole reports, then those of nearest sentences.
    """
    label = outlet_labels(documents)
    text = sentences.set_index(["doc_id", "sentence_id"])["text"]
    chosen = substitutions[substitutions["kind"] == kind].sort_values(
        "cosine", ascending=False, kind="stable"
    )
    for side in "ab":
        at = pd.MultiIndex.from_frame(chosen[[f"doc_id_{side}", f"sentence_id_{side}"]])
        chosen[f"outlet_{side}"] = chosen[f"doc_id_{side}"].map(label)
        chosen[f"phrase_{side}"] = [" ".join(to_terms(phrase)) for phrase in chosen[f"phrase_{side}"]]
        chosen[f"sentence_{side}"] = text.reindex(at).to_numpy()
    keys = ["event_id", "outlet_a", "phrase_a", "outlet_b", "phrase_b"]
    rows = chosen.groupby(keys, sort=True).agg(
        n=("cosine", "size"),
        cosine=("cosine", "max"),
        sentence_a=("sentence_a", "first"),
        sentence_b=("sentence_b", "first"),
    )
    rows = rows.reset_index().astype(dict.fromkeys([*keys, "sentence_a", "sentence_b"], "str"))
    rows.insert(6, "p_words", _lowest_p(rows, keyness))
    order = {"event_id": True, "n": False, "p_words": True, "cosine": False, "phrase_a": True}
    return rows.sort_values(list(order), ascending=list(order.values()), ignore_index=True)


def commonest(grouped: pd.DataFrame, *, n: int = 60) -> pd.DataFrame:
    """Return the `n` substitutions found most often, then of lowest p, in the order of the table."""
    order = grouped.sort_values(
        ["n", "p_words", "cosine", "event_id", "phrase_a"], ascending=[False, True, False, True, True]
    )
    return grouped.loc[order.index[:n].sort_values()]


def _lowest_p(rows: pd.DataFrame, keyness: pd.DataFrame) -> list[float]:
    """Return for each substitution the lowest exact p of its words in its event; 1.0 if none was tested."""
    asked = {word for phrases in (rows["phrase_a"], rows["phrase_b"]) for word in " ".join(phrases).split()}
    known = keyness.loc[keyness["term"].isin(asked), ["event_id", "term", "p_value"]]
    lowest = known.groupby(["event_id", "term"])["p_value"].min().to_dict()
    columns = (rows[name] for name in ("event_id", "phrase_a", "phrase_b"))
    return [
        min((lowest.get((event, word), 1.0) for word in f"{a} {b}".split()), default=1.0)
        for event, a, b in zip(*columns, strict=True)
    ]


def _nearest_sentences(
    sentences: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame, n_reports: int
) -> Iterator[tuple[str, _Report, list[_Nearest]]]:
    """Yield every report that has others to be compared with: its event, itself, what is nearest there."""
    chosen = documents[documents["doc_id"].isin(_longest(tokens, documents, n_reports))]
    own = tokens.merge(sentences[["doc_id", "sentence_id"]])
    of_report = own.groupby("doc_id").indices
    label = outlet_labels(documents)
    for event, ids in chosen.groupby("event_id", sort=True)["doc_id"]:
        at = [of_report[doc_id] for doc_id in sorted(ids) if doc_id in of_report]
        if len(at) < 2 or label[ids].nunique() < 2:
            continue
        vectors, keys = _tfidf(own.iloc[np.concatenate(at)])
        reports = [
            _Report(str(doc_id), str(label[doc_id]), part.tolist(), range(part.index[0], part.index[-1] + 1))
            for doc_id, part in keys.groupby("doc_id", sort=True)["sentence_id"]
        ]
        for report in reports:
            others = [other for other in reports if other.outlet != report.outlet]
            if others:
                yield str(event), report, _nearest(vectors, report, others)


def _nearest(vectors: sparse.csr_array, report: _Report, others: list[_Report]) -> list[_Nearest]:
    """Return what is nearest in each of `others`; so many sentences at a time that memory stays bounded."""
    columns = vectors[np.concatenate([other.rows for other in others])].T.tocsr()
    ends = np.cumsum([len(other.rows) for other in others]).tolist()
    n, step = len(report.rows), max(CELLS // ends[-1], 1)
    found = [
        _Nearest(other, np.zeros(n, np.int64), np.zeros(len(other.rows), np.int64), np.zeros(n))
        for other in others
    ]
    highest = np.full(ends[-1], -1.0)
    for first in range(0, n, step):
        rows = np.arange(first, min(first + step, n))
        cosines = np.minimum((vectors[report.rows.start + rows] @ columns).toarray(), 1.0)
        top = cosines.argmax(axis=0)
        higher = cosines[top, np.arange(ends[-1])] > highest
        highest[higher] = cosines[top, np.arange(ends[-1])][higher]
        for near, low, high in zip(found, [0, *ends], ends, strict=False):
            near.own[rows] = cosines[:, low:high].argmax(axis=1)
            near.cosine[rows] = cosines[rows - first, low + near.own[rows]]
            near.back[higher[low:high]] = first + top[low:high][higher[low:high]]
    return found


def _longest(tokens: pd.DataFrame, documents: pd.DataFrame, n: int) -> pd.Series:
    """Return the doc_ids of at most `n` reports of each event: the longest of every outlet, then the next."""
    reports = documents[["doc_id", "event_id"]].assign(
        outlet=outlet_labels(documents).to_numpy(),
        words=documents["doc_id"].map(tokens["doc_id"].value_counts()).fillna(0),
    )
    reports = reports.sort_values(["words", "doc_id"], ascending=[False, True])
    turn = reports.groupby(["event_id", "outlet"]).cumcount()
    reports = reports.assign(turn=turn).sort_values("turn", kind="stable")
    return reports[reports.groupby("event_id").cumcount() < n]["doc_id"]


def _tfidf(tokens: pd.DataFrame) -> tuple[sparse.csr_array, pd.DataFrame]:
    """Return unit TF-IDF vectors of the sentences of `tokens`, and their doc_id and sentence_id."""
    grouped = tokens.groupby(["doc_id", "sentence_id"], sort=True)
    term = pd.factorize(tokens["norm"])[0]
    keys = grouped.size().reset_index()[["doc_id", "sentence_id"]]
    shape = (len(keys), int(term.max(initial=-1)) + 1)
    counts = sparse.csr_array((np.ones(len(tokens)), (grouped.ngroup().to_numpy(), term)), shape=shape)
    idf = np.log((1 + len(keys)) / (1 + np.bincount(counts.indices, minlength=shape[1]))) + 1
    weighted = counts.multiply(idf[None, :]).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_array(weighted.multiply(1 / np.maximum(length, 1e-12)[:, None])), keys


def _with_grammar(
    tokens: pd.DataFrame, verbs: pd.DataFrame | None, mentions: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the tokens with `is_frame`: true for words that frame speech or name someone."""
    is_frame = np.zeros(len(tokens), dtype=bool)
    if verbs is not None:
        forms = {normalise(form) for cell in verbs["forms"] for form in cell.split("|")}
        is_frame |= tokens["norm"].isin(forms).to_numpy()
    if mentions is not None:
        named = mentions[mentions["kind"].isin(["name", "role"])]
        is_frame |= _inside(
            tokens, named.assign(start_char=named["start_char"] - named["honorific"].str.len() - 1)
        )
    return tokens.assign(is_frame=is_frame)


def _inside(tokens: pd.DataFrame, spans: pd.DataFrame) -> Array:
    """Return whether each token begins in one of `spans`, which do not overlap."""
    if spans.empty:
        return np.zeros(len(tokens), dtype=bool)
    # One number line: every report gets a stretch of its own, longer than any offset.
    width = max(int(tokens["end_char"].max()), int(spans["end_char"].max())) + 1 if len(tokens) else 1
    known = pd.Index(spans["doc_id"].unique())
    begin = known.get_indexer(pd.Index(spans["doc_id"])) * width
    order = np.argsort(begin + spans["start_char"].clip(lower=0).to_numpy(), kind="stable")
    starts = (begin + spans["start_char"].clip(lower=0).to_numpy())[order]
    ends = (begin + spans["end_char"].to_numpy())[order]
    report = known.get_indexer(pd.Index(tokens["doc_id"]))
    places = report * width + tokens["start_char"].to_numpy()
    at = np.searchsorted(starts, places, side="right") - 1
    return np.asarray((report >= 0) & (at >= 0) & (places < ends[at]))


def _words_by_sentence(tokens: pd.DataFrame) -> dict[tuple[str, int], list[_Word]]:
    """Return the words of each sentence, in order."""
    words: defaultdict[tuple[str, int], list[_Word]] = defaultdict(list)
    columns = (tokens[name] for name in ("doc_id", "sentence_id", *_Word._fields))
    for doc_id, sentence_id, *cells in zip(*columns, strict=True):
        words[doc_id, sentence_id].append(_Word(*cells))
    return words


def _replacements(
    side_a: list[_Word], side_b: list[_Word], max_words: int
) -> Iterator[tuple[list[_Word], list[_Word]]]:
    """Yield the words of one sentence that stand for others in its partner, and those others."""
    norms_a, norms_b = [word.norm for word in side_a], [word.norm for word in side_b]
    edits = SequenceMatcher(None, norms_a, norms_b, autojunk=False).get_opcodes()
    for tag, a_from, a_to, b_from, b_to in edits:
        if tag != "replace" or max(a_to - a_from, b_to - b_from) > max_words:
            continue
        span_a, span_b = side_a[a_from:a_to], side_b[b_from:b_to]
        if not _one_for_one(span_a, span_b):
            span_a, span_b = _trim(span_a), _trim(span_b)
        if span_a and span_b and not (_elsewhere(span_a, norms_b) or _elsewhere(span_b, norms_a)):
            yield span_a, span_b


def _trim(span: list[_Word]) -> list[_Word]:
    """Return the span without function words, reporting verbs and names at its ends."""
    heavy = [place for place, word in enumerate(span) if not word.is_light]
    return span[heavy[0] : heavy[-1] + 1] if heavy else []


def _one_for_one(span_a: list[_Word], span_b: list[_Word]) -> bool:
    """Return whether one function word stands for one word that is none, nor a verb of speech, nor a name."""
    if len(span_a) != 1 or len(span_b) != 1 or span_a[0].is_frame or span_b[0].is_frame:
        return False
    return span_a[0].is_stop != span_b[0].is_stop


def _elsewhere(span: list[_Word], other: list[str]) -> bool:
    """Return whether the other sentence has all content words of the span."""
    content = [word.norm for word in span if not word.is_stop]
    return bool(content) and all(norm in other for norm in content)


def _ends(span: list[_Word]) -> tuple[int, int]:
    """Return the offsets of the first letter of a span of words and after its last one."""
    return span[0].start_char, span[-1].end_char


def _alike(span_a: list[_Word], span_b: list[_Word]) -> bool:
    """Return whether two single words are one in another spelling or inflection."""
    if len(span_a) != 1 or len(span_b) != 1:
        return False
    short, long = sorted((span_a[0].norm, span_b[0].norm), key=len)
    shared = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    ending = shared > 3 and (shared == len(short) or shared >= len(long) - 3)
    return ending or Levenshtein.normalized_similarity(short, long) >= ALIKE
