"""Which words, how often, and how sure."""

from helpers.words.alignment import MOST_REPORTS, align_sentences
from helpers.words.context import concordance, find_nodes
from helpers.words.contrast import FEWEST_REPORTS, MOST_COMPARED, keyness, strongest
from helpers.words.counts import count_texts, outlet_labels
from helpers.words.dealing import smallest_p
from helpers.words.rates import (
    Floats,
    conservative_log_ratio,
    exact_p,
    informative_prior,
    log_likelihood,
    log_odds_z,
    q_values,
)
from helpers.words.stratified import MOST_STRATIFIED
from helpers.words.tables import Alignments, Concordance, Keyness, SplitHalves

__all__ = [
    "FEWEST_REPORTS",
    "MOST_COMPARED",
    "MOST_REPORTS",
    "MOST_STRATIFIED",
    "Alignments",
    "Concordance",
    "Floats",
    "Keyness",
    "SplitHalves",
    "align_sentences",
    "concordance",
    "conservative_log_ratio",
    "count_texts",
    "exact_p",
    "find_nodes",
    "informative_prior",
    "keyness",
    "log_likelihood",
    "log_odds_z",
    "outlet_labels",
    "q_values",
    "smallest_p",
    "strongest",
]
