"""Whose words these are: quotations, reported speech, sources and statements."""

from helpers.voices.lists import load_speech_verbs, load_voice_overrides
from helpers.voices.reads import QUOTED, READS, SPEECH
from helpers.voices.reliability import FEWEST, load_rule_rates
from helpers.voices.spans import find_voices, text_hash, with_voice
from helpers.voices.statements import pair_statements, rewordings
from helpers.voices.tables import (
    VERB_CLASSES,
    VOICES,
    RuleRates,
    RuleRatesTable,
    Sources,
    SourcesTable,
    SpeechVerbs,
    StatementPairs,
    StatementPairsTable,
    VoiceOverrides,
    VoiceOverridesTable,
    Voices,
    VoicesTable,
)
from helpers.voices.tallies import (
    cue_counts,
    most_spoken,
    named_sources,
    rule_counts,
    source_counts,
    speaker_matrix,
    voice_shares,
)
from helpers.voices.tree import FIELDS as TOKEN_FIELDS
from helpers.voices.tree import Token as ParsedToken
from helpers.voices.tree import Tree, is_passive, subject_of

__all__ = [
    "FEWEST",
    "QUOTED",
    "READS",
    "SPEECH",
    "TOKEN_FIELDS",
    "VERB_CLASSES",
    "VOICES",
    "ParsedToken",
    "RuleRates",
    "RuleRatesTable",
    "Sources",
    "SourcesTable",
    "SpeechVerbs",
    "StatementPairs",
    "StatementPairsTable",
    "Tree",
    "VoiceOverrides",
    "VoiceOverridesTable",
    "Voices",
    "VoicesTable",
    "cue_counts",
    "find_voices",
    "is_passive",
    "load_rule_rates",
    "load_speech_verbs",
    "load_voice_overrides",
    "most_spoken",
    "named_sources",
    "pair_statements",
    "rewordings",
    "rule_counts",
    "source_counts",
    "speaker_matrix",
    "subject_of",
    "text_hash",
    "voice_shares",
    "with_voice",
]
