"""The only network code: pages from the internet, and from nowhere else.

    fetch(url) -> Fetched | Refusal     one page: its bytes, or why not
    post(url, …) -> int | Refusal       the same road the other way, for webhooks: the status that came back
    guard(url) -> Target | Refusal      where an address leads, if we may go there

Who hands us an address chooses where we connect to. From where we stand he may mean the router, a neighbour, the cloud's
metadata service, or this very server (server-side request forgery). So:

- `http` and `https` only, ports 80 and 443, no user or password, no fragment, nothing in the address that two parsers read
  differently: blanks, controls, backslashes, and numbers in any spelling but four plain decimals or IPv6 in brackets.
- The name is looked up once. *Every* address that comes back must be on the public internet, and we connect to the first of
  these very addresses: a second look-up could answer otherwise (DNS rebinding). IPv6 is taken from 2000::/3 only, without
  the parts that carry an IPv4 address inside (6to4, Teredo), so what is mapped or translated (NAT64) cannot be meant.
- TLS is verified against the name, with the addresses of its certificates from the system.
- Redirects are followed here, at most five, each through the same check; never from https to http.
- Caps on the head, the bytes, the bytes after decompression, each wait, and the whole. We ask for gzip and take gzip and
  deflate, which can be unpacked piece by piece; another coding is refused, a bomb is cut.
- No cookies, no credentials, no proxy from the environment; the page is told our name and nothing of who asks.

`resolve`, `connect` and `clock` are arguments: tests hand in their own and need no network. Never raises on any address or
answer. What it does not do: read robots.txt, try again, keep connections.
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
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from whosays.nouns import Refusal, Stage
from whosays.settings import MAX_PAGE_BYTES

AGENT = "whosays (reads news; one page at a time)"
PORTS = frozenset({80, 443})
REDIRECTS = 5
TOTAL, EACH = 30.0, 10.0
"""Seconds for everything, and for one wait."""
LONGEST = 2_000
"""Characters of an address."""
TYPES = re.compile(r"text/(?!event-stream|css|javascript)[\w.+-]+|application/(xhtml\+xml|xml|rss\+xml|atom\+xml)")
"""What may be a page, as its server declares it. One that declares nothing is looked into by `pages`."""

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
class Fetched:
    """A page."""

    url: str
    """Where it was in the end."""
    content_type: str | None
    data: bytes
    hops: tuple[str, ...]
    """The addresses on the way, the first one given first; empty where nothing redirected."""


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
    """The page at an address. Reasons: `address`, `redirects`, `unreachable`, `tls`, `time`, `status`, `type`, `coding`, `size`."""
    deadline = wire.clock() + TOTAL
    hops: list[str] = []
    while True:
        target = guard(url, wire=wire)
        if isinstance(target, Refusal):
            return target
        answer = _exchange(target, wire, deadline, "GET", None, {"Accept-Encoding": "gzip"}, most)
        if isinstance(answer, Refusal):
            return answer
        if answer.location is None:
            return Fetched(target.url, answer.content_type, answer.data, tuple(hops))
        hops.append(target.url)
        if len(hops) > REDIRECTS:
            return _no("redirects", f"{hops[0]} led on more than {REDIRECTS} times")
        try:
            url = urljoin(target.url, answer.location)
        except ValueError as error:
            return _no("address", f"{target.host} leads on to no address: {_words(error)}")
        if target.https and not url.lower().startswith("https:"):
            return _no("redirects", f"{target.host} leads from https to an address without TLS")


def post(url: str, body: bytes, headers: Mapping[str, str], *, wire: Wire = WIRE) -> int | Refusal:
    """Send something; the status of the answer, of which nothing else is read. Redirects are not followed."""
    target = guard(url, wire=wire)
    if isinstance(target, Refusal):
        return target
    answer = _exchange(target, wire, wire.clock() + EACH, "POST", body, headers, 0)
    return answer if isinstance(answer, Refusal) else answer.status


def guard(url: str, *, wire: Wire = WIRE) -> Target | Refusal:
    """Where an address leads, if we may go there. Looks its name up, once."""
    parsed = _parse(url, wire.ports)
    if isinstance(parsed, Refusal):
        return parsed
    https, host, port, path = parsed
    try:
        found = [host] if _is_address(host) else list(wire.resolve(host, port))
    except (OSError, UnicodeError) as error:
        return _no("unreachable", f"{host} is not known ({_words(error)})")
    wrong = next((address for address in found if not is_public(address)), None)
    if wrong is not None:
        return _no("address", f"{host} is {wrong}, which is not on the public internet")
    if not found:
        return _no("unreachable", f"{host} has no address")
    return Target(url, https, host, port, found[0], path)


# ------------------------------------------------------------------------------------------------------------ addresses

_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u2060\ufeff\\\ud800-\udfff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOCAL = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "test", "invalid")
"""Last labels of names that lead nowhere on the public internet."""

_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
            "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
            "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
        ).split(),
    )
)
"""IANA's special-purpose IPv4 addresses, relay anycast, multicast and reserved."""
_V6 = tuple(map(ip_network, "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()))
"""Those in 2000::/3, Teredo and 6to4 among them."""
_GLOBAL_V6 = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Is this the address of a host on the public internet?"""
    try:
        found = ip_address(address)
    except ValueError:  # a zone (`fe80::1%eth0`) among others
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not any(found in network for network in _V4)
    return (
        found.scope_id is None
        and found in _GLOBAL_V6
        and found.is_global
        and not any(found in network for network in _V6)
    )


def _parse(url: str, ports: frozenset[int]) -> tuple[bool, str, int, str] | Refusal:
    """https?, host, port and path of an address that has one reading only."""
    shown = ascii(url[:100])[1:-1]
    if len(url) > LONGEST or _ODD.search(url):
        return _no("address", f"{shown} is too long, or has blanks, controls or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return _no("address", f"{shown}: {_words(error)}")
    if parts.scheme not in ("http", "https") or not url[len(parts.scheme) :].startswith("://"):
        return _no("address", f"{shown}: only addresses that begin with http:// or https:// are read")
    if "@" in parts.netloc or "%" in parts.netloc or parts.netloc.endswith(":"):
        return _no("address", f"{shown}: no user, password or escapes before the path, please")
    host = _host(parts.hostname or "", bracketed=parts.netloc.startswith("["))
    if host is None:
        return _no("address", f"{shown}: its host is not the name of one, nor a number as it is plainly written")
    https = parts.scheme == "https"
    port = port if port is not None else (443 if https else 80)
    if port not in ports:
        return _no("address", f"{shown}: port {port} is not one of {', '.join(map(str, sorted(ports)))}")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return https, host, port, path + ("?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else "")


def _host(given: str, *, bracketed: bool) -> str | None:
    """The host in its one plain spelling; None where it has another."""
    if bracketed:
        return given if _is_address(given) and isinstance(ip_address(given), IPv6Address) else None
    try:
        host = given if given.isascii() else given.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    host = host.lower()
    labels = host.split(".")
    if _NUMBER.fullmatch(
        labels[-1]
    ):  # 2130706433, 0x7f.1, 0177.0.0.1: numbers to some parsers; to us only four decimals
        return host if _is_address(host) and given.isascii() else None
    fine = len(host) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return host if fine and labels[-1] not in _LOCAL else None


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host


# ------------------------------------------------------------------------------------------------------------- exchange


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None
    content_type: str | None
    data: bytes


def _exchange(
    target: Target,
    wire: Wire,
    deadline: float,
    method: str,
    body: bytes | None,
    headers: Mapping[str, str],
    most: int,
) -> _Answer | Refusal:
    """One request and its answer, over a connection of its own."""
    try:
        line = _connected(target, wire, deadline)
    except ssl.SSLError as error:
        return _no("tls", f"{target.host}: {_words(error)}")
    except OSError as error:
        return _no("unreachable", f"{target.host}: {_words(error)}")
    try:
        shown = f"[{target.host}]" if ":" in target.host else target.host
        talk = http.client.HTTPConnection(shown, target.port)
        talk.sock = line
        talk.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
        plain = target.port == (443 if target.https else 80)
        talk.putheader("Host", shown if plain else f"{shown}:{target.port}")
        for name, value in {"User-Agent": AGENT, "Connection": "close", **headers}.items():
            talk.putheader(name, value)
        if body is not None:
            talk.putheader("Content-Length", str(len(body)))
        talk.endheaders(body)
        with talk.getresponse() as response:
            return _answer(response, target, method, most)
    except TimeoutError:
        return _no("time", f"{target.host} took longer than it may ({EACH:.0f} s a wait, {TOTAL:.0f} s in all)")
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        return _no("unreachable", f"{target.host} broke off: {_words(error)}")
    finally:
        line.shut()


def _answer(response: http.client.HTTPResponse, target: Target, method: str, most: int) -> _Answer | Refusal:
    location = response.getheader("Location")
    if response.status in (301, 302, 303, 307, 308) and location and method == "GET":
        return _Answer(response.status, location, None, b"")
    if method != "GET":
        return _Answer(response.status, None, None, b"")
    if response.status != 200:
        return _no("status", f"{target.host} answered {response.status}")
    kind = response.getheader("Content-Type")
    if kind and not TYPES.fullmatch(kind.partition(";")[0].strip().lower()):
        return _no("type", f"{target.host} sent {kind[:60]!a}, which is no page")
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        return _no("coding", f"{target.host} sent its page as {coding[:40]!a}, for which we did not ask")
    declared = response.getheader("Content-Length")
    if declared and declared.isdigit() and int(declared[:20]) > most:
        return _no("size", f"{target.host} has {declared[:20]} bytes for us; {most:,} are taken")
    data = bytearray()
    for piece in _pieces(response, coding):
        data += piece
        if len(data) > most:
            return _no("size", f"{target.host} sent more than {most:,} bytes, unpacked")
    return _Answer(200, None, kind, bytes(data))


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


def _words(error: BaseException) -> str:
    return ascii(str(error)[:120])[1:-1] or type(error).__name__


def _no(reason: str, detail: str) -> Refusal:
    return Refusal(Stage.FETCH, reason, detail)
