"""The gazetteer: places and their names in three files, mapped into memory and read in place.

A gazetteer is a folder (shipped: `asset/`; how it is made: docs/gazetteer.md):

    keys.trie      marisa trie of folded names (`text.fold`, dots dropped). The number of a key is its position below.
                   A key that starts with a comma is an abbreviation read only after one: `Mobile, Ala.` → `,ala`
    names.trie     marisa trie of the names as they are shown; a row points into it
    places.bin     16 bytes of head (magic, rows, keys, long), then columns, little-endian, rows in the order
                   countries, divisions, the rest:
                   geonameid u32 · lat i32 · lon i32 (1e-5 degrees) · population u32 · name u32   one per row
                   first u32 per key: a row, or, with the top bit set, a position in `long`
                   long u32: how many rows, then the rows, the most populous first
                   parent u16 (row of the division or country that holds it; 65535: none) · feature u8   one per row
    MANIFEST.json  format, version, sources, ISO codes of the country rows, rows of capitals, checksums of the files

Nothing is parsed at start: opening costs the CRC-32, which finds damage (the SHA-256 is for people who compare copies).
What this module does not do: find names in text, or choose.
"""

from __future__ import annotations

import functools
import itertools
import mmap
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]  # no stubs
import msgspec

from whosays.errors import AssetError
from whosays.nouns import Place
from whosays.text import fold

ASSET = Path(__file__).parent / "asset"
MAGIC = b"WSG1"
HEAD = struct.Struct("<4sIII")
NONE = 0xFFFF
MANY = 0x8000_0000
SCALE = 100_000
FEATURES = (
    *("country", "admin1", "admin2", "town", "village", "district", "region", "river", "lake", "sea", "island"),
    *("mountain", "desert", "camp", "airbase", "crossing", "dam", "valley", "site"),
)
"""What a row can be. Its position is written into the file: append only."""

FILES = ("keys.trie", "names.trie", "places.bin")


class Manifest(msgspec.Struct, frozen=True):
    """MANIFEST.json."""

    format: int
    version: str
    sources: tuple[str, ...]
    countries: tuple[str, ...]
    capitals: tuple[int, ...]
    crc32: dict[str, int]
    sha256: dict[str, str]


class Gazetteer:
    """An open gazetteer. Rows are numbers; `place` turns one into a noun."""

    def __init__(self, folder: Path, *, verify: bool = True) -> None:
        """Open a folder. Raises AssetError that names the file if one is missing, damaged or of another format."""
        self.manifest = _manifest(folder)
        if verify:
            for name in FILES:
                _check(folder / name, self.manifest.crc32.get(name))
        try:
            self._keys = marisa_trie.Trie().mmap(str(folder / "keys.trie"))
            self._names = marisa_trie.Trie().mmap(str(folder / "names.trie"))
            self._columns(folder / "places.bin")
        except (OSError, RuntimeError, ValueError, struct.error) as fault:
            raise _damaged(folder, f"cannot be opened: {fault}") from fault
        self.capitals = frozenset(self.manifest.capitals)
        """Rows of the capitals of countries."""
        self.place = functools.lru_cache(maxsize=4_000)(self._place)
        """Row → the noun."""
        self._country_of = {code: row for row, code in enumerate(self.manifest.countries)}

    def _columns(self, path: Path) -> None:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, self.rows, keys, many = HEAD.unpack_from(data)
        if magic != MAGIC or keys != len(self._keys) or len(data) != HEAD.size + self.rows * 23 + (keys + many) * 4:
            raise ValueError(f"{path.name} does not fit its head")
        ends = list(itertools.accumulate([self.rows * 4] * 5 + [keys * 4, many * 4, self.rows * 2], initial=HEAD.size))
        cut = [data[start:end] for start, end in itertools.pairwise([*ends, len(data)])]
        self._id, self._lat, self._lon = cut[0].cast("I"), cut[1].cast("i"), cut[2].cast("i")
        self._population, self._name = cut[3].cast("I"), cut[4].cast("I")
        self._first, self._long = cut[5].cast("I"), cut[6].cast("I")
        self._parent, self._feature = cut[7].cast("H"), cut[8].cast("B")

    def find(self, key: str) -> tuple[int, ...]:
        """Rows of exactly this key (see `key`), the most populous first; empty if there is none."""
        number = self._keys.get(key)
        if number is None:
            return ()
        first = self._first[number]
        if not first & MANY:
            return (first,)
        at = first ^ MANY
        return tuple(self._long[at + 1 : at + 1 + self._long[at]])

    def starts(self, text: str) -> list[str]:
        """All keys that `text` (folded) starts with, the shortest first."""
        found: list[str] = self._keys.prefixes(text)
        return found

    def name(self, row: int) -> str:
        name: str = self._names.restore_key(self._name[row])
        return name

    def population(self, row: int) -> int:
        return self._population[row]

    def feature(self, row: int) -> str:
        return FEATURES[self._feature[row]]

    def position(self, row: int) -> tuple[float, float]:
        """Latitude and longitude, degrees."""
        return self._lat[row] / SCALE, self._lon[row] / SCALE

    def parent(self, row: int) -> int | None:
        """Row of the division or country that holds a row."""
        parent = self._parent[row]
        return None if parent == NONE else parent

    def holders(self, row: int) -> tuple[int, ...]:
        """A row and all that hold it, the smallest first."""
        found = [row]
        while (parent := self._parent[found[-1]]) != NONE:
            found.append(parent)
        return tuple(found)

    def country(self, row: int) -> str | None:
        """ISO 3166-1 alpha-2 code of the country that holds a row."""
        top = self.holders(row)[-1]
        return self.manifest.countries[top] if top < len(self.manifest.countries) else None

    def country_row(self, code: str) -> int | None:
        return self._country_of.get(code)

    def _place(self, row: int) -> Place:
        """The noun. Its key is `geonames:ID`, or names the division or the hand-written place."""
        held = {self.feature(holder): self.name(holder) for holder in self.holders(row)}
        country, feature, name, number = self.country(row), self.feature(row), self.name(row), self._id[row]
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

    def places(self, rows: Iterable[int]) -> tuple[Place, ...]:
        return tuple(self.place(row) for row in rows)


@functools.cache
def shipped() -> Gazetteer:
    """The gazetteer that comes with the package, opened once per process."""
    return Gazetteer(ASSET)


def key(name: str) -> str:
    """What a name is looked up by: folded, without dots and commas.

    >>> key("St. Louis"), key("Deir ez-Zor")
    ('st louis', 'deir ez zor')
    """
    return fold(name.replace(".", "").replace(",", " "))


def _manifest(folder: Path) -> Manifest:
    path = folder / "MANIFEST.json"
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as fault:
        raise _damaged(path, "cannot be read") from fault
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise _damaged(path, f"is damaged ({fault})") from fault
    if manifest.format != 1:
        raise _damaged(path, f"has format {manifest.format}, this program reads 1")
    return manifest


def _check(path: Path, wanted: int | None) -> None:
    found = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                found = zlib.crc32(chunk, found)
    except OSError as fault:
        raise _damaged(path, "cannot be read") from fault
    if found != wanted:
        raise _damaged(path, f"is damaged: its CRC-32 is {found}, MANIFEST.json says {wanted}")


def _damaged(path: Path, what: str) -> AssetError:
    return AssetError(f"gazetteer file {path} {what}; install whosays again, or rebuild it with `make gazetteer`")
