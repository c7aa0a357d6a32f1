"""What an atlas is made of, row by row, and how a ledger's weighings give it.

LedgerRows(weighings) -> Rows     places, standings and claims of a ledger, as the map needs them
Rows                              the same from anywhere else: benchmarks and tests make wars up
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, Protocol, cast

from whosays.ledger import Weighings
from whosays.nouns import REGIONS, Place

ALL = "all voices, weighed"
NAMED = 1_000
"""Sources that the map calls by name; of others it shows the key."""


class PlaceRow(NamedTuple):
    """A place of the ledger. `lon`, `lat` are None where no gazetteer has it."""

    key: str
    name: str
    lon: float | None
    lat: float | None
    claims: int
    wide: bool = False
    """It is no point but a country, province or region, and drawn so."""
    place: Place | None = None
    """As the gazetteer has it."""


class ControlRow(NamedTuple):
    """A Standing, as far as a map shows it."""

    place: str
    kind: str
    who: str
    voice: str
    """The lane's name for people."""
    voice_kind: str | None
    """`nouns.SourceKind` of a source, where that is known."""
    holder: str | None
    says: str
    side: str | None
    since: date | None
    until: date | None
    last_known: bool
    contested: bool
    besieged: bool
    parts: bool
    grade: str | None
    known_since: date
    known_until: date | None


class EventRow(NamedTuple):
    """A claim, as far as a map counts it. Claims without a place or a day are not among them."""

    place: str
    type: str
    day: date
    published: date | None


class Rows(Protocol):
    """Where an atlas comes from: `ledger.weighings`."""

    def version(self) -> int:
        """Grows when anything was weighed anew."""

    def place_rows(self) -> Iterable[PlaceRow]:
        """All places, those with most claims first."""

    def control_rows(self) -> Iterable[ControlRow]:
        """All standings of all lanes."""

    def event_rows(self) -> Iterable[EventRow]:
        """All claims with a place and a day."""


class LedgerRows:
    """Rows of a ledger's weighings."""

    def __init__(self, weighings: Weighings) -> None:
        self._weighings = weighings

    def version(self) -> int:
        """Grows when anything was weighed anew."""
        return self._weighings.version()

    def place_rows(self) -> Iterator[PlaceRow]:
        """All places, those with most claims first."""
        after: str | None = None
        while True:
            page = self._weighings.places(after=after, limit=NAMED)
            for head in page.rows:
                place = head.place
                lon, lat = (place.lon, place.lat) if place is not None else (None, None)
                wide = place is not None and place.feature in REGIONS
                yield PlaceRow(head.key, head.name, lon, lat, head.claims, wide, place)
            after = page.next
            if after is None:
                return

    def control_rows(self) -> Iterator[ControlRow]:
        """All standings of all lanes."""
        names = {head.key: (head.name, head.kind) for head in self._weighings.sources(limit=NAMED).rows}
        for row in self._weighings.control_rows():
            yield _control(cast(_Control, row), names)

    def event_rows(self) -> Iterator[EventRow]:
        """All claims with a place and a day; of several days, the last."""
        for row in self._weighings.event_rows():
            place, type_, first, last, age = cast(tuple[str, str, str, str, int], row)
            day = first if last == _EVER else last  # a state that has no end is counted where it began
            published = date.max.toordinal() - age
            if day not in (_EVER, _ALWAYS):
                yield EventRow(place, type_, date.fromisoformat(day), _published(published))


_ALWAYS, _EVER = date.min.isoformat(), date.max.isoformat()


def _published(ordinal: int) -> date | None:
    """Pages without a date count as of the first day of all."""
    return date.fromordinal(ordinal) if ordinal > 1 else None


_Control = tuple[
    str, str, str, str, str | None, str | None, str | None,
    str | None, str | None, str | None, str, str | None, str | None, int, int, str | None,
]  # fmt: skip
"""As `Weighings.control_rows` tells them."""


def _control(row: _Control, names: Mapping[str, tuple[str, str | None]]) -> ControlRow:
    (
        place,
        kind,
        who,
        known_since,
        known_until,
        since,
        until,
        side,
        holder,
        _,
        says,
        siege,
        parts,
        stale,
        contested,
        grade,
    ) = row
    return ControlRow(
        place,
        kind,
        who,
        *names.get(who, (who or ALL, None)),
        holder,
        says,
        side,
        _day(since),
        _day(until),
        bool(stale),
        bool(contested),
        siege is not None,
        parts is not None,
        grade,
        date.fromisoformat(known_since),
        _day(known_until),
    )


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
