"""Exports, pages and tables of forms that were read wrongly once; every sample is invented."""

import io
import json
import time

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from helpers.text import corpus
from helpers.text.localised import iso_date
from helpers.text.outlets import load_outlets
from helpers.text.sheets import is_table

pytestmark = pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
ONE = "The council said on Tuesday that the bridge would stay closed until May. Engineers found cracks in it."
TWO = "A ferry will run from Monday, the harbour office said. It takes forty people and costs nothing."


def told(folder, name, content):
    """Return what is read of a folder with one file."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    read = corpus.read_corpus(folder)
    assert not read.problems
    return read


def cells(read, *names):
    """Return some columns of the reports read, as tuples."""
    return list(read.documents[list(names)].itertuples(index=False, name=None))


def nexis(body, end, *lines):
    """Return an export of two reports with their named fields in another language."""
    head = "\n".join(lines)
    return (
        f"Bridge stays closed\n\nHarbour Post\n\nMarch 4, 2025\n\nCopyright 2025 Harbour Post\n\n{head}\n\n"
        f"{body}\n\n{ONE}\n\n{end}\n\nFerry to run\n\n"
        f"Harbour Post\n\nMarch 5, 2025\n\n{head}\n\n{body}\n\n{TWO}\n\n{end}\n"
    )


@pytest.mark.parametrize(
    ("body", "end", "lines"),
    [
        (
            "Textkörper",
            "Ende des Dokuments",
            ("Rubrik: LOKALES; S. 3", "Länge: 120 Wörter", "Autor: Ada Poe"),
        ),
        ("Corps", "Fin du document", ("Longueur: 120 mots", "Auteur: Ada Poe")),
        ("Cuerpo", "Fin del documento", ("Sección: CIUDAD", "Longitud: 120 palabras")),
    ],
)
def test_nexis_in_other_languages(tmp_path, body, end, lines):
    read = told(tmp_path, "a.txt", nexis(body, end, *lines))
    assert cells(read, "outlet", "published", "headline") == [
        ("Harbour Post", "2025-03-04", "Bridge stays closed"),
        ("Harbour Post", "2025-03-05", "Ferry to run"),
    ]
    assert read.documents["text"].tolist() == [f"Bridge stays closed\n\n{ONE}", f"Ferry to run\n\n{TWO}"]
    assert ("Ada Poe" in set(read.origins["value"])) == ("Ada Poe" in " ".join(lines))


def test_an_edition_is_no_headline(tmp_path):
    text = (
        "\n   1 of 1 DOCUMENTS\n\n   Harbour Post\n\n   March 4, 2025 Tuesday\n   Late City Final Edition\n"
    )
    text += (
        f"\nBridge stays closed\n\nBYLINE: Ada Poe\n\nLENGTH: 90 words\n\n{ONE}\n\nLOAD-DATE: March 4, 2025\n"
    )
    assert cells(told(tmp_path, "a.txt", text), "headline") == [("Bridge stays closed",)]


LAID_OUT = (
    "Bridge stays closed\nAda Poe\n120 words\n4 March 2025\n10:30\n"
    "Harbour Post\nHARB\nEnglish\n(c) 2025 Harbour Post\n\n"
    f"{ONE}\n\n{TWO}\n\nDocument HARB000020250304el3400001\n\nFerry to run\n90 words\n5 March 2025\n"
    "Harbour Post\nHARB\nEnglish\nCopyright 2025 Harbour Post. All rights reserved."
    f"\n\n{TWO}\n\nDocument HARB000020250305el3500002\n"
)


def test_factiva_without_codes(tmp_path):
    rtf = "{\\rtf1\\ansi\\ansicpg1252 " + LAID_OUT.replace("\n", "\\par\n") + "}"
    for place, (name, content) in enumerate((("a.txt", LAID_OUT), ("a.rtf", rtf))):
        folder = tmp_path / str(place)
        folder.mkdir()
        read = told(folder, name, content)
        assert cells(read, "outlet", "published", "headline", "language") == [
            ("Harbour Post", "2025-03-04T10:30", "Bridge stays closed", "en"),
            ("Harbour Post", "2025-03-05", "Ferry to run", "en"),
        ]
        assert read.documents["text"].tolist() == [
            f"Bridge stays closed\n\n{ONE}\n\n{TWO}",
            f"Ferry to run\n\n{TWO}",
        ]


def test_proquest_with_fields_missing(tmp_path):
    rule = "_" * 60
    parts = [
        f"Bridge stays closed\n\nFull text: {ONE}\n\nPublication title: Harbour Post",
        "A third report\n\nPublication title: Harbour Post\n\nFull text: Not available.",
        f"Title: Ferry to run\n\nFull text: {TWO}\n\nPublication title: ",
    ]
    read = told(tmp_path, "a.txt", "".join(f"{rule}\n\n{part}\n\n" for part in parts))
    assert cells(read, "headline", "outlet") == [
        ("Bridge stays closed", "Harbour Post"),
        ("Ferry to run", "unknown"),
    ]
    assert "no text" in read.notes["note"][0]


def test_europresse_with_a_paragraph_in_its_heading(tmp_path):
    page = (
        '<html><body><article><span class="DocPublicationName">Le Courrier</span>'
        '<span class="DocHeader">mardi 4 mars 2025, p. 2</span><h1 class="titreArticle">'
        '<p class="titreArticleVisu">Le pont reste fermé</p></h1>'
        f'<div class="docOcurrContainer"><p>{ONE}</p></div></article>'
    )
    assert cells(told(tmp_path, "a.html", page), "headline") == [("Le pont reste fermé",)]


def page_of(articles, address="https://harbour.example/bridge"):
    """Return a saved page with objects of JSON-LD."""
    link = f'<link rel="canonical" href="{address}">' if address else ""
    script = f'<script type="application/ld+json">{json.dumps(articles)}</script>'
    return (
        f"<html><head><title>Bridge stays closed</title>{link}{script}</head><body><article>"
        f"<h1>Bridge stays closed</h1><p>{ONE} {TWO}</p><p>{TWO} {ONE}</p></article></body></html>"
    )


@pytest.mark.parametrize("address", ["https://harbour.example/bridge", ""])
def test_the_fields_of_another_report_are_not_taken(tmp_path, address):
    other = {"@type": "NewsArticle", "headline": "Ten bridges of the year", "datePublished": "2019-01-01"}
    other |= {"url": "https://harbour.example/ten", "author": {"name": "Di Fox"}}
    own = {"@type": "NewsArticle", "headline": "Bridge stays closed", "datePublished": "2025-03-04"}
    own |= {"url": "http://www.harbour.example/bridge/?from=front"}
    read = told(tmp_path, "a.html", page_of([other, own], address))
    assert cells(read, "published") == [("2025-03-04",)]
    assert "Di Fox" not in set(read.origins["value"])


def test_dates_of_irans_calendar():
    known = {"1403/12/14": "2025-03-04", "1357/11/22": "1979-02-11", "1399/12/30": "2021-03-20"}
    known |= {"۱۴۰۴/۰۱/۰۱": "2025-03-21", "1398-10-13": "2020-01-03", "1403/12/14 10:15": "2025-03-04T10:15"}
    assert {given: iso_date(given) for given in known} == known
    assert iso_date("1402/12/30") == ""
    assert iso_date("1446/09/04") == "1446-09-04"


def test_a_table_that_lost_its_ending(tmp_path):
    rows = [
        ("Title", "Source", "Date", "Text"),
        ("Bridge", "Post", "2025-03-04", ONE),
        ("Ferry", "Post", "2025-03-05", TWO),
    ]
    read = told(tmp_path, "a.txt", "\n".join(map("\t".join, rows)))
    assert cells(read, "headline", "text") == [("Bridge", ONE), ("Ferry", TWO)]
    assert not is_table("Text, titles, dates and a source were found in the house.\nNobody knew whose.\n")
    assert not is_table(
        "Content, title, date\nnothing here is a table but three words in a line above it, of a poem"
    )


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_cells_that_programs_write_as_lists_and_objects(tmp_path, name):
    row = {"title": "Bridge", "text": [ONE, TWO], "source": {"id": None, "name": "Harbour Post"}}
    read = told(tmp_path, name, json.dumps(row if name == "a.jsonl" else {"status": "ok", "articles": [row]}))
    assert cells(read, "outlet", "text") == [("Harbour Post", f"{ONE}\n\n{TWO}")]


def test_a_page_packed_in_another_way_is_told_as_such(tmp_path):
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    for packing in ("br", "zstd", ""):
        kind = [("Content-Type", "text/html"), *([("Content-Encoding", packing)] if packing else [])]
        head = StatusAndHeaders("200 OK", kind, protocol="HTTP/1.1")
        body = io.BytesIO(b"\x0b\x02\x80<p>words" if packing else page_of([]).encode())
        writer.write_record(
            writer.create_warc_record(
                "https://harbour.example/bridge", "response", payload=body, http_headers=head
            )
        )
    read = told(tmp_path, "a.warc", file.getvalue())
    assert len(read.documents) == 1
    assert "2 pages are packed in a way that is not read here" in read.notes["note"][0]


def test_what_columns_csv_names_and_is_not_there_is_told(tmp_path):
    rows = "file,column,read_as\nt.csv,a,text\nt.csv,zz,headline\nnone.csv,x,text\n"
    (tmp_path / "columns.csv").write_text(rows, encoding="utf-8")
    read = told(tmp_path, "t.csv", f"a,b\n{ONE},1\n")
    said = set(read.notes["note"])
    assert {"t.csv has no column zz", "there is no table none.csv"} <= said


def test_the_aliases_of_many_outlets_are_read_in_proportion(tmp_path):
    path = tmp_path / "outlets.csv"

    def seconds(n):
        rows = "".join(f"O{k},A{k}|B{k}\n" for k in range(n))
        path.write_text(f"outlet,aliases\n{rows}", encoding="utf-8")
        start = time.process_time()
        assert len(load_outlets(path, [])[0]) == 2 * n
        return time.process_time() - start

    assert any(seconds(8_000) < 8 * max(seconds(2_000), 0.02) for _ in range(3))
