"""Which words, how often, and how sure."""

from helpers.words.alignment import MOST_REPORTS, align_sentences, find_unpartnered
from helpers.words.by_report import deal_reports, funnel_points
from helpers.words.context import concordance, find_collocates, find_nodes, sort_concordance
from helpers.words.contrast import (
    FEWEST_REPORTS,
    MOST_COMPARED,
    keyness,
    lockwords,
    other_measures,
    strongest,
    top_terms,
    with_headings,
)
from helpers.words.counts import (
    count_terms,
    count_texts,
    most_using,
    outlet_labels,
    place_quotations,
    place_terms,
    pool_counts,
    rate_matrix,
    report_labels,
)
from helpers.words.dealing import smallest_p
from helpers.words.halves import split_halves
from helpers.words.rates import (
    Floats,
    conservative_log_ratio,
    exact_interval,
    exact_p,
    informative_prior,
    log_likelihood,
    log_odds_z,
    q_values,
)
from helpers.words.richness import measure_diversity, measure_spread
from helpers.words.stratified import MOST_STRATIFIED, stratified_keyness
from helpers.words.substitutions import commonest, find_substitutions, group_substitutions
from helpers.words.tables import (
    Alignments,
    AlignmentsTable,
    Concordance,
    ConcordanceTable,
    Keyness,
    KeynessTable,
    PooledCounts,
    SplitHalves,
    Substitutions,
    SubstitutionsTable,
)

__all__ = [
    "FEWEST_REPORTS",
    "MOST_COMPARED",
    "MOST_REPORTS",
    "MOST_STRATIFIED",
    "Alignments",
    "AlignmentsTable",
    "Concordance",
    "ConcordanceTable",
    "Floats",
    "Keyness",
    "KeynessTable",
    "PooledCounts",
    "SplitHalves",
    "Substitutions",
    "SubstitutionsTable",
    "align_sentences",
    "commonest",
    "concordance",
    "conservative_log_ratio",
    "count_terms",
    "count_texts",
    "deal_reports",
    "exact_interval",
    "exact_p",
    "find_collocates",
    "find_nodes",
    "find_substitutions",
    "find_unpartnered",
    "funnel_points",
    "group_substitutions",
    "informative_prior",
    "keyness",
    "lockwords",
    "log_likelihood",
    "log_odds_z",
    "measure_diversity",
    "measure_spread",
    "most_using",
    "other_measures",
    "outlet_labels",
    "place_quotations",
    "place_terms",
    "pool_counts",
    "q_values",
    "rate_matrix",
    "report_labels",
    "smallest_p",
    "sort_concordance",
    "split_halves",
    "stratified_keyness",
    "strongest",
    "top_terms",
    "with_headings",
]
