"""Reported speech: the clauses of reporting verbs, and the words that each of them reports."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from helpers.table import UNKNOWN
from helpers.text import Documents, find_terms
from helpers.voices.endings import at_end
from helpers.voices.quotations import HIDDEN
from helpers.voices.speakers import (
    DAY,
    INTRODUCTORY,
    NOBODY,
    Speaker,
    Unit,
    find_subject,
    heading_name,
    shared,
    speaker_after,
    topic,
)
from helpers.voices.tables import SpeechVerbs

__all__ = ["EDGES", "Clause", "Cue", "Report", "find_cues", "find_reports"]
CLAUSE_WORDS = 5  # fewer words before a verb are no clause of their own
MEMORY = 3  # sentences without a known subject after which a pronoun means nobody
EDGES = " \t\n\xa0,;:.!?…—–*_-"  # blanks, points and markup around words
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
_JOINT = re.compile(r"(?i)[\s,;—–-]*(?:\b(?:and|but|while|when|by|after|before|in|also|then)\s+)*$")
_JOINT_LEAD = re.compile(r"[,;—–][\s—–]*(?:(?:and|but|while|as|whereas|when|which)\s+)*$")
_IT = re.compile(r"(?i)\bit\s+(?:\w+\s+)*$")
_NO_PARTICIPLE = re.compile(r"\b(?:the|an?|of|this|that|no|any|his|her|their|its)\s+$")
_NO_CLAUSE = re.compile(r"\s*,\s*(?:and|but|who|which|whose|as|while|after|before|in|during|with)\b")
_SHARES = re.compile(r"(?:^|[\s,;—–])(?:and|but|or|as\s+well\s+as)$")
_THAT = re.compile(r"[\s,]*that\b[\s,]*")
_LATER_THAT = re.compile(rf"\s+(?:(?:{DAY})\b|\w+ly\b)[^.;:!?{HIDDEN}]{{0,70}}?\bthat\b[\s,]*")
_HEARER_THAT = re.compile(rf"\s+[^.;:!?,{HIDDEN}]{{1,60}}?\bthat\b[\s,]*")
_CLAUSE = re.compile(
    r"\s+(?:(?:that|how|why|whether|what|if|when|where)\b|(?:he|she|it|they|we|I|you|there|this|these|those)\s+\w)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|cannot)\b|n['’]t\b"
)
_QUOTE_NEXT = re.compile(
    rf"[\s,:—–-]*+(?:that\b[\s,:—–-]*+)?{HIDDEN}|(?:\s+[^\s.!?;,:]+){{1,8}}(?:[:,]|\s+that)\s*{HIDDEN}"
)
_BE_END = re.compile(r"\s*(?:\b(?:has|have|had|is|are|was|were|be|been|being|also|\w+ly)\b\s*)*$")
_TELL = frozenset("tell assure ensure inform notify warn remind reassure promise advise instruct".split())
_LIGHT = frozenset(
    form
    for verb in ("express", "extend", "offer", "convey", "voic")
    for form in (verb, verb + "s", verb + "es", verb + "ed", verb + "ing", verb + "e")
) | {"give", "gives", "gave", "given", "giving", "pay", "pays", "paid", "paying"}
_ENDS_CLAUSE = re.compile(rf"\s*(?:[.,;!?{HIDDEN}—–]|$|and\b|but\b|(?:{DAY})\b)")
_PROPOSITION = re.compile(
    rf"\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:necessity|need|importance|fact|duty|possibility|risk|danger)\b"
    rf"|[^.;:,{HIDDEN}]+?\bas\s+(?:an?|the)\b"
)
_WHEN = re.compile(rf"\s+(?:{DAY})\b")
_QUOTE_APART = re.compile(rf":\s*{HIDDEN}")
_NEW_CLAUSE = re.compile(r"[,—–]\s*(?:he|she|they|it|we|I)\b")
_VERB = re.compile(rf"{_FINITE.pattern}|\b[a-z]\w+ed\b")
_INVERTED = re.compile(
    r"\s+(?!(?:that|he|she|it|they|we|I|you|there|in|on|at|his|her|its|their|no|some)\b)[\w“]"
)
_ENDS_SENTENCE = re.compile(
    r"(?:\s+(?:in|on|at|late|early|[A-Z]\w+day|today|yesterday)\b[^,;:]{0,60})?\s*(?:[.,;!?]|$)"
)


CUE = ("start_char", "end_char", "surface", "verb_class", "introduces", "lemma")


class Cue(NamedTuple):
    """A reporting verb or phrase as it stands in the text."""

    start: int
    end: int
    text: str
    verb_class: str
    introduces: str
    lemma: str


class Clause(NamedTuple):
    """A clause that reports speech: its cue, who speaks, and where it begins."""

    cue: Cue
    speaker: Speaker
    start: int  # content of the clause before ends here
    subject: int  # where the words that name the speaker begin, or -1
    kind: str  # finite, leading or trailing participle, inverted, passive, source


class Report(NamedTuple):
    """A clause with the stretches of its content: voice, start, end."""

    clause: Clause
    content: tuple[tuple[str, int, int], ...]


def find_cues(documents: Documents, verbs: SpeechVerbs) -> pd.DataFrame:
    """Return every use of a form of `verbs`: doc_id, start_char, end_char, surface, class, object, lemma."""
    forms = verbs.assign(pattern=verbs["forms"].str.split("|")).explode("pattern")
    hits = find_terms(documents, forms["pattern"].dropna().tolist())
    named = hits.merge(forms.drop_duplicates("pattern"), on="pattern")
    return named[["doc_id", *CUE]].sort_values(["doc_id", "start_char"])


def find_reports(units: Sequence[Unit], cues: Sequence[Cue]) -> list[list[Report]]:
    """Return for each unit its reports of speech, speakers resolved in the order of the text."""
    result: list[list[Report]] = []
    focus, since = NOBODY, 0
    starts = [cue.start for cue in cues]
    for unit in units:
        own = cues[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        clauses = _clauses(unit, [cue for cue in own if _is_speech(unit, cue)], focus)
        result.append([Report(clause, _content(unit, clauses, i)) for i, clause in enumerate(clauses)])
        named = (clause.speaker for clause in clauses if clause.speaker.entity != UNKNOWN)
        subject = next(named, None) or topic(unit)
        since = 0 if subject.entity != UNKNOWN else since + 1
        if subject.entity != UNKNOWN or since > MEMORY:
            focus = subject
    return result


def _is_speech(unit: Unit, cue: Cue) -> bool:
    """Return whether the word is a verb here and the speech is real: no noun, no wish, no plan."""
    before = unit.masked[max(unit.start, cue.start - 40) : cue.start]
    if cue.text[0].isupper() and before.strip(EDGES + '“"(' + HIDDEN):
        return False  # a capital within a sentence is a name
    if cue.introduces == "source" or _GOES_ON.search(before):
        return True
    if _form(cue) == "ing":
        return not _NO_PARTICIPLE.search(before)
    return not _UNREAL.search(before) and not _NOT_A_VERB.search(before)


def _form(cue: Cue) -> str:
    """Return the form of a cue's verb: ing, past or present."""
    word = cue.text.split()[0].lower()
    if word.endswith("ing"):
        return "ing"
    return "past" if word.endswith("ed") or word in _PAST else "present"


def _clauses(unit: Unit, cues: Sequence[Cue], focus: Speaker) -> list[Clause]:
    """Return the clauses that report speech; a verb inside the words another one reports is left out."""
    found: list[Clause] = []
    for cue in cues:
        clause = _clause(unit, cue, found, focus)
        if clause:
            found.append(clause)
    for place, clause in enumerate(found):
        if clause.kind == "leading":
            later = next((c.speaker for c in found[place + 1 :] if c.kind != "leading"), topic(unit))
            found[place] = clause._replace(speaker=shared(later))
    return found


def _clause(unit: Unit, cue: Cue, before: Sequence[Clause], focus: Speaker) -> Clause | None:
    """Return the clause of a cue, or None where it reports nothing or stands inside another report."""
    since = before[-1].cue.end if before else unit.start
    region = unit.masked[since : cue.start]
    if cue.introduces == "source":
        speaker = speaker_after(unit, cue.end, rule="source")
        return Clause(cue, speaker, since + len(region.rstrip(EDGES)), -1, "source")
    if _form(cue) == "ing" and not _BE.search(region):
        return _participle(unit, cue, before)
    if _form(cue) == "past" and _BE.search(region):
        return _passive(unit, cue, before, region)
    if _form(cue) == "past" and re.match(r"\s+by\b", unit.masked[cue.end : unit.end]):
        return None
    return _finite(unit, cue, before, region, focus)


def _participle(unit: Unit, cue: Cue, before: Sequence[Clause]) -> Clause | None:
    """Return the clause of a participle: its subject is that of the main verb."""
    left = unit.masked[unit.start : cue.start]
    joint = at_end(_JOINT, left)
    words, start = (joint.group(), unit.start + joint.start()) if joint else ("", cue.start)
    if not before and start == unit.start:
        return Clause(cue, NOBODY, start, -1, "leading")
    loose = not words.strip() and not left.rstrip().endswith(HIDDEN)
    series = _SHARES.search(words.rstrip()) and not (before and before[-1].kind in ("leading", "trailing"))
    if loose or series:
        told = not before and not series and _CLAUSE.match(unit.masked[cue.end : unit.end])
        return Clause(cue, NOBODY, cue.start, -1, "trailing") if told else None
    return Clause(cue, shared(_main(before) or topic(unit, cue.start)), start, -1, "trailing")


def _passive(unit: Unit, cue: Cue, before: Sequence[Clause], region: str) -> Clause | None:
    """Return the clause of "was praised by X" or "it was said that", else None."""
    agent = re.match(r"\s+by\s+", unit.masked[cue.end : unit.end])
    own = not _SHARES.search(_without_asides(region)) and topic(unit).entity_type != "PERSON"
    if agent and own and not before:
        speaker = speaker_after(unit, cue.end + agent.end(), rule="agent")
        return Clause(cue, speaker, unit.start, -1, "passive")
    if at_end(_IT, region) and not before:
        return Clause(cue, NOBODY, unit.start, -1, "finite")
    return None


def _finite(unit: Unit, cue: Cue, before: Sequence[Clause], region: str, focus: Speaker) -> Clause | None:
    """Return the clause of a finite verb with the subject its words allow."""
    tail = _without_asides(region)
    origin = cue.start - len(region)
    if not tail and not before and _form(cue) == "past":
        return None
    inverted = _inverted(unit, cue, origin, tail)
    if inverted:
        return Clause(cue, inverted, origin + len(tail.rstrip(EDGES)), cue.end, "inverted")
    participle = bool(before) and before[-1].kind in ("leading", "trailing")
    shares = _SHARES.search(tail) or (participle and tail.endswith(","))
    if shares and not _own_subject(unit, origin, tail):
        place = shares.start() if isinstance(shares, re.Match) else len(tail) - 1
        speaker = shared(_main(before) or topic(unit, cue.start))
        return Clause(cue, speaker, origin + len(tail[:place].rstrip(" ,;")), -1, "finite")
    speaker, subject = find_subject(unit, origin, tail, focus)
    if subject < 0 and not before:
        subject = _short_subject(unit, cue, origin, tail)
    if subject < 0 and (before or not _clearly_speech(unit, cue)):
        return None
    lead = unit.masked[origin:subject] if subject >= 0 else ""
    joint = at_end(_JOINT_LEAD, lead)
    if before and not joint and before[-1].kind != "leading":
        return None
    start = origin + (joint.start() if joint else len(lead.rstrip(EDGES)))
    return Clause(cue, speaker, start, subject, "finite")


def _short_subject(unit: Unit, cue: Cue, origin: int, tail: str) -> int:
    """Return where the unknown subject of "..., the police said." begins, or -1."""
    comma = tail.rfind(",")
    clause, words = tail[: max(comma, 0)], tail[comma + 1 :].split()
    ends = _ENDS_SENTENCE.match(unit.masked[cue.end : unit.end])
    ends = ends if cue.lemma == "say" or _form(cue) == "past" else None
    if not ends or len(clause.split()) < CLAUSE_WORDS or not 0 < len(words) < CLAUSE_WORDS:
        return -1
    return origin + comma + 1


def _clearly_speech(unit: Unit, cue: Cue) -> bool:
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
    goes_on = at_end(_GOES_ON, tail + " ")
    tail = tail[: goes_on.start()].rstrip() if goes_on else tail
    for _ in range(4):
        aside = at_end(_ASIDE, tail)
        tail = tail[: aside.start()].rstrip() if aside else tail
    return tail


def _own_subject(unit: Unit, origin: int, tail: str) -> bool:
    """Return whether "A, of B, said" names its own subject between the commas."""
    return tail.endswith(",") and heading_name(unit, origin, tail) is not None


def _inverted(unit: Unit, cue: Cue, origin: int, tail: str) -> Speaker | None:
    """Return who speaks in "...", said X: unknown where X is no name of the authority."""
    after = unit.masked[cue.end : unit.end]
    after_clause = tail.endswith(",") and len(tail.split()) >= CLAUSE_WORDS
    if cue.introduces != "indirect" or not (tail.endswith(HIDDEN) or after_clause):
        return None
    told = _VERB.search(tail) and not _VERB.search(after.split(",")[0])
    if not _INVERTED.match(after) or (after_clause and (not told or heading_name(unit, origin, tail))):
        return None
    return speaker_after(unit, cue.end, rule="inverted")


def _main(before: Sequence[Clause]) -> Speaker | None:
    """Return the speaker of the last main clause, or of the last clause at all."""
    main = [clause for clause in before if clause.kind in ("finite", "inverted")] or before
    return main[-1].speaker if main else None


def _content(unit: Unit, clauses: Sequence[Clause], place: int) -> tuple[tuple[str, int, int], ...]:
    """Return the stretches that tell what was said: voice, start, end."""
    clause = clauses[place]
    borders = [c.start for c in clauses[place + 1 :] if c.start >= clause.cue.end]
    limit = min(borders, default=unit.end)
    if clause.kind == "source":
        found = _source_content(unit, clause, limit, first=place == 0)
    elif clause.kind == "passive":
        verb = at_end(_BE_END, unit.masked[unit.start : clause.cue.start])
        found = [("speech_act", unit.start, unit.start + (verb.start() if verb else 0))]
    elif clause.kind == "inverted":
        found = _content_before(unit, clause) if place == 0 else []
    else:
        said_before = _content_before(unit, clause) if place == 0 else []
        found = said_before + _content_after(unit, clause, limit, mid=bool(said_before))
    trimmed = ((voice, *_trim(unit.masked, start, end)) for voice, start, end in found)
    return tuple((voice, start, end) for voice, start, end in trimmed if _says(unit.masked[start:end]))


def _source_content(unit: Unit, clause: Clause, limit: int, *, first: bool) -> list[tuple[str, int, int]]:
    """Return what stands on the other side of "according to X"."""
    if unit.masked[unit.start : clause.cue.start].strip(EDGES):
        return [("indirect", unit.start, clause.cue.start)] if first else []
    comma = unit.masked.find(",", clause.cue.end, limit)
    return [("indirect", comma + 1, limit)] if comma >= 0 else []


def _content_before(unit: Unit, clause: Clause) -> list[tuple[str, int, int]]:
    """Return the clause before "..., he said" that is itself the report."""
    stop = clause.subject if clause.kind == "finite" else clause.start
    words = unit.masked[unit.start : max(stop, unit.start)]
    closed = words.rstrip().endswith(",") or clause.kind == "inverted"
    reports = clause.cue.introduces in ("indirect", "either") and HIDDEN not in words[-3:]
    ends = _ENDS_CLAUSE.match(unit.masked[clause.cue.end : unit.end]) or clause.kind == "inverted"
    only_when = INTRODUCTORY.match(words) and "," not in words.rstrip(EDGES)
    if only_when or _QUOTE_NEXT.match(unit.masked[clause.cue.end : unit.end]):
        return []
    if stop < 0 or not (closed and reports and ends) or len(words.split()) < CLAUSE_WORDS:
        return []
    return [("indirect", unit.start, stop)]


def _content_after(unit: Unit, clause: Clause, limit: int, *, mid: bool) -> list[tuple[str, int, int]]:
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
    left = len(piece) - len(piece.lstrip(EDGES))
    return start + left, start + max(left, len(piece.rstrip(EDGES)))


def _says(words: str) -> bool:
    """Return whether a stretch holds words of its own, not only quotations."""
    return any(char.isalpha() for char in words.replace(HIDDEN, ""))
