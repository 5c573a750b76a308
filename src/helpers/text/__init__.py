"""Reports in, documents, sentences and words out; and the lists that users keep."""

from helpers.text.corpus import (
    CorpusError,
    CorpusWarning,
    checksum,
    load_documents,
    missing_numbers,
    read_corpus,
)
from helpers.text.expressions import regex_mend
from helpers.text.finder import find_terms, stars_mend
from helpers.text.languages import (
    STOP_WORDS,
    detected_languages,
    is_right_to_left,
    language_name,
    read_as,
    several_languages,
    stop_words,
    within_language,
)
from helpers.text.lists import has_drafts, list_cells, list_frame, list_path, load_list, rejected
from helpers.text.meaning import MOST_SENTENCES, can_read_meaning, sentence_vectors
from helpers.text.parser import parse, unparsed
from helpers.text.problems import Note, Problem, inert, is_date, printable
from helpers.text.readers import Row, read_cells
from helpers.text.segmentation import (
    longest,
    sentence_spans,
    sizes,
    split_sentences,
    tokenize,
    turns_of,
)
from helpers.text.spans import by_report, covering, overlaps, with_sentence, with_text
from helpers.text.tables import (
    ZONES,
    Documents,
    DocumentsTable,
    Notes,
    NotesTable,
    Origins,
    OriginsTable,
    Parse,
    Sentences,
    SentencesTable,
    Sizes,
    SizesTable,
    Tokens,
    Versions,
    VersionsTable,
)
from helpers.text.turns import Turn
from helpers.text.versions import find_versions
from helpers.text.webpages import Page, page_of
from helpers.text.wordforms import POSSESSIVE, normalise, words_in

__all__ = [
    "MOST_SENTENCES",
    "POSSESSIVE",
    "STOP_WORDS",
    "ZONES",
    "CorpusError",
    "CorpusWarning",
    "Documents",
    "DocumentsTable",
    "Note",
    "Notes",
    "NotesTable",
    "Origins",
    "OriginsTable",
    "Page",
    "Parse",
    "Problem",
    "Row",
    "Sentences",
    "SentencesTable",
    "Sizes",
    "SizesTable",
    "Tokens",
    "Turn",
    "Versions",
    "VersionsTable",
    "by_report",
    "can_read_meaning",
    "checksum",
    "covering",
    "detected_languages",
    "find_terms",
    "find_versions",
    "has_drafts",
    "inert",
    "is_date",
    "is_right_to_left",
    "language_name",
    "list_cells",
    "list_frame",
    "list_path",
    "load_documents",
    "load_list",
    "longest",
    "missing_numbers",
    "normalise",
    "overlaps",
    "page_of",
    "parse",
    "printable",
    "read_as",
    "read_cells",
    "read_corpus",
    "regex_mend",
    "rejected",
    "sentence_spans",
    "sentence_vectors",
    "several_languages",
    "sizes",
    "split_sentences",
    "stars_mend",
    "stop_words",
    "tokenize",
    "turns_of",
    "unparsed",
    "with_sentence",
    "with_text",
    "within_language",
    "words_in",
]
