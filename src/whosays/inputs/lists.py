"""Lists of addresses, and sitemaps: pages that are still to be fetched.

    listed(data) -> Address …        sitemap(data) -> Sitemap | Refusal        is_list(head), is_sitemap(head)

A list has one address a line; `#` begins a comment. A sitemap is XML, packed with gzip or not: it lists pages, or further
sitemaps (an index). Of pages the day of `lastmod` is kept and, of news sitemaps, title and day of publication.

Caps: UNPACKED bytes, ELEMENTS, ENTRIES addresses; the tree is let go of as it is read. No entity is resolved and nothing is
fetched here. Never raises on any bytes. Source: sitemaps.org/protocol; Google's news sitemap extension.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from whosays.inputs.item import no
from whosays.nouns import Refusal
from whosays.text import squeeze

UNPACKED = 52_428_800
"""The protocol's own cap on a sitemap."""
ENTRIES = 50_000
"""Likewise."""
ELEMENTS = 750_000
LONGEST = 2_000

_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,1990}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A page as somebody points to it."""

    url: str
    guid: str | None = None
    """By which a feed tells its entries apart."""
    title: str | None = None
    published: datetime | None = None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists."""

    pages: tuple[Address, ...]
    further: tuple[Address, ...]
    """Sitemaps."""


def is_list(head: bytes) -> bool:
    """Are all its lines addresses, comments or empty, and is there an address? `head`: its beginning, cut anywhere."""
    lines = [line.strip() for line in head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()]
    lines = lines[:-1] if len(lines) > 1 and len(head) >= 4_096 else lines
    said = [line for line in lines if line and not line.startswith("#")]
    return bool(said) and all(_ADDRESS.fullmatch(line) for line in said)


def listed(data: bytes) -> Iterator[tuple[int, str, Address | None]]:
    """Line number, line and address; None where the line is none."""
    for number, line in enumerate(data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines(), 1):
        words = line.strip()
        if words and not words.startswith("#"):
            yield number, words[:LONGEST], Address(words) if _ADDRESS.fullmatch(words) else None


def is_sitemap(head: bytes) -> bool:
    """Does it begin as a sitemap does?"""
    return re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", unpacked(head, cut=True)[:4_096]) is not None


def unpacked(data: bytes, *, cut: bool = False) -> bytes:
    """Bytes, unpacked where they are gzip, up to UNPACKED; of broken ones what can be had."""
    if data[:2] != b"\x1f\x8b":
        return data[: UNPACKED + 1]
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        return unpack.decompress(data, 65_536 if cut else UNPACKED + 1)
    except zlib.error:
        return b""


def sitemap(data: bytes) -> Sitemap | Refusal:
    """What a sitemap lists. Reasons: `size`, `damaged`."""
    plain = unpacked(data)
    if len(plain) > UNPACKED:
        return no("size", f"The sitemap has more than {UNPACKED:,} bytes.")
    pages: list[Address] = []
    further: list[Address] = []
    root = ""
    try:
        steps = etree.iterparse(
            io.BytesIO(plain),
            ("start", "end"),
            resolve_entities=False,
            no_network=True,
            recover=True,
            remove_comments=True,
        )
        for number, (event, element) in enumerate(steps):
            name = _local(element)
            if number > 2 * ELEMENTS:
                return no("size", f"The sitemap has more than {ELEMENTS:,} elements.")
            root = root or name
            if root not in ("urlset", "sitemapindex"):
                return no("damaged", "It is no sitemap: neither a urlset nor a sitemapindex.")
            if event == "start" or name not in ("url", "sitemap"):
                continue
            address = _entry(element)
            if address is not None:
                (pages if root == "urlset" else further).append(address)
            _drop(element)
            if len(pages) + len(further) >= ENTRIES:
                break
    except (etree.LxmlError, ValueError) as error:
        return no("damaged", f"The sitemap is no XML: {str(error)[:120]}.")
    return Sitemap(tuple(pages), tuple(further)) if root else no("damaged", "It is no sitemap: it has no elements.")


def _drop(element: etree._Element) -> None:
    """What was read is let go of, so that the tree never grows."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _entry(entry: etree._Element) -> Address | None:
    said: dict[str, str] = {}
    for one in entry.iter():
        name = _local(one)
        if name in ("loc", "lastmod", "title", "publication_date") and one.text:
            said.setdefault(name, squeeze(one.text[:LONGEST]))
    url = said.get("loc", "")
    if not _ADDRESS.fullmatch(url):
        return None
    return Address(
        url,
        title=said.get("title"),
        published=moment(said.get("publication_date")),
        changed=moment(said.get("lastmod")),
    )


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def moment(words: str | None) -> datetime | None:
    """A W3C date; one without zone or hour is taken for UTC."""
    try:
        found = datetime.fromisoformat(words or "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(address: Address) -> date | None:
    """The day that is said of a page: published, else changed."""
    at = address.published or address.changed
    return at.date() if at else None
