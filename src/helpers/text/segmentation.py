"""Reports cut into paragraphs, zones, sentences and tokens, every offset into the untouched text."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import NamedTuple

import numpy as np
import pandas as pd
import sentencex
from numpy.typing import NDArray

from helpers.table import conform
from helpers.text.languages import ASSUMED, read_as, stop_words
from helpers.text.tables import Documents, Sentences, SentencesTable, Sizes, SizesTable, Tokens, TokensTable
from helpers.text.turns import Turn, speaker_turns
from helpers.text.wordforms import POSSESSIVE, is_word, normalise, word_spans

__all__ = [
    "longest",
    "paragraph_spans",
    "sentence_spans",
    "sizes",
    "split_sentences",
    "tokenize",
    "turns_of",
]
Places = NDArray[np.int64]
# Paragraphs of the body in which a dateline may be: some outlets print a summary above it.
DATELINES_IN = 3
# Paragraphs at the beginning among which are headline, date and the outlet's name; those of "By ...".
HEADED, BYLINES_IN = 6, 4
BYLINE = re.compile(r"(?i)(by|from)\s+\S.{0,60}")
# A first line that names who wrote the report: "By" and two to four words in capitals, or several such.
_FULL_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
SIGNED = re.compile(rf"(?:By|BY) {_FULL_NAME}(?:(?: and |, ){_FULL_NAME}){{0,3}}")
_PLACE, _AGENCY = r"[A-Z][\w.,'’/ -]{1,40}", r"\([A-Z][\w.& /]{1,25}\)"
_CAPITALS = r"[A-Z]{3,}[A-Z ,./'-]{0,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
DATELINE = re.compile(
    rf"(?:{_PLACE}{_AGENCY}|{_AGENCY}|{_CAPITALS}(?: ?{_AGENCY})?|[A-Z]\w+, [A-Z]{{2,10}})\s*(?:--|[-–—:])\s+"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
TIMELINE = re.compile(
    r"(?i)(?:(?:first |last )?(?:published|updated|posted|modified)\b.{0,60}"
    rf"|(?:\w+day,? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}),? \d{{4}}\b.{{0,20}}"
    r"|\d{4}[-/.]\d{2}[-/.]\d{2}\b.{0,20})"
)
BOILERPLATE = re.compile(
    r"(?i)(read more|related( news| stories| articles)?|see also|also read|more on this|follow us|share this"
    r"|subscribe|sign up|copyright|all rights reserved|©|end of (news|item)|tags?)\b.{0,60}"
)
# What an editor says of the report, and the time before a part of a live one.
NOTE = re.compile(
    r"(?i)(?:(?:correction|clarification|editor['’]?s['’]? note|editors['’] note|rectificatif|korrektur"
    r"|anmerkung der redaktion|nota (?:del editor|de la redacci[óo]n|da reda[çc][ãa]o)"
    r"|fe de erratas?)\s*[:—–(-]"
    r"|an earlier version of this (?:article|story|report|post|headline)"
    r"|this (?:article|story|report|post) (?:was|has been) (?:updated|corrected|amended|edited|changed)\b)"
)

# The words under a picture: "Photo: Jane Roe", or whose picture it is behind them. Two of the 12,233
# paragraphs of BASIL, NewsWCL50 and PolNeAR are such, and no other is taken for one.
_CREDITED = (
    r"(?:Getty Images|Shutterstock|Reuters|AFP|EPA|AP|Associated Press|Press Association)(?: Images| Photo)?"
)
_PICTURE = (
    r"(?i:(?:file |handout )?(?:photo|photograph|picture|image|caption|credit|foto|bild)s?(?: credit)?)"
)
CAPTION = re.compile(
    rf"(?:(?:.{{0,300}}[.!?)\]]\s*)?\(?{_PICTURE}\s?:\s?\S+(?: \S+){{0,7}}"
    r"|.{0,300}\((?i:(?:(?:ap|afp|epa|reuters|file|handout)[ /-])?(?:photo|photograph|picture|image)s?"
    r"(?: (?:by|via|from|courtesy of)\b|/|:))[^()]{1,60}\)\.?"
    r"|(?:.{0,300}[.!?)\]|]\s*)?\(?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
    rf"(?:/| ?via | ?/ ){_CREDITED}\)?\.?)"
)
CLOCK = re.compile(
    r"(?i)(?:\d{4}-\d{2}-\d{2}T)?\d{1,2}[:.h]\d{2}(?::\d{2})?\s{0,3}(?:[ap]\.?m\.?)?\s{0,3}(?:[A-Z]{1,4}|[+-]\d{2}:\d{2})?"
)
LONGEST_PIECE = 5_000
_SENTENCE_CUT = re.compile(r"[.!?…][\"'”’»)\]*_]*\s+")
_ITEM = re.compile(r"\W*\d{1,3}[.)]\s*")
# Titles that sentencex ends a sentence at, by language; no sentence ends with one.
_TITLES = {
    "en": "Ms|Mx|Messrs|Mmes|Amb|Atty|Govs|Gens|Reps|Sens|Spc|Ald|Ofc|Dep|Ft|Mt",
    "fr": "MM?|Mmes?|Mlles?|Mgr|Dr|Drs|Pr|Me|Ste?|av|bd",
    "de": "Hr|Hrn|Fr|Dr|Prof|Dipl|Ing|Nr|Str|St|bzw|ca",
    "es": "Sr|Sra|Srta|Sres|Sras|D|Dña|Dr|Dra|Lic|Ing|Gral|Cnel|Mons|Excmo|Excma|Ud|Uds",
    "pt": "Sr|Sra|Srta|Dr|Dra|Prof|Profa|Eng|Exmo|Exma",
    "it": "Sig|Sigg|Dott|Prof|Avv|Ing|On|Mons",
    "ru": "им|тов|гр|проф|акад|ген|полк|ул|пр|обл|стр|св",
    "uk": "ім|тов|гр|проф|акад|ген|вул|обл|св",
    "tr": "Sn|Dr|Prof|Doç|Av|Op|Uzm|Yrd|Cad|Sok|Mah",
    "ar": "د|أ|م|ا",
    "fa": "د|م",
    "he": "ד|גב|פרופ|עו",
    "hi": "डॉ|डा|श्री|प्रो|कु|मो",
    "nl": "Dhr|Mevr|Mw|Dr|Prof|Mr|Ir|Drs",
    "pl": "p|prof|dr|gen|ul|im|św",
}
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
TITLE_WORDS, TITLE_END = 24, re.compile(r"[.!?…:;,]['\"”’»]*$")


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every line of `text` that holds a word, without its outer blanks."""
    for line in re.finditer(r"[^\n\u2028\u2029]+", text):
        if is_word(line.group()):
            left = len(line.group()) - len(line.group().lstrip())
            yield line.start() + left, line.start() + len(line.group().rstrip())


def turns_of(text: str) -> list[Turn]:
    """Return the turns of a transcript, an interview or a thread; an editor's note is nobody's turn."""
    lines = [
        (start, end)
        for start, end in paragraph_spans(text)
        if not NOTE.match(text[start:end]) and not BOILERPLATE.fullmatch(text[start:end])
    ]
    return speaker_turns(text, lines)


@cache
def _titled(language: str) -> re.Pattern[str]:
    """Return the expression of a title at the end of a stretch."""
    return re.compile(rf"(?<!\w)(?:{_TITLES.get(language, _TITLES[ASSUMED])})\.\s*$")


def sentence_spans(text: str, *, language: str = ASSUMED) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every sentence of one paragraph, without its outer blanks.

    Boundaries are sentencex's; a piece without a word (a closing ** alone) goes to the one before it.
    """
    for start, end in _pieces(text):
        for left, right in _piece_spans(text[start:end], read_as(language)):
            yield start + left, start + right


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of stretches of `text` no longer than LONGEST_PIECE, cut after a sentence or blank.

    Longer ones are no prose, and sentencex takes time by the square of their length.
    """
    start = 0
    while len(text) - start > LONGEST_PIECE:
        stop = start + LONGEST_PIECE
        cuts = [match.end() for match in _SENTENCE_CUT.finditer(text, start, stop)]
        stop = cuts[-1] if cuts else text.rfind(" ", start, stop) + 1 or stop
        yield start, stop
        start = stop
    yield start, len(text)


def _piece_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences of a stretch of text."""
    start = 0
    ends = [b["end_index"] for b in sentencex.get_sentence_boundaries(language, text)] or [len(text)]
    for here, after in zip(ends, [*ends[1:], len(text)], strict=True):
        if (
            is_word(text[here:after])
            and is_word(text[start:here])
            and not _goes_on(text, start, here, language)
        ):
            yield _strip(text, start, here)
            start = here
    if is_word(text[start:]):
        yield _strip(text, start, len(text))


def _goes_on(text: str, start: int, here: int, language: str = ASSUMED) -> bool:
    """Return whether a sentence goes on: inside "R-S.C.", after an item's number or "Ms.", after "5 p.m.".

    >>> _goes_on("R-S.C., said", 0, 4), _goes_on("He left. She", 0, 9), _goes_on("2. The bridge", 0, 3)
    (True, False, True)
    """
    inside = text[here - 1] == "." and text[here : here + 1].isalpha()
    numbered = _ITEM.fullmatch(text, start, here)
    timed = text[:here].rstrip()[-4:].lower() in ("a.m.", "p.m.") and _WEEKDAY.match(text[here:].lstrip())
    titled = _titled(language).search(text[max(start, here - 12) : here])
    return inside or bool(numbered) or bool(timed) or bool(titled)


def split_sentences(documents: Documents) -> Sentences:
    """Return the sentences table of `documents`, in the order of the text."""
    columns = ("doc_id", "text", "language", "headline", "outlet")
    rows = [
        (doc_id, *row, text[row[3] : row[4]])
        for doc_id, text, language, *titles in zip(*(documents[c] for c in columns), strict=True)
        for row in _document_sentences(text, language, Titles(*titles))
    ]
    names = list(SentencesTable.to_schema().columns)
    return conform(pd.DataFrame(rows, columns=names), SentencesTable)


def _word_places(sentences: Sentences) -> tuple[list[str], Places, Places, Places]:
    """Return the different words, and for each word: which it is, where it begins, and in which sentence.

    A corpus repeats its words: each different one is held, shortened and normalised once.
    """
    known: defaultdict[str, int] = defaultdict(count().__next__)
    sizes, places = array("q"), array("q")
    for text in sentences["text"]:
        before = len(places)
        for left, right in word_spans(text):
            places.extend((known[text[left:right]], left))
        sizes.append((len(places) - before) // 2)
    word, start = np.array(places, dtype=np.int64).reshape(-1, 2).T
    return list(known), word, start, np.repeat(np.arange(len(sentences)), sizes)


def tokenize(sentences: Sentences, documents: Documents | None = None) -> Tokens:
    """Return the tokens table of `sentences`; a word's possessive ending is left outside its span.

    The words of grammar are those of each report's language; without `documents` they are English.
    """
    known, word, start, at = _word_places(sentences)
    words = pd.Series([POSSESSIVE.sub("", word) for word in known], dtype="str")
    norms = words.map(normalise).astype("str")
    codes, doc_ids = pd.factorize(sentences["doc_id"])
    report = codes[at]
    start = start + sentences["start_char"].to_numpy()[at]
    columns = {
        "doc_id": sentences["doc_id"].array.take(at),
        "sentence_id": sentences["sentence_id"].to_numpy()[at],
        "token_id": pd.Series(report).groupby(report).cumcount().to_numpy(),
        "token": words.array.take(word),
        "norm": norms.array.take(word),
        "is_stop": _are_stop(norms, word, _languages(doc_ids, documents)[report]),
        "start_char": start,
        "end_char": start + words.str.len().to_numpy(dtype=np.int64)[word],
    }
    return conform(pd.DataFrame(columns, copy=False), TokensTable)


def _languages(doc_ids: pd.Index, documents: Documents | None) -> np.ndarray:
    """Return the language that each report is read as."""
    known = {} if documents is None else dict(zip(documents["doc_id"], documents["language"], strict=True))
    return np.array([read_as(known.get(doc_id, "")) for doc_id in doc_ids], dtype=object)


def _are_stop(norms: "pd.Series[str]", word: np.ndarray, languages: np.ndarray) -> np.ndarray:
    """Return which words are words of grammar in the language of their report."""
    found = np.zeros(len(word), dtype=bool)
    for language in dict.fromkeys(languages.tolist()):
        own = norms.isin(stop_words(language)).to_numpy()[word]
        found |= own & (languages == language)
    return found


def sizes(documents: Documents, sentences: Sentences, tokens: Tokens) -> Sizes:
    """Return one row per report: paragraphs, sentences, tokens, types, and how its code points are used.

    `in_sentences` counts the code points that stand in sentences, `between` the blanks and marks between
    them; the two add up to `code_points`, so that nothing is left unaccounted for.
    """
    index = pd.Index(documents["doc_id"], name="doc_id")
    spans = sentences.assign(length=sentences["end_char"] - sentences["start_char"]).groupby("doc_id")
    words = tokens.groupby("doc_id")["norm"]
    frame = pd.DataFrame(
        {
            "paragraphs": spans["paragraph_id"].nunique(),
            "sentences": spans.size(),
            "tokens": words.size(),
            "types": words.nunique(),
            "in_sentences": spans["length"].sum(),
        },
        index=index,
    ).fillna(0)
    frame["code_points"] = documents["text"].str.len().to_numpy()
    frame["between"] = frame["code_points"] - frame["in_sentences"]
    return conform(frame.astype("int64").reset_index(), SizesTable)


def longest(sizes: Sizes, *, n: int = 40) -> Sizes:
    """Return the rows of `sizes` of the `n` reports with most tokens, in their order."""
    return sizes[sizes["tokens"].rank(method="first", ascending=False) <= n]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without blanks at either end."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


class Titles(NamedTuple):
    """What may stand by itself above a report's text."""

    headline: str
    outlet: str


def _document_sentences(text: str, language: str, titles: Titles) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield paragraph_id, sentence_id, zone, start, end of a report's sentences."""
    sentence_id, tail, n_body = 0, False, 0
    paragraphs = list(paragraph_spans(text))
    spoken = {turn.end for turn in turns_of(text)}
    for paragraph_id, (start, end) in enumerate(paragraphs):
        line = text[start:end]
        linked = paragraph_id > 0 and BOILERPLATE.fullmatch(line) is not None
        tail = end not in spoken and (linked or (tail and _like_title(line)))
        zone = "boilerplate" if tail else _zone(line, paragraph_id, len(paragraphs), titles)
        zone = "body" if end in spoken else zone
        n_body += zone == "body"
        may_have_dateline = zone == "body" and n_body <= DATELINES_IN and end not in spoken
        for name, left, right in _zoned(line, zone, may_have_dateline, language):
            yield paragraph_id, sentence_id, name, start + left, start + right
            sentence_id += 1


def _zoned(line: str, zone: str, may_have_dateline: bool, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield zone, start and end of a paragraph's dateline, where it may have one, and of its sentences."""
    cut = DATELINE.match(line) if may_have_dateline else None
    if cut:
        yield "dateline", 0, len(cut.group().rstrip())
    begin = cut.end() if cut else 0
    for left, right in sentence_spans(line[begin:], language=language):
        yield zone, begin + left, begin + right


def _zone(line: str, paragraph_id: int, n: int, titles: Titles) -> str:
    """Return headline, byline, note, caption or body for a paragraph that is no boilerplate."""
    bare = line.lstrip("#* ").strip()
    if bare == titles.headline.strip():
        return "headline"
    if CLOCK.fullmatch(bare) or (paragraph_id < HEADED and bare.casefold() == titles.outlet.casefold()):
        return "byline"
    if paragraph_id == 0 and n > 1 and _like_title(bare.rstrip("?!")) and not DATELINE.match(bare):
        return "byline" if SIGNED.fullmatch(bare) else "headline"
    if NOTE.match(bare):
        return "note"
    if paragraph_id and CAPTION.fullmatch(bare):
        return "caption"
    return "byline" if paragraph_id and _is_byline(bare, paragraph_id) else "body"


def _is_byline(line: str, paragraph_id: int) -> bool:
    """Return whether a short line names who wrote it, or when; "By ..." only where no subheading is yet."""
    dated = paragraph_id < HEADED and TIMELINE.fullmatch(line)
    named = paragraph_id < BYLINES_IN and BYLINE.fullmatch(line)
    return bool(dated or named) and _like_title(line)


def _like_title(line: str) -> bool:
    """Return whether a paragraph is short and does not end as a sentence does."""
    return len(line.split()) <= TITLE_WORDS and not TITLE_END.search(line)
