"""The tables that stand beside the pages as CSV files: every column, and what it means."""

import re

from helpers import words
from helpers.framing import FramingHitsTable, FramingTermsTable
from helpers.names import AliasesTable, DifferingNamesTable, MentionsTable, SpellingProposalsTable
from helpers.pages.declared import EACH_REPORT, Export, columns_of, without
from helpers.pages.exports_pairs import PAIRS
from helpers.text import DocumentsTable, NotesTable, SentencesTable, SizesTable
from helpers.voices import VOICES, SourcesTable, VoiceOverridesTable, VoicesTable

__all__ = ["EXPORTS", "Export", "undeclared"]
_SPREAD = {
    "uses": "uses in all reports",
    "reports": "reports that use it",
    EACH_REPORT: "uses in that report; over twelve reports have no columns of their own",
}
_BY_VOICE = {voice: f"uses in the voice {voice.replace('_', ' ')}" for voice in VOICES} | {
    "boilerplate": "uses in links to other pages",
    "n": "uses in all",
}
NAMED = {
    "entity": "name of the entity",
    "target": "who or what the term is applied to, by name",
    "speaker": "name of the speaker, unknown, or the report itself",
}
_LINE = {
    "report": "report",
    "left": "text before the node",
    "node": "the node as printed",
    "right": "text after the node",
    "voice": "voice the node stands in",
    "characters": "first code point in documents.text and the one after the last, counted from 0",
}


EXPORTS = {
    "documents": Export("00-corpus", "a report", without(DocumentsTable, "text")),
    "reading": Export("00-corpus", "a remark on reading", columns_of(NotesTable)),
    "sizes": Export("00-corpus", "a report", columns_of(SizesTable)),
    "outside-the-body": Export(
        "00-corpus",
        "a sentence that is not body",
        columns_of(SentencesTable, "doc_id zone text start_char end_char"),
    ),
    "sentences": Export(
        "00-corpus",
        "a sentence",
        columns_of(SentencesTable, "doc_id sentence_id zone text start_char end_char"),
    ),
    "keyness": Export(
        "01-wording", "a word of a comparison", columns_of(words.KeynessTable, words.DESCRIBED)
    ),
    "planned": Export("01-wording", "a planned word of a comparison", columns_of(words.PlannedTable)),
    "habits": Export(
        "01-wording", "a word of all reports of an outlet and of no other", columns_of(words.HabitsTable)
    ),
    "effects": Export("01-wording", "a word and a voice", columns_of(words.EffectsTable)),
    "concordance": Export("01-wording", "a use of a word", _LINE),
    "only-in": Export(
        "01-wording",
        "a sentence near none of another outlet",
        {"event_id": "event, or unknown", "outlet": "outlet"}
        | columns_of(SentencesTable, "doc_id sentence_id text")
        | {"nearest": columns_of(words.AlignmentsTable)["cosine"] + ", the highest there is"},
    ),
    "other-measures": Export(
        "01-wording",
        "a word of a comparison",
        columns_of(words.KeynessTable, "event_id target term n_target n_reference")
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
    "substitutions": Export("01-wording", "a place of a substitution", columns_of(words.SubstitutionsTable)),
    "entities": Export("02-names", "an entity", {"entity": NAMED["entity"]} | _SPREAD),
    "forms": Export(
        "02-names",
        "a form of an entity",
        {"entity": NAMED["entity"], "surface": "the form", "kind": columns_of(MentionsTable)["kind"]}
        | _SPREAD,
    ),
    "names": Export(
        "02-names",
        "an entity named in a report without a name in common",
        {"event_id": "event", "entity": NAMED["entity"]}
        | columns_of(DifferingNamesTable, "entity_type doc_id names n"),
    ),
    "names-in-context": Export(
        "02-names",
        "a use of such a name",
        {"entity": NAMED["entity"]}
        | columns_of(words.ConcordanceTable, "doc_id start_char end_char left node right voice"),
    ),
    "titles": Export(
        "02-names",
        "a person and a title",
        {"entity": NAMED["entity"], "honorific": "title as printed, empty for the bare name"} | _SPREAD,
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
    "proposals": Export("02-names", "a spelling to decide", columns_of(SpellingProposalsTable)),
    "decided": Export("02-names", "a spelling decided", columns_of(SpellingProposalsTable)),
    "mentions": Export(
        "02-names",
        "a mention",
        columns_of(MentionsTable, "doc_id start_char end_char surface")
        | {"entity": NAMED["entity"]}
        | columns_of(MentionsTable, "kind honorific"),
    ),
    "unused": Export(
        "02-names",
        "a listed form that no report uses",
        columns_of(AliasesTable, "entity_id alias kind valid_from valid_to scope"),
    ),
    "voice-shares": Export(
        "03-voices",
        "a report",
        {"doc_id": "report"}
        | {v: f"share of its words in the voice {v.replace('_', ' ')}" for v in sorted(VOICES)},
    ),
    "verbs": Export(
        "03-voices",
        "a class of verb in a report",
        columns_of(VoicesTable, "verb_class doc_id")
        | {"n": "spans it introduces", "cues": "the verbs as printed"},
    ),
    "sources": Export("03-voices", "a source", columns_of(SourcesTable)),
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
        columns_of(VoicesTable, "doc_id flag")
        | {"text": "its words"}
        | {"speaker": NAMED["speaker"]}
        | columns_of(VoicesTable, "source")
        | columns_of(VoicesTable, "start_char end_char"),
    ),
    "spans": Export(
        "03-voices",
        "a span of speech",
        columns_of(VoicesTable, "doc_id voice speaker source cue rule confidence", speaker=NAMED["speaker"])
        | {"text": "its words"}
        | columns_of(VoicesTable, "start_char end_char"),
    ),
    "text-hashes": Export(
        "03-voices", "a report", {"doc_id": "report"} | columns_of(VoiceOverridesTable, "text_hash")
    ),
    "framing-list": Export(
        "04-framing",
        "a term and a target",
        columns_of(FramingTermsTable, "pattern family target decided_by scope", target=NAMED["target"])
        | {"uses": "uses in the reports"}
        | columns_of(FramingTermsTable, "source note"),
    ),
    "framing-labels": Export(
        "04-framing",
        "a label or name in a report",
        {
            "target": NAMED["target"],
            "label": "the words in their commonest capitals",
            "family": "label, or the kind of a plain mention",
            "doc_id": "report",
        }
        | _BY_VOICE,
    ),
    "framing-label-words": Export(
        "04-framing",
        "a word of labels and names in a report",
        {"word": "the word, in small letters", "doc_id": "report"} | _BY_VOICE,
    ),
    "framing-speakers": Export(
        "04-framing",
        "a speaker and a target in a report",
        {"speaker": NAMED["speaker"], "target": NAMED["target"], "doc_id": "report"} | _BY_VOICE,
    ),
    "framing-own-voice": Export(
        "04-framing",
        "a target in a report",
        {
            "target": NAMED["target"],
            "doc_id": "report",
            "quoted": "uses in direct quotation",
            "reworded": "uses ascribed to a speaker in other ways",
            "own": "uses in the report's own voice",
            "n": "uses in all",
            "share_own": "own over n; NaN under five uses",
            "low": "lower end of its exact 95 % interval",
            "high": "upper end of its exact 95 % interval",
            "outcome": "why there is no share, else empty",
        },
    ),
    "framing-changed": Export(
        "04-framing",
        "a target in two nearest sentences",
        {
            "target": NAMED["target"],
            "doc_id_a": "report a",
            "words_a": "terms that only the sentence of a has",
            "doc_id_b": "report b",
            "words_b": "terms that only the sentence of b has",
            "cosine": columns_of(words.AlignmentsTable)["cosine"],
        },
    ),
    "framing-changed-sentences": Export(
        "04-framing",
        "a target in two nearest sentences",
        {
            "target": NAMED["target"],
            "words_a": "terms that only the sentence of a has",
            "words_b": "terms that only the sentence of b has",
            "sentence_a": "sentence of a",
            "sentence_b": "sentence of b",
            "start_char_a": "first code point of the sentence in the text of a",
            "start_char_b": "first code point of the sentence in the text of b",
            "reports": "the two reports",
        },
    ),
    "framing-compared": Export(
        "04-framing",
        "an event and a target",
        {
            "event_id": "event",
            "target": NAMED["target"],
            "reports": "reports compared",
            "n": "uses in all of them",
            "most": "report with the highest rate",
            "rate_most": "its uses per 1,000 words",
            "least": "report with the lowest rate",
            "rate_least": "its uses per 1,000 words",
            "outcome": "what the counts support",
        },
    ),
    "framing-without": Export(
        "04-framing",
        "a target in a report with five uses or more",
        {
            "target": NAMED["target"],
            "doc_id": "report",
            "n": "uses in all",
            "share_own": "share in the report's own voice",
            "lowest": "the lowest share without one of the terms",
            "without_lowest": "that term",
            "highest": "the highest share without one of the terms",
            "without_highest": "that term",
        },
    ),
    "framing-doubts": Export(
        "04-framing",
        "a doubtful use",
        {"reason": "why it may be false"}
        | columns_of(
            FramingHitsTable, "doc_id surface target rule start_char end_char", target=NAMED["target"]
        ),
    ),
    "framing-doubt-lines": Export("04-framing", "a doubtful use", _LINE),
    "framing-uses": Export("04-framing", "a use of a term", _LINE),
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
