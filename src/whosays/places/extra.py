"""Lays extra.yml, the places and spellings written for whosays, over the entries of a gazetteer that is being built.

In:  entries of GeoNames, in any order, read once. Out: the same, under the names of extra.yml, then the places of its own.
What extra.yml refers to goes by code: countries by ISO code, towns by GeoNames id, first-level divisions by `SY/Aleppo`, as the
shipped gazetteer's lists name them. A dump has other codes (`SY/09`): there a division is found by its country and name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

import yaml

from whosays.places.compile import Entry, keys_of
from whosays.places.gazetteer import key
from whosays.places.spellings import bare, with_articles
from whosays.places.vocabulary import TRANSLITERATED
from whosays.text import APOSTROPHES

PATH = Path(__file__).with_name("extra.yml")


class Own(TypedDict, total=False):
    """A value in extra.yml."""

    name: str
    names: list[str]
    at: tuple[float, float]
    feature: str


@dataclass(frozen=True, slots=True)
class Extra:
    """What extra.yml holds, by code, and its own places with the code of what holds each."""

    countries: Mapping[str, Own]
    divisions: Mapping[str, Own]
    towns: Mapping[int, Own]
    places: tuple[tuple[Own, str | None], ...]
    lost: list[str] = field(default_factory=list)
    """What the entries did not have. Filled while they are read."""


def read() -> Extra:
    told = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Extra(
        told["countries"], told["divisions"], told["towns"], tuple((own, own.get("in")) for own in told["places"])
    )


def laid_over(entries: Iterable[Entry], extra: Extra, *, called: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """Entries under the names of extra.yml, then its own places, but for those in a country that no entry is of.

    `called`, for entries of a dump, whose divisions have codes of its own and whose countries have official names
    (`Republic of Iraq`): the names of countries by ISO code."""
    wanted = {*extra.divisions, *(code for _, code in extra.places if code and "/" in code)}
    names = {code: division_keys(code, extra.divisions.get(code, {})) for code in sorted(wanted)}
    codes: dict[str, str] = {}
    """Code in extra.yml → code of the entry, of countries, divisions and towns that are there."""
    entry = None
    for entry in entries:
        if entry.feature == "country":
            codes[entry.code] = entry.code
            yield of_country(entry, extra.countries.get(entry.code, {}), (called or {}).get(entry.code))
        elif entry.feature == "admin1":
            code = entry.code if called is None else meant(entry, names, codes.keys())
            codes[code] = entry.code
            yield renamed(in_print(entry), extra.divisions.get(code, {}))
        else:
            own = extra.towns.get(entry.geonameid, {})
            if own:
                codes[f"G{entry.geonameid}"] = entry.code
            yield renamed(in_print(entry), own)
    referred = [
        *extra.divisions,
        *(f"G{number}" for number in extra.towns),
        *(code for _, code in extra.places if code),
    ]
    extra.lost.extend(sorted(set(referred) - codes.keys()))
    if entry is not None:
        yield from own_places(extra, codes)


def of_country(entry: Entry, own: Own, called: str | None) -> Entry:
    return replace(entry, name=called or entry.name, names=entry.names | {entry.name, *own.get("names", ())})


def in_print(entry: Entry) -> Entry:
    """Under its name without the marks of a transliteration, which news leaves out: `Ḩamāh` is `Hamah`."""
    if (entry.parent or entry.code).partition("/")[0] not in TRANSLITERATED or entry.name.isascii():
        return entry
    letters = unicodedata.normalize("NFKD", entry.name)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in APOSTROPHES)
    return replace(entry, name=plain, names=entry.names | {entry.name})


def renamed(entry: Entry, own: Own) -> Entry:
    """Under its name in extra.yml and where that puts it, if it is there; all its other names stay."""
    if not own:
        return entry
    name = own.get("name", entry.name)
    lat, lon = own.get("at", (entry.lat, entry.lon))
    names = entry.names | {entry.name} | with_articles({name, *own.get("names", ())})
    return replace(entry, name=name, names=names, lat=lat, lon=lon)


def division_keys(code: str, own: Own) -> frozenset[str]:
    """What a division of extra.yml may be called elsewhere."""
    name = code.partition("/")[2]
    return frozenset(key(one) for one in (name, bare(name), own.get("name", name), *own.get("names", ())))


def meant(entry: Entry, names: Mapping[str, frozenset[str]], taken: Set[str]) -> str:
    """The code in extra.yml of a division of a dump: of those in its country the one that it shares most names with."""
    keys = keys_of(replace(entry, names=entry.names | {bare(entry.name)}))
    country = entry.code.partition("/")[0]
    free = [code for code in names if code.partition("/")[0] == country and code not in taken]
    best = max(free, key=lambda code: len(keys & names[code]), default="")
    return best if best and keys & names[best] else entry.code


def own_places(extra: Extra, codes: Mapping[str, str]) -> Iterator[Entry]:
    """The places of extra.yml; in the country where the division that holds one is not there."""
    for own, held_in in extra.places:
        parent = codes.get(held_in or "") or codes.get((held_in or "").partition("/")[0])
        if held_in and not parent:
            continue
        lat, lon = own["at"]
        yield Entry(
            code=f"extra:{own['name']}",
            name=own["name"],
            names=with_articles({own["name"], *own.get("names", ())}),
            lat=lat,
            lon=lon,
            feature=own["feature"],
            parent=parent,
        )
