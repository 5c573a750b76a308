"""Pages of addresses fetched politely and kept as received, never twice unless asked."""

import csv
import hashlib
import io
import re
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from helpers.text.columns import map_columns
from helpers.text.connections import AGENT, Answer, Limits, Unfetched, get, loopback_allowed
from helpers.text.exports import records_in_ris
from helpers.text.manifest import FETCHED, TABLES
from helpers.text.problems import Refused, inert
from helpers.text.readers import read_cells, read_rows, read_text

__all__ = ["COLUMNS_FETCHED", "Fetched", "addresses_in", "fetch_pages"]
COLUMNS_FETCHED = ("url", "file", "accessed", "final_url", "status", "content_type", "told")
LARGEST_ROBOTS, LONGEST_DELAY = 500_000, 60.0
OK = 200


class Fetched(NamedTuple):
    """What happened to an address; `file` is empty where nothing was kept."""

    url: str
    file: str
    accessed: str
    final_url: str
    status: str
    content_type: str
    told: str


def addresses_in(path: Path) -> list[str]:
    """Return the addresses in a list, each once: one a line, or of a table or RIS file.

    Raises OSError, or Refused where no address is found.
    """
    lower = path.name.lower()
    if lower.endswith(TABLES):
        table = read_rows(path, path.name)
        column = map_columns(table.header).get("url", "")
        found = [cells.get(column, "").strip() for _, cells in table.rows]
    elif lower.endswith(".ris"):
        found = [record.fields.get("url", "") for record in records_in_ris(read_text(path)[0])]
    else:
        lines = [line.strip() for line in read_text(path)[0].split("\n")]
        found = [line for line in lines if line and not line.startswith("#")]
    unique = list(dict.fromkeys(filter(None, found)))
    if not unique:
        raise Refused(f"{path.name}: no address in it; write one on each line")
    return unique


def fetch_pages(
    folder: Path, addresses: Iterable[str], *, limits: Limits | None = None, again: bool = False
) -> Iterator[Fetched]:
    """Fetch addresses into `folder`/pages, write fetched.csv after each, and yield what happened to it.

    A page that fetched.csv names, and that is there, is not fetched again unless `again`.
    """
    limits = limits or Limits(allow_loopback=loopback_allowed())
    path = folder / FETCHED
    known = {row.url: row for row in _known(path)}
    hosts = _Hosts(limits)
    for url in dict.fromkeys(addresses):
        before = known.get(url)
        if before and before.file and (folder / before.file).is_file() and not again:
            yield before._replace(told="fetched before; not asked again")
            continue
        known[url] = _fetched(folder, url, hosts)
        _write(path, list(known.values()))
        yield known[url]


def _known(path: Path) -> list[Fetched]:
    """Return what fetched.csv tells."""
    if not path.exists():
        return []
    table = read_cells(path, COLUMNS_FETCHED)
    if table.problems:
        raise Refused(str(table.problems[0]))
    return [Fetched(*(cells[name] for name in COLUMNS_FETCHED)) for _, cells in table.rows]


def _write(path: Path, rows: list[Fetched]) -> None:
    """Write fetched.csv; a full disk leaves it as it was."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows(
        [COLUMNS_FETCHED, *([inert(c) for c in row] for row in rows)]
    )
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(held.getvalue().encode("utf-8"))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


class _Hosts:
    """The hosts asked so far: when, and what they allow."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.asked: dict[str, float] = {}
        self.rules: dict[str, RobotFileParser] = {}

    def ask(self, url: str, *, largest: int | None = None, delay: float | None = None) -> Answer:
        """Return the answer to one request, once the host has had its rest."""
        host = urlsplit(url).netloc
        rest = max(self.limits.delay if delay is None else delay, 0.0)
        wait = self.asked.get(host, -LONGEST_DELAY) + rest - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            return get(url, self.limits._replace(largest=largest) if largest else self.limits)
        finally:
            self.asked[host] = time.monotonic()

    def follow(self, url: str, *, largest: int | None = None, ruled: bool = True) -> Answer:
        """Return the answer after an address's redirects; where `ruled`, as each host's rules allow."""
        seen = [url]
        while True:
            delay = self.allowed(seen[-1]) if ruled else None
            answer = self.ask(seen[-1], largest=largest, delay=delay)
            if not answer.location:
                return answer
            if answer.location in seen:
                raise Unfetched("its redirects go in a circle")
            if len(seen) > self.limits.redirects:
                raise Unfetched(f"more than {self.limits.redirects} redirects")
            seen.append(answer.location)

    def allowed(self, url: str) -> float:
        """Return the seconds to wait before a request; raise Unfetched where robots.txt forbids it."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.rules:
            self.rules[origin] = self.read_rules(origin)
        if not self.rules[origin].can_fetch(AGENT, url):
            raise Unfetched("robots.txt forbids it, or cannot be had")
        told = self.rules[origin].crawl_delay(AGENT)
        return min(max(self.limits.delay, float(told or 0)), LONGEST_DELAY)

    def read_rules(self, origin: str) -> RobotFileParser:
        """Return the rules of a host: none without robots.txt, all forbidden without an answer."""
        rules = RobotFileParser()
        try:
            answer = self.follow(f"{origin}/robots.txt", largest=LARGEST_ROBOTS, ruled=False)
        except Unfetched as error:
            if any(word in str(error) for word in ("address", "port", "host", "user name")):
                raise
            answer = Answer(origin, 503, "", b"")
        if answer.status == OK:
            rules.parse(answer.body.decode("utf-8", errors="replace").splitlines())
        elif answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse([])
        return rules


def _fetched(folder: Path, url: str, hosts: _Hosts) -> Fetched:
    """Fetch one address and keep its page; return what happened."""
    try:
        answer = hosts.follow(url)
    except Unfetched as error:
        return Fetched(url, "", _now(), "", "", "", f"not fetched: {error}")
    kind = answer.kind.partition(";")[0].strip().lower()
    told = Fetched(url, "", _now(), answer.url, str(answer.status), answer.kind, "")
    if answer.status != OK:
        return told._replace(told=f"not kept: the server answered {answer.status}")
    if kind not in ("text/html", "application/xhtml+xml", "text/plain"):
        return told._replace(told=f"not kept: no page but {kind or 'of no kind told'}")
    name = f"pages/{_file_name(url)}{'.txt' if kind == 'text/plain' else '.html'}"
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    aside = folder / "pages" / ".new"
    aside.write_bytes(answer.body)
    aside.replace(folder / name)
    return told._replace(file=name, told="fetched")


def _file_name(url: str) -> str:
    """Return a name for an address's file: what can be read of it, and a part of its checksum."""
    parts = urlsplit(url)
    plain = re.sub(r"[^a-z0-9]+", "-", f"{parts.hostname or ''}-{parts.path}".lower()).strip("-")
    return f"{plain[:60].strip('-')}-{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _now() -> str:
    """Return the time of access."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
