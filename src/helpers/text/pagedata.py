"""What a web page says of itself to machines: JSON-LD, meta elements, its address."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import html

from helpers.text.problems import without_surrogates

__all__ = ["PageData", "one_line", "page_data"]
_ARTICLE = re.compile(r"Article$|Posting$|^Report$|^Review$|^OpinionNewsArticle$|^AnalysisNewsArticle$")
_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE
)
_INLINE = re.compile(r"</?(?:em|i|b|strong|span|br|sup|sub|p|a)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
# Deeper than this no publisher nests, and a parser's stack ends.
DEEPEST = 12


class PageData(NamedTuple):
    """What was found: tree, articles in JSON-LD, meta elements by name, where it was saved from."""

    tree: Any
    articles: list[dict[str, Any]]
    metas: dict[str, list[str]]
    saved_from: str


def one_line(value: Any) -> str:
    """Return a value as one line of text; nothing for what is no text."""
    text = without_surrogates(value) if isinstance(value, str) else ""
    return " ".join(_INLINE.sub("", text).replace("\u00ad", "").split())


def page_data(source: str) -> PageData:
    """Return what the page in `source` says of itself."""
    tree = html.document_fromstring(source or "<html></html>")
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = one_line(meta.get("content"))
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(key) or "").strip().lower()
            if name and content:
                metas.setdefault(name, []).append(content)
    articles = [found for script in _scripts(tree) for found in _objects(script, 0) if _is_article(found)]
    saved = _SAVED_FROM.search(source[:4096])
    saved_from = next(filter(None, saved.groups()), "") if saved else ""
    return PageData(tree, _own(articles, tree, metas, saved_from), metas, saved_from)


def _own(
    articles: list[dict[str, Any]], tree: Any, metas: dict[str, list[str]], saved_from: str
) -> list[dict[str, Any]]:
    """Return the articles that are of the page, by its address or else its titles; all where that tells none.

    Pages describe other reports too, of which they show the beginning.
    """
    if len(articles) < 2:
        return articles
    links = [link.get("href") for link in tree.xpath("//link[@rel='canonical']")]
    pages = set(map(_bare_address, (*links, *metas.get("og:url", []), saved_from))) - {""}
    titles = {one_line(element.text_content()) for element in tree.xpath("//h1 | //title")}
    titles = titles.union(metas.get("og:title", [])) - {""}
    of_address = [one for one in articles if pages.intersection(map(_bare_address, _addresses_of(one)))]
    own = of_address or [one for one in articles if one_line(one.get("headline")) in titles]
    if not own:
        return articles
    return own + [
        one for one in articles if not one_line(one.get("headline")) and not any(_addresses_of(one))
    ]


def _addresses_of(article: dict[str, Any]) -> list[str]:
    """Return the addresses that an article of JSON-LD gives for itself."""
    whole = article.get("mainEntityOfPage")
    given = (article.get("url"), article.get("@id"), whole.get("@id") if isinstance(whole, dict) else whole)
    return [value for value in given if isinstance(value, str)]


def _bare_address(value: Any) -> str:
    """Return an address as it is compared: without scheme, query, mark and last slash."""
    whole = value if isinstance(value, str) else ""
    return re.sub(r"^https?://(?:www\.)?|(?s:[?#].*)|/(?=[?#]|$)", "", whole)


def _scripts(tree: Any) -> Iterator[Any]:
    """Yield the values of the page's JSON-LD scripts, as far as they can be read."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = re.sub(r"^\s*(?:/\*.*?\*/|//[^\n]*|<!--|<!\[CDATA\[)+", "", script.text or "").strip()
        try:
            yield json.JSONDecoder(strict=False).raw_decode(text)[0]
        except (ValueError, RecursionError):
            # A comma too many is the fault most often seen.
            try:
                yield json.JSONDecoder(strict=False).raw_decode(re.sub(r",\s*([}\]])", r"\1", text))[0]
            except (ValueError, RecursionError):
                continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD value, those of its graph, and what it says it is mainly about."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _objects(value.get(key), depth + 1)


def _is_article(found: dict[str, Any]) -> bool:
    """Return whether an object of JSON-LD is a report."""
    kinds = found.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in names)
