"""The tables of reporting verbs, spans of speech and statements."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "VERB_CLASSES",
    "VOICES",
    "RuleRates",
    "Sources",
    "SpeechVerbs",
    "StatementPairs",
    "VoiceOverrides",
    "Voices",
]
VERB_CLASSES = ("neutral", "assertive", "factive", "approving", "emphatic", "critical", "directive")
VERB_OBJECTS = ("indirect", "attitude", "speech_act", "either", "judgement", "hearer", "source")
VOICES = ("direct", "indirect", "speech_act", "narration")


class SpeechVerbsTable(Table):
    """One row per verb or phrase that reports speech, with its class."""

    lemma: str = column("the verb")
    forms: str = column("its forms, separated by |")
    verb_class: str = column(
        "neutral, assertive, factive, approving, emphatic, critical or directive", isin=VERB_CLASSES
    )
    introduces: str = column(
        "what its object is: indirect (a clause), attitude (a clause that is thought or wanted), "
        "speech_act (a noun phrase), either of the two, "
        "judgement (call X Y: indirect), hearer (whom it speaks to), source (according to X)",
        isin=VERB_OBJECTS,
    )

    class Config:
        """Key."""

        unique = ("lemma",)


SpeechVerbs = Annotated[pd.DataFrame, SpeechVerbsTable]


class VoicesTable(Table):
    """One row per stretch of text in one voice; what no row covers is narration."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    voice: str = column("voice: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = column("entity_id of the speaker, or unknown")
    cue: str = column("reporting verb or phrase as printed, or empty")
    verb_class: str = column("class of the cue in speech_verbs.csv, or empty")
    rule: str = column("name of the rule that decided the speaker")
    confidence: float = column(
        "how often the rule was right about the words of the source, 0 to 1, measured on annotated English "
        "news; 1 where set by hand; empty where no source was found or the rule was not measured",
        ge=0,
        le=1,
        nullable=True,
    )
    flag: str = column(
        "scare (three words or fewer), unclosed, unmarked (no marks; a line leads in), or empty"
    )
    source: str = column("the words that name the source, as printed; empty where none were found")
    source_start: int = column("first code point of these words in documents.text; 0 where none", ge=0)
    source_end: int = column("code point after the last one of these words; 0 where none", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Voices = Annotated[pd.DataFrame, VoicesTable]


class VoiceOverridesTable(Table):
    """One row per stretch of text whose voice or speaker the reader sets by hand."""

    text_hash: str = column("first 16 hex digits of the SHA-256 of documents.text, as voices.text_hash gives")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=1)
    voice: str = column("voice: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = column("entity_id of the speaker, or unknown")
    note: str = column("why, in a few words")

    class Config:
        """Key."""

        unique = ("text_hash", "start_char")


VoiceOverrides = Annotated[pd.DataFrame, VoiceOverridesTable]


class RuleRatesTable(Table):
    """One row per rule and kind of speech: how often it named the annotated source (PolNeAR, US news)."""

    speech: str = column("quoted or reworded", isin=("quoted", "reworded"))
    rule: str = column("name of the rule that decided the speaker")
    right: int = column("cases whose source was the annotated one", ge=0)
    n: int = column("cases in which the rule named a source", ge=0)
    share: float = column("share of cases that were right", ge=0, le=1)
    low: float = column("lower end of its exact 95 % interval", ge=0, le=1)
    high: float = column("upper end of its exact 95 % interval", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("speech", "rule")


RuleRates = Annotated[pd.DataFrame, RuleRatesTable]


class SourcesTable(Table):
    """One row per source of speech, over all reports."""

    source: str = column("its name, or the words that stand for one")
    kind: str = column(
        "named; not named where only common words stand for it; as written where no parser tells which",
        isin=("named", "not named", "as written"),
    )
    direct: int = column("spans quoted directly", ge=0)
    reworded: int = column("spans reworded", ge=0)
    reports: int = column("reports that have it", ge=1)
    outlets: int = column("outlets that have it", ge=1)
    only_in: str = column("the outlet that alone has it; empty where several have, or where it is as written")

    class Config:
        """Key."""

        unique = ("source", "kind")


Sources = Annotated[pd.DataFrame, SourcesTable]


class StatementPairsTable(Table):
    """One row per pair of spans of speech, in two reports of an event, that say the same in part."""

    event_id: str = column("event both reports are about")
    doc_id_a: str = column("report a")
    start_char_a: int = column("first code point in the text of report a", ge=0)
    end_char_a: int = column("code point after the last one in the text of report a", ge=0)
    voice_a: str = column("voice in report a", isin=VOICES)
    speaker_a: str = column("entity_id of the speaker in report a, or unknown")
    doc_id_b: str = column("report b")
    start_char_b: int = column("first code point in the text of report b", ge=0)
    end_char_b: int = column("code point after the last one in the text of report b", ge=0)
    voice_b: str = column("voice in report b", isin=VOICES)
    speaker_b: str = column("entity_id of the speaker in report b, or unknown")
    n_shared: int = column("content words both have, by their first six letters", ge=1)
    dice: float = column("Dice coefficient of the two sets of content words", ge=0, le=1)
    only_a: str = column("content words that only the span of a has")
    only_b: str = column("content words that only the span of b has")

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b")


StatementPairs = Annotated[pd.DataFrame, StatementPairsTable]
