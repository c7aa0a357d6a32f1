"""Reads a GeoNames dump, as a user downloaded it, into entries for compile.py.

In:  a file or a folder. A file: `allCountries`, a country (`SY`) or `cities…`, as .txt or the .zip around it. A folder: all of them
     that lie there, and `alternateNamesV2` with them, `admin1CodesASCII.txt`, `admin2Codes.txt` and `countryInfo.txt`, which name
     what the dump has no row for. Tables of 19 columns parted by tabs, as its readme.txt says; a zip is read without unpacking.
Out: entries. Names in Latin, Cyrillic and Arabic letters; with `alternateNamesV2` those that are in use and are names, without it
     all of the dump. Features: features.yml. Coordinates: degrees.

The dump is read twice: for what holds others, then for all. Lines that are no rows are left out and reported with their number;
a file none of whose first lines is a row, one that is cut or empty, raises Misuse with its name.
What this module does not do: extra.yml (extra.py lays it over these entries).
"""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import yaml

from whosays.errors import Misuse
from whosays.places.compile import Box, Entry
from whosays.places.gazetteer import FEATURES
from whosays.places.spellings import keep, with_articles

COLUMNS = 19
LONGEST = 200
"""Characters of a name, as GeoNames' readme.txt says: what is longer is no name."""
FIRST = 100
"""A file of whose first lines none is a row is another kind of file."""
SHOWN = 10
"""Damaged lines that are reported one by one."""
MOST = 2**32 - 1
TABLES = ("admin1CodesASCII", "admin2Codes", "alternateNamesV2")
NO_DUMPS = frozenset(
    {*TABLES, "countryInfo", "readme", "featureCodes_en", "hierarchy", "iso-languagecodes", "timeZones"}
)
NO_LANGUAGE = frozenset({"link", "iata", "icao", "faac", "tcid", "post", "unlc", "wkdt", "phon", "piny", "abbr"})
"""What alternateNamesV2 has in place of a language where the text is no name."""

_CODES = yaml.load(Path(__file__).with_name("features.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
FEATURE_OF = {code: feature for feature, codes in _CODES.items() for code in codes.split()}
HOLDERS = FEATURES[:3]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a dump."""

    geonameid: int
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    code: str
    country: str
    admin1: str
    admin2: str
    population: int

    @property
    def feature(self) -> str | None:
        """What it is; None for what is not read, such as a division that does not say of what it is one."""
        feature = FEATURE_OF.get(self.code)
        levels = HOLDERS.index(feature) + 1 if feature in HOLDERS else 0
        return feature if all((self.country, self.admin1, self.admin2)[:levels]) else None

    @property
    def path(self) -> str:
        """The code of what it is, where it holds others, or of the smallest that could hold it: `SY/02/123`."""
        levels = HOLDERS.index(self.feature) + 1 if self.feature in HOLDERS else len(HOLDERS)
        return "/".join(filter(None, (self.country, self.admin1, self.admin2)[:levels]))


OtherNames = Callable[[Row], Sequence[str]]


@dataclass
class Damage:
    """Lines that were left out. Filled while entries are read."""

    count: int = 0
    shown: list[str] = field(default_factory=list)
    """The first of them: file, line, what is wrong."""

    def add(self, what: str) -> None:
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(what)


@dataclass(slots=True)
class Middle:
    """The box around the places that a division holds, and their people."""

    box: Box = field(default_factory=Box)
    population: int = 0

    def add(self, row: Row) -> None:
        self.box.add(row.lat, row.lon)
        self.population = min(self.population + row.population, MOST)


def entries(path: Path, *, countries: Set[str] = frozenset(), damage: Damage, capitals: set[str]) -> Iterator[Entry]:
    """All entries of a dump, or those of some countries (ISO codes). Codes of capitals are put into `capitals`.

    Raises Misuse that names the file, and the line where there is one."""
    dumps = _dumps(path)
    folder = path if path.is_dir() else path.parent
    holders: dict[str, Row] = {}
    middles: dict[str, Middle] = {}
    for row in _rows(dumps, countries, Damage()):
        if row.feature in HOLDERS:
            holders.setdefault(row.path, row)
        elif row.feature:
            middles.setdefault(row.path, Middle()).add(row)
    named = _named(folder) if path.is_dir() else {}
    made = {code: _made(code, named[code], middles) for code in _missing(middles, holders, named)}
    yield from made.values()
    known = holders.keys() | made.keys()
    with _other_names(folder if path.is_dir() else None) as other:
        for row in _rows(dumps, countries, damage):
            feature = row.feature
            if not feature or (feature in HOLDERS and holders[row.path].geonameid != row.geonameid):
                continue
            if row.code == "PPLC":
                capitals.add(f"G{row.geonameid}")
            yield _entry(row, feature, other(row), known)


def _entry(row: Row, feature: str, names: Sequence[str], known: Set[str]) -> Entry:
    holds = feature in HOLDERS
    parent = row.path.rpartition("/")[0] if holds else row.path
    while parent and parent not in known:
        parent = parent.rpartition("/")[0]
    return Entry(
        code=row.path if holds else f"G{row.geonameid}",
        name=row.name,
        names=with_articles({row.name, *(name for name in names if keep(name, frozenset(), everywhere=True))}),
        lat=row.lat,
        lon=row.lon,
        feature=feature,
        population=row.population,
        geonameid=row.geonameid,
        parent=parent or None,
    )


def _missing(middles: dict[str, Middle], holders: dict[str, Row], named: dict[str, tuple[str, int]]) -> list[str]:
    """Codes of what holds places, has a name in a table, and no row; what holds must come before what is held."""
    codes = {code.rsplit("/", up)[0] for code in middles for up in range(code.count("/") + 1)}
    return sorted(code for code in codes - holders.keys() if code in named)


def _made(code: str, named: tuple[str, int], middles: dict[str, Middle]) -> Entry:
    """A country or division that has no row: in the middle of the box around what it holds."""
    held = [middle for path, middle in middles.items() if f"{path}/".startswith(f"{code}/")]
    box = Box()
    for one in held:
        box.hold(one.box)
    (lat, lon), (name, geonameid) = box.middle, named
    return Entry(
        code=code,
        name=name,
        names=with_articles({name}),
        lat=lat,
        lon=lon,
        feature=HOLDERS[code.count("/")],
        population=min(sum(one.population for one in held), MOST),
        geonameid=geonameid,
        parent=code.rpartition("/")[0] or None,
    )


def _named(folder: Path) -> dict[str, tuple[str, int]]:
    """Code of a country or division → its name and GeoNames id, from the tables that lie there. A division is named only
    where all that hold it are."""
    found: dict[str, tuple[str, int]] = {}
    for stem, name, number in (("countryInfo", 4, 16), ("admin1CodesASCII", 1, 3), ("admin2Codes", 1, 3)):
        path = folder / f"{stem}.txt"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", errors="replace") as file:
            for line, text in enumerate(file, 1):
                columns = text.rstrip("\n").split("\t")
                if text.startswith("#") or not text.strip():
                    continue
                if len(columns) <= number or not columns[number].isdecimal():
                    raise Misuse(f"{path}, line {line}: no GeoNames id in column {number + 1}; download the file again")
                code = columns[0].replace(".", "/")
                if "/" not in code or code.rpartition("/")[0] in found:
                    found[code] = columns[name], int(columns[number])
    return found


@contextmanager
def _other_names(folder: Path | None) -> Iterator[OtherNames]:
    """What gives the other names of a row: those of alternateNamesV2 where it lies there, else the row's own."""
    path = next((p for end in ("txt", "zip") if folder and (p := folder / f"alternateNamesV2.{end}").exists()), None)
    if path is None:
        yield lambda row: row.names
        return
    with tempfile.TemporaryDirectory() as work, closing(sqlite3.connect(Path(work, "names.db"))) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE name (id INT, name TEXT)")
        db.executemany("INSERT INTO name VALUES (?, ?)", _in_use(path))
        db.execute("CREATE INDEX by_id ON name (id, name)")
        query = "SELECT name FROM name WHERE id = ?"
        yield lambda row: [name for (name,) in db.execute(query, (row.geonameid,))]


def _in_use(path: Path) -> Iterator[tuple[int, str]]:
    """Names of alternateNamesV2 with the id of their place, but for codes, links and what is no longer said."""
    for line, text in _lines(path):
        columns = text.split("\t")
        if len(columns) < 4 or not columns[1].isdecimal():
            raise Misuse(f"{path}, line {line}: no row of alternateNamesV2; download the file again")
        historic = len(columns) > 7 and columns[7] == "1"
        if not historic and columns[2] not in NO_LANGUAGE and len(columns[3]) <= LONGEST:
            yield int(columns[1]), columns[3]


def _dumps(path: Path) -> list[Path]:
    """The files of rows; where a .txt and its .zip lie side by side, the .txt. Raises Misuse if there are none."""
    if not path.exists():
        raise Misuse(f"{path}: there is no such file or folder")
    if path.is_file():
        return [path]
    found = {p.stem: p for end in ("zip", "txt") for p in sorted(path.glob(f"*.{end}")) if p.stem not in NO_DUMPS}
    if "allCountries" in found:
        return [found["allCountries"]]
    if not found:
        raise Misuse(f"{path}: no GeoNames dump in this folder; put allCountries.zip or a country such as SY.zip there")
    return [found[stem] for stem in sorted(found)]


def _rows(dumps: Sequence[Path], countries: Set[str], damage: Damage) -> Iterator[Row]:
    for path in dumps:
        read, line = 0, 0
        seen: Counter[str] = Counter()
        for line, text in _lines(path):
            try:
                row = _row(text)
            except ValueError as fault:
                seen[str(fault)] += 1
                damage.add(f"{path}, line {line}: {fault}")
                if line >= FIRST and not read:
                    break
                continue
            read += 1
            if not countries or row.country in countries:
                yield row
        if not line:
            raise Misuse(f"{path} is empty; download it again")
        if not read:
            raise Misuse(f"{path}, line 1: no row of a GeoNames dump ({seen.most_common(1)[0][0]})")


def _row(text: str) -> Row:
    """A line as a row. Raises ValueError that says what is wrong with it."""
    columns = text.rstrip("\n").split("\t")
    if len(columns) != COLUMNS:
        raise ValueError(f"{len(columns)} columns, not {COLUMNS}")
    try:
        number, lat, lon, population = int(columns[0]), float(columns[4]), float(columns[5]), int(columns[14] or 0)
    except ValueError as fault:
        raise ValueError("its id, latitude, longitude or population is no number") from fault
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"latitude {columns[4]}, longitude {columns[5]}: no place on Earth")
    if not 0 < number <= MOST or not population >= 0:
        raise ValueError("its id or population is out of range")
    name = columns[1].strip()
    if not name or len(name) > LONGEST or "\0" in name:
        raise ValueError(f"a name of {len(name):,} characters" if "\0" not in name else "a name with a NUL in it")
    names = tuple(one for one in (columns[2], *columns[3].split(",")) if one)
    levels = [part if part not in ("00", "0") else "" for part in columns[10:12]]
    admin1, admin2 = levels if levels[0] else ("", "")
    return Row(number, name, names, lat, lon, columns[7], columns[8], admin1, admin2, min(population, MOST))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines of a text, or of the text in a zip, with their numbers. Raises Misuse if it cannot be read to its end."""
    line = 0
    try:
        with _opened(path) as file:
            for line, text in enumerate(file, 1):
                yield line, text
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as fault:
        where = f"{path}, line {line + 1}" if line else f"{path}"
        raise Misuse(f"{where}: it is cut or damaged ({fault}); download it again") from fault


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", errors="replace", newline="\n") as text:
            yield text
        return
    if not path.stat().st_size:
        raise Misuse(f"{path} is empty; download it again")
    with zipfile.ZipFile(path) as zipped:
        name = f"{path.stem}.txt"
        if name not in zipped.namelist():
            raise Misuse(f"{path}: there is no {name} in it")
        with zipped.open(name) as raw, io.TextIOWrapper(raw, "utf-8", errors="replace", newline="\n") as text:
            yield text
