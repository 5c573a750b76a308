"""The words of one sentence that stand where its partner has others."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import Levenshtein

from helpers.table import from_rows
from helpers.text import Tokens, covering, edits, normalise
from helpers.words.house import TITLES, style_key
from helpers.words.phrases import Phrases
from helpers.words.tables import AlignmentsTable, Substitutions, SubstitutionsTable

if TYPE_CHECKING:
    from helpers.edition import Edition

__all__ = ["find_substitutions"]
Span = tuple[int, int]
LONGEST_PHRASE = 4
ALIKE = 0.8
# Cosine from which two sentences are surely one: from here on differences count a wording as sure too.
NEARLY_SAME = 0.6


class _Word(NamedTuple):
    """A word of a sentence: as counted, a function word or not, framing speech or naming, where, its grammar.

    Lemma and part of speech are empty where no model reads the language.
    """

    norm: str
    is_stop: bool
    is_frame: bool
    start_char: int
    end_char: int
    lemma: str
    pos: str

    @property
    def is_light(self) -> bool:
        """Whether the word alone says nothing that could be put otherwise."""
        return self.is_stop or self.is_frame


class _Replaced(NamedTuple):
    """Two phrases in each other's place, all words replaced there, and the same words beside them."""

    span_a: list[_Word]
    span_b: list[_Word]
    edit_a: list[_Word]
    edit_b: list[_Word]
    beside: list[_Word]


def find_substitutions(read: "Edition", *, max_words: int = LONGEST_PHRASE) -> Substitutions:
    """Return the substitutions table: words that stand where the partner sentence has others.

    Within each alignment the tokens are compared by least edits; a replacement has at most `max_words` on a
    side. It loses function words, reporting verbs and names at its ends; where nothing else is left on a
    side it is dropped, unless one function word stands for one other word. So is one whose words the other
    sentence has elsewhere: they were moved, not replaced. A phrase stands for another where the words on
    both sides of it are the same, three or more in all, one of them of content, and, as the parse reads them,
    both are whole phrases of one kind and one role, both denied or neither.
    """
    marked = _with_grammar(read)
    of_report = marked.groupby("doc_id").indices
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    aligned = {*read.alignments["doc_id_a"], *read.alignments["doc_id_b"]}
    phrases = Phrases(read.parse[read.parse["doc_id"].isin(aligned)])
    columns = list(AlignmentsTable.to_schema().columns)
    rows: list[tuple[object, ...]] = []
    for _, pairs in read.alignments.groupby("event_id", sort=False):
        ids = sorted({*pairs["doc_id_a"], *pairs["doc_id_b"]} & of_report.keys())
        words = _words_by_sentence(marked.iloc[np.concatenate([of_report[doc_id] for doc_id in ids])])
        for event, doc_a, id_a, doc_b, id_b, cosine in zip(*(pairs[name] for name in columns), strict=True):
            for one in _replacements(words[doc_a, id_a], words[doc_b, id_b], max_words):
                found = _placed(phrases, doc_a, doc_b, one, nearly_same=cosine >= NEARLY_SAME)
                if found is None:
                    continue
                ends_a, ends_b, kind = found
                sides = doc_a, id_a, texts[doc_a][slice(*ends_a)], doc_b, id_b, texts[doc_b][slice(*ends_b)]
                rows.append((event, *sides, kind, cosine, *ends_a, *ends_b))
    return from_rows(rows, SubstitutionsTable)


def _with_grammar(read: "Edition") -> pd.DataFrame:
    """Return the aligned words with grammar and `is_frame`: true for words that frame speech or name."""
    tokens, named = _aligned(read), read.mentions[read.mentions["kind"].isin(["name", "role"])]
    forms = {normalise(form) for cell in read.lists.verbs["forms"] for form in cell.split("|")}
    begin = (named["start_char"] - named["honorific"].str.len() - 1).clip(lower=0)
    is_frame = tokens["norm"].isin(forms).to_numpy() | (covering(tokens, named.assign(start_char=begin)) >= 0)
    grammar = read.parse.drop_duplicates(["doc_id", "start_char"])[["doc_id", "start_char", "lemma", "pos"]]
    marked = tokens.assign(is_frame=is_frame).merge(grammar, on=["doc_id", "start_char"], how="left")
    return marked.fillna({"lemma": "", "pos": ""})


def _aligned(read: "Edition") -> Tokens:
    """Return the words of the sentences that are aligned with another."""
    sides = [read.alignments[[f"doc_id_{side}", f"sentence_id_{side}"]].to_numpy() for side in "ab"]
    names = ["doc_id", "sentence_id"]
    aligned = pd.MultiIndex.from_frame(pd.DataFrame(np.concatenate(sides), columns=names).drop_duplicates())
    return read.words[aligned.get_indexer(pd.MultiIndex.from_frame(read.words[names])) >= 0]


def _words_by_sentence(tokens: Tokens) -> dict[tuple[str, int], list[_Word]]:
    """Return the words of each sentence, in order."""
    words: defaultdict[tuple[str, int], list[_Word]] = defaultdict(list)
    places, columns = (
        zip(*(tokens[name].tolist() for name in names), strict=True)
        for names in (("doc_id", "sentence_id"), _Word._fields)
    )
    for place, word in zip(places, map(_Word._make, columns), strict=True):
        words[place].append(word)
    return words


def _replacements(side_a: list[_Word], side_b: list[_Word], max_words: int) -> Iterator[_Replaced]:
    """Yield the words of one sentence that stand for others in its partner, and those others."""
    norms_a, norms_b = [word.norm for word in side_a], [word.norm for word in side_b]
    steps = edits(norms_a, norms_b)
    same = [[], *(side_a[first:last] if tag == "equal" else [] for tag, first, last, _, _ in steps), []]
    for place, (tag, a_from, a_to, b_from, b_to) in enumerate(steps):
        lengths = a_to - a_from, b_to - b_from
        if tag != "replace" or max(lengths) > max_words:
            continue
        beside = [*same[place], *same[place + 2]]
        around = len(same[place]), len(same[place + 2])
        edit_a, edit_b = side_a[a_from:a_to], side_b[b_from:b_to]
        span_a, span_b = _without_ends(edit_a, edit_b)
        if _is_moved(span_a, norms_b) or _is_moved(span_b, norms_a):
            continue
        if _in_place(around, lengths, span_a, span_b):
            yield _Replaced(span_a, span_b, edit_a, edit_b, beside)


def _without_ends(span_a: list[_Word], span_b: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """Return two phrases trimmed, unless one function word stands for one other word."""
    if _one_for_one(span_a, span_b):
        return span_a, span_b
    return _trim(span_a), _trim(span_b)


def _in_place(
    beside: tuple[int, int], lengths: tuple[int, int], span_a: list[_Word], span_b: list[_Word]
) -> bool:
    """Return whether two phrases stand in one place: the same words on both sides, and about as long."""
    if lengths[0] == lengths[1] and len(span_a) == len(span_b) == 1:
        return beside[0] > 0 or beside[1] >= 2
    apart = abs(lengths[0] - lengths[1]), abs(len(span_a) - len(span_b))
    return min(beside) > 0 and sum(beside) > 2 and apart[0] <= 3 and apart[1] <= 2 - (min(beside) < 2)


def _trim(span: list[_Word]) -> list[_Word]:
    """Return the span without function words, reporting verbs and names at its ends."""
    heavy = [place for place, word in enumerate(span) if not word.is_light]
    return span[heavy[0] : heavy[-1] + 1] if heavy else []


def _one_for_one(span_a: list[_Word], span_b: list[_Word]) -> bool:
    """Return whether one function word stands for one word that is none, nor a verb of speech, nor a name."""
    if len(span_a) != 1 or len(span_b) != 1 or span_a[0].is_frame or span_b[0].is_frame:
        return False
    return span_a[0].is_stop != span_b[0].is_stop


def _is_moved(span: list[_Word], other: list[str]) -> bool:
    """Return whether nothing of the span was replaced: it is empty, or its content words are in `other`."""
    content = [word.norm for word in span if not word.is_stop]
    return not span or (bool(content) and all(norm in other for norm in content))


def _placed(
    phrases: Phrases, doc_a: str, doc_b: str, one: _Replaced, *, nearly_same: bool
) -> tuple[Span, Span, str] | None:
    """Return where two phrases stand, whole, and the kind of the row; None where they are no such pair.

    Where no model reads the language they are taken as they were cut.
    """
    ends_a, ends_b = _ends(one.span_a), _ends(one.span_b)
    if _alike(one.span_a, one.span_b):
        return ends_a, ends_b, "spelling"
    if not (phrases.reads(doc_a) and phrases.reads(doc_b)):
        return ends_a, ends_b, "wording"
    a = phrases.whole(doc_a, ends_a, _ends(one.edit_a))
    b = phrases.whole(doc_b, ends_b, _ends(one.edit_b))
    if a is None or b is None or not any(map(_tells, one.beside)):
        return None
    if not a.stands_for(b, nearly_same=nearly_same):
        return None
    return (a.start, a.end), (b.start, b.end), "wording"


def _tells(word: _Word) -> bool:
    """Return whether a word tells what is spoken of: no function word, no verb of speech."""
    return not word.is_stop and not (word.is_frame and word.pos in ("VERB", "AUX"))


def _ends(span: list[_Word]) -> tuple[int, int]:
    """Return the offsets of the first letter of a span of words and after its last one."""
    return span[0].start_char, span[-1].end_char


def _alike(span_a: list[_Word], span_b: list[_Word]) -> bool:
    """Return whether two phrases are one in another spelling, and two words one in another inflection."""
    joined = [style_key("".join(word.norm for word in span)) for span in (span_a, span_b)]
    by_word = ["".join(style_key(word.norm) for word in span) for span in (span_a, span_b)]
    if joined[0] == joined[1] or by_word[0] == by_word[1]:
        return True
    return len(span_a) == len(span_b) == 1 and _one_inflected(span_a[0], span_b[0])


def _one_inflected(a: _Word, b: _Word) -> bool:
    """Return whether two words are one: by lemma, as a title cut short, by all but the ending, or nearly."""
    short, long = sorted((a.norm, b.norm), key=len)
    if (a.lemma and a.lemma == b.lemma) or (short in TITLES and long.startswith(short)):
        return True
    shared = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    ending = shared > 3 and (shared == len(short) or shared >= len(long) - 3)
    return ending or Levenshtein.normalized_similarity(short, long) >= ALIKE
