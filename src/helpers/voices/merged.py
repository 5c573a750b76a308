"""What words and marks tell of a report, and what its grammar tells: one list of spans."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpers.table import UNKNOWN
from helpers.voices.grammar import Attribution, Grammar
from helpers.voices.tables import SpeechVerbs

__all__ = ["Span", "verb_forms", "with_grammar"]
# How sure a rule of the grammar is: how often the source it names was right where it named one, in the direct
# quotations of 210 US reports (PolNeAR, development part; benchmarks/sources.py). Whom a pronoun means, and
# what goes on over paragraphs (two cases there), was not measured: these two are set by hand.
SURE = {"subject": 0.95, "several": 0.95, "paragraph": 0.97, "pronoun": 0.7, "continued": 0.85, "none": 0.0}
# Words of a reworded span; a single one tells nothing.
SHORTEST = 2
# Characters between a noun and the span that hangs on it, "that" between them.
BESIDE = 8
# Characters between a reworded span and the verb it is told with.
REACH = 120


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


def verb_forms(verbs: SpeechVerbs) -> dict[str, tuple[str, str]]:
    """Return class and kind of every form of one word of the verbs of speech."""
    columns = (verbs[name] for name in ("forms", "verb_class", "introduces"))
    return {
        form.casefold(): (verb_class, introduces)
        for forms, verb_class, introduces in zip(*columns, strict=True)
        for form in forms.split("|")
        if form and " " not in form
    }


def with_grammar(
    spans: Sequence[Span], grammar: Grammar, text: str, body: Sequence[tuple[int, int]]
) -> Iterator[Span]:
    """Yield the spans with the sources of the grammar, and the clauses that the grammar alone tells.

    `body` has the sentences of the body: nothing is told in headlines and bylines.
    """
    cued = [*grammar.cued, *(told for told, _ in grammar.told)]
    kept = [span for span in spans if not _misread(span, grammar, text)]
    taken = [(span.start, span.end) for span in kept if span.voice != "direct"]
    starts = {span.start for span in kept}
    for span in kept:
        told = grammar.quoted.get(span.start) if span.voice == "direct" else _of_clause(span, cued, text)
        if not told or told.rule != "nobody":
            yield _sourced(span, told, text) if told else span
        elif span.voice == "direct":
            yield span
    for told, content in grammar.told:
        for start, end in content:
            free = not any(first < end and start < last for first, last in taken)
            if free and start not in starts and any(a <= start and end <= b for a, b in body):
                cue = text[slice(*told.cue)]
                bare = Span(start, end, "indirect", UNKNOWN, cue, told.verb_class, "none", 0.0, "")
                taken.append((start, end))
                starts.add(start)
                yield _sourced(bare, told, text)


def _misread(span: Span, grammar: Grammar, text: str) -> bool:
    """Return whether grammar reads a reworded span otherwise.

    Its cue is a noun ("the charges that"), it has no verb ("said in an interview"), or its cue tells more.
    """
    if span.voice == "direct":
        return False
    if len(text[span.start : span.end].split()) < SHORTEST:
        return True
    near = [
        noun for noun in grammar.nouns if min(abs(noun[0] - span.end), abs(span.start - noun[1])) < BESIDE
    ]
    if any(text[slice(*noun)] == span.cue for noun in near):
        return True
    verbless = not any(span.start <= verb < span.end for verb in grammar.verbs)
    if span.voice == "indirect" and verbless and span.start in grammar.asides:
        return True
    return span.voice == "indirect" and any(
        text[slice(*told.cue)] == span.cue
        and any(first < span.end and span.start < last for first, last in content)
        and (content[0][0], content[-1][1]) != (span.start, span.end)
        for told, content in grammar.told
    )


def _of_clause(span: Span, cued: Sequence[Attribution], text: str) -> Attribution | None:
    """Return the attribution of the cue of a reworded span: the nearest to it that has its words."""
    first = span.cue.split(" ")[0].casefold()
    near = [
        (min(abs(told.cue[0] - span.end), abs(span.start - told.cue[1])), told)
        for told in cued
        if text[slice(*told.cue)].casefold() == first
    ]
    found = min(near, key=lambda one: one[0], default=None)
    return found[1] if found and found[0] < REACH else None


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
