"""The text of each report on a page of its own: every sentence with an anchor, voices and names marked."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from helpers.edition import Edition
from helpers.pages.bidi import attributes
from helpers.pages.blocks import safe
from helpers.pages.shelf import VOICE_NAMES, Shelf, page_name
from helpers.table import UNKNOWN
from helpers.text import by_report

__all__ = ["MOST_TEXTS", "TextPage", "text_pages"]
# Reports up to which each has its page; of more, those have one that a page leads to.
MOST_TEXTS = 200
_Span = tuple[int, int, str, str]


class TextPage(NamedTuple):
    """What the page of a report shows: its name, what is known of it, its text, the others of its event."""

    name: str
    title: str
    facts: list[str]
    body: Markup
    others: list[tuple[str, str]]


def text_pages(read: Edition, shelf: Shelf, wanted: Iterable[str]) -> Iterator[TextPage]:
    """Yield the pages of reports: of all while they are few, else of those whose page is `wanted`."""
    documents = read.documents
    names = {doc_id: page_name(doc_id) for doc_id in documents["doc_id"]}
    chosen = set(names) if len(documents) <= MOST_TEXTS else set(names) & _named(names, set(wanted))
    own = documents[documents["doc_id"].isin(chosen)]
    sentences = by_report(read.sentences, ["start_char", "end_char", "sentence_id", "paragraph_id"])
    marks = _marks(read, chosen)
    for row in own.itertuples(index=False):
        doc_id = str(row.doc_id)
        others = documents.loc[(documents["event_id"] == row.event_id) & (documents["doc_id"] != doc_id)]
        told = sorted((shelf.labels[name], names[name]) for name in others["doc_id"] if name in chosen)
        own_marks = marks.get(doc_id, [])
        side = attributes(str(row.text), shelf.language(doc_id))
        body = _body(str(row.text), sentences.get(doc_id, []), own_marks, side)
        yield TextPage(names[doc_id], shelf.labels[doc_id], _facts(row, shelf), body, told)


def _named(names: dict[str, str], wanted: set[str]) -> set[str]:
    """Return the reports whose page is wanted."""
    return {doc_id for doc_id, name in names.items() if name in wanted}


def _facts(row: object, shelf: Shelf) -> list[str]:
    """Return what is known of a report, in words."""
    published = getattr(row, "published", UNKNOWN)
    facts = [f"Event: {shelf.event(getattr(row, 'event_id', UNKNOWN))}."]
    facts.append("Time of publication unknown." if published == UNKNOWN else f"Published: {published}.")
    facts.append(f"Id of the report: {getattr(row, 'doc_id', '')}.")
    return facts


def _marks(read: Edition, chosen: set[str]) -> dict[str, list[_Span]]:
    """Return the spans of speech and the names of each report: first, end, class, what it is."""
    known = dict(zip(read.lists.entities["entity_id"], read.lists.entities["canonical"], strict=True))
    marks: dict[str, list[_Span]] = {}
    voices = read.voices[read.voices["doc_id"].isin(chosen)]
    columns = (voices[name] for name in ("doc_id", "start_char", "end_char", "voice", "speaker"))
    for doc_id, start, end, voice, speaker in zip(*columns, strict=True):
        who = "speaker unknown" if speaker == UNKNOWN else known.get(speaker, speaker)
        told = f"{VOICE_NAMES[voice]}: {who}"
        marks.setdefault(doc_id, []).append((start, end, voice.replace("_", "-"), told))
    named = read.mentions[read.mentions["doc_id"].isin(chosen)]
    columns = (named[name] for name in ("doc_id", "start_char", "end_char", "entity_id"))
    for doc_id, start, end, entity in zip(*columns, strict=True):
        marks.setdefault(doc_id, []).append((start, end, "name", str(known.get(entity, entity))))
    return marks


def _body(text: str, sentences: list[tuple[int, ...]], marks: list[_Span], side: Markup) -> Markup:
    """Return the sentences of a report in their paragraphs."""
    paragraphs: list[list[Markup]] = []
    last: int | None = None
    ordered = sorted(marks)
    for start, end, number, paragraph in sentences:
        if paragraph != last:
            paragraphs.append([])
            last = paragraph
        pieces = Markup("").join(_pieces(text, start, end, ordered))
        address = Markup('<a class="no" href="#s{0}" title="characters {1} to {2}">{0}</a>')
        html = Markup('<span class="s" id="s{}">{} {}</span>')
        paragraphs[-1].append(html.format(number, address.format(number, start, end), pieces))
    joined = (Markup("<p{}>{}</p>").format(side, Markup(" ").join(own)) for own in paragraphs)
    return Markup("\n").join(joined)


def _pieces(text: str, start: int, end: int, marks: list[_Span]) -> Iterator[Markup]:
    """Yield a sentence piece by piece, each in the marks that hold it."""
    own = [mark for mark in marks if mark[0] < end and mark[1] > start]
    cuts = {start, end} | {min(max(place, start), end) for mark in own for place in mark[:2]}
    for left, right in pairwise(sorted(cuts)):
        html = safe(text[left:right].replace("**", "").removeprefix("## "))
        for first, last, kind, told in own:
            if first <= left and right <= last:
                html = Markup('<span class="{}" title="{}">{}</span>').format(kind, safe(told), html)
        yield html
