"""What is watched, as a TOML file says it. docs/inputs.md has the table; a test holds it against the fields here.

    config.read(path) -> Watchlist

Raises Misuse, with the place in the file, where it says what cannot be meant.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from whosays.errors import Misuse
from whosays.inputs import Columns

LEAST = timedelta(seconds=30)
"""Nothing on the internet is asked more often."""

_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Kind(StrEnum):
    """What can be watched."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "list"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that is watched."""

    kind: Kind
    where: str
    """An address; of folders, and of lists on this machine, a path."""
    every: timedelta
    publisher: str | None = None
    """Who publishes its pages, where these do not say."""
    since: date | None = None
    """What it says to be older is not read."""
    fields: Columns = field(default_factory=Columns)
    """Of rows in a folder."""

    @property
    def id(self) -> str:
        """By which its state is kept."""
        return f"{self.kind} {self.where}"

    @property
    def far(self) -> bool:
        """Is it on the internet?"""
        return self.where.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Watchlist:
    """All that is watched."""

    sources: tuple[Source, ...]
    delay: timedelta
    """Between two requests to one host."""


class _Watch(msgspec.Struct, forbid_unknown_fields=True):
    delay: str = "2s"


class _Feed(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    every: str = "15m"
    publisher: str | None = None
    since: date | None = None


class _Sitemap(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    every: str = "1h"
    publisher: str | None = None
    since: date | None = None


class _List(msgspec.Struct, forbid_unknown_fields=True):
    url: str | None = None
    path: str | None = None
    every: str = "1h"
    publisher: str | None = None


class _Folder(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    every: str = "1m"
    publisher: str | None = None
    fields: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    watch: _Watch = msgspec.field(default_factory=_Watch)
    feed: tuple[_Feed, ...] = ()
    sitemap: tuple[_Sitemap, ...] = ()
    lists: tuple[_List, ...] = msgspec.field(default=(), name="list")
    folder: tuple[_Folder, ...] = ()


def read(path: Path) -> Watchlist:
    """What a file says. Paths in it are meant from its own folder."""
    try:
        said = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except OSError as error:
        raise Misuse(f"{path} cannot be read: {error.strerror}. Give a TOML file; docs/inputs.md shows one.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Misuse(f"{path}: {error}. docs/inputs.md has the table of what can be said.") from None
    sources = [*_addresses(said, path), *(_folder(one, path) for one in said.folder)]
    if not sources:
        raise Misuse(f"{path} names nothing to watch: add a [[feed]], [[sitemap]], [[list]] or [[folder]].")
    twice = sorted({one.id for one in sources if [other.id for other in sources].count(one.id) > 1})
    if twice:
        raise Misuse(f"{path} names twice: {', '.join(twice)}.")
    return Watchlist(tuple(sources), _length(said.watch.delay, path, least=timedelta(0)))


def _addresses(said: _File, path: Path) -> list[Source]:
    found: list[Source] = []
    pairs: tuple[tuple[Kind, tuple[_Feed | _Sitemap, ...]], ...] = (
        (Kind.FEED, said.feed),
        (Kind.SITEMAP, said.sitemap),
    )
    for kind, entries in pairs:
        for one in entries:
            every = _length(one.every, path, least=LEAST)
            found.append(Source(kind, _url(one.url, path), every, one.publisher, one.since))
    return [*found, *(_list(one, path) for one in said.lists)]


def _list(one: _List, path: Path) -> Source:
    if (one.url is None) == (one.path is None):
        raise Misuse(f"{path}: a [[list]] has either `url` or `path`.")
    where = _url(one.url, path) if one.url is not None else str(path.parent / (one.path or ""))
    least = LEAST if one.url is not None else timedelta(seconds=1)
    return Source(Kind.LIST, where, _length(one.every, path, least=least), one.publisher)


def _folder(one: _Folder, path: Path) -> Source:
    every = _length(one.every, path, least=timedelta(seconds=1))
    return Source(Kind.FOLDER, str(path.parent / one.path), every, one.publisher, fields=Columns.of(one.fields))


def _url(words: str, path: Path) -> str:
    if not words.startswith(("http://", "https://")):
        raise Misuse(f"{path}: {words!r} is no address: it begins with http:// or https://.")
    return words


def _length(words: str, path: Path, *, least: timedelta) -> timedelta:
    found = _LENGTH.fullmatch(words.strip())
    length = timedelta(**{_UNITS[found[2]]: float(found[1])}) if found and float(found[1]) < 10_000 else None
    if length is None or length < least:
        raise Misuse(f"{path}: {words!r} is no length of time, or too short: write 30s, 15m, 6h or 1d.")
    return length
