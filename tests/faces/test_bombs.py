"""Bombs handed in as pages: refused by what they are, before anything is unpacked."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
import zlib

import pytest

from whosays import pages
from whosays.nouns import Meta, Refusal

BILLION = b"".join(
    (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "lol">',
        *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)),
        b"]><html><body><p>&a11;</p></body></html>",
    )
)


def zipped(inner: bytes, name: str = "page.html") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, inner)
    return out.getvalue()


BOMBS = {
    "gzip": gzip.compress(bytes(100_000_000)),
    "gzip in gzip": gzip.compress(gzip.compress(bytes(100_000_000))),
    "zip": zipped(bytes(100_000_000)),
    "zip in zip": zipped(zipped(bytes(100_000_000))),
    "zip that climbs": zipped(b"x", "../../etc/passwd"),
    "zip that is also html": b"<html><body>" + zipped(bytes(10_000_000)),
    "zlib": zlib.compress(bytes(100_000_000)),
    "xz": b"\xfd7zXZ\x00" + bytes(100),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_packed_page_is_not_unpacked(name: str) -> None:
    tracemalloc.start()
    answer = pages.read(BOMBS[name], Meta(name="page.html", content_type="text/html"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(answer, Refusal)
    assert answer.reason in ("binary", "no text", "language")
    assert peak < 20_000_000


@pytest.mark.parametrize(
    "page",
    [
        BILLION,
        BILLION.replace(b"html>", b"x>"),
        b"<div>" * 1_000_000,
        b"<p " + b"a=b " * 2_000_000 + b">",
        b"<" * 8_000_000,
    ],
    ids=["entities", "entities in XML", "depth", "attributes", "brackets"],
)
def test_a_page_that_grows_is_refused_or_stays_small(page: bytes) -> None:
    answer = pages.read(page, Meta(name="page.html"))
    assert isinstance(answer, Refusal) or len(answer.text) < 100_000


def test_no_file_of_the_machine_is_drawn_into_a_page() -> None:
    page = (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<html><body><h1>Troops enter the town</h1><p>They said that it was taken on Friday by soldiers. &x;</p></body></html>"
    )
    answer = pages.read(page, Meta(name="page.xhtml", content_type="application/xhtml+xml"), languages=None)
    assert isinstance(answer, Refusal) or "root:" not in answer.text
