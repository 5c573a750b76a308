"""The fields of a saved page, each with where it was found."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from helpers.text.agencies import agency_in
from helpers.text.localised import language_code
from helpers.text.outletkeys import outlet_key
from helpers.text.pagecredits import authors, datelines, sections, sources
from helpers.text.pagedata import PageData, one_line
from helpers.text.pagetimes import modified, published

__all__ = ["Found", "find_fields"]
_BREAKS = re.compile(r"\s{1,5}[-–—|·•»«/~]{1,3}\s{1,5}|\s{0,5}\|\s{0,5}|\s{1,5}:: ?\s{0,5}")
_LANGUAGE_METAS = (
    "og:locale",
    "content-language",
    "language",
    "dc.language",
    "dcterms.language",
    "inlanguage",
)
_SITE_METAS = (
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "apple-mobile-web-app-title",
)
# Words that a headline shares with the page's title, of those of the shorter, to be taken for the same.
SAME_TITLE = 0.3


class Found(NamedTuple):
    """A field of a page: its name, its value, and where it stands there."""

    field: str
    value: str
    where: str


def find_fields(page: PageData, source: str) -> list[Found]:
    """Return the fields that a page gives, at most one of a name, each with where it was found."""
    outlet, language = _outlet(page), _language(page)
    found = [
        _told("published", published(page, source, "day" if language and language.value != "en" else "")),
        _told("modified", modified(page)),
        language,
        _address(page),
        outlet,
        _headline(page, outlet.value if outlet else ""),
        _first("author", authors(page)),
        _first("section", sections(page)),
    ]
    told = [field for field in found if field]
    agencies = [
        (agency_in(value), where) for value, where in (*authors(page), *sources(page), *datelines(page))
    ]
    agency = next(((name, where) for name, where in agencies if name), None)
    return told + ([Found("agency", *agency)] if agency else [])


def _told(field: str, found: tuple[str, str] | None) -> Found | None:
    """Return what was found as a field, or None."""
    return Found(field, *found) if found else None


def _first(field: str, found: Iterator[tuple[str, str]]) -> Found | None:
    """Return the first value found as a field, or None."""
    return next((Found(field, value, where) for value, where in found if value), None)


def _language(page: PageData) -> Found | None:
    """Return the language that the page declares, as a code of two letters where it has one."""
    root = page.tree
    given = [(article.get("inLanguage"), "JSON-LD inLanguage") for article in page.articles]
    given += [
        (root.get(name), f"html {name}")
        for name in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
    ]
    given += [(body.get("lang"), "body lang") for body in root.iter("body")]
    given += _metas(page, *_LANGUAGE_METAS)
    given += [
        (element.get("lang"), "article lang") for element in root.xpath("//article[@lang] | //main[@lang]")
    ]
    for value, where in given:
        value = value.get("alternateName") or value.get("name") if isinstance(value, dict) else value
        code = language_code(one_line(value)).replace("_", "-").partition("-")[0].lower()
        if re.fullmatch("[a-z]{2,3}", code) and code not in ("und", "mul", "xx"):
            return Found("language", code, where)
    return None


def _address(page: PageData) -> Found | None:
    """Return the page's own address, as it names it."""
    full = [(one_line(value), where) for value, where in _addresses(page)]
    base = next((value for value, _ in full if urlsplit(value).scheme in ("http", "https")), "")
    whole = [(_absolute(base, value), where) for value, where in full if value]
    usable = [(value, where) for value, where in whole if value]
    # An address of the whole site is taken only where there is none of the page.
    usable.sort(key=lambda found: not _is_deep(found[0]))
    return Found("url", *usable[0]) if usable else None


def _addresses(page: PageData) -> Iterator[tuple[Any, str]]:
    """Yield what a page gives for its own address, the surest first."""
    for link in page.tree.xpath("//link[@rel='canonical' or @rel='Canonical']"):
        yield link.get("href"), "link canonical"
    yield from _metas(page, "og:url")
    for article in page.articles:
        whole = article.get("mainEntityOfPage")
        yield article.get("url"), "JSON-LD url"
        yield whole.get("@id") if isinstance(whole, dict) else whole, "JSON-LD mainEntityOfPage"
    yield from _metas(page, "twitter:url")
    yield page.saved_from, "where it was saved from"


def _metas(page: PageData, *names: str) -> Iterator[tuple[str, str]]:
    """Yield the values of the page's `meta` elements of these names, each with where it was found."""
    for name in names:
        for value in page.metas.get(name, []):
            yield value, f"meta {name}"


def _is_deep(address: str) -> bool:
    """Return whether an address leads below a site's first page."""
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)


def _absolute(base: str, value: str) -> str:
    """Return an address in full, or nothing where it is none of the web."""
    try:
        whole = urljoin(base, value)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in ("http", "https") and "." in (parts.hostname or "") else ""


def _outlet(page: PageData) -> Found | None:
    """Return the name of the site; that of the publisher where the site's is only the end of an address."""
    host = _host(page).removeprefix("www.")
    usable = [
        (_own_part(name, host), where)
        for name, where in _site_names(page)
        if name and len(name) < 80 and "://" not in name
    ]
    if not usable:
        return Found("outlet", host, "its address") if host else None
    key = outlet_key(usable[0][0])
    # A site may give the end of its address for its name, and its publisher's as it is printed.
    same = [found for found in usable if outlet_key(found[0]) == key]
    printed = [found for found in same if not found[0].islower()]
    return Found("outlet", *(printed or same)[0])


def _site_names(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield what a page gives for the name of its site or publisher, the surest first."""
    yield from _metas(page, "og:site_name")
    for article in page.articles:
        publisher = article.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            yield one_line(one.get("name") if isinstance(one, dict) else one), "JSON-LD publisher"
    yield from _metas(page, *_SITE_METAS)


def _own_part(name: str, host: str) -> str:
    """Return a site's name without the motto after it, where the part before is in its address."""
    part = _BREAKS.split(name)[0]
    return part if outlet_key(part) and outlet_key(part) in outlet_key(host) else name


def _headline(page: PageData, outlet: str) -> Found | None:
    """Return the headline as the page prints it, else as it gives it to machines, without the site's name."""
    host = _host(page) or _usual_host(page)
    site = [outlet_key(name) for name in (outlet, host) if name]
    told = [(_without_site(value, site, _printed(page)), where) for value, where in _titles(page)]
    told = [(value, where) for value, where in told if value and outlet_key(value) not in site]
    for value, where in _headings(page):
        if outlet_key(value) not in site and _fits(value, told):
            return Found("headline", value, where)
    return Found("headline", *told[0]) if told else None


def _fits(heading: str, told: list[tuple[str, str]]) -> bool:
    """Return whether a heading is like one of the titles that a page gives; any is where it gives none."""
    return not told or any(_alike(heading, title) for title, _ in told)


def _titles(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield the titles that a page gives to machines, the surest first."""
    for article in page.articles:
        yield one_line(article.get("headline")), "JSON-LD headline"
    yield from _metas(page, "og:title", "twitter:title", "dc.title")
    for element in page.tree.xpath("//head/title | //title")[:1]:
        yield one_line(element.text_content()), "title element"


def _host(page: PageData) -> str:
    """Return the host of the page's own address, or nothing where it tells none."""
    address = _address(page)
    return urlsplit(address.value).netloc if address else ""


def _usual_host(page: PageData) -> str:
    """Return the host that most of the page's links lead to, for a page that tells no address of its own."""
    hosts = Counter(
        re.findall(r"^https?://([\w.-]+)", link.get("href") or "")[:1][0]
        for link in page.tree.iter("a")
        if re.match(r"https?://[\w.-]+", link.get("href") or "")
    )
    return min(hosts, key=lambda host: (-hosts[host], host)) if hosts else ""


def _printed(page: PageData) -> list[str]:
    """Return the page's headings of the first order."""
    return [one_line(heading.text_content()) for heading in page.tree.xpath("//h1")]


def _headings(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield the headings that may be the headline: marked as such, in the article, any of the first order."""
    for path in (
        "//h1[@itemprop='headline']",
        "//article//h1",
        "//main//h1",
        "//h1",
        "//*[@itemprop='headline']",
    ):
        for heading in page.tree.xpath(path):
            value = one_line(heading.text_content()) or one_line(heading.get("content"))
            if value and len(value) < 300:
                yield value, path.strip("/").replace("//", " ")


def _alike(one: str, other: str) -> bool:
    """Return whether two headlines share words enough to be of the same page."""
    a, b = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(a & b) >= SAME_TITLE * max(min(len(a), len(b)), 1)


def _without_site(title: str, site: list[str], printed: list[str]) -> str:
    """Return a title without the names of site and section that its page adds to it."""
    parts, breaks = _BREAKS.split(title), _BREAKS.findall(title)
    if len(parts) == 1:
        return title
    wholes = [
        _joined(parts, breaks, first, last) for last in range(len(parts), 0, -1) for first in range(last)
    ]
    same = next((whole for whole in wholes if whole and whole in printed), "")
    if same:
        return same
    first, last = 0, len(parts)
    while last - first > 1 and _names_site(parts[last - 1], site):
        last -= 1
    while last - first > 1 and _names_site(parts[first], site):
        first += 1
    return _joined(parts, breaks, first, last).strip()


def _joined(parts: list[str], breaks: list[str], first: int, last: int) -> str:
    """Return some parts of a title with the marks between them."""
    return "".join(map("".join, zip(parts[first:last], [*breaks[first : last - 1], ""], strict=True)))


def _names_site(part: str, site: list[str]) -> bool:
    """Return whether a part of a title is a name of the site."""
    key = outlet_key(part)
    return bool(key) and any(
        key == name or (len(key) > 3 and len(name) > 3 and (key in name or name in key)) for name in site
    )
