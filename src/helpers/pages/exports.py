"""The tables that stand beside the pages as CSV files: every column, and what it means."""

import re

from helpers import words
from helpers.names import (
    AliasesTable,
    DifferingNamesTable,
    IntroductionsTable,
    MentionsTable,
    OtherScriptsTable,
    SpellingProposalsTable,
)
from helpers.pages.exported import COUNTED_ONCE, EACH_REPORT, LINE, NAMED, SPREAD, Export, of, without
from helpers.pages.exports_framing import FRAMING
from helpers.pages.exports_pairs import PAIRS
from helpers.text import (
    DocumentsTable,
    EntriesTable,
    NotesTable,
    OriginsTable,
    SentencesTable,
    SizesTable,
    VersionsTable,
)
from helpers.voices import VOICES, SourcesTable, VoiceOverridesTable, VoicesTable

__all__ = ["EXPORTS", "Export", "undeclared"]
EXPORTS: dict[str, Export] = {
    "documents": Export("00-corpus", "a report", without(DocumentsTable, "text")),
    "reading": Export("00-corpus", "a remark on reading", of(NotesTable)),
    "versions": Export("00-corpus", "a later version or a duplicate of a report", of(VersionsTable)),
    "origins": Export("00-corpus", "a field of a report, and where it was found", of(OriginsTable)),
    "folder": Export("00-corpus", "a file or folder of the corpus", of(EntriesTable)),
    "sizes": Export("00-corpus", "a report", of(SizesTable)),
    "outside-the-body": Export(
        "00-corpus",
        "a sentence that is not body",
        of(SentencesTable, "doc_id zone text start_char end_char"),
    ),
    "sentences": Export(
        "00-corpus", "a sentence", of(SentencesTable, "doc_id sentence_id zone text start_char end_char")
    ),
    "keyness": Export("01-wording", "a word of a comparison", of(words.KeynessTable, words.DESCRIBED)),
    "word-forms": Export("01-wording", "a word in several forms", of(words.WordFormsTable)),
    "planned": Export("01-wording", "a planned word of a comparison", of(words.PlannedTable)),
    "habits": Export(
        "01-wording", "a word of all reports of an outlet and of no other", of(words.HabitsTable)
    ),
    "effects": Export("01-wording", "a word and a voice", of(words.EffectsTable)),
    "concordance": Export("01-wording", "a use of a word", LINE),
    "only-in": Export(
        "01-wording",
        "a sentence near none of another outlet",
        {"event_id": "event, or unknown", "outlet": "outlet"}
        | of(SentencesTable, "doc_id sentence_id text")
        | {"nearest": of(words.AlignmentsTable)["cosine"] + ", the highest there is"},
    ),
    "other-measures": Export(
        "01-wording",
        "a word of a comparison",
        of(words.KeynessTable, "event_id target term n_target n_reference")
        | {
            "G2, 2 cells": "log-likelihood over the uses alone",
            "G2, 4 cells": "log-likelihood over the whole table of uses and other words",
            "chi2, no Yates": "Pearson's chi-squared",
            "chi2, Yates": "the same with Yates' correction",
            "Fisher p": "Fisher's exact p",
            "log ratio + 0.5": "log2 ratio of the rates, half a use added to each count",
            "z, 2 terms, flat prior 0.05": "z of the log-odds ratio, variance of two terms",
            "z, 4 terms, flat prior 0.05": "the same, variance of four terms",
        },
    ),
    "choices": Export("01-wording", "a choice of two outlets", of(words.AlternationsTable)),
    "substitutions": Export("01-wording", "a place of a substitution", of(words.SubstitutionsTable)),
    "entities": Export(
        "02-names",
        "an entity",
        {"entity": NAMED["entity"]}
        | SPREAD
        | {"inside longer names": "its mentions inside longer names of other entities, not in uses"},
    ),
    "introductions": Export(
        "02-names",
        "a person and a report that names them",
        {"entity": NAMED["entity"], "outlet": "outlet"}
        | of(IntroductionsTable, "doc_id surface honorific kind description"),
    ),
    "forms": Export(
        "02-names",
        "a form of an entity",
        {"entity": NAMED["entity"], "surface": "the form", "kind": of(MentionsTable)["kind"]} | SPREAD,
    ),
    "names": Export(
        "02-names",
        "an entity named in a report without a name in common",
        {"event_id": "event", "entity": NAMED["entity"]}
        | of(DifferingNamesTable, "entity_type doc_id names n"),
    ),
    "names-in-context": Export(
        "02-names",
        "a use of such a name",
        {"entity": NAMED["entity"]}
        | of(words.ConcordanceTable, "doc_id start_char end_char left node right voice"),
    ),
    "titles": Export(
        "02-names",
        "a person and a title",
        {"entity": NAMED["entity"], "honorific": "title as printed, empty for the bare name"} | SPREAD,
    ),
    "worklist": Export(
        "02-names",
        "a capitalised form that no list knows",
        {
            "surface": "the words as printed",
            "uses": "uses",
            "reports": "reports that use it",
            "first_in": "report of its first use",
            "start_char": "first code point of that use",
            "end_char": "code point after the last one of that use",
        },
    ),
    "proposals": Export("02-names", "a spelling to decide", of(SpellingProposalsTable)),
    "other-scripts": Export(
        "02-names", "a stretch like a name of another script", NAMED | without(OtherScriptsTable, "entity_id")
    ),
    "decided": Export("02-names", "a spelling decided", of(SpellingProposalsTable)),
    "mentions": Export(
        "02-names",
        "a mention",
        of(MentionsTable, "doc_id start_char end_char surface")
        | {"entity": NAMED["entity"]}
        | of(MentionsTable, "kind honorific"),
    ),
    "unused": Export(
        "02-names",
        "a listed form that no report uses",
        of(AliasesTable, "entity_id alias kind valid_from valid_to scope"),
    ),
    "voice-shares": Export(
        "03-voices",
        "a report",
        {"doc_id": "report"}
        | {v: f"share of its words in the voice {v.replace('_', ' ')}" for v in sorted(VOICES)},
    ),
    "speakers": Export(
        "03-voices",
        "a speaker in a report",
        of(VoicesTable, "doc_id")
        | {
            "speaker": NAMED["speaker"],
            "n": "words of the report that are the speaker's",
            "share": "share of the report's words, 0 to 1",
        },
    ),
    "verbs": Export(
        "03-voices",
        "a class of verb in a report",
        of(VoicesTable, "verb_class doc_id") | {"n": "spans it introduces", "cues": "the verbs as printed"},
    ),
    "sources": Export("03-voices", "a source", of(SourcesTable) | COUNTED_ONCE),
    "rewordings": Export(
        "03-voices",
        "a statement quoted in one report and reworded in another",
        {
            "quoted_in": "report that quotes it",
            "quotation": "its words there",
            "reworded_in": "report that rewords it",
            "rewording": "its words there",
            "only_quoted": "content words that only the quotation has",
            "only_reworded": "content words that only the rewording has",
        },
    ),
    "flagged": Export(
        "03-voices",
        "a flagged quotation",
        of(VoicesTable, "doc_id flag")
        | {"text": "its words"}
        | {"speaker": NAMED["speaker"]}
        | of(VoicesTable, "source")
        | of(VoicesTable, "start_char end_char"),
    ),
    "spans": Export(
        "03-voices",
        "a span of speech",
        of(VoicesTable, "doc_id voice speaker source cue rule confidence", speaker=NAMED["speaker"])
        | {"text": "its words"}
        | of(VoicesTable, "start_char end_char"),
    ),
    "text-hashes": Export(
        "03-voices", "a report", {"doc_id": "report"} | of(VoiceOverridesTable, "text_hash")
    ),
    **FRAMING,
} | PAIRS


def undeclared(name: str, columns: list[str]) -> list[str]:
    """Return the columns of a file that are not declared, or that are declared and missing there.

    >>> undeclared("coverage", ["event_id", "doc_id", "words"])[:2]
    ['words', 'n_tokens']
    """
    declared = list(EXPORTS[name].columns) if name in EXPORTS else []
    plain = list(dict.fromkeys(re.sub(r"^in .+", EACH_REPORT, column) for column in columns))
    missing = [column for column in declared if column not in plain and column != EACH_REPORT]
    return [column for column in plain if column not in declared] + missing
