"""Places told by where they lie to a named one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.places.test_resolve import found, reading
from whosays.nouns import Mention, Place, Span
from whosays.places import lookup, resolve
from whosays.places.relative import Relation, kilometres, meant, moved

CASES = """
Troops were near Azaz in Syria. | Azaz | near | 10 | 2
Troops were near the rebel-held Syrian town of Azaz. | Azaz | near | 10 | 2
Shells fell outside Kharkiv in Ukraine. | Kharkiv | near | 10 | 2
They hold the countryside of Manbij in Syria. | Manbij | countryside of | 20 | 2
Jets struck the Manbij countryside in Syria. | Manbij | countryside of | 20 | 2
Jets struck Idlib’s southern countryside in Syria. | Idlib | countryside of | 20 | 2
The base is 30 km from Mosul in Iraq. | Mosul | 30 km from | 30 | 2
The base is 1,200 km from Mosul in Iraq. | Mosul | 1200 km from | 1200 | 2
The base is 30 km (19 miles) north of Mosul in Iraq. | Mosul | 30 km north of | 7.5 | 2
The base is about 20 miles south-east of the city of Mosul in Iraq. | Mosul | 32 km south-east of | 8 | 2
A village ten kilometres to the west of Mosul in Iraq fell. | Mosul | 10 km west of | 2.5 | 2
A village east of Mosul in Iraq fell. | Mosul | east of | 15 | 2
Troops crossed to villages east of the Euphrates. | Euphrates | east of | None | 3
He was killed in Azaz in Syria. | Azaz | None | None | 1
He lives in the north of Mosul in Iraq. | Mosul | None | None | 1
Many live in Syria. | Syria | None | None | 3
Around 30 people from Mosul in Iraq fled. | Mosul | None | None | 1
"""


def cases() -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("text", "name", "relation", "radius", "precision"), cases(), ids=[c[0][:50] for c in cases()])
def test_relations(text: str, name: str, relation: str, radius: str, precision: str) -> None:
    place = next(one.value for one in found(text) if one.span.of(text) == name)
    assert place is not None
    assert (place.relation, place.precision) == (None if relation == "None" else relation, int(precision))
    assert place.radius == (None if radius == "None" else pytest.approx(float(radius), abs=0.1))


def test_a_distance_and_a_direction_move_the_point() -> None:
    text = "The base is 30 km north of Mosul in Iraq."
    place, mosul = found(text)[0].value, lookup("Mosul")[0]
    assert place is not None
    assert kilometres((place.lat, place.lon), (mosul.lat, mosul.lon)) == pytest.approx(30, abs=0.1)
    assert place.lat > mosul.lat
    assert place.name == "30 km north of Mosul"
    assert place.key != mosul.key
    assert place.geonameid is None


def test_what_is_only_near_keeps_the_key_of_the_town() -> None:
    text = "Troops were near Azaz in Syria."
    place = found(text)[0].value
    assert place is not None
    assert (place.key, place.lat) == (lookup("Azaz")[0].key, lookup("Azaz")[0].lat)


def test_between_two_towns_is_half_way_seen_from_either() -> None:
    text = "The convoy was hit between the towns of Azaz and Manbij in Syria."
    azaz, manbij = found(text)[:2]
    assert azaz.value
    assert manbij.value
    assert azaz.value.relation == manbij.value.relation == "between"
    assert (azaz.value.lat, azaz.value.lon) == pytest.approx((manbij.value.lat, manbij.value.lon), abs=1e-4)
    far = kilometres((azaz.value.lat, azaz.value.lon), (lookup("Manbij")[0].lat, lookup("Manbij")[0].lon))
    assert azaz.value.radius == pytest.approx(far, rel=0.05)


def test_between_two_countries_is_no_place() -> None:
    text = "The war between Iran and Iraq went on."
    assert [one.value.feature for one in found(text) if one.value] == ["country", "country"]
    assert not any(one.value.relation for one in found(text) if one.value)


@given(
    st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 360), st.floats(0, 500)
)  # nearer a pole directions mean little
def test_a_point_is_moved_by_its_distance_and_stays_on_earth(
    lat: float, lon: float, bearing: float, distance: float
) -> None:
    there = moved(lat, lon, bearing, distance)
    assert -90 <= there[0] <= 90
    assert -180 <= there[1] <= 180
    assert math.isclose(kilometres((lat, lon), there), distance, rel_tol=1e-3, abs_tol=0.02)


def test_an_unknown_other_end_leaves_the_place_alone() -> None:
    azaz = lookup("Azaz")[0]
    assert meant(azaz, Relation("between", 0.0, until="nowhere"), None) == azaz


def test_a_name_the_gazetteer_lacks_lies_where_the_text_plays() -> None:
    text = "Shells hit Kafr Zubayrah near Azaz in Syria. Azaz was calm."
    page = reading(text, mentions=(Mention(Span(11, 24), "Location", name=True),))
    (unlisted,) = (one for one in resolve(page) if one.span.of(text) == "Kafr Zubayrah")
    (place,) = unlisted.options
    assert not unlisted.settled
    assert unlisted.value is None
    assert unlisted.reasons == ("not in the gazetteer; the text plays around Azaz",)
    assert (place.name, place.relation, place.precision, place.listed) == (
        "Kafr Zubayrah",
        "somewhere around Azaz",
        3,
        False,
    )
    assert place.country == "SY"


def test_a_text_that_names_no_known_place_tells_nothing_of_unknown_ones() -> None:
    text = "Shells hit Kafr Zubayrah."
    assert resolve(reading(text, mentions=(Mention(Span(11, 24), "Location", name=True),))) == ()


def test_precision_follows_the_kind_of_place() -> None:
    def kind(feature: str) -> int:
        return Place("k", "n", 0, 0, None, feature).precision

    assert [kind(one) for one in ("town", "district", "airbase", "admin2", "valley", "admin1", "river", "country")] == [
        *(1, 1, 1, 2, 2, 3, 3, 3)
    ]
