"""Spans of speech: which words are quoted, reworded or narrated, and who is speaking."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.lexicon import find_terms
from helpers.schema import UNKNOWN, VOICES, StatementPairs, Voices, conform, from_rows

__all__ = [
    "Quote",
    "cue_counts",
    "find_voices",
    "pair_statements",
    "quote_spans",
    "rewordings",
    "rule_counts",
    "text_hash",
    "voice_shares",
    "with_names",
    "with_text",
    "with_voice",
]

SCARE_WORDS = 3  # a quotation of so few words may hold them at arm's length
LONGEST_UNCLOSED = 800
LOOK_AHEAD = 4  # paragraphs a quotation may run on before its closing mark
SINGLE_WORDS, SINGLE_WORDS_UNPOINTED = 4, 6  # fewer words in single marks are a name, not speech

_PARAGRAPH = re.compile(r"[^\n\u2028\u2029]+")
_MARK = re.compile(r"[“”„‟«»\"＂]|‘‘|’’|``|(?<!')''(?!')")
# Texts cut into tokens have a blank on either side of a mark: who speaks tells that one has ended.
_TOKENISED_END = re.compile(r"\s+(?:[\w.]+\s+){0,4}(?:said|says|told|added)\b")
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’*_)\]]*(?=\s)")
_SINGLE_OPEN = re.compile(
    r"(?<![^\s(\[{—–\-*/“\"])(?:‘(?!‘)|'(?!'))(?!\s)(?!\d0?s\b|\d\d\b)"
    r"(?!(?i:tis|twas|em|til|till|cause|n|bout|round)\b)"
)
_SINGLE_CLOSE = re.compile(r"(?<=\S)['’](?![\w'’])")
_POINTED = re.compile(r"[,.?!…;]$")
_PLAIN_WORD = re.compile(r"(?<![\w'’-])(?!(?:of|the|and|in|on|for|to|a|an|de|la|al|el|with|at)\b)[a-z]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


class Quote(NamedTuple):
    """A direct quotation, marks included; `continues`: it goes on from the paragraph before."""

    start: int
    end: int
    flag: str = ""
    continues: bool = False


class _Mark(NamedTuple):
    """A double mark; `side` is what its neighbours make it: open, close or either."""

    start: int
    end: int
    side: str
    angled: bool


def quote_spans(text: str) -> list[Quote]:
    """Return the outermost direct quotations of `text`, marks included, in order and without overlap.

    A quotation ends at its closing mark, or else with its paragraph (with its sentence, where more than
    LONGEST_UNCLOSED characters would follow). It goes on in the next paragraph where that one opens anew
    or holds a closing mark that nothing there opened; each paragraph is a span of its own.
    Flags: scare (three words or fewer), unclosed, or empty.
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip()]
    marks = [list(_double_marks(text, *span)) for span in paragraphs]
    found: list[Quote] = []
    depth, owed = 0, 0
    for place, (start, end) in enumerate(paragraphs):
        reopened = depth == 1 and not owed and _opens_paragraph(text, start, marks[place])
        if reopened:
            found[-1] = found[-1]._replace(flag="")
        quotes, depth = _paragraph_quotes(text, start, end, marks[place], inside=owed > 0)
        if quotes and (reopened or owed):
            quotes[0] = quotes[0]._replace(continues=True)
        found += _with_single(text, start, end, quotes)
        owed = max(owed - 1, 0) or (_paragraphs_owed(marks[place + 1 :][:LOOK_AHEAD]) if depth else 0)
        if depth and owed:
            found[-1] = found[-1]._replace(flag="")
    return [_flagged(text, quote) for quote in found]


def _double_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """Yield the double quotation marks of a paragraph, without those of inches."""
    for match in _MARK.finditer(text, start, end):
        left = text[max(start, match.start() - 8) : match.start()]
        side = _side(left, text[match.end() : min(end, match.end() + 60)], match.group())
        if side and not (_FEET.search(left) and match.group() in ('"', "”", "''", "’’")):
            yield _Mark(match.start(), match.end(), side, match.group() in "«»")


def _side(left: str, right: str, mark: str) -> str:
    """Return whether a mark opens or closes, from its glyph and what stands beside it; else either."""
    before, after = left.rstrip("*_")[-1:], right.lstrip("*_")[:1]
    if mark in ("„", "‘‘", "``"):
        return "open"
    if mark == "’’":
        return "close"
    loose_left = not before or before.isspace() or before in "([{<—–-/:=“„«‘'\""
    loose_right = not after or after.isspace() or after in ".,;:!?)]}>—–-/…”»’'\""
    if mark in "“«":
        return "close" if (loose_right and not loose_left) or after in (",", ".", ";") else "open"
    if mark in "”»":
        return "close" if loose_right or not loose_left else "open"
    if before.isdigit() and after.isalnum():
        return ""
    if loose_left and loose_right:
        return (
            "close"
            if _TOKENISED_END.match(right) and left.rstrip()[-1:] in (",", "?", "!")
            else _between(before, after)
        )
    if loose_left or loose_right:
        return "open" if loose_left else "close"
    return "close" if before in ".,!?…;" else "either"


def _between(before: str, after: str) -> str:
    """Return the side of a straight mark that has a blank or a mark on either side."""
    if after and after in ".,;:!?)]}":
        return "close"
    blank_left, blank_right = not before or before.isspace(), not after or after.isspace()
    if blank_left != blank_right:
        return "open" if blank_left else "close"
    return "either"


def _opens_paragraph(text: str, start: int, marks: Sequence[_Mark]) -> bool:
    """Return whether a paragraph begins with an opening mark."""
    return bool(marks) and marks[0].side != "close" and not text[start : marks[0].start].strip("*_> \t\xa0")


def _paragraphs_owed(following: Sequence[Sequence[_Mark]]) -> int:
    """Return how many of the following paragraphs an unclosed quotation takes in."""
    for place, marks in enumerate(following, start=1):
        if marks:
            return place if marks[0].side == "close" else 0
    return 0


def _paragraph_quotes(
    text: str, start: int, end: int, marks: Sequence[_Mark], *, inside: bool
) -> tuple[list[Quote], int]:
    """Return the quotations of one paragraph and the depth left open: 2 or more where a mark was lost."""
    found: list[Quote] = []
    depth, nested = int(inside), False
    opened = start + len(text[start:end]) - len(text[start:end].lstrip())
    angled = marks[0].angled if marks else False
    last = {mark.angled: place for place, mark in enumerate(marks) if mark.side != "open"}
    for place, mark in enumerate(marks):
        if depth and mark.angled != angled:
            continue
        if mark.side == "open" or (mark.side == "either" and not depth):
            if not depth:
                opened, angled = mark.start, mark.angled
            deeper = not (depth and _after_sentence(text[max(start, mark.start - 8) : mark.start]))
            depth, nested = depth + deeper, nested or (depth > 0 and deeper)
        elif depth:
            lost = depth > 1 and place == last[angled] and _closes_all(text, start, mark, end)
            depth = 0 if lost else depth - 1
            if not depth:
                found.append(Quote(opened, mark.end))
                nested = False
    if depth:
        stop = start + len(text[start:end].rstrip("*_ \t\xa0\u3000"))
        found.append(Quote(opened, max(stop, opened + 1), "unclosed"))
    return found, depth + nested


def _after_sentence(left: str) -> bool:
    """Return whether a new sentence begins here: a mark there opens a quotation anew, not a nested one."""
    return re.search(r"[.!?…][\"'”’*_]*\s+$", left) is not None


def _closes_all(text: str, start: int, mark: _Mark, end: int) -> bool:
    """Return whether the last closing mark of a paragraph ends the outer quotation too."""
    left, right = text[max(start, mark.start - 8) : mark.start], text[mark.end : min(end, mark.end + 8)]
    return bool(_POINTED.search(left)) and right.lstrip("*_ \xa0")[:1].isalpha()


def _with_single(text: str, start: int, end: int, quotes: list[Quote]) -> list[Quote]:
    """Return the quotations of a paragraph with those in single marks that are speech."""
    kept: list[Quote] = []
    for quote in sorted([*quotes, *_single_quotes(text, start, end)], key=lambda q: (q.start, -q.end)):
        if not kept or quote.start >= kept[-1].end:
            kept.append(quote)
    return kept


def _single_quotes(text: str, start: int, end: int) -> Iterator[Quote]:
    """Yield quotations in single marks: several words, not all capitals as in a name or title."""
    place = start
    while opening := _SINGLE_OPEN.search(text, place, end):
        place = opening.end()
        after = _SINGLE_OPEN.search(text, place, end)
        closings = list(_SINGLE_CLOSE.finditer(text, place, after.start() if after else end))
        pointed = [c for c in closings if text[c.start() - 1] in ",.?!…;"]
        for closing in (pointed or closings)[:1]:
            words = text[place : closing.start()]
            least = SINGLE_WORDS if pointed else SINGLE_WORDS_UNPOINTED
            if len(_WORD.findall(words)) >= least and _PLAIN_WORD.search(words):
                yield Quote(opening.start(), closing.end())
            place = closing.end()


def _flagged(text: str, quote: Quote) -> Quote:
    """Return the quotation with its flag, and cut to its sentence where it is unclosed and long."""
    if quote.flag == "unclosed" and quote.end - quote.start > LONGEST_UNCLOSED:
        stop = _SENTENCE_END.search(text, quote.start, quote.end)
        return quote._replace(end=stop.end()) if stop else quote
    short = len(_WORD.findall(text[quote.start : quote.end])) <= SCARE_WORDS
    return quote._replace(flag="scare") if short and not quote.flag else quote


class _Cue(NamedTuple):
    """A reporting verb or phrase as it stands in the text."""

    start: int
    end: int
    text: str
    verb_class: str
    introduces: str
    lemma: str


class _Name(NamedTuple):
    """A mention of someone who may speak."""

    start: int
    end: int
    entity: str
    entity_type: str


class _Speaker(NamedTuple):
    """Who speaks, the rule that says so, and how sure it is from 0 to 1."""

    entity: str
    rule: str
    confidence: float
    entity_type: str = ""


class _Clause(NamedTuple):
    """A clause that reports speech: its cue, who speaks, and where it begins."""

    cue: _Cue
    speaker: _Speaker
    start: int  # content of the clause before ends here
    subject: int  # where the words that name the speaker begin, or -1
    kind: str  # finite, leading or trailing participle, inverted, passive, source


class _Report(NamedTuple):
    """A clause with the stretches of its content: voice, start, end."""

    clause: _Clause
    content: tuple[tuple[str, int, int], ...]


class _Unit(NamedTuple):
    """A sentence as the rules see it, with the report's text in which quotations are blanked out."""

    paragraph: int
    start: int
    end: int
    masked: str
    names: tuple[_Name, ...]


_NOBODY = _Speaker(UNKNOWN, "none", 0.0)
_HIDDEN = "\x01"
_SPEAKERS = ("PERSON", "ORG", "GROUP", "GPE", "NORP")
_PAST = frozenset(
    "said told wrote written thought spoke spoken swore sworn held felt paid put laid gave given went gone "
    "heard foretold foresaw".split()
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|also\s+|widely\s+)?$")
_UNREAL = re.compile(
    r"(?:\b(?:would|will|shall|could|can|cannot|may|might|should|must|to|not|never|if|let)|n['’]t)\s+(?:\w+ly\s+|also\s+)?$"
)
_GOES_ON = re.compile(
    r"\b(?:went|goes|go|going|continued|continues|proceeded|moved|sought)\s+(?:on\s+)?to\s+$"
)
_NOT_A_VERB = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|his|her|its|their|our|my|your|no|any|some|such|every|each|of|in|on|at"
    r"|for|with|from|by|about|under|over|into|without|as|than|new|recent|official|joint|public|final|first|last"
    r"|latest|several|many|more|other|two|three|so)|['’]s)[\s-]+$"
)
_ASIDE = re.compile(
    r"(?:\b(?:also|then|further|furthermore|later|earlier|again|repeatedly|once|still|now|already|recently|today"
    r"|yesterday|just|finally|instead|had|has|have|having|did|meanwhile|however|therefore|\w+ly"
    r"|is|are|was|were|been|being)"
    r"|,?\s*for\s+(?:his|her|its|their)\s+(?:own\s+)?part\s*,?|,?\s*in\s+turn\s*,?|,\s*too\s*,)\s*$"
)
_PRONOUN = re.compile(r"(?:^|[\s,;:—–(-])(?i:(he|she|they|it))$")
_DAY = (
    r"on|in|at|during|after|before|via|through|from|to|late|early|earlier|later|today|yesterday|tonight|this|last"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_LISTED = re.compile(r"[\w)]\s*,?\s+(?:and|or)\s+(?:[A-Z][\w.’'-]*\s+)*$")
_LIST_END = re.compile(r"\s*(?:and|or)\b")
_AFTER_NAME = re.compile(rf"(?:\(|(?:{_DAY}|of|for|who|himself|herself|itself|alone|too|also)\b|\w+ly\b)")
_NO_HEAD = re.compile(r"['’](?:s\b)?|\s*(?:and|or)\b|-\w|\s*,\s*(?:and|or)\b")
_JOINT = re.compile(r"(?i)[\s,;—–-]*(?:\b(?:and|but|while|when|by|after|before|in|also|then)\s+)*$")
_NO_PARTICIPLE = re.compile(r"\b(?:the|an?|of|this|that|no|any|his|her|their|its)\s+$")
_NO_CLAUSE = re.compile(r"\s*,\s*(?:and|but|who|which|whose|as|while|after|before|in|during|with)\b")
_SHARES = re.compile(r"(?:^|[\s,;—–])(?:and|but|or|as\s+well\s+as)$")
_PREPOSITION = re.compile(
    r"(?i)\b(?:of|in|from|by|with|for|to|at|on|about|against|between|over|near|into|after|before|than|like)\s+"
    r"(?:the\s+|an?\s+)?(?:[\w'’-]+\s+)?$"
)
_TITLES = re.compile(r"(?:[\s(*-]|(?i:the|an?)\b|[A-Z][\w'’.-]*)*")
_INTRODUCTORY = re.compile(
    r"\s*(?:(?i:in|at|on|during|after|before|since|while|when|as|for|with|by|from|following|despite|amid|earlier"
    r"|later|meanwhile|this|last|today|yesterday|also|however|finally|moreover|receiving|\w+ly)\b|\w+ing\b)"
)
_THAT = re.compile(r"[\s,]*that\b[\s,]*")
_LATER_THAT = re.compile(rf"\s+(?:(?:{_DAY})\b|\w+ly\b)[^.;:!?{_HIDDEN}]{{0,70}}?\bthat\b[\s,]*")
_HEARER_THAT = re.compile(rf"\s+[^.;:!?,{_HIDDEN}]{{1,60}}?\bthat\b[\s,]*")
_CLAUSE = re.compile(
    r"\s+(?:(?:that|how|why|whether|what|if|when|where)\b|(?:he|she|it|they|we|I|you|there|this|these|those)\s+\w)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|cannot)\b|n['’]t\b"
)
_QUOTE_NEXT = re.compile(
    rf"[\s,:—–-]*(?:that\b)?[\s,:—–-]*{_HIDDEN}|(?:\s+[^\s.!?;,:]+){{1,8}}(?:[:,]|\s+that)\s*{_HIDDEN}"
)
_BEFORE_CUE = re.compile(r"[^.!?;:]{0,120}")
_BE_END = re.compile(r"\s*(?:\b(?:has|have|had|is|are|was|were|be|been|being|also|\w+ly)\b\s*)*$")
_TELL = frozenset("tell assure ensure inform notify warn remind reassure promise advise instruct".split())
_LIGHT = frozenset(
    form
    for verb in ("express", "extend", "offer", "convey", "voic")
    for form in (verb, verb + "s", verb + "es", verb + "ed", verb + "ing", verb + "e")
) | {"give", "gives", "gave", "given", "giving", "pay", "pays", "paid", "paying"}
CLAUSE_WORDS = 5
_LEADS_TO_QUOTE = re.compile(r"[\s,:—–-]*(?:that)?[\s,:—–-]*$")
_HEARER_THEN_QUOTE = re.compile(r"[^.!?;]{0,90}(?:[:,]|\bthat)\s*$")
_ENDS_CLAUSE = re.compile(rf"\s*(?:[.,;!?{_HIDDEN}—–]|$|and\b|but\b|(?:{_DAY})\b)")
_SIDES = ("doc_id", "start_char", "end_char", "voice", "speaker", "only")
MEMORY = 3  # sentences without a known subject after which a pronoun means nobody
STEM_LETTERS = 6
TELLING = 100  # a word in more spans of an event than these brings no two of them together
_PROPOSITION = re.compile(
    rf"\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:necessity|need|importance|fact|duty|possibility|risk|danger)\b"
    rf"|[^.;:,{_HIDDEN}]+?\bas\s+(?:an?|the)\b"
)
_WHEN = re.compile(rf"\s+(?:{_DAY})\b")
_ASIDE_SAID = re.compile(
    r"(?:[\w.'’-]+\s+){1,6}(?:said|says|asked|asks|added|told|replied|shouted|exclaimed|cried|wondered)\b\s*(?:[.,]|$)"
)
_QUOTE_APART = re.compile(rf":\s*{_HIDDEN}")
_NEW_CLAUSE = re.compile(r"[,—–]\s*(?:he|she|they|it|we|I)\b")
_VERB = re.compile(rf"{_FINITE.pattern}|\b[a-z]\w+ed\b")
_INVERTED = re.compile(
    r"\s+(?!(?:that|he|she|it|they|we|I|you|there|in|on|at|his|her|its|their|no|some)\b)[\w“]"
)
_ENDS_SENTENCE = re.compile(
    r"(?:\s+(?:in|on|at|late|early|[A-Z]\w+day|today|yesterday)\b[^,;:]{0,60})?\s*(?:[.,;!?]|$)"
)
_EDGES = " \t\n\xa0,;:.!?…—–*_-"


def find_voices(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    verbs: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    overrides: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the voices table of `documents`: direct, indirect and speech-act spans with their speakers.

    `verbs` is the table of speech_verbs.csv, `mentions` that of `entities.find_mentions`. A direct span
    may stand inside an indirect one; spans of reworded speech never overlap each other, nor do direct ones.
    A row of `overrides` (text_hash, start_char, end_char, voice, speaker) replaces every span it overlaps.
    """
    cues, names = _by_report(_find_cues(documents, verbs)), _by_report(_speaking(mentions))
    cuts = _by_report(
        sentences.loc[sentences["zone"] == "body", ["doc_id", "paragraph_id", "start_char", "end_char"]]
    )
    rows = [
        (doc_id, *row)
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for row in _spans(
            text,
            cuts.get(doc_id, []),
            [_Cue(*cue) for cue in cues.get(doc_id, [])],
            [_Name(*name) for name in names.get(doc_id, [])],
        )
    ]
    found = from_rows(sorted(rows), Voices)
    return found if overrides is None else _overridden(found, documents, overrides)


def _find_cues(documents: pd.DataFrame, verbs: pd.DataFrame) -> pd.DataFrame:
    """Return every use of a form of `verbs`: doc_id, start_char, end_char, surface, class, object, lemma."""
    forms = verbs.assign(pattern=verbs["forms"].str.split("|")).explode("pattern")
    hits = find_terms(documents, forms["pattern"].dropna().tolist())
    named = hits.merge(forms.drop_duplicates("pattern"), on="pattern")
    columns = ["doc_id", "start_char", "end_char", "surface", "verb_class", "introduces", "lemma"]
    return named[columns].sort_values(["doc_id", "start_char"])


def _speaking(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions that may name a speaker: doc_id, start_char, end_char, entity_id, entity_type."""
    able = mentions["entity_type"].isin(_SPEAKERS) & (mentions["kind"] != "adjective")
    columns = ["doc_id", "start_char", "end_char", "entity_id", "entity_type"]
    return mentions.loc[able, columns].sort_values(["doc_id", "start_char"])


def _by_report(table: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each report, without its doc_id."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for doc_id, *row in table.itertuples(index=False, name=None):
        rows.setdefault(doc_id, []).append(tuple(row))
    return rows


def _spans(
    text: str, cuts: Sequence[tuple[int, int, int]], cues: Sequence[_Cue], names: Sequence[_Name]
) -> Iterator[tuple[object, ...]]:
    """Yield the spans of one report: start, end, voice, speaker, cue, verb_class, rule, confidence, flag."""
    quotes = quote_spans(text)
    masked = _mask(text, quotes)
    units = _units(text, masked, cuts, quotes, names)
    reports = _reports(units, [cue for cue in cues if masked[cue.start] != _HIDDEN])
    taken = {quote.start for quote in quotes}
    for quote, speaker, cue in _attributed(units, reports, quotes, masked, names):
        yield *quote[:2], "direct", *_cells(speaker, cue), quote.flag
    for report in (report for found in reports for report in found):
        for voice, start, end in report.content:
            if start not in taken:
                yield start, end, voice, *_cells(report.clause.speaker, report.clause.cue), ""


def _cells(speaker: _Speaker, cue: _Cue | None) -> tuple[str, str, str, str, float]:
    """Return speaker, cue, verb_class, rule and confidence as they stand in the table."""
    words, verb_class = (cue.text, cue.verb_class) if cue else ("", "")
    return speaker.entity, words, verb_class, speaker.rule, round(speaker.confidence, 2)


def _mask(text: str, quotes: Sequence[Quote]) -> str:
    """Return `text` with quotations and markup blanked out, every offset kept."""
    parts, place = [], 0
    for quote in quotes:
        parts += [text[place : quote.start], _HIDDEN * (quote.end - quote.start)]
        place = quote.end
    return re.sub(r"[*_\xa0]", " ", "".join([*parts, text[place:]]))


def _units(
    text: str,
    masked: str,
    cuts: Sequence[tuple[int, int, int]],
    quotes: Sequence[Quote],
    names: Sequence[_Name],
) -> list[_Unit]:
    """Return the sentences, joined where a quotation runs on and cut where one ends with a full stop."""
    joined: list[list[int]] = []
    for paragraph, start, end in cuts:
        same = bool(joined) and joined[-1][0] == paragraph
        goes_on = masked[start - 1 : start + 1] == 2 * _HIDDEN
        if same and (goes_on or _asked(text, masked, joined[-1][2], start, end)):
            joined[-1][2] = end
            continue
        joined.append([paragraph, start, end])
    stops = {q.end for q in quotes if text[q.end - 2 : q.end - 1] == "." and _opens_next(text, q.end)}
    result = []
    for paragraph, start, end in joined:
        borders = [start, *sorted(stop for stop in stops if start < stop < end), end]
        for left, right in pairwise(borders):
            inside = tuple(name for name in names if left <= name.start and name.end <= right)
            result.append(_Unit(paragraph, left, right, masked, inside))
    return result


def _asked(text: str, masked: str, before: int, start: int, end: int) -> bool:
    """Return whether a sentence is only the "he asked" of the quotation that ended the one before."""
    question = masked[before - 1 : before] == _HIDDEN and text[before - 2 : before - 1] in ("?", "!")
    return question and _ASIDE_SAID.match(masked, start, end) is not None


def _opens_next(text: str, place: int) -> bool:
    """Return whether an opening mark follows after blanks."""
    return re.match(r"[*_]*\s+[*_]*[“„«\"]", text[place : place + 8]) is not None


def _reports(units: Sequence[_Unit], cues: Sequence[_Cue]) -> list[list[_Report]]:
    """Return for each unit its reports of speech, speakers resolved in the order of the text."""
    result: list[list[_Report]] = []
    focus, since = _NOBODY, 0
    starts = [cue.start for cue in cues]
    for unit in units:
        own = cues[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        clauses = _clauses(unit, [cue for cue in own if _is_speech(unit, cue)], focus)
        result.append([_Report(clause, _content(unit, clauses, i)) for i, clause in enumerate(clauses)])
        named = (clause.speaker for clause in clauses if clause.speaker.entity != UNKNOWN)
        subject = next(named, None) or _topic(unit)
        since = 0 if subject.entity != UNKNOWN else since + 1
        if subject.entity != UNKNOWN or since > MEMORY:
            focus = subject
    return result


def _is_speech(unit: _Unit, cue: _Cue) -> bool:
    """Return whether the word is a verb here and the speech is real: no noun, no wish, no plan."""
    before = unit.masked[max(unit.start, cue.start - 40) : cue.start]
    if cue.text[0].isupper() and before.strip(_EDGES + '“"(' + _HIDDEN):
        return False  # a capital within a sentence is a name
    if cue.introduces == "source" or _GOES_ON.search(before):
        return True
    if _form(cue) == "ing":
        return not _NO_PARTICIPLE.search(before)
    return not _UNREAL.search(before) and not _NOT_A_VERB.search(before)


def _form(cue: _Cue) -> str:
    """Return the form of a cue's verb: ing, past or present."""
    word = cue.text.split()[0].lower()
    if word.endswith("ing"):
        return "ing"
    return "past" if word.endswith("ed") or word in _PAST else "present"


def _clauses(unit: _Unit, cues: Sequence[_Cue], focus: _Speaker) -> list[_Clause]:
    """Return the clauses that report speech; a verb inside the words another one reports is left out."""
    found: list[_Clause] = []
    for cue in cues:
        clause = _clause(unit, cue, found, focus)
        if clause:
            found.append(clause)
    for place, clause in enumerate(found):
        if clause.kind == "leading":
            later = next((c.speaker for c in found[place + 1 :] if c.kind != "leading"), _topic(unit))
            found[place] = clause._replace(speaker=_shared(later))
    return found


def _clause(unit: _Unit, cue: _Cue, before: Sequence[_Clause], focus: _Speaker) -> _Clause | None:
    """Return the clause of a cue, or None where it reports nothing or stands inside another report."""
    since = before[-1].cue.end if before else unit.start
    region = unit.masked[since : cue.start]
    if cue.introduces == "source":
        return _Clause(cue, _source(unit, cue), since + len(region.rstrip(_EDGES)), -1, "source")
    if _form(cue) == "ing" and not _BE.search(region):
        return _participle(unit, cue, before)
    if _form(cue) == "past" and _BE.search(region):
        return _passive(unit, cue, before, region)
    if _form(cue) == "past" and re.match(r"\s+by\b", unit.masked[cue.end : unit.end]):
        return None
    return _finite(unit, cue, before, region, focus)


def _participle(unit: _Unit, cue: _Cue, before: Sequence[_Clause]) -> _Clause | None:
    """Return the clause of a participle: its subject is that of the main verb."""
    left = unit.masked[unit.start : cue.start]
    joint = _JOINT.search(left)
    words, start = (joint.group(), unit.start + joint.start()) if joint else ("", cue.start)
    if not before and start == unit.start:
        return _Clause(cue, _NOBODY, start, -1, "leading")
    loose = not words.strip() and not left.rstrip().endswith(_HIDDEN)
    series = _SHARES.search(words.rstrip()) and not (before and before[-1].kind in ("leading", "trailing"))
    if loose or series:
        told = not before and not series and _CLAUSE.match(unit.masked[cue.end : unit.end])
        return _Clause(cue, _NOBODY, cue.start, -1, "trailing") if told else None
    return _Clause(cue, _shared(_main(before) or _topic(unit, cue.start)), start, -1, "trailing")


def _passive(unit: _Unit, cue: _Cue, before: Sequence[_Clause], region: str) -> _Clause | None:
    """Return the clause of "was praised by X" or "it was said that", else None."""
    agent = re.match(r"\s+by\s+", unit.masked[cue.end : unit.end])
    own = not _SHARES.search(_without_asides(region)) and _topic(unit).entity_type != "PERSON"
    if agent and own and not before:
        name = _name_after(unit, cue.end + agent.end())
        speaker = _Speaker(name.entity, "agent", 0.9, name.entity_type) if name else _NOBODY
        return _Clause(cue, speaker, unit.start, -1, "passive")
    if re.search(r"(?i)\bit\s+(?:\w+\s+)*$", region) and not before:
        return _Clause(cue, _NOBODY, unit.start, -1, "finite")
    return None


def _finite(
    unit: _Unit, cue: _Cue, before: Sequence[_Clause], region: str, focus: _Speaker
) -> _Clause | None:
    """Return the clause of a finite verb with the subject its words allow."""
    tail = _without_asides(region)
    origin = cue.start - len(region)
    if not tail and not before and _form(cue) == "past":
        return None
    inverted = _inverted(unit, cue, origin, tail)
    if inverted:
        return _Clause(cue, inverted, origin + len(tail.rstrip(_EDGES)), cue.end, "inverted")
    participle = bool(before) and before[-1].kind in ("leading", "trailing")
    shares = _SHARES.search(tail) or (participle and tail.endswith(","))
    if shares and not _own_subject(unit, origin, tail):
        place = shares.start() if isinstance(shares, re.Match) else len(tail) - 1
        speaker = _shared(_main(before) or _topic(unit, cue.start))
        return _Clause(cue, speaker, origin + len(tail[:place].rstrip(" ,;")), -1, "finite")
    speaker, subject = _subject(unit, origin, tail, focus)
    if subject < 0 and not before:
        subject = _short_subject(unit, cue, origin, tail)
    if subject < 0 and (before or not _clearly_speech(unit, cue)):
        return None
    lead = unit.masked[origin:subject] if subject >= 0 else ""
    joint = re.search(r"[,;—–][\s—–]*(?:(?:and|but|while|as|whereas|when|which)\s+)*$", lead)
    if before and not joint and before[-1].kind != "leading":
        return None
    start = origin + (joint.start() if joint else len(lead.rstrip(_EDGES)))
    return _Clause(cue, speaker, start, subject, "finite")


def _short_subject(unit: _Unit, cue: _Cue, origin: int, tail: str) -> int:
    """Return where the unknown subject of "..., the police said." begins, or -1."""
    comma = tail.rfind(",")
    clause, words = tail[: max(comma, 0)], tail[comma + 1 :].split()
    ends = _ENDS_SENTENCE.match(unit.masked[cue.end : unit.end])
    ends = ends if cue.lemma == "say" or _form(cue) == "past" else None
    if not ends or len(clause.split()) < CLAUSE_WORDS or not 0 < len(words) < CLAUSE_WORDS:
        return -1
    return origin + comma + 1


def _clearly_speech(unit: _Unit, cue: _Cue) -> bool:
    """Return whether a verb whose subject nobody knows still reports speech."""
    after = unit.masked[cue.end : unit.end]
    if cue.introduces in ("speech_act", "directive"):
        return _form(cue) == "past"
    if cue.lemma in _TELL and _HEARER_THAT.match(after):
        return True
    return cue.lemma == "say" or _THAT.match(after) is not None or bool(_QUOTE_NEXT.match(after))


def _without_asides(region: str) -> str:
    """Return the words before a verb without its adverbs, auxiliaries and "for his part"."""
    tail = region.rstrip()
    for pattern in (_GOES_ON, *[_ASIDE] * 4):
        found = pattern.search(tail + " " if pattern is _GOES_ON else tail)
        tail = tail[: found.start()].rstrip() if found else tail
    return tail


def _own_subject(unit: _Unit, origin: int, tail: str) -> bool:
    """Return whether "A, of B, said" names its own subject between the commas."""
    return tail.endswith(",") and _segment_subject(unit, origin, tail) is not None


def _subject(unit: _Unit, origin: int, tail: str, focus: _Speaker) -> tuple[_Speaker, int]:
    """Return who the subject before a verb is and where it begins, -1 where no rule finds one."""
    pronoun = _PRONOUN.search(tail)
    if pronoun:
        return _resolved(pronoun.group(1).lower(), focus), origin + pronoun.start(1)
    tail = re.sub(r",?\s*\bwho$", "", tail)
    segment = _segment_subject(unit, origin, tail)
    name = next((n for n in unit.names if n.end == origin + len(tail) and n.start >= origin), None)
    if name and not _PREPOSITION.search(unit.masked[origin : name.start]):
        left = unit.masked[origin : name.start]
        if origin == unit.start and _LISTED.search(left):
            return _Speaker(UNKNOWN, "several", 0.0), name.start
        start = min(name.start, segment.start) if segment else name.start
        return _Speaker(name.entity, "name", 0.95, name.entity_type), _with_titles(unit, origin, start)
    if segment:
        start = _with_titles(unit, origin, segment.start)
        return _Speaker(segment.entity, "apposition", 0.9, segment.entity_type), start
    return _NOBODY, -1


def _with_titles(unit: _Unit, origin: int, start: int) -> int:
    """Return where a name begins with the titles before it."""
    titles = re.search(r"(?:\b(?:[A-Z][\w.'’]*|the)\s+)*$", unit.masked[origin:start])
    return start - len(titles.group()) if titles else start


def _segment_subject(unit: _Unit, origin: int, tail: str) -> _Name | None:
    """Return the name that heads the noun phrase before a verb: "X, head of Y," or "X on Monday"."""
    segments = [match.span() for match in re.finditer(r"[^,;—–]+", tail) if match.group().strip()][-4:]
    names = [_heading(unit, origin + start, origin + end) for start, end in segments]
    if not segments:
        return None
    if not tail.endswith((",", "—", "–")):
        rest = unit.masked[names[-1].end : origin + segments[-1][1]].strip() if names[-1] else ""
        return names[-1] if not rest or _AFTER_NAME.match(rest) else None
    if len(names) > 1 and names[-2]:
        return names[-2]
    listed = any(_LIST_END.match(tail[start:end]) for start, end in segments[1:])
    return None if listed else next((name for name in reversed(names) if name), None)


def _heading(unit: _Unit, start: int, end: int) -> _Name | None:
    """Return the name a stretch begins with, behind titles and articles; no possessive, no list."""
    place = bisect_left([name.start for name in unit.names], start)
    if place == len(unit.names) or unit.names[place].end > end:
        return None
    name = unit.names[place]
    before, after = unit.masked[start : name.start], unit.masked[name.end : end]
    if not _TITLES.fullmatch(before) or _PREPOSITION.search(before) or _NO_HEAD.match(after):
        return None
    return name


def _topic(unit: _Unit, end: int | None = None, focus: _Speaker | None = None) -> _Speaker:
    """Return the name that heads the first noun phrase of the main clause, if there is one."""
    stop = unit.end if end is None else end
    for match in re.finditer(r"[^,;—–]+", unit.masked[unit.start : stop]):
        words = match.group()
        pronoun = re.match(r"\s*(he|she|it|they)\b", words, re.IGNORECASE)
        if pronoun and focus:
            return _resolved(pronoun.group(1).lower(), focus)
        name = _heading(unit, unit.start + match.start(), unit.start + match.end())
        if name:
            return _Speaker(name.entity, "topic", 0.8, name.entity_type)
        if not _INTRODUCTORY.match(words):
            break
    return _NOBODY


def _name_after(unit: _Unit, place: int) -> _Name | None:
    """Return the name that follows, behind titles and articles."""
    name = next((name for name in unit.names if name.start >= place), None)
    return name if name and _TITLES.fullmatch(unit.masked[place : name.start]) else None


def _inverted(unit: _Unit, cue: _Cue, origin: int, tail: str) -> _Speaker | None:
    """Return who speaks in "...", said X: unknown where X is no name of the authority."""
    after = unit.masked[cue.end : unit.end]
    after_clause = tail.endswith(",") and len(tail.split()) >= CLAUSE_WORDS
    if cue.introduces != "indirect" or not (tail.endswith(_HIDDEN) or after_clause):
        return None
    told = _VERB.search(tail) and not _VERB.search(after.split(",")[0])
    if not _INVERTED.match(after) or (after_clause and (not told or _segment_subject(unit, origin, tail))):
        return None
    name = _name_after(unit, cue.end)
    return _Speaker(name.entity, "inverted", 0.9, name.entity_type) if name else _NOBODY


def _source(unit: _Unit, cue: _Cue) -> _Speaker:
    """Return who is named after "according to"."""
    name = _name_after(unit, cue.end)
    return _Speaker(name.entity, "source", 0.9, name.entity_type) if name else _NOBODY


def _main(before: Sequence[_Clause]) -> _Speaker | None:
    """Return the speaker of the last main clause, or of the last clause at all."""
    main = [clause for clause in before if clause.kind in ("finite", "inverted")] or before
    return main[-1].speaker if main else None


def _shared(speaker: _Speaker) -> _Speaker:
    """Return the speaker of a verb that has its subject from another one."""
    if speaker.entity == UNKNOWN:
        return speaker
    return speaker._replace(rule="shared subject", confidence=speaker.confidence * 0.95)


def _resolved(pronoun: str, focus: _Speaker) -> _Speaker:
    """Return whom a pronoun means: the last subject, if it is of the right kind."""
    kinds = {"he": ("PERSON",), "she": ("PERSON",), "it": ("ORG", "GPE", "GROUP"), "they": ("ORG", "GROUP")}
    fits = focus.entity != UNKNOWN and focus.entity_type in kinds[pronoun]
    return focus._replace(rule="pronoun", confidence=0.8) if fits else _NOBODY


def _content(unit: _Unit, clauses: Sequence[_Clause], place: int) -> tuple[tuple[str, int, int], ...]:
    """Return the stretches that tell what was said: voice, start, end."""
    clause = clauses[place]
    borders = [c.start for c in clauses[place + 1 :] if c.start >= clause.cue.end]
    limit = min(borders, default=unit.end)
    if clause.kind == "source":
        found = _source_content(unit, clause, limit, first=place == 0)
    elif clause.kind == "passive":
        verb = _BE_END.search(unit.masked[unit.start : clause.cue.start])
        found = [("speech_act", unit.start, unit.start + (verb.start() if verb else 0))]
    elif clause.kind == "inverted":
        found = _content_before(unit, clause) if place == 0 else []
    else:
        said_before = _content_before(unit, clause) if place == 0 else []
        found = said_before + _content_after(unit, clause, limit, mid=bool(said_before))
    trimmed = ((voice, *_trim(unit.masked, start, end)) for voice, start, end in found)
    return tuple((voice, start, end) for voice, start, end in trimmed if _says(unit.masked[start:end]))


def _source_content(unit: _Unit, clause: _Clause, limit: int, *, first: bool) -> list[tuple[str, int, int]]:
    """Return what stands on the other side of "according to X"."""
    if unit.masked[unit.start : clause.cue.start].strip(_EDGES):
        return [("indirect", unit.start, clause.cue.start)] if first else []
    comma = unit.masked.find(",", clause.cue.end, limit)
    return [("indirect", comma + 1, limit)] if comma >= 0 else []


def _content_before(unit: _Unit, clause: _Clause) -> list[tuple[str, int, int]]:
    """Return the clause before "..., he said" that is itself the report."""
    stop = clause.subject if clause.kind == "finite" else clause.start
    words = unit.masked[unit.start : max(stop, unit.start)]
    closed = words.rstrip().endswith(",") or clause.kind == "inverted"
    reports = clause.cue.introduces in ("indirect", "either") and _HIDDEN not in words[-3:]
    ends = _ENDS_CLAUSE.match(unit.masked[clause.cue.end : unit.end]) or clause.kind == "inverted"
    only_when = _INTRODUCTORY.match(words) and "," not in words.rstrip(_EDGES)
    if only_when or _QUOTE_NEXT.match(unit.masked[clause.cue.end : unit.end]):
        return []
    if stop < 0 or not (closed and reports and ends) or len(words.split()) < CLAUSE_WORDS:
        return []
    return [("indirect", unit.start, stop)]


def _content_after(unit: _Unit, clause: _Clause, limit: int, *, mid: bool) -> list[tuple[str, int, int]]:
    """Return the words after a verb that it reports."""
    start, cue = clause.cue.end, clause.cue
    first = cue.text.split()[0].lower()
    stop = (_NEW_CLAUSE if clause.kind == "leading" else _QUOTE_APART).search(unit.masked, start, limit)
    limit = stop.start() if stop else limit
    after = unit.masked[start:limit]
    if cue.introduces == "hearer" or _QUOTE_NEXT.match(unit.masked[start : unit.end]):
        return []
    if mid:
        goes_on = after.startswith(",") and len(after.split()) >= CLAUSE_WORDS
        return [("indirect", start, limit)] if goes_on and not _NO_CLAUSE.match(after) else []
    that = _THAT.match(after)
    if cue.introduces != "speech_act":
        that = that or _LATER_THAT.match(after) or (_HEARER_THAT.match(after) if cue.lemma in _TELL else None)
    if that:
        return [("indirect", start + that.end(), limit)]
    if cue.introduces == "either" and _PROPOSITION.match(after):
        return [("indirect", start, limit)]
    if cue.introduces == "speech_act" or (cue.introduces == "either" and not _CLAUSE.match(after)):
        return [("speech_act", cue.start + len(first) if first in _LIGHT else start, limit)]
    known = clause.speaker.entity != UNKNOWN or clause.subject >= 0
    only_when = _WHEN.match(after) and not _FINITE.search(after)
    said = cue.lemma == "say" and len(after.split()) > 1 and not only_when
    clear = said or _CLAUSE.match(after) or (known and _FINITE.search(after))
    if clear or (known and (cue.introduces == "judgement" or cue.verb_class == "directive")):
        return [("indirect", start, limit)]
    return []


def _trim(masked: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without blanks and points at its ends."""
    piece = masked[start:end]
    left = len(piece) - len(piece.lstrip(_EDGES))
    return start + left, start + max(left, len(piece.rstrip(_EDGES)))


def _says(words: str) -> bool:
    """Return whether a stretch holds words of its own, not only quotations."""
    return any(char.isalpha() for char in words.replace(_HIDDEN, ""))


def _attributed(
    units: Sequence[_Unit],
    reports: Sequence[Sequence[_Report]],
    quotes: Sequence[Quote],
    masked: str,
    names: Sequence[_Name],
) -> Iterator[tuple[Quote, _Speaker, _Cue | None]]:
    """Yield each quotation with its speaker and the cue that names them."""
    starts, ends = [unit.start for unit in units], {name.end: name for name in names}
    last: tuple[_Speaker, _Cue | None] = (_NOBODY, None)
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
        found = found or (_NOBODY, None)
        if found[0].entity != UNKNOWN or quote.flag != "scare":
            last, last_place = found, units[place].paragraph if inside else -1
        yield quote, *found


def _carried(speaker: _Speaker, rule: str, factor: float) -> _Speaker:
    """Return a speaker taken over from the words before."""
    if speaker.entity == UNKNOWN:
        return _NOBODY
    return speaker._replace(rule=rule, confidence=speaker.confidence * factor)


def _attribution(
    unit: _Unit, reports: Sequence[_Report], quote: Quote
) -> tuple[_Speaker, _Cue | None] | None:
    """Return who says a quotation, by a cue beside it or by the report it stands in."""
    hearer = None
    for report in reversed([r for r in reports if r.clause.cue.end <= quote.start]):
        gap = unit.masked[report.clause.cue.end : quote.start]
        if _LEADS_TO_QUOTE.fullmatch(gap) and report.clause.kind != "passive":
            return report.clause.speaker, report.clause.cue
        if _HIDDEN not in gap and _HEARER_THEN_QUOTE.fullmatch(gap):
            hearer = hearer or report
    for report in [r for r in reports if r.clause.cue.start >= quote.end][:1]:
        gap = unit.masked[quote.end : report.clause.cue.start]
        clause = report.clause
        unnamed = clause.kind == "finite" and clause.speaker == _NOBODY
        named = clause.subject >= quote.end or clause.kind == "inverted" or unnamed
        if named and _HIDDEN not in gap and _BEFORE_CUE.fullmatch(gap):
            return report.clause.speaker, report.clause.cue
    if hearer:
        return hearer.clause.speaker, hearer.clause.cue
    for report in reports:
        if any(start <= quote.start and quote.end <= end + 1 for _, start, end in report.content):
            return report.clause.speaker, report.clause.cue
    return None


def _after_colon(masked: str, quote: Quote, ends: Mapping[int, _Name]) -> tuple[_Speaker, _Cue | None] | None:
    """Return the name before a colon before a quotation, as in headlines."""
    left = masked[max(0, quote.start - 4) : quote.start].rstrip()
    if not left.endswith(":"):
        return None
    name = ends.get(len(masked[: quote.start].rstrip()) - 1)
    return (_Speaker(name.entity, "colon", 0.85, name.entity_type), None) if name else None


def _from_paragraph(
    units: Sequence[_Unit],
    reports: Sequence[Sequence[_Report]],
    place: int,
    quote: Quote,
    last: tuple[_Speaker, _Cue | None] | None,
) -> tuple[_Speaker, _Cue | None] | None:
    """Return who spoke before in the paragraph, for a sentence that is a quotation and nothing else."""
    unit = units[place]
    if unit.masked[unit.start : quote.start].strip(_EDGES):
        return None
    before = place - 1
    while before >= 0 and units[before].paragraph == unit.paragraph and not reports[before]:
        before -= 1
    if before >= 0 and units[before].paragraph == unit.paragraph:
        return _carried(reports[before][0].clause.speaker, "paragraph", 0.8), None
    return (_carried(last[0], "paragraph", 0.8), None) if last else None


def _overridden(found: pd.DataFrame, documents: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    """Return the spans with those of `overrides` in place of what they overlap."""
    names = {
        text_hash(text): doc_id for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
    }
    rows = overrides.assign(doc_id=overrides["text_hash"].map(names)).dropna(subset=["doc_id"])
    clash = found.reset_index().merge(rows, on="doc_id", suffixes=("", "_given"))
    clash = clash[
        (clash["start_char"] < clash["end_char_given"]) & (clash["start_char_given"] < clash["end_char"])
    ]
    given = rows[rows["voice"] != "narration"].assign(
        cue="", verb_class="", rule="override", confidence=1.0, flag=""
    )
    kept = found[~found.index.isin(clash["index"])]
    return conform(pd.concat([kept, given]).sort_values(["doc_id", "start_char"]), Voices)


def text_hash(text: str) -> str:
    """Return the key of a report's text in voice_overrides.csv: 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def with_voice(hits: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Return `hits` (doc_id, start_char) with the voice and speaker each stands in; else narration.

    Where spans are nested the innermost, the one that begins last, is taken.
    """
    names = np.array(["narration", *voices["voice"]], dtype=object)
    speakers = np.array(["", *voices["speaker"]], dtype=object)
    at = _innermost(hits, voices) + 1
    return hits.assign(voice=names[at], speaker=speakers[at])


def _innermost(hits: pd.DataFrame, voices: pd.DataFrame) -> np.ndarray:
    """Return for each hit the row of the innermost span it stands in, or -1."""
    places = {doc_id: i for i, doc_id in enumerate(sorted(set(hits["doc_id"]) | set(voices["doc_id"])))}
    result = np.full(len(hits), -1, dtype=np.int64)
    if voices.empty:
        return result
    hit_docs = hits["doc_id"].map(places).to_numpy(np.int64)
    span_docs = voices["doc_id"].map(places).to_numpy(np.int64)
    starts, ends = voices["start_char"].to_numpy(np.int64), voices["end_char"].to_numpy(np.int64)
    at = hits["start_char"].to_numpy(np.int64)
    # One number line: every report gets a stretch of its own, longer than any offset.
    width = int(max([0, *ends, *at])) + 1
    order = np.lexsort((-ends, starts + span_docs * width))
    lines = (starts + span_docs * width)[order], (ends + span_docs * width)[order]
    parent = _enclosing(*lines)
    points = at + hit_docs * width
    row = np.searchsorted(lines[0], points, side="right") - 1
    while (outside := (row >= 0) & (points >= lines[1][row])).any():
        row[outside] = parent[row[outside]]
    result[row >= 0] = order[row[row >= 0]]
    return result


def _enclosing(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return for each span, sorted by start, the row of the span around it, or -1."""
    parent = np.full(len(starts), -1, dtype=np.int64)
    open_spans: list[int] = []
    for row, start in enumerate(starts):
        while open_spans and ends[open_spans[-1]] <= start:
            open_spans.pop()
        parent[row] = open_spans[-1] if open_spans else -1
        open_spans.append(row)
    return parent


def voice_shares(tokens: pd.DataFrame, voices: pd.DataFrame, *, by: str = "voice") -> pd.DataFrame:
    """Return one row per report and voice (or speaker): doc_id, the column `by`, n words, share.

    Shares are of all tokens of a report, from 0 to 1. With `by="voice"` every voice has a row.
    """
    told = with_voice(tokens, voices)
    told = told if by == "voice" else told[told["voice"] != "narration"]
    counts = told.groupby(["doc_id", by], sort=True).size()
    if by == "voice" and len(told):
        every = pd.MultiIndex.from_product([sorted(set(tokens["doc_id"])), VOICES], names=["doc_id", by])
        counts = counts.reindex(every, fill_value=0)
    result = counts.rename("n").reset_index()
    total = result["doc_id"].map(tokens["doc_id"].value_counts()).astype(float)
    return result.assign(share=result["n"].astype(float) / total)


def pair_statements(
    voices: pd.DataFrame,
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    min_tokens: int = 3,
    min_dice: float = 0.25,
) -> pd.DataFrame:
    """Return the statement pairs of each event: spans of two reports that say the same in part.

    Spans are compared by their sets of content words, without a final s and cut to six letters so that
    endings do not count; `dice` is 2 * shared / (words of a + words of b) (Dice 1945), from 0 to 1.
    Each span has at most one partner in each other report, the best first; pairs under either limit
    are left out.
    """
    said = _content_words(voices, tokens)
    told = voices.merge(documents[["doc_id", "event_id"]], on="doc_id").reset_index(drop=True)
    rows: list[tuple[object, ...]] = []
    for event_id, spans in told.groupby("event_id", sort=True):
        bags = [
            said.get(key, {}) for key in spans[["doc_id", "start_char"]].itertuples(index=False, name=None)
        ]
        cells = list(spans.itertuples(index=False))
        for a, b, shared, dice in _partners(spans["doc_id"].tolist(), bags, min_tokens, min_dice):
            sides = [(c.doc_id, c.start_char, c.end_char, c.voice, c.speaker) for c in (cells[a], cells[b])]
            only = (_other_words(bags[a], bags[b]), _other_words(bags[b], bags[a]))
            rows.append((event_id, *sides[0], *sides[1], shared, dice, *only))
    return from_rows(sorted(rows), StatementPairs)


def _content_words(voices: pd.DataFrame, tokens: pd.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    """Return for each span its content words by their stems."""
    content = tokens[~tokens["is_stop"]].sort_values(["doc_id", "start_char"])
    words = {
        d: (rows["start_char"].to_numpy(), rows["norm"].tolist()) for d, rows in content.groupby("doc_id")
    }
    bags: dict[tuple[str, int], dict[str, str]] = {}
    for doc_id, start, end in voices[["doc_id", "start_char", "end_char"]].itertuples(index=False, name=None):
        starts, norms = words.get(doc_id, (np.array([]), []))
        low, high = np.searchsorted(starts, [start, end])
        bags[doc_id, start] = {}
        for norm in norms[low:high]:
            bags[doc_id, start].setdefault(norm.removesuffix("s")[:STEM_LETTERS], norm)
    return bags


def _partners(
    doc_ids: Sequence[str], bags: Sequence[Mapping[str, str]], min_tokens: int, min_dice: float
) -> list[tuple[int, int, int, float]]:
    """Return the pairs of spans that are each other's best choice left, with shared words and Dice."""
    holders: dict[str, list[int]] = {}
    for place, bag in enumerate(bags):
        for stem in bag:
            holders.setdefault(stem, []).append(place)
    telling = (places for places in holders.values() if len(places) <= TELLING)
    found = {pair for places in telling for pair in combinations(places, 2)}
    across = [(a, b, len(bags[a].keys() & bags[b].keys())) for a, b in found if doc_ids[a] != doc_ids[b]]
    scored = [(2 * n / (len(bags[a]) + len(bags[b])), n, a, b) for a, b, n in across]
    chosen: list[tuple[int, int, int, float]] = []
    taken: set[tuple[int, str]] = set()
    for dice, n, a, b in sorted(scored, key=lambda row: (-row[0], -row[1], row[2], row[3])):
        sides = {(a, doc_ids[b]), (b, doc_ids[a])}
        if n >= min_tokens and dice >= min_dice and not sides & taken:
            taken |= sides
            chosen.append((a, b, n, dice))
    return chosen


def _other_words(bag: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return the content words of one span that the other has not, in their order."""
    return " ".join(word for stem, word in bag.items() if stem not in other)


def with_text(spans: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return `spans` (doc_id, start_char, end_char) with the column text: the words as printed."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    places = zip(spans["doc_id"], spans["start_char"], spans["end_char"], strict=True)
    return spans.assign(text=pd.Series([texts[d][a:b] for d, a, b in places], index=spans.index, dtype="str"))


def with_names(table: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with canonical names in place of the entity ids of its column speaker."""
    names = dict(zip(entities["entity_id"], entities["canonical"], strict=True))
    return table.assign(speaker=[names.get(speaker, speaker) for speaker in table["speaker"]])


def rewordings(pairs: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which one side is a quotation and the other is reworded, the quotation first.

    Columns: event_id, quoted_in, quotation, reworded_in, rewording, voice, dice, only_quoted,
    only_reworded. The most alike first.
    """
    turned = pairs[(pairs["voice_a"] != "direct") & (pairs["voice_b"] == "direct")]
    swap = {f"{name}_{a}": f"{name}_{b}" for name in _SIDES for a, b in ("ab", "ba")}
    straight = pairs[(pairs["voice_a"] == "direct") & (pairs["voice_b"] != "direct")]
    both = pd.concat([straight, turned.rename(columns=swap)])
    both = both.sort_values(["dice", "doc_id_a", "start_char_a"], ascending=[False, True, True])
    for side, name in (("a", "quotation"), ("b", "rewording")):
        columns = {f"{column}_{side}": column for column in ("doc_id", "start_char", "end_char")}
        both[name] = with_text(both[list(columns)].rename(columns=columns), documents)["text"]
    names = {"doc_id_a": "quoted_in", "doc_id_b": "reworded_in", "voice_b": "voice"}
    both = both.rename(columns=names | {"only_a": "only_quoted", "only_b": "only_reworded"})
    order = "event_id quoted_in quotation reworded_in rewording voice dice only_quoted only_reworded"
    return both[order.split()].reset_index(drop=True)


def cue_counts(voices: pd.DataFrame) -> pd.DataFrame:
    """Return one row per class of verb and report: verb_class, doc_id, n spans it introduces, cues."""
    cued = voices[voices["verb_class"] != ""].assign(cue=voices["cue"].str.casefold())
    groups = cued.groupby(["verb_class", "doc_id"], sort=True)
    result = groups["cue"].agg(n="size", cues=_tally)
    return result.reset_index().astype({"n": "int64", "cues": "str"})


def rule_counts(voices: pd.DataFrame) -> pd.DataFrame:
    """Return one row per rule that named a speaker: rule, n spans, lowest and highest confidence."""
    result = voices.groupby("rule")["confidence"].agg(n="size", lowest="min", highest="max").reset_index()
    return result.sort_values(["n", "rule"], ascending=[False, True]).reset_index(drop=True)


def _tally(words: pd.Series) -> str:
    """Return words with their counts, the most frequent first."""
    counts = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{word} {n}" if n > 1 else word for word, n in counts)
