"""The spans of a report: its quotations, and what its grammar tells in other words, with their sources."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpers.table import UNKNOWN
from helpers.text import Turn
from helpers.voices.grammar import Attribution, Grammar, Name
from helpers.voices.quotations import Quote
from helpers.voices.reliability import NOT_MEASURED, confidence_of
from helpers.voices.sources import Forms
from helpers.voices.tables import SpeechVerbs

__all__ = ["Span", "nested_spans", "quoted_spans", "reworded_spans", "turn_spans", "verb_forms"]


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


def turn_spans(turns: Sequence[Turn], names: Sequence[Name], text: str) -> Iterator[Span]:
    """Yield the turns of a transcript, an interview or a thread, each with its label as its source.

    The speaker is who is named in the label, else the only one of the report whose name ends as it does: of
    "DOE:" Anna Doe, where no other Doe is named.
    """
    endings: dict[str, set[str]] = {}
    for name in names:
        for word in text[name.start : name.end].split()[-1:]:
            endings.setdefault(word.casefold(), set()).add(name.entity)
    for turn in turns:
        label = text[turn.label_start : turn.label_end]
        named = {name.entity for name in names if turn.label_start <= name.start < turn.label_end}
        bare = label.split("(")[0].split()
        known = named or (endings.get(bare[-1].casefold(), set()) if bare else set())
        speaker = min(known) if len(known) == 1 else UNKNOWN
        where = (label, turn.label_start, turn.label_end)
        yield Span(turn.start, turn.end, "direct", speaker, "", "", "turn", NOT_MEASURED, "", *where)


def quoted_spans(quotes: Sequence[Quote], grammar: Grammar | None, text: str) -> Iterator[Span]:
    """Yield the direct quotations with their sources; without a parse nobody is known to speak."""
    for quote in quotes:
        span = Span(quote.start, quote.end, "direct", UNKNOWN, "", "", "none", NOT_MEASURED, quote.flag)
        told = grammar.quoted.get(quote.start) if grammar else None
        yield _sourced(span, told, text) if told and told.rule != "nobody" else span


def nested_spans(grammar: Grammar, text: str) -> Iterator[Span]:
    """Yield the quotations inside quotations with their sources."""
    for quote, told in grammar.nested:
        cue = text[slice(*told.cue)]
        bare = Span(quote.start, quote.end, "direct", UNKNOWN, cue, "", "none", NOT_MEASURED, "")
        yield _sourced(bare, told, text)


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
            bare = Span(start, end, voice, UNKNOWN, cue, told.verb_class, "none", NOT_MEASURED, "")
            yield _sourced(bare, told, text)


def _sourced(span: Span, told: Attribution, text: str) -> Span:
    """Return a span with the source and the cue of an attribution."""
    if told.source is None:
        return span
    source = told.source
    words = " ".join(text[source.start : source.end].split())
    span = span._replace(source=words, source_start=source.start, source_end=source.end)
    if not span.cue and told.cue != (0, 0):
        span = span._replace(cue=text[slice(*told.cue)], verb_class=told.verb_class)
    sure = confidence_of("quoted" if span.voice == "direct" else "reworded", told.rule)
    return span._replace(speaker=told.entity or UNKNOWN, rule=told.rule, confidence=sure)
