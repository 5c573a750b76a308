"""A report as the rooms of this package read it: its tree, and which of its tokens name whom."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from helpers.names import Mentions
from helpers.text import Documents, Parse, by_report
from helpers.voices import TOKEN_FIELDS, ParsedToken, Tree

__all__ = ["ARTICLES", "Mention", "Reading", "readings"]
ARTICLES = frozenset("a an the this that these those some any another both each every".split())
# What belongs to a noun phrase before its head.
BEFORE = frozenset("det amod compound nmod poss nummod case quantmod predet advmod npadvmod".split())
# Prepositions whose phrase goes on with what somebody is called: "head of the board".
OF = frozenset("of for from in on at to".split())
LONGEST = 12
_MARKED = re.compile(r"“[^“”]+”|\"[^\"]+\"|‘[^‘’]+’")


class Mention(NamedTuple):
    """A mention with its place in the tree: the number of its head token."""

    start: int
    end: int
    entity: str
    entity_type: str
    head: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A report, parsed, with its mentions."""

    doc_id: str
    event_id: str
    text: str
    tree: Tree
    spans: list[tuple[int, int, str, str]]

    @cached_property
    def owner(self) -> list[int]:
        """Return for each token the number of the mention it stands in, or -1."""
        starts = [span[0] for span in self.spans]
        owners = []
        for token in self.tree.tokens:
            at = bisect_right(starts, token.start) - 1
            owners.append(at if at >= 0 and token.start < self.spans[at][1] else -1)
        return owners

    @cached_property
    def mentions(self) -> list[Mention]:
        """Return the mentions that a token of the parse stands in, in order."""
        inside: dict[int, list[int]] = {}
        for place, owner in enumerate(self.owner):
            if owner >= 0:
                inside.setdefault(owner, []).append(place)
        return [Mention(*self.spans[owner], self._head(places)) for owner, places in sorted(inside.items())]

    @cached_property
    def first_named(self) -> dict[str, int]:
        """Return where each entity is first mentioned."""
        return {mention.entity: mention.start for mention in reversed(self.mentions)}

    @cached_property
    def types(self) -> dict[str, str]:
        """Return of which type each entity is that the report names."""
        return {mention.entity: mention.entity_type for mention in self.mentions}

    def before(self, start: int) -> Iterator[Mention]:
        """Yield the mentions before a place in the text, the last first."""
        for at in range(bisect_left(self._starts, start) - 1, -1, -1):
            yield self.mentions[at]

    @cached_property
    def _starts(self) -> list[int]:
        """Return where the mentions begin."""
        return [mention.start for mention in self.mentions]

    @cached_property
    def named(self) -> dict[int, Mention]:
        """Return the mentions by their head tokens."""
        return {mention.head: mention for mention in self.mentions}

    def _head(self, places: list[int]) -> int:
        """Return the last token whose head is outside these tokens."""
        own = set(places)
        tokens = self.tree.tokens
        outer = [at for at in places if tokens[at].head not in own or tokens[at].head == at]
        return (outer or places)[-1]

    def phrase(self, head: int, *, tail: bool = True, without: Mention | None = None) -> tuple[int, int]:
        """Return first and last token of the noun phrase of `head`, without its article.

        `tail` takes the "of" behind it; a mention given is left out. At most twelve tokens.
        """
        tokens = self.tree.tokens
        inside = [head, *self._around(head, tail=tail)]
        if without is not None:
            inside = [at for at in inside if not without.start <= tokens[at].start < without.end]
        first, last = min(inside, default=head), max(inside, default=head)
        while first < last and (tokens[first].lemma in ARTICLES or tokens[first].pos in ("PUNCT", "SPACE")):
            first += 1
        while last > head and tokens[last].pos in ("PUNCT", "SPACE"):
            last -= 1
        return first, last

    def _around(self, head: int, *, tail: bool) -> Iterator[int]:
        """Yield the tokens before the head of a noun phrase that belong to it, and with `tail` its "of"."""
        for child in self.tree.children[head]:
            token = self.tree.tokens[child]
            if token.dep in BEFORE and 0 < head - child < LONGEST:
                yield from (at for at in self.tree.subtree(child) if at < head)
            elif tail and token.dep == "prep" and token.lemma in OF and child > head:
                yield from (at for at in self.tree.subtree(child) if at - head < LONGEST)

    def words(self, first: int, last: int) -> str:
        """Return the words from one token to another, as printed."""
        tokens = self.tree.tokens
        return self.text[tokens[first].start : tokens[last].end]

    def scare(self, first: int, last: int) -> bool:
        """Return whether marks of quotation stand around some of these tokens, or all of them."""
        tokens = self.tree.tokens
        return bool(_MARKED.search(self.text[max(0, tokens[first].start - 1) : tokens[last].end + 1]))


def readings(documents: Documents, parse: Parse, mentions: Mentions) -> Iterator[Reading]:
    """Yield each report that a parser read, with its mentions, in the order of `documents`."""
    tokens = by_report(parse, TOKEN_FIELDS)
    names = by_report(
        mentions.sort_values(["doc_id", "start_char"]),
        ["start_char", "end_char", "entity_id", "entity_type"],
    )
    columns = (documents[name] for name in ("doc_id", "event_id", "text"))
    for doc_id, event_id, text in zip(*columns, strict=True):
        if doc_id in tokens:
            own = [ParsedToken(*token) for token in tokens[doc_id]]
            tree = Tree(own, [False] * len(own))
            yield Reading(doc_id, event_id, text, tree, names.get(doc_id, []))
