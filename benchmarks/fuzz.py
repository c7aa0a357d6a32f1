"""fuzz: pages and archives that somebody broke, at random, by the thousand. Nothing may crash, hang, or eat the machine.

A page is one of the packaged samples or of those under tests/data, changed a few times: bytes flipped, stretches deleted, doubled, moved
or taken from another page, markup and odd characters put in, cut short. It goes the whole way, `pipeline.read_page`. A record is one of a
WARC of such pages, whole archives changed in the same ways, plain and packed; `inputs.warc` must come to its end.
    pages, records      how many were read: 2,000 and 1,000; --long: 100,000 and 20,000
    crashes             exceptions, and refusals that call themselves a bug of ours
    hangs               inputs that took more than 2 s of processor time
    slowest_ms          the slowest one
    rss_mb              the most resident memory of a process
Two processes share the work. What crashed or hung is written to .bench/fuzz/, to be looked at.
"""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

from benchmarks.figures import Figure
from whosays import faces, pipeline
from whosays.inputs import warc
from whosays.nouns import BUG, Meta, Refusal

PAGES, RECORDS = 2_000, 1_000
LONG_PAGES, LONG_RECORDS = 100_000, 20_000
CHUNK = 250
HANG = 2.0
KEPT = Path(__file__).parent.parent / ".bench" / "fuzz"
WORDS = (
    b"<table><tr><td>", b"</p></div>", b"<![CDATA[", b"<!--", b"<script>", b"<p>" * 200, b"&#xD83D;", b"&amp;" * 50, b"\x00", b"\xff\xfe",
    b"\xe2\x80\x9c", b"\r\n\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"\\x1f\\x8b\\x08\x00", b"WARC/1.0\r\n",
    b"9" * 400, b"on 31 February 0000", "\u202e\u0301".encode() * 40, b"said " * 100, b'"' * 99,
)  # fmt: skip
"""Put in here and there."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What reading some came to."""

    crashes: int = 0
    hangs: int = 0
    slowest: float = 0.0
    rss_mb: float = 0.0


def run(data: Path | None, split: str) -> dict[str, Figure]:
    return _measured(PAGES, RECORDS)


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    """100,000 pages and 20,000 records."""
    return _measured(LONG_PAGES, LONG_RECORDS)


def _measured(pages: int, records: int) -> dict[str, Figure]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = [*pool.map(partial(_chunk, _page), range(pages // CHUNK))]
        found += pool.map(partial(_chunk, _record), range(records // CHUNK))
    everything = pages + records
    return {
        "pages": Figure(pages, pages, of="pages"),
        "records": Figure(records, records, of="records"),
        "crashes": Figure(sum(one.crashes for one in found), everything, of="inputs"),
        "hangs": Figure(sum(one.hangs for one in found), everything, of="inputs"),
        "slowest_ms": Figure(1000 * max(one.slowest for one in found), everything, of="inputs"),
        "rss_mb": Figure(max(one.rss_mb for one in found), everything, of="inputs"),
    }


def _chunk(one: Callable[[Random], tuple[bytes, Callable[[], None]]], number: int) -> Chunk:
    """So many, drawn with the number as the seed."""
    crashes, hangs, slowest = 0, 0, 0.0
    pipeline.read_page(_seeds()[0], Meta())  # loads the model
    for n in range(CHUNK):
        data, work = one(Random(f"{one.__name__} {number} {n}"))
        begun = time.process_time()
        try:
            work()
        except Exception as error:  # noqa: BLE001  (whatever it is, it is what is looked for)
            crashes += 1
            _keep(data, f"crash-{type(error).__name__}-{number}-{n}", str(error))
        took = time.process_time() - begun
        slowest = max(slowest, took)
        if took > HANG:
            hangs += 1
            _keep(data, f"hang-{number}-{n}", f"{took:.1f} s")
    return Chunk(crashes, hangs, slowest, getrusage(RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


def _keep(data: bytes, name: str, why: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / name).write_bytes(data)
    print(f"{KEPT / name}: {why[:200]}", flush=True)


def _page(draw: Random) -> tuple[bytes, Callable[[], None]]:
    data = _changed(draw.choice(_seeds()), draw)

    def read() -> None:
        answer = pipeline.read_page(data, Meta(name=draw.choice(("page.html", "page.txt", "page"))))
        if isinstance(answer, Refusal) and answer.reason == BUG:
            raise RuntimeError(answer.detail)

    return data, read


def _record(draw: Random) -> tuple[bytes, Callable[[], None]]:
    """A WARC of three pages, changed before it is packed or after."""
    records = [_warc(seed) for seed in draw.sample(_seeds(), 3)]
    plain = b"".join(records)
    packed = b"".join(gzip.compress(record, 1, mtime=0) for record in records)
    data = draw.choice(
        (lambda: _changed(plain, draw), lambda: _changed(packed, draw), lambda: gzip.compress(_changed(plain, draw), 1))
    )()

    def read() -> None:
        for _ in warc.read(io.BytesIO(data), "x.warc.gz"):
            pass

    return data, read


def _changed(data: bytes, draw: Random) -> bytes:
    """Changed in one to eight places."""
    broken = bytearray(data)
    for _ in range(draw.randrange(1, 9)):
        at = draw.randrange(len(broken) + 1)
        end = min(len(broken), at + draw.choice((1, 4, 30, 400)))
        match draw.randrange(7):
            case 0 if at < len(broken):
                broken[at] ^= 1 << draw.randrange(8)
            case 1:
                del broken[at:end]
            case 2:
                broken[at:at] = broken[at:end] * draw.choice((1, 2, 50))
            case 3:
                broken[at:at] = draw.choice(WORDS)
            case 4:
                other = draw.choice(_seeds())
                start = draw.randrange(len(other))
                broken[at:end] = other[start : start + draw.choice((10, 200, 2_000))]
            case 5:
                broken[at:end] = bytes(draw.randrange(256) for _ in range(end - at))
            case _ if draw.random() < 0.1:
                del broken[at:]
    return bytes(broken)


@cache
def _seeds() -> Sequence[bytes]:
    """Pages of our own."""
    folders = (Path(faces.__file__).parent.parent / "samples", Path(__file__).parent.parent / "tests" / "data")
    return tuple(sorted(_below(folders)))


def _below(folders: Sequence[Path]) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".html", ".txt") and 200 < path.stat().st_size < 20_000:
                yield path.read_bytes()


def _warc(page: bytes) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nWARC-Date: 2023-01-14T08:00:00Z\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"
