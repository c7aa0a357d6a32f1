"""Writes a gazetteer (format: gazetteer.py). Used when one is built, never when text is read.

The same entries give the same bytes, in whatever order they come: rows, keys and skeletons are sorted. The sorting is
left to SQLite, which does it in a file beside the gazetteer, so that a gazetteer of twelve million names is built in the
memory of an ordinary machine: what is held is a number for each row, a few for each key, and one trie at a time.
"""

from __future__ import annotations

import functools
import hashlib
import sqlite3
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]  # no stubs
import msgspec

from whosays.errors import Misuse
from whosays.places.gazetteer import FEATURES, FILE, FORMAT, HEAD, MAGIC, MANY, SCALE, Manifest, Section, key, padded
from whosays.places.skeleton import skeleton, sound, vowels

CREDITS = "ATTRIBUTION.md"
DIVISIONS = 3
"""Features before this one in FEATURES hold other places."""
CHUNK = 100_000
"""Rows at a time, from SQLite to the columns."""

SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;
CREATE TABLE place (number INTEGER PRIMARY KEY, kind INT, geonameid INT, code TEXT, name TEXT, lat INT, lon INT,
                    population INT, feature INT, parent TEXT);
CREATE TABLE name (key TEXT, place INT);
CREATE TABLE kin (skeleton TEXT, vowels TEXT, key INT);
"""

Progress = Callable[[str, int], None]
"""Called with what is being done and how much of it is done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on its way into the file. `code` names it among the entries; `parent` is the code of what holds it."""

    code: str
    name: str
    names: frozenset[str]
    """All other names, as written. One that starts with a comma is an abbreviation read only after a comma."""
    lat: float
    lon: float
    feature: str
    population: int = 0
    geonameid: int = 0
    parent: str | None = None
    """ISO code of a country, or the code of a division; None: in no one country."""


def write(
    folder: Path,
    entries: Iterable[Entry],
    *,
    capitals: Set[str] = frozenset(),
    version: str,
    sources: tuple[str, ...],
    credits: str,
    progress: Progress = lambda what, done: None,
) -> Manifest:
    """Write a gazetteer and its credits into a folder; what was there is replaced at the end, or not at all.

    A country's code must be its ISO code; `capitals` are codes of towns. Raises ValueError for entries that cannot be
    (none, two of one code, in a place that is not there, beyond the poles), Misuse where the disk does not let us."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".building-") as name:
            manifest = _build(Path(name), entries, capitals, version, sources, progress)
            Path(name, CREDITS).write_text(
                f"{credits.rstrip()}\n\nVersion: {version}. SHA-256 of what {FILE} holds: {manifest.sha256}.\n", "utf-8"
            )
            for file in (CREDITS, FILE):
                Path(name, file).replace(folder / file)
    except (OSError, sqlite3.OperationalError) as fault:
        raise Misuse(f"{folder}: the gazetteer cannot be written there ({fault})") from fault
    return manifest


def _build(
    work: Path, entries: Iterable[Entry], capitals: Set[str], version: str, sources: tuple[str, ...], progress: Progress
) -> Manifest:
    db = sqlite3.connect(work / "sorting.db", isolation_level=None)
    try:
        db.executescript(SCHEMA)
        _take_in(db, entries, progress)
        body = Body(work)
        rows, countries = _places(db, body, progress)
        _keys(db, body, rows, progress)
        _skeletons(db, body, progress)
        found = {code: row for code, row in rows.codes.items() if code in capitals}
    finally:
        db.close()
    return body.join(version, sources, countries, tuple(sorted(found.values())))
