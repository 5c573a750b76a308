"""Whose words these are: quotations, reported speech, sources and statements."""

from helpers.voices.lists import load_speech_verbs, load_voice_overrides
from helpers.voices.spans import find_voices, with_voice
from helpers.voices.tables import VOICES, SpeechVerbs, VoiceOverrides, Voices, VoicesTable

__all__ = [
    "VOICES",
    "SpeechVerbs",
    "VoiceOverrides",
    "Voices",
    "VoicesTable",
    "find_voices",
    "load_speech_verbs",
    "load_voice_overrides",
    "with_voice",
]
