"""Words in quotation marks that are no sentence of speech: of whom, by whom and where."""

import re

import pandas as pd

from helpers.framing.tables import Labels, Marked, MarkedTable
from helpers.framing.targets import find_targets
from helpers.names import Mentions
from helpers.table import conform
from helpers.text import Documents, Parse, Sentences, with_sentence
from helpers.voices import Voices
from helpers.words import outlet_labels

__all__ = ["find_marked"]
_MARKS = "\"'“”‘’«»„‚‹› "
# A whole utterance of few words: “He won.”
_SAID = re.compile(r"[A-Z0-9].*[.!?,]")


def find_marked(
    documents: Documents,
    parse: Parse,
    mentions: Mentions,
    voices: Voices,
    labels: Labels,
    *,
    sentences: Sentences,
) -> Marked:
    """Return the marked table: one to three words in quotation marks, and of whom they are said.

    They may be a speaker's, a title, or a word that the report keeps at a distance; the marks do not tell
    which. A speaker is given where the sentence names one. Whole utterances ("He won.") and boilerplate are
    left out. The target is empty where the grammar does not tell.
    """
    short = voices[voices["flag"] == "scare"].reset_index(drop=True)
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    columns = (short[name] for name in ("doc_id", "start_char", "end_char"))
    words = [texts[doc_id][start:end].strip(_MARKS) for doc_id, start, end in zip(*columns, strict=True)]
    told = find_targets(short, documents, parse, mentions, labels)
    table = short[["doc_id", "start_char", "end_char", "speaker"]].assign(
        words=[" ".join(word.split()).rstrip(".,;:") for word in words],
        target=told["target"].to_numpy(object),
        rule=told["rule"].to_numpy(object),
        outlet=short["doc_id"].map(outlet_labels(documents)),
    )
    kept = [bool(word) and not _SAID.fullmatch(word) for word in words]
    table = with_sentence(table[pd.Series(kept, index=table.index, dtype=bool)], sentences)
    return conform(table[table["zone"] != "boilerplate"], MarkedTable)
