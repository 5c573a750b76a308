"""The tables that stand beside the pages as CSV files: every column, and what it means."""

import re
from typing import NamedTuple

from helpers import words
from helpers.derivation import (
    DerivationsTable,
    EvidenceTable,
    PairMeasuresTable,
    PassagesTable,
    PlacementsTable,
)
from helpers.framing import FramingHitsTable, FramingTermsTable
from helpers.names import AliasesTable, DifferingNamesTable, MentionsTable, SpellingProposalsTable
from helpers.pairs import SimilaritiesTable
from helpers.synopsis import CoverageTable, DiscrepanciesTable, SlotsTable
from helpers.table import Table
from helpers.text import DocumentsTable, NotesTable, SentencesTable, SizesTable
from helpers.voices import VOICES, SourcesTable, VoiceOverridesTable, VoicesTable

__all__ = ["EXPORTS", "Export", "undeclared"]
# A column of this name stands for one column per report.
EACH_REPORT = "in <report>"
_SPREAD = {
    "uses": "uses in all reports",
    "reports": "reports that use it",
    EACH_REPORT: "uses in that report; over twelve reports have no columns of their own",
}
_BY_VOICE = {voice: f"uses in the voice {voice.replace('_', ' ')}" for voice in VOICES} | {
    "boilerplate": "uses in links to other pages",
    "n": "uses in all",
}
_NAMED = {
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
_PAIR = {"pair": "the two reports"}


class Export(NamedTuple):
    """A CSV file: the page it stands beside, what a row is, and its columns with their meanings."""

    page: str
    row: str
    columns: dict[str, str]


def _of(table: type[Table], names: str = "", **more: str) -> dict[str, str]:
    """Return columns with their meanings: those of `table` (all where none are named), and `more`."""
    own = {name: str(column.description) for name, column in table.to_schema().columns.items()}
    return {name: more.get(name) or own[name] for name in names.split() or own}


def _without(table: type[Table], *names: str) -> dict[str, str]:
    """Return the columns of a table but some."""
    return {name: meaning for name, meaning in _of(table).items() if name not in names}


EXPORTS = {
    "documents": Export("00-corpus", "a report", _without(DocumentsTable, "text")),
    "reading": Export("00-corpus", "a remark on reading", _of(NotesTable)),
    "sizes": Export("00-corpus", "a report", _of(SizesTable)),
    "outside-the-body": Export(
        "00-corpus",
        "a sentence that is not body",
        _of(SentencesTable, "doc_id zone text start_char end_char"),
    ),
    "sentences": Export(
        "00-corpus", "a sentence", _of(SentencesTable, "doc_id sentence_id zone text start_char end_char")
    ),
    "keyness": Export("01-wording", "a word of a comparison", _of(words.KeynessTable, words.DESCRIBED)),
    "planned": Export("01-wording", "a planned word of a comparison", _of(words.PlannedTable)),
    "habits": Export(
        "01-wording", "a word of all reports of an outlet and of no other", _of(words.HabitsTable)
    ),
    "effects": Export("01-wording", "a word and a voice", _of(words.EffectsTable)),
    "concordance": Export("01-wording", "a use of a word", _LINE),
    "only-in": Export(
        "01-wording",
        "a sentence near none of another outlet",
        {"event_id": "event, or unknown", "outlet": "outlet"}
        | _of(SentencesTable, "doc_id sentence_id text")
        | {"nearest": _of(words.AlignmentsTable)["cosine"] + ", the highest there is"},
    ),
    "other-measures": Export(
        "01-wording",
        "a word of a comparison",
        _of(words.KeynessTable, "event_id target term n_target n_reference")
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
    "substitutions": Export("01-wording", "a place of a substitution", _of(words.SubstitutionsTable)),
    "entities": Export("02-names", "an entity", {"entity": _NAMED["entity"]} | _SPREAD),
    "forms": Export(
        "02-names",
        "a form of an entity",
        {"entity": _NAMED["entity"], "surface": "the form", "kind": _of(MentionsTable)["kind"]} | _SPREAD,
    ),
    "names": Export(
        "02-names",
        "an entity named in a report without a name in common",
        {"event_id": "event", "entity": _NAMED["entity"]}
        | _of(DifferingNamesTable, "entity_type doc_id names n"),
    ),
    "names-in-context": Export(
        "02-names",
        "a use of such a name",
        {"entity": _NAMED["entity"]}
        | _of(words.ConcordanceTable, "doc_id start_char end_char left node right voice"),
    ),
    "titles": Export(
        "02-names",
        "a person and a title",
        {"entity": _NAMED["entity"], "honorific": "title as printed, empty for the bare name"} | _SPREAD,
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
    "proposals": Export("02-names", "a spelling to decide", _of(SpellingProposalsTable)),
    "decided": Export("02-names", "a spelling decided", _of(SpellingProposalsTable)),
    "mentions": Export(
        "02-names",
        "a mention",
        _of(MentionsTable, "doc_id start_char end_char surface")
        | {"entity": _NAMED["entity"]}
        | _of(MentionsTable, "kind honorific"),
    ),
    "unused": Export(
        "02-names",
        "a listed form that no report uses",
        _of(AliasesTable, "entity_id alias kind valid_from valid_to scope"),
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
        _of(VoicesTable, "verb_class doc_id") | {"n": "spans it introduces", "cues": "the verbs as printed"},
    ),
    "sources": Export("03-voices", "a source", _of(SourcesTable)),
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
        _of(VoicesTable, "doc_id flag")
        | {"text": "its words"}
        | {"speaker": _NAMED["speaker"]}
        | _of(VoicesTable, "source")
        | _of(VoicesTable, "start_char end_char"),
    ),
    "spans": Export(
        "03-voices",
        "a span of speech",
        _of(VoicesTable, "doc_id voice speaker source cue rule confidence", speaker=_NAMED["speaker"])
        | {"text": "its words"}
        | _of(VoicesTable, "start_char end_char"),
    ),
    "text-hashes": Export(
        "03-voices", "a report", {"doc_id": "report"} | _of(VoiceOverridesTable, "text_hash")
    ),
    "framing-list": Export(
        "04-framing",
        "a term and a target",
        _of(FramingTermsTable, "pattern family target decided_by scope", target=_NAMED["target"])
        | {"uses": "uses in the reports"}
        | _of(FramingTermsTable, "source note"),
    ),
    "framing-labels": Export(
        "04-framing",
        "a label or name in a report",
        {
            "target": _NAMED["target"],
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
        {"speaker": _NAMED["speaker"], "target": _NAMED["target"], "doc_id": "report"} | _BY_VOICE,
    ),
    "framing-own-voice": Export(
        "04-framing",
        "a target in a report",
        {
            "target": _NAMED["target"],
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
            "target": _NAMED["target"],
            "doc_id_a": "report a",
            "words_a": "terms that only the sentence of a has",
            "doc_id_b": "report b",
            "words_b": "terms that only the sentence of b has",
            "cosine": _of(words.AlignmentsTable)["cosine"],
        },
    ),
    "framing-changed-sentences": Export(
        "04-framing",
        "a target in two nearest sentences",
        {
            "target": _NAMED["target"],
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
            "target": _NAMED["target"],
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
            "target": _NAMED["target"],
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
        | _of(FramingHitsTable, "doc_id surface target rule start_char end_char", target=_NAMED["target"]),
    ),
    "framing-doubt-lines": Export("04-framing", "a doubtful use", _LINE),
    "framing-uses": Export("04-framing", "a use of a term", _LINE),
    "similarities": Export("05-derivation", "a pair of reports", _of(SimilaritiesTable)),
    "measures": Export(
        "05-derivation",
        "a pair of reports",
        _of(
            PairMeasuresTable,
            "doc_id_a doc_id_b events n_words c3 c5 c8 c5_own longest_run order_kept n_tiles clumping "
            "lcs_share lcs_apart",
        ),
    ),
    "placements": Export(
        "05-derivation",
        "a pair, a reference set and a measure",
        _PAIR | _without(PlacementsTable, "doc_id_a", "doc_id_b"),
    ),
    "traces": Export(
        "05-derivation",
        "a piece of evidence",
        _PAIR | _of(EvidenceTable, "kind supports value text_a text_b note"),
    ),
    "evidence": Export(
        "05-derivation", "a piece of evidence", _PAIR | _without(EvidenceTable, "doc_id_a", "doc_id_b")
    ),
    "derivations": Export(
        "05-derivation",
        "a pair of reports",
        _of(DerivationsTable, "doc_id_a doc_id_b verdict direction evidence"),
    ),
    "percentiles": Export(
        "05-derivation",
        "a pair of reports",
        _of(DerivationsTable, "doc_id_a doc_id_b percentiles false_alarms"),
    ),
    "differences": Export(
        "06-synopsis",
        "a difference",
        {
            "no.": "number of the difference on the page",
            "kind": _of(DiscrepanciesTable)["kind"],
            "one says": "reports and words on one side",
            "the other says": "reports and words on the other",
            "slots": _of(DiscrepanciesTable)["n_slots"],
        },
    ),
    "slots": Export(
        "06-synopsis",
        "a stretch of a slot",
        _of(SlotsTable) | {"text": "documents.text[start_char:end_char]"},
    ),
    "coverage": Export("06-synopsis", "a report", _of(CoverageTable)),
    "reuse-by-voice": Export(
        "06-synopsis",
        "a voice of a report beside another report",
        {
            "doc_id": "report",
            "other": "report compared with",
            "voice": "voice",
            "n_tokens": "words in that voice",
            "n_shared": "of these, in a run of three words or more that the other has too",
            "share": "n_shared over n_tokens",
        },
    ),
    "shared-runs": Export(
        "06-synopsis",
        "a run of words that two reports share",
        {
            "doc_id_a": "report a",
            "doc_id_b": "report b",
            "n_tokens": "words in the run",
            "text_a": "the words as printed in a",
            "start_char_a": "first code point in the text of report a",
            "start_char_b": "first code point in the text of report b",
        },
    ),
    "passages": Export("06-synopsis", "a pair of passages", _of(PassagesTable)),
}


def undeclared(name: str, columns: list[str]) -> list[str]:
    """Return the columns of a file that are not declared, or that are declared and missing there.

    >>> undeclared("coverage", ["event_id", "doc_id", "words"])[:2]
    ['words', 'n_tokens']
    """
    declared = list(EXPORTS[name].columns) if name in EXPORTS else []
    plain = list(dict.fromkeys(re.sub(r"^in .+", EACH_REPORT, column) for column in columns))
    missing = [column for column in declared if column not in plain and column != EACH_REPORT]
    return [column for column in plain if column not in declared] + missing
