"""Uses of the listed framing terms: for whom each stands, in whose voice, and how the target is known."""

import re

import numpy as np
import pandas as pd

from helpers.lexicon import find_terms
from helpers.schema import FramingHits, conform
from helpers.segmentation import split_sentences
from helpers.voices import with_voice

__all__ = ["UNRESOLVED", "find_framing_terms"]

UNRESOLVED = "unresolved"
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
    hits = with_sentence(hits, sentences)
    possible = _possible_targets(hits, documents, terms)
    rules = _rules(possible, with_sentence(mentions, sentences), documents)
    decided = _decide(possible.assign(rule=rules), len(hits))
    return conform(with_voice(hits.join(decided), voices), FramingHits)


def with_sentence(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
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
    kinds = {kind: set(terms.loc[terms["match"] == kind, "pattern"]) for kind in ("word", "regex")}
    return find_terms(documents, terms["pattern"].tolist(), stems=kinds["word"], regex=kinds["regex"])


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
