"""The tables of reports, their sentences and their words."""

from typing import Annotated

import pandas as pd

from helpers.table import Table, column

__all__ = [
    "ZONES",
    "Documents",
    "Entries",
    "Notes",
    "Origins",
    "Parse",
    "Sentences",
    "Sizes",
    "Tokens",
    "Versions",
]
ZONES = ("headline", "dateline", "byline", "body", "note", "caption", "boilerplate")


class DocumentsTable(Table):
    """One row per report, as received, with what the manifest says of it."""

    doc_id: str = column("name of the report, unique in the corpus")
    text: str = column("the file's own text; only line ends are normalised to \\n")
    event_id: str = column("event the report is about, or unknown")
    outlet: str = column("who published it, or unknown")
    published: str = column("ISO 8601 date or time of publication, as precise as it is known, or unknown")
    headline: str = column("headline as printed, or unknown")
    language: str = column("ISO 639-1 code of the language, or unknown")
    url: str = column("address it was published at, or unknown")
    outlet_evidence: str = column("how the outlet is known, or what is missing to know it")

    class Config:
        """Key."""

        unique = ("doc_id",)


Documents = Annotated[pd.DataFrame, DocumentsTable]


class SentencesTable(Table):
    """One row per sentence of a report; every letter of a report stands in one of them."""

    doc_id: str = column("report")
    paragraph_id: int = column("paragraph in the report, from 0", ge=0)
    sentence_id: int = column("sentence in the report, from 0", ge=0)
    zone: str = column("part of the page: " + ", ".join(ZONES), isin=ZONES)
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    text: str = column("documents.text[start_char:end_char]")

    class Config:
        """Key."""

        unique = ("doc_id", "sentence_id")


Sentences = Annotated[pd.DataFrame, SentencesTable]


class TokensTable(Table):
    """One row per word of a sentence; marks and markup are skipped, never deleted."""

    doc_id: str = column("report")
    sentence_id: int = column("sentence in the report, from 0", ge=0)
    token_id: int = column("token in the report, from 0", ge=0)
    token: str = column("the word as printed, without a possessive ending")
    norm: str = column("the word as counted: case-folded, NFKC, straight apostrophes")
    is_stop: bool = column("true for a function word of English")
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id", "token_id")


Tokens = Annotated[pd.DataFrame, TokensTable]


class ParseTable(Table):
    """One row per token of a sentence as a model reads it; marks are tokens too."""

    doc_id: str = column("report")
    token_id: int = column("token of the parse in the report, from 0", ge=0)
    sentence_id: int = column("sentence in the report, from 0", ge=0)
    start_char: int = column("first code point in documents.text, from 0", ge=0)
    end_char: int = column("code point after the last one in documents.text", ge=0)
    lemma: str = column("dictionary form, case-folded")
    tag: str = column("fine part of speech, in the model's tag set (English: Penn Treebank)")
    pos: str = column("part of speech, Universal Dependencies")
    dep: str = column("relation to the head, in the model's names")
    head: int = column("token_id of the head; a root is its own", ge=0)
    entity: str = column("recognised name: B- or I- and its type, empty outside")

    class Config:
        """Key."""

        unique = ("doc_id", "token_id")


Parse = Annotated[pd.DataFrame, ParseTable]


class SizesTable(Table):
    """One row per report: how long it is, and what each of its code points belongs to."""

    doc_id: str = column("report")
    paragraphs: int = column("paragraphs that hold a word", ge=0)
    sentences: int = column("sentences, in all zones", ge=0)
    tokens: int = column("words", ge=0)
    types: int = column("different words", ge=0)
    in_sentences: int = column("code points that stand in sentences", ge=0)
    code_points: int = column("code points of the file", ge=0)
    between: int = column("blanks and marks between sentences", ge=0)

    class Config:
        """Key."""

        unique = ("doc_id",)


Sizes = Annotated[pd.DataFrame, SizesTable]


class NotesTable(Table):
    """One row per remark on reading: what was guessed, or passed over."""

    file: str = column("file of the corpus")
    note: str = column("the remark")


Notes = Annotated[pd.DataFrame, NotesTable]


class EntriesTable(Table):
    """One row per file or folder of a corpus; the entries of all rows add up to those of the folder."""

    entry: str = column("its name, from the corpus folder")
    kind: str = column("file, folder, link or other", isin=("file", "folder", "link", "other"))
    entries: int = column("entries that the row stands for: itself, and all in a folder not read", ge=1)
    reports: int = column("reports that were read from it", ge=0)
    use: str = column("what it was read as, or why it was not read")

    class Config:
        """Key."""

        unique = ("entry",)


Entries = Annotated[pd.DataFrame, EntriesTable]


class OriginsTable(Table):
    """One row per field that a saved page or an export gives of a report, and where it stands there."""

    doc_id: str = column("report")
    field: str = column(
        "published, modified, language, url, outlet, headline, author, agency, section, paywall ..."
    )
    value: str = column("what is found, times as ISO 8601 with their zone where one is given")
    where: str = column("part of the file it was found in: JSON-LD, a meta element, the page as printed ...")

    class Config:
        """Key."""

        unique = ("doc_id", "field")


Origins = Annotated[pd.DataFrame, OriginsTable]


class VersionsTable(Table):
    """One row per report that is a version or a duplicate of an earlier one."""

    doc_id: str = column("report")
    version_of: str = column(
        "first report of the same address, where the text is another; empty for a duplicate"
    )
    duplicate_of: str = column("first report of nearly the same text; empty for a version")
    likeness: float = column("share of sequences of four words that both have, of all in either", ge=0, le=1)
    note: str = column("what makes the two one")

    class Config:
        """Key."""

        unique = ("doc_id",)


Versions = Annotated[pd.DataFrame, VersionsTable]
