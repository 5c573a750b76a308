"""Exports of news databases and archives of the web; every sample is invented."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from helpers.text import corpus, start
from helpers.text.corpus import CorpusError

pytestmark = pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
ONE = "The board of the harbour closed the old quay on Monday after divers had found cracks in its wall."
TWO = "“Nobody told us,” said Anna Doe, who runs the ferry between the two banks of the river."
NEXIS = f"""Quay closed after divers find cracks

Harbour Post

March 4, 2025 Tuesday 10:30 AM GMT

Copyright 2025 Harbour Post All Rights Reserved
Section: NEWS; Pg. 3
Length: 412 words
Byline: Ann Lee, Associated Press
Body

{ONE}

{TWO}

Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 5, 2025

End of Document

Ferry owners complain
Radio Ford
5 March 2025
Length: 90 words
Body
{TWO}
Load-Date: March 6, 2025
End of Document
"""
OLD = f"""
                               1 of 2 DOCUMENTS

                              Harbour Post (Ford)

                             March 4, 2025 Tuesday

Quay closed after divers find cracks

BYLINE: Ann Lee

SECTION: NEWS; Pg. 3

LENGTH: 412 words

{ONE}

{TWO}

LOAD-DATE: March 5, 2025

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

                              Radio Ford

                             March 5, 2025 Wednesday

Ferry owners complain

LENGTH: 90 words

{TWO}

LANGUAGE: ENGLISH
"""
FACTIVA = f"""SE News
HD Quay closed after divers find cracks
BY Ann Lee
WC 412 words
PD 4 March 2025
ET 10:30
SN Harbour Post
SC HARPOS
LA English
CY Copyright 2025.
LP
{ONE}

TD
{TWO}

AN
Document HARPOS0020250304el34000

HD
Ferry owners complain

PD
5 March 2025

SN
Radio Ford

LA
English

LP
{TWO}

AN
Document RADFOR0020250305
"""
PROQUEST = f"""____________________________________________________________

Title: Quay closed after divers find cracks

Publication title: Harbour Post; Ford

Publication date: Mar 4, 2025

Language of publication: English

Full text: {ONE}

{TWO}

Document URL: https://search.example/1

____________________________________________________________

Title: Ferry owners complain

Publication title: Radio Ford

Publication date: Mar 5, 2025

Full text: {TWO}

____________________________________________________________
"""
RIS = f"""TY  - NEWS
T1  - Quay closed after divers find cracks
JF  - Harbour Post
Y1  - 2025/03/04/
LA  - English
UR  - https://x.example/1
N2  - {ONE}
{TWO}
ER  -

TY  - NEWS
TI  - Ferry owners complain
T2  - Radio Ford
DA  - 2025/03/05
N2  - {TWO}
ER  -
"""
LINES = "".join(
    f"<div>{x}</div>" for x in ("412 words", "4 March 2025", "10:30", "Harbour Post", "HARPOS", "English")
)
FACTIVA_HTML = (
    "<html><body><div class='article enArticle'><div><span class='enHeadline'>Quay closed after divers "
    f"find cracks</span></div>{LINES}<p class='articleParagraph enarticleParagraph'>{ONE}</p>"
    f"<p class='articleParagraph enarticleParagraph'>{TWO}</p></div>"
    "<div class='article enArticle'><table><tr><td><b>HD</b></td><td>Ferry owners complain</td></tr>"
    "<tr><td><b>PD</b></td><td>5 March 2025</td></tr><tr><td><b>SN</b></td><td>Radio Ford</td></tr>"
    f"<tr><td><b>TD</b></td><td><p>{TWO}</p></td></tr></table></div></body></html>"
)
EUROPRESSE = "".join(
    f"<article><header><span class='DocPublicationName'>{outlet}</span>"
    f"<span class='DocHeader'>{day}, p. 3</span>"
    f"<p class='titreArticleVisu'>{title}</p></header>"
    f"<div class='docOcurrContainer'><p>{body}</p></div></article>"
    for outlet, day, title, body in (
        ("Harbour Post", "mardi 4 mars 2025", "Quay closed after divers find cracks", f"{ONE}</p><p>{TWO}"),
        ("Radio Ford", "5 mars 2025", "Ferry owners complain", TWO),
    )
)
TEXTS = {"nexis": NEXIS, "old": OLD, "factiva": FACTIVA, "proquest": PROQUEST}


def load(folder: Path) -> pd.DataFrame:
    return corpus.load_documents(folder)


def checked(table: pd.DataFrame) -> None:
    """Assert that both invented reports are there with what the export tells of them."""
    assert table["headline"].tolist() == ["Quay closed after divers find cracks", "Ferry owners complain"]
    assert [name.split(" (")[0] for name in table["outlet"]] == ["Harbour Post", "Radio Ford"]
    assert [day[:10] for day in table["published"]] == ["2025-03-04", "2025-03-05"]
    first, second = table["text"]
    assert first == f"Quay closed after divers find cracks\n\n{ONE}\n\n{TWO}"
    assert second == f"Ferry owners complain\n\n{TWO}"


def docx(path: Path, text: str) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rows = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{rows}</w:body></w:document>'
        )


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("ending", [".txt", ".rtf", ".docx"])
def test_exports_as_text(tmp_path: Path, form: str, ending: str) -> None:
    path, text = tmp_path / f"export{ending}", TEXTS[form]
    if ending == ".docx":
        docx(path, text)
    elif ending == ".rtf":
        escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
        path.write_text("{\\rtf1\\ansi " + escaped.replace("\n", "\\par\n") + "}", encoding="ascii")
    else:
        path.write_text(text, encoding="utf-8")
    table = load(tmp_path)
    assert table["doc_id"].tolist() == ["export-1", "export-2"]
    checked(table)
    if form != "proquest":
        assert table["language"].iloc[0] == "en"


@pytest.mark.parametrize(
    ("name", "source"), [("f.html", FACTIVA_HTML), ("e.html", EUROPRESSE), ("p.ris", RIS)]
)
def test_exports_as_pages_and_references(tmp_path: Path, name: str, source: str) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    checked(load(tmp_path))


def test_times_and_bylines_of_an_export_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEXIS, encoding="utf-8")
    read = corpus.read_corpus(tmp_path)
    assert read.documents["published"].iloc[0] == "2025-03-04T10:30+00:00"
    assert read.origins is not None
    assert "Ann Lee, Associated Press" in read.origins["value"].tolist()
    (tmp_path / "a.txt").write_text(FACTIVA, encoding="utf-8")
    assert load(tmp_path)["published"].iloc[0] == "2025-03-04T10:30"


def test_an_export_needs_no_row_in_the_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(NEXIS, encoding="utf-8")
    (tmp_path / "b.txt").write_text("One report of the quay.", encoding="utf-8")
    assert start.main([str(tmp_path)]) == 0
    assert "a.txt: 2 reports" in capsys.readouterr().out
    assert load(tmp_path)["doc_id"].tolist() == ["a-1", "a-2", "b"]


def test_a_report_that_is_no_export_stays_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"Length: 5 km\n{ONE}\nSN and PD are letters.\nEnd of Document story", "utf-8"
    )
    docx(tmp_path / "b.docx", f"Quay closed\n{ONE}")
    assert load(tmp_path)["doc_id"].tolist() == ["a", "b"]
    assert load(tmp_path)["headline"].tolist() == ["unknown", "Quay closed"]


def test_references_without_text_are_to_be_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "z.ris").write_text(
        "TY  - NEWS\nTI  - T\nUR  - https://x.example/1\nER  -\n", encoding="utf-8"
    )
    assert "1 report has no text in it; fetch" in " ".join(corpus.read_corpus(tmp_path).notes["note"])
    (tmp_path / "z.ris").unlink()
    items = [
        {
            "type": "article-newspaper",
            "title": "T",
            "URL": "https://x.example/1",
            "issued": {"date-parts": [[2025, 3, 4]]},
        }
    ]
    (tmp_path / "zotero.json").write_text(json.dumps(items), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"URLS=zotero.json"):
        load(tmp_path)
    items[0] |= {"text": ONE, "container-title": "Harbour Post"}
    (tmp_path / "zotero.json").write_text(json.dumps(items), encoding="utf-8")
    row = load(tmp_path).set_index("doc_id").loc["zotero-1"]
    assert (row["published"], row["outlet"]) == ("2025-03-04", "Harbour Post")


def warc() -> bytes:
    """Return an archive of two pages, a picture and a page not found."""
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=True)
    page = (
        f"<html lang=en><title>Quay closed</title><article><p>{ONE}</p><p>{TWO}</p></article></html>".encode()
    )
    for url, kind, status, body in (
        ("https://x.example/1", "text/html", "200 OK", page),
        ("https://x.example/2.png", "image/png", "200 OK", b"\x89PNG"),
        ("https://x.example/3", "text/html", "404 Not Found", page),
        ("https://x.example/4", "text/html; charset=utf-8", "200 OK", b"<html></html>"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return held.getvalue()


def test_pages_of_an_archive_are_reports(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc())
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", warc())
        archive.writestr("datapackage.json", "{}")
    read = corpus.read_corpus(tmp_path)
    assert read.documents["url"].tolist() == ["https://x.example/1"] * 2
    assert read.documents["headline"].tolist() == ["Quay closed"] * 2
    assert read.notes["note"].str.contains("1 page in it without a report's text").sum() == 2


def test_a_broken_export_keeps_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc()[:-40])
    (tmp_path / "b.txt").write_text(NEXIS[: NEXIS.index("End of Document") + 60], encoding="utf-8")
    table = load(tmp_path)
    assert table["headline"].iloc[0] == "Quay closed"
    assert "b-1" in table["doc_id"].tolist()
    for name in ("c.docx", "d.rtf", "e.wacz"):
        (tmp_path / name).write_bytes(b"no")
    with pytest.raises(CorpusError) as caught:
        load(tmp_path)
    assert [problem.file for problem in caught.value.problems] == ["c.docx", "d.rtf", "e.wacz"]
