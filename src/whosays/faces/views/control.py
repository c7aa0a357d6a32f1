"""Who holds what on a day, as it was known on a day, according to a voice, a side, or all weighed. Also as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns
from whosays.faces.service import Service
from whosays.faces.views import paging, shown
from whosays.faces.views.common import Day, Grade, PlaceHead, place_head, side_name
from whosays.nouns import LaneKind

FEW = 20
"""Ids of claims told of each interval: of a besieged capital there are thousands. /claims and /questions lead to all."""


class Control(Struct, frozen=True):
    """Who holds a place over some days, according to one lane. No fact: what claims come to."""

    place: Annotated[str, Meta(description="Name of the place.")]
    voice: Annotated[str, Meta(description="Whose lane: a source, a side, or `all voices, weighed`.")]
    says: Annotated[str, Meta(description="The answer in words: `taken by X`, `not held by Y`, `parts taken by X`.")]
    holder: Annotated[str | None, Meta(description="Who holds it; null: it is only said who does not.")]
    not_holder: Annotated[str | None, Meta(description="Who is said not to hold it.")]
    side: Annotated[str | None, Meta(description="Key of the side of the one named, where that is known.")]
    side_name: Annotated[str | None, Meta(description="The side in words.")]
    since: Annotated[Day, Meta(description="First day.")]
    until: Annotated[Day, Meta(description="Last day: then something else was said; null: nothing was, so far.")]
    last_known: Annotated[bool, Meta(description="Too old to be taken for the day asked about.")]
    contested: Annotated[
        list[str], Meta(description=f"Ids of claims that speak against it on the same days, the first {FEW}.")
    ]
    against: Annotated[int, Meta(description="How many do.")]
    besieged_by: Annotated[str | None, Meta(description="Who besieges it meanwhile.")]
    parts: Annotated[str | None, Meta(description="What is said of parts of it beside this: `parts taken by X`.")]
    basis: Annotated[list[str], Meta(description=f"Ids of the claims that say so, the first {FEW}.")]
    claims: Annotated[int, Meta(description="How many do.")]
    articles: Annotated[int, Meta(description="Articles that say so.")]
    outlets: Annotated[int, Meta(description="Outlets of these.")]
    origins: Annotated[int, Meta(description="Voices, each in the story where its words first stood.")]
    grade: Annotated[Grade | None, Meta(description="How well it is supported; only of all voices weighed.")]


_ORDER = (LaneKind.WEIGHED, LaneKind.SIDE, LaneKind.SOURCE)


class Lane(Struct, frozen=True):
    """A place over time, according to one voice, one side, or all weighed."""

    kind: Annotated[LaneKind, Meta(description="`source`, `side` or `weighed`.")]
    who: Annotated[str, Meta(description="Key of the voice or side; for `weighed`: `all voices, weighed`.")]
    name: Annotated[str, Meta(description="The same in words.")]
    intervals: Annotated[list[Control], Meta(description="In the order of time; between them nobody says.")]


class Standing(Struct, frozen=True):
    """A place and who holds it on the day asked about."""

    place: Annotated[PlaceHead, Meta(description="The place, with its counts.")]
    control: Annotated[Control, Meta(description="The answer for that day.")]


class ControlAt(Struct, frozen=True):
    """Who holds what on a day."""

    as_of: Annotated[date, Meta(description="The day asked about.")]
    as_known_on: Annotated[
        Day, Meta(description="Only from what had been published by this day; null: all that is known.")
    ]
    by: Annotated[LaneKind, Meta(description="Whose lanes these are.")]
    items: Annotated[list[Standing], Meta(description="This part of the places that anything is said of.")]
    next: Annotated[str | None, Meta(description="Cursor of the part that follows; null: this is the last.")]


class Point(Struct, frozen=True, tag_field="type", tag="Point"):
    """GeoJSON Point."""

    coordinates: Annotated[tuple[float, float], Meta(description="Longitude, latitude; WGS 84.")]


class Feature(Struct, frozen=True, tag_field="type", tag="Feature"):
    """GeoJSON Feature: a place, and who holds it."""

    id: Annotated[str, Meta(description="Key of the place.")]
    geometry: Annotated[Point | None, Meta(description="Where it lies; null: not known, or not shown.")]
    properties: Annotated[Control, Meta(description="Who holds it.")]


class FeatureCollection(Struct, frozen=True, tag_field="type", tag="FeatureCollection"):
    """GeoJSON (RFC 7946), with members of our own beside `features`."""

    features: Annotated[list[Feature], Meta(description="Places that anything is said of.")]
    as_of: Annotated[date, Meta(description="The day asked about.")]
    as_known_on: Annotated[
        Day, Meta(description="Only from what had been published by this day; null: all that is known.")
    ]
    next: Annotated[str | None, Meta(description="Cursor of the part that follows; null: this is the last.")]


def at(
    service: Service,
    as_of: date,
    *,
    as_known_on: date | None = None,
    place: str | None = None,
    by: LaneKind = LaneKind.WEIGHED,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> ControlAt:
    """Who holds what on a day: all places or one (key), by voice, by side, or weighed."""
    weighings = service.ledger.weighings
    asking = paging.Asking(service.salt, f"control {as_of} {as_known_on} {place!r} {by}")
    rows, after = weighings.standings_on(
        as_of, kind=by, known_on=as_known_on, place=place, after=asking.after(cursor), limit=limit
    )
    heads = weighings.places_of(list({row.place for row in rows}))
    items = [
        Standing(place_head(service, heads[row.place]), control(service, row.control))
        for row in rows
        if row.place in heads
    ]
    return ControlAt(as_of, as_known_on, by, items, asking.cursor(after))


def features(found: ControlAt) -> FeatureCollection:
    """The same as GeoJSON."""
    made = [Feature(one.place.key, _point(one.place), one.control) for one in found.items]
    return FeatureCollection(made, found.as_of, found.as_known_on, found.next)


def _point(place: PlaceHead) -> Point | None:
    return Point((place.lon, place.lat)) if place.lat is not None and place.lon is not None else None


def lanes(service: Service, rows: Iterable[nouns.Standing]) -> list[Lane]:
    """Standings of one place as lanes: all weighed, sides, sources, by name."""
    by_lane: dict[tuple[LaneKind, str], list[nouns.Control]] = {}
    for one in rows:
        by_lane.setdefault((one.kind, one.who), []).append(one.control)
    voices = service.ledger.weighings.sources_of([who for kind, who in by_lane if kind is LaneKind.SOURCE])
    told = [lane(service, *key, own, voices.get(key[1])) for key, own in by_lane.items()]
    return sorted(told, key=lambda one: (_ORDER.index(one.kind), one.name))


def lane(
    service: Service, kind: LaneKind, who: str, rows: Sequence[nouns.Control], head: nouns.VoiceHead | None = None
) -> Lane:
    """The Struct of a lane. `who`: key of the voice or side; `head`: that of a source."""
    name = rows[0].voice
    if kind is LaneKind.SIDE:
        return Lane(kind, who, side_name(who, service.sides) or who, [control(service, row) for row in rows])
    names: shown.Names = ()
    if kind is LaneKind.SOURCE:
        names = shown.speaker(service, who, name, head.kind if head else None)
    told = [control(service, row, names) for row in rows]
    return Lane(kind, shown.told(service, who, names), shown.told(service, name, names), told)


def control(service: Service, row: nouns.Control, names: shown.Names = ()) -> Control:
    """The Struct of one interval. `names`: private persons in the name of its voice."""
    names = (*names, *shown.party(service, row.holder, row.not_holder, row.besieged_by, row.parts))
    return Control(
        place=row.place,
        voice=shown.told(service, row.voice, names),
        says=shown.told(service, row.says, names),
        holder=shown.maybe(service, row.holder, names),
        not_holder=shown.maybe(service, row.not_holder, names),
        side=row.side,
        side_name=side_name(row.side, service.sides),
        since=row.since,
        until=row.until,
        last_known=row.last_known,
        contested=list(row.contested[:FEW]),
        against=len(row.contested),
        besieged_by=shown.maybe(service, row.besieged_by, names),
        parts=shown.maybe(service, row.parts, names),
        basis=list(row.basis[:FEW]),
        claims=len(row.basis),
        articles=row.articles,
        outlets=row.outlets,
        origins=row.origins,
        grade=grade(service, row.grade, names),
    )


def grade(service: Service, one: nouns.Grade | None, names: shown.Names) -> Grade | None:
    """The Struct of a grade. `names`: private persons whom its claims name; its rule may say who holds the place, or who says so."""
    if one is None:
        return None
    if service.profile.public:
        names = (*names, *shown.party(service, one.rule))
    return Grade(one.rubric, one.grade, shown.told(service, one.rule, names), list(one.claims))
