"""The only network code: pages from the internet, and from nowhere else.

    fetch(url) -> Fetched | Refusal                        one page: its bytes, or why not
    again(url, known) -> Fetched | NotModified | Refusal   a page that we have, if it has changed
    download(url, into) -> Fetched | Refusal               a large file of any type, as it is, into a file of ours
    post(url, …) -> int | Refusal       the same road the other way, for webhooks: the status that came back
    guard(url) -> Target | Refusal      where an address leads, if we may go there

Who hands us an address chooses where we connect to. From where we stand he may mean the router, a neighbour, the cloud's
metadata service, or this very server (server-side request forgery). So:

- `http` and `https` only, ports 80 and 443, no user or password, nothing in the address that two parsers read differently
  (`addresses.py`).
- The name is looked up once. *Every* address that comes back must be on the public internet, and we connect to the first of
  these very addresses: a second look-up could answer otherwise (DNS rebinding).
- TLS is verified against the name, with the addresses of its certificates from the system.
- Redirects are followed here, at most five, each through the same check; never from https to http.
- Caps on the head, the bytes, the bytes after decompression, each wait, and the whole. We ask for gzip and take gzip and
  deflate, which can be unpacked piece by piece; another coding is refused, a bomb is cut. Archives are written as they come.
- No cookies, no credentials, no proxy from the environment; the page is told our name and nothing of who asks.

`resolve`, `connect` and `clock` are arguments: tests hand in their own and need no network. Never raises on any address or
answer. What it does not do: read robots.txt, wait, try again (`inputs/politeness.py`), keep connections.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import urljoin

from whosays.addresses import is_address, parse, words
from whosays.addresses import is_public as is_public
from whosays.nouns import Refusal, Stage
from whosays.settings import MAX_ARCHIVE_BYTES, MAX_PAGE_BYTES

AGENT = "whosays (reads news; one page at a time)"
PORTS = frozenset({80, 443})
REDIRECTS = 5
TOTAL, EACH = 30.0, 10.0
"""Seconds for everything, and for one wait."""
HOURS = 6 * 3_600.0
"""Seconds for an archive."""
TYPES = re.compile(r"text/(?!event-stream|css|javascript)[\w.+-]+|application/(xhtml\+xml|xml|rss\+xml|atom\+xml)")
"""What may be a page, as its server declares it. One that declares nothing is looked into by `pages`."""
LISTS = re.compile(TYPES.pattern + r"|application/((rdf|x-rss)\+xml|(x-)?gzip|octet-stream)")
"""What may be a feed, a sitemap or a list: some are kept packed."""

Resolve = Callable[[str, int], Sequence[str]]
"""Name and port to addresses, as `getaddrinfo`. Raises OSError."""
Connect = Callable[[str, int, float], socket.socket]
"""Address (never a name), port and seconds to a connected socket. Raises OSError."""
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads."""

    url: str
    https: bool
    host: str
    """As it goes into `Host` and is held against the certificate: lower case, ASCII, no brackets."""
    port: int
    address: str
    """Where to connect: one of those that were checked."""
    path: str
    """Path and query, ASCII."""


@dataclass(frozen=True, slots=True)
class Known:
    """By what a server tells whether a page that we have has changed, as it said when we fetched it."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page."""

    url: str
    """Where it was in the end."""
    content_type: str | None
    data: bytes
    """Empty where it was written elsewhere (`download`)."""
    hops: tuple[str, ...]
    """The addresses on the way, the first one given first; empty where nothing redirected."""
    known: Known = Known()
    moved: str | None = None
    """Where it is from now on, if it has moved for good (301, 308)."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page that we have is still the one."""

    url: str
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Denied(Refusal):
    """What a server answered instead of a page."""

    status: int = 0
    retry_after: float | None = None
    """Seconds after which we may ask again, as it says."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How we reach the network. Tests hand in their own."""

    resolve: Resolve = lambda host, port: [
        str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    connect: Connect = lambda address, port, seconds: socket.create_connection((address, port), seconds)
    clock: Clock = time.monotonic
    ports: frozenset[int] = PORTS
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


WIRE = Wire()


def fetch(url: str, *, wire: Wire = WIRE, most: int = MAX_PAGE_BYTES) -> Fetched | Refusal:
    """The page at an address. Reasons: `address`, `redirects`, `unreachable`, `tls`, `time`, `status`, `type`, `coding`, `size`.
    Of `status` it is a Denied."""
    return _whole(_followed(url, _Ask(most=most), wire))


def again(
    url: str, known: Known, *, wire: Wire = WIRE, most: int = MAX_PAGE_BYTES, types: re.Pattern[str] = TYPES
) -> Fetched | NotModified | Refusal:
    """The page at an address, unless it is still the one that is known."""
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    headers = {name: value for name, value in said.items() if value is not None and _LATIN.fullmatch(value)}
    return _followed(url, _Ask(most=most, types=types, headers=headers), wire)


def download(url: str, into: BinaryIO, *, wire: Wire = WIRE, most: int = MAX_ARCHIVE_BYTES) -> Fetched | Refusal:
    """A file of any type, written as it comes. One more reason: `disk`."""
    return _whole(_followed(url, _Ask(most=most, types=None, into=into, seconds=HOURS), wire))


def _whole(answer: Fetched | NotModified | Refusal) -> Fetched | Refusal:
    return _no("status", "it answered 304, for which nobody asked") if isinstance(answer, NotModified) else answer


def _followed(url: str, ask: _Ask, wire: Wire) -> Fetched | NotModified | Refusal:
    """What is at an address, wherever that leads."""
    deadline = wire.clock() + ask.seconds
    hops: list[str] = []
    moved: str | None = None
    for_good = True
    while True:
        target = guard(url, wire=wire)
        if isinstance(target, Refusal):
            return target
        answer = _exchange(target, wire, deadline, ask)
        if isinstance(answer, Refusal):
            return answer
        if answer.status == 304:
            return NotModified(target.url, moved)
        if answer.location is None:
            return Fetched(target.url, answer.content_type, answer.data, tuple(hops), answer.known, moved)
        hops.append(target.url)
        if len(hops) > REDIRECTS:
            return _no("redirects", f"{hops[0]} led on more than {REDIRECTS} times")
        try:
            url = urljoin(target.url, answer.location)
        except ValueError as error:
            return _no("address", f"{target.host} leads on to no address: {words(error)}")
        for_good = for_good and answer.status in (301, 308)
        moved = url if for_good else moved
        if target.https and not url.lower().startswith("https:"):
            return _no("redirects", f"{target.host} leads from https to an address without TLS")


def post(url: str, body: bytes, headers: Mapping[str, str], *, wire: Wire = WIRE) -> int | Refusal:
    """Send something; the status of the answer, of which nothing else is read. Redirects are not followed."""
    target = guard(url, wire=wire)
    if isinstance(target, Refusal):
        return target
    answer = _exchange(target, wire, wire.clock() + EACH, _Ask("POST", body, headers, most=0))
    return answer if isinstance(answer, Refusal) else answer.status


def guard(url: str, *, wire: Wire = WIRE) -> Target | Refusal:
    """Where an address leads, if we may go there. Looks its name up, once."""
    parsed = parse(url, wire.ports)
    if isinstance(parsed, Refusal):
        return parsed
    https, host, port, path = parsed
    try:
        found = [host] if is_address(host) else list(wire.resolve(host, port))
    except (OSError, UnicodeError) as error:
        return _no("unreachable", f"{host} is not known ({words(error)})")
    wrong = next((address for address in found if not is_public(address)), None)
    if wrong is not None:
        return _no("address", f"{host} is {wrong}, which is not on the public internet")
    if not found:
        return _no("unreachable", f"{host} has no address")
    return Target(url, https, host, port, found[0], path)


# ------------------------------------------------------------------------------------------------------------- exchange


_LATIN = re.compile(r"[\x20-\x7e\xa0-\xff]{1,500}")


@dataclass(frozen=True, slots=True)
class _Ask:
    """A request."""

    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    most: int = MAX_PAGE_BYTES
    types: re.Pattern[str] | None = TYPES
    into: BinaryIO | None = None
    seconds: float = TOTAL


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None = None
    content_type: str | None = None
    data: bytes = b""
    known: Known = Known()


def _exchange(target: Target, wire: Wire, deadline: float, ask: _Ask) -> _Answer | Refusal:
    """One request and its answer, over a connection of its own."""
    try:
        line = _connected(target, wire, deadline)
    except ssl.SSLError as error:
        return _no("tls", f"{target.host}: {words(error)}")
    except OSError as error:
        return _no("unreachable", f"{target.host}: {words(error)}")
    try:
        shown = f"[{target.host}]" if ":" in target.host else target.host
        talk = http.client.HTTPConnection(shown, target.port)
        talk.sock = line
        talk.putrequest(ask.method, target.path, skip_host=True, skip_accept_encoding=True)
        plain = target.port == (443 if target.https else 80)
        talk.putheader("Host", shown if plain else f"{shown}:{target.port}")
        packed = {"Accept-Encoding": "gzip" if ask.into is None else "identity"} if ask.method == "GET" else {}
        for name, value in {"User-Agent": AGENT, "Connection": "close", **packed, **ask.headers}.items():
            talk.putheader(name, value)
        if ask.body is not None:
            talk.putheader("Content-Length", str(len(ask.body)))
        talk.endheaders(ask.body)
        with talk.getresponse() as response:
            return _answer(response, target, ask)
    except TimeoutError:
        return _no("time", f"{target.host} took longer than it may ({EACH:.0f} s a wait, {ask.seconds:.0f} s in all)")
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        return _no("unreachable", f"{target.host} broke off: {words(error)}")
    finally:
        line.shut()


def _answer(response: http.client.HTTPResponse, target: Target, ask: _Ask) -> _Answer | Refusal:
    location = response.getheader("Location")
    if ask.method != "GET":
        return _Answer(response.status)
    if response.status in (301, 302, 303, 307, 308) and location:
        return _Answer(response.status, location)
    if response.status == 304 and ask.headers:
        return _Answer(304)
    if response.status != 200:
        said = f"{target.host} answered {response.status}"
        return Denied(Stage.FETCH, "status", said, response.status, _retry_after(response))
    kind = response.getheader("Content-Type")
    if kind and ask.types and not ask.types.fullmatch(kind.partition(";")[0].strip().lower()):
        return _no("type", f"{target.host} sent {kind[:60]!a}, which is no page")
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower() if ask.into is None else "identity"
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        return _no("coding", f"{target.host} sent its page as {coding[:40]!a}, for which we did not ask")
    declared = response.getheader("Content-Length")
    if declared and declared.isdigit() and int(declared[:20]) > ask.most:
        return _no("size", f"{target.host} has {declared[:20]} bytes for us; {ask.most:,} are taken")
    data, size = bytearray(), 0
    for piece in _pieces(response, coding):
        size += len(piece)
        if size > ask.most:
            return _no("size", f"{target.host} sent more than {ask.most:,} bytes, unpacked")
        try:
            (data.extend if ask.into is None else ask.into.write)(piece)
        except OSError as error:
            return _no("disk", f"what {target.host} sends cannot be written: {words(error)}")
    return _Answer(200, None, kind, bytes(data), Known(response.getheader("ETag"), response.getheader("Last-Modified")))


def _retry_after(response: http.client.HTTPResponse) -> float | None:
    """Seconds; where a date is given, from that of the answer on, so that nobody's clock but the server's counts."""
    said = (response.getheader("Retry-After") or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    try:
        gap = parsedate_to_datetime(said) - parsedate_to_datetime(response.getheader("Date") or "")
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, gap.total_seconds())


def _pieces(response: http.client.HTTPResponse, coding: str) -> Iterator[bytes]:
    """The body, unpacked, never more than 64 kB at a time."""
    piece = 65_536
    if coding == "identity":
        while got := response.read(piece):
            yield got
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
        return
    unpack = None
    while got := response.read(piece):
        if unpack is None:
            raw = coding == "deflate" and got[0] & 0x0F != 8  # some servers send deflate without its wrapper
            unpack = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
        full = True
        while full and not unpack.eof:  # a full piece may have more behind it, though nothing is left to unpack
            some = unpack.decompress(got, piece)
            got, full = unpack.unconsumed_tail, len(some) == piece
            yield some
    if unpack is not None and not unpack.eof:
        raise zlib.error("the packed page is cut short")


def _connected(target: Target, wire: Wire, deadline: float) -> _Line:
    """A connection to the checked address, with TLS for the name."""
    left = deadline - wire.clock()
    if left <= 0:
        raise TimeoutError("no time is left")
    line = wire.connect(target.address, target.port, min(EACH, left))
    try:
        if target.https:
            line.settimeout(min(EACH, max(0.001, deadline - wire.clock())))
            line = wire.tls().wrap_socket(line, server_hostname=target.host)
    except BaseException:
        line.close()
        raise
    return _Line(line, wire.clock, deadline)


class _Line(io.RawIOBase):
    """A socket on which no wait goes beyond the deadline, however the bytes drip. As much of one as http.client uses."""

    def __init__(self, line: socket.socket, clock: Clock, deadline: float) -> None:
        self._line, self._clock, self._deadline = line, clock, deadline

    def readable(self) -> bool:
        """For the buffer around it."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes. Raises TimeoutError."""
        self._wait()
        return self._line.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        """Raises TimeoutError."""
        self._wait()
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """For HTTPResponse."""
        return io.BufferedReader(_Line(self._line, self._clock, self._deadline))

    def shut(self) -> None:
        """Let go of the connection."""
        self._line.close()

    def _wait(self) -> None:
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError("no time is left")
        self._line.settimeout(min(EACH, left))


def _no(reason: str, detail: str) -> Refusal:
    return Refusal(Stage.FETCH, reason, detail)
