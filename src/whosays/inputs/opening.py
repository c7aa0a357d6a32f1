"""One source, whatever it is, as items: what `inputs.open` does.

By its name: `.warc` (also `.gz`, `.zst`, `.lz4`; `.wet`), `.wacz`, `.jsonl` and `.ndjson` (also `.gz`), `.parquet`, `.urls`. By its first
bytes, where the name says nothing: `.txt` of which every line is an address is a list, XML may be a sitemap or a feed.
Any other file is a page. Addresses on the internet likewise: archives and rows are downloaded, lists, sitemaps and feeds are asked,
any other address is that of a page, still to be fetched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol, cast
from urllib.parse import urlsplit

from whosays import fetch
from whosays.errors import Misuse, WhosaysError
from whosays.fetch import LISTS, Fetched, Known, NotModified
from whosays.inputs import files, lists, rows, wacz, warc
from whosays.inputs.feeds import Feed, feed
from whosays.inputs.item import At, Item, Passed, no, nobody
from whosays.inputs.lists import Address, Sitemap
from whosays.inputs.rows import Columns
from whosays.nouns import Meta, Refusal
from whosays.settings import MAX_PAGE_BYTES

HEAD = 4_096
STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "hdfs", "file", "memory")
"""What is read through fsspec, where that and what it needs for the store are installed."""


class Form(StrEnum):
    """What a source may be."""

    PAGE = "page"
    WARC = "warc"
    WACZ = "wacz"
    JSONL = "jsonl"
    PARQUET = "parquet"
    LIST = "list"
    SITEMAP = "sitemap"
    FEED = "feed"


_NAMES = (
    (re.compile(r"\.(?:warc|wet)(?:\.(?:gz|zst|zstd|lz4))?$"), Form.WARC),
    (re.compile(r"\.wacz$"), Form.WACZ),
    (re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?$"), Form.JSONL),
    (re.compile(r"\.parquet$"), Form.PARQUET),
    (re.compile(r"\.urls$"), Form.LIST),
)
MARKUP = (".xml", ".xml.gz", ".rss", ".atom", ".rdf")
"""Names of what may be a sitemap or a feed."""
_FEED = re.compile(rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]")
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://")


class Store(Protocol):
    """As much of a file system of fsspec as is used."""

    def glob(self, path: str) -> list[str]:
        """Paths by a pattern."""

    def open(self, path: str, mode: str) -> BinaryIO:
        """A file."""


def form(name: str, head: bytes = b"") -> Form:
    """What a source is, by its name, then by its first bytes."""
    lower = name.lower()
    for pattern, found in _NAMES:
        if pattern.search(lower):
            return found
    if lower.endswith(".txt") and lists.is_list(head):
        return Form.LIST
    if lower.endswith(MARKUP):
        if lists.is_sitemap(head):
            return Form.SITEMAP
        if _FEED.search(head):
            return Form.FEED
    return Form.PAGE


@dataclass(frozen=True, slots=True)
class Net:
    """How the internet is reached. `politeness.Polite` has the manners, where many addresses are asked."""

    get: Callable[[str], Fetched | Refusal]
    """A list, a sitemap, a feed."""
    download: Callable[[str, BinaryIO], Fetched | Refusal]
    """An archive, into a file."""


def _get(url: str) -> Fetched | Refusal:
    answer = fetch.again(url, Known(), types=LISTS, most=lists.UNPACKED)
    return answer if not isinstance(answer, NotModified) else no("status", f"{url} answered 304.")


NET = Net(_get, fetch.download)


@dataclass(frozen=True, slots=True)
class Way:
    """How a source is read."""

    columns: Columns
    after: At | None
    passed: Passed
    net: Net


def open(  # noqa: A001  (inputs.open)
    source: str, *, after: At | None = None, columns: Columns | None = None, passed: Passed = nobody, net: Net = NET
) -> Iterator[Item]:
    """All items of a source, those behind a place: a path, `s3://…` and its like, or an address. Of an address of a page the item
    is that address; an archive is downloaded first, into a file that is gone afterwards. Raises Misuse at once where the source is
    not there or cannot be understood; all that is wrong with what it holds is in the items."""
    way = Way(columns or Columns(), after, passed, net)
    if source.startswith(("http://", "https://")):
        return _remote(source, way)
    if _REMOTE.match(source):
        return _far(source, way)
    path = Path(source)
    return _each(files.files([path]), way if path.is_file() else replace(way, after=None))


def items(file: BinaryIO, name: str, found: Form, way: Way) -> Iterator[Item]:
    """The items of an open file of a form."""
    if found is Form.WARC:
        return warc.read(file, name, after=way.after, passed=way.passed)
    if found is Form.WACZ:
        return wacz.read(file, name, after=way.after, passed=way.passed)
    if found is Form.JSONL:
        return rows.json_lines(file, name, way.columns, after=way.after)
    if found is Form.PARQUET:
        return rows.parquet(file, name, way.columns, after=way.after)
    if found is Form.PAGE:
        return iter((Item(name, file.read(MAX_PAGE_BYTES + 1), Meta(name=name)),))
    pointed = _pointed(file.read(lists.UNPACKED + 1), name, found, way)
    return (item for item in pointed if way.after is None or item.at > way.after)


# ------------------------------------------------------------------------------------------------------- where they lie


def _each(paths: Iterable[Path], way: Way) -> Iterator[Item]:
    for path in paths:
        yield from _file(path, way)


def _file(path: Path, way: Way) -> Iterator[Item]:
    """The items of a file."""
    name = str(path)
    if not path.is_file():
        yield Item(name, files.read(path), Meta(name=path.name))
        return
    try:
        with path.open("rb") as file:
            found = form(name, file.read(HEAD))
            file.seek(0)
            if found is Form.PAGE:
                yield Item(name, files.read(path), Meta(name=path.name))
            else:
                yield from items(file, name, found, way)
    except OSError as error:
        yield Item(name, no("unreadable", f"{path.name} cannot be read: {error.strerror}."), Meta(name=path.name))


def _remote(url: str, way: Way) -> Iterator[Item]:
    """What is at an address."""
    path = urlsplit(url).path
    found = form(path)
    if found in (Form.WARC, Form.WACZ, Form.JSONL, Form.PARQUET):
        with TemporaryFile(prefix="whosays-") as file:
            answer = way.net.download(url, cast(BinaryIO, file))
            if isinstance(answer, Refusal):
                yield Item(url, answer, Meta(url=url))
            else:
                yield from items(cast(BinaryIO, file), url, found, way)
        return
    if found is Form.PAGE and not path.lower().endswith(MARKUP):
        yield Item(url, None, Meta(url=url))
        return
    answer = way.net.get(url)
    if isinstance(answer, Refusal):
        yield Item(url, answer, Meta(url=url))
        return
    found = Form.LIST if found is Form.LIST else form(path, answer.data[:HEAD])
    if found is Form.PAGE:
        yield Item(url, answer.data, Meta(url=answer.url, content_type=answer.content_type))
    else:
        yield from items(io.BytesIO(answer.data), answer.url, found, way)


def _far(source: str, way: Way) -> Iterator[Item]:
    """Files in a store of objects, `*` in their names included. Raises Misuse where fsspec is not there or does not know the store."""
    scheme = source.partition("://")[0]
    if scheme not in STORES:
        raise Misuse(f"{source}: {scheme}:// is not read. Give a path, http(s)://, or one of {', '.join(STORES)}.")
    try:
        from fsspec.core import url_to_fs

        store, path = url_to_fs(source)
    except (ImportError, ValueError) as error:
        raise Misuse(f"{source} needs more than is here ({error}). Install it: pip install 'whosays[s3]'.") from None
    return _objects(store, path, source, way)


def _objects(store: Store, path: str, source: str, way: Way) -> Iterator[Item]:
    scheme = source.partition("://")[0]
    try:
        paths = sorted(store.glob(path)) if "*" in path else [path]
        for one in paths:
            name = f"{scheme}://{one}"
            with store.open(one, "rb") as file:
                found = form(name, file.read(HEAD))
                file.seek(0)
                yield from items(file, name, found, way if len(paths) == 1 else replace(way, after=None))
    except WhosaysError:
        raise
    except Exception as error:  # noqa: BLE001  each store has errors of its own: whatever it is, it cannot be read
        yield Item(source, no("unreadable", f"{source} cannot be read: {error}"[:300]), Meta(name=source))


# ---------------------------------------------------------------------------------------------------- what points to pages


def _pointed(data: bytes, name: str, found: Form, way: Way) -> Iterator[Item]:
    """The addresses that a list, a sitemap or a feed points to."""
    if found is Form.LIST:
        for number, words, address in lists.listed(data):
            yield (
                _address(address, At(number)) if address else _refused(f"{name}:{number}", "address", words, At(number))
            )
        return
    listed = feed(data, name) if found is Form.FEED else _mapped(data, way.net)
    if isinstance(listed, Refusal):
        yield Item(name, listed, Meta(name=name))
        return
    for number, one in enumerate(listed.entries if isinstance(listed, Feed) else listed, 1):
        yield Item(name, one, Meta(name=name), At(number)) if isinstance(one, Refusal) else _address(one, At(number))


def _mapped(data: bytes, net: Net) -> Iterator[Address | Refusal] | Refusal:
    """The pages of a sitemap, and of those that it leads to."""
    found = lists.sitemap(data)
    return found if isinstance(found, Refusal) else _further(found, net)


def _further(found: Sitemap, net: Net) -> Iterator[Address | Refusal]:
    yield from found.pages
    for address in found.further:
        answer = net.get(address.url)
        below = answer if isinstance(answer, Refusal) else lists.sitemap(answer.data)
        if isinstance(below, Refusal):
            yield below
        else:
            yield from below.pages


def _address(address: Address, at: At) -> Item:
    return Item(address.url, None, Meta(url=address.url), at)


def _refused(name: str, reason: str, words: str, at: At) -> Item:
    return Item(name, no(reason, f"{name}: {words[:100]!a} is no address."), Meta(name=name), at)
