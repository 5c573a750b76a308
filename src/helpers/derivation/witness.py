"""A report as evidence is looked for in it: its words, quotations, names, sentences and slips."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from helpers.derivation.pair import Compared
from helpers.derivation.releases import is_release, named_release
from helpers.names import Mentions
from helpers.pairs import Hashes
from helpers.table import UNKNOWN, empty
from helpers.text import Documents, Sentences, address_key, agency_in, by_report
from helpers.voices import VoicesTable

__all__ = [
    "NEARLY_VERBATIM",
    "SAME_QUOTATION",
    "VERSION",
    "SentenceSpan",
    "Witness",
    "are_variants",
    "period",
    "witnesses",
]
SPELLING, VERSION = 75, 0.6
SAME_QUOTATION, NEARLY_VERBATIM, QUOTATION = 0.4, 0.9, 8
VERSE = re.compile(
    r"\b(?:verses?|ayah?|surahs?|sura|scriptures?|psalms?|gospel|proverbs?)\b[^.“‘\"'\n]{0,40}"
    r"(?:“(?P<double>[^“”\n]{15,400})”|‘(?P<single>(?:[^‘’\n]|’(?=\w)){15,400})’"
    r"|\"(?P<plain>[^\"\n]{15,400})\"|'(?P<straight>(?:[^'\n]|'(?=\w)){15,400})')",
    re.I,
)
CREDIT_CUE = re.compile(
    r"\b(?:according to|reported|reports|citing|cited|quoting|quoted by|excerpts?|via|source"
    r"|courtesy of|writes|wrote|contribut(?:ed|ing)|reporting (?:by|from)|additional reporting|files from"
    r"|copyright|all rights reserved|re(?:published|printed|posted)|syndicated"
    r"|(?:first|originally) (?:published|appeared|printed|reported))\b"
    r"|©|\(c\)",
    re.I,
)
# Who is so cited told a fact, and need not have written the text.
FACT_CUE = re.compile(
    r"\b(?:according to|reported|reports|citing|cited|quoting|quoted by|writes|wrote)\b", re.I
)
# A place, an agency in brackets, a dash: WASHINGTON (AP) -
DATELINE = re.compile(r"^\W*\w[\w .,'’/-]{0,50}\([\w ]{2,25}\)\s*[-–—:]")
TRANSLATION = re.compile(
    r"\b(?:[Tt]ranslated|[Tt]ranslation|[Tt]ranscript)\b (?:\w+ ){0,3}?(?:from|by|into)\b|\bin translation\b"
)
# A note that the text was corrected, and one that it was updated.
CORRECTION = re.compile(
    r"^\W*(?:correction|clarification|corrected)s?\b *[:(–—-]"
    r"|\b(?:an earlier|a previous|the original|the first) version of (?:this|the|our|a) "
    r"|\bth(?:is|e) (?:report|article|story|post|page|piece) (?:has been|was) (?:corrected|amended)\b",
    re.I,
)
UPDATE = re.compile(
    r"^\W*(?:last )?updated?(?: \d+)? *[:(–—-]|^\W*(?:last )?updated (?:at|on)\b"
    r"|\bth(?:is|e) (?:report|article|story|post|page|piece) (?:has been|was) updated\b"
    r"|^\W*(?:first|originally) published(?: (?:on|at)\b| *:| \d)",
    re.I,
)
_NAME = r"[A-Z][\w&'’-]{0,30}(?: (?:of|and|the|for|&|[A-Z][\w&'’-]{0,30})){0,8}"
# Whose copyright a line tells, or who publishes the paper.
PUBLISHER = re.compile(
    r"(?:\bCopyright\b|©|\([cC]\))[\s©]{0,3}(?:\([cC]\) ?)?(?:\d{4}(?: ?[-–] ?\d{2,4})?,? )?(?:[Bb]y )?"
    rf"(?P<holds>{_NAME})"
    rf"|\b(?:published by|part of|a member of) (?:the )?(?P<owns>{_NAME})"
    r"(?= (?:network|family|newspapers|titles)\b|\.? *$)",
    re.M,
)
RIGHTS = re.compile(r" (?:All|and|of|the|for|&)$")
BYLINE = re.compile(r"\W*B[Yy] [A-Z][\w.'’-]+ [A-Z]")
# What stands in a byline and is no person.
NO_AUTHOR = re.compile(
    r"\b(?:Staff|Writers?|Reporters?|Reporting|Correspondents?|Editors?|News|Desk|Agency|Press|Service|Wire"
    r"|Team|Bureau|Newsroom|Contributors?)\b",
    re.I,
)
PRONOUN = re.compile(r"\W*(?:He|She|They)\b")
# Sentences of the opening, where a press release says that it is one.
HEAD_SENTENCES = 4
PEOPLE = ("PERSON", "ORG", "GROUP", "NORP")


class SentenceSpan(NamedTuple):
    """A sentence of a report."""

    paragraph_id: int
    zone: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class Witness:
    """A report as evidence is looked for in it; what it says by itself is looked for once."""

    doc_id: str
    text: str
    outlet: str
    published: str
    event_id: str
    url: str
    outlet_evidence: str
    start: np.ndarray
    end: np.ndarray
    norms: np.ndarray
    words: Hashes
    quoted: np.ndarray
    direct: list[tuple[int, int]]
    mentions: list[tuple[int, str, str, str, str]]
    sentences: list[SentenceSpan]

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Return the characters from word `first` to before word `after`."""
        return (int(self.start[first]), int(self.end[after - 1])) if after > first else (0, 0)

    def words_in(self, span: tuple[int, int]) -> list[str]:
        """Return the words within a span of characters."""
        first, after = np.searchsorted(self.start, span).tolist()
        return list(self.norms[first:after])

    @cached_property
    def names(self) -> dict[str, dict[str, list[tuple[int, int]]]]:
        """Return, per entity, every word of its names with the places it is written at."""
        found: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for start, surface, entity, _, kind in self.mentions:
            for word in re.finditer(r"\S{4,}", surface if kind == "name" else ""):
                span = (start + word.start(), start + word.end())
                found.setdefault(entity, {}).setdefault(word.group().casefold(), []).append(span)
        return found

    @cached_property
    def name_words(self) -> set[str]:
        """Return every word of the names."""
        return {word for words in self.names.values() for word in words}

    @cached_property
    def odd_spellings(self) -> list[tuple[str, str, list[tuple[int, int]]]]:
        """Return the usual and the rarer spelling of a name within the report, and the rarer one's places."""
        return [
            (usual, odd, words[odd])
            for words in self.names.values()
            for usual, odd in product(sorted(words), sorted(words))
            if len(words[usual]) > len(words[odd]) and are_variants(usual, odd)
        ]

    @cached_property
    def slips(self) -> dict[str, tuple[int, int]]:
        """Return the slips and their first place: odd spellings of a name, words set twice."""
        slips = {f"{odd} for {usual}": spans[0] for usual, odd, spans in self.odd_spellings}
        for place in np.flatnonzero(self.words[1:] == self.words[:-1]).tolist():
            span = self.span(place, place + 2)
            if self.text[slice(*span)].split() == self.text[slice(*span)].split()[:2]:
                slips.setdefault(f"{self.norms[place]} set twice", span)
        return slips

    @cached_property
    def verses(self) -> list[tuple[int, int]]:
        """Return the quotations that a word for scripture introduces."""
        return [match.span(match.lastgroup or 0) for match in VERSE.finditer(self.text)]

    @cached_property
    def quotations(self) -> list[tuple[tuple[int, int], list[str]]]:
        """Return the direct quotations that are long enough to be told again, and their words."""
        return [(span, words) for span in self.direct if len(words := self.words_in(span)) >= QUOTATION]

    @cached_property
    def people(self) -> list[int]:
        """Return where persons and groups are mentioned."""
        return [start for start, _, _, kind, _ in self.mentions if kind in PEOPLE]

    @cached_property
    def orphans(self) -> list[SentenceSpan]:
        """Return the sentences that begin with he, she or they and name nobody before."""
        begins = {one.paragraph_id: one.start for one in reversed(self.sentences)}
        return [
            one
            for one in self.sentences
            if one.zone == "body"
            and PRONOUN.match(one.text)
            and not any(
                begins.get(one.paragraph_id - 1, begins[one.paragraph_id]) <= place < one.start
                for place in self.people
            )
        ]

    @cached_property
    def crediting(self) -> list[SentenceSpan]:
        """Return the sentences that may credit a source."""
        return [
            one
            for one in self.sentences
            if one.zone == "dateline" or _is_byline(one) or CREDIT_CUE.search(one.text)
        ]

    @cached_property
    def agencies(self) -> dict[str, tuple[tuple[int, int], bool]]:
        """Return the agencies that byline, dateline or a line of credit names, with their first places.

        Beside each is whether the text is credited to it: "according to" one there may be a fact alone.
        """
        found: dict[str, tuple[tuple[int, int], bool]] = {}
        for one in self.sentences:
            dated = DATELINE.match(one.text) if one.zone != "byline" else None
            line = dated.group() if dated else one.text
            if dated or one in self.crediting:
                name = agency_in(line)
                whole = bool(dated) or one.zone == "byline" or not FACT_CUE.search(line)
                if name and not found.get(name, (None, False))[1]:
                    found[name] = (one.start, one.start + len(line)), whole
        return found

    @cached_property
    def corrections(self) -> list[tuple[int, int]]:
        """Return the sentences that say the text was corrected."""
        return [(one.start, one.end) for one in self.sentences if CORRECTION.search(one.text)]

    @cached_property
    def updates(self) -> list[tuple[int, int]]:
        """Return the sentences that say the text was updated."""
        return [(one.start, one.end) for one in self.sentences if UPDATE.search(one.text)]

    @cached_property
    def publishers(self) -> dict[str, tuple[int, int]]:
        """Return who publishes it or holds the copyright, with the first place; agencies apart."""
        found: dict[str, tuple[int, int]] = {}
        for match in PUBLISHER.finditer(self.text):
            name = RIGHTS.sub("", match["holds"] or match["owns"])
            if not agency_in(name):
                found.setdefault(name, match.span())
        return found

    @cached_property
    def authors(self) -> dict[str, tuple[int, int]]:
        """Return who the byline names, with the place of the line."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.sentences:
            line = re.match(r"\W*by (.+)", one.text, re.I) if _is_byline(one) else None
            for name in re.split(r",| and | & |\||/", line[1]) if line else ():
                words = name.split()
                if 1 < len(words) < 5 and not NO_AUTHOR.search(name) and not agency_in(name):
                    found.setdefault(" ".join(words).title(), (one.start, one.end))
        return found

    @cached_property
    def release(self) -> str:
        """Return why it is a press release itself; empty where nothing says so."""
        opening = " ".join(one.text for one in self.sentences[:HEAD_SENTENCES])
        return is_release(self.outlet, self.outlet_evidence, opening)

    @cached_property
    def releases(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return where it names a release, and the stretch whose words may be the release's.

        Where the sentence quotes, that is the quotation; else from the sentence before to the one after.
        """
        own, found = self.sentences, []
        for place, (start, end) in named_release([one.text for one in own]):
            one = own[place]
            quoted = [span for span in self.direct if span[0] < one.end and one.start < span[1]]
            near = own[max(place - 1, 0)].start, own[min(place + 1, len(own) - 1)].end
            stretch = (quoted[0][0], quoted[-1][1]) if quoted else near
            found.append(((one.start + start, one.start + end), stretch))
        return found

    @cached_property
    def translation(self) -> tuple[int, int] | None:
        """Return where it says that something is a translation."""
        found = TRANSLATION.search(self.text)
        return found.span() if found else None

    @cached_property
    def address(self) -> str:
        """Return what the addresses of its page have in common; empty where none is known."""
        return address_key(self.url) if self.url != UNKNOWN else ""

    @cached_property
    def period(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """Return the first and last moment it may be from, if anything is known of it."""
        return period(self.published)


def _is_byline(one: SentenceSpan) -> bool:
    """Return whether a line is a byline; one that stands first is cut as a headline."""
    return one.zone == "byline" or (one.zone == "headline" and BYLINE.match(one.text) is not None)


def witnesses(
    compared: Compared, documents: Documents, sentences: Sentences, mentions: Mentions
) -> dict[str, Witness]:
    """Return every report with its own rows of the tables."""
    tokens, voices, words, quoted = compared.tokens, compared.voices, compared.words, compared.quoted
    places = tokens.groupby("doc_id").indices
    start, end = (tokens[name].to_numpy(int) for name in ("start_char", "end_char"))
    # The same words share one object.
    codes, different = pd.factorize(tokens["norm"].to_numpy(object))
    norms = different[codes]
    spoken = empty(VoicesTable) if voices is None else voices
    direct = by_report(spoken[spoken["voice"] == "direct"], ["start_char", "end_char"])
    named = by_report(mentions, ["start_char", "surface", "entity_id", "entity_type", "kind"])
    said = by_report(sentences, ["paragraph_id", "zone", "start_char", "end_char", "text"])
    none = np.zeros(0, dtype=np.intp)
    names = ("doc_id", "text", "outlet", "published", "event_id", "url", "outlet_evidence")
    columns = (documents[name].tolist() for name in names)
    return {
        doc_id: Witness(
            doc_id,
            text,
            outlet,
            published,
            event_id,
            url,
            evidence,
            start[places.get(doc_id, none)],
            end[places.get(doc_id, none)],
            norms[places.get(doc_id, none)],
            words.get(doc_id, np.zeros(0, np.uint64)),
            quoted.get(doc_id, np.zeros(0, bool)),
            direct.get(doc_id, []),
            named.get(doc_id, []),
            [SentenceSpan(*row) for row in said.get(doc_id, [])],
        )
        for doc_id, text, outlet, published, event_id, url, evidence in zip(*columns, strict=True)
    }


@lru_cache(1 << 16)
def are_variants(one: str, other: str) -> bool:
    """Return whether two words are spellings of one name: alike past the article, none within the other."""
    one, other = (re.sub("^a[lnrstz]-", "", word) for word in (one, other))
    return one not in other and other not in one and fuzz.ratio(one, other) >= SPELLING


def period(published: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last moment a report may be from, in UTC; a month has 31 days, a year 366.

    Without a zone it may be from anywhere on Earth.
    """
    stamp = pd.to_datetime(published, errors="coerce", format="ISO8601")
    if pd.isna(stamp):
        return None
    days = {4: 366, 7: 31, 10: 1}.get(len(published), 0)
    zoned = stamp.tzinfo is not None
    length = pd.Timedelta(days=days, minutes=0 if days else 1)
    start = stamp.tz_convert("UTC") if zoned else stamp.tz_localize("UTC") - pd.Timedelta(hours=14)
    return start, start + length + pd.Timedelta(hours=0 if zoned else 26)
