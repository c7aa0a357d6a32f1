"""WARC archives made by hand, and ways to break them."""

from __future__ import annotations

import gzip
import zlib

GOOD = 6
"""Pages of an archive, of which tests break the fourth (index 3)."""


def page(number: int, words: int = 40) -> bytes:
    """A page that no other is like, and that does not pack to nothing."""
    said = " ".join(f"{zlib.crc32(f'{number} {n}'.encode()):08x}" for n in range(words))
    return f"<html><body><h1>Town {number} was taken</h1><p>{said}</p></body></html>".encode()


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A response."""
    said = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def record(block: bytes, kind: str = "response", url: str = "https://news.example/", **headers: str) -> bytes:
    """A record; a header given as '' is left out."""
    said = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2026-11-08T12:30:00Z",
        "WARC-Record-ID": f"<urn:uuid:{zlib.crc32(block):08x}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def story(number: int, **headers: str) -> bytes:
    """The record of a page."""
    return record(http(page(number)), url=f"https://news.example/{number}", **headers)


def stories() -> list[bytes]:
    """The records of an archive."""
    return [story(number) for number in range(GOOD)]


def packed(records: list[bytes]) -> list[bytes]:
    """Each a gzip member, as the standard recommends."""
    return [gzip.compress(one, mtime=0) for one in records]
