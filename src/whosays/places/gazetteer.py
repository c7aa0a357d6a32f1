"""The gazetteer: places and their names in one file, mapped into memory and read in place.

A gazetteer is a folder with the file `places.gaz` and its credits (shipped: `asset/`; how one is made: docs/gazetteer.md).
Numbers are as the machine has them, little-endian on all that Python wheels are made for. The file:

    head        24 bytes: magic, size of the manifest, size of the body, CRC-32 of the manifest
    body        sections, each padded to 8 bytes. Tries are marisa tries, columns arrays of unsigned numbers or i32
      keys        trie of folded names (`key`). The number of a key is its position in `first`.
                  A key that starts with a comma is an abbreviation read only after one: `Mobile, Ala.` → `,ala`
      names       trie of the names as they are shown; a row points into it
      skeletons   trie of what all spellings of a name share (skeleton.py); the number is its position in `alike`
      id lat lon population name parent feature    one per row, rows in the order countries, divisions, the rest.
                  lat, lon: 1e-5 degrees; name: its number in `names`; parent: the row that holds it plus 1, or 0
      first long  one per key: a row, or, with the top bit set, a position in `long`: how many rows, then the rows, the
                  most populous first
      alike kin   the same from skeletons to the numbers of their keys, in the order of their vowels
    manifest    JSON: version, sources, ISO codes of the country rows, rows of capitals, SHA-256 of the body, sections

Nothing is parsed at start but the manifest: a file of two gigabytes opens as fast as one of two megabytes. So opening
finds files that are cut or of another format; what else may have happened to one, `check` finds, which reads it all.
What this module does not do: find names in text, or choose.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import marisa_trie  # type: ignore[import-not-found]  # no stubs
import msgspec

from whosays.errors import AssetError, Misuse, WhosaysError
from whosays.nouns import Place
from whosays.places.skeleton import closest, skeleton, sound, vowels
from whosays.settings import GAZETTEER_VARIABLE
from whosays.text import fold

ASSET = Path(__file__).parent / "asset"
FILE = "places.gaz"
FORMAT = 2
MAGIC = b"WSG2"
HEAD = struct.Struct("<4sIQII")
MANY = 0x8000_0000
SCALE = 100_000
FEATURES = (
    *("country", "admin1", "admin2", "town", "village", "district", "region", "river", "lake", "sea", "island"),
    *("mountain", "desert", "camp", "airbase", "crossing", "dam", "valley", "site", "border"),
)
"""What a row can be. Its position is written into the file: append only."""

COMPARED = 50
"""Keys of one skeleton that a name is compared with, at most."""

LIKE = 0.8
"""Below this, two names of one skeleton are rather two names than two spellings (measured: benchmarks/gazetteer.py)."""


class Section(msgspec.Struct, frozen=True):
    """Where a part of the body lies, from the start of the body; `type`: that of `array`, or "trie"."""

    name: str
    type: str
    start: int
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """What the file says of itself."""

    format: int
    version: str
    sources: tuple[str, ...]
    countries: tuple[str, ...]
    capitals: tuple[int, ...]
    sha256: str
    sections: tuple[Section, ...]

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return max((padded(one.start + one.size) for one in self.sections), default=0)


class Alike(NamedTuple):
    """A key that may be another spelling of a name."""

    key: str
    rows: tuple[int, ...]
    """The most populous first."""
    similarity: float
    """0 to 1."""


class Gazetteer:
    """An open gazetteer. Rows are numbers; `place` turns one into a noun. Look-ups take any string and never raise."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, or the file itself. Raises AssetError, or Misuse where it is not the package's own, that names
        the file and what to do if it is missing, cut or of another format."""
        self.path = folder / FILE if folder.is_dir() else folder
        data, self.manifest = _read(self.path)
        try:
            self._sections(data)
        except (KeyError, OSError, RuntimeError, ValueError) as fault:
            raise _fault(self.path, f"is damaged: {fault}") from fault
        self.rows = len(self._id)
        if not self.rows:
            raise _fault(self.path, "holds no places")
        self.capitals = frozenset(self.manifest.capitals)
        """Rows of the capitals of countries."""
        self.place = functools.lru_cache(maxsize=20_000)(self._place)
        """Row → the noun."""
        self._holder = functools.lru_cache(maxsize=20_000)(self.name)
        self._country_of = {code: row for row, code in enumerate(self.manifest.countries)}
        self.countries = len(self._country_of)
        """How many rows, the first ones, are countries …"""
        self.holding = bisect.bisect_left(self._feature, FEATURES.index("town"))
        """… or divisions, which also hold others; those behind them are in no order."""

    def _sections(self, data: memoryview) -> None:
        """Cut the body. Raises KeyError, ValueError or RuntimeError if its parts are not there or do not fit."""
        cut = {one.name: (one.type, data[one.start : one.start + one.size]) for one in self.manifest.sections}
        tries = {name: marisa_trie.Trie().map(part) for name, (kind, part) in cut.items() if kind == "trie"}
        columns = {name: part.cast(kind) for name, (kind, part) in cut.items() if kind != "trie"}  # type: ignore[call-overload]
        self._keys, self._names, self._skeletons = tries["keys"], tries["names"], tries["skeletons"]
        self._id, self._lat, self._lon = columns["id"], columns["lat"], columns["lon"]
        self._population, self._name = columns["population"], columns["name"]
        self._parent, self._feature = columns["parent"], columns["feature"]
        self._first, self._long = columns["first"], columns["long"]
        self._alike, self._kin = columns["alike"], columns["kin"]
        rows = {len(columns[name]) for name in ("id", "lat", "lon", "population", "name", "parent", "feature")}
        if len(rows) > 1 or len(self._first) != len(self._keys) or len(self._alike) != len(self._skeletons):
            raise ValueError("its columns differ in length")

    def find(self, key: str) -> tuple[int, ...]:
        """Rows of exactly this key (see `key`), the most populous first; empty if there is none."""
        try:
            number = self._keys.get(key)
        except UnicodeEncodeError:  # half a surrogate pair
            return ()
        if number is None or "\0" in key:  # the trie reads to the first NUL
            return ()
        first = self._first[number]
        if first < MANY:
            return (first,)
        at = first - MANY
        return tuple(self._long[at + 1 : at + 1 + self._long[at]])

    def begins(self, text: str) -> bool:
        """Does a key start with `text` (folded)?"""
        try:
            return next(self._keys.iterkeys(text), None) is not None
        except UnicodeEncodeError:
            return False

    def starts(self, text: str) -> list[str]:
        """All keys that `text` (folded) starts with, the shortest first."""
        try:
            found: list[str] = self._keys.prefixes(text)
        except UnicodeEncodeError:
            return []
        return found

    def like(self, name: str, *, least: float = LIKE, most: int = 5) -> tuple[Alike, ...]:
        """Keys that may be this name in another spelling, the likest first, then those of the larger place; at most
        `most`, none of which has only places that one before it has. For names that are no key: one that is comes back
        as its own likest. Only for what is known to be a place: every third surname is like some village.

        All compared keys have the skeleton of the name. Where more than 50 have it, those whose vowels come next to
        the name's in alphabetical order are compared: two spellings mostly share the first vowels."""
        wanted = key(name)
        heard = sound(wanted)
        number = self._skeletons.get(skeleton(heard))
        if number is None:
            return ()
        keys = [self._key(one) for one in self._kindred(self._alike[number], vowels(heard))]
        found = [(alike, self.find(one), one) for alike, one in closest(wanted, keys, least=least)]
        found.sort(key=lambda one: (-one[0], -self._population[one[1][0]], one[2]))
        seen: set[int] = set()
        kept: list[Alike] = []
        for alike, rows, one in found:
            if len(kept) < most and not seen.issuperset(rows):
                kept.append(Alike(one, rows, alike))
                seen.update(rows)
        return tuple(kept)

    def _kindred(self, first: int, pattern: str) -> list[int]:
        """Numbers of the keys of a skeleton, or the 50 of them next to a pattern of vowels."""
        if first < MANY:
            return [first]
        start = first - MANY + 1
        count = self._kin[start - 1]
        if count > COMPARED:
            middle = bisect.bisect_left(
                range(count), pattern, key=lambda at: vowels(sound(self._key(self._kin[start + at])))
            )
            start += max(0, min(middle - COMPARED // 2, count - COMPARED))
            count = COMPARED
        return list(self._kin[start : start + count])

    def _key(self, number: int) -> str:
        found: str = self._keys.restore_key(number)
        return found

    def name(self, row: int) -> str:
        name: str = self._names.restore_key(self._name[row])
        return name

    def population(self, row: int) -> int:
        return int(self._population[row])

    def feature(self, row: int) -> str:
        return FEATURES[self._feature[row]]

    def position(self, row: int) -> tuple[float, float]:
        """Latitude and longitude, degrees."""
        return self._lat[row] / SCALE, self._lon[row] / SCALE

    def parent(self, row: int) -> int | None:
        """Row of the division or country that holds a row."""
        return self._parent[row] - 1 if self._parent[row] else None

    def holders(self, row: int) -> tuple[int, ...]:
        """A row and all that hold it, the smallest first."""
        found = [row]
        while parent := self._parent[found[-1]]:
            found.append(parent - 1)
        return tuple(found)

    def country(self, row: int) -> str | None:
        """ISO 3166-1 alpha-2 code of the country that holds a row."""
        top = self.holders(row)[-1]
        return self.manifest.countries[top] if top < len(self.manifest.countries) else None

    def country_row(self, code: str) -> int | None:
        return self._country_of.get(code)

    def country_names(self) -> dict[str, str]:
        """Names of the countries by ISO code."""
        return {code: self.name(row) for code, row in self._country_of.items()}

    def _place(self, row: int) -> Place:
        """The noun. Its key is `geonames:ID`, or names the division or the hand-written place."""
        country, feature, name, number = self.country(row), self.feature(row), self.name(row), self._id[row]
        held = {
            self.feature(holder): self._holder(holder)
            for holder in self.holders(row)
            if self.countries <= holder < self.holding
        }
        if number:
            key = f"geonames:{number}"
        elif feature in ("admin1", "admin2"):
            key = "/".join(filter(None, (f"division:{country}", held.get("admin1"), held.get("admin2"))))
        else:
            key = f"extra:{fold(name).replace(' ', '-')}"
        return Place(
            key=key,
            name=name,
            lat=self._lat[row] / SCALE,
            lon=self._lon[row] / SCALE,
            country=country,
            feature=feature,
            population=self._population[row],
            geonameid=number or None,
            admin1=held.get("admin1"),
            admin2=held.get("admin2"),
        )

    def of_key(self, place: str) -> Place | None:
        """The place whose noun has this key; None: there is none. Looks through all numbers: not for each word of a text."""
        if place.startswith("geonames:"):
            number = place.removeprefix("geonames:")
            wanted = int(number) if number.isascii() and number.isdigit() else 0
            return next((self.place(row) for row, id_ in enumerate(self._id) if id_ == wanted and wanted), None)
        name = place.rpartition("/")[2].partition(":")[2] or place.rpartition("/")[2]
        rows = self.find(key(name.replace("-", " ")))
        return next((one for one in self.places(rows) if one.key == place), None)

    def places(self, rows: Iterable[int]) -> tuple[Place, ...]:
        return tuple(self.place(row) for row in rows)


@functools.cache
def shipped() -> Gazetteer:
    """The gazetteer that comes with the package, opened once per process."""
    return Gazetteer(ASSET)


@functools.cache
def in_use() -> Gazetteer:
    """The gazetteer that the environment names (WHOSAYS_GAZETTEER), or else the shipped one; once per process."""
    named = os.environ.get(GAZETTEER_VARIABLE)
    return Gazetteer(Path(named)) if named else shipped()


def check(path: Path) -> Manifest:
    """Read a gazetteer through. Raises what `Gazetteer` raises, also where a single byte is not as it was written."""
    opened = Gazetteer(path)
    with opened.path.open("rb") as file:
        file.seek(HEAD.size)
        found, left = hashlib.sha256(), opened.manifest.size
        while left > 0 and (chunk := file.read(min(left, 1 << 20))):
            found.update(chunk)
            left -= len(chunk)
    if found.hexdigest() != opened.manifest.sha256:
        raise _fault(opened.path, "is damaged: its SHA-256 is not the one that it was written with")
    return opened.manifest


def key(name: str) -> str:
    """What a name is looked up by: folded, without dots and commas.

    >>> key("St. Louis"), key("Deir ez-Zor")
    ('st louis', 'deir ez zor')
    """
    return fold(name.replace(".", "").replace(",", " "))


def padded(size: int) -> int:
    """The next number that 8 divides: sections start there, as the tries want it."""
    return -(-size // 8) * 8


def _read(path: Path) -> tuple[memoryview, Manifest]:
    """The body and the manifest of a file of the size that it says it has."""
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as fault:
        raise _fault(path, f"cannot be read ({fault.strerror})") from fault
    except ValueError as fault:
        raise _fault(path, "is empty") from fault
    if len(data) < HEAD.size or data[:4] != MAGIC:
        raise _fault(path, f"is no gazetteer of format {FORMAT}")
    _, told, body, crc, _ = HEAD.unpack_from(data)
    if len(data) != HEAD.size + body + told:
        raise _fault(path, f"is cut: it has {len(data):,} bytes and says {HEAD.size + body + told:,}")
    text = bytes(data[HEAD.size + body :])
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise _fault(path, f"is damaged ({fault})") from fault
    if zlib.crc32(text) != crc or manifest.size != body:
        raise _fault(path, "is damaged: its manifest is not as it was written")
    return data[HEAD.size : HEAD.size + body], manifest


def _fault(path: Path, what: str) -> WhosaysError:
    """What is wrong with a file, and what to do about it."""
    if ASSET in path.parents:
        return AssetError(f"gazetteer file {path} {what}; install whosays again, or rebuild it with `make gazetteer`")
    return Misuse(f"gazetteer file {path} {what}; build it again with `whosays gazetteer build`")
