"""The map's rows of the table of operations: what `/map` fetches, and anybody else who draws one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from whosays.faces.api.operation import Asked, NoQuery, Operation, Words, reads
from whosays.faces.views import map as views

AsOf = Annotated[date | None, Meta(description="The day asked about; without it the last that anything is said of.")]
Known = Annotated[
    date | None, Meta(description="As far as was published by this day; without it all that is known now.")
]
Types = Annotated[str, Meta(max_length=400, description="Types of claim, with commas between; without it all of them.")]


class Control(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who holds what."""

    as_of: AsOf = None
    as_known_on: Known = None
    by: Annotated[
        str,
        Meta(
            pattern=r"^(weighed|(side|source):.{1,190})$",
            description="`weighed`, `side:KEY` or `source:KEY`: a lane of /map/about.",
        ),
    ] = "weighed"
    holder: Annotated[Words | None, Meta(description="Only what this one holds, by the name in `holders`.")] = None
    side: Annotated[Words | None, Meta(description="Only what is held by this side: its key.")] = None
    grade: Annotated[Words | None, Meta(description="Only what has this grade.")] = None


class Events(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Claims of each place."""

    as_of: AsOf = None
    as_known_on: Known = None
    type: Types = ""
    window: Annotated[
        int, Meta(ge=1, le=views.MOST_WINDOW, description="So many days are counted, `as_of` the last.")
    ] = views.WINDOW


class Days(Struct, frozen=True, forbid_unknown_fields=True):
    """Claims of each day."""

    type: Types = ""


def _control(asked: Asked[Control]) -> views.MapControl:
    q = asked.query
    return views.control(
        asked.service,
        as_of=q.as_of,
        as_known_on=q.as_known_on,
        by=q.by,
        holder=q.holder,
        side=q.side,
        grade=q.grade,
    )


def _events(asked: Asked[Events]) -> views.MapEvents:
    q = asked.query
    return views.events(asked.service, types=_types(q.type), as_of=q.as_of, as_known_on=q.as_known_on, window=q.window)


def _types(words: str) -> list[str]:
    return [one for one in words.split(",") if one]


MAP: tuple[Operation, ...] = (
    reads(
        "/map/about",
        NoQuery,
        lambda asked: views.about(asked.service),
        name="getMapAbout",
        summary="What can be asked of the map: days, lanes, sides, grades, types.",
        answer=views.MapAbout,
        example="/api/v1/map/about",
    ),
    reads(
        "/map/places",
        NoQuery,
        lambda asked: views.places(asked.service),
        name="getMapPlaces",
        summary="All places that can be drawn, as columns.",
        answer=views.MapPlaces,
        example="/api/v1/map/places",
    ),
    reads(
        "/map/control",
        Control,
        _control,
        name="getMapControl",
        summary="Who holds what on a day, as known on a day, according to one lane, as columns.",
        answer=views.MapControl,
        example="/api/v1/map/control?as_of=2023-01-13&as_known_on=2023-01-13&by=weighed",
    ),
    reads(
        "/map/events",
        Events,
        _events,
        name="getMapEvents",
        summary="How many claims speak of each place in some days.",
        answer=views.MapEvents,
        example="/api/v1/map/events?as_of=2023-01-13&type=capture,attack&window=30",
    ),
    reads(
        "/map/days",
        Days,
        lambda asked: views.days(asked.service, types=_types(asked.query.type)),
        name="getMapDays",
        summary="How many claims speak of each day.",
        answer=views.MapDays,
        example="/api/v1/map/days?type=capture",
    ),
)
