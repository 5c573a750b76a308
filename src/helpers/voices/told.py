"""The spans of a report: its quotations, and what its grammar tells in other words, with their sources."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpers.table import UNKNOWN
from helpers.voices.grammar import Attribution, Grammar
from helpers.voices.quotations import Quote
from helpers.voices.sources import Forms
from helpers.voices.tables import SpeechVerbs

__all__ = ["Span", "quoted_spans", "reworded_spans", "verb_forms"]
# How sure a rule of the grammar is: how often the source it names was right where it named one, in the direct
# quotations of 210 US reports (PolNeAR, development part; benchmarks/sources.py). Whom a pronoun means, and
# what goes on over paragraphs (two cases there), was not measured: these two are set by hand.
SURE = {
    "subject": 0.95,
    "several": 0.95,
    "paragraph": 0.97,
    "pronoun": 0.7,
    "continued": 0.85,
    "before": 0.7,
    "none": 0.0,
}


class Span(NamedTuple):
    """A row of the voices table but for its report."""

    start: int
    end: int
    voice: str
    speaker: str
    cue: str
    verb_class: str
    rule: str
    confidence: float
    flag: str
    source: str = ""
    source_start: int = 0
    source_end: int = 0


def verb_forms(verbs: SpeechVerbs) -> Forms:
    """Return by their first word the forms of the verbs of speech: words, class and kind, longest first."""
    columns = (verbs[name] for name in ("forms", "verb_class", "introduces"))
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for forms, verb_class, introduces in zip(*columns, strict=True):
        # "According to" is no verb: it is read by its own rule.
        for form in filter(None, forms.casefold().split("|")) if introduces != "source" else ():
            words = tuple(form.split())
            found.setdefault(words[0], []).append((words, verb_class, introduces))
    return {first: sorted(own, key=lambda form: (-len(form[0]), form)) for first, own in found.items()}


def quoted_spans(quotes: Sequence[Quote], grammar: Grammar | None, text: str) -> Iterator[Span]:
    """Yield the direct quotations with their sources; without a parse nobody is known to speak."""
    for quote in quotes:
        span = Span(quote.start, quote.end, "direct", UNKNOWN, "", "", "none", 0.0, quote.flag)
        told = grammar.quoted.get(quote.start) if grammar else None
        yield _sourced(span, told, text) if told and told.rule != "nobody" else span


def reworded_spans(
    grammar: Grammar, text: str, body: Sequence[tuple[int, int]], starts: set[int]
) -> Iterator[Span]:
    """Yield the stretches that grammar tells, of those inside one another the outermost.

    `body` has the sentences of the body: nothing is told in headlines and bylines. No span begins where a
    quotation does, at one of `starts`.
    """
    pieces = sorted(
        ((start, end, told, voice) for told, content, voice in grammar.told for start, end in content),
        key=lambda piece: (piece[0], -piece[1]),
    )
    begins, before = [start for start, _ in body], -1
    for start, end, told, voice in pieces:
        own = bisect_right(begins, start) - 1
        inside = own >= 0 and end <= body[own][1]
        if start >= before and start not in starts and inside:
            before = end
            cue = text[slice(*told.cue)]
            bare = Span(start, end, voice, UNKNOWN, cue, told.verb_class, "none", 0.0, "")
            yield _sourced(bare, told, text)


def _sourced(span: Span, told: Attribution, text: str) -> Span:
    """Return a span with the source of an attribution; a listed speaker stays where the words name nobody."""
    if told.rule == "passive":
        return span._replace(speaker=UNKNOWN, rule="none", confidence=0.0)
    if told.source is None:
        return span
    source = told.source
    words = " ".join(text[source.start : source.end].split())
    span = span._replace(source=words, source_start=source.start, source_end=source.end)
    if not span.cue and told.cue != (0, 0):
        span = span._replace(cue=text[slice(*told.cue)], verb_class=told.verb_class)
    if told.entity:
        return span._replace(speaker=told.entity, rule=told.rule, confidence=SURE[told.rule])
    if span.speaker == UNKNOWN:
        return span._replace(rule=told.rule, confidence=SURE[told.rule] if words else 0.0)
    return span
