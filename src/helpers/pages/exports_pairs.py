"""The CSV files beside pages 05 and 06: of pairs of reports, slots and differences."""

from helpers.derivation import (
    DerivationsTable,
    EvidenceTable,
    PairMeasuresTable,
    PassagesTable,
    PlacementsTable,
    SourceCountsTable,
    SourceGroupsTable,
)
from helpers.pages.exported import EACH_REPORT, PAIR, Export, of
from helpers.pairs import EventGroupsTable, SimilaritiesTable
from helpers.synopsis import (
    CoverageTable,
    DifferencesTable,
    OmissionsTable,
    SlotsTable,
    TollsTable,
    VersionChangesTable,
)

__all__ = ["PAIRS"]
PAIRS = {
    "events": Export("00-corpus", "an event", of(EventGroupsTable)),
    "similarities": Export("05-derivation", "a pair of reports", of(SimilaritiesTable)),
    "measures": Export(
        "05-derivation",
        "a pair of reports",
        of(
            PairMeasuresTable,
            "doc_id_a doc_id_b events language n_words c3 c5 c8 c5_own longest_run run_narrated run_quoted "
            "order_kept n_tiles clumping "
            "lcs_share lcs_apart letters_apart letters_rest run_share share_a share_b dense",
        ),
    ),
    "placements": Export(
        "05-derivation",
        "a pair, a reference set and a measure",
        PAIR | of(PlacementsTable),
    ),
    "traces": Export(
        "05-derivation",
        "a piece of evidence",
        of(EvidenceTable),
    ),
    "evidence": Export("05-derivation", "a piece of evidence", PAIR | of(EvidenceTable)),
    "derivations": Export(
        "05-derivation",
        "a pair of reports",
        of(
            DerivationsTable,
            "doc_id_a doc_id_b verdict share_a share_b close_to explanation direction error found",
        ),
    ),
    "percentiles": Export(
        "05-derivation",
        "a pair of reports",
        of(DerivationsTable, "doc_id_a doc_id_b evidence percentiles"),
    ),
    "independent-sources": Export("05-derivation", "an event", of(SourceCountsTable)),
    "source-groups": Export(
        "05-derivation", "a report that rests on one text with another", of(SourceGroupsTable)
    ),
    "version-changes": Export(
        "06-synopsis", "a sentence that a later version changes", of(VersionChangesTable)
    ),
    "differences": Export("06-synopsis", "a difference", of(DifferencesTable)),
    "tolls": Export("06-synopsis", "a number of people that something happened to", of(TollsTable)),
    "omissions": Export(
        "06-synopsis",
        "a fact, quotation or source that most other reports of an event have and a report lacks",
        {
            "missing in": "outlet of the report that lacks it",
            "what": of(OmissionsTable)["kind"],
            "source": "name of the source, empty for facts and quotations",
            "others that have it": "how many of the event's other reports have it, of how many",
            "for example": "outlet of a report that has it, and its words",
            "event_id": of(OmissionsTable)["event_id"],
        },
    ),
    "slots-by-outlet": Export(
        "06-synopsis",
        "a shared slot of the event with most reports",
        {
            "slot": "the slot's shortest words",
            "reports": "reports that have it",
            EACH_REPORT: "● it has the slot, ○ it has it elsewhere in its order",
        },
    ),
    "slots": Export(
        "06-synopsis",
        "a stretch of a slot",
        of(SlotsTable) | {"text": "documents.text[start_char:end_char]"},
    ),
    "coverage": Export("06-synopsis", "a report", of(CoverageTable)),
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
    "passages": Export("06-synopsis", "a pair of passages", of(PassagesTable)),
}
