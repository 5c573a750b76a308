"""What things are called: listed terms, their targets and voices."""

from helpers.framing.agency import agency_changed, agency_counts, find_agency
from helpers.framing.agreement import agreement, krippendorff_alpha
from helpers.framing.candidates import FIRST, find_candidates
from helpers.framing.changed import changed_terms
from helpers.framing.comparisons import compare_reports, leave_one_out, own_voice, share_without
from helpers.framing.deeds import find_act_words
from helpers.framing.happenings import HAPPENING
from helpers.framing.labels import find_labels, label_counts
from helpers.framing.lists import load_framing_terms, neutrality_problems
from helpers.framing.marked import find_marked
from helpers.framing.reads import READS, UNLISTED
from helpers.framing.stances import find_stances, stance_counts, stances_changed
from helpers.framing.tables import (
    CODED_LAYERS,
    ActWords,
    ActWordsTable,
    Agency,
    AgencyTable,
    Agreement,
    AgreementTable,
    Candidates,
    CandidatesTable,
    Coded,
    CodedTable,
    FramingHits,
    FramingHitsTable,
    FramingTerms,
    FramingTermsTable,
    Labels,
    LabelsTable,
    Marked,
    MarkedTable,
    Stances,
    StancesTable,
)
from helpers.framing.targets import find_targets
from helpers.framing.uses import (
    UNRESOLVED,
    count_by_voice,
    doubtful_hits,
    find_framing_terms,
    label_words,
    labels_and_names,
    most_labelled,
    term_uses,
    with_label,
)

__all__ = [
    "CODED_LAYERS",
    "FIRST",
    "HAPPENING",
    "READS",
    "UNLISTED",
    "UNRESOLVED",
    "ActWords",
    "ActWordsTable",
    "Agency",
    "AgencyTable",
    "Agreement",
    "AgreementTable",
    "Candidates",
    "CandidatesTable",
    "Coded",
    "CodedTable",
    "FramingHits",
    "FramingHitsTable",
    "FramingTerms",
    "FramingTermsTable",
    "Labels",
    "LabelsTable",
    "Marked",
    "MarkedTable",
    "Stances",
    "StancesTable",
    "agency_changed",
    "agency_counts",
    "agreement",
    "changed_terms",
    "compare_reports",
    "count_by_voice",
    "doubtful_hits",
    "find_act_words",
    "find_agency",
    "find_candidates",
    "find_framing_terms",
    "find_labels",
    "find_marked",
    "find_stances",
    "find_targets",
    "krippendorff_alpha",
    "label_counts",
    "label_words",
    "labels_and_names",
    "leave_one_out",
    "load_framing_terms",
    "most_labelled",
    "neutrality_problems",
    "own_voice",
    "share_without",
    "stance_counts",
    "stances_changed",
    "term_uses",
    "with_label",
]
