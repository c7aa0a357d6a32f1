"""One source, whatever it is, as items: what `inputs.open` does.

By its name: `.warc` (also `.gz`, `.zst`, `.lz4`; `.wet`), `.wacz`, `.jsonl` and `.ndjson` (also `.gz`), `.parquet`, `.urls`. By its first
bytes, where the name says nothing: `.txt` of which every line is an address is a list, XML may be a sitemap or a feed.
Any other file is a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from whosays.errors import Misuse
from whosays.inputs import files, lists, rows, wacz, warc
from whosays.inputs.item import At, Item, Passed, no, nobody
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
    if lower.endswith((".xml", ".rss", ".atom", ".xml.gz", ".rdf")):
        if lists.is_sitemap(head):
            return Form.SITEMAP
        if _FEED.search(head):
            return Form.FEED
    return Form.PAGE


def open(  # noqa: A001  (inputs.open)
    source: str, *, after: At | None = None, columns: Columns | None = None, passed: Passed = nobody
) -> Iterator[Item]:
    """All items of a source, those behind a place. Raises Misuse at once where the source is not there or cannot be understood;
    all that is wrong with what it holds is in the items."""
    columns = columns or Columns()
    if source.startswith(("http://", "https://")):
        return iter((Item(source, None, Meta(url=source)),))
    if _REMOTE.match(source):
        return _far(source, columns, after, passed)
    path = Path(source)
    return _each(files.files([path]), columns, None if path.is_dir() else after, passed)


def items(
    file: BinaryIO, name: str, found: Form, *, columns: Columns, after: At | None = None, passed: Passed = nobody
) -> Iterator[Item]:
    """The items of an open file of a form."""
    if found is Form.WARC:
        return warc.read(file, name, after=after, passed=passed)
    if found is Form.WACZ:
        return wacz.read(file, name, after=after, passed=passed)
    if found is Form.JSONL:
        return rows.json_lines(file, name, columns, after=after)
    if found is Form.PARQUET:
        return rows.parquet(file, name, columns, after=after)
    if found is Form.LIST:
        return _listed(file.read(lists.UNPACKED), name, after)
    if found is Form.SITEMAP:
        return _mapped(file.read(lists.UNPACKED + 1), name, after)
    return iter((Item(name, file.read(MAX_PAGE_BYTES + 1), Meta(name=name)),))


def _each(paths: Iterable[Path], columns: Columns, after: At | None, passed: Passed) -> Iterator[Item]:
    for path in paths:
        yield from _file(path, columns, after, passed)


def _file(path: Path, columns: Columns, after: At | None, passed: Passed) -> Iterator[Item]:
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
                yield from items(file, name, found, columns=columns, after=after, passed=passed)
    except OSError as error:
        yield Item(name, no("unreadable", f"{path.name} cannot be read: {error.strerror}."), Meta(name=path.name))


def _far(source: str, columns: Columns, after: At | None, passed: Passed) -> Iterator[Item]:
    """Files in a store of objects, `*` in their names included. Raises Misuse where fsspec is not there or does not know the store."""
    scheme = source.partition("://")[0]
    if scheme not in STORES:
        raise Misuse(f"{source}: {scheme}:// is not read. Give a path, http(s)://, or one of {', '.join(STORES)}.")
    try:
        from fsspec.core import url_to_fs

        store, path = url_to_fs(source)
    except (ImportError, ValueError) as error:
        raise Misuse(f"{source} needs more than is here ({error}). Install it: pip install 'whosays[s3]'.") from None
    return _objects(store, path, source, columns, after, passed)


def _objects(
    store: Store, path: str, source: str, columns: Columns, after: At | None, passed: Passed
) -> Iterator[Item]:
    scheme = source.partition("://")[0]
    try:
        paths = sorted(store.glob(path)) if "*" in path else [path]
        for one in paths:
            name = f"{scheme}://{one}"
            with store.open(one, "rb") as file:
                found = form(name, file.read(HEAD))
                file.seek(0)
                yield from items(
                    file, name, found, columns=columns, after=after if len(paths) == 1 else None, passed=passed
                )
    except Exception as error:  # noqa: BLE001  each store has errors of its own: whatever it is, it cannot be read
        yield Item(source, no("unreadable", f"{source} cannot be read: {error}"[:300]), Meta(name=source))


def _listed(data: bytes, name: str, after: At | None) -> Iterator[Item]:
    for number, words, address in lists.listed(data):
        if after is not None and number <= after.offset:
            continue
        here = f"{name}:{number}"
        if address is None:
            yield Item(here, no("address", f"{here}: {words[:100]!a} is no address."), Meta(name=here), At(number))
        else:
            yield Item(address.url, None, Meta(url=address.url), At(number))


def _mapped(data: bytes, name: str, after: At | None) -> Iterator[Item]:
    found = lists.sitemap(data)
    if isinstance(found, Refusal):
        yield Item(name, found, Meta(name=name))
        return
    for number, address in enumerate(found.pages, 1):
        if after is None or number > after.offset:
            yield Item(address.url, None, Meta(url=address.url), At(number))
    for address in found.further:
        words = (
            f"{name} leads to a further sitemap, {address.url}, which is not followed from here: `whosays watch` does."
        )
        yield Item(name, no("index", words), Meta(name=name, url=address.url))
