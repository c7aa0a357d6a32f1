"""Exports through the API: what `whosays export` writes, streamed. Always as the public profile shows it.

formats() -> Formats            chosen(asked) -> Sent
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import chain
from typing import Annotated

from msgspec import Meta, Struct

from whosays.faces.api.limits import Slots
from whosays.faces.api.operation import Asked, Sent
from whosays.faces.api.problems import Refused
from whosays.faces.api.queries import Exported
from whosays.faces.privacy import PUBLIC, masks
from whosays.faces.views.common import Missing

EACH, IN_ALL = 2, 8
"""Exports sent at once to one address, and in all. The ledger has 26 connections (`ledger/sql.py`)."""
_SLOTS = Slots(EACH, IN_ALL)


class Format(Struct, frozen=True):
    """A format of the field."""

    name: Annotated[str, Meta(description="As in the address.")]
    gloss: Annotated[str, Meta(description="What it is.")]
    lost: Annotated[str, Meta(description="What it cannot carry.")]
    read_by: Annotated[str, Meta(description="Libraries and programs that read it.")]
    media_type: Annotated[str, Meta(description="What it is sent as.")]


class Formats(Struct, frozen=True):
    """The formats of the field that claims can be taken away in."""

    items: Annotated[list[Format], Meta(description="One each.")]


def formats() -> Formats:
    """All of them."""
    from whosays.faces.export import EXPORTS

    made = [Format(name, one.GLOSS, one.LOST, one.READ_BY, one.MEDIA_TYPE) for name, one in EXPORTS.items()]
    return Formats(made)


def chosen(asked: Asked[Exported]) -> Sent:
    """The claims in one format, piece by piece. Raises Missing for a format that is not there."""
    from whosays.faces.export import EXPORTS, Wanted, of_ledger

    service, q, name = asked.service, asked.query, asked.part("format")
    if name not in EXPORTS:
        raise Missing(f"There is no format {name!r}. There are {', '.join(EXPORTS)}.")
    if q.on is not None and name != "geojson":
        raise Refused(422, "`on` is for geojson.")
    wanted = Wanted(
        place=q.place, actor=q.actor, source=q.source, type=q.type, since=q.since, until=q.until, text=q.text, on=q.on
    )
    to = EXPORTS[name]
    public = masks(PUBLIC, service.salt, service.roster)
    view = of_ledger(service.ledger, wanted, public, service.roster, service.clock())
    pieces = _in_turn(asked.incoming.address, to.chunks(view))
    first = next(pieces, b"")  # what cannot be written so is told before anything is sent
    headers = {"Content-Disposition": f'attachment; filename="whosays-{name}{to.SUFFIX}"', "Cache-Control": "no-cache"}
    return Sent(_whole(first, pieces), to.MEDIA_TYPE, headers=headers)


def _in_turn(who: str, pieces: Iterator[bytes]) -> Generator[bytes]:
    """The pieces, with a slot held until the last is sent, or nobody wants them any more. Raises Refused where none is free."""
    if not _SLOTS.take(who):
        told = (
            f"Exports are being sent: at most {EACH} at once to one address, {IN_ALL} in all. Wait until one is done."
        )
        raise Refused(429, told, headers={"Retry-After": "10"})
    try:
        yield from pieces
    finally:
        _SLOTS.give(who)


def _whole(first: bytes, pieces: Generator[bytes]) -> Iterator[bytes]:
    """Pieces of some size: one for each line would cost more than the lines."""
    waiting = bytearray()
    with closing(pieces):
        for piece in chain([first], pieces):
            waiting += piece
            if len(waiting) >= 64_000:
                yield bytes(waiting)
                waiting.clear()
        yield bytes(waiting)
