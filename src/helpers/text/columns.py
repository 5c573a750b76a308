"""Columns by the names that people and databases give them, in several languages."""

import re
from collections.abc import Iterable

__all__ = ["MEANINGS", "find_mark", "folded", "map_columns"]
# The first name of a line that a table has is taken; the lines are the columns of documents, text among them.
MEANINGS = {
    "text": (
        "text|full text|fulltext|body|body text|article text|article body|main text|content|contents|article|"
        "texte|texte integral|texte complet|corps|contenu|volltext|inhalt|artikel|artikeltext|beitrag|"
        "texto|texto completo|cuerpo|contenido|articulo|conteudo|corpo|testo|testo integrale|"
        "articolo|contenuto|"
        "tekst|volledige tekst|inhoud|artikeltekst|brødtekst|brødtext|innehåll|teksti|tresc|artykul|szöveg|"
        "текст|полный текст|metin|içerik|النص|نص|المحتوى|"
        "متن|متن خبر|正文|内容|全文|本文|본문|내용|טקסט|κείμενο|पाठ"
    ),
    "doc_id": (
        "doc id|document id|docid|id|article id|stories id|record id|accession number|identifier|identifiant|"
        "kennung|identificador|identificativo|nummer|numero|код|номер|المعرف|شناسه|编号|番号"
    ),
    "event_id": (
        "event id|event|incident|evenement|ereignis|evento|acontecimiento|gebeurtenis|händelse|hendelse|"
        "wydarzenie|событие|olay|الحدث|رویداد|事件|イベント"
    ),
    "outlet": (
        "outlet|container title|source|newspaper|publication|publisher|media|media name|medium|source name|"
        "site name|sitename|news source|publication title|journal|paper|website|site|journal titre|quelle|"
        "zeitung|medienname|herausgeber|fuente|medio|periodico|diario|fonte|jornal|veiculo|giornale|testata|bron|"
        "krant|källa|tidning|kilde|avis|lähde|zrodlo|gazeta|источник|издание|сми|kaynak|gazete|المصدر|الصحيفة|منبع|"
        "来源|媒体|媒體|出典|新聞|언론사|מקור|πηγή"
    ),
    "published": (
        "published|published at|publication date|publish date|date published|pub date|pubdate|date|datetime|"
        "date time|timestamp|time|load date|seendate|issued|date de publication|publie|datum|"
        "erscheinungsdatum|veröffentlicht|veröffentlichungsdatum|fecha|fecha de publicacion|publicado|data|"
        "data de publicacao|data di pubblicazione|publicatiedatum|publiceringsdatum|publisert|dato|julkaistu|"
        "data publikacji|дата|дата публикации|tarih|التاريخ|تاريخ النشر|تاریخ|"
        "تاریخ انتشار|日期|发布时间|日付|날짜|תאריך"
    ),
    "headline": (
        "headline|title|article title|head|heading|hlead|titre|titel|überschrift|schlagzeile|titular|titulo|"
        "titolo|kop|rubrik|overskrift|tittel|otsikko|tytul|cim|заголовок|название|başlık|العنوان|عنوان|تیتر|"
        "标题|標題|見出し|タイトル|제목|כותרת|τίτλος"
    ),
    "language": (
        "language|lang|langue|sprache|idioma|lengua|lingua|taal|språk|sprog|kieli|jezyk|язык|dil|اللغة|زبان|"
        "语言|語言|言語|언어|שפה|γλώσσα"
    ),
    "url": (
        "url|link|address|web address|permalink|uri|canonical url|document url|href|adresse|lien|webadresse|"
        "enlace|direccion|vinculo|endereco|collegamento|indirizzo|webadres|länk|lenke|linkki|adres|ссылка|адрес|"
        "bağlantı|الرابط|رابط|لینک|پیوند|链接|網址|リンク|링크|קישור|σύνδεσμος"
    ),
    "outlet_evidence": "outlet evidence",
}
MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ACCENTS = str.maketrans("áàâãéèêëíìîïóòôõúùûçñżźćłśęąý", "aaaaeeeeiiiioooouuucnzzclseay")
HEADER_CHARS = 1 << 16


def folded(name: str) -> str:
    """Return a column's name as it is looked up: no case, no accents, one blank between words.

    >>> folded(" Date_de-Publication:"), folded("Título")
    ('date de publication', 'titulo')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\s_.:/()\-\ufeff]+", " ", spaced).casefold().translate(_ACCENTS).split())


def _table_of_names() -> dict[str, tuple[str, int]]:
    """Return field and rank by folded name."""
    known: dict[str, tuple[str, int]] = {}
    for field, names in MEANINGS.items():
        for rank, name in enumerate([field, *names.split("|")]):
            known.setdefault(folded(name), (field, rank))
    return known


_KNOWN = _table_of_names()


def map_columns(header: Iterable[str], given: dict[str, str] | None = None) -> dict[str, str]:
    """Return the column of a table that each field is read from: one column for a field.

    A column of the field's own name is taken first, then those `given` by a person, then the first
    of its names in MEANINGS.

    >>> map_columns(["Id", "Titre", "Source", "Texte"])
    {'doc_id': 'Id', 'headline': 'Titre', 'outlet': 'Source', 'text': 'Texte'}
    """
    best: dict[str, tuple[int, str]] = {}
    for column in header:
        if column in MEANINGS:
            found = (column, -2)
        elif given and column in given:
            found = (given[column], -1)
        else:
            found = _KNOWN.get(folded(column), ("", 0))
        field, rank = found
        if field and (field not in best or rank < best[field][0]):
            best[field] = (rank, column)
    return {field: column for field, (_, column) in best.items()}


def find_mark(header_of: dict[str, list[str]], known: Iterable[str] = ()) -> str:
    """Return the mark that separates cells, given the first row as each mark of MARKS would cut it.

    It is the mark that cuts most names of columns that are `known` or mapped; then that of most cells.

    >>> find_mark({",": ["doc_id;text"], ";": ["doc_id", "text"]})
    ';'
    """
    names = set(known)

    def weight(mark: str) -> tuple[int, int]:
        cells = [cell.strip() for cell in header_of[mark]]
        told = sum(cell in names or folded(cell) in _KNOWN for cell in cells)
        return told, len(cells)

    return max(header_of, key=weight)
