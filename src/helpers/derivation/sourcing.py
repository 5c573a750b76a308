"""Where a report has its text from, as far as it says: credits, publishers, corrections, addresses, times."""

import math
import re
from collections.abc import Iterator
from itertools import product

from helpers.derivation.credits import finder, is_spoken, names_earlier, names_report, other_name
from helpers.derivation.finds import WHOLE, Case, Find, alike, turned
from helpers.derivation.measures import BEYOND_CHANCE, PASSAGE_RUN
from helpers.derivation.witness import SentenceSpan, Witness
from helpers.table import UNKNOWN

__all__ = ["find_sources"]
AGENCY = re.compile(r"\b(?:Agencies|agency reports?|news agency|wire services?)\b")
# Words are compared by so many letters.
STEM = 5
# What stands around a line of credit.
STROKES = " ()[]—–-./|"
# Letters of a date: 2025-07-23.
DAY = 10
# Share of words in common order from which two corrections are one.
SAME_CORRECTION = 0.8


def _credits(a: Witness, b: Witness) -> Iterator[Find]:
    """Yield the credit lines of a: to b's outlet, or to agencies that it does not name."""
    for one in a.sentences:
        found = AGENCY.search(one.text)
        if found and (one in a.crediting or one.text.strip(STROKES) == found.group()):
            span = (one.start + found.start(), one.start + found.end())
            note = "names a source that is not among the reports"
            yield Find("credit line", "dependence", math.nan, span, WHOLE, note)
    outlet = b.outlet if b.outlet not in (UNKNOWN, a.outlet) else ""
    for one in a.sentences if outlet and outlet in a.text else ():
        found = finder(outlet).search(one.text)
        around = (one.text[: found.start()], one.text[found.end() :]) if found else ("", "")
        if found and (one in a.crediting or names_report(*around)):
            span = (one.start + found.start(), one.start + found.end())
            yield _credited(one, span, around, b)


def _credited(one: SentenceSpan, span: tuple[int, int], around: tuple[str, str], b: Witness) -> Find:
    """Return the credit line to b's outlet in a sentence; its value is the share of it that b has.

    It speaks for nothing where it means a programme, another outlet or a report of an earlier year. Where
    somebody spoke to the outlet, its own words there are none.
    """
    other = other_name(*around)
    if not other and names_earlier(one.text, b.published):
        other = "credits a report of an earlier year"
    if other:
        return Find("credit line", "nothing", math.nan, span, WHOLE, other)
    share = 0.0 if is_spoken(around[0]) else _held(" ".join(around), b)
    return Find("credit line", "b to a", share, span, WHOLE, "names the other report's outlet")


def _held(text: str, b: Witness) -> float:
    """Return the share of the longer words of a text that b has too, by their first letters."""
    words = {word[:STEM] for word in re.findall(r"\w{4,}", text.casefold())}
    return len(words & {word[:STEM] for word in b.norms}) / len(words) if words else 0.0


def find_sources(case: Case) -> Iterator[Find]:
    """Yield what either report says of where its text is from, and what their times say."""
    a, b, _, _ = case
    yield from _one_sided(case)
    yield from turned(_one_sided(case.turned()))
    dated = [*_earlier(a, b)]
    one_page = bool(a.address) and a.address == b.address
    yield from dated if one_page else (_undated(find, a, b) for find in dated)
    yield from _in_common(a, b)
    if one_page:
        dated += [*_additions(case), *turned(_additions(case.turned()))]
        way = dated[0].supports if dated else "dependence"
        yield Find("one address", way, math.nan, WHOLE, WHOLE, "versions of one page")


def _one_sided(case: Case) -> Iterator[Find]:
    """Yield what a says: who is credited, an agency, a release, a translation, a correction, an addition."""
    a, b, _, _ = case
    yield from _credits(a, b)
    for name, (span, whole) in sorted(a.agencies.items()):
        yield Find("agency", "dependence" if whole else "nothing", math.nan, span, WHOLE, name)
    yield from _releases(case)
    if a.translation:
        note = "speaks of a translation"
        yield Find("translation named", "separate rendering", math.nan, a.translation, WHOLE, note)
    if b.outlet not in (UNKNOWN, a.outlet):
        for span in a.corrections:
            if finder(b.outlet).search(a.text, *span):
                note = "names the other report's outlet"
                yield Find("inherited correction", "b to a", math.nan, span, WHOLE, note)
    yield from _additions(case)


def _in_common(a: Witness, b: Witness) -> Iterator[Find]:
    """Yield a correction that both carry, and the publisher and authors that reports of two outlets name."""
    for one, other in product(a.corrections, b.corrections):
        share = alike(a.words_in(one), b.words_in(other))
        if share >= SAME_CORRECTION:
            yield Find("inherited correction", "dependence", share, one, other, "in both")
    if UNKNOWN not in (a.outlet, b.outlet) and a.outlet != b.outlet:
        named = (("one publisher", a.publishers, b.publishers), ("one author", a.authors, b.authors))
        for kind, own, others in named:
            for name in sorted(own.keys() & others.keys()):
                yield Find(kind, "dependence", math.nan, own[name], others[name], name)


def _additions(case: Case) -> Iterator[Find]:
    """Yield where a says that it was updated or corrected, and b, which shares its text, does not say so."""
    a, b, _, measured = case
    own = [*a.corrections, *a.updates]
    if b.corrections or b.updates or measured.run_narrated < PASSAGE_RUN:
        return
    for span in own[:1]:
        note = "the other, which shares passages with it, says no such thing"
        yield Find("later addition", "b to a", math.nan, span, WHOLE, note)


def _releases(case: Case) -> Iterator[Find]:
    """Yield whether a is a press release, or names one next to words that b has too outside quotations.

    Where what both have names it too, it is a report on the statement that both have.
    """
    a, b, _, _ = case
    if a.release:
        yield Find("press release", "dependence", math.nan, WHOLE, WHOLE, f"{a.doc_id}: {a.release}")
    runs = _told_runs(case) if a.releases else []
    beside = [(words, near) for words, near in a.releases if _meets(runs, near) and not _meets(runs, words)]
    yield from () if beside else _quoted_releases(case)
    for words, _ in beside[:1]:
        note = "named next to words that both have outside quotations"
        yield Find("press release", "dependence", math.nan, words, WHOLE, note)
    for _, near in beside if b.release and b.outlet not in (UNKNOWN, a.outlet) else ():
        if found := finder(b.outlet).search(a.text, *near):
            note = "names who handed out the other text, and a statement"
            yield Find("credit line", "b to a", math.nan, found.span(), WHOLE, note)
            return


def _quoted_releases(case: Case) -> Iterator[Find]:
    """Yield where a names a release or statement next to words that both quote."""
    a, b, pair, _ = case
    runs = [
        a.span(i, i + length)
        for i, j, length in pair.long_tiles(BEYOND_CHANCE)
        if (a.quoted[i : i + length] & b.quoted[j : j + length]).sum() >= BEYOND_CHANCE
    ]
    for words, near in a.releases:
        if _meets(runs, near):
            note = "named next to words that both quote"
            yield Find("press release", "nothing", math.nan, words, WHOLE, note)
            return


def _meets(spans: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Return whether any of the spans has a character of `span`."""
    return any(start < span[1] and span[0] < end for start, end in spans)


def _told_runs(case: Case) -> list[tuple[int, int]]:
    """Return where a has words of b in a run that is more than a phrase, without those that both quote."""
    a, b, pair, _ = case
    spans = []
    for i, j, length in pair.long_tiles(BEYOND_CHANCE):
        told = ~(a.quoted[i : i + length] & b.quoted[j : j + length])
        if told.sum() >= BEYOND_CHANCE:
            spans.append(a.span(i, i + length))
    return spans


def _undated(find: Find, a: Witness, b: Witness) -> Find:
    """Return a find on times that speaks for nothing where the later report says that it was updated."""
    late = b if find.supports == "a to b" else a
    if not late.updates and not late.corrections:
        return find
    note = f"{find.note}; the later time may be that of its update"
    return find._replace(supports="nothing", note=note)


def _earlier(a: Witness, b: Witness) -> Iterator[Find]:
    """Yield which report is earlier, if their times, as precisely as they are known, do not overlap."""
    first, second = a.period, b.period
    if first is None or second is None:
        return
    for early, late, way in ((first, second, "a to b"), (second, first, "b to a")):
        if early[1] <= late[0]:
            hours = (late[0] - early[1]).total_seconds() / 3600
            note = f"published {a.published} and {b.published}; at least {hours:.1f} hours apart"
            yield Find("earlier time", way, hours, WHOLE, WHOLE, note)
            return
    days = a.published[:DAY], b.published[:DAY]
    if days[0] != days[1] and min(map(len, days)) == DAY:
        way = "a to b" if days[0] < days[1] else "b to a"
        note = f"published {a.published} and {b.published}, zones not known"
        yield Find("earlier date", way, math.nan, WHOLE, WHOLE, note)
