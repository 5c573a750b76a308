"""Who says each quotation: by a cue beside it, a colon, or the words before."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from helpers.table import UNKNOWN
from helpers.voices.quotations import HIDDEN, Quote
from helpers.voices.speakers import NOBODY, Name, Speaker, Unit
from helpers.voices.speech import EDGES, Cue, Report

__all__ = ["attribute"]
_BEFORE_CUE = re.compile(r"[^.!?;:]{0,120}")
_LEADS_TO_QUOTE = re.compile(r"[\s,:—–-]*+(?:that[\s,:—–-]*+)?")
_HEARER_THEN_QUOTE = re.compile(r"[^.!?;]{0,90}(?:[:,]|\bthat)\s*$")


def attribute(
    units: Sequence[Unit],
    reports: Sequence[Sequence[Report]],
    quotes: Sequence[Quote],
    masked: str,
    names: Sequence[Name],
) -> Iterator[tuple[Quote, Speaker, Cue | None]]:
    """Yield each quotation with its speaker and the cue that names them."""
    starts, ends = [unit.start for unit in units], {name.end: name for name in names}
    last: tuple[Speaker, Cue | None] = (NOBODY, None)
    last_place = -1
    for quote in quotes:
        place = bisect_right(starts, quote.start) - 1
        inside = place >= 0 and quote.start < units[place].end
        found = _attribution(units[place], reports[place], quote) if inside else None
        found = found or _after_colon(masked, quote, ends)
        if not found and quote.continues:
            found = (_carried(last[0], "continued", 0.95), None)
        if not found and inside and quote.flag != "scare":
            found = _from_paragraph(
                units, reports, place, quote, last if last_place == units[place].paragraph else None
            )
        found = found or (NOBODY, None)
        if found[0].entity != UNKNOWN or quote.flag != "scare":
            last, last_place = found, units[place].paragraph if inside else -1
        yield quote, *found


def _carried(speaker: Speaker, rule: str, factor: float) -> Speaker:
    """Return a speaker taken over from the words before."""
    if speaker.entity == UNKNOWN:
        return NOBODY
    return speaker._replace(rule=rule, confidence=speaker.confidence * factor)


def _attribution(unit: Unit, reports: Sequence[Report], quote: Quote) -> tuple[Speaker, Cue | None] | None:
    """Return who says a quotation, by a cue beside it or by the report it stands in."""
    hearer = None
    for report in reversed([r for r in reports if r.clause.cue.end <= quote.start]):
        gap = unit.masked[report.clause.cue.end : quote.start]
        if _LEADS_TO_QUOTE.fullmatch(gap) and report.clause.kind != "passive":
            return report.clause.speaker, report.clause.cue
        if HIDDEN not in gap and _HEARER_THEN_QUOTE.fullmatch(gap):
            hearer = hearer or report
    for report in [r for r in reports if r.clause.cue.start >= quote.end][:1]:
        gap = unit.masked[quote.end : report.clause.cue.start]
        clause = report.clause
        unnamed = clause.kind == "finite" and clause.speaker == NOBODY
        named = clause.subject >= quote.end or clause.kind == "inverted" or unnamed
        if named and HIDDEN not in gap and _BEFORE_CUE.fullmatch(gap):
            return report.clause.speaker, report.clause.cue
    if hearer:
        return hearer.clause.speaker, hearer.clause.cue
    for report in reports:
        if any(start <= quote.start and quote.end <= end + 1 for _, start, end in report.content):
            return report.clause.speaker, report.clause.cue
    return None


def _after_colon(masked: str, quote: Quote, ends: Mapping[int, Name]) -> tuple[Speaker, Cue | None] | None:
    """Return the name before a colon before a quotation, as in headlines."""
    left = masked[max(0, quote.start - 4) : quote.start].rstrip()
    if not left.endswith(":"):
        return None
    name = ends.get(len(masked[: quote.start].rstrip()) - 1)
    return (Speaker(name.entity, "colon", 0.85, name.entity_type), None) if name else None


def _from_paragraph(
    units: Sequence[Unit],
    reports: Sequence[Sequence[Report]],
    place: int,
    quote: Quote,
    last: tuple[Speaker, Cue | None] | None,
) -> tuple[Speaker, Cue | None] | None:
    """Return who spoke before in the paragraph, for a sentence that is a quotation and nothing else."""
    unit = units[place]
    if unit.masked[unit.start : quote.start].strip(EDGES):
        return None
    before = place - 1
    while before >= 0 and units[before].paragraph == unit.paragraph and not reports[before]:
        before -= 1
    if before >= 0 and units[before].paragraph == unit.paragraph:
        return _carried(reports[before][0].clause.speaker, "paragraph", 0.8), None
    return (_carried(last[0], "paragraph", 0.8), None) if last else None
