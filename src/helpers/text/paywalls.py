"""Pages that hold only the beginning of a report."""

import re
from typing import Any

from helpers.text.pagedata import PageData

__all__ = ["calls_to_subscribe", "stub_remark"]
# Words behind a paywall's mark that are a report's and no call to subscribe, and words of a short beginning.
BEHIND, BEGINNING = 80, 160
# Words of the longest call to subscribe.
CALL = 30
_WALLED = re.compile(
    r"(?i)for (?:paid )?(?:subscribers|members) only|subscribers?[- ]only|"
    r"subscribe (?:now |today )?(?:for|to) .{0,60}(?:read|continue|access)|to (?:continue"
    r"|keep) reading|(?:continue|keep) reading (?:this|your|with|the full)"
    r"|already a (?:subscriber|member)"
    r"|read the (?:full|whole|rest of (?:this|the)) (?:story|article)"
    r"|log ?in (?:or subscribe )?to (?:read|continue)"
    r"|unlock (?:this|the full)|create a free account|register to (?:read|continue)"
    r"|free articles? (?:left|remaining)"
    r"|r[ée]serv[ée] aux abonn[ée]s|il vous reste .{0,20}% de cet article|d[ée]j[àa] abonn[ée]"
    r"|abonnez-vous pour"
    r"|weiterlesen mit|jetzt weiterlesen|nur f[üu]r abonnenten|bereits abonnent|plus-abonnent"
    r"|exclusivo para (?:suscriptores|assinantes)|solo para suscriptores|suscr[íi]bete para (?:seguir"
    r"|continuar)"
    r"|contenido exclusivo|conte[úu]do exclusivo para|riservato agli abbonati"
    r"|abbonati per (?:continuare|leggere)"
    r"|alleen voor abonnees|verder lezen|l[åa]st artikel|för prenumeranter"
)
_OPEN_END = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


def calls_to_subscribe(line: str) -> bool:
    """Return whether a line is a call to subscribe: short, and of words that only such calls have."""
    return len(line.split()) <= CALL and _WALLED.search(line) is not None


def stub_remark(page: PageData, lines: list[str]) -> str:
    """Return the remark that a page holds only the beginning of a report, or nothing.

    It is made where the page says of itself that it is not free to read, or calls to subscribe, and little of
    a report is in it: no text behind the mark of the paywall, and a short one or one that ends in three dots;
    or fewer than half the words that the page counts.
    """
    words = sum(len(line.split()) for line in lines)
    closed = _is_closed(page)
    few = _counted(page) > 2 * words + 40
    if not (closed or _called(page)) or (not few and _behind(page) >= BEHIND):
        return ""
    open_end = bool(lines) and _OPEN_END.search(lines[-1]) is not None
    if few or words < BEGINNING or (closed and open_end):
        why = "says that it is not free to read" if closed else "calls for a subscription"
        return f"perhaps only the beginning of the report: the page {why}, and {words:,} words are in it"
    return ""


def _is_closed(page: PageData) -> bool:
    """Return whether a page says of itself that it is not free to read."""
    closed = any(_is_false(found.get("isAccessibleForFree")) for found in _parts(page))
    return closed or page.metas.get("article:content_tier", [""])[0].lower() in ("locked", "metered")


def _counted(page: PageData) -> int:
    """Return the words that a page counts in its report; 0 where it does not say."""
    return max((_number(article.get("wordCount")) for article in page.articles), default=0)


def _called(page: PageData) -> bool:
    """Return whether the report itself calls to subscribe: or the page where none is marked."""
    parts = page.tree.xpath("//article | //main") or [page.tree]
    return any(_WALLED.search(" ".join(part.text_content().split())) for part in parts)


def _parts(page: PageData) -> list[dict[str, Any]]:
    """Return the page's reports in JSON-LD, and the parts of them that it tells apart."""
    found = list(page.articles)
    for article in page.articles:
        parts = article.get("hasPart")
        found += [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]
    return found


def _is_false(value: Any) -> bool:
    """Return whether a value says no."""
    return value is False or (
        isinstance(value, str) and value.strip().lower().rpartition("/")[2] in ("false", "no", "0")
    )


def _number(value: Any) -> int:
    """Return a value as a count; 0 for none."""
    return int(value) if isinstance(value, int | str) and re.fullmatch(r"\d{1,6}", str(value)) else 0


def _behind(page: PageData) -> int:
    """Return the words in the elements that the page says are not free, calls to subscribe left out."""
    words = 0
    for part in _parts(page):
        chosen = part.get("cssSelector")
        for selector in chosen if isinstance(chosen, list) else [chosen]:
            name = (
                re.fullmatch(r"\s*([.#])([\w-]+)\s*", selector or "") if isinstance(selector, str) else None
            )
            if name:
                kind = "class" if name[1] == "." else "id"
                path = f"//*[contains(concat(' ', normalize-space(@{kind}), ' '), ' {name[2]} ')]"
                for element in page.tree.xpath(path):
                    text = " ".join(element.text_content().split())
                    words += (
                        0 if _WALLED.search(text) and len(text.split()) < 2 * BEHIND else len(text.split())
                    )
    return words
