"""When a saved page was published and changed: of what it says, the form that tells most."""

import re
from collections.abc import Iterator
from datetime import datetime

from helpers.text.localised import iso_date
from helpers.text.pagedata import PageData, one_line
from helpers.text.problems import is_date

__all__ = ["modified", "published"]
PUBLISHED = (
    "article:published_time|og:article:published_time|og:published_time|datepublished|parsely-pub-date|"
    "sailthru.date|dc.date.issued|dcterms.created|dcterms.date|dc.date|dcterms.issued|publishdate|publish-date|"
    "publish_date|publication_date|pubdate|article.published|cxenseparse:recs:publishtime|"
    "cxenseparse:publishtime|vr:published_time|published_time|date|datecreated|article_date_original|"
    "originalpublicationdate|og:pubdate|rnews:datepublished|published|article:published|iso-8601-publish-date"
).split("|")
MODIFIED = (
    "article:modified_time|og:updated_time|og:article:modified_time|datemodified|last-modified|dcterms.modified|"
    "article.updated|lastmod|revision_date|updated_time"
).split("|")
_SCRIPTED = re.compile(
    r"[\"'](?:datePublished|publishedAt|published_at|publishDate|publish_date|publishedDate|published_date|"
    r"publicationDate|publication_date|firstPublished|first_published|firstPublishedAt|published_time|datePosted|"
    r"originalPublishDate|pubDate|publish_time|displayDate|display_date)[\"']\s*[:=]\s*[\"']([^\"'<>]{8,40})[\"']",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"publi|posted|dateline|timestamp|pubdate|post-?date|entry-?date|article-?date|story-?date|byline"
)
_CHANGED = re.compile(r"modif|updat|revis|changed", re.IGNORECASE)
# Years of the web: what a page dates otherwise is a mistake of its maker.
FIRST_YEAR, LAST_YEAR = 1990, 2099
# Characters of a line that dates a page, and lines looked at near the headline.
DATING_LINE, NEAR_HEADLINE = 90, 40


def _times(page: PageData, names: list[str], key: str) -> Iterator[tuple[str, str]]:
    """Yield the dates that JSON-LD and meta elements give, as ISO 8601."""
    for article in page.articles:
        yield _sane(one_line(article.get(key))), f"JSON-LD {key}"
    for name in names:
        for value in page.metas.get(name, []):
            yield _sane(value), f"meta {name}"


def _sane(text: str, first: str = "") -> str:
    """Return a date as ISO 8601, or or nothing; `first` as in `iso_date`."""
    text = re.sub(r"\([^()]*\)$", "", text.strip()).rstrip()
    if re.fullmatch(r"\d{10}(\d{3})?", text):
        return ""
    day = iso_date(re.sub(r"(GMT|UTC)([+-]\d{4})$", r"\2", text), first=first)
    day = re.sub(r"(?<=\d) (?=\d{2}:)", "T", day)
    return day if is_date(day) and FIRST_YEAR <= int(day[:4]) <= LAST_YEAR else ""


def published(page: PageData, source: str, first: str) -> tuple[str, str] | None:
    """Return the time of publication: of the first date found, the form that tells most."""
    marked = [*_times(page, PUBLISHED, "datePublished"), *_marked_times(page, first)]
    marked += [*_times(page, [], "dateCreated"), *_scripted(source)]
    told = [(day, where) for day, where in marked if day]
    told += [(day, where) for day, where in _dated_lines(page, first) if day]
    if not told:
        return None
    same = [(day, where) for day, where in told if _days_apart(day, told[0][0]) <= 1]
    return max(same, key=lambda found: _detail(found[0]))


def _detail(day: str) -> int:
    """Return how much a date tells: 3 with time and zone, 2 with time, 1 with the day, 0 without."""
    if len(day) < 16:
        return int(len(day) == 10)
    # Midnight without a zone is a day in the form of a time.
    zoned = re.search(r"(Z|[+-]\d{2}:\d{2})$", day[10:]) is not None
    return 1 if not zoned and day[11:16] == "00:00" else 2 + zoned


def _days_apart(one: str, other: str) -> int:
    """Return how many days lie between two dates; a month is its first day."""
    days = [datetime.fromisoformat(day[:10] if len(day) >= 10 else f"{day[:7]}-01") for day in (one, other)]
    return abs((days[0] - days[1]).days)


def _marked_times(page: PageData, first: str) -> Iterator[tuple[str, str]]:
    """Yield the dates of elements that are marked as the page's time of publication."""
    for element in page.tree.xpath("//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]"):
        for value in (
            element.get("datetime"),
            element.get("content"),
            element.get("title"),
            element.text_content(),
        ):
            yield (
                _sane(one_line(value)[:DATING_LINE], first),
                f"itemprop {element.get('itemprop') or 'pubdate'}",
            )
    times = page.tree.xpath("//article//time[@datetime] | //main//time[@datetime]") or page.tree.xpath(
        "//time[@datetime]"
    )
    for element in times[:3]:
        said = " ".join(
            filter(None, (element.get("class"), element.get("itemprop"), element.getparent().get("class")))
        )
        if not _CHANGED.search(said):
            yield _sane(one_line(element.get("datetime"))), "time element"
    for element in page.tree.xpath("//abbr[contains(@class,'published')][@title]"):
        yield _sane(one_line(element.get("title"))), "abbr published"


def _scripted(source: str) -> Iterator[tuple[str, str]]:
    """Yield the dates of publication in the page's scripts."""
    for match in _SCRIPTED.finditer(source):
        yield _sane(match.group(1)), "script"


def _dated_lines(page: PageData, first: str) -> Iterator[tuple[str, str]]:
    """Yield the dates that the page prints: in elements called so, and in short lines after the headline."""
    for element in page.tree.xpath("//*[@class or @id]"):
        said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if _DATED.search(said) and not _CHANGED.search(said):
            line = one_line(element.text_content())
            if 6 <= len(line) <= DATING_LINE:
                yield _sane(_without_change(line), first), "printed in the page"
    for heading in page.tree.xpath("//h1")[:2]:
        for element in heading.xpath("following::*[not(self::script or self::style)]")[:NEAR_HEADLINE]:
            line = one_line(element.text or "")
            if 6 <= len(line) <= DATING_LINE:
                yield _sane(_without_change(line), first), "printed after the headline"


def _without_change(line: str) -> str:
    """Return a line up to where it tells of a change."""
    return re.split(r"(?i)\b(?:updated|modified|last)\b", line)[0]


def modified(page: PageData) -> tuple[str, str] | None:
    """Return the time of the last change that the page tells, and where it tells it."""
    return next((found for found in _times(page, MODIFIED, "dateModified") if found[0]), None)
