"""Exports of news databases: several reports in one file, each with its fields.

Forms: Nexis Uni and LexisNexis, Factiva, ProQuest as text (.txt, .rtf, .docx); Factiva and Europresse as
.html; RIS (Zotero, ProQuest). They follow published descriptions and R's LexisNexisTools, tm.plugin.factiva
and tm.plugin.europresse; the tests' samples are invented.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from helpers.text.localised import iso_date, language_code
from helpers.text.pagedata import one_line

__all__ = ["Record", "records_in_html", "records_in_ris", "records_in_text"]
_END = re.compile(
    r"(?im)^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)[ \t]*$"
)
_OLD_START = re.compile(
    r"(?m)^[ \t]*(?:\d+ (?:of|von|de|sur) \d+ (?:DOCUMENTS|DOKUMENTEN?|DOCUMENTOS)"
    r"|(?:Dokument|Document|Documento) \d+ (?:von|de|sur) \d+)[ \t]*$"
)
_NEXIS = re.compile(
    r"(?im)^(section|length|byline|dateline|highlight|headline|title|copyright|load-date|language|graphic"
    r"|publication-type|journal-code|subject|industry|company|person|geographic|country|city|state|correction"
    r"|correction-date|organization|ticker|document-type"
    r"|rubrik|länge|autor|überschrift|ort|ladedatum|update|sprache|grafik|publikationsart|thema"
    r"|longueur|auteur|titre|date-chargement|langue|sujet|sección|longitud|título|idioma|fecha-carga|tema"
    r")\s*:\s*(.*)$"
)
# The English name of a field that other languages of Nexis name in theirs.
_MEANT = {
    "rubrik": "section", "sección": "section", "autor": "byline", "auteur": "byline", "länge": "length",
    "longueur": "length", "longitud": "length", "überschrift": "headline", "titre": "headline",
    "título": "headline", "sprache": "language", "langue": "language", "idioma": "language",
}  # fmt: skip
_BODY = "Body|Text|Textkörper|Haupttext|Volltext|Corps|Corps de l'article|Cuerpo|Texto"
_EDITION = re.compile(
    r"(?i)[^.!?:]{0,40}\b(?:edition|ausgabe|édition|edición)\b[^.!?:]{0,12}|e(?:1|rste) ausgabe"
)
_LENGTH = r"^[ \t]*+\d[\d.,\u202f ]*+(?:words|wörter|mots|palabras|parole|palavras|слов|字)[ \t]*$"
_FACTIVA_END = re.compile(r"(?m)^[ \t]*Document ([A-Z][A-Z0-9]{3,9}0{2}\d{8}[a-z0-9]{5,12})[ \t]*$")
_NOT_GIVEN = re.compile(r"(?i)(?:full text )?(?:is )?(?:not|un)[ -]?available\.?|none available\.?|n/a|")
_NO_FIELD = re.compile(r"(?i)(?:copyright|©|\d+ of \d+|all rights|document \d)")
_FACTIVA = re.compile(
    r"(?m)^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CX|VOL|RST)"
    r"(?:[ \t]+|[ \t]*\n)"
)
_PROQUEST = re.compile(
    r"(?m)^(Title|Author|Publication title|Publication date|Publication year|Publication info"
    r"|Full text|Abstract"
    r"|Language of publication|Document URL|ProQuest document ID|Source type|Section|Publisher"
    r"|Place of publication"
    r"|Country of publication|Subject|Location|People|Company / organization|Pages|ISSN|Document type|Links"
    r"|Copyright|Last updated|Database|Identifier / keyword|Dateline|Publication subject|First page"
    r"|Classification"
    r"|Number of pages|Company|Credit)\s*:[ \t]*"
)
_RIS = re.compile(r"^([A-Z][A-Z0-9])  - ?(.*)$")


class Record(NamedTuple):
    """A report of an export: its fields by name, and its text without the headline."""

    fields: dict[str, str]
    text: str


def records_in_text(text: str) -> list[Record]:
    """Return the reports of an export that is text; none where the text is no export."""
    if _END.search(text) and re.search(
        rf"(?im)^[ \t]*(?:load-date|length|länge|longueur|longitud|classification|{_BODY})\b", text
    ):
        return _read(_END.split(text), _nexis)
    if _OLD_START.search(text):
        return _read(_OLD_START.split(text)[1:], _nexis)
    if "Publication title:" in text and re.search(r"(?m)^Full text\s*:", text):
        return _read(re.split(r"(?m)^_{20,}[ \t]*$", text), _proquest)
    if {"HD", "SN", "PD"} <= {match[1] for match in _FACTIVA.finditer(text[:20_000])}:
        return _read(re.split(r"(?m)(?=^HD(?:[ \t]|\n))", text)[1:], _factiva)
    if _FACTIVA_END.search(text) and re.search(f"(?im){_LENGTH}", text):
        ends = [0, *(match.end() for match in _FACTIVA_END.finditer(text))]
        return _read([text[start:end] for start, end in itertools.pairwise([*ends, len(text)])], _laid_out)
    return []


def _read(parts: list[str], read: Callable[[str], Record]) -> list[Record]:
    """Return the reports of the parts that hold any words."""
    return [read(part) for part in parts if len(part.split()) > 3]


def _made(text: str, **fields: str) -> Record:
    """Return a report with its fields in one form; those that are empty are left out."""
    day = iso_date(fields.pop("published", ""))
    language = fields.pop("language", "")
    named = {name: one_line(value).strip(" ;") for name, value in fields.items()}
    named |= {"published": day, "language": language_code(language) if language.strip() else ""}
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return Record({k: v for k, v in named.items() if v}, "\n\n".join(filter(None, paragraphs)))


def _nexis(part: str) -> Record:
    """Return a report of Nexis Uni or LexisNexis.

    Before its named fields stand headline, source and date (Nexis Uni), or source, date and headline.
    """
    head, body, tail = _nexis_parts(part)
    found = [(match[1].lower(), match[2].strip()) for match in _NEXIS.finditer(f"{head}\n{tail}")]
    named = {_MEANT.get(name, name): value for name, value in found}
    lines = _unnamed_lines(head)
    dated = next((k for k, line in enumerate(lines) if len(line) < 80 and iso_date(line)), len(lines))
    before, day = lines[:dated], "".join(lines[dated : dated + 1])
    after = [line for line in lines[dated + 1 :] if not _EDITION.fullmatch(line)]
    headline = named.get("headline") or named.get("title") or " ".join(before[:-1]) or " ".join(after[:1])
    return _made(
        body,
        headline=headline,
        outlet=re.sub(r"\((?:Online|Print)\)$", "", "".join(before[-1:])).rstrip(),
        published=day,
        language=re.split(r"[;,]", named.get("language", ""))[0],
        author=named.get("byline", ""),
        section=named.get("section", ""),
    )


def _unnamed_lines(head: str) -> list[str]:
    """Return the lines before the first named field, without those of copyright and of numbers."""
    lines = (line.strip() for line in _NEXIS.split(head)[0].split("\n"))
    return [line for line in lines if line and not _NO_FIELD.match(line)]


def _nexis_parts(part: str) -> tuple[str, str, str]:
    """Return what stands before the body of a report, the body, and what stands after it."""
    marked = re.search(rf"(?im)^[ \t]*+(?:{_BODY})[ \t]*+(?::[ \t]*+)?$", part)
    if marked:
        head, rest = part[: marked.start()], part[marked.end() :]
    else:
        fields = list(_NEXIS.finditer(part))
        first = [
            match
            for match in fields
            if _MEANT.get(match[1].lower(), match[1].lower())
            in ("length", "byline", "section", "headline", "dateline")
        ]
        cut = max((match.end() for match in first), default=0)
        head, rest = part[:cut], part[cut:]
    ends = re.search(
        r"(?im)^[ \t]*(?:Classification[ \t]*$|(?:load-date|language|publication-type|graphic"
        r"|ladedatum|update|sprache|grafik|publikationsart|date-chargement|langue|idioma|fecha-carga"
        r"|subject)\s*:|notes[ \t]*$)",
        rest,
    )
    return (head, rest[: ends.start()], rest[ends.start() :]) if ends else (head, rest, "")


def _factiva(part: str) -> Record:
    """Return a report of Factiva in lines that begin with codes of two letters."""
    pieces = _FACTIVA.split(part)
    named: dict[str, str] = {}
    for code, value in zip(pieces[1::2], pieces[2::2], strict=False):
        named.setdefault(code, re.split(r"(?m)^Document \w+\s*$", value)[0].strip())
    return _of_factiva(named)


def _of_factiva(named: dict[str, str]) -> Record:
    """Return a report of Factiva by its codes: LP is the first paragraph, TD the others."""
    clock = named.get("ET", "")
    return _made(
        "\n\n".join(filter(None, (named.get("LP", ""), named.get("TD", "")))),
        headline=named.get("HD", ""),
        outlet=named.get("SN", ""),
        published=f"{named.get('PD', '')} {clock}".strip(),
        language=named.get("LA", ""),
        author=named.get("BY", ""),
        section=named.get("SE", ""),
        accession=named.get("AN", "").removeprefix("Document "),
    )


def _last_field(lines: list[str]) -> int:
    """Return the place of the last line below the headline that is a field: copyright, else language."""
    for k, line in enumerate(lines[:10]):
        if _NO_FIELD.match(line) or "(c)" in line:
            return k
    return next((k for k, line in enumerate(lines[:8]) if _languages(line)), len(lines[:2]) - 1)


def _laid_out(part: str) -> Record:
    """Return a report of Factiva as it is laid out to be read, without codes: its lines have their order.

    Headline, perhaps the author, number of words, date, perhaps the time, source, its code, language,
    copyright; then the text, and last the report's number.
    """
    body, *number = _FACTIVA_END.split(part)
    head, length, rest = (
        re.split(f"(?im)({_LENGTH})", body, maxsplit=1) if _is_sized(body) else (body, "", "")
    )
    if not length:
        return _made(body)
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    after = [(match[0].strip(), match.end()) for match in re.finditer(r"(?m)^[ \t]*\S.*$", rest)]
    told = _last_field([line for line, _ in after])
    fields = _below_headline([line for line, _ in after[: told + 1]])
    return _made(
        rest[after[told][1] :] if after else "",
        headline=" ".join(lines[: 1 if len(lines) > 1 else None]),
        author=lines[-1] if len(lines) > 1 else "",
        accession="".join(number[:1]),
        **fields,
    )


def _is_sized(part: str) -> bool:
    """Return whether a part has a line that tells how many words it has."""
    return bool(re.search(f"(?im){_LENGTH}", part))


def _languages(line: str) -> bool:
    """Return whether a line is the name of a language."""
    return line[:1].isalpha() and len(line) > 3 and len(language_code(line)) == 2


def _proquest(part: str) -> Record:
    """Return a report of ProQuest in lines that begin with the names of fields."""
    pieces = _PROQUEST.split(part)
    named: dict[str, str] = {}
    for name, value in zip(pieces[1::2], pieces[2::2], strict=False):
        named.setdefault(name, value.strip())
    text, first = named.get("Full text", ""), pieces[0].strip().split("\n\n")[0]
    return _made(
        "" if _NOT_GIVEN.fullmatch(text) else text,
        headline=named.get("Title", "") or ("" if first.startswith("_") else first),
        outlet=named.get("Publication title", "").split(";")[0],
        published=named.get("Publication date", ""),
        language=named.get("Language of publication", ""),
        author=named.get("Author", ""),
        section=named.get("Section", ""),
        url=named.get("Document URL", ""),
    )


def records_in_html(tree: Any, source: str) -> list[Record]:
    """Return the reports of a page that is an export of Factiva, Europresse or Nexis."""
    if "enArticle" in source or "articleParagraph" in source:
        found = tree.xpath("//div[contains(concat(' ', @class, ' '), ' article ')]")
        return [_factiva_article(article) for article in found]
    if "DocPublicationName" in source:
        return [_europresse(article) for article in tree.xpath("//article")]
    if "End of Document" in source:
        return records_in_text("\n".join(_paragraphs(tree)))
    return []


def _paragraphs(tree: Any) -> Iterator[str]:
    """Yield the paragraphs of a page as lines, an empty one after each."""
    for element in tree.iter("p", "h1", "h2", "h3", "li"):
        if not any(True for _ in element.iterdescendants("p", "li")):
            yield from (one_line(element.text_content()), "")


def _factiva_article(article: Any) -> Record:
    """Return an article of Factiva's HTML: a table of codes, or lines in order."""
    named = _coded_rows(article)
    if "HD" in named:
        return _of_factiva(named)
    body = [p for p in article.iter("p") if "articleParagraph" in (p.get("class") or "")]
    title = article.xpath(".//*[contains(@class,'Headline')]")
    return _made(
        "\n\n".join(one_line(p.text_content()) for p in body),
        headline=title[0].text_content() if title else "",
        **_below_headline(_innermost_lines(article)),
    )


def _coded_rows(article: Any) -> dict[str, str]:
    """Return the cells of an article's table of codes, by their codes of two or three letters."""
    named = {}
    for row in article.iter("tr"):
        cells = row.findall("td")
        if len(cells) > 1 and re.fullmatch(r"[A-Z]{2,3}", one_line(cells[0].text_content())):
            paragraphs = [one_line(p.text_content()) for p in cells[1].iter("p")]
            whole = "\n\n".join(paragraphs) or one_line(cells[1].text_content())
            named[one_line(cells[0].text_content())] = whole
    return named


def _innermost_lines(article: Any) -> list[str]:
    """Return the words of the divisions of an article that hold no other element."""
    inner = (div for div in article.iter("div") if div is not article and len(div) == 0)
    return [line for line in (one_line(div.text_content()) for div in inner) if line]


def _below_headline(lines: list[str]) -> dict[str, str]:
    """Return date, outlet and language by the order of the lines: the date, perhaps its time, the outlet."""
    dated = next((k for k, line in enumerate(lines) if iso_date(line)), -1)
    if dated < 0:
        return {}
    rest = lines[dated + 1 :]
    clock = rest.pop(0) if rest and re.fullmatch(r"\d{1,2}:\d{2}", rest[0]) else ""
    return {
        "outlet": rest[0] if rest else "",
        "published": f"{lines[dated]} {clock}",
        "language": next((line for line in rest[1:5] if len(language_code(line)) == 2), ""),
    }


def _europresse(article: Any) -> Record:
    """Return an article of Europresse."""

    def said(*names: str) -> str:
        found = [one for name in names for one in article.xpath(f".//*[contains(@class,'{name}')]")]
        return next(filter(None, (one_line(one.text_content()) for one in found)), "")

    body = article.xpath(".//*[contains(@class,'docOcurrContainer') or contains(@class,'docOccurContainer')]")
    paragraphs = [one_line(p.text_content()) for part in body for p in part.iter("p")]
    whole = "\n\n".join(paragraphs) or "\n\n".join(one_line(part.text_content()) for part in body)
    outlet = said("DocPublicationName")
    return _made(
        whole,
        headline=said("titreArticle", "rdp__articletitle"),
        outlet=re.split(r"\s{0,5}[,(•]|\s{1,5}no\.\s", outlet)[0],
        published=_dated(said("DocHeader")),
        author=said("sm-margin-bottomNews", "docAuthors"),
        language="fr"
        if re.search(r"(?i)\b(?:janvier|février|mars|avril|mai|juin|juillet|août)\b", said("DocHeader"))
        else "",
    )


def _dated(line: str) -> str:
    """Return the date in a line that has more in it, as ISO 8601."""
    for part in (line, *re.split(r"\s{0,5}[•|;]\s{0,5}|,\s{1,5}p(?:g|age)?\.", line)):
        day = iso_date(part)
        if day:
            return day
    return ""


def records_in_ris(text: str) -> list[Record]:
    """Return the references of a RIS file; the text of one is its full text or notes, where it has any.

    A reference without text stands for a file of the corpus, or for an address to be fetched.
    """
    records: list[Record] = []
    named: dict[str, list[str]] = {}
    for line in text.split("\n"):
        found = _RIS.match(line.rstrip())
        if found and found[1] == "TY":
            named = {}
        if found and found[1] == "ER":
            records.append(_of_ris(named))
            named = {}
        elif found:
            named.setdefault(found[1], []).append(found[2].strip())
            last = found[1]
        elif named and line.strip():
            named[last][-1] += f"\n{line.strip()}"
    return records + ([_of_ris(named)] if len(named) > 1 else [])


def _of_ris(named: dict[str, list[str]]) -> Record:
    """Return a reference by its tags."""

    def first(*tags: str) -> str:
        return next((value for tag in tags for value in named.get(tag, []) if value), "")

    return _made(
        "\n\n".join(first("N2", "AB", "N1").split("\n")),
        headline=first("TI", "T1"),
        outlet=first("JF", "JO", "T2", "PB", "PUB"),
        published=first("DA", "Y1", "PY").rstrip("/").replace("/", "-")[:10],
        language=first("LA"),
        author="; ".join(named.get("AU", named.get("A1", []))),
        url=first("UR", "L2"),
        attached=first("L1", "L2", "L4"),
    )
