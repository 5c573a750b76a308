"""Reports that are one and the same: later versions of one address, and texts that are there twice."""

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np

from helpers.table import UNKNOWN, from_rows
from helpers.text.tables import Documents, Versions, VersionsTable
from helpers.text.wordforms import normalise

__all__ = ["address_key", "find_versions", "later_versions"]
# Share of sequences of four words that two texts have in common, of all in either, to be taken for one.
NEARLY_ONE = 0.9
GRAM, SKETCH = 4, 4
# Reports among which texts that are nearly one are looked for; of more only those that are one.
MOST_COMPARED, LARGEST_BUCKET = 20_000, 50
_SIDE = re.compile(r"^(?:www\d?|m|mobile|amp|edition|print)\.")
_FORM = re.compile(r"(?:/amp|/print|\.amp|/index\.(?:html?|php)|\.(?:html?|php))$")
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|mc_[ce]id|cmpid|cmp|ref|ref_src|source|smid|amp|outputtype|output|print|share|s)$"
)
# All pages of an article in one.
_WHOLE = {("page", "all"), ("page", "full"), ("pagewanted", "all"), ("singlepage", "true")}


@dataclass(frozen=True, eq=False)
class _Text:
    """What is compared of a report; of its words checksums are kept, once they are asked for."""

    doc_id: str
    outlet: str
    published: str
    address: str
    text: str

    @cached_property
    def whole(self) -> bytes:
        """Return the checksum of all words: equal where the texts are one."""
        return hashlib.sha256(" ".join(_words(self.text)).encode()).digest()

    @cached_property
    def grams(self) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
        """Return the checksums of the sequences of GRAM words, each once, the least first."""
        words = _words(self.text)
        n = min(GRAM, len(words))
        found = {zlib.crc32(" ".join(words[k : k + n]).encode()) for k in range(len(words) - n + 1)}
        return np.array(sorted(found), dtype=np.uint32)


def address_key(url: str) -> str:
    """Return what the addresses of one page have in common, whatever its form.

    >>> address_key("https://amp.x.example/a/b.html?utm_id=y"), address_key("http://x.example/a/b/amp/?page=all")
    ('x.example/a/b', 'x.example/a/b')
    """
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        host = _SIDE.sub("", (parts.hostname or "").lower())
    except ValueError:
        return url
    path = parts.path.rstrip("/").removeprefix("/amp/").replace("/amp/", "/")
    while (shorter := _FORM.sub("", path).rstrip("/")) != path:
        path = shorter
    asked = parse_qsl(parts.query)
    kept = sorted((k, v) for k, v in asked if not _TRACKING.match(k.lower()) and (k, v) not in _WHOLE)
    return f"{host}/{path.strip('/')}" + (f"?{urlencode(kept)}" if kept else "")


def find_versions(documents: Documents) -> Versions:
    """Return the reports that are a version or a duplicate of an earlier one, a row each.

    A report with the address of another is a version of the first of them by time (by name where no time is
    known), or its duplicate where the texts are nearly one. Elsewhere a report is a duplicate of the first
    whose text is nearly its own: of one outlet a report kept twice, of two a text that both carry.
    """
    texts = _texts(documents)
    rows: dict[str, tuple[str, str, str, float, str]] = {}
    for first, later in _same_address(texts):
        rows.setdefault(later.doc_id, _row(first, later, same_address=True))
    for first, later in _same_text(texts):
        if first.doc_id not in rows or not rows[first.doc_id][2]:
            rows.setdefault(later.doc_id, _row(first, later, same_address=False))
    return from_rows(sorted(rows.values()), VersionsTable)


def later_versions(documents: Documents) -> dict[str, str]:
    """Return the reports whose address an earlier report has, each with the first of that address.

    >>> import pandas as pd
    >>> columns = ["doc_id", "outlet", "published", "url", "text"]
    >>> rows = [("a", "x", "2025-01-01", "x.example/1", "Cut.")]
    >>> rows += [("b", "x", "2025-01-02", "x.example/1/amp", "Mended.")]
    >>> later_versions(pd.DataFrame(rows, columns=columns))
    {'b': 'a'}
    """
    return {later.doc_id: first.doc_id for first, later in _same_address(_texts(documents))}


def _texts(documents: Documents) -> list[_Text]:
    """Return the reports in order of time, those without one last and by name."""
    columns = ("doc_id", "outlet", "published", "url", "text")
    texts = [
        _Text(doc_id, outlet, published, address_key(url) if url != UNKNOWN else "", text)
        for doc_id, outlet, published, url, text in zip(*(documents[c] for c in columns), strict=True)
    ]
    return sorted(texts, key=lambda text: (text.published == UNKNOWN, text.published, text.doc_id))


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(map(normalise, re.findall(r"\w+", text)))


def _likeness(one: _Text, other: _Text, *, least: float = 0.0) -> float:
    """Return the share of sequences of words that two texts have in common (Jaccard).

    It is 0 where the numbers of sequences alone say that it is under `least`.
    """
    if one.whole == other.whole:
        return 1.0
    few, many = sorted((len(one.grams), len(other.grams)))
    if few < least * many:
        return 0.0
    common = len(np.intersect1d(one.grams, other.grams, assume_unique=True))
    return common / max(few + many - common, 1)


def _row(first: _Text, later: _Text, *, same_address: bool) -> tuple[str, str, str, float, str]:
    """Return the row of a report and the earlier one."""
    likeness = round(_likeness(first, later), 3)
    if likeness >= NEARLY_ONE:
        note = "the same address and nearly the same text" if same_address else "nearly the same text"
        note += "" if later.outlet == first.outlet else ", under the name of another outlet"
        return later.doc_id, "", first.doc_id, likeness, note
    return later.doc_id, first.doc_id, "", likeness, "the same address, another text"


def _same_address(texts: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Yield the first report of an address and each later one."""
    first: dict[str, _Text] = {}
    for text in texts:
        if text.address and first.setdefault(text.address, text) is not text:
            yield first[text.address], text


def _same_text(texts: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Yield pairs of an earlier and a later report whose texts are one, or nearly."""
    whole: dict[bytes, _Text] = {}
    buckets: defaultdict[int, list[_Text]] = defaultdict(list)
    for text in texts:
        if whole.setdefault(text.whole, text) is not text:
            yield whole[text.whole], text
            continue
        if len(texts) > MOST_COMPARED:
            continue
        # Texts that have nine of ten sequences in common have one of the four least of them in common.
        least = text.grams[:SKETCH].tolist()
        near = {other.doc_id: other for key in least for other in buckets[key][:LARGEST_BUCKET]}
        for _, other in sorted(near.items()):
            if _likeness(other, text, least=NEARLY_ONE) >= NEARLY_ONE:
                yield other, text
                break
        for key in least:
            buckets[key].append(text)
