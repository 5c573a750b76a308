"""Saved pages: what they say of themselves, where it was found, and what of them is no report."""

import gzip
import json
from pathlib import Path

import pytest

from helpers.text import corpus, split_sentences
from helpers.text.agencies import agency_in
from helpers.text.webpages import Page, page_of

pytestmark = pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
BODY = "".join(
    f"<p>Part {k}: the board of the harbour closed the old quay on Monday after divers had found cracks.</p>"
    for k in range(12)
)


def page(
    folder: Path, head: str = "", body: str = BODY, *, name: str = "a.html", html: str = "<html>"
) -> Page:
    text = f"<!doctype html>{html}<head>{head}</head><body><article>{body}</article></body></html>"
    raw = text.encode()
    (folder / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return page_of(folder / name)


def fields(read: Page) -> dict[str, str]:
    return {found.field: found.value for found in read.fields}


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


@pytest.mark.parametrize(
    ("head", "time"),
    [
        (ld(datePublished="2025-03-04T09:30:00-05:00"), "2025-03-04T09:30:00-05:00"),
        ('<meta property="article:published_time" content="2025-03-04T14:30:00Z">', "2025-03-04T14:30:00Z"),
        ('<meta name="date" content="2025-03-04"><time datetime="2025-03-04T14:30:00Z">4 March</time>', None),
        (
            ld(datePublished="0001-01-01T00:00:00Z") + '<meta name="pubdate" content="2025-03-04">',
            "2025-03-04",
        ),
        (
            '<script>var x = {"publishedAt": "2025-03-04T14:30:00+01:00"}</script>',
            "2025-03-04T14:30:00+01:00",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-03-04",}</script>',
            "2025-03-04",
        ),
    ],
)
def test_the_time_of_publication_is_kept_as_far_as_it_is_told(
    tmp_path: Path, head: str, time: str | None
) -> None:
    assert fields(page(tmp_path, head))["published"] == (time or "2025-03-04T14:30:00Z")


def test_a_time_that_is_printed_is_read_and_a_change_is_none(tmp_path: Path) -> None:
    changed = "<div class='byline'>Updated March 6, 2025</div>"
    body = f"<h1>Quay closed</h1>{changed}<p>March 4, 2025 9:30 a.m. EST</p>{BODY}"
    assert fields(page(tmp_path, body=body))["published"] == "2025-03-04T09:30-05:00"
    assert "published" not in fields(page(tmp_path))


@pytest.mark.parametrize("html", ["<html lang='en-US'>", "<html lang=en_GB>", "<html xml:lang='EN'>"])
def test_the_language_is_a_code_of_two_letters(tmp_path: Path, html: str) -> None:
    assert fields(page(tmp_path, html=html))["language"] == "en"
    assert fields(page(tmp_path, '<meta property="og:locale" content="pt_BR">'))["language"] == "pt"


@pytest.mark.parametrize(
    "title",
    [
        "Quay closed - for good | Harbour Post",
        "Harbour Post: Quay closed - for good",
        "Quay closed - for good — harbourpost.example",
        "Quay closed - for good « Harbour Post",
    ],
)
def test_a_headline_has_no_name_of_the_site(tmp_path: Path, title: str) -> None:
    head = f"<title>{title}</title><meta property='og:site_name' content='Harbour Post'>"
    found = fields(page(tmp_path, head, f"<h1>Quay closed - for good</h1>{BODY}"))
    assert found["headline"] == "Quay closed - for good"
    if ":" not in title:
        assert fields(page(tmp_path, head))["headline"] == "Quay closed - for good"


def test_the_address_is_the_pages_own(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://x.example/a?id=1"><meta property="og:url" content="https://x.example/">'
    assert fields(page(tmp_path, head))["url"] == "https://x.example/a?id=1"
    assert "url" not in fields(page(tmp_path, '<link rel="canonical" href="javascript:alert(1)">'))
    read = page(tmp_path)
    (tmp_path / "a.html").write_text(f"<!-- saved from url=(0021)https://x.example/b -->{read.text}", "utf-8")
    assert fields(page_of(tmp_path / "a.html"))["url"] == "https://x.example/b"


def test_an_agency_credited_beside_the_text_stands_in_the_text(tmp_path: Path) -> None:
    read = page(tmp_path, ld(author={"@type": "Person", "name": "Reuters"}) + "<title>Quay closed</title>")
    assert (fields(read)["agency"], "By Reuters" in read.text) == ("Reuters", True)
    dated = page(tmp_path, ld(author="Reuters"), BODY.replace("Part 0", "LONDON (Reuters) - Part 0"))
    assert "By Reuters" not in dated.text
    meta = '<meta property="og:description" content="HAYWARD, Calif. (AP) - The Latest on it.">'
    assert "By Associated Press" in page(tmp_path, meta).text
    photo = page(tmp_path, body=f"<figure><img><span class='credit'>Reuters</span></figure>{BODY}")
    assert "agency" not in fields(photo)
    (tmp_path / "documents.csv").unlink(missing_ok=True)
    page(tmp_path, ld(author="Reuters", headline="Quay closed by the board"))
    zones = split_sentences(corpus.load_documents(tmp_path)).set_index("text")["zone"]
    assert zones["By Reuters"] == "byline"


def test_agencies_are_known_by_their_names_and_not_by_words() -> None:
    assert agency_in("By Ann Lee, AP") == "Associated Press"
    assert agency_in("Australian Associated Press") == "Australian Associated Press"
    assert agency_in("Photo: AP") == agency_in("ap") == agency_in("The map") == ""


WALL = "<div class='paywall'><p>This is for subscribers only. Subscribe now to continue reading.</p></div>"
SHORT = "<h1>Quay closed</h1><p>The board of the harbour closed the old quay and ships were told to...</p>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(isAccessibleForFree="False"), SHORT + WALL),
        (
            ld(isAccessibleForFree=False, hasPart={"isAccessibleForFree": False, "cssSelector": ".paywall"}),
            SHORT + WALL,
        ),
        ("", SHORT + WALL),
        (ld(isAccessibleForFree=False, wordCount=900), BODY),
    ],
)
def test_a_page_that_holds_the_beginning_is_remarked(tmp_path: Path, head: str, body: str) -> None:
    read = page(tmp_path, head, body)
    assert "only the beginning" in read.note
    assert "subscribers only" not in read.text


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(isAccessibleForFree=False), BODY),
        (ld(isAccessibleForFree=True), SHORT),
        ("", BODY + WALL),
        (ld(isAccessibleForFree=False, hasPart={"cssSelector": ".x"}), f"{SHORT}<div class='x'>{BODY}</div>"),
    ],
)
def test_a_whole_report_is_not(tmp_path: Path, head: str, body: str) -> None:
    assert page(tmp_path, head, body).note == ""


def test_captions_related_links_and_calls_are_no_text_and_corrections_are_a_zone(tmp_path: Path) -> None:
    beside = (
        "<figure><img><figcaption>The quay in 2019, seen from the ferry.</figcaption></figure>"
        "<p>Related: <a href='/x'>Another closed quay of the county</a></p>"
        "<div class='related-stories'><ul><li><a href='/y'>Ships must wait</a></li></ul></div>"
    )
    note = (
        "<p>Correction: an earlier report named the wrong day of the week. The quay was closed on Monday.</p>"
    )
    read = page(
        tmp_path,
        "<title>Quay closed by the board</title>",
        BODY + beside + BODY.replace("Part", "Piece") + note,
    )
    assert not {"seen from", "Another closed", "must wait"} & {
        w for w in ("seen from", "Another closed", "must wait") if w in read.text
    }
    sentences = split_sentences(corpus.load_documents(tmp_path))
    assert sentences.loc[sentences["text"].str.startswith("Correction"), "zone"].tolist() == ["note"]


def test_the_parts_of_a_live_report_keep_their_times(tmp_path: Path) -> None:
    parts = "".join(
        f"<section><time datetime='2025-03-04T1{k}:20:00Z'>1{k}.20</time>{BODY[:300]}</section>"
        for k in range(3)
    )
    head = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Quay: live"}</script>'
    read = page(tmp_path, head, f"<h1>Quay: live</h1>{parts}")
    assert [line for line in read.text.split("\n") if line[:1] == "1"] == ["10.20", "11.20", "12.20"]
    zones = split_sentences(corpus.load_documents(tmp_path)).set_index("text")["zone"]
    assert zones["11.20"] == "byline"


@pytest.mark.parametrize("name", ["a.html.gz", "a.xhtml", "a.htm"])
def test_pages_in_other_forms(tmp_path: Path, name: str) -> None:
    assert "Part 3" in page(tmp_path, name=name).text


def test_a_web_archive_of_one_file(tmp_path: Path) -> None:
    page(tmp_path, "<title>Quay closed</title>")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    (tmp_path / "a.html").unlink()
    parts = f"--x\nContent-Type: text/html; charset=utf-8\nContent-Location: https://x.example/a\n\n{html}\n--x--\n"
    (tmp_path / "a.mhtml").write_text(
        f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n{parts}', "utf-8"
    )
    row = corpus.load_documents(tmp_path).loc[0]
    assert (row["doc_id"], row["headline"], row["url"]) == ("a", "Quay closed", "https://x.example/a")
    origins = corpus.read_corpus(tmp_path).origins
    assert origins is not None
    assert origins.set_index("field").loc["url", "where"] == "where it was saved from"
