"""A saved web page in, its report out: text, and what the page says of itself."""

import logging
from pathlib import Path

from helpers.text.problems import Refused, is_date, without_surrogates
from helpers.text.readers import decode, read_bytes

__all__ = ["read_page"]
LARGEST_PAGE = 20 << 20


def read_page(path: Path) -> tuple[str, str, dict[str, str]]:
    """Return the report's text in a saved page, headline first, a note as `read_text`, and the page's fields.

    The fields are those of headline, outlet, published and url that the page itself names.
    """
    # The import takes a quarter of a second that only corpora of pages should pay.
    import trafilatura

    raw = read_bytes(path)
    html, note = decode(raw)
    if len(raw) > LARGEST_PAGE:
        raise Refused(f"a page larger than {LARGEST_PAGE >> 20} MB; save the report's text as .txt")
    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    # Without a latest date of its own, the date finder would ask the clock.
    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    clean = without_surrogates(html.replace("\0", "\ufffd"))
    try:
        page = trafilatura.bare_extraction(
            clean, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
        body = (getattr(page, "text", "") or trafilatura.html2txt(clean) or "").strip()
    except Exception as error:
        # Whatever the parser stumbles over, the reader of the message can do one thing.
        kind = type(error).__name__
        raise Refused(f"not a page that can be read ({kind}); save the report's text as .txt") from error
    if not any(char.isalnum() for char in body):
        raise Refused("no report's text found in the page; save the text as .txt")
    named = {"headline": "title", "outlet": "sitename", "published": "date", "url": "url"}
    found = {
        field: without_surrogates(" ".join(str(getattr(page, name, None) or "").split()))
        for field, name in named.items()
    }
    if not is_date(found["published"]):
        found["published"] = ""
    title = found["headline"]
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    return without_surrogates(text), note, found
