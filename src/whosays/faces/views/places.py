"""Places: those that claims are about, and one with its lanes, disputes and claims."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns
from whosays.faces.service import Service
from whosays.faces.views import changes, claims, control, disputes, paging
from whosays.faces.views.common import Listed, Missing, PlaceHead, place_head
from whosays.faces.views.said import Said

INTERVALS = 12
"""Of each lane, those that are shown: a capital is said to be held anew in every report."""


class PlacePage(Struct, frozen=True):
    """A place: who held it according to whom, what is in dispute, what is claimed."""

    place: Annotated[PlaceHead, Meta(description="The place with its counts.")]
    lanes: Annotated[
        list[control.Lane],
        Meta(
            description="Who held it over time: all voices weighed, then by side, then by source; of each the last"
            f" {INTERVALS} intervals. /control has those of any day."
        ),
    ]
    disputes: Annotated[Listed[disputes.Dispute], Meta(description="What is in dispute, heaviest first.")]
    claims: Annotated[Listed[Said], Meta(description="Claims about it, those published last first.")]
    changes: Annotated[
        list[changes.Change], Meta(description="When it changed hands or became disputed, latest first.")
    ]


Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees; west may be greater than east, across the date line."""

BESIDE = 20
"""Disputes, claims and changes on the page of a place: the first of each list."""


def found(
    service: Service,
    *,
    like: str | None = None,
    country: str | None = None,
    box: Box | None = None,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> Listed[PlaceHead]:
    """Places that claims are about, those with most claims first. `like`: words that the name has."""
    asking = paging.Asking(service.salt, f"places {like!r} {country!r} {box}")
    bounds = (box[1], box[0], box[3], box[2]) if box else None
    part = service.ledger.weighings.places(like, country, bounds, after=asking.after(cursor), limit=limit)
    return Listed([place_head(service, one) for one in part.rows], asking.cursor(part.next))


def page(
    service: Service, key: str, *, as_known_on: date | None = None, around: date | None = None, beside: int = BESIDE
) -> PlacePage:
    """A place by its key, of one that was merged that of the other; `as_known_on`: its lanes as they were known on that day;
    `around`: their intervals before and after this day, in place of the last; `beside`: so many disputes and changes. Raises Missing."""
    weighings = service.ledger.weighings
    key, head = _head(service, key)
    return PlacePage(
        place=head,
        lanes=control.lanes(service, weighings.lanes(key, known_on=as_known_on, around=around, most=shown_of(around))),
        disputes=disputes.found(service, place=key, limit=beside),
        claims=claims.found(service, place=key, limit=BESIDE),
        changes=changes.found(service, place=key, limit=beside).items,
    )


def brief(
    service: Service, key: str, *, as_known_on: date | None, around: date | None, intervals: int, said: int
) -> PlacePage:
    """The same for a margin: fewer intervals of each lane, and the newest claims, so many. Raises Missing."""
    key, head = _head(service, key)
    rows = service.ledger.weighings.lanes(key, known_on=as_known_on, around=around, most=intervals)
    return PlacePage(
        place=head,
        lanes=control.lanes(service, rows),
        disputes=Listed([], None),
        claims=claims.found(service, place=key, limit=said),
        changes=[],
    )


def shown_of(around: date | None) -> int:
    """Intervals of each lane: the last, or half as many on either side of a day."""
    return INTERVALS if around is None else INTERVALS // 2


def _head(service: Service, key: str) -> tuple[str, PlaceHead]:
    """The key that it goes by, and what is there."""
    key, head = led(service, key)
    if head is None:
        raise Missing(f"No claim is about a place {key!r}. /api/v1/places lists those that claims are about.")
    return key, place_head(service, head)


def led(service: Service, key: str) -> tuple[str, nouns.PlaceHead | None]:
    """Where a key leads: to the place that it was merged into, once anything is weighed as that; and what is there."""
    weighings = service.ledger.weighings
    into = service.ledger.told_as(nouns.Subject.PLACE, key)
    head = weighings.place(into) if into != key else None
    return (into, head) if head is not None else (key, weighings.place(key))
