"""RSS and Atom: the pages that a feed points to.

    feed(data, url) -> Feed | Refusal

feedparser is given bytes as a stream, never an address, so it fetches nothing. Broken feeds give what can be read of them. An id
that two entries share tells nothing of either, and is left out.

Caps: BYTES, TAGS, ENTRIES. Never raises on any bytes.
"""

from __future__ import annotations

import calendar
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from whosays.inputs.item import no
from whosays.inputs.lists import LONGEST, Address
from whosays.nouns import Refusal
from whosays.text import squeeze

BYTES = 4_000_000
ENTRIES = 5_000
TAGS = 100_000

_HTTP = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_LONG = re.compile(rb"<[A-Za-z?/][^<>]{8000}")
"""feedparser's time grows with the square of a tag's attributes."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists, in its own order."""

    entries: tuple[Address, ...]
    without: int
    """Entries that point nowhere."""


def feed(data: bytes, url: str) -> Feed | Refusal:
    """The entries of a feed that came from an address. Reasons: `size`, `damaged`."""
    if len(data) > BYTES:
        return no("size", f"The feed has more than {BYTES:,} bytes.")
    if data.count(b"<") > TAGS or _LONG.search(data):
        return no("damaged", "The feed has too many tags, or one without end.")
    if not _ROOT.search(data[:20_000].replace(b"\x00", b"")):
        return no("damaged", "It is no feed: neither RSS nor Atom.")
    import feedparser  # a tenth of a second, for those who read none

    try:
        found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
        entries = [_entry(entry, url) for entry in found.entries[:ENTRIES]]
    except Exception as error:  # noqa: BLE001  its readers of dates and namespaces break in ways of their own
        return no("damaged", f"The feed cannot be read: {type(error).__name__}: {str(error)[:120]}.")
    if not entries and found.bozo:
        return no("damaged", f"The feed cannot be read: {str(found.get('bozo_exception', ''))[:120]}.")
    whole = [entry for entry in entries if entry is not None]
    shared = {guid for guid, times in Counter(entry.guid for entry in whole).items() if times > 1}
    told = tuple(replace(entry, guid=None) if entry.guid in shared else entry for entry in whole)
    return Feed(told, len(entries) - len(whole))


def _entry(entry: Mapping[str, object], base: str) -> Address | None:
    """An entry with the address of its page: its link, else an id that is one."""
    guid = _words(entry.get("id"))
    for said in (entry.get("feedburner_origlink"), entry.get("link"), *_links(entry.get("links")), guid):
        url = _address(_words(said), base)
        if url is not None:
            title = squeeze(_words(entry.get("title")))[:LONGEST] or None
            published, changed = (_moment(dict(entry).get(name)) for name in ("published_parsed", "updated_parsed"))
            return Address(url, guid[:LONGEST] or None, title, published, changed)
    return None


def _links(links: object) -> list[object]:
    """Those that lead to the page itself."""
    if not isinstance(links, Sequence):
        return []
    return [one.get("href") for one in links if isinstance(one, Mapping) and one.get("rel", "alternate") == "alternate"]


def _address(words: str, base: str) -> str | None:
    if not words or len(words) > LONGEST:
        return None
    try:
        url = urljoin(base, words)
    except ValueError:
        return None
    return url if _HTTP.fullmatch(url) and (":" not in words.partition("/")[0] or _HTTP.match(words)) else None


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(said: object) -> datetime | None:
    """feedparser's nine numbers, in UTC."""
    try:
        return datetime.fromtimestamp(calendar.timegm(said), UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return None
