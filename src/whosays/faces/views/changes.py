"""Changes: places that changed hands or became disputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns
from whosays.faces.service import Service
from whosays.faces.views import paging, shown
from whosays.faces.views.common import Listed


class Change(Struct, frozen=True):
    """A place changed hands, or became disputed, according to all voices weighed."""

    number: Annotated[int, Meta(description="Number of the change: grows with each.")]
    place: Annotated[str, Meta(description="Key of the place under /places.")]
    name: Annotated[str, Meta(description="Name of the place.")]
    day: Annotated[date, Meta(description="Day from which it holds.")]
    kind: Annotated[str, Meta(description="`changed hands` or `became disputed`.")]
    before: Annotated[str | None, Meta(description="What was said before, in words; null: nothing was.")]
    after: Annotated[str | None, Meta(description="What is said since, in words.")]
    known: Annotated[date, Meta(description="Day on which it was first known.")]
    claims: Annotated[list[str], Meta(description="Ids of the claims that say so.")]
    found: Annotated[
        datetime | None,
        Meta(description="When the last of these claims was read, for the first time; null: they are gone."),
    ]


def found(
    service: Service, *, place: str | None = None, cursor: str | None = None, limit: int = paging.LIMIT
) -> Listed[Change]:
    """Changes, the last told first: all, or those of a place (key)."""
    asking = paging.Asking(service.salt, f"changes {place!r}")
    after = asking.after(cursor)
    rows = service.ledger.weighings.latest_changes(int(after) if after else None, place, limit + 1)
    last = str(rows[limit - 1].number) if len(rows) > limit else None
    return Listed(some(service, rows[:limit]), asking.cursor(last))


def some(service: Service, rows: Sequence[nouns.Change]) -> list[Change]:
    """The Structs of some changes, in their order."""
    read = service.ledger.weighings.first_read([id_ for one in rows for id_ in one.claims])
    return [_change(service, one, read) for one in rows]


def _change(service: Service, of: nouns.Change, read: Mapping[str, datetime]) -> Change:
    names = shown.party(service, of.before, of.after)
    return Change(
        number=of.number,
        place=of.place,
        name=shown.told(service, of.name, names),
        day=of.day,
        kind=of.kind,
        before=shown.maybe(service, of.before, names),
        after=shown.maybe(service, of.after, names),
        known=of.known,
        claims=list(of.claims),
        found=max((read[id_] for id_ in of.claims if id_ in read), default=None),
    )
