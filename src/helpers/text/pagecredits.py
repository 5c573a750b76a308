"""Who a saved page says wrote it, which agency it credits, and the section it stands in."""

import re
from collections.abc import Iterator
from typing import Any

from helpers.text.pagedata import PageData, one_line

__all__ = ["authors", "datelines", "sections", "sources"]
_DATELINE = re.compile(r"[^\W\d_][\w .,'’/-]{0,50}\(([\w ]{2,25})\)\s*[-–—:]")


def authors(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield who the page says wrote it."""
    for article in page.articles:
        for key in ("author", "creator", "sourceOrganization", "copyrightHolder"):
            given = article.get(key)
            names = [
                one_line(one.get("name") if isinstance(one, dict) else one)
                for one in (given if isinstance(given, list) else [given])
            ]
            if any(names):
                yield ", ".join(dict.fromkeys(filter(None, names))), f"JSON-LD {key}"
    for name in (
        "author",
        "article:author",
        "parsely-author",
        "byl",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
    ):
        for value in page.metas.get(name, []):
            if "://" not in value:
                yield value, f"meta {name}"
    for element in page.tree.xpath("//*[@rel='author' or @itemprop='author']"):
        yield one_line(element.text_content())[:200], "element marked author"


def sources(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield short lines called byline, source or credit, outside pictures, and the line of copyright."""
    for element in page.tree.xpath("//*[@class or @id]"):
        said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if not re.search(
            r"byline|author|source|credit|agency|attribution|copyright|provider|contributor", said
        ):
            continue
        line = one_line(element.text_content())
        if 2 <= len(line) <= 160 and not _of_picture(element, said):
            yield line, "printed in the page"
    for name in (
        "source",
        "news_source",
        "article:source",
        "copyright",
        "dc.source",
        "dc.rights",
        "og:article:author",
    ):
        for value in page.metas.get(name, []):
            yield value, f"meta {name}"


def datelines(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield the agency's place in the first words of the page's description: HAYWARD, Calif. (AP) - ..."""
    for name in ("og:description", "description", "twitter:description"):
        for value in page.metas.get(name, []):
            found = _DATELINE.match(value)
            if found:
                yield found[1], f"meta {name}"


def _of_picture(element: Any, said: str) -> bool:
    """Return whether an element belongs to a picture or film."""
    own = re.compile(r"photo|image|img|picture|caption|media|video|gallery|figure|slide")
    if own.search(said):
        return True
    above = list(element.iterancestors())[:4]
    return any(
        e.tag in ("figure", "figcaption", "picture", "aside", "footer")
        or own.search((e.get("class") or "").lower())
        for e in above
    )


def sections(page: PageData) -> Iterator[tuple[str, str]]:
    """Yield the section of the site that the page says it stands in."""
    for article in page.articles:
        given = article.get("articleSection")
        yield one_line(given[0] if isinstance(given, list) and given else given), "JSON-LD articleSection"
    for name in ("article:section", "og:section", "parsely-section", "section"):
        for value in page.metas.get(name, []):
            yield value, f"meta {name}"
