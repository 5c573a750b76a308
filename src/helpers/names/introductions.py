"""How each report introduces a person at the first mention: by the words before or behind the name."""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.names.tables import Introductions, IntroductionsTable, Mentions
from helpers.table import from_rows
from helpers.text import Documents, Parse, Sentences, overlaps

__all__ = ["introductions", "most_introduced"]
_CLAUSES = frozenset("relcl acl acl:relcl".split())
_LINKS = frozenset("cc punct det case prep".split())
_OPENING = frozenset("cc punct case prep advmod".split())
# Words of a description; a longer one is a misread clause and is cut.
MOST_WORDS = 20


class _Tokens(NamedTuple):
    """The tokens of one report: where they are, what they depend on, and as what."""

    starts: list[int]
    ends: list[int]
    heads: list[int]
    deps: list[str]
    names: list[bool]  # whether each is part of a person's name


def _first_named(named: Mentions, sentences: Sentences) -> dict[str, Mentions]:
    """Return the first mention of each person in the body of each report, by report."""
    begins = sentences[sentences["zone"] == "body"].groupby("doc_id")["start_char"].min()
    inside = named[named["start_char"] >= named["doc_id"].map(begins).astype("float64").fillna(0)]
    first = inside.sort_values(["doc_id", "start_char"]).drop_duplicates(["doc_id", "entity_id"])
    return {str(name): own for name, own in first.groupby("doc_id")}


def introductions(
    parse: Parse, mentions: Mentions, sentences: Sentences, documents: Documents
) -> Introductions:
    """Return the introductions table: the first mention of each person by name in each report's body.

    The description is what the grammar ties to the name: a role before it ("the mayor Ann Poe"), a noun to
    which the name is added ("its mayor, Ann Poe"), or an apposition behind it ("Ann Poe, a lawyer"). It is
    empty where the name has none. Reports that no model reads have no rows.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    named = mentions[(mentions["entity_type"] == "PERSON") & (mentions["kind"] == "name")]
    wanted = _first_named(named, sentences)
    rows: list[tuple[object, ...]] = []
    for name, own in parse[parse["doc_id"].isin(list(wanted))].groupby("doc_id", sort=True):
        doc_id = str(name)
        starts, ends, heads, deps = (own[name].tolist() for name in ("start_char", "end_char", "head", "dep"))
        people = named[named["doc_id"] == doc_id]
        tokens = _Tokens(starts, ends, heads, deps, overlaps(own, people).tolist())
        places = wanted[doc_id][["entity_id", "surface", "honorific", "start_char", "end_char"]]
        for entity_id, surface, title, start, end in places.itertuples(index=False, name=None):
            kind, begin, stop = _description(tokens, start, end)
            words = " ".join(texts[doc_id][begin:stop].split())
            if {*words.split()} <= {*title.split()}:
                kind, words, stop = "title" if title else "none", "", begin
            rows.append((entity_id, doc_id, surface, title, kind, words, begin, stop))
    return from_rows(sorted(rows, key=lambda row: (row[0], row[1])), IntroductionsTable)


def most_introduced(found: Introductions) -> Introductions:
    """Return the introductions, those of the persons whom most reports introduce first.

    Of two with as many, the one named in more reports comes first, then by id.
    """
    by_person = found.groupby("entity_id")
    told = (found["kind"] != "none").groupby(found["entity_id"]).transform("sum")
    order = found.assign(told=told, reports=by_person["doc_id"].transform("size"))
    order = order.sort_values(
        ["told", "reports", "entity_id", "doc_id"], ascending=[False, False, True, True]
    )
    return found.loc[order.index].reset_index(drop=True)


def _description(tokens: _Tokens, start: int, end: int) -> tuple[str, int, int]:
    """Return how the name from `start` to `end` is described, and where the words are."""
    inside = [
        place
        for place, (begin, stop) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if begin < end and stop > start
    ]
    if not inside:
        return "none", start, start
    own = set(inside)
    top = next((place for place in inside if tokens.heads[place] not in own), inside[-1])
    for kind, places in _candidates(tokens, top, inside):
        words = _trimmed(tokens, [place for place in places if place not in own])
        if 0 < len(words) <= MOST_WORDS:
            return kind, tokens.starts[words[0]], tokens.ends[words[-1]]
    return "none", start, start


def _trimmed(tokens: _Tokens, words: list[int]) -> list[int]:
    """Return the words of a description without articles before them and links behind them."""
    while words and tokens.deps[words[0]] in _OPENING:
        words = words[1:]
    while words and tokens.deps[words[-1]] in _LINKS:
        words = words[:-1]
    return words


def _candidates(tokens: _Tokens, top: int, inside: list[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield the words that may describe a name, the surest first."""
    behind = [
        place
        for place, (head, dep) in enumerate(zip(tokens.heads, tokens.deps, strict=True))
        if head in inside and dep == "appos" and place > inside[-1]
    ]
    if behind and tokens.deps[inside[-1] + 1] == "punct":
        yield "apposition", _subtree(tokens, behind[0])
    if _is_added(tokens, top, inside[0]):
        yield "name added", _added_to(tokens, top, inside[0])
    yield "role before", [place for place in _subtree(tokens, top) if place < inside[0]]


def _is_added(tokens: _Tokens, top: int, first: int) -> bool:
    """Return whether a name that begins at `first` is added to a noun before it: the president, Ann Lee."""
    noun = tokens.heads[top]
    apposed = tokens.deps[top] == "appos" and noun < first
    return apposed and not tokens.names[noun] and not _listed(tokens, top)


def _added_to(tokens: _Tokens, top: int, first: int) -> list[int]:
    """Return the words that a name is added to: those of the noun, or of the last noun joined to it."""
    noun = tokens.heads[top]
    joined = [
        place for place in range(noun, first) if tokens.deps[place] == "conj" and tokens.heads[place] == noun
    ]
    own = set(_subtree(tokens, top))
    around = _subtree(tokens, joined[-1] if joined else noun)
    return [place for place in around if place < first and place not in own]


def _listed(tokens: _Tokens, top: int) -> bool:
    """Return whether a name is one of several: "her friends, especially Ann Poe"."""
    first = max(0, top - MOST_WORDS)
    return any(
        tokens.heads[place] == top and tokens.deps[place] in ("advmod", "prep", "cc")
        for place in range(first, top)
    )


def _subtree(tokens: _Tokens, top: int) -> list[int]:
    """Return the words that depend on one, itself too, without its clauses."""
    below, found = {top}, [top]
    # A word's head may stand before or behind it: repeat until nothing is added, within the sentence.
    while True:
        added = [
            place
            for place in range(max(0, min(found) - MOST_WORDS * 2), min(len(tokens.heads), max(found) + 40))
            if place not in below and tokens.heads[place] in below and tokens.deps[place] not in _CLAUSES
        ]
        if not added:
            break
        below.update(added)
        found += added
    ordered = sorted(found)
    around = ordered.index(top)
    first = last = around
    while first and ordered[first - 1] == ordered[first] - 1:
        first -= 1
    while last + 1 < len(ordered) and ordered[last + 1] == ordered[last] + 1:
        last += 1
    return ordered[first : last + 1]
