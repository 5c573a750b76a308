"""Uses of the listed framing terms: for whom each stands, in whose voice, and how the target is known."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.framing.tables import FramingHits, FramingHitsTable, FramingTerms
from helpers.framing.targets import find_targets
from helpers.names import Mentions
from helpers.table import conform
from helpers.text import Documents, Parse, Sentences, find_terms, overlaps, split_sentences, with_sentence
from helpers.voices import VOICES, Voices, with_voice

__all__ = [
    "UNRESOLVED",
    "count_by_voice",
    "doubtful_hits",
    "find_framing_terms",
    "label_words",
    "labels_and_names",
    "most_labelled",
    "term_uses",
    "with_label",
]
UNRESOLVED = "unresolved"
LABEL = "label"
# Between a target and its term: "Gaza's patience", "the patience of the people of Gaza".
_BEFORE = re.compile(r"(?:['’]s?)?\s+")
_AFTER = re.compile(r"\s+(?:of|by|to)\s+(?:the\s+)?")
# The surest evidence first; a row that asks for a mention beats one that needs none.
_RANK = {rule: rank for rank, rule in enumerate(("attached", "grammar", "sentence", "scope", "list"))}


def find_framing_terms(
    documents: Documents,
    terms: FramingTerms,
    voices: Voices,
    mentions: Mentions,
    *,
    sentences: Sentences | None = None,
    parse: Parse | None = None,
) -> FramingHits:
    """Return the framing_hits table: every use of a term, its target, and the voice it stands in.

    The target is known by a mention of it that touches the term ("attached"), else by the grammar of the
    sentence where `parse` has it (`target_of`), else by its being the only possible one mentioned in the
    sentence, else by the scope of the list's row, else by the list; where these leave none or several it is
    `unresolved`. `sentences` spares a second segmentation.
    """
    sentences = split_sentences(documents) if sentences is None else sentences
    names = terms[["pattern", "term_id", "family"]].drop_duplicates("pattern")
    hits = _find(documents, terms).merge(names, on="pattern").sort_values(["doc_id", "start_char"])
    hits = with_sentence(hits, sentences)
    possible = _possible_targets(hits, documents, terms)
    rules = _rules(possible, with_sentence(mentions, sentences), documents)
    if parse is not None:
        rules = _by_grammar(
            possible, rules, find_targets(with_voice(hits, voices), documents, parse, mentions)
        )
    decided = _decide(possible.assign(rule=rules), len(hits))
    return conform(with_voice(hits.join(decided), voices), FramingHitsTable)


def labels_and_names(
    hits: FramingHits, mentions: Mentions, voices: Voices, *, sentences: Sentences
) -> pd.DataFrame:
    """Return the labels among `hits` and, beside them, the plain names of the same targets.

    Columns of framing_hits and `label`. `family` is "label", or the kind of a mention outside every
    hit: name, adjective or role.
    """
    labels = hits[hits["family"] == LABEL]
    others = mentions[mentions["entity_id"].isin(labels["target"]) & ~overlaps(mentions, labels)]
    others = with_sentence(others, sentences).rename(columns={"entity_id": "target", "kind": "family"})
    others = with_voice(others.assign(term_id="", rule="list"), voices)
    both = pd.concat([labels, others[labels.columns]], ignore_index=True)
    return with_label(both.sort_values(["doc_id", "start_char"], ignore_index=True))


def term_uses(terms: FramingTerms, hits: FramingHits) -> pd.DataFrame:
    """Return the list itself, a row per term and target, with its uses in the reports."""
    uses = hits.groupby(["term_id", "target"]).size().rename("uses").reset_index()
    table = terms.merge(uses, on=["term_id", "target"], how="left")
    table["uses"] = table["uses"].fillna(0).astype("int64")
    shown = ["pattern", "family", "target", "decided_by", "scope", "uses", "source", "note"]
    return table[shown].sort_values(["family", "target", "pattern"], ignore_index=True)


def with_label(hits: FramingHits) -> pd.DataFrame:
    """Return `hits` with `label`: the surface in its commonest capitals, its blanks made single."""
    form = hits["surface"].astype("str").str.split().str.join(" ")
    forms = pd.DataFrame({"key": hits["term_id"] + "\n" + form.str.casefold(), "form": form})
    ranked = forms.value_counts().reset_index().sort_values(["count", "form"], ascending=[False, True])
    first = ranked.drop_duplicates("key").set_index("key")["form"]
    return hits.assign(label=forms["key"].map(first).astype("str"))


def count_by_voice(hits: FramingHits, *, by: Sequence[str]) -> pd.DataFrame:
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


def doubtful_hits(hits: FramingHits, mentions: Mentions) -> pd.DataFrame:
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


def _find(documents: Documents, terms: FramingTerms) -> pd.DataFrame:
    """Return the uses of the terms' patterns."""
    exact, regex = (
        terms.loc[terms[column] == value, "pattern"]
        for column, value in (("case", "exact"), ("match", "regex"))
    )
    return find_terms(documents, terms["pattern"], exact=exact, regex=regex)


def _possible_targets(hits: FramingHits, documents: Documents, terms: FramingTerms) -> pd.DataFrame:
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


def _rules(possible: pd.DataFrame, mentions: Mentions, documents: Documents) -> pd.Series:
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


def _by_grammar(possible: pd.DataFrame, rules: pd.Series, told: pd.DataFrame) -> pd.Series:
    """Return the rules, "grammar" where it tells a possible target that nothing touches.

    A row that the list decides keeps its rule.
    """
    meant = told["target"].to_numpy(object)[possible["hit"].to_numpy()]
    open_ = (rules == "") | (rules == "sentence")
    return rules.mask(open_ & (possible["target"] == meant), "grammar")


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
