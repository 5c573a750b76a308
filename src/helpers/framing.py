"""Uses of the listed framing terms: for whom each stands, in whose voice, and how the target is known."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import beta

from helpers.lexicon import find_terms
from helpers.schema import VERB_CLASSES, VOICES, FramingHits, conform
from helpers.segmentation import overlaps, split_sentences
from helpers.voices import with_voice

__all__ = [
    "FEWEST",
    "TOO_FEW",
    "UNRESOLVED",
    "changed_terms",
    "compare_reports",
    "count_by_voice",
    "doubtful_hits",
    "find_framing_terms",
    "label_words",
    "labels_and_names",
    "leave_one_out",
    "most_labelled",
    "named",
    "own_voice",
    "share_without",
    "term_uses",
    "verb_classes",
    "with_label",
]

UNRESOLVED = "unresolved"
LABEL = "label"
FEWEST, TOO_FEW = 5, "too few to compare"
# Between a target and its term: "Gaza's patience", "the patience of the people of Gaza".
_BEFORE = re.compile(r"(?:['’]s?)?\s+")
_AFTER = re.compile(r"\s+(?:of|by|to)\s+(?:the\s+)?")
# The surest evidence first; a row that asks for a mention beats one that needs none.
_RANK = {rule: rank for rank, rule in enumerate(("attached", "sentence", "scope", "list"))}


def find_framing_terms(
    documents: pd.DataFrame,
    terms: pd.DataFrame,
    voices: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the framing_hits table: every use of a term, its target, and the voice it stands in.

    The target is known by a mention of it that touches the term ("attached"), else by its being the
    only possible one mentioned in the sentence, else by the scope of the list's row, else by the list;
    where these leave none or several it is `unresolved`. `sentences` spares a second segmentation.
    """
    sentences = split_sentences(documents) if sentences is None else sentences
    names = terms[["pattern", "term_id", "family"]].drop_duplicates("pattern")
    hits = _find(documents, terms).merge(names, on="pattern").sort_values(["doc_id", "start_char"])
    hits = _with_sentence(hits, sentences)
    possible = _possible_targets(hits, documents, terms)
    rules = _rules(possible, _with_sentence(mentions, sentences), documents)
    decided = _decide(possible.assign(rule=rules), len(hits))
    return conform(with_voice(hits.join(decided), voices), FramingHits)


def labels_and_names(
    hits: pd.DataFrame, mentions: pd.DataFrame, voices: pd.DataFrame, *, sentences: pd.DataFrame
) -> pd.DataFrame:
    """Return the labels among `hits` and, beside them, the plain names of the same targets.

    Columns of framing_hits and `label`. `family` is "label", or the kind of a mention outside every
    hit: name, adjective or role.
    """
    labels = hits[hits["family"] == LABEL]
    others = mentions[mentions["entity_id"].isin(labels["target"]) & ~overlaps(mentions, labels)]
    others = _with_sentence(others, sentences).rename(columns={"entity_id": "target", "kind": "family"})
    others = with_voice(others.assign(term_id="", rule="list"), voices)
    both = pd.concat([labels, others[labels.columns]], ignore_index=True)
    return with_label(both.sort_values(["doc_id", "start_char"], ignore_index=True))


def term_uses(terms: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the list itself, a row per term and target, with its uses in the reports."""
    uses = hits.groupby(["term_id", "target"]).size().rename("uses").reset_index()
    table = terms.merge(uses, on=["term_id", "target"], how="left")
    table["uses"] = table["uses"].fillna(0).astype("int64")
    shown = ["pattern", "family", "target", "decided_by", "scope", "uses", "source", "note"]
    return table[shown].sort_values(["family", "target", "pattern"], ignore_index=True)


def with_label(hits: pd.DataFrame) -> pd.DataFrame:
    """Return `hits` with `label`: the surface in its commonest capitals, its blanks made single."""
    form = hits["surface"].astype("str").str.split().str.join(" ")
    forms = pd.DataFrame({"key": hits["term_id"] + "\n" + form.str.casefold(), "form": form})
    ranked = forms.value_counts().reset_index().sort_values(["count", "form"], ascending=[False, True])
    first = ranked.drop_duplicates("key").set_index("key")["form"]
    return hits.assign(label=forms["key"].map(first).astype("str"))


def count_by_voice(hits: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Return the uses per value of the columns `by`: how many in each voice, and n in all.

    Boilerplate (links to other pages) is a column of its own: its words are not the report's.
    """
    apart = (hits["zone"] == "boilerplate") & (hits["voice"] == "narration")
    voice = hits["voice"].astype("str").mask(apart, "boilerplate")
    columns = {name: (voice == name).astype("int64") for name in (*VOICES, "boilerplate")}
    counts = hits[list(by)].assign(**columns, n=1).groupby(list(by), sort=True).sum().reset_index()
    return counts.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def most_labelled(labels: pd.DataFrame, *, n: int = 20) -> pd.DataFrame:
    """Return the labels and names of the target that bears most labels: the `n` commonest, for a picture.

    Columns: target, bar (the words and the report), the voices and n.
    """
    uses = labels.loc[labels["family"] == LABEL, "target"].value_counts().sort_index()
    target = uses.idxmax() if len(uses) else ""
    counts = count_by_voice(labels[labels["target"] == target], by=("target", "label", "doc_id"))
    counts.insert(1, "bar", counts["label"] + " · " + counts["doc_id"])
    return counts.drop(columns=["label", "doc_id"]).head(n)


def label_words(labels: pd.DataFrame) -> pd.DataFrame:
    """Return the uses of every word of the labels and names, per report and voice."""
    words = labels.assign(word=labels["label"].str.casefold().str.split()).explode("word", ignore_index=True)
    return count_by_voice(words, by=("word", "doc_id"))


def own_voice(hits: pd.DataFrame, *, by: str = "target") -> pd.DataFrame:
    """Return how many uses per report and `by` are in the report's own voice, not ascribed to a speaker.

    Columns: `by`, doc_id, quoted (direct), reworded (indirect, speech act), own (narration), n; share_own,
    from 0 to 1, with its exact 95 % interval low to high (Clopper and Pearson 1934), and an outcome.
    Under five uses the share is NaN and the outcome "too few to compare". Boilerplate is left out; the
    targets with most uses come first.
    """
    counts = count_by_voice(hits, by=(by, "doc_id"))
    table = counts[[by, "doc_id"]].assign(
        quoted=counts["direct"], reworded=counts["indirect"] + counts["speech_act"], own=counts["narration"]
    )
    table["n"] = table["quoted"] + table["reworded"] + table["own"]
    k, n, enough = table["own"], table["n"], table["n"] >= FEWEST
    table["share_own"] = (k / n).where(enough)
    # The bounds are quantiles of beta distributions, and certain where all or none of the uses are own.
    table["low"] = pd.Series(beta.ppf(0.025, k, n - k + 1), index=table.index).fillna(0.0).where(enough)
    table["high"] = pd.Series(beta.ppf(0.975, k + 1, n - k), index=table.index).fillna(1.0).where(enough)
    table["outcome"] = np.where(table["n"] < FEWEST, TOO_FEW, "")
    table["most"] = table.groupby(by)["n"].transform("max")
    table = table.sort_values(["most", by, "doc_id"], ascending=[False, True, True])
    return table[table["n"] > 0].drop(columns="most").reset_index(drop=True)


def compare_reports(hits: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return, per event and target, the report whose terms are densest and the one where they are thinnest.

    Columns: event_id, target, reports, n, most, rate_most, least, rate_least (uses per 1,000 tokens) and
    outcome: "most in ...", "not told apart", "one report", or "too few to compare" under five uses. The
    first is said only where the densest report's share of the uses, as an exact interval at 95 % over
    all the reports (Clopper and Pearson 1934, Bonferroni), lies above its share of the words. That
    takes uses for independent, which they are not: it is the least to ask, and no p-value is given.
    """
    rows = [
        (event, target, *_extremes(names, counts.sum(axis=1), sizes))
        for event, target, names, _, counts, sizes in _by_target(hits, tokens, documents)
    ]
    names = ["event_id", "target", "reports", "n", "most", "rate_most", "least", "rate_least", "outcome"]
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def leave_one_out(hits: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return, per event, target and term left out, whether the outcome of `compare_reports` changes.

    Columns: event_id, target, term_id, n (its uses), outcome, without (the outcome without it), changed.
    """
    rows: list[tuple[object, ...]] = []
    for event, target, reports, terms, counts, sizes in _by_target(hits, tokens, documents):
        whole = counts.sum(axis=1)
        outcome = _extremes(reports, whole, sizes)[-1]
        for column, term in enumerate(terms):
            without = _extremes(reports, whole - counts[:, column], sizes)[-1]
            uses = int(counts[:, column].sum())
            rows.append((event, target, term, uses, outcome, without, outcome != without))
    names = ["event_id", "target", "term_id", "n", "outcome", "without", "changed"]
    return pd.DataFrame(rows, columns=names)


def share_without(hits: pd.DataFrame) -> pd.DataFrame:
    """Return how far a single term carries a share of `own_voice`: the share with each term left out.

    Columns: target, doc_id, n, share_own, then the lowest and the highest share with one term left out
    and that term. Targets under five uses in a report are left out.
    """
    counts = count_by_voice(hits[hits["zone"] != "boilerplate"], by=("target", "doc_id", "term_id"))
    whole = counts.groupby(["target", "doc_id"])[["narration", "n"]].transform("sum")
    left = whole - counts[["narration", "n"]]
    table = counts[["target", "doc_id", "term_id"]].assign(
        n=whole["n"], share_own=whole["narration"] / whole["n"], without=left["narration"] / left["n"]
    )
    table = table[(whole["n"] >= FEWEST) & (left["n"] > 0)].sort_values(["without", "term_id"])
    grouped = table.groupby(["target", "doc_id"], sort=True)
    ends = grouped[["without", "term_id"]]
    named_ends = [
        ends.first().set_axis(["lowest", "without_lowest"], axis=1),
        ends.last().set_axis(["highest", "without_highest"], axis=1),
    ]
    return pd.concat([grouped[["n", "share_own"]].first(), *named_ends], axis=1).reset_index()


def changed_terms(hits: pd.DataFrame, alignments: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the aligned sentences in which two reports apply different words to the same target.

    Columns: target, doc_id_a, words_a, doc_id_b, words_b (the words that the other side lacks), cosine,
    sentence_a, sentence_b, and where these start: start_char_a, start_char_b. Rows with words on both
    sides come first.
    """
    pairs = alignments.reset_index(names="pair")
    a, b = (_words_inside(pairs, hits, sentences, side) for side in "ab")
    table = a.merge(b, on=["pair", "target"], how="outer").merge(pairs, on="pair")
    both = [_differing(*row) for row in zip(table["words_a"], table["words_b"], strict=True)]
    table[["words_a", "words_b"]] = pd.DataFrame(both, columns=["words_a", "words_b"], dtype="str")
    for side in "ab":
        text = sentences[["doc_id", "sentence_id", "text", "start_char"]].set_axis(
            [f"{name}_{side}" for name in ("doc_id", "sentence_id", "sentence", "start_char")], axis=1
        )
        table = table.merge(text, on=[f"doc_id_{side}", f"sentence_id_{side}"])
    table["one_sided"] = (table["words_a"] == "") | (table["words_b"] == "")
    order = ["one_sided", "doc_id_a", "doc_id_b", "start_char_a", "target"]
    table = table[(table["words_a"] != "") | (table["words_b"] != "")].sort_values(order, ignore_index=True)
    shown = ["target", "doc_id_a", "words_a", "doc_id_b", "words_b", "cosine", "sentence_a", "sentence_b"]
    return table[[*shown, "start_char_a", "start_char_b"]]


def verb_classes(voices: pd.DataFrame) -> pd.DataFrame:
    """Return how often the cues of each class introduce each speaker: speaker, doc_id, classes, n, cues."""
    cued = voices[voices["cue"] != ""]
    marks = {name: (cued["verb_class"] == name).astype("int64") for name in VERB_CLASSES}
    grouped = cued[["speaker", "doc_id"]].assign(**marks, n=1).groupby(["speaker", "doc_id"], sort=True)
    counts = grouped.sum().reset_index()
    return counts.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def doubtful_hits(hits: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the hits that may be false, each with the reason, for a reader to judge in context."""
    names = mentions[mentions["kind"] == "name"]
    reasons = {
        "inside a name": overlaps(hits, names),
        "target unresolved": (hits["target"] == UNRESOLVED).to_numpy(),
        "in boilerplate": (hits["zone"] == "boilerplate").to_numpy(),
        "target only near it": (hits["rule"] == "sentence").to_numpy(),
    }
    reason = np.select(list(reasons.values()), list(reasons), default="")
    doubts = hits.assign(reason=reason.astype("str"))
    return doubts[doubts["reason"] != ""].reset_index(drop=True)


def named(table: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Return `table` for the page: entity ids as names, an empty speaker as the report itself."""
    names = dict(zip(entities["entity_id"], entities["canonical"], strict=True)) | {"": "the report itself"}
    columns = [name for name in ("target", "speaker", "entity_id") if name in table.columns]
    return table.assign(**{name: table[name].map(lambda cell: names.get(cell, cell)) for name in columns})


def _with_sentence(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return `table` (doc_id, start_char) with the sentence_id and zone of the sentence each row is in."""
    result = table.reset_index(drop=True)
    ids, zones = np.full(len(result), -1), np.full(len(result), "body", dtype=object)
    rows = {doc_id: np.asarray(at) for doc_id, at in result.groupby("doc_id").indices.items()}
    for doc_id, own in sentences[sentences["doc_id"].isin(list(rows))].groupby("doc_id"):
        at = rows[doc_id]
        place = np.searchsorted(own["start_char"], result["start_char"].to_numpy()[at], side="right") - 1
        at, place = at[place >= 0], place[place >= 0]
        ids[at], zones[at] = own["sentence_id"].to_numpy()[place], own["zone"].to_numpy(object)[place]
    return result.assign(sentence_id=ids, zone=zones)


def _find(documents: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Return the uses of the terms' patterns."""
    exact, regex = (
        terms.loc[terms[column] == value, "pattern"]
        for column, value in (("case", "exact"), ("match", "regex"))
    )
    return find_terms(documents, terms["pattern"], exact=exact, regex=regex)


def _possible_targets(hits: pd.DataFrame, documents: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Return one row per hit and target its term may have here; a row in scope shuts out those without."""
    event = documents.set_index("doc_id")["event_id"]
    possible = hits.reset_index(names="hit").merge(
        terms[["term_id", "target", "decided_by", "scope"]], on="term_id"
    )
    scope = possible["scope"]
    possible["scoped"] = (scope == possible["doc_id"]) | (scope == possible["doc_id"].map(event))
    possible = possible[possible["scoped"] | (scope == "")]
    narrowed = possible.groupby("hit")["scoped"].transform("any")
    return possible[possible["scoped"] | ~narrowed].reset_index(drop=True)


def _rules(possible: pd.DataFrame, mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Return, for each possible target, the rule by which the context supports it, or nothing."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    place = ("doc_id", "sentence_id")
    spans: dict[tuple[str, int, str], list[tuple[int, int]]] = {}
    columns = (mentions[name] for name in (*place, "entity_id", "start_char", "end_char"))
    for doc_id, sentence_id, entity_id, start, end in zip(*columns, strict=True):
        spans.setdefault((doc_id, sentence_id, entity_id), []).append((start, end))
    rules = []
    columns = (
        possible[name] for name in (*place, "target", "start_char", "end_char", "decided_by", "scoped")
    )
    for doc_id, sentence_id, target, start, end, decided_by, scoped in zip(*columns, strict=True):
        near = spans.get((doc_id, sentence_id, target), [])
        if decided_by == "list":
            rules.append("scope" if scoped else "list")
        elif any(_touches(texts[doc_id], (start, end), span) for span in near):
            rules.append("attached")
        else:
            rules.append("sentence" if near else "")
    return pd.Series(rules, index=possible.index, dtype=object)


def _touches(text: str, hit: tuple[int, int], mention: tuple[int, int]) -> bool:
    """Return whether the mention covers the hit, or only a possessive, blank or "of the" is between them."""
    if mention[0] < hit[1] and hit[0] < mention[1]:
        return True
    if mention[1] <= hit[0]:
        return _BEFORE.fullmatch(text, mention[1], hit[0]) is not None
    return _AFTER.fullmatch(text, hit[1], mention[0]) is not None


def _decide(possible: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return target and rule of the hits 0 to n-1: the best-supported target where there is one alone."""
    supported = possible[possible["rule"] != ""]
    rank = supported["rule"].map(_RANK)
    best = supported[rank == rank.groupby(supported["hit"]).transform("min")].drop_duplicates(
        ["hit", "target"]
    )
    alone = best[~best["hit"].duplicated(keep=False)].set_index("hit")[["target", "rule"]]
    return alone.reindex(range(n)).fillna(UNRESOLVED).astype("str")


def _by_target(
    hits: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame
) -> Iterator[tuple[str, str, list[str], list[str], np.ndarray, np.ndarray]]:
    """Yield event, target, reports, terms, uses (a row per report, a column per term), tokens per report."""
    sizes = tokens.groupby("doc_id").size().reindex(documents["doc_id"], fill_value=0).to_numpy()
    events = {str(event): at for event, at in documents.groupby("event_id").indices.items()}
    names = documents["doc_id"].to_numpy(object)
    place = {doc_id: row for at in events.values() for row, doc_id in enumerate(names[at])}
    told = hits[(hits["target"] != UNRESOLVED) & (hits["zone"] != "boilerplate")]
    event_of = told["doc_id"].map(dict(zip(names, documents["event_id"], strict=True))).rename("event_id")
    rows, terms = told["doc_id"].map(place).to_numpy(), told["term_id"].to_numpy(object)
    groups: dict[Any, Any] = dict(told.groupby([event_of, "target"], sort=True).indices)
    for (event, target), at in groups.items():
        used, columns = np.unique(terms[at], return_inverse=True)
        counts = np.zeros((len(events[event]), len(used)), dtype=int)
        np.add.at(counts, (rows[at].astype(int), columns), 1)
        yield event, target, names[events[event]].tolist(), used.tolist(), counts, sizes[events[event]]


def _extremes(
    names: list[str], uses: np.ndarray, sizes: np.ndarray
) -> tuple[int, int, str, float, str, float, str]:
    """Return reports, n, the densest and the thinnest report with their rates, and the outcome."""
    rates = 1000 * np.divide(uses, sizes, out=np.zeros(len(uses)), where=sizes > 0)
    most, least, n = int(rates.argmax()), int(rates.argmin()), int(uses.sum())
    if n < FEWEST or len(uses) == 1:
        outcome = TOO_FEW if n < FEWEST else "one report"
    else:
        low = beta.ppf(0.025 / len(uses), uses[most], n - uses[most] + 1)
        outcome = f"most in {names[most]}" if low > sizes[most] / sizes.sum() else "not told apart"
    return len(uses), n, names[most], float(rates[most]), names[least], float(rates[least]), outcome


def _words_inside(
    pairs: pd.DataFrame, hits: pd.DataFrame, sentences: pd.DataFrame, side: str
) -> pd.DataFrame:
    """Return the words per target, as a list, that stand in the sentence of one side of each pair."""
    told = _with_sentence(hits[hits["target"] != UNRESOLVED], sentences)
    place = {f"doc_id_{side}": "doc_id", f"sentence_id_{side}": "sentence_id"}
    inside = pairs[["pair", *place]].rename(columns=place).merge(told, on=["doc_id", "sentence_id"])
    return inside.groupby(["pair", "target"])["surface"].agg(list).rename(f"words_{side}").reset_index()


def _differing(words_a: object, words_b: object) -> tuple[str, str]:
    """Return the words of either list that the other has not, or not as often, capitals apart."""
    a, b = ([str(word) for word in words] if isinstance(words, list) else [] for words in (words_a, words_b))
    return _lacking(a, b), _lacking(b, a)


def _lacking(words: list[str], others: list[str]) -> str:
    """Return the words without one for each of the others."""
    left = Counter(word.casefold() for word in others)
    kept = []
    for word in words:
        if left[word.casefold()]:
            left[word.casefold()] -= 1
        else:
            kept.append(word)
    return " · ".join(kept)
