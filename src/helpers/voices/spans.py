"""Spans of speech: which words are quoted, reworded or narrated, and who is speaking."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from helpers.names import Mentions
from helpers.table import conform, from_rows
from helpers.text import Documents, Parse, Sentences, by_report, covering, turns_of
from helpers.voices.grammar import Name, read_grammar
from helpers.voices.orders import has_order, ordered_spans
from helpers.voices.quotations import Quote, quote_spans
from helpers.voices.sources import Forms
from helpers.voices.tables import SpeechVerbs, VoiceOverrides, Voices, VoicesTable
from helpers.voices.told import Span, nested_spans, quoted_spans, reworded_spans, turn_spans, verb_forms
from helpers.voices.tree import FIELDS, Token
from helpers.voices.works import is_title

__all__ = ["find_voices", "text_hash", "with_voice"]
_SPEAKERS = ("PERSON", "ORG", "GROUP", "GPE", "NORP")


def find_voices(
    documents: Documents,
    sentences: Sentences,
    verbs: SpeechVerbs,
    mentions: Mentions,
    *,
    parse: Parse | None = None,
    overrides: VoiceOverrides | None = None,
) -> pd.DataFrame:
    """Return the voices table of `documents`: direct, indirect and speech-act spans with their speakers.

    `verbs` is the table of speech_verbs.csv, `mentions` that of `find_mentions`. Of a report that `parse`
    has, reworded speech and all sources are read from the grammar of its sentences, and sources are kept as
    they are written also where no mention names them; of another the quotations are found, and who says them
    where verbs and word order of the language are known. A direct span
    may be inside an indirect one, and a quotation inside a quotation (rule nested) where a verb of speech
    introduces it there; other spans of reworded speech never overlap each other, nor do direct ones.
    A row of `overrides` (text_hash, start_char, end_char, voice, speaker) replaces every span it overlaps.
    """
    names = by_report(_speaking(mentions), ["start_char", "end_char", "entity_id", "entity_type"])
    cuts = by_report(sentences[sentences["zone"] == "body"], ["paragraph_id", "start_char", "end_char"])
    tokens = {} if parse is None else by_report(parse, FIELDS)
    forms = verb_forms(verbs)
    rows = []
    read = zip(*(documents[name] for name in ("doc_id", "text", "language")), strict=True)
    for doc_id, text, language in read:
        own = [Name(*name) for name in names.get(doc_id, [])]
        parsed = [Token(*token) for token in tokens.get(doc_id, [])]
        rows += [
            (doc_id, *span) for span in _spans((text, language), forms, cuts.get(doc_id, []), own, parsed)
        ]
    found = from_rows(sorted(rows), VoicesTable)
    return found if overrides is None else _overridden(found, documents, overrides)


def with_voice(hits: pd.DataFrame, voices: Voices) -> pd.DataFrame:
    """Return `hits` (doc_id, start_char) with the voice and speaker each stands in; else narration.

    Where spans are nested the innermost, the one that begins last, is taken.
    """
    names = np.array(["narration", *voices["voice"]], dtype=object)
    speakers = np.array(["", *voices["speaker"]], dtype=object)
    at = covering(hits, voices) + 1
    return hits.assign(voice=names[at], speaker=speakers[at])


def text_hash(text: str) -> str:
    """Return the key of a report's text in voice_overrides.csv: 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _speaking(mentions: Mentions) -> pd.DataFrame:
    """Return the mentions that may name a speaker: doc_id, start_char, end_char, entity_id, entity_type."""
    able = mentions["entity_type"].isin(_SPEAKERS) & (mentions["kind"] != "adjective")
    columns = ["doc_id", "start_char", "end_char", "entity_id", "entity_type"]
    return mentions.loc[able, columns].sort_values(["doc_id", "start_char"])


def _spans(
    report: tuple[str, str],
    verbs: Forms,
    cuts: Sequence[tuple[int, int, int]],
    names: Sequence[Name],
    tokens: Sequence[Token],
) -> Iterator[Span]:
    """Yield the spans of one report (text, language); without its parse only its quotations and turns.

    What stands in quotation marks inside a turn is part of it, and a title is nobody's words.
    """
    text, language = report
    turns = turns_of(text)
    spoken = [Quote(turn.start, turn.end) for turn in turns]
    quotes = [
        quote
        for quote in quote_spans(text, language)
        if not _inside(quote, spoken) and not (tokens and is_title(text, quote.start, quote.end, verbs))
    ]
    every = sorted(spoken + quotes)
    places = [(start, paragraph) for paragraph, start, _ in cuts]
    grammar = read_grammar(text, tokens, every, names, places, verbs) if tokens else None
    yield from turn_spans(turns, names, text)
    if grammar or not has_order(language):
        yield from quoted_spans(quotes, grammar, text)
    else:
        yield from ordered_spans(quotes, text, language, names)
    if grammar:
        body = [(start, end) for _, start, end in cuts]
        yield from reworded_spans(grammar, text, body, {quote.start for quote in every})
        yield from nested_spans(grammar, text)


def _inside(quote: Quote, turns: Sequence[Quote]) -> bool:
    """Return whether a quotation shares a code point with a turn."""
    at = bisect_right(turns, quote.end, key=lambda turn: turn.start) - 1
    return at >= 0 and quote.start < turns[at].end


def _overridden(found: pd.DataFrame, documents: Documents, overrides: VoiceOverrides) -> Voices:
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
    given = given.assign(source="", source_start=0, source_end=0)
    kept = found[~found.index.isin(clash["index"])]
    return conform(pd.concat([kept, given]).sort_values(["doc_id", "start_char"]), VoicesTable)
