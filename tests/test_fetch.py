"""What is fetched, and from where it is not. No test here leaves this machine, and none could: the roads are handed in."""

from __future__ import annotations

import gzip
import http.server
import re
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays import fetch
from whosays.fetch import Denied, Fetched, Known, NotModified, Target, Wire, guard, is_public
from whosays.nouns import Refusal, Stage

PUBLIC = "93.184.216.34"
"""An address on the public internet, at which nothing is ever asked here."""
PAGE = b"<html><body><h1>Troops enter town</h1></body></html>"

_WORDS = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/ http://0x7f.1/
http://0177.0.0.1/ http://017700000001/ http://0177.1/ http://127.0.0.01/ http://127.000.000.001/ http://127.0.0.1./
http://0/ http://0.0.0.0/ http://[::]/ http://[::1]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[64:ff9b::127.0.0.1]/
http://[2002:7f00:1::]/ http://[2001:0:7f00:1::]/ http://[fe80::1%25lo]/ http://[fe80::1%lo]/ http://[fc00::1]/
http://[fd00:ec2::254]/ http://[ff02::1]/ http://169.254.169.254/ http://0xa9fea9fe/ http://2852039166/
http://[::ffff:169.254.169.254]/ http://10.0.0.1/ http://192.168.1.1/ http://172.16.0.1/ http://172.31.255.255/
http://100.64.0.1/ http://198.18.0.1/ http://192.0.2.1/ http://224.0.0.1/ http://255.255.255.255/ http://240.0.0.1/
http://localhost/ http://LOCALHOST/ http://localhost./ http://sub.localhost/ http://localhost.localdomain.local/
http://metadata.google.internal/ http://printer.lan/ http://intranet/ http://１２７.0.0.1/ http://①②⑦.⓪.⓪.①/
http://127。0。0。1/ http://127%2e0%2e0%2e1/ http://127.0.0.1%00.example.org/ http://example.org@127.0.0.1/
http://user:pass@example.org/ http://example.org\\@127.0.0.1/ http://127.0.0.1\\.example.org/ http:///127.0.0.1/
http:127.0.0.1 http:/127.0.0.1/ //127.0.0.1/ http://127.0.0.1:80/ http://127.0.0.1:6379/ http://example.org:22/
http://example.org:6379/ http://example.org:/ http://example.org:99999/ http://example.org:-1/ file:///etc/passwd
ftp://example.org/ gopher://127.0.0.1:6379/_INFO dict://127.0.0.1:11211/ javascript:alert(1) data:text/html,x
ldap://example.org/ jar:http://example.org!/ blob:http://example.org/ http://-a.example/ http://a..example/ http://.example.org/
http://[1.2.3.4]/ http://[::1/ http://::1/ http://1.2.3/ http://256.1.1.1/ http://0x/ http://example.0x7f/ http://2002:7f00:1::/
"""
SPELLINGS = [
    *_WORDS.split(),
    "http://127.0.0.1 /", " http://127.0.0.1/", "http://exa\tmple.org/", "http://example.org/\r\nHost: x", "http://exa\u200bmple.org/",
    "http://example.org\x00/", "\x01http://example.org/", "http://example.org/\u2028", "http://\ud800.example/", "http://", "http://?", "",
    "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "http://example.org/" + "a" * 2_000,
]  # fmt: skip

NAMES = {
    "rebound.example": ["127.0.0.1"],
    "nip.example": ["10.1.2.3"],
    "half.example": [PUBLIC, "127.0.0.1"],
    "half6.example": [PUBLIC, "::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "cloud.example": ["169.254.169.254"],
    "zone.example": ["fe80::1%eth0"],
    "nat.example": ["64:ff9b::7f00:1"],
    "shared.example": ["100.100.100.200"],
    "none.example": [],
}
"""Names that lead where we do not go, as a resolver in a stranger's hand may answer."""


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers everything, and writes down that it was asked."""

    asked: list[str]
    answer: Callable[[Answering], None]

    def do_GET(self) -> None:
        """Any page."""
        self.asked.append(f"{self.headers['Host']} {self.path}")
        type(self).answer(self)

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""

    def send(self, data: bytes, status: int = 200, **headers: str) -> None:
        """An answer."""
        self.send_response(status)
        for name, value in {"Content_Type": "text/html", "Content_Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)


@dataclass
class Site:
    """A server on this machine that plays the internet: whatever public address is asked for, it answers."""

    port: int
    asked: list[str]
    handler: type[Answering]
    connected: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    def answers(self, how: Callable[[Answering], None]) -> None:
        """From now on."""
        self.handler.answer = staticmethod(how)  # type: ignore[assignment]

    @property
    def wire(self) -> Wire:
        """A road on which every public address leads here. One that is not public would too: it must never be taken."""

        def resolve(host: str, port: int) -> Sequence[str]:
            self.looked.append(host)
            return NAMES.get(host, [PUBLIC])

        def connect(address: str, port: int, seconds: float) -> socket.socket:
            self.connected.append(address)
            return socket.create_connection(("127.0.0.1", self.port), 5)

        return Wire(resolve=resolve, connect=connect)


class Quiet(http.server.ThreadingHTTPServer):
    """Says nothing of connections that we broke off."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing."""


@contextmanager
def serving() -> Iterator[Site]:
    """The server, while it runs."""
    asked: list[str] = []
    handler = type("Handler", (Answering,), {"asked": asked, "answer": staticmethod(lambda h: h.send(PAGE))})
    with Quiet(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield Site(server.server_address[1], asked, handler)
        server.shutdown()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as built:
        yield built


def reason(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    assert answer.stage is Stage.FETCH
    return answer.reason


# ------------------------------------------------------------------------------------------------------------- refused


def test_there_are_enough_spellings() -> None:
    assert len(set(SPELLINGS)) >= 100


@pytest.mark.parametrize("url", SPELLINGS, ids=lambda url: ascii(url[:40]))
def test_an_address_that_leads_inside_is_refused_before_anything_is_asked(site: Site, url: str) -> None:
    assert reason(fetch.fetch(url, wire=replace(site.wire, ports=frozenset({80, 443, site.port})))) == "address"
    assert (site.asked, site.connected) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_inside_is_refused(site: Site, name: str) -> None:
    assert reason(fetch.fetch(f"http://{name}/", wire=site.wire)) == (
        "unreachable" if name == "none.example" else "address"
    )
    assert (site.asked, site.connected) == ([], [])


def test_this_very_server_is_not_asked_by_the_real_road(site: Site) -> None:
    """With the resolver and the sockets that are used in earnest: the server would answer."""
    real = Wire(ports=frozenset({80, 443, site.port}))
    for host in ("127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0"):
        assert reason(fetch.fetch(f"http://{host}:{site.port}/", wire=real)) == "address"
    assert site.asked == []


IN_A_HEADER = [
    url for url in SPELLINGS if url.startswith("http") and "/" in url[8:] and re.fullmatch(r"[ -\xff]+", url)
]


@pytest.mark.parametrize("url", IN_A_HEADER)
def test_redirects_go_through_the_same_check(site: Site, url: str) -> None:
    site.answers(lambda handler: handler.send(b"", 302, Location=url))
    answer = fetch.fetch("http://news.example/", wire=site.wire)
    if (
        isinstance(answer, Refusal) and answer.reason == "redirects"
    ):  # a path on the same host: asked there, again and again
        assert set(site.connected) == {PUBLIC}
        return
    assert reason(answer) == "address"
    assert len(site.asked) == 1


def test_a_name_is_looked_up_once_and_the_checked_address_is_used(site: Site) -> None:
    """DNS rebinding: the second answer would be ours."""
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    wire = replace(site.wire, resolve=lambda host, port: next(answers))
    assert isinstance(fetch.fetch("http://news.example/", wire=wire), Fetched)
    assert site.connected == [PUBLIC]
    site.answers(lambda handler: handler.send(b"", 302, Location="/again"))
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    assert reason(fetch.fetch("http://news.example/", wire=wire)) == "address"


def test_redirects_end(site: Site) -> None:
    site.answers(lambda handler: handler.send(b"", 302, Location=handler.path + "x"))
    assert reason(fetch.fetch("http://news.example/", wire=site.wire)) == "redirects"
    assert len(site.asked) == fetch.REDIRECTS + 1


@given(st.ip_addresses())
def test_what_is_public_is_what_the_registry_says_and_less(address: object) -> None:
    if is_public(str(address)):
        assert address.is_global  # type: ignore[attr-defined]
        assert not address.is_private  # type: ignore[attr-defined]
        assert not address.is_multicast  # type: ignore[attr-defined]


@given(st.text(max_size=60))
def test_no_address_raises_or_leads_inside(url: str) -> None:
    for given_url in (url, f"http://{url}", f"http://{url}/"):
        found = guard(given_url, wire=Wire(resolve=lambda host, port: [PUBLIC]))
        assert isinstance(found, Refusal) or is_public(found.address)


# --------------------------------------------------------------------------------------------------------- what comes


def test_a_page_comes_with_its_type_and_the_way_to_it(site: Site) -> None:
    def answer(handler: Answering) -> None:
        if handler.path == "/":
            handler.send(b"", 301, Location="/story?a=%C3%A9&b=[1]")
        else:
            handler.send(PAGE, Content_Type="text/html; charset=utf-8")

    site.answers(answer)
    assert fetch.fetch("http://news.example/", wire=site.wire) == Fetched(
        "http://news.example/story?a=%C3%A9&b=[1]",
        "text/html; charset=utf-8",
        PAGE,
        ("http://news.example/",),
        moved="http://news.example/story?a=%C3%A9&b=[1]",
    )
    assert site.asked == ["news.example /", "news.example /story?a=%C3%A9&b=[1]"]


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    known = Known('"v1"', "Sun, 08 Nov 2026 12:00:00 GMT")
    seen: list[dict[str, str]] = []

    def answer(handler: Answering) -> None:
        seen.append(dict(handler.headers.items()))
        same = handler.headers["If-None-Match"] == '"v1"'
        handler.send(b"" if same else PAGE, 304 if same else 200, ETag='"v1"', Last_Modified=known.modified or "")

    site.answers(answer)
    first = fetch.again("http://news.example/feed", Known(), wire=site.wire)
    assert isinstance(first, Fetched)
    assert first.known == known
    assert fetch.again("http://news.example/feed", first.known, wire=site.wire) == NotModified(
        "http://news.example/feed"
    )
    assert seen[1]["If-Modified-Since"] == known.modified
    forged = Known('x"\r\nHost: inside', "y" * 1_000)
    assert isinstance(fetch.again("http://news.example/feed", forged, wire=site.wire), Fetched), (
        "what is no header is not sent"
    )


@pytest.mark.parametrize(
    ("codes", "moved"),
    [((301, 308), "/b"), ((301, 302), "/a"), ((302, 301), None), ((307,), None), ((), None)],
)
def test_a_move_for_good_is_told_as_far_as_it_is_one(site: Site, codes: tuple[int, ...], moved: str | None) -> None:
    def answer(handler: Answering) -> None:
        step = {"/": 0, "/a": 1, "/b": 2}[handler.path]
        if step < len(codes):
            handler.send(b"", codes[step], Location=f"/{'ab'[step]}")
        else:
            handler.send(PAGE)

    site.answers(answer)
    found = fetch.fetch("http://news.example/", wire=site.wire)
    assert isinstance(found, Fetched)
    assert found.moved == (moved and f"http://news.example{moved}")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Sun, 08 Nov 2026 12:01:30 GMT", 90.0),
        ("Sun, 08 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("9" * 40, None),
        (None, None),
    ],
)
def test_a_server_says_when_to_ask_again(site: Site, said: str | None, seconds: float | None) -> None:
    def answer(handler: Answering) -> None:
        handler.send_response_only(503)
        handler.send_header("Date", "Sun, 08 Nov 2026 12:00:00 GMT")
        if said is not None:
            handler.send_header("Retry-After", said)
        handler.end_headers()

    site.answers(answer)
    found = fetch.fetch("http://news.example/", wire=site.wire)
    assert found == Denied(Stage.FETCH, "status", "news.example answered 503", 503, seconds)
    assert isinstance(found, Refusal)


def test_an_archive_is_written_as_it_comes(site: Site, tmp_path: Path) -> None:
    data = gzip.compress(PAGE * 1_000)
    site.answers(lambda handler: handler.send(data, Content_Type="application/warc", Content_Encoding="gzip"))
    with (tmp_path / "a").open("w+b") as into:
        found = fetch.download("http://news.example/a.warc.gz", into, wire=site.wire)
        assert isinstance(found, Fetched)
        into.seek(0)
        assert (into.read(), found.data) == (data, b"")
        assert reason(fetch.download("http://news.example/a", into, wire=site.wire, most=10)) == "size"
        assert reason(fetch.download("http://127.0.0.1/a", into, wire=site.wire)) == "address"
    with (tmp_path / "a").open("rb") as into:
        assert reason(fetch.download("http://news.example/a", into, wire=site.wire)) == "disk"


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("http://news.example", "news.example", "/"),
        ("http://NEWS.example/a b".replace(" ", "%20"), "news.example", "/a%20b"),
        ("http://bücher.example/ü?q=ü#part", "xn--bcher-kva.example", "/%C3%BC?q=%C3%BC"),
        ("http://خبر.example/", "xn--ngblk.example", "/"),
    ],
)
def test_honest_addresses_are_read(url: str, host: str, path: str) -> None:
    found = guard(url, wire=Wire(resolve=lambda *_: [PUBLIC]))
    assert isinstance(found, Target)
    assert (found.host, found.path, found.port, found.address) == (host, path, 80, PUBLIC)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
    ],
)
def test_packed_pages_are_unpacked(site: Site, coding: str, pack: Callable[[bytes], bytes]) -> None:
    site.answers(lambda handler: handler.send(pack(PAGE * 5_000), Content_Encoding=coding))
    answer = fetch.fetch("http://news.example/", wire=site.wire)
    assert isinstance(answer, Fetched)
    assert answer.data == PAGE * 5_000


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 65_600, 2 * 65_536, 2 * 65_536 + 1])
def test_a_packed_page_may_end_where_a_piece_does(site: Site, length: int) -> None:
    page = b"a" * length
    site.answers(lambda handler: handler.send(zlib.compress(page, 9, wbits=-15), Content_Encoding="deflate"))
    answer = fetch.fetch("http://news.example/", wire=site.wire)
    assert isinstance(answer, Fetched)
    assert answer.data == page


@pytest.mark.slow
def test_a_gzip_bomb_is_cut_off_at_the_cap(site: Site) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    assert len(bomb) < 250_000
    site.answers(lambda handler: handler.send(bomb, Content_Encoding="gzip"))
    import tracemalloc

    tracemalloc.start()
    assert reason(fetch.fetch("http://news.example/", wire=site.wire)) == "size"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000


@pytest.mark.parametrize(
    ("headers", "data", "why"),
    [
        ({"Content_Encoding": "br"}, PAGE, "coding"),
        ({"Content_Encoding": "gzip, gzip"}, PAGE, "coding"),
        ({"Content_Encoding": "gzip"}, PAGE, "unreachable"),
        ({"Content_Encoding": "gzip"}, gzip.compress(PAGE, mtime=0)[:-9], "unreachable"),
        ({"Content_Type": "application/zip"}, PAGE, "type"),
        ({"Content_Type": "image/svg+xml"}, PAGE, "type"),
        ({"Content_Type": "application/json"}, PAGE, "type"),
        ({"Content_Type": "text/event-stream"}, PAGE, "type"),
        ({"Content_Length": "8000001"}, PAGE, "size"),
        ({}, bytes(8_000_001), "size"),
        ({"Content_Length": "80"}, PAGE, "unreachable"),
    ],
)
def test_what_is_no_page_is_not_taken(site: Site, headers: dict[str, str], data: bytes, why: str) -> None:
    site.answers(lambda handler: handler.send(data, **headers))
    assert reason(fetch.fetch("http://news.example/", wire=site.wire)) == why


@pytest.mark.parametrize("status", [204, 206, 304, 401, 404, 500])
def test_only_200_is_a_page(site: Site, status: int) -> None:
    site.answers(lambda handler: handler.send(b"", status))
    assert reason(fetch.fetch("http://news.example/", wire=site.wire)) == "status"


def test_a_head_without_end_is_cut_off(site: Site) -> None:
    def answer(handler: Answering) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000)

    site.answers(answer)
    assert reason(fetch.fetch("http://news.example/", wire=site.wire)) == "unreachable"


def test_drops_of_bytes_end_with_the_time(site: Site) -> None:
    """Each wait is short, all together are not: a clock that runs ten seconds a look."""
    ticks = iter(range(0, 100_000, 10))
    wire = replace(site.wire, clock=lambda: float(next(ticks)))
    assert reason(fetch.fetch("http://news.example/", wire=wire)) == "time"


def test_nothing_of_who_asks_is_told(site: Site) -> None:
    seen: dict[str, str] = {}
    site.answers(lambda handler: (seen.update(handler.headers.items()), handler.send(PAGE))[1])
    fetch.fetch("http://news.example/", wire=site.wire)
    assert seen == {
        "Host": "news.example", "User-Agent": fetch.AGENT, "Connection": "close", "Accept-Encoding": "gzip"
    }  # fmt: skip


def test_tls_is_held_against_the_name(site: Site) -> None:
    assert reason(fetch.fetch("https://news.example/", wire=site.wire)) in ("tls", "unreachable")
    assert site.asked == []


def test_from_https_nothing_leads_to_http(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain:
        def wrap_socket(self, line: socket.socket, server_hostname: str) -> socket.socket:
            assert server_hostname == "news.example"
            return line

    site.answers(lambda handler: handler.send(b"", 302, Location="http://news.example/plain"))
    wire = replace(site.wire, tls=Plain)  # type: ignore[arg-type]
    assert reason(fetch.fetch("https://news.example/", wire=wire)) == "redirects"
    assert len(site.asked) == 1


def test_webhooks_go_the_same_road(site: Site) -> None:
    assert fetch.post("http://hook.example/x", b"{}", {"Content-Type": "application/json"}, wire=site.wire) == 200
    site.answers(lambda handler: handler.send(b"", 302, Location="http://127.0.0.1/"))
    assert fetch.post("http://hook.example/x", b"{}", {}, wire=site.wire) == 302, "told, not followed"
    assert len(site.asked) == 2
    for url in ("http://127.0.0.1/", "http://rebound.example/"):
        assert reason(fetch.post(url, b"{}", {}, wire=site.wire)) == "address"
    assert len(site.asked) == 2
