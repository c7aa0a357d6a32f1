"""A made-up war for the map: places on the globe, and who holds them day by day, as many as asked for.

    Made(places, seed) -> what `ledger.weighings` gives an atlas: places, standings, claims

Fronts move through the years 2014 to 2017, so that a step of the slider changes some places and a jump many. All kinds of standing
occur: contested, last known, besieged, parts taken, nobody named; weighed, by sides and by sources, known early and late.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta

from whosays.faces.atlas import ControlRow, EventRow, PlaceRow

FIRST, LAST = date(2014, 1, 1), date(2017, 12, 31)
PARTIES = (
    ("Syrian army", "russia-iran-and-partners"),
    ("Islamic State", "islamic-state"),
    ("Syrian Democratic Forces", "us-and-partners"),
    ("Free Syrian Army", "syrian-opposition"),
    ("Turkish army", "turkey"),
    ("Iraqi army", "iraq"),
    ("local gunmen", None),
)
SOURCES = tuple(f"source {n}" for n in range(40))
TYPES = ("capture", "control", "attack", "casualties", "clash", "withdraw", "besiege")
GRADES = ("acknowledged", "corroborated", "reported", "single-origin", "claimed", "contested")
LAND = ((35.8, 42.3, 32.4, 37.1), (39.0, 48.0, 30.0, 37.0), (24.0, 40.0, 45.5, 51.5), (-10.0, 24.0, 5.0, 32.0))
"""West, east, south, north: where the places lie, half of them in the first box."""
WIDE = 3
"""One place of five hundred is a province."""
SYLLABLES = "al ba ka ra sha du mi tel ma ro so qa ham deir az ain zor ya na ha".split()


class Made:
    """Rows for an atlas; the same for the same numbers."""

    def __init__(self, places: int = 20_000, *, claims: int = 200_000, sources: int = 1, seed: int = 7) -> None:
        self._draw = random.Random(seed)
        self._claims = claims
        self._sources = sources
        self._places = [self._place(n, places) for n in range(places)]
        self.number = 1

    def version(self) -> int:
        """Set `number` to make an atlas stale."""
        return self.number

    def place_rows(self) -> Iterator[PlaceRow]:
        """Those with most claims first."""
        yield from self._places

    def control_rows(self) -> Iterator[ControlRow]:
        """Weighed and by one side for all places, by so many sources for the quarter of them with most claims."""
        for n, place in enumerate(self._places):
            yield from self._lane(place, "weighed", "")
            yield from self._lane(place, "side", self._draw.choice(PARTIES)[1] or "side not known")
            for source in self._draw.sample(SOURCES, self._sources if n < len(self._places) // 4 else 0):
                yield from self._lane(place, "source", source)

    def event_rows(self) -> Iterator[EventRow]:
        """Claims, more of them about the places at the head of the list, and in waves."""
        days = (LAST - FIRST).days
        for _ in range(self._claims):
            wave = min(max(self._draw.gauss(self._draw.choice((0.2, 0.45, 0.8)), 0.1), 0), 1)
            day = FIRST + timedelta(days=round(wave * days))
            at = self._places[int(self._draw.random() ** 3 * len(self._places))]
            yield EventRow(at.key, self._draw.choice(TYPES), day, day + timedelta(days=self._draw.randrange(4)))

    def _place(self, n: int, places: int) -> PlaceRow:
        west, east, south, north = LAND[0] if n % 2 == 0 else self._draw.choice(LAND[1:])
        lon, lat = self._draw.uniform(west, east), self._draw.uniform(south, north)
        name = "".join(self._draw.choice(SYLLABLES) for _ in range(self._draw.choice((2, 2, 3)))).capitalize()
        return PlaceRow(f"made:{n}", name, round(lon, 4), round(lat, 4), 1 + int(4 * places / (n + 4)), n % 500 == WIDE)

    def _lane(self, place: PlaceRow, kind: str, who: str) -> Iterator[ControlRow]:
        """Who holds it changes as fronts pass; each change is known some days later, and until then what was before goes on."""
        assert place.lon is not None
        assert place.lat is not None
        day = FIRST + timedelta(days=self._draw.randrange(200))
        front = 2 + math.sin(place.lon * 0.8 + 0.5 * math.sin(place.lat)) + math.cos(place.lat * 0.9 - place.lon * 0.3)
        while day < LAST:
            length = 40 + int(self._draw.expovariate(1 / 220))
            until = day + timedelta(days=length)
            turn = front * 1.1 + (day - FIRST).days / 900 + self._draw.random() * 0.35
            holder, side = PARTIES[int(turn) % len(PARTIES) if self._draw.random() < 0.96 else -1]
            yield from self._interval(place, kind, who, (holder, side), day, until if until < LAST else None)
            day = until + timedelta(days=1)

    def _interval(
        self, place: PlaceRow, kind: str, who: str, party: tuple[str, str | None], since: date, until: date | None
    ) -> Iterator[ControlRow]:
        draw, (holder, side) = self._draw, party
        known = since + timedelta(days=draw.randrange(6))
        unnamed = draw.random() < 0.05
        contested, besieged, parts = draw.random() < 0.2, draw.random() < 0.06, draw.random() < 0.05
        stale = min(since + timedelta(days=90), until or LAST)
        says = f"not held by {holder}" if unnamed else f"held by {holder}"
        shown = (None if unnamed else holder, says, side)
        for first, last, old in ((since, stale, False), (stale + timedelta(days=1), until, True)):
            if first <= (until or LAST):
                grade = draw.choice(GRADES) if kind == "weighed" else None
                flags = (old, contested and not old, besieged, parts)
                yield ControlRow(
                    place.key,
                    kind,
                    who,
                    who or "all voices, weighed",
                    None,
                    *shown,
                    first,
                    last,
                    *flags,
                    grade,
                    known,
                    None,
                )
