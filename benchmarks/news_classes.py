"""News of known history for data/reference: independent reports of one event, and edited agency copies.

A folder holds reports.jsonl with doc_id, event_id, outlet and text; its outlets report each event apart.
Pairs read by a person and found to share a text are left out of the independent ones. What the copies are is
told in agency_copies.py.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pandas as pd
from agency_copies import copies_of

from helpers.derivation import REFERENCE_CLASSES, Compared, PairMeasures, measure_pairs
from helpers.names import MentionsTable
from helpers.table import UNKNOWN, conform, empty
from helpers.text import Documents, DocumentsTable, split_sentences, tokenize
from helpers.voices import Voices, find_voices

__all__ = ["measured_news", "measured_texts", "read_reports"]
*_, NEWS, AGENCY = REFERENCE_CLASSES
COPIES, SEED = 200, 1
# Pairs of BASIL in which one report quotes or credits the other, or both carry one agency's text.
DEPENDENT = {
    ("85475456-hpo", "85475456-nyt"): "quotes the other at length",
    ("11c9f251-hpo", "11c9f251-nyt"): "credits the other",
    ("97b1305c-fox", "97b1305c-hpo"): "two paragraphs of one agency text",
    ("005a2961-fox", "005a2961-hpo"): "one agency's opening",
}
NO_VERBS = pd.DataFrame(columns=["lemma", "forms", "verb_class", "introduces"], dtype="str")


def read_reports(folder: Path) -> Documents:
    """Return the reports of reports.jsonl; none where the folder has no such file."""
    path = folder / "reports.jsonl"
    if not path.is_file():
        return empty(DocumentsTable)
    given = pd.DataFrame(list(map(json.loads, path.read_text("utf-8").splitlines()))).astype(str)
    blank = pd.DataFrame(UNKNOWN, index=given.index, columns=list(DocumentsTable.to_schema().columns))
    known = [name for name in blank.columns if name in given.columns]
    return conform(blank.assign(**{name: given[name] for name in known}), DocumentsTable)


def measured_news(folder: Path, lengths: Sequence[int]) -> Iterator[pd.DataFrame]:
    """Yield, per length, the measures of the folder's independent pairs and of copies made of its reports."""
    documents = read_reports(folder)
    if documents.empty:
        return
    sentences = split_sentences(documents)
    tokens = tokenize(sentences)
    voices = find_voices(documents, sentences, NO_VERBS, empty(MentionsTable))
    for n_words in lengths:
        yield _independent(documents, tokens, voices, folder.name, n_words)
        yield _copies(documents, folder.name, n_words)


def _independent(
    documents: Documents, tokens: pd.DataFrame, voices: Voices, name: str, n_words: int
) -> pd.DataFrame:
    """Return the measures of the first `n_words` of each pair of reports of one event that has so many."""
    sizes = tokens.groupby("doc_id").size()
    long = documents[documents["doc_id"].map(sizes).fillna(0) >= n_words]
    pairs = [
        (a, b)
        for _, own in long.groupby("event_id")["doc_id"]
        for a, b in combinations(sorted(own), 2)
        if (a, b) not in DEPENDENT
    ]
    if not pairs:
        return pd.DataFrame()
    cut = tokens[tokens.groupby("doc_id").cumcount() < n_words]
    named = pd.DataFrame(pairs, columns=["doc_id_a", "doc_id_b"])
    measures = measure_pairs(Compared(cut, voices), documents=documents, pairs=named)
    events = documents.set_index("doc_id")["event_id"]
    return _labelled(measures, NEWS, name, n_words, events[named["doc_id_a"]].nunique())


def _copies(documents: Documents, name: str, n_words: int) -> pd.DataFrame:
    """Return the measures of copies of agency texts of about `n_words` words."""
    made = list(copies_of(documents, n_words=n_words, n=COPIES, seed=SEED))
    if not made:
        return pd.DataFrame()
    measures = measured_texts([(copy.a, copy.b) for copy in made])
    return _labelled(measures, AGENCY, name, n_words, len({copy.event_id for copy in made}))


def measured_texts(sides: Sequence[tuple[str, str]]) -> PairMeasures:
    """Return the measures of pairs of texts, row by row."""
    names = [(f"{number:04d}a", f"{number:04d}b") for number in range(len(sides))]
    rows = [row for two, texts in zip(names, sides, strict=True) for row in zip(two, texts, strict=True)]
    frame = pd.DataFrame(rows, columns=["doc_id", "text"])
    blank = [name for name in DocumentsTable.to_schema().columns if name not in frame.columns]
    documents = conform(
        frame.assign(**dict.fromkeys(blank, UNKNOWN)).assign(event_id="one", language="en"), DocumentsTable
    )
    sentences = split_sentences(documents)
    tokens = tokenize(sentences)
    voices = find_voices(documents, sentences, NO_VERBS, empty(MentionsTable))
    pairs = pd.DataFrame(names, columns=["doc_id_a", "doc_id_b"])
    return measure_pairs(Compared(tokens, voices), documents=documents, pairs=pairs)


def _labelled(measures: PairMeasures, kind: str, name: str, n_words: int, events: int) -> pd.DataFrame:
    """Return measures as reference_classes.py counts them; events are the pairs without overlap."""
    named = name.rsplit("_", 2)[0] if name.count("_") > 1 else name
    return measures.assign(
        reference_class=kind,
        language="en",
        data_set=f"{kind.split()[0]} {named}",
        n_words=n_words,
        n_distinct=float(events),
    )
