"""The tables of framing terms and their uses."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column
from helpers.text import ZONES
from helpers.voices import VOICES

__all__ = [
    "ACT_FORMS",
    "LABEL_KINDS",
    "ActWords",
    "Agency",
    "Candidates",
    "FramingHits",
    "FramingTerms",
    "Labels",
    "Marked",
    "Stances",
]
TARGET_RULES = ("list", "scope", "attached", "grammar", "sentence", "unresolved")
ACT_FORMS = ("active", "passive", "passive without agent", "happening")
CODED_LAYERS = ("voice", "mention", "framing")
LABEL_KINDS = (
    "title",
    "premodifier",
    "apposition",
    "predicate",
    "called",
    "belonging",
    "description",
    "event word",
)


class FramingTermsTable(Table):
    """One row per framing term and target; the list is the user's, not the project's."""

    term_id: str = column("id of the term")
    pattern: str = column("word, phrase or regular expression")
    match: str = column(
        "word (any ending for a *), phrase or regex (of uses up to 100 characters)",
        isin=("word", "phrase", "regex"),
    )
    case: str = column("exact: capitals must match; fold: they need not", isin=("exact", "fold"))
    family: str = column("group the term is counted in")
    target: str = column("who or what the term is applied to (an entity_id where it has one); required")
    decided_by: str = column(
        "list: the row's word is enough; mention: only where the target is mentioned in the sentence",
        isin=("list", "mention"),
    )
    scope: str = column("event_id or doc_id the row is limited to, else empty")
    role: str = column("villain, victim, hero or empty")
    note: str = column("what to keep in mind")
    source: str = column("where the term was found")

    class Config:
        """Key."""

        unique = ("term_id", "target", "scope")


FramingTerms = Annotated[pd.DataFrame, FramingTermsTable]


class FramingHitsTable(Table):
    """One row per use of a framing term."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    surface: str = column("the words as printed")
    term_id: str = column("id of the term")
    family: str = column("group the term is counted in")
    target: str = column("who or what it is applied to, or unresolved where the context does not tell")
    rule: str = column("how the target is known: " + ", ".join(TARGET_RULES), isin=TARGET_RULES)
    zone: str = column("part of the page it stands in: " + ", ".join(ZONES), isin=ZONES)
    voice: str = column("voice it stands in: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = column("entity_id of the speaker, unknown, or empty in narration")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


FramingHits = Annotated[pd.DataFrame, FramingHitsTable]


class LabelsTable(Table):
    """One row per phrase that says what an entity is, beside its name or in the place of it."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    surface: str = column("the words as printed, without the article")
    label: str = column("the words as counted: small letters, single blanks")
    head: str = column("dictionary form of the noun that the phrase is about, or of its last word")
    entity_id: str = column("entity it is said of; happening: and a noun for what bears no name")
    kind: str = column(
        "title (before the name), premodifier (an adjective before it), apposition, predicate (X is a Y), "
        "called (calls X a Y), belonging (the X administration), description (without the name), event word",
        isin=LABEL_KINDS,
    )
    name_start: int = column("first code point of the name it is tied to; -1 without one", ge=-1)
    scare: bool = column("true where marks of quotation stand around some of these words, or all")
    zone: str = column("part of the page it stands in: " + ", ".join(ZONES), isin=ZONES)
    voice: str = column("voice it stands in: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = column("entity_id of the speaker, unknown, or empty in narration")
    outlet: str = column("outlet, or the report where the outlet is unknown")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char", "entity_id")


Labels = Annotated[pd.DataFrame, LabelsTable]


class AgencyTable(Table):
    """One row per act: a verb, who does it and to whom."""

    doc_id: str = column("report")
    start_char: int = column("first code point of the verb in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one of the verb", ge=0)
    verb: str = column("dictionary form of the verb")
    form: str = column(
        "active; passive (who acts is named); passive without agent; happening (a verb like die, by which "
        "nobody acts)",
        isin=ACT_FORMS,
    )
    agent: str = column("the words for who acts, without the article, or empty")
    agent_id: str = column("entity that these words mean or whose people they are, or empty")
    patient: str = column("the words for whom it is done to, or to whom it happens, or empty")
    patient_id: str = column("entity that these words mean or whose people they are, or empty")
    zone: str = column("part of the page it stands in: " + ", ".join(ZONES), isin=ZONES)
    voice: str = column("voice it stands in: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = column("entity_id of the speaker, unknown, or empty in narration")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Agency = Annotated[pd.DataFrame, AgencyTable]


class ActWordsTable(Table):
    """One row per word and target of an event that some outlets have and others do not."""

    event_id: str = column("event the reports are about, or unknown")
    target: str = column("entity to whom it is done; for a noun the verb it stands beside")
    family: str = column("act (a verb of what is done to the target) or noun", isin=("act", "noun"))
    word: str = column("dictionary form of the word")
    uses: int = column("uses of it for this target in the event", ge=1)
    reports: int = column("reports that use it so", ge=1)
    told_in: int = column("reports that have any word of the kind for this target", ge=1)
    outlets: int = column("outlets that use it so", ge=1)
    told_by: int = column("outlets that have any word of the kind for this target", ge=2)
    used_by: str = column("the outlets that use it so")
    instead: str = column("the commonest words of the outlets that do not use it, for the same target")
    apart: float = column("share of the outlets of told_by that do not use it", ge=0, le=1)
    doc_id: str = column("report of the first use")
    start_char: int = column("first code point of that use in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one of that use", ge=0)

    class Config:
        """Key."""

        unique = ("event_id", "target", "family", "word")


ActWords = Annotated[pd.DataFrame, ActWordsTable]


class MarkedTable(Table):
    """One row per one to three words in quotation marks that are no sentence of speech."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0, at the marks", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    words: str = column("the words between the marks")
    target: str = column("entity they are said of; empty where the grammar does not tell")
    rule: str = column("how the grammar tells the target, or empty")
    speaker: str = column("entity_id of the speaker, or unknown: then they may be the report's own marks")
    outlet: str = column("outlet, or the report where the outlet is unknown")
    zone: str = column("part of the page it stands in: " + ", ".join(ZONES), isin=ZONES)

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Marked = Annotated[pd.DataFrame, MarkedTable]


class CandidatesTable(Table):
    """One row per word and target of an event: a candidate for the list, to be decided on by a person."""

    event_id: str = column("event the reports are about, or unknown")
    target: str = column("entity that the word is said of")
    term: str = column("dictionary form of the word")
    family: str = column(
        "quality (adjective), manner (adverb), act (verb) or label (noun)",
        isin=("quality", "manner", "act", "label"),
    )
    pattern: str = column("its commonest form, in small letters")
    uses: int = column("uses for this target in the event", ge=1)
    own_voice: int = column("of these, uses in narration", ge=0)
    reports: int = column("reports that use it so", ge=1)
    outlets: int = column("outlets that use it so", ge=1)
    named_by: int = column("outlets that say anything of the target", ge=1)
    used_by: str = column("the outlets that use it so")
    doc_id: str = column("report of the first use")
    start_char: int = column("first code point of that use in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one of that use", ge=0)
    score: float = column("points by which candidates are ranked; no measure of bias")

    class Config:
        """Key."""

        unique = ("event_id", "target", "term", "family")


Candidates = Annotated[pd.DataFrame, CandidatesTable]


class StancesTable(Table):
    """One row per span of speech: the class of the verb that reports it, and the hedges inside it."""

    doc_id: str = column("report")
    start_char: int = column("first code point of the span in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one of the span", ge=0)
    voice: str = column("voice: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = column("entity_id of the speaker, or unknown")
    source: str = column("the words that name the source, as printed, or empty")
    cue: str = column("reporting verb or phrase as printed, or empty")
    verb_class: str = column("class of the cue in speech_verbs.csv, or empty")
    hedges: str = column("hedges and modal verbs inside the span, in order, with a dot between them")
    n_hedges: int = column("how many", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


Stances = Annotated[pd.DataFrame, StancesTable]


class CodedTable(Table):
    """One row per span that a coder marked; what no row covers is marked as nothing."""

    doc_id: str = column("report")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=1)
    layer: str = column("what is marked: " + ", ".join(CODED_LAYERS), isin=CODED_LAYERS)
    value: str = column("the voice; the entity_id named; the target of the framing term")
    text: str = column("documents.text[start_char:end_char], for the reader")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char", "end_char", "layer")


Coded = Annotated[pd.DataFrame, CodedTable]


class AgreementTable(Table):
    """One row per layer and value: how far two coders agree, word by word."""

    layer: str = column("what is marked: " + ", ".join(CODED_LAYERS), isin=CODED_LAYERS)
    category: str = column("every value; marked or not; or one value against all others")
    words: int = column("words of the reports that the second coder marked", ge=0)
    ours: int = column("of these, words that the pages mark so", ge=0)
    second: int = column("words that the second coder marks so", ge=0)
    equal: float = column("share of words on which both say the same; chance is not taken out", nullable=True)
    alpha: float = column("Krippendorff's alpha of nominal values: 1 perfect, 0 as by chance", nullable=True)
    low: float = column("lower end of its 95 % bootstrap interval over sentences", nullable=True)
    high: float = column("upper end of its 95 % bootstrap interval over sentences", nullable=True)
    outcome: str = column("why there is no alpha or no interval, else empty")

    class Config:
        """Key."""

        unique = ("layer", "category")


Agreement = Annotated[pd.DataFrame, AgreementTable]
