"""Writes a gazetteer (format: gazetteer.py). Used when one is built, never when text is read.

The same entries give the same bytes, in whatever order they come: rows, keys and skeletons are sorted. The sorting is
left to SQLite, which does it in a file beside the gazetteer, so that a gazetteer of twelve million names is built in the
memory of an ordinary machine: what is held is a number for each row, a few for each key, and one trie at a time.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Set
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
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


class Box:
    """The box around some points (degrees), across the antimeridian where it is narrower there: Fiji lies on both sides."""

    def __init__(self, points: Iterable[tuple[float, float]] = ()) -> None:
        self.low, self.high = [math.inf] * 3, [-math.inf] * 3
        for lat, lon in points:
            self.add(lat, lon)

    def add(self, lat: float, lon: float) -> None:
        self._add((lat, lon, lon % 360), (lat, lon, lon % 360))

    def hold(self, other: Box) -> None:
        self._add(other.low, other.high)

    def _add(self, low: Iterable[float], high: Iterable[float]) -> None:
        self.low, self.high = [*map(min, self.low, low)], [*map(max, self.high, high)]

    @property
    def middle(self) -> tuple[float, float]:
        """(0, 0) of no points."""
        if self.low[0] > self.high[0]:
            return 0.0, 0.0
        lat, lon, across = ((low + high) / 2 for low, high in zip(self.low, self.high, strict=True))
        straight = self.high[1] - self.low[1] <= self.high[2] - self.low[2]
        return lat, lon if straight else (across + 180) % 360 - 180


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
    credit: str,
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
                f"{credit.rstrip()}\n\nVersion: {version}. SHA-256 of what {FILE} holds: {manifest.sha256}.\n", "utf-8"
            )
            for file in (CREDITS, FILE):
                Path(name, file).replace(folder / file)
    except (OSError, sqlite3.OperationalError) as fault:
        raise Misuse(f"{folder}: the gazetteer cannot be written there ({fault})") from fault
    return manifest


def _build(
    work: Path, entries: Iterable[Entry], capitals: Set[str], version: str, sources: tuple[str, ...], progress: Progress
) -> Manifest:
    with closing(sqlite3.connect(work / "sorting.db", isolation_level=None)) as db, closing(Body(work / FILE)) as body:
        db.executescript(SCHEMA)
        _take_in(db, entries, progress)
        rows = _places(db, body)
        _keys(db, body, rows, progress)
        _skeletons(db, body)
        found = [db.execute("SELECT number FROM place WHERE code = ?", (code,)).fetchone() for code in capitals]
        return body.join(version, sources, rows.countries, [rows.of[number] for (number,) in filter(None, found)])


def keys_of(entry: Entry) -> set[str]:
    """All keys a place is found by."""
    keys = {key(name) for name in (entry.name, *entry.names) if not name.startswith(",")}
    keys |= {"," + key(name) for name in entry.names if name.startswith(",")}
    return {found for found in keys if len(found) > 1 and "\0" not in found}


class Body:
    """The file as it grows: sections one after another, their checksum kept up. Removed with its folder if not joined."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(bytes(HEAD.size))
        self._sum = hashlib.sha256()
        self._size = 0
        self._sections: list[Section] = []

    def add(self, name: str, kind: str, content: bytes) -> None:
        self._sections.append(Section(name, kind, self._size, len(content)))
        for part in (content, bytes(padded(len(content)) - len(content))):
            self._file.write(part)
            self._sum.update(part)
            self._size += len(part)

    def columns(self, columns: dict[str, array[int]]) -> None:
        for name, column in columns.items():
            small = column.typecode == "I" and max(column, default=0) < 2**16
            self.add(name, "H" if small else column.typecode, (array("H", column) if small else column).tobytes())

    def join(self, version: str, sources: tuple[str, ...], countries: list[str], capitals: list[int]) -> Manifest:
        """The manifest behind the body, the head before it."""
        manifest = Manifest(
            format=FORMAT,
            version=version,
            sources=sources,
            countries=tuple(countries),
            capitals=tuple(sorted(capitals)),
            sha256=self._sum.hexdigest(),
            sections=tuple(self._sections),
        )
        text = msgspec.json.encode(manifest)
        self._file.write(text)
        self._file.seek(0)
        self._file.write(HEAD.pack(MAGIC, len(text), self._size, zlib.crc32(text), 0))
        self.close()
        return manifest

    def close(self) -> None:
        self._file.close()


def _take_in(db: sqlite3.Connection, entries: Iterable[Entry], progress: Progress) -> None:
    """Entries → the tables `place` and `name`."""
    numbered, done = enumerate(entries), 0
    db.execute("BEGIN")
    while chunk := list(islice(numbered, CHUNK)):
        db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (_row(number, one) for number, one in chunk)
        )
        db.executemany(
            "INSERT INTO name VALUES (?, ?)", ((name, number) for number, one in chunk for name in keys_of(one))
        )
        done += len(chunk)
        progress("places read", done)
    db.execute("COMMIT")
    if not done:
        raise ValueError("there are no places to write")
    progress("places in order", done)
    try:
        db.execute("CREATE UNIQUE INDEX code ON place (code)")
    except sqlite3.IntegrityError as fault:
        raise ValueError("two entries have one code") from fault


def _row(number: int, one: Entry) -> tuple[object, ...]:
    if not (abs(one.lat) <= 90 and abs(one.lon) <= 180):
        raise ValueError(f"{one.code} ({one.name}) lies at {one.lat}, {one.lon}: no place on Earth")
    feature = FEATURES.index(one.feature)
    kind, lat, lon = min(feature, DIVISIONS), round(one.lat * SCALE), round(one.lon * SCALE)
    return (number, kind, one.geonameid, one.code, one.name, lat, lon, one.population, feature, one.parent)


@dataclass(frozen=True, slots=True)
class Rows:
    """What later steps ask of the rows."""

    of: array[int]
    """Number of an entry → its row."""
    population: array[int]
    countries: list[str]


def _places(db: sqlite3.Connection, body: Body) -> Rows:
    """The names and the columns of the rows."""
    names = _trie(db, "SELECT DISTINCT name FROM place ORDER BY name")
    body.add("names", "trie", names.tobytes())
    columns = {name: array("I") for name in ("id", "population", "name", "parent")}
    columns |= {"lat": array("i"), "lon": array("i"), "feature": array("B")}
    of = array("I", bytes(4 * db.execute("SELECT count(*) FROM place").fetchone()[0]))
    holders: dict[str, int] = {}
    countries = []
    found = db.execute(
        "SELECT kind, code, parent, number, name, geonameid, population, lat, lon, feature FROM place"
        " ORDER BY kind, geonameid, code"
    )
    for row, (kind, code, parent, number, name, *numbers) in enumerate(found):
        if parent is not None and parent not in holders:
            raise ValueError(f"{code} ({name}) is in {parent}, which is not there or no division that could hold it")
        of[number] = row
        columns["name"].append(names[name])
        columns["parent"].append(0 if parent is None else holders[parent] + 1)
        for column, one in zip(("id", "population", "lat", "lon", "feature"), numbers, strict=True):
            columns[column].append(one)
        if kind < DIVISIONS:
            holders[code] = row
        if kind == 0:
            countries.append(code)
    body.columns(columns)
    return Rows(of, columns["population"], countries)


def _keys(db: sqlite3.Connection, body: Body, rows: Rows, progress: Progress) -> None:
    """The keys with their rows; the skeletons of the keys → the table `kin`."""
    keys = _trie(db, "SELECT DISTINCT key FROM name ORDER BY key")
    body.add("keys", "trie", keys.tobytes())
    first, long = array("I", bytes(4 * len(keys))), array("I")
    kin: list[tuple[str, str, int]] = []
    db.execute("BEGIN")
    grouped = groupby(db.execute("SELECT key, place FROM name ORDER BY key"), itemgetter(0))
    for done, (name, group) in enumerate(grouped):
        number = keys[name]
        held = sorted((rows.of[place] for _, place in group), key=lambda row: (-rows.population[row], row))
        first[number] = _listed(long, held)
        heard = sound(name)
        if bones := "" if name.startswith(",") else skeleton(heard):
            kin.append((bones, vowels(heard), number))
        if len(kin) == CHUNK:
            db.executemany("INSERT INTO kin VALUES (?, ?, ?)", kin)
            kin.clear()
            progress("names written", done)
    db.executemany("INSERT INTO kin VALUES (?, ?, ?)", kin)
    db.execute("COMMIT")
    body.columns({"first": first, "long": long})
    progress("names written", len(keys))


def _skeletons(db: sqlite3.Connection, body: Body) -> None:
    """The skeletons with their keys."""
    skeletons = _trie(db, "SELECT DISTINCT skeleton FROM kin ORDER BY skeleton")
    body.add("skeletons", "trie", skeletons.tobytes())
    alike, kin = array("I", bytes(4 * len(skeletons))), array("I")
    found = db.execute("SELECT skeleton, key FROM kin ORDER BY skeleton, vowels, key")
    for bones, group in groupby(found, itemgetter(0)):
        alike[skeletons[bones]] = _listed(kin, [number for _, number in group])
    body.columns({"alike": alike, "kin": kin})


def _listed(long: array[int], numbers: list[int]) -> int:
    """A single number; or several put at the end of `long`, and where."""
    if len(numbers) == 1:
        return numbers[0]
    long.extend((len(numbers), *numbers))
    return MANY | (len(long) - len(numbers) - 1)


def _trie(db: sqlite3.Connection, query: str) -> marisa_trie.Trie:
    return marisa_trie.Trie(word for (word,) in db.execute(query))
