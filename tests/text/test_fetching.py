"""Fetching, against a server of our own on loopback: slow, huge, looping, packed and failing answers."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pandas as pd
import pytest

from helpers.text import corpus, start
from helpers.text.connections import Limits, Unfetched, get
from helpers.text.fetching import Fetched, addresses_in, fetch_pages

pytestmark = pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
PAGE = "<html lang=en><title>Quay closed</title><article>" + "".join(
    f"<p>Part {k}: the board of the harbour closed the old quay on Monday after divers had found cracks.</p>"
    for k in range(12)
)
LIMITS = Limits(seconds=1.5, largest=200_000, delay=0.0, allow_loopback=True)


class Handler(BaseHTTPRequestHandler):
    """A server that answers each path in its own way."""

    asked: ClassVar[list[str]] = []
    robots: ClassVar[tuple[int, str]] = (200, "User-agent: *\nDisallow: /private\n")

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def give(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer."""
        self.send_response(status)
        given = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body))} | headers
        for name, value in given.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """Answer a request."""
        Handler.asked.append(self.path)
        bomb = gzip.compress(b"word " * 2_000_000)
        answers = {
            "/robots.txt": lambda: self.give(Handler.robots[1].encode(), Handler.robots[0]),
            "/page": lambda: self.give(PAGE.encode()),
            "/packed": lambda: self.give(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
            "/bomb": lambda: self.give(bomb, Content_Encoding="gzip"),
            "/huge": lambda: self.give(b"x" * 300_000),
            "/unasked": lambda: self.give(b"x", Content_Encoding="br"),
            "/broken": lambda: self.give(b"no gzip", Content_Encoding="gzip"),
            "/short": lambda: self.give(b"<p>One", Content_Length="5000"),
            "/once": lambda: self.give(b"", 302, Location="/page"),
            "/loop": lambda: self.give(b"", 302, Location="/loop2"),
            "/loop2": lambda: self.give(b"", 302, Location="/loop"),
            "/private/a": lambda: self.give(PAGE.encode()),
            "/to-private": lambda: self.give(b"", 302, Location="/private/a"),
            "/to-file": lambda: self.give(b"", 302, Location="file:///etc/hostname"),
            "/to-inside": lambda: self.give(b"", 302, Location="http://10.0.0.1/"),
            "/pdf": lambda: self.give(b"%PDF", Content_Type="application/pdf"),
            "/wrong": lambda: self.give(b"no", 500),
            "/drip": self.drip,
        }
        if self.path.startswith("/far"):
            self.give(b"", 301, Location=f"/far{int(self.path[4:] or 0) + 1}")
        else:
            answers.get(self.path, lambda: self.give(b"none", 404))()

    def drip(self) -> None:
        """Send a byte now and then, without end."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            return


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.asked.clear()
    Handler.robots = (200, "User-agent: *\nDisallow: /private\n")
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def one(folder: Path, url: str, limits: Limits = LIMITS) -> Fetched:
    [page] = fetch_pages(folder, [url], limits=limits)
    return page


@pytest.mark.parametrize("path", ["/page", "/packed", "/once"])
def test_a_page_is_kept_as_received_with_what_is_known_of_it(tmp_path: Path, site: str, path: str) -> None:
    page = one(tmp_path, site + path)
    assert (page.told, page.status) == ("fetched", "200")
    assert (tmp_path / page.file).read_text(encoding="utf-8") == PAGE
    row = pd.read_csv(tmp_path / "fetched.csv", dtype=str).iloc[0]
    assert row["url"] == site + path
    assert row["final_url"] == site + (path if path != "/once" else "/page")
    assert len(row["accessed"]) == len("2026-11-27T10:00:00Z")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/bomb", "larger than 200,000 bytes"),
        ("/huge", "larger than 200,000 bytes"),
        ("/drip", "took longer than 1.5 seconds"),
        ("/loop", "in a circle"),
        ("/far0", "more than 5 redirects"),
        ("/private/a", "robots.txt forbids"),
        ("/to-private", "robots.txt forbids"),
        ("/to-file", "not an address of http"),
        ("/to-inside", "a private address"),
        ("/pdf", "no page but application/pdf"),
        ("/wrong", "the server answered 500"),
        ("/none", "the server answered 404"),
        ("/unasked", "packed as br"),
        ("/broken", "cannot be read"),
        ("/short", "cut short by the server"),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_is_kept(tmp_path: Path, site: str, path: str, told: str) -> None:
    start_at = time.monotonic()
    page = one(tmp_path, site + path)
    assert told in page.told
    assert page.file == ""
    assert not list(tmp_path.glob("pages/*"))
    assert time.monotonic() - start_at < 5


def test_a_page_is_never_fetched_twice_unless_asked(tmp_path: Path, site: str) -> None:
    one(tmp_path, f"{site}/page")
    assert one(tmp_path, f"{site}/page").told == "fetched before; not asked again"
    assert Handler.asked.count("/page") == 1
    assert next(fetch_pages(tmp_path, [f"{site}/page"], limits=LIMITS, again=True)).told == "fetched"
    assert Handler.asked == ["/robots.txt", "/page", "/robots.txt", "/page"]


@pytest.mark.parametrize(("robots", "kept"), [((404, ""), True), ((503, ""), False), ((200, ""), True)])
def test_robots_without_an_answer_forbid(
    tmp_path: Path, site: str, robots: tuple[int, str], kept: bool
) -> None:
    Handler.robots = robots
    assert bool(one(tmp_path, f"{site}/page").file) == kept


def test_a_host_has_its_rest_between_requests(tmp_path: Path, site: str) -> None:
    Handler.robots = (200, "User-agent: *\nCrawl-delay: 1\n")
    begin = time.monotonic()
    one(tmp_path, f"{site}/page")
    assert time.monotonic() - begin >= 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
        "ftp://x.example/",
        "file:///etc/passwd",
        "http://user:pw@x.example/",
        "http://x.example:22/",
        "http:///a",
        "http://x.example/a b\r\nX: y",
        "not an address",
    ],
)
def test_no_address_but_one_of_the_open_web_is_asked(url: str) -> None:
    with pytest.raises(Unfetched):
        get(url, LIMITS._replace(allow_loopback=False))


def test_lists_of_addresses(tmp_path: Path) -> None:
    lists = {
        "a.txt": "# mine\nhttps://x.example/1\n\nhttps://x.example/1\n",
        "b.csv": "title;Link\nT;https://x.example/1\n",
        "c.ris": "TY  - NEWS\nUR  - https://x.example/1\nER  -\n",
        "d.json": '[{"URL": "https://x.example/1", "title": "T"}]',
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert addresses_in(tmp_path / name) == ["https://x.example/1"]


def test_make_corpus_fetches_and_lists_what_it_kept(
    tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.txt").write_text(f"{site}/page\n{site}/none\n", encoding="utf-8")
    folder = tmp_path / "corpus"
    monkeypatch.setenv("FETCH_ALLOW_LOOPBACK", "1")
    assert start.main([str(folder), str(tmp_path / "list.txt")]) == 0
    said = capsys.readouterr().out
    assert "/page: fetched" in said
    assert "/none: not kept: the server answered 404" in said
    assert "1 report added" in said
    row = corpus.load_documents(folder).iloc[0]
    assert (row["headline"], row["url"]) == ("Quay closed", f"{site}/page")
    monkeypatch.delenv("FETCH_ALLOW_LOOPBACK")
    assert start.main([str(tmp_path / "other"), str(tmp_path / "list.txt")]) == 0
    assert "a private address" in capsys.readouterr().out
