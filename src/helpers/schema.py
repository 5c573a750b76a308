"""Every table of the project: its columns, types, key and meaning. No other room defines a column."""

from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

__all__ = ["TABLES", "Table", "conform", "data_dictionary", "empty", "from_rows"]

UNKNOWN = "unknown"
ZONES = ("headline", "dateline", "byline", "body", "boilerplate")
ENTITY_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "NORP", "GROUP", "TOPIC", "RELIGION")
ALIAS_KINDS = ("name", "adjective", "role", "label")
VERB_CLASSES = ("neutral", "assertive", "factive", "approving", "emphatic", "critical", "directive")
VERB_OBJECTS = ("indirect", "speech_act", "either", "judgement", "hearer", "source")
DISCREPANCY_KINDS = ("name", "number", "date", "title", "scope", "term")
TARGET_RULES = ("list", "scope", "attached", "sentence", "unresolved")
WORD_MARKS = ("shared", "changed")
RELATIONS = ("same", "reworded", "only here")
REUSE_TYPES = ("verbatim", "rewritten", "summarised")
REFERENCE_CLASSES = (
    "independent human translations",
    "machine against human translation",
    "two machine translations",
    "edited copies",
    "heavily edited copies",
    "same topic, other event",
)
VERDICTS = (
    "verbatim",
    "copied with edits, or two machine translations of one original",
    "undecided: translation or partial copy",
    "common original, separately translated",
    "common original, one side summarised or extended",
    "same event, separate reporting",
    "topic only",
    "too short to judge",
)
DIRECTIONS = ("a to b", "b to a", "undetermined")
EVIDENCE_KINDS = (
    "containment",
    "longest run",
    "tiles",
    "order kept",
    "common subsequence",
    "closest window",
    "quoted overlap",
    "narrated overlap",
    "formula",
    "other spelling",
    "other version",
    "other words in quotation",
    "shared rare error",
    "seam",
    "inherited error",
    "dangling reference",
    "credit line",
    "earlier time",
)
EVIDENCE_FOR = ("shared wording", "separate rendering", "dependence", "a to b", "b to a", "nothing")
FOUND_BY = ("all", "copy", "runs", "story", "vocabulary", "both")
VOICES = ("direct", "indirect", "speech_act", "narration")


def _column(meaning: str, **checks: Any) -> Any:
    """Return a pandera field whose description is the column's line in the data dictionary."""
    return pa.Field(description=meaning, **checks)


class Table(pa.DataFrameModel):
    """A table of the project: exact columns in order, coerced types, a key without duplicates."""

    class Config:
        """What every table shares; `unique`, where a table has it, is its key."""

        strict = True
        ordered = True
        coerce = True


class Documents(Table):
    """One row per report, as received, with what the manifest says of it."""

    doc_id: str = _column("name of the report, unique in the corpus")
    text: str = _column("the file's own text; only line ends are normalised to \\n")
    event_id: str = _column("event the report is about, or unknown")
    outlet: str = _column("who published it, or unknown")
    published: str = _column("ISO 8601 date or time of publication, as precise as it is known, or unknown")
    headline: str = _column("headline as printed, or unknown")
    language: str = _column("ISO 639-1 code of the language, or unknown")
    url: str = _column("address it was published at, or unknown")
    outlet_evidence: str = _column("how the outlet is known, or what is missing to know it")

    class Config:
        """Key."""

        unique = ("doc_id",)


class Sentences(Table):
    """One row per sentence of a report; every letter of a report stands in one of them."""

    doc_id: str = _column("report")
    paragraph_id: int = _column("paragraph in the report, from 0", ge=0)
    sentence_id: int = _column("sentence in the report, from 0", ge=0)
    zone: str = _column("part of the page: " + ", ".join(ZONES), isin=ZONES)
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    text: str = _column("documents.text[start_char:end_char]")

    class Config:
        """Key."""

        unique = ("doc_id", "sentence_id")


class Tokens(Table):
    """One row per word of a sentence; marks and markup are skipped, never deleted."""

    doc_id: str = _column("report")
    sentence_id: int = _column("sentence in the report, from 0", ge=0)
    token_id: int = _column("token in the report, from 0", ge=0)
    token: str = _column("the word as printed, without a possessive ending")
    norm: str = _column("the word as counted: case-folded, NFKC, straight apostrophes")
    is_stop: bool = _column("true for a function word of English")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "token_id")


class Entities(Table):
    """One row per person, place, organisation or event of the authority file."""

    entity_id: str = _column("neutral id, lower case with hyphens")
    canonical: str = _column("neutral name shown on the pages")
    entity_type: str = _column(
        "PERSON, ORG, GPE, LOC, FAC, EVENT, NORP, GROUP, TOPIC or RELIGION", isin=ENTITY_TYPES
    )
    wikidata: str = _column("Wikidata item where it is certain, else empty")

    class Config:
        """Key."""

        unique = ("entity_id",)


class Aliases(Table):
    """One row per form by which an entity is named, with the limits of its use."""

    entity_id: str = _column("entity named")
    alias: str = _column("the form as written")
    kind: str = _column("name, adjective, role or label", isin=ALIAS_KINDS)
    case: str = _column("exact: capitals must match; fold: they need not", isin=("exact", "fold"))
    valid_from: str = _column("ISO date from which the form names this entity, else empty")
    valid_to: str = _column("ISO date until which it does, else empty")
    scope: str = _column("event_id or doc_id the form is limited to, else empty")
    note: str = _column("why, in a few words")

    class Config:
        """Key."""

        unique = ("entity_id", "alias", "kind", "valid_from", "scope")


class Spellings(Table):
    """One row per spelling that was proposed for an entity, with the reader's decision."""

    surface: str = _column("the spelling as printed")
    entity_id: str = _column("entity it was proposed for")
    decision: str = _column(
        "accepted: it counts as a name from then on; rejected: it is not proposed again",
        isin=("accepted", "rejected"),
    )
    decided_by: str = _column("who decided")
    note: str = _column("why, in a few words")

    class Config:
        """Key."""

        unique = ("surface", "entity_id")


class FramingTerms(Table):
    """One row per framing term and target; the list is the user's, not the project's."""

    term_id: str = _column("id of the term")
    pattern: str = _column("word, phrase or regular expression")
    match: str = _column(
        "word (any ending for a *), phrase or regex (of uses up to 100 characters)",
        isin=("word", "phrase", "regex"),
    )
    case: str = _column("exact: capitals must match; fold: they need not", isin=("exact", "fold"))
    family: str = _column("group the term is counted in")
    target: str = _column("who or what the term is applied to (an entity_id where it has one); required")
    decided_by: str = _column(
        "list: the row's word is enough; mention: only where the target is mentioned in the sentence",
        isin=("list", "mention"),
    )
    scope: str = _column("event_id or doc_id the row is limited to, else empty")
    role: str = _column("villain, victim, hero or empty")
    note: str = _column("what to keep in mind")
    source: str = _column("where the term was found")

    class Config:
        """Key."""

        unique = ("term_id", "target", "scope")


class SpeechVerbs(Table):
    """One row per verb or phrase that reports speech, with its class."""

    lemma: str = _column("the verb")
    forms: str = _column("its forms, separated by |")
    verb_class: str = _column(
        "neutral, assertive, factive, approving, emphatic, critical or directive", isin=VERB_CLASSES
    )
    introduces: str = _column(
        "what its object is: indirect (a clause), speech_act (a noun phrase), either of the two, "
        "judgement (call X Y: indirect), hearer (whom it speaks to), source (according to X)",
        isin=VERB_OBJECTS,
    )

    class Config:
        """Key."""

        unique = ("lemma",)


class Voices(Table):
    """One row per stretch of text in one voice; what no row covers is narration."""

    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    voice: str = _column("voice: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = _column("entity_id of the speaker, or unknown")
    cue: str = _column("reporting verb or phrase as printed, or empty")
    verb_class: str = _column("class of the cue in speech_verbs.csv, or empty")
    rule: str = _column("name of the rule that decided the speaker")
    confidence: float = _column("0 to 1: how sure the rule is of the speaker", ge=0, le=1)
    flag: str = _column("scare (three words or fewer), unclosed, or empty")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class VoiceOverrides(Table):
    """One row per stretch of text whose voice or speaker the reader sets by hand."""

    text_hash: str = _column(
        "first 16 hex digits of the SHA-256 of documents.text, as voices.text_hash gives"
    )
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=1)
    voice: str = _column("voice: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = _column("entity_id of the speaker, or unknown")
    note: str = _column("why, in a few words")

    class Config:
        """Key."""

        unique = ("text_hash", "start_char")


class StatementPairs(Table):
    """One row per pair of spans of speech, in two reports of an event, that say the same in part."""

    event_id: str = _column("event both reports are about")
    doc_id_a: str = _column("report a")
    start_char_a: int = _column("first code point in the text of report a", ge=0)
    end_char_a: int = _column("code point after the last one in the text of report a", ge=0)
    voice_a: str = _column("voice in report a", isin=VOICES)
    speaker_a: str = _column("entity_id of the speaker in report a, or unknown")
    doc_id_b: str = _column("report b")
    start_char_b: int = _column("first code point in the text of report b", ge=0)
    end_char_b: int = _column("code point after the last one in the text of report b", ge=0)
    voice_b: str = _column("voice in report b", isin=VOICES)
    speaker_b: str = _column("entity_id of the speaker in report b, or unknown")
    n_shared: int = _column("content words both have, by their first six letters", ge=1)
    dice: float = _column("Dice coefficient of the two sets of content words", ge=0, le=1)
    only_a: str = _column("content words that only the span of a has")
    only_b: str = _column("content words that only the span of b has")

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b")


class Mentions(Table):
    """One row per mention of an entity; overlaps are resolved, the longest wins."""

    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    surface: str = _column("the words as printed, without a possessive ending")
    entity_id: str = _column("entity named")
    entity_type: str = _column("its type")
    kind: str = _column("name, adjective, role or label")
    honorific: str = _column("title printed before the mention, or empty")
    source: str = _column("authority, or model for an optional recogniser")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class ContestedAliases(Table):
    """One row per alias left out of a report and entity it might name there."""

    doc_id: str = _column("report")
    alias: str = _column("the form as listed")
    entity_id: str = _column("one of the entities it might name")
    valid_from: str = _column("ISO date from which it names this entity, else empty")
    valid_to: str = _column("ISO date until which it does, else empty")

    class Config:
        """Key."""

        unique = ("doc_id", "alias", "entity_id", "valid_from")


class NamingVariants(Table):
    """One row per entity, form by which it is named, and report."""

    entity_id: str = _column("entity named")
    surface: str = _column("the form in its commonest capitals, its blanks made single")
    kind: str = _column("name, adjective, role or label")
    doc_id: str = _column("report")
    n: int = _column("uses", ge=1)

    class Config:
        """Key."""

        unique = ("entity_id", "surface", "kind", "doc_id")


class DifferingNames(Table):
    """One row per entity and report of an event in which some two reports share no name of the entity."""

    event_id: str = _column("event")
    entity_id: str = _column("entity named")
    entity_type: str = _column("its type")
    doc_id: str = _column("report of the event that names it")
    names: str = _column("its names and labels there, each with its uses")
    n: int = _column("uses", ge=1)

    class Config:
        """Key."""

        unique = ("event_id", "entity_id", "doc_id")


class UnknownNames(Table):
    """One row per capitalised span that the authority does not know; never counted as a mention."""

    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    surface: str = _column("the words as printed")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class SpellingProposals(Table):
    """One row per spelling and the entity or other spelling it may stand for; proposed, never merged."""

    surface: str = _column("the spelling as printed")
    n: int = _column("its uses", ge=1)
    candidate: str = _column("the name it is like")
    entity_id: str = _column("entity of that name, or empty for another unknown spelling")
    score: float = _column("likeness of the two names, from 0 to 1", ge=0, le=1)
    band: str = _column("strong (.85 and over) or review (.75 to .85)", isin=("strong", "review"))
    why: str = _column("the parts that agree and those that do not")
    rivals: str = _column("other candidates in a band, best first")
    decision: str = _column("accepted or rejected in spellings.csv, or empty")

    class Config:
        """Key."""

        unique = ("surface", "candidate")


class FramingHits(Table):
    """One row per use of a framing term."""

    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    surface: str = _column("the words as printed")
    term_id: str = _column("id of the term")
    family: str = _column("group the term is counted in")
    target: str = _column("who or what it is applied to, or unresolved where the context does not tell")
    rule: str = _column("how the target is known: " + ", ".join(TARGET_RULES), isin=TARGET_RULES)
    zone: str = _column("part of the page it stands in: " + ", ".join(ZONES), isin=ZONES)
    voice: str = _column("voice it stands in: " + ", ".join(VOICES), isin=VOICES)
    speaker: str = _column("entity_id of the speaker, unknown, or empty in narration")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class TermCounts(Table):
    """One row per term and report."""

    doc_id: str = _column("report")
    term: str = _column("norm, or norms joined by a space")
    n: int = _column("uses", ge=1)
    rate: float = _column("uses per 1,000 tokens of the report", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "term")


class PooledCounts(Table):
    """One row per term, outlet and event: the counts that are compared."""

    event_id: str = _column("event, or unknown")
    outlet: str = _column("outlet; a report of an unknown outlet stands for itself")
    term: str = _column("norm, or norms joined by a space")
    n: int = _column("uses", ge=1)
    n_reports: int = _column("reports that use it", ge=1)

    class Config:
        """Key."""

        unique = ("event_id", "outlet", "term")


class Keyness(Table):
    """One row per term compared between a target outlet and a reference, within an event."""

    event_id: str = _column("event, or how many events were stratified")
    target: str = _column("outlet whose uses are n_target")
    reference: str = _column("outlet compared with, or how many others are pooled")
    term: str = _column("term")
    n_target: int = _column("uses in the target", ge=0)
    n_reference: int = _column("uses in the reference", ge=0)
    rate_target: float = _column("uses per 1,000 tokens in the target")
    rate_reference: float = _column("uses per 1,000 tokens in the reference")
    log_ratio: float = _column("log2 of the ratio of the rates; infinite where one count is 0")
    low: float = _column("lower end of its exact (Clopper-Pearson) 95 % interval")
    high: float = _column("upper end of its exact (Clopper-Pearson) 95 % interval")
    p_value: float = _column("exact two-sided p of equal rates, words taken as independent", ge=0, le=1)
    q_value: float = _column("p after Benjamini and Hochberg over the terms of the comparison", ge=0, le=1)
    lrc: float = _column("conservative log ratio (Evert 2022), Bonferroni over the terms of the comparison")
    z: float = _column(
        "log-odds z, 2-term variance, informative prior (Monroe and others 2008); NaN if stratified",
        nullable=True,
    )
    p_reports: float = _column(
        "p when whole reports are dealt at random; NaN under 8 reports a side", nullable=True, ge=0, le=1
    )
    q_reports: float = _column("p_reports after Benjamini and Hochberg", nullable=True, ge=0, le=1)
    flagged: bool = _column("q_reports < .05 where there is one, else q_value < .05")
    quoted_target: int = _column("uses of the target inside direct quotations", ge=0)
    narrated_target: int = _column("uses of the target outside direct quotations", ge=0)
    quoted_reference: int = _column("uses of the reference inside direct quotations", ge=0)
    narrated_reference: int = _column("uses of the reference outside direct quotations", ge=0)
    reports_target: int = _column("reports of the target that use it", ge=0)
    reports_reference: int = _column("reports of the reference that use it", ge=0)

    class Config:
        """Key."""

        unique = ("event_id", "target", "term")


class Diversity(Table):
    """One row per report and measure of its vocabulary or its sentences."""

    doc_id: str = _column("report")
    measure: str = _column("name of the measure, with its window, draw or factor")
    value: float = _column("the measure; NaN where the text is too short for it", nullable=True)
    low: float = _column("lower end of its 95 % block jackknife interval", nullable=True)
    high: float = _column("upper end of its 95 % block jackknife interval", nullable=True)
    reason: str = _column("why a value is missing, else empty")

    class Config:
        """Key."""

        unique = ("doc_id", "measure")


class Spread(Table):
    """One row per term and outlet: how evenly its uses are spread over the parts of the reports."""

    event_id: str = _column("event, or unknown")
    outlet: str = _column("outlet")
    term: str = _column("term")
    n: int = _column("uses", ge=1)
    n_parts: int = _column("parts the reports are cut into", ge=1)
    n_parts_used: int = _column("parts that use it", ge=1)
    dp: float = _column("Gries' DP (2008): 0 even, near 1 all in one small part", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("event_id", "outlet", "term")


class SplitHalves(Table):
    """One row per event: words flagged between random halves of its own pooled sentences."""

    event_id: str = _column("event, or unknown")
    n_units: int = _column("sentences (or reports, from 16 on) dealt to two halves", ge=0)
    n_tested: int = _column("words tested", ge=0)
    n_splits: int = _column("random splits", ge=0)
    mean_flagged: float = _column("words flagged per split, on average", ge=0)
    share_flagged: float = _column("share of the splits with a word flagged", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("event_id",)


class Alignments(Table):
    """One row per pair of sentences that are each other's nearest in two reports of an event."""

    event_id: str = _column("event, or unknown")
    doc_id_a: str = _column("report a")
    sentence_id_a: int = _column("sentence of report a", ge=0)
    doc_id_b: str = _column("report b")
    sentence_id_b: int = _column("sentence of report b", ge=0)
    cosine: float = _column("TF-IDF cosine of the two sentences", ge=0, le=1.000001)

    class Config:
        """Key."""

        unique = ("doc_id_a", "sentence_id_a", "doc_id_b")


class Substitutions(Table):
    """One row per place where one report has other words than its partner in an aligned sentence."""

    event_id: str = _column("event, or unknown")
    doc_id_a: str = _column("report a")
    sentence_id_a: int = _column("sentence of report a", ge=0)
    phrase_a: str = _column("words of a, as printed")
    doc_id_b: str = _column("report b")
    sentence_id_b: int = _column("sentence of report b", ge=0)
    phrase_b: str = _column("words of b, as printed")
    kind: str = _column(
        "wording, or spelling where the two words are near alike", isin=("wording", "spelling")
    )
    cosine: float = _column("TF-IDF cosine of the two sentences", ge=0, le=1.000001)
    start_char_a: int = _column("first code point of phrase_a in the text of report a", ge=0)
    end_char_a: int = _column("code point after the last one of phrase_a", ge=0)
    start_char_b: int = _column("first code point of phrase_b in the text of report b", ge=0)
    end_char_b: int = _column("code point after the last one of phrase_b", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b", "start_char_b")


class Collocates(Table):
    """One row per word that stands near a node, and outlet."""

    outlet: str = _column("outlet")
    node: str = _column("word asked for")
    term: str = _column("word near it")
    n_together: int = _column("uses of the word within the window of the node", ge=1)
    n: int = _column("uses of the word in the outlet's reports", ge=1)
    log_dice: float = _column("logDice (Rychly 2008), at most 14", le=14)

    class Config:
        """Key."""

        unique = ("outlet", "node", "term")


class Concordance(Table):
    """One row per use of a node word or phrase, in context."""

    doc_id: str = _column("report")
    sentence_id: int = _column("sentence in the report, from 0")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    left: str = _column("text before the node")
    node: str = _column("the node as printed")
    right: str = _column("text after the node")
    voice: str = _column("voice the node stands in")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char", "end_char")


class Shingles(Table):
    """One row per run of n words of a report, hashed."""

    doc_id: str = _column("report")
    position: int = _column("place of the run's first word in the report, from 0", ge=0)
    shingle: np.uint64 = _column("64-bit hash of the run")

    class Config:
        """Key."""

        unique = ("doc_id", "position")


class Candidates(Table):
    """One row per pair of reports found worth comparing, and by what."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    n_shared: int = _column("distinct shared runs of words, as far as they were counted", ge=0)
    cosine: float = _column("TF-IDF cosine of one- and two-word terms; NaN below the bound", nullable=True)
    found_by: str = _column(
        "all: every pair was taken; copy: same text; runs: runs of words that few others have; "
        "story: runs that a crowd has, a third or more of the shorter report; vocabulary: TF-IDF; "
        "both: TF-IDF and one of the two before",
        isin=FOUND_BY,
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


class Stretches(Table):
    """One row per stretch of a report that stands, run by run of words, in another one too."""

    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    other: str = _column("report that has these words too, not always in this order")
    n_words: int = _column("words in the stretch", ge=1)

    class Config:
        """Key."""

        unique = ("doc_id", "start_char", "other")


class StockTexts(Table):
    """One row per wording that stands in so many reports that it alone makes no pair of them."""

    doc_id: str = _column("first report that has it")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    text: str = _column("the wording as printed there")
    n_reports: int = _column("different texts that have its commonest run of words", ge=1)
    n_outlets: int = _column("outlets that have it", ge=1)

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class Pairs(Table):
    """One row per unordered pair of reports."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    c3_a: float = _column(
        "share of the distinct word 3-grams of a that the other has too; NaN where a has none", nullable=True
    )
    c3_b: float = _column(
        "share of the distinct word 3-grams of b that the other has too; NaN where b has none", nullable=True
    )
    c5_a: float = _column(
        "share of the distinct word 5-grams of a that the other has too; NaN where a has none", nullable=True
    )
    c5_b: float = _column(
        "share of the distinct word 5-grams of b that the other has too; NaN where b has none", nullable=True
    )
    c8_a: float = _column(
        "share of the distinct word 8-grams of a that the other has too; NaN where a has none", nullable=True
    )
    c8_b: float = _column(
        "share of the distinct word 8-grams of b that the other has too; NaN where b has none", nullable=True
    )
    longest_run: int = _column("tokens in the longest shared run")
    order_kept: float = _column(
        "share of pairs of shared tiles in the same order; NaN under two tiles", nullable=True
    )
    n_tiles: int = _column("tiles: shared runs of three words or more, no word in two of them", ge=0)
    tile_share_a: float = _column("share of the words of a in tiles; NaN without words", nullable=True)
    tile_share_b: float = _column("share of the words of b in tiles; NaN without words", nullable=True)
    mean_tile: float = _column("mean length of the tiles in words; NaN without tiles", nullable=True)
    lcs_share: float = _column(
        "longest common subsequence of words over the mean length; NaN without words", nullable=True
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


class Passages(Table):
    """One row per pair of aligned passages."""

    doc_id_a: str = _column("report a")
    start_char_a: int = _column("first code point in the text of report a", ge=0)
    end_char_a: int = _column("code point after the last one in the text of report a", ge=0)
    doc_id_b: str = _column("report b")
    start_char_b: int = _column("first code point in the text of report b", ge=0)
    end_char_b: int = _column("code point after the last one in the text of report b", ge=0)
    n_tokens: int = _column("tokens of the shorter side")
    reuse_type: str = _column("reuse: " + ", ".join(REUSE_TYPES), isin=REUSE_TYPES)

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b", "start_char_b")


class Slots(Table):
    """One row per stretch of a report in a slot: what the reports of an event say in the same place."""

    event_id: str = _column("event")
    slot_id: int = _column("slot of the event, in reading order from 0", ge=0)
    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    n_tokens: int = _column("words of the stretch", ge=1)
    relation: str = _column("relation to the slot's other reports: " + ", ".join(RELATIONS), isin=RELATIONS)
    moved: bool = _column("true if it stands elsewhere than the order of the other slots has it")
    follows: int = _column("slot that stands before it in its own report; -1 at the start", ge=-1)
    likeness: float = _column("cosine with the nearest other stretch of the slot; 0 if alone", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("event_id", "slot_id", "doc_id")


class Marks(Table):
    """One row per run of words of a shared slot that its nearest partner shares, or has others for."""

    event_id: str = _column("event")
    slot_id: int = _column("slot of the event", ge=0)
    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    mark: str = _column("mark: " + ", ".join(WORD_MARKS), isin=WORD_MARKS)
    partner: str = _column("report compared with: the one of the slot that shares most words")
    partner_words: str = _column("the partner's words there")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class Readings(Table):
    """One row per piece of a slot as it is read: the pieces of a stretch in order give its text."""

    event_id: str = _column("event")
    slot_id: int = _column("slot of the event", ge=0)
    doc_id: str = _column("report")
    start_char: int = _column("first code point in documents.text, from 0", ge=0)
    end_char: int = _column("code point after the last one in documents.text", ge=0)
    text: str = _column("documents.text[start_char:end_char]")
    quoted: bool = _column("true inside a direct quotation")
    mark: str = _column("shared, changed, or empty")
    partner: str = _column("report compared with, or empty")
    partner_words: str = _column("the partner's words there, or empty")
    differences: str = _column("numbers of the discrepancies whose words end here, or empty")

    class Config:
        """Key."""

        unique = ("doc_id", "start_char")


class Coverage(Table):
    """One row per report: how many of its words the slots of its event hold, shared or not."""

    event_id: str = _column("event")
    doc_id: str = _column("report")
    n_tokens: int = _column("words of the report", ge=0)
    n_shared: int = _column("words in slots that another report has too", ge=0)
    n_only_here: int = _column("words in slots of this report alone", ge=0)
    n_outside: int = _column("words of bylines and boilerplate, which are not aligned", ge=0)
    n_moved: int = _column("words in shared slots that stand elsewhere", ge=0)
    share: float = _column("n_shared over the words aligned; NaN without any", nullable=True)

    class Config:
        """Key."""

        unique = ("doc_id",)


class Discrepancies(Table):
    """One row per difference between two reports of an event, or within one report (a spelling switch)."""

    event_id: str = _column("event")
    slot_id: int = _column("slot of the event in which it stands first", ge=0)
    doc_id_a: str = _column("report a")
    start_char_a: int = _column("first code point in the text of report a", ge=0)
    end_char_a: int = _column("code point after the last one in the text of report a", ge=0)
    doc_id_b: str = _column("report b; the same as a where one report spells a name in two ways")
    start_char_b: int = _column("first code point in the text of report b", ge=0)
    end_char_b: int = _column("code point after the last one in the text of report b", ge=0)
    kind: str = _column("kind: " + ", ".join(DISCREPANCY_KINDS), isin=DISCREPANCY_KINDS)
    text_a: str = _column("words of a")
    text_b: str = _column("words of b")
    others_a: str = _column("reports of the slot with the words of a, besides a, joined by commas")
    others_b: str = _column("reports of the slot with the words of b, besides b, joined by commas")
    n_slots: int = _column("slots of the event in which reports differ so", ge=1)

    class Config:
        """Key."""

        unique = ("doc_id_a", "start_char_a", "doc_id_b", "start_char_b", "kind")


class Similarities(Table):
    """One row per pair of reports, by subject."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    cosine: float = _column("TF-IDF cosine of their content words", ge=0, le=1)
    closeness: float = _column("cosine over what the two reports show with all others; 1 is average", ge=0)
    events: str = _column(
        "whether the manifest gives both one event: same, different or unknown",
        isin=("same", "different", UNKNOWN),
    )
    days_apart: float = _column("days between their dates; NaN where a day is not known", nullable=True)

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


class EventProposals(Table):
    """One row per report: the event it would be put under by its words and date. Never accepted silently."""

    doc_id: str = _column("report")
    proposed_event: str = _column("with- and the first report of the group")
    nearest: str = _column("the report nearest to it")
    cosine: float = _column("TF-IDF cosine with the nearest")

    class Config:
        """Key."""

        unique = ("doc_id",)


class PairMeasures(Table):
    """One row per pair of reports: its shared wording as the verdicts and reference classes measure it."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    events: str = _column(
        "whether the manifest gives both one event: same, different or unknown",
        isin=("same", "different", UNKNOWN),
    )
    n_words: int = _column("words of the shorter report", ge=0)
    c3: float = _column("larger of c3_a and c3_b", nullable=True)
    c5: float = _column("larger of c5_a and c5_b", nullable=True)
    c8: float = _column("larger of c8_a and c8_b", nullable=True)
    c3_own: float = _column("c3 without the 3-grams that reports of other events have too", nullable=True)
    c5_own: float = _column("c5 without the 5-grams that reports of other events have too", nullable=True)
    c5_narrated: float = _column("c5 of the words outside direct quotation", nullable=True)
    longest_run: int = _column("words in the longest shared run", ge=0)
    run_narrated: int = _column("most words outside quotation in one shared run", ge=0)
    order_kept: float = _column("share of pairs of tiles in the same order; NaN under two", nullable=True)
    n_tiles: int = _column("shared runs of three words or more, no word in two of them", ge=0)
    mean_tile: float = _column("mean length of the tiles in words; NaN without tiles", nullable=True)
    tile_share: float = _column("share of words in tiles, the larger of both sides", nullable=True)
    clumping: float = _column(
        "mean_tile over two words, divided by the root of tile_share: how long the runs are for their share",
        nullable=True,
    )
    lcs_share: float = _column("longest common subsequence over the mean length", nullable=True)
    window: float = _column(
        "largest share of the 3-grams of 60 words in a row found in the other report", nullable=True
    )

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


class ReferenceQuantiles(Table):
    """One row per reference class, set, measure and length: where pairs of known history stand."""

    reference_class: str = _column(
        "what is known of the pairs: " + "; ".join(REFERENCE_CLASSES), isin=REFERENCE_CLASSES
    )
    language: str = _column("language translated from, or en")
    data_set: str = _column("corpus the pairs are from; data/reference/README.md names the source")
    measure: str = _column("column of the pairs table; c3, c5 and c8 are the larger of both directions")
    n_words: int = _column("words per side", ge=1)
    n_pairs: int = _column("pairs measured; they overlap where the corpus is small", ge=1)
    n_distinct: float = _column("how many pairs of that length the corpus holds without overlap", ge=0)
    minimum: float = _column("smallest value")
    p01: float = _column("value below which 1 % of the pairs stand")
    p05: float = _column("5 %")
    p10: float = _column("10 %")
    p25: float = _column("25 %")
    p50: float = _column("median")
    p75: float = _column("75 %")
    p90: float = _column("90 %")
    p95: float = _column("95 %")
    p99: float = _column("99 %")
    maximum: float = _column("largest value")

    class Config:
        """Key."""

        unique = ("reference_class", "data_set", "measure", "n_words")


class ErrorRates(Table):
    """One row per reference set and length: how often the verdicts call it a copy."""

    reference_class: str = _column("what is known of the pairs")
    language: str = _column("language translated from, or en")
    data_set: str = _column("corpus the pairs are from")
    n_words: int = _column("words per side", ge=1)
    n_pairs: int = _column("pairs judged", ge=1)
    n_distinct: float = _column("how many pairs of that length the corpus holds without overlap", ge=0)
    copied: float = _column(
        "share called verbatim or copied, by lines drawn without this language", ge=0, le=1
    )
    undecided: float = _column("share left undecided by the same lines", ge=0, le=1)

    class Config:
        """Key."""

        unique = ("reference_class", "data_set", "n_words")


class Placements(Table):
    """One row per pair of reports, reference set and measure: the pair's place in the set."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    reference_class: str = _column("what is known of the reference pairs")
    language: str = _column("language translated from, or en")
    data_set: str = _column("corpus the reference pairs are from")
    measure: str = _column("measure compared")
    n_words: int = _column("length compared at: that of the shorter report, 650 at most", ge=1)
    value: float = _column("the pair's value")
    percentile: float = _column("percentage of the reference pairs below it", ge=0, le=100)
    p05: float = _column("lower end of the set's band: 5 % stand below")
    p50: float = _column("the set's median")
    p95: float = _column("upper end of the set's band: 5 % stand above")

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b", "data_set", "reference_class", "measure")


class Evidence(Table):
    """One row per piece of evidence on a pair; an empty span says that there is none on that side."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    kind: str = _column("what was found: " + ", ".join(EVIDENCE_KINDS), isin=EVIDENCE_KINDS)
    supports: str = _column("what it speaks for: " + ", ".join(EVIDENCE_FOR), isin=EVIDENCE_FOR)
    value: float = _column("its measure, or NaN where it is not a number", nullable=True)
    start_char_a: int = _column("first code point in the text of report a", ge=0)
    end_char_a: int = _column("code point after the last one in the text of report a", ge=0)
    start_char_b: int = _column("first code point in the text of report b", ge=0)
    end_char_b: int = _column("code point after the last one in the text of report b", ge=0)
    text_a: str = _column("words of a")
    text_b: str = _column("words of b")
    note: str = _column("why it counts, in a few words")


class Derivations(Table):
    """One row per pair judged."""

    doc_id_a: str = _column("report a")
    doc_id_b: str = _column("report b")
    events: str = _column("whether the manifest gives both one event: same, different or unknown")
    n_words: int = _column("words of the shorter report", ge=0)
    c5: float = _column("larger of c5_a and c5_b; NaN for a report under five words", nullable=True)
    c5_own: float = _column("the same without the 5-grams that reports of other events have", nullable=True)
    clumping: float = _column("length of the shared runs for the share of words in them", nullable=True)
    lower_line: float = _column("c5 above which separate translation is not claimed", nullable=True)
    upper_line: float = _column("c5_own above which copying may be called", nullable=True)
    clumping_line: float = _column("clumping above which it is called then", nullable=True)
    verdict: str = _column("what the evidence supports: " + "; ".join(VERDICTS), isin=VERDICTS)
    direction: str = _column("a to b, b to a, or undetermined", isin=DIRECTIONS)
    evidence: str = _column("the evidence in a sentence")
    percentiles: str = _column("place of c5 in each named reference set")
    false_alarms: str = _column("how often independent translations of this length were called copies")

    class Config:
        """Key."""

        unique = ("doc_id_a", "doc_id_b")


TABLES: tuple[type[Table], ...] = (
    Documents,
    Sentences,
    Tokens,
    Entities,
    Aliases,
    Spellings,
    FramingTerms,
    SpeechVerbs,
    Voices,
    VoiceOverrides,
    StatementPairs,
    Mentions,
    ContestedAliases,
    NamingVariants,
    DifferingNames,
    UnknownNames,
    SpellingProposals,
    FramingHits,
    TermCounts,
    PooledCounts,
    Keyness,
    Spread,
    Diversity,
    SplitHalves,
    Alignments,
    Substitutions,
    Concordance,
    Similarities,
    EventProposals,
    Shingles,
    Collocates,
    Candidates,
    Stretches,
    StockTexts,
    Pairs,
    Passages,
    Slots,
    Marks,
    Readings,
    Coverage,
    Discrepancies,
    PairMeasures,
    ReferenceQuantiles,
    ErrorRates,
    Placements,
    Evidence,
    Derivations,
)


def conform(frame: pd.DataFrame, table: type[Table]) -> pd.DataFrame:
    """Return `frame` as `table`: its columns in order, its types, its key checked.

    Columns the table does not know are dropped. Raises pandera's SchemaErrors, with every
    missing column, wrong value and repeated key at once.
    """
    schema = table.to_schema()
    known = frame[[name for name in schema.columns if name in frame.columns]].reset_index(drop=True)
    # `known` is ours: checked in place, a table of millions of rows is not held twice.
    return schema.validate(known, lazy=True, inplace=True)


def empty(table: type[Table]) -> pd.DataFrame:
    """Return the table without rows, typed."""
    return from_rows([], table)


def from_rows(rows: list[tuple[object, ...]], table: type[Table]) -> pd.DataFrame:
    """Return the table made of `rows`, whose values stand in the order of the table's columns."""
    columns = list(table.to_schema().columns)
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    return conform(pd.DataFrame(dict(zip(columns, map(list, values), strict=True))), table)


def data_dictionary() -> str:
    """Return the Markdown data dictionary of all tables, as kept in data/README.md."""
    lines = ["# Data dictionary", "", "Generated from `src/helpers/schema.py` by `make dictionary`."]
    for table in TABLES:
        columns = table.to_schema().columns
        lines += ["", f"## {table.__name__}", "", str(table.__doc__)]
        lines += ["", "| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| {name} | {_type_name(column)} | {column.description} |" for name, column in columns.items()
        ]
    return "\n".join(lines) + "\n"


def _type_name(column: pa.Column) -> str:
    """Return the short name of a column's type: str, int, float or bool."""
    kind = np.dtype(object) if "str" in str(column.dtype) else np.dtype(str(column.dtype))
    return {"O": "str", "i": "int", "u": "int", "f": "float", "b": "bool"}[kind.kind]


if __name__ == "__main__":
    print(data_dictionary(), end="")
