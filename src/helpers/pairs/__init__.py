"""Which reports are worth comparing: shared runs of words, alike vocabulary, subjects."""

from helpers.pairs.candidates import (
    NEAREST,
    WHOLE_EVENT,
    EventPairs,
    Found,
    as_candidates,
    chosen_path,
    event_pairs,
    find_pairs,
    shared_pairs,
)
from helpers.pairs.distinct import number_texts
from helpers.pairs.engines import (
    duckdb_pairs,
    spark_fingerprints,
    spark_pairs,
    spark_session,
    write_fingerprints,
)
from helpers.pairs.events import CHANCE_LINE, event_groups, propose_events
from helpers.pairs.fingerprints import Hashes, batches, roll, word_hashes
from helpers.pairs.meaning import ALONE, SURE, Meaning, nearest_meanings, pair_by_meaning, read_meaning
from helpers.pairs.products import CELLS, products_between
from helpers.pairs.runs import SHINGLE, Shared, join_in_memory, worthwhile
from helpers.pairs.stock import without_endings
from helpers.pairs.tables import (
    EventGroups,
    EventGroupsTable,
    MeantPairs,
    MeantPairsTable,
    NearPairs,
    NearPairsTable,
    Similarities,
    SimilaritiesTable,
)
from helpers.pairs.topics import (
    chance_parts,
    compare_topics,
    leading_reports,
    outranked,
    similarity_matrix,
)
from helpers.pairs.vocabulary import COSINE, tfidf_pairs

__all__ = [
    "ALONE",
    "CELLS",
    "CHANCE_LINE",
    "COSINE",
    "NEAREST",
    "SHINGLE",
    "SURE",
    "WHOLE_EVENT",
    "EventGroups",
    "EventGroupsTable",
    "EventPairs",
    "Found",
    "Hashes",
    "Meaning",
    "MeantPairs",
    "MeantPairsTable",
    "NearPairs",
    "NearPairsTable",
    "Shared",
    "Similarities",
    "SimilaritiesTable",
    "as_candidates",
    "batches",
    "chance_parts",
    "chosen_path",
    "compare_topics",
    "duckdb_pairs",
    "event_groups",
    "event_pairs",
    "find_pairs",
    "join_in_memory",
    "leading_reports",
    "nearest_meanings",
    "number_texts",
    "outranked",
    "pair_by_meaning",
    "products_between",
    "propose_events",
    "read_meaning",
    "roll",
    "shared_pairs",
    "similarity_matrix",
    "spark_fingerprints",
    "spark_pairs",
    "spark_session",
    "tfidf_pairs",
    "without_endings",
    "word_hashes",
    "worthwhile",
    "write_fingerprints",
]
