"""Who speaks and what is told, by the parse: sources as they are written, and the entities they name."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from helpers.voices.contents import told_clauses
from helpers.voices.nested import nested_quotes, quoted_inside
from helpers.voices.quotations import Quote
from helpers.voices.sources import (
    ACCORDING,
    Cue,
    Forms,
    attributed,
    cues_by_rank,
    cues_of,
    of_nobody,
    source_of,
)
from helpers.voices.tree import Source, Token, Tree, is_passive, whole_list

__all__ = ["Attribution", "Grammar", "Name", "read_grammar"]
# Paragraphs before a pronoun that are looked at.
FARTHEST = 4
TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Sen|Rep|Gov|Mayor|Judge|President|Senator|Minister)\.?"
)
LONGEST_NAME = 3
DASHES = "-–—―"
MASCULINE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Brother|Father|Sheikh|Imam|Ayatollah)\b\.?\s*$")
FEMININE = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Queen|Princess|Sister|Mme)\b\.?\s*$")


class Name(NamedTuple):
    """A name of somebody who can speak: where it is, and of which entity."""

    start: int
    end: int
    entity: str
    entity_type: str


class Attribution(NamedTuple):
    """Who speaks: the entity or "", the words that name the source, the rule, and the cue as printed."""

    entity: str
    source: Source | None
    rule: str
    cue: tuple[int, int]
    verb_class: str


class Grammar(NamedTuple):
    """What the parse of a report tells: who says each quotation, by its start, and what is told reworded.

    And who says the quotations inside them.
    """

    quoted: dict[int, Attribution]
    told: list[tuple[Attribution, tuple[tuple[int, int], ...], str]]
    nested: list[tuple[Quote, Attribution]]


def read_grammar(
    text: str,
    tokens: Sequence[Token],
    quotes: Sequence[Quote],
    names: Sequence[Name],
    paragraphs: Sequence[tuple[int, int]],
    forms: Forms,
) -> Grammar:
    """Return the attributions of a report: by the grammar of their sentences, else carried in a paragraph.

    `paragraphs` has start and number of each sentence, in order; `forms` what `cues_of` takes.
    """
    starts = [quote.start for quote in quotes]
    quoted = []
    for token in tokens:
        place = bisect_right(starts, token.start) - 1
        quoted.append(place >= 0 and token.start < quotes[place].end)
    tree = Tree(tokens, quoted)
    cues = cues_of(tree, forms, text)
    reader = _Reader(text, tree, cues, names, paragraphs)
    told = told_clauses(tree, cues, text)
    said = dict(reader.quotations(quotes))
    pairs = list(nested_quotes(text, quotes))
    inside = quoted_inside(text, tokens, pairs, forms) if pairs else ()
    return Grammar(
        said,
        [(reader.attribution(one.cue, one.source), one.content, one.voice) for one in told],
        [(quote, reader.nested(said.get(outer.start), cue, source)) for outer, quote, cue, source in inside],
    )


def _surnames(names: Sequence[Name], text: str) -> dict[str, set[str]]:
    """Return by the last word of their full names, as the report has them, who bears it.

    The recogniser takes some persons for bodies: "Helena Prior".
    """
    found: dict[str, set[str]] = {}
    for name in names:
        words = text[name.start : name.end].split()
        if name.entity_type in ("PERSON", "ORG") and 1 < len(words) <= LONGEST_NAME:
            found.setdefault(words[-1].casefold(), set()).add(name.entity)
    return found


class _Reader:
    """A report while its attributions are read."""

    def __init__(
        self,
        text: str,
        tree: Tree,
        cues: Mapping[int, Cue],
        names: Sequence[Name],
        paragraphs: Sequence[tuple[int, int]],
    ) -> None:
        self.text, self.tree, self.cues, self.names = text, tree, cues, names
        said = {verb: cue for verb, cue in cues.items() if cue.kind != "attitude"}
        self.ranked = cues_by_rank(tree, cues, said)
        self.begins = [start for start, _ in paragraphs]
        self.numbers = [number for _, number in paragraphs]
        self.named_at = [name.start for name in names]
        self.surnames = _surnames(names, text)
        self.people: dict[int, list[Name]] = {}
        for name in names:
            if name.entity_type == "PERSON":
                self.people.setdefault(self.paragraph(name.start), []).append(name)
        self.titled = {name.entity: kind for name in names if (kind := self._title(name))}
        self.pronouns = {
            (self.paragraph(token.start), token.lemma)
            for token in tree.tokens
            if token.lemma in ("he", "she") and token.dep == "nsubj"
        }

    def _title(self, name: Name) -> str:
        """Return the pronoun that a title in front of a name goes with, or nothing."""
        before = self.text[max(0, name.start - 12) : name.start]
        return "she" if FEMININE.search(before) else "he" if MASCULINE.search(before) else ""

    def paragraph(self, place: int) -> int:
        """Return the number of the paragraph that a code point stands in."""
        at = bisect_right(self.begins, place) - 1
        return self.numbers[at] if at >= 0 else -1

    def quotations(self, quotes: Sequence[Quote]) -> Iterator[tuple[int, Attribution]]:
        """Yield the attribution of each quotation that has one, by its start."""
        last: Attribution | None = None
        before: Quote | None = None
        for quote in quotes:
            found = attributed(self.tree, self.ranked, quote, self.text)
            told = self.attribution(*found) if found else None
            if told is None or told.source is None:
                told = self._carried(quote, before, last) or self._told_before(quote) or told
            if told:
                yield quote.start, told
            if told and told.source:
                last, before = told, quote

    def _carried(self, quote: Quote, before: Quote | None, last: Attribution | None) -> Attribution | None:
        """Return the attribution of the quotation before, where this one goes on with it."""
        whole = self.text[quote.end - 2 : quote.end - 1] in (".", "?", "!")
        if not last or not before or (quote.flag == "scare" and not whole):
            return None
        same = self.paragraph(quote.start) == self.paragraph(before.start)
        if not quote.continues and not (same and self._alone(quote)):
            return None
        return last._replace(rule="continued" if quote.continues else "paragraph", cue=(0, 0), verb_class="")

    def _told_before(self, quote: Quote) -> Attribution | None:
        """Return the attribution of the sentence before a sentence that is a quotation and nothing else."""
        first = self.tree.between(quote.start, quote.end).start
        if not first or quote.flag == "scare" or not self._alone(quote):
            return None
        sentence = self.tree.tokens[first - 1].sentence
        own = self._cues_of(sentence)
        same = self.paragraph(self.tree.tokens[first - 1].start) == self.paragraph(quote.start)
        found = self.attribution(own[0], source_of(self.tree, own[0])) if own and same else None
        return found._replace(rule="before", cue=(0, 0), verb_class="") if found and found.source else None

    def _alone(self, quote: Quote) -> bool:
        """Return whether no other word stands in the sentences of a quotation."""
        inside = {self.tree.tokens[k].sentence for k in self.tree.between(quote.start, quote.end)}
        return not any(
            not self.tree.quoted[k] and self.tree.tokens[k].pos not in ("PUNCT", "SPACE", "SYM")
            for sentence in inside
            for k in self.tree.sentences[sentence]
        )

    def _cues_of(self, sentence: int) -> list[int]:
        """Return the cues of a sentence, in order."""
        return [k for k in self.tree.sentences.get(sentence, range(0)) if k in self.cues]

    def attribution(self, cue: int, source: Source | None) -> Attribution:
        """Return the attribution of a cue and its source."""
        token = self.tree.tokens[cue]
        known = self.cues.get(cue)
        verb_class = known.verb_class if known else "neutral" if token.lemma in ACCORDING else ""
        # A dash before a signature may be of one token with the word behind it.
        dash = self.text[token.start] in DASHES
        if source and source.head == cue and not dash:
            return Attribution(self._named(token), source, "subject", (0, 0), "")  # a name and a colon
        place = (token.start, token.start + 1 if dash else self._cue_end(cue))
        source = source or self._surname_beside(cue)
        if source is None:
            rule = "passive" if is_passive(self.tree, cue) else "none"
            return Attribution("", None, rule, place, verb_class)
        if of_nobody(self.tree, cue):
            return Attribution("", None, "nobody", place, verb_class)
        return Attribution(*self._entity_of(source), place, verb_class)

    def nested(self, outer: Attribution | None, cue: int, source: Source) -> Attribution:
        """Return the attribution of a quotation inside one that `outer` says: "I" is who says that one."""
        token, head = self.tree.tokens[cue], self.tree.tokens[source.head]
        entity = "" if head.pos == "PRON" else self._named(head)
        if head.lemma == "I" or head.lemma == "i":
            entity = outer.entity if outer else ""
        return Attribution(entity, source, "nested", (token.start, token.end), "")

    def _cue_end(self, cue: int) -> int:
        """Return where a cue ends: with its phrase, or with the "to" of "according to"."""
        if cue in self.cues:
            return self.tree.tokens[self.cues[cue].last].end
        to = self.tree.below(cue, "prep") if self.tree.tokens[cue].lemma in ACCORDING else []
        return self.tree.tokens[to[0] if to else cue].end

    def _entity_of(self, source: Source) -> tuple[str, Source, str]:
        """Return the entity that a source means or "", the source, and the rule that tells it."""
        head = self.tree.tokens[source.head]
        if head.pos == "PRON":
            return self._meant(head), source, "pronoun"
        if self.tree.below(source.head, "conj"):
            return "", whole_list(self.tree, source), "several"
        return self._named(head) or self._surnamed(source), source, "subject"

    def _named(self, head: Token) -> str:
        """Return the entity that is mentioned at a head, or nothing."""
        at = bisect_right(self.named_at, head.start) - 1
        found = self.names[at] if at >= 0 else None
        return found.entity if found and head.start < found.end else ""

    def _surname_beside(self, cue: int) -> Source | None:
        """Return the surname right behind or in front of a cue that the parser takes for a common word."""
        tokens = self.tree.tokens
        own = self.tree.sentences[tokens[cue].sentence] if not is_passive(self.tree, cue) else range(0)
        for place, beyond in ((cue + 1, cue + 2), (cue - 1, cue - 2)):
            if place not in own or self.tree.quoted[place]:
                continue
            word = self.text[tokens[place].start : tokens[place].end]
            whole = beyond not in own or tokens[beyond].pos in ("PUNCT", "SPACE")
            if whole and word[:1].isupper() and len(self.surnames.get(word.casefold(), ())) == 1:
                return Source(tokens[place].start, tokens[place].end, place)
        return None

    def _surnamed(self, source: Source) -> str:
        """Return the only person of the report who has a source for a surname, common word or not.

        Of Helena Prior, "Prior wrote": a common noun has an article there, and "the page said" is no name.
        """
        head = self.tree.tokens[source.head]
        below = [self.tree.tokens[k] for k in self.tree.children[source.head] if k < source.head]
        words = self.text[source.start : head.end].split()
        bare = all(token.pos == "PROPN" or token.dep == "punct" for token in below)
        known = self.surnames.get(self.text[head.start : head.end].casefold(), set())
        titled = len(words) == 1 or bool(TITLED.fullmatch(words[-2]))
        one = bare and titled and source.end == head.end and words[-1][0].isupper()
        return min(known) if one and len(known) == 1 else ""

    def _meant(self, pronoun: Token) -> str:
        """Return the one person that he or she can mean, or nothing.

        Persons are looked for in the paragraph up to the pronoun, then in the one before, and on over
        paragraphs that have the pronoun and nobody's name; those whose title, there or elsewhere in the
        report, is of the other gender are left out. Of several the one is meant who spoke in the sentence
        before.
        """
        if pronoun.lemma not in ("he", "she"):
            return ""
        here = self.paragraph(pronoun.start)
        for paragraph in range(here, max(here - FARTHEST, -1) - 1, -1):
            people = {
                name.entity
                for name in self.people.get(paragraph, ())
                if name.start < pronoun.start
                and (self._title(name) or self.titled.get(name.entity, "")) in ("", pronoun.lemma)
            }
            if len(people) > 1:
                people = people & self._spoke_before(pronoun)
                return people.pop() if len(people) == 1 else ""
            if people:
                return people.pop()
            if paragraph < here and (paragraph, pronoun.lemma) not in self.pronouns:
                return ""
        return ""

    def _spoke_before(self, pronoun: Token) -> set[str]:
        """Return who speaks, by name, in the sentence before a pronoun's."""
        sources = [source_of(self.tree, cue) for cue in self._cues_of(pronoun.sentence - 1)]
        return {self._named(self.tree.tokens[source.head]) for source in sources if source}
