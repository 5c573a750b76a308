"""Words counted and compared: between outlets on one event, and between sentences that say the same."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain, combinations, count, islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from scipy import sparse

from helpers import stats
from helpers.schema import (
    UNKNOWN,
    Alignments,
    Diversity,
    Keyness,
    PooledCounts,
    SplitHalves,
    Spread,
    Substitutions,
    TermCounts,
    conform,
    empty,
)
from helpers.segmentation import POSSESSIVE, TOKEN, normalise

__all__ = [
    "align_sentences",
    "count_terms",
    "count_texts",
    "deal_reports",
    "find_ngrams",
    "find_substitutions",
    "find_unpartnered",
    "funnel_points",
    "group_substitutions",
    "keyness",
    "lockwords",
    "measure_diversity",
    "measure_spread",
    "other_measures",
    "outlet_labels",
    "place_quotations",
    "place_terms",
    "pool_counts",
    "rate_matrix",
    "report_labels",
    "split_halves",
    "stratified_keyness",
    "to_terms",
    "top_terms",
    "with_headings",
]

Array = NDArray[Any]
MIN_COSINE = 0.30
LONGEST_PHRASE = 4
ALIKE = 0.8
_BATCH = 1000
HEADINGS = {
    "event_id": "event",
    "n_target": "uses, target",
    "n_reference": "uses, reference",
    "rate_target": "per 1,000, target",
    "rate_reference": "per 1,000, reference",
    "log_ratio": "log2 ratio",
    "low": "low (95 %, Clopper-Pearson)",
    "high": "high (95 %, Clopper-Pearson)",
    "p_value": "p (exact binomial)",
    "q_value": "q (BH)",
    "lrc": "LRC (Bonferroni)",
    "z": "z (log-odds, 2 terms, informative prior)",
    "p_reports": "p (reports dealt)",
    "q_reports": "q (reports, BH)",
}
FEWEST_REPORTS = 8
SIGNIFICANT = 0.05
_SIDES = (
    "n_target",
    "n_reference",
    "quoted_target",
    "quoted_reference",
    "reports_target",
    "reports_reference",
)


class _Vocabulary(NamedTuple):
    """The pieces between blanks and the terms met so far, numbered, and the terms of each piece in turn."""

    pieces: defaultdict[str, int]
    terms: defaultdict[str, int]
    words: list[int]
    sizes: list[int]


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


def to_terms(text: str) -> list[str]:
    """Return the words of `text` in order, each as it is counted (the `norm` of the tokens table).

    >>> to_terms("Gaza’s people, **here**")
    ['gaza', 'people', 'here']
    """
    return [normalise(POSSESSIVE.sub("", word)) for word in TOKEN.findall(text)]


def find_ngrams(tokens: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """Return every run of `n` words of one sentence: doc_id, term, start_char, end_char.

    A run's term is its norms joined by a blank. Raises ValueError for n < 1.
    """
    if n < 1:
        raise ValueError(f"n is {n}; a term has at least one word")
    norms = tokens["norm"].astype(object)
    term = norms
    for step in range(1, n):
        term = term + " " + norms.shift(-step)
    last = tokens.shift(1 - n)
    whole = (last["doc_id"] == tokens["doc_id"]) & (last["sentence_id"] == tokens["sentence_id"])
    runs = tokens[["doc_id", "start_char"]].assign(term=term, end_char=last["end_char"])[whole]
    return runs.astype({"term": "str", "end_char": "int64"})[["doc_id", "term", "start_char", "end_char"]]


def count_terms(tokens: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """Return the term_counts table: uses of each word, or run of `n` words, in each report.

    `rate` is per 1,000 of the report's tokens in `tokens`: leave zones out before counting.
    """
    counts = find_ngrams(tokens, n=n).groupby(["doc_id", "term"], sort=True).size().rename("n").reset_index()
    sizes = tokens.groupby("doc_id").size()
    rate = 1000 * counts["n"].to_numpy() / np.maximum(counts["doc_id"].map(sizes).to_numpy(dtype=float), 1)
    return conform(counts.assign(rate=rate), TermCounts)


def outlet_labels(documents: pd.DataFrame) -> pd.Series:
    """Return the outlet of each doc_id; a report whose outlet is unknown stands for itself."""
    alone = "report " + documents["doc_id"] + " (outlet unknown)"
    labels = documents["outlet"].where(documents["outlet"] != UNKNOWN, alone)
    return pd.Series(labels.to_numpy(), index=documents["doc_id"].to_numpy(), dtype="str")


def report_labels(documents: pd.DataFrame) -> pd.Series:
    """Return a name for each doc_id: its outlet, with the doc_id where the outlet has several reports."""
    outlets = outlet_labels(documents)
    several = outlets.duplicated(keep=False)
    return outlets.where(~several, outlets + " " + outlets.index.to_series())


def pool_counts(term_counts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pooled_counts table: the term counts of the reports added up by event and outlet."""
    events = documents.set_index("doc_id")["event_id"]
    placed = term_counts.assign(
        event_id=term_counts["doc_id"].map(events),
        outlet=term_counts["doc_id"].map(outlet_labels(documents)),
    )
    grouped = placed.groupby(["event_id", "outlet", "term"], sort=True)["n"]
    pooled = grouped.agg(n="sum", n_reports="size").reset_index()
    return conform(pooled, PooledCounts)


def count_texts(texts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pooled_counts table straight from `texts` (doc_id, text), for corpora of any size.

    The numbers are those of `pool_counts(count_terms(tokens), documents)`, without a row per token: no
    word goes over a blank, so each different piece between blanks is cut into words only once.
    """
    joined = texts
    if not texts["doc_id"].is_unique:
        joined = texts.groupby("doc_id", sort=False, as_index=False).agg({"text": "\n".join})
    keys = documents[["event_id"]].assign(outlet=outlet_labels(documents).to_numpy())
    groups = keys.groupby(["event_id", "outlet"], sort=True)
    group_of = pd.Series(groups.ngroup().to_numpy(), index=documents["doc_id"].to_numpy())
    known = _Vocabulary(defaultdict(count().__next__), defaultdict(count().__next__), [], [])
    parts = []
    for start in range(0, len(joined), _BATCH):
        batch = joined.iloc[start : start + _BATCH]
        counts = _count_pieces(batch["text"].tolist(), known)
        of_group = group_of[batch["doc_id"]].to_numpy()
        side = sparse.csr_array(
            (np.ones_like(of_group), (of_group, np.arange(len(batch)))), shape=(len(groups), len(batch))
        )
        parts.append((side @ counts, side @ counts.sign()))
    return _pooled(
        parts, pd.DataFrame(list(groups.groups), columns=["event_id", "outlet"]), list(known.terms)
    )


def keyness(
    pooled_counts: pd.DataFrame, *, quoted: pd.DataFrame | None = None, min_n: int = 3
) -> pd.DataFrame:
    """Return the keyness table: each event's outlets compared, and never one event with another.

    Two outlets are compared once, the first by name being the target; of more, each is compared with the
    rest. Terms with fewer than `min_n` uses in a comparison are not tested. `quoted` holds the pooled
    counts of the words inside direct quotations. Rows are sorted by event, target and p.
    """
    frames = [
        _score(_sides(counts, target, quoted), str(event), target, _reference(counts, target), min_n)
        for event, counts in pooled_counts.groupby("event_id", sort=True)
        for target in _targets(counts)
    ]
    return conform(pd.concat([empty(Keyness), *frames]), Keyness)


def stratified_keyness(
    pooled_counts: pd.DataFrame, *, quoted: pd.DataFrame | None = None, min_n: int = 3
) -> pd.DataFrame:
    """Return the keyness of every outlet over the events it shares with others, stratified by event.

    The ratio is Mantel and Haenszel's; p and interval are exact, given the uses in each event. Outlets with
    fewer than two such events have no rows.
    """
    frames = []
    for target in sorted(pooled_counts["outlet"].unique()):
        strata = [
            (counts, _sides(counts, target, quoted))
            for _, counts in pooled_counts.groupby("event_id", sort=True)
            if target in _outlets(counts) and len(_outlets(counts)) > 1
        ]
        if len(strata) > 1:
            frames.append(_stratify([sides for _, sides in strata], target, min_n))
    return conform(pd.concat([empty(Keyness), *frames]), Keyness)


def deal_reports(
    keyness: pd.DataFrame,
    term_counts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    min_reports: int = FEWEST_REPORTS,
    n: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Return `keyness` with p_reports and q_reports where both sides have `min_reports` reports of the event.

    Whole reports are dealt to the sides at random, `n` times; elsewhere both stay NaN.
    """
    label = outlet_labels(documents)
    result = keyness.copy()
    for (event, target), rows in keyness.groupby(["event_id", "target"], sort=True):
        ids = documents.loc[documents["event_id"] == event, "doc_id"]
        of_target = (label[ids] == target).to_numpy()
        if min(of_target.sum(), (~of_target).sum()) < min_reports:
            continue
        counts, sizes, terms = _count_matrix(term_counts, list(ids))
        at = terms.get_indexer(pd.Index(rows["term"]))
        p = stats.permutation_p(counts[:, at], sizes, of_target, n=n, seed=seed)
        q = stats.q_values(p)
        result.loc[rows.index, ["p_reports", "q_reports"]] = np.column_stack([p, q])
        result.loc[rows.index, "flagged"] = q < SIGNIFICANT
    return conform(result, Keyness)


def top_terms(keyness: pd.DataFrame, *, n: int = 10, total: int = 40) -> pd.DataFrame:
    """Return the rows of lowest p of every comparison, highest ratio first.

    At most `n` of a comparison, and fewer where there are so many comparisons that `total` would be passed.
    """
    keys = ["event_id", "target"]
    each = min(n, max(total // max(len(keyness[keys].drop_duplicates()), 1), 1))
    best = keyness.sort_values([*keys, "p_value", "term"], kind="stable")
    best = best.groupby(keys, sort=True).head(each)
    order = [*keys, "log_ratio", "n_target", "n_reference", "term"]
    return best.sort_values(order, ascending=[True, True, False, False, True, True], ignore_index=True)


def with_headings(keyness: pd.DataFrame) -> pd.DataFrame:
    """Return the rows under headings that name the variant of each measure."""
    return keyness.rename(columns=HEADINGS)


def lockwords(keyness: pd.DataFrame, *, within: float = 1.0) -> pd.DataFrame:
    """Return the rows whose interval lies within `within` binary steps of equal rates, most used first."""
    same = keyness[(keyness["low"] >= -within) & (keyness["high"] <= within)]
    total = same["n_target"] + same["n_reference"]
    order = np.lexsort((same["term"].to_numpy(dtype=object), -total.to_numpy()))
    return same.iloc[order].reset_index(drop=True)


def other_measures(keyness: pd.DataFrame, pooled_counts: pd.DataFrame) -> pd.DataFrame:
    """Return the scores other tools would print for the rows of `keyness`; each heading names its variant.

    The z with a flat prior needs every word of the event, which is why the pooled counts are asked for.
    """
    frames = []
    for (event, target), rows in keyness.groupby(["event_id", "target"], sort=True):
        counts = pooled_counts[pooled_counts["event_id"] == event]
        if len(counts):
            frames.append(_other_scores(rows, _sides(counts, str(target), None)))
    return pd.concat(frames, ignore_index=True) if frames else keyness[["event_id", "target", "term"]].head(0)


def place_terms(tokens: pd.DataFrame, documents: pd.DataFrame, terms: list[str]) -> pd.DataFrame:
    """Return where `terms` stand, in their order: term, doc_id, place as a share of the report's length."""
    order = {term: place for place, term in enumerate(dict.fromkeys(terms))}
    hits = tokens[tokens["norm"].isin(order)]
    length = hits["doc_id"].map(_lengths(documents)).astype(float)
    placed = pd.DataFrame(
        {"term": hits["norm"], "doc_id": hits["doc_id"], "place": hits["start_char"] / length}
    )
    return placed.sort_values("term", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def place_quotations(voices: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the direct quotations as shares of their report's length: doc_id, start, end."""
    spans = voices[voices["voice"] == "direct"]
    length = spans["doc_id"].map(_lengths(documents)).astype(float)
    return pd.DataFrame(
        {"doc_id": spans["doc_id"], "start": spans["start_char"] / length, "end": spans["end_char"] / length}
    ).reset_index(drop=True)


def _lengths(documents: pd.DataFrame) -> dict[str, int]:
    """Return the code points of each report."""
    return {doc_id: len(text) for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)}


def funnel_points(keyness: pd.DataFrame) -> pd.DataFrame:
    """Return the terms of the largest comparison of reports dealt at random, with the band of no difference.

    Columns: term, per_million, ratio (0.5 added to counts), low, high, flagged; no rows where no comparison
    has reports enough. The band is binomial, Bonferroni over the terms.
    """
    large = keyness[keyness["p_reports"].notna()]
    columns = ["term", "per_million", "ratio", "low", "high", "flagged"]
    if large.empty:
        return large.assign(per_million=0.0, ratio=0.0)[columns]
    _, rows = max(large.groupby(["event_id", "target"], sort=True), key=lambda group: len(group[1]))
    n_a, n_b = (_size(rows[f"n_{side}"], rows[f"rate_{side}"]) for side in ("target", "reference"))
    total = (rows["n_target"] + rows["n_reference"]).to_numpy(dtype=float)
    low, high = stats.no_difference_band(total, n_a, n_b, n_tested=len(rows))
    ratio = stats.log_ratio(rows["n_target"], rows["n_reference"], n_a, n_b, plus=0.5)
    per_million = 1e6 * total / (n_a + n_b)
    return rows.assign(per_million=per_million, ratio=ratio, low=low, high=high)[columns]


def _size(uses: pd.Series, rates: pd.Series) -> float:
    """Return the tokens of a side from counts and rates per 1,000."""
    used = uses > 0
    return float((1000 * uses[used] / rates[used]).round().iloc[0]) if used.any() else 1.0


def rate_matrix(pooled_counts: pd.DataFrame, terms: list[str], *, per: int = 1000) -> pd.DataFrame:
    """Return uses per `per` tokens: a row per term, a column per outlet, its events added up."""
    sizes = pooled_counts.groupby("outlet")["n"].sum()
    uses = pooled_counts.pivot_table(index="term", columns="outlet", values="n", aggfunc="sum", fill_value=0)
    uses = uses.reindex(index=list(dict.fromkeys(terms)), columns=sizes.index, fill_value=0)
    return per * uses / sizes


def split_halves(
    tokens: pd.DataFrame, documents: pd.DataFrame, *, n: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Return the split_halves table: what the rule of `keyness` flags where there is nothing to find.

    The sentences of each event (its reports, from 16 on) are dealt to two halves `n` times, whatever their
    outlet; fewer times where the vocabulary is large.
    """
    rows = []
    for event, ids in documents.groupby("event_id", sort=True)["doc_id"]:
        counts, sizes = _unit_counts(
            tokens[tokens["doc_id"].isin(ids)], by_report=len(ids) >= 2 * FEWEST_REPORTS
        )
        splits = min(n, max(20, 2_000_000 // max(counts.shape[1], 1))) if len(sizes) > 1 else 0
        flagged = _flagged_in_halves(counts, sizes, splits, seed)
        shares = (float(flagged.mean()), float((flagged > 0).mean())) if splits else (0.0, 0.0)
        rows.append((event, len(sizes), counts.shape[1], splits, *shares))
    return conform(pd.DataFrame(rows, columns=list(SplitHalves.to_schema().columns)), SplitHalves)


def measure_spread(
    tokens: pd.DataFrame, documents: pd.DataFrame, terms: list[str], *, parts: int = 10, min_n: int = 3
) -> pd.DataFrame:
    """Return the spread table of `terms`: Gries' DP over each report cut into `parts` equal runs.

    Outlets with fewer than `min_n` uses of a term have no row for it.
    """
    place = tokens.groupby("doc_id").cumcount()
    size = tokens.groupby("doc_id")["norm"].transform("size")
    part = tokens["doc_id"].astype(object) + "/" + (place * parts // size).astype(str).astype(object)
    cut = tokens[["doc_id", "norm"]].assign(
        part=part,
        event_id=tokens["doc_id"].map(documents.set_index("doc_id")["event_id"]),
        outlet=tokens["doc_id"].map(outlet_labels(documents)),
    )
    rows = []
    for (event, outlet), words in cut.groupby(["event_id", "outlet"], sort=True):
        sizes = words.groupby("part", sort=True).size()
        for term in dict.fromkeys(terms):
            uses = words.loc[words["norm"] == term, "part"].value_counts().reindex(sizes.index, fill_value=0)
            if uses.sum() >= min_n:
                dp = stats.dispersion(uses.to_numpy(), sizes.to_numpy())
                rows.append((event, outlet, term, uses.sum(), len(sizes), (uses > 0).sum(), dp))
    return conform(pd.DataFrame(rows, columns=list(Spread.to_schema().columns)), Spread)


def measure_diversity(tokens: pd.DataFrame, *, window: int = 50, blocks: int = 10) -> pd.DataFrame:
    """Return the diversity table: richness of words and length of sentences of each report.

    Intervals leave out one of `blocks` runs of sentences at a time. They tell how far the measure depends
    on single passages of this report, not how other reports would be.
    """
    rows = []
    for doc_id, words in tokens.groupby("doc_id", sort=True):
        block = pd.factorize(words["sentence_id"])[0]
        block = block * min(blocks, block.max() + 1) // (block.max() + 1)
        whole = _diversity(words, window)
        without = [_diversity(words[block != left_out], window) for left_out in np.unique(block)]
        for measure, (value, reason) in whole.items():
            ends = stats.jackknife_interval(value, [part[measure][0] for part in without])
            rows.append((doc_id, measure, value, *ends, reason))
    return conform(pd.DataFrame(rows, columns=list(Diversity.to_schema().columns)), Diversity)


def align_sentences(
    sentences: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame, *, min_cosine: float = MIN_COSINE
) -> pd.DataFrame:
    """Return the alignments table: sentences of two reports of an event that are each other's nearest.

    Near is the cosine of their TF-IDF vectors (smoothed idf over the event's sentences), at least
    `min_cosine`. Only pairs of reports of different outlets are aligned.
    """
    rows = [
        (event, doc_a, ids_a[i], doc_b, ids_b[j], cosine[i, j])
        for event, doc_a, ids_a, doc_b, ids_b, cosine in _sentence_cosines(sentences, tokens, documents)
        for i, j in enumerate(cosine.argmax(axis=1))
        if cosine[:, j].argmax() == i and cosine[i, j] >= min_cosine
    ]
    return conform(pd.DataFrame(rows, columns=list(Alignments.to_schema().columns)), Alignments)


def find_unpartnered(
    sentences: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame, *, min_cosine: float = MIN_COSINE
) -> pd.DataFrame:
    """Return the sentences that come near none of the event's other outlets, with the cosine of the nearest.

    Columns: event_id, outlet, doc_id, sentence_id, start_char, end_char, text, nearest.
    """
    nearest: dict[tuple[str, str, int], float] = {}
    for event, doc_a, ids_a, doc_b, ids_b, cosine in _sentence_cosines(sentences, tokens, documents):
        for doc_id, ids, best in ((doc_a, ids_a, cosine.max(axis=1)), (doc_b, ids_b, cosine.max(axis=0))):
            for sentence_id, value in zip(ids, best, strict=True):
                key = event, doc_id, int(sentence_id)
                nearest[key] = max(nearest.get(key, 0.0), float(value))
    alone = [(*key, value) for key, value in nearest.items() if value < min_cosine]
    found = pd.DataFrame(alone, columns=["event_id", "doc_id", "sentence_id", "nearest"])
    found = found.astype({"event_id": "str", "doc_id": "str", "sentence_id": "int64", "nearest": "float64"})
    shown = found.merge(sentences, on=["doc_id", "sentence_id"])
    shown = shown.assign(outlet=shown["doc_id"].map(outlet_labels(documents)))
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
    words = _words_by_sentence(_with_grammar(tokens, verbs, mentions))
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    rows = []
    columns = (alignments[name] for name in Alignments.to_schema().columns)
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


def _lowest_p(rows: pd.DataFrame, keyness: pd.DataFrame) -> list[float]:
    """Return for each substitution the lowest exact p of its words in its event; 1.0 if none was tested."""
    lowest = keyness.groupby(["event_id", "term"])["p_value"].min().to_dict()
    columns = (rows[name] for name in ("event_id", "phrase_a", "phrase_b"))
    return [
        min((lowest.get((event, word), 1.0) for word in f"{a} {b}".split()), default=1.0)
        for event, a, b in zip(*columns, strict=True)
    ]


def _count_pieces(lines: list[str], known: _Vocabulary) -> sparse.csr_array:
    """Return the lines x terms matrix of counts; pieces and terms seen first are added to `known`."""
    pieces = [line.split() for line in lines]
    codes = np.fromiter(map(known.pieces.__getitem__, chain.from_iterable(pieces)), dtype=np.int64)
    new = list(islice(reversed(known.pieces), len(known.pieces) - len(known.sizes)))
    for piece in reversed(new):
        found = to_terms(piece)
        known.words.extend(map(known.terms.__getitem__, found))
        known.sizes.append(len(found))
    sizes, words = np.array(known.sizes, dtype=np.int64), np.array(known.words, dtype=np.int64)
    line = np.repeat(np.arange(len(lines)), list(map(len, pieces)))
    n = sizes[codes]
    # The words of a piece stand side by side in `words`; pieces of no or several words shift the rest.
    place = np.repeat((np.cumsum(sizes) - sizes)[codes] - (np.cumsum(n) - n), n) + np.arange(n.sum())
    at = (np.repeat(line, n), words[place])
    shape = (len(lines), len(known.terms))
    return sparse.coo_array((np.ones(len(place), dtype=np.int64), at), shape=shape).tocsr()


def _pooled(parts: list[tuple[Any, Any]], groups: pd.DataFrame, terms: list[str]) -> pd.DataFrame:
    """Return the pooled counts of batches: matrices of uses and of reports, a row per group."""
    totals = []
    for batches in zip(*parts, strict=True):
        total = sparse.csr_array((len(groups), len(terms)), dtype=np.int64)
        for batch in batches:
            batch.resize(total.shape)
            total = total + batch
        total.sort_indices()
        totals.append(total)
    if not totals:
        return empty(PooledCounts)
    uses, reports = (total.tocoo() for total in totals)
    group, term = uses.coords
    frame = groups.iloc[group].assign(term=np.array(terms, dtype=object)[term], n=uses.data)
    frame["n_reports"] = reports.data
    return conform(frame.sort_values(["event_id", "outlet", "term"]), PooledCounts)


def _outlets(counts: pd.DataFrame) -> list[str]:
    """Return the outlets of an event's pooled counts, by name."""
    return sorted(counts["outlet"].unique())


def _targets(counts: pd.DataFrame) -> list[str]:
    """Return the outlets to be compared with the rest: one of two, all of more, none of one."""
    outlets = _outlets(counts)
    return {1: [], 2: outlets[:1]}.get(len(outlets), outlets)


def _reference(counts: pd.DataFrame, target: str) -> str:
    """Return the name of what `target` is compared with."""
    others = [name for name in _outlets(counts) if name != target]
    return others[0] if len(others) == 1 else f"the other {len(others)} outlets"


def _sides(counts: pd.DataFrame, target: str, quoted: pd.DataFrame | None) -> pd.DataFrame:
    """Return the counts of an event's terms, one row each, in `target` and in the rest."""
    own = counts["outlet"] == target
    uses = {
        f"{name}_{side}": rows.groupby("term")[column].sum()
        for side, rows in (("target", counts[own]), ("reference", counts[~own]))
        for name, column in (("n", "n"), ("reports", "n_reports"))
    }
    if quoted is not None:
        said = quoted[quoted["event_id"].isin(counts["event_id"].unique())]
        uses["quoted_target"] = said[said["outlet"] == target].groupby("term")["n"].sum()
        uses["quoted_reference"] = said[said["outlet"] != target].groupby("term")["n"].sum()
    table = pd.DataFrame(uses).reindex(columns=list(_SIDES)).fillna(0).astype("int64").sort_index()
    return table.rename_axis("term").reset_index()


def _score(sides: pd.DataFrame, event: str, target: str, reference: str, min_n: int) -> pd.DataFrame:
    """Return the keyness rows of one comparison, lowest p first."""
    a, b = sides["n_target"].to_numpy(dtype=float), sides["n_reference"].to_numpy(dtype=float)
    n_a, n_b = a.sum(), b.sum()
    z = stats.log_odds_z(a, b, prior=stats.informative_prior(a, b))
    tested = a + b >= min_n
    rows, a, b, z = sides[tested], a[tested], b[tested], z[tested]
    low, high = stats.rate_ratio_interval(a, b, n_a, n_b)
    p = stats.exact_p(a, b, n_a, n_b)
    lrc = stats.conservative_log_ratio(a, b, n_a, n_b, n_tested=len(rows))
    scored = rows.assign(
        log_ratio=stats.log_ratio(a, b, n_a, n_b), low=low, high=high, p_value=p, lrc=lrc, z=z
    )
    return _finish(scored, event, target, reference, (n_a, n_b))


def _stratify(strata: list[pd.DataFrame], target: str, min_n: int) -> pd.DataFrame:
    """Return the keyness rows of one outlet against all others, stratified; `strata` are events."""
    total = pd.concat(strata).groupby("term", sort=True).sum()
    total = total[total["n_target"] + total["n_reference"] >= min_n]
    a, b = (
        np.stack([s.set_index("term")[side].reindex(total.index, fill_value=0).to_numpy() for s in strata])
        for side in ("n_target", "n_reference")
    )
    n_a, n_b = (np.array([s[side].sum() for s in strata]) for side in ("n_target", "n_reference"))
    words = list(zip(a.T, b.T, strict=True))
    ends = [stats.stratified_interval(x, y, n_a, n_b) for x, y in words]
    error = SIGNIFICANT / max(len(total), 1)
    # The stricter interval is wider: where the usual one has 0 in it, so has this.
    lrc = [
        _nearer_end(stats.stratified_interval(x, y, n_a, n_b, error=error)) if low > 0 or high < 0 else 0.0
        for (x, y), (low, high) in zip(words, ends, strict=True)
    ]
    scored = total.reset_index().assign(
        log_ratio=stats.mantel_haenszel(a, b, n_a[:, None], n_b[:, None]),
        low=[low for low, _ in ends],
        high=[high for _, high in ends],
        p_value=[stats.stratified_p(x, y, n_a, n_b) for x, y in words],
        lrc=lrc,
        z=np.nan,
    )
    event = f"{len(strata)} events, stratified"
    return _finish(scored, event, target, "all other outlets", (n_a.sum(), n_b.sum()))


def _nearer_end(ends: tuple[float, float]) -> float:
    """Return the end of an interval nearer to 0, or 0 where it lies within."""
    return max(ends[0], 0.0) + min(ends[1], 0.0)


def _finish(
    scored: pd.DataFrame, event: str, target: str, reference: str, sizes: tuple[float, float]
) -> pd.DataFrame:
    """Return scored rows with names, rates, q-values and the voices, lowest p first."""
    q = stats.q_values(scored["p_value"].to_numpy())
    rows = scored.assign(
        event_id=event,
        target=target,
        reference=reference,
        rate_target=1000 * scored["n_target"] / max(sizes[0], 1),
        rate_reference=1000 * scored["n_reference"] / max(sizes[1], 1),
        q_value=q,
        flagged=q < SIGNIFICANT,
        p_reports=np.nan,
        q_reports=np.nan,
        narrated_target=scored["n_target"] - scored["quoted_target"],
        narrated_reference=scored["n_reference"] - scored["quoted_reference"],
    )
    return rows.sort_values(["p_value", "term"], kind="stable")


def _other_scores(rows: pd.DataFrame, sides: pd.DataFrame) -> pd.DataFrame:
    """Return the other measures of the rows of one comparison."""
    every_a, every_b = sides["n_target"].to_numpy(dtype=float), sides["n_reference"].to_numpy(dtype=float)
    a, b = rows["n_target"].to_numpy(), rows["n_reference"].to_numpy()
    sizes = int(every_a.sum()), int(every_b.sum())
    at = pd.Index(sides["term"]).get_indexer(pd.Index(rows["term"]))
    scores = {
        "G2, 2 cells": stats.log_likelihood(a, b, *sizes, cells=2),
        "G2, 4 cells": stats.log_likelihood(a, b, *sizes),
        "chi2, no Yates": stats.chi_squared(a, b, *sizes),
        "chi2, Yates": stats.chi_squared(a, b, *sizes, yates=True),
        "Fisher p": [stats.fisher_p(int(x), int(y), *sizes) for x, y in zip(a, b, strict=True)],
        "log ratio + 0.5": stats.log_ratio(a, b, *sizes, plus=0.5),
        "z, 2 terms, flat prior 0.05": stats.log_odds_z(every_a, every_b, prior=0.05)[at],
        "z, 4 terms, flat prior 0.05": stats.log_odds_z(every_a, every_b, prior=0.05, terms=4)[at],
    }
    return rows[["event_id", "target", "term", "n_target", "n_reference"]].assign(**scores)


def _count_matrix(term_counts: pd.DataFrame, ids: list[str]) -> tuple[sparse.csr_array, Array, pd.Index]:
    """Return the reports x terms matrix of `ids`, the tokens of each report, and the terms."""
    own = term_counts[term_counts["doc_id"].isin(ids)]
    codes, terms = pd.factorize(own["term"], sort=True)
    row = pd.Index(ids).get_indexer(pd.Index(own["doc_id"]))
    counts = sparse.csr_array((own["n"].to_numpy(), (row, codes)), shape=(len(ids), len(terms)))
    return counts, np.asarray(counts.sum(axis=1)).ravel(), pd.Index(terms)


def _unit_counts(tokens: pd.DataFrame, *, by_report: bool, min_n: int = 3) -> tuple[sparse.csr_array, Array]:
    """Return the units x terms matrix of an event and the units' sizes; rarer terms are left out."""
    keys = ["doc_id"] if by_report else ["doc_id", "sentence_id"]
    unit = tokens.groupby(keys, sort=False).ngroup().to_numpy()
    term = pd.factorize(tokens["norm"])[0]
    shape = (int(unit.max(initial=-1)) + 1, int(term.max(initial=-1)) + 1)
    counts = sparse.csr_array((np.ones(len(unit)), (unit, term)), shape=shape)
    tested = np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel() >= min_n)
    return counts[:, tested], np.bincount(unit, minlength=shape[0]).astype(float)


def _flagged_in_halves(counts: sparse.csr_array, sizes: Array, n: int, seed: int) -> Array:
    """Return the number of words flagged in each of `n` random halvings of the units."""
    rng = np.random.default_rng(seed)
    half = np.arange(len(sizes)) < len(sizes) // 2
    total = np.asarray(counts.sum(axis=0)).ravel()
    flagged = np.zeros(n, dtype=int)
    for split in range(n):
        side = rng.permuted(half).astype(float)
        in_half, tokens = side @ counts, side @ sizes
        p = stats.exact_p(in_half, total - in_half, tokens, sizes.sum() - tokens)
        flagged[split] = (stats.q_values(p) < SIGNIFICANT).sum()
    return flagged


def _diversity(words: pd.DataFrame, window: int) -> dict[str, tuple[float, str]]:
    """Return each measure of a report's words with the reason where it is missing."""
    norms, n = words["norm"].tolist(), words["sentence_id"].nunique()
    short = f"under {window} words"
    measures = {
        f"MATTR, window {window}": (stats.mattr(norms, window=window), short),
        f"HD-D, draw {stats.HDD_DRAW}": (stats.hdd(norms), f"under {stats.HDD_DRAW} words"),
        f"MTLD, factor {stats.MTLD_FACTOR}": (
            stats.mtld(norms) if len(norms) >= window else np.nan,
            short if len(norms) < window else "no word is repeated",
        ),
        "Yule's K": (stats.yule_k(norms) if len(norms) >= window else np.nan, short),
        "LIX": (stats.lix(norms, n) if len(norms) >= window else np.nan, short),
        "ARI": (stats.automated_readability(norms, n) if len(norms) >= window else np.nan, short),
    }
    return {name: (value, reason if np.isnan(value) else "") for name, (value, reason) in measures.items()}


def _sentence_cosines(
    sentences: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame
) -> Iterator[tuple[str, str, Array, str, Array, Array]]:
    """Yield event, report and sentence ids of both sides, and cosines, for reports of different outlets."""
    label = outlet_labels(documents)
    for event, ids in documents.groupby("event_id", sort=True)["doc_id"]:
        own = tokens[tokens["doc_id"].isin(ids)].merge(sentences[["doc_id", "sentence_id"]])
        vectors, keys = _tfidf(own)
        of_report = keys.groupby("doc_id", sort=True).indices
        for doc_a, doc_b in combinations(map(str, of_report), 2):
            if label[doc_a] != label[doc_b]:
                rows_a, rows_b = of_report[doc_a], of_report[doc_b]
                cosine = (vectors[rows_a] @ vectors[rows_b].T).toarray()
                sentence = keys["sentence_id"].to_numpy()
                yield str(event), doc_a, sentence[rows_a], doc_b, sentence[rows_b], np.minimum(cosine, 1.0)


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
    inside = np.zeros(len(tokens), dtype=bool)
    for doc_id, own in spans.sort_values("start_char").groupby("doc_id"):
        rows = np.flatnonzero((tokens["doc_id"] == doc_id).to_numpy())
        starts = tokens["start_char"].to_numpy()[rows]
        at = np.searchsorted(own["start_char"].to_numpy(), starts, side="right") - 1
        inside[rows] = (at >= 0) & (starts < own["end_char"].to_numpy()[at])
    return inside


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
