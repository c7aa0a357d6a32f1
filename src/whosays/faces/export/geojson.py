"""GeoJSON (RFC 7946): claims as points, or, with a day given, places with whoever holds them on it.

    chunks(view) -> bytes …       one FeatureCollection; `view.wanted.on` decides which of the two

A claim's properties are the columns of the CSV, typed; `id` is the claim's. A claim whose place is not known has a null geometry, as
the standard has it, and is kept. A place has `holder`, `not_holder`, `says`, `contested`, `last_known`, the three counts, the grade, and
the ids of the claims that it rests on and of those that speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from whosays import wire
from whosays.faces.export.columns import COLUMNS, Value, row
from whosays.faces.export.view import Held, View
from whosays.faces.privacy import is_coarse
from whosays.nouns import Control, Extraction, Lane, Place

GLOSS = "points for a map: claims, or with --on DAY places with whoever holds them"
LOST = "Areas: a district is a point with its precision. With --on: quotes and sources, to which the ids of claims lead back."
READ_BY = "geopandas, pyogrio (GDAL), QGIS, MapLibre, Leaflet, R's sf"
SUFFIX, MEDIA_TYPE, BINARY = ".geojson", "application/geo+json", False

NOTICE = (
    "Claims, not facts: somebody said each of them. Quotes belong to their publishers; places from GeoNames, CC BY 4.0."
)


def chunks(view: View) -> Iterator[bytes]:
    """The opening, a feature on each line, the end."""
    on = view.wanted.on
    features = map(_claim, view.claims()) if on is None else _places(view.held(), on)
    yield b'{"type":"FeatureCollection","notice":' + wire.encode(NOTICE) + b',"features":['
    for number, feature in enumerate(features):
        yield (b",\n" if number else b"\n") + wire.encode(feature)
    yield b"\n]}\n"


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _claim(one: Extraction) -> Mapping[str, object]:
    properties: dict[str, Value] = dict(zip((column.name for column in COLUMNS), row(one), strict=True))
    place = one.claim.place.place if one.claim.place else None
    return {"type": "Feature", "id": one.claim.id, "geometry": point(place), "properties": properties}


def point(place: Place | None) -> Mapping[str, object] | None:
    """Longitude first."""
    return None if place is None else {"type": "Point", "coordinates": [place.lon, place.lat]}


def _places(held: Iterable[Held], on: date) -> Iterator[Mapping[str, object]]:
    for one in held:
        control = None if one.weighed is None else at(one.weighed, on)
        if control is not None:
            properties = {**_place(one.place), **_control(control, one.keys), "on": on}
            yield {"type": "Feature", "id": one.place.key, "geometry": point(one.place), "properties": properties}


def at(lane: Lane, on: date) -> Control | None:
    """The interval of a lane in which a day lies; its last days may be open."""
    within = (one for one in lane.intervals if (one.since or date.min) <= on and (one.until is None or on <= one.until))
    return next(within, None)


def _place(place: Place) -> dict[str, object]:
    return {
        "place_key": place.key,
        "name": place.name,
        "geonameid": place.geonameid,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "feature": place.feature,
        "coarse": is_coarse(place),
    }


def _control(one: Control, keys: Mapping[str, str]) -> dict[str, object]:
    grade = one.grade
    return {
        "holder": one.holder,
        "holder_key": keys.get(one.holder or ""),
        "not_holder": one.not_holder,
        "says": one.says,
        "side": one.side,
        "since": one.since,
        "until": one.until,
        "last_known": one.last_known,
        "contested": bool(one.contested),
        "besieged_by": one.besieged_by,
        "parts": one.parts,
        "grade": None if grade is None else grade.grade,
        "articles": one.articles,
        "outlets": one.outlets,
        "origins": one.origins,
        "claims": list(one.basis),
        "claims_against": list(one.contested),
    }
