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
from helpers.text.lists import checked, has_drafts, list_cells, list_frame, list_path, load_list, rejected
from helpers.text.parser import parse, unparsed
from helpers.text.problems import Note, Problem, inert, printable
from helpers.text.readers import Row, read_cells
from helpers.text.segmentation import (
    POSSESSIVE,
    STOP_WORDS,
    TOKEN,
    longest,
    normalise,
    sizes,
    split_sentences,
    tokenize,
)
from helpers.text.spans import by_report, covering, overlaps, with_sentence, with_text
from helpers.text.tables import (
    ZONES,
    Documents,
    DocumentsTable,
    Notes,
    NotesTable,
    Parse,
    Sentences,
    SentencesTable,
    Sizes,
    SizesTable,
    Tokens,
)

__all__ = [
    "POSSESSIVE",
    "STOP_WORDS",
    "TOKEN",
    "ZONES",
    "CorpusError",
    "CorpusWarning",
    "Documents",
    "DocumentsTable",
    "Note",
    "Notes",
    "NotesTable",
    "Parse",
    "Problem",
    "Row",
    "Sentences",
    "SentencesTable",
    "Sizes",
    "SizesTable",
    "Tokens",
    "by_report",
    "checked",
    "checksum",
    "covering",
    "find_terms",
    "has_drafts",
    "inert",
    "list_cells",
    "list_frame",
    "list_path",
    "load_documents",
    "load_list",
    "longest",
    "missing_numbers",
    "normalise",
    "overlaps",
    "parse",
    "printable",
    "read_cells",
    "read_corpus",
    "regex_mend",
    "rejected",
    "sizes",
    "split_sentences",
    "stars_mend",
    "tokenize",
    "unparsed",
    "with_sentence",
    "with_text",
]
