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
# Tags of the Penn Treebank that end no phrase: articles and prepositions.
UNENDED = ("DT", "IN", "CC", "PRP$")
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
    left out, and words between two quotations whose marks were taken for theirs. The target is empty where
    the grammar does not tell.
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
    broken = _between_quotations(short, parse)
    kept = [bool(w) and not _SAID.fullmatch(w) and not cut for w, cut in zip(words, broken, strict=True)]
    table = with_sentence(table[pd.Series(kept, index=table.index, dtype=bool)], sentences)
    return conform(table[table["zone"] != "boilerplate"], MarkedTable)


def _between_quotations(short: pd.DataFrame, parse: Parse) -> list[bool]:
    """Return which stretches no phrase would be: they begin with "and" or "but", or end with "the" or "on".

    Of 116 stretches of BASIL and NewsWCL50 these were two, both between two quotations.
    """
    places = short[["doc_id", "start_char", "end_char"]].set_axis(["doc_id", "begin", "end"], axis=1)
    words = parse[~parse["pos"].isin(["PUNCT", "SPACE"])].merge(places, on="doc_id")
    words = words[(words["start_char"] >= words["begin"]) & (words["end_char"] <= words["end"])]
    grouped = words.sort_values(["doc_id", "start_char"]).groupby(["doc_id", "begin"])
    first, last = grouped["pos"].first().to_dict(), grouped["tag"].last().to_dict()
    keys = zip(short["doc_id"], short["start_char"], strict=True)
    return [first.get(key) == "CCONJ" or last.get(key) in UNENDED for key in keys]
