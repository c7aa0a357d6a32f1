"""Our own list of places (extra.yml), held against the towns of GeoNames around each: no slip of the pen, no wrong country."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from whosays import places
from whosays.places.gazetteer import key, shipped
from whosays.places.relative import EARTH
from whosays.places.skeleton import skeleton, sound

Towns = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Positions (radians), countries and rows of the towns of the shipped gazetteer."""
EXTRA = yaml.safe_load((Path(places.__file__).parent / "extra.yml").read_text("utf-8"))
OWN = [place for place in EXTRA["places"] if place.get("in") and place["feature"] not in ("river", "sea")]
EMPTY = 180.0
"""Kilometres from a place of ours to the next town, in deserts at most."""
SAHARA = 650.0
"""The same for a border, of whose middle nobody lives near."""
ACROSS = 60.0
"""Kilometres by which a town across the border may be nearer: crossings lie at borders."""


@pytest.fixture(scope="module")
def towns() -> Towns:
    gazetteer = shipped()
    rows = [row for row in range(gazetteer.rows) if gazetteer.feature(row) == "town"]
    at = np.radians([gazetteer.position(row) for row in rows])
    return at, np.array([gazetteer.country(row) for row in rows]), np.array(rows)


def distances(here: list[float], towns: np.ndarray) -> np.ndarray:
    lat, lon = np.radians(here)
    half = (
        np.sin((towns[:, 0] - lat) / 2) ** 2 + np.cos(lat) * np.cos(towns[:, 0]) * np.sin((towns[:, 1] - lon) / 2) ** 2
    )
    return 2 * EARTH * np.arcsin(np.sqrt(half))


@pytest.mark.parametrize("place", OWN, ids=lambda place: place["name"])
def test_lies_in_its_country(place: dict, towns: Towns) -> None:
    away, country = distances(place["at"], towns[0]), place["in"].split("/")[0]
    own = away[towns[1] == country].min()
    assert own <= EMPTY
    assert own - away.min() <= ACROSS


@pytest.mark.parametrize(
    "place", [one for one in OWN if one["feature"] in ("town", "village")], ids=lambda place: place["name"]
)
def test_no_town_stands_there_twice(place: dict, towns: Towns) -> None:
    """A town that GeoNames has under another spelling would have two keys; it belongs under `towns`."""
    gazetteer, names = shipped(), {skeleton(sound(key(name))) for name in (place["name"], *place["names"])}
    near = np.flatnonzero(distances(place["at"], towns[0]) < 3)
    for found in gazetteer.places(towns[2][near].tolist()):
        assert not found.geonameid or skeleton(sound(key(found.name))) not in names, found


def test_no_name_stands_for_two_places_of_one_country() -> None:
    names = [
        (name, place.get("in", "").split("/")[0])
        for place in EXTRA["places"]
        for name in {place["name"], *place["names"]}
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


BORDERS = [place for place in EXTRA["places"] if place["name"].endswith(" border")]


@pytest.mark.parametrize("place", BORDERS, ids=lambda place: place["name"])
def test_a_border_lies_between_its_two_countries(place: dict, towns: Towns) -> None:
    gazetteer, away = shipped(), distances(place["at"], towns[0])
    codes = {gazetteer.name(row): gazetteer.country(row) for row in range(len(gazetteer.manifest.countries))}
    names = place["name"].removesuffix(" border").split("-")
    assert names == sorted(names)
    one, other = (away[towns[1] == codes[name]].min() for name in names)
    assert max(one, other) <= SAHARA
