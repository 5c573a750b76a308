"""The tables that stand beside page 04 as CSV files."""

from helpers.framing import (
    ActWordsTable,
    AgencyTable,
    AgreementTable,
    CandidatesTable,
    FramingHitsTable,
    FramingTermsTable,
    LabelsTable,
    MarkedTable,
)
from helpers.pages.exported import BY_VOICE, COUNTED_ONCE, LINE, NAMED, Export, of
from helpers.voices import VERB_CLASSES, VOICES, StatementPairsTable
from helpers.words import AlignmentsTable

__all__ = ["FRAMING"]
FRAMING = {
    "framing-called": Export(
        "04-framing",
        "a label of an entity in a report",
        {
            "entity": "name of the entity, those of it (its people), or the noun of a happening",
            "label": of(LabelsTable)["label"],
            "kinds": "how it is tied to the entity, of all its uses",
            "doc_id": "report",
        }
        | {voice: BY_VOICE[voice] for voice in (*VOICES, "n")}
        | {"reports": "reports that call it so"}
        | COUNTED_ONCE,
    ),
    "framing-agency": Export(
        "04-framing",
        "an entity in a report",
        {
            "entity": NAMED["entity"],
            "doc_id": "report",
            "acts": "acts of which it is the agent",
            "acted_on": "acts of which it is the patient",
            "left_out": "of these, acts without an agent",
            "n": "acts in all",
            "share_acts": "acts over n; NaN under five",
            "low_acts": "lower end of its exact 95 % interval",
            "high_acts": "upper end of its exact 95 % interval",
            "share_left_out": "left_out over acted_on; NaN under five",
            "low_left_out": "lower end of its exact 95 % interval",
            "high_left_out": "upper end of its exact 95 % interval",
            "outcome": "why there is no share, else empty",
        },
    ),
    "framing-acts": Export(
        "04-framing",
        "an act",
        of(AgencyTable, "doc_id start_char end_char verb form agent agent_id patient patient_id voice"),
    ),
    "framing-agency-changed": Export(
        "04-framing",
        "an act in two nearest sentences",
        {"entity": "to whom it is done: an entity, or the noun where none is named"}
        | {
            f"{name}_{side}": f"{meaning} {side}"
            for side in "ab"
            for name, meaning in (
                ("doc_id", "report"),
                ("verb", "dictionary form of the verb in"),
                ("form", "form in which it is told in"),
                ("agent", "words for who acts in"),
                ("sentence", "sentence of"),
                ("sentence_start", "first code point of the sentence in the text of"),
            )
        }
        | {"cosine": of(AlignmentsTable)["cosine"]},
    ),
    "framing-act-words": Export(
        "04-framing",
        "a word and a target",
        of(ActWordsTable, target="name of the target, or the verb that a noun stands beside"),
    ),
    "framing-marked": Export(
        "04-framing",
        "a few words in quotation marks",
        of(
            MarkedTable,
            "doc_id start_char end_char words target rule speaker",
            target=NAMED["target"],
            speaker=NAMED["speaker"],
        ),
    ),
    "framing-candidates": Export(
        "04-framing", "a word and a target", of(CandidatesTable, target=NAMED["target"])
    ),
    "framing-stances": Export(
        "04-framing",
        "a report",
        {"doc_id": "report"}
        | {name: f"spans of speech introduced by a verb of the class {name}" for name in VERB_CLASSES}
        | {
            "no_verb": "spans without a verb of the list",
            "hedged": "spans that hold a hedge or modal verb",
            "n": "spans in all",
            "share_hedged": "hedged over n; NaN under five spans",
            "low": "lower end of its exact 95 % interval",
            "high": "upper end of its exact 95 % interval",
            "outcome": "why there is no share, else empty",
        },
    ),
    "framing-stances-changed": Export(
        "04-framing",
        "a statement in two reports",
        {"event_id": "event"}
        | {
            f"{name}_{side}": f"{meaning} {side}"
            for side in "ab"
            for name, meaning in (
                ("doc_id", "report"),
                ("start_char", "first code point of the span in the text of"),
                ("cue", "reporting verb as printed in"),
                ("verb_class", "its class in"),
                ("hedges", "hedges and modal verbs inside the span of"),
            )
        }
        | of(StatementPairsTable, "n_shared dice"),
    ),
    "framing-agreement": Export("04-framing", "a layer and a value", of(AgreementTable)),
    "framing-list": Export(
        "04-framing",
        "a term and a target",
        of(FramingTermsTable, "pattern family target decided_by scope", target=NAMED["target"])
        | {"uses": "uses in the reports"}
        | of(FramingTermsTable, "source note"),
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
        | BY_VOICE,
    ),
    "framing-label-words": Export(
        "04-framing",
        "a word of labels and names in a report",
        {"word": "the word, in small letters", "doc_id": "report"} | BY_VOICE,
    ),
    "framing-speakers": Export(
        "04-framing",
        "a speaker and a target in a report",
        {"speaker": NAMED["speaker"], "target": NAMED["target"], "doc_id": "report"} | BY_VOICE,
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
            "cosine": of(AlignmentsTable)["cosine"],
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
        | of(FramingHitsTable, "doc_id surface target rule start_char end_char", target=NAMED["target"]),
    ),
    "framing-doubt-lines": Export("04-framing", "a doubtful use", LINE),
    "framing-uses": Export("04-framing", "a use of a term", LINE),
}
