"""Headings of tables in words: what a column is called where people read it. Files keep the short names."""

import re
from contextlib import suppress
from datetime import date

from helpers.table import UNKNOWN

__all__ = ["MONTHS", "event_words", "heading", "time_words"]
HEADINGS = {
    "n_same": "sentences that mean the same",
    "n_sentences": "sentences of the shorter",
    "in_order": "share in one order",
    "may_render": "one may render the other",
    "chance": "chance of the same",
    "acted_on": "is acted on",
    "acts": "acts",
    "agent": "who acts",
    "agent_id": "who acts (id)",
    "alias": "listed form",
    "n_a": "uses",
    "n_b": "uses",
    "variant": "way",
    "other_a": "first side, the other way",
    "other_b": "second side, the other way",
    "reports_a": "reports, first side",
    "reports_b": "reports, second side",
    "q_value": "corrected p (q)",
    "approving": "approving verbs",
    "assertive": "asserting verbs",
    "between": "blanks and marks",
    "boilerplate": "in links",
    "candidate": "may be",
    "closeness": "closeness",
    "code_points": "characters",
    "confidence": "how sure",
    "cosine": "likeness of sentences",
    "count": "uses",
    "critical": "critical verbs",
    "cue": "verb",
    "cues": "verbs",
    "data_set": "reference set",
    "days_apart": "days apart",
    "decided_by": "how the target is known",
    "dice": "likeness",
    "direct": "quoted",
    "directive": "directing verbs",
    "doc_id": "report",
    "doc_ids": "its reports",
    "dp": "unevenness (DP)",
    "duplicate_of": "same text as",
    "emphatic": "emphatic verbs",
    "end_char": "ends at",
    "entity": "who or what",
    "entity_id": "who or what (id)",
    "entity_type": "type",
    "event_id": "event",
    "factive": "verbs that take it as given",
    "false_alarms": "false alarms",
    "family": "kind of term",
    "first_in": "first met in",
    "form": "how it is told",
    "forms": "written forms",
    "high": "at most",
    "high_acts": "share who acts, at most",
    "high_left_out": "share left out, at most",
    "honorific": "title",
    "in_sentences": "characters in sentences",
    "indirect": "reworded",
    "instead": "others have",
    "kinds": "kinds of label",
    "lcs_apart": "share in one order, without what both quote",
    "letters_apart": "letters in one order, without what both quote",
    "letters_rest": "letters in one order, without long runs either",
    "run_share": "share of words in shared runs of five",
    "share_a": "shared, of the first",
    "share_b": "shared, of the second",
    "close_to": "near the line to",
    "dense": "densest 60 words, share in shared runs",
    "run_quoted": "longest run both quote (words)",
    "run_narrated": "longest run, own voice (words)",
    "n_sources": "independent sources",
    "n_reports": "reports",
    "largest": "most reports on one text",
    "n_apart": "reports that share no passage",
    "n_unjudged": "pairs not judged",
    "error": "how often wrong on known pairs",
    "lcs_share": "share in one order",
    "least": "least in",
    "lemma": "dictionary form",
    "left": "before",
    "left_out": "acted on, no actor told",
    "log_dice": "how typical (logDice)",
    "log_ratio": "doublings",
    "longest_run": "longest shared run (words)",
    "low": "at least",
    "low_acts": "share who acts, at least",
    "low_left_out": "share left out, at least",
    "most": "most in",
    "n": "uses",
    "n_moved": "words moved",
    "n_only_here": "words only here",
    "n_outside": "words not compared",
    "n_parts": "parts",
    "n_parts_used": "parts that use it",
    "n_reference": "uses, other side",
    "n_shared": "words shared",
    "n_slots": "places",
    "share_real": "real where judged",
    "n_target": "uses, this side",
    "n_tiles": "shared runs",
    "n_together": "uses together",
    "n_tokens": "words",
    "n_words": "words",
    "named_by": "named by",
    "narrated_reference": "in its own voice, other side",
    "narrated_target": "in its own voice, this side",
    "narration": "own voice",
    "nearest": "likeness of the nearest",
    "neutral": "neutral verbs",
    "no_verb": "no verb",
    "node": "word",
    "one_says": "one says",
    "other_says": "the other says",
    "only_in": "only in",
    "only_quoted": "words only in the quotation",
    "only_reworded": "words only in the rewording",
    "order_kept": "order kept",
    "other": "other report",
    "own": "own voice",
    "own_voice": "own voice",
    "p05": "lowest 5 %",
    "p50": "middle",
    "p95": "highest 5 %",
    "p_reports": "p by reports",
    "p_value": "p by words",
    "p_words": "p of its words",
    "patient": "who is acted on",
    "patient_id": "who is acted on (id)",
    "pattern": "word",
    "percentile": "percentile",
    "phrase": "words",
    "q_reports": "share of chance among words so far apart (q)",
    "quoted_in": "quoted in",
    "quoted_reference": "quoted, other side",
    "quoted_target": "quoted, this side",
    "rate_least": "least per 1,000 words",
    "rate_most": "most per 1,000 words",
    "rate_reference": "per 1,000 words, other side",
    "rate_target": "per 1,000 words, this side",
    "reference": "compared with",
    "reference_class": "kind of reference set",
    "reports_reference": "reports, other side",
    "reports_target": "reports, this side",
    "sources_reference": "sources, other side",
    "sources_target": "sources, this side",
    "reuse_type": "kind of reuse",
    "reworded_in": "reworded in",
    "right": "after",
    "rivals": "other candidates",
    "rule": "rule",
    "score": "likeness",
    "sentence_id": "sentence no.",
    "sentence_start": "sentence starts at",
    "share": "share",
    "share_acts": "share who acts",
    "share_hedged": "share hedged",
    "share_left_out": "share left out",
    "share_own": "share in own voice",
    "share_right": "share right",
    "speech_act": "told as an act",
    "start_char": "starts at",
    "supports": "speaks for",
    "surface": "form",
    "term_id": "term (id)",
    "text": "text",
    "text_after": "as it is later",
    "text_before": "as it was",
    "start_char_before": "first character, before",
    "end_char_before": "end, before",
    "start_char_after": "first character, later",
    "end_char_after": "end, later",
    "before": "version before",
    "text_hash": "key of the text",
    "token_id": "word no.",
    "tokens": "words",
    "told_by": "outlets that tell",
    "told_in": "reports that tell",
    "types": "different words",
    "used_by": "used by",
    "valid_from": "from",
    "valid_to": "until",
    "verb_class": "class of verb",
    "version_of": "later version of",
    "without_highest": "without which it is highest",
    "without_lowest": "without which it is lowest",
    "zone": "part of the page",
    "c3": "shared runs of 3 words",
    "c5": "shared runs of 5 words",
    "c5_own": "shared runs of 5 words, this event only",
    "c8": "shared runs of 8 words",
}
SIDES = {"_a": "first", "_b": "second"}
_DATED = re.compile(r"((?:19|20)\d\d)[-_]?([01]\d)[-_]?([0-3]\d)$")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
MONTHS = ("January February March April May June July August September October November December").split()


def heading(name: str) -> str:
    """Return what a column is called in a table that people read.

    >>> heading("doc_id"), heading("doc_id_b"), heading("share_left"), heading("in Iran Press")
    ('report', 'second report', 'share left', 'in Iran Press')
    """
    if name in HEADINGS:
        return HEADINGS[name]
    for ending, side in SIDES.items():
        if name.endswith(ending):
            return f"{side} {heading(name.removesuffix(ending))}"
    return name.replace("_", " ") if name.isidentifier() else name


def time_words(time: object) -> object:
    """Return a time of publication in words; whatever is no day of the calendar stays as it is.

    >>> time_words("2024-03-26"), time_words("2019-11-20T04:31:13-06:00"), time_words("2024-03")
    ('26 March 2024', '20 November 2019, 04:31 (UTC−06:00)', '2024-03')
    """
    found = _TIME.fullmatch(str(time))
    if not found:
        return time
    day = event_words("".join(found.group(1, 2, 3)))
    zone = found[5] or ""
    of_day = f", {found[4]}" + (f" (UTC{zone.replace('Z', '').replace('-', '−')})" if zone else "")
    return day + (of_day if found[4] else "")


def event_words(name: object) -> str:
    """Return the name of an event as words, its date spelt out.

    >>> event_words("meeting-2024-03-26"), event_words("library-hours"), event_words("unknown")
    ('meeting, 26 March 2024', 'library hours', 'event unknown')
    """
    text = str(name)
    if text == UNKNOWN:
        return "event unknown"
    found, day = _DATED.search(text), ""
    if found:
        with suppress(ValueError):
            spelt = date(int(found[1]), int(found[2]), int(found[3]))
            day, text = f"{spelt.day} {MONTHS[spelt.month - 1]} {spelt.year}", text[: found.start()]
    words = " ".join(text.replace("_", " ").replace("-", " ").split())
    return ", ".join(part for part in (words, day) if part) or str(name)
