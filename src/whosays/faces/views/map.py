"""The map's data: all places, and who holds them on a day; compact columns, since a map shows 20,000 places at once.

    about(service) -> MapAbout          what can be asked for: days, lanes, sides, grades, types of claim
    places(service) -> MapPlaces        the places, in the order that all other answers follow
    control(service, …) -> MapControl   who holds them on a day, as known on a day, according to whom
    events(service, …) -> MapEvents     how many claims there are of each place in some days
    days(service, types) -> MapDays     how many claims speak of each day

A place is its number in `places` of the same `version`. Made from `faces/atlas.py`; says nothing that `/api/v1/control` does not say
in words and with its claims. What may be shown of people and places is decided here as in the other views (`shown.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

from whosays.errors import Misuse
from whosays.faces import atlas
from whosays.faces.atlas import Asked, Atlas, Lane, Voice
from whosays.faces.atlas_rows import PlaceRow
from whosays.faces.service import Service
from whosays.faces.views import shown
from whosays.nouns import LaneKind
from whosays.settings import HORIZON_DAYS

WINDOW = 30
"""Days up to the day asked about within which claims are counted."""
MOST_WINDOW = 3660
COLOURS = 8
"""Sides with a colour of their own; all others share one."""
OTHER = COLOURS
_FLAGS = "Sum of 1 contested, 2 last known only, 4 besieged, 8 parts taken by others, 16 nobody is named as holder."


class MapSide(Struct, frozen=True):
    """A side that holds or held places."""

    key: Annotated[str, Meta(description="Key of the side.")]
    name: Annotated[str, Meta(description="The side in words.")]
    colour: Annotated[
        int, Meta(description=f"Number of its colour; {OTHER} is shared by all beyond the first {OTHER}.")
    ]


class MapLane(Struct, frozen=True):
    """A lane that the map can show: `weighed`, `side:KEY` or `source:KEY`."""

    by: Annotated[str, Meta(description="What to give as `by`.")]
    name: Annotated[str, Meta(description="The voice or side in words.")]
    intervals: Annotated[int, Meta(description="How much there is of it.")]


class MapType(Struct, frozen=True):
    """A type of claim."""

    key: Annotated[str, Meta(description="Name of the type.")]
    claims: Annotated[int, Meta(description="Claims of this type with a day.")]


class MapAbout(Struct, frozen=True):
    """What can be asked of the map."""

    version: Annotated[int, Meta(description="Grows when the ledger was weighed anew.")]
    first: Annotated[date | None, Meta(description="First day that claims speak of, strays left out; null: none does.")]
    last: Annotated[date | None, Meta(description="Last day that claims speak of, strays left out.")]
    horizon_days: Annotated[int, Meta(description="Days after which what was last said is only `last known`.")]
    places: Annotated[int, Meta(description="Places on the map.")]
    unplaced: Annotated[int, Meta(description="Places that no gazetteer has: not on the map.")]
    lanes: Annotated[list[MapLane], Meta(description="All weighed; sides; sources, those with most first.")]
    sides: Annotated[list[MapSide], Meta(description="Sides of holders in the order of their colours.")]
    grades: Annotated[list[str], Meta(description="Grades of what all voices come to, weighed.")]
    types: Annotated[list[MapType], Meta(description="Types of claim, those with most first.")]


class MapPlaces(Struct, frozen=True):
    """All places with coordinates, those with most claims first. All lists are of one length."""

    version: Annotated[int, Meta(description="Of the index. Other answers of the same version mean the same places.")]
    key: Annotated[list[str], Meta(description="Key under /places.")]
    name: Annotated[list[str], Meta(description="Name of the place.")]
    lon: Annotated[list[float], Meta(description="Degrees east, WGS 84.")]
    lat: Annotated[list[float], Meta(description="Degrees north, WGS 84.")]
    claims: Annotated[list[int], Meta(description="Claims about it.")]
    wide: Annotated[list[int], Meta(description="Numbers of those that are no points: countries, provinces, regions.")]


class MapHolder(Struct, frozen=True):
    """Somebody who is said to hold places; where nobody is named, what is said instead."""

    name: Annotated[str, Meta(description="`Syrian army`; `not held by Ukraine`.")]
    side: Annotated[str | None, Meta(description="Key of the side; null: not known.")]
    colour: Annotated[int | None, Meta(description="Number of its side's colour; null: the side is not known.")]
    places: Annotated[int, Meta(description="How many places.")]


class MapControl(Struct, frozen=True):
    """Who holds what on a day. `place`, `holder`, `flags`, `grade` and `days` are of one length."""

    version: Annotated[int, Meta(description="Of the index: that of the places meant.")]
    as_of: Annotated[date, Meta(description="The day asked about.")]
    as_known_on: Annotated[
        date | None, Meta(description="As far as was published by this day; null: all that is known.")
    ]
    by: Annotated[str, Meta(description="According to whom: `weighed`, `side:KEY`, `source:KEY`.")]
    voice: Annotated[str, Meta(description="The same in words.")]
    place: Annotated[list[int], Meta(description="Numbers of places, growing.")]
    holder: Annotated[list[int], Meta(description="Numbers in `holders`.")]
    flags: Annotated[list[int], Meta(description=_FLAGS)]
    grade: Annotated[list[int], Meta(description="Numbers in `grades`.")]
    days: Annotated[list[int], Meta(description="For how many days it has been said so; -1: without a beginning.")]
    holders: Annotated[list[MapHolder], Meta(description="Those named, with most places first.")]
    grades: Annotated[list[str], Meta(description="Grades; empty: not graded, as in the lane of one voice.")]


class MapEvents(Struct, frozen=True):
    """How many claims speak of each place in some days. `place` and `claims` are of one length."""

    version: Annotated[int, Meta(description="Of the index: that of the places meant.")]
    since: Annotated[date, Meta(description="First day counted.")]
    as_of: Annotated[date, Meta(description="Last day counted.")]
    place: Annotated[list[int], Meta(description="Numbers of places, growing.")]
    claims: Annotated[list[int], Meta(description="Claims that speak of it.")]


class MapDays(Struct, frozen=True):
    """How many claims speak of each day."""

    first: Annotated[date | None, Meta(description="The day of the first count; null: no claim has a day.")]
    claims: Annotated[list[int], Meta(description="One count a day from there on.")]


def about(service: Service) -> MapAbout:
    """What can be asked."""
    index = atlas.of(service)
    first, last = index.span
    sizes = {lane: part.stop - part.start for lane, part in index.lanes.items()}
    order = {LaneKind.WEIGHED: 0, LaneKind.SIDE: 1, LaneKind.SOURCE: 2}
    lanes = sorted(sizes, key=lambda lane: (order[LaneKind(lane.kind)], -sizes[lane], lane.who))
    counts = index.counts()
    return MapAbout(
        version=index.version,
        first=date.fromordinal(first) if last else None,
        last=date.fromordinal(last) if last else None,
        horizon_days=HORIZON_DAYS,
        places=len(index.places),
        unplaced=index.unplaced,
        lanes=[
            MapLane(_by(lane), _voice(service, index, lane), sizes[lane])
            for lane in lanes
            if not _private(service, index, lane)
        ],
        sides=[MapSide(side, service.sides.get(side, side), min(n, OTHER)) for n, side in enumerate(index.sides())],
        grades=[grade for grade in index.grades if grade],
        types=[MapType(one, counts[one]) for one in sorted(counts, key=lambda one: (-counts[one], one))],
    )


def places(service: Service) -> MapPlaces:
    """All places."""
    index = atlas.of(service)
    at = [_point(service, row) for row in index.places]
    return MapPlaces(
        version=index.version,
        key=[row.key for row in index.places],
        name=[row.name for row in index.places],
        lon=[round(lon, 4) for lon, _ in at],
        lat=[round(lat, 4) for _, lat in at],
        claims=[row.claims for row in index.places],
        wide=[n for n, row in enumerate(index.places) if row.wide],
    )


def _point(service: Service, row: PlaceRow) -> tuple[float, float]:
    if row.place is not None and service.profile.coarse:
        coarse = service.masks.place(row.place, row.name)
        return coarse.lon, coarse.lat
    return row.lon or 0.0, row.lat or 0.0


def control(
    service: Service,
    *,
    as_of: date | None = None,
    as_known_on: date | None = None,
    by: str = LaneKind.WEIGHED,
    holder: str | None = None,
    side: str | None = None,
    grade: str | None = None,
) -> MapControl:
    """Who holds what. Without `as_of`, on the last day that anything is said of. Raises Misuse."""
    index = atlas.of(service)
    on = as_of.toordinal() if as_of else index.span[1] or 1
    lane = lane_of(by)
    known = as_known_on.toordinal() if as_known_on else atlas.NOW
    held = index.held(Asked(on, known, lane, _called(service, index, holder), side, grade))
    colours = {key: min(n, OTHER) for n, key in enumerate(index.sides())}
    used, counts = np.unique(held.holder, return_counts=True)
    most_first = np.argsort(-counts, kind="stable")
    number = np.zeros(len(index.holders), np.int32)
    number[used[most_first]] = np.arange(len(used))
    named = [index.holders[n] for n in used[most_first].tolist()]
    return MapControl(
        version=index.version,
        as_of=date.fromordinal(on),
        as_known_on=as_known_on,
        by=by,
        voice=_voice(service, index, lane),
        place=held.place.tolist(),
        holder=number[held.holder].tolist(),
        flags=held.flags.tolist(),
        grade=held.grade.tolist(),
        days=np.where(held.since > 0, on - held.since, -1).tolist(),
        holders=[
            MapHolder(_told(service, one.name), one.side, colours.get(one.side, OTHER) if one.side else None, int(n))
            for one, n in zip(named, counts[most_first], strict=True)
        ],
        grades=list(index.grades),
    )


def events(
    service: Service,
    *,
    types: Sequence[str] = (),
    as_of: date | None = None,
    as_known_on: date | None = None,
    window: int = WINDOW,
) -> MapEvents:
    """Claims of some types (none: of all) that speak of the `window` days up to `as_of`. Raises Misuse."""
    if not 1 <= window <= MOST_WINDOW:
        raise Misuse(f"window={window}: give a number of days from 1 to {MOST_WINDOW}.")
    index = atlas.of(service)
    last = as_of or date.fromordinal(index.span[1] or 1)
    first = max(last.toordinal() - window + 1, 1)
    known = as_known_on.toordinal() if as_known_on else atlas.NOW
    place, claims = index.events(types, first, last.toordinal(), known=known)
    return MapEvents(index.version, date.fromordinal(first), last, place.tolist(), claims.tolist())


def days(service: Service, *, types: Sequence[str] = ()) -> MapDays:
    """How many claims of some types (none: of all) speak of each day."""
    index = atlas.of(service)
    if not index.span[1]:
        return MapDays(None, [])
    first, claims = index.days(types)
    return MapDays(date.fromordinal(first), claims.tolist())


def lane_of(by: str) -> Lane:
    """`weighed`, `side:KEY` or `source:KEY`. Raises Misuse."""
    kind, _, who = by.partition(":")
    if (kind == LaneKind.WEIGHED and not who) or (kind in (LaneKind.SIDE, LaneKind.SOURCE) and who):
        return Lane(kind, who)
    raise Misuse(f"by={by}: give `weighed`, `side:KEY` or `source:KEY`, as /api/v1/map/about lists them.")


def _by(lane: Lane) -> str:
    return f"{lane.kind}:{lane.who}" if lane.who else lane.kind


def _voice(service: Service, index: Atlas, lane: Lane) -> str:
    voice = index.voices.get(lane, Voice(lane.who or "all voices, weighed", None))
    if lane.kind == LaneKind.SOURCE:
        return shown.told(service, voice.name, shown.speaker(service, lane.who, voice.name, voice.kind))
    return service.sides.get(lane.who, voice.name)


def _private(service: Service, index: Atlas, lane: Lane) -> bool:
    """Is it the lane of a private person? Its key would be the name that must not be shown."""
    voice = index.voices.get(lane)
    return lane.kind == LaneKind.SOURCE and voice is not None and _voice(service, index, lane) != voice.name


def _told(service: Service, words: str) -> str:
    """Who holds a place, in the words in which that may be shown."""
    return shown.told(service, words, shown.party(service, words))


def _called(service: Service, index: Atlas, name: str | None) -> list[int] | None:
    """Numbers of the holders that are shown by this name."""
    if name is None:
        return None
    return [n for n, one in enumerate(index.holders) if _told(service, one.name) == name]
