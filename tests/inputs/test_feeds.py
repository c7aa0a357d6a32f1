"""Feeds as they are written, and as they are broken."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from whosays.inputs.canonical import key
from whosays.inputs.feeds import BYTES, Feed, feed
from whosays.inputs.lists import Address
from whosays.nouns import Refusal, Stage

URL = "https://news.example/feeds/all"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Town &amp; bridge  taken</title><link>/story-1?a=1&amp;b=2</link><guid isPermaLink="false">g1</guid>
<pubDate>Sun, 08 Nov 2026 14:00:00 +0200</pubDate></item>
<item><title>By its id</title><guid>https://news.example/story-2</guid></item>
<item><title>Nowhere</title><link>javascript:alert(1)</link></item>
<item><title>Mail</title><link>mailto:x@news.example</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Town taken</title><id>tag:news.example,2026:1</id>
<link rel="enclosure" href="https://news.example/1.mp3"/><link rel="alternate" href="https://news.example/story-1"/>
<updated>2026-11-08T12:00:00Z</updated></entry></feed>"""
NOON = datetime(2026, 11, 8, 12, tzinfo=UTC)


def test_rss_tells_addresses_ids_titles_and_times() -> None:
    found = feed(RSS, URL)
    assert isinstance(found, Feed)
    assert found.entries == (
        Address("https://news.example/story-1?a=1&b=2", "g1", "Town & bridge taken", NOON),
        Address("https://news.example/story-2", "https://news.example/story-2", "By its id"),
    )
    assert found.without == 2


def test_atom_tells_the_page_and_not_what_is_attached() -> None:
    found = feed(ATOM, URL)
    assert isinstance(found, Feed)
    assert [(one.url, one.guid, one.changed) for one in found.entries] == [
        ("https://news.example/story-1", "tag:news.example,2026:1", NOON)
    ]


def test_an_id_of_two_entries_is_an_id_of_none() -> None:
    data = RSS.replace(
        b"<guid>https://news.example/story-2</guid>", b"<guid>g1</guid><link>https://news.example/2</link>"
    )
    found = feed(data, URL)
    assert isinstance(found, Feed)
    assert [one.guid for one in found.entries] == [None, None]


@pytest.mark.parametrize("cut", [300, 500, 700])
def test_a_cut_feed_gives_what_can_be_read_of_it(cut: int) -> None:
    found = feed(RSS[:cut], URL)
    assert isinstance(found, Feed)
    assert found.entries


FILE = b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
LAUGHS = b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
ITEM = b"<item><title>%s</title><link>https://news.example/1</link></item>"
DOOR = b"<rss><channel>"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"https://news.example/", b"/etc/passwd", b"<html><body>rss</body></html>", DOOR, bytes(1_000), b"\xff\xfe<",
        DOOR + b" " * BYTES, DOOR + b"<a>" * 40_000, DOOR + b"<![CDATA[" * 20_000, DOOR + b"&" * 100_000, DOOR + b"<" * 100_000,
        DOOR + b"<item>" * 30_000, DOOR + b"<item " + b" ".join(b"a%d='x'" % n for n in range(20_000)) + b">",
        b"<rss " + b" ".join(b"xmlns:a%d='x'" % n for n in range(20_000)) + b"><channel>",
        b"<!DOCTYPE r [<!ENTITY l0 'ha'>" + LAUGHS + b"]><rss><channel>" + ITEM % b"&l9;" + b"</channel></rss>",
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_feed_gives_no_page_nor_takes_long(data: bytes) -> None:
    start = time.process_time()
    found = feed(data, URL)
    assert time.process_time() - start < 2
    assert isinstance(found, Refusal) or all(len(entry.title or "") < 3_000 for entry in found.entries)
    if isinstance(found, Refusal):
        assert (found.stage, found.reason in ("size", "damaged")) == (Stage.INPUTS, True)


def test_no_file_of_ours_gets_into_a_title() -> None:
    found = feed(FILE + b"<rss><channel>" + ITEM % b"&x;" + b"</channel></rss>", URL)
    assert isinstance(found, Feed)
    assert Path("/etc/hostname").read_text().strip() not in (found.entries[0].title or "")


@limits(max_examples=200)
@given(st.sampled_from([RSS, ATOM]), st.binary(max_size=60), st.integers(0, 700), st.integers(0, 80))
def test_no_bytes_raise(data: bytes, put: bytes, at: int, cut: int) -> None:
    found = feed(data[:at] + put + data[at + cut :], URL)
    for entry in found.entries if isinstance(found, Feed) else ():
        assert entry.url.lower().startswith(("http://", "https://"))


# ---------------------------------------------------------------------------------------------------------- canonical


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://news.example/a", "http://NEWS.example:443/a#top", True),
        ("https://news.example/a?utm_source=x&id=1&fbclid=2", "https://news.example/a?id=1", True),
        ("https://news.example", "https://news.example/", True),
        ("https://news.example/a?id=1&x=2", "https://news.example/a?x=2&id=1", False),
        ("https://news.example/a", "https://news.example/A", False),
        ("https://news.example/a", "https://news.example/a/", False),
        ("https://news.example/a", "https://www.news.example/a", False),
        ("https://news.example:8080/a", "https://news.example/a", False),
        ("https://news.example/?source=1", "https://news.example/?source=2", False),
    ],
)
def test_which_addresses_are_one(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


@given(st.from_regex(r"https?://[a-z]{1,9}\.example(:[0-9]{1,4})?/[a-z0-9/?&=%._~#-]{0,40}", fullmatch=True))
def test_the_key_of_a_key_is_itself(url: str) -> None:
    assert key(f"https://{key(url)}") == key(url)


@given(st.text(max_size=80))
def test_no_address_raises(url: str) -> None:
    assert isinstance(key(url), str)
