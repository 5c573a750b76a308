"""A saved web page in, its report out: text, and what the page says of itself."""

import copy
import email
import email.policy
import logging
import re
from pathlib import Path
from typing import Any, NamedTuple

from helpers.text.agencies import agency_in
from helpers.text.encodings import decode
from helpers.text.pagedata import PageData, one_line, page_data
from helpers.text.pagefields import Found, find_fields
from helpers.text.paywalls import calls_to_subscribe, stub_remark
from helpers.text.problems import Refused, without_surrogates
from helpers.text.readers import read_bytes

__all__ = ["Page", "page_in", "page_of"]
LARGEST_PAGE = 20 << 20
# Words of a page's text under which its JSON-LD is asked for the whole.
FEW_WORDS = 60
LONGEST_BYLINE = 60
# Shares of the text that is told, or read for all, under which a text read for precision is not enough: of 52
# pages of 2019 the least that was right is .62 of the text read for all.
LEFT_OF_TOLD, LEFT_OF_LOOSE = 0.8, 0.4
_APART = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|read-?more|readmore|more-stories|also-read|newsletter|signup|sign-up|"
    r"promo|outbrain|taboola|social|share|sharing|comments?|paywall|subscribe|caption|credit|trending|"
    r"most-(?:read|popular)|recommended|recommendations|ad|ads|advert\w*|sponsored|tags)(?:$|[\s_-])"
)
_LINKED = re.compile(
    r"(?i)\W*(?:related(?: \w+)?|read (?:more|also|next)|see also|also read|more (?:on"
    r"|from)(?: \w+){0,3}|more|watch"
    r"|don['’]t miss|must read|lee también|lea también|te puede interesar|lire aussi|à lire aussi"
    r"|lesen sie auch"
    r"|mehr zum thema|lesen sie mehr|leia (?:também|mais)|saiba mais|veja também|leggi anche|lees ook"
    r"|les også"
    r"|läs (?:också|mer)|читайте также|czytaj (?:też|także)|okumaya devam|اقرأ أيضا"
    r"|بیشتر بخوانید)\s*[:：|»>–-]"
)
_CALLS = re.compile(
    r"(?i)(?:(?:get|sign up for|subscribe to) .{0,80}(?:newsletter|inbox|every (?:day|week|month)).{0,120}"
    r"|follow .{0,60} on (?:twitter|facebook|instagram|x)\b.{0,80}|click here to .{0,60}"
    r"|tell us what you think.{0,10}"
    r"|more ap \w+.{0,80}|filed under:.{0,80}|this article is for subscribers.{0,160}"
    r"|share this (?:article|story).{0,40}|tempo de leitura.{0,20}|\d+ comments?)\W*"
)
_HTML = ("text/html", "application/xhtml+xml")


class Page(NamedTuple):
    """A saved page as read: its text, a note on reading it, its fields with where they were found."""

    text: str
    note: str
    fields: list[Found]


def page_of(path: Path) -> Page:
    """Return what is in a saved page (.html, .html.gz, .mhtml). Raises OSError, or Refused for no page."""
    raw = read_bytes(path, largest=LARGEST_PAGE)
    if len(raw) > LARGEST_PAGE:
        raise Refused(f"a page larger than {LARGEST_PAGE >> 20} MB; save the report's text as .txt")
    name = path.name.lower().removesuffix(".gz")
    source, note = _of_archive(raw) if name.endswith((".mhtml", ".mht")) else decode(raw)
    return page_in(source, note)


def page_in(source: str, note: str = "") -> Page:
    """Return what is in the HTML of a page. Raises Refused where no report is in it."""
    clean = without_surrogates(source.replace("\0", "\ufffd"))
    clean = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", clean)
    try:
        data = page_data(clean)
        fields = find_fields(data, clean)
        body = _body(data, clean)
    except Exception as error:
        # Whatever the parser stumbles over, the reader of the message can do one thing.
        kind = type(error).__name__
        raise Refused(f"not a page that can be read ({kind}); save the report's text as .txt") from error
    known = {found.field: found.value for found in fields}
    title = known.get("headline", "")
    lines = [line for line in _prose(body, title) if line]
    if not any(char.isalnum() for line in lines for char in line):
        raise Refused("no report's text found in the page; save the text as .txt")
    stub = stub_remark(data, lines)
    credit = _credit(known, lines)
    own = "\n".join(lines)
    # A headline that the page prints over the text stays where it was.
    apart = "\n" if title and not credit and body.startswith(title + "\n") else "\n\n"
    text = apart.join(filter(None, (title, credit, own)))
    notes = [note, stub]
    fields = fields + ([Found("paywall", stub, "the page")] if stub else [])
    return Page(without_surrogates(text), "; ".join(filter(None, notes)), fields)


def _of_archive(raw: bytes) -> tuple[str, str]:
    """Return the page in a web archive of one file (MHTML), and a note as `read_text`."""
    try:
        # The newer policy takes headers apart, by rules that fail on broken ones.
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        found = next((part for part in message.walk() if part.get_content_type() in _HTML), None)
        held = found.get_payload(decode=True) if found is not None else b""
        charset = (found.get_content_charset() or "") if found is not None else ""
    except (RecursionError, TypeError, ValueError, LookupError) as error:
        raise Refused("not a saved page that can be read; save it as .html") from error
    if found is None:
        raise Refused("no page in it; save the report's text as .txt")
    location = one_line(str(found["Content-Location"] or message["Snapshot-Content-Location"] or ""))
    source, note = decode(held if isinstance(held, bytes) else b"", charset)
    return f"<!-- saved from url=({len(location):04}){location} -->\n{source}", note


def _body(data: PageData, source: str) -> str:
    """Return the report's text in a page: what trafilatura takes for it, without its neighbours."""
    # The import takes a quarter of a second that only corpora of pages should pay.
    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    plain = trafilatura.load_html(source)
    plain = copy.deepcopy(data.tree) if plain is None else plain

    def read(tree: Any, *, precise: bool) -> str:
        page = trafilatura.bare_extraction(
            tree, with_metadata=False, include_comments=False, favor_precision=precise
        )
        return (getattr(page, "text", "") or "").strip()

    exact, loose = (
        read(_pruned(copy.deepcopy(plain)), precise=True),
        read(copy.deepcopy(plain), precise=False),
    )
    told = [_paragraphs(article.get("articleBody")) for article in data.articles]
    told += [_updates(article) for article in data.articles]
    return (
        _chosen(exact, loose, max(told, key=len, default="")) or (trafilatura.html2txt(source) or "").strip()
    )


def _chosen(exact: str, loose: str, told: str) -> str:
    """Return the text to keep: read for precision, read for all, or told in JSON-LD.

    The first, unless little is left of the second; of texts that JSON-LD tells, the one as long as that.
    """
    n_exact, n_loose, n_told = (len(text.split()) for text in (exact, loose, told))
    if n_told >= FEW_WORDS or n_loose < FEW_WORDS:
        near = max((exact, loose), key=lambda text: -abs(len(text.split()) - n_told)) if n_told else exact
        return told if n_told > 2 * len(near.split()) else near if n_exact < LEFT_OF_TOLD * n_told else exact
    return loose if n_exact < LEFT_OF_LOOSE * n_loose else exact


def _paragraphs(value: Any) -> str:
    """Return the paragraphs of a text that JSON-LD holds, one a line."""
    return "\n".join(filter(None, map(one_line, value.splitlines()))) if isinstance(value, str) else ""


def _updates(article: dict[str, Any]) -> str:
    """Return the blocks of a live report, each after its time, in the order of the page."""
    blocks = article.get("liveBlogUpdate")
    lines: list[str] = []
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, dict):
            lines += [one_line(block.get("datePublished")), one_line(block.get("headline"))]
            lines.append(_paragraphs(block.get("articleBody")))
    return "\n".join(filter(None, lines))


def _pruned(tree: Any) -> Any:
    """Return the page without what stands beside the report: captions, asides, links, calls."""
    words = max(len(tree.text_content().split()), 1)
    for element in list(
        tree.iter(
            "figcaption", "aside", "nav", "footer", "form", "button", "div", "section", "ul", "p", "span"
        )
    ):
        if element.getparent() is None:
            continue
        said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        apart = element.tag in ("figcaption", "form", "button") or _APART.search(said)
        if apart and len(element.text_content().split()) < words / 4:
            _drop(element)
    live = any("LiveBlogPosting" in (script.text or "") for script in tree.iter("script"))
    for element in list(tree.iter("time")) if live else []:
        _as_paragraph(element)
    return tree


def _as_paragraph(element: Any) -> None:
    """Make an element a paragraph of its own."""
    element.tag = "p"
    element.attrib.clear()


def _drop(element: Any) -> None:
    """Take an element out of its tree; the words after it stay."""
    element.drop_tree()


def _prose(body: str, title: str) -> list[str]:
    """Return the lines of a body but its headline said again, lines that only lead elsewhere, and calls."""
    bare = re.sub(r"\W+", " ", title).casefold().strip()
    lines: list[str] = []
    for line in map(str.strip, body.split("\n")):
        plain = re.sub(r"\W+", " ", line).casefold().strip()
        again = plain == bare and bool(bare) and len(lines) < 4
        if not (again or _LINKED.match(line) or _CALLS.fullmatch(line) or calls_to_subscribe(line)):
            lines.append(line)
    return lines


def _credit(known: dict[str, str], lines: list[str]) -> str:
    """Return the page's byline where it credits an agency that the text does not name."""
    agency = known.get("agency", "")
    if not agency or any(agency_in(line) == agency for line in (*lines[:3], *lines[-3:])):
        return ""
    author = known.get("author", "")
    # Longer, it would be no byline to the cutting of the page.
    told = agency_in(author) == agency and len(author) <= LONGEST_BYLINE
    return f"By {author if told else agency}"
