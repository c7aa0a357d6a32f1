"""Places told by where they lie to a named one: `30 km (19 miles) north of Mosul`, `near Azaz`, `Manbij countryside`.

The named place is found as any other; the words beside it make a `Relation`, which turns it into the place that is
meant: a point, and a radius within which it lies. A distance with a direction moves the point along a great circle; a
direction alone moves it by `SOME_WAY`; a place between two towns is the point half-way. Countries, provinces and rivers
are not moved: their edge is not known here. ACLED's precision follows from the relation (`nouns.Place.precision`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from whosays.nouns import REGIONS, Place
from whosays.places import vocabulary as known
from whosays.places.names import Line, Match

NEARBY = 10.0
"""Kilometres: `near`, `on the outskirts of`."""
COUNTRYSIDE = 20.0
SOME_WAY = 15.0
"""Kilometres: `east of` a town, without a distance."""
WITHIN = 400.0
"""Kilometres between two towns, at most, for a place between them."""
EARTH = 6_371.0
"""Kilometres: radius."""
LOOK = 110
"""Code points before a name that are looked at."""

COMPASS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
COMPASS |= {"northeast": 45.0, "southeast": 135.0, "southwest": 225.0, "northwest": 315.0}
UNITS = {"k": 1.0, "m": 1.609344}
"""Kilometres in a kilometre or mile, by first letter."""

_KINDS = "|".join(sorted(known.KINDS))
_CALLED = "|".join(sorted(known.MODIFIERS | known.KINDS.keys() | known.NATIONALITIES.keys() | {"capital", "capital,"}))
ROAD = (
    rf"(?:the |its )?(?:(?:[\w-]+ ){{0,4}}?(?:{_KINDS}|cities|towns|villages) of (?:the )?|(?:(?:{_CALLED}) ){{0,2}})"
)
"""What may stand between the words of a relation and the name: `the rebel-held town of`, `the Syrian capital,`."""
_WAY = "(?:north|south)[ -]?(?:east|west)|north|south|east|west"
_NUMBER = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:[.,]\d+)?|{'|'.join(known.NUMBERS)})"
_DISTANCE = rf"{_NUMBER}[ -]?(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)\b(?: ?\([^)]*\)| or so| away)*"
BEFORE = re.compile(
    rf"\b(?:{_DISTANCE}(?:,? (?:to the )?(?P<way>{_WAY}) of| (?:outside|from|of))"
    rf"|(?:to the |(?<!the ))(?P<side>{_WAY}) of"
    rf"|(?P<country>countryside|outskirts|suburbs|surroundings) (?:of|around|near)"
    rf"|(?P<near>{'|'.join(known.NEAR)})) {ROAD}$",
    re.I,
)
BETWEEN = re.compile(rf"\bbetween {ROAD}$", re.I)
AND = re.compile(rf" and {ROAD}", re.I)
AFTER = re.compile(
    r"(?:['’]s?)? (?:(?:north|south|east|west)\w* |rural )*(?P<country>countryside|outskirts|suburbs|hinterland)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a place lies to a named one."""

    words: str
    """`30 km north of`, `near`: as a reader would put it before the name."""
    radius: float
    """Kilometres within which it lies."""
    distance: float = 0.0
    """Kilometres from the named place …"""
    bearing: float | None = None
    """… and degrees from north; None: in any direction."""
    until: str | None = None
    """Key of the other name, of a place between two."""


def to(line: Line, position: int) -> Relation | None:
    """The relation that the words beside a name state."""
    if not line.relates:
        return None
    this = line.matches[position]
    if after := AFTER.match(line.text, line.end(this.last - 1)):
        return Relation(f"{after['country'].lower()} of", COUNTRYSIDE)
    nearby = [word.folded for word in line.words[max(0, this.first - 10) : this.first]]
    if "between" in nearby and (other := _other(line, position)):
        return Relation("between", 0.0, until=other.key)
    found = None if known.RELATING.isdisjoint(nearby) else _before(line, this, BEFORE)
    if found is None:
        return None
    if found["number"]:
        return _at_distance(found["number"].lower(), found["unit"][0].lower(), (found["way"] or "").lower())
    if found["side"]:
        return Relation(f"{found['side'].lower()} of", SOME_WAY, SOME_WAY, _bearing(found["side"]))
    return Relation(f"{found['country'].lower()} of", COUNTRYSIDE) if found["country"] else Relation("near", NEARBY)


def _before(line: Line, this: Match, pattern: re.Pattern[str]) -> re.Match[str] | None:
    start = line.starts[this.first]
    return pattern.search(line.text, max(line.starts[0], start - LOOK), start)


def _at_distance(number: str, unit: str, way: str) -> Relation:
    figures = re.sub(r",(?=\d{3})", "", number).replace(",", ".")  # 1,200 km, 2,5 km
    distance = (known.NUMBERS.get(number) or float(figures)) * UNITS[unit]
    if not way:
        return Relation(f"{round(distance)} km from", distance, distance)
    return Relation(f"{round(distance)} km {way} of", distance / 4, distance, _bearing(way))


def _bearing(way: str) -> float:
    return COMPASS[re.sub(r"[ -]", "", way.lower())]


def _other(line: Line, position: int) -> Match | None:
    """The other name of `between A and B`, seen from either."""
    for first, other in ((position, position + 1), (position - 1, position - 1)):
        if first >= 0 and first + 1 < len(line.matches):
            a, b = line.matches[first : first + 2]
            if AND.fullmatch(line.text, line.end(a.last - 1), line.starts[b.first]) and _before(line, a, BETWEEN):
                return line.matches[other]
    return None


def meant(place: Place, relation: Relation, other: Place | None) -> Place:
    """The place that a relation to a named one tells; `other` is the other end of `between`, where it is known."""
    if relation.until is not None:
        return _halfway(place, other)
    if place.feature in REGIONS:
        return replace(place, relation=relation.words)
    told = replace(place, relation=relation.words, radius=round(max(1.0, relation.radius), 1))
    if relation.bearing is None:
        return told
    lat, lon = moved(place.lat, place.lon, relation.bearing, relation.distance)
    return _elsewhere(told, lat, lon, f"{relation.words} {place.name}")


def _halfway(place: Place, other: Place | None) -> Place:
    if other is None or REGIONS & {place.feature, other.feature} or place.key == other.key:
        return place
    far = kilometres((place.lat, place.lon), (other.lat, other.lon))
    if far > WITHIN:
        return place
    told = replace(place, relation="between", radius=round(max(1.0, far / 2), 1))
    lat, lon = (place.lat + other.lat) / 2, (place.lon + other.lon) / 2
    return _elsewhere(told, lat, lon, f"between {place.name} and {other.name}")


def _elsewhere(place: Place, lat: float, lon: float, name: str) -> Place:
    """A place of its own, with a key of its own."""
    key = f"{place.key}/{round(lat, 2)},{round(lon, 2)}"
    return replace(place, key=key, name=name, lat=round(lat, 5), lon=round(lon, 5), geonameid=None, population=0)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on a sphere of 6,371 km (haversine); points are latitude and longitude in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def moved(lat: float, lon: float, bearing: float, distance: float) -> tuple[float, float]:
    """The point so many kilometres away in a direction (degrees from north) on a great circle."""
    angle, way, here = distance / EARTH, math.radians(bearing), math.radians(lat)
    there = math.asin(math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * math.cos(way))
    turned = math.atan2(
        math.sin(way) * math.sin(angle) * math.cos(here), math.cos(angle) - math.sin(here) * math.sin(there)
    )
    return math.degrees(there), (lon + math.degrees(turned) + 180) % 360 - 180
