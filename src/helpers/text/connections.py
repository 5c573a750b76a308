"""One request to the open web: never to a private address, never without an end, never larger than told."""

import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
import zlib
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

__all__ = ["AGENT", "Answer", "Limits", "Unfetched", "get", "loopback_allowed"]
AGENT = "Variorum/0.1 (news research; reads robots.txt)"
# Set to 1, this machine's own addresses are allowed, for tests against a server of one's own.
ALLOW_LOOPBACK = "FETCH_ALLOW_LOOPBACK"
PORTS = (80, 443, 8080, 8443)
REDIRECTS = (301, 302, 303, 307, 308)
PART = 1 << 16


class Unfetched(Exception):
    """An address was not fetched; the message says why."""


class Limits(NamedTuple):
    """What a request may cost: seconds in all, bytes, redirects, seconds between two."""

    seconds: float = 30.0
    largest: int = 20 << 20
    redirects: int = 5
    delay: float = 2.0
    allow_loopback: bool = False


class Answer(NamedTuple):
    """What a server answered: the address it came from, status, kind, bytes unpacked."""

    url: str
    status: int
    kind: str
    body: bytes
    location: str = ""


def get(url: str, limits: Limits) -> Answer:
    """Return the answer to one request, without redirects. Raises Unfetched."""
    parts = _checked(url)
    ends = time.monotonic() + limits.seconds
    sock = _connected(parts[1], parts[2], limits)
    held = [sock]
    # A server that sends a byte now and then never lets a read run out: this ends it.
    watch = threading.Timer(limits.seconds, _shut, [held])
    watch.daemon = True
    watch.start()
    try:
        if parts[0] == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=parts[1], do_handshake_on_connect=False)
            held.append(sock)
            sock.do_handshake()
        answer = _exchange(sock, url, parts, limits)
        if time.monotonic() >= ends:
            raise Unfetched(f"took longer than {limits.seconds:g} seconds")
        return answer
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= ends:
            raise Unfetched(f"took longer than {limits.seconds:g} seconds") from error
        raise Unfetched(f"no answer that can be read ({type(error).__name__})") from error
    finally:
        watch.cancel()
        sock.close()


def _checked(url: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path of an address; raise Unfetched where it is none of the web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Unfetched("not an address") from error
    refusal = _refusal(url, parts)
    if refusal:
        raise Unfetched(refusal)
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Unfetched("not an address") from error
    kept = "/%:@!$&'()*+,;=~-._?"
    path = quote(parts.path or "/", safe=kept) + (f"?{quote(parts.query, safe=kept)}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path


def _refusal(url: str, parts: SplitResult) -> str:
    """Return why an address is never asked, or nothing."""
    refusals = {
        "not an address of http or https": parts.scheme not in ("http", "https") or not parts.hostname,
        "holds a user name": parts.username is not None or parts.password is not None,
        "holds a blank or a control character": any(ord(char) <= 32 or ord(char) == 127 for char in url),
    }
    return next((why for why, holds in refusals.items() if holds), "")


def _connected(host: str, port: int, limits: Limits) -> socket.socket:
    """Return a connection to an address of the open web that `host` has; the one checked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unfetched("no such host") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not all(_is_open(address, limits) for address in addresses):
        raise Unfetched("a private address, which is never asked")
    if not limits.allow_loopback and port not in PORTS:
        raise Unfetched(f"port {port} is none of the web's")
    try:
        return socket.create_connection((addresses[0], port), timeout=limits.seconds)
    except OSError as error:
        raise Unfetched(f"cannot be reached ({error.strerror or type(error).__name__})") from error


def _is_open(address: str, limits: Limits) -> bool:
    """Return whether an address belongs to the open web, or to this machine where that is allowed."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # What is wrapped in these forms is another address.
        if ip.ipv4_mapped:
            return _is_open(str(ip.ipv4_mapped), limits)
        if ip.sixtofour or ip.teredo or ip in ipaddress.ip_network("64:ff9b::/96"):
            return False
    if ip.is_loopback:
        return limits.allow_loopback
    return ip.is_global and not ip.is_multicast


def _shut(held: list[socket.socket]) -> None:
    """End a connection from outside: the last of the sockets it was wrapped in."""
    try:
        held[-1].shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _exchange(sock: socket.socket, url: str, parts: tuple[str, str, int, str], limits: Limits) -> Answer:
    """Return the answer to a request on an open connection."""
    connection = http.client.HTTPConnection(parts[1], parts[2], timeout=limits.seconds)
    connection.sock = sock
    headers = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.5"}
    headers |= {"Accept-Encoding": "gzip", "Connection": "close"}
    connection.request("GET", parts[3], headers=headers)
    answer = connection.getresponse()
    kind, location = answer.headers.get("Content-Type", ""), answer.headers.get("Location", "")
    if answer.status in REDIRECTS and location:
        return Answer(url, answer.status, kind, b"", urljoin(url, location))
    packing = answer.headers.get("Content-Encoding", "identity").lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise Unfetched(f"packed as {packing}, which was not asked for")
    return Answer(url, answer.status, kind, _body(answer, "gzip" in packing, limits.largest))


def _body(answer: http.client.HTTPResponse, packed: bool, largest: int) -> bytes:
    """Return the bytes of an answer, unpacked; raise Unfetched where they are more than `largest`."""
    unpack = zlib.decompressobj(wbits=31) if packed else None
    parts: list[bytes] = []
    held = 0
    while part := answer.read(PART):
        while part:
            try:
                out = unpack.decompress(part, PART) if unpack else part
            except zlib.error as error:
                raise Unfetched("packed in a way that cannot be read") from error
            part = unpack.unconsumed_tail if unpack else b""
            held += len(out)
            if held > largest:
                raise Unfetched(f"larger than {largest:,} bytes")
            parts.append(out)
    if answer.length:
        raise Unfetched("cut short by the server")
    return b"".join(parts)


def loopback_allowed() -> bool:
    """Return whether the switch that allows this machine's own addresses is set."""
    return os.environ.get(ALLOW_LOOPBACK) == "1"
